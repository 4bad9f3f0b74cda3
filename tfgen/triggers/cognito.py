"""Cognito: events of a user pool. The permission alone, since the pool's `lambda_config` is its owner's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, at, text
from tfgen.triggers.event_source import decrypt
from tfgen.triggers.permission import arn_to_give

# cognito-idp.DescribeUserPool
USER_POOL_ARN = b.text(
    20,
    2048,
    b.ARN + "cognito-idp" + b.PLACE + r"userpool/[a-zA-Z0-9-]+_[a-zA-Z0-9]+$",
    "the ARN of a user pool",
)
_SENDERS = ("custom_email_sender", "custom_sms_sender")
_WAITS = 5  # seconds
_BLOCKS = (*_SENDERS, "pre_token_generation_config")  # which have the function in their lambda_arn
# The provider's names in lambda_config.
EVENTS = b.Bounds(
    type="list(string)",
    minimum=1,
    maximum=13,
    unit="entries",
    static=True,
    items=b.Bounds(
        choices=(
            "create_auth_challenge", "custom_email_sender", "custom_message", "custom_sms_sender",
            "define_auth_challenge", "post_authentication", "post_confirmation", "pre_authentication",
            "pre_sign_up", "pre_token_generation", "pre_token_generation_config", "user_migration",
            "verify_auth_challenge_response",
        ),
        static=True,
    ),
)  # fmt: skip


class Cognito(Trigger):
    """Events of a Cognito user pool."""

    type: Literal["cognito"] = Field(description="Kind of the trigger")
    user_pool_arn: Annotated[Text, Place(USER_POOL_ARN)] = Field(description="ARN of the user pool")
    events: Annotated[tuple[str, ...], Place(EVENTS)] = Field(
        (), description="What the function is for, as the user pool's lambda_config calls it; for the README"
    )
    kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the codes for a custom sender"
    )

    role_keys = ("kms_key_arn",)

    @property
    def waits(self) -> float | None:
        """Cognito's developer guide, "Customizing user pool workflows with Lambda triggers": all but custom
        senders have five seconds, and are called three times."""
        senders = bool(self.events) or self.kms_key_arn is not None
        return None if senders and all(event in _SENDERS for event in self.events) else _WAITS

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        for index, event in enumerate(self.events):
            if event in self.events[:index]:
                yield at("TFG206", f"`{event}` is given twice", "remove it", "events", index)
        sender = next((event for event in self.events if event in _SENDERS), None)
        has_role = function.execution_role_arn is None
        if sender and self.kms_key_arn is None and has_role:
            hint = "add the ARN of the user pool's key, with which the function decrypts them"
            yield at(
                "TFG318", f"`{sender}` gets encrypted codes, and there is no `kms_key_arn`", hint, "events"
            )
        if self.kms_key_arn is not None and self.events and not sender:
            summary = "`kms_key_arn` is for custom senders"
            yield at("TFG309", summary, f"add {' or '.join(_SENDERS)} to `events`", "kms_key_arn", key=True)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        pool = f"Cognito user pool {text(self.user_pool_arn)}"
        return TriggerPlan(
            self.type,
            self.label,
            f"{pool}: {', '.join(self.events)}" if self.events else pool,
            {},
            permissions=(
                self.permission(
                    module,
                    "Cognito may invoke the function for this user pool alone.",
                    "cognito-idp.amazonaws.com",
                    source_arn=module.hcl(self.user_pool_arn),
                ),
            ),
            statements=tuple(decrypt(module, self.kms_key_arn)),
            notes=(f"set {_attributes(self.events)} to {arn_to_give(module, self.qualifier)}",),
        )


def _attributes(events: Sequence[str]) -> str:
    names = [f"lambda_config.{event}{'.lambda_arn' if event in _BLOCKS else ''}" for event in events]
    if not names:
        return "the user pool's lambda_config"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1]))) + " of the user pool"
