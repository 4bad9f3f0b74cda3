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
        models = list(kinds())
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
        near = nearest(name, list(KINDS)) if isinstance(name, str) else None
        hint = (f"did you mean `{near}`? " if near else "") + f"allowed: {', '.join(KINDS)}"
        what = f"is {show(name)}, which is no kind of trigger"
        _refuse(PydanticCustomError("TFG204", "{what}", {"what": what, "hint": hint}), name, "type")
    return kind(name).model_validate(value)


def _refuse(
    error: str | PydanticCustomError, value: object, *loc: str, context: dict[str, Any] | None = None
) -> NoReturn:
    details = InitErrorDetails(type=error, loc=loc, input=value, ctx=context or {})
    raise ValidationError.from_exception_data("Trigger", [details])
