"""What an author sees while writing a spec, in an editor that has yaml-language-server."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.editor.language_server import CURSOR, LanguageServer, Problem
from tfgen.schema import bounds
from tfgen.spec import Spec
from tfgen.spec.default_alarms import STANDARD
from tfgen.triggers import KINDS, kind

pytestmark = pytest.mark.editor

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
_PROPERTY = 10  # CompletionItemKind of the protocol
# The first line of a spec.
HEAD = "# yaml-language-server: $schema=spec.schema.json\n"


def spec(*lines: str) -> str:
    return HEAD + "\n".join(lines) + "\n"


def keys(offered: dict[str, dict[str, Any]]) -> set[str]:
    """The keys among what is offered, without the beginnings of whole sections."""
    return {label for label, item in offered.items() if item["kind"] == _PROPERTY}


# Completion ------------------------------------------------------------------------------------------


def test_an_empty_line_offers_every_key_and_says_what_it_is(editor: LanguageServer) -> None:
    offered = editor.complete(spec("function_name: orders", CURSOR))
    assert set(offered) == set(Spec.model_fields) - {"function_name"}
    assert offered["timeout"]["documentation"] == (
        "Function timeout in seconds. A whole number, 1 to 900 seconds. Default: 3."
    )
    assert offered["timeout"]["insertText"] == "timeout: ${1:3}"
    assert all(item["documentation"].endswith(".") for item in offered.values())


def test_a_section_is_begun_with_the_keys_that_it_needs(editor: LanguageServer) -> None:
    offered = editor.complete(spec("function_name: orders", CURSOR))
    assert offered["file_system_config"]["insertText"].split() == [
        *("file_system_config:", "arn:", "$1", "local_mount_path:", "$2")
    ]


def test_the_type_of_a_trigger_offers_all_kinds_and_says_what_they_are(editor: LanguageServer) -> None:
    offered = editor.complete(spec("triggers:", f"  - type: {CURSOR}"))
    assert set(offered) == set(KINDS)
    assert {name: item["documentation"] for name, item in offered.items()} == {
        name: kind(name).__doc__ for name in KINDS
    }


@pytest.mark.parametrize("name", KINDS)
def test_a_trigger_of_a_type_offers_the_keys_of_that_type_alone(editor: LanguageServer, name: str) -> None:
    offered = editor.complete(spec("triggers:", f"  - type: {name}", f"    {CURSOR}"))
    assert keys(offered) == set(kind(name).model_fields) - {"type"}


@pytest.mark.parametrize(
    ("line", "values"),
    [
        (f"runtime: {CURSOR}", bounds.RUNTIME.choices),
        (f"runtime: py{CURSOR}", bounds.RUNTIME.choices),
        (f"package_type: {CURSOR}", ("Zip", "Image")),
        (f"log_retention_in_days: {CURSOR}", bounds.LOG_RETENTION_IN_DAYS.choices),
        (f"publish: {CURSOR}", ("true", "false")),
        (f"dashboard: {CURSOR}", ("true", "false")),
        (f"alarms: {CURSOR}", ("default",)),
        (f"handler: {CURSOR}", ("app.handler", "index.handler")),
    ],
)
def test_a_value_offers_what_is_allowed(
    editor: LanguageServer, line: str, values: tuple[object, ...]
) -> None:
    assert set(editor.complete(spec(line))) == set(map(str, values))


def test_a_text_that_is_like_a_number_is_offered_in_quotes(editor: LanguageServer) -> None:
    offered = editor.complete(
        spec("triggers:", "  - type: http_api", f"    payload_format_version: {CURSOR}")
    )
    assert {item["insertText"] for item in offered.values()} == {'"1.0"', '"2.0"'}


def test_alarms_offer_the_default_set_and_the_keys_of_an_alarm(editor: LanguageServer) -> None:
    names = editor.complete(spec("alarms:", f"  {CURSOR}"))
    assert {"default", *STANDARD} <= set(names)
    assert names["errors"]["documentation"] == "Calls of the function fail."
    assert {"threshold", "period"} <= keys(editor.complete(spec("alarms:", "  errors:", f"    {CURSOR}")))


# Hover -----------------------------------------------------------------------------------------------


def test_a_key_under_the_mouse_says_its_unit_and_range(editor: LanguageServer) -> None:
    shown = "#### timeout\n\nFunction timeout in seconds. A whole number, 1 to 900 seconds. Default: 3.\n"
    for line in (f"ti{CURSOR}meout: 60", f"timeout: {CURSOR}60", f"timeout: ${{va{CURSOR}r.timeout}}"):
        assert editor.hover(spec(line)).startswith(shown)


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        ([f"run{CURSOR}time: python3.13"], r"#### runtime\n\nFunction runtime .*\n\n.*\* `python3.13`"),
        ([f"run{CURSOR}time: ${{var.runtime}}"], r"#### runtime\n\nFunction runtime "),
        ([f"hand{CURSOR}ler: app.handler"], r"#### handler\n\n.*Example:\n\n```yaml\napp\.handler\n```"),
        ([f"log_{CURSOR}group: {{create: true}}"], r"#### log\\_group\n\nOptions of the log group\."),
        (["triggers:", f"  - ty{CURSOR}pe: sqs"], r"#### type\n\nAn SQS queue whose messages invoke "),
        (
            ["triggers:", "  - type: sqs", f"    batch_{CURSOR}size: 10"],
            r"#### batch\\_size\n\nMost records a call\. A whole number, 1 to 10000 records\.",
        ),
        (
            ["permissions:", f"  - re{CURSOR}ad: ${{var.table_arn}}"],
            r"#### read\n\nRead tables, buckets, secrets, ",
        ),
        (
            ["alarms:", f"  err{CURSOR}ors: {{threshold: 1}}"],
            r"#### errors\n\nCalls of the function fail\.",
        ),
    ],
)
def test_a_key_is_explained(editor: LanguageServer, lines: list[str], shown: str) -> None:
    assert re.match(shown, editor.hover(spec(*lines)), re.DOTALL)


# Mistakes --------------------------------------------------------------------------------------------


def test_no_example_is_underlined(editor: LanguageServer) -> None:
    found = editor.all_problems([HEAD + path.read_text() for path in SPECS])
    assert {path.stem: problems for path, problems in zip(SPECS, found, strict=True) if problems} == {}


_BAD = """\
function_name: order events
timeuot: 60
runtime: python3.99
memory_size: 64
timeout: a minute
publish: perhaps
architectures: arm64
triggers:
  - type: sqs
    queue_arn: ${var.queue_arn}
    batch_sise: 10
  - type: schedule
    schedule_expression: rate(1 day)
    state: "on"
  - type: sqss
alarms:
  errors: {treshold: 1}
"""


def test_a_mistake_is_underlined_where_it_is_and_says_what_is_allowed(editor: LanguageServer) -> None:
    found = {problem.line - 1: problem for problem in editor.problems(HEAD + _BAD)}
    assert set(found) == {1, 2, 3, 4, 5, 6, 7, 11, 14, 15, 17}
    assert found[1] == Problem(2, "order events", "Must be letters, digits, - and _")
    assert found[2] == Problem(3, "timeuot", "Property timeuot is not allowed.")
    assert (found[3].text, '"python3.13"' in found[3].message) == ("python3.99", True)
    assert found[4] == Problem(5, "64", "Value is below the minimum of 128.")
    assert found[5].message == "Must be a whole number, 1 to 900 seconds, or ${var.NAME}"
    assert found[6].message == "Must be true or false, or ${var.NAME}"
    assert found[7].message == "Must be a list of 1 entry, each one of x86_64, arm64, or ${var.NAME}"
    assert found[11] == Problem(12, "batch_sise", "Property batch_sise is not allowed.")
    assert (found[14].text, '"ENABLED", "DISABLED"' in found[14].message) == ('"on"', True)
    assert (found[15].text, '"sqs" | ' in found[15].message) == ("sqss", True)
    assert found[17].text == "treshold"


def test_a_trigger_without_type_is_told_so(editor: LanguageServer) -> None:
    (problem,) = editor.problems(spec("triggers:", "  - queue_arn: ${var.queue_arn}"))
    assert (problem.line, problem.message) == (3, 'Missing property "type".')
