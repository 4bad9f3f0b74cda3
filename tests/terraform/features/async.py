"""What AWS must hold after the example of `async` was applied."""

from __future__ import annotations

from typing import Any

from tests.terraform.applied import ACCOUNT, ACCOUNT_ID, statements_of

_QUEUE = f"arn:aws:sqs:{ACCOUNT}:given-up"
_BUS = f"arn:aws:events:{ACCOUNT}:event-bus/orders"
_TOPIC = f"arn:aws:sns:{ACCOUNT}:dead-letters"


def surroundings(aws: Any) -> dict[str, str]:
    """Make where records go."""
    aws("sqs").create_queue(QueueName="given-up")
    aws("events").create_event_bus(Name="orders")
    aws("sns").create_topic(Name="dead-letters")
    return {"failures_arn": _QUEUE, "bus_name": "orders", "dead_letters_arn": _TOPIC}


def check(aws: Any, name: str) -> None:
    """The alias has the setting, and the role may send."""
    functions = aws("lambda")
    (config,) = functions.list_function_event_invoke_configs(FunctionName=name)["FunctionEventInvokeConfigs"]
    # The emulated AWS forgets that it is the alias's.
    assert config.pop("FunctionArn").startswith(f"arn:aws:lambda:{ACCOUNT}:function:{name}")
    assert config.pop("LastModified")
    assert config == {
        "MaximumEventAgeInSeconds": 3600,
        "MaximumRetryAttempts": 1,
        "DestinationConfig": {"OnSuccess": {"Destination": _BUS}, "OnFailure": {"Destination": _QUEUE}},
    }
    role = f"{name}-us-east-1"
    policy = aws("iam").get_role_policy(RoleName=role, PolicyName="execution-role")["PolicyDocument"]
    statements = statements_of(policy)
    assert statements["SendSuccessesForAsync"] == ({"events:PutEvents"}, {_BUS})
    account = {"StringEqualsIfExists": {"s3:ResourceAccount": ACCOUNT_ID}}
    assert statements["SendFailuresForAsync"] == ({"sqs:SendMessage"}, {_QUEUE}, account)
    assert statements["SendDeadLetters"] == ({"sns:Publish"}, {_TOPIC})
