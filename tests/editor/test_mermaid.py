"""What a reader sees of a picture: in a README on GitHub, and in what `tfgen graph` writes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tests.conftest import AS_OF
from tests.editor.browser import Browser, Shown, read_dot, read_mermaid
from tests.strategies import FRAGMENTS, nfc
from tfgen.fleet_page import Drawn, fleet_page
from tfgen.graph import Form, text
from tfgen.graph.as_mermaid import MOST_ARROWS, is_drawn
from tfgen.graph.join import joined
from tfgen.markdown import visible
from tfgen.plan.model import Edge, Node, Picture
from tfgen.run import Options, Task, run

pytestmark = pytest.mark.editor

ROOT = Path(__file__).parents[2]
READMES = sorted((ROOT / "tests" / "golden").glob("*/README.md"))

# What Mermaid gives a meaning of its own in labels, beside what other languages do.
_HOSTILE = (
    *(
        "- x",
        "1. x",
        "# x",
        "**x**",
        "__x__",
        "~~x~~",
        "`x`",
        "[x](javascript:alert(1))",
        "https://x.example",
    ),
    *(
        "$$x$$",
        "$$\\frac{$$",
        "$$$",
        "fa:fa-car x",
        "fas:fa-car",
        "#quot;",
        "#35;",
        "&lt;",
        "&amp;",
        "<b>x</b>",
    ),
    *(
        "<img src=x onerror=alert(1)>",
        "<br>",
        "</script>",
        "a\\nb",
        "\\N",
        "\\G",
        "|x|",
        "((x))",
        "end",
        "click",
    ),
    *(
        "style:#fff;",
        "my style: arn:#1;(x)",
        "classDef x:#fff;(x)",
        "%%x",
        "%%{init: {}}%%",
        "---",
        '"]',
        "x" * 300,
    ),
)
_ALL_HOSTILE = (*_HOSTILE, *(nfc(f"{before}{text}{before}") for text in FRAGMENTS for before in ("", "a")))
_WORDS = (
    "end",
    "subgraph",
    "graph",
    "style",
    "linkStyle",
    "classDef",
    "class",
    "click",
    "default",
    "call",
    "x",
    "o",
)


def drawn(*folders: str) -> list[Drawn]:
    paths = [path for folder in folders for path in sorted((ROOT / folder).glob("*.yaml"))]
    outcomes = run(paths, Options(Task.DRAW, date.fromisoformat(AS_OF)))
    return [outcome.drawn for outcome in outcomes if outcome.drawn is not None]


def charts(markdown: str) -> list[str]:
    return re.findall(r"^```mermaid\n(.*?)^```$", markdown, re.MULTILINE | re.DOTALL)


def shown(picture: Picture) -> Shown:
    """What a picture ought to show."""
    boxes = {node.id: seen(node.label) for node in picture.nodes}
    return Shown(boxes, [(edge.source, seen(edge.label), edge.target) for edge in picture.edges])


def seen(label: str) -> str:
    """A label as it is shown: without spaces around it."""
    return visible(label).strip()


def labelled(labels: Sequence[str]) -> Picture:
    """A picture with texts at boxes, round ones and others, and at arrows."""
    nodes = [Node(f"n{number}", label, "source") for number, label in enumerate(labels)]
    nodes += [Node(f"f{number}", label, "function") for number, label in enumerate(labels)]
    edges = [Edge(f"n{number}", label, f"f{number}") for number, label in enumerate(labels) if seen(label)]
    return Picture(tuple(nodes), tuple(edges))


def test_the_picture_in_each_modules_readme_shows_its_function() -> None:
    found = [charts(path.read_text(encoding="utf-8")) for path in READMES]
    assert {len(one) for one in found} == {1}
    modules = drawn("specs")
    assert read_mermaid([one for (one,) in found]) == [shown(module.picture) for module in modules]


def test_the_picture_of_a_fleet_shows_all_functions() -> None:
    for folder in ("specs", "tests/fleet/specs"):
        modules = drawn(folder)
        (on_page,) = charts(fleet_page(modules))
        line = [sys.executable, "-m", "tfgen", "graph", folder]
        printed = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        assert on_page == printed
        (read,) = read_mermaid([printed])
        assert read == shown(joined([module.picture for module in modules]))
        assert {seen(module.row.function_name or module.row.module) for module in modules} <= {
            *read.boxes.values()
        }


def test_no_text_becomes_anything_but_a_label() -> None:
    hostile = labelled(_ALL_HOSTILE)
    assert read_mermaid([text(Form.MERMAID, hostile)]) == [shown(hostile)]


def test_a_module_and_a_trigger_may_be_called_what_mermaid_calls_its_own() -> None:
    """`style` in a name ends the last entity of its line, and `end` a part of the picture."""
    label = "SNS topic arn:aws:sns:${aws.region}:x"
    ids = [id_ for word in _WORDS for id_ in (f"n_function__{word}", f"t_{word}__{word}", f"t_{word}")]
    arrows = tuple(Edge(one, "is read for: (x)", other) for one, other in pairwise(ids))
    picture = Picture(tuple(Node(id_, label, "source") for id_ in ids), arrows)
    assert read_mermaid([text(Form.MERMAID, picture)]) == [shown(picture)]


def test_mermaid_draws_so_many_arrows_and_no_more() -> None:
    nodes = tuple(Node(name, name, "source") for name in ("a", "b"))
    edge = Edge("a", "invokes", "b")
    most, more = (Picture(nodes, (edge,) * count) for count in (MOST_ARROWS, MOST_ARROWS + 1))
    assert (is_drawn(most), is_drawn(more)) == (True, False)
    assert read_mermaid([text(Form.MERMAID, most)]) == [shown(most)]
    with pytest.raises(AssertionError, match="limit exceeded"):
        read_mermaid([text(Form.MERMAID, more)])


def test_graphviz_draws_the_same() -> None:
    fleet = joined([module.picture for module in drawn("tests/fleet/specs")])
    for picture in (labelled(_ALL_HOSTILE), fleet):
        (read,) = read_dot([text(Form.DOT, picture)])
        expected = shown(picture)
        spaces = str.maketrans("\xa0", " ")
        assert {name: said.translate(spaces).strip() for name, said in read.boxes.items()} == expected.boxes
        arrows = [(start, said.translate(spaces).strip(), end) for start, said, end in read.arrows]
        assert sorted(arrows) == sorted(expected.arrows)


@pytest.mark.editor(browser=True)
@pytest.mark.thorough
def test_a_browser_shows_every_box_and_arrow(browser: Browser, tmp_path: Path) -> None:
    fleet = [module.picture for module in drawn("tests/fleet/specs")]
    pictures = [joined(fleet), fleet[0], labelled(_HOSTILE)]
    found = browser.draw([text(Form.MERMAID, picture) for picture in pictures], tmp_path / "pictures.png")
    for picture, seen_ in zip(pictures, found, strict=True):
        expected = shown(picture)
        assert seen_.boxes == [*expected.boxes.values()]
        assert seen_.arrows == [label for _, label, _ in expected.arrows]
        assert seen_.strange == 0
        assert seen_.is_whole
