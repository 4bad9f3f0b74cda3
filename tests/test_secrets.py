"""Secrets and parameters: how they are written, and what both of them share."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from tests.strategies import modules, read, reported
from tfgen.plan import plan

SPEC = {"function_name": "orders", "runtime": "python3.13", "handler": "app.handler", "filename": "app.zip"}
INPUT = "parameters_and_secrets_extension_arn"
SECTIONS = {"secrets": "secret_arn", "parameters": "parameter_arn"}


def spec(**sections: Any) -> str:
    return yaml.safe_dump({**SPEC, **sections}, sort_keys=False)


@pytest.mark.parametrize(("section", "key"), SECTIONS.items())
def test_an_arn_may_stand_in_its_mappings_stead(section: str, key: str) -> None:
    short = modules(spec(**{section: {"KEY": "${var.key_arn}"}}))
    assert short["main.tf"] == modules(spec(**{section: {"KEY": {key: "${var.key_arn}"}}}))["main.tf"]
    assert f"KEY_{key.upper()} = var.key_arn" in short["main.tf"]


@pytest.mark.parametrize("asking", [("secrets",), ("parameters",), ("secrets", "parameters")])
def test_the_extension_is_there_once_whoever_asks_for_it(asking: tuple[str, ...]) -> None:
    entries: dict[str, dict[str, Any]] = {key: {"KEY": f"${{var.arn_of_{key}}}"} for key in SECTIONS}
    for key in asking:
        entries[key]["extension"] = True
    files = modules(spec(**entries))
    assert files["variables.tf"].count(f'variable "{INPUT}"') == 1
    assert files["main.tf"].count(f"var.{INPUT}") == 1


def test_without_being_asked_for_there_is_no_extension() -> None:
    files = modules(spec(secrets={"KEY": "${var.key_arn}", "extension": False}))
    assert INPUT not in "".join(files.values())


@pytest.mark.parametrize("section", SECTIONS)
def test_a_key_that_encrypts_several_is_named_once_and_narrowed_to_them(section: str) -> None:
    arn = SECTIONS[section]
    entries = {
        name: {arn: f"${{var.{name.lower()}}}", "kms_key_arn": "${var.kms_key}"} for name in ("ONE", "TWO")
    }
    text = modules(spec(**{section: {**entries, "PLAIN": "${var.plain}", "AGAIN": "${var.plain}"}}))["iam.tf"]
    _, _, statement = text.partition(f'"DecryptFor{section.capitalize()}"')
    assert "resources = [var.kms_key]" in statement
    assert "values   = [var.one, var.two]" in statement
    assert "resources = [var.one, var.two, var.plain]" in text


def test_a_role_of_the_callers_is_told_what_it_must_be_allowed() -> None:
    text = spec(secrets={"KEY": "${var.key_arn}"}, execution_role_arn="${var.execution_role_arn}")
    (need,) = plan(read(text), "orders.yaml").readme.role_needs
    assert (need.actions, need.resources) == ("secretsmanager:GetSecretValue", "[var.key_arn]")


def test_a_function_in_a_vpc_is_told_how_it_reaches_them() -> None:
    vpc = {"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]}
    text = spec(parameters={"KEY": "${var.key_arn}"}, vpc_config=vpc)
    (left,) = plan(read(text), "orders.yaml").readme.left_to_do
    assert "VPC endpoint for ssm" in left.note


@pytest.mark.parametrize("value", [7, None, [], "text", True, {"EMPTY": None}, {"N": {"LIST": []}}, {1: 2}])
def test_what_is_no_section_gets_a_report(value: object) -> None:
    assert reported(spec(secrets=value))
