"""Python values → HCL: literals, references and quoting that no text can break out of.

`Hcl` is text that is HCL already; everything else is data and goes through `to_hcl`. What that gives need not
be laid out: `fmt()` does it with a file as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Self

from markupsafe import Markup

from tfgen.layout import fmt as fmt


class Hcl(Markup):
    """Text that is HCL: an expression, an identifier or a comment. Templates take nothing else."""

    __slots__ = ()

    @classmethod
    def escape(cls, s: object, /) -> Self:
        """Refuse what is not HCL: Markup's operators and methods put all that they join through this."""
        if isinstance(s, Hcl):
            return cls(s)
        raise TypeError(f"{s!r} is joined to HCL and has not been made Hcl")


class Ref(Hcl):
    """A reference to a variable, local, resource or data source: `var.timeout`."""

    __slots__ = ()


class Interpolation(tuple[str | Ref, ...]):
    """A quoted template: literal texts and references in order."""

    __slots__ = ()


def parts_of(value: Value) -> tuple[str | Ref, ...]:
    """A text, or what a text is made of, as the parts of a longer one."""
    if isinstance(value, Interpolation):
        return tuple(value)
    assert isinstance(value, str)
    return (value,)


Value = None | bool | int | float | str | Interpolation | Sequence["Value"] | Mapping[str, "Value"]

_WIDTH = 96  # a list that is longer on one line is broken up
_INLINE = 60  # a map in a list that is longer than this has a line for each entry
_FILLED = 12  # a list with more entries than this fills its lines
_IDENTIFIER = re.compile(r"[a-zA-Z_][a-zA-Z0-9_-]*\Z")
# Words that an unquoted object key cannot be, in one parser or another.
_KEYWORDS = frozenset({"for", "if", "in", "else", "endif", "endfor", "null", "true", "false"})


def to_hcl(value: object) -> Hcl:
    """A value as an HCL expression. Lists and maps may take several lines; `fmt()` indents them."""
    if isinstance(value, Hcl):
        return value
    if value is None:
        return Hcl("null")
    if isinstance(value, bool):
        return Hcl("true" if value else "false")
    if isinstance(value, (int, float)):
        return Hcl(repr(value))
    if isinstance(value, str):
        return Hcl(f'"{_escape(value)}"')
    if isinstance(value, Interpolation):
        return Hcl(f'"{_template(value)}"')
    if isinstance(value, Mapping):
        return _map(value)
    if isinstance(value, (list, tuple)):
        return _list(value)
    raise TypeError(f"{type(value).__name__} has no HCL form")


def comment(text: str) -> Hcl:
    """A text as comment lines; whatever would end a comment is escaped."""
    return Hcl("\n".join("# " + _UNSAFE.sub(_unicode_escape, line) for line in text.split("\n")))


def _list(values: Sequence[object]) -> Hcl:
    items = [_inline(value) or str(to_hcl(value)) for value in values]
    line = f"[{', '.join(items)}]"
    if len(line) <= _WIDTH and "\n" not in line:
        return Hcl(line)
    if len(items) <= _FILLED:
        return Hcl("[\n" + "".join(f"{item},\n" for item in items) + "]")
    lines = [""]
    for item in items:
        if len(lines[-1]) + len(item) + 2 > _WIDTH:
            lines.append("")
        lines[-1] += f"{item}, "
    return Hcl("[\n" + "\n".join(line.rstrip() for line in lines) + "\n]")


def _inline(value: object) -> str | None:
    """A small map of single values on one line, for a list of them."""
    if not isinstance(value, Mapping) or not value:
        return None
    entries = [f"{_key(key)} = {_inline(item) or to_hcl(item)}" for key, item in value.items()]
    line = f"{{ {', '.join(entries)} }}"
    return line if len(line) <= _INLINE and "\n" not in line else None


def _map(values: Mapping[str, object]) -> Hcl:
    if not values:
        return Hcl("{}")
    return Hcl("{\n" + "".join(f"{_key(key)} = {to_hcl(value)}\n" for key, value in values.items()) + "}")


def _key(key: str) -> str:
    if _IDENTIFIER.match(key) and key not in _KEYWORDS:
        return key
    # Aligning `=` takes a key's width in columns, which is certain only for plain letters; the rest is
    # escaped, in keys alone.
    return f'"{_WIDE.sub(_unicode_escape, _escape(key))}"'


# Quoting ---------------------------------------------------------------------------------------------

_PLAIN = re.compile(r"[ !#-$&-\[\]-~]*\Z")  # printable ASCII without `"`, `\` and `%`
# Not to be seen, or seen in another order than read: controls, marks for direction and joining, tags.
_UNSAFE = re.compile(
    "[\\x00-\\x1f\\x7f-\\x9f\\xad\\u061c\\u180e\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f"
    "\\ufeff\\ufff0-\\uffff\\ud800-\\udfff\\U000e0000-\\U0010ffff]"
)
_WIDE = re.compile("[^\\x00-\\u02ff]")
_MARKER = re.compile(r"([$%])\{")
_CLOSED = re.compile(r'[^{}"\\$%]*\}')
_SHORT = {"\n": r"\n", "\r": r"\r", "\t": r"\t", '"': r"\"", "\\": r"\\"}
_QUOTED = re.compile(r'[\\"]')


def _escape(text: str) -> str:
    """The inside of a quoted literal."""
    if _PLAIN.match(text) and "${" not in text:
        return text
    text = _QUOTED.sub(lambda match: _SHORT[match[0]], text)
    text = _UNSAFE.sub(lambda match: _SHORT.get(match[0]) or _unicode_escape(match), text)
    return _MARKER.sub(lambda match: _escape_marker(text, match), text)


def _escape_marker(text: str, match: re.Match[str]) -> str:
    """`$${` where every parser reads it so, else the sign as an escape.

    Terraform takes `$${` anywhere, python-hcl2 only with its closing brace; and after another sign of
    its kind it would read as `$` and an escape that is not there.
    """
    sign, start = match[1], match.start()
    after_sign = start > 0 and text[start - 1] == sign
    closed = _CLOSED.match(text, match.end())
    if closed and not after_sign:
        return f"{sign}{sign}{{"
    return f"\\u{ord(sign):04x}{{"


def _unicode_escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _template(parts: Interpolation) -> str:
    text = ""
    for are_references, group in groupby(parts, lambda part: isinstance(part, Ref)):
        if are_references:
            # A "$" right before "${" would make it an escape.
            text = text[:-1] + "\\u0024" if text.endswith("$") else text
            text += "".join(f"${{{reference}}}" for reference in group)
        else:
            text += _escape("".join(group))  # as one: "$" and "{" of two texts would be an interpolation
    return text
