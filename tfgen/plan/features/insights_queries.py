"""Saved queries over the logs: the default set, for logs in either format, and those of the spec."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tfgen.expressions import Template
from tfgen.hcl import Hcl, Interpolation, Ref, Value, to_hcl
from tfgen.plan.model import Command, FeaturePlan, Table
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import function_name, log_group, text
from tfgen.spec.logs import InsightsQuery, of_the_default_set
from tfgen.spec.models import Spec
from tfgen.triggers.checks import Check

_LONGEST = 100  # of a query in the README

# Of the line REPORT, Logs Insights makes fields with an @, which have memory in bytes: CloudWatch Logs user
# guide, "Supported logs and discovered fields". Logs as JSON have platform.report in its place: Lambda
# developer guide, "Lambda Telemetry API Event schema reference".
_REPORT = 'filter @type = "REPORT"'
_PLATFORM_REPORT = 'filter type = "platform.report"'


class _Default(NamedTuple):
    """A query of the default set: what it shows, and its lines for logs in either format."""

    shows: str
    text: Sequence[str]
    json: Sequence[str]


_ERRORS = _Default(
    "Errors that were logged, and calls that failed or timed out, the latest first",
    (
        "fields @timestamp, @requestId, @message",
        "| filter @message like /ERROR|CRITICAL|FATAL|Exception|Task timed out|Status: (error|timeout)/",
        "| sort @timestamp desc",
        "| limit 50",
    ),
    (
        "fields @timestamp, coalesce(requestId, AWSRequestId, record.requestId) as request_id, @message",
        "| filter level like /(?i)^(error|critical|fatal)$/",
        '  or (type = "platform.report" and record.status != "success")',
        "| sort @timestamp desc",
        "| limit 50",
    ),
)
_SLOWEST = _Default(
    "The calls that took longest, in milliseconds",
    (
        _REPORT,
        "| fields @timestamp, @requestId, @duration, @billedDuration, @initDuration",
        "| sort @duration desc",
        "| limit 25",
    ),
    (
        _PLATFORM_REPORT,
        "| fields @timestamp, record.requestId, record.metrics.durationMs,",
        "  record.metrics.billedDurationMs, record.metrics.initDurationMs",
        "| sort record.metrics.durationMs desc",
        "| limit 25",
    ),
)
_MEMORY = _Default(
    "How much of its memory the function takes, in MB, by the hour",
    (
        _REPORT,
        "| stats max(@memorySize / 1000 / 1000) as given_mb,",
        "  avg(@maxMemoryUsed / 1000 / 1000) as average_mb,",
        "  max(@maxMemoryUsed / 1000 / 1000) as most_mb,",
        "  given_mb - most_mb as spare_mb",
        "  by bin(1h)",
    ),
    (
        _PLATFORM_REPORT,
        "| stats max(record.metrics.memorySizeMB) as given_mb,",
        "  avg(record.metrics.maxMemoryUsedMB) as average_mb,",
        "  max(record.metrics.maxMemoryUsedMB) as most_mb,",
        "  given_mb - most_mb as spare_mb",
        "  by bin(1h)",
    ),
)


def _cold_starts(spec: Spec) -> _Default:
    def starts(field: str) -> tuple[str, ...]:
        return (
            f"| stats count(*) as calls, count({field}) as cold_starts,",
            f"  avg({field}) as average_ms, max({field}) as longest_ms",
            "  by bin(1h)",
        )

    shows = "How many calls had to wait for a start, and how many milliseconds that took, by the hour"
    if not spec.has_snap_start:
        own = (_PLATFORM_REPORT, *starts("record.metrics.initDurationMs"))
        return _Default(shows, (_REPORT, *starts("@initDuration")), own)
    # A snapshot is restored where others start anew, of which Logs Insights knows no field.
    restored = "| parse @message /Restore Duration: (?<restoreDuration>[0-9.]+) ms/"
    own = (_PLATFORM_REPORT, *starts("record.metrics.restoreDurationMs"))
    return _Default(shows, (_REPORT, restored, *starts("restoreDuration")), own)


class _Query(NamedTuple):
    """A saved query: its name, what it shows, and its text as HCL."""

    name: str
    shows: str
    query_string: Hcl


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The saved queries, if any is asked for."""
    queries = [*_of_the_module(spec, module), *_of_the_spec(spec, module)]
    if not queries:
        return None
    arguments = {
        "queries": [
            {
                "label": Hcl(query.name),
                # A slash makes a folder in the console.
                "name": to_hcl(Interpolation((module.address("function_name"), f"/{query.name}"))),
                "query_string": query.query_string,
            }
            for query in queries
        ],
        "log_group_name": module.log_group_name,
    }
    rows = tuple((f"{function_name(spec)}/{query.name}", query.shows) for query in queries)
    table = Table(
        "Saved queries",
        "They are in the console, under CloudWatch, Logs Insights, Queries.",
        ("Name", "What it shows"),
        rows,
    )
    return FeaturePlan(
        "insights_queries",
        arguments,
        commands=(_command(spec, queries[0]),),
        tables=(table,),
        checks=tuple(check for query in queries for check in _checks(query, module)),
    )


def _checks(query: _Query, module: Surroundings) -> Iterator[Check]:
    address = f"aws_cloudwatch_query_definition.{query.name}"
    yield Check(Hcl(f"{address}.query_string"), query.query_string)
    yield Check(Hcl(f"{address}.log_group_names"), [module.log_group_name], in_any_order=True)


def _of_the_module(spec: Spec, module: Surroundings) -> list[_Query]:
    known = {"errors": _ERRORS, "slowest": _SLOWEST, "cold_starts": _cold_starts(spec), "memory": _MEMORY}
    queries = [(name, known[name]) for name in of_the_default_set(spec.insights_queries)]
    return [_Query(name, query.shows, _in_format(query, spec, module)) for name, query in queries]


def _in_format(query: _Default, spec: Spec, module: Surroundings) -> Hcl:
    """The query for the format of the logs: that of the spec, or the one that only the caller knows."""
    log_format = spec.logging_config.log_format if spec.logging_config else "Text"
    if isinstance(log_format, Template):
        either = f"JSON = {_list(query.json)}\nText = {_list(query.text)}"
        return Hcl(f'join("\\n", {{\n{either}\n}}[{module.hcl(log_format)}])')
    return _joined(query.json if log_format == "JSON" else query.text)


def _of_the_spec(spec: Spec, module: Surroundings) -> list[_Query]:
    return [
        _Query(name, _shortened(query), _joined(_lines(module.value(query.query_string))))
        for name, query in spec.insights_queries.items()
        if isinstance(query, InsightsQuery)
    ]


def _lines(value: Value) -> list[Value]:
    """The lines of a text, without the empty ones at its end."""
    lines: list[list[str | Ref]] = [[]]
    for part in value if isinstance(value, Interpolation) else [value]:
        if isinstance(part, Ref):
            lines[-1].append(part)
            continue
        first, *others = str(part).split("\n")
        lines[-1].append(first)
        lines.extend([other] for other in others)
    while len(lines) > 1 and not any(lines[-1]):
        lines.pop()
    return [_line(line) for line in lines]


def _line(parts: Sequence[str | Ref]) -> Value:
    kept = tuple(part for part in parts if part)
    if any(isinstance(part, Ref) for part in kept):
        return kept[0] if len(kept) == 1 else Interpolation(kept)
    return "".join(kept)


def _joined(lines: Sequence[Value]) -> Hcl:
    """A text of several lines, as a reviewer can read it."""
    return to_hcl(lines[0]) if len(lines) == 1 else Hcl(f'join("\\n", {_list(lines)})')


def _list(lines: Sequence[Value]) -> Hcl:
    return Hcl("[\n" + "".join(f"{to_hcl(line)},\n" for line in lines) + "]")


def _shortened(query: InsightsQuery) -> str:
    words = " ".join(text(query.query_string).split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _command(spec: Spec, query: _Query) -> Command:
    name = f"{function_name(spec)}/{query.name}"
    return Command(
        f"What the saved query {query.name} finds in the last hour",
        "\n".join(
            (
                f"query=$(aws logs describe-query-definitions --query-definition-name-prefix {name} \\",
                # The prefix is that of `errors_of_a_shop` as well.
                f"  --query \"queryDefinitions[?name=='{name}'].queryString\" --output text)",
                f"query_id=$(aws logs start-query --log-group-name {log_group(spec)} \\",
                '  --start-time "$(($(date +%s) - 3600))" --end-time "$(date +%s)" \\',
                '  --query-string "$query" --query queryId --output text)',
                'sleep 5 && aws logs get-query-results --query-id "$query_id"',
            )
        ),
    )
