"""What `tfgen explain` says: the permissions by intent, and what a code means."""

from __future__ import annotations

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from tfgen.codes import CODES
from tfgen.intents import INTENTS, Intent

PERMISSIONS = "permissions"
_INTRODUCTION = (
    "An entry of `permissions` is one verb with an ARN, or with a list of them:\n"
    "\n"
    "  permissions:\n"
    "    - read: ${var.orders_table_arn}\n"
    "      service: dynamodb  # where the ARN's text does not show it\n"
    "\n"
    "What each verb then allows, by which actions, and on which resources:\n"
)


def explain(topic: str) -> RenderableType | None:
    """What there is to say on a topic, or None."""
    if topic == PERMISSIONS:
        return Group(Text(_INTRODUCTION), _permissions())
    rule = CODES.get(topic.upper())
    return None if rule is None else Text(f"{topic.upper()}: {rule.summary}")


def _permissions() -> Table:
    table = Table("Verb", "Service", "The function may", box=None, padding=(0, 2, 1, 0), header_style="bold")
    table.columns[0].no_wrap = table.columns[1].no_wrap = True
    for verb, services in INTENTS.items():
        for index, (service, intent) in enumerate(services.items()):
            table.add_row(Text("" if index else verb, "bold"), service, _one(intent))
    return table


def _one(intent: Intent) -> Text:
    resources = [f"ARN{end}" for end in intent.on] or [f"*, if {intent.condition} is NAME"]
    text = Text(f"{intent.allows}\n")
    text.append(f"{', '.join(intent.actions)} on {', '.join(resources)}", "dim")
    return text
