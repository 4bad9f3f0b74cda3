"""What the triggers' modules find in AWS when they are applied, and how to list what there is.

Made with boto3, which waits for nothing, where the provider waits half a minute for each queue.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from tests.terraform.triggers.expected import arn

#: An empty ZIP, which is a package as far as the emulated AWS looks.
PACKAGE = b"PK\x05\x06" + bytes(18)


def make_surroundings(aws: Any, calls: Sequence[str]) -> dict[str, str]:
    """Make everything, and give what only AWS knows of it. `aws` gives the client of a service; `calls` are
    those of a module of which each needs a bucket, a log group, a listener and a secret of its own."""
    make_named(aws, calls)
    trust = json.dumps({"Version": "2012-10-17", "Statement": []})
    role = aws("iam").create_role(RoleName="staff", AssumeRolePolicyDocument=trust)["Role"]["Arn"]
    authorizer = aws("lambda").create_function(
        FunctionName="know-partners",
        Role=role,
        Runtime="python3.13",
        Handler="app.handler",
        Code={"S3Bucket": "deployments", "S3Key": "package.zip"},
    )
    api = aws("apigateway").create_rest_api(name="platform")
    subnets = [subnet["SubnetId"] for subnet in aws("ec2").describe_subnets()["Subnets"][:2]]
    secrets = ("database_secret", "payments_secret", *(f"{call} secret" for call in calls))
    return {
        "authorizer": authorizer["FunctionArn"],
        "platform": api["id"],
        "platform_root": api["rootResourceId"],
        "http_platform": aws("apigatewayv2").create_api(Name="platform", ProtocolType="HTTP")["ApiId"],
        "subnet": subnets[0],
        "security_group": aws("ec2").describe_security_groups()["SecurityGroups"][0]["GroupId"],
        **{name: aws("secretsmanager").create_secret(Name=name.replace(" ", "/"))["ARN"] for name in secrets},
        **make_listeners(aws, subnets, ["listener", *(f"{call} listener" for call in calls)]),
    }


def make_named(aws: Any, calls: Sequence[str]) -> None:
    """Make what is found by a name."""
    for bucket in ("deployments", "uploads", "archive", "partner-drop", *(f"all.{call}" for call in calls)):
        aws("s3").create_bucket(Bucket=bucket.replace("_", "-"))
    aws("s3").put_object(Bucket="deployments", Key="package.zip", Body=PACKAGE)
    for queue in ("commands", "failures"):
        aws("sqs").create_queue(QueueName=queue)
    for topic in ("orders", "uploads"):
        aws("sns").create_topic(Name=topic)
    for group in ("checkout", "audit", *calls):
        aws("logs").create_log_group(logGroupName=f"/shop/{group}")
    aws("kinesis").create_stream(StreamName="clicks", ShardCount=1)
    aws("events").create_event_bus(Name="shop")
    aws("scheduler").create_schedule_group(Name="shop")
    for rules in ("shop", "mail"):
        aws("ses").create_receipt_rule_set(RuleSetName=rules)
    aws("ses").create_receipt_rule(RuleSetName="mail", Rule={"Name": "spam"})


def make_listeners(aws: Any, subnets: Sequence[str], names: Sequence[str]) -> dict[str, str]:
    """Make a load balancer with a listener for each name, and give their ARNs."""
    balancer = aws("elbv2").create_load_balancer(Name="shop", Subnets=subnets)["LoadBalancers"][0]
    answer = {"Type": "fixed-response", "FixedResponseConfig": {"StatusCode": "404"}}
    listeners = {
        name: aws("elbv2").create_listener(
            LoadBalancerArn=balancer["LoadBalancerArn"],
            Protocol="HTTP",
            Port=8000 + number,
            DefaultActions=[answer],
        )
        for number, name in enumerate(names)
    }
    return {name: made["Listeners"][0]["ListenerArn"] for name, made in listeners.items()}


Listing = tuple[str, str, dict[str, str], str]

#: How to list what modules make, in places of their own and in those that are there: client, operation, its
#: arguments and the answer's key.
LISTINGS: tuple[Listing, ...] = (
    ("apigateway", "get_api_keys", {}, "items"),
    ("apigateway", "get_rest_apis", {}, "items"),
    ("apigateway", "get_usage_plans", {}, "items"),
    ("apigatewayv2", "get_apis", {}, "Items"),
    ("config", "describe_config_rules", {}, "ConfigRules"),
    ("elbv2", "describe_target_groups", {}, "TargetGroups"),
    ("events", "list_rules", {}, "Rules"),
    ("events", "list_rules", {"EventBusName": "shop"}, "Rules"),
    ("iam", "list_roles", {}, "Roles"),
    ("iot", "list_topic_rules", {}, "rules"),
    ("kinesis", "list_stream_consumers", {"StreamARN": arn("kinesis", "stream/clicks")}, "Consumers"),
    ("lambda", "list_event_source_mappings", {}, "EventSourceMappings"),
    ("lambda", "list_functions", {}, "Functions"),
    ("logs", "describe_log_groups", {}, "logGroups"),
    ("logs", "describe_subscription_filters", {"logGroupName": "/shop/checkout"}, "subscriptionFilters"),
    ("s3", "get_bucket_notification_configuration", {"Bucket": "uploads"}, "LambdaFunctionConfigurations"),
    ("scheduler", "list_schedules", {}, "Schedules"),
    ("ses", "describe_receipt_rule_set", {"RuleSetName": "mail"}, "Rules"),
    ("ses", "describe_receipt_rule_set", {"RuleSetName": "shop"}, "Rules"),
    ("sns", "list_subscriptions", {}, "Subscriptions"),
    ("sqs", "list_queues", {}, "QueueUrls"),
)


def inventory(aws: Any, listings: Sequence[Listing] = LISTINGS) -> list[list[Any]]:
    """All that there is of it."""
    return [
        getattr(aws(service), name)(**arguments).get(key, []) for service, name, arguments, key in listings
    ]
