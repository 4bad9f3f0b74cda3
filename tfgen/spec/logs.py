"""Logs: who else gets them, and what is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, cast

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, ValidationError, core_schema

from tfgen.schema import bounds as b
from tfgen.schema.bounds import Bounds
from tfgen.schema.places import Number, Place, Text, TextMap, fail, show
from tfgen.schema.section import Section

# logs.PutSubscriptionFilter. The service must be known before the destination is: a stream takes a role, a
# function a permission. A function's version or alias is left out, which a permission has apart from it.
SERVICES = ("firehose", "kinesis", "lambda", "logs")
SERVICE = Bounds(choices=SERVICES, static=True)
DESTINATION_ARN = b.text(
    1,
    None,
    b.ARN
    + r""
    + f"(firehose{b.PLACE}deliverystream/[a-zA-Z0-9_.-]+"
    + f"|kinesis{b.PLACE}stream/[a-zA-Z0-9_.-]+"
    + f"|lambda{b.PLACE}function:[a-zA-Z0-9_-]+"
    + f"|logs{b.PLACE}destination:[^:*]+)$",
    "the ARN of a Kinesis or Firehose stream, of a function without version or alias, or of a destination of "
    "CloudWatch Logs",
)
DISTRIBUTION = b.choice("ByLogStream", "Random")
FILTER_PATTERN = b.text(0, 1024)
FILTER_NAME = 512

# logs.PutMetricFilter
METRIC_TEXT = b.text(1, 255, r"^[^:*$]+$", "text without :, * and $")
METRIC_VALUE = b.text(1, 100)
DEFAULT_VALUE = b.fraction(-(10**15), 10**15)  # what is far beyond would lose digits on its way
DIMENSIONS = Bounds(
    type="map(string)",
    minimum=1,
    maximum=3,
    unit="entries",
    keys=b.text(1, 255),
    items=b.text(2, 255, r"^\$[^ \t\n\r\f\v]+$", "a field of the pattern, $.FIELD or $NAME"),
)
UNIT = b.choice(
    "Seconds", "Microseconds", "Milliseconds", "Bytes", "Kilobytes", "Megabytes", "Gigabytes", "Terabytes",
    "Bits", "Kilobits", "Megabits", "Gigabits", "Terabits", "Percent", "Count", "Bytes/Second",
    "Kilobytes/Second", "Megabytes/Second", "Gigabytes/Second", "Terabytes/Second", "Bits/Second",
    "Kilobits/Second", "Megabits/Second", "Gigabits/Second", "Terabits/Second", "Count/Second", "None",
)  # fmt: skip

# logs.PutQueryDefinition
QUERY_STRING = b.text(1, 10000)

#: What stands for the rest of the default set in a mapping of queries, and that set.
DEFAULT = "default"
DEFAULT_QUERIES = ("errors", "slowest", "cold_starts", "memory")


class SubscriptionFilter(Section):
    """A receiver of the function's log events."""

    name: Annotated[str, Place(b.TRIGGER_NAME)] = Field(description="Label of its resources")
    destination_arn: Annotated[Text, Place(DESTINATION_ARN)] = Field(
        description="ARN of the Kinesis or Firehose stream, function or CloudWatch Logs destination"
    )
    service: Annotated[str | None, Place(SERVICE)] = Field(
        None, description="Service of the destination, where neither its ARN nor a role shows what it is"
    )
    filter_pattern: Annotated[Text, Place(FILTER_PATTERN)] = Field(
        "", description="Filter pattern of CloudWatch Logs; all events if it is empty or not given"
    )
    distribution: Annotated[Text | None, Place(DISTRIBUTION)] = Field(
        None, description="Which shard of a Kinesis stream gets an event: by log stream, or a random one"
    )
    role_arn: Annotated[Text | None, Place(b.EXECUTION_ROLE_ARN)] = Field(
        None, description="ARN of a role that may write to the stream, in place of the module's own"
    )


class MetricTransformation(Section):
    """The metric that matching log events are counted in."""

    name: Annotated[Text, Place(METRIC_TEXT)] = Field(description="Name of the metric")
    namespace: Annotated[Text | None, Place(METRIC_TEXT)] = Field(
        None, description="Namespace of the metric; the function's name if not given"
    )
    value: Annotated[Text, Place(METRIC_VALUE)] = Field(
        "1", description="What an event adds: a number, or a field of the pattern ($.FIELD or $NAME)"
    )
    default_value: Annotated[Number | None, Place(DEFAULT_VALUE)] = Field(
        None, description="What is sent for a minute with log events of which none matches"
    )
    unit: Annotated[Text | None, Place(UNIT)] = Field(None, description="Unit of the value")
    dimensions: Annotated[TextMap | None, Place(DIMENSIONS)] = Field(
        None, description="Dimensions of the metric, name to field; each other value is a metric of its own"
    )


class MetricFilter(Section):
    """A metric that is made of log events."""

    name: Annotated[str, Place(b.TRIGGER_NAME)] = Field(description="Label of its resource")
    pattern: Annotated[Text, Place(FILTER_PATTERN)] = Field(description="Filter pattern of CloudWatch Logs")
    metric_transformation: MetricTransformation = Field(description="The metric")


class InsightsQuery(Section):
    """A saved query over the logs, which may be written as its text alone."""

    query_string: Annotated[Text, Place(QUERY_STRING)] = Field(description="The query, in Logs Insights QL")


#: The saved queries of a spec by their names; one of the default set may be true for itself, false for none.
InsightsQueries = Mapping[str, InsightsQuery | bool]


def of_the_default_set(given: InsightsQueries) -> tuple[str, ...]:
    """Which queries of the default set are asked for, in the set's order."""
    return tuple(name for name in DEFAULT_QUERIES if given.get(name, given.get(DEFAULT)) is True)


class QueriesPlace:
    """Makes a field hold `default`, or saved queries by their names."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        name = Place(b.TRIGGER_NAME).__get_pydantic_core_schema__(str, None)
        query = core_schema.no_info_wrap_validator_function(_one, handler.generate_schema(InsightsQuery))
        return core_schema.no_info_wrap_validator_function(_all, core_schema.dict_schema(name, query))

    def __get_pydantic_json_schema__(self, schema: object, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        from tfgen.schema.json_schema import json_schema  # here, for a run that reads specs has no use for it

        InsightsQuery.model_rebuild()  # its building was put off
        flag = {"type": "boolean"}
        query = [json_schema(QUERY_STRING), handler(InsightsQuery.__pydantic_core_schema__)]
        mapping = {
            "type": "object",
            "minProperties": 1,
            "propertyNames": json_schema(b.TRIGGER_NAME),
            "properties": {
                DEFAULT: {**flag, "description": "Whether the rest of the default set is added."},
                **{
                    name: {"description": "A query of the default set.", "anyOf": [flag, *query]}
                    for name in DEFAULT_QUERIES
                },
            },
            "additionalProperties": {"anyOf": query},
        }
        return {"anyOf": [{"const": DEFAULT}, mapping]}


def _all(value: object, handler: core_schema.ValidatorFunctionWrapHandler) -> object:
    hint = "write `insights_queries: default`, or queries by their names: `NAME: QUERY`"
    if value == DEFAULT:
        return {DEFAULT: True}
    if not isinstance(value, dict):
        fail("TFG103", f"is {show(value)}, not `{DEFAULT}` or a mapping of queries", hint)
    if not value:
        fail("TFG205", "has no query", hint)
    if DEFAULT in value and not isinstance(value[DEFAULT], bool):
        fail("TFG103", f"has a `{DEFAULT}` that is not true or false", f"write `{DEFAULT}: true`")
    return handler(value)


def _one(value: object, handler: core_schema.ValidatorFunctionWrapHandler) -> object:
    if isinstance(value, bool):
        return value
    if not isinstance(value, str | dict):
        fail("TFG103", "must be the text of a query", "write the query, after `|` if it has several lines")
    if isinstance(value, dict):
        return handler(value)
    try:
        return handler({"query_string": value})
    except ValidationError as error:
        (details,) = error.errors()
        # At the text itself, since the spec has no key for it.
        raise PydanticCustomError(cast("Any", details["type"]), "{what}", details["ctx"]) from None


#: What the spec's key holds.
QUERIES = Annotated[InsightsQueries, QueriesPlace()]
