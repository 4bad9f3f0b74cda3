"""The metrics that alarms watch and the dashboard shows: where each one is found in CloudWatch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from tfgen.hcl import Hcl, Ref, Value, to_hcl
from tfgen.plan.surroundings import Surroundings
from tfgen.schema.places import Number, Text
from tfgen.spec.default_alarms import Source, Standard
from tfgen.spec.models import Spec
from tfgen.triggers.base import Trigger

_FUNCTION = Ref("aws_lambda_function.this.function_name")
#: By name alone, a function's metrics count all its versions and aliases together.
FUNCTION: Mapping[str, Hcl] = {"FunctionName": _FUNCTION}
_QUEUE_NAME = 5  # arn:PARTITION:sqs:REGION:ACCOUNT:NAME, counted from 0
#: Lambda's default quota of concurrent executions in a region, for functions without a reservation.
_QUOTA = 1000
#: Seconds for which Lambda keeps asynchronous events if nothing else is said (PutFunctionEventInvokeConfig).
_KEPT = 21600


class Metric(NamedTuple):
    """A metric in CloudWatch."""

    namespace: Value
    name: Value
    dimensions: Value


def metric(standard: Standard, source: Source | None, module: Surroundings) -> Metric:
    """The metric of an alarm of the default set."""
    if source is None:
        return Metric(standard.namespace, standard.metric_name, FUNCTION)
    if standard.name == "http_5xx":
        assert source.trigger is not None
        return _api(source.trigger, module)
    name = _queue(source, module) if standard.name == "queue_age" else _dead_letters(source, module)
    return Metric(standard.namespace, standard.metric_name, {"QueueName": name})


def answers(source: Source, module: Surroundings) -> Mapping[str, Metric]:
    """The metrics that 5xx answers to requests are counted in, by a name for each.

    Where the function fails, may not be invoked or gives no proper response, a load balancer answers itself,
    which it does not count among the target's answers (its user guide, "CloudWatch metrics").
    """
    assert source.trigger is not None
    own = _api(source.trigger, module)
    if source.trigger.type != "alb":
        return {"answers": own}
    named = {"answers": own.name, "user_errors": "LambdaUserError", "internal_errors": "LambdaInternalError"}
    return {key: own._replace(name=name) for key, name in named.items()}


def _api(trigger: Trigger, module: Surroundings) -> Metric:
    label = trigger.label
    if trigger.type == "http_api":
        return Metric("AWS/ApiGateway", "5xx", {"ApiId": Ref(f"aws_apigatewayv2_api.{label}.id")})
    if trigger.type == "api_gateway":
        name = Ref(f"aws_api_gateway_rest_api.{label}.name")
        return Metric("AWS/ApiGateway", "5XXError", {"ApiName": name})
    # The load balancer is known by its listener's ARN: …:listener/app/NAME/ID/LISTENER.
    listener = to_hcl(module.value(getattr(trigger, "listener_arn")))  # noqa: B009  # of one kind alone
    dimensions = {
        "LoadBalancer": Hcl(f'join("/", slice(split("/", {listener}), 1, 4))'),
        "TargetGroup": Ref(f"aws_lb_target_group.{label}.arn_suffix"),
    }
    return Metric("AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", dimensions)


def _queue(source: Source, module: Surroundings) -> Hcl:
    """The name of a queue that the function reads."""
    trigger = source.trigger
    if trigger is None:
        return _of_the_caller(f"{module.address('event_source_mapping')}.event_source_arn")
    if getattr(trigger, "create", None):
        return Ref(f"aws_sqs_queue.{trigger.label}.name")
    return _named(getattr(trigger, "queue_arn", ""), module)


def _dead_letters(source: Source, module: Surroundings) -> Hcl:
    """The name of a dead letter queue."""
    trigger = source.trigger
    if trigger is None:
        return _of_the_caller(f"{module.address('dead_letter_config')}.target_arn")
    config = getattr(trigger, "dead_letter_config", None)
    if config is None or config.create:
        return Ref(f"aws_sqs_queue.{trigger.label}_dead_letters.name")
    return _named(config.arn, module)


def _named(arn: Text, module: Surroundings) -> Hcl:
    """The name in a queue's ARN."""
    if isinstance(arn, str):
        return to_hcl(arn.split(":")[_QUEUE_NAME])
    return Hcl(f'element(split(":", {to_hcl(module.value(arn))}), {_QUEUE_NAME})')


def _of_the_caller(arn: str) -> Hcl:
    """The name of a queue that the caller may replace, or take away: then it is no queue's."""
    return Hcl(f'try(element(split(":", {arn}), {_QUEUE_NAME}), "none")')


class Limit(NamedTuple):
    """A threshold that is a part of a limit of the function's, and what it is in words."""

    value: Hcl
    what: str


def limit(standard: Standard, percentage: Number, spec: Spec, module: Surroundings) -> Limit:
    """The threshold at a percentage of what the function may take at most.

    Percentages are divided by 100 last, since 0.8 is no number that Terraform could hold exactly.
    """
    share = f"{to_hcl(module.value(percentage))} / 100"
    said = f"{percentage} % of {standard.of}"
    if standard.name == "duration":
        return Limit(Hcl(f"{timeout(module)} * {share}"), f"{said}, in milliseconds")
    if standard.name == "concurrent_executions":
        return Limit(Hcl(f"ceil(({reservation(module)}) * {share})"), said)
    kept = getattr(spec.asynchronous, "maximum_event_age_in_seconds", None) or _KEPT
    return Limit(Hcl(f"{to_hcl(module.value(kept))} * 1000 * {share}"), f"{said}, in milliseconds")


def timeout(module: Surroundings) -> Hcl:
    """The function's timeout in milliseconds."""
    return Hcl(f"{module.address('timeout')} * 1000")


def reservation(module: Surroundings) -> Hcl:
    """How many calls may run at once; the quota where a caller takes the reservation away (null or -1)."""
    reserved = module.address("reserved_concurrent_executions")
    return Hcl(f"coalesce({reserved}, -1) > 0 ? {reserved} : {_QUOTA}")
