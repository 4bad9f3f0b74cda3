"""All modules of a project → the page about them, `README.md` in the folder that they are in. Gives text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from tfgen.graph.as_mermaid import MOST_ARROWS, is_drawn
from tfgen.graph.join import joined, meeting
from tfgen.plan.model import ModulePlan, Picture
from tfgen.render import markdown
from tfgen.runtimes import names, runtime
from tfgen.spec.models import Spec
from tfgen.triggers.base import text


class FleetRow(NamedTuple):
    """A function at a glance. Texts are the spec's, and empty where only the caller knows; `alarms` says how
    many there are, if any."""

    module: str
    function_name: str
    runtime: str
    end_of_support: str
    triggers: tuple[str, ...]
    alarms: str


class Drawn(NamedTuple):
    """What the picture and the page of a fleet need of one module."""

    row: FleetRow
    picture: Picture


def drawn(spec: Spec, plan: ModulePlan) -> Drawn:
    """What they need of a spec and its module."""
    runs = "container image" if spec.package_type == "Image" else text(spec.runtime)
    row = FleetRow(
        plan.name,
        text(spec.function_name),
        runs,
        runtime(runs).deprecated.isoformat() if runs in names() else "",
        tuple(dict.fromkeys(_triggers(spec, plan))),
        _alarms(spec),
    )
    return Drawn(row, plan.readme.picture)


def _triggers(spec: Spec, plan: ModulePlan) -> Iterator[str]:
    yield from (trigger.source for trigger in plan.triggers)
    if spec.event_source_mapping:
        yield text(spec.event_source_mapping.event_source_arn)
    for feature in plan.features:
        yield from (f"{caller.label} {caller.what}" for caller in feature.callers)


def _alarms(spec: Spec) -> str:
    if not spec.alarms:
        return ""
    from tfgen.spec.default_alarms import alarm_names  # here, for who has no alarms

    return str(len(alarm_names(spec)) or "")


def in_order(modules: Sequence[Drawn]) -> list[Drawn]:
    """Modules by their names, whichever way their specs were found."""
    return sorted(modules, key=lambda one: (one.row.module.casefold(), one.row.module))


def fleet_page(modules: Sequence[Drawn], overlay: Path | None = None) -> str:
    """The page: a table of all functions, and the picture as far as Mermaid draws it.

    A template in the folder `overlay` goes before tfgen's own. Raises what `render.markdown` does.
    """
    modules = in_order(modules)
    whole = joined([one.picture for one in modules])
    shown = whole if is_drawn(whole) else meeting(whole)
    picture = shown if shown.edges and is_drawn(shown) else None
    return markdown(
        "FLEET.md",
        overlay,
        count=f"{len(modules)} function{'' if len(modules) == 1 else 's'}",
        rows=[one.row for one in modules],
        picture=picture,
        is_partial=shown is not whole,
        is_missing=shown is not whole and picture is None,
        most=str(MOST_ARROWS),
    )
