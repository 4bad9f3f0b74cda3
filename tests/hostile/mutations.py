"""Specs that somebody broke: the examples with other values, keys and pieces of text in them."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests.strategies import FRAGMENTS, Data, hostile_texts
from tfgen.schema.patterns import OPERATORS
from tfgen.source import load

_SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
_TEXTS = (
    *FRAGMENTS,
    *("${var.a}", "${function.arn}", "arn:aws:sqs:eu-central-1:123456789012:q.fifo", "cron(0 8 * * ? *)"),
    *(
        "rate(5 minutes)",
        "python3.13",
        "5 minutes",
        "0x1F",
        "٣",
        "²",
        "Ⅷ",
        "\uff11\uff12",
        "\u202etxt",
    ),
    "a" * 300,
    *("2030-02-30T08:00:00Z", "at(2030-01-31T08:00:00)", "GET /{a+}/{a}", "*", "10.0.0.0/8", "::1/128"),
)
_NUMBERS = (0, -1, 1, 1.5, -0.0, 901, 2**31, 2**63, 10**400, -(10**400), 1e300, 1e-300)
#: What may stand where something else is meant.
_values: st.SearchStrategy[Any] = st.recursive(
    st.sampled_from(_TEXTS) | hostile_texts | st.sampled_from(_NUMBERS) | st.booleans() | st.none(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("type", "name", "a", "$or", "prefix", "numeric", "")), inner, max_size=3
        )
    ),
    max_leaves=6,
)


_FIELDS = st.sampled_from(("a", "$or", *OPERATORS, "", "Prefix", "prefixes"))
_ARGUMENTS = st.sampled_from((*_TEXTS[-12:], *_NUMBERS, ">", "<=", "**", "a\\\\b", True, None))
#: What may stand as an event pattern: anything that one may be made of, in any order.
patterns: st.SearchStrategy[Any] = st.recursive(
    _ARGUMENTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_FIELDS, inner, max_size=3),
    max_leaves=12,
)


@cache
def _examples() -> tuple[Data, ...]:
    return tuple(dict(load(path).data) for path in _SPECS)


def _places(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from _places(item, (*path, key))


@st.composite
def broken_data(draw: st.DrawFn) -> Data:
    """An example with a few values changed, keys renamed, and entries given twice or left out."""
    data = copy.deepcopy(draw(st.sampled_from(_examples())))
    for _ in range(draw(st.integers(1, 4))):
        places = list(_places(data))
        if not places:
            break
        *outer, last = draw(st.sampled_from(places))
        holder: Any = data
        for key in outer:
            holder = holder[key]
        kind = draw(st.integers(0, 5))
        if kind < 4:
            holder[last] = draw(_values)
        elif isinstance(holder, list) and isinstance(last, int):
            holder.append(copy.deepcopy(holder[last]))
        elif kind == 4:
            holder[draw(st.sampled_from(_TEXTS))] = holder.pop(last)
        else:
            del holder[last]
    return data


_PIECES = st.sampled_from(
    (
        *FRAGMENTS,
        "\n",
        "\n  ",
        ": ",
        "- ",
        "#",
        "# tfgen: ignore[TFG101] x\n",
        "&a ",
        "*a",
        "!!binary ",
        "<<: ",
        "{",
        "}",
    )
)


@st.composite
def broken_text(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """A text with pieces put in, cut out and doubled."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        length = draw(st.integers(0, 40))
        piece = draw(_PIECES) if draw(st.booleans()) else text[at : at + length] * 2
        text = text[:at] + piece + text[at + draw(st.integers(0, 1)) * length :]
    return text


#: The examples, broken so.
broken_texts = broken_text(st.sampled_from([path.read_text(encoding="utf-8") for path in _SPECS]))
