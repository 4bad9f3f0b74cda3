"""What AWS must hold after the example of `permissions` was applied."""

from __future__ import annotations

from typing import Any

from tests.terraform.applied import ACCOUNT, ACCOUNT_ID, statements_of, write_logs

#: The module's inputs, none of which need be there.
_INPUTS = {
    "orders_table_arn": f"arn:aws:dynamodb:{ACCOUNT}:table/orders",
    "drafts_bucket_arn": "arn:aws:s3:::drafts",
    "warehouse_queue_arn": f"arn:aws:sqs:{ACCOUNT}:warehouse",
    "returns_queue_arn": f"arn:aws:sqs:{ACCOUNT}:returns",
    "address_check_arn": f"arn:aws:lambda:{ACCOUNT}:function:check-address",
    "refunds_arn": f"arn:aws:states:{ACCOUNT}:stateMachine:refunds",
    "customers_key_arn": f"arn:aws:kms:{ACCOUNT}:key/00000000-0000-0000-0000-000000000001",
    "archive_key_arn": f"arn:aws:kms:{ACCOUNT}:key/00000000-0000-0000-0000-000000000002",
    "partner_role_arn": "arn:aws:iam::210987654321:role/book-deliveries",
    "database_id": "db-ABCDEFGHIJKL01234",
}
_TABLES = f"arn:aws:dynamodb:{ACCOUNT}:table"
_READ_TABLE = {
    *("dynamodb:BatchGetItem", "dynamodb:ConditionCheckItem", "dynamodb:DescribeTable", "dynamodb:GetItem"),
    *("dynamodb:Query", "dynamodb:Scan"),
}


def surroundings(aws: Any) -> dict[str, str]:
    """The module's inputs."""
    return _INPUTS


def check(aws: Any, name: str) -> None:
    """The role's statements, each and all of them."""
    role = f"{name}-us-east-1"
    policy = aws("iam").get_role_policy(RoleName=role, PolicyName="execution-role")["PolicyDocument"]
    function = _INPUTS["address_check_arn"]
    namespaces = {"StringEquals": {"cloudwatch:namespace": ["Shop/Orders", "Shop/Warehouse"]}}
    expected = {
        "ReadDynamodb": (_READ_TABLE, {f"{_TABLES}/orders", f"{_TABLES}/orders/index/*"}),
        "WriteDynamodb": (
            {"dynamodb:BatchWriteItem", "dynamodb:PutItem", "dynamodb:UpdateItem"},
            {f"{_TABLES}/orders"},
        ),
        "ReadDynamodbNo2": (
            _READ_TABLE,
            {f"{_TABLES}/{table}{end}" for table in ("stock", "prices") for end in ("", "/index/*")},
        ),
        "ReadS3": (
            {"s3:GetObject", "s3:ListBucket"},
            {"arn:aws:s3:::shop-labels", "arn:aws:s3:::shop-labels/*"},
        ),
        "DeleteS3": ({"s3:DeleteObject"}, {"arn:aws:s3:::drafts/*"}),
        "PublishEvents": ({"events:PutEvents"}, {f"arn:aws:events:{ACCOUNT}:event-bus/shop"}),
        "SendSqs": ({"sqs:SendMessage"}, {_INPUTS["warehouse_queue_arn"]}),
        "ConsumeSqs": (
            {
                *("sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
                "sqs:ReceiveMessage",
            },
            {_INPUTS["returns_queue_arn"]},
        ),
        "InvokeLambda": ({"lambda:InvokeFunction"}, {function, f"{function}:*"}),
        "StartStates": ({"states:StartExecution", "states:StartSyncExecution"}, {_INPUTS["refunds_arn"]}),
        "DecryptKms": ({"kms:Decrypt"}, {_INPUTS["customers_key_arn"]}),
        "EncryptKms": (
            {"kms:Encrypt", "kms:GenerateDataKey"},
            {_INPUTS["customers_key_arn"], _INPUTS["archive_key_arn"]},
        ),
        "AssumeIam": ({"sts:AssumeRole"}, {_INPUTS["partner_role_arn"]}),
        "ConnectRdsDb": (
            {"rds-db:connect"},
            {f"arn:aws:rds-db:us-east-1:{ACCOUNT_ID}:dbuser:{_INPUTS['database_id']}/fulfilment"},
        ),
        "PutMetricsCloudwatch": ({"cloudwatch:PutMetricData"}, {"*"}, namespaces),
    }
    found = statements_of(policy)
    assert found.pop("WriteLogs") == write_logs(name)
    assert found == {f"{sid}ForPermissions": statement for sid, statement in expected.items()}
