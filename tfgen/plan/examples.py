"""Bounds → a value that the place takes, and one that it does not, for a module's own tests."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from tfgen.hcl import Hcl, Value
from tfgen.schema.bounds import FUNCTION_REGION, PARTITION, Bounds
from tfgen.schema.bounds import REGION as _REGION_PATTERN

REGION = "eu-central-1"
#: An account's number as AWS's own documents write it.
ACCOUNT = "123456789012"
_WORD = "example"
_NEWEST = "provided.al2023"  # of all runtimes the one that every provider knows, and that stays longest
_NUMBER = 100  # a number that most places take
_READABLE = 256  # characters; a text that is too long for a place is no longer than this
_PART = re.compile(
    r"(?P<escaped>\\.)|\[(?P<but>\^?)(?P<signs>(?:\\.|[^\]\\])+)\]|(?P<open>\()|(?P<either>\|)|(?P<close>\))"
    r"|(?P<any>\.)|(?P<anchor>[\^$])|(?P<sign>[^\\])"
)
_MOMENT = "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}"
_TIMES = re.compile(r"\*|\+|\?|\{([0-9]+)(?:,[0-9]*)?\}")
# What patterns are made of that a reader knows.
_KNOWN = {
    PARTITION: "aws",
    _REGION_PATTERN: REGION,
    FUNCTION_REGION: REGION,
    "[0-9]{12}": ACCOUNT,
    _MOMENT: "2030-01-31T08:00:00",
}
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "v": "\v"}


def example(bounds: Bounds, name: str = _WORD) -> Value:
    """A value that a place takes, as a reader would expect one there, with a name in it where that may be."""
    if bounds.choices:
        return _NEWEST if _NEWEST in bounds.choices else bounds.choices[0]
    if bounds.type == "number":
        low, high = bounds.minimum or 0, bounds.maximum
        return low if bounds.fraction else max(low, min(_NUMBER, high or _NUMBER))
    if bounds.type == "bool":
        return True
    if bounds.type.startswith("map"):
        return {}
    if bounds.items is not None and bounds.type == "list(string)":
        return [example(bounds.items, name)] * max(bounds.minimum or 0, 1)
    text = next(texts_of(bounds))
    of_name = (name, text.replace(_WORD, name))
    return next((one for one in of_name if takes(bounds, one)), text[: bounds.maximum])


def texts_of(bounds: Bounds) -> Iterator[str]:
    """Texts that a place takes: with the first alternatives of its pattern, the second ones, and so on."""
    pattern = bounds.pattern or _WORD
    return (_matching(pattern, choice) for choice in range(pattern.count("|") + 1))


@cache
def wrong(bounds: Bounds) -> Value | None:
    """A value of the place's type that it does not take; None where it takes all but very long ones."""
    if bounds.choices:
        return "wrong" if isinstance(bounds.choices[0], str) else max(map(int, bounds.choices)) + 1
    if bounds.type == "number":
        if bounds.minimum is not None:
            return bounds.minimum - 1 - (bounds.also == bounds.minimum - 1)
        return None if bounds.maximum is None else bounds.maximum + 1
    if bounds.type == "list(string)":
        return _wrong_list(bounds)
    if bounds.type == "string":
        return next((text for text in _texts(bounds) if not takes(bounds, text)), None)
    return None


def _wrong_list(bounds: Bounds) -> Value | None:
    if bounds.minimum:
        return []
    item = wrong(bounds.items) if bounds.items is not None else None
    return None if item is None else [item]


def _texts(bounds: Bounds) -> Iterator[Value]:
    yield from ("wrong", "not right", "", "/", "é")
    if bounds.maximum is not None and bounds.maximum < _READABLE:
        # In HCL, since nobody wants to count a text's letters.
        yield Hcl(f'format("%0{bounds.maximum + 1}d", 0)')


def takes(bounds: Bounds, text: Value) -> bool:
    """Whether a text is within a place's bounds; one that only Terraform knows is not."""
    if not isinstance(text, str) or isinstance(text, Hcl):
        return False
    if not (bounds.minimum or 0) <= len(text) <= (bounds.maximum or len(text)):
        return False
    return bounds.regex is None or bounds.regex.match(text) is not None


# Patterns: the bounds table keeps to what Python, Terraform and ECMAScript read alike ------------------


@lru_cache(maxsize=256)
def _matching(pattern: str, choice: int) -> str:
    """A text that a pattern matches: of alternatives that one, and words where there may be any."""
    for known, text in _KNOWN.items():
        pattern = pattern.replace(known, text)
    return _Sampler(pattern, choice).text()


class _Sampler:
    """Reads a pattern once, from left to right, and writes what matches."""

    def __init__(self, pattern: str, choice: int) -> None:
        self.pattern = pattern
        self.choice = choice
        self.at = 0

    def text(self) -> str:
        """What matches up to the end, or to the bracket that closes this group."""
        written = [""]
        while self.at < len(self.pattern):
            part = _PART.match(self.pattern, self.at)
            assert part is not None
            self.at = part.end()
            if part["close"]:
                break
            if part["either"]:
                written.append("")
            else:
                written[-1] += self._times(self._one(part), is_group=part["open"] is not None)
        return written[min(self.choice, len(written) - 1)]

    def _one(self, part: re.Match[str]) -> str:
        """What matches one part of a pattern; the word where that may be any letters."""
        if part["open"]:
            return self.text()
        if part["escaped"]:
            return _ESCAPED.get(part[0][1], part[0][1])
        if part["any"]:
            return _WORD
        if part["signs"]:
            return self._of_class(part["signs"], is_other=bool(part["but"]))
        return "" if part["anchor"] else part[0]

    def _of_class(self, signs: str, *, is_other: bool) -> str:
        of_class = re.compile(f"[{'^' if is_other else ''}{signs}]")
        if _TIMES.match(self.pattern, self.at) and all(map(of_class.match, _WORD)):
            return _WORD
        return next(
            sign for sign in ("1", "a", "A", *map(chr, range(ord(" "), ord("~") + 1))) if of_class.match(sign)
        )

    def _times(self, one: str, *, is_group: bool) -> str:
        """As often as the pattern asks for: words once, what is in brackets only if it must be there."""
        times = _TIMES.match(self.pattern, self.at)
        if times is None:
            return one
        self.at = times.end()
        if times[1] is not None:
            count = max(int(times[1]), len(one)) if "," in times[0] and one == _WORD else int(times[1])
            return (one * count)[:count] if one == _WORD else one * count
        is_left_out = is_group if times[0] == "?" else times[0] == "*" and one != _WORD
        return "" if is_left_out else one
