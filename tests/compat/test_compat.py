"""`make compat`: what a Terraform finds in a module is told with its place, and so is where two differ."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.compat.__main__ import differ, lines
from tests.compat.holding import hold

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

DEPRECATED = """
resource "aws_s3_bucket" "this" {
  bucket = var.name
  acl    = "private"
}
"""


@pytest.fixture
def chosen(modules: Path, tmp_path: Path) -> Path:
    """A folder with the module of one spec."""
    shutil.copytree(modules / "lambda", tmp_path / "modules" / "lambda")
    return tmp_path / "modules"


def test_nothing_is_said_of_a_module_that_is_right(terraform: Terraform, chosen: Path) -> None:
    said = hold(terraform.alone(), chosen)
    assert (said.modules, said.errors, said.warnings) == (1, [], [])
    assert said.provider.startswith("v5.")
    assert not differ([said, said])


def test_a_default_that_its_own_condition_refuses_and_a_deprecation_are_told_with_their_lines(
    terraform: Terraform, chosen: Path
) -> None:
    (chosen / "lambda" / "more.tf").write_text(
        'variable "name" {\n  type    = string\n  default = "a"\n\n  validation {\n'
        '    condition     = var.name != "a"\n    error_message = "Not a."\n  }\n}\n' + DEPRECATED
    )
    refused = hold(terraform, chosen)
    assert refused.errors
    assert all("Not a. " in line and "modules/lambda/more.tf:5," in line for line in refused.errors)

    (chosen / "lambda" / "more.tf").write_text(f'variable "name" {{\n  default = "a"\n}}\n{DEPRECATED}')
    warned = hold(terraform, chosen)
    assert warned.errors == []
    assert warned.warnings
    assert all(line.startswith("modules/lambda/more.tf:7: warning: ") for line in warned.warnings)
    assert differ([warned, refused])
    assert any("modules/lambda/more.tf:7: warning" in line for line in lines([refused, warned]))


def test_a_layout_that_fmt_would_change_is_an_error(terraform: Terraform, chosen: Path) -> None:
    (chosen / "lambda" / "more.tf").write_text("locals {\n  a=1\n}\n")
    assert hold(terraform, chosen).errors == ["modules/lambda/more.tf: `terraform fmt` would change it"]
