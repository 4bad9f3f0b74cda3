"""Specs drawn from inside all limits: Terraform finds nothing wrong with their modules, all at once."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pygohcl
import pytest
from hypothesis import given

from tests.drawn import drawn_specs
from tests.strategies import Data, as_yaml, examples, modules, specs

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

#: How many of the function's own keys, with any text in them, and how many of sections and triggers.
COUNT = 15


def drawn() -> list[Data]:
    found: list[Data] = []

    @examples(COUNT)
    @given(specs(), drawn_specs())
    def collect(function: Data, whole: Data) -> None:
        function.pop("terraform", None)  # which may ask for a version that nobody has
        found.extend((function, whole))

    collect()
    return found


def test_validate_finds_nothing_in_the_modules_of_specs_inside_all_limits(
    terraform: Terraform, tmp_path: Path
) -> None:
    calls: dict[str, dict[str, str]] = {}
    for number, data in enumerate(drawn()):
        folder = tmp_path / "modules" / f"m{number}"
        folder.mkdir(parents=True)
        files = modules(as_yaml(data))
        for name, text in files.items():
            (folder / name).write_text(text, encoding="utf-8")
        inputs = pygohcl.loads(files["variables.tf"], keep_interpolations=True)["variable"]
        needed = [name for name, block in inputs.items() if "default" not in block]
        # A root's variable has no value at validate, so it can stand for whatever a caller computes.
        calls[f"m{number}"] = dict.fromkeys(needed, "${var.anything}") | {"source": f"./modules/m{number}"}
    root = {"variable": {"anything": {"type": "any"}}, "module": calls}
    (tmp_path / "main.tf.json").write_text(json.dumps(root))

    terraform.init(tmp_path)
    found = terraform.read(tmp_path, "validate")

    assert len(calls) >= 2 * examples(COUNT).max_examples
    assert [one["summary"] for one in found["diagnostics"]] == []
