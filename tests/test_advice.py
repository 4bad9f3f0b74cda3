"""Advice on specs that are right: who gets it, who does not, and that it stands in nobody's way."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.strategies import as_json
from tfgen.checkov import known
from tfgen.codes import Severity
from tfgen.source import parse
from tfgen.spec import judge
from tfgen.spec.advice import _ADVICE

KEY = "arn:aws:kms:eu-central-1:123456789012:key/1234"
QUEUE = "arn:aws:sqs:eu-central-1:123456789012:failures"
BARE: dict[str, Any] = {
    "function_name": "orders",
    "environment": {"variables": {"LEVEL": "INFO"}},
    "triggers": [{"type": "sns", "topic_arn": "arn:aws:sns:eu-central-1:123456789012:orders"}],
}
ALL = {advice.code for advice in _ADVICE}


def advised(**keys: Any) -> set[str]:
    """The codes of the advice on the bare function with other keys."""
    _, said = judge(parse("orders.yaml", as_json(BARE | keys).encode()))
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
        ("TFG701", {"triggers": [{"type": "sqs", "queue_arn": QUEUE}]}),
        ("TFG505", {"reserved_concurrent_executions": 5}),
        ("TFG702", {"tracing_config": {"mode": "Active"}}),
        ("TFG413", {"package_type": "Image"}),
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


def test_a_log_group_that_the_module_does_not_make_is_not_for_it_to_keep() -> None:
    assert advised(log_group={"create": False}) == ALL - {"TFG704", "TFG411"}


def test_logs_that_are_kept_for_ever_are_told_of() -> None:
    assert "TFG704" in advised(log_retention_in_days=0)


@pytest.mark.parametrize("advice", _ADVICE, ids=lambda advice: advice.code)
def test_who_has_a_reason_gets_no_advice(advice: Any) -> None:
    assert advised(checkov_skip={advice.check: "we know"}) == ALL - {advice.code}
    assert advice.check in known()


def test_advice_stands_at_its_key_or_at_the_functions_name() -> None:
    document = parse("orders.yaml", b"function_name: orders\nlog_retention_in_days: 30\n")
    _, said = judge(document)
    places = {found.code: document.span(found.location)[:2] for found in said}
    assert places["TFG704"] == (2, 1)
    assert places["TFG702"] == (1, 1)
