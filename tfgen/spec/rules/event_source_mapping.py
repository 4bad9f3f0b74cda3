"""Rules about `event_source_mapping`: what is for queues, what for streams, and its filters.

What the ARN is of decides, where the spec's text shows it. Triggers have rules of their own for the same.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node, dotted
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules
from tfgen.spec.sections import EventSourceMapping
from tfgen.triggers.base import FILTERS_QUOTA, service_of, too_many_filters
from tfgen.triggers.event_source import CONTENTS
from tfgen.triggers.schedule_expressions import is_moment

_KEY = "event_source_mapping"
# Lambda's developer guide on the parameters of each service's mappings; cfn-lint E3633, E3634 and E3705.
_OF_STREAMS = (
    *("bisect_batch_on_function_error", "destination_config", "maximum_record_age_in_seconds"),
    *("maximum_retry_attempts", "parallelization_factor", "starting_position"),
    *("starting_position_timestamp", "tumbling_window_in_seconds"),
)
_OF_QUEUES = ("scaling_config",)
_STREAMS = ("dynamodb", "kinesis")
# What filters call the content of a record: the developer guide, "Control which events Lambda sends to your
# function".
_CONTENT = {"sqs": "body", "kinesis": "data", "dynamodb": "dynamodb"}
_SMALL_BATCH = 10  # of a FIFO queue, and of another one without a batching window


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = False) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node((_KEY, *path), key=key))


def _source(spec: Spec) -> Iterator[Diagnostic]:
    mapping = spec.event_source_mapping
    if mapping is None:
        return
    service, given = service_of(mapping.event_source_arn), mapping.model_fields_set
    if service == "sqs":
        for key in (key for key in _OF_STREAMS if key in given):
            yield _at("TFG316", f"`{key}` is for streams, not for a queue", "remove it", key, key=True)
        yield from _queue(mapping)
    elif service in _STREAMS:
        for key in (key for key in _OF_QUEUES if key in given):
            yield _at("TFG316", f"`{key}` is for SQS queues, not for a stream", "remove it", key, key=True)
        if "starting_position" not in given:
            hint = "add it: TRIM_HORIZON starts with the oldest record, LATEST with the next one"
            yield _at("TFG318", "a stream needs `starting_position`", hint, "event_source_arn")
        yield from _start(mapping, service)


def _queue(mapping: EventSourceMapping) -> Iterator[Diagnostic]:
    size, window = mapping.batch_size, mapping.maximum_batching_window_in_seconds
    is_large = isinstance(size, int) and size > _SMALL_BATCH
    if str(mapping.event_source_arn).endswith(".fifo"):
        if is_large:
            hint = f"a batch has at most {_SMALL_BATCH} messages"
            yield _at("TFG312", f"`batch_size` is {size} for a FIFO queue", hint, "batch_size")
        if isinstance(window, int) and window:
            key = "maximum_batching_window_in_seconds"
            yield _at("TFG312", f"`{key}` is not for FIFO queues", "remove it", key, key=True)
    elif is_large and window in (None, 0):
        hint = "add `maximum_batching_window_in_seconds: 1` or more"
        yield _at("TFG312", f"`batch_size` is {size}, which needs a batching window", hint, "batch_size")


def _start(mapping: EventSourceMapping, service: str) -> Iterator[Diagnostic]:
    position, timestamp = mapping.starting_position, mapping.starting_position_timestamp
    key = "starting_position_timestamp"
    if position == "AT_TIMESTAMP" and service == "dynamodb":
        hint = "write TRIM_HORIZON or LATEST"
        yield _at("TFG316", "a DynamoDB stream is not read from a time on", hint, "starting_position")
    elif position == "AT_TIMESTAMP" and timestamp is None:
        summary = f"`starting_position: AT_TIMESTAMP` needs `{key}`"
        yield _at("TFG309", summary, "add it, for example 2026-01-31T08:00:00Z", "starting_position")
    if isinstance(timestamp, str) and not is_moment(timestamp[:19]):
        hint = "days, hours and minutes must be in the calendar"
        yield _at("TFG203", f"`{key}` is no date and time that there is", hint, key)
    if timestamp is not None and position in {"LATEST", "TRIM_HORIZON"}:
        hint = f"remove it, or start there instead of at {position}"
        yield _at("TFG309", f"`{key}` needs `starting_position: AT_TIMESTAMP`", hint, key, key=True)
    failures = mapping.destination_config and mapping.destination_config.on_failure
    if failures and str(failures.destination_arn).endswith(".fifo"):
        hint = "it must be the ARN of a standard queue, a standard topic or a bucket"
        where = ("destination_config", "on_failure", "destination_arn")
        yield _at("TFG203", "`destination_arn` ends with .fifo", hint, *where)


def _filters(spec: Spec) -> Iterator[Diagnostic]:
    criteria = spec.event_source_mapping and spec.event_source_mapping.filter_criteria
    if not criteria:
        return
    where = ("filter_criteria", "filter")
    if len(criteria.filter) > FILTERS_QUOTA:
        yield _at("TFG348", *too_many_filters(len(criteria.filter)), *where, key=True)
    assert spec.event_source_mapping is not None
    content = _CONTENT.get(service_of(spec.event_source_mapping.event_source_arn) or "")
    for index, one in enumerate(criteria.filter):
        if isinstance(one.pattern, str):
            yield from _pattern(one.pattern, content, *where, index, "pattern")


def _pattern(text: str, content: str | None, *where: str | int) -> Iterator[Diagnostic]:
    """What is wrong with a pattern that is JSON text. An expression in it could be any part of it."""
    from tfgen.schema.patterns import doubts, mistakes  # here, since few specs have filters

    try:
        pattern = json.loads(text)
        wrong = list(mistakes(pattern))
        doubtful = [] if wrong else list(doubts(pattern, "Lambda"))
    except ValueError as error:
        hint = 'write JSON: {"body": {"status": ["paid"]}}'
        yield _at("TFG207", f"the pattern is no JSON: {error}", hint, *where)
        return
    except RecursionError:
        yield _at("TFG207", "the pattern is nested too deeply", "no record is nested so deeply", *where)
        return
    if not isinstance(pattern, dict):
        yield _at("TFG207", "the pattern is no JSON object", "write fields and what they match", *where)
        return
    for loc, what, hint, _ in wrong:
        place = dotted(tuple(part for part in loc if part != "[key]"))
        yield _at(
            "TFG207", f"`{place}` in the pattern {what}" if place else f"the pattern {what}", hint, *where
        )
    for field in CONTENTS.intersection(pattern) - {content} if content else ():
        summary = f"no record of this source has the field `{field}`, so that none matches"
        yield _at("TFG349", summary, f"the content of these records is `{content}`", *where)
    for _, what, hint, _ in doubtful:
        yield _at("TFG347", what, hint, *where)


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {_source: (_KEY,), _filters: (_KEY,)}
