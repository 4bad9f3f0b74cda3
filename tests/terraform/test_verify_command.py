"""`tfgen verify` with the real Terraform: what that says of modules, and which lines of specs it is about."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from tests.command import tfgen
from tests.rendering import SPECS
from tests.test_cli import SPEC
from tests.test_verify_command import edit

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform


def attached(terraform: Terraform) -> dict[str, str]:
    """What a command must be told for its Terraform to use the provider that runs already."""
    assert terraform.running is not None
    return terraform.running.attach(terraform.environment)


def claim(folder: Path) -> None:
    """Have a module's files be as tfgen wrote them: another version of it could have."""
    path = folder / ".tfgen.json"
    manifest = json.loads(path.read_text())
    for name in manifest["files"]:
        manifest["files"][name] = sha256((folder / name).read_bytes()).hexdigest()
    path.write_text(json.dumps(manifest))


def test_all_examples_are_fine_in_one_run_that_leaves_nothing_behind(
    terraform: Terraform, tmp_path: Path
) -> None:
    assert tfgen(tmp_path, "render", str(SPECS)).returncode == 0
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "modules").rglob("*")}
    done = tfgen(tmp_path, "verify")
    assert (done.returncode, done.stdout) == (0, "")
    head, _, versions = done.stderr.removesuffix("\n").partition(", by ")
    assert head == f"nothing found in {len(list(SPECS.glob('*.yaml')))} modules"
    said = terraform.read(tmp_path, "version")["terraform_version"]
    assert versions.startswith(f"Terraform {said}, hashicorp/aws 5.")
    assert {path: path.stat().st_mtime_ns for path in (tmp_path / "modules").rglob("*")} == before
    assert {path.name for path in tmp_path.iterdir()} == {"modules"}


# Modules with something wrong ------------------------------------------------------------------------

TRIGGER = """\
triggers:
  - type: sqs
    name: jobs
    queue_arn: ${var.queue_arn}
    batch_size: 10
"""
PROJECT = """\
defaults:
  tags: {Team: shop}
  memory_size: 512
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Modules that each have something else wrong, and one that has nothing."""
    folder = tmp_path_factory.mktemp("verified")
    (folder / "specs").mkdir()
    (folder / "tfgen.yaml").write_text(PROJECT)
    for name in (
        "bills",
        "carts",
        "deals",
        "fines",
        "gifts",
        "items",
        "jokes",
        "lists",
        "mails",
        "notes",
        "orders",
    ):
        text = SPEC.replace("orders", name) + "timeout: 60\n" + TRIGGER
        (folder / "specs" / f"{name}.yaml").write_text(text)
    with (folder / "specs" / "notes.yaml").open("a") as spec:
        spec.write('terraform:\n  required_version: ">= 99.0"\n')
    assert tfgen(folder, "render").returncode == 0
    modules = folder / "modules"
    edit(modules / "bills" / "main.tf", "= var.memory_size", "= 512 ")
    edit(modules / "carts" / "triggers.tf", "= 10\n", '= "many"\n')
    edit(modules / "deals" / "triggers.tf", "= 10\n", '= "many"\n')
    edit(modules / "fines" / "variables.tf", "= 60\n", "= 901\n")
    edit(modules / "gifts" / "variables.tf", "= 512\n", "= 64\n")
    for name in ("deals", "fines", "gifts"):
        claim(modules / name)
    edit(modules / "items" / "iam.tf", "actions = [", "actions = [[")
    (modules / "jokes" / "page.tf").write_text(
        'resource "aws_s3_bucket_object" "page" {\n  bucket = "pages"\n  key    = "page"\n}\n'
    )
    (modules / "lists" / "more.tf").write_text('resource "aws_lambda_function" "this" {}\n')
    edit(modules / "mails" / "tests" / "module.tftest.hcl", "command = plan", "command = (plan")
    return folder


@pytest.fixture(scope="module")
def findings(terraform: Terraform, project: Path) -> list[dict[str, Any]]:
    done = tfgen(project, "verify", "--output-format", "json", **attached(terraform))
    assert done.returncode == 1, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)["findings"]
    assert done.stderr.startswith(f"{len(found)} findings in 11 modules, by Terraform ")
    return found


def about(findings: list[dict[str, Any]], name: str) -> list[tuple[str, str, str]]:
    """What is said of a module: the place, the code and what it is."""
    return [
        (f"{one['path']}:{one['start']['line']}:{one['start']['column']}", one["code"], one["summary"])
        for one in findings
        if f"/{name}/" in one["path"] + one["summary"] or one["path"].endswith(f"/{name}.yaml")
    ]


def line_of(project: Path, file: str, text: str) -> int:
    return next(
        number for number, line in enumerate((project / file).read_text().splitlines(), 1) if text in line
    )


def test_a_module_with_nothing_wrong_is_not_mentioned(findings: list[dict[str, Any]]) -> None:
    assert about(findings, "orders") == []


def test_a_file_that_fmt_would_change_is_told_at_the_line(
    project: Path, findings: list[dict[str, Any]]
) -> None:
    line = line_of(project, "modules/bills/main.tf", "= 512 ")
    declared = line_of(project, "modules/bills/variables.tf", 'variable "memory_size"')
    assert about(findings, "bills") == [
        (f"modules/bills/main.tf:{line}:3", "TFG902", "`terraform fmt` would lay this file out anew"),
        (
            f"modules/bills/variables.tf:{declared}:1",
            "TFG901",
            "`var.memory_size` is declared, and nothing uses it",
        ),
    ]


def test_what_validate_finds_in_an_edited_file_is_at_the_edit(
    project: Path, findings: list[dict[str, Any]]
) -> None:
    line = line_of(project, "modules/carts/triggers.tf", "many")
    (place,) = about(findings, "carts")
    assert place == (f"modules/carts/triggers.tf:{line}:22", "TFG903", "Incorrect attribute value type")
    (hint,) = (one["hint"] for one in findings if "carts" in one["path"])
    assert hint == (
        'Inappropriate value for attribute "batch_size": a number is required. '
        "tfgen wrote this file, and it was edited since: undo the edit, or put it into the spec"
    )


def test_what_it_finds_in_a_file_as_tfgen_wrote_it_is_at_the_key_of_the_spec(
    project: Path, findings: list[dict[str, Any]]
) -> None:
    line = line_of(project, "modules/deals/triggers.tf", "many")
    key = line_of(project, "specs/deals.yaml", "batch_size")
    expected = f"modules/deals/triggers.tf:{line}: Incorrect attribute value type"
    assert about(findings, "deals") == [(f"specs/deals.yaml:{key}:17", "TFG903", expected)]


def test_a_default_that_the_module_itself_refuses_is_at_the_key_of_the_spec(
    project: Path, findings: list[dict[str, Any]]
) -> None:
    (place, code, summary) = about(findings, "fines")[0]
    assert (place, code) == (
        f"specs/fines.yaml:{line_of(project, 'specs/fines.yaml', 'timeout')}:10",
        "TFG903",
    )
    assert summary.startswith("modules/fines/variables.tf:")
    (hint,) = (one["hint"] for one in findings if one["path"] == "specs/fines.yaml")
    assert hint == "timeout must be a whole number, 1 to 900 seconds."


def test_a_key_of_the_project_file_is_shown_there(findings: list[dict[str, Any]]) -> None:
    ((place, code, _),) = about(findings, "gifts")
    assert (place, code) == ("tfgen.yaml:3:16", "TFG903")


def test_a_text_that_is_no_hcl_is_told_once_and_hides_nothing(
    project: Path, findings: list[dict[str, Any]]
) -> None:
    found = about(findings, "items")
    assert {code for _, code, _ in found} == {"TFG903"}
    line = line_of(project, "modules/items/iam.tf", "[[")
    assert all(place.startswith(("modules/items/iam.tf:",)) for place, _, _ in found)
    assert all(int(place.split(":")[1]) > line for place, _, _ in found), found


def test_a_file_that_tfgen_did_not_write_is_said_to_be_none_of_its(findings: list[dict[str, Any]]) -> None:
    found = about(findings, "jokes")
    assert {code for _, code, _ in found} == {"TFG904"}
    assert {place.split(":")[0] for place, _, _ in found} == {"modules/jokes/page.tf"}
    assert any("aws_s3_object" in one["hint"] for one in findings if "jokes" in one["path"])
    assert all("tfgen did not write this file" in one["hint"] for one in findings if "jokes" in one["path"])


def test_what_is_declared_in_two_files_is_told(findings: list[dict[str, Any]]) -> None:
    places = {place.split(":")[0] for place, _, _ in about(findings, "lists")}
    assert places & {"modules/lists/main.tf", "modules/lists/more.tf"}


def test_a_module_s_own_tests_are_read_as_well(project: Path, findings: list[dict[str, Any]]) -> None:
    ((place, code, _),) = about(findings, "mails")
    file, line, _ = place.split(":")
    assert (file, code) == ("modules/mails/tests/module.tftest.hcl", "TFG903")
    assert int(line) > line_of(project, file, "(plan")


def test_a_terraform_that_is_too_old_is_told_at_the_key_that_says_so(
    project: Path, findings: list[dict[str, Any]]
) -> None:
    ((place, code, summary),) = about(findings, "notes")
    line = line_of(project, "specs/notes.yaml", "required_version")
    assert (place.rpartition(":")[0], code) == (f"specs/notes.yaml:{line}", "TFG903")
    assert summary.endswith("Unsupported Terraform Core version")


def test_people_see_both_places_and_the_line(terraform: Terraform, project: Path) -> None:
    done = tfgen(project, "verify", "modules/deals", **attached(terraform))
    line = line_of(project, "modules/deals/triggers.tf", "many")
    assert done.returncode == 1
    assert (
        done.stdout
        == f"""\
specs/deals.yaml:9:17: error[TFG903]: modules/deals/triggers.tf:{line}: Incorrect
  attribute value type
  |
9 |     batch_size: 10
  |                 ^^
  = Inappropriate value for attribute "batch_size": a number is required.
"""
    )


def test_a_module_is_a_suite_of_tests_where_nothing_is_found(terraform: Terraform, project: Path) -> None:
    arguments = ("modules/orders", "modules/deals", "--output-format", "junit")
    done = tfgen(project, "verify", *arguments, **attached(terraform))
    suites = {suite.get("name"): suite.get("failures") for suite in ET.fromstring(done.stdout)}
    assert suites == {"modules/orders": "0", "specs/deals.yaml": "1"}


# The page --------------------------------------------------------------------------------------------

PAGE = (Path(__file__).parents[2] / "docs" / "verify.md").read_text()


def test_what_the_page_shows_is_what_people_see(terraform: Terraform, tmp_path: Path) -> None:
    """But for the versions, which are those of the machine."""
    fine, refused, edited = re.findall(
        r"^```console\n\$ tfgen (.*?)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL
    )
    shown = re.search(r"^```yaml\n(# (\S+)\n.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert shown
    spec, path = shown[1], tmp_path / shown[2]
    path.parent.mkdir()

    def shows(session: tuple[str, str]) -> None:
        done = tfgen(tmp_path, *session[0].split())
        assert words(done.stdout + done.stderr) == words(session[1])

    path.write_text(spec)
    assert tfgen(tmp_path, "render", "specs").returncode == 0
    shows(refused)
    path.write_text(spec.partition("terraform:")[0])
    assert tfgen(tmp_path, "render", "specs").returncode == 0
    shows(fine)
    edit(tmp_path / "modules" / "orders" / "triggers.tf", "= 10\n", '= "many"\n')
    shows(edited)


def words(text: str) -> list[str]:
    """The words of a text, with versions alike."""
    return re.sub(r"(?<= )\d+\.\d+\.\d+\b", "0.0.0", text).split()


# How it ends -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("arguments", "code"), [((), 0), (("--strict",), 1)])
def test_warnings_count_where_a_person_says_so(
    terraform: Terraform, project: Path, arguments: tuple[str, ...], code: int
) -> None:
    done = tfgen(project, "verify", "modules/jokes", *arguments, **attached(terraform))
    assert done.returncode == code
    assert "warning[TFG904]" in done.stdout


def test_without_a_provider_it_is_said_what_to_do(project: Path, tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    mirror.mkdir()
    config = tmp_path / "own.tfrc"
    config.write_text(f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n')
    done = tfgen(project, "verify", "modules/bills", TF_CLI_CONFIG_FILE=str(config))
    assert done.returncode == 4
    assert "TFG901" in done.stdout
    assert "TFG902" in done.stdout
    total, why, detail, advice = done.stderr.splitlines()
    assert total == "2 findings in 1 module, but Terraform did not look at all of it"
    assert why == "tfgen: terraform init: Failed to query available provider packages"
    assert "hashicorp/aws" in detail
    assert advice.startswith(
        "tfgen: Terraform gets the provider from its registry, or from the mirror in the file"
    )


def test_what_a_person_set_for_own_runs_does_not_break_it(terraform: Terraform, project: Path) -> None:
    own: Mapping[str, str] = {
        "TF_CLI_ARGS": "-unknown",
        "TF_CLI_ARGS_init": "-upgrade=maybe",
        "TF_CLI_ARGS_validate": "-unknown",
        "TF_DATA_DIR": "/nowhere/data",
        "TF_WORKSPACE": "other",
        "TF_LOG": "trace",
    }
    done: subprocess.CompletedProcess[str] = tfgen(
        project, "verify", "modules/orders", **attached(terraform), **own
    )
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("nothing found in 1 module, by Terraform ")


def test_versions_that_have_none_in_common_are_asked_for_apart(terraform: Terraform, tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    for name, version in (("bills", "< 5.90.0"), ("orders", ">= 5.90.0")):
        text = SPEC.replace("orders", name)
        (tmp_path / "specs" / f"{name}.yaml").write_text(
            f'{text}terraform:\n  aws_provider_version: ">= 5.80, {version}"\n'
        )
    assert tfgen(tmp_path, "render", "specs").returncode == 0
    done = tfgen(tmp_path, "verify", **attached(terraform))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
