"""Amazon DocumentDB: the change stream of a database or of one of its collections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.hcl import to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers import brokers
from tfgen.triggers.base import Function, Module, TriggerPlan, at, text
from tfgen.triggers.brokers import ACCESS, DESCRIPTION, Access
from tfgen.triggers.checks import Check, checks
from tfgen.triggers.event_source import StartedSource, derived, mapping, mapping_checks, statement

CLUSTER_ARN = b.text(
    1,
    None,
    b.ARN + "rds" + b.PLACE + r"cluster:[a-zA-Z0-9-]+$",
    "the ARN of a DocumentDB cluster, arn:aws:rds:REGION:ACCOUNT:cluster:NAME",
)
# lambda.CreateEventSourceMapping
DATABASE_NAME = b.text(1, 63, r'^[^ \t\n\r/.$"]+$', 'a name without white space, /, ., $ and "')
COLLECTION_NAME = b.text(
    1, 57, r"^[_a-zA-Z0-9][^$]*$", "a name that starts with a letter, a digit or _, and has no $"
)
FULL_DOCUMENT = b.choice("UpdateLookup", "Default")
_TYPES = brokers.types("BASIC_AUTH")
_SYSTEM = "system."


class DocumentDbAccess(Access):
    """The secret to sign in with."""

    type: Annotated[str, Place(_TYPES)] = Field(description=DESCRIPTION)


class DocumentDb(StartedSource):
    """The change stream of an Amazon DocumentDB database."""

    type: Literal["documentdb"] = Field(description="Kind of the trigger")
    cluster_arn: Annotated[Text, Place(CLUSTER_ARN)] = Field(description="ARN of the cluster")
    database_name: Annotated[Text, Place(DATABASE_NAME)] = Field(
        description="Database whose changes are read"
    )
    collection_name: Annotated[Text | None, Place(COLLECTION_NAME)] = Field(
        None, description="Collection whose changes are read; all of the database if not given"
    )
    full_document: Annotated[Text | None, Place(FULL_DOCUMENT)] = Field(
        None, description="UpdateLookup: an update comes with the whole document; Default: with its changes"
    )
    source_access_configuration: tuple[DocumentDbAccess, ...] = Field(
        (), description="The secret to sign in with (BASIC_AUTH)", max_length=ACCESS
    )
    secret_kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the secret, if it is not AWS's own"
    )

    repeats_after = brokers.LONGEST_TIMEOUT
    role_keys = ("secret_kms_key_arn",)

    @property
    def source(self) -> object | None:
        """What no other mapping of the function may read."""
        return (self.cluster_arn, self.database_name, self.collection_name)

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from super().findings(function)
        access = self.source_access_configuration
        yield from brokers.accesses(access, self.secret_kms_key_arn, needs="BASIC_AUTH")
        if text(self.collection_name).startswith(_SYSTEM):
            summary = f"`collection_name` starts with `{_SYSTEM}`"
            yield at("TFG203", summary, "the database keeps such collections to itself", "collection_name")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        arn = module.value(self.cluster_arn)
        access = self.source_access_configuration
        cluster, parameters, subnets = (
            to_hcl(arn),
            derived(arn, ":cluster:.*$", ":cluster-pg:*"),
            derived(arn, ":cluster:.*$", ":subgrp:*"),
        )
        config = self.arguments(module, "database_name", "collection_name", "full_document")
        return TriggerPlan(
            self.type,
            self.label,
            f"DocumentDB {text(self.collection_name) or text(self.database_name)}",
            {
                "mapping": mapping(
                    self,
                    module,
                    event_source_arn=cluster,
                    document_db_event_source_config=config,
                    source_access_configurations=brokers.blocks(module, access),
                )
            },
            statements=(
                statement("Read", "find the cluster's instances", iam_actions.DOCUMENTDB, cluster),
                statement(
                    "ReadParameters",
                    "read the cluster's parameters, whose group its ARN does not tell",
                    iam_actions.DOCUMENTDB_PARAMETERS,
                    parameters,
                ),
                statement(
                    "ReadSubnets",
                    "read the cluster's subnets, whose group its ARN does not tell",
                    iam_actions.DOCUMENTDB_SUBNETS,
                    subnets,
                ),
                brokers.network("the cluster"),
                *brokers.secrets(module, access, self.secret_kms_key_arn),
            ),
            notes=(brokers.to_do("the cluster"),),
            verb="is read for",
            checks=tuple(self._checks(module)),
        )

    def _checks(self, module: Module) -> Iterator[Check]:
        yield from mapping_checks(self, module, cluster_arn="event_source_arn")
        stream = f"one(aws_lambda_event_source_mapping.{self.label}.document_db_event_source_config)"
        yield from checks(module, stream, self, "database_name", "collection_name", "full_document")
        yield from brokers.access_checks(module, self.label, self.source_access_configuration)
