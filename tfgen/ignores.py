"""Comments in a spec that say why a finding does not apply: `# tfgen: ignore[CODE] reason`.

A document and what was found in it go in; what is left of that comes out, with what is wrong with the
comments themselves. A comment stands at the end of the line that it is about, or in a line above it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from tfgen.codes import CODES
from tfgen.diagnostics import MOST_FINDINGS, Diagnostic, Span

if TYPE_CHECKING:
    from tfgen.source import Document

EXAMPLE = "write `# tfgen: ignore[TFG501] the reason`"
# After white space or at a line's beginning: else `#` is part of a plain text.
# In capitals it is told to be none of tfgen's, if it looks like one: prose may begin with `Tfgen:`.
_COMMENT = re.compile(r"(?<![^ \t])#[ \t]*(tfgen:|(?i:tfgen:)(?=[ \t]*(?i:ignore\b)))")
_IGNORE = re.compile(r"ignore\[([^\]]*)\](.*)")
# Some word, which another comment behind this one is not.
_REASON = re.compile(r"(?![ \t]*#[ \t]).*\w")
_MARKS = ("", "---", "...")
# How the text of a block scalar begins, and what is empty but for comments.
_BLOCK, _EMPTY = ("|", ">"), ("[", "{")


class _Comment(NamedTuple):
    """What follows `tfgen:`, or what is like it, in a comment, where the comment stands, and which line it is
    about, if any."""

    mark: str
    text: str
    span: Span
    line: int | None


class _Ignore(NamedTuple):
    """One code that a comment names."""

    code: str
    comment: _Comment


def apply(document: Document, found: Sequence[Diagnostic], *, complete: bool) -> list[Diagnostic]:
    """What is left of `found`, and what is wrong with the comments.

    `complete`: all rules were asked, so that a comment without effect can be told to be one.
    """
    if "tfgen:" not in document.text.lower():
        return list(found)
    wrong: list[Diagnostic] = []
    about, first = _about(document, wrong)
    kept = []
    used: set[tuple[str, int | None]] = set()
    for diagnostic in found:
        place = (diagnostic.code, max(document.span(diagnostic.location).line, first))
        if place in about:
            used.add(place)
        else:
            kept.append(diagnostic)
    # What could be read only in part may hold what such a comment is about.
    in_part = any(finding in found for finding in document.findings)
    if complete and not in_part:
        unused = (ignore for place, ignores in about.items() if place not in used for ignore in ignores)
        here = (ignore for ignore in unused if _is_here(ignore, document))
        wrong.extend(map(_without_effect, islice(here, MOST_FINDINGS + 1)))
    return [*kept, *wrong]


def ignored(document: Document) -> Callable[[str, Span], bool]:
    """Whether a comment ignores a code at a place, for what only several documents together show."""
    if "tfgen:" not in document.text:
        return lambda code, span: False
    about, first = _about(document, [])
    return lambda code, span: (code, max(span.line, first)) in about


def _about(
    document: Document, wrong: list[Diagnostic]
) -> tuple[dict[tuple[str, int | None], list[_Ignore]], int]:
    """What the comments ignore, by code and line, and the line that findings about the whole file stand at:
    the first one that says something."""
    lines = document.lines()
    says = [number for number, line in enumerate(lines, 1) if _says(line)]
    about: dict[tuple[str, int | None], list[_Ignore]] = {}
    for comment in _comments(document, lines, says):
        if len(wrong) > MOST_FINDINGS:
            break
        for ignore in _read(comment, wrong):
            about.setdefault((ignore.code, comment.line), []).append(ignore)
    return about, says[0] if says else 1


def _is_here(ignore: _Ignore, document: Document) -> bool:
    """Whether this document alone shows if a comment has an effect: neither one of its project's file, which
    is about other specs as well, nor one about a code that several specs together show."""
    is_own = document.other is None or ignore.comment.span.line < document.other.first_line
    return is_own and not CODES[ignore.code].between


def _without_effect(ignore: _Ignore) -> Diagnostic:
    summary = f"`{ignore.code}` is not found {'here' if ignore.comment.line else 'below this line'}"
    hint = "remove it, or move it to the line of the finding, or above that line"
    return Diagnostic("TFG015", summary, hint, ignore.comment.span)


def _comments(document: Document, lines: Sequence[str], says: Sequence[int]) -> Iterator[_Comment]:
    """The comments for tfgen, without what only looks like one within a text."""
    texts: list[Span] | None = None
    for number, line in enumerate(lines, 1):
        matches = list(_COMMENT.finditer(line)) if "tfgen:" in line.lower() else []
        trailing = bool(matches) and _says(line[: matches[0].start()])
        for index, match in enumerate(matches):
            if texts is None:
                texts = sorted(_texts(document, lines))
            place = (number, match.start() + 1)
            before = bisect_right(texts, (*place, len(lines) + 1, 0)) - 1
            if before >= 0 and place < texts[before][2:]:
                continue
            following = bisect_left(says, number + 1)
            about = number if trailing else says[following] if following < len(says) else None
            # Another one may follow on the line; nothing behind the first is part of a text.
            end = matches[index + 1].start() if index + 1 < len(matches) else len(line)
            said = line[match.start() : end].rstrip(" \t")
            text = line[match.end() : end].strip(" \t")
            yield _Comment(match[1], text, Span(*place, number, match.start() + len(said) + 1), about)


def _texts(document: Document, lines: Sequence[str]) -> Iterator[Span]:
    """Where the document's keys and scalars stand."""
    inner = {path[:-1] for path in document.spans}
    for path, (key, value) in document.spans.items():
        if key is not None:
            yield key
        line = lines[value.line - 1]
        if path not in inner and not line.startswith(_EMPTY, value.column - 1):
            # The text of a block scalar begins below its sign, which a comment may follow.
            is_block = line.startswith(_BLOCK, value.column - 1)
            yield Span(value.line + 1, 1, *value[2:]) if is_block else value


def _read(comment: _Comment, wrong: list[Diagnostic]) -> Iterator[_Ignore]:
    """The codes that a comment lets go."""

    def say(code: str, summary: str, hint: str) -> None:
        wrong.append(Diagnostic(code, summary, hint, comment.span))

    if comment.mark != "tfgen:":
        say("TFG014", f"`{comment.mark}` has capitals, and so has no effect", EXAMPLE)
        return
    match = _IGNORE.fullmatch(comment.text)
    if match is None:
        word = re.match(r"ignore\b", comment.text)
        summary = "`ignore` names no code" if word else "tfgen knows no such comment"
        if re.match(r"ignore[ \t]+\[[^\]]*\]", comment.text):
            summary = "between `ignore` and `[` is a space, so that it has no effect"
        say("TFG014", summary, f"{EXAMPLE}, or change the word `tfgen:`")
        return
    has_reason = _REASON.match(match[2])
    if not has_reason:
        say("TFG014", "`ignore` gives no reason, and so has no effect", EXAMPLE)
    codes = dict.fromkeys(code.strip() for code in match[1].split(","))
    for code in islice(codes, MOST_FINDINGS + 1):
        rule = CODES.get(code)
        if rule is None:
            what = f"`{code}` is no code" if code else "`ignore` names no code"
            if not code and match[1].strip():
                what = "`ignore` has a comma without a code beside it"
            hint = f"{EXAMPLE}; `tfgen rules` lists the codes"
            say("TFG014", what, f"did you mean `{code.upper()}`?" if code.upper() in CODES else hint)
        elif not rule.ignorable:
            hint = "remove the comment, and mend what it is about"
            say("TFG016", f"`{code}` cannot be ignored: {rule.summary}", hint)
        elif has_reason:
            yield _Ignore(code, comment)


def _says(line: str) -> bool:
    """Whether a line, or the part of one before a comment, is more than white space and a document's mark."""
    said = line.strip()
    return said not in _MARKS and not said.startswith(("#", "--- #", "... #"))
