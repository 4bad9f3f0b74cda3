"""What the code of a function uses, so that it imports and defines this and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

_ENCODED = {"kinesis", "kafka", "mq"}
_BATCHES = {"sqs", "kinesis", "dynamodb"}
_RECORDS = {"documentdb", "s3", "ses", "sns"}
_PLAIN = {"http", "cognito", "config", "secretsmanager", "event"}


class Uses(NamedTuple):
    """The parts of a function's code, and whether these must tell events from each other by their source."""

    parts: frozenset[str]
    is_several: bool
    is_sourced: bool

    def any_of(self, *parts: str) -> bool:
        """Whether it has one of some parts."""
        return not self.parts.isdisjoint(parts)

    @property
    def text(self) -> bool:
        """Whether it reads text that comes as base64."""
        return self.any_of(*_ENCODED)

    @property
    def is_encoded(self) -> bool:
        """Whether it reads anything that does."""
        return self.any_of(*_ENCODED, "cloudwatch_logs")

    @property
    def json(self) -> bool:
        """Whether it reads or writes JSON itself."""
        return self.any_of("http", "cloudwatch_logs")

    @property
    def at(self) -> bool:
        """Whether it looks for places in data."""
        return self.is_several or bool(self.parts - _PLAIN)

    @property
    def lists(self) -> bool:
        """Whether it goes through lists in data."""
        return self.any_of(*_BATCHES, *_RECORDS, "kafka", "mq")

    @property
    def parsed_lists(self) -> bool:
        """The same for languages that read the JSON of log events, which Java by itself does not."""
        return self.lists or self.any_of("cloudwatch_logs")

    @property
    def batches(self) -> bool:
        """Whether it says which records failed."""
        return self.any_of(*_BATCHES)


def of_go(uses: Uses) -> list[str]:
    """The packages that the code in Go imports, sorted."""
    found = {"context", "log"}
    found |= {"encoding/base64"} if uses.is_encoded else set()
    found |= {"compress/gzip", "encoding/json", "strings"} if uses.any_of("cloudwatch_logs") else set()
    found |= {"fmt"} if uses.any_of("secretsmanager") else set()
    found |= {"errors"} if uses.is_several and not uses.any_of("event") else set()
    return sorted(found)


def of_java(uses: Uses) -> list[str]:
    """The classes that the code in Java imports, sorted."""
    return sorted(_of_java(uses))


def _of_java(uses: Uses) -> Iterator[str]:
    yield "java.util.Map"
    if uses.any_of("cloudwatch_logs"):
        yield from ("java.io.ByteArrayInputStream", "java.io.IOException", "java.io.InputStream")
        yield from ("java.io.UncheckedIOException", "java.util.zip.GZIPInputStream")
    if uses.is_encoded:
        yield from ("java.nio.charset.StandardCharsets", "java.util.Base64")
    if uses.batches or uses.any_of("mq"):
        yield "java.util.ArrayList"
    if uses.any_of("lex"):
        yield "java.util.HashMap"
    if uses.lists or uses.any_of("lex"):
        yield "java.util.List"
    if uses.is_several and uses.is_sourced:
        yield from ("java.util.Objects", "java.util.stream.Stream")
