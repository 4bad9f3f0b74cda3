"""Schedule expressions: what AWS's guides show is taken, what AWS refuses is not, and each hint is right."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import as_json, examples, reported
from tfgen.spec import Spec
from tfgen.triggers.schedule import Schedule
from tfgen.triggers.schedule_expressions import hours_of, mistake

#: EventBridge's user guide, "Cron expressions reference", "Rate expressions reference" and "Creating a rule
#: that runs on a schedule"; EventBridge Scheduler's, "Schedule types"; and the EventBridge workshop.
OF_AWS = """
cron(0 10 * * ? *)
cron(15 12 * * ? *)
cron(0 18 ? * MON-FRI *)
cron(0 8 1 * ? *)
cron(0/15 * * * ? *)
cron(0/10 * ? * MON-FRI *)
cron(0/5 8-17 ? * MON-FRI *)
cron(0/30 20-23 ? * MON-FRI *)
cron(0/30 0-2 ? * MON-FRI *)
cron(0 9 ? * 2#1 *)
cron(15 10 ? * 6L 2022-2023)
cron(15 10 * * ? *)
cron(0 8 ? * 6L 2019-2020)
cron(* * ? * mon-sun *)
cron(0 12 3W * ? *)
cron(0 12 ? * 3#2 *)
cron(0 0 1 JAN,FEB,MAR ? *)
cron(1/10 * 1-15 * ? *)
rate(1 minute)
rate(5 minutes)
rate(1 hour)
rate(12 hours)
rate(1 day)
rate(7 days)
at(2022-11-20T13:00:00)
at(2024-02-29T23:59:59)
"""

#: In wide use, and within what the guides say.
ALSO_TAKEN = """
cron(*/5 * * * ? *)
cron(0 0-6/2 * * ? *)
cron(0 0 L * ? *)
cron(0 0 LW * ? *)
cron(0 0 L-3 * ? *)
cron(0 12 ? * FRI#3 *)
cron(0 12 ? * FRIL *)
cron(0 12 ? * L *)
cron(30 14 10,20 * ? 2026-2030)
cron(0 0 1 1/3 ? *)
cron(0 0 1 1 ? 2026/2)
cron(0 0 29 FEB ? *)
cron(0 0 30,L 2 ? *)
cron(0 0 31 2-3 ? *)
cron(0 0 29-31 2 ? *)
cron(0 1/10,2,3 * * ? *)
rate(44640 minutes)
"""

#: What AWS refuses, or what never comes, with a part of the hint. All of the first block was tried on AWS by
#: LocalStack's authors.
REFUSED = {
    "rate(10 seconds)": "rate(1 minute)",
    "rate(10 years)": "cron(0 0 1 1 ? *)",
    "rate(1 minutes)": "rate(1 minute)",
    "rate(1 hours)": "rate(1 hour)",
    "rate(1 days)": "rate(1 day)",
    "rate(10 minute)": "rate(10 minutes)",
    "rate(10 hour)": "rate(10 hours)",
    "rate(10 day)": "rate(10 days)",
    "rate()": "rate(5 minutes)",
    "rate(10)": "rate(5 minutes)",
    "rate(10 minutess)": "minutes, hours, days",
    "rate(foo minutes)": "whole number above 0",
    "rate(0 minutes)": "whole number above 0",
    "rate(-10 minutes)": "whole number above 0",
    "rate(10 MINUTES)": "rate(10 minutes)",
    "rate( 10 minutes )": "rate(10 minutes)",
    " rate(10 minutes)": "rate(10 minutes)",
    "cron(0 1 * * * *)": "cron(0 1 * * ? *)",
    "cron(7 20 * * NOT *)": "SUN to SAT",
    "cron(INVALID)": "day-of-month",
    "cron(0 dummy ? * MON-FRI *)": "0 to 23",
    "cron(71 8 1 * ? *)": "0 to 59",
    "cron()": "day-of-month",
    "at(2021-12-31T23:59:59Z)": "at(2021-12-31T23:59:59)",
    "at(2021-12-31)": "at(2030-01-31T08:00:00)",
    # The rest by the guides.
    "": "cron(0 8 * * ? *)",
    "every 5 minutes": "rate(5 minutes)",
    "rate(1.5 hours)": "whole number",
    "rate(2 weeks)": "rate(14 days)",
    "rate(1 month)": "cron(0 0 1 * ? *)",
    "rate(5 min)": "rate(5 minutes)",
    "Rate(5 minutes)": "rate(5 minutes)",
    "cron (0 8 * * ? *)": "cron(0 8 * * ? *)",
    "0 8 * * ? *": "cron(0 8 * * ? *)",
    "cron(0 8 * * ? *": "cron(0 8 * * ? *)",
    "cron(0 8 * * ? *)\n": "cron(0 8 * * ? *)",
    "cron(0 8 ? * ? *)": "cron(0 8 * * ? *)",
    "cron(0 8 * * MON *)": "cron(0 8 ? * MON *)",
    "cron(0 8 1 * MON *)": "two triggers",
    "cron(60 8 * * ? *)": "0 to 59",
    "cron(0 24 * * ? *)": "0 to 23",
    "cron(0 8 0 * ? *)": "1 to 31",
    "cron(0 8 32 * ? *)": "1 to 31",
    "cron(0 8 40W * ? *)": "1 to 31",
    "cron(0 8 * 0 ? *)": "JAN to DEC",
    "cron(0 8 * MAI ? *)": "JAN to DEC",
    "cron(0 8 ? * 0 *)": "1 is SUN",
    "cron(0 8 ? * 8 *)": "1 to 7",
    "cron(0 8 ? * 2#6 *)": "1 to 5",
    "cron(0 8 ? * MON# *)": "1 to 5",
    "cron(0 8 ? * 8#6 *)": "1 to 7",
    "cron(0 8 ? * 3#1,6#3 *)": "one #",
    "cron(0 8 ? * MON/2 *)": "MON,WED,FRI",
    "cron(0 8 * * ? 1969)": "1970 to 2199",
    "cron(0 8 * * ? 2200)": "1970 to 2199",
    "cron(? 8 * * ? *)": "write *",
    "cron(0 L * * ? *)": "0 to 23",
    "cron(*/60 * * * ? *)": "1 to 59",
    "cron(0/0 * * * ? *)": "1 to 59",
    "cron(0 22-2 * * ? *)": "22-23,0-2",
    "cron(0 22-2/2 * * ? *)": "22-23/2,0-2/2",
    "cron(0,,30 8 * * ? *)": "0 to 59",
    "cron(1-2-3 8 * * ? *)": "0 to 59",
    "cron(0 0 8 * * ? *)": "cron(0 8 * * ? *)",
    "cron(0 8 30 2 ? *)": "cron(0 8 L 2 ? *)",
    "cron(0 8 31W APR,JUN ? *)": "cron(0 8 L APR,JUN ? *)",
    "cron(0 8 31/1 4/5 ? *)": "cron(0 8 L 4/5 ? *)",
    "at(2030-02-30T08:00:00)": "in the calendar",
    "at(2030-01-31T24:00:00)": "in the calendar",
    "at(2030-01-31T08:00)": "at(2030-01-31T08:00:00)",
}

#: crontab's five fields, and the six that mean the same.
OF_CRONTAB = {
    "0 8 * * *": "cron(0 8 * * ? *)",
    "*/10 * * * *": "cron(*/10 * * * ? *)",
    "0 0 1 * *": "cron(0 0 1 * ? *)",
    "0 9 * * 1-5": "cron(0 9 ? * MON-FRI *)",
    "0 9 * * mon-fri": "cron(0 9 ? * MON-FRI *)",
    "0 2 * * 0": "cron(0 2 ? * SUN *)",
    "0 2 * * 7": "cron(0 2 ? * SUN *)",
    "0 2 * * 1,3,5": "cron(0 2 ? * MON,WED,FRI *)",
    "0 2 * * 5-7": "cron(0 2 ? * FRI-SUN *)",
    "0 2 * * 0-7": "cron(0 2 ? * SUN-SAT *)",
    "0 2 * * */2": "cron(0 2 ? * SUN,TUE,THU,SAT *)",
    "0 2 * * 1-5/2": "cron(0 2 ? * MON,WED,FRI *)",
    "0 8 * * ?": "cron(0 8 * * ? *)",
    "0 8 ? * MON": "cron(0 8 ? * MON *)",
    "@daily": "cron(0 0 * * ? *)",
    "@hourly": "cron(0 * * * ? *)",
    "@weekly": "cron(0 0 ? * SUN *)",
}


@pytest.mark.parametrize("expression", [*OF_AWS.split("\n")[1:-1], *ALSO_TAKEN.split("\n")[1:-1]])
def test_what_aws_takes_is_taken(expression: str) -> None:
    assert mistake(expression) is None


@pytest.mark.parametrize(("expression", "hint"), REFUSED.items())
def test_what_aws_refuses_or_what_never_comes_is_refused_with_a_hint(expression: str, hint: str) -> None:
    found = mistake(expression)
    assert found is not None
    assert hint in found.hint


@pytest.mark.parametrize(("fields", "same"), OF_CRONTAB.items())
def test_an_expression_of_crontab_gets_the_one_that_means_the_same(fields: str, same: str) -> None:
    for expression in {fields, fields if fields.startswith("@") else f"cron({fields})"}:
        found = mistake(expression)
        assert found is not None
        assert found.hint == f"write {same}"


def test_both_days_of_crontab_are_two_schedules() -> None:
    found = mistake("0 9 1 * 1")
    assert found is not None
    assert found.hint == "write cron(0 9 1 * ? *) and, in a trigger of its own, cron(0 9 ? * MON *)"


@pytest.mark.parametrize(
    ("field", "hours"),
    [
        ("8", [8]),
        ("*", list(range(24))),
        ("2/10", [2, 12, 22]),
        ("*/8", [0, 8, 16]),
        ("20,8-10", [8, 9, 10, 20]),
        ("0-12/6", [0, 6, 12]),
    ],
)
def test_the_hours_of_a_field(field: str, hours: list[int]) -> None:
    assert mistake(f"cron(0 {field} * * ? *)") is None
    assert hours_of(field) == hours


pieces = st.sampled_from(
    [*"0123456789*?-/,#LW ", "MON", "JAN", "60", "2030", "minutes", "week", "T08:00:00Z"]
)
near_misses = st.builds(
    "{}{}{}".format,
    st.sampled_from(["rate(", "cron(", "at(", "@", ""]),
    st.lists(pieces, max_size=14).map("".join),
    st.sampled_from([")", ""]),
)


@examples(300)
@given(expression=near_misses | st.text(max_size=40))
def test_any_text_is_taken_or_gets_a_hint_that_is_taken(expression: str) -> None:
    found = mistake(expression)
    if found is not None:
        assert found.what
        for written in re.findall(r"\b(?:rate|cron|at)\([^()]*\)", found.hint):
            if written != "at(yyyy-mm-ddThh:mm:ss)":
                assert mistake(written) is None


def zone_findings(zone: str) -> list[str]:
    trigger = {"type": "schedule", "schedule_expression": "rate(1 hour)", "timezone": zone}
    return [code for code, _, _ in reported(as_json({"function_name": "f", "triggers": [trigger]}))]


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Berln",
        "europe/berlin",
        "CEST",
        "Mars/Olympus",
        "Europe",
        "Europe/",
        "America/Argentina/",
        "UTC+2",
        "posix/Europe/Berlin",
        "right/UTC",
        "localtime",
        "Factory",
        "posixrules",
    ],
)
def test_a_zone_that_is_none_is_found(zone: str) -> None:
    assert zone_findings(zone) == ["TFG204"]


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Berlin",
        "UTC",
        "America/Argentina/Buenos_Aires",
        "Europe/Xxxxxxxx",
        "US/Eastern",
        "Asia/Katmandu",
        "EST5EDT",
        "Etc/GMT+5",
    ],
)
def test_a_zone_is_taken_and_so_is_one_that_may_be_younger_than_the_database(zone: str) -> None:
    assert zone_findings(zone) == []


@pytest.mark.parametrize(
    ("zone", "near"),
    [
        ("Europe/Berln", "`Europe/Berlin`"),
        ("Asia/Tokio", "`Asia/Tokyo`"),
        ("utc", "`UTC`"),
        ("posix/Europe/Berlin", "`Europe/Berlin`"),
        ("Europe/", None),
        ("CEST", None),
    ],
)
def test_only_a_near_name_is_offered(zone: str, near: str | None) -> None:
    trigger = Schedule(type="schedule", schedule_expression="rate(1 hour)", timezone=zone)
    (found,) = trigger.findings(Spec.model_validate({"function_name": "f"}))
    assert found.hint.startswith(f"did you mean {near}? " if near else "write a name")


def test_names_that_a_database_may_leave_out_are_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    few = frozenset({"Asia/Kathmandu", "Etc/UTC", "Europe/Berlin"})
    monkeypatch.setattr("tfgen.triggers.schedule._zones", lambda _: few)
    for zone in ("Asia/Katmandu", "US/Eastern", "Japan", "Europe/Kyiv"):
        assert zone_findings(zone) == []


def test_without_a_database_no_zone_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import zoneinfo

    zoneinfo.ZoneInfo.clear_cache()
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(tmp_path)])
    monkeypatch.setattr("importlib.resources.files", lambda _: tmp_path)
    try:
        assert zone_findings("Europe/Berln") == []
        assert zone_findings("posix/Europe/Berlin") == ["TFG204"]
    finally:
        zoneinfo.reset_tzpath(before)
