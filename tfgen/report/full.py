"""The full report: each finding with its place, its source lines with the range marked, and what to do.

Lines fit the given width where they can: what is wrong and what to do are wrapped between words, source
lines are cut around the range, and only a path or a word longer than a line stands out of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len, chop_cells
from rich.text import Text

from tfgen.codes import Severity
from tfgen.diagnostics import Diagnostic, Findings, Span
from tfgen.report.places import in_order, visible

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
_CONTEXT = 40  # cells of a long line that are shown before the marked range
_GAP = "..."
_LEAST = 10  # cells that are left for a source line, however narrow the terminal


def full(findings: Findings, width: int = 80) -> Text:
    """All that was found in a file, in the order of its text, for a terminal of `width` cells."""
    document = findings.document
    lines = document.lines()
    return Text("\n").join(
        _one(document.path, lines, span, diagnostic, width) for span, diagnostic in in_order(findings)
    )


def _one(path: str, lines: Sequence[str], span: Span, diagnostic: Diagnostic, width: int) -> Text:
    style = STYLES[diagnostic.severity]
    place = f"{visible(path)}:{span.line}:{span.column}"
    what = f"{diagnostic.severity.value}[{diagnostic.code}]"
    text = Text.assemble((place, "bold"), ": ", (what, style), ":")
    for number, line in enumerate(wrapped(diagnostic.summary, width, cell_len(text.plain) + 1, 2)):
        text.append(f"\n  {line}" if number else f" {line}" if line else "")
    text.append("\n")
    gutter = " " * len(str(span.end_line))
    for label, marks, source in _frame(lines, span, width - len(gutter) - 3):
        bar = f"{label:>{len(gutter)}} |" if label != _GAP else _GAP + gutter[1:]
        text.append(bar, "blue").append(f" {marks}" if marks else "", style)
        text.append(f" {source}\n" if source else "\n")
    for number, line in enumerate(wrapped(diagnostic.hint, width, len(gutter) + 3, len(gutter) + 3)):
        text.append(f"{gutter}   {line}\n" if number else f"{gutter} = {line}\n", "cyan")
    return text


def wrapped(text: str, width: int, first: int, rest: int) -> Iterator[str]:
    """A text's lines, of at most `width` cells each after `first` or `rest` cells that stand before them.

    Words are not cut. The first line may be empty, where what stands before it leaves no room for a word.
    """
    line, room = "", width - first
    words = visible(text).split(" ")
    for number, word in enumerate(words):
        joined = f"{line} {word}" if number and line else word
        if cell_len(joined) > room and (line or (number == 0 and first > rest)):
            yield line.rstrip()
            line, room = word, width - rest
        else:
            line = joined
    yield line.rstrip()


def _frame(lines: Sequence[str], span: Span, width: int) -> Iterator[tuple[str, str, str]]:
    """Rows of source text with the range marked: a line's number or a gap, marks, and text behind these.

    None where the range begins in a line without text, as in an empty file.
    """
    first, last, start, end = span.line, span.end_line, span.column - 1, span.end_column - 1
    if first > len(lines) or not lines[first - 1].strip():
        return
    yield "", "", ""
    if first == last:
        before, marked, after = _parts(lines[first - 1], start, end, width)
        yield str(first), "", before + marked + after
        yield "", " " * cell_len(before) + "^" * max(cell_len(marked), 1), ""
        return
    # A bracket on the left goes from where the range begins to where it ends, as rustc draws it.
    width = max(width - 2, _LEAST)
    before, marked, after = _parts(lines[first - 1], start, len(lines[first - 1]), width)
    if before.strip():
        yield str(first), "", f"  {before}{marked}{after}"
        yield "", " " + "_" * (cell_len(before) + 1) + "^", ""
    else:
        yield str(first), "/", before + marked + after
    if last == first + 2:
        yield str(first + 1), "|", _cut(visible(lines[first][: width * 4]), width)
    elif last > first + 2:
        yield _GAP, "|", ""
    source = _cut(visible(lines[last - 1][: min(end, width * 4)]), width)
    yield str(last), "|", source
    yield "", "|" + "_" * cell_len(source) + "^", ""


def _parts(line: str, start: int, end: int, width: int) -> tuple[str, str, str]:
    """What stands before, in and after a range of a line, cut around the range if the line is too long."""
    width = max(width, _LEAST)
    # A line may be a megabyte long. No more of it than the terminal is wide can be shown on either side.
    before = visible(line[max(start - width, 0) : start])
    marked = visible(line[start : min(end, start + width)])
    after = visible(line[end : end + width])
    if start > width or cell_len(before + marked + after) > width:
        room = max(_CONTEXT, width - cell_len(marked + after))
        before = _tail(before, min(room, width - _LEAST // 2))
        marked = _cut(marked, width - cell_len(before))
        after = _cut(after, width - cell_len(before + marked))
    return before, marked, after


def _tail(text: str, width: int) -> str:
    """The end of a text, with a sign where something is missing."""
    if cell_len(text) <= width:
        return text
    start = len(text)
    while start and cell_len(text[start - 1 :]) < width:
        start -= 1
    return "…" + text[start:]


def _cut(text: str, width: int) -> str:
    """The beginning of a text, with a sign where something is missing."""
    if cell_len(text) <= width:
        return text
    return chop_cells(text, width - 1)[0] + "…" if width > 1 else "…"[:width]
