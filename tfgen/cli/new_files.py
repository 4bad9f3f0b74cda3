"""New files: all of them or none, and never over one that is there."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

#: The schema that editors read, beside the specs: a hidden file, which no folder of specs counts as one.
SCHEMA_NAME = ".tfgen.schema.json"


class TakenError(Exception):
    """Files that are there already."""

    def __init__(self, paths: Sequence[Path]) -> None:
        super().__init__(*paths)
        self.paths = paths


def schema_for(spec: Path, base: Path) -> Path:
    """The schema that a spec refers to: the next above it, at most in the project's folder, or its own."""
    folder, top = Path(os.path.abspath(spec.parent)), Path(os.path.abspath(base))  # noqa: PTH100 - links stay
    for above in (folder, *folder.parents):
        if (above / SCHEMA_NAME).is_file():
            return Path(os.path.relpath(above / SCHEMA_NAME))
        if above == top or not above.is_relative_to(top):
            break
    return spec.parent / SCHEMA_NAME


def create(files: Mapping[Path, str], others: Sequence[Path] = ()) -> None:
    """Write files that must not be there, and make their folders.

    Raises TakenError where one is there, or one of `others`, and OSError where one cannot be written; then
    nothing is left of what was written before.
    """
    taken = sorted({*others, *(path for path in files if os.path.lexists(path))})
    if taken:
        raise TakenError(taken)
    written: list[Path] = []
    made: list[Path] = []
    try:
        for path, text in files.items():
            made += _make_folders(path.parent)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(text)
    except BaseException as error:
        for path in written:
            path.unlink(missing_ok=True)
        for folder in reversed(made):
            with contextlib.suppress(OSError):  # somebody else put something in
                folder.rmdir()
        if isinstance(error, FileExistsError):
            raise TakenError([Path(str(error.filename))]) from None
        raise


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; those that were not there, the uppermost first."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir()
    return missing[::-1]
