"""`tfgen new`: a spec that is valid at once, by options, by answers, and by what a project says."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from tests.command import tfgen
from tests.conftest import AS_OF
from tfgen import runtimes
from tfgen.codes import Severity
from tfgen.plan import plan
from tfgen.render import render
from tfgen.scaffold.choices import runtimes_to_offer, supported
from tfgen.scaffold.kinds import KINDS as KNOWN
from tfgen.scaffold.spec import spec
from tfgen.scaffold.wish import Ground, Wish
from tfgen.source import parse
from tfgen.spec import judge
from tfgen.triggers import KINDS

DAY = date.fromisoformat(AS_OF)
OFFERED = [runtime.name for runtime in runtimes_to_offer(Ground(), DAY)]
PROJECT = """\
defaults:
  runtime: nodejs22.x
  handler: index.handler
  memory_size: 256
  s3_bucket: ${var.deployment_bucket}
  environment: {variables: {STAGE: prod}}
  tags: {Team: shop}
policy:
  required_tags: [Team, CostCenter]
  runtimes: [nodejs22.x, python3.13]
  architectures: [x86_64]
  minimum_log_retention_in_days: 100
  permissions_boundary: arn:aws:iam::123456789012:policy/boundary
"""


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.glob("**/*") if path.is_file()}


def findings(text: str) -> list[tuple[str, str]]:
    """What is to be said of a spec, and that it renders."""
    document = parse("specs/orders.yaml", text.encode())
    found, said = judge(document, DAY)
    assert render(plan(found, document.path))
    return [
        (one.code, one.summary) for one in said if one.severity is not Severity.INFO or one.code == "TFG503"
    ]


# What is written --------------------------------------------------------------------------------------


@pytest.mark.parametrize("runtime", [one.name for one in supported(DAY)])
@pytest.mark.parametrize("code", [False, True], ids=["alone", "with_code"])
def test_a_spec_is_valid_for_every_runtime(runtime: str, code: bool) -> None:
    wish = Wish("orders", runtimes.runtime(runtime), (), code)
    assert findings(spec(wish, Ground(), "s.json")) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_spec_is_valid_for_every_kind_of_trigger(kind: str) -> None:
    wish = Wish("orders", runtimes.runtime("python3.13"), (kind,))
    assert findings(spec(wish, Ground(), "s.json")) == []


def test_a_spec_is_valid_for_all_kinds_together() -> None:
    text = spec(Wish("orders", runtimes.runtime("python3.13"), tuple(KINDS)), Ground(), "s.json")
    assert findings(text) == []
    keys = re.findall(r"^  (\w+): \{description", text, re.MULTILINE)
    assert len(keys) == len(set(keys)), "two kinds have inputs of one name"


def test_every_kind_of_trigger_is_known() -> None:
    assert KNOWN.keys() == KINDS.keys()


@pytest.mark.parametrize("name", ["on", "null", "True", "_", "_orders", "y", "a" * 64])
def test_a_name_that_yaml_could_take_for_something_else_stays_a_text(name: str) -> None:
    text = spec(Wish(name, runtimes.runtime("python3.13"), ()), Ground(), "s.json")
    assert parse("s.yaml", text.encode()).data["function_name"] == name.replace("_", "-")
    assert findings(text) == []


def test_what_is_offered_is_supported_and_accepted_by_the_provider() -> None:
    assert OFFERED[:3] == ["python3.13", "python3.12", "nodejs22.x"]
    assert {"java21", "ruby3.4", "provided.al2023"} <= set(OFFERED)
    newer = Ground({"terraform": {"aws_provider_version": "~> 6.50"}})
    assert [one.name for one in runtimes_to_offer(newer, DAY)][:3] == [
        "python3.14",
        "python3.13",
        "nodejs24.x",
    ]


# The command ------------------------------------------------------------------------------------------


def test_a_newcomer_gets_a_spec_and_the_schema_that_it_names(tmp_path: Path) -> None:
    done = tfgen(tmp_path, "new", "orders_export", "--trigger", "sqs", "--no-input")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "created   specs/orders_export.yaml\ncreated   specs/.tfgen.schema.json\n"
    assert done.stderr == "`tfgen render specs/orders_export.yaml` makes its module.\n"
    text = (tmp_path / "specs" / "orders_export.yaml").read_text()
    assert text.startswith(
        "# yaml-language-server: $schema=.tfgen.schema.json\nfunction_name: orders-export\n"
    )
    assert "    queue_arn: ${var.queue_arn}\n" in text
    schema = tfgen(tmp_path, "schema").stdout
    assert (tmp_path / "specs" / ".tfgen.schema.json").read_text() == schema
    assert tfgen(tmp_path, "validate", "specs", "--strict").returncode == 0
    assert tfgen(tmp_path, "render", "specs").stdout == "created   modules/orders_export\n"


def test_a_second_spec_shares_the_schema_also_from_a_folder_below(tmp_path: Path) -> None:
    tfgen(tmp_path, "new", "orders")
    done = tfgen(tmp_path, "new", "prices", "-o", "specs/batch")
    assert done.stdout == "created   specs/batch/prices.yaml\n"
    first = (tmp_path / "specs/batch/prices.yaml").read_text().splitlines()[0]
    assert first == "# yaml-language-server: $schema=../.tfgen.schema.json"


def test_a_schema_of_another_version_is_told_of_and_kept(tmp_path: Path) -> None:
    schema = tmp_path / "specs" / ".tfgen.schema.json"
    schema.parent.mkdir()
    schema.write_text("{}")
    done = tfgen(tmp_path, "new", "orders")
    assert "`tfgen schema -o specs/.tfgen.schema.json` replaces it." in done.stderr
    assert schema.read_text() == "{}"


@pytest.mark.parametrize(
    ("there", "arguments"),
    [
        ("specs/orders.yaml", ()),
        ("specs/orders.yml", ()),
        ("specs/Orders.yaml", ()),
        ("functions/orders/events/sqs.json", ("--code", "--trigger", "sqs")),
        ("functions", ("--code",)),
    ],
)
def test_nothing_is_written_where_a_file_is_in_the_way(
    tmp_path: Path, there: str, arguments: Sequence[str]
) -> None:
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).write_text("mine")
    done = tfgen(tmp_path, "new", "orders", *arguments)
    assert done.returncode == 2
    assert there in done.stderr
    assert "Nothing was written." in done.stderr
    assert files_in(tmp_path) == {there}
    assert (tmp_path / there).read_text() == "mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "give a name"),
        (("1orders",), "'1orders' is no name of a module"),
        (("orders/x",), "is no name of a module"),
        (("a" * 65,), "is no name of a module"),
        (("orders\n",), "is no name of a module"),
        (("orders", "--runtime", "python3.15"), "did you mean `python3.14`?"),
        (("orders", "--runtime", "nodejs18.x"), "AWS has not supported `nodejs18.x` since 2025-09-01"),
        (("orders", "--runtime", "java8.al2", "--code"), "for later runtimes than java8.al2"),
        (("orders", "--trigger", "sqz"), "did you mean `sqs`?"),
        (("orders", "--trigger", "sqs", "--trigger", "sqs"), "name `sqs` once"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    tmp_path: Path, arguments: Sequence[str], said: str
) -> None:
    done = tfgen(tmp_path, "new", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert files_in(tmp_path) == set()


def test_a_runtime_of_a_newer_provider_brings_its_constraint(tmp_path: Path) -> None:
    assert tfgen(tmp_path, "new", "orders", "--runtime", "dotnet10").returncode == 0
    assert 'aws_provider_version: "~> 6.27"' in (tmp_path / "specs/orders.yaml").read_text()


def test_all_there_is_to_choose_from_is_listed_in_80_columns(tmp_path: Path) -> None:
    lines = tfgen(tmp_path, "new", "--list").stdout.splitlines()
    assert max(map(len, lines)) <= 80
    listed = [line.split()[0] for line in lines if line.startswith("  ")]
    assert listed == [one.name for one in supported(DAY)] + sorted(KINDS)
    assert "  python3.13       Python, until 2029-06-30" in lines
    assert "  sqs              An SQS queue whose messages invoke the function" in lines


# In a project -----------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tfgen.yaml").write_text(f"specs: [lambdas]\n{PROJECT}")
    (tmp_path / "src").mkdir()
    return tmp_path


def test_defaults_are_not_repeated_and_the_policy_is_followed(project: Path) -> None:
    done = tfgen(project / "src", "new", "prices", "--trigger", "http_api")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines()[0] == "created   ../lambdas/prices.yaml"
    said = parse("prices.yaml", (project / "lambdas" / "prices.yaml").read_bytes()).data
    assert said.keys().isdisjoint({"runtime", "handler", "memory_size", "filename", "architectures"})
    assert said["s3_key"] == "prices.zip"
    assert said["tags"] == {"Service": "prices", "CostCenter": "TODO"}
    assert said["log_retention_in_days"] == 120
    assert said["permissions_boundary"].endswith("policy/boundary")
    assert tfgen(project, "validate", "--strict").returncode == 0


def test_another_runtime_than_the_default_brings_its_handler(project: Path) -> None:
    assert tfgen(project, "new", "prices", "--runtime", "python3.13").returncode == 0
    said = parse("prices.yaml", (project / "lambdas" / "prices.yaml").read_bytes()).data
    assert (said["runtime"], said["handler"]) == ("python3.13", "app.handler")


def test_a_runtime_that_the_project_does_not_allow_is_refused(project: Path) -> None:
    done = tfgen(project, "new", "prices", "--runtime", "java21")
    assert (done.returncode, done.stdout) == (2, "")
    assert "tfgen.yaml does not allow `java21`: choose one of nodejs22.x, python3.13" in done.stderr


def test_a_runtime_that_the_projects_provider_refuses_is_refused(tmp_path: Path) -> None:
    (tmp_path / "tfgen.yaml").write_text('terraform: {aws_provider_version: "~> 5.90"}\n')
    done = tfgen(tmp_path, "new", "prices", "--runtime", "dotnet10")
    assert done.returncode == 2
    assert "no AWS provider that tfgen.yaml allows (`~> 5.90`) accepts `dotnet10`; 6.27 does" in done.stderr


def test_a_project_of_images_gets_no_runtime(tmp_path: Path) -> None:
    (tmp_path / "tfgen.yaml").write_text("defaults: {package_type: Image}\n")
    assert tfgen(tmp_path, "new", "prices", "--code").returncode == 2
    assert tfgen(tmp_path, "new", "prices").returncode == 0
    said = parse("prices.yaml", (tmp_path / "specs" / "prices.yaml").read_bytes()).data
    assert said["image_uri"] == "${var.image_uri}"
    assert said.keys().isdisjoint({"runtime", "handler", "filename"})


def test_what_a_policy_asks_for_and_nobody_can_guess_is_told(tmp_path: Path) -> None:
    (tmp_path / "tfgen.yaml").write_text("policy: {codes: {error: [TFG702]}}\n")
    done = tfgen(tmp_path, "new", "prices")
    assert done.returncode == 1
    assert "created   specs/prices.yaml" in done.stdout
    assert "error[TFG702]" in done.stdout


def test_a_project_file_with_mistakes_is_shown(tmp_path: Path) -> None:
    (tmp_path / "tfgen.yaml").write_text("polcy: {}\n")
    done = tfgen(tmp_path, "new", "prices")
    assert done.returncode == 2
    assert "tfgen.yaml:1:1" in done.stdout
    assert files_in(tmp_path) == {"tfgen.yaml"}


# On a terminal ----------------------------------------------------------------------------------------


class Terminal:
    """tfgen on a terminal of 80 columns, and somebody who answers."""

    def __init__(self, cwd: Path, *arguments: str) -> None:
        self._main, secondary = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tfgen", *arguments],
            cwd=cwd,
            env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "80"},
            stdin=secondary,
            stdout=secondary,
            stderr=secondary,
            start_new_session=True,
            # Ctrl-C is for those whose terminal it is.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(secondary)
        self.shown = ""

    def answer(self, question: str, text: str) -> None:
        """Wait for a question, and type."""
        before = len(self.shown)
        self._read_until(lambda: question in self.shown[before:])
        assert question in self.shown[before:], self.shown
        time.sleep(0.3)  # as people do; between its prompt and its waiting, readline hears no signal
        os.write(self._main, text.encode())

    def end(self) -> int:
        """The exit code."""
        self._read_until(lambda: False)
        os.close(self._main)
        return self._process.wait(10)

    def _read_until(self, is_done: Callable[[], bool], patience: float = 20) -> None:
        until = time.monotonic() + patience
        while not is_done() and time.monotonic() < until:
            if not select.select([self._main], [], [], 0.2)[0]:
                continue
            try:
                chunk = os.read(self._main, 65536)
            except OSError:  # Linux's way to say that the other side is closed
                return
            self.shown += chunk.decode().replace("\r\n", "\n")


def test_somebody_answers_and_is_asked_again_where_the_answer_cannot_be(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "new", "orders")
    terminal.answer("Runtime [python3.13]: ", "python\n")
    terminal.answer("Runtime [python3.13]: ", "nodejs22.x\n")
    terminal.answer("Triggers, none or several: ", "sqs, shedule\n")
    terminal.answer("Triggers, none or several: ", "sqs, schedule\n")
    terminal.answer("Write a handler and a test to functions/orders? [y/N]: ", "y\n")
    assert terminal.end() == 0
    assert "there is no runtime `python`" in terminal.shown
    assert "did you mean `schedule`?" in terminal.shown
    assert max(map(len, terminal.shown.splitlines())) <= 80
    said = parse("orders.yaml", (tmp_path / "specs" / "orders.yaml").read_bytes()).data
    assert [trigger["type"] for trigger in said["triggers"]] == ["sqs", "schedule"]
    assert (tmp_path / "functions" / "orders" / "index.mjs").exists()


def test_enter_takes_what_is_usual_and_options_are_not_asked_for(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "new", "orders", "--trigger", "s3")
    terminal.answer("Runtime [python3.13]: ", "\n")
    terminal.answer("[y/N]: ", "\n")
    assert terminal.end() == 0
    assert "Triggers" not in terminal.shown
    assert files_in(tmp_path) == {"specs/orders.yaml", "specs/.tfgen.schema.json"}


@pytest.mark.parametrize(
    ("key", "code"), [("\x03", 128 + signal.SIGINT), ("\x04", 2)], ids=["ctrl-c", "ctrl-d"]
)
def test_who_gives_up_has_nothing_written(tmp_path: Path, key: str, code: int) -> None:
    terminal = Terminal(tmp_path, "new", "orders")
    terminal.answer("Runtime [python3.13]: ", "\n")
    terminal.answer("Triggers, none or several: ", key)
    assert terminal.end() == code
    assert "tfgen: nothing was written" in terminal.shown
    assert files_in(tmp_path) == set()


def test_nobody_is_asked_on_a_terminal_who_does_not_want_to_be(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path, "new", "orders", "--no-input")
    assert terminal.end() == 0
    assert "Runtime" not in terminal.shown
