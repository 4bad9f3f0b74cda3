"""What AWS must hold after the example of logs in a log group that is made elsewhere was applied."""

from __future__ import annotations

import json
from typing import Any

from tests.terraform.applied import ACCOUNT

_GROUP = "/shop/functions"
_STREAM = f"arn:aws:firehose:{ACCOUNT}:deliverystream/shop-logs"


def surroundings(aws: Any) -> dict[str, str]:
    """Make the log group and what gets its events; give the module's inputs."""
    aws("logs").create_log_group(logGroupName=_GROUP)
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    role = aws("iam").create_role(RoleName="keep-logs", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    aws("firehose").create_delivery_stream(
        DeliveryStreamName="shop-logs",
        ExtendedS3DestinationConfiguration={"RoleARN": role, "BucketARN": "arn:aws:s3:::deployments"},
    )
    return {"log_group_name": _GROUP, "log_firehose_arn": _STREAM, "archive_role_arn": role}


def check(aws: Any, name: str) -> None:
    """The subscription, the metric and the queries are those of that log group."""
    (archive,) = aws("logs").describe_subscription_filters(logGroupName=_GROUP)["subscriptionFilters"]
    assert (archive["filterName"], archive["destinationArn"]) == (f"{name}-archive", _STREAM)
    assert archive["roleArn"].endswith(":role/keep-logs")
    assert archive["filterPattern"] == "?ERROR ?Exception"
    (failed,) = aws("logs").describe_metric_filters(logGroupName=_GROUP)["metricFilters"]
    assert (failed["filterName"], failed["filterPattern"]) == (f"{name}-failed", '"refund failed"')
    (metric,) = failed["metricTransformations"]
    assert (metric["metricName"], metric["metricNamespace"]) == ("FailedRefunds", name)
    described = aws("logs").describe_query_definitions(queryDefinitionNamePrefix=f"{name}/")
    queries = {one["name"]: one for one in described["queryDefinitions"]}
    assert queries.keys() == {f"{name}/errors", f"{name}/slowest"}
    slowest = queries[f"{name}/slowest"]
    assert slowest["logGroupNames"] == [_GROUP]
    assert slowest["queryString"].startswith('filter @type = "REPORT"\n| fields @timestamp, @requestId')
