"""Lambda's managed runtimes: until when AWS supports each, and which AWS provider versions accept it.

`data/runtimes.json` holds them. The dates and successors are those of Lambda's developer guide ("Lambda
runtimes"), as cfn-lint 1.58 has them. `provider` is the first version that accepts a runtime which 5.100.0,
the last of the 5.x line, refuses; each is one that the provider's maintainers name: nodejs24.x, java25 and
python3.14 in its pull request 45024, dotnet10 in its issue 45864, ruby4.0 in the changelog of 6.45.0 (the
two versions before that may accept it too, since its SDK is older; nothing says so).
"""

# No `from __future__ import annotations`: text as annotations takes NamedTuple a millisecond at start-up.

import json
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

Version = tuple[int, int, int]

_DATA = Path(__file__).parent / "data" / "runtimes.json"


class Runtime(NamedTuple):
    """A runtime. On the day of each of its dates, that is in force already."""

    name: str
    deprecated: date
    create_block: date
    update_block: date
    successor: str | None
    provider: Version | None

    @property
    def family(self) -> str:
        """The language, or `provided`: runtimes of one family take one another's handlers."""
        return re.split("[0-9.]", self.name)[0].removesuffix("core")

    @property
    def version(self) -> tuple[int, ...]:
        """What tells a runtime's age within its family."""
        return tuple(int(number) for number in re.findall("[0-9]+", self.name))

    def is_accepted(self, constraint: str) -> bool:
        """Whether some provider version within a constraint accepts it."""
        return self.provider is None or admits(constraint, self.provider)


@cache
def _data() -> dict[str, dict[str, Any]]:
    data: dict[str, dict[str, Any]] = json.loads(_DATA.read_bytes())
    return data


def names() -> tuple[str, ...]:
    """The names of all runtimes, sorted."""
    return tuple(_data())


@cache
def runtime(name: str) -> Runtime:
    """The runtime of that name, which must be one of `names()`."""
    data = _data()[name]
    return Runtime(
        name,
        deprecated=date.fromisoformat(data["deprecated"]),
        create_block=date.fromisoformat(data["create_block"]),
        update_block=date.fromisoformat(data["update_block"]),
        successor=data.get("successor"),
        provider=_provider(data),
    )


def accepted(constraint: str) -> tuple[str, ...]:
    """The names of the runtimes that some provider version within a constraint accepts, sorted."""
    found = ((name, _provider(data)) for name, data in _data().items())
    return tuple(name for name, first in found if first is None or admits(constraint, first))


def _provider(data: dict[str, Any]) -> Version | None:
    return _padded(data["provider"]) if "provider" in data else None


def _padded(text: str) -> Version:
    major, minor, patch, *_ = (*map(int, text.split(".")), 0, 0)
    return major, minor, patch


def admits(constraint: str, least: Version) -> bool:
    """Whether a constraint on versions, as Terraform reads it, allows a version from `least` on."""
    low, high, without = least, None, set()
    for clause in constraint.split(","):
        text = clause.lstrip(" =!<>~").rstrip()
        operator = clause.rstrip().removesuffix(text).strip() or "="
        at = _padded(text)
        next_patch = (at[0], at[1], at[2] + 1)
        if operator == "!=":
            without.add(at)
            continue
        if operator not in {"<", "<="}:
            low = max(low, next_patch if operator == ">" else at)
        end = {"<": at, "<=": next_patch, "=": next_patch}.get(operator)
        if operator == "~>":  # the last number given, but the first, may grow
            end = (at[0], at[1] + 1, 0) if text.count(".") == 2 else (at[0] + 1, 0, 0)
        if end is not None:
            high = end if high is None else min(high, end)
    while low in without:
        low = (low[0], low[1], low[2] + 1)
    return high is None or low < high
