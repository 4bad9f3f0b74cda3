"""No regular expression that a spec's text is held to takes the square of its length."""

from __future__ import annotations

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

import pytest

import tfgen
from tests.hostile.pumps import pumped
from tfgen.schema.bounds import Bounds
from tfgen.spec.rules.environment import FORMATS

_LENGTH = 6_000  # characters, where there is no limit to them
# Of processor time, for all texts of one pattern: they take some hundredths, and where the square of their
# length counts, half a minute.
_SECONDS = 1
#: Not about specs: what other programs say, and tfgen's own files.
_OF_OTHERS = (
    "tfgen.terraform.",
    "tfgen.report.",
    "tfgen.overlay.",
    "tfgen.write",
    "tfgen.runtimes",
    "tfgen.cli.",
)


@contextmanager
def quickly() -> Iterator[None]:
    """Fail where what is done takes much longer than it may."""

    def too_long(*_: object) -> None:
        raise AssertionError(f"this takes more than {_SECONDS} seconds")

    before = signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


@cache
def patterns() -> Mapping[tuple[str, int], tuple[str, int]]:
    """All patterns of the package's files: to each a name, and how long its texts may be."""
    found: dict[tuple[str, int], tuple[str, int]] = {}
    for module in pkgutil.walk_packages(tfgen.__path__, "tfgen."):
        if not module.name.endswith("__main__") and not module.name.startswith(_OF_OTHERS):
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern, longest in _in(value):
                    found.setdefault((pattern.pattern, pattern.flags), (f"{module.name}.{name}", longest))
    return found


def _in(value: Any) -> Iterator[tuple[re.Pattern[str], int]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value, _LENGTH
    elif isinstance(value, Bounds):
        if value.regex is not None:
            yield value.regex, min(value.maximum or _LENGTH, _LENGTH)
        for part in (value.items, value.keys):
            yield from _in(part)
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _in(each)


@pytest.mark.parametrize("pattern", patterns(), ids=lambda pattern: patterns()[pattern][0])
def test_no_text_makes_a_pattern_slow(pattern: tuple[str, int]) -> None:
    compiled = re.compile(*pattern)
    texts = list(pumped(compiled, patterns()[pattern][1]))
    with quickly():
        for text in texts:
            compiled.match(text)
            compiled.fullmatch(text)


@pytest.mark.parametrize("what", FORMATS)
def test_no_text_makes_it_slow_to_look_for_credentials(what: str) -> None:
    texts = list(pumped(FORMATS[what], _LENGTH))
    with quickly():
        for text in texts:
            list(FORMATS[what].finditer(text))


@pytest.mark.parametrize(
    "pattern", [r"(a+)+\Z", r"a*[ab]*\Z", r"[^@]*@?[^@]+\Z", r"(.*\*(:.*)?|x)\Z", r"(a|b|ab)*c"]
)
def test_a_slow_pattern_is_found(pattern: str) -> None:
    """The tests above can fail."""
    compiled = re.compile(pattern)

    def match_all() -> None:
        with quickly():
            for text in pumped(compiled, 40 if pattern == r"(a+)+\Z" else 80_000):
                compiled.match(text)

    with pytest.raises(AssertionError, match="takes more than"):
        match_all()
