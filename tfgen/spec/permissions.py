"""Permissions by intent: what for, not which actions."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated

from pydantic import Field

from tfgen.intents import INTENTS, METRICS, SERVICES
from tfgen.schema import bounds as b
from tfgen.schema.bounds import Bounds
from tfgen.schema.places import Place, Text, Texts
from tfgen.schema.section import Section
from tfgen.triggers.base import service_of

_LONGEST = 2048  # characters of an ARN
# Which services a verb is for, a rule says; the ARN of a verb that has one service is held to its form here.
_ARN = b.text(1, _LONGEST, b.ARN + r"[a-z0-9-]+:.+$", "an ARN, arn:aws:SERVICE:…")
# cloudwatch.PutMetricData; names that begin with AWS/ are AWS's own.
NAMESPACE = b.text(1, 255, r"^[^:].*$", "a namespace of metrics, not starting with :")
SERVICE = Bounds(choices=tuple(sorted((*SERVICES, METRICS))), static=True)


def _of(verb: str) -> Bounds:
    """What a verb may be about: one, or several of a kind."""
    services = [SERVICES[name] for name in INTENTS[verb] if name != METRICS]
    items = NAMESPACE if not services else _ARN
    if len(services) == 1:
        items = b.text(
            1, _LONGEST, services[0].pattern, f"the ARN of {services[0].thing}, arn:aws:{services[0].example}"
        )
    return replace(b.texts(items, 1), single=True)


class Permission(Section):
    """Something that the function may do: one verb, and what it is about."""

    read: Annotated[Texts | Text | None, Place(_of("read"))] = Field(
        None, description="Read tables, buckets, secrets, parameters or configurations, by their ARNs"
    )
    write: Annotated[Texts | Text | None, Place(_of("write"))] = Field(
        None, description="Write to tables, buckets, secrets or parameters"
    )
    delete: Annotated[Texts | Text | None, Place(_of("delete"))] = Field(
        None, description="Delete items of tables, or objects of buckets"
    )
    publish: Annotated[Texts | Text | None, Place(_of("publish"))] = Field(
        None, description="Publish to SNS and IoT topics, event buses, Kinesis and Firehose streams"
    )
    send: Annotated[Texts | Text | None, Place(_of("send"))] = Field(
        None, description="Send messages to queues, mail, or messages to clients of a WebSocket API"
    )
    consume: Annotated[Texts | Text | None, Place(_of("consume"))] = Field(
        None, description="Take messages from queues, or records from Kinesis streams"
    )
    invoke: Annotated[Texts | Text | None, Place(_of("invoke"))] = Field(
        None, description="Invoke functions, APIs or Bedrock models"
    )
    start: Annotated[Texts | Text | None, Place(_of("start"))] = Field(
        None, description="Start Step Functions state machines"
    )
    decrypt: Annotated[Texts | Text | None, Place(_of("decrypt"))] = Field(
        None, description="Decrypt with KMS keys"
    )
    encrypt: Annotated[Texts | Text | None, Place(_of("encrypt"))] = Field(
        None, description="Encrypt with KMS keys"
    )
    assume: Annotated[Texts | Text | None, Place(_of("assume"))] = Field(
        None, description="Assume other roles"
    )
    connect: Annotated[Texts | Text | None, Place(_of("connect"))] = Field(
        None,
        description="Sign in to RDS databases as users, by the ARNs arn:aws:rds-db:…:dbuser:RESOURCE/USER",
    )
    put_metrics: Annotated[Texts | Text | None, Place(_of("put_metrics"))] = Field(
        None, description="Put metrics into CloudWatch namespaces, by their names"
    )
    service: Annotated[str | None, Place(SERVICE)] = Field(
        None, description="The service that the ARNs are of, where their text does not show it"
    )

    @property
    def verbs(self) -> tuple[str, ...]:
        """The verbs that are given; it must be one."""
        return tuple(verb for verb in INTENTS if verb in self.model_fields_set)

    def about(self, verb: str) -> tuple[Text, ...]:
        """What the verb is about; empty where it is not given."""
        given: Texts | Text | None = getattr(self, verb)
        return given if isinstance(given, tuple) else () if given is None else (given,)

    def service_of(self, verb: str) -> str | None:
        """The service that the verb is for: by `service`, by an ARN's text, or because it has but one."""
        shown = next((service for _, service in self.shown(verb)), None)
        only = next(iter(INTENTS[verb])) if len(INTENTS[verb]) == 1 else None
        return self.service or shown or only

    def shown(self, verb: str) -> Iterator[tuple[int, str]]:
        """The services that the ARNs show, each with its ARN's place in the list."""
        for number, arn in enumerate(self.about(verb)):
            named = service_of(arn)
            # An outline has a hyphen for an expression.
            if named and re.fullmatch("[a-z][a-z0-9-]*[a-z0-9]", named):
                yield number, named
