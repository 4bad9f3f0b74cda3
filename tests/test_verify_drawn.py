"""What `verify` says of the modules of drawn specs: nothing. And that what it reads once and for all alike is
read as python-hcl2 would read each text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

import hcl2
import pytest
from hypothesis import given
from lark.exceptions import LarkError

from tests.drawn import drawn_specs
from tests.strategies import Data, as_json, as_yaml, examples, modules, specs
from tests.test_verify import MODULES, golden
from tests.test_verify_syntax import RICH, broken
from tfgen.verify import Author, verify
from tfgen.verify.blocks import read
from tfgen.verify.shapes import outline, shapes
from tfgen.verify.tokens import NotRead, tokens


@examples(30)
@given(drawn_specs())
def test_the_module_of_any_spec_with_triggers_and_sections_is_right(data: Data) -> None:
    files = modules(as_json(data))
    assert verify(files) == []
    assert verify(files, Author.TEMPLATES) == []


@examples(30)
@given(specs())
def test_the_module_of_any_function_is_right_whatever_its_texts_are(data: Data) -> None:
    files = modules(as_yaml(data))
    assert verify(files) == []
    assert verify(files, Author.TEMPLATES) == []


@pytest.mark.parametrize(
    ("principal", "asks"),
    [
        ("arn:aws:iam::123456789012:role/caller", False),
        ("arn:aws:iam::${var.account}:root", False),
        ("123456789012", True),
        ("${aws.account_id}", True),
        ("${var.caller}", True),
    ],
)
def test_a_module_asks_for_the_partition_only_where_it_needs_it(principal: str, asks: bool) -> None:
    role = "arn:aws:iam::123456789012:role/orders"
    data = {"function_name": "orders", "runtime": "python3.13", "handler": "app.handler", "filename": "a.zip"}
    url = {"principals": [principal]}
    files = modules(as_json({**data, "execution_role_arn": role, "function_url": url}))
    assert ('data "aws_partition"' in files["main.tf"]) == asks
    assert verify(files) == []


# Shapes ----------------------------------------------------------------------------------------------


@cache
def is_read(text: str) -> bool:
    """Whether python-hcl2 reads a text."""
    try:
        hcl2.parses_to_tree(text)
    except LarkError:
        return False
    return True


def are_read(text: str) -> bool | None:
    """Whether it reads the shapes of a text; None where that is no HCL."""
    try:
        found = tokens(text)
        read(found)
    except NotRead:
        return None
    return all(map(is_read, shapes(outline(found))))


def blocks(text: str) -> Iterator[str]:
    yield from (f"{block}\n}}\n" for block in text.split("\n}\n")[:-1])


def test_the_shapes_of_golden_modules_are_few_and_short() -> None:
    found = {
        shape
        for name in MODULES
        for file, text in golden(name).items()
        if file.endswith(".tf")
        for shape in shapes(outline(tokens(text)))
    }
    assert 100 < len(found) < 400
    assert max(map(len, found)) < 300


@pytest.mark.parametrize("name", ["rich", "everything", "operations"])
def test_a_text_is_read_where_its_shapes_are(name: str) -> None:
    chance = random.Random(name)
    files = {"main.tf": RICH} if name == "rich" else golden(name)
    texts = [block for file, text in files.items() if file.endswith(".tf") for block in blocks(text)]
    compared = {True: 0, False: 0}
    for _ in range(500):
        text = broken(chance.choice(texts), chance)
        if any(sign in text for sign in ("$${", "%%{", "<<")):
            continue  # which python-hcl2 reads in part
        shaped = are_read(text)
        if shaped is not None:
            compared[is_read(text)] += 1
            assert shaped == is_read(text), text
    assert compared[True] > 25


@pytest.mark.parametrize(
    "text",
    [
        'locals {\n  a = "${~ true }"\n}\n',
        "locals {\n  a = { b = 1 < 2 }\n}\n",
        "locals {\n  a = { b = true ? 1 : 2 }\n}\n",
    ],
)
def test_what_terraform_reads_and_python_hcl2_does_not(text: str) -> None:
    assert are_read(text) == is_read(text)
