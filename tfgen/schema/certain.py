"""What was certainly meant by a wrong name or value: stricter than `nearest`, for this is written into files.

In goes what a spec says and what may stand there; out comes what was meant, or None where there is any doubt.
It is asked about mistakes alone, so a spec without any never imports this file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from fractions import Fraction

from pydantic_core import PydanticCustomError

from tfgen.diagnostics import Fix
from tfgen.schema.bounds import Bounds
from tfgen.schema.places import LONGEST_WORD, literal

_SHORT = 3  # letters of a word that another one may differ from by one letter, and mean something else
_NEAR = 2  # edits from one word to another that might have been meant as well
_LONGEST = 40  # characters of a number with its unit
_PUNCTUATION = re.compile(r"[-_ .]")
_NUMBER = re.compile(r"[-+]?[0-9]+(\.[0-9]+)?")
_PART = re.compile(r"([0-9]+(?:\.[0-9]+)?) *([a-z%]+)")
_PARTS = re.compile(rf"(?:{_PART.pattern}[ ,]*)+")

_MILLISECONDS = {"milliseconds": 1, "seconds": 1_000, "minutes": 60_000, "days": 86_400_000}
# No months and years: they differ in length, and CloudWatch Logs has its own of 30, 60, 365 and 731 days.
_TIMES = {
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), 1),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1_000),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60_000),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3_600_000),
    **dict.fromkeys(("d", "day", "days"), 86_400_000),
    **dict.fromkeys(("w", "week", "weeks"), 604_800_000),
}
# Lambda's own documents say MB and GB for what it measures as MiB and GiB.
_SIZES = {**dict.fromkeys(("m", "mb", "mi", "mib"), 1), **dict.fromkeys(("g", "gb", "gi", "gib"), 1024)}
# What others call what AWS has one name for.
_ALIASES = {"aarch64": "arm64", "amd64": "x86_64", "x64": "x86_64"}
_FLAGS = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}


def word(written: str, allowed: Iterable[str]) -> str | None:
    """The one allowed word that is the same but for case, punctuation and a plural, or but for one letter.

    Numbers are not misspelt: `python3.14` is not meant to be `python3.12`.
    """
    if len(written) > LONGEST_WORD:
        return None
    allowed = list(allowed)
    folded = _folded(written)
    if (alias := _ALIASES.get(folded)) in allowed:
        return alias
    words = {name: other for name in allowed if _digits(other := _folded(name)) == _digits(folded)}
    if folded.isdigit():
        return None
    for same in (
        [name for name, other in words.items() if other == folded],
        [name for name, other in words.items() if _singular(other) == _singular(folded)],
    ):
        if same:
            return same[0] if len(same) == 1 else None
    near = {name: edits for name, other in words.items() if (edits := _edits(folded, other)) <= _NEAR}
    name, edits = near.popitem() if len(near) == 1 else ("", _NEAR)
    return name if edits == 1 and min(len(folded), len(words[name])) > _SHORT else None


def number(bounds: Bounds, written: str) -> Fix | None:
    """The number that "30", "5 minutes" or "512 MB" is, in the unit of its place and inside its bounds."""
    said = written.strip().lower()
    found: Fraction | None = None
    if len(said) > _LONGEST:
        return None
    if _NUMBER.fullmatch(said):
        found = Fraction(said)
    elif _PARTS.fullmatch(said):
        scale = _scale(bounds.unit)
        parts = [(Fraction(count), scale.get(unit)) for count, unit in _PART.findall(said)]
        known = [count * each for count, each in parts if each is not None]
        found = sum(known, Fraction()) if len(known) == len(parts) else None
    return None if found is None else whole(bounds, found)


def whole(bounds: Bounds, value: Fraction | float) -> Fix | None:
    """A number as its place takes it: a whole one, unless the place takes others."""
    plain = int(value) if value == int(value) else float(value)
    if isinstance(plain, float) and not bounds.fraction:
        return None
    return Fix(str(plain), literal=True) if fits(bounds, plain) else None


def flag(written: str) -> Fix | None:
    """True or false where a text says that, by itself or in the words of YAML 1.1."""
    said = _FLAGS.get(written.strip().lower())
    return Fix(said, literal=True) if said else None


def fits(bounds: Bounds, value: object) -> bool:
    """Whether a value may stand at a place."""
    try:
        literal(bounds, value)
    except PydanticCustomError:
        return False
    return True


def _scale(unit: str) -> Mapping[str, Fraction]:
    """What may stand behind a number at a place with a unit, and how many of that unit it is."""
    own = {name: Fraction(1) for name in (unit, unit.removesuffix("s")) if name}
    if unit in _MILLISECONDS:
        # In days, an m may be minutes as well as months.
        times = {name: Fraction(each, _MILLISECONDS[unit]) for name, each in _TIMES.items()}
        return own | {name: each for name, each in times.items() if unit != "days" or name != "m"}
    if unit == "MiB":
        return {name: Fraction(each) for name, each in _SIZES.items()}
    return own | ({"%": Fraction(1)} if unit == "percent" else {})


def _folded(name: str) -> str:
    return _PUNCTUATION.sub("", name.casefold())


def _digits(name: str) -> str:
    return "".join(filter(str.isdigit, name))


def _singular(name: str) -> str:
    return name.removesuffix("s") if len(name) > _SHORT else name


def _edits(one: str, other: str) -> int:
    """How many letters to put in, leave out, change or swap with the next make one word of another.

    More than `_NEAR` where that is clear from their lengths.
    """
    if abs(len(one) - len(other)) > _NEAR:
        return _NEAR + 1
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        current = [row]
        for column, against in enumerate(other, 1):
            edits = min(last[column] + 1, current[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and against == one[row - 2]:
                edits = min(edits, before[column - 2] + 1)
            current.append(edits)
        before, last = last, current
    return last[-1]
