"""Event source mappings: what the kinds share that Lambda itself reads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple, TypeGuard

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, Interpolation, Value, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Data, Flag, Number, Place, Text, Texts
from tfgen.schema.section import Section
from tfgen.triggers.base import Module, Statement, Trigger, at, service_of, text

METRICS = b.texts(b.choice("EventCount"), 1, 1)  # what provider 5.100 accepts
# The provider reads the time back in this form, and takes any other for a change that replaces the mapping.
TIMESTAMP = b.text(
    1,
    None,
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
    "a time in UTC such as 2026-01-31T08:00:00Z",
)
# Lambda's developer guide: standard queues and topics only.
ON_FAILURE = b.text(
    1,
    350,
    r"^arn:aws[a-zA-Z-]*:((sqs|sns):[a-z0-9-]+:[0-9]{12}:[a-zA-Z0-9_-]+|s3:::[a-zA-Z0-9._-]+)$",
    "the ARN of a standard SQS queue, a standard SNS topic or an S3 bucket",
)


class MetricsConfig(Section):
    """Metrics of the mapping."""

    metrics: Annotated[Texts, Place(METRICS)] = Field(description="EventCount: how many events came and went")


class PolledSource(Trigger):
    """A source that Lambda reads, in the role's name, to invoke the function."""

    enabled: Annotated[Flag | None, Place(b.FLAG)] = Field(None, description="Whether records are read")
    batch_size: Annotated[Number | None, Place(b.BATCH_SIZE)] = Field(None, description="Most records a call")
    maximum_batching_window_in_seconds: Annotated[Number | None, Place(b.MAXIMUM_BATCHING_WINDOW)] = Field(
        None, description="Seconds to gather a batch"
    )
    filters: Annotated[tuple[Data, ...], Place(b.FILTERS)] = Field(
        (), description="Filter patterns as YAML; a record that matches any of them reaches the function"
    )
    kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the filters"
    )


class EventSource(PolledSource):
    """A source whose mapping has metrics."""

    metrics_config: MetricsConfig | None = Field(None, description="Metrics of the mapping")


class RetriedSource(EventSource):
    """A source whose records are tried again where the function fails on them, and given up in the end."""

    bisect_batch_on_function_error: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether a batch that failed is split in two, to find the record that is wrong"
    )
    maximum_record_age_in_seconds: Annotated[Number | None, Place(b.MAXIMUM_RECORD_AGE)] = Field(
        None, description="Oldest record that is still tried; -1, the default, is no limit"
    )
    maximum_retry_attempts: Annotated[Number | None, Place(b.MAXIMUM_RETRY_ATTEMPTS)] = Field(
        None, description="How often a batch is tried again; -1, the default, is no limit"
    )
    function_response_types: Annotated[Texts | None, Place(b.FUNCTION_RESPONSE_TYPES)] = Field(
        None, description="ReportBatchItemFailures: the function says which records failed"
    )
    on_failure: Annotated[Text | None, Place(ON_FAILURE)] = Field(
        None, description="ARN of the SQS queue, SNS topic or S3 bucket that is told of what was given up"
    )


class EventSourceMapping(NamedTuple):
    """An `aws_lambda_event_source_mapping`. Arguments that are not given are None."""

    label: Hcl
    function_name: Hcl
    event_source_arn: Hcl | None = None
    enabled: Hcl | None = None
    batch_size: Hcl | None = None
    bisect_batch_on_function_error: Hcl | None = None
    function_response_types: Hcl | None = None
    kms_key_arn: Hcl | None = None
    maximum_batching_window_in_seconds: Hcl | None = None
    maximum_record_age_in_seconds: Hcl | None = None
    maximum_retry_attempts: Hcl | None = None
    parallelization_factor: Hcl | None = None
    queues: Hcl | None = None
    starting_position: Hcl | None = None
    starting_position_timestamp: Hcl | None = None
    topics: Hcl | None = None
    tumbling_window_in_seconds: Hcl | None = None
    # Blocks: each argument by its name.
    amazon_managed_kafka_event_source_config: dict[str, Hcl | None] | None = None
    document_db_event_source_config: dict[str, Hcl | None] | None = None
    filters: tuple[Hcl, ...] = ()
    metrics_config: dict[str, Hcl | None] | None = None
    on_failure: Hcl | None = None
    provisioned_poller_config: dict[str, Hcl | None] | None = None
    scaling_config: dict[str, Hcl | None] | None = None
    self_managed_event_source: dict[str, Hcl | None] | None = None
    self_managed_kafka_event_source_config: dict[str, Hcl | None] | None = None
    source_access_configurations: tuple[dict[str, Hcl | None], ...] = ()


def mapping(trigger: PolledSource, module: Module, **arguments: Any) -> EventSourceMapping:
    """The mapping of a trigger: its keys that the provider calls the same, and `arguments` in addition."""
    given: dict[str, Any] = {
        "label": Hcl(trigger.label),
        "function_name": module.function_arn(trigger.qualifier),
        "filters": tuple(to_hcl(module.value(pattern)) for pattern in trigger.filters),
        **arguments,
    }
    for name in EventSourceMapping._fields:
        value = getattr(trigger, name, None)
        if name not in given and value is not None:
            is_block = isinstance(value, Section)
            given[name] = trigger.section(module, value) if is_block else module.hcl(value)
    return EventSourceMapping(**given)


def statement(what: str, reason: str, actions: tuple[str, ...], *resources: Hcl) -> Statement:
    """A statement about resources that are known by their ARNs alone."""
    return Statement(what, reason, to_hcl(actions), to_hcl(resources))


def failures(module: Module, destination: Text | None) -> list[Statement]:
    """What it takes to send failed records to a queue, a topic or a bucket."""
    if destination is None:
        return []
    value = module.value(destination)
    arn = to_hcl(value)
    service = service_of(destination)
    what, reason = "SendFailures", "send records that failed for good"
    if service in iam_actions.DESTINATIONS:
        actions = iam_actions.DESTINATIONS[service]
        return [statement(what, reason, actions, arn, *([_below(value)] if service == "s3" else []))]
    # Only the caller knows.
    return [
        Statement(
            what,
            reason,
            Hcl(f'local.destination_actions[split(":", {arn})[2]]'),
            Hcl(f'strcontains({arn}, ":s3:") ? [{arn}, format("%s/*", {arn})] : [{arn}]'),
        )
    ]


def _below(bucket: Value) -> Hcl:
    """The ARN of all objects of a bucket whose ARN begins with text."""
    parts = bucket if isinstance(bucket, Interpolation) else (text(bucket),)
    return to_hcl(Interpolation((*parts, "/*")))


def decrypt(
    module: Module, key: Text | None, what: str = "Decrypt", reason: str = "decrypt what it reads"
) -> list[Statement]:
    """What it takes to read what a KMS key of the caller's encrypts."""
    if key is None:
        return []
    return [statement(what, reason, iam_actions.KMS, to_hcl(module.value(key)))]


def is_text(value: Value) -> TypeGuard[str]:
    """Whether a resolved value is text that the spec holds, and no reference."""
    return isinstance(value, str) and not isinstance(value, Hcl)


def derived(arn: Value, end: str, instead: str) -> Hcl:
    """An ARN like `arn`, with something else for the end that a pattern finds.

    It is text as far as the spec's is, else a call that Terraform answers once it knows the ARN.
    """
    if is_text(arn):
        return to_hcl(re.sub(end, instead, arn))
    if isinstance(arn, Interpolation) and is_text(arn[-1]):
        found = re.search(end, arn[-1])
        if found and found.start():  # else it may have started in what is not known yet
            return to_hcl(Interpolation((*arn[:-1], arn[-1][: found.start()] + instead)))
    return Hcl(f"replace({to_hcl(arn)}, {to_hcl(f'/{end}/')}, {to_hcl(instead)})")


def positions(position: Text | None, timestamp: Text | None) -> Iterator[Diagnostic]:
    """What is wrong between where reading starts and the time for it."""
    if position == "AT_TIMESTAMP" and timestamp is None:
        hint = "add it, for example 2026-01-31T08:00:00Z"
        summary = "`starting_position: AT_TIMESTAMP` needs `starting_position_timestamp`"
        yield at("TFG309", summary, hint, "starting_position")
    if timestamp is not None and isinstance(position, str) and position != "AT_TIMESTAMP":
        key = "starting_position_timestamp"
        hint = f"remove it, or start there instead of at {position}"
        yield at("TFG309", f"`{key}` needs `starting_position: AT_TIMESTAMP`", hint, key, key=True)


def services(trigger: Trigger, **expected: tuple[str, ...]) -> Iterator[Diagnostic]:
    """ARNs of other services than a key is for, where an expression in them has kept their form from us."""
    for key, allowed in expected.items():
        arn = getattr(trigger, key)
        service = service_of(arn) if isinstance(arn, Template) else None
        if service is not None and re.fullmatch(r"[a-z0-9-]*[a-z0-9]", service) and service not in allowed:
            *most, last = allowed
            wanted = f"{', '.join(most)} or {last}" if most else last
            yield at("TFG203", f"`{key}` is an ARN of {service}", f"it must be one of {wanted}", key)
