"""IoT Core: MQTT messages that a topic rule selects."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Ref, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Place, Text
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, at, text
from tfgen.triggers.checks import checks

# iot.CreateTopicRule, which says no more about the texts
RULE_NAME = 128
DESCRIPTION = b.text(0)
SQL = b.text(1, None, r"^[ \t\n\r]*[Ss][Ee][Ll][Ee][Cc][Tt][ \t\n\r](.|\n)+$", "SELECT … FROM 'TOPIC'")
# The developer guide's "SQL versions".
SQL_VERSION = b.choice("2015-10-08", "2016-03-23", "beta")

_TOPIC = re.compile(r"\bFROM +'([^']+)'", re.IGNORECASE)


class Iot(Trigger):
    """MQTT messages that a topic rule selects."""

    type: Literal["iot"] = Field(description="Kind of the trigger")
    sql: Annotated[Text, Place(SQL)] = Field(
        description="What the function gets of which messages: SELECT * FROM 'shop/+/orders'"
    )
    sql_version: Annotated[Text, Place(SQL_VERSION)] = Field(
        "2016-03-23", description="Version of the SQL; 2016-03-23 if not given"
    )
    enabled: Annotated[Flag, Place(b.FLAG)] = Field(True, description="Whether the rule is on")
    description: Annotated[Text | None, Place(DESCRIPTION)] = Field(None, description="What the rule is for")

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        """The developer guide, "MQTT topics": # is the last level, # and + are whole levels."""
        found = _TOPIC.search(self.sql) if isinstance(self.sql, str) else None
        levels = found[1].split("/") if found else []
        for number, level in enumerate(levels, 1):
            if {"#", "+"} & set(level) and (len(level) > 1 or (level == "#" and number < len(levels))):
                hint = "# stands for all further levels and is the last one, + for one whole level"
                yield at("TFG203", f"`{level}` is no level of a topic filter", hint, "sql")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        topic = _TOPIC.search(text(self.sql))
        names = ("sql", "sql_version", "enabled", "description")
        # The name is shorter than its limit, whatever the function is called; but it takes no hyphens.
        name = to_hcl(module.name(self.label, RULE_NAME))
        return TriggerPlan(
            self.type,
            self.label,
            f"IoT topic {topic[1]}" if topic else "IoT topic rule",
            {
                **self.arguments(module, *names),
                "name": Hcl(f'replace({name}, "-", "_")'),
                "function_arn": module.function_arn(self.qualifier),
            },
            permissions=(
                # With the account as well, as IoT's developer guide has it.
                self.permission(
                    module,
                    "IoT Core may invoke the function for this rule alone.",
                    "iot.amazonaws.com",
                    source_arn=Ref(f"aws_iot_topic_rule.{self.label}.arn"),
                    source_account=module.aws("account_id"),
                ),
            ),
            checks=tuple(checks(module, f"aws_iot_topic_rule.{self.label}", self, *names)),
        )
