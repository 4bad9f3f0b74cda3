"""The page about all modules → `README.md` in their folder: whose it is, whether it differs, and how it is
replaced.

The page has no manifest. Its first line says that tfgen made it and holds the SHA-256 of what follows, so
that tfgen knows a page that it wrote and nobody edited since. What has no such line is somebody's own page
and is left alone. Every new function changes this one file, so branches meet in it often: between the marks
of a merge it is tfgen's as well, and the next render puts the whole page in their place.
"""

from __future__ import annotations

import os
import re
import stat
from hashlib import sha256
from pathlib import Path
from typing import Literal, NamedTuple

from tfgen.write import Refusal, WriteRefused, changed_meanwhile, replace_file, unified

#: The file's name.
PAGE = "README.md"
_WORDS = "<!-- Made by tfgen from all specs of the project. Change these and render again, not this file."
_SIGNED = re.compile(rf"{re.escape(_WORDS)} sha256:([0-9a-f]{{64}}) -->\n")
_IN_A_MERGE = re.compile(rf"<{{7}} [^\n]*\n{re.escape(_WORDS)}")


class Page(NamedTuple):
    """The page as it shall be, what lies in its place (`st_mode`, 0 where nothing does; its text, if there is
    one), and what is to be done: it is created, changed or left as it is; `kept` is somebody's own. With a
    refusal, tfgen does not touch it."""

    output: Path
    text: str
    mode: int
    found: str | None
    status: Literal["created", "changed", "unchanged", "kept"]
    refusal: Refusal | None = None

    @property
    def path(self) -> Path:
        """Where it is."""
        return self.output / PAGE

    @property
    def difference(self) -> str:
        """What is to be done, in the unified format."""
        if self.status not in {"created", "changed"}:
            return ""
        return unified(self.path.as_posix(), self.found, self.text)


def compare_page(output: Path, text: str, *, force: bool = False) -> Page:
    """What becomes of the page of the modules below `output`, whose text is given. Writes nothing.

    `force` also replaces somebody's own page, and one that was edited. An `OSError` is the system's own.
    """
    text = f"{_WORDS} sha256:{_digest(text)} -->\n\n{text}"
    path = output / PAGE
    mode, found = _look(path)
    page = Page(output, text, mode, found, "kept")
    if not mode:
        return page._replace(status="created")
    if found is None:
        return page._replace(status="changed") if force and stat.S_ISLNK(mode) else page
    if found == text:
        return page._replace(status="unchanged")
    signed = _SIGNED.match(found)
    if not force and not signed and not _IN_A_MERGE.match(found):
        return page
    if not force and signed and _digest(found[signed.end() + 1 :]) != signed[1]:
        hint = "delete it to have it made anew, or overwrite it with --force"
        return page._replace(refusal=Refusal(path, "was edited since tfgen wrote it", hint))
    return page._replace(status="changed")


def write_page(page: Page) -> None:
    """Put the page into place in one step, if there is anything to do.

    Raises `WriteRefused` where somebody changed it since it was compared.
    """
    if page.status not in {"created", "changed"}:
        return

    def check() -> None:
        mode, found = _look(page.path)
        if (stat.S_IFMT(mode), found) != (stat.S_IFMT(page.mode), page.found):
            raise WriteRefused([changed_meanwhile(page.path)])

    permissions = None if page.found is None else stat.S_IMODE(page.mode)
    replace_file(page.path, page.text.encode(), permissions, check)


def _look(path: Path) -> tuple[int, str | None]:
    """What lies in a place: its `st_mode`, 0 for nothing, and its text, if it is a file."""
    try:
        mode = os.lstat(path).st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0, None
    text = path.read_bytes().decode(errors="replace").replace("\r\n", "\n") if stat.S_ISREG(mode) else None
    return mode, text


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
