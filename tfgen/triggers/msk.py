"""Amazon MSK: a topic of a managed Kafka cluster."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, Value, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers import brokers
from tfgen.triggers.base import Function, Module, Statement, TriggerPlan, at, text
from tfgen.triggers.brokers import ACCESS, DESCRIPTION, Access
from tfgen.triggers.event_source import failures, filter_notes, is_text, mapping, statement
from tfgen.triggers.topics import KafkaSource

CLUSTER_ARN = b.text(
    1,
    None,
    b.ARN + "kafka" + b.PLACE + r"cluster/[^/*?]+/[a-zA-Z0-9-]+$",
    "the ARN of an MSK cluster, arn:aws:kafka:REGION:ACCOUNT:cluster/NAME/UUID",
)
_TYPES = brokers.types("SASL_SCRAM_512_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH")


class MskAccess(Access):
    """A secret to sign in with."""

    type: Annotated[str, Place(_TYPES)] = Field(description=DESCRIPTION)


class Msk(KafkaSource):
    """A topic of an Amazon MSK cluster."""

    type: Literal["msk"] = Field(description="Kind of the trigger")
    cluster_arn: Annotated[Text, Place(CLUSTER_ARN)] = Field(description="ARN of the cluster")
    source_access_configuration: tuple[MskAccess, ...] = Field(
        (), description="The secret to sign in with, if the cluster asks for one", max_length=ACCESS
    )
    iam_authentication: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        False,
        description="Whether Lambda signs in by the function's role, which is then allowed to read the topic",
    )

    @property
    def source(self) -> object | None:
        """What no other mapping of the function may read."""
        return (self.cluster_arn, self.topics)

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from super().findings(function)
        access = self.source_access_configuration
        yield from brokers.accesses(access, self.secret_kms_key_arn)
        if self.iam_authentication and access:
            hint = "Lambda signs in by the role only where there is no secret; keep one of them"
            summary = f"`iam_authentication` and `{access[0].type}` are two ways to sign in"
            yield at("TFG310", summary, hint, "iam_authentication", key=True)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        cluster = to_hcl(module.value(self.cluster_arn))
        access = self.source_access_configuration
        return TriggerPlan(
            self.type,
            self.label,
            f"MSK topic {self.topic}",
            {
                "mapping": mapping(
                    self,
                    module,
                    event_source_arn=cluster,
                    amazon_managed_kafka_event_source_config=self.group(module),
                    source_access_configurations=brokers.blocks(module, access),
                )
            },
            statements=(
                statement("Read", "find the cluster's brokers", iam_actions.MSK, cluster),
                brokers.network("the cluster"),
                *(self._by_role(module) if self.iam_authentication else ()),
                *brokers.secrets(module, access, self.secret_kms_key_arn),
                *failures(module, self),
            ),
            notes=(brokers.to_do("the cluster"), *filter_notes(self)),
            verb="is read for",
            failures=text(self.on_failure),
            checks=(
                *self.topic_checks(
                    module, "amazon_managed_kafka_event_source_config", cluster_arn="event_source_arn"
                ),
                *brokers.access_checks(module, self.label, access),
            ),
        )

    def _by_role(self, module: Module) -> Iterator[Statement]:
        """What the cluster asks of a role that signs in."""
        arn = module.value(self.cluster_arn)
        topics = self.topics
        topic = Hcl(f"one({module.hcl(topics)})") if isinstance(topics, Template) else module.value(topics[0])
        group = module.value(self.consumer_group_id)
        yield statement("Connect", "connect to the cluster", iam_actions.MSK_CLUSTER, to_hcl(arn))
        yield statement("ReadTopic", "read the topic", iam_actions.MSK_TOPIC, _within(arn, "topic", topic))
        reason = "read as its consumer group"
        if group is None:
            group, reason = "*", f"{reason}, whose name is Lambda's and not known before the mapping is made"
        yield statement("JoinGroup", reason, iam_actions.MSK_GROUP, _within(arn, "group", group))


def _within(cluster: Value, kind: str, name: Value) -> Hcl:
    """The ARN of a topic or group, which is the cluster's with another kind and one more part."""
    if is_text(cluster) and is_text(name):
        return to_hcl(f"{cluster.replace(':cluster/', f':{kind}/')}/{name}")
    return Hcl(f'format("%s/%s", replace({to_hcl(cluster)}, ":cluster/", ":{kind}/"), {to_hcl(name)})')
