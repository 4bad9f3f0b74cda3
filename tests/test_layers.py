"""Layers that the module makes: among those that are there already, and as input variables see them."""

from __future__ import annotations

import re
from typing import Any

import pygohcl
import pytest
from hypothesis import given

from tests.strategies import Data, as_json, escaped, examples, hostile_texts, modules, reported
from tests.test_bounds import SCHEMA, fits
from tests.walking import shape

THERE = "arn:aws:lambda:eu-central-1:123456789012:layer:there:1"
ZIP: Data = {
    "function_name": "orders",
    "runtime": "python3.13",
    "handler": "app.handler",
    "filename": "a.zip",
}


def spec(*layers: Any, **more: Any) -> Data:
    return {**ZIP, "layers": list(layers), **more}


def read(data: Data) -> dict[str, Any]:
    text = "".join(modules(as_json(data))[name] for name in ("main.tf", "variables.tf", "outputs.tf"))
    parsed: dict[str, Any] = pygohcl.loads(text, keep_interpolations=True)
    return parsed


def test_layers_keep_their_order_and_give_way_to_the_callers() -> None:
    made = [{"layer_name": "Common-Libs", "filename": "c.zip"}, {"name": "fonts", "filename": "f.zip"}]
    text = modules(as_json(spec(made[0], THERE, made[1], "${var.other}")))["main.tf"]
    (value,) = re.findall(
        r"^  layers = var.layers != null \? var.layers : \((.*?) : null\)$", text, re.M | re.S
    )
    assert re.findall(r"^    (.*),$", value, re.M) == [
        "aws_lambda_layer_version.common_libs.arn",
        f'"{THERE}"',
        "aws_lambda_layer_version.fonts.arn",
        "var.other",
    ]


def test_a_layer_without_a_name_of_its_own_has_the_functions() -> None:
    made = read(spec({"name": "pdf_fonts", "filename": "f.zip"}))["resource"]["aws_lambda_layer_version"]
    assert made["pdf_fonts"]["layer_name"] == "${var.function_name}-pdf-fonts"


def test_the_input_variable_is_that_of_every_module() -> None:
    variables = [
        read(spec(*layers))["variable"]["layers"] for layers in ([THERE], [{"name": "a", "filename": "a"}])
    ]
    for variable in variables:
        assert variable["type"] == "list(string)"
        assert "length(var.layers) <= 5" in variable["validation"]["condition"]
    assert variables[1].get("default") is None


def test_what_a_layer_is_made_of_is_needed_whatever_layers_the_caller_gives() -> None:
    """A variable that serves arguments of the interface alone can be left out, this one not."""
    layer = {"name": "a", "s3_bucket": "${var.bucket}", "s3_key": "a.zip"}
    variables = read(spec(layer, "${var.other}"))["variable"]
    assert "default" not in variables["bucket"]
    assert variables["other"]["default"] is None


@examples(40)
@given(hostile_texts.filter(lambda text: 0 < len(text) <= 256))
def test_no_text_of_a_layer_becomes_code(text: str) -> None:
    def written(said: str) -> Data:
        return spec(
            {
                "name": "a",
                "filename": said,
                "description": said,
                "license_info": said,
                "source_code_hash": said,
            }
        )

    hostile, harmless = read(written(escaped(text))), read(written("text"))
    assert shape(hostile) == shape(harmless)
    assert hostile["resource"]["aws_lambda_layer_version"]["a"]["description"] is not None


@pytest.mark.parametrize(
    "layer",
    [
        {"name": "a"},
        {"filename": "a.zip"},
        {"layer_name": "a.b", "filename": "a.zip"},
        {"name": "a", "filename": "a.zip", "compatible_runtimes": []},
        {"name": "a", "filename": "a.zip", "compatible_architectures": ["x86_64", "arm64", "arm64"]},
        {"name": "a", "filename": "a.zip", "license_info": "x" * 513},
        {"name": "a", "filename": "a.zip", "arn": THERE},
        [THERE],
        7,
    ],
    ids=str,
)
def test_what_is_no_layer_is_refused(layer: Any) -> None:
    assert reported(as_json(spec(layer)))


@pytest.mark.parametrize(
    ("layer", "fine"),
    [
        (THERE, True),
        ("${var.layer}", True),
        ({"name": "a", "filename": "a.zip"}, True),
        ({"layer_name": "${var.name}", "name": "a", "compatible_runtimes": "${var.runtimes}"}, True),
        ({"name": "A"}, False),
        ({"name": "a", "arn": THERE}, False),
        ({"name": "a", "skip_destroy": "yes"}, False),
        ([THERE], False),
        (7, False),
    ],
    ids=str,
)
def test_the_schema_knows_both_forms(layer: Any, fine: bool) -> None:
    assert fits(SCHEMA, spec(layer)) is fine
