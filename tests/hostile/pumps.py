"""Texts that a regular expression takes long for, if it takes the square of their length or more: for each of
its repetitions what leads there, what is repeated many times, and an end that does not fit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

_parser: Any = re._parser  # the tree of a pattern, which nothing public gives
_REPEATS = ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT")
_ENDS = ("\n", "\0", "!", "")
_CATEGORIES = {"CATEGORY_DIGIT": "7", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "w"}
_FEW = 4  # forms of each part, of which any may be the slow one


def pumped(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of about that length that a pattern may be slow for."""
    tree = list(_parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE & ~re.DEBUG))
    told = set()
    ends = (*_ENDS, *_refused(tree))
    for before, body in _repeats(tree, ""):
        for unit in body:
            for end in ends:
                text = before + unit * (length // max(len(unit), 1)) + end
                if unit and text not in told:
                    told.add(text)
                    yield text


def _repeats(tree: Sequence[Any], before: str) -> Iterator[tuple[str, list[str]]]:
    """The repetitions in a pattern: a text that leads to each, and texts that it repeats."""
    for operation, argument in tree:
        name = str(operation)
        for part in _parts(name, argument):
            yield from _repeats(part, before)
        if name in _REPEATS and (argument[1] is _parser.MAXREPEAT or argument[1] > 20):
            units = list(_forms(list(argument[2])))
            yield before, [*units, *(one + other for one in units for other in units if one != other)]
        before += next(iter(_form(name, argument)), "")


def _refused(tree: Sequence[Any]) -> Iterator[str]:
    """The characters that a pattern names to refuse them."""
    for operation, argument in tree:
        if str(operation) == "NOT_LITERAL":
            yield chr(argument)
        if str(operation) == "IN" and str(argument[0][0]) == "NEGATE":
            yield from (chr(value) for kind, value in argument[1:] if str(kind) == "LITERAL")
        for part in _parts(str(operation), argument):
            yield from _refused(part)


def _parts(name: str, argument: Any) -> Iterator[Sequence[Any]]:
    """The patterns in a part of a pattern."""
    if name in _REPEATS:
        yield list(argument[2])
    elif name == "SUBPATTERN":
        yield list(argument[3])
    elif name == "BRANCH":
        yield from map(list, argument[1])
    elif name == "ATOMIC_GROUP":
        yield list(argument)


def _forms(tree: Sequence[Any]) -> Iterator[str]:
    """Some texts that a pattern fits: each form of one part with the first ones of all others."""
    forms = [list(islice(_form(str(operation), argument), _FEW)) or [""] for operation, argument in tree]
    yield "".join(form[0] for form in forms)
    for index, each in enumerate(forms):
        for one in each[1:]:
            yield "".join(one if place == index else form[0] for place, form in enumerate(forms))


def _form(name: str, argument: Any) -> Iterator[str]:
    """Some texts that a part of a pattern fits."""
    if name == "LITERAL":
        yield chr(argument)
    elif name in {"ANY", "NOT_LITERAL"}:
        yield from (sign for sign in "a*:/. " if name == "ANY" or sign != chr(argument))
    elif name == "IN":
        yield from _signs(argument)
    elif name == "CATEGORY":
        yield _CATEGORIES.get(str(argument), "-")
    elif name in _REPEATS:
        low, _, part = argument
        yield from (form * max(low, 1) for form in _forms(list(part)))
        if low == 0:
            yield ""
    else:
        for part in _parts(name, argument):
            yield from islice(_forms(part), _FEW)


def _signs(members: Sequence[Any]) -> Iterator[str]:
    """Some of the characters of a class."""
    kinds = [(str(kind), member) for kind, member in members]
    if kinds[0][0] == "NEGATE":
        refused = re.compile("[" + "".join(map(_written, kinds[1:])) + "]")
        yield from (sign for sign in "a*:/.-_ 7A\t=\u00e9" if not refused.match(sign))
        return
    for kind, member in kinds:
        if kind == "RANGE":
            yield chr(member[0])
        elif kind == "CATEGORY":
            yield _CATEGORIES.get(str(member), "-")
        else:
            yield chr(member)


def _written(member: tuple[str, Any]) -> str:
    kind, value = member
    if kind == "RANGE":
        return f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
    if kind == "CATEGORY":
        classes = {"CATEGORY_DIGIT": r"\d", "CATEGORY_SPACE": r"\s", "CATEGORY_WORD": r"\w"}
        return classes.get(str(value), classes[str(value).replace("NOT_", "")].upper())
    return re.escape(chr(value))
