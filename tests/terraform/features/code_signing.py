"""What AWS must hold after the example of `code_signing` was applied, whose function has a public URL."""

from __future__ import annotations

import json
from typing import Any

from tests.terraform.applied import ACCOUNT

_PROFILE = f"arn:aws:signer:{ACCOUNT}:/signing-profiles/releases/Ab3dEf6hIj"


def surroundings(aws: Any) -> dict[str, str]:
    """The module's inputs."""
    return {"release_profile_version_arn": _PROFILE}


def check(aws: Any, name: str) -> None:
    """The configuration, which the function has, and one statement that opens the URL and nothing else."""
    functions = aws("lambda")
    arn = functions.get_function_code_signing_config(FunctionName=name)["CodeSigningConfigArn"]
    config = functions.get_code_signing_config(CodeSigningConfigArn=arn)["CodeSigningConfig"]
    assert config["Description"] == "Packages of the release pipeline"
    assert config["AllowedPublishers"] == {"SigningProfileVersionArns": [_PROFILE]}
    assert config["CodeSigningPolicies"] == {"UntrustedArtifactOnDeployment": "Warn"}

    url = functions.get_function_url_config(FunctionName=name)
    assert (url["AuthType"], url["InvokeMode"], "Cors" in url) == ("NONE", "RESPONSE_STREAM", False)
    policy = json.loads(functions.get_policy(FunctionName=name)["Policy"])
    (statement,) = policy["Statement"]
    assert statement == {
        "Sid": "FunctionURLAllowPublicAccess",
        "Effect": "Allow",
        "Principal": "*",
        "Action": "lambda:InvokeFunctionUrl",
        "Resource": f"arn:aws:lambda:{ACCOUNT}:function:{name}",
        "Condition": {"StringEquals": {"lambda:FunctionUrlAuthType": "NONE"}},
    }
