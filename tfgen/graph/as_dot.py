"""A picture in DOT, the language of Graphviz, which draws of any size."""

from __future__ import annotations

from tfgen.markdown import visible
from tfgen.plan.model import Node, Picture


def text(picture: Picture) -> str:
    """The graph: functions are round, everything else has corners."""
    lines = ["digraph {", "  rankdir=LR", '  node [shape=box, fontname="sans-serif"]']
    lines += ['  edge [fontname="sans-serif", fontsize=10]']
    lines += [f"  {_node(node)}" for node in picture.nodes]
    lines += [
        f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [label={_quoted(edge.label)}]"
        for edge in picture.edges
    ]
    return "\n".join([*lines, "}\n"])


def _node(node: Node) -> str:
    style = ', style="rounded,bold"' if node.kind == "function" else ""
    return f"{_quoted(node.id)} [label={_quoted(node.label)}{style}]"


def _quoted(text: str) -> str:
    r"""A quoted string. In labels Graphviz reads `\N` and the like, and entities of HTML, even in quotes
    (its documentation, "escString" and "The DOT Language")."""
    text = visible(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{text}"'
