"""What AWS must hold after the example of `runtime` was applied."""

from __future__ import annotations

from typing import Any

_VERSION = f"arn:aws:lambda:us-east-1::runtime:{'0a' * 32}"


def surroundings(aws: Any) -> dict[str, str]:
    """A version of the runtime."""
    return {"runtime_version_arn": _VERSION}


def check(aws: Any, name: str) -> None:
    """The function has both settings."""
    functions = aws("lambda")
    assert functions.get_function_recursion_config(FunctionName=name)["RecursiveLoop"] == "Allow"
    management = functions.get_runtime_management_config(FunctionName=name)
    assert (management["UpdateRuntimeOn"], management["RuntimeVersionArn"]) == ("Manual", _VERSION)
