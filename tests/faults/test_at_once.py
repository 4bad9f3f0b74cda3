"""Two runs at once into one folder: the second waits and says so; and who writes nothing waits for nobody."""

from __future__ import annotations

import subprocess
import sys
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path

import pytest

from tests.command import run, tfgen
from tests.faults.project import leftovers, new_project, stopped, with_stops
from tests.writing import tree
from tfgen.write import locked

_IMPATIENT = "import tfgen.write.lock\ntfgen.write.lock.PATIENCE = 0.2"
WAITING = "tfgen: another run of tfgen is at work in modules: waiting for it\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return new_project(tmp_path / "here")


def another_run(project: Path) -> AbstractContextManager[None]:
    """A process at work in the folder of modules, this one, until the end of the block."""
    return locked([project / "modules"], print)


def started(project: Path, *arguments: str) -> subprocess.Popen[str]:
    line = [sys.executable, "-m", "tfgen", *arguments]
    return subprocess.Popen(line, cwd=project, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def impatient(project: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """A run that waits for a fifth of a second."""
    return run(project, arguments, {}, first=_IMPATIENT)


def test_the_second_run_waits_says_so_and_then_does_its_work(project: Path) -> None:
    with ExitStack() as first, started(project, "render") as second:
        first.enter_context(another_run(project))
        assert second.stderr is not None
        assert second.stderr.readline() == WAITING
        assert not list(project.glob("modules/*/*"))
        first.close()
        said, _ = second.communicate(timeout=60)
    assert second.returncode == 0
    assert "created   modules/orders" in said
    assert leftovers(project) == []


def test_the_second_run_gives_up_at_last_and_has_written_nothing(project: Path) -> None:
    with another_run(project):
        done = impatient(project, "render")
        assert done.returncode == 2
        assert done.stderr.decode() == (
            f"{WAITING}tfgen: another run of tfgen is still at work in modules: wait for it, or end it\n"
            "tfgen: Nothing was written.\n"
        )
        assert tree(project / "modules") == {".tfgen.lock": b""}
    assert not (project / "modules").exists()


@pytest.mark.parametrize("name", ["modules", "./modules/", "other/../modules", "link"])
def test_a_folder_is_one_by_whatever_name(project: Path, name: str) -> None:
    (project / "other").mkdir()
    (project / "link").symlink_to("modules")
    with another_run(project):
        assert impatient(project, "render", "-o", name).returncode == 2
        assert impatient(project, "render", "-o", "elsewhere").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    ["render --check", "render --diff", "render --dry-run", "render --stdout", "validate", "list"],
)
def test_who_writes_nothing_waits_for_nobody(project: Path, arguments: str) -> None:
    with another_run(project):
        done = impatient(project, *arguments.split())
        assert "another run" not in done.stderr.decode()
        assert done.returncode in {0, 3}
        assert tree(project / "modules") == {".tfgen.lock": b""}


def test_many_runs_at_once_give_what_one_gives(tmp_path: Path, project: Path) -> None:
    assert tfgen(project, "render", "-o", "alone").returncode == 0
    with ExitStack() as ends:
        runs = [ends.enter_context(started(project, "render", "-j", jobs)) for jobs in "1212"]
        said = [each.communicate(timeout=120)[1].replace(WAITING, "") for each in runs]
    assert [each.returncode for each in runs] == [0] * len(runs)
    assert sorted(said) == ["3 created\n", *["3 unchanged\n"] * (len(runs) - 1)]
    assert tree(project / "modules") == tree(project / "alone")


def test_the_lock_of_a_run_that_was_killed_blocks_nobody(project: Path) -> None:
    assert stopped(project, 3, "kill", "render").returncode == -9
    assert leftovers(project) == [".tfgen.lock"]
    assert impatient(project, "render").returncode == 0
    assert leftovers(project) == []


def test_the_processes_of_a_run_do_not_hold_its_lock(project: Path) -> None:
    """They may live on for a moment after a run was killed."""
    code = with_stops(
        "import os, subprocess, sys\n"
        "from pathlib import Path\n"
        "from tfgen.write import locked\n"
        "with locked([Path('modules')], print):\n"
        "    if os.fork():\n"
        "        stops.kill()\n"
        "    os.write(1, b'alive\\n')\n"
        "    sys.stdin.read()\n"
        "    os._exit(0)\n"
    )
    line = [sys.executable, "-c", code]
    with subprocess.Popen(line, cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"alive\n"
        process.wait()
        assert impatient(project, "render").returncode == 0
        process.communicate()


def test_where_there_are_no_locks_runs_go_on_without(project: Path) -> None:
    """As on some network file systems."""
    no_locks = "import errno, fcntl\ndef none(*_): raise OSError(errno.ENOLCK, '')\nfcntl.lockf = none"
    (project / "modules" / "search").mkdir(parents=True)
    (project / "modules" / "search" / ".main.tf.tfgen-tmp").write_text("of a run that goes on")
    (project / "modules" / ".tfgen.lock").write_text("")
    done = run(project, ["render", "specs/orders.yaml"], {}, first=no_locks)
    assert done.returncode == 0
    assert leftovers(project) == [".main.tf.tfgen-tmp"]


@pytest.mark.parametrize("kind", ["link", "folder"])
def test_something_else_in_the_place_of_the_lock_is_told_and_left_alone(project: Path, kind: str) -> None:
    (project / "modules").mkdir()
    lock = project / "modules" / ".tfgen.lock"
    if kind == "link":
        (project / "precious").write_text("mine")
        lock.symlink_to(project / "precious")
    else:
        lock.mkdir()
    done = tfgen(project, "render")
    assert done.returncode == 2
    assert done.stderr.startswith("tfgen: modules/.tfgen.lock")
    assert "Traceback" not in done.stderr
    assert [path.name for path in (project / "modules").iterdir()] == [".tfgen.lock"]
    assert kind == "folder" or (project / "precious").read_text() == "mine"
