"""Schedules: of EventBridge Scheduler, or by a rule of EventBridge."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Interpolation, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Data, Number, Place, Text, json_length
from tfgen.schema.section import Section
from tfgen.triggers import queues
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, arn, at, text
from tfgen.triggers.checks import Check, checks, statement_checks
from tfgen.triggers.queues import DeadLetterConfig, DeadLetters, dead_letters
from tfgen.triggers.rules import DESCRIPTION, STATE, RetryPolicy, rule, rule_checks, rule_permission
from tfgen.triggers.rules import INPUT as RULE_INPUT
from tfgen.triggers.schedule_expressions import is_moment, is_one_time, mistake

# scheduler.CreateSchedule
ENGINE = b.Bounds(choices=("scheduler", "events"), static=True)
SCHEDULE_NAME = 64
GROUP_NAME = b.text(1, 64, r"^[0-9a-zA-Z_.-]+$", "letters, digits, -, _ and .")
INPUT = b.data(262144)  # the user guide, "Encryption at rest": a payload of up to 256 KB
MODE = b.choice("OFF", "FLEXIBLE")
MAXIMUM_WINDOW = b.number(1, 1440, "minutes")

_SCHEDULER_ONLY = ("timezone", "start_date", "end_date", "flexible_time_window", "group_name", "kms_key_arn")

# What some machines have beside the zones: files of their own, and folders with all zones by other clocks.
_NO_ZONES = ("Factory", "localtime", "posix", "posixrules", "right")
_NEAR = 0.9  # as one letter more, less or other is; all names of an area are somewhat alike
# IANA's names that some machines' databases leave out: old ones that are much like a newer one or in none of
# today's areas, and one newer one.
_OLD_AREAS = ("Brazil", "Canada", "Chile", "Mexico", "US")
_OLD_NAMES = frozenset(
    (
        "Africa/Asmera", "Asia/Katmandu", "Asia/Macao", "Atlantic/Faeroe", "CET", "CST6CDT", "Cuba", "EET",
        "EST", "EST5EDT", "Egypt", "Eire", "Europe/Kiev", "Europe/Kyiv", "GB", "GB-Eire", "GMT", "GMT+0",
        "GMT-0", "GMT0", "Greenwich", "HST", "Hongkong", "Iceland", "Iran", "Israel", "Jamaica", "Japan",
        "Kwajalein", "Libya", "MET", "MST", "MST7MDT", "NZ", "NZ-CHAT", "Navajo", "PRC", "PST8PDT", "Poland",
        "Portugal", "ROC", "ROK", "Singapore", "Turkey", "UCT", "Universal", "W-SU", "WET", "Zulu",
    )
)  # fmt: skip


class FlexibleTimeWindow(Section):
    """How much later than planned the function may be invoked."""

    mode: Annotated[Text, Place(MODE)] = Field(description="OFF or FLEXIBLE")
    maximum_window_in_minutes: Annotated[Number | None, Place(MAXIMUM_WINDOW)] = Field(
        None, description="Most minutes after the planned time; for FLEXIBLE"
    )


class Schedule(Trigger):
    """Times at which the function is invoked."""

    type: Literal["schedule"] = Field(description="Kind of the trigger")
    schedule_expression: Annotated[Text, Place(b.SCHEDULE_EXPRESSION)] = Field(
        description="When: rate(5 minutes), cron(0 8 * * ? *) or at(2030-01-31T08:00:00)"
    )
    engine: Annotated[str, Place(ENGINE)] = Field(
        "scheduler", description="scheduler (the default), or events: a rule of EventBridge, in UTC"
    )
    timezone: Annotated[Text | None, Place(b.TIMEZONE)] = Field(
        None, description="Time zone of the expression, such as Europe/Berlin; UTC if not given"
    )
    start_date: Annotated[Text | None, Place(b.MOMENT)] = Field(None, description="When it begins, in UTC")
    end_date: Annotated[Text | None, Place(b.MOMENT)] = Field(None, description="When it ends, in UTC")
    flexible_time_window: FlexibleTimeWindow | None = Field(
        None, description="How much later than planned it may be; not at all if not given"
    )
    group_name: Annotated[Text | None, Place(GROUP_NAME)] = Field(
        None, description="Group of schedules, which must be there; default if not given"
    )
    description: Annotated[Text | None, Place(DESCRIPTION)] = Field(None, description="What it is for")
    state: Annotated[Text | None, Place(STATE)] = Field(None, description="ENABLED (the default) or DISABLED")
    input: Annotated[Data | None, Place(INPUT)] = Field(None, description="What the function gets, as YAML")
    kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the input"
    )
    retry_policy: RetryPolicy | None = Field(None, description="How long delivery is tried again")
    dead_letter_config: DeadLetterConfig | None = Field(
        None, description="Where events go that could not be delivered"
    )

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        expression = self.schedule_expression
        one_time = isinstance(expression, str) and is_one_time(expression)
        if isinstance(expression, str) and (wrong := mistake(expression)):
            yield at("TFG315", f"`schedule_expression` {wrong.what}", wrong.hint, "schedule_expression")
        elif one_time and self.engine == "events":
            hint = "remove `engine: events`, or write a rate or cron expression"
            yield at("TFG315", "a rule of EventBridge takes no `at(…)`", hint, "schedule_expression")
        yield from queues.findings(self.dead_letter_config)
        if self.engine == "events":
            yield from self._of_a_rule()
        else:
            yield from self._of_a_schedule(one_time)

    def _of_a_rule(self) -> Iterator[Diagnostic]:
        for key in _SCHEDULER_ONLY:
            if key in self.model_fields_set:
                hint = "remove `engine: events`, or the argument"
                yield at("TFG316", f"`{key}` is for `engine: scheduler`", hint, key, key=True)
        length, most = json_length(self.input), RULE_INPUT.maximum
        if self.input is not None and length is not None and most is not None and length > most:
            summary = f"`input` has {RULE_INPUT.count(length)}, too many for a rule of EventBridge"
            yield at("TFG202", summary, f"it may have {RULE_INPUT.range} with `engine: events`", "input")

    def _of_a_schedule(self, one_time: bool) -> Iterator[Diagnostic]:
        if isinstance(self.timezone, str):
            yield from zone_findings(self.timezone)
        dates = {"start_date": self.start_date, "end_date": self.end_date}
        for key, date in dates.items():
            if one_time and date is not None:
                hint = "remove it: `at(…)` is one moment"
                yield at("TFG310", f"`{key}` says nothing beside `at(…)`", hint, key, key=True)
            elif isinstance(date, str) and not is_moment(date.removesuffix("Z")):
                hint = "days, hours and minutes must be in the calendar"
                yield at("TFG203", f"`{key}` is no date and time that there is", hint, key)
        start, end = dates.values()
        if isinstance(start, str) and isinstance(end, str) and end <= start:
            yield at("TFG315", "`end_date` is not after `start_date`", "choose a later one", "end_date")
        if window := self.flexible_time_window:
            given = window.maximum_window_in_minutes is not None
            where = "flexible_time_window"
            if window.mode == "FLEXIBLE" and not given:
                hint = "add `maximum_window_in_minutes`"
                yield at("TFG318", "a flexible time window needs its length", hint, where, key=True)
            elif window.mode == "OFF" and given:
                hint = "write `mode: FLEXIBLE`, or remove it"
                key = "maximum_window_in_minutes"
                yield at("TFG310", f"`{key}` is for `mode: FLEXIBLE`", hint, where, key, key=True)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        is_rule = self.engine == "events"
        sender = ("events.amazonaws.com", f"aws_cloudwatch_event_rule.{self.label}.arn") if is_rule else ()
        dead = dead_letters(self.dead_letter_config, module, self.label, *sender)
        arguments = {
            **self.arguments(module, "schedule_expression", "description", "state"),
            "input": None if self.input is None else module.json(self.input),
            "retry_policy": self.section(module, self.retry_policy),
        }
        given = rule(self, module, **arguments) if is_rule else None
        schedule = None if is_rule else {**arguments, **self._schedule(module)}
        return TriggerPlan(
            self.type,
            self.label,
            f"Schedule {text(self.schedule_expression)}",
            {"rule": given, "schedule": schedule, "dead_letters": dead},
            permissions=(rule_permission(self, module),) if is_rule else (),
            outputs=queues.dead_letter_outputs(dead),
            notes=queues.dead_letter_notes(dead),
            failures=queues.dead_letter_name(self.dead_letter_config, self.label),
            checks=(
                *(self._checks(module) if schedule else rule_checks(self, module)),
                *(self._role_checks(schedule, dead) if schedule else ()),
                *queues.dead_letter_checks(self.dead_letter_config, module, dead),
            ),
        )

    def _checks(self, module: Module) -> Iterator[Check]:
        address = f"aws_scheduler_schedule.{self.label}"
        names = ("schedule_expression", "description", "state", "start_date", "end_date", "group_name")
        timezone = {"timezone": "schedule_expression_timezone"}
        yield from checks(module, address, self, *names, "kms_key_arn", "flexible_time_window", **timezone)
        target = f"one({address}.target)"
        yield from checks(module, target, self, "retry_policy")
        yield from checks(module, f"one({target}.dead_letter_config)", self.dead_letter_config, "arn")
        if self.input is not None:
            yield Check(Hcl(f"{target}.input"), module.json(self.input))

    def _role_checks(self, schedule: Mapping[str, Any], dead: DeadLetters | None) -> Iterator[Check]:
        """That the schedule's role is for it alone, and may do what it is for."""
        yield from statement_checks(
            f"{self.label}_trust",
            "AssumedByScheduler",
            [
                ("StringEquals", "aws:SourceAccount", [schedule["account_id"]]),
                ("ArnEquals", "aws:SourceArn", [schedule["group_arn"]]),
            ],
        )
        allowed = {
            "InvokeFunction": ("invoke", schedule["function_arn"]),
            "SendDeadLetters": ("send", dead and dead.arn),
            "EncryptDeadLetters": ("encrypt", schedule["queue_key_arn"]),
            "DecryptInput": ("decrypt", schedule["kms_key_arn"]),
        }
        for sid, (actions, resource) in allowed.items():
            if resource is not None:
                listed = {"actions": schedule[actions], "resources": [resource]}
                yield from statement_checks(f"{self.label}_invoker", sid, **listed)

    def _schedule(self, module: Module) -> dict[str, Any]:
        """The arguments of the schedule that a rule does not have, and those of its role."""
        group = module.value(self.group_name) if self.group_name is not None else "default"
        resource = ("schedule-group/", *parts_of(group))
        encrypted = self.dead_letter_config and self.dead_letter_config.kms_master_key_id
        return {
            **self.arguments(module, "timezone", "start_date", "end_date", "group_name", "kms_key_arn"),
            "name": to_hcl(module.name(self.label, SCHEDULE_NAME)),
            "function_arn": module.function_arn(self.qualifier),
            "window": self.section(module, self.flexible_time_window),
            "role_description": to_hcl(
                Interpolation(("Invokes the Lambda function ", module.address("function_name")))
            ),
            "role_name": to_hcl(module.role_name(f"{self.label}_invoker")),
            "permissions_boundary": module.permissions_boundary,
            "account_id": module.aws("account_id"),
            # Scheduler's user guide, "Confused deputy prevention": the group's ARN, never the schedule's.
            "group_arn": to_hcl(arn(module, "scheduler", resource)),
            "invoke": to_hcl(iam_actions.INVOKE),
            "send": to_hcl(iam_actions.DESTINATIONS["sqs"]),
            "decrypt": to_hcl(iam_actions.KMS),
            "encrypt": to_hcl(iam_actions.ENCRYPTED_QUEUE),
            "queue_key_arn": module.hcl(encrypted) if encrypted else None,
        }


def zone_findings(name: str) -> Iterator[Diagnostic]:
    """What is wrong with a `timezone`: no zone that this machine knows, nor one younger or older than it."""
    from difflib import get_close_matches  # here, for few specs need it
    from zoneinfo import TZPATH

    from tfgen.schema.certain import word

    known = _zones(TZPATH)  # none, where the machine has no database
    area, slash, city = name.partition("/")
    is_none = area in _NO_ZONES or name.endswith("/")
    if name in known or name in _OLD_NAMES or area in _OLD_AREAS or not (known or is_none):
        return
    folded = {zone.casefold(): zone for zone in sorted(known)}
    if area in _NO_ZONES:
        near = city if city in known or not known else None
    elif slash:
        near = next((folded[one] for one in get_close_matches(name.casefold(), folded, 1, _NEAR)), None)
    else:  # an abbreviation such as CEST is not a slip of the pen for the one that is most like it
        near = folded.get(name.casefold())
    if near or is_none or not any(zone.startswith(f"{area}/") for zone in known if slash):
        hint = (f"did you mean `{near}`? " if near else "") + "write a name of IANA's: AREA/CITY, or UTC"
        # `GMT+1` and `GMT-1` are an hour on either side.
        certain = near is not None and word(name, known) == near and not re.search("[0-9]", name)
        yield at("TFG204", f"`{name}` is no time zone", hint, "timezone", meant=near if certain else None)


@cache
def _zones(path: tuple[str, ...]) -> frozenset[str]:
    """The zones of this machine's database, which is found by `path`."""
    from zoneinfo import available_timezones

    return frozenset(available_timezones().difference(_NO_ZONES))
