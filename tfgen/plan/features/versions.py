"""Old versions of the function, removed on a schedule by a state machine that runs no code of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfgen.expressions import parse
from tfgen.hcl import Hcl, Interpolation, Ref, Value, parts_of, to_hcl
from tfgen.plan import words
from tfgen.plan.model import Command, FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.models import Spec
from tfgen.spec.versions import Versions
from tfgen.triggers.base import Output, arn
from tfgen.triggers.checks import Check, checks, statement_checks

STATE_MACHINE_NAME = 80  # states.CreateStateMachine
SCHEDULE_NAME = 64  # scheduler.CreateSchedule
_FUNCTION = "aws_lambda_function.this"

# A state's data is 256 KiB at most, and what Lambda says of a version may be more than 10 KiB.
_VERSIONS_A_PAGE = 20
# An execution's history is 25,000 events at most. What one does not remove, the next one does.
_MOST_A_TIME = 1000
_RETRY: Value = [
    {
        "ErrorEquals": [
            "Lambda.TooManyRequestsException",
            "Lambda.ServiceException",
            "Lambda.SdkClientException",
        ],
        "IntervalSeconds": 2,
        "BackoffRate": 2,
        "MaxAttempts": 6,
        "JitterStrategy": "FULL",
    }
]


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The state machine, what starts it, and a role for each of them."""
    versions = spec.versions
    if versions is None:
        return None
    name = module.name("versions", STATE_MACHINE_NAME)
    function_name = module.address("function_name")
    function = module.value(parse("${function.arn}"))
    used = list(_named(spec, module))
    arguments = {
        "name": to_hcl(name),
        "definition": to_hcl(_definition(module, versions.keep, used)),
        "machine_arn": to_hcl(arn(module, "states", ("stateMachine:", *parts_of(name)))),
        "account_id": module.aws("account_id"),
        "function_arn": to_hcl(function),
        "version_arns": to_hcl(Interpolation((*parts_of(function), ":*"))),
        "permissions_boundary": module.permissions_boundary,
        "cleanup_name": to_hcl(module.role_name("versions_cleanup")),
        "cleanup_description": to_hcl(
            Interpolation(("Removes old versions of the Lambda function ", function_name))
        ),
        "schedule_name": to_hcl(module.name("versions", SCHEDULE_NAME)),
        "schedule_expression": module.hcl(versions.schedule_expression),
        "timezone": module.hcl(versions.timezone),
        # Scheduler's user guide, "Confused deputy prevention": the group's ARN, never the schedule's.
        "group_arn": to_hcl(arn(module, "scheduler", ("schedule-group/default",))),
        "invoker_name": to_hcl(module.role_name("versions_invoker")),
        "invoker_description": to_hcl(
            Interpolation(("Starts the removal of old versions of the Lambda function ", function_name))
        ),
    }
    return FeaturePlan(
        "versions",
        arguments,
        outputs=(
            Output(
                "version_cleanup_arn",
                "ARN of the state machine that removes old versions of the function",
                Ref("aws_sfn_state_machine.this.arn"),
            ),
        ),
        commands=_commands(spec),
        checks=(*_checks(versions, used, module), *_role_checks(arguments)),
    )


def _checks(versions: Versions, used: list[Value], module: Surroundings) -> Iterator[Check]:
    schedule = "aws_scheduler_schedule.versions"
    yield from checks(
        module, schedule, versions, "schedule_expression", timezone="schedule_expression_timezone"
    )
    begin = "jsondecode(aws_sfn_state_machine.this.definition).States.Begin.Assign"
    yield Check(Hcl(f"{begin}.keep"), module.value(versions.keep))
    yield Check(Hcl(f"{begin}.used"), used, in_any_order=True)


def _role_checks(arguments: Mapping[str, Any]) -> Iterator[Check]:
    """That each role is for the one that has it, and that versions alone may be deleted."""
    account = ("StringEquals", "aws:SourceAccount", [arguments["account_id"]])
    machine, group = (
        ("ArnEquals", "aws:SourceArn", [arguments[key]]) for key in ("machine_arn", "group_arn")
    )
    yield from statement_checks("versions_cleanup_trust", "AssumedByStepFunctions", [account, machine])
    yield from statement_checks("versions_invoker_trust", "AssumedByScheduler", [account, group])
    listed = {"actions": ["lambda:DeleteFunction"], "resources": [arguments["version_arns"]]}
    yield from statement_checks("versions_cleanup", "DeleteVersions", **listed)
    yield from statement_checks("versions_cleanup", "ListVersions", resources=[arguments["function_arn"]])


def _named(spec: Spec, module: Surroundings) -> Iterator[Value]:
    """What the module invokes the function by beside its alias; no alias tells of such a version."""
    provisioned = spec.provisioned_concurrency_config
    qualifiers = [trigger.qualifier for trigger in spec.triggers]
    qualifiers += [provisioned.qualifier] if provisioned else []
    for qualifier in dict.fromkeys(qualifiers):
        if qualifier is not None and not module.is_own_alias(qualifier):
            yield module.value(qualifier)


# The definition --------------------------------------------------------------------------------------


def _definition(module: Surroundings, keep: Any, used: list[Value]) -> Value:
    """The state machine in the Amazon States Language, with JSONata between `{%` and `%}`.

    It lists page by page into the variables `versions`, as numbers, and `used`, as texts. Lambda's own check
    is behind it: a version that came to be used meanwhile is not deleted.
    """
    return {
        "Comment": "Deletes the versions of a Lambda function beyond the newest ones that nothing uses.",
        "QueryLanguage": "JSONata",
        "TimeoutSeconds": 3600,
        "StartAt": "Begin",
        "States": {
            "Begin": {
                "Type": "Pass",
                "Assign": {
                    "function_name": Ref(f"{_FUNCTION}.function_name"),
                    "keep": module.value(keep),
                    "versions": [],
                    "used": used,
                    "marker": "",
                },
                "Next": "ListVersions",
            },
            **_pages(
                module,
                "ListVersions",
                "listVersionsByFunction",
                {"versions": "[$versions, $states.result.Versions[Version != '$LATEST'].$number(Version)]"},
                "ListAliases",
                f", 'MaxItems': {_VERSIONS_A_PAGE}",
            ),
            **_pages(
                module,
                "ListAliases",
                "listAliases",
                {
                    "used": "[$used, $states.result.Aliases.FunctionVersion, "
                    "$states.result.Aliases.RoutingConfig.AdditionalVersionWeights.$keys()]"
                },
                "ListProvisionedConcurrency",
            ),
            **_pages(
                module,
                "ListProvisionedConcurrency",
                "listProvisionedConcurrencyConfigs",
                {"used": "[$used, $states.result.ProvisionedConcurrencyConfigs.$split(FunctionArn, ':')[7]]"},
                "DeleteOldVersions",
            ),
            "DeleteOldVersions": _deletions(module),
            "LookAtOutcomes": {
                "Type": "Choice",
                "Choices": [
                    {"Condition": "{% 'failed' in $states.input.outcome %}", "Next": "NotAllDeleted"}
                ],
                "Default": "Done",
            },
            "NotAllDeleted": {
                "Type": "Fail",
                "Error": "VersionsNotDeleted",
                "Cause": "{% $substring($string($states.input[outcome = 'failed']), 0, 1000) %}",
            },
            "Done": {"Type": "Succeed"},
        },
    }


def _pages(
    module: Surroundings, state: str, action: str, assigned: dict[str, str], following: str, more: str = ""
) -> dict[str, Value]:
    """A state that lists a page, and one that goes back to it as long as there is another."""
    further = state.replace("List", "More", 1)
    request = f"{{'FunctionName': $function_name{more}, 'Marker': $marker != '' ? $marker}}"
    marker = "$states.result.NextMarker ? $states.result.NextMarker : ''"
    return {
        state: {
            "Type": "Task",
            "Resource": _action(module, action),
            "Arguments": _jsonata(request),
            "Retry": _RETRY,
            "Assign": {name: _jsonata(text) for name, text in {**assigned, "marker": marker}.items()},
            "Next": further,
        },
        further: {
            "Type": "Choice",
            "Choices": [{"Condition": _jsonata("$marker != ''"), "Next": state}],
            "Default": following,
        },
    }


def _deletions(module: Surroundings) -> Value:
    """One version after another: Lambda takes 15 such requests a second, of all that an account has."""
    old = (
        "[$filter($sort($versions), function($version, $index) { "
        f"$index < $min([$count($versions) - $keep, {_MOST_A_TIME}]) "
        "and $not($string($version) in $used) })]"
    )
    return {
        "Type": "Map",
        "Items": _jsonata(old),
        "MaxConcurrency": 1,
        "ItemProcessor": {
            "ProcessorConfig": {"Mode": "INLINE"},
            "StartAt": "DeleteVersion",
            "States": {
                "DeleteVersion": {
                    "Type": "Task",
                    "Resource": _action(module, "deleteFunction"),
                    "Arguments": {
                        "FunctionName": _jsonata("$function_name"),
                        "Qualifier": _jsonata("$string($states.input)"),
                    },
                    "Output": _outcome("'deleted'"),
                    "Retry": _RETRY,
                    "Catch": [
                        {
                            # In use after all, or a replica of Lambda@Edge.
                            "ErrorEquals": [
                                "Lambda.ResourceConflictException",
                                "Lambda.InvalidParameterValueException",
                            ],
                            "Output": _outcome("'in use'"),
                            "Next": "NextVersion",
                        },
                        {
                            "ErrorEquals": ["States.ALL"],
                            "Output": _outcome("'failed', 'error': $states.errorOutput.Error"),
                            "Next": "NextVersion",
                        },
                    ],
                    "Next": "NextVersion",
                },
                "NextVersion": {"Type": "Succeed"},
            },
        },
        "Next": "LookAtOutcomes",
    }


def _action(module: Surroundings, name: str) -> Interpolation:
    return Interpolation(("arn:", module.aws("partition"), f":states:::aws-sdk:lambda:{name}"))


def _outcome(text: str) -> str:
    return _jsonata(f"{{'version': $states.input, 'outcome': {text}}}")


def _jsonata(text: str) -> str:
    return f"{{% {text} %}}"


# The README ------------------------------------------------------------------------------------------


def _commands(spec: Spec) -> tuple[Command, ...]:
    function = words.function_name(spec)
    found = f"stateMachines[?name=='{function}-versions'].stateMachineArn"
    machine = f'"$(aws stepfunctions list-state-machines --output text --query "{found}")"'
    return (
        Command(
            "The versions that there are",
            f"aws lambda list-versions-by-function --function-name {function} \\\n"
            "  --query 'Versions[].[Version, LastModified]' --output table",
        ),
        Command(
            "Remove the old ones now",
            f"aws stepfunctions start-execution --state-machine-arn \\\n  {machine}",
        ),
        Command(
            "How the last removals went",
            f"aws stepfunctions list-executions --max-items 5 --state-machine-arn \\\n  {machine}",
        ),
    )
