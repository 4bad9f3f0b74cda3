"""Workflow commands, which GitHub Actions shows as annotations at the lines of a pull request.

https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands says what they hold, and
`escapeData` and `escapeProperty` in `packages/core/src/command.ts` of github.com/actions/toolkit how it is
escaped.
"""

from __future__ import annotations

from collections.abc import Sequence

from tfgen.codes import CODES, Severity
from tfgen.diagnostics import Diagnostic, Findings, Span
from tfgen.report.places import Repository, in_order, visible

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def text(found: Sequence[Findings], paths: Sequence[str]) -> str:
    """One command a line for each finding."""
    repository = Repository()
    return "".join(
        _command(findings.document.path, repository, span, diagnostic)
        for findings in found
        for span, diagnostic in in_order(findings)
    )


def _command(path: str, repository: Repository, span: Span, diagnostic: Diagnostic) -> str:
    file = repository.relative(path) or path
    properties: dict[str, object] = {
        "file": file if file.isprintable() else visible(file),  # which is another file, but nothing happens
        "line": span.line,
        "endLine": span.end_line,
    }
    if span.line == span.end_line:
        # The runner drops columns of a range of several lines: `ValidateLinesAndColumns` in
        # `src/Runner.Worker/ActionCommandManager.cs` of github.com/actions/runner.
        properties |= {"col": span.column, "endColumn": span.end_column}
    properties["title"] = f"{diagnostic.code}: {CODES[diagnostic.code].summary}"
    said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    # The job's log shows nothing but the message.
    place = f"{visible(path)}:{span.line}:{span.column}"
    message = f"{place}: {visible(diagnostic.summary)}\n{visible(diagnostic.hint)}"
    return f"::{_COMMANDS[diagnostic.severity]} {said}::{_message(message)}\n"


def _message(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _message(value).replace(":", "%3A").replace(",", "%2C")
