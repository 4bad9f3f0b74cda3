"""Folders and files that may not be read or written: the reason is told, and nothing is half done."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import run, tfgen
from tests.faults.project import Changed, changed_project, leftovers, new_project, stopped, with_stops, write
from tests.faults.test_full_disk import ALONE, can_mount
from tests.writing import tree

READ_ONLY, UNREADABLE = 0o555, 0o000
_AS_ANYBODY = with_stops("stops.as_anybody()")


@pytest.fixture
def project(tmp_path: Path) -> Changed:
    return changed_project(tmp_path, "render", "--prune")


def as_anybody(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A run that is held to permissions, whoever runs the tests."""
    done = run(project, arguments, {}, first=_AS_ANYBODY)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def test_these_tests_are_held_to_permissions(tmp_path: Path) -> None:
    """Else all of them would pass as root, and show nothing."""
    (tmp_path / "read_only").mkdir(mode=READ_ONLY)
    (tmp_path / "unreadable").touch(mode=UNREADABLE)
    for attempt in ("open('read_only/file', 'w')", "open('unreadable')"):
        done = run(tmp_path, ["--version"], {}, first=f"{_AS_ANYBODY}\n{attempt}")
        assert done.returncode == 1
        assert b"PermissionError" in done.stderr


@pytest.mark.parametrize(
    ("folder", "file"),
    [("modules", "modules/search"), ("modules/orders", "modules/orders/README.md"), (".", "modules")],
)
def test_a_folder_that_cannot_be_written_is_told(project: Changed, folder: str, file: str) -> None:
    if folder == ".":
        (project.folder / "modules").rename(project.folder.parent / "away")
    (project.folder / folder).chmod(READ_ONLY)
    done = as_anybody(project.folder, "render", "--prune")
    (project.folder / folder).chmod(0o755)
    assert done.returncode == 2
    assert done.stderr == f"tfgen: {file}: Permission denied\ntfgen: Nothing was written.\n"
    if folder == ".":
        assert not (project.folder / "modules").exists()
    else:
        assert tree(project.folder / "modules") == project.before


def test_a_folder_that_is_to_be_pruned_and_cannot_be_is_told_after_what_was_done(project: Changed) -> None:
    (project.folder / "modules" / "mail").chmod(READ_ONLY)
    done = as_anybody(project.folder, "render", "--prune")
    (project.folder / "modules" / "mail").chmod(0o755)
    assert done.returncode == 2
    assert "created   modules/search" in done.stdout
    assert "removed   modules/mail" not in done.stdout
    assert "tfgen: modules/mail/README.md: Permission denied\ntfgen: Not all is written." in done.stderr
    assert leftovers(project.folder) == []
    assert tfgen(project.folder, "render", "--prune").returncode == 0
    assert tree(project.folder / "modules") == project.after


@pytest.mark.parametrize("arguments", ["render", "render --check", "render --diff", "render --dry-run"])
def test_where_nothing_is_to_be_done_nothing_need_be_writable(tmp_path: Path, arguments: str) -> None:
    project = new_project(tmp_path / "here")
    assert tfgen(project, "render").returncode == 0
    before = tree(project)
    for path in (project, *project.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = as_anybody(project, *arguments.split())
    assert (done.returncode, "Permission" in done.stderr) == (0, False)
    assert tree(project) == before


@pytest.mark.parametrize(
    "name", ["modules/orders/main.tf", "modules/orders/.tfgen.json", "modules/README.md", "specs/orders.yaml"]
)
@pytest.mark.parametrize("arguments", ["render", "render --check"])
def test_a_file_that_cannot_be_read_is_named(project: Changed, name: str, arguments: str) -> None:
    (project.folder / name).chmod(UNREADABLE)
    done = as_anybody(project.folder, *arguments.split())
    (project.folder / name).chmod(0o644)
    assert done.returncode == 2
    assert done.stderr.startswith(f"tfgen: {name}: Permission denied\n")
    assert tree(project.folder / "modules") == project.before


def test_a_project_file_that_cannot_be_read_is_told_once_for_all_specs(project: Changed) -> None:
    for number in range(20):
        (project.folder / "specs" / f"more_{number}.yaml").write_text("function_name: more\n")
    (project.folder / "tfgen.yaml").chmod(UNREADABLE)
    done = as_anybody(project.folder, "render", "specs")
    assert (done.returncode, done.stderr) == (2, "tfgen: tfgen.yaml: Permission denied\n")


def test_a_project_file_that_is_wrong_is_read_once_for_all_specs(tmp_path: Path) -> None:
    project = new_project(tmp_path / "here")
    write(project, {f"specs/{n}/more_{n}.yaml": f"function_name: more{n}\n" for n in range(20)})
    (project / "tfgen.yaml").write_text("defualts: {}\n")
    done = stopped(project, 0, "kill", "render", "specs", options="every=True")
    assert done.returncode == 1
    assert done.stdout.count("TFG101") == 1
    assert (tmp_path / "operations").read_text().count("/here/tfgen.yaml\n") == 1


@pytest.mark.parametrize("folder", ["specs", "specs/batch"])
def test_a_folder_of_specs_that_cannot_be_read_does_not_make_them_disappear(
    project: Changed, folder: str
) -> None:
    """Else their modules would be pruned."""
    write(project.folder, {"specs/batch/nightly.yaml": "function_name: nightly\n"})
    assert tfgen(project.folder, "render").returncode == 0
    before = tree(project.folder / "modules")
    (project.folder / folder).chmod(UNREADABLE)
    done = as_anybody(project.folder, "render", "--prune")
    (project.folder / folder).chmod(0o755)
    assert (done.returncode, done.stderr) == (2, f"tfgen: {folder}: Permission denied\n")
    assert tree(project.folder / "modules") == before


def test_files_that_may_not_be_written_are_replaced_and_stay_so(project: Changed) -> None:
    """Who may write the folder may replace its files, as git and editors do."""
    for name in ("main.tf", ".tfgen.json"):
        (project.folder / "modules" / "orders" / name).chmod(0o444)
    done = as_anybody(project.folder, "render", "--prune")
    assert done.returncode == 0
    assert tree(project.folder / "modules") == project.after
    for name in ("main.tf", ".tfgen.json"):
        assert (project.folder / "modules" / "orders" / name).stat().st_mode & 0o777 == 0o444


@pytest.mark.skipif(not can_mount(), reason="to mount something read-only takes `unshare` and its rights")
def test_a_read_only_file_system_is_told(project: Changed) -> None:
    mount = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'
    command = [sys.executable, "-m", "tfgen", "render", "--prune"]
    line = [*ALONE, "sh", "-c", mount, str(project.folder / "modules"), *command]
    done = subprocess.run(line, cwd=project.folder, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("tfgen: modules/")
    assert done.stderr.endswith(": Read-only file system\ntfgen: Nothing was written.\n")
    assert tree(project.folder / "modules") == project.before
