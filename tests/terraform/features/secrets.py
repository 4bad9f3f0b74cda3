"""What AWS must hold after the example of `secrets` and `parameters` was applied."""

from __future__ import annotations

from typing import Any

from tests.terraform.applied import ACCOUNT, statements_of, write_logs

_LAYER = "AWS-Parameters-and-Secrets-Lambda-Extension-Arm64"
_PARAMETERS = f"arn:aws:ssm:{ACCOUNT}:parameter/shop"


def surroundings(aws: Any) -> dict[str, str]:
    """Make the secrets, their key, and a layer in the extension's place."""
    key = aws("kms").create_key()["KeyMetadata"]["Arn"]
    manager = aws("secretsmanager")
    layer = aws("lambda").publish_layer_version(
        LayerName=_LAYER, Content={"S3Bucket": "deployments", "S3Key": "charge-cards.zip"}
    )
    return {
        "database_secret_arn": manager.create_secret(Name="orders/database")["ARN"],
        "payments_secret_arn": manager.create_secret(Name="orders/payments", KmsKeyId=key)["ARN"],
        "payments_key_arn": key,
        "parameters_and_secrets_extension_arn": layer["LayerVersionArn"],
    }


def check(aws: Any, name: str) -> None:
    """ARNs in the environment, the layer once, and a role that may read these alone."""
    manager = aws("secretsmanager")
    database, payments = (
        manager.describe_secret(SecretId=secret)["ARN"] for secret in ("orders/database", "orders/payments")
    )
    key = manager.describe_secret(SecretId=payments)["KmsKeyId"]
    address, limits = f"{_PARAMETERS}/address", f"{_PARAMETERS}/payments/limits"
    function = aws("lambda").get_function_configuration(FunctionName=name)
    assert function["Environment"]["Variables"] == {
        "PARAMETERS_SECRETS_EXTENSION_CACHE_SIZE": "50",
        "DB_PASSWORD_SECRET_ARN": database,
        "PAYMENTS_API_KEY_SECRET_ARN": payments,
        "SHOP_ADDRESS_PARAMETER_ARN": address,
        "PAYMENTS_LIMITS_PARAMETER_ARN": limits,
    }
    assert [layer["Arn"].split(":")[6] for layer in function["Layers"]] == [_LAYER]
    role = function["Role"].rpartition("/")[2]
    policy = aws("iam").get_role_policy(RoleName=role, PolicyName="execution-role")["PolicyDocument"]
    assert statements_of(policy) == {
        "WriteLogs": write_logs(name),
        "ReadForSecrets": ({"secretsmanager:GetSecretValue"}, {database, payments}),
        "DecryptForSecrets": (
            {"kms:Decrypt"},
            {key},
            {"StringEquals": {"kms:EncryptionContext:SecretARN": payments}},
        ),
        "ReadForParameters": ({"ssm:GetParameter"}, {address, limits}),
        "DecryptForParameters": (
            {"kms:Decrypt"},
            {key},
            {"StringEquals": {"kms:EncryptionContext:PARAMETER_ARN": limits}},
        ),
    }
