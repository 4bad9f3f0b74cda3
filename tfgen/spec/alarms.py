"""Alarms on metrics: what a spec may say about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text, TextMap, Texts, fail, show
from tfgen.schema.section import Section

# cloudwatch.PutMetricAlarm, and for the forms that the API model leaves open what provider 5.100 accepts. Of
# the operators, those that compare with a band are left out, which takes a second metric.
ALARM_NAME = replace(b.TRIGGER_NAME, maximum=64)
THRESHOLD = b.Bounds(type="number", fraction=True)
PERIOD = b.number(10, 604800, "seconds")
EVALUATION_PERIODS = b.number(1, 60480)
PERCENTAGE = b.number(1, 100, "percent")
MINIMUM_INVOCATIONS = b.number(1, None, "calls")
STATISTIC = b.choice("Average", "Maximum", "Minimum", "SampleCount", "Sum")
EXTENDED_STATISTIC = b.text(
    2,
    None,
    r"^(p[0-9]{1,2}(\.[0-9]{1,10})?|p100|tm[0-9]{1,2}(\.[0-9]{1,10})?|IQM)$",
    "a percentile such as p99 or p99.9, a trimmed mean such as tm90, or IQM",
)
COMPARISON_OPERATOR = b.choice(
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "LessThanThreshold",
    "LessThanOrEqualToThreshold",
)
TREAT_MISSING_DATA = b.choice("notBreaching", "breaching", "ignore", "missing")
ALARM_DESCRIPTION = b.text(0, 1024)
ACTIONS = b.texts(
    b.text(
        1,
        1024,
        b.ARN + f"[a-z0-9-]+:({b.REGION})?:" + r"([0-9]{12})?:.+$",
        "the ARN of what is told, for example of an SNS topic",
    ),
    0,
    5,
)
METRIC_NAME = b.text(1, 255)
NAMESPACE = b.text(1, 255, r"^[^:].*$", "a name such as AWS/Lambda, not starting with :")
DIMENSIONS = b.Bounds(
    type="map(string)", maximum=30, unit="entries", keys=b.text(1, 255), items=b.text(1, 1024)
)

#: What stands for the rest of the default set in a mapping of alarms.
DEFAULT = "default"


class Alarm(Section):
    """One alarm; what it does not say follows from its name."""

    threshold: Annotated[Number | float | None, Place(THRESHOLD)] = Field(
        None, description="The value that the metric is compared with, in the metric's own unit"
    )
    percentage: Annotated[Number | None, Place(PERCENTAGE)] = Field(
        None,
        description="In place of a threshold, for three of the default set: percentage of the timeout "
        "(duration, 80), of the reservation (concurrent_executions, 80), or of the time that asynchronous "
        "events are kept (async_event_age, 25)",
    )
    minimum_invocations: Annotated[Number | None, Place(MINIMUM_INVOCATIONS)] = Field(
        None, description="For error_rate: calls in a period below which there is no rate; 10 if not given"
    )
    comparison_operator: Annotated[Text, Place(COMPARISON_OPERATOR)] = Field(
        "GreaterThanOrEqualToThreshold",
        description="GreaterThanOrEqualToThreshold (the default), GreaterThanThreshold, LessThanThreshold or "
        "LessThanOrEqualToThreshold",
    )
    period: Annotated[Number, Place(PERIOD)] = Field(
        300, description="Seconds that one value of the metric stands for: 10, 20, 30 or a multiple of 60"
    )
    evaluation_periods: Annotated[Number | None, Place(EVALUATION_PERIODS)] = Field(
        None, description="How many of the latest values are looked at; 1 if not given, and 2 for error_rate"
    )
    datapoints_to_alarm: Annotated[Number | None, Place(EVALUATION_PERIODS)] = Field(
        None, description="How many of them must be beyond the threshold; all of them if not given"
    )
    statistic: Annotated[Text | None, Place(STATISTIC)] = Field(
        None, description="What is made of all that was measured in a period: Sum, Maximum, Average, …"
    )
    extended_statistic: Annotated[Text | None, Place(EXTENDED_STATISTIC)] = Field(
        None, description="A percentile in place of the statistic, such as p99"
    )
    treat_missing_data: Annotated[Text, Place(TREAT_MISSING_DATA)] = Field(
        "notBreaching",
        description="What a period without values is: notBreaching (the default, so that a quiet function is "
        "not in alarm), breaching, ignore or missing",
    )
    alarm_description: Annotated[Text | None, Place(ALARM_DESCRIPTION)] = Field(
        None, description="What the alarm means; the module's own words if not given"
    )
    actions_enabled: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether anybody is told; true if not given"
    )
    alarm_actions: Annotated[Texts | None, Place(ACTIONS)] = Field(
        None, description="ARNs of what is told of it, in place of the input `alarm_actions`"
    )
    ok_actions: Annotated[Texts | None, Place(ACTIONS)] = Field(
        None, description="ARNs of what is told of its end, in place of the input `ok_actions`"
    )
    metric_name: Annotated[Text | None, Place(METRIC_NAME)] = Field(
        None, description="For an alarm of your own: the metric"
    )
    namespace: Annotated[Text | None, Place(NAMESPACE)] = Field(
        None, description="For an alarm of your own: the metric's namespace; AWS/Lambda if not given"
    )
    dimensions: Annotated[TextMap | None, Place(DIMENSIONS)] = Field(
        None, description="For an alarm of your own: the metric's dimensions; FunctionName if not given"
    )


#: The alarms of a spec by their names: what is said about each, true for nothing, false for none.
Alarms = Mapping[str, Alarm | bool]


class AlarmsPlace:
    """Makes a field hold `default`, or alarms by their names."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        name = Place(ALARM_NAME).__get_pydantic_core_schema__(str, None)
        alarm = core_schema.no_info_wrap_validator_function(_one, handler.generate_schema(Alarm))
        return core_schema.no_info_wrap_validator_function(_all, core_schema.dict_schema(name, alarm))

    def __get_pydantic_json_schema__(self, schema: object, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        # Here, for a run that reads specs has no use for them.
        from tfgen.schema.json_schema import json_schema
        from tfgen.spec.default_alarms import STANDARD

        Alarm.model_rebuild()  # its building was put off
        alarm = handler(Alarm.__pydantic_core_schema__)
        flag = {"type": "boolean"}
        return {
            "anyOf": [
                {"const": DEFAULT},
                {
                    "type": "object",
                    "minProperties": 1,
                    "propertyNames": json_schema(ALARM_NAME),
                    "properties": {
                        DEFAULT: {**flag, "description": "Whether the rest of the default set is added."},
                        **{
                            name: {**said, "anyOf": [{**alarm, **said}, flag]}
                            for name, kind in STANDARD.items()
                            if (said := {"title": name, "description": f"{kind.means}."})
                        },
                    },
                    "additionalProperties": {"anyOf": [alarm, flag]},
                },
            ]
        }


def _all(value: object, handler: core_schema.ValidatorFunctionWrapHandler) -> object:
    hint = "write `alarms: default`, or a mapping such as `{errors: {threshold: 1}}`"
    if value == DEFAULT:
        return {DEFAULT: True}
    if not isinstance(value, dict):
        fail("TFG103", f"is {show(value)}, not `{DEFAULT}` or a mapping of alarms", hint)
    if not value:
        fail("TFG205", "has no alarm", hint)
    return handler(value)


def _one(value: object, handler: core_schema.ValidatorFunctionWrapHandler) -> object:
    return value if isinstance(value, bool) else handler(value)


#: What the spec's key holds.
ALARMS = Annotated[Alarms, AlarmsPlace()]
