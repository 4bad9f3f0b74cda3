"""What lies where a module's files or its manifest should be, and is not what tfgen wrote there."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.command import tfgen
from tests.faults.project import new_project
from tests.faults.project import write as write_files
from tests.writing import (
    MANIFEST,
    NEW,
    OLD,
    manifest,
    refusals,
    refused,
    render,
    sha256,
    tree,
    tree_of_a_first_render,
)
from tfgen.write import ModuleChange, WriteRefused

# Files and folders


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["main.tf", MANIFEST])
def test_a_folder_where_a_file_should_be_is_refused(output: Path, name: str, force: bool) -> None:
    (output / "orders" / name).mkdir(parents=True)

    assert refused(output, OLD, force=force) == (
        f"orders/{name}",
        "is a folder or a device where a file should be",
    )


@pytest.mark.parametrize("force", [False, True])
def test_a_pipe_where_a_file_should_be_is_refused_and_not_waited_for(output: Path, force: bool) -> None:
    (output / "orders").mkdir(parents=True)
    os.mkfifo(output / "orders" / "main.tf")

    path, reason = refused(output, OLD, force=force)

    assert (path, "device" in reason) == ("orders/main.tf", True)


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("path", ["orders", "orders/new", "orders/new/deep"])
def test_a_file_where_a_folder_should_be_is_refused(output: Path, path: str, force: bool) -> None:
    (output / path).parent.mkdir(parents=True)
    (output / path).write_text("mine")

    assert refused(output, {"new/deep/run.hcl": "1"}, force=force) == (
        path,
        "is a file where a folder should be",
    )


@pytest.mark.parametrize("force", [False, True])
def test_an_output_folder_that_is_a_file_is_refused(output: Path, force: bool) -> None:
    output.write_text("mine")

    with pytest.raises(WriteRefused) as caught:
        render(output, OLD, force=force)

    assert [refusal.path for refusal in caught.value.refusals] == [output]
    assert output.read_text() == "mine"


def test_where_the_user_put_a_folder_or_a_file_over_removed_files_nothing_is_left_to_remove(
    output: Path, orders: Path
) -> None:
    (orders / "gone.tf").unlink()
    (orders / "gone.tf").mkdir()
    (orders / "tests" / "gone.hcl").unlink()
    (orders / "tests").rmdir()
    (orders / "tests").write_text("mine")

    assert render(output, NEW).removed == ()
    assert tree(orders) == tree_of_a_first_render(NEW) | {"gone.tf": None, "tests": b"mine"}


# Manifests that tfgen did not write


def with_files(**files: object) -> str:
    return json.dumps({"format_version": 1, "files": files})


def with_entry(name: str) -> str:
    return with_files(**{name: sha256("secret")})


BAD_MANIFESTS = {
    "empty": "",
    "a merge conflict": "<<<<<<< HEAD\n{}\n",
    "not UTF-8": b"\xff",
    "nested too deeply": "[" * 200_000,
    "a list": "[]",
    "null": "null",
    "no version": '{"files": {}}',
    "no files": '{"format_version": 1}',
    "an old version": '{"format_version": 0, "files": {}}',
    "a version in words": '{"format_version": "1", "files": {}}',
    "files in a list": '{"format_version": 1, "files": []}',
    "previous in a list": '{"format_version": 1, "files": {}, "previous": []}',
    "a number for a hash": with_files(**{"main.tf": 1}),
    "a short hash": with_files(**{"main.tf": "abc"}),
    "a hash in capitals": with_files(**{"main.tf": sha256("").upper()}),
    "a parent": with_entry("../../secret"),
    "a parent in the middle": with_entry("tests/../../../secret"),
    "an absolute path": with_entry("/secret"),
    "an empty part": with_entry("tests//secret"),
    "an empty name": with_entry(""),
    "the folder itself": with_entry("."),
    "a backslash": with_entry("..\\secret"),
    "a drive": with_entry("C:secret"),
    "a NUL": with_entry("a\0b"),
    "a lone surrogate": with_entry("\ud800"),
    "the manifest": with_entry(MANIFEST),
    "a parent in previous": json.dumps(
        {"format_version": 1, "files": {}, "previous": {"../../secret": sha256("secret")}}
    ),
}


@pytest.mark.parametrize("text", BAD_MANIFESTS.values(), ids=BAD_MANIFESTS.keys())
def test_a_manifest_that_cannot_be_believed_is_refused_and_with_force_written_anew(
    tmp_path: Path, output: Path, orders: Path, text: str | bytes
) -> None:
    (tmp_path / "secret").write_text("secret")
    (orders / MANIFEST).write_bytes(text if isinstance(text, bytes) else text.encode())

    path, reason = refused(output, OLD)
    assert path == f"orders/{MANIFEST}"
    assert "tfgen" in reason

    render(output, OLD, force=True)
    assert tree(orders) == tree_of_a_first_render(OLD)
    assert (tmp_path / "secret").read_text() == "secret"


@pytest.mark.parametrize("shape", [{"files": {}}, {"modules": []}])
def test_a_manifest_of_a_newer_tfgen_asks_for_an_update(
    output: Path, orders: Path, shape: Mapping[str, object]
) -> None:
    (orders / MANIFEST).write_text(json.dumps({"format_version": 2, **shape}))

    (refusal,) = refusals(output, NEW)

    assert (refusal.reason, refusal.hint) == ("was written by a newer tfgen", "update tfgen")


def test_a_manifest_written_with_another_layout_is_understood_and_put_in_order(
    output: Path, orders: Path
) -> None:
    (orders / MANIFEST).write_text(json.dumps(manifest(orders), indent=None))

    assert render(output, OLD) == ModuleChange("orders", "changed", (), ())
    assert tree(orders) == tree_of_a_first_render(OLD)


# On the command line


def test_each_thing_in_the_way_is_named_with_what_to_do_and_no_module_is_written(tmp_path: Path) -> None:
    project = new_project(tmp_path / "here")
    write_files(project, {"modules/orders/main.tf/notes.md": "mine\n", "modules/search": "mine\n"})
    before = tree(project / "modules")
    for arguments in ((), ("--force",), ("--prune",)):
        done = tfgen(project, "render", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.splitlines() == [
            "tfgen: modules/orders/main.tf is a folder or a device where a file should be: "
            "move it elsewhere or delete it",
            "tfgen: modules/search is a file where a folder should be: move it elsewhere or delete it",
            "tfgen: Nothing was written.",
        ]
        assert tree(project / "modules") == before
    assert tfgen(project, "render", "--check").returncode == 3


@pytest.mark.parametrize(
    "output", ["specs/orders.yaml", "specs/orders.yaml/deep", "/dev/null", "/dev/null/deep"]
)
def test_an_output_that_can_be_no_folder_is_told(tmp_path: Path, output: str) -> None:
    project = new_project(tmp_path / "here")
    before = tree(project)
    done = tfgen(project, "render", "-o", output)
    assert done.returncode == 2
    assert done.stderr.startswith(f"tfgen: {output}")
    assert done.stderr.endswith("tfgen: Nothing was written.\n")
    assert tree(project) == before
