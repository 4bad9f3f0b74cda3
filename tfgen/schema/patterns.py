"""Event patterns: what EventBridge, Lambda and SNS hold events to, as YAML has it.

A pattern goes in; out comes what these services would refuse, and which of its operators their guides do not
list. All three read patterns with Event Ruler (github.com/aws/event-ruler), so that what is refused is what
its JsonRuleCompiler refuses. An expression within a pattern is a text that only the caller knows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tfgen.diagnostics import DataPath
from tfgen.expressions import Template
from tfgen.schema.places import nearest, show, written


class Wrong(NamedTuple):
    """What is wrong at a place of a pattern, in words that follow the place's name, and what to do.

    `meant` is the key that would certainly be right there.
    """

    loc: DataPath
    what: str
    hint: str
    meant: str | None = None


Found = Iterator[Wrong]
_Check = Callable[[Any, DataPath], Found]

_OR = "$or"
_FOLDED = "equals-ignore-case"
_COMPARISONS = ("=", "<", "<=", ">", ">=")
_RANGE = 'write a comparison, [">", 0], or a range, [">", 0, "<=", 5]'
_LARGEST = 5_000_000_000  # on both sides of 0: the user guide, "Numeric matching"


def mistakes(pattern: object, loc: DataPath = ()) -> Found:
    """What none would take: a pattern is mappings down to lists of values and operators, or for `$or` of
    patterns."""
    if isinstance(pattern, Mapping):
        if not pattern:
            yield Wrong(loc, "is empty", "say what must match, or leave it out")
        for key, value in pattern.items():
            if key == _OR and _is_choice(value):
                yield from _choice(value, (*loc, key))
            elif key in OPERATORS and not _is_list(value) and not isinstance(value, Mapping):
                what = f"has the operator `{key}`, which stands in a list"
                yield Wrong(loc, what, f"write [{{{key}: {written(value)}}}]")
            else:
                yield from mistakes(value, (*loc, key))
    elif _is_list(pattern):
        yield from _values(pattern, loc)
    else:
        hint = f"in a pattern, write a list of what matches: [{written(pattern)}]"
        yield Wrong(loc, "is a single value", hint)


def _is_list(value: object) -> bool:
    return isinstance(value, (tuple, list))


def _is_choice(value: object) -> bool:
    """Whether the value of `$or` is a list of patterns, and not a field's with operators."""
    return (
        isinstance(value, (tuple, list))
        and bool(value)
        and all(isinstance(one, Mapping) and OPERATORS.keys().isdisjoint(one) for one in value)
    )


def _choice(patterns: Sequence[object], loc: DataPath) -> Found:
    if len(patterns) < 2:
        yield Wrong(loc, "has one pattern", "list two or more, of which one must match")
    for index, one in enumerate(patterns):
        yield from mistakes(one, (*loc, index))


def _values(values: Any, loc: DataPath) -> Found:
    """What a field may be: values, and operators with what they compare with."""
    if not values:
        yield Wrong(loc, "is an empty list", "list the values that match")
    elif any(map(_is_list, values)):
        yield Wrong(loc, "is a list of lists", "list the values themselves")
    for index, value in enumerate(values):
        if isinstance(value, Mapping):
            yield from _operator(value, (*loc, index))


def _operator(given: Mapping[str, object], loc: DataPath) -> Found:
    if len(given) != 1:
        what = "has no operator" if not given else f"has {len(given)} operators"
        yield Wrong(loc, what, "write one, and each further one as an entry of the list: `- {prefix: TEXT}`")
        return
    ((name, argument),) = given.items()
    check = OPERATORS.get(name)
    if check is not None:
        yield from check(argument, (*loc, name))
        return
    from tfgen.schema.certain import word  # here, since a pattern without mistakes needs none of this

    certain = word(name, _LISTED)
    near = certain or nearest(name, _LISTED)
    if near is None and (isinstance(argument, Mapping) or _is_list(argument)):
        hint = "a field within is matched by a mapping, not by a list"
    else:
        hint = (f"did you mean `{near}`? " if near else "") + f"the operators are {', '.join(_LISTED)}"
    yield Wrong((*loc, name, "[key]"), "is no operator", hint, certain)


# Each operator's argument ----------------------------------------------------------------------------


def _is_text(value: object) -> bool:
    return isinstance(value, (str, Template))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _text(argument: object, loc: DataPath) -> Found:
    if not _is_text(argument):
        yield Wrong(loc, "must be a text", "quote it, or write a text")


def _end(argument: object, loc: DataPath) -> Found:
    """What a text begins or ends with, which may be held to it without case."""
    if isinstance(argument, Mapping):
        if list(argument) != [_FOLDED]:
            yield Wrong(loc, "must be a text", f"write a text, or {{{_FOLDED}: TEXT}}")
        else:
            yield from _text(argument[_FOLDED], (*loc, _FOLDED))
    else:
        yield from _text(argument, loc)


def _flag(argument: object, loc: DataPath) -> Found:
    if not isinstance(argument, bool):
        yield Wrong(loc, "must be true or false", "write true or false without quotes")


def _wildcard(argument: object, loc: DataPath) -> Found:
    yield from _text(argument, loc)
    if isinstance(argument, str):
        unescaped = re.sub(r"\\[*\\]", ".", argument)
        if "**" in unescaped:
            yield Wrong(loc, f"is {show(argument)}, with two wildcards in a row", "write one `*`")
        if "\\" in unescaped:
            hint = r"write `\*` for a star and `\\` for a backslash"
            yield Wrong(loc, f"is {show(argument)}, with a backslash before another character", hint)


def _cidr(argument: object, loc: DataPath) -> Found:
    yield from _text(argument, loc)
    if isinstance(argument, str) and not _is_block(argument):
        hint = "write an address and a count of bits: 10.0.0.0/24"
        yield Wrong(loc, f"is {show(argument)}, which is no block of addresses", hint)


def _is_block(text: str) -> bool:
    from ipaddress import ip_network  # here, since few patterns have addresses

    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return text.partition("/")[2].isdecimal()


def _numeric(argument: object, loc: DataPath) -> Found:
    if not isinstance(argument, (tuple, list)) or len(argument) not in {2, 4}:
        what = f"has {len(argument)} entries" if isinstance(argument, (tuple, list)) else "must be a list"
        yield Wrong(loc, what, _RANGE)
        return
    wrong = [one for index, part in enumerate(argument) for one in _part(part, index, (*loc, index))]
    yield from wrong
    if wrong or len(argument) == 2 or any(isinstance(part, Template) for part in argument):
        return
    low, bottom, high, top = argument
    if not (low.startswith(">") and high.startswith("<")):
        yield Wrong(loc, "is no range", _RANGE)
    elif bottom >= top:
        yield Wrong(loc, f"is a range from {bottom} to {top}", "write the smaller number first")


def _part(part: object, index: int, loc: DataPath) -> Found:
    """A part of a comparison: its signs and its numbers take turns."""
    if index % 2 == 0:
        if not isinstance(part, Template) and part not in _COMPARISONS:
            yield Wrong(
                loc, f"is {show(part)}, which is no comparison", f"allowed: {', '.join(_COMPARISONS)}"
            )
    elif not _is_number(part):
        text = "an expression is a text here" if isinstance(part, Template) else "write it without quotes"
        yield Wrong(loc, "must be a number", text)
    elif abs(part) > _LARGEST:  # type: ignore[arg-type]  # a number
        yield Wrong(loc, f"is {part}", f"it may be {-_LARGEST} to {_LARGEST}")


def _anything_but(argument: object, loc: DataPath) -> Found:
    if isinstance(argument, Mapping):
        yield from _nothing_like(argument, loc)
    elif isinstance(argument, (tuple, list)):
        others = [index for index, one in enumerate(argument) if not _is_text(one) and not _is_number(one)]
        for index in others:
            yield Wrong((*loc, index), "must be a text or a number", "operators stand outside of the list")
        if not argument:
            yield Wrong(loc, "is an empty list", "list what does not match")
        elif not others and len({_is_text(one) for one in argument}) > 1:
            yield Wrong(
                loc, "mixes texts and numbers", "write an entry for each: texts in one, numbers in one"
            )
    elif not _is_text(argument) and not _is_number(argument):
        yield Wrong(loc, "must be a text, a number or a list of either", "write what does not match")


def _nothing_like(argument: Mapping[str, object], loc: DataPath) -> Found:
    """What `anything-but` may be about beside values: an operator with a text or a list of texts."""
    name = next(iter(argument), "")
    if len(argument) != 1 or name not in _BUT:
        what = f"has `{name}`, which it is not for" if len(argument) == 1 else "must have one operator"
        yield Wrong(loc, what, f"write one of {', '.join(_BUT)}, or the values themselves")
        return
    texts = argument[name]
    listed: Any = enumerate(texts) if isinstance(texts, (tuple, list)) else [(None, texts)]
    for index, text in listed:
        where = (*loc, name) if index is None else (*loc, name, index)
        yield from _wildcard(text, where) if name == "wildcard" else _text(text, where)
        if text == "" and name in {"prefix", "suffix"}:
            yield Wrong(where, "is empty", "write at least one character")


#: Each operator, and what holds its argument. `exactly` is in none of the guides.
OPERATORS: Mapping[str, _Check] = {
    "anything-but": _anything_but,
    "cidr": _cidr,
    _FOLDED: _text,
    "exactly": _text,
    "exists": _flag,
    "numeric": _numeric,
    "prefix": _end,
    "suffix": _end,
    "wildcard": _wildcard,
}
_LISTED = tuple(name for name in OPERATORS if name != "exactly")
_BUT = ("prefix", "suffix", _FOLDED, "wildcard")

# What the guides list ---------------------------------------------------------------------------------

_EVERYWHERE = {"prefix", "suffix", _FOLDED, "exists", "numeric", "anything-but"}
#: What each service's guide lists, with what stands within an operator after a colon.
DOCUMENTED: Mapping[str, frozenset[str]] = {
    # EventBridge's user guide, "Comparison operators for use in event patterns".
    "EventBridge": frozenset(
        (*_LISTED, f"prefix: {_FOLDED}", f"suffix: {_FOLDED}", *(f"anything-but: {name}" for name in _BUT))
    ),
    # Lambda's developer guide, "Filter rule syntax".
    "Lambda": frozenset(_EVERYWHERE),
    # SNS's developer guide, "String value matching" and "Numeric value matching".
    "SNS": frozenset((*_EVERYWHERE, "cidr", "anything-but: prefix", "anything-but: suffix")),
}


def doubts(pattern: object, service: str, loc: DataPath = ()) -> Found:
    """What of a pattern without mistakes the service does not list, or reads otherwise than it looks."""
    if not isinstance(pattern, Mapping):
        return
    for key, value in pattern.items():
        if isinstance(value, Mapping):
            yield from doubts(value, service, (*loc, key))
        elif key == _OR and _is_choice(value):
            for index, one in enumerate(value):
                yield from doubts(one, service, (*loc, key, index))
        elif key in OPERATORS:
            hint = f"to compare with it, write [{{{key}: …}}]"
            yield Wrong((*loc, key), f"`{key}` is a field's name here, no operator", hint)
        else:
            for index, given in enumerate(value):
                if isinstance(given, Mapping):
                    yield from _undocumented(given, service, (*loc, key, index))


def _undocumented(given: Mapping[str, object], service: str, loc: DataPath) -> Found:
    ((name, argument),) = given.items()
    used = f"{name}: {next(iter(argument))}" if isinstance(argument, Mapping) else name
    if used not in DOCUMENTED[service]:
        listed = ", ".join(name for name in _LISTED if name in DOCUMENTED[service])
        hint = f"{service}'s guide lists {listed}; let the function decide, or try it first"
        yield Wrong((*loc, name), f"`{used}` is no operator that {service} documents", hint)
