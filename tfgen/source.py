"""The source of a spec: path → `Document`, the data of one YAML file and the position of its every node.

It reads libyaml's events, never its object graph: nothing is expanded, constructed or recursed into.
Plain scalars follow YAML 1.2's core schema: `NO`, `on`, `0644`, `12:30` and `2024-01-02` are text.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, NoReturn

import yaml

from tfgen.diagnostics import MOST_FINDINGS, DataPath, Diagnostic, Node, Span, SpecError, told
from tfgen.yaml_problems import (
    BREAKS,
    FLATTEN,
    LINE_BREAK,
    SPLIT,
    TOP,
    WRITE_CHARACTER,
    Finding,
    clamp,
    reword,
    ticked,
)

#: The largest file that is read, in bytes.
MAX_BYTES = 524_288
#: How many mappings and lists may stand inside one another.
MAX_DEPTH = 32
#: How many keys and values a file may hold.
MAX_NODES = 10_000
#: How many characters a key may have; without `?`, YAML allows as many. Each finding below it names it.
MAX_KEY = 1_024
#: A longer plain scalar is text even if it is all digits: Python may refuse integers from 640 digits on.
MAX_NUMBER = 500
#: How many forbidden characters are reported one by one.
MAX_CHARACTERS = 10

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_LEAVES = frozenset((yaml.ScalarEvent, yaml.AliasEvent))
_STARTS = frozenset((yaml.MappingStartEvent, yaml.SequenceStartEvent))
_ENDS = frozenset((yaml.MappingEndEvent, yaml.SequenceEndEvent))
_NODES = _LEAVES | _STARTS

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
_DIRECTIVE = re.compile(f"(?:\\A|(?<=[{BREAKS}]))%(?=(?:YAML|TAG)\\b)")
_TAG = re.compile(r"![^\s,\[\]{}]*")
_SURROGATE = re.compile("[\ud800-\udfff]")

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


class Other(NamedTuple):
    """Another file whose text follows that of a document: what to call it, and the line that it begins at."""

    path: str
    first_line: int


class Document(NamedTuple):
    """One file as it was read: its text, its data, and where in the text each node of the data stands.

    With `other`, some of its data comes from another file, whose text follows its own.

    `findings` are mistakes that still left a mapping to look at, so that what else is wrong with it can
    be told in the same run; a spec with findings is never rendered. The document of a `SpecError` raised
    here has no data and no spans, and its text ends before the first byte that could not be decoded.
    """

    path: str
    text: str
    data: Any = None
    spans: Mapping[DataPath, tuple[Span | None, Span]] = MappingProxyType({})
    findings: tuple[Diagnostic, ...] = ()
    other: Other | None = None

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
        key_span, value_span = self.spans[path] if path else (None, TOP)
        return key_span if key and key_span else value_span

    def lines(self) -> Sequence[str]:
        """Return the text's lines without their line breaks, made anew at each call: line 1 is item 0."""
        return LINE_BREAK.split(self.text)


def load(path: Path, shown: str | None = None) -> Document:
    """Read the spec at `path`; reports call it `shown`, by default `path` with forward slashes.

    Raises SpecError with every mistake found, and OSError where the file cannot be read.
    """
    with path.open("rb") as file:
        raw = file.read(MAX_BYTES + 1)
    return parse(path.as_posix() if shown is None else shown, raw)


def parse(shown: str, raw: bytes) -> Document:
    """Turn the bytes of a file into its Document, with the findings that it could be read despite.

    Raises SpecError, with every mistake in file order, where there is no mapping to go on with.
    """
    text, unreadable = _decode(raw)
    if unreadable:
        raise SpecError(Document(shown, text), _diagnostics([unreadable], text))
    reader = _Reader(text)
    data = reader.read()
    findings = _diagnostics(reader.findings, text)
    if not reader.is_complete:
        raise SpecError(Document(shown, text), told(findings))
    return Document(shown, text, data, reader.spans, tuple(findings))


def _diagnostics(findings: Sequence[Finding], text: str) -> list[Diagnostic]:
    """Order `findings`, and keep each inside the text and, where it can be, at least a character wide."""
    lines = LINE_BREAK.split(text)
    diagnostics = []
    for finding in sorted(findings):
        span = clamp(finding.span, lines)
        if span[:2] == span[2:]:
            span = clamp(span._replace(end_column=span.column + 1), lines)
        diagnostics.append(Diagnostic(finding.code, finding.summary, finding.hint, span))
    return diagnostics


def _decode(raw: bytes) -> tuple[str, Finding | None]:
    """Return the text without its byte order mark, or what can be decoded of it and what is wrong."""
    hint = "save the file as UTF-8"
    if len(raw) > MAX_BYTES:
        return "", Finding(TOP, "TFG008", f"the file is larger than {MAX_BYTES:,} bytes", SPLIT)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")):
        encoding = "UTF-32" if b"\0\0" in raw[:4] else "UTF-16"
        return "", Finding(TOP, "TFG001", f"the file is {encoding}", hint)
    try:
        return raw.decode().removeprefix("\ufeff"), None
    except UnicodeDecodeError as error:
        text = raw[: error.start].decode().removeprefix("\ufeff")
        summary = f"byte 0x{raw[error.start]:02X} at offset {error.start:,} is not UTF-8"
        return text, Finding(_position(text, len(text)), "TFG001", summary, hint)


class _Stop(Exception):  # noqa: N818 - the mistake itself is among the findings
    """Nothing beyond this place is read."""


class _Reader:
    """Reads the events of one text into data and spans, and collects the mistakes in it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[DataPath, tuple[Span | None, Span]] = {}
        self.findings: list[Finding] = []
        self.repeated: set[Span] = set()
        self.nodes = 0
        self.mistakes = 0
        self.documents = 0
        self.is_complete = False

    def read(self) -> Any:
        """Return the data, a mapping of all that the text holds if `is_complete` is true then."""
        self.replace_forbidden()
        intact = not self.findings  # what a forbidden character leads to is not a mistake of its own
        self.replace_directives()
        data = None
        try:
            data = self.build(_events(self.text))
            if intact and type(data) is not dict:
                self.not_a_mapping(data)
            self.is_complete = intact and type(data) is dict
        except yaml.YAMLError as error:
            if intact:
                self.findings.append(reword(error, self.text))
        except _Stop:
            pass
        return data

    def build(self, events: Iterator[Any]) -> Any:
        """Return the value of the document, None if there is none. Most of a load's time is spent here."""
        spans, span = self.spans, TOP
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
                    self.stop(span, "TFG009", f"the data is nested more than {MAX_DEPTH} deep", FLATTEN)
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
            self.stop(span, "TFG008", f"the file has more than {MAX_NODES:,} keys and values", SPLIT)
        if event.anchor is not None or event.tag is not None:
            self.properties(event, span)
        if end.index >= len(self.text):  # libyaml ends a text with a line break even where it has none
            span = clamp(span, LINE_BREAK.split(self.text))
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
            hint = "put the key, or a text that starts with a brace or bracket, in quotes"
            self.stop(span, "TFG010", "a key is a mapping or a list", hint)
        value = self.leaf(event, span)
        text: str = f"*{event.anchor}" if type(event) is yaml.AliasEvent else event.value
        if len(text) > MAX_KEY:
            hint = f"shorten it: a key may have {MAX_KEY:,}"
            self.stop(span, "TFG010", f"the key {ticked(text)} has {len(text):,} characters", hint)
        if not text and value is None:
            self.add(span, "TFG010", "a key is empty", "write the key before the `:`")
        elif type(value) is not str and type(event) is yaml.ScalarEvent:
            self.add(span, "TFG010", f"the key {ticked(text)} is not text", f'put it in quotes: "{text}"')
        return text

    def repeat(self, key: str, span: Span, first: Span) -> Span:
        """Report a key that its mapping has already, at both places; return the first."""
        places = [(span, first)] if first in self.repeated else [(first, span), (span, first)]
        for place, other in places:
            where = "again on this line" if other.line == place.line else f"on line {other.line}"
            summary = f"{ticked(key)} is given twice, here and {where}"
            self.add(place, "TFG004", summary, "keep one of them")
        self.repeated.add(first)
        return first

    def check_text(self, text: str, span: Span) -> None:
        """Report what an escape may have put into a text, and text that is not in normal form C."""
        if "\0" in text:
            self.add(span, "TFG002", f"{ticked(text)} holds the character NUL", "remove it")
        if _SURROGATE.search(text):
            self.add(span, "TFG002", f"{ticked(text)} holds half of a surrogate pair", WRITE_CHARACTER)
        if not unicodedata.is_normalized("NFC", text):
            words = (word for word in text.split() if not unicodedata.is_normalized("NFC", word))
            # Cut first: to normalize a long run of combining marks can take quadratic time.
            word = unicodedata.normalize("NFC", next(words, text)[:40])
            escaped = word.encode("unicode_escape").decode().replace('"', '\\"')
            hint = f'type it anew, or write it in double quotes with escapes: "{escaped}"'
            self.add(span, "TFG012", f"{ticked(text)} is not in Unicode normal form C", hint)

    def no_value(self, key: str | None, span: Span) -> None:
        """Report a null: at its key; that of a list at its text or, where it has none, at the dash."""
        if key is not None:
            self.add(span, "TFG013", f"{ticked(key)} has no value", "give it a value or leave the key out")
            return
        if span[:2] == span[2:]:
            span = span._replace(column=max(span.column - 1, 1))
        self.add(span, "TFG013", "a list item has no value", "give it a value or leave the item out")

    def properties(self, event: Any, span: Span) -> None:
        """Report the anchor, alias or tag of a node."""
        start: int = event.start_mark.index
        is_alias = type(event) is yaml.AliasEvent
        if event.anchor is not None:
            sign, what = ("*", "alias") if is_alias else ("&", "anchor")
            name = f"{sign}{event.anchor}"
            place = _part(span, self.text.find(name, start) - start, len(name))
            hint = "write the value out at each place that needs it"
            self.add(place, "TFG006", f"{ticked(name)} is a YAML {what}", hint)
        if not is_alias and event.tag is not None and (tag := _TAG.search(self.text, start)):
            place = _part(span, tag.start() - start, len(tag[0]))
            hint = "remove it: a value's type follows from its key, and a reference is written `${…}`"
            self.add(place, "TFG005", f"{ticked(tag[0])} is a YAML tag", hint)

    def one_document(self, event: Any) -> None:
        """Stop where a second document starts."""
        self.documents += type(event) is yaml.DocumentStartEvent
        if self.documents > 1:
            mark = event.start_mark
            span = Span(mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 4)
            hint = "put each spec into a file of its own, and remove this `---`"
            self.stop(span, "TFG007", "a second YAML document starts here", hint)

    def not_a_mapping(self, data: Any) -> None:
        """Report a file without data, or one whose top level is something else than a mapping."""
        span, summary = TOP, "the file holds no data"
        if data is not None:
            span = next(iter(self.spans.values()))[1]
            summary = f"the top level is {_TYPES[type(data)]}, not a mapping"
        self.add(span, "TFG011", summary, "write the spec as lines of `key: value`")

    def replace_forbidden(self) -> None:
        """Report the characters that no spec may hold, and put others in their place."""
        text = self.text
        for number, found in enumerate(islice(_FORBIDDEN.finditer(text), MAX_CHARACTERS + 1)):
            summary = f"the character U+{ord(found[0]):04X} may not stand in a spec"
            if number == MAX_CHARACTERS:
                more = len(_FORBIDDEN.findall(text)) - number
                summary = f"{more:,} more of the characters that may not stand in a spec follow"
            self.add(_position(text, found.start()), "TFG002", summary, "remove it, or save the file as text")
        if self.findings:
            self.text = text.translate(_STAND_INS)

    def replace_directives(self) -> None:
        """Report `%YAML` and `%TAG`, and make comments of them."""
        if "%" in self.text and (found := _DIRECTIVE.search(self.text)):
            span, hint = _position(self.text, found.start()), "remove every line that starts with `%`"
            self.add(span, "TFG005", "YAML directives are not used in specs", hint)
            self.text = _DIRECTIVE.sub("#", self.text)

    def add(self, span: Span, code: str, summary: str, hint: str) -> None:
        self.findings.append(Finding(span, code, summary, hint))
        # A null is a value where data becomes JSON, which is not known here.
        self.mistakes += code != "TFG013"
        if self.mistakes > MOST_FINDINGS:
            raise _Stop

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
    lines = LINE_BREAK.split(text[:index])
    return Span(len(lines), len(lines[-1]) + 1, len(lines), len(lines[-1]) + 1)
