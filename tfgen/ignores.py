"""Comments in a spec that say why a finding does not apply: `# tfgen: ignore[CODE] reason`.

A document and what was found in it go in; what is left of that comes out, with what is wrong with the
comments themselves. A comment stands at the end of the line that it is about, or in a line above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tfgen.codes import CODES
from tfgen.diagnostics import Diagnostic, Span

if TYPE_CHECKING:
    from tfgen.source import Document

EXAMPLE = "write `# tfgen: ignore[TFG501] the reason`"
# To the end of the line, after white space or at its beginning: else `#` is part of a plain text.
_COMMENT = re.compile(r"(?<![^ \t])#[ \t]*tfgen:[ \t]*(.*?)[ \t]*$")
_IGNORE = re.compile(r"ignore\[([^\]]*)\][ \t]*(.*)")


class _Ignore(NamedTuple):
    """One code that a comment names: where it stands, and the line that it is about (None: there is none)."""

    code: str
    span: Span
    line: int | None


def apply(document: Document, found: Sequence[Diagnostic], *, complete: bool) -> list[Diagnostic]:
    """What is left of `found`, and what is wrong with the comments.

    `complete`: all rules were asked, so that a comment without effect can be told to be one.
    """
    if "tfgen:" not in document.text:
        return list(found)
    lines = document.lines()
    about: list[_Ignore] = []
    wrong: list[Diagnostic] = []
    for comment in _comments(document, lines):
        ignores = list(_read(comment, wrong))
        about.extend(ignore._replace(line=_target(lines, comment.span)) for ignore in ignores)
    kept, used = [], set()
    first = _first(lines, 1)
    for diagnostic in found:
        # What is about the file as a whole stands at its first line that says something.
        line = max(document.span(diagnostic.location).line, first or 1)
        by = {ignore for ignore in about if ignore.code == diagnostic.code and ignore.line == line}
        used |= by
        if not by:
            kept.append(diagnostic)
    for ignore in about if complete else ():
        if ignore not in used:
            summary = f"`{ignore.code}` is not found {'here' if ignore.line else 'below this line'}"
            hint = "remove it, or move it to the line of the finding, or above that line"
            wrong.append(Diagnostic("TFG015", summary, hint, ignore.span))
    return [*kept, *wrong]


class _Comment(NamedTuple):
    """What follows `tfgen:` in a comment, and where that stands."""

    text: str
    span: Span


def _comments(document: Document, lines: Sequence[str]) -> Iterator[_Comment]:
    """The comments for tfgen, without what only looks like one within a text."""
    candidates = [
        _Comment(match[1], Span(number, match.start() + 1, number, match.end() + 1))
        for number, line in enumerate(lines, 1)
        if "tfgen:" in line and (match := _COMMENT.search(line))
    ]
    if not candidates:
        return
    texts = [span for span in _texts(document) if span is not None]
    for candidate in candidates:
        start = candidate.span[:2]
        if not any(text[:2] <= start < text[2:] for text in texts):
            yield candidate


def _texts(document: Document) -> Iterator[Span | None]:
    """Where the document's keys and scalars stand."""
    inner = {path[:-1] for path in document.spans}
    for path, (key, value) in document.spans.items():
        yield key
        if path and path not in inner:
            yield value


def _read(comment: _Comment, wrong: list[Diagnostic]) -> Iterator[_Ignore]:
    """The codes that a comment lets go."""

    def say(code: str, summary: str, hint: str) -> None:
        wrong.append(Diagnostic(code, summary, hint, comment.span))

    match = _IGNORE.fullmatch(comment.text)
    if match is None:
        word = re.match(r"ignore\b", comment.text)
        summary = "`ignore` names no code" if word else "tfgen knows no such comment"
        say("TFG014", summary, f"{EXAMPLE}, or change the word `tfgen:`")
        return
    codes = [code.strip() for code in match[1].split(",")]
    if not match[2]:
        say("TFG014", "`ignore` gives no reason, and so has no effect", EXAMPLE)
    for code in codes:
        rule = CODES.get(code)
        if rule is None:
            what = f"`{code}` is no code" if code else "`ignore` names no code"
            say("TFG014", what, f"{EXAMPLE}; `tfgen rules` lists the codes")
        elif not rule.ignorable:
            hint = "mend what it is about: there would be no module without that"
            say("TFG016", f"`{code}` cannot be ignored: {rule.summary}", hint)
        elif match[2]:
            yield _Ignore(code, comment.span, None)


def _target(lines: Sequence[str], span: Span) -> int | None:
    """The line that a comment is about: its own, or the next one that says something."""
    return span.line if lines[span.line - 1][: span.column - 1].strip() else _first(lines, span.line + 1)


def _first(lines: Sequence[str], number: int) -> int | None:
    """The first line from `number` on that is neither empty nor a comment."""
    for index in range(number - 1, len(lines)):
        said = lines[index].strip()
        if said and not said.startswith("#"):
            return index + 1
    return None
