"""Ctrl-C and SIGTERM at any moment of a render: its exit code says so, and it leaves nothing behind."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import tfgen
from tests.faults.project import (
    Changed,
    changed_project,
    copy,
    leftovers,
    new_project,
    operations,
    stopped,
    with_stops,
)
from tests.faults.test_killed import assert_each_file_is_whole
from tests.writing import tree

CODES = {"interrupt": 130, "terminate": 143, "hang_up": 129}


@pytest.fixture
def project(tmp_path: Path) -> Changed:
    return changed_project(tmp_path, "render", "--prune")


def assert_it_ended_well(
    project: Changed, spoilt: Path, done: subprocess.CompletedProcess[str], code: int
) -> None:
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert leftovers(spoilt) == []
    assert_each_file_is_whole(tree(spoilt / "modules"), project.before, project.after)


def assert_the_next_run_ends_it(project: Changed, spoilt: Path) -> None:
    assert tfgen(spoilt, "render", "--prune").returncode == 0
    assert tree(spoilt / "modules") == project.after


def started_with(code: str, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-c", code, *arguments]
    return subprocess.run(line, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("options", ["", "again=True"])
def test_ctrl_c_at_any_operation_ends_the_run_and_leaves_nothing_behind(
    tmp_path: Path, project: Changed, options: str
) -> None:
    """Also where it is pressed again and again, at each step of the tidying."""
    points = len(operations(copy(project.folder, tmp_path / "counted"), "render", "--prune"))
    assert points >= 50
    for number in range(1, points + 1, 4):
        spoilt = copy(project.folder, tmp_path / "spoilt")
        done = stopped(spoilt, number, "interrupt", "render", "--prune", options=options)
        assert_it_ended_well(project, spoilt, done, 130)
        if number % 7 == 0:
            assert_the_next_run_ends_it(project, spoilt)


@pytest.mark.parametrize("how", CODES)
def test_a_signal_at_any_other_moment_does_so_too(tmp_path: Path, project: Changed, how: str) -> None:
    moments = operations(
        copy(project.folder, tmp_path / "counted"), "render", "--prune", options="every=True"
    )
    assert len(moments) >= 500
    for number in range(20, len(moments), len(moments) // 6):
        spoilt = copy(project.folder, tmp_path / "spoilt")
        done = stopped(spoilt, number, how, "render", "--prune", options="every=True")
        assert_it_ended_well(project, spoilt, done, CODES[how])
        assert_the_next_run_ends_it(project, spoilt)


def test_a_first_render_that_is_interrupted_makes_no_folder(tmp_path: Path) -> None:
    new = new_project(tmp_path / "new")
    lines = operations(copy(new, tmp_path / "counted"), "render")
    first_in_place = next(number for number, line in enumerate(lines, 1) if line.startswith("os.rename"))
    assert first_in_place >= 20
    for number in range(1, first_in_place + 1, 3):
        spoilt = copy(new, tmp_path / "spoilt")
        assert stopped(spoilt, number, "interrupt", "render").returncode == 130
        assert not (spoilt / "modules").exists()


def test_ctrl_c_while_python_starts_is_no_traceback(tmp_path: Path) -> None:
    """In a process that has imported nothing yet."""
    new, log = new_project(tmp_path / "new"), str(tmp_path / "operations")
    for number in (1, 5, 20, 100, 500, 2000):
        stop = f"stops.at({number}, '', {log!r}, stops.interrupt, every=True)"
        code = with_stops(f"from tfgen.__main__ import main\n{stop}\nmain()")
        done = started_with(code, new, "render")
        assert (done.returncode, done.stderr) == (130, "")
        assert not (new / "modules").exists()
