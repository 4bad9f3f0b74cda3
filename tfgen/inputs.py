"""What a user names on the command line → the spec files that are meant."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

_ENDINGS = (".yaml", ".yml")


class InputError(Exception):
    """A path that names no spec. `args[0]` is the whole message."""


def spec_paths(arguments: Iterable[str]) -> list[Path]:
    """The spec files that files, folders and globs name, each once, sorted by path.

    Folders are searched through and through for .yaml and .yml, hidden ones left out. Raises InputError
    with every argument that names nothing.
    """
    found: dict[str, Path] = {}
    missing: list[str] = []
    for argument in arguments:
        try:
            paths = list(_expand(argument))
        except OSError as error:  # which must not look as if there were no specs
            missing.append(f"{error.filename}: {error.strerror}")
            continue
        if not paths:
            missing.append(_reason(argument))
        for path in paths:
            if not _is_unicode(path):
                missing.append(f"{path}: the file's name is not UTF-8 text")
            found.setdefault(os.path.realpath(path), path)
    if missing:
        raise InputError("\n".join(missing))
    return sorted(found.values())


def is_without_specs(path: str) -> bool:
    """Whether a path is a folder that holds no spec file."""
    return Path(path).is_dir() and not any(_below(path))


def _is_unicode(path: Path) -> bool:
    """Whether the name is text. Python carries other bytes of a name as lone surrogates."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    return True


def _expand(argument: str) -> Iterator[Path]:
    if not argument:
        return  # and not the current folder, which Path("") is
    if Path(argument).is_dir():
        yield from _below(argument)
    elif os.path.lexists(argument):
        yield Path(argument)
    elif glob.has_magic(argument):
        for match in glob.glob(argument, recursive=True):  # noqa: PTH207 - Path.glob takes no absolute pattern
            yield from _below(match) if Path(match).is_dir() else [Path(match)]


def _below(folder: str) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.endswith(_ENDINGS) and not name.startswith("."):
                yield Path(parent, name)


def _unreadable(error: OSError) -> NoReturn:
    raise error


def _reason(argument: str) -> str:
    if not argument:
        return "an empty path names no spec"
    if Path(argument).is_dir():
        return f"{argument}: the folder holds no .yaml or .yml file"
    if glob.has_magic(argument):
        return f"{argument}: no file matches this pattern"
    return f"{argument}: no such file or folder"
