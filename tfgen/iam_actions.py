"""The least actions that each feature of a function needs of its execution role.

From AWS's managed policies and the Lambda developer guide; each tuple says which.
"""

from __future__ import annotations

# AWSLambdaBasicExecutionRole without logs:CreateLogGroup, since the module makes the log group.
LOGS = ("logs:CreateLogStream", "logs:PutLogEvents")
# AWSLambdaVPCAccessExecutionRole.
VPC = (
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
)
# The part of AWSXRayDaemonWriteAccess that writes; sampling is decided by Lambda.
XRAY = ("xray:PutTelemetryRecords", "xray:PutTraceSegments")
# Developer guide, "Securing environment variables".
KMS = ("kms:Decrypt",)
# Of a schedule's role. EventBridge Scheduler's user guide, "Managing targets".
INVOKE = ("lambda:InvokeFunction",)
# SQS developer guide, "Key management", for a producer. Lambda's says the same of an encrypted destination.
ENCRYPTED_QUEUE = ("kms:Decrypt", "kms:GenerateDataKey")
# S3 user guide, "Using server-side encryption with AWS KMS keys", for who writes objects.
ENCRYPTED_BUCKET = ("kms:GenerateDataKey",)
# AmazonElasticFileSystemClientReadWriteAccess.
EFS = ("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite")

#: The sids of the statements that a module's own role may have; those of a spec are others.
SIDS = (
    "WriteLogs",
    "ManageNetworkInterfaces",
    "WriteTraces",
    "SendDeadLetters",
    "DecryptEnvironment",
    "ReadEventSource",
    "ListStreams",
    "SendFailedRecords",
    "MountFileSystem",
)

#: By the service in the event source's ARN: AWSLambdaDynamoDBExecutionRole,
#: AWSLambdaKinesisExecutionRole and AWSLambdaSQSQueueExecutionRole, each without ListStreams.
EVENT_SOURCES = {
    "dynamodb": ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
    "kinesis": (
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
    ),
    "sqs": ("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
}

#: For the Kinesis consumer of a mapping with enhanced fan-out: the developer guide.
KINESIS_CONSUMER = ("kinesis:DescribeStreamConsumer", "kinesis:SubscribeToShard")

# The mappings of triggers alone. ---------------------------------------------------------------------

#: The part of those policies that lists streams, by service.
LIST_STREAMS = {"dynamodb": ("dynamodb:ListStreams",), "kinesis": ("kinesis:ListStreams",)}

#: AWSLambdaMSKExecutionRole: for its cluster, and for what stands beside the brokers of all kinds.
MSK = ("kafka:DescribeCluster", "kafka:DescribeClusterV2", "kafka:GetBootstrapBrokers")
NETWORK = (
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeSubnets",
    "ec2:DescribeVpcs",
)
#: Developer guide, "IAM authentication" of MSK, by the resource that each action is for.
MSK_CLUSTER = ("kafka-cluster:Connect", "kafka-cluster:DescribeClusterDynamicConfiguration")
MSK_TOPIC = ("kafka-cluster:DescribeTopic", "kafka-cluster:ReadData")
MSK_GROUP = ("kafka-cluster:AlterGroup", "kafka-cluster:DescribeGroup")

#: What AWS SAM and the developer guide give a mapping of Amazon MQ.
MQ = ("mq:DescribeBroker",)
#: What AWS SAM gives a mapping of DocumentDB: for the cluster, its parameters and its subnets.
DOCUMENTDB = ("rds:DescribeDBClusters",)
DOCUMENTDB_PARAMETERS = ("rds:DescribeDBClusterParameters",)
DOCUMENTDB_SUBNETS = ("rds:DescribeDBSubnetGroups",)

#: Secrets Manager's user guide.
SECRETS = ("secretsmanager:GetSecretValue",)
#: What the AWS Parameters and Secrets Lambda Extension calls, and code that asks for one parameter.
PARAMETERS = ("ssm:GetParameter",)

#: By the service in the destination's ARN. Developer guide, "Capturing records of invocations".
DESTINATIONS = {
    "s3": ("s3:ListBucket", "s3:PutObject"),
    "sns": ("sns:Publish",),
    "sqs": ("sqs:SendMessage",),
}
#: The same for asynchronous events, whose records can go to two services more: "Capturing records of Lambda
#: asynchronous invocations".
ASYNC_DESTINATIONS = {"events": ("events:PutEvents",), "lambda": INVOKE, **DESTINATIONS}

# Of triggers that are more than permissions. ---------------------------------------------------------

#: The part of AWSConfigRulesExecutionRole that says what a rule found.
EVALUATIONS = ("config:PutEvaluations",)
#: Secrets Manager's user guide, "Lambda rotation function execution role permissions": of the secret, of
#: passwords, and of the secret's key. It has kms:DescribeKey as well, but under a condition that this action
#: never meets.
ROTATION = (
    "secretsmanager:DescribeSecret",
    "secretsmanager:GetSecretValue",
    "secretsmanager:PutSecretValue",
    "secretsmanager:UpdateSecretVersionStage",
)
PASSWORDS = ("secretsmanager:GetRandomPassword",)
SECRET_KEY = ("kms:Decrypt", "kms:GenerateDataKey")

# Of sections about logs. -----------------------------------------------------------------------------

#: CloudWatch Logs user guide, "Log group-level subscription filters", by the destination's service.
SUBSCRIPTIONS = {"firehose": ("firehose:PutRecord",), "kinesis": ("kinesis:PutRecord",)}
#: CloudWatchLambdaInsightsExecutionRolePolicy, which has the first one for all log groups.
LAMBDA_INSIGHTS = ("logs:CreateLogGroup", "logs:CreateLogStream", "logs:PutLogEvents")
