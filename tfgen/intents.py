"""What a function may be allowed by intent: verbs, the services each is for, and what it then allows.

The actions are those of AWS SAM's policy templates, less what goes beyond the verb: no action with `*`, no
action on all resources where AWS knows narrower ones. What SAM has no template for is from the Service
Authorization Reference, and so is which resources each action knows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_REGION = "[a-z]{2}(-[a-z]+)+-[0-9]{1,2}"
_PLACE = f"{_REGION}:[0-9]{{12}}:"  # region and account of an ARN


class Service(NamedTuple):
    """What ARNs of a service are of: the `thing` in words, and what follows `arn:PARTITION:` as a pattern
    and as an `example`."""

    thing: str
    arn: str
    example: str

    @property
    def noun(self) -> str:
        """The thing without its article."""
        return self.thing.partition(" ")[2]

    @property
    def pattern(self) -> str:
        """The pattern of a whole ARN."""
        return f"^arn:aws(-[a-z]+)*:{self.arn}$"

    def has(self, arn: str) -> bool:
        """Whether an ARN is one of these."""
        return re.fullmatch(self.pattern.removesuffix("$"), arn) is not None


class Intent(NamedTuple):
    """What a verb allows for a service, in words that continue "The function may".

    `on` is what is put to the end of an ARN for each resource of the statement. Where AWS knows no resource,
    `condition` is the key whose values are given in place of ARNs.
    """

    allows: str
    actions: tuple[str, ...]
    on: tuple[str, ...] = ("",)
    condition: str = ""


#: By the service that an ARN names.
SERVICES: Mapping[str, Service] = {
    "appconfig": Service(
        "an AppConfig configuration",
        f"appconfig:{_PLACE}application/[a-z0-9]+/environment/[a-z0-9]+/configuration/[a-z0-9]+",
        "appconfig:REGION:ACCOUNT:application/ID/environment/ID/configuration/ID",
    ),
    "bedrock": Service(
        "a Bedrock model or inference profile",
        f"bedrock:{_REGION}:" + r"([0-9]{12})?:[a-z-]+/[a-zA-Z0-9_.:/-]+",
        "bedrock:REGION::foundation-model/ID",
    ),
    "dynamodb": Service(
        "a DynamoDB table", f"dynamodb:{_PLACE}table/[a-zA-Z0-9_.-]+", "dynamodb:REGION:ACCOUNT:table/NAME"
    ),
    "events": Service(
        "an EventBridge event bus",
        f"events:{_PLACE}event-bus/[a-zA-Z0-9_./-]+",
        "events:REGION:ACCOUNT:event-bus/NAME",
    ),
    "execute-api": Service(
        "an API of API Gateway, or one of its stages",
        f"execute-api:{_PLACE}[a-z0-9]+(/[a-zA-Z0-9_$-]+)?",
        "execute-api:REGION:ACCOUNT:API/STAGE",
    ),
    "firehose": Service(
        "a Firehose stream",
        f"firehose:{_PLACE}deliverystream/[a-zA-Z0-9_.-]+",
        "firehose:REGION:ACCOUNT:deliverystream/NAME",
    ),
    "iam": Service("an IAM role", "iam::[0-9]{12}:role/[a-zA-Z0-9_+=,.@/-]+", "iam::ACCOUNT:role/NAME"),
    "iot": Service("an IoT topic", f"iot:{_PLACE}topic/[^ ]+", "iot:REGION:ACCOUNT:topic/NAME"),
    "kinesis": Service(
        "a Kinesis stream", f"kinesis:{_PLACE}stream/[a-zA-Z0-9_.-]+", "kinesis:REGION:ACCOUNT:stream/NAME"
    ),
    "kms": Service("a KMS key", f"kms:{_PLACE}key/[a-zA-Z0-9-]+", "kms:REGION:ACCOUNT:key/ID"),
    "lambda": Service(
        "a Lambda function",
        f"lambda:{_PLACE}function:[a-zA-Z0-9_-]+(:[a-zA-Z0-9_$-]+)?",
        "lambda:REGION:ACCOUNT:function:NAME",
    ),
    "rds-db": Service(
        "a database user",
        f"rds-db:{_PLACE}dbuser:[a-zA-Z0-9_-]+/[^ ]+",
        "rds-db:REGION:ACCOUNT:dbuser:RESOURCE/USER",
    ),
    "s3": Service("an S3 bucket", r"s3:::[a-z0-9.-]+", "s3:::NAME"),
    "secretsmanager": Service(
        "a secret",
        f"secretsmanager:{_PLACE}secret:[a-zA-Z0-9/_+=.@!-]+-[a-zA-Z0-9]{{6}}",
        "secretsmanager:REGION:ACCOUNT:secret:NAME-AbCdEf",
    ),
    "ses": Service(
        "an SES identity, configuration set or template",
        f"ses:{_PLACE}(identity|configuration-set|template)/[^ ]+",
        "ses:REGION:ACCOUNT:identity/NAME",
    ),
    "sns": Service("an SNS topic", f"sns:{_PLACE}[a-zA-Z0-9_.-]+", "sns:REGION:ACCOUNT:NAME"),
    "sqs": Service("an SQS queue", f"sqs:{_PLACE}[a-zA-Z0-9_.-]+", "sqs:REGION:ACCOUNT:NAME"),
    "ssm": Service(
        "an SSM parameter",
        f"ssm:{_REGION}:" + r"([0-9]{12})?:parameter/[a-zA-Z0-9_.*-][a-zA-Z0-9_./*-]*",
        "ssm:REGION:ACCOUNT:parameter/NAME",
    ),
    "states": Service(
        "a Step Functions state machine",
        f"states:{_PLACE}stateMachine:[a-zA-Z0-9_-]+",
        "states:REGION:ACCOUNT:stateMachine:NAME",
    ),
}

#: The service of the one verb that is not about ARNs, but about namespaces.
METRICS = "cloudwatch"

#: Verb → service → what it allows.
INTENTS: Mapping[str, Mapping[str, Intent]] = {
    "read": {
        "appconfig": Intent(
            "get the configuration",
            ("appconfig:GetLatestConfiguration", "appconfig:StartConfigurationSession"),
        ),
        "dynamodb": Intent(
            "read items of the table and of its indexes",
            (
                "dynamodb:BatchGetItem",
                "dynamodb:ConditionCheckItem",
                "dynamodb:DescribeTable",
                "dynamodb:GetItem",
                "dynamodb:Query",
                "dynamodb:Scan",
            ),
            ("", "/index/*"),
        ),
        # With s3:ListBucket, what is not there is "not found", and "access denied" without.
        "s3": Intent("list the bucket's objects and get them", ("s3:GetObject", "s3:ListBucket"), ("", "/*")),
        "secretsmanager": Intent("get the secret's value", ("secretsmanager:GetSecretValue",)),
        # Without ssm:GetParametersByPath, which gives all that is below a parameter as well.
        "ssm": Intent("get the parameter", ("ssm:GetParameter", "ssm:GetParameters")),
    },
    "write": {
        "dynamodb": Intent(
            "put and update items of the table, also in batches, which may delete",
            ("dynamodb:BatchWriteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"),
        ),
        # The second is for uploads in parts that fail.
        "s3": Intent(
            "put objects into the bucket, in place of those that are there",
            ("s3:AbortMultipartUpload", "s3:PutObject"),
            ("/*",),
        ),
        "secretsmanager": Intent("give the secret a new value", ("secretsmanager:PutSecretValue",)),
        "ssm": Intent("make and change the parameter", ("ssm:PutParameter",)),
    },
    "delete": {
        "dynamodb": Intent(
            "delete items of the table, also in batches, which may put",
            ("dynamodb:BatchWriteItem", "dynamodb:DeleteItem"),
        ),
        "s3": Intent("delete the bucket's objects", ("s3:DeleteObject",), ("/*",)),
    },
    "publish": {
        "events": Intent("put events on the event bus", ("events:PutEvents",)),
        "firehose": Intent(
            "put records into the Firehose stream", ("firehose:PutRecord", "firehose:PutRecordBatch")
        ),
        "iot": Intent("publish to the IoT topic", ("iot:Publish",)),
        "kinesis": Intent("put records into the Kinesis stream", ("kinesis:PutRecord", "kinesis:PutRecords")),
        "sns": Intent("publish to the SNS topic", ("sns:Publish",)),
    },
    "send": {
        "execute-api": Intent(
            "send to clients of the WebSocket API", ("execute-api:ManageConnections",), ("/*/@connections/*",)
        ),
        "ses": Intent("send mail as the SES identity", ("ses:SendEmail", "ses:SendRawEmail")),
        "sqs": Intent("send messages to the queue", ("sqs:SendMessage",)),
    },
    "consume": {
        "kinesis": Intent(
            "read the Kinesis stream's records",
            (
                "kinesis:DescribeStreamSummary",
                "kinesis:GetRecords",
                "kinesis:GetShardIterator",
                "kinesis:ListShards",
            ),
        ),
        "sqs": Intent(
            "receive the queue's messages and delete them",
            (
                "sqs:ChangeMessageVisibility",
                "sqs:DeleteMessage",
                "sqs:GetQueueAttributes",
                "sqs:ReceiveMessage",
            ),
        ),
    },
    "invoke": {
        "bedrock": Intent(
            "have the model answer", ("bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream")
        ),
        "execute-api": Intent("call the API", ("execute-api:Invoke",), ("/*",)),
        "lambda": Intent(
            "invoke the function, and each of its versions and aliases",
            ("lambda:InvokeFunction",),
            ("", ":*"),
        ),
    },
    "start": {
        "states": Intent(
            "start the state machine, and wait for its answer if it is an express one",
            ("states:StartExecution", "states:StartSyncExecution"),
        )
    },
    "decrypt": {"kms": Intent("decrypt with the key", ("kms:Decrypt",))},
    "encrypt": {"kms": Intent("encrypt with the key", ("kms:Encrypt", "kms:GenerateDataKey"))},
    "assume": {"iam": Intent("assume the role, which must trust this one", ("sts:AssumeRole",))},
    "connect": {"rds-db": Intent("sign in to the database as the user", ("rds-db:connect",))},
    "put_metrics": {
        METRICS: Intent(
            "put metrics into these namespaces alone; AWS knows no resource for this action",
            ("cloudwatch:PutMetricData",),
            (),
            "cloudwatch:namespace",
        )
    },
}
