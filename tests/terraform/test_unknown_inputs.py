"""Every module, planned with inputs that nobody knows yet: callers pass what is made in the same apply."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pygohcl
import pytest

from tests.terraform.applied import PROVIDER

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

#: What is made in the same apply: nobody knows its value at plan.
MADE_LATER = {
    "text": {"input": "text"},
    "number": {"input": 1},
    "flag": {"input": True},
    "texts": {"input": ["text"]},
    "entries": {"input": {"name": "text"}},
}
UNKNOWN = {
    "string": "${terraform_data.text.output}",
    "number": "${terraform_data.number.output}",
    "bool": "${terraform_data.flag.output}",
    "list(string)": "${terraform_data.texts.output}",
    "map(string)": "${terraform_data.entries.output}",
}


#: A list whose length decides how many attachments there are: its entries may be unknown, their number not.
COUNTED = {"policy_arns": ["${terraform_data.text.output}"]}


def test_every_module_is_planned_with_inputs_that_nobody_knows_yet(
    terraform: Terraform, modules: Path, emulated_aws: str, tmp_path: Path
) -> None:
    """All inputs but objects, which may decide by null, and `create_execution_role`, which decides."""
    shutil.copytree(modules, tmp_path / "modules")
    calls = {}
    for module in sorted(folder.name for folder in modules.iterdir()):
        inputs = pygohcl.loads((modules / module / "variables.tf").read_text())["variable"]
        types = {name: block["type"] for name, block in inputs.items() if name != "create_execution_role"}
        unknown = {
            name: COUNTED.get(name, UNKNOWN[type_]) for name, type_ in types.items() if type_ in UNKNOWN
        }
        calls[module] = {"source": f"./modules/{module}", **unknown}
    root = {"provider": {"aws": PROVIDER}, "module": calls, "resource": {"terraform_data": MADE_LATER}}
    (tmp_path / "main.tf.json").write_text(json.dumps(root, indent=2))
    terraform.init(tmp_path)

    terraform.at(emulated_aws).succeed(tmp_path, "plan")
