"""What libyaml's problems mean, in words that say what to do; and the findings they become."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import yaml

from tfgen.diagnostics import Span

# NEL, LS and PS end a line in libyaml (YAML 1.1) and its marks count them, so the lines shown must too.
BREAKS = "\r\n\x85\u2028\u2029"
LINE_BREAK = re.compile(f"\r\n|[{BREAKS}]")
TOP = Span(1, 1, 1, 1)


class Finding(NamedTuple):
    """A diagnostic in the making. Findings sort by position."""

    span: Span
    code: str
    summary: str
    hint: str


def clamp(span: Span, lines: Sequence[str]) -> Span:
    """Return `span` without what lies beyond the text."""

    def inside(line: int, column: int) -> tuple[int, int]:
        if line > len(lines):
            return len(lines), len(lines[-1]) + 1
        return line, min(column, len(lines[line - 1]) + 1)

    start = inside(*span[:2])
    return Span(*start, *max(start, inside(*span[2:])))


def ticked(text: str) -> str:
    """Return `text` as a summary names it: short, on one line, in backticks."""
    short = text if len(text) <= 40 else f"{text[:39]}…"
    return "`" + "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short) + "`"


def reword(error: yaml.YAMLError, text: str) -> Finding:
    """Return what to say of libyaml's `error`."""
    mark: Any = getattr(error, "problem_mark", None)
    opener: Any = getattr(error, "context_mark", None) or mark
    if mark is None:
        return Finding(TOP, "TFG003", "the text is not YAML", "check its quotes, brackets and indentation")
    problem = str(getattr(error, "problem", None))
    lines = LINE_BREAK.split(text)
    place = opener if _AT_OPENER.search(problem) else mark
    span = clamp(Span(*(place.line + 1, place.column + 1) * 2), lines)
    line, column = lines[span.line - 1], span.column - 1
    char = line[column : column + 1]
    seen = f"{problem}\n{line[:column].rstrip()[-1:]}\0{char}"
    summary, hint = next(
        (words for pattern, words in _REWORDINGS.items() if re.search(pattern, seen)),
        ("this is not YAML: {problem}", "check the quotes, brackets and indentation before this place"),
    )
    summary = summary.format(
        char=ticked(char),
        opener=ticked(text[opener.index : opener.index + 1]),
        line=opener.line + 1,
        problem=problem,
    )
    codes = {WRITE_CHARACTER: "TFG002", FLATTEN: "TFG009"}
    return Finding(span, codes.get(hint, "TFG003"), summary, hint)


#: These problems are shown where libyaml began what it could not finish, which is where the mistake is.
_AT_OPENER = re.compile("alphabetic or numeric|end of stream|document indicator|could not find expected ':'")

SPLIT = "split it: a spec describes one function"
FLATTEN = "nest mappings and lists less deeply"
_QUOTE = "put the value in quotes"
WRITE_CHARACTER = "write the character itself, or `\\U` and its eight hexadecimal digits"

#: What to say in place of libyaml's problem, by a pattern for: the problem, a line break, the last visible
#: character before the place (if the line has one), NUL, the character at the place. The first that fits.
_REWORDINGS: Mapping[str, tuple[str, str]] = {
    # PyYAML 6.0.4 and later; what is nested so deeply, our own limit would stop a little later.
    "nesting depth": ("the data is nested too deeply", FLATTEN),
    "tab character|any token\n.?\0\t": ("a tab stands where only spaces may", "use spaces"),
    "any token|alphabetic or|tag handle": ("a value may not start with {char}", _QUOTE),
    "end of stream|document indicator": ("this quote is not closed", "write the same quote at its end"),
    "',' or.*\n\\$\0{": ("an expression among brackets stands without quotes", 'write "${…}", in quotes'),
    "',' or": (
        "{opener} of line {line} is not closed before this, or a comma is missing",
        "close it, and quote texts that hold a comma, bracket or brace",
    ),
    "mapping values": (
        "a key may not start on this line, or a value holds `: `",
        "quote the value, or indent the key as its neighbours are",
    ),
    "could not find expected ':'": (
        "this line is neither `key: value` nor a part of the value above",
        "write a `:` and a space after the key, or correct the indentation",
    ),
    "expected key\n[^\0]": (
        "text follows the end of a value",
        "quote the value as a whole, or remove the text",
    ),
    "expected key": ("this does not fit the mapping of line {line}", "indent the key as its neighbours are"),
    "'-' indicator": ("this does not fit the list of line {line}", "write each item's `- ` in one column"),
    "sequence entries": ("a list may not start on the line of its key", "start it on the next line"),
    "node content": ("a value is missing before {char}", "write the value, or put the text in quotes"),
    "escape character|hexdecimal|escape sequence": (
        "this backslash starts no escape of YAML's",
        "write it twice, or put the text in single quotes",
    ),
    "Unicode character escape": ("this escape stands for no character", WRITE_CHARACTER),
    "comment or line break": (
        "a text after `|` or `>` starts on the next line",
        "move it there, or put it in quotes",
    ),
    "<document start>": (
        "this follows the end of the data",
        "make it a key of the mapping above, or remove it",
    ),
}
