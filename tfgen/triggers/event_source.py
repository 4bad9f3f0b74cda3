"""Event source mappings: what the kinds share that Lambda itself reads."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Annotated, Any, ClassVar, NamedTuple, TypeGuard

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, Interpolation, Value, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Data, Flag, Number, Place, Text, Texts
from tfgen.schema.section import Section
from tfgen.triggers.base import (
    FILTERS_QUOTA,
    Condition,
    Function,
    Module,
    Statement,
    Trigger,
    at,
    doubts,
    missing_fields,
    service_of,
    text,
    too_many_filters,
)
from tfgen.triggers.checks import Check, checks
from tfgen.triggers.schedule_expressions import is_moment

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
    b.ARN + f"((sqs|sns){b.PLACE}[a-zA-Z0-9_-]+|s3:::[a-zA-Z0-9._-]+)$",
    "the ARN of a standard SQS queue, a standard SNS topic or an S3 bucket",
)
#: What filters call the content of all kinds' records: Lambda's developer guide, "Control which events Lambda
#: sends to your function". Beside it, records have fields of their own.
CONTENTS = frozenset({"body", "data", "dynamodb", "key", "value"})
_SERVICE = "[a-z0-9-]*[a-z0-9]"  # and not text with an expression after it, which stands as a hyphen


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


class StartedSource(PolledSource):
    """A source that is read from a place in it which can be chosen, a time among others."""

    starting_position: Annotated[Text, Place(b.STARTING_POSITION)] = Field(
        description="Where reading starts: TRIM_HORIZON, with the oldest record, LATEST or AT_TIMESTAMP"
    )
    starting_position_timestamp: Annotated[Text | None, Place(TIMESTAMP)] = Field(
        None, description="The time to start from, with AT_TIMESTAMP"
    )

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from super().findings(function)
        position, timestamp = self.starting_position, self.starting_position_timestamp
        key = "starting_position_timestamp"
        if position == "AT_TIMESTAMP" and timestamp is None:
            hint = "add it, for example 2026-01-31T08:00:00Z"
            summary = f"`starting_position: AT_TIMESTAMP` needs `{key}`"
            yield at("TFG309", summary, hint, "starting_position")
        if isinstance(timestamp, str) and not is_moment(timestamp.removesuffix("Z")):
            hint = "days, hours and minutes must be in the calendar"
            yield at("TFG203", f"`{key}` is no date and time that there is", hint, key)
        if timestamp is not None and isinstance(position, str) and position != "AT_TIMESTAMP":
            hint = f"remove it, or start there instead of at {position}"
            yield at("TFG309", f"`{key}` needs `starting_position: AT_TIMESTAMP`", hint, key, key=True)


class FilteredSource(PolledSource):
    """A source whose records Lambda can filter: all of them but DocumentDB's."""

    #: What filters call the content of its records.
    content: ClassVar[tuple[str, ...]] = ()

    filters: Annotated[tuple[Data, ...], Place(b.FILTERS)] = Field(
        (), description="Filter patterns as YAML; a record that matches any of them reaches the function"
    )
    kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the filters"
    )

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from super().findings(function)
        hint = f"the content of these records is `{'` or `'.join(self.content)}`"
        for index, pattern in enumerate(self.filters):
            yield from doubts(pattern, "Lambda", "filters", index)
            yield from missing_fields(pattern, self._may_have, hint, "filters", index)
        if len(self.filters) > FILTERS_QUOTA:
            yield at("TFG348", *too_many_filters(len(self.filters)), "filters", key=True)

    def _may_have(self, field: str) -> bool:
        return field in self.content or field not in CONTENTS


class EventSource(FilteredSource):
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
    on_failure_kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts what is at `on_failure`, if it is not AWS's own"
    )

    role_keys: ClassVar[tuple[str, ...]] = ("on_failure_kms_key_arn",)

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from super().findings(function)
        yield from destination_findings(
            "on_failure", self.on_failure, iam_actions.DESTINATIONS, ON_FAILURE.form
        )
        if self.on_failure_kms_key_arn is not None and self.on_failure is None:
            key, hint = "on_failure_kms_key_arn", "add what it encrypts, or remove it"
            yield at("TFG309", f"`{key}` needs `on_failure`", hint, key, key=True)


def destination_findings(
    key: str, destination: Text | None, services: Collection[str], form: str
) -> Iterator[Diagnostic]:
    """What the spec's text shows of a destination that is an expression: another service, or a FIFO queue."""
    service = service_of(destination) if isinstance(destination, Template) else None
    if service and re.fullmatch(_SERVICE, service) and service not in services:
        yield at("TFG203", f"`{key}` is an ARN of {service}", f"it must be {form}", key)
    elif str(destination).endswith(".fifo"):
        yield at("TFG203", f"`{key}` ends with .fifo", f"it must be {form}", key)


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
        "filters": tuple(to_hcl(module.value(pattern)) for pattern in getattr(trigger, "filters", ())),
        **arguments,
    }
    for name in EventSourceMapping._fields:
        value = getattr(trigger, name, None)
        if name not in given and value is not None:
            is_block = isinstance(value, Section)
            given[name] = trigger.section(module, value) if is_block else module.hcl(value)
    return EventSourceMapping(**given)


def mapping_checks(trigger: PolledSource, module: Module, **attributes: str) -> Iterator[Check]:
    """That the mapping is what the trigger says; `attributes` are keys that the provider calls otherwise."""
    address = f"aws_lambda_event_source_mapping.{trigger.label}"
    names = [name for name in EventSourceMapping._fields if name in type(trigger).model_fields]
    names = [name for name in names if name not in {"filters", "on_failure"}]
    yield from checks(module, address, trigger, *names, **attributes)
    filters = [Hcl(f"jsonencode({to_hcl(module.value(one))})") for one in getattr(trigger, "filters", ())]
    if filters:
        yield Check(Hcl(f"one({address}.filter_criteria).filter[*].pattern"), filters, in_any_order=True)
    if isinstance(trigger, RetriedSource):
        failed = f"one(one({address}.destination_config).on_failure)"
        yield from checks(module, failed, trigger, on_failure="destination_arn")


def statement(what: str, reason: str, actions: tuple[str, ...], *resources: Hcl) -> Statement:
    """A statement about resources that are known by their ARNs alone."""
    return Statement(what, reason, to_hcl(actions), to_hcl(resources))


def filter_notes(trigger: FilteredSource) -> tuple[str, ...]:
    """What is left to do for the key of its filters: the developer guide, "Encryption of filter criteria"."""
    if trigger.kms_key_arn is None:
        return ()
    return (
        "let Lambda in this region (lambda.REGION.amazonaws.com) use the filters' key (kms:Decrypt) in the "
        "key's policy, without which it cannot read them",
    )


def failures(module: Module, trigger: RetriedSource) -> list[Statement]:
    """What it takes to send failed records to a queue, a topic or a bucket."""
    if trigger.on_failure is None:
        return []
    reason = "send records that failed for good"
    send = delivery(module, trigger.on_failure, "SendFailures", reason, iam_actions.DESTINATIONS)
    key, reason = trigger.on_failure_kms_key_arn, "encrypt these records with the key of where they go"
    if key is None:
        return [send]
    is_bucket = service_of(trigger.on_failure) == "s3"
    actions = iam_actions.ENCRYPTED_BUCKET if is_bucket else iam_actions.ENCRYPTED_QUEUE
    return [send, statement("EncryptFailures", reason, actions, to_hcl(module.value(key)))]


def delivery(
    module: Module, destination: Text, what: str, reason: str, services: Mapping[str, tuple[str, ...]]
) -> Statement:
    """What it takes to deliver records to a destination: `services` are the actions for each it may be of."""
    value = module.value(destination)
    arn = to_hcl(value)
    service = service_of(destination)
    if service is not None and service in services and service != "s3":
        return statement(what, reason, services[service], arn)
    by_service = Hcl(f'local.destination_actions[split(":", {arn})[2]]')  # only the caller knows what it is
    if "s3" not in services:
        return Statement(what, reason, by_service, Hcl(f"[{arn}]"))
    # Developer guide, "Security best practices for Amazon S3 destinations": a bucket's ARN tells no account,
    # and its name may come to be another's.
    reason += ", to a bucket only while it is this account's"
    account = [module.aws("account_id")]
    if service == "s3":
        own = Condition("StringEquals", "s3:ResourceAccount", account)
        send = statement(what, reason, services[service], arn, _below(value))
        return send._replace(conditions=(own,))
    # A request to anything but a bucket lacks the key.
    own = Condition("StringEqualsIfExists", "s3:ResourceAccount", account)
    resources = Hcl(f'strcontains({arn}, ":s3:") ? [{arn}, format("%s/*", {arn})] : [{arn}]')
    return Statement(what, reason, by_service, resources, (own,))


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
