"""What the role may do for each kind of event source: all that Lambda needs to read it, and no more.

The tables are copied by hand from the sources that they name, and not taken from `tfgen.iam_actions`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pygohcl
import pytest

from tests.strategies import as_json, modules
from tfgen.triggers import KINDS, kind
from tfgen.triggers.event_source import PolledSource

ACCOUNT = "eu-central-1:123456789012"
KEY = f"arn:aws:kms:{ACCOUNT}:key/00000000-0000-0000-0000-000000000000"
SECRET = f"arn:aws:secretsmanager:{ACCOUNT}:secret:orders-AbCdEf"
CERTIFICATE = f"arn:aws:secretsmanager:{ACCOUNT}:secret:certificate-AbCdEf"

QUEUE = f"arn:aws:sqs:{ACCOUNT}:orders"
CHANGES = f"arn:aws:dynamodb:{ACCOUNT}:table/orders/stream/2026-01-31T08:00:00.000"
STREAM = f"arn:aws:kinesis:{ACCOUNT}:stream/orders"
CONSUMER = f"{STREAM}/consumer/reader:1738310400"
UUID = "abcd1234-abcd-cafe-abab-9876543210ab-4"
MSK = f"arn:aws:kafka:{ACCOUNT}:cluster/shop/{UUID}"
BROKER = f"arn:aws:mq:{ACCOUNT}:broker:shop:b-24cacbb4-b295-49b7-8543-7ce7ce9dfb98"
DOCUMENTS = f"arn:aws:rds:{ACCOUNT}:cluster:shop"

# AWSLambdaSQSQueueExecutionRole, version 1
READ_QUEUE = {"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"}
# AWSLambdaDynamoDBExecutionRole, version 1; AWS SAM narrows ListStreams to the streams of the table
READ_CHANGES = {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"}
LIST_CHANGES = {"dynamodb:ListStreams"}
# AWSLambdaKinesisExecutionRole, version 2, which gives ListStreams on * as well
READ_STREAM = {
    *("kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords"),
    *("kinesis:GetShardIterator", "kinesis:ListShards"),
}
LIST_STREAMS = {"kinesis:ListStreams"}
# The developer guide, "Using Lambda to process records from Kinesis": with a consumer
CONSUME = {"kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard"}
# AWSLambdaMSKExecutionRole, version 2
FIND_BROKERS = {"kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers"}
# AWSLambdaMSKExecutionRole again; the developer guide has the same for MQ, DocumentDB and Kafka in a VPC
NETWORK = {
    *("ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:DescribeNetworkInterfaces"),
    *("ec2:DescribeSecurityGroups", "ec2:DescribeSubnets", "ec2:DescribeVpcs"),
}
# The developer guide, MSK's "IAM authentication"; MSK's own guide says what resource each is for
CONNECT = {"kafka-cluster:Connect", "kafka-cluster:DescribeClusterDynamicConfiguration"}
READ_TOPIC = {"kafka-cluster:DescribeTopic", "kafka-cluster:ReadData"}
JOIN_GROUP = {"kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup"}
# AWS SAM's translator, for MQ and for DocumentDB
DESCRIBE_BROKER = {"mq:DescribeBroker"}
DESCRIBE_CLUSTER = {"rds:DescribeDBClusters"}
DESCRIBE_PARAMETERS = {"rds:DescribeDBClusterParameters"}
DESCRIBE_SUBNETS = {"rds:DescribeDBSubnetGroups"}
# Of all brokers with a secret, and of all that a key of the caller's encrypts
READ_SECRET = {"secretsmanager:GetSecretValue"}
DECRYPT = {"kms:Decrypt"}
# The developer guide, "Capturing records of invocations", and there of a destination with a key
ENCRYPT = {"kms:Decrypt", "kms:GenerateDataKey"}
TO_QUEUE, TO_TOPIC, TO_BUCKET = {"sqs:SendMessage"}, {"sns:Publish"}, {"s3:ListBucket", "s3:PutObject"}


class Condition(NamedTuple):
    """Under what alone the role may do something."""

    test: str
    variable: str
    values: tuple[str, ...]


class Case(NamedTuple):
    """A trigger, and what the role may do for it: the actions on each resource, and the conditions if any."""

    trigger: Mapping[str, Any]
    actions: Mapping[str, set[str]]
    conditions: Mapping[str, Condition] = {}


SQS = {"type": "sqs", "queue_arn": QUEUE}
MADE = "aws_sqs_queue.orders.arn"

DYNAMODB = {"type": "dynamodb", "stream_arn": CHANGES, "starting_position": "LATEST"}
OF_CHANGES = {CHANGES: READ_CHANGES, f"arn:aws:dynamodb:{ACCOUNT}:table/orders/stream/*": LIST_CHANGES}

KINESIS = {"type": "kinesis", "stream_arn": STREAM, "starting_position": "LATEST"}
OF_STREAM = {STREAM: READ_STREAM, "*": LIST_STREAMS}

TOPIC = {"topics": ["orders"], "starting_position": "LATEST"}
OF_MSK = {"type": "msk", "cluster_arn": MSK, **TOPIC}
OF_CLUSTER = {MSK: FIND_BROKERS, "*": NETWORK}
BY_ROLE = {
    MSK: FIND_BROKERS | CONNECT,
    f"arn:aws:kafka:{ACCOUNT}:topic/shop/{UUID}/orders": READ_TOPIC,
    "*": NETWORK,
}
GROUPS = f"arn:aws:kafka:{ACCOUNT}:group/shop/{UUID}"


def access(**uris: str) -> dict[str, Any]:
    return {"source_access_configuration": [{"type": name, "uri": uri} for name, uri in uris.items()]}


KAFKA = {"type": "kafka", "bootstrap_servers": ["kafka.example.com:9096"], **TOPIC}
IN_VPC = {"VPC_SUBNET": "subnet:subnet-1", "VPC_SECURITY_GROUP": "security_group:sg-1"}

MQ = {"type": "mq", "broker_arn": BROKER, "queues": ["orders"]}
OF_BROKER = {BROKER: DESCRIBE_BROKER, "*": NETWORK, SECRET: READ_SECRET}

DOCUMENTDB = {
    "type": "documentdb",
    "cluster_arn": DOCUMENTS,
    "database_name": "shop",
    "starting_position": "LATEST",
    **access(BASIC_AUTH=SECRET),
}
OF_DOCUMENTS = {
    DOCUMENTS: DESCRIBE_CLUSTER,
    f"arn:aws:rds:{ACCOUNT}:cluster-pg:*": DESCRIBE_PARAMETERS,
    f"arn:aws:rds:{ACCOUNT}:subgrp:*": DESCRIBE_SUBNETS,
    "*": NETWORK,
    SECRET: READ_SECRET,
}

# The developer guide, "Security best practices for Amazon S3 destinations"; SQS and SNS know no such key
OUR_BUCKET = Condition("StringEquals", "s3:ResourceAccount", ("data.aws_caller_identity.current.account_id",))
TO_AN_INPUT = 'strcontains(var.failed, ":s3:") ? [var.failed, format("%s/*", var.failed)] : [var.failed]'

CASES = {
    "sqs": Case(SQS, {QUEUE: READ_QUEUE}),
    "sqs_with_a_key": Case({**SQS, "queue_kms_key_arn": KEY}, {QUEUE: READ_QUEUE, KEY: DECRYPT}),
    "sqs_of_the_modules_own": Case({"type": "sqs", "create": {}}, {MADE: READ_QUEUE}),
    "sqs_of_the_modules_own_with_a_key": Case(
        {"type": "sqs", "create": {"kms_master_key_id": KEY}}, {MADE: READ_QUEUE, KEY: DECRYPT}
    ),
    # An input's ARN is as unknown as it gets.
    "sqs_of_an_input": Case({"type": "sqs", "queue_arn": "${var.queue_arn}"}, {"var.queue_arn": READ_QUEUE}),
    "dynamodb": Case(DYNAMODB, OF_CHANGES),
    "dynamodb_of_an_input": Case(
        {**DYNAMODB, "stream_arn": "${var.arn}"},
        {"var.arn": READ_CHANGES, 'replace(var.arn, "/[^/]+$/", "*")': LIST_CHANGES},
    ),
    "dynamodb_in_the_callers_account": Case(
        {**DYNAMODB, "stream_arn": CHANGES.replace("123456789012", "${aws.account_id}")},
        {
            resource.replace("123456789012", "${data.aws_caller_identity.current.account_id}"): actions
            for resource, actions in OF_CHANGES.items()
        },
    ),
    "dynamodb_failing_to_a_queue": Case({**DYNAMODB, "on_failure": QUEUE}, {**OF_CHANGES, QUEUE: TO_QUEUE}),
    "dynamodb_failing_to_a_topic": Case(
        {**DYNAMODB, "on_failure": f"arn:aws:sns:{ACCOUNT}:failed"},
        {**OF_CHANGES, f"arn:aws:sns:{ACCOUNT}:failed": TO_TOPIC},
    ),
    "dynamodb_failing_to_a_bucket": Case(
        {**DYNAMODB, "on_failure": "arn:aws:s3:::failed"},
        {**OF_CHANGES, "arn:aws:s3:::failed": TO_BUCKET, "arn:aws:s3:::failed/*": TO_BUCKET},
        {"arn:aws:s3:::failed": OUR_BUCKET, "arn:aws:s3:::failed/*": OUR_BUCKET},
    ),
    "dynamodb_failing_to_a_bucket_of_an_input": Case(
        {**DYNAMODB, "on_failure": "arn:aws:s3:::${var.bucket}"},
        {**OF_CHANGES, "arn:aws:s3:::${var.bucket}": TO_BUCKET, "arn:aws:s3:::${var.bucket}/*": TO_BUCKET},
        {"arn:aws:s3:::${var.bucket}": OUR_BUCKET, "arn:aws:s3:::${var.bucket}/*": OUR_BUCKET},
    ),
    "dynamodb_failing_to_an_input": Case(
        {**DYNAMODB, "on_failure": "${var.failed}"},
        {
            **OF_CHANGES,
            TO_AN_INPUT: {'local.destination_actions[split(":", var.failed)[2]]'},
        },
        {TO_AN_INPUT: OUR_BUCKET._replace(test="StringEqualsIfExists")},
    ),
    "kinesis": Case(KINESIS, OF_STREAM),
    "kinesis_with_a_key": Case({**KINESIS, "stream_kms_key_arn": KEY}, {**OF_STREAM, KEY: DECRYPT}),
    "kinesis_with_a_consumer": Case(
        {**KINESIS, "consumer": {"arn": CONSUMER}}, {**OF_STREAM, CONSUMER: CONSUME}
    ),
    "kinesis_with_a_consumer_of_the_modules_own": Case(
        {**KINESIS, "consumer": {"create": True}},
        {**OF_STREAM, "aws_kinesis_stream_consumer.orders_consumer.arn": CONSUME},
    ),
    "kinesis_failing_to_a_queue": Case({**KINESIS, "on_failure": QUEUE}, {**OF_STREAM, QUEUE: TO_QUEUE}),
    "kinesis_failing_to_a_queue_with_a_key": Case(
        {**KINESIS, "on_failure": QUEUE, "on_failure_kms_key_arn": KEY},
        {**OF_STREAM, QUEUE: TO_QUEUE, KEY: ENCRYPT},
    ),
    "msk": Case(OF_MSK, OF_CLUSTER),
    "msk_with_a_secret": Case(
        {**OF_MSK, **access(SASL_SCRAM_512_AUTH=SECRET), "secret_kms_key_arn": KEY},
        {**OF_CLUSTER, SECRET: READ_SECRET, KEY: DECRYPT},
    ),
    "msk_with_a_certificate": Case(
        {**OF_MSK, **access(CLIENT_CERTIFICATE_TLS_AUTH=CERTIFICATE)},
        {**OF_CLUSTER, CERTIFICATE: READ_SECRET},
    ),
    "msk_by_the_role": Case(
        {**OF_MSK, "iam_authentication": True, "consumer_group_id": "readers"},
        {**BY_ROLE, f"{GROUPS}/readers": JOIN_GROUP},
    ),
    # The group is called after the mapping, which is not there when the role must be.
    "msk_by_the_role_as_lambdas_own_group": Case(
        {**OF_MSK, "iam_authentication": True}, {**BY_ROLE, f"{GROUPS}/*": JOIN_GROUP}
    ),
    "msk_by_the_role_of_inputs": Case(
        {**OF_MSK, "iam_authentication": True, "cluster_arn": "${var.arn}", "topics": "${var.topics}"},
        {
            "var.arn": FIND_BROKERS | CONNECT,
            'format("%s/%s", replace(var.arn, ":cluster/", ":topic/"), one(var.topics))': READ_TOPIC,
            'format("%s/%s", replace(var.arn, ":cluster/", ":group/"), "*")': JOIN_GROUP,
            "*": NETWORK,
        },
    ),
    "msk_failing_to_a_queue": Case({**OF_MSK, "on_failure": QUEUE}, {**OF_CLUSTER, QUEUE: TO_QUEUE}),
    "kafka_on_the_internet": Case({**KAFKA, **access(BASIC_AUTH=SECRET)}, {SECRET: READ_SECRET}),
    "kafka_in_a_vpc": Case({**KAFKA, **access(**IN_VPC)}, {"*": NETWORK}),
    "kafka_with_secrets_in_a_vpc": Case(
        {
            **KAFKA,
            **access(**IN_VPC, SASL_SCRAM_256_AUTH=SECRET, SERVER_ROOT_CA_CERTIFICATE=CERTIFICATE),
            "secret_kms_key_arn": KEY,
        },
        {"*": NETWORK, SECRET: READ_SECRET, CERTIFICATE: READ_SECRET, KEY: DECRYPT},
    ),
    "kafka_with_a_certificate": Case(
        {**KAFKA, **access(CLIENT_CERTIFICATE_TLS_AUTH=CERTIFICATE)}, {CERTIFICATE: READ_SECRET}
    ),
    "kafka_failing_to_a_queue": Case(
        {**KAFKA, **access(SASL_SCRAM_512_AUTH=SECRET), "on_failure": QUEUE},
        {SECRET: READ_SECRET, QUEUE: TO_QUEUE},
    ),
    "mq": Case({**MQ, **access(BASIC_AUTH=SECRET)}, OF_BROKER),
    # A virtual host is a name and not a secret.
    "mq_with_a_virtual_host_and_a_key": Case(
        {**MQ, **access(BASIC_AUTH=SECRET, VIRTUAL_HOST="/office"), "secret_kms_key_arn": KEY},
        {**OF_BROKER, KEY: DECRYPT},
    ),
    "documentdb": Case(DOCUMENTDB, OF_DOCUMENTS),
    "documentdb_with_a_key": Case({**DOCUMENTDB, "secret_kms_key_arn": KEY}, {**OF_DOCUMENTS, KEY: DECRYPT}),
    "documentdb_of_an_input": Case(
        {**DOCUMENTDB, "cluster_arn": "${var.arn}"},
        {
            "var.arn": DESCRIBE_CLUSTER,
            'replace(var.arn, "/:cluster:.*$/", ":cluster-pg:*")': DESCRIBE_PARAMETERS,
            'replace(var.arn, "/:cluster:.*$/", ":subgrp:*")': DESCRIBE_SUBNETS,
            "*": NETWORK,
            SECRET: READ_SECRET,
        },
    ),
}

# What encrypts filters is none of the role's business: Lambda decrypts them in its own name.
FILTERS = {"kms_key_arn": KEY, "filters": [{"eventSource": ["aws:sqs"]}]}
UNFILTERED = {name for name in CASES if name.startswith("documentdb")}


def case(trigger: Mapping[str, Any]) -> Case:
    """A trigger, and what its module's policy allows because of it."""
    spec = {"name": "orders", "function_name": "orders", "triggers": [{**trigger, "name": "orders"}]}
    policy = pygohcl.loads(modules(as_json(spec))["iam.tf"], keep_interpolations=True)
    statements = policy["data"]["aws_iam_policy_document"]["execution_role"]["statement"]
    actions: dict[str, set[str]] = {}
    conditions: dict[str, Condition] = {}
    for statement in listed(statements):
        if statement["sid"] == "WriteLogs":
            continue  # which every function has
        assert statement["sid"].endswith("ForOrders")
        for resource in listed(statement["resources"]):
            actions.setdefault(resource, set()).update(listed(statement["actions"]))
            for condition in listed(statement.get("condition", [])):
                assert resource not in conditions
                found = Condition(condition["test"], condition["variable"], tuple(condition["values"]))
                conditions[resource] = found
    return Case(trigger, actions, conditions)


def listed(values: Any) -> list[Any]:
    return values if isinstance(values, list) else [values]


@pytest.mark.parametrize("name", CASES)
def test_the_role_may_do_what_its_event_source_needs_and_no_more(name: str) -> None:
    assert case(CASES[name].trigger) == CASES[name]


@pytest.mark.parametrize("name", CASES)
def test_what_lambda_does_in_its_own_name_asks_nothing_of_the_role(name: str) -> None:
    trigger = {**CASES[name].trigger, "enabled": False}
    if name not in UNFILTERED:
        trigger.update(FILTERS)
    assert case(trigger) == CASES[name]._replace(trigger=trigger)


def test_every_kind_that_lambda_reads_is_in_the_table() -> None:
    read = {name for name in KINDS if issubclass(kind(name), PolledSource)}
    assert {case.trigger["type"] for case in CASES.values()} == read
