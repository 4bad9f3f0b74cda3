"""Folders that are crowded, far away, deep or strangely named."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import pytest

from tests.command import started, tfgen
from tests.faults.project import copy, leftovers, new_project, operations, write
from tests.writing import tree

MANY = 10_000
_OTHER = Path("/dev/shm")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return new_project(tmp_path / "here")


def test_ten_thousand_files_beside_are_left_alone_and_not_looked_at(tmp_path: Path, project: Path) -> None:
    """Each file of the system that a run looks at is an event; ten thousand files more are none."""
    alone = operations(copy(project, tmp_path / "alone"), "render", options="every=True")
    for folder in ("modules", "modules/orders"):
        (project / folder).mkdir(parents=True)
        for number in range(MANY // 2):
            (project / folder / f"{number}.tf").touch()
    crowded = operations(project, "render", options="every=True")
    assert len(crowded) <= len(alone) + 5
    assert len(list(project.glob("modules/**/[0-9]*.tf"))) == MANY
    assert leftovers(project) == []


def test_each_module_of_another_project_is_looked_at_once(tmp_path: Path, project: Path) -> None:
    many = 1000
    write(
        tmp_path,
        {"other/specs/f.yaml": "function_name: f\n", "other/tfgen.yaml": "output: ../here/modules\n"},
    )
    assert tfgen(tmp_path / "other", "render").returncode == 0
    manifest = (project / "modules" / "f" / ".tfgen.json").read_text()
    alone = operations(copy(project, tmp_path / "alone"), "render", options="every=True")
    write(project / "modules", {f"f{number}/.tfgen.json": manifest for number in range(many)})
    crowded = operations(project, "render", options="every=True")
    opened = [line for line in crowded if line.startswith("open") and line.endswith(".tfgen.json")]
    assert len(opened) - sum("open" in line and line.endswith(".tfgen.json") for line in alone) == many
    assert len(crowded) <= len(alone) + 5 * many


@pytest.mark.skipif(
    not _OTHER.is_dir() or _OTHER.stat().st_dev == Path(tempfile.gettempdir()).stat().st_dev,
    reason="there is no other file system at /dev/shm",
)
def test_modules_may_be_on_another_file_system(project: Path) -> None:
    with tempfile.TemporaryDirectory(dir=_OTHER) as there:
        assert tfgen(project, "render", "-o", there).returncode == 0
        (project / "specs" / "orders.yaml").write_text("function_name: orders\ntimeout: 7\n")
        assert "changed" in tfgen(project, "render", "-o", there).stdout
        assert tfgen(project, "render", "-o", there, "--check").returncode == 0
        assert not list(Path(there).rglob("*.tfgen-tmp"))


@pytest.mark.parametrize("depth", [25, 40])
def test_a_path_that_is_too_long_is_told_and_nothing_is_left(project: Path, depth: int) -> None:
    output = "/".join(["x" * 150] * depth)
    before = tree(project)
    done = tfgen(project, "render", "-o", output)
    if depth * 150 > 4096:
        assert done.returncode == 2
        assert os.strerror(errno.ENAMETOOLONG) in done.stderr
        assert tree(project) == before
    else:
        assert done.returncode == 0
        assert (project / output / "orders" / "main.tf").is_file()


def test_a_name_that_is_too_long_is_told(project: Path) -> None:
    done = tfgen(project, "render", "-o", "x" * 300)
    assert done.returncode == 2
    assert done.stderr.startswith(f"tfgen: {'x' * 300}")
    assert done.stderr.endswith(f"{os.strerror(errno.ENAMETOOLONG)}\ntfgen: Nothing was written.\n")


def test_names_that_are_no_text_beside_specs_and_modules_are_no_obstacle(project: Path) -> None:
    own = {"specs/caf\udce9.txt": "", "modules/caf\udce9/main.tf": "", "modules/orders/caf\udce9.tf": ""}
    write(project, own)
    assert tfgen(project, "render", "--prune").returncode == 0
    assert tfgen(project, "render", "--check").returncode == 0
    assert all((project / name).exists() for name in own)


def test_a_spec_whose_name_is_no_text_is_named(project: Path) -> None:
    """And does not make all specs of the project disappear, and its modules with them."""
    assert tfgen(project, "render").returncode == 0
    write(project, {"specs/caf\udce9.yaml": "function_name: cafe\n"})
    for arguments in (["render"], ["render", "--prune"], ["validate"], ["render", "--check"]):
        done = tfgen(project, *arguments)
        assert done.returncode == 2
        assert done.stderr == "tfgen: specs/caf\\udce9.yaml: the file's name is not UTF-8 text\n"
    assert (project / "modules" / "orders" / "main.tf").exists()


@pytest.mark.parametrize("name", ["caf\udce9", "-o \t\n $(touch x) 🚀"])
def test_modules_and_projects_may_be_in_folders_of_any_name(tmp_path: Path, project: Path, name: str) -> None:
    there = tmp_path / name
    project.rename(there)
    done = started(there, ["render", f"--output={name}"], {})
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
    assert started(there, ["render", f"--output={name}", "--check"], {}).returncode == 0
    (there / "specs" / "orders.yaml").unlink()
    assert started(there, ["render", f"--output={name}", "--prune"], {}).returncode == 0
    assert not (there / name / "orders").exists()
    assert (there / name / "search" / "main.tf").is_file()


def test_the_bits_of_folders_and_files_follow_the_umask(project: Path) -> None:
    before = os.umask(0o027)
    try:
        assert started(project, ["render"], {}).returncode == 0
    finally:
        os.umask(before)
    for path in (project / "modules", *(project / "modules").rglob("*")):
        assert path.stat().st_mode & 0o777 == (0o750 if path.is_dir() else 0o640), path
