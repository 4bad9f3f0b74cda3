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
_FORBIDDEN_CODES = (*range(9), 0xB, 0xC, *range(0xE, 0x20), *range(0x7F, 0xA0), 0xFEFF, 0xFFFE, 0xFFFF)
# Private-use characters, so that the rest of the file can be read, each at its true position.
_STAND_INS = {code: 0xE000 + number for number, code in enumerate(_FORBIDDEN_CODES) if code != 0x85}
# libyaml compares a %TAG with every one before it: a megabyte of them would take minutes.
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


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it was read: its text, its data, and where in the text each node of the data stands.

    A `SpecError` of this room carries a document without data and spans, and with the text up to the
    first byte that could not be decoded.
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
        if not path:
            return _TOP
        key_span, value_span = self.spans[path]
        return key_span if key and key_span else value_span

    def lines(self) -> Sequence[str]:
        """Return the text's lines without their line breaks, made anew at each call: line 1 is item 0."""
        return _LINE_BREAK.split(self.text)


def load(path: Path, shown: str | None = None) -> Document:
    """Read the spec at `path`; reports call it `shown`, which is `path` with forward slashes by default.

    Raises SpecError with every mistake found, and OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    return parse(path.as_posix() if shown is None else shown, raw)


def parse(shown: str, raw: bytes) -> Document:
    """Turn the bytes of a file into its Document. Raises SpecError with every mistake, in file order."""
    text, finding = _decode(raw)
    if finding:
        raise SpecError(Document(shown, text), _diagnostics([finding], text))
    reader = _Reader(text)
    data = reader.read()
    if reader.findings:
        raise SpecError(Document(shown, text), _diagnostics(reader.findings, text))
    return Document(shown, text, data, reader.spans)


class _Finding(NamedTuple):
    """A diagnostic in the making. Findings sort by position."""

    span: Span
    code: str
    summary: str
    hint: str


def _diagnostics(findings: list[_Finding], text: str) -> list[Diagnostic]:
    """Order `findings`, and keep each inside the text and, where it can be, at least a character wide."""
    lines = _LINE_BREAK.split(text)
    diagnostics = []
    for finding in sorted(findings):
        span = _clamp(finding.span, lines)
        if span[:2] >= span[2:]:
            column = min(span.column + 1, len(lines[span.line - 1]) + 1)
            span = span._replace(end_line=span.line, end_column=column)
        diagnostics.append(Diagnostic(finding.code, finding.summary, finding.hint, span))
    return diagnostics


def _decode(raw: bytes) -> tuple[str, _Finding | None]:
    """Return the text without its byte order mark, or what can be decoded of it and what is wrong."""
    if len(raw) > MAX_BYTES:
        summary = f"the file is larger than {MAX_BYTES:,} bytes"
        return "", _Finding(_TOP, "TFG008", summary, "Split it, one spec a function.")
    if raw.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "", _Finding(_TOP, "TFG001", "the file is UTF-32", "Save it as UTF-8.")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "", _Finding(_TOP, "TFG001", "the file is UTF-16", "Save it as UTF-8.")
    try:
        return raw.decode().removeprefix("\ufeff"), None
    except UnicodeDecodeError as error:
        text = raw[: error.start].decode().removeprefix("\ufeff")
        summary = f"byte 0x{raw[error.start]:02X} at offset {error.start:,} is not UTF-8"
        return text, _Finding(_position(text, len(text)), "TFG001", summary, "Save the file as UTF-8.")


class _Stop(Exception):  # noqa: N818 - the mistake itself is among the findings
    """Nothing beyond this place is read."""


class _Reader:
    """Reads the events of one text into data and spans, and collects the mistakes in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[DataPath, tuple[Span | None, Span]] = {}
        self.findings: list[_Finding] = []
        self.repeated: dict[Span, tuple[str, list[Span]]] = {}
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
        self.report_repeated()
        return data

    def build(self, events: Iterator[Any]) -> Any:
        """Return the value of the one document, None if there is none.

        Most of the time that a load takes is spent here and in `node` and `leaf`.
        """
        spans, span = self.spans, _TOP
        root: list[Any] = []
        node: Any = root
        in_mapping, path, key, key_span = False, DataPath(), None, None
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
            if kind in _LEAVES:
                value = self.leaf(event, span)
                if in_mapping and key is None:
                    key = event.value if kind is yaml.ScalarEvent else f"*{event.anchor}"
                    key_span = self.key(key, event, span, spans[*path, key][0] if key in node else None)
                    continue
                if value is None and outer and kind is yaml.ScalarEvent:
                    self.no_value(key, key_span or span)
            elif in_mapping and key is None:
                self.skip_entry(events, span)
                continue
            elif len(outer) == MAX_DEPTH:
                self.too_deep(span)
            else:
                value = {} if kind is yaml.MappingStartEvent else []
            here = (*path, key if in_mapping else len(node)) if outer else ()
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
            summary = f"the file has more than {MAX_NODES:,} keys and values"
            self.stop(span, "TFG008", summary, "Split it, one spec a function.")
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

    def key(self, key: str, event: Any, span: Span, first: Span | None) -> Span:
        """Check a scalar key; return the span of the first key of that name in its mapping."""
        if type(event) is yaml.ScalarEvent and not event.style and type(_plain(key)) is not str:
            if key:
                self.add(span, "TFG010", f"the key {_name(key)} is not text", f'Put it in quotes: "{key}".')
            else:
                self.add(span, "TFG010", "a key is empty", "Write the key before the `:`.")
        if first is None:
            return span
        self.repeated.setdefault(first, (key, [first]))[1].append(span)
        return first

    def skip_entry(self, events: Iterator[Any], span: Span) -> None:
        """Pass over a key that is a mapping or list, and over its value."""
        hint = "Put the key, or a text that holds braces or brackets, in quotes."
        self.add(span, "TFG010", "a key is a mapping or a list", hint)
        for depth in (1, 0):
            for event in events:
                if type(event) in _NODES:
                    span = self.node(event)
                depth += (type(event) in _STARTS) - (type(event) in _ENDS)  # noqa: PLW2901
                if depth > MAX_DEPTH:
                    self.too_deep(span)
                if depth == 0:
                    break

    def check_text(self, text: str, span: Span) -> None:
        """Report what an escape may have put into a text, and text that is not in normal form C."""
        if "\0" in text:
            self.add(span, "TFG002", f"{_name(text)} holds the character NUL", "Remove it.")
        if _SURROGATE.search(text):
            self.add(span, "TFG002", f"{_name(text)} holds half a character", _WRITE_CHARACTER)
        if not unicodedata.is_normalized("NFC", text):
            words = (word for word in text.split() if not unicodedata.is_normalized("NFC", word))
            # Cut first: to normalize a long run of combining marks takes quadratic time.
            word = unicodedata.normalize("NFC", next(words, text)[:40])
            escaped = word.encode("unicode_escape").decode().replace('"', '\\"')
            hint = f'Type it anew, or write it in double quotes with escapes: "{escaped}".'
            self.add(span, "TFG012", f"{_name(text)} is not in Unicode normal form C", hint)

    def no_value(self, key: str | None, span: Span) -> None:
        """Report a null: at the key, or at the value or dash of a list's item."""
        if key is not None:
            self.add(span, "TFG013", f"{_name(key)} has no value", "Give it a value or leave the key out.")
            return
        if span[:2] == span[2:]:
            span = span._replace(column=max(span.column - 1, 1))
        self.add(span, "TFG013", "a list item has no value", "Give it a value or leave the item out.")

    def properties(self, event: Any, span: Span) -> None:
        """Report the anchor, alias or tag of a node."""
        start: int = event.start_mark.index
        if event.anchor is not None:
            is_alias = type(event) is yaml.AliasEvent
            name = f"{'*' if is_alias else '&'}{event.anchor}"
            summary = f"{_name(name)} is a YAML {'alias' if is_alias else 'anchor'}"
            place = _part(span, self.text.find(name, start) - start, len(name))
            self.add(place, "TFG006", summary, "Write the value out at each place that needs it.")
            if is_alias:
                return
        if event.tag is not None and (tag := _TAG.search(self.text, start)):
            place = _part(span, tag.start() - start, len(tag[0]))
            hint = "Remove it: types follow from the key, and a reference is written `${…}`."
            self.add(place, "TFG005", f"{_name(tag[0])} is a YAML tag", hint)

    def one_document(self, event: Any) -> None:
        """Stop at the start of a second document."""
        self.documents += type(event) is yaml.DocumentStartEvent
        if self.documents > 1:
            mark = event.start_mark
            span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 4)
            hint = "Put each spec into a file of its own, and remove this `---`."
            self.stop(span, "TFG007", "a second YAML document starts here", hint)

    def not_a_mapping(self, data: Any) -> None:
        """Report a file without data, or with something else than a mapping at its top."""
        span, summary = _TOP, "the file holds no data"
        if data is not None:
            span = next(iter(self.spans.values()))[1]
            summary = f"the top level is {_TYPES[type(data)]}, not a mapping"
        self.add(span, "TFG011", summary, "Write the spec as lines of `key: value`.")

    def replace_forbidden(self) -> None:
        """Report the characters that no spec may hold, and put others in their place."""
        if not _FORBIDDEN.search(self.text):
            return
        text = self.text
        self.text = text.translate(_STAND_INS)
        for number, found in enumerate(islice(_FORBIDDEN.finditer(text), MAX_CHARACTERS + 1)):
            code, span = ord(found[0]), _position(text, found.start())
            if number == MAX_CHARACTERS:
                more = len(_FORBIDDEN.findall(text)) - number
                summary = f"{more:,} more of the characters that may not stand in a spec follow"
                self.add(span, "TFG002", summary, "Check that the file is a text file.")
            elif code == 0 or code == 0xFEFF:
                name = "NUL" if code == 0 else "a second byte order mark"
                self.add(span, "TFG002", f"U+{code:04X} ({name}) may not stand in a spec", "Remove it.")
            else:
                hint = f'Remove it, or write it in double quotes as "\\u{code:04x}".'
                self.add(span, "TFG002", f"U+{code:04X} may not stand in a spec", hint)

    def replace_directives(self) -> None:
        """Report `%YAML` and `%TAG`, and make comments of them."""
        if "%" in self.text and (found := _DIRECTIVE.search(self.text)):
            summary = "YAML directives are not used in specs"
            span = _position(self.text, found.start())
            self.add(span, "TFG005", summary, "Remove every line that starts with `%`.")
            self.text = _DIRECTIVE.sub("#", self.text)

    def report_repeated(self) -> None:
        """Report every place of every key that a mapping has more than once."""
        for key, places in self.repeated.values():
            for place in places:
                other = places[1] if place is places[0] else places[0]
                if len(places) > 2:
                    which = "next" if place is places[0] else "first"
                    times = f"{len(places)} times, {which} on line {other.line}"
                else:
                    same = other.line == place.line
                    times = "twice on this line" if same else f"twice, here and on line {other.line}"
                self.add(place, "TFG004", f"{_name(key)} is given {times}", "Keep one of them.")

    def add(self, span: Span, code: str, summary: str, hint: str) -> None:
        self.findings.append(_Finding(span, code, summary, hint))

    def stop(self, span: Span, code: str, summary: str, hint: str) -> NoReturn:
        self.add(span, code, summary, hint)
        raise _Stop

    def too_deep(self, span: Span) -> NoReturn:
        summary = f"mappings and lists stand in one another more than {MAX_DEPTH} deep"
        self.stop(span, "TFG009", summary, "Nest them less deeply.")


def _events(text: str) -> Iterator[Any]:
    try:
        yield from yaml.parse(text, Loader=_LOADER)
    except (ValueError, OverflowError) as error:  # PyYAML without libyaml, on "\U00110000"
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
    """Return the span of a mapping or list that starts at `start` and holds `last` as its last node."""
    end = event.end_mark
    if event.start_mark.index == end.index:  # of a block, libyaml marks only where the next token starts
        return Span(start.line, start.column, last.end_line, last.end_column)
    return Span(start.line, start.column, end.line + 1, end.column + 1)


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


class _Rewording(NamedTuple):
    """What to say of a problem of libyaml's that holds `problem`, at a place in a line that `around` fits.

    For `around`, a NUL stands at the place. `{char}` is the character there, `{line}` the line and
    `{opener}` the character where libyaml began what it could not finish.
    """

    problem: str
    around: str
    summary: str
    hint: str
    at_opener: bool = False
    code: str = "TFG003"


_QUOTE_IT = "Put the value in quotes."
_WRITE_CHARACTER = "Write the character itself, or `\\U` and its eight hexadecimal digits."
_REWORDINGS = tuple(
    _Rewording(*row)
    for row in (
        ("tab character", "", "a tab stands where only spaces may", "Indent with spaces."),
        ("cannot start any token", "\0\t", "a tab stands where only spaces may", "Indent with spaces."),
        ("cannot start any token", "\0`", "a value may not start with a backtick", _QUOTE_IT),
        ("cannot start any token", "", "a value may not start with `{char}`", _QUOTE_IT),
    )
)
