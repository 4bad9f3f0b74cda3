"""The kinds of triggers: one file each, and the table of them.

A kind is imported when a spec first names it, for start-up is most of what a user waits for.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from typing import Any, NoReturn

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError, core_schema

from tfgen.diagnostics import Fix
from tfgen.schema.places import nearest, show
from tfgen.triggers.base import Trigger

__all__ = ["ASYNCHRONOUS", "KINDS", "Trigger", "TriggerPlace", "is_asynchronous", "kind", "kinds"]

#: Each kind's `type`, which is its file's name, and the class in that file.
KINDS = {
    "alb": "Alb",
    "alexa": "Alexa",
    "api_gateway": "ApiGateway",
    "cloudfront": "CloudFront",
    "cloudwatch_logs": "CloudWatchLogs",
    "cognito": "Cognito",
    "config": "Config",
    "documentdb": "DocumentDb",
    "dynamodb": "DynamoDb",
    "eventbridge": "EventBridge",
    "http_api": "HttpApi",
    "iot": "Iot",
    "kafka": "Kafka",
    "kinesis": "Kinesis",
    "lex": "Lex",
    "mq": "Mq",
    "msk": "Msk",
    "permission": "Permission",
    "s3": "S3",
    "schedule": "Schedule",
    "secretsmanager": "SecretsManager",
    "ses": "Ses",
    "sns": "Sns",
    "sqs": "Sqs",
    "websocket": "WebSocket",
}

#: What people write who know the service, the provider's resource or SAM's event, and what it may be here.
_SYNONYMS = {
    **dict.fromkeys(("cron", "rate", "schedule_expression", "timer"), ("schedule",)),
    **dict.fromkeys(
        ("cloudwatch_event", "cloudwatch_events", "cloudwatchevent", "event", "events"),
        ("eventbridge", "schedule"),
    ),
    **dict.fromkeys(("api", "rest_api", "rest", "restapi"), ("api_gateway", "http_api")),
    **dict.fromkeys(("apigatewayv2", "api_gateway_v2"), ("http_api", "websocket")),
    "bucket": ("s3",),
    "queue": ("sqs",),
    "stream": ("kinesis", "dynamodb"),
    "topic": ("sns",),
}
_URL = frozenset({"function_url", "functionurl", "lambda_url", "url"})

#: Kinds that hand their events over and go: Lambda keeps them in a queue of its own, tries again and, in the
#: end, gives up. Lambda's developer guide, "Invoking Lambda with events from other AWS services".
ASYNCHRONOUS = frozenset({"cloudwatch_logs", "config", "eventbridge", "iot", "s3", "schedule", "ses", "sns"})


def is_asynchronous(trigger: Trigger) -> bool:
    """Whether a trigger does not wait for what becomes of its events."""
    return trigger.type in ASYNCHRONOUS and getattr(trigger, "invocation_type", None) != "RequestResponse"


@cache
def kind(name: str) -> type[Trigger]:
    """The model of a kind of trigger."""
    found: type[Trigger] = getattr(import_module(f"tfgen.triggers.{name}"), KINDS[name])
    return found


def kinds() -> Iterator[type[Trigger]]:
    """The models of all kinds. Imports them all: for messages and schemas, not for every run."""
    return map(kind, KINDS)


class TriggerPlace:
    """Makes a field hold one trigger, read by the model that its `type` names."""

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(_read)

    def __get_pydantic_json_schema__(self, schema: object, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        # Those that need the least come first: of an unknown type, editors say what the first of them lacks.
        models = sorted(
            kinds(), key=lambda kind: sum(field.is_required() for field in kind.model_fields.values())
        )
        for model in models:
            model.model_rebuild()  # their building was put off
        return {"oneOf": [handler(model.__pydantic_core_schema__) for model in models]}


def _read(value: object) -> Trigger:
    if not isinstance(value, dict):
        _refuse("model_type", value, context={"class_name": "Trigger"})
    if "type" not in value:
        _refuse("missing", value, "type")
    name = value["type"]
    if not isinstance(name, str) or name not in KINDS:
        from tfgen.schema.certain import word  # here, since a spec without mistakes needs none of this

        said = name.casefold().replace("-", "_").replace(" ", "_") if isinstance(name, str) else ""
        meant = _SYNONYMS.get(said, ())
        certain = word(name, KINDS) if isinstance(name, str) and not meant and said not in _URL else None
        if not meant and isinstance(name, str) and (near := certain or nearest(name, list(KINDS))):
            meant = (near,)
        hint = (f"did you mean {' or '.join(f'`{one}`' for one in meant)}? " if meant else "") + (
            f"allowed: {', '.join(KINDS)}"
        )
        if said in _URL:
            hint = "a URL of its own is no trigger: write the section `function_url`"
        what = f"is {show(name)}, which is no kind of trigger"
        context = {"what": what, "hint": hint, "fix": Fix(certain) if certain else None}
        _refuse(PydanticCustomError("TFG204", "{what}", context), name, "type")
    return kind(name).model_validate(value)


def _refuse(
    error: str | PydanticCustomError, value: object, *loc: str, context: dict[str, Any] | None = None
) -> NoReturn:
    details = InitErrorDetails(type=error, loc=loc, input=value, ctx=context or {})
    raise ValidationError.from_exception_data("Trigger", [details])
