"""What AWS must hold after the example of `ecr_repository` was applied."""

from __future__ import annotations

import json
from typing import Any

from tests.terraform.applied import ACCOUNT, ACCOUNT_ID

_NAME = "ml/inference-api"


def surroundings(aws: Any) -> dict[str, str]:
    """The key of the images. There is no image, which the emulated AWS does not ask for."""
    return {"image_tag": "v1", "images_key_arn": aws("kms").create_key()["KeyMetadata"]["Arn"]}


def check(aws: Any, name: str) -> None:
    """The repository, what goes from it and who reads it, and the function's image."""
    registry = aws("ecr")
    (repository,) = registry.describe_repositories(repositoryNames=[_NAME])["repositories"]
    assert repository["imageTagMutability"] == "IMMUTABLE"
    assert repository["imageScanningConfiguration"] == {"scanOnPush": True}
    encryption = repository["encryptionConfiguration"]
    assert encryption["encryptionType"] == "KMS"
    assert encryption["kmsKey"].startswith(f"arn:aws:kms:{ACCOUNT}:key/")

    rules = json.loads(registry.get_lifecycle_policy(repositoryName=_NAME)["lifecyclePolicyText"])["rules"]
    assert [(rule["rulePriority"], rule["action"], rule["selection"]) for rule in rules] == [
        (
            1,
            {"type": "expire"},
            {"tagStatus": "untagged", "countType": "sinceImagePushed", "countUnit": "days", "countNumber": 7},
        ),
        (
            2,
            {"type": "expire"},
            {
                "tagStatus": "tagged",
                "tagPatternList": ["*"],
                "countType": "imageCountMoreThan",
                "countNumber": 30,
            },
        ),
    ]

    (statement,) = json.loads(registry.get_repository_policy(repositoryName=_NAME)["policyText"])["Statement"]
    function = f"arn:aws:lambda:{ACCOUNT}:function:{name}"
    assert statement["Principal"] == {"Service": "lambda.amazonaws.com"}
    assert sorted(statement["Action"]) == ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    assert {*statement["Condition"]["ArnLike"]["aws:SourceArn"]} == {function, f"{function}:*"}

    address = f"{ACCOUNT_ID}.dkr.ecr.us-east-1.amazonaws.com/{_NAME}"
    assert repository["repositoryUri"] == address
    assert aws("lambda").get_function(FunctionName=name)["Code"]["ImageUri"] == f"{address}:v1"
