"""Whatever text a spec holds, AWS gets it as it is: no text becomes code, and none is lost on the way."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pygohcl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import (
    FRAGMENTS,
    Data,
    as_json,
    as_yaml,
    escaped,
    examples,
    hostile_texts,
    is_tag,
    modules,
    nfc,
    reported,
    specs,
    tag_texts,
    terraform,
    writers,
)

Writer = Callable[[Data], str]

# Where any text may stand ----------------------------------------------------------------------------


def spec(texts: list[str], tags: list[str] | None = None) -> Data:
    """A spec with a text at each place that takes any, and in a tag and its name those that tags take."""
    written = iter([escaped(text) for text in texts])
    name, value = tags or ["", ""]
    return {
        "description": next(written),
        "filename": next(written) or "a",
        "environment": {"variables": {"FIRST": next(written), "SECOND": next(written)}},
        "tags": {f"tag {name}": value},
        "event_source_mapping": {
            "event_source_arn": "arn:aws:sqs:eu-central-1:123456789012:orders",
            "filter_criteria": {"filter": [{"pattern": json.dumps({"body": [next(written)]})}]},
        },
        "policy_statements": [
            {
                "actions": ["s3:GetObject"],
                "resources": ["*"],
                "condition": [
                    {"test": "StringLike", "variable": "aws:userid", "values": [next(written), next(written)]}
                ],
            }
        ],
    }


def found(files: dict[str, str]) -> list[str]:
    """The texts of `spec` but for the tag's, as HashiCorp's parser reads them in its module."""
    main, iam, variables = (read(files[name]) for name in ("main.tf", "iam.tf", "variables.tf"))
    environment = merged(files, "environment")
    mapping = variables["variable"]["event_source_mapping"]["default"]
    document = iam["data"]["aws_iam_policy_document"]["execution_role"]
    return [
        main["resource"]["aws_lambda_function"]["this"]["description"],
        variables["variable"]["filename"]["default"],
        environment["FIRST"],
        environment["SECOND"],
        json.loads(mapping["filter_criteria"]["filter"][0]["pattern"])["body"][0],
        *document["statement"][-1]["condition"]["values"],
    ]


PLACES = 7


def read(text: str) -> Any:
    return pygohcl.loads(text, keep_interpolations=True)


def merged(files: dict[str, str], name: str) -> dict[str, str]:
    """The map that a spec's entries are in; the caller's go over it."""
    (literal,) = re.findall(rf"^  {name} += merge\((\{{\n.*?^  \}}), var\.", files["main.tf"], re.M | re.S)
    entries: dict[str, str] = read(f"x = {literal}\n")["x"]
    assert entries == pygohcl.loads(f"x = {literal}\n")["x"], "a text holds an interpolation"
    return entries


limited = hostile_texts.filter(lambda text: len(text) <= 256)
batches = st.lists(limited, min_size=PLACES, max_size=PLACES)
tags = st.lists(tag_texts.filter(lambda text: len(text) <= 100), min_size=2, max_size=2)


@examples(60)
@given(batches, tags, writers)
def test_texts_reach_terraform_as_they_are(texts: list[str], tag: list[str], writer: Writer) -> None:
    texts[1] = texts[1] or "a"  # a file has a name
    files = modules(writer(spec(texts, tag)))
    assert found(files) == texts
    assert merged(files, "tags") == {f"tag {tag[0]}": tag[1]}


@examples(40)
@given(batches, tags, writers)
def test_no_text_adds_a_block_an_argument_or_an_entry(
    texts: list[str], tag: list[str], writer: Writer
) -> None:
    hostile = shape(modules(writer(spec(texts, tag))))
    harmless = shape(modules(writer(spec(["text"] * PLACES))))
    assert hostile == harmless


def shape(files: dict[str, str]) -> Any:
    """What a module is made of, without its texts and without the names of its tags."""
    blocks = {name: _shape(read(text)) for name, text in files.items()}
    return blocks, list(merged(files, "environment")), len(merged(files, "tags"))


def _shape(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items()}
    return [_shape(item) for item in value] if isinstance(value, list) else type(value)


def test_the_shape_of_a_module_shows_what_is_added() -> None:
    """The test above can fail."""
    harmless = spec(["text"] * PLACES)
    for more in (
        {"role_path": "/"},
        {"tags": {**harmless["tags"], "Third": "text"}},
        {"environment": {"variables": {**harmless["environment"]["variables"], "THIRD": "text"}}},
        {"policy_statements": harmless["policy_statements"] * 2},
    ):
        assert shape(modules(as_json(harmless | more))) != shape(modules(as_json(harmless)))


@examples(40)
@given(specs(), writers)
def test_terraforms_parser_reads_the_module_of_any_spec(data: Data, writer: Writer) -> None:
    for name, text in modules(writer(data)).items():
        assert read(text), name


@examples(20)
@given(specs())
def test_a_spec_renders_alike_however_it_is_written(data: Data) -> None:
    assert modules(as_json(data)) == modules(as_yaml(data)) == modules(as_yaml(data, "|"))


@examples(40)
@given(hostile_texts.filter(bool))
def test_texts_about_variables_and_outputs_stay_texts(text: str) -> None:
    """`description` of a variable takes no expression, so it has no way to write a `${` either."""
    about = text.replace("${", "$ {")
    data = {"description": "${var.x}", "variables": {"x": {"description": about, "default": about}}}
    variable = read(modules(as_json(data))["variables.tf"])["variable"]["x"]
    assert (variable["description"], variable["default"]) == (about, about)


# What no text may hold -------------------------------------------------------------------------------


def texts_of(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The paths of all texts in a spec."""
    if isinstance(data, str):
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, item in items:
        yield from texts_of(item, (*path, key))


@pytest.mark.parametrize("path", list(texts_of(spec(["text"] * PLACES))))
def test_the_character_nul_is_reported_at_its_line(path: tuple[str | int, ...]) -> None:
    data = spec(["text"] * PLACES)
    *outer, last = path
    section: Any = data
    for key in outer:
        section = section[key]
    section[last] += "\0 and more"
    text = as_json(data)
    (line,) = [number for number, line in enumerate(text.splitlines(), 1) if "\\u0000" in line]
    findings = reported(text)
    assert findings[0][:2] == ("TFG002", line)
    assert {found for _, found, _ in findings} == {line}


def test_a_key_with_nul_is_reported_at_its_line() -> None:
    assert reported('tags:\n  A: b\n  "C\\0": d\n')[0] == ("TFG002", 3, 3)


def test_text_that_terraform_would_change_is_reported_at_its_line() -> None:
    assert reported('tags:\n  A: b\n  C: "e\u0301"\n') == [("TFG012", 3, 6)]


# Terraform itself ------------------------------------------------------------------------------------

SAMPLE = [
    *(nfc(fragment) for fragment in FRAGMENTS),
    *(
        nfc(f"{before}{fragment}{before}")
        for before in ("$", "%", "\\", '"')
        for fragment in ("${x}", "%{x}", "{", "$")
    ),
    nfc("".join(FRAGMENTS)),
    '{"detail": {"$or": [{"a": [{"prefix": "${x}"}]}]}}',
    "#!/bin/sh\nset -e\necho \"${HOME}\" '%{http_code}' \\\n  | cat <<EOT\n$$\nEOT\n",
]


@pytest.mark.terraform
def test_terraform_reads_what_the_spec_says(tmp_path: Path) -> None:
    """The bytes of every value and of every tag's name, as Terraform computes the module's locals."""
    variables = {f"V_{number}": text for number, text in enumerate(SAMPLE)}
    tags = {text: text for text in SAMPLE if text and is_tag(text)}
    data = {
        "function_name": "hostile",
        "runtime": "python3.13",
        "handler": "app.handler",
        "filename": "app.zip",
        "environment": {"variables": {name: escaped(text) for name, text in variables.items()}},
        "tags": tags,
        "execution_role_arn": "arn:aws:iam::123456789012:role/any",
    }
    files = modules(as_json(data))
    (block,) = re.findall(r"^locals \{\n.*?^\}\n", files["main.tf"], re.M | re.S)
    (tmp_path / "main.tf").write_text(block, encoding="utf-8")
    (tmp_path / "variables.tf").write_text(files["variables.tf"], encoding="utf-8")
    for name, expected in (("environment", variables), ("tags", tags)):
        each = f"[for key, value in local.{name} : [base64encode(key), base64encode(value)]]"
        printed = terraform(tmp_path, "console", text=f"base64encode(jsonencode({each}))\n")
        pairs = json.loads(base64.b64decode(printed.strip().strip('"')))
        assert {decoded(key): decoded(value) for key, value in pairs} == expected


def decoded(text: str) -> str:
    return base64.b64decode(text).decode()
