"""The `dashboard` section: what the alarms watch and the errors in the logs, on one page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tfgen.hcl import Hcl, Interpolation, Ref, Value, parts_of, to_hcl
from tfgen.plan.features.metrics import FUNCTION, Metric, answers, metric, reservation, timeout
from tfgen.plan.model import Command, FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import function_name
from tfgen.spec.default_alarms import STANDARD, Source, alarm_names, follows, is_reserved, sources
from tfgen.spec.models import Spec
from tfgen.triggers.base import Output
from tfgen.triggers.checks import Check

_NAME = "aws_cloudwatch_dashboard.this.dashboard_name"
_DASHBOARD_NAME = 255
_ASYNCHRONOUS = {
    "async_event_age": "Age (ms)",
    "async_events_dropped": "Dropped",
    "destination_failures": "Not delivered to their destination",
    "dead_letter_errors": "Not delivered to the dead letter target",
}
#: By the names of the metrics of 5xx answers.
_ANSWERS = {
    "answers": "Answers of",
    "user_errors": "No proper response to",
    "internal_errors": "Errors of AWS's own behind",
}


class Line(NamedTuple):
    """A line of a graph: its metric, or the expression that it is computed by."""

    options: Hcl
    metric: Hcl | None = None


class Limit(NamedTuple):
    """A horizontal line at a limit."""

    label: Hcl
    value: Hcl


class Graph(NamedTuple):
    """A widget with metrics over time."""

    title: Hcl
    unit: Hcl
    lines: tuple[Line, ...]
    limit: Limit | None = None


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The dashboard, if the spec wants one."""
    if not spec.dashboard:
        return None
    # Dashboards are the account's, not a region's (cloudwatch.PutDashboard).
    name = module.name("dashboard", _DASHBOARD_NAME, regional=True)
    alarms = [Ref(f"aws_cloudwatch_metric_alarm.{alarm}.arn") for alarm in alarm_names(spec)]
    has_queries = spec.log_group.log_group_class != "DELIVERY"  # logs of that class cannot be queried
    return FeaturePlan(
        "dashboard",
        {
            "name": to_hcl(name),
            "region": module.aws("region"),
            "alarms": [*alarms],
            "graphs": list(_graphs(spec, module)),
            "log_source": _log_source(module) if has_queries else None,
        },
        outputs=(Output("dashboard_name", "Name of the dashboard", Ref(_NAME)),),
        commands=(_dashboards(spec),),
        checks=(Check(Hcl(_NAME), name),),
    )


def _log_source(module: Surroundings) -> Hcl:
    return to_hcl(Interpolation(("SOURCE '", *parts_of(module.log_group), "'")))


def _dashboards(spec: Spec) -> Command:
    return Command(
        "The dashboard's name, for https://console.aws.amazon.com/cloudwatch/home#dashboards/dashboard/NAME",
        f"aws cloudwatch list-dashboards --dashboard-name-prefix {function_name(spec)}-dashboard \\\n"
        "  --query 'DashboardEntries[].DashboardName' --output text",
    )


# Graphs ----------------------------------------------------------------------------------------------


def _graphs(spec: Spec, module: Surroundings) -> Iterator[Graph]:
    yield _graph(
        "Calls and errors",
        "Count",
        _line(_of_function("invocations"), "Sum", "Calls", id="invocations"),
        _line(_of_function("errors"), "Sum", "Errors", id="errors"),
        Line(_options(expression="100 * errors / invocations", label="Error rate (%)", yAxis="right")),
    )
    duration = _of_function("duration")
    yield _graph(
        "Duration",
        "ms",
        _line(duration, "p50", "Half of the calls"),
        _line(duration, "p99", "99 % of the calls"),
        _line(duration, "Maximum", "Longest call"),
        limit=Limit(to_hcl("Timeout"), timeout(module)),
    )
    yield _concurrency(spec, module)
    if follows(spec, "iterator_age"):
        yield _graph(
            "Stream", "ms", _line(_of_function("iterator_age"), "Maximum", "Age of the last record read")
        )
    if any(trigger.type in {"kafka", "msk"} for trigger in spec.triggers):
        yield _graph("Topic", "Count", _line(_of_function("offset_lag"), "Maximum", "Records not read yet"))
    for source in sources(spec, "queue_age").values():
        if source is not None and source.certain:
            yield _queue(source, module)
    if lines := [*_dead_letters(spec, module)]:
        yield _graph("Dead letter queues", "Count", *lines)
    if lines := [*_asynchronous(spec)]:
        yield _graph("Asynchronous events", "Count", *lines)
    if lines := [*_answers(spec, module)]:
        yield _graph("Answers with 5xx", "Count", *lines)


def _concurrency(spec: Spec, module: Surroundings) -> Graph:
    lines = [
        _line(_of_function("concurrent_executions"), "Maximum", "Calls at once"),
        _line(_of_function("throttles"), "Sum", "Throttled calls"),
    ]
    kind = "provisioned_concurrency_spillover"
    if follows(spec, kind):
        lines.append(_line(_of_function(kind), "Sum", "Beyond provisioned concurrency"))
    limit = Limit(to_hcl("Reservation"), reservation(module)) if is_reserved(spec) else None
    return _graph("Concurrency and throttles", "Count", *lines, limit=limit)


def _queue(source: Source, module: Surroundings) -> Graph:
    age = metric(STANDARD["queue_age"], source, module)
    depth = age._replace(name=STANDARD["dead_letters"].metric_name)
    return _graph(
        f"Queue of {source.trigger.label}" if source.trigger else "Queue",
        "Seconds",
        _line(age, "Maximum", "Age of the oldest message (s)"),
        _line(depth, "Maximum", "Messages that wait", yAxis="right"),
    )


def _dead_letters(spec: Spec, module: Surroundings) -> Iterator[Line]:
    for source in sources(spec, "dead_letters").values():
        if source is not None and source.certain:
            label = f"Messages of {source.trigger.label}" if source.trigger else "Messages of the function"
            yield _line(metric(STANDARD["dead_letters"], source, module), "Maximum", label)


def _asynchronous(spec: Spec) -> Iterator[Line]:
    for kind, label in _ASYNCHRONOUS.items():
        if follows(spec, kind):
            side = {"yAxis": "right"} if kind == "async_event_age" else {}
            yield _line(_of_function(kind), STANDARD[kind].statistic, label, **side)


def _answers(spec: Spec, module: Surroundings) -> Iterator[Line]:
    for source in sources(spec, "http_5xx").values():
        if source is not None and source.trigger is not None:
            for kind, found in answers(source, module).items():
                yield _line(found, "Sum", f"{_ANSWERS[kind]} {source.trigger.label}")
    if follows(spec, "url_5xx"):
        yield _line(_of_function("url_5xx"), "Sum", "Answers of the function's URL")


def _graph(title: str, unit: str, *lines: Line, limit: Limit | None = None) -> Graph:
    # In brackets, since python-hcl2 cannot write an operation within an object.
    limit = limit and limit._replace(value=Hcl(f"({limit.value})"))
    return Graph(to_hcl(title), to_hcl(unit), lines, limit)


def _of_function(kind: str) -> Metric:
    """The function's own metric that an alarm of the default set watches."""
    return Metric(STANDARD[kind].namespace, STANDARD[kind].metric_name, FUNCTION)


def _line(of: Metric, stat: str, label: str, **options: Value) -> Line:
    named = of.dimensions if isinstance(of.dimensions, dict) else dict(FUNCTION)
    parts = [of.namespace, of.name, *(part for dimension in named.items() for part in dimension)]
    return Line(_options(stat=stat, label=label, **options), Hcl(", ").join(map(to_hcl, parts)))


def _options(**options: Value) -> Hcl:
    return Hcl(f"{{ {', '.join(f'{key} = {to_hcl(value)}' for key, value in options.items())} }}")
