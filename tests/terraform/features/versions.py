"""What AWS must hold after the example of `versions` was applied. What the state machine does, tests/
test_version_cleanup.py shows."""

from __future__ import annotations

import json
from typing import Any

from tests.terraform.applied import ACCOUNT, ACCOUNT_ID, statements_of

_LIST = {"lambda:ListAliases", "lambda:ListProvisionedConcurrencyConfigs", "lambda:ListVersionsByFunction"}


def surroundings(aws: Any) -> dict[str, str]:
    """The topic that pictures are told of by, a queue that nothing looks for, and what bounds the roles."""
    boundary = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}]}
    policy = aws("iam").create_policy(PolicyName="thumbnails-boundary", PolicyDocument=json.dumps(boundary))
    return {
        "boundary_arn": policy["Policy"]["Arn"],
        "dead_letters_arn": f"arn:aws:sqs:{ACCOUNT}:thumbnails-failed",
        "uploads_topic_arn": aws("sns").create_topic(Name="thumbnails-uploads")["TopicArn"],
    }


def check(aws: Any, name: str) -> None:
    """The state machine, what starts it every night, and what both of them may do."""
    arn = f"arn:aws:states:{ACCOUNT}:stateMachine:{name}-versions"
    machine = aws("stepfunctions").describe_state_machine(stateMachineArn=arn)
    assert machine["type"] == "STANDARD"
    states = json.loads(machine["definition"])["States"]
    assert states["Begin"]["Assign"] == {
        "function_name": name,
        "keep": 10,
        "versions": [],
        "used": ["1"],
        "marker": "",
    }
    assert states["ListAliases"]["Resource"] == "arn:aws:states:::aws-sdk:lambda:listAliases"

    schedule = aws("scheduler").get_schedule(Name=f"{name}-versions")
    assert schedule["ScheduleExpression"] == "cron(0 3 * * ? *)"
    assert schedule["ScheduleExpressionTimezone"] == "Europe/Berlin"
    assert schedule["Target"]["Arn"] == arn
    function = f"arn:aws:lambda:{ACCOUNT}:function:{name}"
    _role(
        aws,
        machine["roleArn"],
        ("states.amazonaws.com", arn),
        "delete-versions",
        {
            "ListVersions": (_LIST, {function}),
            "DeleteVersions": ({"lambda:DeleteFunction"}, {f"{function}:*"}),
        },
    )
    _role(
        aws,
        schedule["Target"]["RoleArn"],
        ("scheduler.amazonaws.com", f"arn:aws:scheduler:{ACCOUNT}:schedule-group/default"),
        "start",
        {"StartExecution": ({"states:StartExecution"}, {arn})},
    )


def _role(aws: Any, arn: str, trusted: tuple[str, str], policy: str, statements: dict[str, Any]) -> None:
    """Who may assume a role on whose behalf, what bounds it, and what it may do."""
    name = arn.rpartition("/")[2]
    role = aws("iam").get_role(RoleName=name)["Role"]
    assert role["PermissionsBoundary"]["PermissionsBoundaryArn"].endswith(":policy/thumbnails-boundary")
    (statement,) = role["AssumeRolePolicyDocument"]["Statement"]
    principal, source = trusted
    assert (statement["Action"], statement["Principal"]) == ("sts:AssumeRole", {"Service": principal})
    assert statement["Condition"] == {
        "StringEquals": {"aws:SourceAccount": ACCOUNT_ID},
        "ArnEquals": {"aws:SourceArn": source},
    }
    document = aws("iam").get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
    assert statements_of(document) == statements
