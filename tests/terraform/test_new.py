"""Modules of new specs: Terraform finds nothing wrong with them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pygohcl
import pytest

from tests.rendering import render_specs
from tfgen import runtimes
from tfgen.scaffold.spec import spec
from tfgen.scaffold.wish import Ground, Wish
from tfgen.triggers import KINDS

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

WISHES = {
    **{kind: ("python3.13", (kind,)) for kind in KINDS},
    **{name.replace(".", "_"): (name, ()) for name in ("nodejs22.x", "java21", "ruby3.4", "provided.al2023")},
    "all": ("python3.13", tuple(KINDS)),
}


def test_validate_finds_nothing_in_modules_of_new_specs(terraform: Terraform, tmp_path: Path) -> None:
    specs = tmp_path / "specs"
    specs.mkdir()
    for name, (runtime, triggers) in WISHES.items():
        text = spec(Wish(name, runtimes.runtime(runtime), triggers), Ground(), ".tfgen.schema.json")
        (specs / f"{name}.yaml").write_text(text)
    render_specs(tmp_path / "modules", sorted(specs.glob("*.yaml")))
    calls = {}
    for module in sorted((tmp_path / "modules").iterdir()):
        inputs = pygohcl.loads((module / "variables.tf").read_text())["variable"]
        needed = {name for name, block in inputs.items() if "default" not in block}
        calls[module.name] = dict.fromkeys(needed, "${var.anything}") | {"source": f"./modules/{module.name}"}
    root = {"variable": {"anything": {"type": "any"}}, "module": calls}
    (tmp_path / "main.tf.json").write_text(json.dumps(root))

    terraform.init(tmp_path)
    found = terraform.read(tmp_path, "validate")

    assert found["diagnostics"] == []
    assert found["valid"] is True
    assert terraform.succeed(tmp_path / "modules", "fmt", "-check", "-recursive", "-diff") == ""
