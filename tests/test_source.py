"""What a user's file becomes: its data with exact positions, or a report of all that is wrong with it."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from tests.strategies import examples
from tfgen import source
from tfgen.codes import CODES
from tfgen.diagnostics import MOST_FINDINGS, DataPath, Diagnostic, Node, Span, SpecError
from tfgen.source import Document, load, parse

SPEC = """\
# Orders
function_name: order-events
timeout: 60
environment:
  variables: {LOG_LEVEL: INFO, "TABLE": "${var.table}"}
triggers:
  - type: sqs
    queue_arn: ${var.queue_arn}
"""


def read(text: str | bytes) -> Document:
    """The document of a text without mistakes."""
    document = parse("specs/orders.yaml", text if isinstance(text, bytes) else text.encode())
    if document.findings:
        raise SpecError(document, document.findings)
    return document


def data(text: str | bytes) -> Any:
    return read(text).data


def outcome(text: str | bytes) -> Document | SpecError:
    try:
        return read(text)
    except SpecError as error:
        return error


def error(text: str | bytes) -> SpecError:
    with pytest.raises(SpecError) as caught:
        read(text)
    return caught.value


def places(text: str | bytes) -> list[tuple[str, int, int]]:
    """The findings in `text` as (code, line, column)."""
    return [(d.code, *span_of(d)[:2]) for d in error(text).diagnostics]


def only(text: str | bytes) -> Diagnostic:
    (diagnostic,) = error(text).diagnostics
    return diagnostic


def span_of(diagnostic: Diagnostic) -> Span:
    assert isinstance(diagnostic.location, Span)
    return diagnostic.location


def at(document: Document, *path: str | int, key: bool = False) -> Span:
    return document.span(Node(path, key))


def cut(document: Document, span: Span) -> str:
    """The text that `span` covers, its lines joined by line feeds."""
    lines = list(document.lines()[span.line - 1 : span.end_line])
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def nodes(value: Any, path: DataPath = ()) -> Iterator[tuple[DataPath, Any]]:
    yield path, value
    children = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, child in children:
        yield from nodes(child, (*path, key))


@pytest.mark.parametrize(
    ("plain", "value"),
    [
        *((word, True) for word in ("true", "True", "TRUE")),
        *((word, False) for word in ("false", "False", "FALSE")),
        *(("0", 0), ("60", 60), ("-1", -1), ("+12", 12), ("-0", 0), ("0o17", 15), ("0x1F", 31)),
        *((".5", 0.5), ("1.", 1.0), ("3.10", 3.1), ("1e3", 1000.0), ("-2.5E-1", -0.25), ("0.0", 0.0)),
        *((text, text) for text in ("NO", "on", "yes", "off", "y", "tRUE", "nULL", "nil")),
        *((text, text) for text in ("0644", "012345678901", "012.5", "00", "-01", "1_000", "0b1", "-0x1F")),
        *(
            (text, text)
            for text in ("12:30", "2024-01-02", "2024-01-02T03:04:05Z", "1.2.3", "1,5", "+", "-.", ".")
        ),
        *((text, text) for text in (".inf", "-.inf", ".NaN", "1e999", "inf", "nan", "٣", "<<", "=")),
        ("9" * 500, int("9" * 500)),
        ("9" * 5000, "9" * 5000),
        ("0x" + "f" * 5000, "0x" + "f" * 5000),
    ],
)
def test_a_plain_scalar_is_what_yaml_1_2_says_and_else_text(plain: str, value: object) -> None:
    (read_value,) = data(f"a: {plain}\n").values()
    assert (type(read_value), read_value) == (type(value), value)


@pytest.mark.parametrize("text", ["12", "true", "null", "~", "1e3", ""])
@pytest.mark.parametrize("form", ['"{}"', "'{}'", "|-\n  {}", ">-\n  {}"])
def test_quoted_and_block_scalars_are_always_text(form: str, text: str) -> None:
    assert data("a: " + form.format(text) + "\n") == {"a": text}


def test_keys_that_yaml_1_1_would_change_stay_text() -> None:
    keys = list(data('on: 1\nNO: 2\n"12": 3\n"~": 4\n<<: 5\n0644: 6\n'))
    assert keys == ["on", "NO", "12", "~", "<<", "0644"]


def test_each_node_of_a_spec_has_the_place_where_the_user_wrote_it() -> None:
    document = read(SPEC)
    assert document.spans == {
        (): (None, Span(2, 1, 8, 32)),
        ("function_name",): (Span(2, 1, 2, 14), Span(2, 16, 2, 28)),
        ("timeout",): (Span(3, 1, 3, 8), Span(3, 10, 3, 12)),
        ("environment",): (Span(4, 1, 4, 12), Span(5, 3, 5, 56)),
        ("environment", "variables"): (Span(5, 3, 5, 12), Span(5, 14, 5, 56)),
        ("environment", "variables", "LOG_LEVEL"): (Span(5, 15, 5, 24), Span(5, 26, 5, 30)),
        ("environment", "variables", "TABLE"): (Span(5, 32, 5, 39), Span(5, 41, 5, 55)),
        ("triggers",): (Span(6, 1, 6, 9), Span(7, 3, 8, 32)),
        ("triggers", 0): (None, Span(7, 5, 8, 32)),
        ("triggers", 0, "type"): (Span(7, 5, 7, 9), Span(7, 11, 7, 14)),
        ("triggers", 0, "queue_arn"): (Span(8, 5, 8, 14), Span(8, 16, 8, 32)),
    }


@pytest.mark.parametrize(
    ("path", "key", "shown"),
    [
        (("timeout",), False, "60"),
        (("timeout",), True, "timeout"),
        (("timeout", "unit"), False, "timeout"),
        (("environment", "variables", "STAGE", 3), False, "variables"),
        (("triggers", 4, "type"), False, "triggers"),
        (("triggers", 0), True, "type: sqs\n    queue_arn: ${var.queue_arn}"),
        (("triggers", 0, "sqs", "batch_size"), False, "type: sqs\n    queue_arn: ${var.queue_arn}"),
        (("memory_size",), True, ""),
        ((), False, ""),
    ],
)
def test_a_path_is_shown_at_its_node_or_the_key_of_its_nearest_ancestor(
    path: DataPath, key: bool, shown: str
) -> None:
    document = read(SPEC)
    span = document.span(Node(path, key))
    assert cut(document, span) == shown
    assert shown or span == Span(1, 1, 1, 1)
    assert document.span(span) is span


@pytest.mark.parametrize(
    ("text", "path", "span"),
    [
        ("a: 😀b\nc: d", ("c",), Span(2, 4, 2, 5)),
        ("a: 😀b\nc: d", ("a",), Span(1, 4, 1, 6)),
        ("a: x\r\nb: y\r\n", ("b",), Span(2, 4, 2, 5)),
        ("a: x\rb: y", ("b",), Span(2, 4, 2, 5)),
        ("a: x\x85b: y\n", ("b",), Span(2, 4, 2, 5)),
        ("a: 'x\u2028z'\nb: y\n", ("b",), Span(3, 4, 3, 5)),
        ("a: 'x\u2029z'\nb: y\n", ("a",), Span(1, 4, 2, 3)),
        ("\ufeffa: x\n", ("a",), Span(1, 4, 1, 5)),
        ("a: |\n  x\n  y\nb: 1\n", ("a",), Span(1, 4, 4, 1)),
        ("a: |\n  x\n  y", ("a",), Span(1, 4, 3, 4)),
        ("a:\n- b\n-   c\n", ("a", 1), Span(3, 5, 3, 6)),
        ("a: [b,\n  c]", ("a",), Span(1, 4, 2, 5)),
        ("a: b\n c\n", ("a",), Span(1, 4, 2, 3)),
        ("a: {}", ("a",), Span(1, 4, 1, 6)),
    ],
)
def test_positions_count_characters_and_the_line_breaks_that_yaml_knows(
    text: str, path: DataPath, span: Span
) -> None:
    document = read(text)
    assert document.span(Node(path)) == span
    assert span.end_line <= len(document.lines())


def test_lines_are_shown_without_their_breaks() -> None:
    assert read("a: 1\r\nb: 2\rc: 3\x85d: 4\ne: 5\n").lines() == ["a: 1", "b: 2", "c: 3", "d: 4", "e: 5", ""]


@pytest.mark.parametrize(
    ("text", "line", "column", "says", "advises"),
    [
        ("a:\n\tb: c", 2, 1, "a tab stands", "spaces"),
        ("a: |\n\tb", 2, 1, "a tab stands", "spaces"),
        ("a: @b", 1, 4, "may not start with `@`", "in quotes"),
        ("a: `b", 1, 4, "may not start with", "in quotes"),
        ("a: %b", 1, 4, "may not start with `%`", "in quotes"),
        ("a: [*]", 1, 5, "may not start with `*`", "in quotes"),
        ("a: *.example.com", 1, 4, "may not start with `*`", "in quotes"),
        ("a: &", 1, 4, "may not start with `&`", "in quotes"),
        ("a: 'b\nc: d\n", 1, 4, "this quote is not closed", "quote"),
        ('a: "b\n---\n', 1, 4, "this quote is not closed", "quote"),
        ("a: [b\nc: d\n", 2, 2, "`[` of line 1 is not closed", "close it"),
        ("a: {b: c\n", 2, 1, "`{` of line 1 is not closed", "close it"),
        ("a: [b, ${var.c}]", 1, 9, "an expression among brackets", '"${…}"'),
        ("a: b: c", 1, 5, "a value holds `: `", "quote the value"),
        ("a: b\n  c: d", 2, 4, "a key may not start on this line", "indent"),
        ("a:\n  b: 1\n c: 2", 3, 2, "does not fit the mapping of line 1", "indent"),
        ("- a\nb: c", 2, 1, "does not fit the list of line 1", "column"),
        ("a: 'b' c", 1, 8, "text follows the end of a value", "quote the value as a whole"),
        ("a: b\nfoo\nc: d", 2, 1, "neither `key: value`", "`:`"),
        ("a: - b", 1, 4, "a list may not start", "next line"),
        ("a: ]", 1, 4, "a value is missing before `]`", "quotes"),
        (r'a: "\d"', 1, 5, "backslash", "twice"),
        ("a: |b\n", 1, 5, "starts on the next line", "move it"),
        ("{a: b}\nc: d", 2, 1, "follows the end of the data", "remove"),
        ("%FOO bar\n---\na: 1", 1, 5, "this is not YAML: found unknown directive name", "check"),
    ],
)
def test_text_that_is_not_yaml_is_shown_where_it_breaks_with_what_to_do(
    text: str, line: int, column: int, says: str, advises: str
) -> None:
    diagnostic = only(text)
    assert (diagnostic.code, *span_of(diagnostic)[:2]) == ("TFG003", line, column)
    assert says in diagnostic.summary
    assert advises in diagnostic.hint


def test_a_key_given_twice_is_shown_at_both_places() -> None:
    first, second = error("timeout: 1\nname: x\ntimeout: 2\n").diagnostics
    assert (first.code, first.location) == ("TFG004", Span(1, 1, 1, 8))
    assert (second.code, second.location) == ("TFG004", Span(3, 1, 3, 8))
    assert first.summary == "`timeout` is given twice, here and on line 3"
    assert second.summary == "`timeout` is given twice, here and on line 1"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: 1\na: 2\na: 3\n", [(1, 1), (2, 1), (3, 1)]),
        ("a: {b: 1}\na: {b: 2}\n", [(1, 1), (2, 1)]),
        ("a: {b: 1, b: 2}\n", [(1, 5), (1, 11)]),
        ("a: {b: 1, b: 1}\nc: {b: 1, b: 1}\n", [(1, 5), (1, 11), (2, 5), (2, 11)]),
        ("- {b: 1}\n- {b: 1, 'b': 2}\n", [(2, 4), (2, 10)]),
    ],
)
def test_each_place_of_a_repeated_key_is_shown_once(text: str, found: list[tuple[int, int]]) -> None:
    repeated = [place for place in places(text) if place[0] == "TFG004"]
    assert repeated == [("TFG004", *place) for place in found]


def test_one_key_in_two_mappings_is_fine() -> None:
    assert data("a: {c: 1}\nb: {c: 1}\n") == {"a": {"c": 1}, "b": {"c": 1}}


@pytest.mark.parametrize(
    ("text", "location", "name"),
    [
        ("a: !Ref b", Span(1, 4, 1, 8), "`!Ref`"),
        ("a: !!str 1", Span(1, 4, 1, 9), "`!!str`"),
        ("a: ! b", Span(1, 4, 1, 5), "`!`"),
        ("a: !x [b]", Span(1, 4, 1, 6), "`!x`"),
        ("!x a: b", Span(1, 1, 1, 3), "`!x`"),
        ("%YAML 1.1\n---\na: b", Span(1, 1, 1, 2), "directives"),
        ("# x\r%TAG !a! b\r---\ra: b", Span(2, 1, 2, 2), "directives"),
    ],
)
def test_tags_and_directives_are_refused_at_their_place(text: str, location: Span, name: str) -> None:
    diagnostic = only(text)
    assert (diagnostic.code, diagnostic.location) == ("TFG005", location)
    assert name in diagnostic.summary


def test_anchors_and_aliases_are_refused_and_an_alias_is_not_called_empty_as_well() -> None:
    report = error("a: &x 1\nb: *x\nc: &y !t [1]\n*x : 2\n&z d: 1\n").diagnostics
    assert [(d.code, d.summary, d.location) for d in report] == [
        ("TFG006", "`&x` is a YAML anchor", Span(1, 4, 1, 6)),
        ("TFG006", "`*x` is a YAML alias", Span(2, 4, 2, 6)),
        ("TFG006", "`&y` is a YAML anchor", Span(3, 4, 3, 6)),
        ("TFG005", "`!t` is a YAML tag", Span(3, 7, 3, 9)),
        ("TFG006", "`*x` is a YAML alias", Span(4, 1, 4, 3)),
        ("TFG006", "`&z` is a YAML anchor", Span(5, 1, 5, 3)),
    ]


def test_a_second_document_is_refused_where_it_starts() -> None:
    assert only("---\na: 1\n---\nb: [\n").location == Span(3, 1, 3, 4)
    assert data("---\na: 1\n...\n") == {"a": 1}


@pytest.mark.parametrize(
    ("text", "location", "summary"),
    [
        ("12: a", Span(1, 1, 1, 3), "the key `12` is not text"),
        ("true: a", Span(1, 1, 1, 5), "the key `true` is not text"),
        ("a: {~: b}", Span(1, 5, 1, 6), "the key `~` is not text"),
        ("?\n: b", Span(1, 2, 1, 2), "a key is empty"),
        ("? [a]\n: b", Span(1, 3, 1, 4), "a key is a mapping or a list"),
        ("a: {{ name }}", Span(1, 5, 1, 6), "a key is a mapping or a list"),
    ],
)
def test_a_key_that_is_not_text_is_refused(text: str, location: Span, summary: str) -> None:
    diagnostic = only(text)
    assert (diagnostic.code, diagnostic.location, diagnostic.summary) == ("TFG010", location, summary)


@pytest.mark.parametrize(
    ("text", "summary"),
    [
        ("", "the file holds no data"),
        ("\ufeff", "the file holds no data"),
        ("\n# nothing yet\n", "the file holds no data"),
        ("---\n", "the file holds no data"),
        ("~", "the file holds no data"),
        ("- a\n", "the top level is a list, not a mapping"),
        ("hello\n", "the top level is a text, not a mapping"),
        ("12", "the top level is a number, not a mapping"),
        ("true", "the top level is true or false, not a mapping"),
    ],
)
def test_a_file_without_a_mapping_at_its_top_is_refused(text: str, summary: str) -> None:
    diagnostic = only(text)
    assert (diagnostic.code, diagnostic.summary) == ("TFG011", summary)
    assert span_of(diagnostic)[:2] == (1, 1)


def test_an_empty_mapping_is_data() -> None:
    assert data("{}") == {}


def test_text_that_terraform_would_normalise_is_refused_with_the_text_to_write() -> None:
    diagnostic = only("a: 'le cafe\u0301'\n")
    assert (diagnostic.code, diagnostic.location) == ("TFG012", Span(1, 4, 1, 14))
    assert r'"caf\xe9"' in diagnostic.hint
    assert data('a: "caf\\xe9 é"\n') == {"a": "café é"}
    assert places("u\u0308: 1\n") == [("TFG012", 1, 1)]
    assert places('a: "u\\u0308"\n') == [("TFG012", 1, 4)]


@pytest.mark.parametrize(
    ("text", "location", "summary"),
    [
        ("timeout:\nname: x\n", Span(1, 1, 1, 8), "`timeout` has no value"),
        ("timeout: null\n", Span(1, 1, 1, 8), "`timeout` has no value"),
        ("timeout: # 60\n", Span(1, 1, 1, 8), "`timeout` has no value"),
        ("a: {b, c: d}", Span(1, 5, 1, 6), "`b` has no value"),
        ("a: [~]", Span(1, 5, 1, 6), "a list item has no value"),
        ("a:\n  -\n  - b\n", Span(2, 3, 2, 4), "a list item has no value"),
        ("? b\n", Span(1, 3, 1, 4), "`b` has no value"),
    ],
)
def test_a_missing_value_is_shown_at_its_key_or_dash(text: str, location: Span, summary: str) -> None:
    diagnostic = only(text)
    assert (diagnostic.code, diagnostic.location, diagnostic.summary) == ("TFG013", location, summary)


@pytest.mark.parametrize(
    ("raw", "location", "says", "text"),
    [
        (b"a: b\nc: caf\xe9\n", Span(2, 7, 2, 7), "byte 0xE9 at offset 11", "a: b\nc: caf"),
        (b"\xef\xbb\xbfa\xff", Span(1, 2, 1, 2), "byte 0xFF at offset 4", "a"),
        (b"a: \xed\xa0\x80", Span(1, 4, 1, 4), "byte 0xED at offset 3", "a: "),
        ("a: b".encode("utf-16"), Span(1, 1, 1, 1), "the file is UTF-16", ""),
        ("\ufeffa: b".encode("utf-16-be"), Span(1, 1, 1, 1), "the file is UTF-16", ""),
        ("a: b".encode("utf-32"), Span(1, 1, 1, 1), "the file is UTF-32", ""),
        ("\ufeffa: b".encode("utf-32-be"), Span(1, 1, 1, 1), "the file is UTF-32", ""),
    ],
)
def test_a_file_that_is_not_utf8_is_shown_at_its_first_bad_byte(
    raw: bytes, location: Span, says: str, text: str
) -> None:
    diagnostic = only(raw)
    assert (diagnostic.code, diagnostic.location) == ("TFG001", location)
    assert says in diagnostic.summary
    assert diagnostic.hint == "save the file as UTF-8"
    assert error(raw).document == Document("specs/orders.yaml", text)


@pytest.mark.parametrize(
    "character", [*map(chr, (0, 1, 8, 11, 12, 14, 27, 31, 127, 128, 132, 134, 159, 0xFFFE, 0xFFFF))]
)
def test_a_character_that_no_spec_may_hold_is_shown_where_it_stands(character: str) -> None:
    diagnostic = only(f"a: b\nc: 😀{character}d\n")
    assert (diagnostic.code, diagnostic.location) == ("TFG002", Span(2, 5, 2, 6))
    assert f"U+{ord(character):04X}" in diagnostic.summary


def test_a_forbidden_character_hides_no_other_mistake_and_makes_none() -> None:
    assert places("a\0: 1\na\1: 2\nb:\n") == [("TFG002", 1, 2), ("TFG002", 2, 2), ("TFG013", 3, 1)]
    assert places("\ufeff\ufeffa: b") == [("TFG002", 1, 1)]


@pytest.mark.parametrize(
    ("text", "location"),
    [
        (r'a: "x\0"', Span(1, 4, 1, 9)),
        (r'"\x00": a', Span(1, 1, 1, 7)),
        (r'a: "\ud800"', Span(1, 7, 1, 8)),
        (r'a: "\ud83d\ude00"', Span(1, 7, 1, 8)),
        (r'a: "\U00110000"', Span(1, 7, 1, 8)),
    ],
)
def test_an_escape_may_not_bring_in_what_is_no_character(text: str, location: Span) -> None:
    diagnostic = only(text)
    assert (diagnostic.code, diagnostic.location) == ("TFG002", location)


def test_other_control_characters_are_data_when_they_are_escaped() -> None:
    assert data(r'a: "\x01\e\t\x7f\u2028\U0001F600"') == {"a": "\x01\x1b\t\x7f\u2028😀"}


def test_all_mistakes_before_one_that_ends_the_reading_are_reported_in_file_order() -> None:
    text = "b: !t 1\nc:\n1: 2\nb: *x\nd: e\u0301\ne: [1\nf: 2\n"
    assert places(text) == [
        ("TFG004", 1, 1),
        ("TFG005", 1, 4),
        ("TFG013", 2, 1),
        ("TFG010", 3, 1),
        ("TFG004", 4, 1),
        ("TFG006", 4, 4),
        ("TFG012", 5, 4),
        ("TFG003", 7, 2),
    ]


def test_names_in_a_summary_stay_short_and_on_one_line() -> None:
    assert only(f"{'k' * 100}:\n").summary == f"`{'k' * 39}…` has no value"
    assert only('"a\\nb":\n').summary == r"`a\nb` has no value"


def nested(depth: int) -> str:
    return "a: " + "[" * (depth - 1) + "]" * (depth - 1)


def test_data_may_be_as_large_as_the_limits_and_no_larger() -> None:
    read(nested(source.MAX_DEPTH))
    assert places(nested(source.MAX_DEPTH + 1)) == [("TFG009", 1, 3 + source.MAX_DEPTH)]
    full = f"a: [{'b,' * (source.MAX_NODES - 3)}]\n"
    assert len(data(full)["a"]) == source.MAX_NODES - 3
    assert places(full + "c: d\n") == [("TFG008", 2, 1)]
    comment = b"a: b\n#".ljust(source.MAX_BYTES, b"x")
    assert data(comment) == {"a": "b"}
    assert places(comment + b"x") == [("TFG008", 1, 1)]


def test_a_key_may_be_as_long_as_yaml_allows_and_no_longer() -> None:
    longest = "k" * source.MAX_KEY
    assert data(f"? {longest}\n: 1\n") == {longest: 1}
    assert places(f"a: 1\n? {longest}k\n: 1\n") == [("TFG010", 2, 3)]


def test_reading_ends_where_more_is_wrong_than_is_told() -> None:
    report = error("".join(f"{number}: a\n" for number in range(1000))).diagnostics
    assert [d.code for d in report] == ["TFG010"] * MOST_FINDINGS + ["TFG017"]
    assert report[-1].location == report[-2].location
    assert span_of(report[-1]).line == MOST_FINDINGS


def test_of_nulls_all_are_found_since_some_may_be_values() -> None:
    document = parse("specs/orders.yaml", b"a:\n" + b"- ~\n" * 1000)
    assert len(document.findings) == 1000
    assert document.data == {"a": [None] * 1000}


def test_a_file_full_of_forbidden_characters_gets_a_short_report() -> None:
    report = error("\0" * 1000).diagnostics
    assert [d.location for d in report] == [Span(1, n, 1, n + 1) for n in range(1, source.MAX_CHARACTERS + 2)]
    assert report[-1].summary.startswith("990 more")


def test_a_file_is_read_from_disk_and_named_as_the_user_named_it(tmp_path: Path) -> None:
    path = tmp_path / "orders.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: b\r\n")
    assert load(path, "specs/orders.yaml") == parse("specs/orders.yaml", b"a: b\r\n")
    assert load(path).path == path.as_posix()
    path.write_bytes(b"#" * (2 * source.MAX_BYTES))
    with pytest.raises(SpecError, match=r"^specs/orders\.yaml: 1 findings$") as caught:
        load(path, "specs/orders.yaml")
    assert caught.value.document.lines() == [""]


def test_a_file_that_cannot_be_read_is_the_systems_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path / "missing.yaml")
    with pytest.raises(IsADirectoryError):
        load(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        SPEC,
        "a: 😀b\nc: |\n  d\n\n",
        "a: x\r\nb: [1, 'y']\r\n",
        "a: 'x\u2028y'\nb: {}\n",
        "a: &x !t [1]\nb: *x\nb:\n",
        "a: [b\nc: d",
        "a: 'b",
        "a: @b",
        "a: b: c",
    ],
)
def test_without_libyaml_the_result_is_the_same(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    with_libyaml = summary_of(outcome(text))
    monkeypatch.setattr(source, "_LOADER", yaml.SafeLoader)
    assert summary_of(outcome(text)) == with_libyaml


def summary_of(result: Document | SpecError) -> object:
    """What may not depend on the parser: libyaml and PyYAML disagree on where a block scalar ends."""
    if isinstance(result, SpecError):
        return [(d.code, span_of(d)[:2], d.summary) for d in result.diagnostics]
    return result.data, {path: (key, value[:2]) for path, (key, value) in result.spans.items()}


@pytest.mark.parametrize("text", [r'a: "\ud800"', r'a: "\U00110000"', r'a: "\UFFFFFFFF"'])
def test_without_libyaml_an_escape_that_is_no_character_is_still_refused(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(source, "_LOADER", yaml.SafeLoader)
    assert only(text).code in {"TFG002", "TFG003"}


YAMLISH = st.text(
    st.sampled_from("ab1~:-?[]{},#&*!|>'\"%@`$\\ \n\r\t\0\x07\x85\u2028\ufeffe\u0301é😀<0."), max_size=60
)


@examples(1000)
@given(st.binary(max_size=300) | YAMLISH.map(str.encode))
@example(b"a: \xff")
@example(b"? ")
def test_any_bytes_give_data_or_findings_inside_the_text(raw: bytes) -> None:
    result = outcome(raw)
    if isinstance(result, SpecError):
        assert result.diagnostics
        document = result.document
        spans = [span_of(diagnostic) for diagnostic in result.diagnostics]
        assert spans == sorted(spans)
        assert all(diagnostic.code in CODES for diagnostic in result.diagnostics)
    else:
        document = result
        assert isinstance(document.data, dict)
        assert {path for path, _ in nodes(document.data)} == set(document.spans)
        spans = [span for both in document.spans.values() for span in both if span]
    lines = document.lines()
    for span in spans:
        assert 1 <= span.line <= span.end_line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
        assert span[:2] <= span[2:]


def json_data(text: st.SearchStrategy[str]) -> st.SearchStrategy[dict[str, Any]]:
    legal = text.map(lambda value: unicodedata.normalize("NFC", value))
    numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    values = st.recursive(
        st.booleans() | numbers | legal,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(legal, inner, max_size=4),
        max_leaves=20,
    )
    return st.dictionaries(legal, values, max_size=5)


# JSON escapes a character above U+FFFF as a surrogate pair, which YAML does not know.
ESCAPED = st.text(
    st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"], exclude_characters="\0"), max_size=50
).filter(lambda text: max(unicodedata.normalize("NFC", text), default="") <= "\uffff")
# Raw NEL, LS and PS are line breaks in YAML 1.1, and are folded.
RAW = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\x85\u2028\u2029\ufffe\uffff").filter(
        lambda c: not 127 <= ord(c) < 160
    ),
    max_size=50,
)


def same(read_value: Any, value: Any) -> bool:
    """Equality that tells 1 from 1.0 and True."""
    return repr(read_value) == repr(value)


@examples(100)
@given(json_data(ESCAPED))
def test_escaped_json_loads_back_as_it_was(value: dict[str, Any]) -> None:
    document = read(json.dumps(value, ensure_ascii=True))
    assert same(document.data, value)
    assert {path for path, _ in nodes(value)} == set(document.spans)


@examples(100)
@given(json_data(RAW))
def test_raw_json_loads_back_as_it_was(value: dict[str, Any]) -> None:
    document = read(json.dumps(value, ensure_ascii=False, indent=2))
    assert same(document.data, value)
    assert {path for path, _ in nodes(value)} == set(document.spans)


WORDS = st.from_regex(r"[a-z][a-z0-9_./-]{0,8}( [a-z]{1,3})?", fullmatch=True).filter(
    lambda word: word not in {"null", "true", "false"}
)
TREES = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3) | st.dictionaries(WORDS, inner, min_size=1, max_size=3)
    ),
    max_leaves=12,
)


def written(value: Any, indent: int = 0) -> str:
    """`value` as block YAML, each entry on a line of its own."""
    if isinstance(value, str):
        return f" {value}\n"
    entries = (
        ((f"{key}:", v) for key, v in value.items()) if isinstance(value, dict) else (("-", v) for v in value)
    )
    return "\n" + "".join(f"{' ' * indent}{sign}{written(child, indent + 2)}" for sign, child in entries)


@examples(100)
@given(st.dictionaries(WORDS, TREES, min_size=1, max_size=4))
def test_the_span_of_each_key_and_text_covers_just_it(value: dict[str, Any]) -> None:
    document = read(written(value))
    assert document.data == value
    for path, child in nodes(value):
        if path and isinstance(path[-1], str):
            assert cut(document, at(document, *path, key=True)) == path[-1]
        if isinstance(child, str):
            assert cut(document, at(document, *path)) == child
