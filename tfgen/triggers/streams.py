"""Streams of shards: what DynamoDB and Kinesis share."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tfgen import iam_actions
from tfgen.hcl import Hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Number, Place
from tfgen.triggers.base import Statement
from tfgen.triggers.event_source import RetriedSource, statement


class Stream(RetriedSource):
    """A stream whose shards Lambda reads."""

    parallelization_factor: Annotated[Number | None, Place(b.PARALLELIZATION_FACTOR)] = Field(
        None, description="How many batches of a shard are worked on at once; 1 if not given"
    )
    tumbling_window_in_seconds: Annotated[Number | None, Place(b.TUMBLING_WINDOW)] = Field(
        None, description="Seconds in which calls hand on what they gathered; 0, the default, is no window"
    )


def read(service: str, arn: Hcl) -> Statement:
    """What it takes to read a stream."""
    return statement("Read", "read the stream's records", iam_actions.EVENT_SOURCES[service], arn)
