"""`checkov_skip`: the comments stand in the resources that a check is about, and are nothing but comments."""

from __future__ import annotations

import re
from pathlib import Path

import pygohcl
import pytest
from hypothesis import given

from tests.strategies import as_json, escaped, examples, hostile_texts, modules
from tfgen.checkov import CHECKS
from tfgen.codes import Severity
from tfgen.source import load, parse
from tfgen.spec import judge

ROOT = Path(__file__).parent.parent
SPECS = sorted((ROOT / "specs").glob("*.yaml"))
_COMMENT = re.compile(r"^ *# checkov:skip=(.*)$", re.MULTILINE)


def spec(**reasons: str) -> str:
    return as_json({"function_name": "orders", "checkov_skip": reasons})


def without_comments(files: dict[str, str]) -> dict[str, str]:
    return {
        name: "".join(line for line in text.splitlines(keepends=True) if "# checkov:skip=" not in line)
        for name, text in files.items()
    }


def test_a_check_is_skipped_in_each_resource_that_it_is_about() -> None:
    files = modules(spec(CKV_AWS_338="two weeks will do", CKV_AWS_61="by Lambda alone"))
    assert (
        'resource "aws_cloudwatch_log_group" "this" {\n'
        "  # checkov:skip=CKV_AWS_338:two weeks will do\n"
        "  name              = "
    ) in files["main.tf"]
    assert _COMMENT.findall(files["main.tf"]) == ["CKV_AWS_338:two weeks will do"]
    assert _COMMENT.findall(files["iam.tf"]) == ["CKV_AWS_61:by Lambda alone"]


def test_a_data_source_is_told_from_a_resource() -> None:
    text = modules(spec(CKV_AWS_356="no narrower ones"))["iam.tf"]
    documents = re.findall(r'^data "aws_iam_policy_document" .*\n  # checkov:skip=CKV_AWS_356:', text, re.M)
    assert len(documents) == len(_COMMENT.findall(text)) == 2


reasons = hostile_texts.filter(
    lambda text: re.fullmatch(r"[^ \t\n\r\f\v][^\t\n\r\f\v]{0,199}", text) is not None
)


@examples(60)
@given(reasons)
def test_no_reason_becomes_code(reason: str) -> None:
    skipped = modules(spec(CKV_AWS_338=escaped(reason), CKV_AWS_50=escaped(reason)))
    plain = modules(as_json({"function_name": "orders"}))
    assert without_comments(skipped) == plain
    assert sum(len(_COMMENT.findall(text)) for text in skipped.values()) == 2
    for name, text in skipped.items():
        assert pygohcl.loads(text, keep_interpolations=True) == pygohcl.loads(
            plain[name], keep_interpolations=True
        )


def test_a_check_that_nothing_meets_is_told_of_and_does_no_harm() -> None:
    document = parse("orders.yaml", spec(CKV_AWS_3388="a slip", CKV_AZURE_1="elsewhere").encode())
    _, said = judge(document)
    warnings = [found for found in said if found.severity is Severity.WARNING]
    assert [found.code for found in warnings] == ["TFG208", "TFG208"]
    assert warnings[0].hint.startswith("did you mean `CKV_AWS_338`?")
    assert modules(document.text) == modules(as_json({"function_name": "orders"}))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_every_skip_of_an_example_is_of_use(path: Path) -> None:
    document = load(path)
    skipped = document.data.get("checkov_skip", {})
    found = {
        line.split(":")[0]
        for text in modules(document.text, document.path).values()
        for line in _COMMENT.findall(text)
    }
    assert found == set(skipped)


def test_the_table_has_the_types_that_templates_make() -> None:
    """Or rather no others; whether it has all of them, `make checkov` looks up in checkov."""
    made = {
        ("data." if kind == "data" else "") + name
        for path in (ROOT / "templates").glob("**/*.j2")
        for kind, name in re.findall(r'^ *(resource|data) "([a-z0-9_]+)"', path.read_text(), re.M)
    }
    assert CHECKS.keys() <= made
