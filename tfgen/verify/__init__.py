"""The files of a module → what is wrong with them that Terraform would find, without Terraform.

Each file is read by python-hcl2 and by a parser of ours, which is stricter and knows what a reference is.
Blocks are looked at one by one, and what is alike in many modules is looked at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from tfgen.verify.blocks import Read, read
from tfgen.verify.expressions import Place
from tfgen.verify.tokens import NotRead, shape, tokens

# Every module has all input variables of the interface, also one that is of no use without this.
_IDLE = {"var.log_retention_in_days": "aws_cloudwatch_log_group.this"}


class Problem(NamedTuple):
    """Something that is wrong: in which file and line, counted from 1, and what."""

    file: str
    line: int
    what: str


class _Part(NamedTuple):
    """What a part of a file says. With an `error`, nothing else is known."""

    read: Read
    error: tuple[int, str] | None = None


class _Found(NamedTuple):
    """A part with where it stands: its file, how many lines are before it, and its text."""

    file: str
    before: int
    text: str
    part: _Part

    def line(self, position: int) -> int:
        return self.before + self.text.count("\n", 0, position) + 1


def verify(files: Mapping[str, str]) -> list[Problem]:
    """What is wrong with a module's `.tf` files, given as name to text: what is not HCL; addresses and
    arguments that are given twice; references to what is not declared; variables and locals without use.
    """
    found = [part for name, text in files.items() if name.endswith(".tf") for part in _parts(name, text)]
    unread = [Problem(one.file, one.line(error[0]), error[1]) for one in found if (error := one.part.error)]
    if unread:
        return unread  # what else is missing may only be missing there
    problems = [
        Problem(one.file, one.line(position), what) for one in found for position, what in one.part.read.wrong
    ]
    return sorted([*problems, *_between(found)])


def _parts(file: str, text: str) -> Iterator[_Found]:
    """A file block by block, as far as `terraform fmt` lays it out; or as a whole, if it has an error."""
    parts = [f"{part}\n}}\n" for part in text.split("\n}\n")]
    last = parts.pop().removesuffix("\n}\n")
    parts += [last] if last else []
    read_parts = [_part(part) for part in parts]
    if any(part.error for part in read_parts):
        yield _Found(file, 0, text, _part(text))
        return
    before = 0
    for part_text, part in zip(parts, read_parts, strict=True):
        yield _Found(file, before, part_text, part)
        before += part_text.count("\n")


@lru_cache(maxsize=4096)
def _part(text: str) -> _Part:
    """What a text says. Most blocks stand in many modules alike."""
    nothing = Read((), (), ())
    try:
        found = tokens(text)
        said = read(found)
    except NotRead as error:
        return _Part(nothing, (error.position, error.what))
    if not _is_read_by_python_hcl2(shape(text, found)):
        first = found.positions[found.kinds.index("id")]
        return _Part(nothing, (first, "python-hcl2 does not read this block"))
    return _Part(said)


@lru_cache(maxsize=4096)
def _is_read_by_python_hcl2(text: str) -> bool:
    """Whether it does. It is slow, and takes blocks alike that are built alike."""
    import hcl2
    from lark.exceptions import LarkError

    try:
        hcl2.parses_to_tree(text)
    except LarkError:
        return False
    return True


def _between(found: list[_Found]) -> Iterator[Problem]:
    """What is wrong between blocks: two of one address, references to none, and what nobody refers to."""
    declared: dict[str, tuple[_Found, Place]] = {}
    for one in found:
        for place in one.part.read.declared:
            if place.address in declared:
                first, other = declared[place.address]
                where = f"{first.file}:{first.line(other.position)}"
                what = f"`{place.address}` is declared a second time, after {where}"
                yield Problem(one.file, one.line(place.position), what)
            declared.setdefault(place.address, (one, place))
    used: set[str] = set()
    for one in found:
        for place in one.part.read.referred:
            if place.address not in declared:
                what = f"`{place.address}` is not declared{_near(place.address, declared)}"
                yield Problem(one.file, one.line(place.position), what)
            elif place.inside != place.address:
                used.add(place.address)
    for address, (one, place) in declared.items():
        is_needed = address.startswith(("var.", "local.")) and _IDLE.get(address, address) in declared
        if is_needed and address not in used:
            yield Problem(one.file, one.line(place.position), f"`{address}` is declared, and nothing uses it")


def _near(address: str, declared: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(address, declared, n=1, cutoff=0.8)
    return f"; `{near[0]}` is" if near else ""
