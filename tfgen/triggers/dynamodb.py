"""DynamoDB: the stream of a table's changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen import iam_actions
from tfgen.hcl import to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers.base import Module, TriggerPlan, text
from tfgen.triggers.event_source import (
    derived,
    failures,
    filter_notes,
    mapping,
    mapping_checks,
    statement,
)
from tfgen.triggers.streams import Stream, read

STREAM_ARN = b.text(
    1,
    None,
    b.ARN + "dynamodb" + b.PLACE + r"table/[a-zA-Z0-9_.-]+/stream/[0-9T:.-]+$",
    "the ARN of a DynamoDB stream, arn:aws:dynamodb:REGION:ACCOUNT:table/TABLE/stream/TIME",
)
STARTING_POSITION = b.choice("TRIM_HORIZON", "LATEST")  # the API model: no AT_TIMESTAMP for DynamoDB


class DynamoDb(Stream):
    """The stream of a DynamoDB table's changes."""

    type: Literal["dynamodb"] = Field(description="Kind of the trigger")
    stream_arn: Annotated[Text, Place(STREAM_ARN)] = Field(description="ARN of the table's stream")
    starting_position: Annotated[Text, Place(STARTING_POSITION)] = Field(
        description="Where reading starts: TRIM_HORIZON, with the oldest record, or LATEST"
    )

    content = ("dynamodb",)

    @property
    def source(self) -> object | None:
        """What no other mapping of the function may read."""
        return self.stream_arn

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        stream = module.value(self.stream_arn)
        listed = statement(
            "ListStreams",
            "list the table's streams, which can be done only for all of them together",
            iam_actions.LIST_STREAMS["dynamodb"],
            derived(stream, "[^/]+$", "*"),
        )
        return TriggerPlan(
            self.type,
            self.label,
            f"DynamoDB stream {text(self.stream_arn)}",
            {"mapping": mapping(self, module, event_source_arn=to_hcl(stream))},
            statements=(read("dynamodb", to_hcl(stream)), listed, *failures(module, self)),
            notes=filter_notes(self),
            verb="is read for",
            failures=text(self.on_failure),
            checks=tuple(mapping_checks(self, module, stream_arn="event_source_arn")),
        )
