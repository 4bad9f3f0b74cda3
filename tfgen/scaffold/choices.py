"""Which runtimes a new function may have."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tfgen import runtimes
from tfgen.runtimes import Runtime
from tfgen.scaffold.languages import LANGUAGES
from tfgen.scaffold.wish import Ground

_PREFERRED = "python3.13"
_PER_LANGUAGE = 2  # that are shown; any other may be named


def supported(as_of: date) -> list[Runtime]:
    """All that AWS supports on a day, by language and the newest first."""
    order = list(LANGUAGES)
    found = [one for one in map(runtimes.runtime, runtimes.names()) if as_of < one.deprecated]
    known = [one for one in found if one.family in order]
    return sorted(known, key=lambda one: (order.index(one.family), [-number for number in one.version]))


def runtimes_to_offer(ground: Ground, as_of: date) -> list[Runtime]:
    """The newest of each language that the provider accepts, or those that the project's policy allows."""
    allowed = ground.policy.runtimes
    found = [one for one in supported(as_of) if one.is_accepted(ground.provider_constraint)]
    return [one for one in found if one.name in allowed] if allowed else list(_newest(found))


def _newest(found: list[Runtime]) -> Iterator[Runtime]:
    for family in LANGUAGES:
        yield from [one for one in found if one.family == family][:_PER_LANGUAGE]


def default_runtime(ground: Ground, offered: list[Runtime]) -> str | None:
    """What a function gets whose author doesn't say: the project's, or one that most know."""
    said = ground.defaults.get("runtime")
    names = [one.name for one in offered]
    for name in (said, _PREFERRED):
        if isinstance(name, str) and name in names:
            return name
    return names[0] if names else None
