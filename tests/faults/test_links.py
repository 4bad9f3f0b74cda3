"""Symbolic links in and out of the folder of modules: nothing is ever written or removed through one."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from tests.command import tfgen
from tests.faults.project import leftovers, new_project
from tests.faults.project import write as write_files
from tests.writing import MANIFEST, NEW, refused, render, tree, tree_of_a_first_render
from tfgen.write import WriteRefused


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("path", ["orders", "orders/new", "orders/new/deep"])
def test_a_folder_that_is_a_link_is_never_followed(
    tmp_path: Path, output: Path, path: str, force: bool
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (output / path).parent.mkdir(parents=True)
    (output / path).symlink_to(tmp_path / "elsewhere")

    found, reason = refused(output, {"new/deep/run.hcl": "1"}, force=force)

    assert (found, "symbolic link" in reason) == (path, True)
    assert tree(tmp_path / "elsewhere") == {}


@pytest.mark.parametrize("force", [False, True])
def test_nothing_is_removed_through_a_link(tmp_path: Path, output: Path, orders: Path, force: bool) -> None:
    (orders / "tests").rename(tmp_path / "elsewhere")
    (orders / "tests").symlink_to(tmp_path / "elsewhere")

    path, reason = refused(output, NEW, force=force)

    assert (path, "symbolic link" in reason) == ("orders/tests", True)
    assert tree(tmp_path / "elsewhere") == {"gone.hcl": b"# gone\n"}


@pytest.mark.parametrize("name", ["main.tf", "gone.tf", "outputs.tf", MANIFEST])
@pytest.mark.parametrize("target", [b"# old\n", b"# new\n", None])
def test_a_linked_file_is_refused_and_with_force_the_link_goes_but_never_its_target(
    tmp_path: Path, output: Path, orders: Path, name: str, target: bytes | None
) -> None:
    if target is not None:
        (tmp_path / "target").write_bytes(target)
    (orders / name).unlink(missing_ok=True)
    (orders / name).symlink_to(tmp_path / "target")

    path, reason = refused(output, NEW)
    assert (path, "symbolic link" in reason) == (f"orders/{name}", True)

    render(output, NEW, force=True)
    assert not (orders / name).is_symlink()
    assert (tmp_path / "target").exists() == (target is not None)
    assert target is None or (tmp_path / "target").read_bytes() == target
    # Without the manifest, files that the spec no longer gives are not known to be tfgen's.
    left = {"gone.tf": b"# gone\n", "tests": None, "tests/gone.hcl": b"# gone\n"} if name == MANIFEST else {}
    assert tree(orders) == tree_of_a_first_render(NEW) | left


def test_a_left_over_temporary_file_that_is_a_link_is_not_written_through(
    tmp_path: Path, output: Path, orders: Path
) -> None:
    (tmp_path / "target").write_text("mine")
    (orders / ".main.tf.tfgen-tmp").symlink_to(tmp_path / "target")

    render(output, NEW)

    assert (tmp_path / "target").read_text() == "mine"
    assert tree(orders) == tree_of_a_first_render(NEW)


@pytest.mark.parametrize("name", ["main.tf", ".main.tf.tfgen-tmp"])
def test_a_link_that_appears_while_tfgen_works_is_not_followed(
    tmp_path: Path, output: Path, orders: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "target").write_text("mine")
    real = os.open

    def swap_and_open(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path) == orders / name:
            (orders / name).unlink(missing_ok=True)
            (orders / name).symlink_to(tmp_path / "target")
        return real(path, flags, mode)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", swap_and_open)
        with pytest.raises(OSError, match=r"main\.tf"):
            render(output, NEW)
    assert (tmp_path / "target").read_text() == "mine"


# On the command line


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return new_project(tmp_path / "here")


def test_a_folder_of_modules_may_be_a_link_and_one_to_nothing_is_told(tmp_path: Path, project: Path) -> None:
    (project / "modules").symlink_to(tmp_path / "elsewhere")
    done = tfgen(project, "render", "--force")
    assert done.returncode == 2
    assert "tfgen: modules is a symbolic link to nothing: move it elsewhere or delete it\n" in done.stderr
    assert not (tmp_path / "elsewhere").exists()
    (tmp_path / "elsewhere").mkdir()
    assert tfgen(project, "render").returncode == 0
    assert (tmp_path / "elsewhere" / "orders" / "main.tf").is_file()
    assert leftovers(project) == []


def test_a_linked_module_that_no_spec_gives_is_not_tfgens_to_remove(tmp_path: Path, project: Path) -> None:
    write_files(
        tmp_path, {"other/specs/mail.yaml": "function_name: mail\n", "other/tfgen.yaml": "policy: {}\n"}
    )
    assert tfgen(tmp_path / "other", "render").returncode == 0
    (tmp_path / "other" / "specs" / "mail.yaml").unlink()
    before = tree(tmp_path / "other" / "modules")
    assert tfgen(project, "render").returncode == 0
    (project / "modules" / "mail").symlink_to(tmp_path / "other" / "modules" / "mail")
    for arguments in (["--check"], ["--prune"], ["--prune", "--force"]):
        assert tfgen(project, "render", *arguments).returncode == 0
    assert (project / "modules" / "mail").is_symlink()
    assert tree(tmp_path / "other" / "modules") == before


def test_what_a_killed_run_left_is_not_looked_for_through_links(tmp_path: Path, project: Path) -> None:
    write_files(tmp_path, {"elsewhere/.main.tf.tfgen-tmp": "mine", "empty/deep/.keep": ""})
    (project / "modules").mkdir()
    (project / "modules" / ".tfgen.lock").touch()
    (project / "modules" / "link").symlink_to(tmp_path / "elsewhere")
    assert tfgen(project, "render").returncode == 0
    assert (tmp_path / "elsewhere" / ".main.tf.tfgen-tmp").read_text() == "mine"
    assert (project / "modules" / "link").is_symlink()


@pytest.mark.parametrize("target", ["../../elsewhere", "../search/main.tf"])
@pytest.mark.parametrize("name", ["main.tf", "tests", ".tfgen.json"])
def test_links_out_of_a_module_and_within_are_told_by_name(project: Path, name: str, target: str) -> None:
    write_files(project, {"elsewhere": "mine"})
    (project / "modules" / "orders").mkdir(parents=True)
    (project / "modules" / "orders" / name).symlink_to(target)
    files = ["main.tf", "tests/module.tftest.hcl"]
    with pytest.raises(WriteRefused, match=rf"orders/{re.escape(name)} is a symbolic link"):
        render(project / "modules", dict.fromkeys(files, "text\n"))
    assert (project / "elsewhere").read_text() == "mine"
    assert tree(project / "modules" / "orders") == {name: target}
