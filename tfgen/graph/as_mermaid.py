"""A picture as a flowchart of Mermaid, which GitHub and GitLab draw where a README holds one."""

from __future__ import annotations

from tfgen.markdown import Md, mermaid
from tfgen.plan.model import Node, Picture

# Mermaid's documentation, "Mermaid Config Options", maxEdges and maxTextSize: what it draws at most. No
# repository can raise either on GitHub.
MOST_ARROWS = 500
_MOST_CHARACTERS = 50_000


def text(picture: Picture) -> str:
    """The flowchart: functions are round, everything else has corners."""
    lines = [_node(node) for node in picture.nodes]
    lines += [f'{edge.source} -->|"{mermaid(edge.label)}"| {edge.target}' for edge in picture.edges]
    return "".join(f"{line}\n" for line in ("flowchart LR", *(f"  {_plain(line)}" for line in lines)))


def flowchart(picture: Picture) -> Md:
    """The same for the templates of Markdown, to stand alone in a fenced block."""
    return Md(text(picture))


def is_drawn(picture: Picture) -> bool:
    """Whether Mermaid draws it, as far as it is set up where people see it."""
    return len(picture.edges) <= MOST_ARROWS and len(text(picture)) <= _MOST_CHARACTERS


def _node(node: Node) -> str:
    label = mermaid(node.label) or " "
    return f'{node.id}(["{label}"])' if node.kind == "function" else f'{node.id}["{label}"]'


def _plain(line: str) -> str:
    """A line without what Mermaid (`encodeEntities`) takes for a colour, whatever is around it: it removes
    the last `;`, an entity's end, from `style`, a colon and a `#` in this order."""
    return line.replace(":", "#58;") if "style" in line or "classDef" in line else line
