"""`kill -9` at every file operation of a render: each file is the old or the new, and the next run heals."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command import run, tfgen
from tests.faults.project import (
    OWN,
    Changed,
    changed_project,
    copy,
    leftovers,
    new_project,
    operations,
    stopped,
    with_stops,
    write,
)
from tests.writing import Tree, tree

KILLED, KILLED_AS_TOO_LARGE = -signal.SIGKILL, -signal.SIGXFSZ
EDITED = {"modules/orders/main.tf": "# edited\n", "modules/orders/triggers.tf": "# edited\n"}


def assert_each_file_is_whole(found: Tree, *wanted: Tree) -> None:
    """Each file has the whole text of one of the trees, and is lost only where one of them has none."""
    for name, text in found.items():
        if name.endswith("/.tfgen.json"):
            assert isinstance(text, bytes)
            assert json.loads(text)["files"]
        elif not name.endswith((".tfgen-tmp", ".tfgen.lock")):
            assert text in [one[name] for one in wanted if name in one], name
    assert found.keys() >= set.intersection(*(set(one) for one in wanted))


def assert_a_kill_is_healed(project: Changed, spoilt: Path, code: int, *arguments: str) -> None:
    """A run was killed; what it left is whole, and the next one does the rest."""
    assert code in {KILLED, KILLED_AS_TOO_LARGE}
    assert_each_file_is_whole(tree(spoilt / "modules"), project.before, project.after)
    done = tfgen(spoilt, *arguments)
    assert done.returncode == 0, done.stderr
    assert tree(spoilt / "modules") == project.after


def test_a_render_that_is_killed_anywhere_is_finished_by_the_next(tmp_path: Path) -> None:
    """One that creates a module, changes and removes files of another, and removes a third."""
    project = changed_project(tmp_path, "render", "--prune")
    assert all(project.after[name.removeprefix("modules/")] == text.encode() for name, text in OWN.items())
    points = len(operations(copy(project.folder, tmp_path / "counted"), "render", "--prune"))
    assert points >= 50
    for number in range(1, points + 1):
        spoilt = copy(project.folder, tmp_path / "spoilt")
        done = stopped(spoilt, number, "kill", "render", "--prune")
        assert_a_kill_is_healed(project, spoilt, done.returncode, "render", "--prune")


def test_a_first_render_that_is_killed_anywhere_is_finished_by_the_next(tmp_path: Path) -> None:
    new = new_project(tmp_path / "new")
    (new / "specs" / "search.yaml").unlink()
    points = len(operations(copy(new, tmp_path / "done"), "render"))
    project = Changed(new, {}, tree(tmp_path / "done" / "modules"))
    assert points >= 20
    for number in range(1, points + 1):
        spoilt = copy(new, tmp_path / "spoilt")
        done = stopped(spoilt, number, "kill", "render")
        assert_a_kill_is_healed(project, spoilt, done.returncode, "render")


def test_a_forced_render_that_is_killed_anywhere_keeps_an_edit_or_has_replaced_it(tmp_path: Path) -> None:
    project = changed_project(tmp_path, "render", "--force", edits=EDITED)
    points = len(operations(copy(project.folder, tmp_path / "counted"), "render", "--force"))
    refused = 0
    assert points >= 25
    for number in range(1, points + 1):
        spoilt = copy(project.folder, tmp_path / "spoilt")
        assert stopped(spoilt, number, "kill", "render", "--force").returncode == KILLED
        assert_each_file_is_whole(tree(spoilt / "modules"), project.before, project.after)
        done = tfgen(spoilt, "render")
        if done.returncode:  # nothing was replaced yet
            refused += 1
            assert "modules/orders/main.tf was edited since tfgen wrote it" in done.stderr
            assert all((spoilt / name).read_text() == text for name, text in EDITED.items())
            done = tfgen(spoilt, "render", "--force")
        assert done.returncode == 0
        assert tree(spoilt / "modules") == project.after
    assert 5 < refused < points - 5


def test_a_run_that_is_killed_while_it_goes_on_after_a_kill_is_finished_too(tmp_path: Path) -> None:
    project = changed_project(tmp_path, "render", "--prune")
    points = 0
    for first in (4, 20, 30, 40):
        for second in (2, 12, 22):
            spoilt = copy(project.folder, tmp_path / "spoilt")
            codes = [stopped(spoilt, at, "kill", "render", "--prune").returncode for at in (first, second)]
            if codes == [KILLED, KILLED]:
                points += 1
                assert_a_kill_is_healed(project, spoilt, KILLED, "render", "--prune")
    assert points >= 8


def test_a_kill_in_the_midst_of_a_file_leaves_no_half_of_one(tmp_path: Path) -> None:
    project = changed_project(tmp_path, "render")
    points, halves = 0, 0
    for size in (*range(0, 2000, 500), *range(2000, 30_000, 3000)):
        spoilt = copy(project.folder, tmp_path / "spoilt")
        done = run(spoilt, ["render"], {}, first=with_stops(f"stops.no_file_above({size}, killed=True)"))
        if done.returncode == 0:
            break
        points += 1
        halves += any(0 < path.stat().st_size == size for path in (spoilt / "modules").rglob("*.tfgen-tmp"))
        assert_a_kill_is_healed(project, spoilt, done.returncode, "render")
    assert points >= 7
    assert halves >= 6


def test_what_a_killed_run_left_goes_even_where_its_spec_is_gone(tmp_path: Path) -> None:
    project = new_project(tmp_path / "new")
    (project / "specs" / "zoo.yaml").write_text("function_name: zoo\n")
    last = [
        line for line in operations(copy(project, tmp_path / "counted"), "render") if "modules/zoo/." in line
    ]
    for line in (last[0], last[-1]):
        spoilt = copy(project, tmp_path / "spoilt")
        number = operations(copy(project, tmp_path / "counted"), "render").index(line) + 1
        assert stopped(spoilt, number, "kill", "render").returncode == KILLED
        assert (spoilt / "modules" / "zoo").exists()
        (spoilt / "specs" / "zoo.yaml").unlink()
        assert tfgen(spoilt, "render", "--prune").returncode == 0
        assert not (spoilt / "modules" / "zoo").exists()
        assert leftovers(spoilt) == []


@pytest.mark.skipif(sys.version_info >= (3, 14), reason="a new process knows nothing of the stop")
@pytest.mark.parametrize("number", [1, 20, 60])
def test_a_process_that_is_killed_beside_the_first_is_told_and_nothing_is_written(
    tmp_path: Path, number: int
) -> None:
    """As the kernel does for want of memory."""
    project = tmp_path / "here"
    write(project, {f"specs/f{each}.yaml": f"function_name: f{each}\n" for each in range(24)})
    done = stopped(project, number, "kill", "render", "specs", "-j", "2", options="of_others=True")
    assert done.returncode == 2
    assert done.stderr == (
        "tfgen: one of the processes was ended from outside, for lack of memory perhaps: try `-j 1`\n"
    )
    assert not (project / "modules").exists()


def test_no_process_outlives_a_run_that_is_killed(tmp_path: Path) -> None:
    write(tmp_path, {f"specs/f{number}.yaml": f"function_name: f{number}\n" for number in range(150)})
    command = [sys.executable, "-m", "tfgen", "render", "specs", "-j", "2"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
        until = time.monotonic() + 60
        while not list(tmp_path.glob("modules/*/.*.tfgen-tmp")) and time.monotonic() < until:
            time.sleep(0.01)
        process.kill()
        process.communicate(timeout=60)  # all that can write into the pipe have ended
        assert process.returncode == KILLED
    assert leftovers(tmp_path)
    assert tfgen(tmp_path, "render", "specs", "-j", "1").returncode == 0
    assert leftovers(tmp_path) == []
    assert len(list(tmp_path.glob("modules/*/.tfgen.json"))) == 150
