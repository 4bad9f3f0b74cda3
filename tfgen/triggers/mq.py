"""Amazon MQ: a queue of an ActiveMQ or RabbitMQ broker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text, Texts
from tfgen.triggers import brokers
from tfgen.triggers.base import Function, Module, TriggerPlan, text
from tfgen.triggers.brokers import ACCESS, DESCRIPTION, Access
from tfgen.triggers.event_source import FilteredSource, filter_notes, mapping, mapping_checks, statement

BROKER_ARN = b.text(
    1,
    None,
    b.ARN + "mq" + b.PLACE + r"broker:[a-zA-Z0-9_-]+:b-[a-z0-9-]+$",
    "the ARN of an Amazon MQ broker, arn:aws:mq:REGION:ACCOUNT:broker:NAME:ID",
)
QUEUES = b.texts(b.text(1, 1000), 1, 1)  # lambda.CreateEventSourceMapping
_VIRTUAL_HOST = "VIRTUAL_HOST"
_TYPES = brokers.types("BASIC_AUTH", _VIRTUAL_HOST)


class MqAccess(Access):
    """The secret to sign in with, or the virtual host of RabbitMQ."""

    type: Annotated[str, Place(_TYPES)] = Field(description=DESCRIPTION)


class Mq(FilteredSource):
    """A queue of an Amazon MQ broker."""

    type: Literal["mq"] = Field(description="Kind of the trigger")
    broker_arn: Annotated[Text, Place(BROKER_ARN)] = Field(description="ARN of the broker")
    queues: Annotated[Texts, Place(QUEUES)] = Field(description="The queue, as a list of one")
    source_access_configuration: tuple[MqAccess, ...] = Field(
        (),
        description="The secret to sign in with (BASIC_AUTH), and RabbitMQ's virtual host if it is not /",
        max_length=ACCESS,
    )
    secret_kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the secret, if it is not AWS's own"
    )

    content = ("data",)
    repeats_after = brokers.LONGEST_TIMEOUT
    role_keys = ("secret_kms_key_arn",)

    @property
    def source(self) -> object | None:
        """What no other mapping of the function may read; a virtual host has queues of its own."""
        hosts = tuple(one.uri for one in self.source_access_configuration if one.type == _VIRTUAL_HOST)
        return (self.broker_arn, self.queues, hosts)

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from super().findings(function)
        access = self.source_access_configuration
        yield from brokers.accesses(access, self.secret_kms_key_arn, needs="BASIC_AUTH")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        broker = to_hcl(module.value(self.broker_arn))
        access = self.source_access_configuration
        queue = self.queues if isinstance(self.queues, Template) else self.queues[0]
        return TriggerPlan(
            self.type,
            self.label,
            f"MQ queue {text(queue)}",
            {
                "mapping": mapping(
                    self,
                    module,
                    event_source_arn=broker,
                    source_access_configurations=brokers.blocks(module, access),
                )
            },
            statements=(
                statement("Read", "find the broker's endpoints", iam_actions.MQ, broker),
                brokers.network("the broker"),
                *brokers.secrets(module, access, self.secret_kms_key_arn),
            ),
            notes=(brokers.to_do("the broker"), *filter_notes(self)),
            verb="is read for",
            checks=(
                *mapping_checks(self, module, broker_arn="event_source_arn"),
                *brokers.access_checks(module, self.label, access),
            ),
        )
