"""AWS Config: a rule that the function evaluates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Data, Place, Text, Texts
from tfgen.schema.section import Section
from tfgen.triggers.base import Function, Module, Statement, Trigger, TriggerPlan, at
from tfgen.triggers.checks import Check, checks

# config.PutConfigRule
RULE_NAME = 128
DESCRIPTION = b.text(0, 256)
INPUT_PARAMETERS = b.data(1024, mapping=True)
MESSAGE_TYPE = b.choice(
    "ConfigurationItemChangeNotification",
    "ConfigurationSnapshotDeliveryCompleted",
    "OversizedConfigurationItemChangeNotification",
    "ScheduledNotification",
)
EXECUTION_FREQUENCY = b.choice("One_Hour", "Three_Hours", "Six_Hours", "Twelve_Hours", "TwentyFour_Hours")
RESOURCE_TYPES = b.texts(
    b.text(1, 256, r"^[a-zA-Z0-9]+(::[a-zA-Z0-9]+)+$", "a resource type such as AWS::S3::Bucket"), 1, 100
)
RESOURCE_ID = b.text(1, 768)
TAG_KEY = b.text(1, 128)
TAG_VALUE = b.text(1, 256)
_MOST_DETAILS = 25

_BY_TYPE = {"compliance_resource_types", "compliance_resource_id"}
_BY_TAG = {"tag_key", "tag_value"}
_SCHEDULED = "ScheduledNotification"


class SourceDetail(Section):
    """What has the function called."""

    message_type: Annotated[Text, Place(MESSAGE_TYPE)] = Field(
        description="Message of AWS Config, such as ConfigurationItemChangeNotification or "
        "ScheduledNotification"
    )
    maximum_execution_frequency: Annotated[Text | None, Place(EXECUTION_FREQUENCY)] = Field(
        None, description="How often, for ScheduledNotification; every 24 hours if not given"
    )


class Scope(Section):
    """Which resources' changes have the function called: those of some types, or with a tag."""

    compliance_resource_types: Annotated[Texts | None, Place(RESOURCE_TYPES)] = Field(
        None, description="Types of resources, such as AWS::S3::Bucket"
    )
    compliance_resource_id: Annotated[Text | None, Place(RESOURCE_ID)] = Field(
        None, description="The one resource, of the one type that is given"
    )
    tag_key: Annotated[Text | None, Place(TAG_KEY)] = Field(None, description="Tag of the resources")
    tag_value: Annotated[Text | None, Place(TAG_VALUE)] = Field(None, description="Value of that tag")


class Config(Trigger):
    """A rule of AWS Config that the function evaluates."""

    type: Literal["config"] = Field(description="Kind of the trigger")
    source_detail: tuple[SourceDetail, ...] = Field(
        description="What has the function called", min_length=1, max_length=_MOST_DETAILS
    )
    scope: Scope | None = Field(
        None, description="Which resources' changes have the function called; all if not given"
    )
    input_parameters: Annotated[Data | None, Place(INPUT_PARAMETERS)] = Field(
        None, description="Parameters that the function gets, as YAML"
    )
    description: Annotated[Text | None, Place(DESCRIPTION)] = Field(None, description="What the rule is for")

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        for index, detail in enumerate(self.source_detail):
            key = "maximum_execution_frequency"
            message = detail.message_type
            if key in detail.model_fields_set and isinstance(message, str) and message != _SCHEDULED:
                summary, hint = f"`{key}` is for {_SCHEDULED}, not for {message}", "remove it"
                yield at("TFG309", summary, hint, "source_detail", index, key, key=True)
            if detail in self.source_detail[:index]:
                yield at("TFG206", "one detail is given twice", "remove it", "source_detail", index)
        if self.scope:
            yield from _scope(self.scope)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        parameters = self.input_parameters
        evaluations = Statement(
            "PutEvaluations",
            "report what it found; AWS knows no resource for this action",
            to_hcl(iam_actions.EVALUATIONS),
            to_hcl(["*"]),
        )
        return TriggerPlan(
            self.type,
            self.label,
            f"AWS Config rule {self.label}",
            {
                **self.arguments(module, "description"),
                "name": to_hcl(module.name(self.label, RULE_NAME)),
                "input_parameters": None if parameters is None else module.json(parameters),
                "scope": self.section(module, self.scope),
                "source_details": [self.section(module, detail) for detail in self.source_detail],
                "function_arn": module.function_arn(self.qualifier),
            },
            permissions=(
                self.permission(
                    module,
                    "AWS Config may invoke the function for this account's rules. Not for this rule alone: "
                    "its ARN is known once it is made, and making it takes this permission.",
                    "config.amazonaws.com",
                    source_account=module.aws("account_id"),
                ),
            ),
            statements=(evaluations,),
            notes=("have AWS Config record in this account and region, or it refuses the rule",),
            verb="is evaluated by",
            checks=tuple(self._checks(module)),
        )

    def _checks(self, module: Module) -> Iterator[Check]:
        address = f"aws_config_config_rule.{self.label}"
        yield from checks(module, address, self, "description", "scope")
        if self.input_parameters is not None:
            yield Check(Hcl(f"{address}.input_parameters"), module.json(self.input_parameters))
        details = f"one({address}.source).source_detail"
        for name in SourceDetail.model_fields:
            said = [module.value(getattr(detail, name)) for detail in self.source_detail]
            found = Hcl(f"[for detail in {details} : detail.{name} if detail.{name} != null]")
            yield Check(found, [value for value in said if value is not None], in_any_order=True)


def _scope(scope: Scope) -> Iterator[Diagnostic]:
    given = scope.model_fields_set
    if given & _BY_TYPE and given & _BY_TAG:
        summary = "`scope` has both resource types and a tag"
        yield at("TFG310", summary, "keep one of them: AWS Config takes no rule with both", "scope", key=True)
    if scope.tag_value is not None and scope.tag_key is None:
        yield at("TFG309", "`tag_value` needs a `tag_key`", "add it", "scope", "tag_value", key=True)
    types = scope.compliance_resource_types
    listed = () if isinstance(types, Template) else types or ()
    for index, kind in enumerate(listed):
        if kind in listed[:index]:
            where = ("scope", "compliance_resource_types", index)
            yield at("TFG206", f"`{kind}` is given twice", "remove it", *where)
    if scope.compliance_resource_id is not None and not isinstance(types, Template) and len(listed) != 1:
        key = "compliance_resource_id"
        summary = f"`{key}` needs one type in `compliance_resource_types`, and there are {len(listed)}"
        yield at("TFG309", summary, "give the type of that resource", "scope", key, key=True)
