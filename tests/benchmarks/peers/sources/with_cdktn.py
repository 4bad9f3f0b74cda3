"""OUTPUT COUNT: synthesize a stack with that many functions, with those bindings that are installed."""

# mypy: ignore-errors
# What it imports is in the peer's environment alone.
import sys
from importlib.util import find_spec

from cdktn import App, TerraformStack

if find_spec("cdktn_provider_aws"):
    from cdktn_provider_aws.cloudwatch_log_group import CloudwatchLogGroup as LogGroup
    from cdktn_provider_aws.data_aws_iam_policy_document import DataAwsIamPolicyDocument as PolicyDocument
    from cdktn_provider_aws.iam_role import IamRole as Role
    from cdktn_provider_aws.iam_role_policy import IamRolePolicy as RolePolicy
    from cdktn_provider_aws.lambda_event_source_mapping import LambdaEventSourceMapping as EventSourceMapping
    from cdktn_provider_aws.lambda_function import LambdaFunction as Function
    from cdktn_provider_aws.provider import AwsProvider
else:
    from cdktn_aws.cloudwatch_logs import AwsGroup as LogGroup
    from cdktn_aws.iam import AwsRole as Role
    from cdktn_aws.iam import AwsRolePolicy as RolePolicy
    from cdktn_aws.iam import DataAwsPolicyDocument as PolicyDocument
    from cdktn_aws.lambda_ import AwsEventSourceMapping as EventSourceMapping
    from cdktn_aws.lambda_ import AwsFunction as Function
    from cdktn_aws.provider import AwsProvider

LAMBDA = {"type": "Service", "identifiers": ["lambda.amazonaws.com"]}


def function(stack: TerraformStack, name: str) -> None:
    """The function with its role, log group and the queue that it reads."""
    queue = f"arn:aws:sqs:eu-central-1:123456789012:{name}-orders"
    trust = PolicyDocument(
        stack, f"{name}-trust", statement=[{"actions": ["sts:AssumeRole"], "principals": [LAMBDA]}]
    )
    role = Role(stack, f"{name}-role", name=name, assume_role_policy=trust.json)
    logs = LogGroup(stack, f"{name}-logs", name=f"/aws/lambda/{name}", retention_in_days=30)
    allowed = PolicyDocument(
        stack,
        f"{name}-allowed",
        statement=[
            {
                "sid": "WriteBills",
                "actions": ["dynamodb:PutItem"],
                "resources": ["arn:aws:dynamodb:eu-central-1:123456789012:table/bills"],
            },
            {
                "sid": "WriteLogs",
                "actions": ["logs:CreateLogStream", "logs:PutLogEvents"],
                "resources": [f"{logs.arn}:*"],
            },
            {
                "sid": "ReadOrders",
                "actions": ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
                "resources": [queue],
            },
        ],
    )
    RolePolicy(stack, f"{name}-policy", name=name, role=role.name, policy=allowed.json)
    made = Function(
        stack,
        name,
        function_name=name,
        description="Turns orders into bills",
        role=role.arn,
        runtime="python3.12",
        handler="app.handler",
        s3_bucket="deployments-of-the-shop",
        s3_key=f"{name}.zip",
        timeout=60,
        memory_size=512,
        environment={"variables": {"LOG_LEVEL": "INFO", "TABLE": "bills"}},
        tags={"Service": "shop"},
        depends_on=[logs],
    )
    EventSourceMapping(
        stack,
        f"{name}-orders",
        function_name=made.arn,
        event_source_arn=queue,
        batch_size=10,
        function_response_types=["ReportBatchItemFailures"],
    )


output, count = sys.argv[1:]
app = App(outdir=output)
stack = TerraformStack(app, "shop")
AwsProvider(stack, "aws", region="eu-central-1")
for number in range(int(count)):
    function(stack, f"invoices{number}")
app.synth()
