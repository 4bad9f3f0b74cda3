"""The full report: each mistake with its place, its source line with the range marked, and what to do."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from rich.cells import cell_len
from rich.text import Text

from tfgen.codes import Severity
from tfgen.diagnostics import Diagnostic, Findings, Located, Span

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_TAB = "    "
_CONTEXT = 40  # cells of a long line that are shown before the marked range


def full(findings: Findings, width: int = 80) -> Text:
    """All that was found in a file, in the order of its text, wrapped to `width` cells where they can be."""
    document = findings.document
    lines = document.lines()
    placed = [(document.span(diagnostic.location), diagnostic) for diagnostic in findings.diagnostics]
    placed.sort(key=lambda pair: pair[0])
    return Text("\n").join(_one(document, lines, span, diagnostic, width) for span, diagnostic in placed)


def _one(document: Located, lines: Sequence[str], span: Span, diagnostic: Diagnostic, width: int) -> Text:
    style = _STYLES[diagnostic.severity]
    text = Text()
    text.append(f"{document.path}:{span.line}:{span.column}", "bold")
    text.append(": ")
    text.append(f"{diagnostic.severity.value}[{diagnostic.code}]", style)
    text.append(f": {_visible(diagnostic.summary)}\n")
    gutter = " " * len(str(span.line))
    if span.line <= len(lines) and lines[span.line - 1].strip():
        source, mark = _marked(lines[span.line - 1], span, width - len(gutter) - 3)
        text.append(f"{gutter} |\n{span.line} | ", "blue")
        text.append(f"{source}\n")
        text.append(f"{gutter} | ", "blue")
        text.append(f"{mark}\n", style)
    hint = textwrap.wrap(
        _visible(diagnostic.hint),
        width,
        initial_indent=f"{gutter} = ",
        subsequent_indent=f"{gutter}   ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    text.append("\n".join(hint) + "\n", "cyan")
    return text


def _marked(line: str, span: Span, width: int) -> tuple[str, str]:
    """A source line as it can be shown, and the marks below it. A long line is cut around the range."""
    start = span.column - 1
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    # A line may be a megabyte long. No more of it than the terminal is wide can be shown on either side.
    before = _visible(line[max(start - width, 0) : start])
    marked = _visible(line[start : min(end, start + width)])
    after = _visible(line[end : end + width])
    if cell_len(before) + cell_len(marked) + cell_len(after) > width:
        if cell_len(before) > _CONTEXT:
            before = "…" + before[-_CONTEXT:]
        room = max(width - cell_len(before), 10)
        marked, after = _cut(marked, room), _cut(after, room - min(cell_len(marked), room))
    marks = " " * cell_len(before) + "^" * max(cell_len(marked), 1)
    return before + marked + after, marks


def _cut(text: str, width: int) -> str:
    if cell_len(text) <= width:
        return text
    while text and cell_len(text) >= width:
        text = text[:-1]
    return text + "…" if width > 0 else ""


def _visible(text: str) -> str:
    """The text without what would move a terminal's cursor, colour it or turn its direction."""
    text = text.replace("\t", _TAB)
    return text if text.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in text)
