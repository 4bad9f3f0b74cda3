"""What is certain is put right in the text of a spec, and nothing else of it changes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from textwrap import dedent
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pydantic import BaseModel

from tests.strategies import Data, as_yaml, examples, specs, writers
from tests.walking import leaves, models, sections_in
from tfgen.diagnostics import DataPath, Diagnostic, Fix, Node, Span, SpecError
from tfgen.fixes import Edit, edit_of, fixed
from tfgen.project.effective import Layer, effective
from tfgen.schema import bounds as b
from tfgen.schema.certain import flag, number, word
from tfgen.schema.walk import bounds_of
from tfgen.source import Document, parse
from tfgen.spec import Spec, judge
from tfgen.triggers import KINDS
from tfgen.yaml_problems import LINE_BREAK

QUEUE = "arn:aws:sqs:eu-west-1:123456789012:orders"
CLOCK = "type: schedule, schedule_expression: rate(1 hour)"


def look(document: Document) -> tuple[Diagnostic, ...]:
    """All that is said about a spec."""
    try:
        return judge(document, date(2026, 11, 26))[1]
    except SpecError as error:
        return error.diagnostics


def mended(text: str) -> str:
    """A spec's text as `--fix` leaves it, after which there must be nothing more to fix."""
    document = fixed(parse("orders.yaml", text.encode()), look).document
    assert fixed(document, look) == (document, 0)
    return document.text


WHOLE_FILES = {
    "what people write of a small function": (
        """\
        # The function that turns orders into invoices.
        function_nme: orders      # seen in the console
        Runtime: Python 3.12
        handlr : "app.handler"

        time-out: 5m              # its queue waits 30
        memory: 1 GB
        publish: yes
        architecture:
          - ARM64
        environment:
          variables:
            RELEASE: 3.10         # not 3.1
            DEBUG: true
        log_retention_in_days: '2 weeks'
        """,
        """\
        # The function that turns orders into invoices.
        function_name: orders      # seen in the console
        runtime: python3.12
        handler : "app.handler"

        timeout: 300              # its queue waits 30
        memory_size: 1024
        publish: true
        architectures:
          - arm64
        environment:
          variables:
            RELEASE: "3.10"         # not 3.1
            DEBUG: "true"
        log_retention_in_days: 14
        """,
    ),
    "triggers, whose keys are read once their type is right": (
        f"""\
        function_name: orders
        timeout: 30
        triggers:
        - {{ type: SQS, event_source_arn: '{QUEUE}', batch_sise: "10", is_enabled: "${{var.on}}" }} # orders
        - type: 'Schedul'
          schedule: rate(5 minutes)
          flexible-time-window: {{mode: flexible, maximum_window_in_minutes: "1h"}}
        """,
        f"""\
        function_name: orders
        timeout: 30
        triggers:
        - {{ type: sqs, queue_arn: '{QUEUE}', batch_size: 10, enabled: "${{var.on}}" }} # orders
        - type: 'schedule'
          schedule_expression: rate(5 minutes)
          flexible_time_window: {{mode: FLEXIBLE, maximum_window_in_minutes: 60}}
        """,
    ),
    "words within a trigger's values": (
        """\
        function_name: orders
        triggers:
          - {type: schedule, schedule_expression: cron(0 8 * * ? *), timezone: europe/berlin}  # eight
          - type: http_api
            routes:
              - Get /orders
              - {route: "DELTE /orders", authorization_type: AWS_IAM}
          - type: eventbridge
            event_pattern: {source: [{Prefix: shop.}], detail: {total: [{numerc: [">", 5]}]}}
          - {type: permission, principal: "123456789012", action: "lambda:InvokeFuncton"}
        """,
        """\
        function_name: orders
        triggers:
          - {type: schedule, schedule_expression: cron(0 8 * * ? *), timezone: Europe/Berlin}  # eight
          - type: http_api
            routes:
              - GET /orders
              - {route: "DELETE /orders", authorization_type: AWS_IAM}
          - type: eventbridge
            event_pattern: {source: [{prefix: shop.}], detail: {total: [{numeric: [">", 5]}]}}
          - {type: permission, principal: "123456789012", action: "lambda:InvokeFunction"}
        """,
    ),
    "JSON": (
        '{"function_nme":"orders","timeout":"30","log_format":1,\n\t"tracing_config":{"mode":"active"}}',
        '{"function_name":"orders","timeout":30,"log_format":1,\n\t"tracing_config":{"mode":"Active"}}',
    ),
    "ways to write YAML that few people know": (
        """\
        ? function_nme
        : orders
        package_type:
          zip
        tracing_config: {mode:
          active}
        file-name: |
          app.zip
        "snap\\u005Fstrat": {apply-on: "published versions", }
        tag : {'größe 😀': 3.10,\tb: 'x' }\t# wide
        """,
        """\
        ? function_name
        : orders
        package_type:
          Zip
        tracing_config: {mode:
          Active}
        filename: |
          app.zip
        "snap_start": {apply_on: "PublishedVersions", }
        tags : {'größe 😀': "3.10",\tb: 'x' }\t# wide
        """,
    ),
    "a deprecated runtime": ("runtime: nodejs18.x # old\n", "runtime: nodejs22.x # old\n"),
    "a misspelt runtime that is deprecated as well": ("runtime: NodeJS-18.x\n", "runtime: nodejs22.x\n"),
}


@pytest.mark.parametrize("name", WHOLE_FILES)
def test_what_is_certain_is_put_right_and_the_rest_stays_as_it_was(name: str) -> None:
    before, after = map(dedent, WHOLE_FILES[name])
    assert mended(before) == after


def test_line_ends_and_a_missing_last_one_stay_as_they_were() -> None:
    for end in ("\r\n", "\r", "\n"):
        assert mended(f"# é{end}timeot: 5m{end}publish: 'yes'") == f"# é{end}timeout: 300{end}publish: true"


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ("timeout: 30\ntimeot: 60\n", "the right key is there already"),
        ("time-out: 30\ntimeot: 60\n", "two keys would become one"),
        ("timeot: 30\ntimeot: 60\n", "two keys are one already"),
        ("package_type: |\n  zip\n", "a text in a block"),
        ('package_type: "z\\\n  ip"\n', "a text in two lines"),
        ("package_type: &type zip\n", "an anchor, which is a mistake of its own"),
        ("timeout: !!str 5m\n", "a tag, which is a mistake of its own"),
        ("timeout: 1h\n", "an hour is more than a function may take"),
        ("log_retention_in_days: 1 month\n", "a month is 28 to 31 days"),
        ("runtime: python3.99\n", "no number is misspelt"),
        ("environment: {variables: {DEBUG: True}}\n", "the word may be Python's"),
        ("version: 3\n", "the key that is meant takes a mapping"),
        ("trigger: sqs\n", "the key that is meant takes a list"),
        ("triggers: [{type: cron, schedule_expression: rate(1 hour)}]\n", "a schedule or a rule's event"),
        ("triggers: [{type: stream, stream_arn: '${var.arn}'}]\n", "Kinesis or DynamoDB"),
        ("role: orders-role\n", "not what the key takes that may be meant"),
        ("triggers: [{type: kinesis, destination_config: {}}]\n", "the provider's key has another form"),
        ("triggers: [{type: schedule, is_enabled: true}]\n", "the key that is meant takes a word"),
        (f"triggers: [{{{CLOCK}, timezone: CEST}}]\n", "an abbreviation is another zone's, or none's"),
        (f"triggers: [{{{CLOCK}, timezone: Etc/GMT1}}]\n", "an hour before or behind"),
        ("triggers: [{type: http_api, routes: [get orders]}]\n", "the path is wrong as well"),
        ("triggers: [{type: http_api, routes: [PUST /orders]}]\n", "PUT or POST"),
    ],
)
def test_what_is_not_certain_is_left_alone(spec: str, why: str) -> None:
    assert mended(spec) == spec, why


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("architectures: amd64\n", 'architectures: ["x86_64"]\n'),
        ("architectures: ARM64\n", 'architectures: ["arm64"]\n'),
        ("architectures: [aarch64]\n", "architectures: [arm64]\n"),
        ("version: {keep: 3}\n", "versions: {keep: 3}\n"),
        ("timeout: 030\n", "timeout: 30\n"),
    ],
)
def test_what_has_one_meaning_alone_is_written_as_tfgen_reads_it(before: str, after: str) -> None:
    assert mended(before) == after


@pytest.mark.parametrize(
    ("mistake", "hint"),
    [
        ("architectures: amd64", "write a list: [x86_64]"),
        ("timeout: 030", "a number with a leading zero is text in YAML: write 30"),
        ("triggers: [{type: cron}]", "did you mean `schedule`? allowed: "),
        ("triggers: [{type: cloudwatch-events}]", "did you mean `eventbridge` or `schedule`? allowed: "),
        ("triggers: [{type: Stream}]", "did you mean `kinesis` or `dynamodb`? allowed: "),
        ("triggers: [{type: httpapi}]", "did you mean `http_api`? allowed: "),
        ("triggers: [{type: url}]", "a URL of its own is no trigger: write the section `function_url`"),
    ],
)
def test_what_people_know_by_another_name_is_named(mistake: str, hint: str) -> None:
    (found,) = look(parse("orders.yaml", f"function_name: orders\n{mistake}\n".encode()))
    assert found.hint.startswith(hint)


def test_a_fix_that_a_comment_refuses_is_not_made() -> None:
    kept = "runtime: nodejs18.x # tfgen: ignore[TFG601] its successor waits for a library\n"
    assert mended(kept) == kept


def test_what_a_project_says_for_all_its_specs_is_looked_at_but_not_fixed() -> None:
    file = parse("tfgen.yaml", b"defaults: {runtme: python3.13, tags: {Team: shop}, timeout: 5m}\n")

    def in_its_project(document: Document) -> tuple[Diagnostic, ...]:
        return look(effective(document, file, [Layer(("defaults",), file.data["defaults"])]))

    document = parse("orders.yaml", b"tags: {Release: 3.10}\nlayers: []\npublish: yes\n")
    done = fixed(document, in_its_project)
    assert done.document.text == 'tags: {Release: "3.10"}\nlayers: []\npublish: true\n'
    assert done.findings == 2


def test_no_more_is_fixed_than_ten_rounds_show() -> None:
    """Findings that never end must not keep a person waiting."""
    asked = 0

    def never_content(document: Document) -> list[Diagnostic]:
        nonlocal asked
        asked += 1
        other = Fix({"a": "b", "b": "a"}[document.data["handler"]])
        return [Diagnostic("TFG204", "", "", Node(("handler",)), other)]

    done = fixed(parse("", b"handler: a\n"), never_content)
    assert (done.findings, asked, done.document.text) == (10, 10, "handler: a\n")


def with_fixes(text: str, *fixes: tuple[Node, Fix]) -> str:
    """A text after one look at it finds these fixes."""
    document = parse("", text.encode())
    found = [Diagnostic("TFG204", "", "", node, fix) for node, fix in fixes]
    return fixed(document, lambda each: found if each is document else []).document.text


@pytest.mark.parametrize(
    ("before", "fix", "after"),
    [
        ("a: x", Fix("12"), 'a: "12"'),
        ("a: x", Fix("null"), 'a: "null"'),
        ("a: x", Fix(""), 'a: ""'),
        ("a: x", Fix("- b"), 'a: "- b"'),
        ("a: x", Fix("b, c"), 'a: "b, c"'),
        ("a: x", Fix("b #c"), 'a: "b #c"'),
        ("a: x", Fix("b: c"), 'a: "b: c"'),
        ("a: x", Fix('"\\'), 'a: "\\"\\\\"'),
        ("a: x", Fix("größe"), "a: größe"),
        ("a: 'x'", Fix("it's"), "a: 'it''s'"),
        ('a: "x"', Fix('"b" \\'), 'a: "\\"b\\" \\\\"'),
        ('a: "x"', Fix("12", literal=True), "a: 12"),
        ("a: 'x'", Fix("true", literal=True), "a: true"),
        ("a: x", Fix("b\nc"), "a: x"),
        ("a: x", Fix("\u202e"), "a: x"),
        ("a: x", Fix("[1]", literal=True), "a: [1]"),
        ("a: x", Fix("[", literal=True), "a: x"),
        ("a: {b: x}", Fix("y"), "a: {b: x}"),
        ("b: x", Fix("y"), "b: x"),
    ],
)
def test_a_text_is_written_so_that_yaml_reads_that_text(before: str, fix: Fix, after: str) -> None:
    if after != before:
        assert parse("", after.encode()).data == {
            "a": fix.text if not fix.literal else parse("", f"a: {fix.text}".encode()).data["a"]
        }
    assert with_fixes(before, (Node(("a",)), fix)) == after


def test_two_fixes_for_one_place_are_both_left_out() -> None:
    node, other = Node(("a",)), Node(("b",))
    assert with_fixes("a: x\nb: x\n", (node, Fix("y")), (node, Fix("z")), (other, Fix("y"))) == "a: x\nb: y\n"
    assert with_fixes("a: x\n", (node, Fix("y")), (node, Fix("y"))) == "a: y\n"


def test_keys_and_values_below_them_are_fixed_in_one_go() -> None:
    fixes = ((Node(("a",), key=True), Fix("A")), (Node(("a", "b"), key=True), Fix("B")))
    assert with_fixes("a: {b: [x, y]}\n", *fixes, (Node(("a", "b", 1)), Fix("z"))) == "A: {B: [x, z]}\n"


def test_one_fix_that_cannot_be_written_does_not_keep_the_others_from_it() -> None:
    fixes = ((Node(("a",)), Fix("[", literal=True)), (Node(("b",)), Fix("y")))
    assert with_fixes("a: x\nb: x\n", *fixes) == "a: x\nb: y\n"


def test_a_report_is_told_where_a_fix_goes_and_what_it_writes() -> None:
    document = parse("orders.yaml", b"timeot: 30\nruntime: 'Python 3.12' # new\nlayers: 5\n")
    edits = {each.code: edit_of(document, document.lines(), each) for each in look(document)}
    assert edits == {
        "TFG101": Edit(Span(1, 1, 1, 7), "timeout"),
        "TFG204": Edit(Span(2, 10, 2, 23), "'python3.12'"),
        "TFG103": None,
    }
    assert (
        edit_of(document, document.lines(), Diagnostic("TFG003", "", "", Span(1, 1, 1, 2), Fix("x"))) is None
    )


# What is certain -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("Timeout", "timeout"), ("time-out", "timeout"), ("timeot", "timeout"), ("tiemout", "timeout")),
        *(("functionName", "function_name"), ("layer", "layers"), ("tag", "tags"), ("nmae", "name")),
        *(
            ("memory", None),
            ("tmeot", None),
            ("nam", None),
            ("", None),
            ("role", None),
            ("description_of_it", None),
        ),
    ],
)
def test_a_key_is_certain_up_to_case_punctuation_a_plural_or_one_letter(
    written: str, meant: str | None
) -> None:
    assert word(written, Spec.model_fields) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("S3", "s3"), ("event-bridge", "eventbridge"), ("kinesys", "kinesis"), ("websockets", "websocket")),
        *(("sq", None), ("sqz", None), ("nlb", None), ("lexx", None), ("dynamo", None), ("cron", None)),
    ],
)
def test_a_short_word_is_not_certain_by_its_letters(written: str, meant: str | None) -> None:
    assert word(written, KINDS) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(("Python 3.12", "python3.12"), ("pyton3.12", "python3.12"), ("java8al2", "java8.al2")),
        *(("python3.31", None), ("go2.x", None), ("java9", None), ("provided.al3", None), ("312", None)),
    ],
)
def test_no_number_is_misspelt(written: str, meant: str | None) -> None:
    assert word(written, b.RUNTIME.choices) == meant  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("bounds", "written", "meant"),
    [
        *(
            (b.TIMEOUT, text, "90")
            for text in ("90", "90s", "90 sec", "1.5 min", "1m 30s", "1m30s", "90000ms")
        ),
        *(
            (b.TIMEOUT, text, None)
            for text in ("901", "16m", "1h", "0.5s", "-1", "soon", "90 x", "s", "", "5 5")
        ),
        *((b.TIMEOUT, text, None) for text in ("9" * 5000, "1e2", "PT5M", "5 months", "٣")),
        *((b.LOG_RETENTION_IN_DAYS, text, "14") for text in ("14 days", "14d", "2 weeks", "2w", "336h")),
        *((b.LOG_RETENTION_IN_DAYS, text, None) for text in ("15 days", "1 month", "1y", "1440m", "12h")),
        *(
            (b.MEMORY_SIZE, text, "1024")
            for text in ("1024", "1024MB", "1 GB", "1GiB", "1024 mib", "1G", "1.0 gb")
        ),
        *((b.MEMORY_SIZE, text, None) for text in ("1 TB", "100MB", "1 s", "1048576 KB")),
        *((b.WEIGHT, text, "0.1") for text in ("0.1", "0.10")),
        (b.WEIGHT, "1.1", None),
        (b.BATCH_SIZE, "10 records", "10"),
    ],
)
def test_a_number_is_certain_if_it_is_one_in_the_unit_of_its_place(
    bounds: b.Bounds, written: str, meant: str | None
) -> None:
    assert number(bounds, written) == (meant and Fix(meant, literal=True))


def test_true_and_false_are_certain_in_the_words_of_yaml() -> None:
    words = {"true": "TRUE True true yes on ON", "false": "FALSE false no off Off"}
    assert {name: {flag(each) for each in said.split()} for name, said in words.items()} == {
        name: {Fix(name, literal=True)} for name in words
    }
    assert [flag(each) for each in ("y", "1", "enabled", "")] == [None] * 4


@pytest.mark.parametrize("allowed", [list(model.model_fields) for model in models(Spec)])
def test_no_key_is_certain_to_be_another(allowed: list[str]) -> None:
    """Each by itself is what it is, and so it is in capitals."""
    assert [word(each, allowed) for each in allowed] == allowed
    assert [word(each.upper(), allowed) for each in allowed] == allowed


# Any spec --------------------------------------------------------------------------------------------


def plainly(data: Data) -> str:
    """A spec as YAML, with quotes only where there must be some."""
    return as_yaml(data, "")


def words(data: Data) -> list[list[tuple[Node, str]]]:
    """The known keys of a spec and its values that are one of a set, where they are long enough, by kind."""
    values = [leaf for leaf in leaves(Spec, data, ()) if leaf.bounds.choices and isinstance(leaf.value, str)]
    kinds = _keys(Spec, data, ()), ((Node(leaf.path), leaf.value) for leaf in values)
    long = [[(node, word) for node, word in kind if len(word) > 4] for kind in kinds]
    return [kind for kind in long if kind]


def _keys(model: type[BaseModel], data: Any, path: DataPath) -> Iterator[tuple[Node, str]]:
    for key in data if isinstance(data, dict) else ():
        yield Node((*path, key), key=True), key
        if key not in bounds_of(model):
            for section, item, below in sections_in(model, key, data[key]):
                yield from _keys(section, item, (*path, key, *below))


@st.composite
def misspellings(draw: st.DrawFn, name: str) -> str:
    """A word with one letter left out, doubled or swapped with the next, or in other case or punctuation; its
    digits stay."""
    at = draw(st.integers(0, len(name) - 1))
    wrong = (
        *(name[:at] + name[at + 1 :], name[: at + 1] + name[at:]),
        name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
        *(name.swapcase(), name.title(), name.replace("_", "-"), name.replace("_", " "), f"{name}s"),
    )
    digits = re.findall("[0-9]", name)
    return draw(st.sampled_from([e for e in wrong if e != name and re.findall("[0-9]", e) == digits]))


@examples(40, shrink=False)
@given(st.data(), specs(), writers | st.just(plainly))
def test_one_misspelt_word_of_any_spec_becomes_what_it_was(
    data: st.DataObject, spec: Data, write: Any
) -> None:
    text = write(spec)
    right = parse("orders.yaml", text.encode())
    assume(right.data == spec)
    node, name = data.draw(st.sampled_from(words(spec)).flatmap(st.sampled_from))
    wrong = data.draw(misspellings(name))
    beside = [list(model.model_fields) for model in models(Spec) if node.key and name in model.model_fields]
    assume(all(word(wrong, names) for names in beside))  # by `alas`, `alarms` may be meant as well as `alias`
    start, end = offsets(right, node)
    assume(name in text[start:end])  # and not in a line of its own, below a sign for that
    assume("\n" not in text[start:end])
    misspelt = text[:start] + text[start:end].replace(name, wrong) + text[end:]
    document = parse("orders.yaml", misspelt.encode())
    found = [each for each in look(document) if each.fix]
    after = fixed(document, lambda each: found if each is document else [])
    assert (after.document.text, after.findings) == (text, 1)


def offsets(document: Document, node: Node) -> tuple[int, int]:
    """Where in the text a key or a value begins and ends."""
    span = document.span(node)
    starts = [0, *(match.end() for match in LINE_BREAK.finditer(document.text))]
    return starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
