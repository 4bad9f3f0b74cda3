"""The files of a module → what is wrong with them that Terraform would find, without Terraform.

Each file is read by a parser of ours, which knows what a reference is. Blocks are looked at one by one, and
what is alike in many modules is looked at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from tfgen.verify.blocks import Read, read
from tfgen.verify.expressions import Place
from tfgen.verify.own_tests import read_tests
from tfgen.verify.shapes import outline, shapes
from tfgen.verify.tokens import NotRead, tokens

# Every module has all input variables of the interface, also one that is of no use without this.
_IDLE = {"var.log_retention_in_days": "aws_cloudwatch_log_group.this"}
_TESTS = ".tftest.hcl"
_HEAD = re.compile(r"(?:#[^\n]*\n|\n)*")
# A line whose value is a plain text or number, which says nothing of what is declared or referred to.
_VALUE = re.compile(r'^( *[\w-]+ += )(?:"[^"\\$%\n]*"|[0-9]+(?:\.[0-9]+)?)$', re.MULTILINE)
_HEREDOC = "a heredoc, whose lines would be indented anew: write a quoted text or jsonencode(…)"


class Author(Enum):
    """Who wrote the files. People may write all that Terraform takes. What comes of templates is laid out and
    read by tools, so it has no heredocs, and python-hcl2 reads it as well: of tfgen's own that is known. A
    template may leave out what the module's tests, another template, ask for. And what tfgen alone writes has
    no data source that it does not use.
    """

    TFGEN = "tfgen"
    TEMPLATES = "templates"
    PEOPLE = "people"


class Problem(NamedTuple):
    """Something that is wrong: in which file and line, counted from 1, and what."""

    file: str
    line: int
    what: str


class _Part(NamedTuple):
    """What a part of a file says, and the text that its positions are in. With an `error`, nothing else is
    known; `foreign` is where and why it is Terraform's, but none that tfgen or a template may write."""

    text: str
    read: Read = Read()
    error: tuple[int, str] | None = None
    foreign: tuple[int, str] | None = None


class _Found(NamedTuple):
    """A part with where it stands: its file, and how many lines are before it."""

    file: str
    before: int
    part: _Part

    def line(self, position: int) -> int:
        return self.before + self.part.text.count("\n", 0, position) + 1


def verify(files: Mapping[str, str], author: Author = Author.TFGEN) -> list[Problem]:
    """What is wrong with a module's `.tf` files and its `.tftest.hcl` files, given as name to text: what is
    not HCL; addresses and arguments that are given twice; references to what is not declared; variables,
    locals and data sources without use. Files that are in a folder and no tests are another module's.
    """
    found = list(_found(files, by_both=author is Author.TEMPLATES))
    unread = [
        Problem(one.file, one.line(wrong[0]), wrong[1])
        for one in found
        if (wrong := one.part.error or (author is not Author.PEOPLE and one.part.foreign))
    ]
    if unread:
        return unread  # what else is missing may only be missing there
    problems = [
        Problem(one.file, one.line(position), what) for one in found for position, what in one.part.read.wrong
    ]
    module = [one for one in found if not one.file.endswith(_TESTS)]
    declared = _Declared()
    problems += declared.add(module)
    problems += declared.missed_by(module)
    problems += declared.unused(module, data_sources=author is Author.TFGEN)
    for file in sorted({one.file for one in found} - {one.file for one in module}):
        tests = [one for one in found if one.file == file]
        runs = _Declared(declared.places)
        problems += runs.add(tests)
        problems += runs.missed_by(tests) if author is not Author.TEMPLATES else ()
    return sorted(problems)


def needed_inputs(files: Mapping[str, str]) -> list[str]:
    """The names of the input variables of a module that have no default, in files that are HCL."""
    return [address.removeprefix("var.") for one in _found(files) for address in one.part.read.needed]


def _found(files: Mapping[str, str], *, by_both: bool = False) -> Iterator[_Found]:
    """The parts of a module's files; with `by_both`, python-hcl2 is to read them too."""
    for name, text in files.items():
        if name.endswith(_TESTS) or (name.endswith(".tf") and "/" not in name):
            yield from _parts(name, text, by_both)


def _parts(file: str, text: str, by_both: bool) -> Iterator[_Found]:
    """A file block by block, as far as `terraform fmt` lays it out; or as a whole, if it has an error."""
    head = match[0] if (match := _HEAD.match(text)) else ""
    parts = [f"{part}\n}}\n" for part in text.removeprefix(head).split("\n}\n")]
    last = parts.pop().removesuffix("\n}\n")
    parts += [last] if last else []
    is_test = file.endswith(_TESTS)
    read_parts = [_part(part, is_test, by_both) for part in parts]
    if any(part.error for part in read_parts):
        yield _Found(file, 0, _read(text, is_test, by_both))
        return
    before = head.count("\n")
    for part_text, part in zip(parts, read_parts, strict=True):
        yield _Found(file, before, part)
        before += part_text.count("\n")


@lru_cache(maxsize=4096)
def _part(text: str, is_test: bool, by_both: bool) -> _Part:
    """What a text says. Most blocks stand in many modules alike, many others but for plain values."""
    return _read(_VALUE.sub(r'\1"x"', text), is_test, by_both)


@lru_cache(maxsize=4096)
def _read(text: str, is_test: bool, by_both: bool) -> _Part:
    try:
        found = tokens(text)
        said = read_tests(found) if is_test else read(found)
    except NotRead as error:
        return _Part(text, error=(error.position, error.what))
    if said.heredocs:
        return _Part(text, said, foreign=(said.heredocs[0], _HEREDOC))
    if by_both and not _is_built_well(outline(found)):
        first = found.positions[found.kinds.index("id")]
        return _Part(text, said, foreign=(first, "python-hcl2 does not read this block"))
    return _Part(text, said)


@lru_cache(maxsize=4096)
def _is_built_well(text: str) -> bool:
    """Whether python-hcl2 reads a text of this outline."""
    return all(map(_is_read_by_python_hcl2, shapes(text)))


@lru_cache(maxsize=4096)
def _is_read_by_python_hcl2(text: str) -> bool:
    """Whether it does. It is slow, and takes alike what is built alike."""
    import hcl2
    from lark.exceptions import LarkError

    try:
        hcl2.parses_to_tree(text)
    except LarkError:
        return False
    return True


class _Declared:
    """What some files declare, by address, with where that is; beside what others do."""

    def __init__(self, others: Mapping[str, tuple[_Found, Place]] | None = None) -> None:
        self.places = dict(others or {})

    def add(self, found: list[_Found]) -> Iterator[Problem]:
        """Take what the files declare, and give what has been declared before."""
        for one in found:
            for place in one.part.read.declared:
                if place.address in self.places:
                    first, other = self.places[place.address]
                    where = f"{first.file}:{first.line(other.position)}"
                    what = f"`{place.address}` is declared a second time, after {where}"
                    yield Problem(one.file, one.line(place.position), what)
                self.places.setdefault(place.address, (one, place))

    def missed_by(self, found: list[_Found]) -> Iterator[Problem]:
        """References of the files to what is not declared."""
        for one in found:
            for place in one.part.read.referred:
                if place.address not in self.places:
                    what = f"`{place.address}` is not declared{_near(place.address, self.places)}"
                    yield Problem(one.file, one.line(place.position), what)

    def unused(self, found: list[_Found], *, data_sources: bool) -> Iterator[Problem]:
        """What is declared, though no other part of the files refers to it."""
        used = {
            place.address
            for one in found
            for place in one.part.read.referred
            if place.inside != place.address
        }
        kinds = ("var.", "local.", "data.") if data_sources else ("var.", "local.")
        for address, (one, place) in self.places.items():
            is_needed = address.startswith(kinds) and _IDLE.get(address, address) in self.places
            if is_needed and address not in used:
                yield Problem(
                    one.file, one.line(place.position), f"`{address}` is declared, and nothing uses it"
                )


def _near(address: str, declared: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(address, declared, n=1, cutoff=0.8)
    return f"; `{near[0]}` is" if near else ""
