"""The project file: what it says once for all specs, and where a value of the effective spec comes from."""

from __future__ import annotations

from typing import Any

import pytest

from tfgen.diagnostics import Findings, SpecError
from tfgen.project.effective import Layer, by_file, effective, origin
from tfgen.source import Document, parse
from tfgen.spec import judge

DEFAULTS = """\
defaults:
  runtime: python3.13
  handler: app.handler
  environment:
    variables: {LOG_LEVEL: INFO, STAGE: dev}
  vpc_config: {subnet_ids: [subnet-1, subnet-2], security_group_ids: [sg-1]}
  tags: {Team: shop}
  layers: ["${var.one}", "${var.two}"]
"""


def merged(spec: str, project: str = DEFAULTS) -> Document:
    """A spec with the defaults of a project under it."""
    file = parse("tfgen.yaml", project.encode())
    layers = [Layer(("defaults",), file.data["defaults"])]
    layers += [
        Layer(("overrides", index, "defaults"), override["defaults"])
        for index, override in enumerate(file.data.get("overrides", ()))
    ]
    return effective(parse("specs/orders.yaml", spec.encode()), file, layers)


def shown(document: Document) -> list[tuple[str, int, int, str, str]]:
    """What is wrong with a document: path, line, column, code, and the line's text."""
    try:
        _, said = judge(document)
    except SpecError as error:
        said = error.diagnostics
    found = []
    for findings in by_file(Findings(document, tuple(said))):
        lines = findings.document.lines()
        for one in findings.diagnostics:
            span = findings.document.span(one.location)
            found.append((findings.document.path, span.line, span.column, one.code, lines[span.line - 1]))
    return found


def test_mappings_merge_and_lists_and_single_values_are_replaced() -> None:
    data = merged(
        "handler: other.handler\n"
        "environment: {variables: {STAGE: prod, TABLE: t}}\n"
        "layers: ['${var.three}']\n"
        "tags: {Service: orders}\n"
    ).data
    assert data == {
        "runtime": "python3.13",
        "handler": "other.handler",
        "environment": {"variables": {"LOG_LEVEL": "INFO", "STAGE": "prod", "TABLE": "t"}},
        "vpc_config": {"subnet_ids": ["subnet-1", "subnet-2"], "security_group_ids": ["sg-1"]},
        "tags": {"Team": "shop", "Service": "orders"},
        "layers": ["${var.three}"],
    }


def test_a_null_that_is_written_out_takes_a_default_away() -> None:
    document = merged("vpc_config: null\nenvironment: {variables: {STAGE: ~}}\n")
    assert "vpc_config" not in document.data
    assert document.data["environment"] == {"variables": {"LOG_LEVEL": "INFO"}}
    assert not document.findings
    judge(document)


@pytest.mark.parametrize(
    "spec", ["vpc_config:\n", "timeout: null\n", "environment: {variables: {STAGE: }}\n"]
)
def test_any_other_null_is_a_mistake_still(spec: str) -> None:
    assert [code for *_, code, _ in shown(merged(spec))] == ["TFG013"]


def test_later_overrides_go_over_earlier_ones_and_the_spec_over_all() -> None:
    project = (
        "defaults: {timeout: 1, memory_size: 128, description: all}\n"
        "overrides:\n"
        "  - {paths: ['**'], defaults: {timeout: 2, memory_size: 256}}\n"
        "  - {paths: ['**'], defaults: {memory_size: 512}}\n"
    )
    data = merged("timeout: 3\n", project).data
    assert data == {"timeout": 3, "memory_size": 512, "description": "all"}


def test_a_mistake_is_told_in_the_file_that_it_is_in() -> None:
    project = "defaults:\n  timeout: 901\n  tracing_config: {mode: on}\n"
    found = shown(merged("description: x\nmemory_size: 1\n", project))
    assert found == [
        ("specs/orders.yaml", 2, 14, "TFG201", "memory_size: 1"),
        ("tfgen.yaml", 2, 12, "TFG201", "  timeout: 901"),
        ("tfgen.yaml", 3, 26, "TFG204", "  tracing_config: {mode: on}"),
    ]


def test_a_mistake_between_both_is_told_at_the_key_that_is_wrong() -> None:
    found = shown(merged("image_uri: registry.example/a:1\n", "defaults:\n  package_type: Zip\n"))
    assert [(path, line, code) for path, line, _, code, _ in found] == [("specs/orders.yaml", 1, "TFG301")]


def test_each_value_knows_its_file_and_line() -> None:
    document = merged("tags: {Service: orders}\n\nhandler: other.handler\n")
    assert origin(document, ("tags", "Service")) == ("specs/orders.yaml", 1)
    assert origin(document, ("tags", "Team")) == ("tfgen.yaml", 7)
    assert origin(document, ("handler",)) == ("specs/orders.yaml", 3)
    assert origin(document, ("layers", 1)) == ("tfgen.yaml", 8)


def test_defaults_are_the_same_for_the_next_spec() -> None:
    file = parse("tfgen.yaml", DEFAULTS.encode())
    before: Any = parse("tfgen.yaml", DEFAULTS.encode()).data
    spec = parse("a.yaml", b"environment: {variables: {A1: x}}\n")
    effective(spec, file, [Layer(("defaults",), file.data["defaults"])])
    assert file.data == before
