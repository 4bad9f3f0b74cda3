"""The tokens of a text → texts that are built like its parts, to be read by a slow parser once each.

In a shape all names, texts and numbers are alike. What is in braces, brackets and parentheses is a shape of
its own, so are the values of arguments, and what is alike in a list is there once: the few shapes that there
are soon have all been read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tfgen.verify.tokens import Tokens

_KEPT = frozenset({"for", "for_each", "if", "in", "else", "endif", "endfor", "null", "true", "false", '""'})
_ALIKE = {"id": "x", "str": '"x"', "num": "1", "nl": "\n", "chunk": "x", "%{": "%{"}
_CLOSED_BY = {"": "", "{": "}", "[": "]", "(": ")", "${": '}"', "${~": '}"', "%{": "}"}
_BRACKETS = frozenset("{}[]()") | {"${", "${~", "%{"}
# How a word ends that an index stands behind, a call's arguments, or a block's body.
_VALUE = ("x", '"', "1", "*", "}", ")", "]")
# What python-hcl2 wants no space in.
_JOINED = {" . ": ".", " :: ": "::", " [1]": "[1]", " ()": "()"}
_DOTTED = re.compile(r"\bx(?: \. x)+")
_LINE = re.compile(r'^(x|"x") = ([^\n]*?)( ,)?$', re.MULTILINE)
_LISTED = re.compile(r'((?:"x"|x(?:\.x)?|1|x \(\)|\{\}) , )\1+')


class _Group(NamedTuple):
    """What is in brackets, as far as it was read: the bracket, what stands before it in a shape, and in its
    place in the shape around."""

    opened: str
    before: str
    instead: str
    words: list[str]


def outline(found: Tokens) -> str:
    """A text as words with a space between, of which all that name or say something are alike."""
    pairs = zip(found.kinds[:-1], found.texts[:-1], strict=True)
    return _DOTTED.sub(
        "x.x", " ".join([said if said in _KEPT else _ALIKE.get(kind, said) for kind, said in pairs])
    )


def shapes(text: str) -> Iterator[str]:
    """The shapes in an outline whose brackets match."""
    words = text.split(" ")
    groups = [_Group("", "", "", [])]
    after = 0
    for index in [index for index, word in enumerate(words) if word in _BRACKETS]:
        word, around = words[index], groups[-1].words
        around += words[after:index]
        after = index + 1
        if word in _CLOSED_BY:
            groups.append(_group(word, is_behind=bool(around) and around[-1].endswith(_VALUE)))
            continue
        group = groups.pop()
        if group.opened == "%{":
            groups[-1].words.extend(("%{", *group.words, "}"))
        else:
            yield from _shapes_of(group)
            groups[-1].words.append(group.instead)
    groups[0].words.extend(words[after:])
    yield from _shapes_of(groups[0])


def _group(opened: str, *, is_behind: bool) -> _Group:
    if opened.startswith("${"):
        return _Group(opened, 'x = "', "${x}", [])
    if opened == "{":
        return _Group(opened, "x " if is_behind else "x = ", "{}", [])
    instead = {"(": "()", "[": "[1]"} if is_behind else {"(": "(x)", "[": "[x]"}
    return _Group(opened, "x = x" if is_behind else "x = ", instead.get(opened, ""), [])


def _shapes_of(group: _Group) -> Iterator[str]:
    text = " ".join(group.words)
    for apart, joined in _JOINED.items():
        text = text.replace(apart, joined)
    lines = [line.strip() for line in text.split("\n")]
    is_for = any(line.startswith("for ") for line in lines[:2])
    inner = "\n".join([line for index, line in enumerate(lines) if line or index in {0, len(lines) - 1}])
    if group.opened in {"", "{"} and len(lines) > 1 and not is_for:
        for line in _LINE.finditer(inner):
            yield f"x = {line[2]}\n"
        inner = "\n".join(dict.fromkeys(_LINE.sub(r"\1 = 1\3", inner).split("\n")))
        inner = f"{inner}\n" if group.opened else inner
    elif not is_for:
        inner = _LISTED.sub(r"\1", inner)
    yield f"{group.before}{group.opened}{inner}{_CLOSED_BY[group.opened]}\n"
