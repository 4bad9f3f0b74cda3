"""Who else gets the function's log events, and what lets CloudWatch Logs deliver them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tfgen.expressions import Template
from tfgen.hcl import Hcl, Interpolation, Ref, to_hcl
from tfgen.iam_actions import SUBSCRIPTIONS
from tfgen.plan.examples import texts_of
from tfgen.plan.model import FeaturePlan, Target
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import text
from tfgen.spec.logs import DESTINATION_ARN, FILTER_NAME, SubscriptionFilter
from tfgen.spec.models import Spec
from tfgen.triggers.base import arn, service_of
from tfgen.triggers.checks import Check, checks, statement_checks

_KEY = "subscription_filters"
_STATEMENT_ID = 100


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The subscriptions, each with the role or the permission that it needs."""
    if not spec.subscription_filters:
        return None
    subscriptions = [_subscription(entry, module) for entry in spec.subscription_filters]
    has_role = any(entry["role"] for entry in subscriptions)
    has_permission = any(entry["statement_id"] for entry in subscriptions)
    arguments = {
        "subscriptions": subscriptions,
        "log_group_name": module.log_group_name,
        # Of what is in the group, by which CloudWatch Logs says on whose behalf it does something.
        "log_events_arn": to_hcl(Interpolation((module.log_group_arn, ":*"))),
        "account_id": module.aws("account_id") if has_permission else None,
        "account_logs_arn": to_hcl(arn(module, "logs", ["*"])) if has_role else None,
        "permissions_boundary": module.permissions_boundary,
    }
    targets = tuple(
        Target(text(entry.destination_arn), f"log events, {entry.name}")
        for entry in spec.subscription_filters
    )
    return FeaturePlan(
        _KEY,
        arguments,
        targets=targets,
        checks=(*_checks(spec, module), *_role_checks(arguments)),
        examples=dict(_examples(spec.subscription_filters)),
    )


def _checks(spec: Spec, module: Surroundings) -> Iterator[Check]:
    for entry in spec.subscription_filters:
        address = f"aws_cloudwatch_log_subscription_filter.{_KEY}_{entry.name}"
        names = ("filter_pattern", "destination_arn", "distribution", "role_arn")
        yield from checks(module, address, entry, *names)


def _role_checks(arguments: Mapping[str, Any]) -> Iterator[Check]:
    """That each role is for CloudWatch Logs of this account, and may write to its stream alone."""
    for entry in arguments["subscriptions"]:
        if entry["role"]:
            account = ("ArnLike", "aws:SourceArn", [arguments["account_logs_arn"]])
            yield from statement_checks(f"{entry['label']}_trust", "AssumedByCloudWatchLogs", [account])
            stream = {"actions": entry["role"]["actions"], "resources": [entry["destination_arn"]]}
            yield from statement_checks(entry["label"], "WriteToStream", **stream)
        if entry["statement_id"]:
            permission = f"aws_lambda_permission.{entry['label']}"
            yield Check(Hcl(f"{permission}.function_name"), entry["destination_arn"])
            yield Check(Hcl(f"{permission}.source_account"), arguments["account_id"])


def _examples(entries: Sequence[SubscriptionFilter]) -> Iterator[tuple[str, str]]:
    """An ARN of the service that the spec says a variable's ARN is of."""
    for entry in entries:
        destination = entry.destination_arn
        whole = destination.whole if isinstance(destination, Template) else None
        if entry.service and whole:
            of_service = (text for text in texts_of(DESTINATION_ARN) if service_of(text) == entry.service)
            yield from ((whole.name, text) for text in list(of_service)[:1])


def _subscription(entry: SubscriptionFilter, module: Surroundings) -> dict[str, Any]:
    service = entry.service or service_of(entry.destination_arn)
    label = f"{_KEY}_{entry.name}"
    role_arn, role = module.hcl(entry.role_arn), None
    if service in SUBSCRIPTIONS and role_arn is None:
        role = _role(entry, str(service), module)
        role_arn = Ref(f"aws_iam_role.{label}.arn")
    return {
        "label": Hcl(label),
        "name": to_hcl(module.name(entry.name, FILTER_NAME)),
        "filter_pattern": module.hcl(entry.filter_pattern),
        "destination_arn": module.hcl(entry.destination_arn),
        "distribution": module.hcl(entry.distribution),
        "role_arn": role_arn,
        "role": role,
        "statement_id": to_hcl(module.name(entry.name, _STATEMENT_ID)) if service == "lambda" else None,
        # A literal is never the function's own, for that is a finding.
        "may_be_own": service == "lambda" and isinstance(entry.destination_arn, Template),
    }


def _role(entry: SubscriptionFilter, service: str, module: Surroundings) -> dict[str, Hcl]:
    """The role that CloudWatch Logs writes to a stream in."""
    function = module.address("function_name")
    description = ("Writes log events of the Lambda function ", function, " to a stream")
    return {
        "name": to_hcl(module.role_name(f"{_KEY}_{entry.name}")),
        "description": to_hcl(Interpolation(description)),
        "actions": to_hcl(SUBSCRIPTIONS[service]),
    }
