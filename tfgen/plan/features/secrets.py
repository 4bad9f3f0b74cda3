"""Secrets that the function reads at run time: ARNs in its environment, and what its role may then do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tfgen import iam_actions
from tfgen.constraints import validations
from tfgen.hcl import Hcl, Ref, Value, to_hcl
from tfgen.plan.model import FeaturePlan, InputVariable, Table, Target
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import text
from tfgen.schema.bounds import LAYER_ARN
from tfgen.spec.features import INPUTS
from tfgen.spec.models import Spec
from tfgen.spec.secrets import ENDS, entries, has_extension
from tfgen.triggers.base import Condition, Statement
from tfgen.triggers.checks import Check

(_INPUT,) = INPUTS["secrets"]


class Kind(NamedTuple):
    """What the two sections differ in.

    `context` is the condition key for what KMS is told of a value that it decrypts: the user guides of
    Secrets Manager and of Systems Manager, on encryption. It needs no region and no domain, which
    kms:ViaService would, and is narrower.
    """

    key: str
    thing: str
    arn: str
    actions: tuple[str, ...]
    context: str
    service: str
    endpoint: str
    path: str


_SECRETS = Kind(
    "secrets",
    "secret",
    "secret_arn",
    iam_actions.SECRETS,
    "kms:EncryptionContext:SecretARN",
    "Secrets Manager",
    "secretsmanager",
    "secretsmanager/get?secretId=ARN",
)


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The secrets that the spec names."""
    return planned(_SECRETS, spec, module, has_extension(spec.secrets))


def planned(kind: Kind, spec: Spec, module: Surroundings, adds_extension: bool) -> FeaturePlan | None:
    """What a section adds; with `adds_extension`, the extension's layer too."""
    section = getattr(spec, kind.key)
    named = entries(section)
    arns = {name: module.value(getattr(entry, kind.arn)) for name, entry in named.items()}
    keys = {name: module.value(entry.kms_key_arn) for name, entry in named.items() if entry.kms_key_arn}
    environment = {f"{name}{ENDS[kind.key]}": arn for name, arn in arns.items()}
    rows = [
        (f"{name}{ENDS[kind.key]}", text(getattr(entry, kind.arn)), text(entry.kms_key_arn))
        for name, entry in named.items()
    ]
    return FeaturePlan(
        kind.key,
        statements=tuple(_statements(kind, arns, keys)),
        inputs=(_EXTENSION,) if adds_extension else (),
        layers=(Ref(f"var.{_INPUT}"),) if adds_extension else (),
        environment=environment,
        targets=tuple(Target(f"{kind.thing.capitalize()} {name}", "reads") for name in named),
        notes=_notes(kind, spec),
        tables=(_table(kind, rows, has_extension(spec.secrets) or has_extension(spec.parameters)),),
        checks=tuple(
            Check(Hcl(f'one(aws_lambda_function.this.environment).variables["{name}"]'), arn)
            for name, arn in environment.items()
        ),
    )


#: The layer of the extension, which both sections may ask for.
_EXTENSION = InputVariable(
    _INPUT,
    Hcl("string"),
    "ARN of the layer version with the AWS Parameters and Secrets Lambda Extension: it differs by region and "
    'architecture, and the Systems Manager user guide lists it on its page "Using Parameter Store parameters '
    'in AWS Lambda functions"',
    not_nullable=True,
    validations=validations(_INPUT, LAYER_ARN, nullable=False),
    bounds=LAYER_ARN,
)


def _statements(kind: Kind, arns: dict[str, Value], keys: dict[str, Value]) -> list[Statement]:
    read = Statement(
        "Read",
        f"read {_counted(kind, len(arns))} named there",
        to_hcl(kind.actions),
        _distinct(arns.values()),
    )
    if not keys:
        return [read]
    encrypted = [arn for name, arn in arns.items() if name in keys]
    decrypt = Statement(
        "Decrypt",
        f"decrypt {_counted(kind, len(encrypted))} whose key is named there, and nothing else",
        to_hcl(iam_actions.KMS),
        _distinct(keys.values()),
        (Condition("StringEquals", kind.context, list(dict.fromkeys(encrypted))),),
    )
    return [read, decrypt]


def _counted(kind: Kind, count: int) -> str:
    return f"the {kind.thing}" if count == 1 else f"the {kind.thing}s"


def _distinct(values: Iterable[Value]) -> Hcl:
    return to_hcl(list(dict.fromkeys(values)))


def _notes(kind: Kind, spec: Spec) -> tuple[str, ...]:
    if spec.vpc_config is None:
        return ()
    return (
        f"in its VPC the function reaches {kind.service} through a NAT gateway, or a VPC endpoint for "
        f"{kind.endpoint}",
    )


def _table(kind: Kind, rows: Sequence[tuple[str, ...]], extension: bool) -> Table:
    said = f"The environment has the ARN of each {kind.thing}, never its value, which is read at run time"
    if extension:
        said += (
            f" from http://localhost:2773/{kind.path} with the ARN URL-encoded, and the header "
            "X-Aws-Parameters-Secrets-Token with what AWS_SESSION_TOKEN holds"
        )
    title = f"{kind.thing.capitalize()}s"
    return Table(title, f"{said}.", ("Variable", kind.thing.capitalize(), "Key"), tuple(rows))
