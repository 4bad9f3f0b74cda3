"""What AWS must hold after the example of `deployment` was applied, which has alarms and hooks."""

from __future__ import annotations

from typing import Any

from tests.terraform.applied import ACCOUNT, ACCOUNT_ID, Statement, statements_of

_FUNCTION = f"arn:aws:lambda:{ACCOUNT}:function"


def surroundings(aws: Any) -> dict[str, str]:
    """The module's inputs."""
    # S3's own word for the only version in a bucket that keeps no others.
    return {"package_version": "null", "smoke_test_arn": f"{_FUNCTION}:smoke-test"}


def check(aws: Any, name: str) -> None:
    """The deployment group with the function's alarms, and the role that may invoke the hooks."""
    group = group_of(aws, name)
    assert group["deploymentConfigName"] == "CodeDeployDefault.LambdaCanary10Percent5Minutes"
    alarms = group["alarmConfiguration"]
    # The provider does not send what is false.
    assert (alarms["enabled"], "ignorePollAlarmFailure" in alarms) == (True, False)
    assert {alarm["name"] for alarm in alarms["alarms"]} == {f"{name}-errors", f"{name}-duration"}
    events = {"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"}
    assert set(group["autoRollbackConfiguration"]["events"]) == events
    hooks = {f"{_FUNCTION}:smoke-test", f"{_FUNCTION}:checkout-load-test"}
    check_role(
        aws,
        name,
        {
            "ReadAlarms": ({"cloudwatch:DescribeAlarms"}, {f"arn:aws:cloudwatch:{ACCOUNT}:alarm:*"}),
            "InvokeHooks": ({"lambda:InvokeFunction"}, hooks),
        },
    )


def group_of(aws: Any, name: str) -> dict[str, Any]:
    """A function's deployment group."""
    application = f"{name}-deployment"
    codedeploy = aws("codedeploy")
    found = codedeploy.get_application(applicationName=application)["application"]
    assert found["computePlatform"] == "Lambda"
    group: dict[str, Any] = codedeploy.get_deployment_group(
        applicationName=application, deploymentGroupName=application
    )["deploymentGroupInfo"]
    assert group["serviceRoleArn"] == f"arn:aws:iam::{ACCOUNT_ID}:role/{application}-us-east-1"
    style = {"deploymentOption": "WITH_TRAFFIC_CONTROL", "deploymentType": "BLUE_GREEN"}
    assert group["deploymentStyle"] == style
    assert group["autoRollbackConfiguration"]["enabled"] is True
    return group


def check_role(aws: Any, name: str, more: dict[str, Statement]) -> None:
    """CodeDeploy may move the alias, and do what `more` says, for this deployment group alone."""
    role = f"{name}-deployment-us-east-1"
    (trust,) = aws("iam").get_role(RoleName=role)["Role"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "codedeploy.amazonaws.com"}
    group = f"arn:aws:codedeploy:{ACCOUNT}:deploymentgroup:{name}-deployment/{name}-deployment"
    assert trust["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT_ID},
        "ArnEquals": {"aws:SourceArn": group},
    }
    policy = aws("iam").get_role_policy(RoleName=role, PolicyName="deployment")["PolicyDocument"]
    assert statements_of(policy) == {
        "MoveAlias": ({"lambda:GetAlias", "lambda:UpdateAlias"}, {f"{_FUNCTION}:{name}"}),
        "ReadProvisionedConcurrency": (
            {"lambda:GetProvisionedConcurrencyConfig"},
            {f"{_FUNCTION}:{name}:live"},
        ),
        **more,
    }
