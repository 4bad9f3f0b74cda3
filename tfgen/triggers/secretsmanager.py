"""Secrets Manager: the rotation of a secret."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text
from tfgen.schema.section import Section
from tfgen.triggers.base import Condition, Function, Module, Statement, Trigger, TriggerPlan, at, text
from tfgen.triggers.checks import checks
from tfgen.triggers.schedule_expressions import SECOND_TRIGGER, Mistake, hours_of, mistake

# secretsmanager.RotateSecret
AFTER_DAYS = b.number(1, 1000, "days")
SCHEDULE_EXPRESSION = b.text(1, 256)
DURATION = b.text(2, 3, r"^([1-9]|1[0-9]|2[0-4])h$", "1h to 24h")

# The user guide's "Rotation schedules".
_LEAST_HOURS, _MOST_DAYS = 4, 999
_HOURS = re.compile(r"rate\(([0-9]+) hours\)")
_RENAMED = {"secret_arn": "secret_id"}  # by the provider
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
    secret_arn: Annotated[Text, Place(b.SECRET_ARN)] = Field(description="ARN of the secret")
    rotation_rules: RotationRules = Field(description="When the secret is rotated")
    rotate_immediately: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether to rotate at once (the default), or at the next time of the schedule"
    )
    kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the secret, if it is one of yours"
    )

    role_keys = ("kms_key_arn",)

    @property
    def source(self) -> object | None:
        return self.secret_arn

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        given = self.rotation_rules.model_fields_set.intersection(_SCHEDULES)
        if len(given) != 1:
            both = "both `{}` and `{}`" if given else "neither `{}` nor `{}`"
            summary = f"`rotation_rules` has {both.format(*_SCHEDULES)}"
            yield at("TFG310", summary, "give it one of them", "rotation_rules", key=True)
        expression = self.rotation_rules.schedule_expression
        if isinstance(expression, str) and (wrong := _mistake(expression)):
            summary = f"`schedule_expression` {wrong.what}"
            yield at("TFG315", summary, wrong.hint, "rotation_rules", "schedule_expression")
        hours = _HOURS.fullmatch(expression) if isinstance(expression, str) else None
        duration = self.rotation_rules.duration
        if hours and isinstance(duration, str) and int(duration[:-1]) > int(hours[1]):
            summary = f"a window of {duration} reaches into the next one, which begins after {hours[1]} hours"
            yield at("TFG315", summary, "write a shorter one", "rotation_rules", "duration")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        secret = to_hcl(module.value(self.secret_arn))
        address = f"aws_secretsmanager_secret_rotation.{self.label}"
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
            checks=tuple(checks(module, address, self, "rotate_immediately", "rotation_rules", **_RENAMED)),
        )

    def _statements(self, module: Module, secret: Hcl) -> tuple[Statement, ...]:
        rotate = Statement(
            "Rotate",
            "read the secret and write its new version",
            to_hcl(iam_actions.ROTATION),
            Hcl(f"[{secret}]"),
        )
        password = Statement(
            "MakePasswords",
            "have a password made; AWS knows no resource for this action",
            to_hcl(iam_actions.PASSWORDS),
            to_hcl(["*"]),
        )
        if self.kms_key_arn is None:
            return (rotate, password)
        key = Statement(
            "UseKey",
            "decrypt and encrypt this secret with its key",
            to_hcl(iam_actions.SECRET_KEY),
            Hcl(f"[{to_hcl(module.value(self.kms_key_arn))}]"),
            (Condition("StringEquals", "kms:EncryptionContext:SecretARN", [module.value(self.secret_arn)]),),
        )
        return (rotate, password, key)


def _mistake(expression: str) -> Mistake | None:
    """What is wrong with a schedule: by the rules of all schedules, then by those of Secrets Manager."""
    # The user guide's own `cron(0 /8 * * ? *)` begins at midnight.
    expression = expression.replace("cron(0 /", "cron(0 0/", 1)
    if wrong := mistake(expression):
        first, second = SECOND_TRIGGER  # for one secret, none of either
        return wrong._replace(hint=wrong.hint.partition(first)[0].partition(second)[0])
    kind, _, inner = expression.removesuffix(")").partition("(")
    if kind == "at":
        return Mistake("names one moment", "a rotation comes again: write rate(30 days) or cron(0 8 1 * ? *)")
    return _rate(*inner.split()) if kind == "rate" else _cron(inner.split())


def _rate(value: str, unit: str) -> Mistake | None:
    if unit.startswith("minute"):
        return Mistake("has minutes for a unit", f"rate({_LEAST_HOURS} hours) is the most often")
    if unit.startswith("hour") and int(value) < _LEAST_HOURS:
        return Mistake(f"is every {value} {unit}", f"rate({_LEAST_HOURS} hours) is the most often")
    if int(value) > (_MOST_DAYS if unit.startswith("day") else _MOST_DAYS * 24):
        return Mistake(f"is every {value} {unit}", f"rate({_MOST_DAYS} days) is the least often")
    return None


def _cron(fields: list[str]) -> Mistake | None:
    minutes, hours, of_month, _, _, year = fields
    right = f"write cron({' '.join(['0', *fields[1:5], '*'])})"
    if minutes != "0":
        return Mistake(f"has {minutes} for minutes", f"a rotation starts on the hour: {right}")
    if year != "*":
        return Mistake(f"has {year} for year", f"a rotation is for all years: {right}")
    if "W" in of_month.upper():
        return Mistake(f"has {of_month} for day-of-month", "Secrets Manager knows no W: write a day, or L")
    starts = hours_of(hours)
    if any(later - one < _LEAST_HOURS for one, later in pairwise(starts)):
        hint = f"from one to the next must be {_LEAST_HOURS} hours at least, as in cron(0 0/4 * * ? *)"
        return Mistake(f"has {hours} for hours", hint)
    return None
