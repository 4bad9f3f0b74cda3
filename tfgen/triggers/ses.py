"""SES: mail that a receipt rule selects."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Place, Text, Texts
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, arn, at, text
from tfgen.triggers.checks import Check, checks

# ses.CreateReceiptRule, CreateReceiptRuleSet: documented, the API model has none of it
NAME = 64
RULE_SET_NAME = b.text(
    1,
    NAME,
    r"^[a-zA-Z0-9]([a-zA-Z0-9_-]*[a-zA-Z0-9])?$",
    "letters, digits, - and _, with a letter or digit at both ends",
)
AFTER = b.text(
    1,
    NAME,
    r"^[a-zA-Z0-9]([a-zA-Z0-9._-]*[a-zA-Z0-9])?$",
    "letters, digits, ., - and _, with a letter or digit at both ends",
)
_SIGN = r"[^ \t\n\r\f\v@]"
RECIPIENTS = b.texts(b.text(1, None, f"^({_SIGN}+|{_SIGN}*@{_SIGN}+)$", "an address or a domain"), 1)
TLS_POLICY = b.choice("Optional", "Require")
INVOCATION_TYPE = b.choice("Event", "RequestResponse")
TOPIC_ARN = b.text(1, None, b.ARN + "sns" + b.PLACE + r"[a-zA-Z0-9_-]+$", "the ARN of an SNS topic")

_OF_RULE = ("rule_set_name", "recipients", "after", "enabled", "scan_enabled", "tls_policy")
_OF_ACTION = ("invocation_type", "topic_arn")
_WAITS = 30  # seconds, where it does


class Ses(Trigger):
    """Mail that a receipt rule selects."""

    type: Literal["ses"] = Field(description="Kind of the trigger")
    rule_set_name: Annotated[Text, Place(RULE_SET_NAME)] = Field(
        description="Name of the rule set that gets the rule"
    )
    recipients: Annotated[Texts | None, Place(RECIPIENTS)] = Field(
        None, description="Addresses and domains; all of the account's verified domains if not given"
    )
    after: Annotated[Text | None, Place(AFTER)] = Field(
        None, description="Name of the rule that comes before; the rule is the first one if not given"
    )
    enabled: Annotated[Flag, Place(b.FLAG)] = Field(True, description="Whether the rule is on")
    scan_enabled: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether mail is scanned for spam and viruses"
    )
    tls_policy: Annotated[Text | None, Place(TLS_POLICY)] = Field(
        None, description="Require or Optional: whether mail must come over TLS"
    )
    invocation_type: Annotated[Text | None, Place(INVOCATION_TYPE)] = Field(
        None,
        description="Event (the default), or RequestResponse: the function decides what becomes of the mail",
    )
    topic_arn: Annotated[Text | None, Place(TOPIC_ARN)] = Field(
        None, description="ARN of the SNS topic that hears of each call"
    )

    @property
    def waits(self) -> float | None:
        """SES's API reference, "LambdaAction"."""
        return _WAITS if self.invocation_type == "RequestResponse" else None

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        recipients = (
            () if self.recipients is None or isinstance(self.recipients, Template) else self.recipients
        )
        for index, recipient in enumerate(recipients):
            if recipient in recipients[:index]:
                yield at("TFG206", f"`{recipient}` is given twice", "remove it", "recipients", index)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        # With hyphens alone, since it begins with a letter or digit, as functions' names need not.
        name = module.name(self.label, NAME, hyphens=True)
        rule_set = module.value(self.rule_set_name)
        # Made up here, since the rule is made after its permission.
        rule_arn = arn(
            module, "ses", ("receipt-rule-set/", *parts_of(rule_set), ":receipt-rule/", *parts_of(name))
        )
        return TriggerPlan(
            self.type,
            self.label,
            f"Mail in SES rule set {text(self.rule_set_name)}",
            {
                **self.arguments(module, *_OF_RULE, *_OF_ACTION),
                "name": to_hcl(name),
                "function_arn": module.function_arn(self.qualifier),
            },
            permissions=(
                # With the account as well, as SES's developer guide has it.
                self.permission(
                    module,
                    "SES may invoke the function for this receipt rule alone. Its ARN is written out, since "
                    "the rule is made after its permission.",
                    "ses.amazonaws.com",
                    source_arn=to_hcl(rule_arn),
                    source_account=module.aws("account_id"),
                ),
            ),
            notes=(
                "make the rule set the active one of its region, and have the domains' MX records name SES",
            ),
            checks=tuple(self._checks(module)),
        )

    def _checks(self, module: Module) -> Iterator[Check]:
        address = f"aws_ses_receipt_rule.{self.label}"
        yield from checks(module, address, self, *_OF_RULE)
        yield from checks(module, f"one({address}.lambda_action)", self, *_OF_ACTION)
