"""EventBridge: events of a bus that match a pattern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.schema import bounds as b
from tfgen.schema.places import Data, Place, Text
from tfgen.triggers import queues
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, at, doubts, missing_fields, text
from tfgen.triggers.queues import DeadLetterConfig, dead_letters
from tfgen.triggers.rules import (
    DESCRIPTION,
    EVENT_PATTERN,
    INPUT,
    INPUT_PATH,
    STATE,
    InputTransformer,
    RetryPolicy,
    rule,
    rule_checks,
    rule_permission,
    transformer_findings,
)

# events.PutRule
EVENT_BUS_NAME = b.text(
    1,
    1600,
    f"^(arn:{b.PARTITION}:events{b.PLACE}event-bus/)?[/._A-Za-z0-9-]+$",
    "the name or ARN of an event bus",
)
# The user guide, "Event structure", and "Replaying archived events" of the last one.
_FIELDS = (
    *("version", "id", "detail-type", "source", "account", "time", "region", "resources", "detail"),
    "replay-name",
)
_INPUTS = ("input", "input_path", "input_transformer")


class EventBridge(Trigger):
    """Events of a bus that match a pattern."""

    type: Literal["eventbridge"] = Field(description="Kind of the trigger")
    event_pattern: Annotated[Data, Place(EVENT_PATTERN)] = Field(description="Pattern of the events, as YAML")
    event_bus_name: Annotated[Text | None, Place(EVENT_BUS_NAME)] = Field(
        None, description="Name or ARN of the bus; the account's default bus if not given"
    )
    description: Annotated[Text | None, Place(DESCRIPTION)] = Field(None, description="What the rule is for")
    state: Annotated[Text | None, Place(STATE)] = Field(None, description="ENABLED (the default) or DISABLED")
    input: Annotated[Data | None, Place(INPUT)] = Field(
        None, description="What the function gets in the event's place, as YAML"
    )
    input_path: Annotated[Text | None, Place(INPUT_PATH)] = Field(
        None, description="The part of the event that the function gets"
    )
    input_transformer: InputTransformer | None = Field(
        None, description="What the function gets, made of parts of the event"
    )
    retry_policy: RetryPolicy | None = Field(None, description="How long delivery is tried again")
    dead_letter_config: DeadLetterConfig | None = Field(
        None, description="Where events go that could not be delivered"
    )

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        for key in [key for key in _INPUTS if key in self.model_fields_set][1:]:
            hint = f"keep one of {', '.join(_INPUTS)}"
            yield at("TFG310", f"`{key}` is a second input of the function", hint, key, key=True)
        yield from doubts(self.event_pattern, "EventBridge", "event_pattern")
        hint = f"an event has {', '.join(_FIELDS)}"
        yield from missing_fields(self.event_pattern, _FIELDS.__contains__, hint, "event_pattern")
        yield from transformer_findings(self.input_transformer)
        yield from queues.findings(self.dead_letter_config)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        arguments = self.arguments(module, "event_bus_name", "description", "state", "input_path")
        dead = dead_letters(
            self.dead_letter_config,
            module,
            self.label,
            "events.amazonaws.com",
            f"aws_cloudwatch_event_rule.{self.label}.arn",
        )
        given = rule(
            self,
            module,
            **arguments,
            event_pattern=module.json(self.event_pattern),
            input=None if self.input is None else module.json(self.input),
            input_transformer=self.section(module, self.input_transformer),
            retry_policy=self.section(module, self.retry_policy),
        )
        return TriggerPlan(
            self.type,
            self.label,
            f"EventBridge {text(self.event_bus_name) or 'default bus'}",
            {"rule": given, "dead_letters": dead},
            permissions=(rule_permission(self, module),),
            outputs=queues.dead_letter_outputs(dead),
            notes=queues.dead_letter_notes(dead),
            failures=queues.dead_letter_name(self.dead_letter_config, self.label),
            checks=(
                *rule_checks(self, module),
                *queues.dead_letter_checks(self.dead_letter_config, module, dead),
            ),
        )
