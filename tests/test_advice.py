"""Advice on specs that are right: who gets it, who does not, and that it stands in nobody's way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.strategies import as_json
from tfgen.checkov import known
from tfgen.codes import CODES, Severity, group
from tfgen.source import parse
from tfgen.spec import judge
from tfgen.spec.advice import _ADVICE

KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234"
QUEUE = "arn:aws:sqs:eu-central-1:123456789012:failures"
TOPIC = {"type": "sns", "topic_arn": "arn:aws:sns:eu-central-1:123456789012:orders"}
EACH_MINUTE = {"type": "schedule", "schedule_expression": "rate(1 minute)"}
BARE: dict[str, Any] = {
    "function_name": "orders",
    "runtime": "python3.13",
    "handler": "app.handler",
    "memory_size": 4096,
    "timeout": 90,
    "environment": {"variables": {"LEVEL": "INFO"}},
    "provisioned_concurrency_config": {"provisioned_concurrent_executions": 5},
    "triggers": [TOPIC, EACH_MINUTE],
}
# Logs that are kept for two weeks are not kept for ever.
ALL = {advice.code for advice in _ADVICE} - {"TFG501"}


SCALED = {
    "provisioned_concurrent_executions": 5,
    "qualifier": "live",
    "autoscaling": {"min_capacity": 5, "max_capacity": 9, "target_value": 0.7},
}


def advised(**keys: Any) -> set[str]:
    """The codes of the advice on the bare function with other keys."""
    return codes_of(BARE | keys)


def codes_of(data: dict[str, Any]) -> set[str]:
    _, said = judge(parse("orders.yaml", as_json(data).encode()))
    return {found.code for found in said if found.severity is Severity.INFO}


def test_a_function_that_says_nothing_gets_all_advice() -> None:
    assert advised() == ALL


@pytest.mark.parametrize(
    ("code", "keys"),
    [
        ("TFG704", {"log_retention_in_days": 365}),
        ("TFG704", {"log_retention_in_days": "${var.days}"}),
        ("TFG411", {"log_group": {"kms_key_id": KEY}}),
        ("TFG412", {"kms_key_arn": KEY}),
        ("TFG412", {"environment": {}}),
        ("TFG701", {"async": {"on_failure": QUEUE}}),
        ("TFG701", {"dead_letter_config": {"target_arn": QUEUE}}),
        ("TFG505", {"reserved_concurrent_executions": 5}),
        ("TFG702", {"tracing_config": {"mode": "Active"}}),
        ("TFG502", {"memory_size": 3538}),
        ("TFG502", {"memory_size": "${var.memory}"}),
        ("TFG502", {"runtime": "java21", "handler": "orders.Handler::handle"}),
        ("TFG503", {"timeout": 60}),
        ("TFG503", {"timeout": "${var.timeout}"}),
        ("TFG503", {"triggers": [TOPIC, EACH_MINUTE | {"schedule_expression": "rate(2 minutes)"}]}),
        ("TFG503", {"triggers": [TOPIC]}),
        ("TFG504", {"architectures": ["arm64"]}),
        ("TFG504", {"architectures": "${var.architectures}"}),
        ("TFG504", {"layers": "${var.layers}"}),
        ("TFG506", {"provisioned_concurrency_config": SCALED, "alias": {"name": "live"}}),
        (
            "TFG413",
            {
                "code_signing_config_arn": "arn:aws:lambda:eu-central-1:123456789012:code-signing-config:"
                "csc-0123456789abcdef0"
            },
        ),
    ],
    ids=json.dumps,
)
def test_who_follows_advice_gets_it_no_more(code: str, keys: dict[str, Any]) -> None:
    assert advised(**keys) == ALL - {code}


def test_a_queue_keeps_the_events_that_a_function_fails_on() -> None:
    queue = {"type": "sqs", "queue_arn": QUEUE}
    assert advised(triggers=[queue]) == ALL - {"TFG701", "TFG503"}


def test_an_image_is_not_asked_what_its_runtime_could_do() -> None:
    image = {key: value for key, value in BARE.items() if key not in {"runtime", "handler"}}
    image |= {"package_type": "Image", "image_uri": "registry.example/orders:1"}
    assert codes_of(image) == ALL - {"TFG413", "TFG502", "TFG504"}


def test_advice_on_cost_never_blocks_anything() -> None:
    """TFG501 and its like are told, and that is all."""
    assert {CODES[code].severity for code in CODES if group(code) == "cost"} == {Severity.INFO}


def test_a_log_group_that_the_module_does_not_make_is_not_for_it_to_keep() -> None:
    assert advised(log_group={"create": False}) == ALL - {"TFG704", "TFG411"}


def test_logs_that_are_kept_for_ever_are_told_of() -> None:
    assert advised(log_retention_in_days=0) == (ALL - {"TFG704"}) | {"TFG501"}


def test_logs_of_a_class_with_a_time_of_its_own_have_no_other() -> None:
    assert advised(log_group={"log_group_class": "DELIVERY"}) == ALL - {"TFG704"}


@pytest.mark.parametrize("advice", _ADVICE, ids=lambda advice: advice.code)
def test_who_has_a_reason_gets_no_advice(advice: Any) -> None:
    keys = {"log_retention_in_days": 0} if advice.code == "TFG501" else {}
    assert advice.code in advised(**keys)
    if advice.check is None:
        return
    assert advice.check in known()
    assert advised(**keys, checkov_skip={advice.check: "we know"}) == advised(**keys) - {advice.code}


@pytest.mark.parametrize("advice", _ADVICE, ids=lambda advice: advice.code)
def test_advice_says_how_to_be_let_off(advice: Any) -> None:
    data = BARE | ({"log_retention_in_days": 0} if advice.code == "TFG501" else {})
    _, said = judge(parse("orders.yaml", as_json(data).encode()))
    (hint,) = [found.hint for found in said if found.code == advice.code]
    assert f"checkov_skip: {{{advice.check}: " in hint or f"# tfgen: ignore[{advice.code}] " in hint


def test_advice_stands_at_its_key_or_at_the_functions_name() -> None:
    document = parse("orders.yaml", b"function_name: orders\nlog_retention_in_days: 30\n")
    _, said = judge(document)
    places = {found.code: document.span(found.location)[:2] for found in said}
    assert places["TFG704"] == (2, 1)
    assert places["TFG702"] == (1, 1)
