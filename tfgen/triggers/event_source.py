"""Event source mappings: what the kinds share that Lambda itself reads."""

from __future__ import annotations

from typing import Annotated, Any, NamedTuple

from pydantic import Field

from tfgen import iam_actions
from tfgen.hcl import Hcl, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Data, Flag, Number, Place, Text, Texts
from tfgen.schema.section import Section
from tfgen.triggers.base import Module, Statement, Trigger, service_of

METRICS = b.texts(b.choice("EventCount"), 1, 1)  # what provider 5.100 accepts


class MetricsConfig(Section):
    """Metrics of the mapping."""

    metrics: Annotated[Texts, Place(METRICS)] = Field(description="EventCount: how many events came and went")


class EventSource(Trigger):
    """A stream, queue or broker that Lambda reads, in the role's name, to invoke the function."""

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
    metrics_config: MetricsConfig | None = Field(None, description="Metrics of the mapping")


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


def mapping(trigger: EventSource, module: Module, **arguments: Any) -> EventSourceMapping:
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


def failures(module: Module, destination: Text | None) -> list[Statement]:
    """What it takes to send failed records to a queue, a topic or a bucket."""
    if destination is None:
        return []
    arn = to_hcl(module.value(destination))
    service = service_of(destination)
    if service is None:  # only the caller knows
        actions = Hcl(f'local.destination_actions[split(":", {arn})[2]]')
        resources = Hcl(f'strcontains({arn}, ":s3:") ? [{arn}, format("%s/*", {arn})] : [{arn}]')
    else:
        actions = to_hcl(iam_actions.DESTINATIONS[service])
        resources = Hcl(f'[{arn}, format("%s/*", {arn})]' if service == "s3" else f"[{arn}]")
    return [Statement("SendFailures", "send records that failed for good", actions, resources)]


def decrypt(module: Module, key: Text | None) -> list[Statement]:
    """What it takes to read what a KMS key of the caller's encrypts."""
    if key is None:
        return []
    arn = to_hcl(module.value(key))
    return [Statement("Decrypt", "decrypt what it reads", to_hcl(iam_actions.KMS), Hcl(f"[{arn}]"))]
