"""Topics of Kafka: what Amazon MSK and clusters of one's own share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Number, Place, Text, Texts
from tfgen.schema.section import Section
from tfgen.triggers import brokers
from tfgen.triggers.base import Function, Module, at, text
from tfgen.triggers.checks import Check, checks
from tfgen.triggers.event_source import RetriedSource, StartedSource, mapping_checks

# lambda.CreateEventSourceMapping
TOPICS = b.texts(
    b.text(
        2,
        249,
        r"^[a-zA-Z0-9_-][a-zA-Z0-9_.-]+$",
        "at least two of letters, digits, ., - and _, not starting with .",
    ),
    1,
    1,
)
CONSUMER_GROUP_ID = brokers.URI  # of the same form
MINIMUM_POLLERS = b.number(1, 200)
MAXIMUM_POLLERS = b.number(1, 2000)

# Lambda's developer guide, "Configuring error handling controls for Kafka event sources".
_PROVISIONED_ONLY = (
    "bisect_batch_on_function_error",
    "maximum_record_age_in_seconds",
    "maximum_retry_attempts",
    "function_response_types",
)


class ProvisionedPollerConfig(Section):
    """Pollers that stand ready for the topic alone."""

    minimum_pollers: Annotated[Number | None, Place(MINIMUM_POLLERS)] = Field(
        None, description="Fewest pollers; 1 if not given"
    )
    maximum_pollers: Annotated[Number | None, Place(MAXIMUM_POLLERS)] = Field(
        None, description="Most pollers; 200 if not given"
    )


class KafkaSource(RetriedSource, StartedSource):
    """A topic of a Kafka cluster."""

    topics: Annotated[Texts, Place(TOPICS)] = Field(description="The topic, as a list of one")
    consumer_group_id: Annotated[Text | None, Place(CONSUMER_GROUP_ID)] = Field(
        None, description="Consumer group to read as; one of Lambda's own if not given"
    )
    provisioned_poller_config: ProvisionedPollerConfig | None = Field(
        None, description="Pollers for this topic alone; Lambda decides if not given"
    )
    secret_kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the secrets, if it is not AWS's own"
    )

    content = ("key", "value")
    repeats_after = brokers.LONGEST_TIMEOUT
    role_keys = (*RetriedSource.role_keys, "secret_kms_key_arn")

    @property
    def topic(self) -> str:
        """The topic as its author wrote it."""
        return text(self.topics if isinstance(self.topics, Template) else self.topics[0])

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from super().findings(function)
        pollers = self.provisioned_poller_config
        if pollers is None:
            for key in _PROVISIONED_ONLY:
                if key in self.model_fields_set:
                    hint = "add it, for example `provisioned_poller_config: {minimum_pollers: 1}`"
                    yield at(
                        "TFG309", f"`{key}` of a topic needs `provisioned_poller_config`", hint, key, key=True
                    )
            return
        low, high = pollers.minimum_pollers, pollers.maximum_pollers
        if low is None and high is None:
            hint = "give `minimum_pollers`, `maximum_pollers` or both"
            yield at("TFG318", "`provisioned_poller_config` is empty", hint, "provisioned_poller_config")
        if isinstance(low, int) and isinstance(high, int) and low > high:
            summary = f"`minimum_pollers` is {low}, `maximum_pollers` {high}"
            hint = "the minimum may not be above the maximum"
            yield at("TFG310", summary, hint, "provisioned_poller_config", "minimum_pollers")

    def group(self, module: Module) -> dict[str, Any] | None:
        """The block that names the consumer group, if it has a name."""
        named: Hcl | None = module.hcl(self.consumer_group_id)
        return None if named is None else {"consumer_group_id": named}

    def topic_checks(self, module: Module, group_block: str, **attributes: str) -> Iterator[Check]:
        """What `mapping_checks` says, and of the consumer group, which stands in a block of that name."""
        yield from mapping_checks(self, module, **attributes)
        block = f"one(aws_lambda_event_source_mapping.{self.label}.{group_block})"
        yield from checks(module, block, self, "consumer_group_id")
