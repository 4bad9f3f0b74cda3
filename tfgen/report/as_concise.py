"""One line a finding: `path:line:column: severity[CODE] summary`."""

from __future__ import annotations

from collections.abc import Sequence

from tfgen.diagnostics import Diagnostic, Findings, Span
from tfgen.report.places import in_order, visible


def text(found: Sequence[Findings], paths: Sequence[str]) -> str:
    """The lines of all findings."""
    return "".join(
        f"{line(findings.document.path, span, diagnostic)}\n"
        for findings in found
        for span, diagnostic in in_order(findings)
    )


def line(path: str, span: Span, diagnostic: Diagnostic) -> str:
    """The line of a finding."""
    what = f"{diagnostic.severity.value}[{diagnostic.code}] {visible(diagnostic.summary)}"
    return f"{visible(path)}:{span.line}:{span.column}: {what}"
