"""Lex V2: a bot's code hooks. The permission alone, since the bot alias's settings are its owner's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers.base import Module, Trigger, TriggerPlan, text
from tfgen.triggers.permission import arn_to_give

# lexv2-models.DescribeBotAlias: both ids have ten characters.
BOT_ALIAS_ARN = b.text(
    1,
    1011,
    b.ARN + "lex" + b.PLACE + r"bot-alias/[0-9a-zA-Z]{10}/[0-9a-zA-Z]{10}$",
    "the ARN of a Lex V2 bot alias, arn:aws:lex:REGION:ACCOUNT:bot-alias/BOT_ID/ALIAS_ID",
)


class Lex(Trigger):
    """Turns of a Lex V2 bot's conversations."""

    type: Literal["lex"] = Field(description="Kind of the trigger")
    bot_alias_arn: Annotated[Text, Place(BOT_ALIAS_ARN)] = Field(description="ARN of the bot's alias")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        return TriggerPlan(
            self.type,
            self.label,
            f"Lex bot alias {text(self.bot_alias_arn)}",
            {},
            permissions=(
                self.permission(
                    module,
                    "Lex may invoke the function for this bot alias alone.",
                    "lexv2.amazonaws.com",
                    source_arn=module.hcl(self.bot_alias_arn),
                ),
            ),
            notes=(
                f"make {arn_to_give(module, self.qualifier)} the code hook of the bot alias, in each "
                "language, and have the bot's intents use it",
            ),
        )
