"""Asynchronous events: how often they are tried, and who gets a record of what became of them."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.iam_actions import ASYNC_DESTINATIONS
from tfgen.plan.model import Command, FeaturePlan, Target
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import invoked, text
from tfgen.spec.invocation import Async
from tfgen.spec.models import Spec
from tfgen.triggers.base import Statement
from tfgen.triggers.checks import Check, checks
from tfgen.triggers.event_source import delivery

_NO_BUCKETS = {service: actions for service, actions in ASYNC_DESTINATIONS.items() if service != "s3"}


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """What the section asks for, on the function's alias if there is one, since callers go by that."""
    section = spec.asynchronous
    if section is None:
        return None
    destinations = {
        "on_success": module.hcl(section.on_success),
        "on_failure": module.hcl(section.on_failure),
    }
    targets = ((section.on_success, "what went well"), (section.on_failure, "what was given up"))
    return FeaturePlan(
        "async",
        {
            "qualifier": module.qualifier(module.alias),
            "maximum_event_age_in_seconds": module.hcl(section.maximum_event_age_in_seconds),
            "maximum_retry_attempts": module.hcl(section.maximum_retry_attempts),
            "destinations": destinations if any(destinations.values()) else None,
        },
        statements=tuple(_deliveries(spec, module)),
        checks=tuple(_checks(section, module)),
        targets=tuple(Target(text(arn), what) for arn, what in targets if arn is not None),
        commands=(
            Command(
                "What becomes of its asynchronous events",
                f"aws lambda get-function-event-invoke-config {invoked(spec)}",
            ),
        ),
    )


def _checks(section: Async, module: Surroundings) -> Iterator[Check]:
    address = "aws_lambda_function_event_invoke_config.this"
    yield from checks(module, address, section, "maximum_event_age_in_seconds", "maximum_retry_attempts")
    for name in ("on_success", "on_failure"):
        block = f"one(one({address}.destination_config).{name})"
        yield from checks(module, block, section, **{name: "destination"})


def _deliveries(spec: Spec, module: Surroundings) -> list[Statement]:
    section = spec.asynchronous
    assert section is not None
    found = []
    if section.on_success is not None:
        reason = "send a record of events that went well"
        found.append(delivery(module, section.on_success, "SendSuccesses", reason, _NO_BUCKETS))
    if section.on_failure is not None:
        reason = "send a record of events that were given up"
        found.append(delivery(module, section.on_failure, "SendFailures", reason, ASYNC_DESTINATIONS))
    return found
