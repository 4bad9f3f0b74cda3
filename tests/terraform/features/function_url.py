"""What AWS must hold after the example of `function_url` was applied."""

from __future__ import annotations

import json
from typing import Any

from tests.terraform.applied import ACCOUNT, ACCOUNT_ID

_PARTNER = "456789012345"


def surroundings(aws: Any) -> dict[str, str]:
    """The module's inputs."""
    return {"partner_account": _PARTNER}


def check(aws: Any, name: str) -> None:
    """The URL of the alias, and both rights for each of its callers."""
    functions = aws("lambda")
    live = f"arn:aws:lambda:{ACCOUNT}:function:{name}:live"
    # The emulated AWS forgets whose alias's URL it is.
    url = functions.get_function_url_config(FunctionName=name, Qualifier="live")
    assert (url["AuthType"], url["InvokeMode"]) == ("AWS_IAM", "BUFFERED")
    cors = {key: sorted(value) if isinstance(value, list) else value for key, value in url["Cors"].items()}
    assert cors == {
        "AllowOrigins": ["http://localhost:5173", "https://shop.example"],
        "AllowMethods": ["GET", "POST"],
        "AllowHeaders": ["authorization", "content-type", "x-amz-date"],
        "ExposeHeaders": ["x-quote-id"],
        "AllowCredentials": True,
        "MaxAge": 3600,
    }
    policy = json.loads(functions.get_policy(FunctionName=name, Qualifier="live")["Policy"])
    found = {statement["Sid"]: statement for statement in policy["Statement"]}
    callers = {
        "partner_account": f"arn:aws:iam::{_PARTNER}:root",
        "345678901234": "arn:aws:iam::345678901234:root",
        "shop": f"arn:aws:iam::{ACCOUNT_ID}:role/shop",
    }
    assert found.keys() == {f"function-url{part}--{key}" for part in ("", "-invoker") for key in callers}
    for key, principal in callers.items():
        by_url, at_all = found[f"function-url--{key}"], found[f"function-url-invoker--{key}"]
        assert by_url["Action"] == "lambda:InvokeFunctionUrl"
        assert by_url["Condition"] == {"StringEquals": {"lambda:FunctionUrlAuthType": "AWS_IAM"}}
        assert at_all["Action"] == "lambda:InvokeFunction"
        for statement in (by_url, at_all):
            assert statement["Resource"] == live
            said = statement["Principal"]
            assert (said["AWS"] if isinstance(said, dict) else said) == principal
