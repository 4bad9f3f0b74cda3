"""Standard streams that nobody reads, that are full or closed: no traceback, and an exit code that tells."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import run, tfgen
from tests.faults.project import leftovers, new_project
from tests.writing import tree

NOBODY_READS, FULL = 141, 2
_READ_BY_NOBODY = "import os\nread, write = os.pipe()\nos.close(read)\nos.dup2(write, {})"
_FULL = "import os\nos.dup2(os.open('/dev/full', os.O_WRONLY), {})"
COMMANDS = [
    *("render", "render --stdout", "render --diff", "render --check", "render --dry-run"),
    *("render --output-format json", "validate", "validate --output-format json", "list", "graph"),
    *("show specs/orders.yaml", "rules", "schema", "explain TFG301", "--help", "--version"),
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return new_project(tmp_path / "here")


@pytest.mark.parametrize("command", COMMANDS)
def test_where_nobody_reads_what_is_said_the_exit_code_says_so(project: Path, command: str) -> None:
    done = run(project, command.split(), {}, first=_READ_BY_NOBODY.format(1))
    assert done.returncode == NOBODY_READS
    assert b"tfgen:" not in done.stderr
    assert b"Traceback" not in done.stderr
    assert leftovers(project) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="/dev/full is Linux's")
@pytest.mark.parametrize("command", COMMANDS)
def test_what_cannot_be_said_because_a_disk_is_full_is_told_once(project: Path, command: str) -> None:
    done = run(project, command.split(), {}, first=_FULL.format(1))
    assert done.returncode == FULL
    assert done.stderr.endswith(b"tfgen: No space left on device\n")
    assert done.stderr.count(b"tfgen:") == 1
    assert leftovers(project) == []


@pytest.mark.parametrize("stream", [_READ_BY_NOBODY, _FULL])
@pytest.mark.parametrize("command", ["render", "render --check", "validate", "render nowhere.yaml", "rendr"])
def test_errors_that_nobody_can_read_are_no_bug(project: Path, command: str, stream: str) -> None:
    done = run(project, command.split(), {}, first=stream.format(2))
    assert done.returncode in {FULL, NOBODY_READS}
    assert leftovers(project) == []


def test_modules_are_written_whole_though_nobody_reads_that(tmp_path: Path, project: Path) -> None:
    run(project, ["render"], {}, first=_READ_BY_NOBODY.format(1))
    tfgen(project, "render", "-o", "again")
    assert tree(project / "modules") == tree(project / "again")


def test_nothing_is_written_where_a_warning_finds_no_reader(project: Path) -> None:
    spec = "function_name: orders\nenvironment: {variables: {DB_PASSWORD: hunter2-long}}\n"
    (project / "specs" / "orders.yaml").write_text(spec)
    done = run(project, ["render"], {}, first=_READ_BY_NOBODY.format(1))
    assert done.returncode == NOBODY_READS
    assert not (project / "modules").exists()


@pytest.mark.parametrize(
    ("command", "code"),
    [
        ("tfgen render --diff | head -1", NOBODY_READS),
        ("tfgen render >&-", 0),
        ("tfgen render 2>&-", 0),
        ("tfgen render <&- >&- 2>&-", 0),
        ("tfgen render nowhere.yaml 2>&-", 2),
        ("tfgen validate --output-format json >&-", 0),
        ("tfgen validate >/dev/null 2>&-", 0),
        ("tfgen list >&- 2>&-", 0),
    ],
)
def test_in_a_shell(project: Path, command: str, code: int) -> None:
    """A stream that is closed is as good as one that goes nowhere."""
    line = command.replace("tfgen", f"{sys.executable} -m tfgen", 1)
    done = subprocess.run(
        ["bash", "-c", f"{line}; exit ${{PIPESTATUS[0]}}"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {code, 0 if "head" in command else code}  # it may all fit into the pipe
    assert "Traceback" not in done.stderr
    assert "Broken pipe" not in done.stderr
    assert leftovers(project) == []


def test_a_file_of_a_module_never_gets_the_number_of_a_closed_stream(project: Path) -> None:
    """Else what is said would be written into it."""
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m tfgen render <&- >&- 2>&-"], cwd=project, check=False
    )
    assert done.returncode == 0
    tfgen(project, "render", "-o", "again")
    assert tree(project / "modules") == tree(project / "again")
