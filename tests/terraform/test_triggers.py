"""Every kind of trigger in the real Terraform: its example is applied to an emulated AWS, beside modules that
have all kinds at once."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3  # type: ignore[import-untyped]
import pytest

from tests.terraform.applied import ACCOUNT_ID, PROVIDER, Applied, statements_of, values_of, write_logs
from tests.terraform.triggers.expected import FAILURES, Permission, arn, key
from tests.terraform.triggers.invoked import INVOKED, everything
from tests.terraform.triggers.polled import POLLED
from tests.terraform.triggers.surroundings import inventory, make_surroundings
from tfgen import triggers

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

#: All kinds. Each is applied: with its gaps filled (emulated_aws.py) the emulated AWS carries all of them, so
#: that none is left to an imagined apply of `terraform test` with `mock_provider`.
KINDS = INVOKED | POLLED

#: Calls of the module that has all kinds, in one account, and the functions' names.
SIDE_BY_SIDE = {"orders_dev": "orders-dev", "orders_prod": "orders-prod", "longest": "x" * 64}

#: How long the names may be that modules choose, by type.
LONGEST_NAMES = {
    "aws_api_gateway_rest_api": 1024,
    "aws_apigatewayv2_api": 128,
    "aws_cloudwatch_event_rule": 64,
    "aws_cloudwatch_log_group": 512,
    "aws_cloudwatch_log_subscription_filter": 512,
    "aws_config_config_rule": 128,
    "aws_iam_role": 64,
    "aws_iot_topic_rule": 128,
    "aws_kinesis_stream_consumer": 128,
    "aws_lb_target_group": 32,
    "aws_scheduler_schedule": 64,
    "aws_ses_receipt_rule": 64,
    "aws_sqs_queue": 80,
}
#: Types whose names need to differ only within something that the module made.
NAMED_WITHIN = {"aws_apigatewayv2_stage", "aws_iam_role_policy"}

REQUIREMENTS = {
    "required_version": ">= 1.9.0",
    "required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.80"}},
}
AT_ONCE = "-parallelism=60"  # for most of an apply the provider does nothing but wait


@dataclass(frozen=True, slots=True)
class Triggered(Applied):
    """The root with all modules after its apply, what was there before, and what only AWS knows of that."""

    before: list[list[Any]]
    made: dict[str, str]

    def written(self, kind: str, value: Any) -> Any:
        """An expected value with what AWS made in the place of <…>."""
        module = f"module.{kind}."
        attributes = {
            f"{address.removeprefix(module)}.{name}": str(value)
            for address, values in self.resources.items()
            if address.startswith(module)
            for name, value in values.items()
        }
        return filled(value, self.made | attributes)


def filled(value: Any, known: dict[str, str]) -> Any:
    """A value with what is known in the place of <…>."""
    if isinstance(value, str):
        return re.sub("<([^>]+)>", lambda found: known[found[1]], value)
    if isinstance(value, dict):
        return {name: filled(item, known) for name, item in value.items()}
    if isinstance(value, Permission):
        return Permission(*(filled(item, known) for item in value))
    if isinstance(value, list | set | tuple):
        return type(value)(filled(item, known) for item in value)
    return value


@pytest.fixture(scope="module")
def applied(
    terraform: Terraform, modules: Path, emulated_aws: str, tmp_path_factory: pytest.TempPathFactory
) -> Triggered:
    """The modules of all kinds, and several of all kinds at once, applied together."""
    terraform = terraform.at(emulated_aws)
    folder = tmp_path_factory.mktemp("triggers")
    session = boto3.Session("fake", "fake", region_name="us-east-1")

    def aws(service: str) -> Any:
        return session.client(service, endpoint_url=emulated_aws)

    made = make_surroundings(aws, list(SIDE_BY_SIDE))
    before = inventory(aws)
    code = {"deployment_bucket": "deployments", "s3_key": "package.zip"}
    calls = {kind: {"source": f"./modules/{kind}", **code, **KINDS[kind].inputs} for kind in KINDS}
    for label, function in SIDE_BY_SIDE.items():
        own = {"source": "./modules/everything", "function_name": function}
        calls[label] = {**own, **code, **everything(label)}
    write_root(folder, modules, filled(calls, made))
    terraform.init(folder)
    terraform.succeed(folder, "apply", "-auto-approve", AT_ONCE)
    state = terraform.read(folder, "show")
    resources = dict(values_of(state["values"]["root_module"]))
    return Triggered(terraform, folder, session, emulated_aws, resources, before, made)


def write_root(folder: Path, modules: Path, calls: dict[str, dict[str, Any]], **blocks: Any) -> None:
    for module in (*KINDS, "everything"):
        shutil.copytree(modules / module, folder / "modules" / module)
    root = {"terraform": REQUIREMENTS, "provider": {"aws": PROVIDER}, "module": calls, **blocks}
    (folder / "main.tf.json").write_text(json.dumps(root, indent=2))


def test_every_kind_is_applied() -> None:
    assert KINDS.keys() == triggers.KINDS.keys()


@pytest.mark.parametrize("kind", KINDS)
def test_only_the_triggers_sources_may_invoke_the_function(applied: Triggered, kind: str) -> None:
    permissions = permissions_of(applied, applied.function(kind)["function_name"])

    assert permissions == applied.written(kind, KINDS[kind].permissions)


def permissions_of(applied: Applied, function: str) -> dict[str, Permission]:
    """A function's own policy, by the statements' Sids. None may have keys that are not looked at."""
    aws = applied.client("lambda")
    try:
        policy = json.loads(aws.get_policy(FunctionName=function)["Policy"])
    except aws.exceptions.ResourceNotFoundException:
        return {}
    permissions = {}
    for statement in policy["Statement"]:
        assert statement.keys() - {"Condition"} == {"Sid", "Effect", "Principal", "Action", "Resource"}
        assert statement["Effect"] == "Allow"
        assert statement["Resource"] == arn("lambda", f"function:{function}")
        principal, tests = statement["Principal"], statement.get("Condition", {})
        assert tests.keys() <= {"ArnLike", "StringEquals"}
        conditions = {**tests.get("ArnLike", {}), **tests.get("StringEquals", {})}
        permissions[statement["Sid"]] = Permission(
            principal if isinstance(principal, str) else next(iter(principal.values())),
            conditions.pop("AWS:SourceArn", None),
            conditions.pop("AWS:SourceAccount", None),
            statement["Action"],
            conditions,
        )
    assert len(permissions) == len(policy["Statement"])
    return permissions


@pytest.mark.parametrize("kind", KINDS)
def test_the_role_may_do_what_the_triggers_need_and_nothing_else(applied: Triggered, kind: str) -> None:
    function = applied.function(kind)["function_name"]

    statements = statements_of(applied.policy(f"{function}-us-east-1"))

    expected = applied.written(kind, KINDS[kind].statements)
    assert statements == {"WriteLogs": write_logs(function), **expected}


@pytest.mark.parametrize("kind", POLLED)
def test_lambda_reads_the_sources_as_the_triggers_say(applied: Triggered, kind: str) -> None:
    function = applied.function(kind)["arn"]

    mappings = applied.client("lambda").list_event_source_mappings(FunctionName=function)

    found = [arguments_of(mapping) for mapping in mappings["EventSourceMappings"]]
    expected = applied.written(kind, KINDS[kind].mappings)
    assert sorted(found, key=source_of) == sorted(expected, key=source_of)


def arguments_of(mapping: dict[str, Any]) -> dict[str, Any]:
    """What a mapping was told, without what Lambda says of it; a set is what has no order."""
    said = {"UUID", "EventSourceMappingArn", "FunctionArn", "LastModified", "StateTransitionReason"}
    told = {name: value for name, value in mapping.items() if name not in said}
    if "FilterCriteria" in told:
        patterns = [json.loads(pattern["Pattern"]) for pattern in told["FilterCriteria"]["Filters"]]
        told["FilterCriteria"] = {json.dumps(pattern, separators=(",", ":")) for pattern in patterns}
    if "SourceAccessConfigurations" in told:
        accesses = told["SourceAccessConfigurations"]
        told["SourceAccessConfigurations"] = {(access["Type"], access["URI"]) for access in accesses}
    return told


def source_of(mapping: dict[str, Any]) -> str:
    """What tells a mapping from the function's others."""
    names = ("EventSourceArn", "Topics", "DocumentDBEventSourceConfig")
    return str([mapping.get(name) for name in names])


@pytest.mark.parametrize(
    ("kind", "label", "api"),
    [
        ("api_gateway", "shop", "aws_api_gateway_rest_api"),
        ("http_api", "partners", "aws_apigatewayv2_api"),
        ("websocket", "chat", "aws_apigatewayv2_api"),
    ],
)
def test_only_the_triggers_authorizer_may_be_asked_of_the_authorizers_function(
    applied: Triggered, kind: str, label: str, api: str
) -> None:
    function = applied.function(kind)["function_name"]

    permission = permissions_of(applied, "know-partners")[f"{function}-{label}"]

    authorizer = (
        f"{api.removesuffix('_rest_api').removesuffix('_api')}_authorizer.{label}_lambda_authorizer.id"
    )
    source = arn("execute-api", f"<{api}.{label}.id>/authorizers/<{authorizer}>")
    assert permission == applied.written(kind, Permission("apigateway.amazonaws.com", source))


def test_a_route_leads_to_the_function(applied: Triggered) -> None:
    """Of a REST API, with its authorization, and of its deployment."""
    api = applied.written("api_gateway", "<aws_api_gateway_rest_api.shop.id>")
    aws = applied.client("apigateway")

    resources = aws.get_resources(restApiId=api, embed=["methods"])["items"]

    methods = {
        f"{name} {resource['path']}": method
        for resource in resources
        for name, method in resource.get("resourceMethods", {}).items()
    }
    functions = {name: method for name, method in methods.items() if not name.startswith("OPTIONS")}
    assert {name: method["authorizationType"] for name, method in functions.items()} == {
        "GET /orders": "COGNITO_USER_POOLS",
        "POST /orders": "COGNITO_USER_POOLS",
        "GET /orders/{id}": "COGNITO_USER_POOLS",
        "DELETE /orders/{id}": "AWS_IAM",
        "GET /status": "NONE",
        "ANY /partners/{proxy+}": "CUSTOM",
    }
    uris = {method["methodIntegration"]["uri"] for method in functions.values()}
    assert uris == {applied.function("api_gateway")["invoke_arn"]}
    assert {name for name, method in methods.items() if method["methodIntegration"]["type"] == "MOCK"} == {
        "OPTIONS /orders",
        "OPTIONS /orders/{id}",
        "OPTIONS /partners/{proxy+}",
        "OPTIONS /status",
    }
    assert aws.get_stage(restApiId=api, stageName="prod")["variables"] == {"release": "blue"}


@pytest.mark.parametrize(
    ("kind", "label", "routes"),
    [
        (
            "http_api",
            "shop",
            {
                "GET /orders": "JWT",
                "POST /orders": "JWT",
                "GET /orders/{id}": "JWT",
                "DELETE /orders/{id}": "AWS_IAM",
                "$default": "NONE",
            },
        ),
        (
            "websocket",
            "chat",
            {
                "$connect": "CUSTOM",
                "$disconnect": "NONE",
                "$default": "NONE",
                "sendMessage": "NONE",
                "joinRoom": "NONE",
            },
        ),
    ],
)
def test_a_route_of_the_second_version_leads_to_the_function(
    applied: Triggered, kind: str, label: str, routes: dict[str, str]
) -> None:
    api = applied.written(kind, f"<aws_apigatewayv2_api.{label}.id>")
    aws = applied.client("apigatewayv2")

    found = aws.get_routes(ApiId=api)["Items"]

    (integration,) = aws.get_integrations(ApiId=api)["Items"]
    assert integration["IntegrationUri"] == applied.function(kind)["invoke_arn"]
    assert {route["RouteKey"]: route["AuthorizationType"] for route in found} == routes
    assert {route["Target"] for route in found} == {f"integrations/{integration['IntegrationId']}"}


def test_the_buckets_tell_whom_they_should(applied: Triggered) -> None:
    aws = applied.client("s3")

    uploads, archive, partner = (
        aws.get_bucket_notification_configuration(Bucket=bucket)
        for bucket in ("uploads", "archive", "partner-drop")
    )

    told = {
        (rule["Value"], *notification["Events"])
        for notification in uploads["LambdaFunctionConfigurations"]
        for rule in notification["Filter"]["Key"]["FilterRules"]
        if rule["Name"].lower() == "prefix"
    }
    assert told == {
        ("uploads/", "s3:ObjectCreated:*"),
        ("documents/", "s3:ObjectCreated:Put", "s3:ObjectRemoved:*"),
    }
    functions = {told["LambdaFunctionArn"] for told in uploads["LambdaFunctionConfigurations"]}
    assert functions == {applied.function("s3")["arn"]}
    assert archive["EventBridgeConfiguration"] == {}
    assert "LambdaFunctionConfigurations" not in partner


def test_a_rule_sends_what_matches_to_the_function(applied: Triggered) -> None:
    aws = applied.client("events")
    rule = {"EventBusName": "shop"}

    pattern = json.loads(aws.describe_rule(Name="order-mailer-orders", **rule)["EventPattern"])
    (target,) = aws.list_targets_by_rule(Rule="order-mailer-orders", **rule)["Targets"]

    assert pattern == {
        "source": ["shop.orders"],
        "detail-type": ["OrderPaid"],
        "detail": {"total": [{"numeric": [">=", 100]}], "country": [{"anything-but": ["XX"]}]},
    }
    queue = arn("sqs", "order-mailer-orders-dead-letters")
    assert target == {
        "Id": "function",
        "Arn": applied.function("eventbridge")["arn"],
        "InputTransformer": {
            "InputPathsMap": {"order": "$.detail.id", "total": "$.detail.total"},
            "InputTemplate": '{"order": <order>, "total": <total>}',
        },
        "RetryPolicy": {"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 10},
        "DeadLetterConfig": {"Arn": queue},
    }
    sender = ("events.amazonaws.com", arn("events", "rule/shop/order-mailer-orders"))
    assert senders_to(applied, "order-mailer-orders-dead-letters") == [sender]


def test_a_topic_sends_what_matches_to_the_function(applied: Triggered) -> None:
    aws = applied.client("sns")

    (subscription,) = (
        aws.get_subscription_attributes(SubscriptionArn=found["SubscriptionArn"])["Attributes"]
        for found in aws.list_subscriptions()["Subscriptions"]
        if found["Endpoint"] == applied.function("sns")["arn"] and found["TopicArn"] == arn("sns", "uploads")
    )

    assert subscription["Protocol"] == "lambda"
    assert subscription["FilterPolicyScope"] == "MessageBody"
    assert json.loads(subscription["FilterPolicy"]) == {
        "detail": {"object": {"key": [{"prefix": "reports/"}]}}
    }
    assert json.loads(subscription["RedrivePolicy"]) == {"deadLetterTargetArn": FAILURES}
    sender = ("sns.amazonaws.com", arn("sns", "orders"))
    assert senders_to(applied, "sns-reader-orders-dead-letters") == [sender]


def senders_to(applied: Applied, queue: str) -> list[tuple[str, str]]:
    """The services that may send to a queue, each with what of it alone may."""
    statements = json.loads(attributes_of(applied, queue)["Policy"])["Statement"]
    assert {statement["Action"] for statement in statements} == {"sqs:SendMessage"}
    return [
        (statement["Principal"]["Service"], statement["Condition"]["ArnEquals"]["aws:SourceArn"])
        for statement in statements
    ]


def attributes_of(applied: Applied, queue: str) -> dict[str, str]:
    aws = applied.client("sqs")
    url = aws.get_queue_url(QueueName=queue)["QueueUrl"]
    attributes: dict[str, str] = aws.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])["Attributes"]
    return attributes


def test_the_modules_queue_hands_over_to_its_dead_letter_queue(applied: Triggered) -> None:
    queue, dead_letters = (
        attributes_of(applied, name) for name in ("sqs-reader-jobs", "sqs-reader-jobs-dead-letters")
    )

    assert queue["VisibilityTimeout"] == str(6 * 30 + 5)
    assert json.loads(queue["RedrivePolicy"]) == {
        "deadLetterTargetArn": dead_letters["QueueArn"],
        "maxReceiveCount": 3,
    }
    assert json.loads(dead_letters["RedriveAllowPolicy"]) == {
        "redrivePermission": "byQueue",
        "sourceQueueArns": [queue["QueueArn"]],
    }


def test_a_schedule_invokes_the_function_by_a_role_of_its_own(applied: Triggered) -> None:
    schedule = applied.client("scheduler").get_schedule(Name="housekeeper-morning", GroupName="shop")
    role = applied.client("iam").get_role(RoleName="housekeeper-morning-invoker-us-east-1")["Role"]
    queue = arn("sqs", "housekeeper-morning-dead-letters")

    assert schedule["ScheduleExpression"] == "cron(0 6 ? * MON-FRI *)"
    assert schedule["ScheduleExpressionTimezone"] == "Europe/Berlin"
    assert schedule["FlexibleTimeWindow"] == {"Mode": "FLEXIBLE", "MaximumWindowInMinutes": 15}
    assert schedule["Target"] == {
        "Arn": applied.function("schedule")["arn"],
        "RoleArn": role["Arn"],
        "Input": '{"shop":"berlin","task":"tidy"}',
        "RetryPolicy": {"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 10},
        "DeadLetterConfig": {"Arn": queue},
    }
    (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "scheduler.amazonaws.com"}
    assert trust["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT_ID},
        "ArnEquals": {"aws:SourceArn": arn("scheduler", "schedule-group/shop")},
    }
    assert statements_of(applied.policy(role["RoleName"], "invoke")) == {
        "InvokeFunction": ({"lambda:InvokeFunction"}, {applied.function("schedule")["arn"]}),
        "SendDeadLetters": ({"sqs:SendMessage"}, {queue}),
        "EncryptDeadLetters": ({"kms:Decrypt", "kms:GenerateDataKey"}, {key(2)}),
        "DecryptInput": ({"kms:Decrypt"}, {key(1)}),
    }


def test_a_log_group_sends_what_matches_to_the_function(applied: Triggered) -> None:
    aws = applied.client("logs")

    (sent,) = aws.describe_subscription_filters(logGroupName="/shop/checkout")["subscriptionFilters"]

    assert sent["filterPattern"] == '{ $.level = "ERROR" || $.status >= 500 }'
    assert sent["destinationArn"] == applied.function("cloudwatch_logs")["arn"]


def test_a_load_balancer_forwards_what_matches_to_the_function(applied: Triggered) -> None:
    aws = applied.client("elbv2")
    group = applied.written("alb", "<aws_lb_target_group.pages.arn>")

    rules = aws.describe_rules(ListenerArn=applied.made["listener"])["Rules"]
    (target,) = aws.describe_target_health(TargetGroupArn=group)["TargetHealthDescriptions"]

    assert target["Target"]["Id"] == applied.function("alb")["arn"]
    (rule,) = (rule for rule in rules if rule["Actions"][0].get("TargetGroupArn") == group)
    assert rule["Priority"] == "100"
    matched = {
        (
            condition["Field"],
            *(value for name, part in condition.items() if name != "Field" for value in part["Values"]),
        )
        for condition in rule["Conditions"]
    }
    assert matched == {("path-pattern", "/offers/*", "/shop/*"), ("http-request-method", "GET", "HEAD")}


def test_a_topic_rule_sends_what_it_selects_to_the_function(applied: Triggered) -> None:
    rule = applied.client("iot").get_topic_rule(ruleName="fridge_watch_doors")["rule"]

    assert rule["sql"] == "SELECT * FROM 'shops/berlin/doors'"
    assert rule["ruleDisabled"] is True
    assert rule["actions"] == [{"lambda": {"functionArn": applied.function("iot")["arn"]}}]


def test_a_secret_is_rotated_by_the_function(applied: Triggered) -> None:
    secret = applied.made["database_secret"]

    rotated = applied.client("secretsmanager").describe_secret(SecretId=secret)

    assert rotated["RotationLambdaARN"] == applied.function("secretsmanager")["arn"]
    assert rotated["RotationRules"] == {"ScheduleExpression": "cron(0 2 1 * ? *)", "Duration": "3h"}
    statements = applied.policy("rotate-secrets-us-east-1")["Statement"]
    (condition,) = (statement["Condition"] for statement in statements if "Condition" in statement)
    payments = applied.made["payments_secret"]
    assert condition == {"StringEquals": {"kms:EncryptionContext:SecretARN": payments}}


def test_a_receipt_rule_gives_mail_to_the_function(applied: Triggered) -> None:
    rules = applied.client("ses").describe_receipt_rule_set(RuleSetName="mail")["Rules"]

    assert [rule["Name"] for rule in rules] == ["spam", "read-mail-orders"]
    assert set(rules[1]["Recipients"]) == {"orders@shop.example", "returns@shop.example"}
    assert rules[1]["Actions"] == [
        {
            "LambdaAction": {
                "TopicArn": arn("sns", "orders"),
                "FunctionArn": applied.function("ses")["arn"],
                "InvocationType": "Event",
            }
        }
    ]


def test_a_config_rule_asks_the_function(applied: Triggered) -> None:
    (rule,) = applied.client("config").describe_config_rules(ConfigRuleNames=["check-owners-owners"])[
        "ConfigRules"
    ]

    assert rule["Scope"] == {"TagKey": "Stage", "TagValue": "production"}
    assert json.loads(rule["InputParameters"]) == {"tag": "Owner", "team": "platform"}
    assert rule["Source"]["SourceIdentifier"] == applied.function("config")["arn"]


def test_modules_stand_side_by_side_under_names_that_aws_takes(applied: Triggered) -> None:
    names: dict[str, list[str]] = {}
    for address, values in applied.resources.items():
        _, label, resource = address.split(".", 2)
        type_ = resource.split(".")[0]
        if label in SIDE_BY_SIDE and "name" in values and not resource.startswith("data."):
            names.setdefault(type_, []).append(values["name"])

    assert names.keys() - NAMED_WITHIN == LONGEST_NAMES.keys()
    for type_, longest in LONGEST_NAMES.items():
        assert len(set(names[type_])) == len(names[type_]), type_
        assert len(names[type_]) % len(SIDE_BY_SIDE) == 0
        assert max(map(len, names[type_])) <= longest, type_


def test_a_second_plan_changes_nothing_and_a_destroy_leaves_nothing(applied: Triggered) -> None:
    """One test, because the second half takes away what the tests above look at. It is the last of those for
    the same reason."""
    second = applied.terraform.run(applied.folder, "plan", "-detailed-exitcode")
    assert second.returncode == 0, second.stdout + second.stderr

    applied.terraform.succeed(applied.folder, "destroy", "-auto-approve", AT_ONCE)

    assert json.loads((applied.folder / "terraform.tfstate").read_text())["resources"] == []
    assert inventory(applied.client) == applied.before
