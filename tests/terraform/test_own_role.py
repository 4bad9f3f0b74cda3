"""A module with an execution role of its own, applied to an emulated AWS: what its role may do, and that a
second plan finds nothing to change."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3  # type: ignore[import-untyped]
import pytest

from tests.rendering import render_specs
from tests.terraform.applied import (
    ACCOUNT,
    ACCOUNT_ID,
    Applied,
    Statement,
    statements_of,
    values_of,
    write_logs,
)

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

ROOT = Path(__file__).with_name("own_role")
TABLE = f"arn:aws:dynamodb:{ACCOUNT}:table/readings"
STREAM = f"arn:aws:kinesis:{ACCOUNT}:stream/clicks"
QUEUE = f"arn:aws:sqs:{ACCOUNT}:jobs"
TOPIC = f"arn:aws:sns:{ACCOUNT}:failures"
BUCKET = "arn:aws:s3:::failures"
KEY = f"arn:aws:kms:{ACCOUNT}:key/00000000-0000-0000-0000-000000000000"

# A function with nothing but a statement of its own. By the interface rule its callers can give it all that
# asks for a permission.
PLAIN = """
function_name: plain
runtime: python3.12
handler: app.handler
policy_statements:
  - {sid: ReadPrices, actions: [ssm:GetParameter], resources: ["arn:aws:ssm:*:*:parameter/prices/*"]}
"""
READ_PRICES: Statement = ({"ssm:GetParameter"}, {"arn:aws:ssm:*:*:parameter/prices/*"})

NETWORK_INTERFACES: Statement = (
    {
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
    },
    {"*"},
)
# Of another account's bucket, which by its ARN nobody could tell, but not of queues and topics.
ONLY_OUR_BUCKETS = {"StringEqualsIfExists": {"s3:ResourceAccount": ACCOUNT_ID}}
TRACES: Statement = ({"xray:PutTelemetryRecords", "xray:PutTraceSegments"}, {"*"})


def reading(source: str, failures: str | None = None) -> dict[str, Any]:
    """The argument of a caller who has the function read a stream or queue."""
    mapping: dict[str, Any] = {"event_source_arn": source}
    if source != QUEUE:
        mapping["starting_position"] = "LATEST"
    if failures:
        mapping["destination_config"] = {"on_failure": {"destination_arn": failures}}
    return {"event_source_mapping": mapping}


def dynamodb_statements(stream: str) -> dict[str, Statement]:
    return {
        "ReadEventSource": (
            {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"},
            {stream},
        ),
        "ListStreams": ({"dynamodb:ListStreams"}, {stream.rpartition("/")[0] + "/*"}),
    }


@dataclass(frozen=True, slots=True)
class Permissions:
    """What a caller of the plain module asks for, and the statements that the role must have for it."""

    arguments: dict[str, Any]
    statements: dict[str, Statement]


def cases(stream: str) -> dict[str, Permissions]:
    """The cases, by the function's name. `stream`: the ARN of the table's stream."""
    network = {
        "subnet_ids": "${aws_subnet.private[*].id}",
        "security_group_ids": ["${aws_security_group.lambda.id}"],
    }
    from_table = dynamodb_statements(stream)
    return {
        "plain": Permissions({}, {}),
        "in-a-vpc": Permissions({"vpc_config": network}, {"ManageNetworkInterfaces": NETWORK_INTERFACES}),
        "traced": Permissions({"tracing_config": {"mode": "Active"}}, {"WriteTraces": TRACES}),
        "dead-letters-to-a-queue": Permissions(
            {"dead_letter_config": {"target_arn": QUEUE}},
            {"SendDeadLetters": ({"sqs:SendMessage"}, {QUEUE})},
        ),
        "dead-letters-to-a-topic": Permissions(
            {"dead_letter_config": {"target_arn": TOPIC}},
            {"SendDeadLetters": ({"sns:Publish"}, {TOPIC})},
        ),
        "encrypted": Permissions({"kms_key_arn": KEY}, {"DecryptEnvironment": ({"kms:Decrypt"}, {KEY})}),
        "reads-a-table": Permissions(reading(stream), from_table),
        "reads-a-table-failures-to-a-queue": Permissions(
            reading(stream, QUEUE),
            {**from_table, "SendFailedRecords": ({"sqs:SendMessage"}, {QUEUE}, ONLY_OUR_BUCKETS)},
        ),
        "reads-a-table-failures-to-a-bucket": Permissions(
            reading(stream, BUCKET),
            {
                **from_table,
                "SendFailedRecords": (
                    {"s3:ListBucket", "s3:PutObject"},
                    {BUCKET, f"{BUCKET}/*"},
                    ONLY_OUR_BUCKETS,
                ),
            },
        ),
        "reads-a-stream-failures-to-a-topic": Permissions(
            reading(STREAM, TOPIC),
            {
                "ReadEventSource": (
                    {
                        "kinesis:DescribeStream",
                        "kinesis:DescribeStreamSummary",
                        "kinesis:GetRecords",
                        "kinesis:GetShardIterator",
                        "kinesis:ListShards",
                    },
                    {STREAM},
                ),
                "ListStreams": ({"kinesis:ListStreams"}, {"*"}),
                "SendFailedRecords": ({"sns:Publish"}, {TOPIC}, ONLY_OUR_BUCKETS),
            },
        ),
        "reads-a-queue": Permissions(
            reading(QUEUE),
            {
                "ReadEventSource": (
                    {"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"},
                    {QUEUE},
                )
            },
        ),
    }


CASES = tuple(cases(TABLE))


@dataclass(frozen=True, slots=True)
class OwnRole(Applied):
    """The root after its apply. `stream`: the ARN of the table's stream."""

    stream: str


@pytest.fixture(scope="module")
def applied(
    terraform: Terraform, modules: Path, emulated_aws: str, tmp_path_factory: pytest.TempPathFactory
) -> OwnRole:
    """The three calls of `order_events`, of whose inputs nothing is known at plan, and one call of the plain
    module for each case, applied together."""
    terraform = terraform.at(emulated_aws)
    folder = tmp_path_factory.mktemp("own_role")
    session = boto3.Session("fake", "fake", region_name="us-east-1")
    stream = make_event_sources(session, emulated_aws)
    write_root(folder, modules, stream)
    terraform.init(folder)
    terraform.succeed(folder, "plan", "-out=first.tfplan")
    terraform.succeed(folder, "apply", "first.tfplan")
    state = terraform.read(folder, "show")
    resources = dict(values_of(state["values"]["root_module"]))
    return OwnRole(terraform, folder, session, emulated_aws, resources, stream)


def make_event_sources(session: Any, endpoint: str) -> str:
    """Make what event source mappings read, and give the ARN of the table's stream. Here and not in the root,
    because the provider waits half a minute for each queue."""
    session.client("sqs", endpoint_url=endpoint).create_queue(QueueName="jobs")
    session.client("kinesis", endpoint_url=endpoint).create_stream(StreamName="clicks", ShardCount=1)
    table = session.client("dynamodb", endpoint_url=endpoint).create_table(
        TableName="readings",
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"},
    )
    return str(table["TableDescription"]["LatestStreamArn"])


def write_root(folder: Path, modules: Path, stream: str) -> None:
    shutil.copy(ROOT / "main.tf", folder)
    shutil.copytree(modules / "order_events", folder / "modules" / "order_events")
    (folder / "plain.yaml").write_text(PLAIN)
    render_specs(folder / "modules", [folder / "plain.yaml"])
    calls = {
        name: {
            "source": "./modules/plain",
            "function_name": name,
            "s3_bucket": "${aws_s3_object.package.bucket}",
            "s3_key": "${aws_s3_object.package.key}",
            **case.arguments,
        }
        for name, case in cases(stream).items()
    }
    (folder / "cases.tf.json").write_text(json.dumps({"module": calls}))


@pytest.mark.parametrize("name", CASES)
def test_the_role_may_do_what_its_callers_settings_need_and_nothing_else(applied: OwnRole, name: str) -> None:
    policy = applied.policy(f"{name}-us-east-1")

    expected = cases(applied.stream)[name].statements
    assert statements_of(policy) == {"WriteLogs": write_logs(name), "ReadPrices": READ_PRICES, **expected}


def test_a_spec_with_settings_of_its_own_gives_its_role_just_their_statements(applied: OwnRole) -> None:
    policy = applied.policy("orders-default-us-east-1")
    key, table = applied.resources["aws_kms_key.this"], applied.resources["aws_dynamodb_table.orders"]

    assert statements_of(policy) == {
        "WriteLogs": write_logs("orders-default"),
        "ManageNetworkInterfaces": NETWORK_INTERFACES,
        "WriteTraces": TRACES,
        "SendDeadLetters": ({"sns:Publish"}, {f"arn:aws:sns:{ACCOUNT}:orders-dead-letters"}),
        "DecryptEnvironment": ({"kms:Decrypt"}, {key["arn"]}),
        **dynamodb_statements(table["stream_arn"]),
        "SendFailedRecords": (
            {"sns:Publish"},
            {f"arn:aws:sns:{ACCOUNT}:orders-failures"},
            ONLY_OUR_BUCKETS,
        ),
        "WriteInvoices": (
            {"dynamodb:PutItem", "dynamodb:UpdateItem"},
            {f"arn:aws:dynamodb:{ACCOUNT}:table/orders"},
        ),
        "ReadPrices": (
            {"ssm:GetParameter"},
            {f"arn:aws:ssm:{ACCOUNT}:parameter/prices/*"},
            {"StringEquals": {"aws:ResourceAccount": ACCOUNT_ID}},
        ),
    }


def test_the_role_can_be_assumed_by_lambda_alone(applied: OwnRole) -> None:
    role = applied.client("iam").get_role(RoleName="orders-default-us-east-1")["Role"]

    (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
    assert statement == {
        "Sid": "AssumedByLambda",
        "Effect": "Allow",
        "Action": "sts:AssumeRole",
        "Principal": {"Service": "lambda.amazonaws.com"},
    }


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("orders_default", "orders-default-us-east-1"),
        ("orders_external_role", "orders-of-the-caller"),
        ("orders_caller_role", "orders-of-the-caller"),
    ],
)
def test_the_function_has_the_modules_role_or_the_callers(applied: OwnRole, label: str, role: str) -> None:
    assert applied.function(label)["role"] == f"arn:aws:iam::123456789012:role/{role}"


def test_where_the_caller_switches_it_off_the_module_has_no_role(applied: OwnRole) -> None:
    roles = {role["RoleName"] for role in applied.client("iam").list_roles()["Roles"]}

    assert {"orders-default-us-east-1", "orders-caller-role-us-east-1"} < roles
    assert "orders-external-role-us-east-1" not in roles


def test_nothing_is_attached_to_the_callers_role(applied: OwnRole) -> None:
    iam = applied.client("iam")

    assert iam.list_role_policies(RoleName="orders-of-the-caller")["PolicyNames"] == []
    assert iam.list_attached_role_policies(RoleName="orders-of-the-caller")["AttachedPolicies"] == []


def test_the_callers_entries_go_over_the_specs(applied: OwnRole) -> None:
    function = applied.function("orders_default")

    (environment,) = function["environment"]
    assert environment["variables"] == {
        "LOG_LEVEL": "DEBUG",
        "STAGE": "test",
        "TABLE": "orders",
        "FUNCTION_ARN": function["arn"],
    }
    assert function["tags"] == {"Service": "orders", "Stage": "test"}


def test_a_second_plan_changes_nothing_and_a_destroy_leaves_nothing(applied: OwnRole) -> None:
    """One test, because the second half takes away what the first one looks at. It stands last in this file
    for the same reason."""
    second = applied.terraform.run(applied.folder, "plan", "-detailed-exitcode")
    assert second.returncode == 0, second.stdout + second.stderr

    applied.terraform.succeed(applied.folder, "destroy", "-auto-approve")

    assert json.loads((applied.folder / "terraform.tfstate").read_text())["resources"] == []
    assert applied.client("lambda").list_functions()["Functions"] == []
    assert applied.client("lambda").list_event_source_mappings()["EventSourceMappings"] == []
    assert applied.client("iam").list_roles()["Roles"] == []
    assert applied.client("logs").describe_log_groups()["logGroups"] == []
