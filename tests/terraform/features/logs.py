"""What AWS must hold after the example of the sections about logs was applied."""

from __future__ import annotations

import json
from typing import Any

from tests.terraform.applied import ACCOUNT, ACCOUNT_ID, statements_of

_STREAM = f"arn:aws:kinesis:{ACCOUNT}:stream/log-archive"
_KEY = f"arn:aws:kms:{ACCOUNT}:key/11111111-2222-3333-4444-555555555555"


def surroundings(aws: Any) -> dict[str, str]:
    """Make what gets the logs, and the layer of Lambda Insights; give the module's inputs."""
    aws("kinesis").create_stream(StreamName="log-archive", ShardCount=1)
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    role = aws("iam").create_role(RoleName="tell-of-errors", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    package = bytes.fromhex("504b0506") + bytes(18)
    function = aws("lambda").create_function(
        FunctionName="tell-of-errors",
        Role=role,
        Runtime="python3.13",
        Handler="app.handler",
        Code={"ZipFile": package},
    )
    layer = aws("lambda").publish_layer_version(
        LayerName="LambdaInsightsExtension-Arm64", Content={"ZipFile": package}
    )
    return {
        "log_key_arn": _KEY,
        "archive_stream_arn": _STREAM,
        "alert_function_arn": function["FunctionArn"],
        "shop": "berlin",
        "lambda_insights_extension_arn": layer["LayerVersionArn"],
    }


def check(aws: Any, name: str) -> None:
    """The log group, its subscriptions with role and permission, the metrics, the queries, and the layer."""
    group = f"/aws/lambda/{name}"
    (found,) = aws("logs").describe_log_groups(logGroupNamePrefix=group)["logGroups"]
    assert (found["kmsKeyId"], found["logGroupClass"], found["retentionInDays"]) == (_KEY, "STANDARD", 90)
    _check_subscriptions(aws, name, group)
    _check_metrics(aws, name, group)
    _check_queries(aws, name, group)
    configuration = aws("lambda").get_function_configuration(FunctionName=name)
    assert [layer["Arn"].split(":")[6] for layer in configuration["Layers"]] == [
        "LambdaInsightsExtension-Arm64"
    ]
    policy = aws("iam").get_role_policy(RoleName=f"{name}-us-east-1", PolicyName="execution-role")
    assert statements_of(policy["PolicyDocument"])["WriteMetricsForLambdaInsights"] == (
        {"logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents"},
        {f"arn:aws:logs:{ACCOUNT}:log-group:/aws/lambda-insights:*"},
    )


def _check_subscriptions(aws: Any, name: str, group: str) -> None:
    filters = aws("logs").describe_subscription_filters(logGroupName=group)["subscriptionFilters"]
    archive, alerts = sorted(filters, key=lambda one: one["filterName"], reverse=True)
    role = archive["roleArn"].rpartition("/")[2]
    assert archive["filterName"] == f"{name}-archive"
    assert (archive["destinationArn"], archive["distribution"]) == (_STREAM, "Random")
    assert archive["filterPattern"] == ""
    (trust,) = aws("iam").get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "logs.amazonaws.com"}
    events = f"arn:aws:logs:{ACCOUNT}:log-group:{group}:*"
    assert trust["Condition"] == {"ArnLike": {"aws:SourceArn": f"arn:aws:logs:{ACCOUNT}:*"}}
    policy = aws("iam").get_role_policy(RoleName=role, PolicyName="write")["PolicyDocument"]
    assert statements_of(policy) == {"WriteToStream": ({"kinesis:PutRecord"}, {_STREAM})}

    assert alerts["filterName"] == f"{name}-alerts"
    assert alerts["destinationArn"].endswith(":function:tell-of-errors")
    assert alerts["filterPattern"] == '{ $.level = "ERROR" }'
    granted = json.loads(aws("lambda").get_policy(FunctionName="tell-of-errors")["Policy"])["Statement"]
    (statement,) = [one for one in granted if one["Sid"] == f"{name}-alerts"]
    assert statement["Principal"] == {"Service": "logs.amazonaws.com"}
    assert statement["Condition"] == {
        "ArnLike": {"AWS:SourceArn": events},
        "StringEquals": {"AWS:SourceAccount": ACCOUNT_ID},
    }


def _check_metrics(aws: Any, name: str, group: str) -> None:
    filters = aws("logs").describe_metric_filters(logGroupName=group)["metricFilters"]
    assert {one["filterName"]: (one["filterPattern"], one["metricTransformations"]) for one in filters} == {
        f"{name}-refused": (
            '{ $.event = "payment" && $.outcome = "refused" }',
            [
                {
                    "metricName": "RefusedPayments",
                    "metricNamespace": "Shop/Payments",
                    "metricValue": "1",
                    "unit": "Count",
                    "dimensions": {"Provider": "$.provider"},
                }
            ],
        ),
        f"{name}-paid": (
            '{ $.event = "payment" && $.outcome = "paid" }',
            [
                {
                    "metricName": "PaidCents",
                    "metricNamespace": name,
                    "metricValue": "$.cents",
                    "defaultValue": 0.0,
                    "unit": "None",
                }
            ],
        ),
    }


def _check_queries(aws: Any, name: str, group: str) -> None:
    described = aws("logs").describe_query_definitions(queryDefinitionNamePrefix=f"{name}/")
    queries = {one["name"].removeprefix(f"{name}/"): one for one in described["queryDefinitions"]}
    assert queries.keys() == {"errors", "slowest", "cold_starts", "memory", "refusals", "of_a_shop"}
    assert {tuple(one["logGroupNames"]) for one in queries.values()} == {(group,)}
    assert queries["slowest"]["queryString"] == (
        'filter type = "platform.report"\n'
        "| fields @timestamp, record.requestId, record.metrics.durationMs,\n"
        "  record.metrics.billedDurationMs, record.metrics.initDurationMs\n"
        "| sort record.metrics.durationMs desc\n"
        "| limit 25"
    )
    assert queries["refusals"]["queryString"] == (
        'filter event = "payment" and outcome = "refused"\n| stats count(*) as refusals by provider, bin(1h)'
    )
    assert queries["of_a_shop"]["queryString"] == "filter shop like /^berlin$/"
