"""A function that CodeDeploy releases, applied to an emulated AWS: Terraform publishes versions and leaves
the alias alone, and its output is what CodeDeploy takes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3  # type: ignore[import-untyped]
import pytest

from tests.rendering import render_specs
from tests.terraform.applied import PROVIDER

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

SPEC = """
function_name: checkout
runtime: python3.13
handler: app.handler
s3_bucket: deployments
s3_key: package.zip
alias: {name: live}
deployment:
  deployment_config_name: Canary10Percent5Minutes
  before_allow_traffic_hook: arn:aws:lambda:us-east-1:123456789012:function:smoke-test
"""


def test_terraform_publishes_versions_and_codedeploy_releases_them(
    terraform: Terraform, emulated_aws: str, tmp_path: Path
) -> None:
    terraform = terraform.at(emulated_aws)
    session = boto3.Session("fake", "fake", region_name="us-east-1")

    def aws(service: str) -> Any:
        return session.client(service, endpoint_url=emulated_aws)

    def requested() -> str:
        state = terraform.read(tmp_path, "show")
        request: str = state["values"]["outputs"]["deployment_request"]["value"]
        return request

    aws("s3").create_bucket(Bucket="deployments")
    aws("s3").put_object(Bucket="deployments", Key="package.zip", Body=b"")
    write_root(tmp_path, description="the first")
    terraform.init(tmp_path)
    terraform.succeed(tmp_path, "apply", "-auto-approve")
    assert requested() == "", "there is nothing to release"

    write_root(tmp_path, description="the second")
    plan = terraform.succeed(tmp_path, "plan", "-out=plan")
    assert "Plan: 0 to add, 1 to change, 0 to destroy." in plan
    terraform.succeed(tmp_path, "apply", "plan")
    functions = aws("lambda")
    assert functions.get_alias(FunctionName="checkout", Name="live")["FunctionVersion"] == "1"
    request = json.loads(requested())
    assert json.loads(request["revision"]["appSpecContent"]["content"]) == {
        "version": "0.0",
        "Resources": [
            {
                "function": {
                    "Type": "AWS::Lambda::Function",
                    "Properties": {
                        "Name": "checkout",
                        "Alias": "live",
                        "CurrentVersion": "1",
                        "TargetVersion": "2",
                    },
                }
            }
        ],
        "Hooks": [{"BeforeAllowTraffic": "arn:aws:lambda:us-east-1:123456789012:function:smoke-test"}],
    }
    aws("codedeploy").create_deployment(**request)

    # As CodeDeploy does: first a share of the calls, then all of them.
    share = {"AdditionalVersionWeights": {"2": 0.1}}
    functions.update_alias(FunctionName="checkout", Name="live", RoutingConfig=share)
    halfway = terraform.run(tmp_path, "plan", "-detailed-exitcode")
    assert halfway.returncode == 0, halfway.stdout + halfway.stderr
    functions.update_alias(
        FunctionName="checkout",
        Name="live",
        FunctionVersion="2",
        RoutingConfig={"AdditionalVersionWeights": {}},
    )
    terraform.succeed(tmp_path, "apply", "-auto-approve")
    assert functions.get_alias(FunctionName="checkout", Name="live")["FunctionVersion"] == "2"
    assert requested() == "", "the second version is released"

    terraform.succeed(tmp_path, "destroy", "-auto-approve")
    assert aws("codedeploy").list_applications()["applications"] == []


def write_root(folder: Path, description: str) -> None:
    (folder / "checkout.yaml").write_text(f"{SPEC}\ndescription: {description}\n")
    render_specs(folder / "modules", [folder / "checkout.yaml"])
    root = {
        "provider": {"aws": PROVIDER},
        "module": {"checkout": {"source": "./modules/checkout"}},
        "output": {"deployment_request": {"value": "${module.checkout.deployment_request}"}},
    }
    (folder / "main.tf.json").write_text(json.dumps(root))
