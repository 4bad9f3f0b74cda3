"""The how-tos in docs/: their specs are specs, and what they say of modules is so."""

from __future__ import annotations

import re
from pathlib import Path

import pygohcl
import pytest

from tests.strategies import modules, reported

DOCS = Path(__file__).parents[1] / "docs"
GOLDEN = Path(__file__).parent / "golden"


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", (DOCS / page).read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", ["adopting.md", "environments.md"])
def test_a_spec_that_is_shown_has_no_mistakes(page: str) -> None:
    (spec,) = blocks(page, "yaml")
    assert reported(spec) == []


@pytest.mark.parametrize("page", ["adopting.md", "environments.md"])
def test_a_module_block_that_is_shown_gives_what_its_module_needs(page: str) -> None:
    (spec,) = blocks(page, "yaml")
    declared = pygohcl.loads(modules(spec)["variables.tf"])["variable"]
    needed = {name for name, block in declared.items() if "default" not in block}
    root = next(text for text in blocks(page, "hcl") if "module " in text)
    (call,) = pygohcl.loads(root, keep_interpolations=True)["module"].values()
    assert needed <= call.keys() <= declared.keys() | {"source"}


def test_the_addresses_to_import_are_those_of_modules() -> None:
    page = (DOCS / "adopting.md").read_text()
    (spec,) = blocks("adopting.md", "yaml")
    main = modules(spec)["main.tf"]
    for kind in re.findall(r"to = module\.orders\.(\w+)\.this", page):
        assert f'resource "{kind}" "this"' in main
    everything = "".join(path.read_text() for path in GOLDEN.glob("*/*.tf"))
    rows = re.findall(r"^\| [^|]+ \| `(\w+)\.(this|NAME)` \|", page, re.MULTILINE)
    assert len(rows) == 6
    for kind, label in rows:
        assert re.search(rf'resource "{kind}" "{"this" if label == "this" else "[a-z_]+"}"', everything)
