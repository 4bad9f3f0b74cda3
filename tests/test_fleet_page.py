"""`modules/README.md`: what a reader learns of all functions at a glance."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given

from tests.conftest import AS_OF
from tests.strategies import examples, hostile_texts
from tfgen.fleet_page import Drawn, FleetRow, fleet_page
from tfgen.plan.model import Edge, Node, Picture
from tfgen.run import Options, Task, run
from tfgen.runtimes import runtime

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "tests" / "fleet" / "README.md"


def drawn(folder: str) -> list[Drawn]:
    outcomes = run(sorted((ROOT / folder).glob("*.yaml")), Options(Task.DRAW, date.fromisoformat(AS_OF)))
    return [outcome.drawn for outcome in outcomes if outcome.drawn is not None]


def module(name: str, nodes: int = 0, *, bus: str = "", **row: object) -> Drawn:
    """A function with so many sources, and one more that is the same for all that have the same bus."""
    function = Node("n_function", name, "function", module=name)
    sources = [Node(f"t_{number}", f"Schedule {number}", "source") for number in range(nodes)]
    sources += [Node("t_bus", bus, "source", bus)] if bus else []
    edges = tuple(Edge(node.id, "invokes", "n_function") for node in sources)
    said = {"function_name": name, "runtime": "", "end_of_support": "", "triggers": (), "alarms": "", **row}
    return Drawn(FleetRow(name, **said), Picture((function, *sources), edges))  # type: ignore[arg-type]


def rows(page: str) -> dict[str, list[str]]:
    """The cells of the table's rows, by the module."""
    lines = [line for line in page.split("\n") if line.startswith("| [")]
    cells = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return {row[0]: row[1:] for row in cells}


def test_the_page_of_a_fleet(request: pytest.FixtureRequest) -> None:
    page = fleet_page(drawn("tests/fleet/specs"))
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page, encoding="utf-8", newline="\n")
    assert page == PAGE.read_text(encoding="utf-8")


def test_the_end_of_support_is_that_of_the_runtime() -> None:
    cells = rows(PAGE.read_text(encoding="utf-8"))
    assert cells["[fulfilment](fulfilment/README.md)"][1:3] == ["java21", str(runtime("java21").deprecated)]
    assert cells["[invoices](invoices/README.md)"][1:3] == ["container image", ""]


def test_every_link_leads_somewhere() -> None:
    golden = ROOT / "tests" / "golden"
    links = re.findall(r"\]\(([^)]*)\)", fleet_page(drawn("specs")))
    assert {link for link in links if "#" not in link} == {
        f"{folder.name}/README.md" for folder in golden.iterdir()
    }
    for path, _, heading in (link.partition("#") for link in links):
        lines = (golden / path).read_text(encoding="utf-8").split("\n")
        assert not heading or f"### {heading.capitalize()}" in lines


def test_the_page_is_the_same_however_specs_were_found() -> None:
    modules = drawn("tests/fleet/specs")
    assert fleet_page(modules[::-1]) == fleet_page(modules)


def test_functions_that_nothing_invokes_have_a_page_without_a_picture() -> None:
    page = fleet_page([module("a"), module("b")])
    assert len(rows(page)) == 2
    assert "Picture" not in page


def test_a_picture_too_large_for_mermaid_shows_the_functions_that_meet() -> None:
    page = fleet_page([module("a", 499), module("b", 1, bus="shop"), module("c", 1, bus="shop")])
    assert "Only functions that have to do with one another are shown" in page
    assert set(re.findall(r'\(\["(.)"\]\)', page)) == {"b", "c"}
    assert len(rows(page)) == 3
    whole = fleet_page([module("a", 496), module("b", 1, bus="shop"), module("c", 1, bus="shop")])
    assert set(re.findall(r'\(\["(.)"\]\)', whole)) == {"a", "b", "c"}
    assert "Only" not in whole


@pytest.mark.parametrize("bus", ["", "shop"], ids=["none of them meet", "all of them meet"])
def test_a_page_says_where_a_picture_would_be_too_large(bus: str) -> None:
    page = fleet_page([module("a", 300, bus=bus), module("b", 300, bus=bus)])
    assert "There are more arrows than Mermaid draws" in page
    assert "```" not in page


@examples(40)
@given(hostile_texts.filter(bool), hostile_texts.filter(bool))
def test_no_text_breaks_the_table_or_the_picture(trigger: str, name: str) -> None:
    page = fleet_page(
        [module("a", function_name=name, triggers=(trigger, trigger)), module("b", bus=trigger)]
    )
    harmless = fleet_page([module("a", function_name="x", triggers=("x", "x")), module("b", bus="x")])
    assert page.count("\n") == harmless.count("\n")
    assert {key: len(cells) for key, cells in rows(page).items()} == {
        "[a](a/README.md)": 5,
        "[b](b/README.md)": 5,
    }
    assert re.findall(r"(?m)^```.*$", page) == ["```mermaid", "```"]
