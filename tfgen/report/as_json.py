"""Findings for programs, in a JSON of tfgen's own. docs/reports.md says what stands in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from tfgen.codes import Severity, group
from tfgen.diagnostics import Diagnostic, Findings, Located, Node, Span, dotted
from tfgen.fixes import edit_of
from tfgen.report.places import in_order

#: Counts changes that a program could stumble over: a key removed or renamed, another meaning.
FORMAT_VERSION = 1


def text(found: Sequence[Findings], paths: Sequence[str]) -> str:
    """The document, in ASCII: right on any terminal, whatever a spec holds."""
    listed = [finding for findings in found for finding in _listed(findings)]
    severities = [finding["severity"] for finding in listed]
    summary = {
        "specs": len(paths),
        "specs_with_findings": len({findings.document.path for findings in found if findings.diagnostics}),
        "findings": len(listed),
        **{f"{severity.value}s": severities.count(severity.value) for severity in Severity},
    }
    return (
        json.dumps({"format_version": FORMAT_VERSION, "summary": summary, "findings": listed}, indent=2)
        + "\n"
    )


def _listed(findings: Findings) -> Iterator[dict[str, object]]:
    lines = findings.document.lines()
    for span, diagnostic in in_order(findings):
        yield _finding(findings.document, lines, span, diagnostic)


def _finding(
    document: Located, lines: Sequence[str], span: Span, diagnostic: Diagnostic
) -> dict[str, object]:
    location = diagnostic.location
    edit = edit_of(document, lines, diagnostic)
    return {
        "path": document.path,
        **_range(span),
        "code": diagnostic.code,
        "group": group(diagnostic.code),
        "severity": diagnostic.severity.value,
        "summary": diagnostic.summary,
        "hint": diagnostic.hint,
        "data_path": dotted(location.path) or None if isinstance(location, Node) else None,
        "fix": {**_range(edit.span), "text": edit.text} if edit else None,
    }


def _range(span: Span) -> dict[str, object]:
    return {
        "start": {"line": span.line, "column": span.column},
        "end": {"line": span.end_line, "column": span.end_column},
    }
