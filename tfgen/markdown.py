"""Text → Markdown that shows it as it is, whatever it holds. `Md` is to the README what `Hcl` is to .tf."""

from __future__ import annotations

import re
from functools import lru_cache

from markupsafe import Markup

# `_` within a word, and signs that mean something only at a line's start, are left as they are.
_SPECIAL = re.compile(r"([\\`*\[\]|~$]|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9]))")
_AT_START = re.compile(r"^(\d*)([-+#=>.)])")
# What cannot be seen, or turns the direction of what can.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_LINE_BREAK = re.compile("[\n\r\x85\u2028\u2029]")
# What starts or ends something there, formulas ($$) and icons (fa:fa-car) included.
_READ_BY_MERMAID = re.compile(r"[#\"'`{}<>&\\;|\[\]()%]|\$(?=\$)|:(?=fa-)")
_BACKTICKS = re.compile(r"`+")
_FENCE = re.compile("`{3,}")


class Md(Markup):
    """Text that is Markdown."""

    __slots__ = ()


def visible(text: str) -> str:
    """Text on one line, with the number of each character that nobody sees in its place."""
    return _seen(_on_one_line(text))


def _seen(text: str) -> str:
    return _UNSEEN.sub(lambda match: f"U+{ord(match[0]):04X}", text)


def _on_one_line(text: str) -> str:
    """A text with a space for each line break and the white space around it."""
    first, *others = _LINE_BREAK.split(text)
    if not others:
        return text
    *between, last = map(str.lstrip, others)
    return " ".join((first.rstrip(), *filter(None, map(str.rstrip, between)), last))


@lru_cache(maxsize=1024)
def md(text: str) -> Md:
    """Running text on one line, fit for a table."""
    text = visible(text).lstrip()  # blanks at a line's start could make code, or hide what starts a list
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return Md(_AT_START.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text)))


@lru_cache(maxsize=1024)
def code(text: str) -> Md:
    """A code span on one line, fit for a table."""
    text = visible(text).replace("|", r"\|")
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if longest else ""
    return Md(f"{fence}{padding}{text}{padding}{fence}")


def fenced(text: str) -> Md:
    """Lines inside a code block fenced by three backticks, which they cannot end."""
    return Md(_FENCE.sub(lambda match: " ".join(match[0]), _seen(text)))


def mermaid(text: str) -> Md:
    """A quoted label of a Mermaid diagram, as character entities where Mermaid would read more into it."""
    return Md(_READ_BY_MERMAID.sub(lambda match: f"#{ord(match[0])};", visible(text)))
