"""EventBridge rules: what the kinds share that are started by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, NamedTuple

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, Ref, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Number, Place, Text, TextMap
from tfgen.schema.section import Section
from tfgen.triggers.base import Module, Permission, Trigger, at
from tfgen.triggers.checks import Check, checks

# events.PutRule, events.PutTargets
RULE_NAME = 64
DESCRIPTION = b.text(0, 512)
STATE = b.choice("ENABLED", "DISABLED")
EVENT_PATTERN = b.pattern(4096, "EventBridge")
INPUT = b.data(8192)
INPUT_PATH = b.text(1, 256, r"^\$.*$", "a JSON path that starts with $")
INPUT_PATHS = b.Bounds(
    type="map(string)",
    maximum=100,
    unit="entries",
    keys=b.text(1, 256, r"^[A-Za-z0-9_-]+$", "letters, digits, - and _"),
    items=INPUT_PATH,
)
INPUT_TEMPLATE = b.text(1, 8192)
_PLACEHOLDER = re.compile(r"<([A-Za-z0-9_.-]+)>")
RETRY_ATTEMPTS = b.number(0, 185)
EVENT_AGE = b.number(60, 86400, "seconds")


class RetryPolicy(Section):
    """How long delivery of an event is tried again."""

    maximum_event_age_in_seconds: Annotated[Number | None, Place(EVENT_AGE)] = Field(
        None, description="Oldest event that is still tried"
    )
    maximum_retry_attempts: Annotated[Number | None, Place(RETRY_ATTEMPTS)] = Field(
        None, description="Most retries"
    )


class InputTransformer(Section):
    """Makes the function's input of parts of the event."""

    input_paths: Annotated[TextMap, Place(INPUT_PATHS)] = Field(
        {}, description="Parts of the event, name to JSON path"
    )
    input_template: Annotated[Text, Place(INPUT_TEMPLATE)] = Field(
        description="The input as text, with <NAME> for the parts"
    )


def transformer_findings(transformer: InputTransformer | None) -> Iterator[Diagnostic]:
    """What is wrong between the keys of an `input_transformer`.

    The user guide, "Amazon EventBridge input transformation": names that start with `aws.` are its own.
    """
    if transformer is None or isinstance(transformer.input_template, Template):
        return
    for name in dict.fromkeys(_PLACEHOLDER.findall(transformer.input_template)):
        if name not in transformer.input_paths and not name.startswith("aws."):
            summary = f"`<{name}>` in the template is none of `input_paths`"
            hint = f"add `{name}: $.detail.…` there, or correct it here"
            yield at("TFG309", summary, hint, "input_transformer", "input_template")


class Rule(NamedTuple):
    """An `aws_cloudwatch_event_rule` and its target, the function. What is not given is None."""

    label: Hcl
    name: Hcl
    function_arn: Hcl
    description: Hcl | None = None
    event_bus_name: Hcl | None = None
    event_pattern: Hcl | None = None
    schedule_expression: Hcl | None = None
    state: Hcl | None = None
    input: Hcl | None = None
    input_path: Hcl | None = None
    input_transformer: dict[str, Hcl | None] | None = None
    retry_policy: dict[str, Hcl | None] | None = None


def rule(trigger: Trigger, module: Module, **arguments: Hcl | dict[str, Hcl | None] | None) -> Rule:
    """The rule of a trigger, which has the trigger's label."""
    name = to_hcl(module.name(trigger.label, RULE_NAME))
    given: dict[str, object] = {**arguments}
    return Rule(Hcl(trigger.label), name, module.function_arn(trigger.qualifier), **given)  # type: ignore[arg-type]


def rule_permission(trigger: Trigger, module: Module, label: str = "") -> Permission:
    """The permission for the trigger's rule to invoke the function."""
    return trigger.permission(
        module,
        "EventBridge may invoke the function for this rule alone.",
        "events.amazonaws.com",
        label=label,
        source_arn=Ref(f"aws_cloudwatch_event_rule.{trigger.label}.arn"),
    )


_OF_RULE = ("description", "event_bus_name", "schedule_expression", "state")
_OF_TARGET = ("input_path", "input_transformer", "retry_policy")
_JSON = {"event_pattern": "aws_cloudwatch_event_rule", "input": "aws_cloudwatch_event_target"}


def rule_checks(trigger: Trigger, module: Module) -> Iterator[Check]:
    """That the rule and its target are what the trigger says."""
    keys = type(trigger).model_fields
    rule, target = (f"aws_cloudwatch_event_{what}.{trigger.label}" for what in ("rule", "target"))
    yield from checks(module, rule, trigger, *(name for name in _OF_RULE if name in keys))
    yield from checks(module, target, trigger, *(name for name in _OF_TARGET if name in keys))
    for key, resource in _JSON.items():
        value = getattr(trigger, key, None)
        if value is not None:
            yield Check(Hcl(f"{resource}.{trigger.label}.{key}"), module.json(value))
    yield from checks(
        module, f"one({target}.dead_letter_config)", getattr(trigger, "dead_letter_config", None), "arn"
    )
