"""Alexa: a custom or smart home skill. The permission alone, since a skill is set up at Amazon's developer
console."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers.base import Module, Trigger, TriggerPlan, text
from tfgen.triggers.permission import arn_to_give

# lambda.AddPermission's EventSourceToken, and how Amazon's skill ids begin.
SKILL_ID = b.text(1, 256, r"^amzn1\.ask\.skill\.[a-zA-Z0-9-]+$", "the id of a skill, amzn1.ask.skill.ID")

_WAITS = 8  # seconds


class Alexa(Trigger):
    """Requests to an Alexa skill."""

    type: Literal["alexa"] = Field(description="Kind of the trigger")
    skill_id: Annotated[Text, Place(SKILL_ID)] = Field(
        description="Id of the skill, without which any skill could invoke the function"
    )
    smart_home: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        False, description="Whether it is a smart home skill"
    )

    @property
    def waits(self) -> float | None:
        """Amazon's "Tips for Developing High Performance Alexa Skills": eight seconds at most. A smart home
        skill may answer later, by itself or after a deferred response ("Alexa.Response Interface")."""
        return None if self.smart_home else _WAITS

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        kind = "Alexa smart home skill" if self.smart_home else "Alexa skill"
        return TriggerPlan(
            self.type,
            self.label,
            f"{kind} {text(self.skill_id)}",
            {},
            permissions=(
                self.permission(
                    module,
                    "Alexa may invoke the function for this skill alone.",
                    "alexa-connectedhome.amazon.com" if self.smart_home else "alexa-appkit.amazon.com",
                    event_source_token=module.hcl(self.skill_id),
                ),
            ),
            notes=(
                f"make {arn_to_give(module, self.qualifier)} the skill's endpoint, in the Alexa developer "
                "console",
            ),
        )
