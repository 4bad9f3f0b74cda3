"""What is fuzzed holds for what fuzzing begins with, and for all that it ever found, which `found` keeps.

A file of `found/TARGET` is an input that tfgen once failed on.
"""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from tests.fuzz.targets import TARGETS

FOUND = Path(__file__).with_name("found")
_EACH = 25  # of the seeds, of which other tests look at most


@pytest.mark.parametrize("name", TARGETS)
def test_a_target_finds_nothing_in_what_it_begins_with(name: str) -> None:
    target, seeds = TARGETS[name]
    for raw in islice(seeds(), 0, None, _EACH if name not in {"expressions", "quoting", "pages"} else 1):
        target(raw)


@pytest.mark.parametrize(
    "path", sorted(FOUND.rglob("*.*")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_what_was_found_once_is_not_found_again(path: Path) -> None:
    TARGETS[path.parent.name][0](path.read_bytes())
