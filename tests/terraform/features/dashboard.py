"""The dashboard of specs/dashboard.yaml, as CloudWatch holds it."""

from __future__ import annotations

import json
from typing import Any


def surroundings(aws: Any) -> dict[str, str]:
    """Make what the function reads."""
    stream = {"StreamName": "scans"}
    aws("kinesis").create_stream(**stream, ShardCount=1)
    queue = aws("sqs").create_queue(QueueName="labels")["QueueUrl"]
    known = aws("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    return {
        "scans_stream_arn": aws("kinesis").describe_stream(**stream)["StreamDescription"]["StreamARN"],
        "labels_queue_arn": known["Attributes"]["QueueArn"],
        "delays_topic_arn": aws("sns").create_topic(Name="delays")["TopicArn"],
    }


def check(aws: Any, name: str) -> None:
    """Each graph has its metrics, and the alarms and the logs their widgets."""
    found = aws("cloudwatch").get_dashboard(DashboardName=f"{name}-dashboard-us-east-1")
    widgets = {
        widget["properties"]["title"]: widget for widget in json.loads(found["DashboardBody"])["widgets"]
    }
    alarms = aws("cloudwatch").describe_alarms(AlarmNamePrefix=f"{name}-")["MetricAlarms"]
    assert {*widgets["Alarms"]["properties"]["alarms"]} == {alarm["AlarmArn"] for alarm in alarms}
    assert (
        "SOURCE '/aws/lambda/shipments' | fields "
        in widgets["Latest errors in the logs"]["properties"]["query"]
    )
    graphs = {title: widget["properties"] for title, widget in widgets.items() if widget["type"] == "metric"}
    assert {title: [_shown(line) for line in graph["metrics"]] for title, graph in graphs.items()} == {
        "Calls and errors": [
            ("Invocations", name, "Sum"),
            ("Errors", name, "Sum"),
            "100 * errors / invocations",
        ],
        "Duration": [("Duration", name, stat) for stat in ("p50", "p99", "Maximum")],
        "Concurrency and throttles": [
            ("ConcurrentExecutions", name, "Maximum"),
            ("Throttles", name, "Sum"),
        ],
        "Stream": [("IteratorAge", name, "Maximum")],
        **{
            f"Queue of {label}": [
                ("ApproximateAgeOfOldestMessage", queue, "Maximum"),
                ("ApproximateNumberOfMessagesVisible", queue, "Maximum"),
            ]
            for label, queue in {"labels": "labels", "pickups": f"{name}-pickups"}.items()
        },
        "Dead letter queues": [
            ("ApproximateNumberOfMessagesVisible", f"{name}-{label}-dead-letters", "Maximum")
            for label in ("pickups", "delays")
        ],
        "Asynchronous events": [("AsyncEventAge", name, "Maximum"), ("AsyncEventsDropped", name, "Sum")],
    }
    assert {graph["region"] for graph in graphs.values()} == {"us-east-1"}
    assert _limit(graphs["Duration"]) == 60000
    assert _limit(graphs["Concurrency and throttles"]) == 40


def _shown(line: list[Any]) -> tuple[str, str, str] | str:
    """A line's metric, what it is of, and its statistic; or its expression."""
    options = line[-1]
    return options["expression"] if "expression" in options else (line[1], line[3], options["stat"])


def _limit(graph: dict[str, Any]) -> float:
    (line,) = graph["annotations"]["horizontal"]
    value: float = line["value"]
    return value
