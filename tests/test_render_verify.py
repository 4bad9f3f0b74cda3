"""`tfgen render --verify`: a module that tfgen itself gets wrong is told as a bug, and nothing is written.

The faults are put into the engine of the real command: into a template, a plan, or what is made of both.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import as_text, run, tfgen
from tests.test_cli import SPEC
from tfgen import __version__
from tfgen.bug import plea

#: Faults of many kinds, as Python that the command's process runs first, and what is told of each.
IN_A_TEMPLATE = """
from importlib import import_module
from jinja2 import FileSystemLoader

engine = import_module("tfgen.render")
engine._template.cache_clear()
engine._variable_block.cache_clear()
own = FileSystemLoader.get_source


def faulty(loader, environment, name):
    text, file, is_current = own(loader, environment, name)
    if name == {name!r}:
        assert {old!r} in text
        text = text.replace({old!r}, {new!r}, 1)
    return text, file, is_current


FileSystemLoader.get_source = faulty
for make in (engine._hcl_environment, engine._markdown_environment):
    make.cache_clear()
    make().bytecode_cache = None
"""
IN_THE_PLAN = """
from importlib import import_module

from tfgen.hcl import Ref

plans = import_module("tfgen.plan")
own = plans.plan


def faulty(spec, path):
    plan = own(spec, path)
    return {faulty}


plans.plan = faulty
"""


def in_a_template(name: str, old: str, new: str) -> str:
    return IN_A_TEMPLATE.format(name=name, old=old, new=new)


def in_the_plan(faulty: str) -> str:
    return IN_THE_PLAN.format(faulty=faulty)


MAIN, IAM, MAPPING = "main.tf.j2", "iam.tf.j2", "_event_source_mapping.tf.j2"
FAULTS = {
    "no value": (
        in_a_template(MAIN, "memory_size = ", "memory_size = ) "),
        r"main\.tf:\d+: `\)` stands where a value",
    ),
    "a quote too many": (
        in_a_template(MAIN, "package_type = ", 'package_type = "'),
        r"main\.tf:\d+: the quoted text is n",
    ),
    "an input that is not declared": (
        in_the_plan("plan._replace(variables=plan.variables[1:])"),
        r"main\.tf:\d+: `var\.function_name` is not declared",
    ),
    "an input without use": (
        in_a_template(MAIN, "timeout = ", "timeout = 3 #"),
        r"variables\.tf:\d+: `var\.timeout` is declared, and nothing uses it",
    ),
    "a local that is not declared": (
        in_the_plan("plan._replace(function=plan.function._replace(role=Ref('local.rule_arn')))"),
        r"main\.tf:\d+: `local\.rule_arn` is not declared; `local\.role_arn` is",
    ),
    "a data source that is not declared": (
        in_the_plan("plan._replace(data_sources=plan.data_sources[1:])"),
        r"(main|iam|outputs)\.tf:\d+: `data\.\w+\.current` is not declared",
    ),
    "a data source without use": (
        in_the_plan(
            "plan._replace(data_sources=(*plan.data_sources, plans.DataSource('aws_canonical_user_id')))"
        ),
        r"main\.tf:\d+: `data\.aws_canonical_user_id\.current` is declared, and nothing uses it",
    ),
    "a resource that is not declared": (
        in_a_template(MAIN, 'resource "aws_lambda_function" "this"', 'resource "aws_lambda_function" "it"'),
        r"outputs\.tf:\d+: `aws_lambda_function\.this` is not declared; `aws_lambda_function\.it` is",
    ),
    "two resources of one address": (
        in_the_plan("plan._replace(triggers=plan.triggers * 2)"),
        r"triggers\.tf:\d+: `aws_\w+\.jobs` is declared a second time, after triggers\.tf:\d+",
    ),
    "two outputs of one name": (
        in_the_plan("plan._replace(outputs=(*plan.outputs, plan.outputs[0]))"),
        r"outputs\.tf:\d+: `output\.function_name` is declared a second time",
    ),
    "an argument twice": (
        in_a_template(MAPPING, "event_source_arn = ", "event_source_arn = null\n  event_source_arn = "),
        r"triggers\.tf:\d+: `event_source_arn` is given twice in one block",
    ),
    "each without for_each": (
        in_a_template(MAIN, "package_type = ", "package_type = each.value == null ? null : "),
        r"main\.tf:\d+: `each\.value` stands in a block without `for_each`",
    ),
    "a word for a text": (
        in_a_template(IAM, 'type = "Service"', "type = Service"),
        r"iam\.tf:\d+: `Service` is no value: is it a text without quotes\?",
    ),
    "a heredoc": (
        in_a_template(MAIN, "locals {", "locals {\n  words = <<EOT\n  EOT\n"),
        r"main\.tf:\d+: a heredoc, whose lines would be indented anew",
    ),
    "tests of what is not there": (
        in_a_template(
            "tests/module.tftest.hcl.j2", "command = plan", "command = plan\n  expect_failures = [var.no]"
        ),
        r"tests/module\.tftest\.hcl:\d+: `var\.no` is not declared",
    ),
}
TRIGGER = "triggers:\n  - type: sqs\n    name: jobs\n    queue_arn: ${var.queue_arn}\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("bills", "orders"):
        path = tmp_path / "specs" / f"{name}.yaml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(SPEC.replace("orders", name) + (TRIGGER if name == "orders" else ""))
    return tmp_path


def rendered(
    project: Path, first: str, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    return as_text(run(project, ["render", *arguments], {"CI": "", **environment}, first=first))


def files(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_tfgens_is_told_as_one_and_nothing_is_written(project: Path, fault: str) -> None:
    first, told = FAULTS[fault]
    done = rendered(project, first, "specs/orders.yaml", "--verify")
    assert (done.returncode, done.stdout) == (70, "")
    head, line, *_ = done.stderr.split("\n")
    assert head == "specs/orders.yaml: tfgen makes a module of it that is not right"
    assert re.match(r"  [\w/.]+:\d+: ", line)
    assert re.search(rf"^  {told}", done.stderr, re.MULTILINE), done.stderr
    assert done.stderr.endswith(f"\n\n{plea()}\nNothing was written.\n")
    assert not (project / "modules").exists()


def test_a_bug_is_no_fault_of_the_spec_and_is_to_be_reported() -> None:
    said = " ".join(plea().split())
    assert said.startswith(f"This is a bug in tfgen {__version__}, not in your specs. Please report it")
    assert "`tfgen --version`" in said
    assert "the spec that it happened with" in said


UNDECLARED = FAULTS["an input that is not declared"][0]


def test_without_it_the_module_is_written_as_it_is(project: Path) -> None:
    for arguments in ((), ("--no-verify",)):
        assert rendered(project, UNDECLARED, "specs", *arguments).returncode == 0
    assert "var.function_name" in (project / "modules" / "orders" / "main.tf").read_text()


@pytest.mark.parametrize("option", ["--check", "--diff", "--stdout", "--dry-run", "--jobs=2"])
def test_whatever_becomes_of_modules_they_are_looked_at_first(project: Path, option: str) -> None:
    done = rendered(project, UNDECLARED, "specs", "--verify", option)
    assert (done.returncode, done.stdout) == (70, "")
    assert "specs/bills.yaml: tfgen makes" in done.stderr
    assert "specs/orders.yaml: tfgen makes" in done.stderr
    assert not (project / "modules").exists()


def test_what_is_there_stays_as_it_was(project: Path) -> None:
    assert tfgen(project, "render", "specs", "--verify").returncode == 0
    before = files(project / "modules")
    (project / "specs" / "bills.yaml").write_text(f"{SPEC}timeout: 77\n")
    assert rendered(project, FAULTS["two resources of one address"][0], "specs", "--verify").returncode == 70
    assert files(project / "modules") == before


def test_of_many_specs_a_few_are_told(project: Path) -> None:
    for number in range(6):
        (project / "specs" / f"more_{number}.yaml").write_text(SPEC.replace("orders", f"more-{number}"))
    done = rendered(project, UNDECLARED, "specs", "--verify")
    assert done.stderr.count("tfgen makes a module of it that is not right") == 3
    assert "\nand 5 more like that\n" in done.stderr


def test_mistakes_in_specs_are_told_as_well(project: Path) -> None:
    (project / "specs" / "bills.yaml").write_text("timeout: 901\n")
    done = rendered(project, UNDECLARED, "specs", "--verify")
    assert done.returncode == 70
    assert "error[TFG201]" in done.stdout
    assert "This is a bug in tfgen" in done.stderr


# Where nobody says so --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "environment",
    [
        {"CI": "true"},
        {"CI": "1"},
        {"CI": "", "GITHUB_ACTIONS": "true"},
        {"TF_BUILD": "True"},
        {"JENKINS_URL": "https://ci"},
    ],
    ids=str,
)
def test_in_ci_modules_are_looked_at_unless_it_is_switched_off(
    project: Path, environment: dict[str, str]
) -> None:
    assert rendered(project, UNDECLARED, "specs", **environment).returncode == 70
    assert rendered(project, UNDECLARED, "specs", "--no-verify", **environment).returncode == 0


@pytest.mark.parametrize("ci", ["", "0", "false", "False"])
def test_elsewhere_they_are_not(project: Path, ci: str) -> None:
    assert rendered(project, UNDECLARED, "specs", CI=ci).returncode == 0


def test_a_job_of_github_gets_a_summary_that_says_so(project: Path) -> None:
    summary = project / "summary.md"
    done = rendered(project, UNDECLARED, "specs", CI="true", GITHUB_STEP_SUMMARY=str(summary))
    assert done.returncode == 70
    assert "A bug in tfgen. Nothing was written." in summary.read_text()
    assert "`var.function_name` is not declared" in summary.read_text()


# Whose fault it is -----------------------------------------------------------------------------------


def test_a_users_template_that_is_wrong_is_the_users_to_mend(project: Path) -> None:
    own = project / "own" / "outputs.tf.j2"
    own.parent.mkdir()
    own.write_text('{% include "tfgen/outputs.tf.j2" %}\n\noutput "x" {\n  value = var.x\n}\n')
    for option in ("--verify", "--no-verify"):
        done = tfgen(project, "render", "specs", "--templates", "own", option)
        assert done.returncode == 2
        assert "`var.x` is not declared" in done.stderr
        assert "by own/outputs.tf.j2" in done.stderr
        assert "bug" not in done.stderr


def test_where_a_user_has_templates_of_pages_alone_the_rest_is_tfgens(project: Path) -> None:
    own = project / "own" / "README.md.j2"
    own.parent.mkdir()
    own.write_text("# {{ name|md }}\n")
    assert tfgen(project, "render", "specs", "--templates", "own", "--verify").returncode == 0
    done = rendered(project, UNDECLARED, "specs", "--templates", "own", "--verify")
    assert done.returncode == 70


def test_all_examples_are_right(tmp_path: Path) -> None:
    done = tfgen(tmp_path, "render", str(Path(__file__).parents[1] / "specs"), "--verify", CI="")
    assert (done.returncode, done.stderr.split(" ")[1:]) == (0, ["created\n"])


def test_the_command_as_a_shell_starts_it_ends_so_too(project: Path) -> None:
    call = "import sys\nsys.argv = ['tfgen', 'render', 'specs', '--verify']"
    code = f"{UNDECLARED}\n{call}\nfrom tfgen.__main__ import main\nmain()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        env=dict(os.environ),
    )
    assert done.returncode == 70
    assert "This is a bug in tfgen" in done.stderr
