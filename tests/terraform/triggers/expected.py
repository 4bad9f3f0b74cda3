"""What can be expected of a kind's example, and the words to say it in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.terraform.applied import ACCOUNT, Statement


class Permission(NamedTuple):
    """Who may invoke the function, and for what alone. `conditions` are all that are not on the source."""

    principal: str
    source_arn: str | None = None
    source_account: str | None = None
    action: str = "lambda:InvokeFunction"
    conditions: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Expected:
    """The inputs that the module of `specs/KIND.yaml` is called with, and what AWS must then have.

    Permissions and role statements stand by their Sid, event source mappings as Lambda describes them. In a
    text, <…> stands for what only AWS knows: what `make_surroundings` gives, or an attribute of one of the
    module's resources.
    """

    inputs: Mapping[str, Any]
    permissions: Mapping[str, Permission] = field(default_factory=dict)
    statements: Mapping[str, Statement] = field(default_factory=dict)
    mappings: tuple[Mapping[str, Any], ...] = ()


def arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{ACCOUNT}:{resource}"


def key(number: int) -> str:
    return arn("kms", f"key/00000000-0000-0000-0000-{number:012}")


def secret(name: str) -> str:
    return arn("secretsmanager", f"secret:{name}-AbCdEf")


FAILURES = arn("sqs", "failures")
STAFF = "arn:aws:iam::123456789012:role/staff"
AUTHORIZER_URI = "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/<authorizer>/invocations"
SKILL = "amzn1.ask.skill.00000000-0000-4000-8000-000000000000"
