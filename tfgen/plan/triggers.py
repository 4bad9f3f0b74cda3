"""Spec → its triggers' resources: how entries share them, and by which alias they invoke the function."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.plan.surroundings import Surroundings
from tfgen.spec.models import Spec
from tfgen.triggers import Trigger
from tfgen.triggers.base import TriggerPlan

_NEEDS_ALIAS = (
    "see that the function's version or alias {} is there before the trigger is made, "
    "or give its name by an expression, by which Terraform knows the order"
)


def plan_triggers(spec: Spec, module: Surroundings) -> Iterator[TriggerPlan]:
    """The plan of each trigger, in the spec's order; entries that share their resources are one."""
    together: dict[object, list[Trigger]] = {}
    for index, trigger in enumerate(spec.triggers):
        together.setdefault(trigger.owner(index), []).append(trigger.by_alias(module.alias))
    for entries in together.values():
        named = next((entry for entry in entries if entry.name), entries[0])
        planned = named.plan(module, [named, *(entry for entry in entries if entry is not named)])
        if isinstance(named.qualifier, str) and not module.is_own_alias(named.qualifier):
            planned = planned._replace(notes=(*planned.notes, _NEEDS_ALIAS.format(named.qualifier)))
        yield planned
