"""A module that is written, and what its folder holds then: what tests of `tfgen.write` share."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tfgen.write import ModuleChange, Refusal, RenderedModule, WriteRefused, write

#: What lies below a folder: the bytes of files, the targets of links, None for folders.
Tree = dict[str, bytes | str | None]

MANIFEST = ".tfgen.json"
OLD = {"gone.tf": "# gone\n", "main.tf": "# old\n", "tests/gone.hcl": "# gone\n", "variables.tf": "# same\n"}
NEW = {
    "main.tf": "# new\n",
    "new/deep/run.hcl": "# new\n",
    "outputs.tf": "# new\n",
    "variables.tf": "# same\n",
}


def render(output: Path, files: Mapping[str, str], *, force: bool = False) -> ModuleChange:
    (change,) = write(output, [RenderedModule("orders", files)], force=force)
    return change


def refusals(output: Path, files: Mapping[str, str], *, force: bool = False) -> list[Refusal]:
    """The refusals of a render, which must have left everything as it was."""
    before = tree(output)
    with pytest.raises(WriteRefused) as caught:
        render(output, files, force=force)
    assert tree(output) == before
    return list(caught.value.refusals)


def refused(output: Path, files: Mapping[str, str], *, force: bool = False) -> tuple[str, str]:
    """The one refusal of a render: its path below the output folder, and its reason."""
    (refusal,) = refusals(output, files, force=force)
    assert refusal.hint
    return refusal.path.relative_to(output).as_posix(), refusal.reason


def tree(folder: Path) -> Tree:
    """All that lies below a folder."""

    def content(path: Path) -> bytes | str | None:
        if path.is_symlink():
            return str(path.readlink())
        return path.read_bytes() if path.is_file() else None

    return {path.relative_to(folder).as_posix(): content(path) for path in sorted(folder.rglob("*"))}


def tree_of_a_first_render(files: Mapping[str, str]) -> Tree:
    with tempfile.TemporaryDirectory() as fresh:
        render(Path(fresh), files)
        return tree(Path(fresh) / "orders")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def manifest(folder: Path) -> Any:
    return json.loads((folder / MANIFEST).read_bytes())
