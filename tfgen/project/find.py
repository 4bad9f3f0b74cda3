"""Where a spec's project file is, and what it says: `tfgen.yaml` → `Project`."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tfgen.codes import CODES
from tfgen.diagnostics import Diagnostic, Node, SpecError
from tfgen.project.effective import Layer, effective
from tfgen.source import Document, load

if TYPE_CHECKING:
    from tfgen.project.model import Policy, ProjectFile

#: The project file's name.
NAME = "tfgen.yaml"


class Project(NamedTuple):
    """A project file, and the folder that its paths start from."""

    document: Document
    file: ProjectFile
    folder: Path

    @property
    def policy(self) -> Policy:
        """What its specs are held to."""
        return self.file.policy

    @property
    def output(self) -> Path:
        """The folder of its modules."""
        return near(self.folder / self.file.output)

    @property
    def specs(self) -> list[str]:
        """Where its specs are."""
        return [near(self.folder / path).as_posix() for path in self.file.specs]

    @property
    def templates(self) -> Path | None:
        """The folder of its own templates."""
        return None if self.file.templates is None else self.folder / self.file.templates

    def effective(self, spec: Document, path: Path) -> Document:
        """The spec at `path` with the project's defaults under it."""
        return effective(spec, self.document, list(self._layers(path)))

    def _layers(self, path: Path) -> Iterator[Layer]:
        data = self.document.data
        if "terraform" in data:
            yield Layer((), {"terraform": data["terraform"]})
        if "defaults" in data:
            yield Layer(("defaults",), data["defaults"])
        if not self.file.overrides:
            return
        relative = _relative(path, self.folder)
        for index, override in enumerate(self.file.overrides):
            if relative is not None and any(_fits(relative, _glob(each)) for each in override.paths):
                yield Layer(("overrides", index, "defaults"), data["overrides"][index]["defaults"])


def find(spec: Path) -> Project | None:
    """The project of a spec or folder: the nearest file above it, at most at its repository's root.

    Raises SpecError with what is wrong with the file, and OSError where it cannot be read.
    """
    here = _whole(spec)
    found = _above(here if spec.is_dir() else here.parent)
    if isinstance(found, Exception):
        raise found.with_traceback(None)
    return found


@cache
def _above(folder: Path) -> Project | SpecError | OSError | None:
    """The project of a folder, or what is wrong with its file: that too is found out once for all specs."""
    file = folder / NAME
    if os.path.lexists(file):  # a folder of that name, or a link to nothing, is told of where it is read
        try:
            return read(file)
        except SpecError as error:
            return error
        except OSError as error:
            error.filename = near(file).as_posix()
            return error
    if os.path.lexists(other := file.with_suffix(".yml")):
        return OSError(errno.EINVAL, f"the project file is called {NAME}", near(other).as_posix())
    if (folder / ".git").exists() or folder.parent == folder:
        return None
    return _above(folder.parent)


@cache
def read(file: Path) -> Project:
    """What a project file says. Raises SpecError with all mistakes in it."""
    # Here, since many specs have no project: start-up is most of what a user waits for.
    from pydantic import ValidationError

    from tfgen.project.model import ProjectFile
    from tfgen.spec.errors import diagnostics

    document = load(file, near(file).as_posix())
    try:
        said = ProjectFile.model_validate(document.data)
    except ValidationError as error:
        raise SpecError(document, [*document.findings, *diagnostics(error, document, ProjectFile)]) from None
    if wrong := [*document.findings, *_unknown_codes(said)]:
        raise SpecError(document, wrong)
    return Project(document, said, file.parent)


def _unknown_codes(said: ProjectFile) -> Iterator[Diagnostic]:
    """Codes of a policy that no rule has."""
    for key in ("select", "ignore", "error"):
        for index, named in enumerate(getattr(said.policy.codes, key)):
            if not any(code.startswith(named) for code in CODES):
                where = Node(("policy", "codes", key, index))
                hint = "`tfgen rules` lists the codes"
                yield Diagnostic("TFG204", f"`{named}` is no code, and begins none", hint, where)


def forget() -> None:
    """Look at project files anew from now on: where they are and what they say is kept within a run."""
    _above.cache_clear()
    read.cache_clear()


def near(path: Path) -> Path:
    """A path from where the user stands, as they would write it."""
    try:
        return Path(os.path.relpath(path))
    except ValueError:  # on another drive of Windows
        return path


def _whole(path: Path) -> Path:
    """A path from the root on, without `..`: links are kept, for a project may be one of them."""
    return Path(os.path.normpath(path.absolute()))


def _relative(path: Path, folder: Path) -> str | None:
    absolute = _whole(path)
    return absolute.relative_to(folder).as_posix() if absolute.is_relative_to(folder) else None


@cache
def _glob(pattern: str) -> tuple[re.Pattern[str] | None, ...]:
    """A glob's parts: `*` and `?` are within one, and None is `**`, any folders; at the end, all in them."""
    parts = pattern.removeprefix("./").split("/")
    parts += ["*"] if parts[-1] == "**" else []
    return tuple(None if part == "**" else _part(part) for part in parts)


def _part(glob: str) -> re.Pattern[str]:
    """What a name must be. Of each `*` but the last the shortest match is kept, whatever follows: with many
    of them, trying all would take for ever."""
    first, *others = (re.escape(text).replace(r"\?", ".") for text in re.split(r"\*+", glob))
    *between, last = others or [""]
    stars = "".join(f"(?>.*?{text})" for text in between) + (f".*{last}" if others else "")
    return re.compile(first + stars, re.DOTALL)


def _fits(path: str, glob: Sequence[re.Pattern[str] | None]) -> bool:
    """Whether a path is one that a glob means. Only the last `**` so far is ever tried with more folders."""
    parts = path.split("/")
    at = here = 0
    again: tuple[int, int] | None = None
    while at < len(parts):
        wanted = glob[here] if here < len(glob) else None
        if wanted is not None and wanted.fullmatch(parts[at]):
            at, here = at + 1, here + 1
        elif wanted is None and here < len(glob):
            again, here = (at + 1, here + 1), here + 1
        elif again is not None:
            at, here = again
            again = (at + 1, here)
        else:
            return False
    return all(part is None for part in glob[here:])
