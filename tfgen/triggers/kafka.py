"""Kafka: a topic of a cluster that AWS does not manage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Texts
from tfgen.triggers import brokers
from tfgen.triggers.base import Function, Module, TriggerPlan, at, text
from tfgen.triggers.brokers import ACCESS, DESCRIPTION, NETWORK, SIGN_IN, Access
from tfgen.triggers.checks import Check
from tfgen.triggers.event_source import failures, filter_notes, mapping
from tfgen.triggers.topics import KafkaSource

# lambda.CreateEventSourceMapping
_HOST = r"[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?"
BOOTSTRAP_SERVERS = b.texts(
    b.text(1, 300, rf"^({_HOST}\.)*{_HOST}:[0-9]{{1,5}}$", "HOST:PORT, for example kafka-1.example.com:9096"),
    1,
    10,
)
_SERVERS = "bootstrap_servers"
_LAST_PORT = 65535
_TYPES = brokers.types(*SIGN_IN, "SERVER_ROOT_CA_CERTIFICATE", *NETWORK)


class KafkaAccess(Access):
    """A secret to sign in with, a certificate to know brokers by, or a part of their network."""

    type: Annotated[str, Place(_TYPES)] = Field(description=DESCRIPTION)


class Kafka(KafkaSource):
    """A topic of a Kafka cluster that AWS does not manage."""

    type: Literal["kafka"] = Field(description="Kind of the trigger")
    bootstrap_servers: Annotated[Texts, Place(BOOTSTRAP_SERVERS)] = Field(
        description="Brokers to ask first, each as HOST:PORT"
    )
    source_access_configuration: tuple[KafkaAccess, ...] = Field(
        (),
        description="How to get there: a secret to sign in with, a root certificate, a network's parts",
        max_length=ACCESS,
    )

    @property
    def source(self) -> object | None:
        """What no other mapping of the function may read; the servers count in any order."""
        servers = self.bootstrap_servers
        return (frozenset(servers) if isinstance(servers, tuple) else servers, self.topics)

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from super().findings(function)
        servers = self.bootstrap_servers if isinstance(self.bootstrap_servers, tuple) else ()
        for index, server in enumerate(servers):
            port = server.rpartition(":")[2] if isinstance(server, str) else ""
            if port.isdigit() and not 0 < int(port) <= _LAST_PORT:
                yield at(
                    "TFG203", f"there is no port {port}", f"ports are 1 to {_LAST_PORT}", _SERVERS, index
                )
        access = self.source_access_configuration
        yield from brokers.accesses(access, self.secret_kms_key_arn)
        given = {one.type for one in access}
        subnet, group = NETWORK
        if (subnet in given) != (group in given):
            has, lacks = (subnet, group) if subnet in given else (group, subnet)
            summary, hint = f"`{has}` needs `{lacks}`", "add it; one alone is no network"
            yield at("TFG309", summary, hint, "source_access_configuration", key=True)
        if not given & {*SIGN_IN, *NETWORK}:
            hint = "add a secret to sign in with, or the subnets and security groups of the brokers"
            yield at("TFG318", "nothing says how Lambda gets to the brokers", hint)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        access = self.source_access_configuration
        servers = Hcl(f'join(",", {to_hcl(module.value(self.bootstrap_servers))})')
        is_within = any(one.type in NETWORK for one in access)
        return TriggerPlan(
            self.type,
            self.label,
            f"Kafka topic {self.topic}",
            {
                "mapping": mapping(
                    self,
                    module,
                    self_managed_event_source={"endpoints": to_hcl({"KAFKA_BOOTSTRAP_SERVERS": servers})},
                    self_managed_kafka_event_source_config=self.group(module),
                    source_access_configurations=brokers.blocks(module, access),
                )
            },
            statements=(
                *((brokers.network("the brokers"),) if is_within else ()),
                *brokers.secrets(module, access, self.secret_kms_key_arn),
                *failures(module, self),
            ),
            notes=(*((brokers.to_do("the brokers"),) if is_within else ()), *filter_notes(self)),
            verb="is read for",
            failures=text(self.on_failure),
            checks=tuple(self._checks(module)),
        )

    def _checks(self, module: Module) -> Iterator[Check]:
        yield from self.topic_checks(module, "self_managed_kafka_event_source_config")
        yield from brokers.access_checks(module, self.label, self.source_access_configuration)
        source = f"one(aws_lambda_event_source_mapping.{self.label}.self_managed_event_source)"
        servers = Hcl(f'split(",", {source}.endpoints["KAFKA_BOOTSTRAP_SERVERS"])')
        yield Check(servers, module.value(self.bootstrap_servers), in_any_order=True)
