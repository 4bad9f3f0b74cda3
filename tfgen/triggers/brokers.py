"""Brokers and clusters that Lambda connects to: their secrets and networks, and the role's part in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, NamedTuple

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text, show
from tfgen.schema.section import Section
from tfgen.triggers.base import Module, Statement, at
from tfgen.triggers.checks import Check
from tfgen.triggers.event_source import decrypt, statement

# lambda.CreateEventSourceMapping
URI = b.text(1, 200, r"^[a-zA-Z0-9/*:_+=.@-]+$", "letters, digits and /*:_+=.@-")
ACCESS = 22
DESCRIPTION = "What the URI is"
# Lambda's developer guide, of all brokers: a call that takes longer may be made again.
LONGEST_TIMEOUT = 14 * 60


class Form(NamedTuple):
    """What the URI of a type looks like: how it begins, its pattern and its form in words."""

    start: str
    pattern: str
    words: str


_SECRET = Form(
    "arn:",
    f"{b.ARN}secretsmanager{b.PLACE}secret:.+",
    "the ARN of a secret in Secrets Manager",
)
_FORMS: Mapping[str, Form] = {
    "BASIC_AUTH": _SECRET,
    "SASL_SCRAM_256_AUTH": _SECRET,
    "SASL_SCRAM_512_AUTH": _SECRET,
    "CLIENT_CERTIFICATE_TLS_AUTH": _SECRET,
    "SERVER_ROOT_CA_CERTIFICATE": _SECRET,
    "VPC_SUBNET": Form("subnet:", r"subnet:subnet-[a-z0-9]+", "`subnet:` and the id of a subnet"),
    "VPC_SECURITY_GROUP": Form(
        "security_group:", r"security_group:sg-[a-z0-9]+", "`security_group:` and the id of a security group"
    ),
}
#: What there may be several of.
NETWORK = ("VPC_SUBNET", "VPC_SECURITY_GROUP")
#: Ways for Lambda to say who it is, of which a source takes one.
SIGN_IN = ("BASIC_AUTH", "SASL_SCRAM_256_AUTH", "SASL_SCRAM_512_AUTH", "CLIENT_CERTIFICATE_TLS_AUTH")


class Access(Section):
    """How Lambda gets to the source: a secret of its, or a part of its network."""

    type: str = Field(description=DESCRIPTION)
    uri: Annotated[Text, Place(URI)] = Field(
        description="A secret's ARN, a virtual host, `subnet:` and an id, or `security_group:` and an id"
    )


def types(*allowed: str) -> b.Bounds:
    """The types of access that a kind takes; they decide what the role is allowed."""
    return b.Bounds(choices=allowed, static=True)


def accesses(configurations: Sequence[Access], key: Text | None, *, needs: str = "") -> Iterator[Diagnostic]:
    """What is wrong with a `source_access_configuration`, and with the key of its secrets.

    `needs` is the type of secret that the source cannot do without.
    """
    seen: set[str] = set()
    for index, access in enumerate(configurations):
        path = ("source_access_configuration", index)
        sign_in = next((name for name in SIGN_IN if name in seen), None)
        if access.type in seen and access.type not in NETWORK:
            yield at("TFG310", f"`{access.type}` is there already", "keep one of them", *path, "type")
        elif access.type in SIGN_IN and sign_in:
            summary = f"`{access.type}` and `{sign_in}` are two ways to sign in"
            yield at("TFG310", summary, "keep one of them", *path, "type")
        seen.add(access.type)
        form = _FORMS.get(access.type)
        if form is not None and not _has(form, access.uri):
            summary = f"the `uri` of {access.type} is {show(str(access.uri))}"
            yield at("TFG203", summary, f"it must be {form.words}", *path, "uri")
    if needs and needs not in seen:
        hint = f"add `source_access_configuration: [{{type: {needs}, uri: ARN_OF_THE_SECRET}}]`"
        yield at("TFG318", f"the trigger has no secret of the type {needs}", hint)
    if key is not None and not any(_FORMS.get(name) is _SECRET for name in seen):
        what = "`secret_kms_key_arn` is about a secret, and `source_access_configuration` has none"
        yield at("TFG309", what, "add the secret, or remove it", "secret_kms_key_arn", key=True)


def _has(form: Form, uri: Text) -> bool:
    """Whether a URI has a form, as far as the spec says."""
    if not isinstance(uri, Template):
        return re.fullmatch(form.pattern, uri) is not None
    start = uri.parts[0]
    return not isinstance(start, str) or start.startswith(form.start) or form.start.startswith(start)


def blocks(module: Module, configurations: Sequence[Access]) -> tuple[dict[str, Hcl | None], ...]:
    """The `source_access_configuration` blocks."""
    return tuple(
        {"type": module.hcl(access.type), "uri": module.hcl(access.uri)} for access in configurations
    )


def access_checks(module: Module, label: str, configurations: Sequence[Access]) -> Iterator[Check]:
    """That the mapping with that label has those blocks."""
    if configurations:
        here = f"aws_lambda_event_source_mapping.{label}.source_access_configuration"
        said = [{"type": access.type, "uri": module.value(access.uri)} for access in configurations]
        yield Check(Hcl(here), said, in_any_order=True)


def secrets(module: Module, configurations: Sequence[Access], key: Text | None) -> list[Statement]:
    """What it takes to read the secrets, which the key encrypts if it is not AWS's own."""
    uris = [
        to_hcl(module.value(access.uri)) for access in configurations if _FORMS.get(access.type) is _SECRET
    ]
    if not uris:
        return []
    read = statement(
        "ReadSecrets", "read the secrets to connect with", iam_actions.SECRETS, *dict.fromkeys(uris)
    )
    return [read, *decrypt(module, key, "DecryptSecrets", "decrypt these secrets")]


def network(place: str) -> Statement:
    """What it takes to get into the network of a source."""
    reason = (
        f"get into the network of {place}; Lambda makes these interfaces, so nothing narrower can be named"
    )
    return statement("ManageNetworkInterfaces", reason, iam_actions.NETWORK, Hcl('"*"'))


def to_do(place: str) -> str:
    """What the source's network must let Lambda do: the developer guide, "Configure network security"."""
    return (
        f"let the subnets of {place} reach Lambda, STS and Secrets Manager, by a NAT gateway or by VPC "
        "endpoints, and let its security groups accept traffic from themselves"
    )
