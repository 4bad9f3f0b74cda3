"""Rules about alarms."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.schema.places import nearest
from tfgen.spec.alarms import DEFAULT, Alarm
from tfgen.spec.default_alarms import STANDARD, is_reserved, is_standard, sources, uncertain
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules
from tfgen.triggers.base import service_of

_OWN = ("metric_name", "namespace", "dimensions")
_STATISTICS = ("statistic", "extended_statistic")
#: What the alarms of a source need.
_SOURCES = {
    "queue_age": "a queue: of `event_source_mapping`, or of a trigger of type sqs",
    "dead_letters": "a dead letter queue: of `dead_letter_config`, or of a trigger",
    "http_5xx": "a trigger of type http_api or api_gateway with an API of the module's own, or of type alb",
}
# cloudwatch.PutMetricAlarm, Period: 10, 20 or 30 seconds, or minutes; all periods together at most a day, or
# seven days where each one is an hour or longer.
_SHORT_PERIODS = (10, 20, 30)
# cloudwatch.PutMetricAlarm, AlarmActions: the services whose actions an alarm can have.
_TOLD = ("aiops", "automate", "autoscaling", "lambda", "sns", "ssm", "ssm-incidents", "swf")
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
_LONGEST = 7


def _names(spec: Spec) -> Iterator[Diagnostic]:
    """Alarms that say nothing, or that the function has nothing to watch for."""
    for name, said in spec.alarms.items():
        if name == DEFAULT:
            if isinstance(said, Alarm):
                hint = "write `default: true`, and what is to be said of an alarm under its own name"
                yield _at("TFG103", "`default` is no alarm but true or false", hint, name)
        elif said is False and not spec.alarms.get(DEFAULT):
            hint = "add `default: true`, or remove it: without that, only alarms that are named are made"
            yield _at("TFG309", f"`{name}: false` needs `default: true`", hint, name, key=True)
        elif not is_standard(spec, name):
            yield from _unknown(spec, name, said)
        elif said is not False and name in _SOURCES and not sources(spec, name):
            yield _at("TFG309", f"`{name}` needs {_SOURCES[name]}", "add one, or remove it", name, key=True)


def _unknown(spec: Spec, name: str, said: Alarm | bool) -> Iterator[Diagnostic]:
    """What is missing in an alarm that is none of the default set."""
    names = [*STANDARD, *(one for kind in _SOURCES for one in sources(spec, kind))]
    near = nearest(name, names)
    hint = f"did you mean `{near}`? " if near else ""
    if isinstance(said, bool):
        hint += f"the default set: {', '.join(STANDARD)}"
        yield _at("TFG204", f"`{name}` is no alarm of the default set", hint, name, key=True)
        return
    given = said.model_fields_set
    if "metric_name" not in given:
        summary = f"`{name}` is no alarm of the default set, so that it needs `metric_name`"
        hint += f"the default set: {', '.join(STANDARD)}"
        yield _at("TFG309", summary, hint, name, key=True)
        return
    if "threshold" not in given:
        yield _at("TFG309", f"`{name}` needs a `threshold`", "add it, in the metric's unit", name, key=True)
    if not given & set(_STATISTICS):
        hint = "add `statistic`, for example Sum for what is counted, Maximum for what is measured"
        yield _at("TFG310", f"`{name}` has no `statistic`", hint, name, key=True)


def _keys(spec: Spec) -> Iterator[Diagnostic]:
    """Keys that are not for every alarm, or exclude each other."""
    for name, said in spec.alarms.items():
        if not isinstance(said, Alarm):
            continue
        given = said.model_fields_set
        for one, other in (_STATISTICS, ("threshold", "percentage")):
            if {one, other} <= given:
                summary = f"`{name}` has both `{one}` and `{other}`"
                yield _at("TFG310", summary, "keep one of them", name, other, key=True)
        kind = _kind(spec, name)
        metric = STANDARD[kind].metric_name if kind else ""
        for key in _OWN if kind else ():
            if key in given:
                hint = "remove it, or give the alarm a name of its own"
                yield _at("TFG310", f"`{name}` is about {metric} already", hint, name, key, key=True)
        if "percentage" in given and not (kind and STANDARD[kind].percentage):
            hint = f"it is for {', '.join(each.name for each in STANDARD.values() if each.percentage)}"
            yield _at("TFG310", f"`{name}` is no percentage of anything", hint, name, "percentage", key=True)
        if "minimum_invocations" in given and kind != "error_rate":
            key, hint = "minimum_invocations", "remove it"
            yield _at("TFG310", f"`{key}` is for error_rate", hint, name, key, key=True)
        for key in _STATISTICS if kind == "error_rate" else ():
            if key in given:
                hint = "remove it: the rate is computed from two metrics"
                yield _at("TFG310", f"`{name}` has no statistic of its own", hint, name, key, key=True)


def _kind(spec: Spec, name: str) -> str | None:
    """The alarm of the default set that a name stands for."""
    return next((kind for kind in STANDARD if name == kind or name in sources(spec, kind)), None)


def _thresholds(spec: Spec) -> Iterator[Diagnostic]:
    """Alarms of the default set that have no threshold of their own."""
    for name, said in spec.alarms.items():
        kind = STANDARD.get(name)
        if kind is None or said is False or (isinstance(said, Alarm) and said.threshold is not None):
            continue
        if kind.threshold is kind.percentage is None:
            hint = f"write `{name}: {{threshold: NUMBER}}`, in {kind.unit} a period"
            yield _at("TFG309", f"`{name}` needs a `threshold`", hint, name, key=True)
        elif name == "concurrent_executions" and not is_reserved(spec):
            hint = "add one of them: without a reservation there is nothing that it would be a percentage of"
            summary = f"`{name}` needs a `threshold`, or `reserved_concurrent_executions`"
            yield _at("TFG309", summary, hint, name, key=True)


def _evaluation(spec: Spec) -> Iterator[Diagnostic]:
    """Periods that CloudWatch does not take."""
    for name, said in spec.alarms.items():
        if not isinstance(said, Alarm):
            continue
        kind = _kind(spec, name)
        period = said.period
        count = said.evaluation_periods or (STANDARD[kind].evaluation_periods if kind else 1)
        enough = said.datapoints_to_alarm
        if isinstance(period, int):
            yield from _period(name, said, period)
        if isinstance(period, int) and isinstance(count, int):
            most = _DAY * (_LONGEST if period >= _HOUR else 1)
            if period * count > most:
                summary = f"`{name}` looks at {period * count} seconds: {count} periods of {period}"
                hint = f"it may be {most} seconds"
                hint += ", and seven days with periods of an hour or more" if period < _HOUR else ""
                yield _at("TFG322", summary, hint, name)
        if isinstance(count, int) and isinstance(enough, int) and enough > count:
            summary = f"`datapoints_to_alarm` is {enough} of {count} `evaluation_periods`"
            yield _at("TFG322", summary, f"it may be at most {count}", name, "datapoints_to_alarm")


def _period(name: str, said: Alarm, period: int) -> Iterator[Diagnostic]:
    if period not in _SHORT_PERIODS and period % _MINUTE:
        hint = "it may be 10, 20 or 30 seconds, or a multiple of 60"
        yield _at("TFG322", f"`period` is {period} seconds", hint, name, "period")
    namespace = said.namespace or "AWS/Lambda"
    if period in _SHORT_PERIODS and isinstance(namespace, str) and namespace.startswith("AWS/"):
        hint = "metrics of AWS's own come once a minute: write 60 or more"
        yield _at(
            "TFG322", f"`period` is {period} seconds, in most of which nothing comes", hint, name, "period"
        )


def _left_out(spec: Spec) -> Iterator[Diagnostic]:
    """Alarms that only the caller's ARN decides on."""
    if spec.alarms.get(DEFAULT) is not True:
        return
    for name, what in uncertain(spec).items():
        summary = f"the default set leaves `{name}` out: the spec does not show that `{what}` is a queue's"
        hint = f"beside `default: true`, add `{name}: {{}}` if it is, or `{name}: false`"
        yield _at("TFG705", summary, hint, key=True)


def _actions(spec: Spec) -> Iterator[Diagnostic]:
    """Actions of services that CloudWatch does not tell of alarms."""
    for name, said in spec.alarms.items():
        for key in ("alarm_actions", "ok_actions") if isinstance(said, Alarm) else ():
            arns = getattr(said, key)
            for index, arn in enumerate(arns if isinstance(arns, tuple) else ()):
                service = service_of(arn)
                if service and "-" not in service.removeprefix("ssm-") and service not in _TOLD:
                    hint = "name an SNS topic, which can tell others, or a function"
                    summary = f"an alarm's action is an ARN of {service}"
                    yield Diagnostic("TFG203", summary, hint, Node(("alarms", name, key, index)))


def _duration(spec: Spec) -> Iterator[Diagnostic]:
    """A threshold that no call can reach, since it is cut off before."""
    said = spec.alarms.get("duration")
    if not isinstance(said, Alarm) or not isinstance(spec.timeout, int):
        return
    threshold, most = said.threshold, spec.timeout * 1000
    if (
        isinstance(threshold, int | float)
        and threshold > most
        and str(said.comparison_operator).startswith("Greater")
    ):
        summary = f"`threshold` is {threshold} milliseconds, and calls are cut off after {most}"
        hint = "write a lower one, or `percentage: 80`, of the timeout"
        yield _at("TFG322", summary, hint, "duration", "threshold")


def _at(code: str, summary: str, hint: str, *path: str, key: bool = False) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(("alarms", *path), key=key))


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _names: ("alarms", "triggers", "dead_letter_config", "event_source_mapping"),
    _keys: ("alarms", "triggers", "dead_letter_config", "event_source_mapping"),
    _thresholds: ("alarms", "reserved_concurrent_executions"),
    _evaluation: ("alarms", "triggers", "dead_letter_config", "event_source_mapping"),
    _actions: ("alarms",),
    _duration: ("alarms", "timeout"),
    _left_out: ("alarms", "triggers", "dead_letter_config", "event_source_mapping"),
}
