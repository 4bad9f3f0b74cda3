"""What AWS must hold after the example of `deployment` was applied that has a configuration of its own."""

from __future__ import annotations

from typing import Any

from tests.terraform.features.deployment import check_role, group_of


def check(aws: Any, name: str) -> None:
    """The configuration, which the deployment group has, and neither alarms nor hooks."""
    group = group_of(aws, name)
    config = f"{name}-Linear20PercentEvery3Minutes"
    assert group["deploymentConfigName"] == config
    assert not group.get("alarmConfiguration")
    events = {"DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_REQUEST"}
    assert set(group["autoRollbackConfiguration"]["events"]) == events
    made = aws("codedeploy").get_deployment_config(deploymentConfigName=config)["deploymentConfigInfo"]
    assert made["computePlatform"] == "Lambda"
    assert made["trafficRoutingConfig"] == {
        "type": "TimeBasedLinear",
        "timeBasedLinear": {"linearPercentage": 20, "linearInterval": 3},
    }
    check_role(aws, name, {})
