"""Data → YAML text, line by line, that every YAML reader takes for the same data.

What YAML 1.1 would take for something else than text, such as `no` and `0644`, stands in quotes too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

_Path = tuple[str | int, ...]

# How a text may start that is to stand without quotes, and what it may not hold.
_START = re.compile(r"[^\W_]|[_/.$^(]")
_NOT_PLAIN = re.compile(r":(?: |$)| #| $")
# What readers of YAML 1.1 or 1.2 take for something else: words; numbers, times and dates.
_WORD = re.compile(r"null|true|false|yes|no|on|off|y|n|\.inf|\.nan|\.\.\.", re.IGNORECASE)
_NUMBER_LIKE = re.compile(r"[0-9.][0-9a-fotzx_:.,+\- ]*", re.IGNORECASE)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r", "\0": "\\0"}
_LONGEST_KEY = 500  # libyaml looks 1,024 characters ahead for the colon of a key


class Line(NamedTuple):
    """A line of the text: what it begins with, a key with its colon, and a value.

    Where the value is a text of several lines, these are `following`. `path` leads to the value; it is None
    where no single value stands on the line.
    """

    start: str
    key: str = ""
    value: str = ""
    path: _Path | None = None
    following: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.start}{self.key}{' ' if self.key and self.value else ''}{self.value}"


def lines(data: Mapping[str, Any]) -> Iterator[Line]:
    """The text of some data, in block style."""
    return _node(data, (), "", "")


def _node(value: Any, path: _Path, start: str, indent: str, key: str = "") -> Iterator[Line]:
    """A value behind `start` and its key; `indent` is what further lines of the same depth begin with."""
    if not isinstance(value, dict | list) or not value:
        written, following = _leaf(value, f"{indent}  ")
        yield Line(start, key, written, path, following)
        return
    if key:
        yield Line(start, key)
        start = indent = f"{indent}  "
    if isinstance(value, dict):
        yield from _mapping(value, path, start, indent)
    else:
        yield from _list(value, path, start, indent)


def _mapping(data: Mapping[str, Any], path: _Path, start: str, indent: str) -> Iterator[Line]:
    for key, value in data.items():
        written = _text(key)
        if len(written) > _LONGEST_KEY:
            yield Line(f"{start}? ", written)
            yield from _node(value, (*path, key), f"{indent}: ", f"{indent}  ")
        else:
            yield from _node(value, (*path, key), start, indent, f"{written}:")
        start = indent


def _list(items: Sequence[Any], path: _Path, start: str, indent: str) -> Iterator[Line]:
    for index, item in enumerate(items):
        yield from _node(item, (*path, index), f"{start}- ", f"{indent}  ")
        start = indent


def _leaf(value: Any, indent: str) -> tuple[str, tuple[str, ...]]:
    """A value as it stands on its line, and the lines after that."""
    if isinstance(value, str):
        return (_block_style(value), _block(value, indent)) if _is_for_block(value) else (_text(value), ())
    if isinstance(value, dict | list):
        return ("{}" if isinstance(value, dict) else "[]"), ()
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value], ()
    # With an exponent, YAML 1.1 knows no number without a dot.
    return re.sub(r"^(-?\d+)e", r"\1.0e", repr(value)), ()


def _is_for_block(text: str) -> bool:
    """Whether a text stands better as the lines that it has."""
    first, *others = text.split("\n")
    return bool(others) and first[:1].strip() != "" and text.replace("\n", "").isprintable()


def _block_style(text: str) -> str:
    """How a block of lines says whether a line break, several or none are at its end."""
    if not text.endswith("\n"):
        return "|-"
    return "|+" if text.endswith("\n\n") else "|"


def _block(text: str, indent: str) -> tuple[str, ...]:
    return tuple(f"{indent}{line}" if line else "" for line in text.removesuffix("\n").split("\n"))


def _text(text: str) -> str:
    """A text on one line, in quotes if it needs any."""
    if not text.isprintable():
        return '"' + "".join(_ESCAPES.get(char) or _escaped(char) for char in text) + '"'
    if (
        not _START.match(text)
        or _NOT_PLAIN.search(text)
        or _WORD.fullmatch(text)
        or _NUMBER_LIKE.fullmatch(text)
    ):
        return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'
    return text


def _escaped(char: str) -> str:
    if char.isprintable():
        return char
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
