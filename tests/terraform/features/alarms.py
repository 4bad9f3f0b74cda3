"""The alarms of specs/alarms.yaml, as CloudWatch holds them."""

from __future__ import annotations

from typing import Any

ACTION = "arn:aws:sns:us-east-1:123456789012:on-call"
ORDERS = "arn:aws:sns:us-east-1:123456789012:orders"
#: Each alarm's metric, dimension, statistic, threshold, and of how many periods of how many seconds how many.
EXPECTED = {
    "errors": ("Errors", "invoices", "Sum", 3, (2, 5, 60)),
    "duration": ("Duration", "invoices", "p99", 22500, (1, 1, 300)),
    "concurrent-executions": ("ConcurrentExecutions", "invoices", "Maximum", 16, (1, 1, 300)),
    "queue-age": ("ApproximateAgeOfOldestMessage", "invoices-orders", "Maximum", 600, (1, 1, 300)),
    "dead-letters": ("ApproximateNumberOfMessagesVisible", "failed-invoices", "Maximum", 1, (1, 1, 300)),
    "dead-letters-orders": (
        *("ApproximateNumberOfMessagesVisible", "invoices-orders-dead-letters", "Maximum", 1),
        (1, 1, 300),
    ),
    "async-events-dropped": ("AsyncEventsDropped", "invoices", "Sum", 1, (1, 1, 300)),
    "async-event-age": ("AsyncEventAge", "invoices", "Maximum", 5400000, (1, 1, 300)),
    "dead-letter-errors": ("DeadLetterErrors", "invoices", "Sum", 1, (1, 1, 300)),
    "invocations": ("Invocations", "invoices", "Sum", 10000, (2, 2, 300)),
    "no-invoices": ("Written", "invoices", "Sum", 1, (24, 24, 3600)),
}


def surroundings(aws: Any) -> dict[str, Any]:
    """The module's inputs: whom alarms tell."""
    return {"alarm_actions": [ACTION], "ok_actions": [ACTION], "orders_topic_arn": ORDERS}


def check(aws: Any, name: str) -> None:
    """Each alarm watches its metric, with the thresholds that follow from the function."""
    found = aws("cloudwatch").describe_alarms(AlarmNamePrefix=f"{name}-")["MetricAlarms"]
    alarms = {alarm["AlarmName"].removeprefix(f"{name}-"): alarm for alarm in found}
    assert alarms.keys() == {*EXPECTED, "error-rate", "http-5xx"}
    for key, (metric, dimension, statistic, threshold, times) in EXPECTED.items():
        alarm = alarms[key]
        ((_, value),) = [tuple(one.values()) for one in alarm["Dimensions"]]
        assert (alarm["MetricName"], value) == (metric, dimension), key
        assert alarm.get("Statistic", alarm.get("ExtendedStatistic")) == statistic, key
        assert alarm["Threshold"] == threshold, key
        count = alarm["EvaluationPeriods"]
        assert (alarm.get("DatapointsToAlarm", count), count, alarm["Period"]) == times, key
    rate(alarms["error-rate"])
    (api,) = [one for one in aws("apigatewayv2").get_apis()["Items"] if one["Name"] == f"{name}-api"]
    assert alarms["http-5xx"]["Dimensions"] == [{"Name": "ApiId", "Value": api["ApiId"]}]
    told(alarms)


def rate(alarm: dict[str, Any]) -> None:
    """100 times the errors by the calls, where there are enough of them."""
    by_id = {query["Id"]: query for query in alarm["Metrics"]}
    assert by_id.keys() == {"error_rate", "errors", "invocations"}
    computed = by_id["error_rate"]
    assert computed["Expression"] == "IF(invocations >= 20, 100 * errors / invocations, 0)"
    assert [query["Id"] for query in alarm["Metrics"] if query.get("ReturnData")] == ["error_rate"]
    for key, metric in (("errors", "Errors"), ("invocations", "Invocations")):
        stat = by_id[key]["MetricStat"]
        assert (stat["Metric"]["MetricName"], stat["Stat"], stat["Period"]) == (metric, "Sum", 300)
    assert (alarm["Threshold"], alarm["EvaluationPeriods"]) == (2.5, 2)


def told(alarms: dict[str, dict[str, Any]]) -> None:
    """Whom alarms tell, and what they make of a period in which nothing was measured."""
    for key, alarm in alarms.items():
        own = key == "queue-age"
        assert alarm["AlarmActions"] == [ORDERS if own else ACTION], key
        assert alarm["OKActions"] == ([] if own else [ACTION]), key
        missing = "breaching" if key == "no-invoices" else "notBreaching"
        assert alarm["TreatMissingData"] == missing, key
