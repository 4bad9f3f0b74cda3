"""A function with an alias, applied to an emulated AWS: what invokes the function does so by it, and a new
version is taken by the alias alone."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3  # type: ignore[import-untyped]
import pytest

from tests.rendering import render_specs
from tests.terraform.applied import ACCOUNT, PROVIDER

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

SPEC = """
function_name: ${var.function_name}
runtime: python3.13
handler: app.handler
s3_bucket: deployments
s3_key: package.zip
alias: {name: live, description: What callers use, routing: {function_version: "1", weight: 0.25}}
triggers:
  - {type: sns, topic_arn: "${var.topic_arn}"}
  - {type: dynamodb, stream_arn: "${var.stream_arn}", starting_position: LATEST}
  - {type: api_gateway, routes: [GET /prices]}
  - {type: schedule, schedule_expression: rate(1 day)}
  - {type: cloudwatch_logs, log_group_name: /shop, qualifier: "${var.qualifier}"}
"""
LIVE = f"arn:aws:lambda:{ACCOUNT}:function:prices:live"


def test_what_invokes_the_function_does_so_by_its_alias(
    terraform: Terraform, emulated_aws: str, tmp_path: Path
) -> None:
    terraform = terraform.at(emulated_aws)
    session = boto3.Session("fake", "fake", region_name="us-east-1")

    def aws(service: str) -> Any:
        return session.client(service, endpoint_url=emulated_aws)

    inputs = surroundings(aws)
    write_root(tmp_path, inputs, description="the first")
    terraform.init(tmp_path)
    terraform.succeed(tmp_path, "apply", "-auto-approve")
    second = terraform.run(tmp_path, "plan", "-detailed-exitcode")
    assert second.returncode == 0, second.stdout + second.stderr

    functions = aws("lambda")
    alias = functions.get_alias(FunctionName="prices", Name="live")
    assert alias["FunctionVersion"] == "1"
    assert alias["RoutingConfig"]["AdditionalVersionWeights"] == {"1": 0.25}
    policy = json.loads(functions.get_policy(FunctionName="prices", Qualifier="live")["Policy"])
    assert {statement["Resource"] for statement in policy["Statement"]} == {LIVE}
    senders = {statement["Principal"]["Service"] for statement in policy["Statement"]}
    assert senders == {"sns.amazonaws.com", "apigateway.amazonaws.com", "logs.amazonaws.com"}
    (mapping,) = functions.list_event_source_mappings()["EventSourceMappings"]
    assert mapping["FunctionArn"] == LIVE
    (subscription,) = aws("sns").list_subscriptions()["Subscriptions"]
    assert subscription["Endpoint"] == LIVE
    (schedule,) = aws("scheduler").list_schedules()["Schedules"]
    assert schedule["Target"]["Arn"] == LIVE

    write_root(tmp_path, inputs, description="the second")
    plan = terraform.succeed(tmp_path, "plan")
    assert "aws_lambda_alias.this will be updated in-place" in plan
    assert "must be replaced" not in plan

    terraform.succeed(tmp_path, "destroy", "-auto-approve")
    assert functions.list_functions()["Functions"] == []


def surroundings(aws: Any) -> dict[str, str]:
    """Make what the module is invoked by, and give the module's inputs."""
    aws("s3").create_bucket(Bucket="deployments")
    aws("s3").put_object(Bucket="deployments", Key="package.zip", Body=b"")
    aws("logs").create_log_group(logGroupName="/shop")
    topic = aws("sns").create_topic(Name="prices")["TopicArn"]
    table = aws("dynamodb").create_table(
        TableName="prices",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    stream = table["TableDescription"]["LatestStreamArn"]
    return {"function_name": "prices", "topic_arn": topic, "stream_arn": stream, "qualifier": "live"}


def write_root(folder: Path, inputs: dict[str, str], description: str) -> None:
    (folder / "prices.yaml").write_text(f"{SPEC}\ndescription: {description}\n")
    render_specs(folder / "modules", [folder / "prices.yaml"])
    call = {"source": "./modules/prices", **inputs}
    root = {"provider": {"aws": PROVIDER}, "module": {"prices": call}}
    (folder / "main.tf.json").write_text(json.dumps(root))
