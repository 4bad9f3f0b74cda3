"""Schedule expressions: `rate(…)`, `cron(…)` and `at(…)` → what is wrong with one, and what to write instead.

The rules are those of the EventBridge user guide, "Rate expressions reference" and "Cron expressions
reference", and of the EventBridge Scheduler user guide, "Schedule types".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple


class Mistake(NamedTuple):
    """What is wrong with an expression, in words that follow it, and what to do."""

    what: str
    hint: str


#: How the hints go on that tell of a second trigger, which not every kind can have.
SECOND_TRIGGER = ("; for both, write two triggers", " and, in a trigger of its own, ")
EXAMPLES = "write rate(5 minutes), cron(0 8 * * ? *) or at(2030-01-31T08:00:00)"
_EXPRESSION = re.compile(r"(rate|cron|at)\((.*)\)")

# What crontab calls by a name.
_NICKNAMES = {
    "@yearly": "cron(0 0 1 1 ? *)",
    "@annually": "cron(0 0 1 1 ? *)",
    "@monthly": "cron(0 0 1 * ? *)",
    "@weekly": "cron(0 0 ? * SUN *)",
    "@daily": "cron(0 0 * * ? *)",
    "@midnight": "cron(0 0 * * ? *)",
    "@hourly": "cron(0 * * * ? *)",
}


def mistake(expression: str) -> Mistake | None:
    """The first mistake in an expression, or None if AWS takes it and its time comes."""
    if not expression.isprintable():
        return Mistake("has a line break or another character that is not printed", EXAMPLES)
    found = _EXPRESSION.fullmatch(expression)
    if found is None:
        return _no_expression(expression)
    kind, inner = found[1], found[2].strip()
    wrong = _CHECKS[kind](inner)
    if wrong is None and inner != found[2]:
        return Mistake("has white space inside its brackets", f"write {kind}({inner})")
    return wrong


def is_one_time(expression: str) -> bool:
    """Whether it names one moment."""
    return expression.startswith("at(")


def _no_expression(expression: str) -> Mistake:
    bare = expression.strip()
    if bare in _NICKNAMES:
        return Mistake("is crontab's name for a schedule", f"write {_NICKNAMES[bare]}")
    if bare != expression and mistake(bare) is None:
        return Mistake("has white space around it", f"write {bare}")
    lower = re.sub(r"^(rate|cron|at) *\(", lambda name: name[0].replace(" ", "").lower(), bare, flags=re.I)
    if lower != bare and mistake(lower) is None:
        return Mistake("does not start with rate(, cron( or at(", f"write {lower}")
    wrapped = f"cron({bare})"
    if len(bare.split()) in {5, 6} and _cron(bare) is None:
        return Mistake("stands without cron( and )", f"write {wrapped}")
    if len(bare.split()) == 5 and (six := _of_unix(bare.split())):
        return Mistake("is crontab's, with five fields", six)
    return Mistake("is no schedule expression", EXAMPLES)


# rate(VALUE UNIT) ------------------------------------------------------------------------------------

_UNITS = ("minute", "hour", "day")
_SHORT = {"m": "minute", "min": "minute", "h": "hour", "hr": "hour", "d": "day"}


def _rate(inner: str) -> Mistake | None:
    parts = inner.split()
    if len(parts) != 2:
        return Mistake("is not a value and a unit", "write rate(5 minutes), with the value and the unit")
    value, unit = parts
    if not re.fullmatch("[0-9]+", value) or int(value) == 0:
        return Mistake(f"has the value {value}", "it must be a whole number above 0")
    count = int(value)
    single = unit.lower().removesuffix("s")
    single = _SHORT.get(single, single)
    if single in {"second", "sec"}:
        return Mistake("has seconds for a unit", "a minute is the least: rate(1 minute)")
    if single == "week":
        return Mistake("has weeks for a unit", f"write rate({count * 7} days)")
    if single in {"month", "year"}:
        example = {"month": "cron(0 0 1 * ? *)", "year": "cron(0 0 1 1 ? *)"}[single]
        return Mistake(f"has {single}s for a unit", f"write a cron expression: {example} is once a {single}")
    if single not in _UNITS:
        return Mistake(f"has the unit {unit}", f"the units are {', '.join(f'{name}s' for name in _UNITS)}")
    # The scheduler takes `rate(1 hours)` as well, rules do not: one spelling serves both engines.
    right = single if count == 1 else f"{single}s"
    if unit != right:
        return Mistake(f"has the unit {unit} for the value {value}", f"write rate({value} {right})")
    return None


# at(DATE AND TIME) -----------------------------------------------------------------------------------

_MOMENT = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")


def _at(inner: str) -> Mistake | None:
    if _MOMENT.fullmatch(inner):
        if is_moment(inner):
            return None
        return Mistake("is no date and time that there is", "days, hours and minutes must be in the calendar")
    zone = re.fullmatch(f"({_MOMENT.pattern})(Z|[+-][0-9:]+)", inner)
    if zone and is_moment(zone[1]):
        return Mistake("has an offset", f"write at({zone[1]}), and the time zone as `timezone`")
    return Mistake("does not have the form at(yyyy-mm-ddThh:mm:ss)", "write at(2030-01-31T08:00:00)")


def is_moment(text: str) -> bool:
    """Whether a date and time, both written in full, is in the calendar."""
    try:
        datetime.strptime(text, "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return False
    return True


# cron(FIELDS) ----------------------------------------------------------------------------------------


class Field(NamedTuple):
    """A field of a cron expression. `names` stand for the numbers from `low` on; `step` is the largest."""

    name: str
    low: int
    high: int
    step: int
    names: tuple[str, ...] = ()

    def number(self, text: str) -> int | None:
        """What a number or a name stands for, if the field can hold it."""
        if text.upper() in self.names:
            return self.low + self.names.index(text.upper())
        if re.fullmatch("[0-9]{1,4}", text) and self.low <= int(text) <= self.high:
            return int(text)
        return None

    @property
    def values(self) -> str:
        """What it can hold, in words."""
        also = f" or {self.names[0]} to {self.names[-1]}" if self.names else ""
        return f"{self.low} to {self.high}{also}"


_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # in days, at most
_HOUR, _DAY_OF_MONTH, _MONTH, _DAY_OF_WEEK = 1, 2, 3, 4
_FIELDS = (
    Field("minutes", 0, 59, 59),
    Field("hours", 0, 23, 23),
    Field("day-of-month", 1, 31, 31),
    Field("month", 1, 12, 12, _MONTHS),
    Field("day-of-week", 1, 7, 0, _DAYS),  # it takes no steps
    Field("year", 1970, 2199, 229),
)


def _cron(inner: str) -> Mistake | None:
    fields = inner.split()
    if len(fields) == 5:
        hint = _of_unix(fields) or "minutes, hours, day-of-month, month, day-of-week and year"
        return Mistake("has five fields, not six", hint)
    if len(fields) != 6:
        hint = "minutes, hours, day-of-month, month, day-of-week and year"
        if len(fields) == 7 and _cron(" ".join(fields[1:])) is None:
            hint = f"AWS has no seconds: write cron({' '.join(fields[1:])})"
        return Mistake(f"has {len(fields)} fields, not six", hint)
    for text, field in zip(fields, _FIELDS, strict=True):
        if wrong := next(_field(text, field), None):
            return wrong
    return _days(fields) or _never(fields)


def _days(fields: list[str]) -> Mistake | None:
    """The rule that one of the two fields for days, and one alone, is `?`."""
    of_month, of_week = fields[_DAY_OF_MONTH], fields[_DAY_OF_WEEK]
    if (of_month == "?") != (of_week == "?"):
        return None
    changed = list(fields)
    if of_month == "?":
        changed[_DAY_OF_MONTH] = "*"
        return Mistake("has ? for both day-of-month and day-of-week", f"write cron({' '.join(changed)})")
    if "*" not in {of_month, of_week}:
        hint = f"put ? into one of them{SECOND_TRIGGER[0]}"
        return Mistake("has both day-of-month and day-of-week", hint)
    changed[_DAY_OF_WEEK if of_week == "*" else _DAY_OF_MONTH] = "?"
    return Mistake("has ? for neither day-of-month nor day-of-week", f"write cron({' '.join(changed)})")


def _never(fields: list[str]) -> Mistake | None:
    """Days of the month, all of which are later than the last day of every one of its months."""
    of_month, months = fields[_DAY_OF_MONTH], fields[_MONTH]
    days = [item.upper().removesuffix("W") for item in of_month.split(",")]
    first = [_FIELDS[_DAY_OF_MONTH].number(re.split("[-/]", day)[0]) for day in days]
    if None in first or months[0] == "*":  # *, ? and L are a day of each month
        return None
    longest = max(_LENGTHS[month - 1] for month in _numbers(months, _FIELDS[_MONTH]))
    if min(filter(None, first)) <= longest:
        return None
    last = ("L" if index == _DAY_OF_MONTH else field for index, field in enumerate(fields))
    hint = f"for the last day of the month, write cron({' '.join(last)})"
    return Mistake(f"has a day-of-month that never comes: its months have {longest} at most", hint)


def _numbers(text: str, field: Field) -> Iterator[int]:
    """What the items of a field without mistakes stand for."""
    for item in text.split(","):
        base, slash, step = item.partition("/")
        first, dash, last = base.partition("-")
        low = field.low if base == "*" else field.number(first) or field.low
        high = field.number(last) if dash else field.high if slash or base == "*" else low
        yield from range(low, (high or low) + 1, int(step or 1))


def _field(text: str, field: Field) -> Iterator[Mistake]:
    """What is wrong with one field."""
    if text == "?":
        if not field.name.startswith("day"):
            yield Mistake(f"has ? for {field.name}", "write *; ? is for the two fields for days")
        return
    items = text.split(",")
    if "#" in text and len(items) > 1:
        yield Mistake(f"has a list with # for {field.name}", "AWS takes one # and nothing beside it")
    for item in items:
        yield from _item(item, field)


def _item(item: str, field: Field) -> Iterator[Mistake]:
    """What is wrong with one item of a field's list."""
    if _is_special(item, field):
        return
    base, slash, step = item.partition("/")
    first, dash, last = base.partition("-")
    wrong = f"has {item or 'nothing between commas'} for {field.name}"
    if slash and not field.step:
        yield Mistake(wrong, "it takes no steps: list its days, such as MON,WED,FRI")
    elif slash and not (re.fullmatch("[0-9]{1,3}", step) and 1 <= int(step) <= field.step):
        yield Mistake(wrong, f"after / stands a number from 1 to {field.step}")
    elif base == "*":
        return
    elif field.number(first) is None or (dash and field.number(last) is None):
        hint = f"it may be {field.values}"
        day, number, _ = item.partition("#")
        if number and field.number(day) is not None:
            hint = "after # stands a number from 1 to 5: which one of the month it is"
        elif field.names == _DAYS and "0" in {first, last}:
            hint += "; 1 is SUN"
        yield Mistake(wrong, hint)
    # The EventBridge workshop's own MON-SUN goes round the week; elsewhere no document shows that AWS does.
    elif dash and field.names != _DAYS and field.number(first) > field.number(last):  # type: ignore[operator]
        rest = f"/{step}" if slash else ""
        ways = f"{first}-{field.high}{rest},{field.low}-{last}{rest}"
        yield Mistake(wrong, f"a range goes up: write {ways}" if field.name != "year" else "a range goes up")


def _is_special(item: str, field: Field) -> bool:
    """Whether it is one of the forms with L, W or #, as the fields for days have them."""
    upper = item.upper()
    if field.name == "day-of-month":
        found = re.fullmatch("L|LW|L-([0-9]{1,2})|([0-9]{1,2})W", upper)
        number = found and (found[1] or found[2])
        return found is not None and (number is None or field.number(number) is not None)
    if field.names == _DAYS:
        found = re.fullmatch("L|([0-9A-Z]{1,3})(?:L|#[1-5])", upper)
        return found is not None and (found[1] is None or field.number(found[1]) is not None)
    return False


def hours_of(text: str) -> list[int]:
    """The hours that a cron expression's field for them names, if nothing is wrong with it."""
    return sorted(set(_numbers(text, _FIELDS[_HOUR])))


# crontab's five fields -------------------------------------------------------------------------------


def _of_unix(fields: list[str]) -> str | None:
    """The hint that says what five fields are in six, if AWS knows that."""
    minutes, hours, of_month, month, of_week = fields
    if "?" in {of_month, of_week}:  # only the year was forgotten
        return _write(*fields, "*")
    days = _unix_days(of_week)
    if of_week == "*":
        return _write(minutes, hours, of_month, month, "?", "*")
    if days is None:
        return None
    weekly = _write(minutes, hours, "?", month, days, "*")
    if of_month == "*" or weekly is None:
        return weekly
    monthly = _write(minutes, hours, of_month, month, "?", "*")
    # crontab runs on the days of either field.
    return monthly and f"{monthly}{SECOND_TRIGGER[1]}{weekly.removeprefix('write ')}"


def _write(*fields: str) -> str | None:
    inner = " ".join(fields)
    return f"write cron({inner})" if _cron(inner) is None else None


def _unix_days(text: str) -> str | None:
    """crontab's days of the week, which count from 0, or 7, for Sunday, by AWS's names."""
    days = []
    for item in text.split(","):
        if item.upper() in _DAYS:
            days.append(item.upper())
        elif re.fullmatch("[0-7]", item):
            days.append(_DAYS[int(item) % 7])
        elif found := re.fullmatch("([0-7])-([0-7])", item):
            first, last = _DAYS[int(found[1]) % 7], _DAYS[int(found[2]) % 7]
            days.append("SUN-SAT" if item == "0-7" else f"{first}-{last}")
        elif found := re.fullmatch(r"(?:\*|([0-6])-([0-6]))/([1-7])", item):
            counted = range(int(found[1] or 0), int(found[2] or 6) + 1, int(found[3]))
            days.extend(_DAYS[number] for number in counted)
        elif re.fullmatch("[A-Z]{3}-[A-Z]{3}", item.upper()):
            days.append(item.upper())
        else:
            return None
    return ",".join(days)


_CHECKS = {"rate": _rate, "cron": _cron, "at": _at}
