"""The source of a spec: path → `Document`, the data of one YAML file and the position of its every node.

It reads libyaml's events, never its object graph: nothing is expanded, constructed or recursed into.
Plain scalars follow YAML 1.2's core schema: `NO`, `on`, `0644`, `12:30` and `2024-01-02` are text.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import yaml

from tfgen.diagnostics import DataPath, Diagnostic, Node, Span, SpecError

#: The largest file that is read, in bytes.
MAX_BYTES = 1_048_576
#: How many mappings and lists may stand inside one another.
MAX_DEPTH = 32
#: How many keys and values a file may hold.
MAX_NODES = 50_000
#: A longer plain scalar is text even if it is all digits: Python may refuse integers from 640 digits on.
MAX_NUMBER = 500
#: How many forbidden characters are reported one by one.
MAX_CHARACTERS = 10

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LEAVES = frozenset((yaml.ScalarEvent, yaml.AliasEvent))
_STARTS = frozenset((yaml.MappingStartEvent, yaml.SequenceStartEvent))
_ENDS = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))
_NODES = _LEAVES | _STARTS

# NEL, LS and PS end a line in libyaml (YAML 1.1) and its marks count them, so the lines shown must too.
_BREAKS = "\r\n\x85\u2028\u2029"
_LINE_BREAK = re.compile(f"\r\n|[{_BREAKS}]")
# libyaml drops a byte order mark without counting it: a second one would shift the columns by one.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]|\\A\ufeff")
_FORBIDDEN_CODES = (
    *range(9),
    11,
    12,
    *range(14, 32),
    *range(127, 133),
    *range(134, 160),
    0xFFFE,
    0xFFFF,
    0xFEFF,
)
# Private-use characters stand in for them, so that the rest of the file is read at its true positions.
_STAND_INS = {code: 0xE000 + number for number, code in enumerate(_FORBIDDEN_CODES)}
# libyaml compares a %TAG with every one before it: a megabyte of them would take a minute.
_DIRECTIVE = re.compile(f"(?:\\A|(?<=[{_BREAKS}]))%(?=(?:YAML|TAG)\\b)")
_TAG = re.compile(r"![^\s,\[\]{}]*")
_SURROGATE = re.compile("[\ud800-\udfff]")

_TOP = Span(1, 1, 1, 1)
_WORDS: Mapping[str, bool | None] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_STARTS = frozenset("+-.0123456789")
_INT = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_RADIX_INT = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_TYPES = {list: "a list", str: "a text", int: "a number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it was read: its text, its data, and where in the text each node of the data stands.

    That of a `SpecError` raised here has no data and no spans, and its text ends before the first byte
    that could not be decoded.
    """

    path: str
    text: str
    data: Any = None
    spans: Mapping[DataPath, tuple[Span | None, Span]] = field(default_factory=dict)

    def span(self, location: Span | Node) -> Span:
        """Return the place of `location` in the text.

        A path that is not in the data is shown at the key of its nearest ancestor that is (a list's item
        has no key: at its value), and the top of the data at line 1, column 1.
        """
        if isinstance(location, Span):
            return location
        path, key = location
        while path and path not in self.spans:
            path, key = path[:-1], True
        key_span, value_span = self.spans[path] if path else (None, _TOP)
        return key_span if key and key_span else value_span

    def lines(self) -> Sequence[str]:
        """Return the text's lines without their line breaks, made anew at each call: line 1 is item 0."""
        return _LINE_BREAK.split(self.text)


def load(path: Path, shown: str | None = None) -> Document:
    """Read the spec at `path`; reports call it `shown`, by default `path` with forward slashes.

    Raises SpecError with every mistake found, and OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    return parse(path.as_posix() if shown is None else shown, raw)


def parse(shown: str, raw: bytes) -> Document:
    """Turn the bytes of a file into its Document. Raises SpecError with every mistake, in file order."""
    text, unreadable = _decode(raw)
    reader = _Reader(text)
    data = None if unreadable else reader.read()
    if findings := [unreadable] if unreadable else reader.findings:
        raise SpecError(Document(shown, text), _diagnostics(findings, text))
    return Document(shown, text, data, reader.spans)


class _Finding(NamedTuple):
    """A diagnostic in the making. Findings sort by position."""

    span: Span
    code: str
    summary: str
    hint: str


def _diagnostics(findings: Sequence[_Finding], text: str) -> list[Diagnostic]:
    """Order `findings`, and keep each inside the text and, where it can be, at least a character wide."""
    lines = _LINE_BREAK.split(text)
    diagnostics = []
    for finding in sorted(findings):
        span = _clamp(finding.span, lines)
        if span[:2] == span[2:]:
            span = _clamp(span._replace(end_column=span.column + 1), lines)
        diagnostics.append(Diagnostic(finding.code, finding.summary, finding.hint, span))
    return diagnostics


def _decode(raw: bytes) -> tuple[str, _Finding | None]:
    """Return the text without its byte order mark, or what can be decoded of it and what is wrong."""
    hint = "Save the file as UTF-8."
    if len(raw) > MAX_BYTES:
        return "", _Finding(_TOP, "TFG008", f"the file is larger than {MAX_BYTES:,} bytes", _SPLIT)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        encoding = "UTF-32" if b"\0\0" in raw[:4] else "UTF-16"
        return "", _Finding(_TOP, "TFG001", f"the file is {encoding}", hint)
    try:
        return raw.decode().removeprefix("\ufeff"), None
    except UnicodeDecodeError as error:
        text = raw[: error.start].decode().removeprefix("\ufeff")
        summary = f"byte 0x{raw[error.start]:02X} at offset {error.start:,} is not UTF-8"
        return text, _Finding(_position(text, len(text)), "TFG001", summary, hint)


class _Stop(Exception):  # noqa: N818 - the mistake itself is among the findings
    """Nothing beyond this place is read."""


class _Reader:
    """Reads the events of one text into data and spans, and collects the mistakes in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[DataPath, tuple[Span | None, Span]] = {}
        self.findings: list[_Finding] = []
        self.repeated: set[Span] = set()
        self.nodes = 0
        self.documents = 0

    def read(self) -> Any:
        """Return the data, which may be used only if there are no findings."""
        self.replace_forbidden()
        intact = not self.findings  # what a forbidden character leads to is not a mistake of its own
        self.replace_directives()
        data = None
        try:
            data = self.build(_events(self.text))
            if intact and type(data) is not dict:
                self.not_a_mapping(data)
        except yaml.YAMLError as error:
            if intact:
                self.findings.append(_reword(error, self.text))
        except _Stop:
            pass
        return data

    def build(self, events: Iterator[Any]) -> Any:
        """Return the value of the document, None if there is none. Most of a load's time is spent here."""
        spans, span = self.spans, _TOP
        root: list[Any] = []
        node: Any = root
        path: DataPath = ()
        key: str | None = None
        in_mapping, key_span = False, None
        outer: list[tuple[Any, bool, DataPath]] = []
        for event in events:
            kind = type(event)
            if kind in _ENDS:
                span = _whole(spans[path][1], event, span)
                spans[path] = (spans[path][0], span)
                node, in_mapping, path = outer.pop()
                continue
            if kind not in _NODES:
                self.one_document(event)
                continue
            span = self.node(event)
            if in_mapping and key is None:
                key = self.key(event, span)
                key_span = self.repeat(key, span, spans[*path, key][0] or span) if key in node else span
                continue
            if kind in _LEAVES:
                value = self.leaf(event, span)
                if value is None and outer and kind is yaml.ScalarEvent:
                    self.no_value(key, key_span or span)
            else:
                if len(outer) >= MAX_DEPTH:
                    self.stop(span, "TFG009", f"the data is nested more than {MAX_DEPTH} deep", _FLATTEN)
                value = {} if kind is yaml.MappingStartEvent else []
            here = (*path, len(node) if key is None else key) if outer else ()
            spans[here] = (key_span, span)
            if in_mapping:
                node[key] = value
            else:
                node.append(value)
            key = key_span = None
            if kind in _STARTS:
                outer.append((node, in_mapping, path))
                node, in_mapping, path = value, kind is yaml.MappingStartEvent, here
        return root[0] if root else None

    def node(self, event: Any) -> Span:
        """Count a node and return its span; that of a mapping or list is where it starts."""
        start, end = event.start_mark, event.end_mark
        span = Span(start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.stop(span, "TFG008", f"the file has more than {MAX_NODES:,} keys and values", _SPLIT)
        if event.anchor is not None or event.tag is not None:
            self.properties(event, span)
        if end.index >= len(self.text):  # libyaml ends a text with a line break even where it has none
            span = _clamp(span, _LINE_BREAK.split(self.text))
        return span

    def leaf(self, event: Any, span: Span) -> Any:
        """Return the value of a scalar; that of an alias is None."""
        if type(event) is yaml.AliasEvent:
            return None
        text: str = event.value
        if not text.isascii() or "\0" in text:
            self.check_text(text, span)
        return text if event.style else _plain(text)

    def key(self, event: Any, span: Span) -> str:
        """Return a key's text, and report a key that is something else."""
        if type(event) in _STARTS:
            hint = "Put the key, or a text that starts with a brace or bracket, in quotes."
            self.stop(span, "TFG010", "a key is a mapping or a list", hint)
        value = self.leaf(event, span)
        text: str = f"*{event.anchor}" if type(event) is yaml.AliasEvent else event.value
        if not text and value is None:
            self.add(span, "TFG010", "a key is empty", "Write the key before the `:`.")
        elif type(value) is not str and type(event) is yaml.ScalarEvent:
            self.add(span, "TFG010", f"the key {_name(text)} is not text", f'Put it in quotes: "{text}".')
        return text

    def repeat(self, key: str, span: Span, first: Span) -> Span:
        """Report a key that its mapping has already, at both places; return the first."""
        places = [(span, first)] if first in self.repeated else [(first, span), (span, first)]
        for place, other in places:
            where = "again on this line" if other.line == place.line else f"on line {other.line}"
            summary = f"{_name(key)} is given twice, here and {where}"
            self.add(place, "TFG004", summary, "Keep one of them.")
        self.repeated.add(first)
        return first

    def check_text(self, text: str, span: Span) -> None:
        """Report what an escape may have put into a text, and text that is not in normal form C."""
        if "\0" in text:
            self.add(span, "TFG002", f"{_name(text)} holds the character NUL", "Remove it.")
        if _SURROGATE.search(text):
            self.add(span, "TFG002", f"{_name(text)} holds half of a surrogate pair", _WRITE_CHARACTER)
        if not unicodedata.is_normalized("NFC", text):
            words = (word for word in text.split() if not unicodedata.is_normalized("NFC", word))
            # Cut first: to normalize a long run of combining marks can take quadratic time.
            word = unicodedata.normalize("NFC", next(words, text)[:40])
            escaped = word.encode("unicode_escape").decode().replace('"', '\\"')
            hint = f'Type it anew, or write it in double quotes with escapes: "{escaped}".'
            self.add(span, "TFG012", f"{_name(text)} is not in Unicode normal form C", hint)

    def no_value(self, key: str | None, span: Span) -> None:
        """Report a null: at its key; that of a list at its text or, where it has none, at the dash."""
        if key is not None:
            self.add(span, "TFG013", f"{_name(key)} has no value", "Give it a value or leave the key out.")
            return
        if span[:2] == span[2:]:
            span = span._replace(column=max(span.column - 1, 1))
        self.add(span, "TFG013", "a list item has no value", "Give it a value or leave the item out.")

    def properties(self, event: Any, span: Span) -> None:
        """Report the anchor, alias or tag of a node."""
        start: int = event.start_mark.index
        is_alias = type(event) is yaml.AliasEvent
        if event.anchor is not None:
            sign, what = ("*", "alias") if is_alias else ("&", "anchor")
            name = f"{sign}{event.anchor}"
            place = _part(span, self.text.find(name, start) - start, len(name))
            hint = "Write the value out at each place that needs it."
            self.add(place, "TFG006", f"{_name(name)} is a YAML {what}", hint)
        if not is_alias and event.tag is not None and (tag := _TAG.search(self.text, start)):
            place = _part(span, tag.start() - start, len(tag[0]))
            hint = "Remove it: a value's type follows from its key, and a reference is written `${…}`."
            self.add(place, "TFG005", f"{_name(tag[0])} is a YAML tag", hint)

    def one_document(self, event: Any) -> None:
        """Stop where a second document starts."""
        self.documents += type(event) is yaml.DocumentStartEvent
        if self.documents > 1:
            mark = event.start_mark
            span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 4)
            hint = "Put each spec into a file of its own, and remove this `---`."
            self.stop(span, "TFG007", "a second YAML document starts here", hint)

    def not_a_mapping(self, data: Any) -> None:
        """Report a file without data, or one whose top level is something else than a mapping."""
        span, summary = _TOP, "the file holds no data"
        if data is not None:
            span = next(iter(self.spans.values()))[1]
            summary = f"the top level is {_TYPES[type(data)]}, not a mapping"
        self.add(span, "TFG011", summary, "Write the spec as lines of `key: value`.")

    def replace_forbidden(self) -> None:
        """Report the characters that no spec may hold, and put others in their place."""
        text = self.text
        for number, found in enumerate(islice(_FORBIDDEN.finditer(text), MAX_CHARACTERS + 1)):
            summary = f"the character U+{ord(found[0]):04X} may not stand in a spec"
            if number == MAX_CHARACTERS:
                more = len(_FORBIDDEN.findall(text)) - number
                summary = f"{more:,} more of the characters that may not stand in a spec follow"
            self.add(
                _position(text, found.start()), "TFG002", summary, "Remove it, or save the file as text."
            )
        if self.findings:
            self.text = text.translate(_STAND_INS)

    def replace_directives(self) -> None:
        """Report `%YAML` and `%TAG`, and make comments of them."""
        if "%" in self.text and (found := _DIRECTIVE.search(self.text)):
            span, hint = _position(self.text, found.start()), "Remove every line that starts with `%`."
            self.add(span, "TFG005", "YAML directives are not used in specs", hint)
            self.text = _DIRECTIVE.sub("#", self.text)

    def add(self, span: Span, code: str, summary: str, hint: str) -> None:
        self.findings.append(_Finding(span, code, summary, hint))

    def stop(self, span: Span, code: str, summary: str, hint: str) -> NoReturn:
        self.add(span, code, summary, hint)
        raise _Stop


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except (ValueError, OverflowError) as error:  # PyYAML without libyaml, at "\U00110000"
        raise yaml.YAMLError from error


def _plain(text: str) -> Any:
    """Return the value of a plain scalar by YAML 1.2's core schema, without infinity and not-a-number."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS or len(text) > MAX_NUMBER:
        return text
    if _INT.fullmatch(text):
        return int(text)
    if _RADIX_INT.fullmatch(text):
        return int(text, 0)
    if _FLOAT.fullmatch(text) and math.isfinite(number := float(text)):
        return number
    return text


def _whole(start: Span, event: Any, last: Span) -> Span:
    """Return the span of a mapping or list that starts at `start` and whose last node is at `last`."""
    end = event.end_mark
    if event.start_mark.index == end.index:  # of a block, libyaml marks only where the next token starts
        return Span(*start[:2], *last[2:])
    return Span(*start[:2], end.line + 1, end.column + 1)


def _part(span: Span, offset: int, width: int) -> Span:
    column = span.column + max(offset, 0)
    return Span(span.line, column, span.line, column + width)


def _position(text: str, index: int) -> Span:
    lines = _LINE_BREAK.split(text[:index])
    return Span(len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 1)


def _clamp(span: Span, lines: Sequence[str]) -> Span:
    """Return `span` without what lies beyond the text."""

    def inside(line: int, column: int) -> tuple[int, int]:
        if line > len(lines):
            return len(lines), len(lines[-1]) + 1
        return line, min(column, len(lines[line - 1]) + 1)

    start = inside(*span[:2])
    return Span(*start, *max(start, inside(*span[2:])))


def _name(text: str) -> str:
    """Return `text` as a summary names it: short, on one line, in backticks."""
    short = text if len(text) <= 40 else f"{text[:39]}…"
    return "`" + "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short) + "`"


def _reword(error: yaml.YAMLError, text: str) -> _Finding:
    """Return what to say of libyaml's `error`."""
    mark: Any = getattr(error, "problem_mark", None)
    opener: Any = getattr(error, "context_mark", None) or mark
    if mark is None:
        return _Finding(_TOP, "TFG003", "the text is not YAML", "Check its quotes, brackets and indentation.")
    problem = str(getattr(error, "problem", None))
    lines = _LINE_BREAK.split(text)
    place = opener if _AT_OPENER.search(problem) else mark
    span = _clamp(Span(*(place.line + 1, place.column + 1) * 2), lines)
    line, column = lines[span.line - 1], span.column - 1
    char = line[column : column + 1]
    seen = f"{problem}\n{line[:column].rstrip()[-1:]}\0{char}"
    summary, hint = next(
        (words for pattern, words in _REWORDINGS.items() if re.search(pattern, seen)),
        ("this is not YAML: {problem}", "Check the quotes, brackets and indentation before this place."),
    )
    summary = summary.format(
        char=_name(char),
        opener=_name(text[opener.index : opener.index + 1]),
        line=opener.line + 1,
        problem=problem,
    )
    return _Finding(span, "TFG002" if hint is _WRITE_CHARACTER else "TFG003", summary, hint)


#: These problems are shown where libyaml began what it could not finish, which is where the mistake is.
_AT_OPENER = re.compile("alphabetic or numeric|end of stream|document indicator|could not find expected ':'")

_SPLIT = "Split it: a spec describes one function."
_FLATTEN = "Nest mappings and lists less deeply."
_QUOTE = "Put the value in quotes."
_WRITE_CHARACTER = "Write the character itself, or `\\U` and its eight hexadecimal digits."

#: What to say in place of libyaml's problem, by a pattern for: the problem, a line break, the last visible
#: character before the place (if the line has one), NUL, the character at the place. The first that fits.
_REWORDINGS: Mapping[str, tuple[str, str]] = {
    "tab character|any token\n.?\0\t": ("a tab stands where only spaces may", "Use spaces."),
    "any token|alphabetic or|tag handle": ("a value may not start with {char}", _QUOTE),
    "end of stream|document indicator": ("this quote is not closed", "Write the same quote at its end."),
    "',' or.*\n\\$\0{": ("an expression among brackets stands without quotes", 'Write "${…}", in quotes.'),
    "',' or": (
        "{opener} of line {line} is not closed before this, or a comma is missing",
        "Close it, and quote texts that hold a comma, bracket or brace.",
    ),
    "mapping values": (
        "a key may not start on this line, or a value holds `: `",
        "Quote the value, or indent the key as its neighbours are.",
    ),
    "could not find expected ':'": (
        "this line is neither `key: value` nor a part of the value above",
        "Write a `:` and a space after the key, or correct the indentation.",
    ),
    "expected key\n[^\0]": (
        "text follows the end of a value",
        "Quote the value as a whole, or remove the text.",
    ),
    "expected key": ("this does not fit the mapping of line {line}", "Indent the key as its neighbours are."),
    "'-' indicator": ("this does not fit the list of line {line}", "Write each item's `- ` in one column."),
    "sequence entries": ("a list may not start on the line of its key", "Start it on the next line."),
    "node content": ("a value is missing before {char}", "Write the value, or put the text in quotes."),
    "escape character|hexdecimal|escape sequence": (
        "this backslash starts no escape of YAML's",
        "Write it twice, or put the text in single quotes.",
    ),
    "Unicode character escape": ("this escape stands for no character", _WRITE_CHARACTER),
    "comment or line break": (
        "a text after `|` or `>` starts on the next line",
        "Move it there, or put it in quotes.",
    ),
    "<document start>": (
        "this follows the end of the data",
        "Make it a key of the mapping above, or remove it.",
    ),
}
