"""What AWS must hold after the example of `provisioned_concurrency` was applied."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

_OF = {"ServiceNamespace": "lambda", "ScalableDimension": "lambda:function:ProvisionedConcurrency"}


def check(aws: Any, name: str) -> None:
    """As many are ready as the spec says at first, and three kinds of things may change that."""
    functions = aws("lambda")
    ready = functions.get_provisioned_concurrency_config(FunctionName=name, Qualifier="live")
    assert ready["RequestedProvisionedConcurrentExecutions"] == 5
    assert functions.get_function_concurrency(FunctionName=name)["ReservedConcurrentExecutions"] == 100

    scaling, resource = aws("application-autoscaling"), f"function:{name}:live"
    targets = scaling.describe_scalable_targets(ServiceNamespace="lambda")["ScalableTargets"]
    (target,) = (target for target in targets if target["ResourceId"] == resource)
    assert (target["MinCapacity"], target["MaxCapacity"]) == (2, 50)
    assert target["ScalableDimension"] == _OF["ScalableDimension"]

    (policy,) = scaling.describe_scaling_policies(**_OF, ResourceId=resource)["ScalingPolicies"]
    assert policy["PolicyName"] == f"{name}-provisioned-concurrency-config"
    assert policy["PolicyType"] == "TargetTrackingScaling"
    assert policy["TargetTrackingScalingPolicyConfiguration"] == {
        "TargetValue": 0.7,
        "ScaleInCooldown": 300,
        "ScaleOutCooldown": 0,
        "DisableScaleIn": False,
        "PredefinedMetricSpecification": {"PredefinedMetricType": "LambdaProvisionedConcurrencyUtilization"},
    }

    actions = scaling.describe_scheduled_actions(**_OF, ResourceId=resource)["ScheduledActions"]
    found = {action["ScheduledActionName"].removeprefix(policy["PolicyName"]): action for action in actions}
    assert {end: (action["Schedule"], action["Timezone"]) for end, action in found.items()} == {
        "-office-hours": ("cron(30 7 ? * MON-FRI *)", "Europe/Berlin"),
        "-evening": ("cron(0 19 * * ? *)", "Europe/Berlin"),
        "-sale": ("at(2030-11-29T08:00:00)", "UTC"),
    }
    assert {end: action["ScalableTargetAction"] for end, action in found.items()} == {
        "-office-hours": {"MinCapacity": 10, "MaxCapacity": 50},
        "-evening": {"MinCapacity": 2, "MaxCapacity": 10},
        "-sale": {"MinCapacity": 40},
    }
    evening = found["-evening"]
    assert evening["StartTime"] == datetime(2030, 1, 1, tzinfo=UTC)
    assert evening["EndTime"] == datetime(2030, 12, 31, 23, 59, 59, tzinfo=UTC)
