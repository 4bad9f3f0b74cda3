"""Where findings stand and what they are about, as all forms tell it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tfgen.diagnostics import Diagnostic, Findings, Span

# A tab as cells; and what changes an emoji's style or skin, whose width terminals do not agree on.
_SHOWN = str.maketrans(
    {"\t": "    ", "\ufe0e": "", "\ufe0f": "", **dict.fromkeys(map(chr, range(0x1F3FB, 0x1F400)), "")}
)


def in_order(findings: Findings) -> list[tuple[Span, Diagnostic]]:
    """What was found in a file, each with its place, in the order of the text."""
    document = findings.document
    lines = document.lines()
    placed = [(_trimmed(document.span(found.location), lines), found) for found in findings.diagnostics]
    return sorted(placed, key=lambda pair: pair[0])


def _trimmed(span: Span, lines: Sequence[str]) -> Span:
    """A range without the empty lines at its end, which a text of several lines has in YAML."""
    line, column = min(span.end_line, max(span.line, len(lines))), span.end_column
    while line > span.line and not lines[line - 1][: column - 1].strip():
        line -= 1
        column = len(lines[line - 1]) + 1
    return span._replace(end_line=line, end_column=column)


def visible(text: str) -> str:
    """A text as one line for people: nothing that moves a cursor, colours or turns the text's direction."""
    text = text.translate(_SHOWN)
    return text if text.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in text)


def sentence(text: str) -> str:
    """What is wrong or what to do, as a sentence."""
    said = visible(text)
    return f"{said[:1].upper()}{said[1:]}" + ("" if said.endswith((".", "?", "!")) else ".")


class Repository:
    """The folder that services such as GitHub name files from: the repository's, else the current one."""

    def __init__(self) -> None:
        here = Path.cwd()
        self._top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)

    def relative(self, path: str) -> str | None:
        """The path of a file from there, links followed as these services need it; None if it is outside."""
        whole = Path(path).resolve()
        return whole.relative_to(self._top).as_posix() if whole.is_relative_to(self._top) else None
