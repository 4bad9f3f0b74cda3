"""Provisioned concurrency that follows the load, or the clock, by Application Auto Scaling."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.hcl import Hcl, to_hcl
from tfgen.plan.model import Command, FeaturePlan, Table
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import function_name, shell, text
from tfgen.spec.models import Spec
from tfgen.spec.scaling import Autoscaling, ScalingSchedule
from tfgen.spec.sections import ProvisionedConcurrencyConfig
from tfgen.triggers.checks import Check, checks

_KEY = "provisioned_concurrency_config"
_LIMITS = ("min_capacity", "max_capacity")
_TRACKING = ("target_value", "scale_in_cooldown", "scale_out_cooldown")
_WHEN = ("schedule", "timezone", "start_time", "end_time")
_LONGEST = 256  # characters of a policy's and a scheduled action's name


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """What scales it, if anything does; the provisioned concurrency itself is part of every module."""
    section = spec.provisioned_concurrency_config
    if section is None or not section.is_scaled:
        return None
    address = module.address(_KEY)
    autoscaling = section.autoscaling
    as_given = Hcl(f"{address}.provisioned_concurrent_executions")
    return FeaturePlan(
        _KEY,
        {
            "config": address,
            "min_capacity": module.hcl(autoscaling.min_capacity) if autoscaling else as_given,
            "max_capacity": module.hcl(autoscaling.max_capacity) if autoscaling else as_given,
            "autoscaling": _policy(autoscaling, module) if autoscaling else None,
            "schedules": [_action(schedule, module) for schedule in section.schedules],
        },
        notes=_notes(section.schedules),
        commands=_commands(spec),
        tables=_tables(section.schedules),
        checks=tuple(_checks(section, module)),
    )


def _checks(section: ProvisionedConcurrencyConfig, module: Surroundings) -> Iterator[Check]:
    target, policy = (f"aws_appautoscaling_{what}.this[0]" for what in ("target", "policy"))
    yield from checks(module, target, section.autoscaling, *_LIMITS)
    tracking = f"one({policy}.target_tracking_scaling_policy_configuration)"
    yield from checks(module, tracking, section.autoscaling, *_TRACKING)
    for schedule in section.schedules:
        address = f"aws_appautoscaling_scheduled_action.{schedule.name}[0]"
        yield from checks(module, address, schedule, *_WHEN)
        for name in _LIMITS:
            value = getattr(schedule, name)
            if value is not None:  # which the provider has as a text
                found = Hcl(f"tonumber(one({address}.scalable_target_action).{name})")
                yield Check(found, module.value(value))


def _policy(autoscaling: Autoscaling, module: Surroundings) -> dict[str, Hcl | None]:
    return {
        "name": to_hcl(module.name(_KEY, _LONGEST)),
        **{key: module.hcl(getattr(autoscaling, key)) for key in _TRACKING},
    }


def _action(schedule: ScalingSchedule, module: Surroundings) -> dict[str, Hcl | None]:
    return {
        "label": Hcl(schedule.name),
        "name": to_hcl(module.name(f"{_KEY}_{schedule.name}", _LONGEST)),
        **{key: module.hcl(getattr(schedule, key)) for key in (*_WHEN, *_LIMITS)},
    }


def _notes(schedules: tuple[ScalingSchedule, ...]) -> tuple[str, ...]:
    if not schedules:
        return ()
    return (
        "to change the limits that hold until the next schedule, replace aws_appautoscaling_target.this "
        "(terraform apply -replace), which otherwise keeps those that a schedule set last",
    )


def _commands(spec: Spec) -> tuple[Command, ...]:
    section = spec.provisioned_concurrency_config
    named = section.qualifier if section and section.qualifier else spec.alias and spec.alias.name
    name, qualifier = function_name(spec), shell(named, "ALIAS")
    return (
        Command(
            "How many execution environments are ready",
            f"aws lambda get-provisioned-concurrency-config --function-name {name} --qualifier {qualifier}",
        ),
        Command(
            "What changed their number, and why",
            "aws application-autoscaling describe-scaling-activities --service-namespace lambda \\\n"
            f"  --resource-id function:{name}:{qualifier}",
        ),
    )


def _tables(schedules: tuple[ScalingSchedule, ...]) -> tuple[Table, ...]:
    if not schedules:
        return ()
    rows = tuple(
        (
            schedule.name,
            text(schedule.schedule),
            text(schedule.timezone) or "UTC",
            text(schedule.min_capacity) or "as before",
            text(schedule.max_capacity) or "as before",
        )
        for schedule in schedules
    )
    what = "How many execution environments are kept ready from a time on."
    return (
        Table(
            "Provisioned concurrency by the clock",
            what,
            ("Name", "When", "Time zone", "Fewest", "Most"),
            rows,
        ),
    )
