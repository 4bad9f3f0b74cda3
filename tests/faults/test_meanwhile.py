"""What somebody does to files while a render is at work: nothing of theirs is overwritten, and it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import run, tfgen
from tests.faults.project import Changed, changed_project, copy, leftovers, new_project, operations, stopped
from tests.writing import tree

MINE = "# mine\n"
_CHANGED = (
    "was changed while tfgen was at work, and is left as it is: run tfgen again, which looks at it anew"
)


@pytest.fixture
def project(tmp_path: Path) -> Changed:
    return changed_project(tmp_path, "render", "--prune")


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize(
    ("name", "compared", "done"),
    [
        ("orders/variables.tf", "open modules/orders/", "os.rename modules/orders/.variables.tf.tfgen-tmp"),
        ("orders/monitoring.tf", "open modules/orders/", "os.rename modules/orders/.monitoring.tf.tfgen-tmp"),
        ("orders/triggers.tf", "open modules/orders/", "os.remove modules/orders/triggers.tf"),
        ("orders/.tfgen.json", "open modules/orders/", "os.rename modules/orders/..tfgen.json"),
        ("mail/main.tf", "os.rename modules/orders/", "os.remove modules/mail/main.tf"),
        ("README.md", "os.rename modules/orders/", "os.rename modules/.README.md.tfgen-tmp"),
    ],
)
def test_a_file_that_is_saved_after_it_was_compared_is_kept(
    tmp_path: Path, project: Changed, name: str, compared: str, done: str, force: tuple[str, ...]
) -> None:
    """Up to the operation that would replace or remove it."""
    arguments = ("render", "--prune", *force)
    lines = operations(copy(project.folder, tmp_path / "counted"), *arguments)
    first, last = (
        next(number for number, line in enumerate(lines, 1) if line.startswith(start))
        for start in (compared, done)
    )
    points = range(last - 1, first, -8 if force else -4)
    assert len(points) >= 2
    for number in points:
        spoilt = copy(project.folder, tmp_path / "spoilt")
        ended = stopped(spoilt, number, f"edit('modules/{name}')", *arguments)
        assert (spoilt / "modules" / name).read_text() == MINE
        assert ended.returncode == 2
        assert f"tfgen: modules/{name} {_CHANGED}\n" in ended.stderr
        assert leftovers(spoilt) == []


def test_what_was_changed_meanwhile_is_told_after_what_was_done(tmp_path: Path, project: Changed) -> None:
    lines = operations(copy(project.folder, tmp_path / "counted"), "render", "--prune")
    number = next(number for number, line in enumerate(lines, 1) if line.startswith("os.rename"))
    done = stopped(project.folder, number, "edit('modules/orders/variables.tf')", "render", "--prune")
    assert done.returncode == 2
    assert done.stdout.splitlines() == [
        "created   modules/search",
        "removed   modules/mail",
        "changed   modules/README.md",
    ]
    assert done.stderr.endswith(f"tfgen: modules/orders/variables.tf {_CHANGED}\n")
    again = tfgen(project.folder, "render")
    assert "modules/orders/variables.tf was edited since tfgen wrote it" in again.stderr
    assert tfgen(project.folder, "render", "--prune", "--force").returncode == 0
    assert tree(project.folder / "modules") == project.after


def test_a_file_that_is_deleted_meanwhile_is_written_by_the_next_run(
    tmp_path: Path, project: Changed
) -> None:
    points = len(operations(copy(project.folder, tmp_path / "counted"), "render", "--prune"))
    for number in range(2, points, 6):
        spoilt = copy(project.folder, tmp_path / "spoilt")
        done = stopped(spoilt, number, "delete('modules/orders/variables.tf')", "render", "--prune")
        assert done.returncode in {0, 2}
        assert "Traceback" not in done.stderr
        assert tfgen(spoilt, "render", "--prune").returncode == 0
        assert tree(spoilt / "modules") == project.after


def test_a_folder_that_becomes_a_link_meanwhile_is_not_followed(tmp_path: Path, project: Changed) -> None:
    lines = operations(copy(project.folder, tmp_path / "counted"), "render", "--prune")
    renames = [number for number, line in enumerate(lines, 1) if line.startswith("os.rename modules/orders/")]
    (project.folder / "elsewhere").mkdir()
    for number in renames[:1]:
        spoilt = copy(project.folder, tmp_path / "spoilt")
        away = "lead_away('modules/orders', 'elsewhere/orders')"
        done = stopped(spoilt, number, away, "render", "--prune")
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
        assert (spoilt / "modules" / "orders").is_symlink()


def test_a_touched_file_is_not_a_changed_one(tmp_path: Path, project: Changed) -> None:
    lines = operations(copy(project.folder, tmp_path / "counted"), "render", "--prune")
    number = next(number for number, line in enumerate(lines, 1) if line.startswith("os.rename"))
    done = stopped(project.folder, number, "touch('modules/orders/variables.tf')", "render", "--prune")
    assert done.returncode == 0
    assert tree(project.folder / "modules") == project.after


# Specs


def at_the_opening_of(project: Path, spec: str) -> int:
    """The number of the moment at which a run opens a spec."""
    lines = operations(project, "render", options="every=True")
    return lines.index(f"open {spec}") + 1


@pytest.mark.parametrize("shift", [-5, -1, 0])
def test_a_spec_that_is_deleted_before_it_is_read_is_named_and_nothing_is_written(
    tmp_path: Path, shift: int
) -> None:
    project = new_project(tmp_path / "here")
    number = at_the_opening_of(copy(project, tmp_path / "counted"), "specs/search.yaml") + shift
    done = stopped(project, number, "delete('specs/search.yaml')", "render", options="every=True")
    assert done.returncode == 2
    assert done.stderr == "tfgen: specs/search.yaml: No such file or directory\n"
    assert not (project / "modules").exists()


def test_a_spec_that_is_changed_is_read_whole_before_or_after(tmp_path: Path) -> None:
    project = new_project(tmp_path / "here")
    number = at_the_opening_of(copy(project, tmp_path / "counted"), "specs/search.yaml")
    for moment, code in ((number, 1), (number + 1, 0), (number + 20, 0)):
        spoilt = copy(project, tmp_path / "spoilt")
        done = stopped(spoilt, moment, "edit('specs/search.yaml')", "render", options="every=True")
        assert done.returncode == code, done.stderr  # nothing but a comment is no spec
        assert (spoilt / "modules" / "search").exists() is (code == 0)


def test_a_folder_that_is_deleted_with_all_that_is_in_it_is_told(tmp_path: Path) -> None:
    project = new_project(tmp_path / "here")
    lines = operations(copy(project, tmp_path / "counted"), "render", options="every=True")
    for number in range(20, len(lines), len(lines) // 12):
        spoilt = copy(project, tmp_path / "spoilt")
        done = stopped(spoilt, number, "delete_folder('.')", "render", options="every=True")
        assert done.returncode in {0, 2}
        assert "Traceback" not in done.stderr
        assert done.returncode == 0 or "tfgen: " in done.stderr


def test_a_current_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    project = new_project(tmp_path / "here")
    for arguments in (["render"], ["validate", str(tmp_path)], ["list"], ["new", "zoo"]):
        copy(project, tmp_path / "gone")
        done = run(tmp_path / "gone", arguments, {}, first="import shutil\nshutil.rmtree('../gone')")
        assert done.returncode == 2
        assert done.stderr == b"tfgen: the current folder was deleted: change to one that is there\n"
