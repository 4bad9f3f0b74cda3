"""The sections that operate a function, in the real Terraform: every example of one is applied to an emulated
AWS in one root, beside a module that has all sections at once."""

from __future__ import annotations

import json
import re
import shutil
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3  # type: ignore[import-untyped]
import pygohcl
import pytest

from tests.rendering import SPECS
from tests.terraform.applied import PROVIDER, Applied, values_of
from tests.terraform.triggers.surroundings import PACKAGE, Listing, inventory
from tfgen.source import load

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

#: The examples, each with a file of its own that says what it needs and what AWS must hold of it.
EXAMPLES = sorted(path.stem for path in (Path(__file__).parent / "features").glob("*.py"))
#: All sections at once, and twice: two functions of one spec live side by side.
AT_ONCE: dict[str, dict[str, str]] = {"operations": {}, "operations_twice": {"function_name": "x" * 64}}


#: How to list what the modules make, as for triggers.
MADE: tuple[Listing, ...] = (
    (
        "application-autoscaling",
        "describe_scalable_targets",
        {"ServiceNamespace": "lambda"},
        "ScalableTargets",
    ),
    ("cloudwatch", "describe_alarms", {}, "MetricAlarms"),
    ("cloudwatch", "list_dashboards", {}, "DashboardEntries"),
    ("codedeploy", "list_applications", {}, "applications"),
    ("ecr", "describe_repositories", {}, "repositories"),
    ("iam", "list_roles", {}, "Roles"),
    ("lambda", "list_event_source_mappings", {}, "EventSourceMappings"),
    ("lambda", "list_functions", {}, "Functions"),
    ("logs", "describe_log_groups", {}, "logGroups"),
    ("logs", "describe_metric_filters", {}, "metricFilters"),
    ("logs", "describe_query_definitions", {}, "queryDefinitions"),
    ("scheduler", "list_schedules", {}, "Schedules"),
    ("sqs", "list_queues", {}, "QueueUrls"),
    ("stepfunctions", "list_state_machines", {}, "stateMachines"),
)
#: Types whose names need to differ only within something that the module made.
NAMED_WITHIN = {"aws_iam_role_policy", "aws_lambda_alias", "aws_lambda_layer_version"}


def said_of(example: str) -> Any:
    """What an example needs and what AWS must hold of it."""
    return import_module(f"tests.terraform.features.{example}")


@pytest.fixture(scope="module")
def applied(
    terraform: Terraform, modules: Path, emulated_aws: str, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Applied, list[list[Any]]]:
    """The modules of all examples, applied together, and what AWS held before."""
    terraform = terraform.at(emulated_aws).alone()  # a provider looks for a layer's file in its own folder
    folder = tmp_path_factory.mktemp("features")
    session = boto3.Session("fake", "fake", region_name="us-east-1")

    def aws(service: str) -> Any:
        return session.client(service, endpoint_url=emulated_aws)

    calls = called(aws, modules)
    before = inventory(aws, MADE)
    for module in (*EXAMPLES, "operations"):
        shutil.copytree(modules / module, folder / "modules" / module)
    root = {"provider": {"aws": PROVIDER}, "module": calls}
    (folder / "main.tf.json").write_text(json.dumps(root, indent=2))
    (folder / "package.zip").write_bytes(PACKAGE)
    terraform.init(folder)
    terraform.succeed(folder, "apply", "-auto-approve", "-parallelism=60")
    state = terraform.read(folder, "show")
    resources = dict(values_of(state["values"]["root_module"]))
    return Applied(terraform, folder, session, emulated_aws, resources), before


def called(aws: Any, modules: Path) -> dict[str, dict[str, Any]]:
    """Make what the modules need, and give the calls of them."""
    aws("s3").create_bucket(Bucket="deployments")
    keys = {load(path).data.get("s3_key") for path in SPECS.glob("*.yaml")}
    for name in {name for name in keys if name and "${" not in name} | {"package.zip"}:
        aws("s3").put_object(Bucket="deployments", Key=name, Body=PACKAGE)
    key = aws("kms").create_key()["KeyMetadata"]["Arn"]
    known: dict[str, Any] = {"deployment_bucket": "deployments", "key_arn": key}
    inputs: dict[str, dict[str, Any]] = {}
    for example in EXAMPLES:
        needs = getattr(said_of(example), "surroundings", None)
        inputs[example] = needs(aws) if needs else {}
        known.update(inputs[example])
    calls = {}
    for label, module in {
        **{name: name for name in EXAMPLES},
        **dict.fromkeys(AT_ONCE, "operations"),
    }.items():
        text = (modules / module / "variables.tf").read_text()
        declared = pygohcl.loads(text, keep_interpolations=True)["variable"]
        needed = {name: known[name] for name in declared if name in known}
        calls[label] = {
            "source": f"./modules/{module}",
            **needed,
            **inputs.get(label, {}),
            **AT_ONCE.get(label, {}),
        }
    return calls


@pytest.mark.parametrize("example", EXAMPLES)
def test_aws_holds_what_the_example_says(applied: tuple[Applied, Any], example: str) -> None:
    root, _ = applied
    said_of(example).check(root.client, root.function(example)["function_name"])


def test_a_second_plan_changes_nothing(applied: tuple[Applied, Any]) -> None:
    root, _ = applied
    done = root.terraform.run(root.folder, "plan", "-detailed-exitcode")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_addresses_of_two_modules_of_one_spec_are_two_in_aws(applied: tuple[Applied, Any]) -> None:
    """No name is shared, and none is longer than its service takes, which the apply has shown."""
    root, _ = applied
    one, other = (
        {
            re.sub(r"^module\.\w+\.", "", address): values
            for address, values in root.resources.items()
            if address.startswith(f"module.{label}.") and ".data." not in address
        }
        for label in AT_ONCE
    )
    assert one.keys() == other.keys()
    for address, values in one.items():
        for name in ("arn", "name", "alarm_name", "dashboard_name"):
            if values.get(name) and address.split(".")[0] not in NAMED_WITHIN:
                assert values[name] != other[address][name], address


def test_nothing_is_left_when_all_is_destroyed(applied: tuple[Applied, Any]) -> None:
    root, before = applied

    def aws(service: str) -> Any:
        return root.client(service)

    root.terraform.succeed(root.folder, "destroy", "-auto-approve", "-parallelism=60")
    assert inventory(aws, MADE) == before
