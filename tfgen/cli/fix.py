"""What is certain, written into the files of specs, or shown as it would be."""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tfgen.cli.options import Color
from tfgen.cli.output import count, progress, show_difference, status
from tfgen.diagnostics import Diagnostic, SpecError
from tfgen.fixes import fixed
from tfgen.project import find
from tfgen.project.policy import standards
from tfgen.source import MAX_BYTES, Document, parse
from tfgen.spec import judge
from tfgen.spec.standards import NONE
from tfgen.write import unified

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class Mended(NamedTuple):
    """A spec's file: what it holds, what it should hold, and how many findings would be gone by that."""

    path: Path
    before: bytes
    after: bytes
    findings: int


def write_fixes(paths: list[Path], as_of: date | None) -> list[str]:
    """Put the files of specs right, say how many, and return which could not be written and why."""
    counts, problems = [], []
    for mended in _mended(paths, as_of):
        try:
            _overwrite(mended)
            counts.append(mended.findings)
        except OSError as error:
            problems.append(f"{mended.path.as_posix()}: {error.strerror}, so nothing was fixed there")
    _say("fixed", counts)
    return problems


def show_differences(paths: list[Path], as_of: date | None, color: Color) -> bool:
    """Show what would become of the files, in the unified format, and say whether anything would."""
    counts = []
    for mended in _mended(paths, as_of):
        before, after = mended.before.decode(), mended.after.decode()
        show_difference(unified(mended.path.as_posix(), before, after), color)
        counts.append(mended.findings)
    _say("would be fixed", counts)
    return bool(counts)


def _mended(paths: list[Path], as_of: date | None) -> Iterator[Mended]:
    """The files that would change. One that cannot be read is for who reports on it."""
    for path in progress(paths, len(paths), "Fixing"):
        try:
            with path.open("rb") as file:
                before = file.read(MAX_BYTES + 1)
            better = fixed(parse(path.as_posix(), before), _look(path, as_of))
        except (OSError, SpecError):
            continue
        if better.findings:
            mark = _BYTE_ORDER_MARK if before.startswith(_BYTE_ORDER_MARK) else b""
            yield Mended(path, before, mark + better.document.text.encode(), better.findings)


def _look(path: Path, as_of: date | None) -> Callable[[Document], Sequence[Diagnostic]]:
    """What looks at a spec as its project does, whose defaults and policy apply but are not put right."""
    project = find(path)
    held_to = standards(project.policy) if project else NONE

    def look(document: Document) -> Sequence[Diagnostic]:
        try:
            effective = project.effective(document, path) if project else document
            return judge(effective, as_of, held_to)[1]
        except SpecError as error:
            return error.diagnostics

    return look


def _overwrite(mended: Mended) -> None:
    """Replace a spec's file, or that behind a link to it. Raises OSError, and then the file is as it was."""
    target = mended.path.resolve()
    old = target.stat()
    # Its folder would let us replace it all the same, and the system's administrator may write anything.
    if not old.st_mode & 0o222 or not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "the file is read-only")
    if target.read_bytes() != mended.before:
        raise OSError(errno.EBUSY, "the file has changed in between")
    _replace(target, mended.after, old)


def _replace(target: Path, data: bytes, old: os.stat_result) -> None:
    """Replace a file in one step by one of the same mode and, where that is allowed, the same owner."""
    descriptor, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
        if hasattr(os, "chown"):
            with contextlib.suppress(OSError):
                os.chown(temporary, old.st_uid, old.st_gid)
        temporary.chmod(stat.S_IMODE(old.st_mode))
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _say(what: str, counts: Sequence[int]) -> None:
    found = f"{count(sum(counts), 'finding')} {what} in {count(len(counts), 'file')}"
    status(found if counts else f"nothing {what}")
