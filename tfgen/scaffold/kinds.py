"""Each kind of trigger, for who writes code: what part of the code is for its events, and how to tell these.

`triggers/KIND.yaml` is its entry in a spec, `events/KIND.json` an event as AWS documents it, in the developer
guide of Lambda or, where Lambda only passes it on, of the service.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

Keys = tuple[str, ...]


class Kind(NamedTuple):
    """What is to know of a kind's events.

    `part` of the code is for them; several kinds share one. They are told by what they say of their source
    or by a field that no others have; those that are told by nothing are what is left.
    """

    part: str
    sources: tuple[str, ...] = ()
    field: Keys = ()


_HTTP = Kind("http", field=("requestContext",))
_ANY = Kind("event")

KINDS = {
    "alb": _HTTP,
    "alexa": Kind("alexa", field=("request", "requestId")),
    "api_gateway": _HTTP,
    "cloudfront": _HTTP,  # by way of the function's URL
    "cloudwatch_logs": Kind("cloudwatch_logs", field=("awslogs",)),
    "cognito": Kind("cognito", field=("triggerSource",)),
    "config": Kind("config", field=("invokingEvent",)),
    "documentdb": Kind("documentdb", ("aws:docdb",)),
    "dynamodb": Kind("dynamodb", ("aws:dynamodb",)),
    "eventbridge": _ANY,
    "http_api": _HTTP,
    "iot": _ANY,
    "kafka": Kind("kafka", ("SelfManagedKafka",)),
    "kinesis": Kind("kinesis", ("aws:kinesis",)),
    "lex": Kind("lex", field=("sessionState",)),
    "mq": Kind("mq", ("aws:mq", "aws:rmq")),
    "msk": Kind("kafka", ("aws:kafka",)),
    "permission": _ANY,
    "s3": Kind("s3", ("aws:s3",)),
    "schedule": _ANY,
    "secretsmanager": Kind("secretsmanager", field=("ClientRequestToken",)),
    "ses": Kind("ses", ("aws:ses",)),
    "sns": Kind("sns", ("aws:sns",)),
    "sqs": Kind("sqs", ("aws:sqs",)),
    "websocket": Kind("websocket", field=("requestContext", "connectionId")),
}

#: What a function without triggers is called with.
NO_TRIGGER = "event"


class Batch(NamedTuple):
    """Records of which the function says which failed: where the id of each is, and what it brings.

    Those that are `ordered` come again from the first that failed on, whatever is said of later ones.
    """

    what: str
    id: Keys
    item: Keys
    encoded: bool = False
    ordered: bool = True


class Records(NamedTuple):
    """Records that are done or fail together: where they are, and what each brings."""

    what: str
    at: str
    item: Keys


BATCHES = {
    "sqs": Batch("message", ("messageId",), ("body",), ordered=False),
    "kinesis": Batch("record", ("kinesis", "sequenceNumber"), ("kinesis", "data"), encoded=True),
    "dynamodb": Batch("change", ("dynamodb", "SequenceNumber"), ("dynamodb",)),
}
RECORDS = {
    "documentdb": Records("change", "events", ("event",)),
    "s3": Records("object", "Records", ("s3",)),
    "ses": Records("mail", "Records", ("ses", "mail")),
    "sns": Records("message", "Records", ("Sns", "Message")),
}
#: What a part answers, where that is always the same: a place in the answer, and what is there.
ANSWERS: dict[str, tuple[Keys, str | int]] = {
    "alexa": (("version",), "1.0"),
    "http": (("statusCode",), 200),
    "lex": (("sessionState", "dialogAction", "type"), "Close"),
    "websocket": (("statusCode",), 200),
}

_FOLDER = Path(__file__).parent


@cache
def trigger_text(kind: str) -> tuple[str, str]:
    """A kind's entry in `triggers`, and what it adds to `variables`, both indented."""
    text = (_FOLDER / "triggers" / f"{kind}.yaml").read_text(encoding="utf-8")
    entry, _, variables = text.partition("variables:\n")
    return entry.removeprefix("triggers:\n"), variables


def event_text(kind: str) -> str:
    """An event of a kind."""
    if kind == NO_TRIGGER:
        return '{\n  "message": "hello"\n}\n'
    return (_FOLDER / "events" / f"{kind}.json").read_text(encoding="utf-8")


def identifiers(kind: str) -> list[str]:
    """What the function says of an event of which it can do nothing."""
    batch = BATCHES[KINDS[kind].part]
    found = [_at(record, batch.id) for record in json.loads(event_text(kind))["Records"]]
    return found[:1] if batch.ordered else found


def _at(value: Any, keys: Keys) -> Any:
    for key in keys:
        value = value[key]
    return value
