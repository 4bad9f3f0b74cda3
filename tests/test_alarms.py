"""Which alarms follow from which function, what they are in alarm from, and what they say."""

from __future__ import annotations

import re
from typing import Any

import pygohcl
import pytest

from tests.strategies import as_yaml, modules, read, reported
from tfgen.plan import plan
from tfgen.render import render
from tfgen.spec.default_alarms import alarm_names

ALWAYS = ["errors", "error_rate", "throttles", "duration"]
ASYNCHRONOUS = ["async_events_dropped", "async_event_age"]
STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/clicks"
QUEUE = "arn:aws:sqs:eu-central-1:123456789012:jobs"
BALANCING = "arn:aws:elasticloadbalancing:eu-central-1:123456789012"
LISTENER = f"{BALANCING}:listener/app/shop/0123456789abcdef/0123456789abcdef"
KINESIS = {"type": "kinesis", "stream_arn": STREAM, "starting_position": "LATEST"}
API = {"routes": ["GET /orders"]}


def spec(alarms: Any = "default", **keys: Any) -> str:
    return as_yaml(
        {
            "function_name": "orders",
            "runtime": "python3.13",
            "handler": "app.handler",
            "filename": "app.zip",
            "alarms": alarms,
            **keys,
        }
    )


def made(text: str) -> dict[str, dict[str, Any]]:
    """The alarms of a spec's module, by their labels, in their order."""
    files = modules(text)
    if "monitoring.tf" not in files:
        return {}
    labels = re.findall(
        r'^resource "aws_cloudwatch_metric_alarm" "(\w+)"', files["monitoring.tf"], re.MULTILINE
    )
    parsed = pygohcl.loads(files["monitoring.tf"], keep_interpolations=True)
    found: dict[str, dict[str, Any]] = parsed["resource"]["aws_cloudwatch_metric_alarm"]
    assert found.keys() == {*labels}
    return {label: found[label] for label in labels}


def argument(text: str, alarm: str, name: str) -> str:
    """An argument of an alarm as it is written."""
    block = modules(text)["monitoring.tf"].split(f'"{alarm}" {{')[1].split("\n}\n")[0]
    (written,) = re.findall(rf"^ +{name} += (.*)$", block, re.MULTILINE)
    return str(written)


# The default set -------------------------------------------------------------------------------------

FUNCTIONS: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a function that is only called": ({}, []),
    "a reservation": ({"reserved_concurrent_executions": 5}, ["concurrent_executions"]),
    "a reservation of the caller's": (
        {"reserved_concurrent_executions": "${var.reserved_concurrent_executions}"},
        ["concurrent_executions"],
    ),
    "no reservation": ({"reserved_concurrent_executions": -1}, []),
    "a reservation that each call takes up": ({"reserved_concurrent_executions": 1}, []),
    "provisioned concurrency": (
        {"provisioned_concurrency_config": {"provisioned_concurrent_executions": 2}},
        ["provisioned_concurrency_spillover"],
    ),
    "a stream": ({"triggers": [KINESIS]}, ["iterator_age"]),
    "a stream, and where its failures go": (
        {"triggers": [{**KINESIS, "on_failure": QUEUE}]},
        ["iterator_age", "destination_failures"],
    ),
    "the interface's mapping of a stream": (
        {"event_source_mapping": {"event_source_arn": "${var.stream}", "starting_position": "LATEST"}},
        ["iterator_age"],
    ),
    "the interface's mapping of a queue": (
        {"event_source_mapping": {"event_source_arn": QUEUE}},
        ["queue_age"],
    ),
    "the interface's mapping of whatever the caller has": (
        {"event_source_mapping": {"event_source_arn": "${var.whatever}"}},
        [],
    ),
    "a queue": ({"triggers": [{"type": "sqs", "queue_arn": QUEUE}]}, ["queue_age"]),
    "a queue of the module's own": (
        {"triggers": [{"type": "sqs", "name": "jobs", "create": {}}]},
        ["queue_age", "dead_letters"],
    ),
    "two queues": (
        {"triggers": [{"type": "sqs", "create": {}}, {"type": "sqs", "name": "jobs", "create": {}}]},
        ["queue_age_sqs", "queue_age_jobs", "dead_letters_sqs", "dead_letters_jobs"],
    ),
    "asynchronous triggers": ({"triggers": [{"type": "s3", "bucket": "uploads"}]}, ASYNCHRONOUS),
    "mail that waits for an answer": (
        {"triggers": [{"type": "ses", "rule_set_name": "mail", "invocation_type": "RequestResponse"}]},
        [],
    ),
    "a trigger's dead letter queue": (
        {
            "triggers": [
                {
                    "type": "sns",
                    "topic_arn": "arn:aws:sns:eu-central-1:123456789012:orders",
                    "dead_letter_config": {"create": True},
                }
            ]
        },
        ["dead_letters", *ASYNCHRONOUS],
    ),
    "asynchronous calls": ({"async": {"maximum_retry_attempts": 0}}, ASYNCHRONOUS),
    "asynchronous calls, and where failures go": (
        {"async": {"on_failure": QUEUE}},
        [*ASYNCHRONOUS, "destination_failures"],
    ),
    "a dead letter queue": (
        {"dead_letter_config": {"target_arn": QUEUE}},
        ["dead_letters", "dead_letter_errors"],
    ),
    "a dead letter topic": (
        {"dead_letter_config": {"target_arn": "arn:aws:sns:eu-central-1:123456789012:dead"}},
        ["dead_letter_errors"],
    ),
    "dead letters to wherever the caller says": (
        {"dead_letter_config": {"target_arn": "${var.dead}"}},
        ["dead_letter_errors"],
    ),
    "an HTTP API": ({"triggers": [{"type": "http_api", **API}]}, ["http_5xx"]),
    "two APIs": (
        {"triggers": [{"type": "http_api", **API}, {"type": "api_gateway", "name": "rest", **API}]},
        ["http_5xx_http_api", "http_5xx_rest"],
    ),
    "an API that others have routes of as well": (
        {
            "triggers": [
                {
                    "type": "http_api",
                    "api_id": "${var.api}",
                    "execution_arn": "${var.arn}",
                    **API,
                }
            ]
        },
        [],
    ),
    "a load balancer": (
        {
            "triggers": [
                {
                    "type": "alb",
                    "listener_arn": LISTENER,
                    "conditions": [{"path_pattern": {"values": ["/*"]}}],
                }
            ]
        },
        ["http_5xx"],
    ),
    "a URL": ({"function_url": {}}, ["url_5xx"]),
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_the_default_set_follows_from_the_function(function: str) -> None:
    keys, also = FUNCTIONS[function]
    text = spec(**keys)
    found = made(text)
    assert list(found) == [*ALWAYS, *also]
    assert alarm_names(read(text)) == tuple(found)
    assert {alarm["alarm_name"] for alarm in found.values()} == {
        f"${{var.function_name}}-{label.replace('_', '-')}" for label in found
    }


def test_a_quiet_function_is_not_in_alarm() -> None:
    for keys, _ in FUNCTIONS.values():
        assert {alarm["treat_missing_data"] for alarm in made(spec(**keys)).values()} == {"notBreaching"}


# What a spec says about it ---------------------------------------------------------------------------

SQS = [{"type": "sqs", "create": {}}, {"type": "sqs", "name": "jobs", "create": {}}]
SAID: dict[str, tuple[Any, list[str]]] = {
    "only those that are named": ({"errors": {"threshold": 5}}, ["errors"]),
    "named, and nothing said": ({"throttles": True, "duration": {}}, ["throttles", "duration"]),
    "in the order of the set, and own ones last": (
        {"late": {"metric_name": "Late", "statistic": "Sum", "threshold": 1}, "throttles": {}, "errors": {}},
        ["errors", "throttles", "late"],
    ),
    "one left out": (
        {"default": True, "throttles": False},
        [
            "errors",
            "error_rate",
            "duration",
            *(f"{kind}_{q}" for kind in ("queue_age", "dead_letters") for q in ("sqs", "jobs")),
        ],
    ),
    "one queue's": ({"queue_age_jobs": {}}, ["queue_age_jobs"]),
    "none": ({"default": False}, []),
    "beyond the set": ({"invocations": {"threshold": 10000}}, ["invocations"]),
}


@pytest.mark.parametrize("case", SAID)
def test_a_mapping_says_which_alarms_there_are(case: str) -> None:
    alarms, expected = SAID[case]
    text = spec(alarms, triggers=SQS)
    assert list(made(text)) == expected


def test_what_is_said_of_a_kind_holds_for_each_source_but_those_that_say_it_themselves() -> None:
    alarms = {"queue_age": {"threshold": 60, "period": 60}, "queue_age_jobs": {"threshold": 5}}
    found = made(spec(alarms, triggers=SQS))
    assert {label: (alarm["threshold"], alarm["period"]) for label, alarm in found.items()} == {
        "queue_age_sqs": (60, 60),
        "queue_age_jobs": (5, 300),
    }


def test_a_queue_that_only_the_caller_knows_is_watched_where_the_spec_asks_for_it() -> None:
    found = made(spec({"dead_letters": {}}, dead_letter_config={"target_arn": "${var.dead}"}))
    name = 'try(element(split(":", local.dead_letter_config.target_arn), 5), "none")'
    assert found["dead_letters"]["dimensions"] == {"QueueName": name}
    mapping = {"event_source_arn": "${var.whatever}"}
    found = made(spec({"queue_age": {}}, event_source_mapping=mapping, dashboard=True))
    name = 'try(element(split(":", local.event_source_mapping.event_source_arn), 5), "none")'
    assert found["queue_age"]["dimensions"] == {"QueueName": name}


# Thresholds ------------------------------------------------------------------------------------------

RESERVED = (
    "(coalesce(var.reserved_concurrent_executions, -1) > 0 ? var.reserved_concurrent_executions : 1000)"
)
LIMITS: dict[str, tuple[str, Any, dict[str, Any], str]] = {
    "the timeout that the caller chooses": ("duration", {}, {}, "var.timeout * 1000 * 80 / 100"),
    "a share of it": ("duration", {"percentage": 50}, {"timeout": 60}, "var.timeout * 1000 * 50 / 100"),
    "a share that the caller chooses": (
        *("duration", {"percentage": "${var.share}"}, {"timeout": "${var.limit}"}),
        "local.timeout * 1000 * var.share / 100",
    ),
    "milliseconds instead": ("duration", {"threshold": 1500.5}, {}, "1500.5"),
    "the reservation": (
        *("concurrent_executions", {}, {"reserved_concurrent_executions": 7}),
        f"ceil({RESERVED} * 80 / 100)",
    ),
    "how long events are kept": ("async_event_age", {}, {}, "21600 * 1000 * 25 / 100"),
    "how long these events are kept": (
        *("async_event_age", {}, {"async": {"maximum_event_age_in_seconds": 60}}),
        "60 * 1000 * 25 / 100",
    ),
}


@pytest.mark.parametrize("limit", LIMITS)
def test_a_threshold_follows_from_the_functions_limits(limit: str) -> None:
    alarm, said, keys, expected = LIMITS[limit]
    assert argument(spec({alarm: said}, **keys), alarm, "threshold") == expected


def test_the_error_rate_is_one_alarm_computed_from_two_metrics() -> None:
    (alarm,) = made(spec({"error_rate": {"minimum_invocations": "${var.least}", "period": 60}})).values()
    queries = {query["id"]: query for query in alarm["metric_query"]}
    assert (
        queries["error_rate"]["expression"]
        == "IF(invocations >= ${var.least}, 100 * errors / invocations, 0)"
    )
    assert [queries[key]["metric"]["metric_name"] for key in ("errors", "invocations")] == [
        "Errors",
        "Invocations",
    ]
    assert {queries[key]["metric"]["period"] for key in ("errors", "invocations")} == {60}
    assert "metric_name" not in alarm


# Metrics ---------------------------------------------------------------------------------------------

SOURCES: dict[str, tuple[dict[str, Any], str, dict[str, str]]] = {
    "a queue by its ARN": ({"type": "sqs", "queue_arn": QUEUE}, "queue_age", {"QueueName": "jobs"}),
    "a queue that the caller names": (
        {"type": "sqs", "queue_arn": "${var.queue}"},
        "queue_age",
        {"QueueName": 'element(split(":", var.queue), 5)'},
    ),
    "a queue of the module's": (
        {"type": "sqs", "name": "jobs", "create": {}},
        "dead_letters",
        {"QueueName": "aws_sqs_queue.jobs_dead_letters.name"},
    ),
    "a dead letter queue by its ARN": (
        {
            "type": "sns",
            "topic_arn": "arn:aws:sns:eu-central-1:123456789012:orders",
            "dead_letter_config": {"arn": QUEUE},
        },
        "dead_letters",
        {"QueueName": "jobs"},
    ),
    "an HTTP API": (
        {"type": "http_api", "name": "shop", **API},
        "http_5xx",
        {"ApiId": "aws_apigatewayv2_api.shop.id"},
    ),
    "a REST API": (
        {"type": "api_gateway", "name": "shop", **API},
        "http_5xx",
        {"ApiName": "aws_api_gateway_rest_api.shop.name"},
    ),
}


@pytest.mark.parametrize("source", SOURCES)
def test_an_alarm_looks_at_its_source(source: str) -> None:
    trigger, alarm, dimensions = SOURCES[source]
    assert made(spec(triggers=[trigger]))[alarm]["dimensions"] == dimensions


def test_a_load_balancers_own_answers_for_the_function_count_as_well() -> None:
    """It answers 502 itself where the function fails, of which its target's 5xx answers know nothing."""
    trigger = {
        "type": "alb",
        "name": "shop",
        "listener_arn": LISTENER,
        "conditions": [{"path_pattern": {"values": ["/*"]}}],
    }
    alarm = made(spec({"http_5xx": {"period": 60}}, triggers=[trigger]))["http_5xx"]
    total, *queries = alarm["metric_query"]
    assert total["expression"] == "SUM([FILL(answers, 0), FILL(user_errors, 0), FILL(internal_errors, 0)])"
    assert [query["id"] for query in queries] == ["answers", "user_errors", "internal_errors"]
    metrics = [query["metric"] for query in queries]
    assert [metric["metric_name"] for metric in metrics] == [
        "HTTPCode_Target_5XX_Count",
        "LambdaUserError",
        "LambdaInternalError",
    ]
    for metric in metrics:
        assert (metric["namespace"], metric["stat"], metric["period"]) == ("AWS/ApplicationELB", "Sum", 60)
        assert metric["dimensions"] == {
            "LoadBalancer": f'join("/", slice(split("/", "{LISTENER}"), 1, 4))',
            "TargetGroup": "aws_lb_target_group.shop.arn_suffix",
        }
    assert not {"metric_name", "dimensions", "statistic", "period"} & alarm.keys()
    dashboard = modules(spec(dashboard=True, triggers=[trigger]))["monitoring.tf"].split(
        "aws_cloudwatch_dashboard"
    )[1]
    assert re.findall(r'"AWS/ApplicationELB", "(\w+)", "LoadBalancer"', dashboard) == [
        metric["metric_name"] for metric in metrics
    ]


def test_metrics_of_the_function_count_all_its_versions() -> None:
    """By name alone: with an alias as well, behind which a new version may be the one that fails."""
    text = spec(alias={"name": "live"})
    for name, alarm in made(text).items():
        metrics = (
            [alarm] if name != "error_rate" else [query["metric"] for query in alarm["metric_query"][1:]]
        )
        for metric in metrics:
            assert metric["dimensions"] == {"FunctionName": "aws_lambda_function.this.function_name"}
    assert "all of its versions" in modules(text)["monitoring.tf"]


# Words -----------------------------------------------------------------------------------------------

WORDS: dict[str, tuple[Any, str]] = {
    "errors": ({"threshold": 1}, "Calls of the function fail: at least 1 error in 5 minutes."),
    "throttles": (
        {"threshold": "${var.many}", "period": 3600, "comparison_operator": "GreaterThanThreshold"},
        "Calls are turned away, since too many run at once: more than ${var.many} throttled calls in 1 hour.",
    ),
    "iterator_age": (
        {"threshold": 90000, "evaluation_periods": 3, "datapoints_to_alarm": 2},
        "The function is behind its stream; what is older than the stream keeps is lost: at least 90 seconds "
        "(highest of 5 minutes), 2 of 3 times.",
    ),
    "duration": (
        {"extended_statistic": "p99", "period": "${var.period}", "evaluation_periods": 2},
        "Calls take nearly as long as they may before they are cut off: at least 80 % of the function's "
        "timeout (p99 of ${var.period} seconds), 2 times in a row.",
    ),
    "error_rate": (
        {},
        "A large share of the calls fails: at least 5 % of the calls in 5 minutes with 10 calls or more, "
        "2 times in a row.",
    ),
    "no_orders": (
        {
            "metric_name": "Written",
            "threshold": 1,
            "statistic": "Average",
            "comparison_operator": "LessThanThreshold",
        },
        "Written: less than 1 (average of 5 minutes).",
    ),
    "late": (
        {
            "metric_name": "Late",
            "threshold": 1,
            "statistic": "Sum",
            "alarm_description": "Call ${aws.region}!",
        },
        "Call ${data.aws_region.current.id}!",
    ),
}


@pytest.mark.parametrize("name", WORDS)
def test_an_alarm_says_what_it_means(name: str) -> None:
    said, expected = WORDS[name]
    assert made(spec({name: said}))[name]["alarm_description"] == expected


# Who is told -----------------------------------------------------------------------------------------


def test_whom_alarms_tell_is_the_callers_to_say_unless_all_say_it_themselves() -> None:
    own = {"alarm_actions": ["arn:aws:sns:eu-central-1:123456789012:on-call"], "ok_actions": []}
    for alarms, expected in (
        ({"errors": own, "throttles": {}}, {"alarm_actions", "ok_actions"}),
        ({"errors": own}, set()),
    ):
        files = render(plan(read(spec(alarms)), "orders.yaml"))
        variables = pygohcl.loads(files["variables.tf"], keep_interpolations=True)["variable"]
        assert {name for name in variables if name.endswith("_actions")} == expected
        assert ("without it, nobody hears of an alarm" in files["README.md"]) == bool(expected)


def test_the_inputs_of_alarms_are_no_other_inputs() -> None:
    text = spec({"errors": {"threshold": "${var.alarm_actions}"}})
    assert [code for code, _, _ in reported(text)] == ["TFG107"]


# The dashboard ---------------------------------------------------------------------------------------


def test_a_dashboard_shows_alarms_where_there_are_any_and_logs_that_can_be_queried() -> None:
    alone = modules(as_yaml({"function_name": "orders", "filename": "a.zip", "dashboard": True}))[
        "monitoring.tf"
    ]
    assert "aws_cloudwatch_metric_alarm" not in alone
    assert "SOURCE '/aws/lambda/${var.function_name}'" in alone
    unread = spec(dashboard=True, log_group={"log_group_class": "DELIVERY"})
    found = modules(unread)["monitoring.tf"]
    assert "aws_cloudwatch_metric_alarm.errors.arn," in found
    assert "SOURCE" not in found


def test_a_dashboard_has_a_limit_where_the_function_has_one() -> None:
    for keys, expected in (
        ({}, ["Timeout"]),
        ({"reserved_concurrent_executions": 3}, ["Timeout", "Reservation"]),
    ):
        found = modules(spec(dashboard=True, **keys))["monitoring.tf"]
        assert re.findall(r'\{ label = "(\w+)", value = ', found) == expected
