"""YAML as tfgen writes it: read back, it is the data that it was made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from tfgen.source import MAX_KEY, MAX_NUMBER, load, parse
from tfgen.yaml_text import lines

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    "ab1.:,-+_ \n\t#'\"\\{}[]&*!|>%@`?=<~$eExXonyN\u00e9\u2028\x85\ufeff", max_size=12
)
_LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(min_value=-(10**20), max_value=10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXTS
)
_DATA = st.dictionaries(
    _TEXTS,
    st.recursive(
        _LEAVES,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXTS, inner, max_size=4),
        max_leaves=12,
    ),
    max_size=5,
)


def written(data: dict[str, Any], comment: str = "") -> str:
    """The text of some data, with a comment wherever one may stand."""
    found = []
    for line in lines(data):
        found += [f"{line}{comment if line.path is not None else ''}", *line.following]
    return "\n".join(found) + "\n"


def read(text: str) -> Any:
    """What tfgen reads, whatever else it has to say about it."""
    return parse("spec.yaml", text.encode()).data


@given(_DATA)
def test_tfgen_reads_what_was_written(data: dict[str, Any]) -> None:
    # As text, for to Python 1, 1.0 and true are equal.
    assert repr(read(written(data))) == repr(data)
    assert repr(read(written(data, "  # tfgen.yaml:12"))) == repr(data)


@given(_DATA)
def test_readers_of_yaml_1_1_read_the_same(data: dict[str, Any]) -> None:
    assert repr(yaml.safe_load(written(data))) == repr(data)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "no",
            "On",
            "y",
            "null",
            "~",
            "True",
            "0644",
            "0x1F",
            "0o17",
            "1e3",
            "1_000",
            "12:30",
            "2024-01-02",
        ),
        *(
            ".inf",
            ".5",
            "+1",
            "-1",
            "1.0",
            "=",
            "<<",
            "- a",
            "-",
            "--- a",
            "...",
            "? a",
            "a: b",
            "a:",
            "a #b",
            "#a",
        ),
        *(
            "",
            " ",
            " a",
            "a ",
            "a\n",
            "\na",
            " a\nb",
            "a\n\n",
            "a\n \n",
            "a\n  b\n",
            "a\tb",
            "\ta\nb",
            "a\rb\nc",
        ),
        *(
            "'a'",
            '"a"',
            'it\'s "so"',
            "C:\\a",
            "{a: b}",
            "[a]",
            "a, b",
            "&a",
            "*a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "|",
            ">",
        ),
        *(
            "${var.name}",
            "${var.a}: ${var.b}",
            "$${a}",
            "\u00e9",
            "\u202eabc",
            "\x00",
            "\x7f",
            "\x85",
            "\U0001f680",
        ),
        "1" * (MAX_NUMBER + 1),
        "a" * MAX_KEY,
    ],
)
def test_a_text_stays_that_text_as_key_as_value_and_in_lists(text: str) -> None:
    data = {text: text, "list": [text, [text], {text: text}], "map": {text: {text: [text]}}}
    assert read(written(data, "  # x:1")) == data
    assert yaml.safe_load(written(data)) == data


def test_it_reads_as_people_write_it() -> None:
    data = {
        "function_name": "order-events",
        "filename": "./build/orders.zip",
        "timeout": 60,
        "environment": {"variables": {"TABLE": "${var.table}", "FLAG": "yes"}},
        "policy_statements": [{"actions": ["s3:GetObject"], "resources": ["arn:${aws.partition}:s3:::a/*"]}],
        "description": 'says "hello"',
        "query": "fields @timestamp\n| limit 20\n",
        "tags": {},
    }
    assert written(data) == (
        "function_name: order-events\n"
        "filename: ./build/orders.zip\n"
        "timeout: 60\n"
        "environment:\n"
        "  variables:\n"
        "    TABLE: ${var.table}\n"
        '    FLAG: "yes"\n'
        "policy_statements:\n"
        "  - actions:\n"
        "      - s3:GetObject\n"
        "    resources:\n"
        "      - arn:${aws.partition}:s3:::a/*\n"
        'description: says "hello"\n'
        "query: |\n"
        "  fields @timestamp\n"
        "  | limit 20\n"
        "tags: {}\n"
    )


def test_a_value_knows_its_path_and_a_heading_none() -> None:
    data = {"triggers": [{"type": "sqs"}], "layers": []}
    assert [line.path for line in lines(data)] == [None, ("triggers", 0, "type"), ("layers",)]


@pytest.mark.parametrize(
    "spec", sorted((Path(__file__).parents[1] / "specs").glob("*.yaml")), ids=lambda path: path.stem
)
def test_examples_stay_the_same(spec: Path) -> None:
    data = load(spec).data
    assert repr(read(written(data, "  # spec.yaml:1"))) == repr(data)
