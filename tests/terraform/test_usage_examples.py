"""The reference document's seven usage examples, whose module blocks must work as they stand: with the
reference module, and with the module that tfgen renders from each one's own spec."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

ROOT = Path(__file__).with_name("examples")
REFERENCE, OWN, ANOTHERS = "the reference module", "its own module", "another function's module"

# What the document's module blocks say, and the defaults that it gives where they are silent.
FUNCTIONS: dict[str, dict[str, Any]] = {
    "python_lambda": {
        "function_name": "my-python-function",
        "runtime": "python3.11",
        "handler": "lambda_function.lambda_handler",
        "filename": "function.zip",
        "timeout": 30,
        "memory_size": 256,
        "package_type": "Zip",
        "tags": {"Environment": "development", "Project": "my-app"},
    },
    "api_lambda": {
        "function_name": "api-handler",
        "runtime": "nodejs18.x",
        "handler": "index.handler",
        "s3_key": "api-handler-v1.0.0.zip",
        "timeout": 10,
        "memory_size": 512,
        "package_type": "Zip",
        "tags": {"Environment": "production", "Service": "api"},
    },
    "s3_processor": {
        "function_name": "s3-image-processor",
        "runtime": "python3.11",
        "handler": "processor.handle_s3_event",
        "filename": "image-processor.zip",
        "timeout": 300,
        "memory_size": 2048,
        "package_type": "Zip",
        "tags": {"Environment": "production", "Service": "image-processing"},
    },
    "stream_processor": {
        "function_name": "dynamodb-stream-processor",
        "runtime": "java11",
        "handler": "com.example.StreamProcessor::handleRequest",
        "s3_key": "stream-processor-1.0.0.jar",
        "timeout": 60,
        "memory_size": 1024,
        "package_type": "Zip",
        "tags": {"Environment": "production", "Service": "stream-processing"},
    },
    "scheduled_task": {
        "function_name": "daily-report-generator",
        "runtime": "nodejs18.x",
        "handler": "report.generateDaily",
        "filename": "report-generator.zip",
        "timeout": 900,
        "memory_size": 3008,
        "package_type": "Zip",
        "tags": {"Environment": "production", "Service": "reporting", "Schedule": "daily"},
    },
    "container_lambda": {
        "function_name": "ml-inference-api",
        "runtime": None,
        "handler": None,
        "timeout": 600,
        "memory_size": 10240,
        "package_type": "Image",
        "architectures": ["x86_64"],
        "tags": {"Environment": "production", "Service": "ml-inference", "Runtime": "container"},
    },
    "lambda_with_layer": {
        "function_name": "function-with-layer",
        "runtime": "python3.11",
        "handler": "app.handler",
        "filename": "function-code.zip",
        "timeout": 30,
        "memory_size": 256,
        "package_type": "Zip",
        "tags": {"Environment": "production", "HasLayers": "true"},
    },
}

# None: the value is that of a resource made in the same apply.
ENVIRONMENTS: dict[str, dict[str, str | None]] = {
    "python_lambda": {"ENVIRONMENT": "development", "LOG_LEVEL": "INFO"},
    "api_lambda": {"NODE_ENV": "production", "API_VERSION": "v1", "CORS_ORIGIN": "https://myapp.com"},
    "s3_processor": {
        "OUTPUT_BUCKET": None,
        "THUMBNAIL_SIZE": "200x200",
        "IMAGE_QUALITY": "85",
        "SUPPORTED_FORMATS": "jpg,png,webp",
    },
    "stream_processor": {"NOTIFICATION_TOPIC": None, "AUDIT_TABLE": "audit-log", "BATCH_SIZE": "100"},
    "scheduled_task": {
        "REPORT_BUCKET": None,
        "DATABASE_URL": None,
        "EMAIL_TOPIC": None,
        "TIMEZONE": "America/New_York",
    },
    "container_lambda": {
        "MODEL_BUCKET": None,
        "INFERENCE_MODE": "production",
        "BATCH_SIZE": "32",
        "GPU_ENABLED": "false",
    },
}

UNKNOWN = "known after apply"

# What the examples' surroundings are told when their apply is only imagined: where AWS would give an ARN, the
# modules must take it.
ACCOUNT = "us-east-1:123456789012"
LAYER = f"arn:aws:lambda:{ACCOUNT}:layer:imagined:1"
MOCKED_RESOURCES = {
    "aws_api_gateway_rest_api": {"execution_arn": f"arn:aws:execute-api:{ACCOUNT}:imagined"},
    "aws_cloudwatch_event_rule": {"arn": f"arn:aws:events:{ACCOUNT}:rule/imagined"},
    "aws_dynamodb_table": {"stream_arn": f"arn:aws:dynamodb:{ACCOUNT}:table/imagined/stream/2026-01-31"},
    "aws_iam_role": {"arn": "arn:aws:iam::123456789012:role/imagined"},
    "aws_lambda_function": {
        "arn": f"arn:aws:lambda:{ACCOUNT}:function:imagined",
        "invoke_arn": "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/imagined/invocations",
    },
    "aws_lambda_layer_version": {"arn": LAYER},
    "aws_s3_bucket": {"arn": "arn:aws:s3:::imagined"},
    "aws_sns_topic": {"arn": f"arn:aws:sns:{ACCOUNT}:imagined"},
    "aws_sqs_queue": {"arn": f"arn:aws:sqs:{ACCOUNT}:imagined"},
}
IMAGINED_APPLY = {
    "mock_provider": {
        "aws": {
            "mock_resource": {kind: {"defaults": values} for kind, values in MOCKED_RESOURCES.items()},
            "mock_data": {
                "aws_caller_identity": {"defaults": {"account_id": "123456789012"}},
                "aws_iam_policy_document": {"defaults": {"json": "{}"}},
                "aws_partition": {"defaults": {"partition": "aws"}},
                "aws_region": {"defaults": {"id": "us-east-1"}},
            },
        }
    },
    "run": {"examples": {"command": "apply"}},
}

Values = dict[str, dict[str, Any]]  # a resource's address → its values


@dataclass(frozen=True, slots=True)
class Outcome:
    """What Terraform makes of the examples' root: what validate says, each resource's planned values with
    UNKNOWN in their places, and its values after an apply with a mocked provider."""

    validation: dict[str, Any]
    planned: Values
    applied: Values

    def function(self, label: str) -> dict[str, Any]:
        return self.planned[function(label)]

    def labels_with(self, resource: str) -> set[str]:
        """The modules that have a resource."""
        return {address.split(".")[1] for address in self.planned if address.endswith(f".{resource}")}


def function(label: str) -> str:
    return f"module.{label}.aws_lambda_function.this"


@pytest.fixture(scope="module")
def outcomes(
    terraform: Terraform, modules: Path, emulated_aws: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Outcome]:
    """The examples with each kind of module. The server is asked for the account alone."""
    terraform = terraform.at(emulated_aws)
    return {
        kind: try_examples(terraform, tmp_path_factory.mktemp("examples"), chosen)
        for kind, chosen in (
            (REFERENCE, dict.fromkeys(FUNCTIONS, modules / "lambda")),
            (OWN, {label: modules / label for label in FUNCTIONS}),
            # It is a Zip function from a local file, where others come from S3 or are images.
            (ANOTHERS, dict.fromkeys(FUNCTIONS, modules / "python_lambda")),
        )
    }


@pytest.fixture(params=[REFERENCE, OWN])
def outcome(request: pytest.FixtureRequest, outcomes: dict[str, Outcome]) -> Outcome:
    return outcomes[request.param]


def try_examples(terraform: Terraform, folder: Path, modules: dict[str, Path]) -> Outcome:
    """Validate, plan and mock the examples in a folder of their own, with a copy of these modules."""
    left_over = shutil.ignore_patterns(".terraform*", "modules")  # of somebody's own try in that folder
    shutil.copytree(ROOT, folder, dirs_exist_ok=True, ignore=left_over)
    for label, module in modules.items():
        shutil.copytree(module, folder / "modules" / label)
    (folder / "imagined.tftest.json").write_text(json.dumps(IMAGINED_APPLY))
    terraform.init(folder)
    validation = terraform.read(folder, "validate")
    terraform.succeed(folder, "plan", "-out=examples.tfplan")
    plan = terraform.read(folder, "show", "examples.tfplan")
    planned = {
        change["address"]: with_unknowns(change["change"]["after"], change["change"]["after_unknown"])
        for change in plan["resource_changes"]
    }
    messages = terraform.messages(folder, "test", "-verbose")
    (state,) = (message["test_state"] for message in messages if message["type"] == "test_state")
    return Outcome(validation, planned, dict(values_of(state["root_module"])))


def values_of(module: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Addresses and values of the resources in a state's module and those below it."""
    for resource in module.get("resources", ()):
        yield resource["address"], resource["values"]
    for child in module.get("child_modules", ()):
        yield from values_of(child)


def with_unknowns(known: Any, unknown: Any) -> Any:
    """Planned values with UNKNOWN wherever Terraform says that a value is known after apply."""
    if unknown is True:
        return UNKNOWN
    if isinstance(unknown, dict):
        values = known or {}
        return {name: with_unknowns(values.get(name), unknown.get(name, False)) for name in values | unknown}
    if isinstance(unknown, list):
        values = list(known or []) + [None] * (len(unknown) - len(known or []))
        return [with_unknowns(value, part) for value, part in zip(values, unknown, strict=True)]
    return known


@pytest.mark.parametrize("label", FUNCTIONS)
def test_a_module_block_works_with_another_functions_module(outcomes: dict[str, Outcome], label: str) -> None:
    """What the caller says goes before that module's defaults, for the code's source and package type too."""
    planned, said = outcomes[ANOTHERS].function(label), FUNCTIONS[label]
    assert {name: planned[name] for name in said if name != "tags"} == {
        name: value for name, value in said.items() if name != "tags"
    }
    assert said["tags"].items() <= planned["tags"].items()
    own, applied = (outcomes[kind].applied[function(label)] for kind in (OWN, ANOTHERS))
    for name in ("filename", "s3_key", "image_config", "layers"):
        assert applied[name] == own[name]
    for name in ("s3_bucket", "image_uri", "vpc_config", "dead_letter_config"):  # of imagined values
        assert bool(applied[name]) == bool(own[name])
    assert outcomes[ANOTHERS].validation["diagnostics"] == []


def test_validate_finds_nothing_to_say(outcome: Outcome) -> None:
    assert outcome.validation["diagnostics"] == []
    assert outcome.validation["valid"] is True


@pytest.mark.parametrize("label", FUNCTIONS)
def test_the_function_is_planned_with_the_documents_values(outcome: Outcome, label: str) -> None:
    function = outcome.function(label)

    assert {name: function[name] for name in FUNCTIONS[label]} == FUNCTIONS[label]


@pytest.mark.parametrize("label", FUNCTIONS)
def test_the_function_has_the_examples_role(outcome: Outcome, label: str) -> None:
    assert outcome.function(label)["role"] == UNKNOWN  # it is made in the same apply
    assert not outcome.labels_with("aws_iam_role.this[0]")


@pytest.mark.parametrize("label", FUNCTIONS)
def test_the_environment_holds_the_documents_entries(outcome: Outcome, label: str) -> None:
    blocks = outcome.applied[function(label)]["environment"]

    expected = [ENVIRONMENTS[label]] if label in ENVIRONMENTS else []
    found = [
        {name: expected[0].get(name) and value for name, value in block["variables"].items()}
        for block in blocks
    ]
    assert found == expected


@pytest.mark.parametrize("label", FUNCTIONS)
def test_the_log_group_keeps_logs_for_the_documents_fourteen_days(outcome: Outcome, label: str) -> None:
    group = outcome.planned[f"module.{label}.aws_cloudwatch_log_group.this"]

    assert group["name"] == f"/aws/lambda/{FUNCTIONS[label]['function_name']}"
    assert group["retention_in_days"] == 14
    assert group["tags"] == FUNCTIONS[label]["tags"]


def test_functions_that_need_the_network_are_in_the_vpc_and_no_others(outcome: Outcome) -> None:
    networks = {label: outcome.applied[function(label)]["vpc_config"] for label in FUNCTIONS}

    sizes = {
        label: (len(network["subnet_ids"]), len(network["security_group_ids"]))
        for label, blocks in networks.items()
        for network in blocks
    }
    assert sizes == {"api_lambda": (2, 1), "s3_processor": (2, 1), "scheduled_task": (2, 1)}


def test_layers_are_attached_where_the_examples_name_them(outcome: Outcome) -> None:
    layers = {label: outcome.applied[function(label)]["layers"] for label in FUNCTIONS}

    powertools = "arn:aws:lambda:us-east-1:017000801446:layer:AWSLambdaPowertoolsPythonV2:42"
    assert {label: named for label, named in layers.items() if named} == {
        "s3_processor": [LAYER, LAYER],
        "lambda_with_layer": [LAYER, powertools],
    }


def test_concurrency_is_reserved_for_the_image_processor_alone(outcome: Outcome) -> None:
    reserved = {label: outcome.function(label)["reserved_concurrent_executions"] for label in FUNCTIONS}

    # -1 is the provider's way to say "no reservation".
    assert reserved == {**dict.fromkeys(FUNCTIONS, -1), "s3_processor": 10}


def test_provisioned_concurrency_stands_on_a_published_version_of_the_inference_function(
    outcome: Outcome,
) -> None:
    address = "aws_lambda_provisioned_concurrency_config.this[0]"
    published = {label for label in FUNCTIONS if outcome.function(label)["publish"]}

    assert outcome.labels_with(address) == published == {"container_lambda"}
    provisioned = outcome.planned[f"module.container_lambda.{address}"]
    assert provisioned["provisioned_concurrent_executions"] == 5
    assert provisioned["qualifier"] == UNKNOWN  # the version that this apply publishes


def test_the_api_handler_is_traced_and_has_a_dead_letter_queue(outcome: Outcome) -> None:
    function = outcome.function("api_lambda")

    assert function["tracing_config"] == [{"mode": "Active"}]
    assert function["dead_letter_config"] == [{"target_arn": UNKNOWN}]


def test_the_containers_image_is_started_as_the_example_says(outcome: Outcome) -> None:
    function = outcome.function("container_lambda")

    assert function["image_uri"] == UNKNOWN
    assert function["image_config"] == [
        {"entry_point": ["/app/bootstrap"], "command": ["handler.inference"], "working_directory": "/app"}
    ]


def test_the_stream_processor_reads_the_tables_stream(outcome: Outcome) -> None:
    address = "aws_lambda_event_source_mapping.this[0]"
    assert outcome.labels_with(address) == {"stream_processor"}

    mapping = outcome.planned[f"module.stream_processor.{address}"]
    expected = {
        "event_source_arn": UNKNOWN,
        "starting_position": "LATEST",
        "batch_size": 10,
        "maximum_batching_window_in_seconds": 5,
        "parallelization_factor": 2,
        "maximum_record_age_in_seconds": 3600,
        "maximum_retry_attempts": 3,
        "bisect_batch_on_function_error": True,
        "destination_config": [{"on_failure": [{"destination_arn": UNKNOWN}]}],
    }
    assert {name: mapping[name] for name in expected} == expected


def test_both_kinds_of_module_plan_the_same_but_for_what_specs_add(outcomes: dict[str, Outcome]) -> None:
    own, reference = outcomes[OWN].planned, outcomes[REFERENCE].planned
    assert {address: values for address, values in own.items() if address in reference} == reference
    added = {".".join(address.split(".")[:2]) for address in own.keys() - reference.keys()}
    assert added == {f"module.{name}" for name in FUNCTIONS}


def test_own_modules_have_what_the_document_writes_beside_them(outcomes: dict[str, Outcome]) -> None:
    planned = outcomes[OWN].planned
    layer = planned["module.lambda_with_layer.aws_lambda_layer_version.common_libs"]
    written = planned["aws_lambda_layer_version.common_libs"]
    keys = ("filename", "layer_name", "description", "license_info")
    assert {key: layer[key] for key in keys} == {key: written[key] for key in keys}
    for key in ("compatible_runtimes", "compatible_architectures"):
        assert sorted(layer[key]) == sorted(written[key])
    repository = planned["module.container_lambda.aws_ecr_repository.this"]
    written = planned["aws_ecr_repository.ml_models"]
    for key in ("name", "image_tag_mutability", "image_scanning_configuration"):
        assert repository[key] == written[key]


def test_the_basic_functions_own_module_has_the_documents_alarms(outcomes: dict[str, Outcome]) -> None:
    """Those under Best Practices and Troubleshooting, which no example has beside its module block."""
    said = {
        "duration": ("Duration", 60, "Maximum", 25000),
        "invocations": ("Invocations", 300, "Sum", 10000),
    }
    for name, expected in said.items():
        alarm = outcomes[OWN].planned[f"module.python_lambda.aws_cloudwatch_metric_alarm.{name}"]
        assert tuple(alarm[key] for key in ("metric_name", "period", "statistic", "threshold")) == expected
        assert (alarm["comparison_operator"], alarm["evaluation_periods"]) == ("GreaterThanThreshold", 2)
        assert alarm["dimensions"] == {"FunctionName": "my-python-function"}


def test_the_s3_processors_own_module_has_the_documents_notification(outcomes: dict[str, Outcome]) -> None:
    planned, module = outcomes[OWN].planned, "module.s3_processor."
    written = planned["aws_s3_bucket_notification.image_upload"]["lambda_function"]
    made = planned[f"{module}aws_s3_bucket_notification.image_upload"]["lambda_function"]
    keys = ("events", "filter_prefix", "filter_suffix")
    assert [{key: block[key] for key in keys} for block in made] == [
        {key: block[key] for key in keys} for block in written
    ]
    permission = planned[f"{module}aws_lambda_permission.image_upload"]
    assert permission["principal"] == planned["aws_lambda_permission.s3_invoke"]["principal"]


def test_the_scheduled_tasks_own_module_has_the_documents_rule(outcomes: dict[str, Outcome]) -> None:
    planned, module = outcomes[OWN].planned, "module.scheduled_task."
    written, made = (planned[f"{before}aws_cloudwatch_event_rule.daily_report"] for before in ("", module))
    for argument in ("schedule_expression", "description"):
        assert made[argument] == written[argument]
    written = planned["aws_cloudwatch_event_target.lambda_target"]
    made = planned[f"{module}aws_cloudwatch_event_target.daily_report"]
    assert json.loads(made["input"]) == json.loads(written["input"])
    permission = planned[f"{module}aws_lambda_permission.daily_report"]
    assert permission["principal"] == planned["aws_lambda_permission.allow_cloudwatch"]["principal"]


def test_the_api_lambdas_own_module_has_the_documents_api(outcomes: dict[str, Outcome]) -> None:
    planned = outcomes[OWN].planned
    made = {
        address.split(".")[2]: values
        for address, values in planned.items()
        if address.startswith("module.api_lambda.aws_api_gateway_")
    }
    for kind, arguments in (
        ("aws_api_gateway_resource", {"path_part": "{proxy+}"}),
        ("aws_api_gateway_method", {"http_method": "ANY", "authorization": "NONE"}),
        (
            "aws_api_gateway_integration",
            {"http_method": "ANY", "integration_http_method": "POST", "type": "AWS_PROXY"},
        ),
    ):
        assert {name: made[kind][name] for name in arguments} == arguments
    assert {"aws_api_gateway_rest_api", "aws_api_gateway_deployment", "aws_api_gateway_stage"} <= made.keys()
