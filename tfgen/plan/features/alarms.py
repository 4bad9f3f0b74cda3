"""The `alarms` section: CloudWatch alarms on what the function and its sources measure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfgen.constraints import validations
from tfgen.expressions import Template
from tfgen.hcl import Hcl, Interpolation, Ref, Value, parts_of, to_hcl
from tfgen.hcl import comment as hcl_comment
from tfgen.plan.examples import example
from tfgen.plan.features.metrics import FUNCTION, Limit, Metric, answers, limit, metric
from tfgen.plan.model import Command, FeaturePlan, InputVariable, Table
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import function_name
from tfgen.spec.alarms import ACTIONS, Alarm
from tfgen.spec.default_alarms import Made, Standard, made
from tfgen.spec.models import Spec
from tfgen.triggers.base import Output, text
from tfgen.triggers.checks import Check, checks

_ALARM_NAME = 255
_COMPARED = (
    *("comparison_operator", "threshold", "evaluation_periods", "datapoints_to_alarm"),
    *("treat_missing_data", "actions_enabled"),
)
_MINIMUM_INVOCATIONS = 10
_RATE = "error_rate"
_FEW = "Of few calls, one that fails would be a large share."
_OWN_ANSWERS = "The load balancer's own as well: where the function fails, or gives no proper response."
_OPERATORS = {
    "GreaterThanOrEqualToThreshold": "at least",
    "GreaterThanThreshold": "more than",
    "LessThanThreshold": "less than",
    "LessThanOrEqualToThreshold": "at most",
}
_STATISTICS = {"Maximum": "highest", "Minimum": "lowest", "Average": "average", "SampleCount": "count"}
_UNITS = ((86400, "day"), (3600, "hour"), (60, "minute"), (1, "second"))
_INPUTS = {
    "alarm_actions": "ARNs of what is told when an alarm goes off, for example an SNS topic",
    "ok_actions": "ARNs of what is told when an alarm is over, for example an SNS topic",
}
_NOTE = "give alarm_actions what is to be told, such as an SNS topic: without it, nobody hears of an alarm"
_OWN = "see what the metric measures, and what changed"
_TEXT = (
    "Their names in CloudWatch begin with the function's. A period in which nothing was measured is one "
    "without trouble, unless the alarm says otherwise."
)


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The alarms that follow from the function, or that the spec names."""
    alarms = made(spec)
    if not alarms:
        return None
    arguments = [_arguments(alarm, spec, module) for alarm in alarms]
    arns = {alarm.name: Ref(f"{_address(alarm.name)}.arn") for alarm in alarms}
    told = all(alarm.settings.alarm_actions is not None for alarm in alarms)
    inputs = tuple(
        _input(name, description)
        for name, description in _INPUTS.items()
        if any(getattr(alarm.settings, name) is None for alarm in alarms)
    )
    return FeaturePlan(
        "alarms",
        {
            "by_alias": spec.alias is not None,
            "alarms": arguments,
        },
        outputs=(Output("alarm_arns", "ARNs of the alarms, by name", to_hcl(arns)),),
        inputs=inputs,
        notes=() if told else (_NOTE,),
        commands=(_states(spec),),
        tables=(_table(alarms),),
        checks=tuple(
            check
            for alarm, given in zip(alarms, arguments, strict=True)
            for check in _checks(alarm, given, module)
        ),
        examples={variable.name: example(ACTIONS, variable.name.replace("_", "-")) for variable in inputs},
    )


def _checks(alarm: Made, arguments: Mapping[str, Any], module: Surroundings) -> Iterator[Check]:
    """That an alarm goes off when it should; `arguments` are its own, as some follow from its name."""
    address = _address(alarm.name)
    yield from checks(module, address, alarm.settings, "alarm_description")
    for name in _INPUTS:
        if getattr(alarm.settings, name) != ():  # of nothing, Terraform does not know the type
            yield Check(Hcl(f"{address}.{name}"), arguments[name], in_any_order=True)
    metric, computed = arguments["metric"], arguments["computed"]
    of_metric = {**metric, "period": arguments["period"]} if metric else {}
    for name, value in {**{name: arguments[name] for name in _COMPARED}, **of_metric}.items():
        here = f"{address}.{name}"
        if name == "dimensions":  # a map, which an object never equals
            yield Check(Hcl(f"{{ for key, one in {here} : key => one }}"), value, name=here)
        elif value is not None:
            yield Check(Hcl(here), value)
    if computed:
        queries = f"for query in {address}.metric_query"
        found = Hcl(f"one([{queries} : query.expression if query.return_data == true])")
        yield Check(found, computed["expression"], name=f"The expression of {address}")
        for name in ("namespace", "metric_name", "dimensions", "stat", "period"):
            said = [Hcl(f"jsonencode({one.get(name, arguments['period'])})") for one in computed["metrics"]]
            where = "if length(query.metric) > 0"
            found = Hcl(f"[{queries} : jsonencode(one(query.metric).{name}) {where}]")
            yield Check(found, said, in_any_order=True, name=f"The list of {name} of {address}")


def _address(name: str) -> str:
    return f"aws_cloudwatch_metric_alarm.{name}"


def _input(name: str, description: str) -> InputVariable:
    return InputVariable(
        name,
        Hcl("list(string)"),
        description,
        default=to_hcl([]),
        not_nullable=True,
        validations=validations(name, ACTIONS, nullable=False),
        bounds=ACTIONS,
    )


def _states(spec: Spec) -> Command:
    return Command(
        "The alarms and their states",
        f"aws cloudwatch describe-alarms --alarm-name-prefix {function_name(spec)}- \\\n"
        "  --query 'MetricAlarms[].[AlarmName, StateValue, StateReason]' --output table",
    )


def _table(alarms: tuple[Made, ...]) -> Table:
    rows = tuple(
        (
            alarm.name,
            "".join(map(text, _description(alarm))),
            _sentence(alarm.standard.first if alarm.standard else _OWN),
        )
        for alarm in alarms
    )
    return Table("Alarms", _TEXT, ("Alarm", "What it means", "What to do first"), rows)


# Arguments -------------------------------------------------------------------------------------------


def _arguments(alarm: Made, spec: Spec, module: Surroundings) -> dict[str, Any]:
    said, standard = alarm.settings, alarm.standard
    share, computed = _limit(alarm, spec, module), _computed(alarm, module)
    evaluated = said.evaluation_periods or (standard.evaluation_periods if standard else 1)
    threshold = said.threshold if said.threshold is not None or standard is None else standard.threshold
    given = ("comparison_operator", "treat_missing_data", "datapoints_to_alarm", "actions_enabled")
    return {
        **{name: module.hcl(getattr(said, name)) for name in given},
        "label": Hcl(alarm.name),
        "alarm_name": to_hcl(module.name(alarm.name, _ALARM_NAME)),
        "alarm_description": to_hcl(_joined(_description(alarm), module)),
        "metric": None if computed else _metric(alarm, module),
        "computed": computed,
        "period": module.hcl(said.period),
        "evaluation_periods": module.hcl(evaluated),
        "threshold": share.value if share else module.hcl(threshold),
        "threshold_comment": hcl_comment(_sentence(share.what)) if share else None,
        "alarm_actions": module.hcl(said.alarm_actions) or Ref("var.alarm_actions"),
        "ok_actions": module.hcl(said.ok_actions) or Ref("var.ok_actions"),
    }


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _limit(alarm: Made, spec: Spec, module: Surroundings) -> Limit | None:
    """The threshold of an alarm that has a part of a limit for it."""
    standard, said = alarm.standard, alarm.settings
    if standard is None or standard.percentage is None or said.threshold is not None:
        return None
    return limit(standard, said.percentage or standard.percentage, spec, module)


def _metric(alarm: Made, module: Surroundings) -> dict[str, Hcl | None]:
    said, standard = alarm.settings, alarm.standard
    if standard:
        found = metric(standard, alarm.source, module)
    else:
        dimensions = FUNCTION if said.dimensions is None else module.value(said.dimensions)
        namespace = module.value(said.namespace or "AWS/Lambda")
        found = Metric(namespace, module.value(said.metric_name), dimensions)
    percentile = module.hcl(said.extended_statistic)
    usual = standard.statistic if standard else None
    return {
        "namespace": to_hcl(found.namespace),
        "metric_name": to_hcl(found.name),
        "dimensions": to_hcl(found.dimensions),
        "statistic": None if percentile else module.hcl(said.statistic or usual),
        "extended_statistic": percentile,
    }


def _computed(alarm: Made, module: Surroundings) -> dict[str, Any] | None:
    """What an alarm computes from several metrics; None where it looks at one."""
    if alarm.name == _RATE:
        words = {"id": _RATE, "label": "Error rate (%)", "comment": _FEW}
        calls = {
            "errors": Metric("AWS/Lambda", "Errors", FUNCTION),
            "invocations": Metric("AWS/Lambda", "Invocations", FUNCTION),
        }
        return _query(words, _rate(alarm.settings, module), calls, alarm, module)
    if alarm.standard is None or alarm.standard.name != "http_5xx" or alarm.source is None:
        return None
    found = answers(alarm.source, module)
    if len(found) == 1:
        return None
    words = {"id": "total", "label": "5xx answers", "comment": _OWN_ANSWERS}
    # Without FILL, a minute in which one of them was not measured would have no sum.
    expression = f"SUM([{', '.join(f'FILL({name}, 0)' for name in found)}])"
    return _query(words, expression, found, alarm, module)


def _query(
    words: Mapping[str, str],
    expression: Value,
    named: Mapping[str, Metric],
    alarm: Made,
    module: Surroundings,
) -> dict[str, Any]:
    statistic = alarm.settings.extended_statistic or alarm.settings.statistic or "Sum"
    return {
        "id": to_hcl(words["id"]),
        "label": to_hcl(words["label"]),
        "comment": hcl_comment(words["comment"]),
        "expression": to_hcl(expression),
        "metrics": [
            {
                "id": to_hcl(key),
                "namespace": to_hcl(metric.namespace),
                "metric_name": to_hcl(metric.name),
                "stat": module.hcl(statistic),
                "dimensions": to_hcl(metric.dimensions),
            }
            for key, metric in named.items()
        ],
    }


def _rate(said: Alarm, module: Surroundings) -> Value:
    """The share of calls that fail. Below a number of calls there is no rate, or one error would be a lot."""
    least = _parts(_minimum(said), module)
    return Interpolation(("IF(invocations >= ", *least, ", 100 * errors / invocations, 0)"))


def _minimum(said: Alarm) -> int | Template:
    least = said.minimum_invocations
    return _MINIMUM_INVOCATIONS if least is None else least


# Words -----------------------------------------------------------------------------------------------


def _joined(parts: Iterator[object], module: Surroundings) -> Value:
    """Words and a spec's values as one text, or the value that stands alone."""
    joined = tuple(part for each in parts for part in _parts(each, module))
    return joined[0] if len(joined) == 1 else Interpolation(joined)


def _parts(value: object, module: Surroundings) -> tuple[str | Ref, ...]:
    """A value as the parts of a text."""
    found = module.value(value)
    return parts_of(found if isinstance(found, str | Interpolation) else str(found))


def _description(alarm: Made) -> Iterator[object]:
    """What an alarm means, in words and values of the spec."""
    said, standard = alarm.settings, alarm.standard
    if said.alarm_description is not None:
        yield said.alarm_description
        return
    of = alarm.source and alarm.source.trigger
    yield standard.means if standard else said.metric_name
    yield f" ({of.label}): " if of else ": "
    yield _OPERATORS.get(str(said.comparison_operator), "beyond")
    yield " "
    yield from _amount(said, standard)
    yield from _when(said, standard)
    yield from _times(said, standard)
    yield "."


def _amount(said: Alarm, standard: Standard | None) -> Iterator[object]:
    threshold, unit = said.threshold, standard.unit if standard else ""
    if threshold is None and standard and standard.percentage is not None:
        yield said.percentage or standard.percentage
        yield f" % of {standard.of}"
        return
    if threshold is None:
        assert standard is not None
        threshold = standard.threshold
    seconds = {"milliseconds": 1000, "seconds": 1}.get(unit)
    if seconds and isinstance(threshold, int) and threshold and threshold % seconds == 0:
        yield _span(threshold // seconds)
        return
    yield threshold
    yield f" {unit.removesuffix('s') if threshold == 1 else unit}" if unit else ""


def _when(said: Alarm, standard: Standard | None) -> Iterator[object]:
    """What the value stands for: a sum, or the highest of a period."""
    statistic = said.extended_statistic or said.statistic or (standard.statistic if standard else "Sum")
    period: tuple[object, ...] = (
        (_span(said.period),) if isinstance(said.period, int) else (said.period, " seconds")
    )
    if statistic == "Sum":
        yield " in "
        yield from period
    else:
        yield " ("
        yield _STATISTICS.get(str(statistic), statistic)
        yield " of "
        yield from period
        yield ")"
    if standard and standard.name == _RATE:
        yield " with "
        yield _minimum(said)
        yield " calls or more"


def _times(said: Alarm, standard: Standard | None) -> Iterator[object]:
    count = said.evaluation_periods or (standard.evaluation_periods if standard else 1)
    enough = said.datapoints_to_alarm
    if enough is not None and enough != count:
        yield from (", ", enough, " of ", count, " times")
    elif count != 1:
        yield from (", ", count, " times in a row")


def _span(seconds: int) -> str:
    """A time in its largest whole unit: "5 minutes"."""
    size, unit = next((size, unit) for size, unit in _UNITS if seconds % size == 0)
    count = seconds // size
    return f"{count} {unit}{'' if count == 1 else 's'}"
