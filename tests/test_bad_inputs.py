"""Wrong inputs that break at apply, or that AWS accepts and does something else with: a spec for each, in
tests/bad_inputs, whose findings stand exactly at the lines marked `# CODE`.

rows.tsv has every input that was tried, with the file that shows it, or in brackets why no spec expresses it.
Those in `further` are of the same kind.
"""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import AS_OF
from tests.test_rules import marked
from tfgen.codes import Severity
from tfgen.diagnostics import SpecError
from tfgen.source import load
from tfgen.spec import judge

FOLDER = Path(__file__).parent / "bad_inputs"
#: Inputs that are right, which a spec must be let through with.
RIGHT = {
    ("lambda_function", "control: valid"),
    ("lambda_event_source_mapping", "control: valid SQS"),
    ("cloudwatch_log_group", "retention 0 (never)"),
}


class Row(NamedTuple):
    """One input: the resource that it was tried with, the input in words, and what became of it here."""

    resource: str
    input: str
    shown: str

    @property
    def is_shown(self) -> bool:
        """Whether a file shows it."""
        return not self.shown.startswith("(")


def rows() -> list[Row]:
    with (FOLDER / "rows.tsv").open(encoding="utf-8", newline="") as file:
        _, *given = csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
    return [Row(*cells) for cells in given]


ROWS = rows()
SHOWN = [row for row in ROWS if row.is_shown]


def told(path: Path) -> list[tuple[int, str]]:
    """Lines and codes of all errors and warnings about a spec."""
    document = load(path)
    try:
        _, findings = judge(document, date.fromisoformat(AS_OF))
    except SpecError as error:
        findings = error.diagnostics
    return sorted(
        (document.span(finding.location).line, finding.code)
        for finding in findings
        if finding.severity is not Severity.INFO
    )


def marks_of(path: Path) -> list[tuple[int, str]]:
    """Lines and codes of a spec's marks."""
    return sorted((line, code) for _, line, code in marked({path.name: path.read_bytes()}))


def test_the_table_has_every_input_once() -> None:
    assert len(ROWS) == 174
    assert len({row[:2] for row in ROWS}) == len(ROWS)
    assert all(row.shown.strip("()") for row in ROWS)
    assert {row[:2] for row in SHOWN} >= RIGHT


def test_every_file_is_in_the_table_once() -> None:
    named = sorted(row.shown for row in SHOWN)
    assert named == sorted(path.name for path in FOLDER.glob("*.yaml"))


@pytest.mark.parametrize("row", SHOWN, ids=lambda row: row.shown.removesuffix(".yaml"))
def test_a_wrong_input_is_found_at_its_line(row: Row) -> None:
    path = FOLDER / row.shown
    marks = marks_of(path)
    assert told(path) == marks
    is_right = row[:2] in RIGHT
    assert not marks if is_right else marks, "an input is wrong, or listed as one that is right"


@pytest.mark.parametrize("path", sorted(FOLDER.glob("further/*.yaml")), ids=lambda path: path.stem)
def test_a_further_wrong_input_is_found_at_its_line(path: Path) -> None:
    marks = marks_of(path)
    assert marks
    assert told(path) == marks
