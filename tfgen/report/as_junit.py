"""JUnit's XML, which CI servers show as tests: a suite for each spec, a failing test for each error.

What is no error fails no test: it stands in the suite's output. Names of tests hold no lines, so that a
server knows a test again when its line has moved.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from tfgen.codes import Severity
from tfgen.diagnostics import Diagnostic, Findings, Span
from tfgen.report.as_concise import line
from tfgen.report.places import in_order

# What no XML 1.0 document may hold, not even escaped: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(found: Sequence[Findings], paths: Sequence[str]) -> str:
    """The document, in ASCII: right on any terminal, whatever a spec holds."""
    placed: dict[str, list[tuple[Span, Diagnostic]]] = {path: [] for path in paths}
    for findings in found:
        placed.setdefault(findings.document.path, []).extend(in_order(findings))
    root = ET.Element("testsuites", name="tfgen")
    for path, diagnostics in placed.items():
        root.append(_suite(path, diagnostics))
    for count in ("tests", "failures", "errors", "skipped"):
        root.set(count, str(sum(int(suite.get(count, 0)) for suite in root)))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, "us-ascii").decode("ascii")}\n'


def _suite(path: str, placed: Sequence[tuple[Span, Diagnostic]]) -> ET.Element:
    suite = ET.Element("testsuite", name=_xml(path))
    errors = [pair for pair in placed if pair[1].severity is Severity.ERROR]
    names: Counter[str] = Counter()
    for span, diagnostic in errors:
        name = f"{diagnostic.code}: {diagnostic.summary}"
        names[name] += 1
        case = _case(suite, path, name if names[name] == 1 else f"{name} ({names[name]})")
        said = ET.SubElement(case, "failure", type=diagnostic.code, message=_xml(diagnostic.summary))
        said.text = _xml(f"{line(path, span, diagnostic)}\n{diagnostic.hint}")
    if not errors:
        _case(suite, path, "no errors")
    others = [line(path, span, one) for span, one in placed if one.severity is not Severity.ERROR]
    if others:
        ET.SubElement(suite, "system-out").text = _xml("\n".join(others))
    counts = {"tests": len(errors) or 1, "failures": len(errors), "errors": 0, "skipped": 0}
    for count, number in counts.items():
        suite.set(count, str(number))
    return suite


def _case(suite: ET.Element, path: str, name: str) -> ET.Element:
    return ET.SubElement(suite, "testcase", classname=_xml(path), name=_xml(name), file=_xml(path))


def _xml(value: str) -> str:
    """A text of which no character breaks the document."""
    return _NOT_XML.sub("\ufffd", value)
