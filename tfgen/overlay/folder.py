"""A folder of templates → their texts, by the names that tfgen's own have. Nothing outside of it is read."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from tfgen.overlay import TemplateProblem

#: What a template includes to get tfgen's own in place of one that goes before it: `tfgen/main.tf.j2`.
OWN = "tfgen/"
#: How the names of pages' templates end.
PAGE = ".md.j2"
_ENDING = ".j2"
_LARGEST = 1_000_000  # bytes; tfgen's largest template has a hundredth of it
_NAMED = re.compile(r"""["']([^"'\n]+\.j2)["']""")
_TAG = re.compile(r"\{%[-+]?\s*(?:include|import|from|extends)\b.*?%\}", re.DOTALL)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_COMPUTED = re.compile(r"""\{%[-+]?\s*(?:include|import|from|extends)\s+[^"'\s]""")
_NO_TEMPLATES = ("new/", "__pycache__/")  # tfgen's folder has these too


class _Listed(NamedTuple):
    """A template's file, as it is now."""

    name: str
    changed: int
    size: int


class Folder:
    """A user's templates, name to text, and the names of tfgen's own.

    `shown` is the folder as its user writes it.
    """

    def __init__(self, shown: Path, texts: dict[str, str], own: Path) -> None:
        self.shown = shown
        self.texts = texts
        self.own = own
        self.own_names = own_names(own)
        self._files = {self.file(name): name for name in texts}

    @property
    def has_hcl(self) -> bool:
        """Whether more than pages may come of it."""
        return not all(name.endswith(PAGE) for name in self.texts)

    def file(self, name: str) -> str:
        """What errors call the file of one of its templates."""
        return str(self.shown.absolute() / name)

    def place(self, file: str | None, line: int) -> str | None:
        """A line of a file as it is shown to the user, if it is one of the templates."""
        name = self._files.get(file or "")
        return None if name is None else f"{self.path(name)}:{line}"

    def path(self, name: str) -> str:
        """Where a template of the user's is, as it is shown."""
        return (self.shown / name).as_posix()

    def source(self, name: str) -> tuple[str, str] | None:
        """The text of a template and what errors call its file, or nothing where there is none."""
        if name in self.texts:
            return self.texts[name], self.file(name)
        name = name.removeprefix(OWN)
        if name in self.own_names:
            return (self.own / name).read_text(encoding="utf-8"), str(self.own / name)
        return None

    def concerned(self, name: str) -> list[str]:
        """The user's templates among those that a template is made of."""
        return [name for name in self.made_of(name) if name in self.texts]

    def made_of(self, name: str) -> Iterable[str]:
        """A template and all that it includes, be it by way of others."""
        found: dict[str, None] = {}
        left = [name]
        while left:
            name = left.pop()
            source = None if name in found else self.source(name)
            if source is not None:
                found[name] = None
                left += includes(source[0])
        return found


def includes(text: str) -> Iterator[str]:
    """The templates that a template includes or takes something from, as far as it names them."""
    for tag in _TAG.findall(_COMMENT.sub("", text)):
        yield from _NAMED.findall(tag)


@lru_cache(maxsize=4)
def own_names(own: Path) -> frozenset[str]:
    """The names of tfgen's own templates."""
    names = (path.relative_to(own).as_posix() for path in own.rglob(f"*{_ENDING}"))
    return frozenset(name for name in names if not name.startswith(_NO_TEMPLATES))


def folder(shown: Path, own: Path) -> Folder:
    """The templates of a user's folder, beside tfgen's own. Raises TemplateProblem, or OSError.

    What was read is kept for as long as nothing changes in the folder.
    """
    if not shown.is_dir():
        raise TemplateProblem(f"{shown}: there is no such folder of templates")
    return _read(shown, own, tuple(sorted(_listed(shown))))


def _listed(folder: Path) -> Iterator[_Listed]:
    root = folder.resolve()
    for here, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in folders:
            if Path(here, name).is_symlink():
                raise TemplateProblem(
                    f"{Path(here, name)}: is a link; tfgen does not follow links to folders"
                )
        for name in files:
            if name.startswith(".") or not name.endswith(_ENDING):  # editors keep hidden files
                continue
            path = Path(here, name)
            if not path.resolve().is_relative_to(root):
                raise TemplateProblem(f"{path}: is a link that leads out of {folder}")
            if not path.is_file():
                raise TemplateProblem(f"{path}: is no file")
            stat = path.stat()
            yield _Listed(path.relative_to(folder).as_posix(), stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _read(shown: Path, own: Path, listed: tuple[_Listed, ...]) -> Folder:
    texts: dict[str, str] = {}
    for name, _, size in listed:
        if size > _LARGEST:
            raise TemplateProblem(f"{shown / name}: has {size:,} bytes; a template has at most {_LARGEST:,}")
        try:
            texts[name] = (shown / name).read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise TemplateProblem(f"{shown / name}: is not UTF-8, at byte {error.start}") from None
    found = Folder(shown, texts, own)
    _refuse_unused(found)
    _refuse_circles(found)
    return found


def _refuse_unused(found: Folder) -> None:
    """Refuse a template that goes before none of tfgen's and that none includes: it would do nothing."""
    if any(_COMPUTED.search(text) for text in found.texts.values()):
        return  # which only a run would show
    included = {name for text in found.texts.values() for name in includes(text)}
    unused = sorted(found.texts.keys() - found.own_names - included)
    if unused:
        name = unused[0]
        near = nearest(name, found.own_names)
        hint = f"did you mean {near[0]}? " if near else ""
        raise TemplateProblem(
            f"{found.path(name)}: tfgen has no template of that name, and none here includes it\n"
            f"{hint}`tfgen templates list` has all names"
        )


def _refuse_circles(found: Folder) -> None:
    """Refuse a template that includes itself, be it by way of others."""
    for name, text in found.texts.items():
        for included in includes(text):
            if name not in found.made_of(included):
                continue
            before = re.split(rf"""["']{re.escape(included)}["']""", text, maxsplit=1)[0]
            line = before.count("\n") + 1
            ways = f"tfgen's own is `{OWN}{name}`" if included == name else f"by way of {included}"
            raise TemplateProblem(f"{found.path(name)}:{line}: includes itself without end; {ways}")


def nearest(name: str, names: Iterable[str]) -> list[str]:
    """The names that somebody may have meant, the likeliest first."""
    from difflib import get_close_matches

    names = sorted(names)
    wanted = name.removesuffix(_ENDING).removesuffix(".tf")
    if not wanted:
        return []
    last = wanted.rpartition("/")[2]
    same = [each for each in names if each.rpartition("/")[2].split(".")[0] == last]
    return list(
        dict.fromkeys([*same, *get_close_matches(name, names), *get_close_matches(f"{wanted}.tf.j2", names)])
    )
