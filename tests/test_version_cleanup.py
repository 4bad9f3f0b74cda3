"""The state machine that removes old versions, run: which versions of which functions it deletes.

Its definition is read off the rendered module. moto interprets the states, a JSONata library of its own the
expressions, which moto leaves to a JVM; and what Lambda would answer is written down here, page by page.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import boto3  # type: ignore[import-untyped]
import hcl2
import pytest
from jsonata import jsonata  # type: ignore[import-untyped]
from moto import mock_aws
from moto.stepfunctions.parser.asl.component.common.string import string_expression
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service import state_task_service_aws_sdk
from moto.stepfunctions.parser.asl.jsonata import validations

from tests.strategies import Expression, meaning, modules

_ARN = "arn:aws:lambda:eu-central-1:123456789012:function:orders"
_KNOWN = {
    "aws_lambda_function.this.function_name": "orders",
    "data.aws_partition.current.partition": "aws",
    "var.keep": 2,
}


def definition(versions: str, more: str = "") -> dict[str, Any]:
    """The state machine's definition in the module of a spec that has `versions`."""
    spec = f"function_name: orders\nhandler: a.b\nruntime: python3.13\npublish: true\n{more}"
    releases = meaning(hcl2.loads(modules(f"{spec}\nversions: {versions}")["releases.tf"]))
    (machine,) = (
        block["aws_sfn_state_machine"]["this"]
        for block in releases["resource"]
        if "aws_sfn_state_machine" in block
    )
    text = machine["definition"].text
    encoded = text.removeprefix("jsonencode(").removesuffix(")")
    found: dict[str, Any] = known(meaning(hcl2.loads(f"x = {encoded}\n")["x"]))
    return found


def known(value: Any) -> Any:
    """A value with all that it refers to put in place."""
    if isinstance(value, Expression):
        return _KNOWN[value.text]
    if isinstance(value, tuple):
        return "".join(map(known, value))
    if isinstance(value, dict):
        return {key: known(item) for key, item in value.items()}
    return [known(item) for item in value] if isinstance(value, list) else value


# Lambda ----------------------------------------------------------------------------------------------


@dataclass
class Function:
    """What Lambda knows of a function, and how it answers: by pages of two, unless fewer are asked for."""

    versions: list[int]
    aliases: dict[str, Any] = field(default_factory=dict)  # its version, or its version and a second one
    provisioned: Sequence[str] = ()  # versions and aliases
    refused: dict[str, list[str]] = field(
        default_factory=dict
    )  # version → names of the errors, in their order
    requests: list[str] = field(default_factory=list)

    def list_versions_by_function(self, **request: Any) -> dict[str, Any]:
        # In the order of texts, as Lambda's own markers are.
        names = ["$LATEST", *sorted(map(str, self.versions))]
        return self.page("Versions", [{"FunctionName": "orders", "Version": name} for name in names], request)

    def list_aliases(self, **request: Any) -> dict[str, Any]:
        return self.page("Aliases", [_alias(name, *_pair(to)) for name, to in self.aliases.items()], request)

    def list_provisioned_concurrency_configs(self, **request: Any) -> dict[str, Any]:
        configs = [{"FunctionArn": f"{_ARN}:{name}", "Status": "READY"} for name in self.provisioned]
        return self.page("ProvisionedConcurrencyConfigs", configs, request)

    def page(self, key: str, entries: list[Any], request: dict[str, Any]) -> dict[str, Any]:
        assert request.pop("FunctionName") == "orders"
        start, most = int(request.pop("Marker", 0)), min(request.pop("MaxItems", 2), 2)
        assert not request, "something that Lambda does not take"
        self.requests.append(key)
        more = {"NextMarker": str(start + most)} if start + most < len(entries) else {}
        return {key: entries[start : start + most], **more, "ResponseMetadata": {}}

    def delete_function(self, FunctionName: str, Qualifier: str) -> dict[str, Any]:  # noqa: N803
        assert FunctionName == "orders"
        self.requests.append(f"delete {Qualifier}")
        in_use = {version for to in self.aliases.values() for version in _pair(to)}
        errors = self.refused.get(Qualifier, [])
        name = errors.pop(0) if errors else "ResourceConflictException" if Qualifier in in_use else None
        if name:
            known = getattr(boto3.client("lambda", "eu-central-1").exceptions, name)
            answer = {"Error": {"Code": name, "Message": name}, "ResponseMetadata": _RESPONSE}
            raise known(answer, "DeleteFunction")
        self.versions.remove(int(Qualifier))
        return {"ResponseMetadata": _RESPONSE}


_RESPONSE = {"HTTPStatusCode": 409, "RequestId": "1"}


def _pair(to: Any) -> tuple[str, ...]:
    return (to,) if isinstance(to, str) else tuple(to)


def _alias(name: str, version: str, second: str | None = None) -> dict[str, Any]:
    routing = {"RoutingConfig": {"AdditionalVersionWeights": {second: 0.1}}} if second else {}
    return {"AliasArn": f"{_ARN}:{name}", "Name": name, "FunctionVersion": version, **routing}


# Step Functions --------------------------------------------------------------------------------------


@dataclass
class Execution:
    """How an execution ended, and with what: its output, or the name of the error and its cause."""

    status: str
    output: Any = None
    error: str = ""
    cause: str = ""


def evaluate(expression: str) -> Any:
    """What a JSONata expression says. moto puts the variables it knows before it."""
    return json.loads(json.dumps(jsonata.Jsonata(expression).evaluate(None)))


@contextmanager
def interpreter(function: Function) -> Iterator[Any]:
    """Step Functions, whose tasks reach that function."""
    with (
        pytest.MonkeyPatch.context() as patch,
        mock_aws(config={"stepfunctions": {"execute_state_machine": True}}),
    ):
        for module in (string_expression, validations):
            patch.setattr(module, "eval_jsonata_expression", evaluate)
        patch.setattr(state_task_service_aws_sdk, "boto_client_for", lambda **_: function)
        patch.setitem(state_task_service_aws_sdk._SERVICE_ERROR_NAMES, "lambda", "Lambda")
        yield boto3.client("stepfunctions", "eu-central-1")


def run(states: dict[str, Any], function: Function) -> Execution:
    """Run a state machine to its end."""
    with interpreter(function) as client:
        machine = client.create_state_machine(
            name="orders-versions",
            definition=json.dumps(states),
            roleArn="arn:aws:iam::123456789012:role/cleanup",
        )
        started = client.start_execution(stateMachineArn=machine["stateMachineArn"])
        for _ in range(600):
            told = client.describe_execution(executionArn=started["executionArn"])
            if told["status"] != "RUNNING":
                output = json.loads(told["output"]) if "output" in told else None
                return Execution(told["status"], output, told.get("error", ""), told.get("cause", ""))
            time.sleep(0.05)
        raise AssertionError("the execution does not end")


def outcomes(execution: Execution) -> dict[int, str]:
    assert execution.status == "SUCCEEDED", execution
    return {entry["version"]: entry["outcome"] for entry in execution.output}


# What is deleted -------------------------------------------------------------------------------------


def test_the_newest_stay_by_their_numbers() -> None:
    """Version 10 is newer than version 9, though not in the order of texts."""
    function = Function([*range(1, 13)])
    told = outcomes(run(definition("{keep: 3}"), function))
    assert function.versions == [10, 11, 12]
    assert told == dict.fromkeys(range(1, 10), "deleted")
    assert function.requests.count("Versions") == 7  # pages: twelve versions and $LATEST


def test_versions_that_something_uses_stay_as_well() -> None:
    aliases = {"live": ("7", "6"), "old": "2", "older": "1", "pinned": ("3", "12")}
    function = Function([1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12], aliases, provisioned=("4", "live", "9"))
    told = outcomes(run(definition("{keep: 2}"), function))
    assert function.versions == [1, 2, 3, 4, 6, 7, 9, 11, 12]
    assert told == {5: "deleted", 8: "deleted"}
    assert function.requests.count("Aliases") == 2
    assert function.requests.count("ProvisionedConcurrencyConfigs") == 2


def test_versions_that_the_module_invokes_stay_as_well() -> None:
    trigger = 'triggers: [{type: sns, topic_arn: "arn:aws:sns:eu-central-1:123456789012:t", qualifier: "2"}]'
    function = Function([1, 2, 3, 4, 5])
    assert outcomes(run(definition("{keep: 1}", trigger), function)).keys() == {1, 3, 4}
    assert function.versions == [2, 5]


@pytest.mark.parametrize("versions", [[], [7], [4, 7]])
def test_nothing_is_deleted_where_there_are_no_more_than_stay(versions: list[int]) -> None:
    function = Function([*versions])
    assert outcomes(run(definition("{keep: 2}"), function)) == {}
    assert function.versions == versions
    assert not [request for request in function.requests if request.startswith("delete")]


def test_a_caller_may_say_how_many_stay() -> None:
    function = Function([1, 2, 3, 4])
    assert outcomes(run(definition("{keep: '${var.keep}'}"), function)).keys() == {1, 2}


def test_a_run_deletes_the_thousand_oldest_at_most() -> None:
    states = definition("{keep: 1}")
    items = states["States"]["DeleteOldVersions"]["Items"].removeprefix("{%").removesuffix("%}")
    versions = list(range(1, 1501))
    found = evaluate(f"($versions := {versions}; $keep := 1; $used := ['3']; {items})")
    assert found == [1, 2, *range(4, 1001)]


# What Lambda refuses ---------------------------------------------------------------------------------


def test_a_version_that_came_to_be_used_stays_and_the_others_go() -> None:
    conflict, replica = ["ResourceConflictException"], ["InvalidParameterValueException"]
    function = Function([1, 2, 3, 4], refused={"1": conflict, "2": replica})
    told = outcomes(run(definition("{keep: 1}"), function))
    assert told == {1: "in use", 2: "in use", 3: "deleted"}
    assert function.versions == [1, 2, 4]


def test_another_error_ends_the_run_as_failed_once_the_others_are_gone() -> None:
    function = Function([1, 2, 3, 4], refused={"2": ["ResourceNotFoundException"]})
    execution = run(definition("{keep: 1}"), function)
    assert (execution.status, execution.error) == ("FAILED", "VersionsNotDeleted")
    failed = {"version": 2, "outcome": "failed", "error": "Lambda.ResourceNotFoundException"}
    assert json.loads(execution.cause) == failed
    assert function.versions == [2, 4]


def test_a_request_that_is_one_too_many_is_made_again() -> None:
    function = Function([1, 2], refused={"1": ["TooManyRequestsException"]})
    states = definition("{keep: 1}")
    delete = states["States"]["DeleteOldVersions"]["ItemProcessor"]["States"]["DeleteVersion"]
    delete["Retry"][0]["IntervalSeconds"] = 1  # nobody wants to wait for longer
    assert outcomes(run(states, function)) == {1: "deleted"}
    assert function.requests.count("delete 1") == 2
