"""Kinesis: a data stream, read with its other readers or through a consumer that has a share of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Ref, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.schema.section import Section
from tfgen.triggers.base import Function, Module, Output, TriggerPlan, at, text
from tfgen.triggers.checks import Check, checks
from tfgen.triggers.event_source import (
    StartedSource,
    decrypt,
    failures,
    filter_notes,
    mapping,
    mapping_checks,
    statement,
)
from tfgen.triggers.streams import Stream, read

_STREAM = b.ARN + "kinesis" + b.PLACE + r"stream/[a-zA-Z0-9_.-]+"
STREAM_ARN = b.text(
    1, 2048, f"{_STREAM}$", "the ARN of a Kinesis stream, arn:aws:kinesis:REGION:ACCOUNT:stream/NAME"
)
CONSUMER_ARN = b.text(
    1,
    2048,
    f"{_STREAM}/consumer/[a-zA-Z0-9_.-]+:[0-9]+$",
    "the ARN of a stream's consumer, STREAM_ARN/consumer/NAME:NUMBER",
)
CONSUMER_NAME = 128  # kinesis.RegisterStreamConsumer


class Consumer(Section):
    """A consumer of the stream: your own, or one that the module makes."""

    create: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        False, description="Whether the module makes the consumer"
    )
    arn: Annotated[Text | None, Place(CONSUMER_ARN)] = Field(None, description="ARN of the consumer")


class Kinesis(Stream, StartedSource):
    """A Kinesis data stream."""

    type: Literal["kinesis"] = Field(description="Kind of the trigger")
    stream_arn: Annotated[Text, Place(STREAM_ARN)] = Field(description="ARN of the stream")
    consumer: Consumer | None = Field(
        None, description="Reader with a throughput of its own (enhanced fan-out); shared if not given"
    )
    stream_kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the stream, if it is not AWS's own"
    )

    content = ("data",)
    role_keys = (*Stream.role_keys, "stream_kms_key_arn")

    @property
    def source(self) -> object | None:
        """What no other mapping of the function may read: a consumer, or the stream without one."""
        if self.consumer is None:
            return self.stream_arn
        return None if self.consumer.create else self.consumer.arn

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from super().findings(function)
        if self.consumer is None:
            return
        arn, stream = self.consumer.arn, self.stream_arn
        if self.consumer.create == (arn is not None):
            what, joined = ("both", "and") if self.consumer.create else ("neither", "nor")
            summary = f"`consumer` has {what} `create: true` {joined} `arn`"
            yield at("TFG310", summary, "give it one of them", "consumer", key=True)
        elif isinstance(arn, str) and isinstance(stream, str) and not arn.startswith(f"{stream}/"):
            hint = "give `stream_arn` the stream that the consumer belongs to"
            yield at("TFG310", "`consumer.arn` is that of another stream", hint, "consumer", "arn")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        stream = to_hcl(module.value(self.stream_arn))
        made = self.consumer is not None and self.consumer.create
        own = Ref(f"aws_kinesis_stream_consumer.{self.label}_consumer.arn")
        consumer = own if made else module.hcl(self.consumer and self.consumer.arn)
        statements = [
            read("kinesis", stream),
            statement(
                "ListStreams",
                "list streams; AWS knows no resource for this action",
                iam_actions.LIST_STREAMS["kinesis"],
                Hcl('"*"'),
            ),
        ]
        if consumer is not None:
            reason = "read through the consumer"
            statements.append(statement("Consume", reason, iam_actions.KINESIS_CONSUMER, consumer))
        arguments = {
            "stream_arn": stream,
            "consumer_name": to_hcl(module.name(self.label, CONSUMER_NAME)) if made else None,
            "mapping": mapping(self, module, event_source_arn=consumer or stream),
        }
        output = Output(f"{self.label}_consumer_arn", f"ARN of the stream's consumer for {self.label}", own)
        return TriggerPlan(
            self.type,
            self.label,
            f"Kinesis stream {text(self.stream_arn)}",
            arguments,
            statements=(
                *statements,
                *decrypt(module, self.stream_kms_key_arn),
                *failures(module, self),
            ),
            outputs=(output,) if made else (),
            notes=filter_notes(self),
            verb="is read for",
            failures=text(self.on_failure),
            checks=tuple(self._checks(module)),
        )

    def _checks(self, module: Module) -> Iterator[Check]:
        read = {} if self.consumer else {"stream_arn": "event_source_arn"}
        yield from mapping_checks(self, module, **read)
        address = f"aws_lambda_event_source_mapping.{self.label}"
        yield from checks(module, address, self.consumer, arn="event_source_arn")
        if self.consumer and self.consumer.create:
            address = f"aws_kinesis_stream_consumer.{self.label}_consumer"
            yield from checks(module, address, self, "stream_arn")
