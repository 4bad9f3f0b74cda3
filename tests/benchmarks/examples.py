"""The examples in `specs/` → texts of as many specs as are asked for, no two of them alike."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.benchmarks.timing import ROOT


def varied(count: int) -> Iterator[str]:
    """The examples in turns, each with a function name, a module name and a variable of its own."""
    texts = [path.read_text() for path in sorted((ROOT / "specs").glob("*.yaml"))]
    for number in range(count):
        text = texts[number % len(texts)].replace("function_name: ", f"function_name: f{number}-")
        text = text.replace("\nname: ", f"\nname: f{number}-")
        text = text.replace("\n  variables:\n", f"\n  variables:\n    NUMBER: v{number}\n", 1)
        # What one function owns, no other may.
        yield re.sub(r"\b(role_name|bucket): (?=[a-z])", rf"\1: f{number}-", text)
