"""What is expected of the kinds whose sources Lambda reads in the role's name."""

from __future__ import annotations

from datetime import UTC, datetime

from tests.terraform.applied import ACCOUNT_ID, Conditions, Statement
from tests.terraform.triggers.expected import FAILURES, Expected, arn, key, secret

ORDERS_STREAM, VISITS_STREAM = (
    arn("dynamodb", f"table/{table}/stream/2026-01-31T08:00:00.000") for table in ("orders", "visits")
)
CLICKS, PAYMENTS, LOADS = (arn("kinesis", f"stream/{stream}") for stream in ("clicks", "payments", "loads"))
OUR_CONSUMER = f"{PAYMENTS}/consumer/ours:1769846400"
JOBS, STEPS = arn("sqs", "sqs-reader-jobs"), arn("sqs", "sqs-reader-steps.fifo")
ORDERS_CLUSTER, AUDIT_CLUSTER = (
    f"cluster/{name}/00000000-0000-0000-0000-000000000000-{number}"
    for number, name in enumerate(("orders", "audit"), 1)
)
ACTIVE_MQ, RABBIT_MQ = (
    arn("mq", f"broker:{name}:b-00000000-0000-0000-0000-000000000000") for name in ("active", "rabbit")
)
DOCUMENTS = arn("rds", "cluster:shop")

SINCE = {
    "StartingPosition": "AT_TIMESTAMP",
    "StartingPositionTimestamp": datetime(2026, 1, 31, 8, tzinfo=UTC),
}
PARTIAL = {"FunctionResponseTypes": ["ReportBatchItemFailures"]}
EVENT_COUNT = {"MetricsConfig": {"Metrics": ["EventCount"]}}
TRIED_AGAIN = {
    "BisectBatchOnFunctionError": True,
    "MaximumRecordAgeInSeconds": 3600,
    "MaximumRetryAttempts": 3,
    "DestinationConfig": {"OnFailure": {"Destination": FAILURES}},
    **PARTIAL,
    **EVENT_COUNT,
}
POLLERS = {"ProvisionedPollerConfig": {"MinimumPollers": 1, "MaximumPollers": 4}}


def allow(actions: str, *resources: str, only: Conditions | None = None) -> Statement:
    """A statement; `actions` with their service said once."""
    service, _, names = actions.partition(":")
    allowed = {f"{service}:{name}" for name in names.split()}
    return (allowed, set(resources)) if only is None else (allowed, set(resources), only)


def our_bucket(test: str) -> Conditions:
    """That a bucket is none of another account's."""
    return {test: {"s3:ResourceAccount": ACCOUNT_ID}}


def reads_table(label: str, stream: str) -> dict[str, Statement]:
    return {
        f"ReadFor{label}": allow("dynamodb:DescribeStream GetRecords GetShardIterator", stream),
        f"ListStreamsFor{label}": allow("dynamodb:ListStreams", f"{stream.rpartition('/')[0]}/*"),
    }


def reads_stream(label: str, stream: str) -> dict[str, Statement]:
    actions = "kinesis:DescribeStream DescribeStreamSummary GetRecords GetShardIterator ListShards"
    return {
        f"ReadFor{label}": allow(actions, stream),
        f"ListStreamsFor{label}": allow("kinesis:ListStreams", "*"),
    }


def consumes(label: str, consumer: str) -> dict[str, Statement]:
    return {f"ConsumeFor{label}": allow("kinesis:DescribeStreamConsumer SubscribeToShard", consumer)}


def reads_queue(label: str, queue: str) -> dict[str, Statement]:
    return {f"ReadFor{label}": allow("sqs:DeleteMessage GetQueueAttributes ReceiveMessage", queue)}


def enters_network(label: str) -> dict[str, Statement]:
    actions = (
        "ec2:CreateNetworkInterface DeleteNetworkInterface DescribeNetworkInterfaces DescribeSecurityGroups "
        "DescribeSubnets DescribeVpcs"
    )
    return {f"ManageNetworkInterfacesFor{label}": allow(actions, "*")}


def reads_cluster(label: str, cluster: str) -> dict[str, Statement]:
    actions = "kafka:DescribeCluster DescribeClusterV2 GetBootstrapBrokers"
    return {f"ReadFor{label}": allow(actions, cluster), **enters_network(label)}


def reads_broker(label: str, broker: str) -> dict[str, Statement]:
    return {f"ReadFor{label}": allow("mq:DescribeBroker", broker), **enters_network(label)}


def reads_documents(label: str) -> dict[str, Statement]:
    return {
        f"ReadFor{label}": allow("rds:DescribeDBClusters", DOCUMENTS),
        f"ReadParametersFor{label}": allow("rds:DescribeDBClusterParameters", arn("rds", "cluster-pg:*")),
        f"ReadSubnetsFor{label}": allow("rds:DescribeDBSubnetGroups", arn("rds", "subgrp:*")),
        **enters_network(label),
        **reads_secrets(label, "shop"),
    }


def reads_secrets(label: str, *names: str) -> dict[str, Statement]:
    return {f"ReadSecretsFor{label}": allow("secretsmanager:GetSecretValue", *map(secret, names))}


def decrypts(what: str, number: int) -> dict[str, Statement]:
    return {f"Decrypt{what}": allow("kms:Decrypt", key(number))}


# The modules are given its ARN, which for all that they know could be a bucket's.
SENDS_FAILURES = {
    "SendFailuresForOrders": allow("sqs:SendMessage", FAILURES, only=our_bucket("StringEqualsIfExists")),
    "EncryptFailuresForOrders": allow("kms:Decrypt GenerateDataKey", key(3)),
}

POLLED = {
    "documentdb": Expected(
        {
            "cluster_arn": DOCUMENTS,
            "secret_arn": secret("shop"),
            "secret_key_arn": key(1),
            "reads_archive": False,
        },
        statements={
            **reads_documents("Orders"),
            **decrypts("SecretsForOrders", 1),
            **reads_documents("Archive"),
        },
        mappings=(
            {
                "EventSourceArn": DOCUMENTS,
                "State": "Enabled",
                "StartingPosition": "TRIM_HORIZON",
                "BatchSize": 50,
                "MaximumBatchingWindowInSeconds": 5,
                "DocumentDBEventSourceConfig": {
                    "DatabaseName": "shop",
                    "CollectionName": "orders",
                    "FullDocument": "UpdateLookup",
                },
                "SourceAccessConfigurations": {("BASIC_AUTH", secret("shop"))},
            },
            {
                "EventSourceArn": DOCUMENTS,
                "State": "Disabled",
                **SINCE,
                "BatchSize": 100,
                "DocumentDBEventSourceConfig": {"DatabaseName": "archive", "FullDocument": "Default"},
                "SourceAccessConfigurations": {("BASIC_AUTH", secret("shop"))},
            },
        ),
    ),
    "dynamodb": Expected(
        {
            "orders_stream_arn": ORDERS_STREAM,
            "failed_changes_arn": FAILURES,
            "failed_changes_key_arn": key(3),
            "filters_key_arn": key(1),
            "visits_stream_arn": VISITS_STREAM,
            "counts_visits": True,
        },
        statements={
            **reads_table("Orders", ORDERS_STREAM),
            **SENDS_FAILURES,
            **reads_table("Visits", VISITS_STREAM),
        },
        mappings=(
            {
                "EventSourceArn": ORDERS_STREAM,
                "State": "Enabled",
                "StartingPosition": "TRIM_HORIZON",
                "BatchSize": 100,
                "MaximumBatchingWindowInSeconds": 5,
                "ParallelizationFactor": 2,
                **TRIED_AGAIN,
                "FilterCriteria": {
                    '{"dynamodb":{"NewImage":{"status":{"S":["paid"]}}},"eventName":["INSERT"]}'
                },
                "KMSKeyArn": key(1),
            },
            {
                "EventSourceArn": VISITS_STREAM,
                "State": "Enabled",
                "StartingPosition": "LATEST",
                "BatchSize": 100,
                "TumblingWindowInSeconds": 60,
            },
        ),
    ),
    "kafka": Expected(
        {
            "first_subnet_id": "subnet-1",
            "second_subnet_id": "subnet-2",
            "security_group_id": "sg-1",
            "client_certificate_arn": secret("client"),
            "root_certificate_arn": secret("root"),
            "secrets_key_arn": key(1),
            "failed_orders_arn": FAILURES,
            "failed_orders_key_arn": key(3),
            "filters_key_arn": key(2),
            "weather_secret_arn": secret("weather"),
            "reads_weather": True,
        },
        statements={
            **enters_network("Orders"),
            **reads_secrets("Orders", "client", "root"),
            **decrypts("SecretsForOrders", 1),
            **SENDS_FAILURES,
            **reads_secrets("Weather", "weather"),
        },
        mappings=(
            {
                "State": "Enabled",
                "SelfManagedEventSource": {
                    "Endpoints": {
                        "KAFKA_BOOTSTRAP_SERVERS": ["kafka-1.example.com:9096", "kafka-2.example.com:9096"]
                    }
                },
                "SelfManagedKafkaEventSourceConfig": {"ConsumerGroupId": "kafka-reader-orders"},
                "Topics": ["orders"],
                "StartingPosition": "TRIM_HORIZON",
                "SourceAccessConfigurations": {
                    ("VPC_SUBNET", "subnet:subnet-1"),
                    ("VPC_SUBNET", "subnet:subnet-2"),
                    ("VPC_SECURITY_GROUP", "security_group:sg-1"),
                    ("CLIENT_CERTIFICATE_TLS_AUTH", secret("client")),
                    ("SERVER_ROOT_CA_CERTIFICATE", secret("root")),
                },
                "BatchSize": 100,
                "MaximumBatchingWindowInSeconds": 5,
                **POLLERS,
                **TRIED_AGAIN,
                "FilterCriteria": {'{"value":{"status":["paid"]}}'},
                "KMSKeyArn": key(2),
            },
            {
                "State": "Enabled",
                "SelfManagedEventSource": {
                    "Endpoints": {"KAFKA_BOOTSTRAP_SERVERS": ["broker.weather.example.com:9092"]}
                },
                "Topics": ["observations"],
                **SINCE,
                "SourceAccessConfigurations": {("BASIC_AUTH", secret("weather"))},
                "BatchSize": 100,
            },
        ),
    ),
    "kinesis": Expected(
        {
            "clicks_stream_arn": CLICKS,
            "clicks_key_arn": key(1),
            "failures_bucket": "failures",
            "failures_key_arn": key(3),
            "filters_key_arn": key(2),
            "payments_stream_arn": PAYMENTS,
            "payments_consumer": "ours:1769846400",
            "reads_payments": False,
            "loads_stream_arn": LOADS,
        },
        statements={
            **reads_stream("Clicks", CLICKS),
            **consumes("Clicks", "<aws_kinesis_stream_consumer.clicks_consumer.arn>"),
            **decrypts("ForClicks", 1),
            "SendFailuresForClicks": allow(
                "s3:ListBucket PutObject",
                "arn:aws:s3:::failures",
                "arn:aws:s3:::failures/*",
                only=our_bucket("StringEquals"),
            ),
            "EncryptFailuresForClicks": allow("kms:GenerateDataKey", key(3)),
            **reads_stream("Payments", PAYMENTS),
            **consumes("Payments", OUR_CONSUMER),
            **reads_stream("Loads", LOADS),
        },
        mappings=(
            {
                "EventSourceArn": "<aws_kinesis_stream_consumer.clicks_consumer.arn>",
                "State": "Enabled",
                "StartingPosition": "LATEST",
                "BatchSize": 500,
                "MaximumBatchingWindowInSeconds": 2,
                "ParallelizationFactor": 4,
                "BisectBatchOnFunctionError": True,
                "MaximumRecordAgeInSeconds": 86400,
                "MaximumRetryAttempts": 5,
                **PARTIAL,
                "DestinationConfig": {"OnFailure": {"Destination": "arn:aws:s3:::failures"}},
                "FilterCriteria": {'{"data":{"kind":["click"],"page":[{"prefix":"/shop/"}]}}'},
                "KMSKeyArn": key(2),
                **EVENT_COUNT,
            },
            {
                "EventSourceArn": OUR_CONSUMER,
                "State": "Disabled",
                **SINCE,
                "BatchSize": 100,
            },
            {
                "EventSourceArn": LOADS,
                "State": "Enabled",
                "StartingPosition": "TRIM_HORIZON",
                "BatchSize": 100,
                "TumblingWindowInSeconds": 60,
            },
        ),
    ),
    "mq": Expected(
        {
            "activemq_arn": ACTIVE_MQ,
            "activemq_secret_arn": secret("active"),
            "filters_key_arn": key(1),
            "rabbitmq_arn": RABBIT_MQ,
            "rabbitmq_secret_arn": secret("rabbit"),
            "rabbitmq_secret_key_arn": key(2),
            "reads_mails": True,
        },
        statements={
            **reads_broker("Orders", ACTIVE_MQ),
            **reads_secrets("Orders", "active"),
            **reads_broker("Mails", RABBIT_MQ),
            **reads_secrets("Mails", "rabbit"),
            **decrypts("SecretsForMails", 2),
        },
        mappings=(
            {
                "EventSourceArn": ACTIVE_MQ,
                "State": "Enabled",
                "Queues": ["orders"],
                "SourceAccessConfigurations": {("BASIC_AUTH", secret("active"))},
                "BatchSize": 50,
                "MaximumBatchingWindowInSeconds": 5,
                "FilterCriteria": {'{"data":{"status":["paid"]}}'},
                "KMSKeyArn": key(1),
            },
            {
                "EventSourceArn": RABBIT_MQ,
                "State": "Enabled",
                "Queues": ["mails"],
                "SourceAccessConfigurations": {
                    ("BASIC_AUTH", secret("rabbit")),
                    ("VIRTUAL_HOST", "/office"),
                },
                "BatchSize": 100,
            },
        ),
    ),
    "msk": Expected(
        {
            "orders_cluster_arn": arn("kafka", ORDERS_CLUSTER),
            "failed_orders_arn": FAILURES,
            "failed_orders_key_arn": key(3),
            "filters_key_arn": key(1),
            "audit_cluster_arn": arn("kafka", AUDIT_CLUSTER),
            "stage": "test",
            "audit_secret_arn": secret("AmazonMSK_audit"),
            "audit_secret_key_arn": key(2),
            "reads_audit": True,
        },
        statements={
            **reads_cluster("Orders", arn("kafka", ORDERS_CLUSTER)),
            "ConnectForOrders": allow(
                "kafka-cluster:Connect DescribeClusterDynamicConfiguration", arn("kafka", ORDERS_CLUSTER)
            ),
            "ReadTopicForOrders": allow(
                "kafka-cluster:DescribeTopic ReadData",
                arn("kafka", f"{ORDERS_CLUSTER.replace('cluster', 'topic')}/orders"),
            ),
            "JoinGroupForOrders": allow(
                "kafka-cluster:AlterGroup DescribeGroup",
                arn("kafka", f"{ORDERS_CLUSTER.replace('cluster', 'group')}/msk-reader-orders"),
            ),
            **SENDS_FAILURES,
            **reads_cluster("Audit", arn("kafka", AUDIT_CLUSTER)),
            **reads_secrets("Audit", "AmazonMSK_audit"),
            **decrypts("SecretsForAudit", 2),
        },
        mappings=(
            {
                "EventSourceArn": arn("kafka", ORDERS_CLUSTER),
                "State": "Enabled",
                "AmazonManagedKafkaEventSourceConfig": {"ConsumerGroupId": "msk-reader-orders"},
                "Topics": ["orders"],
                "StartingPosition": "TRIM_HORIZON",
                "BatchSize": 100,
                "MaximumBatchingWindowInSeconds": 5,
                **POLLERS,
                **TRIED_AGAIN,
                "FilterCriteria": {'{"value":{"status":["paid"]}}'},
                "KMSKeyArn": key(1),
            },
            {
                "EventSourceArn": arn("kafka", AUDIT_CLUSTER),
                "State": "Enabled",
                "Topics": ["audit.test"],
                "SourceAccessConfigurations": {("SASL_SCRAM_512_AUTH", secret("AmazonMSK_audit"))},
                **SINCE,
                "BatchSize": 100,
            },
        ),
    ),
    "sqs": Expected(
        {
            "shop": "berlin",
            "commands_queue_arn": arn("sqs", "commands"),
            "commands_key_arn": key(1),
            "filters_key_arn": key(2),
            "steps_key_arn": key(3),
            "steps_enabled": True,
        },
        statements={
            **reads_queue("Jobs", JOBS),
            **reads_queue("Steps", STEPS),
            **decrypts("ForSteps", 3),
            **reads_queue("Commands", arn("sqs", "commands")),
            **decrypts("ForCommands", 1),
        },
        mappings=(
            {
                "EventSourceArn": JOBS,
                "State": "Enabled",
                "BatchSize": 100,
                "MaximumBatchingWindowInSeconds": 5,
                **PARTIAL,
                "ScalingConfig": {"MaximumConcurrency": 20},
                **EVENT_COUNT,
                "FilterCriteria": {
                    '{"body":{"amount":[{"numeric":[">",0]}],"status":["paid","refunded"]}}',
                    '{"body":{"source":["berlin"]}}',
                },
            },
            {"EventSourceArn": STEPS, "State": "Enabled", "BatchSize": 5},
            {
                "EventSourceArn": arn("sqs", "commands"),
                "State": "Enabled",
                "BatchSize": 10,
                "FilterCriteria": {'{"body":{"kind":["command"]}}'},
                "KMSKeyArn": key(2),
            },
        ),
    ),
}
