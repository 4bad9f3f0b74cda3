"""Whatever somebody makes of a spec, it is rendered to whole Terraform, or what is wrong with it is reported
at places that it has, in forms that a terminal and other programs may be shown."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from xml.etree import ElementTree as ET

import pygohcl
from hypothesis import event, example, given
from hypothesis import strategies as st

from tests.conftest import AS_OF
from tests.hostile.mutations import broken_data, broken_texts, patterns
from tests.strategies import Data, as_json, examples
from tfgen.codes import CODES
from tfgen.diagnostics import Findings, SpecError
from tfgen.fixes import fixed
from tfgen.plan import plan
from tfgen.render import render
from tfgen.report import Form
from tfgen.report import text as form_text
from tfgen.report.full import full
from tfgen.schema.patterns import DOCUMENTED, doubts, mistakes
from tfgen.source import Document, parse
from tfgen.spec import judge
from tfgen.triggers.schedule_expressions import mistake


def looked_at(raw: bytes) -> Findings | dict[str, str]:
    """What tfgen says of a file, or the module that it makes of it."""
    try:
        document = parse("specs/hostile.yaml", raw)
        spec, found = judge(document, date.fromisoformat(AS_OF))
    except SpecError as error:
        hold_report(error.findings)
        return error.findings
    hold_report(Findings(document, found))
    return render(plan(spec, document.path))


def hold_report(findings: Findings) -> None:
    lines = findings.document.lines()
    for one in findings.diagnostics:
        assert one.code in CODES
        assert one.summary
        assert one.hint
        span = findings.document.span(one.location)
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
    for form in Form:
        shown = full(findings).plain if form is Form.FULL else form_text(form, [findings], ["a.yaml"])
        assert is_plain(shown), form
        if form in _READ_BACK:
            _READ_BACK[form](shown)


def is_plain(shown: str) -> bool:
    """Whether a text does nothing to a terminal but to fill its lines."""
    return all(line.isprintable() for line in shown.split("\n"))


def _commands(shown: str) -> None:
    for line in shown.splitlines():
        assert re.fullmatch(r"::(error|warning|notice) file=[^:,]*,line=\d+,[^:]*::.*", line), line


_READ_BACK: dict[Form, Callable[[str], object]] = {
    Form.JSON: json.loads,
    Form.SARIF: json.loads,
    Form.JUNIT: ET.fromstring,
    Form.GITHUB: _commands,
}


#: What moves a cursor, and what turns the direction of what is read.
_UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def hold_module(files: dict[str, str]) -> None:
    for name, text in files.items():
        if name.endswith((".tf", ".hcl")):
            assert pygohcl.loads(text), name
        assert not _UNSAFE.search(text), name


@examples(150, shrink=False)
@given(broken_data())
def test_a_spec_with_other_values_is_rendered_or_reported(data: Data) -> None:
    found = looked_at(as_json(data).encode())
    event("reported" if isinstance(found, Findings) else "rendered")
    if not isinstance(found, Findings):
        hold_module(found)


@examples(250, shrink=False)
@given(broken_texts)
@example("a: ${\n")
def test_a_spec_with_other_text_is_rendered_or_reported(text: str) -> None:
    found = looked_at(text.encode("utf-8", "surrogatepass"))
    event("reported" if isinstance(found, Findings) else "rendered")
    if not isinstance(found, Findings):
        hold_module(found)


@examples(60, shrink=False)
@given(broken_texts)
def test_what_is_put_right_is_still_a_file_that_tfgen_reads(text: str) -> None:
    def look(document: Document) -> tuple[object, ...]:
        try:
            return judge(document)[1]
        except SpecError as error:
            return error.diagnostics

    try:
        document = parse("specs/hostile.yaml", text.encode("utf-8", "surrogatepass"))
    except SpecError:
        return
    after = fixed(document, look)  # type: ignore[arg-type]
    assert repr(parse("", after.document.text.encode()).data) == repr(after.document.data)


_SIGNS = st.text(st.sampled_from("0123456789*/,-?#LW ()MONJANratecon:T@\u0663\u00b2\n"), max_size=40)


@examples(500)
@given(_SIGNS | _SIGNS.map(lambda text: f"cron({text})") | _SIGNS.map(lambda text: f"rate({text})"))
def test_any_text_is_a_schedule_or_said_to_be_none(text: str) -> None:
    wrong = mistake(text)
    assert wrong is None or (wrong.what and wrong.hint)


@examples(300)
@given(patterns)
def test_any_data_is_a_pattern_or_said_to_be_none(pattern: object) -> None:
    wrong = list(mistakes(pattern))
    assert all(one.what and one.hint for one in wrong)
    for service in DOCUMENTED if not wrong else ():
        list(doubts(pattern, service))
