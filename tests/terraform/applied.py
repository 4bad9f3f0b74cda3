"""What tests share that apply modules to the emulated AWS, or only imagine that they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.conftest import Terraform

ACCOUNT_ID = "123456789012"  # the account that moto plays
ACCOUNT = f"us-east-1:{ACCOUNT_ID}"

#: The provider's block. No key here is real.
PROVIDER = {
    "region": "us-east-1",
    "access_key": "fake",
    "secret_key": "fake",
    "skip_credentials_validation": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
    "s3_use_path_style": True,
    "max_retries": 2,  # what the emulated AWS lacks fails at once
}

Conditions = dict[str, dict[str, str]]  # a test → its key → the value
# Its actions, its resources, and its conditions if it has any.
Statement = tuple[set[str], set[str]] | tuple[set[str], set[str], Conditions]
Values = dict[str, dict[str, Any]]  # a resource's address → its values


@dataclass(frozen=True, slots=True)
class Applied:
    """A root after its apply, and what that made."""

    terraform: Terraform
    folder: Path
    aws: Any  # boto3's session, bound to the emulated AWS
    endpoint: str
    resources: Values

    def client(self, service: str) -> Any:
        return self.aws.client(service, endpoint_url=self.endpoint)

    def function(self, label: str) -> dict[str, Any]:
        """The function of a call of a module."""
        return self.resources[f"module.{label}.aws_lambda_function.this"]

    def policy(self, role: str, name: str = "execution-role") -> dict[str, Any]:
        """One of a role's policies, as IAM holds it."""
        document = self.client("iam").get_role_policy(RoleName=role, PolicyName=name)
        policy: dict[str, Any] = document["PolicyDocument"]
        return policy


def values_of(module: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Addresses and values of the resources in a state's module and those below it."""
    for resource in module.get("resources", ()):
        yield resource["address"], resource["values"]
    for child in module.get("child_modules", ()):
        yield from values_of(child)


def statements_of(policy: dict[str, Any]) -> dict[str, Statement]:
    """A policy's statements by their Sid, or nothing for one that has none.

    All must allow, and none may have keys that are not looked at.
    """
    statements: dict[str, Statement] = {}
    for statement in policy["Statement"]:
        assert statement["Effect"] == "Allow"
        assert statement.keys() - {"Condition", "Sid"} == {"Effect", "Action", "Resource"}
        actions, resources = (
            {value} if isinstance(value, str) else set(value)
            for value in (statement["Action"], statement["Resource"])
        )
        condition = (statement["Condition"],) if "Condition" in statement else ()
        statements[statement.get("Sid", "")] = (actions, resources, *condition)
    assert len(statements) == len(policy["Statement"])
    return statements


def write_logs(function: str) -> Statement:
    """The statement that every execution role has."""
    group = f"arn:aws:logs:{ACCOUNT}:log-group:/aws/lambda/{function}"
    return {"logs:CreateLogStream", "logs:PutLogEvents"}, {f"{group}:*"}
