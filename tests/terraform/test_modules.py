"""All rendered modules at once: Terraform finds nothing wrong with them, and they refuse what AWS would
refuse, before anything is made."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.compat.holding import root_calling

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

PROVIDER = {
    "region": "us-east-1",
    "access_key": "fake",
    "secret_key": "fake",
    "skip_credentials_validation": True,
    "skip_metadata_api_check": True,
    "skip_region_validation": True,
    "max_retries": 2,
}

ACCOUNT = "us-east-1:123456789012"
ROLE = "arn:aws:iam::123456789012:role/service/orders"
QUEUE = f"arn:aws:sqs:{ACCOUNT}:jobs"
STREAM = f"arn:aws:kinesis:{ACCOUNT}:stream/clicks"
KEY = f"arn:aws:kms:{ACCOUNT}:key/00000000-0000-0000-0000-000000000000"
LAYER = f"arn:aws:lambda:{ACCOUNT}:layer:libraries:1"

# What a caller of each module must say. A case's own arguments go over these, and None is Terraform's null.
CALLS: dict[str, dict[str, Any]] = {
    "lambda": {
        "function_name": "orders",
        "runtime": "python3.12",
        "handler": "app.handler",
        "filename": "orders.zip",
        "execution_role_arn": ROLE,
    },
    "order_events": {"table_name": "orders", "dlq_arn": QUEUE, "deployment_bucket": "deployments"},
    "api_lambda": {
        "deployment_bucket": "deployments",
        "dead_letter_queue_arn": QUEUE,
        "subnet_ids": ["subnet-1"],
        "security_group_ids": ["sg-1"],
        "execution_role_arn": ROLE,
    },
}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of a module with these arguments. `refused`: the input, or the part of it, that the module
    must name when it refuses the call; an accepted one has none."""

    module: str
    arguments: Mapping[str, Any]
    refused: str = ""

    def written(self, name: str) -> dict[str, Any]:
        """The call as a file of Terraform's. The values come through a variable, since a literal would end
        the plan before conditions on two inputs are looked at."""
        arguments = {**CALLS[self.module], **self.arguments}
        return {
            "variable": {name: {"type": "any", "default": arguments}},
            "module": {
                name: {
                    "source": f"./modules/{name}",
                    **{argument: f"${{var.{name}.{argument}}}" for argument in arguments},
                }
            },
        }


def mapping(**arguments: Any) -> dict[str, Any]:
    given = {"event_source_arn": STREAM, "starting_position": "LATEST", **arguments}
    return {"event_source_mapping": given}


IMAGE = {
    "package_type": "Image",
    "image_uri": "registry/orders:1",
    "filename": None,
    "runtime": None,
    "handler": None,
}

REFUSED = {
    "a_name_with_a_space": Call("lambda", {"function_name": "order events"}, "function_name"),
    "a_name_of_65_characters": Call("lambda", {"function_name": "x" * 65}, "function_name"),
    "an_unknown_runtime": Call("lambda", {"runtime": "python3.99"}, "runtime"),
    "a_zip_without_a_runtime": Call("lambda", {"runtime": None}, "runtime"),
    "a_zip_without_a_handler": Call("lambda", {"handler": None}, "handler"),
    "an_image_with_a_runtime": Call("lambda", {**IMAGE, "runtime": "python3.12"}, "runtime"),
    "an_image_with_a_handler": Call("lambda", {**IMAGE, "handler": "app.handler"}, "handler"),
    "a_timeout_of_901": Call("lambda", {"timeout": 901}, "timeout"),
    "a_timeout_of_0": Call("lambda", {"timeout": 0}, "timeout"),
    "a_timeout_of_1_and_a_half": Call("lambda", {"timeout": 1.5}, "timeout"),
    "a_memory_of_127": Call("lambda", {"memory_size": 127}, "memory_size"),
    "a_memory_of_10241": Call("lambda", {"memory_size": 10241}, "memory_size"),
    "a_package_type_in_small_letters": Call("lambda", {"package_type": "zip"}, "package_type"),
    "two_architectures": Call("lambda", {"architectures": ["x86_64", "arm64"]}, "architectures"),
    "no_architecture": Call("lambda", {"architectures": []}, "architectures"),
    "an_unknown_architecture": Call("lambda", {"architectures": ["arm"]}, "architectures"),
    "six_layers": Call("lambda", {"layers": [LAYER] * 6}, "layers"),
    "a_layer_without_a_version": Call("lambda", {"layers": [LAYER.removesuffix(":1")]}, "layers"),
    "an_environment_name_with_a_dash": Call(
        "lambda", {"environment": {"variables": {"LOG-LEVEL": "INFO"}}}, "environment.variables"
    ),
    "the_alias_of_a_key": Call(
        "lambda", {"kms_key_arn": f"arn:aws:kms:{ACCOUNT}:alias/orders"}, "kms_key_arn"
    ),
    "the_role_of_a_user": Call(
        "lambda", {"execution_role_arn": "arn:aws:iam::123456789012:user/orders"}, "execution_role_arn"
    ),
    "a_reservation_of_minus_2": Call(
        "lambda", {"reserved_concurrent_executions": -2}, "reserved_concurrent_executions"
    ),
    "provisioned_concurrency_of_0": Call(
        "lambda",
        {"provisioned_concurrency_config": {"provisioned_concurrent_executions": 0}},
        "provisioned_concurrency_config.provisioned_concurrent_executions",
    ),
    "seventeen_subnets": Call(
        "lambda",
        {"vpc_config": {"subnet_ids": ["subnet-1"] * 17, "security_group_ids": []}},
        "vpc_config.subnet_ids",
    ),
    "dead_letters_to_a_function": Call(
        "lambda",
        {"dead_letter_config": {"target_arn": f"arn:aws:lambda:{ACCOUNT}:function:orders"}},
        "dead_letter_config.target_arn",
    ),
    "dead_letters_to_a_fifo_queue": Call(
        "lambda", {"dead_letter_config": {"target_arn": f"{QUEUE}.fifo"}}, "dead_letter_config.target_arn"
    ),
    "tracing_that_is_on": Call("lambda", {"tracing_config": {"mode": "on"}}, "tracing_config.mode"),
    "a_retention_of_10_days": Call("lambda", {"log_retention_in_days": 10}, "log_retention_in_days"),
    "fifty_one_tags": Call("lambda", {"tags": {f"Tag{number}": "" for number in range(51)}}, "tags"),
    "a_topic_as_event_source": Call(
        "lambda",
        mapping(event_source_arn=f"arn:aws:sns:{ACCOUNT}:clicks"),
        "event_source_mapping.event_source_arn",
    ),
    "a_batch_of_10001": Call("lambda", mapping(batch_size=10001), "event_source_mapping.batch_size"),
    "eleven_batches_at_once": Call(
        "lambda", mapping(parallelization_factor=11), "event_source_mapping.parallelization_factor"
    ),
    "a_position_in_small_letters": Call(
        "lambda", mapping(starting_position="latest"), "event_source_mapping.starting_position"
    ),
    "failed_records_to_a_function": Call(
        "lambda",
        mapping(
            destination_config={
                "on_failure": {"destination_arn": f"arn:aws:lambda:{ACCOUNT}:function:orders"}
            }
        ),
        "event_source_mapping.destination_config.on_failure.destination_arn",
    ),
    "a_role_neither_made_nor_given": Call(
        "order_events", {"create_execution_role": False}, "execution_role_arn"
    ),
    "no_queue_for_dead_letters": Call("order_events", {"dlq_arn": None}, "dlq_arn"),
    "no_bucket_to_deploy_from": Call("order_events", {"deployment_bucket": None}, "deployment_bucket"),
    "no_subnets": Call("api_lambda", {"subnet_ids": None}, "subnet_ids"),
}

ACCEPTED = {
    "only_what_is_needed": Call("lambda", {}),
    "the_smallest_values": Call(
        "lambda",
        {
            "function_name": "f",
            "timeout": 1,
            "memory_size": 128,
            "reserved_concurrent_executions": -1,
            "log_retention_in_days": 0,
            **mapping(batch_size=1, parallelization_factor=1, maximum_retry_attempts=-1),
        },
    ),
    "the_largest_values": Call(
        "lambda",
        {
            "function_name": "x" * 64,
            "timeout": 900,
            "memory_size": 10240,
            "layers": [LAYER] * 5,
            "log_retention_in_days": 3653,
            "tags": {f"Tag{number}": "" for number in range(50)},
            **mapping(batch_size=10000, parallelization_factor=10, maximum_retry_attempts=10000),
        },
    ),
    "null_where_there_is_a_default": Call(
        "lambda",
        dict.fromkeys(
            ("timeout", "memory_size", "package_type", "architectures", "layers", "environment", "tags")
        ),
    ),
    "null_where_null_means_not_set": Call(
        "lambda",
        dict.fromkeys(
            ("vpc_config", "dead_letter_config", "tracing_config", "image_config", "event_source_mapping")
        ),
    ),
    "an_image": Call("lambda", {**IMAGE, "image_config": {"command": ["app.handler"]}}),
    "a_key_of_the_callers": Call("lambda", {"kms_key_arn": KEY}),
    "an_empty_vpc_config": Call("lambda", {"vpc_config": {"subnet_ids": [], "security_group_ids": []}}),
    "a_role_of_the_modules_own": Call("order_events", {}),
    "a_role_for_the_longest_name": Call("order_events", {"function_name": "x" * 64}),
    "a_role_of_the_callers": Call(
        "order_events", {"create_execution_role": False, "execution_role_arn": ROLE}
    ),
    "what_spares_the_specs_variables": Call(
        "order_events",
        {
            "dlq_arn": None,
            "dead_letter_config": {"target_arn": QUEUE},
            "deployment_bucket": None,
            "s3_bucket": "deployments",
        },
    ),
    "a_vpc_config_in_place_of_subnets": Call(
        "api_lambda",
        {
            "subnet_ids": None,
            "security_group_ids": None,
            "vpc_config": {"subnet_ids": ["subnet-1"], "security_group_ids": ["sg-1"]},
        },
    ),
}


def test_terraform_fmt_would_change_nothing(terraform: Terraform, modules: Path) -> None:
    assert terraform.succeed(modules, "fmt", "-check", "-recursive", "-diff") == ""


def test_validate_finds_nothing_in_any_module_whether_called_with_all_inputs_or_the_least(
    terraform: Terraform, modules: Path, tmp_path: Path
) -> None:
    terraform = terraform.alone()  # as users have it: it looks which provider all modules are content with
    shutil.copytree(modules, tmp_path / "modules")
    (tmp_path / "main.tf.json").write_text(json.dumps(root_calling(modules)))

    terraform.init(tmp_path)
    found = terraform.read(tmp_path, "validate")

    assert found["diagnostics"] == []
    assert found["valid"] is True


@dataclass(frozen=True, slots=True)
class Plan:
    """What one plan of all calls says. `refused`: the inputs that its messages name, by the call's name.
    `functions`: the names of the calls whose function is planned."""

    refused: dict[str, list[str]]
    functions: set[str]


@pytest.fixture(scope="module")
def plan(
    terraform: Terraform, modules: Path, emulated_aws: str, tmp_path_factory: pytest.TempPathFactory
) -> Plan:
    terraform = terraform.at(emulated_aws)
    folder = tmp_path_factory.mktemp("calls")
    (folder / "provider.tf.json").write_text(json.dumps({"provider": {"aws": PROVIDER}}))
    for name, call in (REFUSED | ACCEPTED).items():
        # A module of its own for each call: for an argument that is not given, Terraform names no call but
        # only the file with the condition.
        shutil.copytree(modules / call.module, folder / "modules" / name)
        (folder / f"{name}.tf.json").write_text(json.dumps(call.written(name)))
    terraform.init(folder)
    refused: dict[str, list[str]] = {}
    functions = set()
    for message in terraform.messages(folder, "plan"):
        if message["type"] == "diagnostic":
            name, said = finding(message["diagnostic"])
            refused.setdefault(name, []).append(said)
        if message["type"] == "planned_change":
            resource = message["change"]["resource"]
            if resource["resource_type"] == "aws_lambda_function":
                functions.add(resource["module"].removeprefix("module."))
    return Plan(refused, functions)


def finding(diagnostic: dict[str, Any]) -> tuple[str, str]:
    """The name of the call that a message is about, and the input that it names. Of a message that does not
    come from a module's own conditions, all that it says."""
    if diagnostic["summary"] != "Invalid value for variable":
        return diagnostic.get("address", ".").split(".")[1], diagnostic["summary"]
    place = diagnostic["detail"].rpartition(" ")[2]  # modules/NAME/variables.tf:LINE,COLUMN-COLUMN.
    return place.split("/")[1], diagnostic["detail"].split(" ")[0]


def test_one_plan_says_something_about_refused_calls_alone(plan: Plan) -> None:
    assert plan.refused.keys() == REFUSED.keys()


@pytest.mark.parametrize("name", REFUSED)
def test_a_call_that_aws_would_refuse_is_refused_at_plan(plan: Plan, name: str) -> None:
    assert plan.refused.get(name) == [REFUSED[name].refused]


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_call_within_the_bounds_is_planned(plan: Plan, name: str) -> None:
    assert name not in plan.refused
    assert name in plan.functions
