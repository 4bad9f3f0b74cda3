"""`tfgen verify` without Terraform: what it finds by itself, whose files that is in, and how it ends.

What Terraform finds is in tests/terraform/test_verify_command.py.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.command import run, tfgen
from tests.rendering import SPECS
from tests.test_cli import SPEC
from tests.test_render_verify import UNDECLARED
from tfgen.cli import output
from tfgen.terraform import command
from tfgen.terraform.modules import read_module
from tfgen.terraform.origins import Origins, spec_of

NO_TERRAFORM = {"PATH": "/nowhere"}
MISSING = (
    "tfgen: there is no `terraform` on PATH: install version 1.9 or newer, "
    "see https://developer.hashicorp.com/terraform/install\n"
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with two specs and their modules."""
    for name in ("bills", "orders"):
        (tmp_path / "specs").mkdir(exist_ok=True)
        (tmp_path / "specs" / f"{name}.yaml").write_text(SPEC.replace("orders", name))
    assert tfgen(tmp_path, "render", "specs").returncode == 0
    return tmp_path


def verify(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return tfgen(project, "verify", *arguments, **{**NO_TERRAFORM, **environment})


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new, 1))


def found(done: subprocess.CompletedProcess[str]) -> list[str]:
    """What is found, a line each."""
    return done.stdout.splitlines()


# Which modules ---------------------------------------------------------------------------------------


def test_without_terraform_a_module_is_looked_at_all_the_same(project: Path) -> None:
    done = verify(project)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == f"nothing found in 2 modules, but Terraform did not look at all of it\n{MISSING}"


@pytest.mark.parametrize(
    ("arguments", "modules"),
    [
        (["modules"], "2 modules"),
        (["modules/orders"], "1 module"),
        (["modules/orders", "modules", "modules/../modules/orders/"], "2 modules"),
    ],
)
def test_folders_name_modules_each_once(project: Path, arguments: list[str], modules: str) -> None:
    done = verify(project, *arguments)
    assert done.stderr.startswith(f"nothing found in {modules}, ")


def test_without_a_folder_they_are_the_projects(project: Path) -> None:
    (project / "tfgen.yaml").write_text("output: infra\n")
    assert tfgen(project, "render").returncode == 0
    (project / "infra" / "orders" / "main.tf").unlink()
    assert "infra/orders/" in verify(project, "--output-format", "concise").stdout


def test_a_module_is_looked_at_from_within(project: Path) -> None:
    edit(project / "modules" / "orders" / "main.tf", "var.memory_size", "512")
    done = verify(project / "modules" / "orders", ".", "--output-format", "concise")
    assert found(done)[0].startswith("variables.tf:")
    done = verify(project / "modules" / "orders" / "tests", "..", "--output-format", "concise")
    assert found(done)[0].startswith("../variables.tf:")


def test_what_is_no_module_is_told_by_name(project: Path) -> None:
    (project / "modules" / "bills" / ".tfgen.json").write_text("[]")
    done = verify(project, "gone", "specs", "specs/orders.yaml", "modules/bills")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "tfgen: gone: no such folder",
        "tfgen: specs: neither a module that tfgen wrote nor a folder of such: no .tfgen.json there",
        "tfgen: specs/orders.yaml: no such folder",
        f"tfgen: {project}/modules/bills/.tfgen.json is not a manifest that tfgen wrote: restore it from "
        "version control, or overwrite it and the module's files with --force",
    ]


# What tfgen finds ------------------------------------------------------------------------------------


def test_an_edit_after_which_an_input_does_nothing_is_found(project: Path) -> None:
    edit(project / "modules" / "orders" / "main.tf", "var.memory_size", "512")
    edit(project / "modules" / "orders" / "variables.tf", "Memory", "The memory")
    done = verify(project)
    assert done.returncode == 4
    head, rest = done.stdout.split("\n", 1)
    assert head == "modules/orders/variables.tf:138:1: error[TFG901]: `var.memory_size` is declared,"
    assert " ".join(rest.split()) == (
        'and nothing uses it | 138 | variable "memory_size" { | ^^^^^^^^^^^^^^^^^^^^^^^^ '
        "= tfgen wrote this file, and it was edited since: undo the edit, or put it into the spec"
    )


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("main.tf", "var.timeout", "var.timout", "`var.timout` is not declared; `var.timeout` is"),
        ("main.tf", "var.timeout", "local.timeout", "`local.timeout` is not declared"),
        ("main.tf", "timeout ", "timeout = 3\n  timeout ", "`timeout` is given twice in one block"),
        ("iam.tf", "actions = [", "actions = ([", "`principals` stands where `)` should be"),
        (
            "outputs.tf",
            'output "arn"',
            'output "function_arn"',
            "`output.function_arn` is declared a second time",
        ),
        ("tests/module.tftest.hcl", "var.timeout", "var.timout", "`var.timout` is not declared"),
    ],
)
def test_an_edited_file_is_told_at_its_place_as_edited(
    project: Path, file: str, old: str, new: str, expected: str
) -> None:
    edit(project / "modules" / "orders" / file, old, new)
    done = verify(project, "--output-format", "json")
    assert done.returncode == 4
    findings = json.loads(done.stdout)["findings"]
    (one,) = (one for one in findings if one["summary"].startswith(expected))
    assert one["path"] == f"modules/orders/{file}"
    assert one["code"] == "TFG901"
    assert "was edited since" in one["hint"]


def test_a_file_that_is_lost_is_missed_by_those_that_are_there(project: Path) -> None:
    (project / "modules" / "orders" / "iam.tf").unlink()
    done = verify(project, "--output-format", "json")
    findings = json.loads(done.stdout)["findings"]
    missed = {one["path"] for one in findings if "is not declared" in one["summary"]}
    assert "modules/orders/main.tf" in missed
    assert {one["hint"] for one in findings} == {
        "tfgen wrote this file so; another one of the module was edited, added or removed"
    }


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("more.tf", 'locals {\n  more = <<EOT\n  ${var.timeout}\n  EOT\n}\n\nvariable "unused" {}\n'),
        ("more.tf", "resource {"),
        ("more.tf.json", "{}"),
        ("main_override.tf", 'resource "aws_lambda_function" "this" {\n  timeout = 4\n}\n'),
        ("notes.md", "var.nothing"),
        ("examples/main.tf", 'module "m" {\n  source = "../"\n}\n'),
    ],
)
def test_files_of_peoples_own_are_terraforms_to_judge(project: Path, name: str, text: str) -> None:
    path = project / "modules" / "orders" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    assert verify(project).stderr.startswith("nothing found in 2 modules, ")


def test_what_peoples_own_files_declare_may_be_referred_to(project: Path) -> None:
    folder = project / "modules" / "orders"
    edit(folder / "main.tf", "var.timeout", "local.timeout")
    (folder / "more.tf").write_text("locals {\n  timeout = var.timeout\n}\n")
    assert verify(project).stderr.startswith("nothing found in 2 modules, ")
    (folder / "more.tf").write_text('resource "aws_lambda_function" "this" {}\n')
    assert "`aws_lambda_function.this` is declared a second time, after more.tf:1" in verify(
        project
    ).stdout.replace("\n  ", " ")


# Bugs ------------------------------------------------------------------------------------------------


def test_what_tfgen_wrote_wrongly_and_nobody_touched_is_a_bug_of_tfgens(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "orders.yaml").write_text(SPEC)
    assert run(tmp_path, ["render", "specs"], {"CI": ""}, first=UNDECLARED).returncode == 0
    done = verify(tmp_path)
    assert (done.returncode, done.stdout) == (70, "")
    lines = done.stderr.splitlines()
    assert lines[0] == "specs/orders.yaml: tfgen made a module of it that is not right"
    assert (
        lines[1] == "  modules/orders/iam.tf:3: `var.function_name` is not declared"
        or "var.function_name" in lines[1]
    )
    assert "This is a bug in tfgen" in done.stderr
    assert lines[-1] == "Terraform was not asked."
    edit(tmp_path / "modules" / "orders" / "main.tf", "var.timeout", "3")
    assert verify(tmp_path).returncode == 4


# How it ends -----------------------------------------------------------------------------------------

WAITS = """#!/bin/sh
trap '' INT
sleep 1000 &
echo $$ $! > "$PIDS"
wait
"""


@pytest.fixture
def terraform(tmp_path: Path) -> Path:
    """A folder for PATH, of a program that is called as Terraform is."""
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "terraform").write_text(WAITS)
    (folder / "terraform").chmod(0o755)
    return folder


def is_running(number: int) -> bool:
    try:
        state = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_who_interrupts_it_leaves_nothing_behind(
    project: Path, terraform: Path, number: signal.Signals, code: int
) -> None:
    pids, temporary = project / "pids", project / "tmp"
    temporary.mkdir()
    environment = {**os.environ, "PATH": f"{terraform}{os.pathsep}{os.environ['PATH']}"}
    process = subprocess.Popen(
        [sys.executable, "-m", "tfgen", "verify"],
        cwd=project,
        env={**environment, "PIDS": str(pids), "TMPDIR": str(temporary)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    started = list(_numbers(pids, process))
    assert all(map(is_running, started))
    process.send_signal(number)
    stdout, stderr = process.communicate()
    assert (process.returncode, stdout, stderr) == (code, "", "")
    for _ in range(500):  # the system may take its time with what was killed
        if any(map(is_running, started)):
            time.sleep(0.02)
    assert not any(map(is_running, started))
    assert list(temporary.iterdir()) == []


def _numbers(file: Path, process: subprocess.Popen[str]) -> Iterator[int]:
    while not file.exists() or not file.read_text().endswith("\n"):
        assert process.poll() is None
        time.sleep(0.02)
    yield from map(int, file.read_text().split())


def test_what_a_person_set_for_own_runs_does_not_change_how_terraform_is_called(
    project: Path, terraform: Path
) -> None:
    (terraform / "terraform").write_text('#!/bin/sh\necho "$@" > "$LOG"\nenv >> "$LOG"\nexit 7\n')
    own = {
        "TF_CLI_ARGS": "-x",
        "TF_CLI_ARGS_fmt": "-y",
        "TF_DATA_DIR": "d",
        "TF_WORKSPACE": "w",
        "TF_VAR_a": "1",
    }
    kept = {"TF_CLI_CONFIG_FILE": "own.tfrc", "TF_PLUGIN_CACHE_DIR": "cache", "TF_TOKEN_example_com": "t"}
    log = project / "log"
    path = f"{terraform}{os.pathsep}{os.environ['PATH']}"
    done = verify(project, PATH=path, LOG=str(log), **own, **kept)
    called, *environment = log.read_text().splitlines()
    assert "fmt -check -no-color" in called
    given = dict(line.split("=", 1) for line in environment if line.startswith("TF_"))
    assert not own.keys() & given.keys()
    assert given["TF_CLI_CONFIG_FILE"] == str(project / "own.tfrc")
    assert given["TF_PLUGIN_CACHE_DIR"] == str(project / "cache")
    assert given["TF_TOKEN_example_com"] == "t"
    assert done.returncode == 4
    assert done.stderr.endswith("tfgen: terraform fmt ended with 7\n")


def test_what_terraform_says_that_fails_is_told(project: Path, terraform: Path) -> None:
    (terraform / "terraform").write_text("#!/bin/sh\necho no memory >&2\nexit 1\n")
    done = verify(project, PATH=f"{terraform}{os.pathsep}{os.environ['PATH']}")
    assert done.returncode == 4
    assert done.stderr.endswith("tfgen: terraform fmt ended with 1: no memory\n")


# Where in the spec a line comes from -----------------------------------------------------------------

ORIGINS = """\
function_name: orders
runtime: python3.13
handler: app.handler
s3_bucket: ${var.deployment_bucket}
s3_key: orders.zip
timeout: 60
name: shop
publish: true
alias: {name: live}
environment:
  variables:
    TABLE: ${var.table_name}
vpc_config:
  subnet_ids: [subnet-1, subnet-2]
  security_group_ids: [sg-1]
triggers:
  - type: sqs
    name: jobs
    create:
      visibility_timeout_seconds: 360
    batch_size: 7
    scaling_config: {maximum_concurrency: 20}
    filters:
      - {body: {status: [paid]}}
  - type: schedule
    name: nightly
    schedule_expression: rate(5 minutes)
alarms:
  errors: {threshold: 3}
  throttles: {threshold: 2}
subscription_filters:
  - name: archive
    service: kinesis
    destination_arn: ${var.archive_arn}
policy_statements:
  - {actions: ["dynamodb:PutItem"], resources: ["${var.table_arn}"]}
variables:
  table_name: {type: string, description: Where orders are kept}
"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("origins")
    (folder / "specs").mkdir()
    (folder / "specs" / "shop.yaml").write_text(ORIGINS)
    assert tfgen(folder, "render", "specs").returncode == 0
    return folder


@pytest.mark.parametrize(
    ("file", "block", "argument", "expected"),
    [
        ("main.tf", 'resource "aws_lambda_function" "this"', "timeout ", "timeout: 60"),
        ("main.tf", 'resource "aws_lambda_function" "this"', "runtime ", "runtime: python3.13"),
        ("main.tf", 'resource "aws_lambda_function" "this"', "subnet_ids ", "  subnet_ids:"),
        ("main.tf", 'resource "aws_lambda_function" "this"', "role ", None),
        ("main.tf", 'resource "aws_lambda_function" "this"', 'dynamic "vpc_config"', "vpc_config:"),
        ("main.tf", 'resource "aws_lambda_alias" "this"', "function_version", "alias: "),
        ("main.tf", 'resource "aws_lambda_alias" "this"', "name ", "alias: "),
        ("main.tf", 'resource "aws_cloudwatch_log_group" "this"', "retention_in_days", None),
        ("main.tf", "locals", "s3_bucket", "s3_bucket: "),
        ("main.tf", "locals", "environment", "environment:"),
        ("variables.tf", 'variable "timeout"', "default", "timeout: 60"),
        ("variables.tf", 'variable "timeout"', "validation", "timeout: 60"),
        ("variables.tf", 'variable "memory_size"', "default", None),
        ("variables.tf", 'variable "table_name"', "type", "  table_name: {"),
        ("variables.tf", 'variable "archive_arn"', "type", "    destination_arn: "),
        ("variables.tf", 'variable "table_arn"', "type", "  - {actions: "),
        ("triggers.tf", 'resource "aws_sqs_queue" "jobs"', "visibility_timeout_seconds", "      visibility_"),
        ("triggers.tf", 'resource "aws_sqs_queue" "jobs"', "name ", "    name: jobs"),
        (
            "triggers.tf",
            'resource "aws_lambda_event_source_mapping" "jobs"',
            "batch_size",
            "    batch_size: 7",
        ),
        (
            "triggers.tf",
            'resource "aws_lambda_event_source_mapping" "jobs"',
            "maximum_concurrency",
            "    scaling_",
        ),
        ("triggers.tf", 'resource "aws_lambda_event_source_mapping" "jobs"', "pattern", "  - type: sqs"),
        (
            "triggers.tf",
            'resource "aws_scheduler_schedule" "nightly"',
            "schedule_expression ",
            "    schedule_expr",
        ),
        ("triggers.tf", 'resource "aws_scheduler_schedule" "nightly"', "target", "  - type: schedule"),
        (
            "monitoring.tf",
            'resource "aws_cloudwatch_metric_alarm" "errors"',
            "threshold",
            "  errors: {threshold",
        ),
        ("monitoring.tf", 'resource "aws_cloudwatch_metric_alarm" "throttles"', "period", "  throttles: "),
        ("monitoring.tf", "subscription_filters_archive", "destination_arn", "    destination_arn: "),
        ("monitoring.tf", "subscription_filters_archive", "log_group_name", "  - name: archive"),
        ("outputs.tf", 'output "jobs_queue_arn"', "value", "  - type: sqs"),
        ("outputs.tf", 'output "function_arn"', "value", None),
        ("iam.tf", 'resource "aws_iam_role" "this"', "tags", None),
        (
            "iam.tf",
            'data "aws_iam_policy_document" "execution_role"',
            "aws_sqs_queue.jobs.arn",
            "  - type: sqs",
        ),
    ],
)
def test_a_line_of_a_module_comes_from_a_key_of_its_spec(
    shop: Path, file: str, block: str, argument: str, expected: str | None
) -> None:
    text = (shop / "modules" / "shop" / file).read_text()
    start = text.index(argument, text.index(block))
    assert start < text.index("\n}\n", text.index(block)), "this is in another block"
    origins = Origins(shop / "specs" / "shop.yaml")
    place = origins.place(text, text[:start].count("\n") + 1)
    line = None if place is None else ORIGINS.splitlines()[origins.document.span(place).line - 1]
    assert line == expected if expected is None or line is None else line.startswith(expected)


@pytest.mark.parametrize("path", sorted(SPECS.glob("*.yaml")), ids=lambda path: path.stem)
def test_every_line_of_an_example_comes_from_a_key_or_from_none(path: Path, modules: Path) -> None:
    origins = Origins(path)
    for file in ("triggers.tf", "monitoring.tf", "releases.tf"):
        if not (modules / path.stem / file).exists():
            continue
        text = (modules / path.stem / file).read_text()
        for number, line in enumerate(text.splitlines(), 1):
            is_head = line.startswith(("resource ", "data "))
            place = origins.place(text, number) if is_head or number % 20 == 0 else None
            assert place is not None or not is_head, line
            assert place is None or place.path in origins.document.spans


# The page --------------------------------------------------------------------------------------------

PAGE = (Path(__file__).parents[1] / "docs" / "verify.md").read_text()


def test_the_workflow_of_the_page_is_one(tmp_path: Path) -> None:
    (workflow,) = (text for text in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL) if "jobs:" in text)
    (tmp_path / "file.yml").write_text(workflow)
    line = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-workflows"]
    done = subprocess.run([*line, tmp_path / "file.yml"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_page_names_the_variables_that_tell_of_ci_and_those_that_are_left_out() -> None:
    names = {"TF_BUILD": "Azure Pipelines", "GITHUB_ACTIONS": "GitHub Actions", "JENKINS_URL": "Jenkins"}
    names |= {"TEAMCITY_VERSION": "TeamCity", "CODEBUILD_BUILD_ID": "CodeBuild"}
    assert names.keys() == set(output._OF_CI)
    for name in ("`CI`", *names.values()):
        assert name in PAGE
    for name in ("TF_CLI_ARGS", "TF_DATA_DIR", "TF_WORKSPACE", "TF_VAR_"):
        assert name in PAGE
        assert name.startswith(command._THEIRS)


# Where a module's spec is ----------------------------------------------------------------------------


def test_a_spec_is_found_by_the_module_or_by_its_name(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project)
    orders = read_module(Path("modules/orders"))
    assert spec_of(orders) == Path("specs/orders.yaml")
    (project / "specs").rename(project / "elsewhere")
    assert spec_of(orders) is None
    assert spec_of(orders, ["elsewhere"]) == Path("elsewhere/orders.yaml")
    (project / "tfgen.yaml").write_text("specs: [elsewhere]\n")
    assert tfgen(project, "render").returncode == 0
    assert spec_of(read_module(Path("modules/orders"))) == Path("elsewhere/orders.yaml")


def test_a_spec_of_the_name_that_makes_another_module_is_none(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    (project / "specs" / "orders.yaml").write_text(f"name: other\n{SPEC}")
    assert spec_of(read_module(Path("modules/orders"))) is None
    (project / "specs" / "orders.yaml").write_text(SPEC)
    (project / "specs" / "old").mkdir()
    (project / "specs" / "old" / "orders.yaml").write_text(SPEC)
    assert spec_of(read_module(Path("modules/orders"))) is None
