"""What tfgen shows of a spec does nothing to a terminal: no cursor moves, and no text turns round."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.command import on_a_terminal, tfgen
from tests.reports import FORMS

SPEC = """\
function_name: orders
name: orders
runtime: python3.13
handler: app.handler
filename: app.zip
description: "x \u202e\u2066 \\e[31m\\a\\r\\u009b31m y"
"tim\\e[2Jeout": 3
timeot: "\u202e\\e]0;title\\a"
environment: {variables: {"A\\e[1m\u202e": "\\e[31m"}}
triggers: [{type: "sq\\e[31ms"}, {type: schedule, schedule_expression: "rate(\\e[31m 1 day)"}]
"""
FINE = """\
name: fine
function_name: orders
runtime: python3.13
handler: app.handler
s3_bucket: a.b
s3_key: "k\u202e\\e[31m"
"""
NAMES = ("a\x1b[31m.yaml", "b\u202e\u2066.yaml", "c\r\x07.yaml")
#: What the report's own colours are.
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@pytest.fixture(params=NAMES, ids=ascii)
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    for name, text in ((request.param, SPEC), (f"fine {request.param}", FINE)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def hold(shown: str) -> None:
    """Hold what is shown to what fills lines."""
    assert shown
    odd = {char for line in shown.split("\n") for char in line if not char.isprintable()}
    assert not odd, sorted(map(ascii, odd))


@pytest.mark.parametrize("form", FORMS)
def test_a_report_is_plain_in_every_form(form: str, folder: Path) -> None:
    done = tfgen(folder, "validate", "--output-format", form, ".")
    hold(done.stdout)
    hold(done.stderr)


@pytest.mark.parametrize(
    "command", ["validate .", "validate --diff .", "render .", "list .", "graph .", "render --diff fine*"]
)
def test_a_terminal_is_shown_colours_alone(command: str, folder: Path) -> None:
    hold(_COLOUR.sub("", on_a_terminal(folder, *command.split())))


@pytest.mark.parametrize("command", ["render --stdout", "show", "graph", "list", "render --dry-run"])
def test_what_is_shown_of_a_spec_is_plain(command: str, folder: Path) -> None:
    (spec,) = folder.glob("fine*")
    name, *options = command.split()
    done = tfgen(folder, name, *options, spec.name)
    assert done.returncode == 0, done.stderr
    hold(done.stdout)
    assert "Traceback" not in done.stderr
