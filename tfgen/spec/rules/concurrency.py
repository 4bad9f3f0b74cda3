"""Rules about concurrency."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules
from tfgen.spec.scaling import ScalingSchedule
from tfgen.triggers.schedule_expressions import SECOND_TRIGGER, is_moment, is_one_time, mistake

_KEY = "provisioned_concurrency_config"
_INITIAL = "provisioned_concurrent_executions"


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = False) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node((_KEY, *path), key=key))


def _above(one: object, other: object) -> bool:
    """Whether one number is above another, as far as both are known."""
    return isinstance(one, int | float) and isinstance(other, int | float) and one > other


def _alias(spec: Spec) -> Iterator[Diagnostic]:
    section = spec.provisioned_concurrency_config
    if section is None or spec.alias is not None:
        return
    hint = "add `alias: {name: live}`: what is scaled is the alias, from one version to the next"
    for key in ("autoscaling", "schedules"):
        if key in section.model_fields_set:
            yield _at("TFG309", f"`{key}` needs `alias`", hint, key, key=True)


def _versions(spec: Spec) -> Iterator[Diagnostic]:
    """Versions and aliases that Lambda keeps nothing ready for."""
    section = spec.provisioned_concurrency_config
    if section is None:
        return
    if spec.snap_start is not None and spec.snap_start.apply_on == "PublishedVersions":
        summary = "a version has SnapStart or provisioned concurrency, not both"
        yield Diagnostic("TFG310", summary, "keep one of them", Node(("snap_start",), key=True))
    if spec.alias and spec.alias.routing and section.qualifier in (None, spec.alias.name):
        # CodeDeploy, too, gives weights to an alias that has provisioned concurrency, but not the other way.
        summary = "Lambda refuses to set provisioned concurrency of an alias while it has `routing`"
        hint = f"add `routing` once it is set, or name a version as `{_KEY}.qualifier`"
        yield Diagnostic("TFG342", summary, hint, Node(("alias", "routing"), key=True))


def _limits(spec: Spec) -> Iterator[Diagnostic]:
    """Fewest and most, of autoscaling and of each schedule."""
    section = spec.provisioned_concurrency_config
    if section is None:
        return
    autoscaling, initial = section.autoscaling, section.provisioned_concurrent_executions
    # What holds where a schedule gives but one of the two; without autoscaling, both are what there is.
    low, high = (autoscaling.min_capacity, autoscaling.max_capacity) if autoscaling else (initial, initial)
    where: tuple[str | int, ...]
    for where, fewest, most in (
        (("autoscaling",), low, high),
        *(
            (("schedules", index), one.min_capacity, one.max_capacity)
            for index, one in enumerate(section.schedules)
        ),
    ):
        if _above(fewest, most):
            summary = f"`min_capacity` is {fewest}, `max_capacity` {most}"
            yield _at("TFG310", summary, "the minimum may not be above the maximum", *where, "min_capacity")
        elif most is None and _above(fewest, high):
            summary = f"`min_capacity` is {fewest}, above the maximum so far, {high}"
            yield _at("TFG310", summary, "add `max_capacity`", *where, "min_capacity")
        elif fewest is None and _above(low, most):
            summary = f"`max_capacity` is {most}, below the minimum so far, {low}"
            yield _at("TFG310", summary, "add `min_capacity`", *where, "max_capacity")
    if autoscaling and not _above(low, high) and (_above(low, initial) or _above(initial, high)):
        summary = f"`{_INITIAL}` is {initial}, outside `autoscaling`"
        yield _at("TFG310", summary, f"it may be {low} to {high} here", _INITIAL)


def _reserved(spec: Spec) -> Iterator[Diagnostic]:
    """Lambda refuses to keep more ready than are reserved, whoever asks for it."""
    section, reserved = spec.provisioned_concurrency_config, spec.reserved_concurrent_executions
    if section is None or not isinstance(reserved, int) or reserved < 0:
        return
    asked: list[tuple[tuple[str | int, ...], object]] = [
        ((_INITIAL,), section.provisioned_concurrent_executions)
    ]
    if section.autoscaling:
        asked.append((("autoscaling", "max_capacity"), section.autoscaling.max_capacity))
    for index, schedule in enumerate(section.schedules):
        key = "min_capacity" if schedule.max_capacity is None else "max_capacity"
        asked.append((("schedules", index, key), getattr(schedule, key)))
    for path, number in asked:
        if _above(number, reserved):
            summary = (
                f"`{path[-1]}` is {number}, more than the {reserved} of `reserved_concurrent_executions`"
            )
            yield _at("TFG310", summary, "reserve more, or keep fewer ready", *path)


def _schedules(spec: Spec) -> Iterator[Diagnostic]:
    section = spec.provisioned_concurrency_config
    names: set[str] = set()
    for index, schedule in enumerate(section.schedules if section else ()):
        if schedule.name in names:
            summary = f"two schedules are called `{schedule.name}`"
            yield _at("TFG206", summary, "give this one another name", "schedules", index, "name")
        names.add(schedule.name)
        if schedule.min_capacity is None and schedule.max_capacity is None:
            summary = f"`schedules[{index}]` changes nothing"
            yield _at("TFG310", summary, "give it `min_capacity`, `max_capacity` or both", "schedules", index)
        for found in (*_expression(schedule), *_times(schedule)):
            node = found.location
            assert isinstance(node, Node)
            yield found._replace(location=Node((_KEY, "schedules", index, *node.path), node.key))


def _expression(schedule: ScalingSchedule) -> Iterator[Diagnostic]:
    """Findings at paths that start at the schedule. The expressions are those of EventBridge Scheduler."""
    from tfgen.triggers.schedule import zone_findings  # here, for few specs need it

    if isinstance(schedule.schedule, str) and (wrong := mistake(schedule.schedule)):
        first, second = SECOND_TRIGGER
        hint = wrong.hint.replace(first, "; for both, write two schedules")
        hint = hint.replace(second, " and, in a schedule of its own, ")
        yield Diagnostic("TFG315", f"`schedule` {wrong.what}", hint, Node(("schedule",)))
    if isinstance(schedule.timezone, str):
        yield from zone_findings(schedule.timezone)


def _times(schedule: ScalingSchedule) -> Iterator[Diagnostic]:
    """Findings at paths that start at the schedule."""
    one_time = isinstance(schedule.schedule, str) and is_one_time(schedule.schedule)
    times = {"start_time": schedule.start_time, "end_time": schedule.end_time}
    for key, time in times.items():
        if one_time and time is not None:
            hint = "remove it: `at(…)` is one moment"
            yield Diagnostic("TFG310", f"`{key}` says nothing beside `at(…)`", hint, Node((key,), key=True))
        elif isinstance(time, str) and not is_moment(time.removesuffix("Z")):
            hint = "days, hours and minutes must be in the calendar"
            yield Diagnostic("TFG203", f"`{key}` is no date and time that there is", hint, Node((key,)))
    start, end = times.values()
    if isinstance(start, str) and isinstance(end, str) and end <= start:
        yield Diagnostic(
            "TFG315", "`end_time` is not after `start_time`", "choose a later one", Node(("end_time",))
        )


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _alias: (_KEY, "alias"),
    _versions: (_KEY, "alias", "snap_start"),
    _limits: (_KEY,),
    _reserved: (_KEY, "reserved_concurrent_executions"),
    _schedules: (_KEY,),
}
