"""Rules about logs: who gets them, what is made of them, and Lambda Insights."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.expressions import Template
from tfgen.iam_actions import SUBSCRIPTIONS
from tfgen.schema.bounds import LAYERS
from tfgen.schema.places import Text, nearest, show
from tfgen.spec.logs import DEFAULT, DEFAULT_QUERIES, SERVICES, SubscriptionFilter, of_the_default_set
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules
from tfgen.triggers.base import service_of

#: What a log group's class is without: CloudWatch Logs user guide, "Log classes".
_NEEDS_STANDARD = ("subscription_filters", "metric_filters")
#: What may be the value of a metric: a number, or a field of the pattern.
_VALUE = re.compile(r"[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?|\$.+", re.DOTALL)


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = True) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(path, key=key))


def _names(spec: Spec) -> Iterator[Diagnostic]:
    for key in ("subscription_filters", "metric_filters"):
        taken: dict[str, int] = {}
        for index, entry in enumerate(getattr(spec, key)):
            first = taken.setdefault(entry.name, index)
            if first != index:
                summary = f"`{key}[{index}]` is called `{entry.name}`, as `{key}[{first}]` is"
                yield _at("TFG206", summary, "choose another name", key, index, "name", key=False)


def _destinations(spec: Spec) -> Iterator[Diagnostic]:
    for index, subscription in enumerate(spec.subscription_filters):
        arn, service = subscription.destination_arn, subscription.service
        shown = service_of(arn)
        if shown is not None and "-" in shown:  # an expression, or a part of one
            shown = None
        where = ("subscription_filters", index)
        if _is_own(arn, spec):
            summary = "the function would be invoked by its own logs"
            hint = "each call would write to the log group and so bring on the next; name another function"
            yield _at("TFG319", summary, hint, *where, "destination_arn", key=False)
        elif shown is not None and shown not in SERVICES:
            hint = f"CloudWatch Logs delivers to {', '.join(SERVICES)}"
            summary = f"`destination_arn` is an ARN of {shown}"
            yield _at("TFG203", summary, hint, *where, "destination_arn", key=False)
        elif shown is None and service is None and subscription.role_arn is None:
            summary = "`destination_arn` does not show its service, so `service` is needed as well"
            yield _at("TFG309", summary, f"add it: {', '.join(SERVICES)}", *where, "destination_arn")
        elif shown is not None and service is not None and shown != service:
            summary = f"`service` is {service}, but `destination_arn` is an ARN of {shown}"
            yield _at("TFG310", summary, "remove `service`", *where, "service", key=False)
        else:
            yield from _for_streams(subscription, index, service or shown)


def _for_streams(subscription: SubscriptionFilter, index: int, service: str | None) -> Iterator[Diagnostic]:
    """Keys that only some services have a use for. A service that nothing tells is that of some stream."""
    if subscription.distribution is not None and service not in {"kinesis", None}:
        summary = "`distribution` is about the shards of a Kinesis stream"
        yield _at("TFG310", summary, "remove it", "subscription_filters", index, "distribution")
    if subscription.role_arn is not None and service not in {*SUBSCRIPTIONS, None}:
        what = "that has a policy of its own" if service == "logs" else "the module gives it a permission"
        summary = f"`role_arn` is for streams, not for a destination of {service}"
        yield _at("TFG310", summary, f"remove it: {what}", "subscription_filters", index, "role_arn")


def _is_own(arn: Text, spec: Spec) -> bool:
    """Whether an ARN is this function's: one of the same account and region, as it must be."""
    if str(arn) == "${function.arn}":
        return True
    names = ("${function.name}", "${var.function_name}", str(spec.function_name or ""))
    _, found, name = str(arn).rpartition(":function:")
    return bool(found) and name in names


def _patterns(spec: Spec) -> Iterator[Diagnostic]:
    from tfgen.triggers.cloudwatch_logs import mistaken_pattern  # here, for few specs need it

    places = [("subscription_filters", "filter_pattern"), ("metric_filters", "pattern")]
    for section, key in places:
        for index, entry in enumerate(getattr(spec, section)):
            if wrong := mistaken_pattern(getattr(entry, key)):
                yield _at("TFG203", *wrong, section, index, key, key=False)


def _metrics(spec: Spec) -> Iterator[Diagnostic]:
    for index, entry in enumerate(spec.metric_filters):
        metric = entry.metric_transformation
        where = ("metric_filters", index, "metric_transformation")
        if isinstance(metric.namespace, str) and metric.namespace.startswith("AWS/"):
            summary = f"`{metric.namespace}` starts with `AWS/`, which AWS keeps for itself"
            yield _at("TFG203", summary, "choose another namespace", *where, "namespace", key=False)
        if metric.default_value is not None and metric.dimensions is not None:
            summary = "`default_value` is not for a metric with `dimensions`"
            yield _at("TFG310", summary, "remove one of the two", *where, "default_value")
        if isinstance(entry.pattern, str) and not entry.pattern.lstrip().startswith(("{", "[")):
            hint = 'write a pattern with fields: `{ $.level = "ERROR" }`, or `[level = ERROR, message]`'
            if metric.dimensions is not None:
                summary = "`dimensions` takes fields, and the pattern has none"
                yield _at("TFG309", summary, hint, *where, "dimensions")
            elif isinstance(metric.value, str) and metric.value.startswith("$"):
                summary = f"`value` is the field `{metric.value}`, and the pattern has none"
                yield _at("TFG309", summary, hint, *where, "value", key=False)
        if isinstance(metric.value, str) and not _VALUE.fullmatch(metric.value):
            summary = f"`value` is {show(metric.value)}, neither a number nor a field"
            hint = 'write a number, "1" to count events, or a field of the pattern: $.FIELD or $NAME'
            yield _at("TFG203", summary, hint, *where, "value", key=False)


def _queries(spec: Spec) -> Iterator[Diagnostic]:
    for name, query in spec.insights_queries.items():
        if isinstance(query, bool) and name not in (DEFAULT, *DEFAULT_QUERIES):
            near = nearest(name, DEFAULT_QUERIES)
            hint = (f"did you mean `{near}`? " if near else "") + f"the set is {', '.join(DEFAULT_QUERIES)}"
            summary = f"`{name}` is no query of the default set, so it needs its text"
            yield _at("TFG204", summary, hint, "insights_queries", name)
        elif query is False and name != DEFAULT and not spec.insights_queries.get(DEFAULT):
            hint = "add `default: true`, or remove it: without that, only queries that are named are saved"
            yield _at("TFG309", f"`{name}: false` needs `default: true`", hint, "insights_queries", name)


def _log_class(spec: Spec) -> Iterator[Diagnostic]:
    """What the class of the log group has no room for."""
    log_class = spec.log_group.log_group_class
    if log_class is None or isinstance(log_class, Template) or log_class == "STANDARD":
        return
    lacking = [key for key in _NEEDS_STANDARD if getattr(spec, key)]
    if log_class == "DELIVERY" and spec.insights_queries:
        lacking.append("insights_queries")
    for key in lacking:
        summary = f"`{key}` is not for a log group of class {log_class}"
        hint = f"remove `log_group.log_group_class`, or `{key}`: that class has none"
        yield _at("TFG310", summary, hint, key)
    if log_class == "INFREQUENT_ACCESS" and of_the_default_set(spec.insights_queries):
        summary = "the default queries find little in a log group of class INFREQUENT_ACCESS"
        hint = "they use fields that only the class STANDARD discovers; write queries that `parse` the events"
        yield _at("TFG345", summary, hint, "insights_queries")


def _system_logs(spec: Spec) -> Iterator[Diagnostic]:
    """Lambda's reports of calls, which all but one of the default queries look at."""
    level = spec.logging_config.system_log_level if spec.logging_config else None
    named = [name for name in of_the_default_set(spec.insights_queries) if name != "errors"]
    if level == "WARN" and named:
        seen = f"the queries {', '.join(named)} see no calls but those that fail"
        summary = f"with `system_log_level: WARN` {seen}"
        hint = "set `system_log_level: INFO`, at which Lambda reports each call, or take these queries out"
        yield _at("TFG345", summary, hint, "insights_queries")


def _lambda_insights(spec: Spec) -> Iterator[Diagnostic]:
    """The layer with its extension, which images bring themselves."""
    if not spec.lambda_insights:
        return
    if (
        spec.package_type != "Image"
        and isinstance(spec.layers, tuple)
        and len(spec.layers) >= (LAYERS.maximum or 0)
    ):
        summary = f"`lambda_insights` adds a layer, and a function has {LAYERS.maximum} at most"
        yield _at("TFG205", summary, "merge two of the layers, or remove it", "lambda_insights")


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _names: ("subscription_filters", "metric_filters"),
    _destinations: ("subscription_filters", "function_name"),
    _patterns: ("subscription_filters", "metric_filters"),
    _metrics: ("metric_filters",),
    _queries: ("insights_queries",),
    _log_class: ("log_group", *_NEEDS_STANDARD, "insights_queries"),
    _system_logs: ("logging_config", "insights_queries"),
    _lambda_insights: ("lambda_insights", "package_type", "layers"),
}
