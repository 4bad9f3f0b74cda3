"""Secrets Manager: the rotation of a secret."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text
from tfgen.schema.section import Section
from tfgen.triggers.base import Condition, Function, Module, Statement, Trigger, TriggerPlan, at, text

# secretsmanager.RotateSecret. The ARN must be whole: policies and conditions compare it.
SECRET_ARN = b.text(
    20,
    2048,
    r"^arn:aws[a-zA-Z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[a-zA-Z0-9/_+=.@!-]+-[a-zA-Z0-9]{6}$",
    "the whole ARN of a secret, with - and six letters or digits at its end",
)
AFTER_DAYS = b.number(1, 1000, "days")
# The user guide's "Rotation schedules": four hours at least, 999 days at most; minute 0, any year.
SCHEDULE_EXPRESSION = b.text(
    1,
    256,
    r"^(rate\(([4-9]|[1-9][0-9]{1,3}) hours?\)|rate\([1-9][0-9]{0,2} days?\)"
    r"|cron\(0 [0-9,/*-]+ [0-9,/*?L-]+ [0-9A-Z,/*-]+ [0-9A-Z,/*?#-]+ \*\))$",
    "rate(N hours) from 4 hours on, rate(N days) up to 999, or cron(0 HOURS DAY MONTH WEEKDAY *)",
)
DURATION = b.text(2, 3, r"^([1-9]|1[0-9]|2[0-4])h$", "1h to 24h")

# The user guide's "Lambda rotation function execution role permissions". It has kms:DescribeKey as well, but
# under a condition that this action never meets.
ROTATION = (
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecretVersionStage",
)
PASSWORDS = ("secretsmanager:GetRandomPassword",)
KEY = ("kms:Decrypt", "kms:GenerateDataKey")

_SCHEDULES = ("automatically_after_days", "schedule_expression")


class RotationRules(Section):
    """When the secret is rotated."""

    automatically_after_days: Annotated[Number | None, Place(AFTER_DAYS)] = Field(
        None, description="Days between rotations"
    )
    schedule_expression: Annotated[Text | None, Place(SCHEDULE_EXPRESSION)] = Field(
        None, description="rate(…) in hours or days, or cron(…) in UTC with minute 0 and year *"
    )
    duration: Annotated[Text | None, Place(DURATION)] = Field(
        None, description="How long after its time a rotation may start, such as 3h"
    )


class SecretsManager(Trigger):
    """The rotation of a secret by the function."""

    type: Literal["secretsmanager"] = Field(description="Kind of the trigger")
    secret_arn: Annotated[Text, Place(SECRET_ARN)] = Field(description="ARN of the secret")
    rotation_rules: RotationRules = Field(description="When the secret is rotated")
    rotate_immediately: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether to rotate at once (the default), or at the next time of the schedule"
    )
    kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the secret, if it is one of yours"
    )

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        given = self.rotation_rules.model_fields_set.intersection(_SCHEDULES)
        if len(given) != 1:
            both = "both `{}` and `{}`" if given else "neither `{}` nor `{}`"
            summary = f"`rotation_rules` has {both.format(*_SCHEDULES)}"
            yield at("TFG310", summary, "give it one of them", "rotation_rules", key=True)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        secret = to_hcl(module.value(self.secret_arn))
        return TriggerPlan(
            self.type,
            self.label,
            f"Secret {text(self.secret_arn)}",
            {
                **self.arguments(module, "secret_arn", "rotate_immediately"),
                "function_arn": module.function_arn(self.qualifier),
                "rules": self.section(module, self.rotation_rules),
            },
            permissions=(
                self.permission(
                    module,
                    "Secrets Manager may invoke the function for this secret alone.",
                    "secretsmanager.amazonaws.com",
                    source_arn=secret,
                ),
            ),
            statements=self._statements(module, secret),
            verb="is rotated by",
        )

    def _statements(self, module: Module, secret: Hcl) -> tuple[Statement, ...]:
        rotate = Statement(
            "Rotate",
            "read the secret and write its new version",
            to_hcl(ROTATION),
            Hcl(f"[{secret}]"),
        )
        password = Statement(
            "MakePasswords",
            "have a password made; AWS knows no resource for this action",
            to_hcl(PASSWORDS),
            to_hcl(["*"]),
        )
        if self.kms_key_arn is None:
            return (rotate, password)
        key = Statement(
            "UseKey",
            "decrypt and encrypt this secret with its key",
            to_hcl(KEY),
            Hcl(f"[{to_hcl(module.value(self.kms_key_arn))}]"),
            (Condition("StringEquals", "kms:EncryptionContext:SecretARN", [module.value(self.secret_arn)]),),
        )
        return (rotate, password, key)
