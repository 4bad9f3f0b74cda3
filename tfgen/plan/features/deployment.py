"""CodeDeploy, which moves the function's alias from one version to the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tfgen.expressions import parse
from tfgen.hcl import Hcl, Interpolation, Ref, Value, parts_of, to_hcl
from tfgen.iam_actions import INVOKE
from tfgen.plan.model import Command, FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import function_name
from tfgen.spec.default_alarms import alarm_names
from tfgen.spec.deployments import STOPPING, Deployment, TrafficRoutingConfig
from tfgen.spec.models import Spec
from tfgen.triggers.base import Output, arn
from tfgen.triggers.checks import Check, checks, statement_checks

APPLICATION_NAME = 100

_APPLICATION = Ref("aws_codedeploy_app.this.name")
_GROUP = "aws_codedeploy_deployment_group.this"
_OUTPUTS = (
    Output("deployment_application_name", "Name of the CodeDeploy application", _APPLICATION),
    Output("deployment_group_name", "Name of its deployment group", Hcl(f"{_GROUP}.deployment_group_name")),
    Output(
        "deployment_group_arn",
        "ARN of its deployment group, for the roles of who starts deployments and of their hooks",
        Hcl(f"{_GROUP}.arn"),
    ),
    Output(
        "deployment_request",
        "Input of CodeDeploy's CreateDeployment, as JSON, that releases the version published last; "
        "empty once the alias stands for it",
        Hcl("local.deployment_request"),
    ),
)


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The application, its deployment group, and the role that CodeDeploy has for it."""
    deployment = spec.deployment
    if deployment is None or spec.alias is None:
        return None
    before, after = deployment.before_allow_traffic_hook, deployment.after_allow_traffic_hook
    hooks = [hook for hook in (module.hcl(before), module.hcl(after)) if hook is not None]
    alarms = _alarms(spec, deployment)
    function = module.value(parse("${function.arn}"))
    alias = Interpolation((*parts_of(function), ":", *parts_of(module.value(spec.alias.name))))
    group = arn(module, "codedeploy", ("deploymentgroup:", _APPLICATION, "/", _APPLICATION))
    preset = _preset(deployment, module)
    account_id = module.aws("account_id")
    return FeaturePlan(
        "deployment",
        {
            "application_name": to_hcl(module.name("deployment", APPLICATION_NAME)),
            "preset": preset,
            "configuration": _configuration(deployment.traffic_routing_config, module),
            "events": to_hcl(_events(alarms)),
            "alarms": _list(f"aws_cloudwatch_metric_alarm.{name}.alarm_name" for name in alarms),
            "every_alarm": to_hcl(arn(module, "cloudwatch", ("alarm:*",))) if alarms else None,
            "role_name": to_hcl(module.role_name("deployment")),
            "role_description": to_hcl(
                Interpolation(("Releases versions of the Lambda function ", module.address("function_name")))
            ),
            "permissions_boundary": module.permissions_boundary,
            "account_id": account_id,
            "group_arn": to_hcl(group),
            "function_arn": to_hcl(function),
            "alias_arn": to_hcl(alias),
            "hooks": _list(dict.fromkeys(hooks)),
            "before": module.hcl(before),
            "after": module.hcl(after),
        },
        outputs=_OUTPUTS,
        notes=tuple(_notes(has_hooks=bool(hooks))),
        commands=tuple(_commands(spec)),
        checks=(
            *_checks(deployment, preset, alarms, module),
            *_role_checks(function, hooks, account_id, group),
        ),
    )


def _checks(
    deployment: Deployment, preset: Hcl | None, alarms: tuple[str, ...], module: Surroundings
) -> Iterator[Check]:
    if preset is not None:
        yield Check(Hcl(f"{_GROUP}.deployment_config_name"), preset)
    if alarms:
        names = [Ref(f"aws_cloudwatch_metric_alarm.{alarm}.alarm_name") for alarm in alarms]
        yield Check(Hcl(f"one({_GROUP}.alarm_configuration).alarms"), names, in_any_order=True)
    routing = deployment.traffic_routing_config
    if routing is not None:
        address = "one(aws_codedeploy_deployment_config.this.traffic_routing_config)"
        yield from checks(module, address, routing, "type")
        block = "time_based_canary" if routing.type == "TimeBasedCanary" else "time_based_linear"
        yield from checks(module, f"one({address}.{block})", routing, "interval", "percentage")


def _role_checks(function: Value, hooks: Sequence[Hcl], account_id: Ref, group: Value) -> Iterator[Check]:
    """That the role is CodeDeploy's for this deployment group, and may do what a deployment takes."""
    move = ("lambda:GetAlias", "lambda:UpdateAlias")
    yield from statement_checks("deployment", "MoveAlias", actions=move, resources=[function])
    if hooks:
        yield from statement_checks("deployment", "InvokeHooks", actions=INVOKE, resources=hooks)
    account = ("StringEquals", "aws:SourceAccount", [account_id])
    own = ("ArnEquals", "aws:SourceArn", [group])
    yield from statement_checks("deployment_trust", "AssumedByCodeDeploy", [account, own])


def _preset(deployment: Deployment, module: Surroundings) -> Hcl | None:
    """CodeDeploy's own name of one of its configurations."""
    name = deployment.deployment_config_name
    if name is None:
        return None
    return to_hcl(Interpolation(("CodeDeployDefault.Lambda", *parts_of(module.value(name)))))


def _configuration(
    routing: TrafficRoutingConfig | None, module: Surroundings
) -> dict[str, Hcl | None] | None:
    """A configuration of the function's own. Its name says what it holds, as those of CodeDeploy's do."""
    if routing is None:
        return None
    interval, percentage = module.value(routing.interval), module.value(routing.percentage)
    is_canary = routing.type == "TimeBasedCanary"
    steps = ("-Canary", "Percent") if is_canary else ("-Linear", "PercentEvery")
    given = [value if isinstance(value, Ref) else str(value) for value in (percentage, interval)]
    name = Interpolation((module.address("function_name"), steps[0], given[0], steps[1], given[1], "Minutes"))
    return {
        "name": to_hcl(name),
        "type": to_hcl(routing.type),
        "block": Hcl("time_based_canary" if is_canary else "time_based_linear"),
        "interval": to_hcl(interval),
        "percentage": to_hcl(percentage),
    }


def _alarms(spec: Spec, deployment: Deployment) -> tuple[str, ...]:
    """The alarms that stop a deployment."""
    if deployment.alarms is not None:
        return deployment.alarms
    return tuple(name for name in STOPPING if name in alarm_names(spec))


def _events(alarms: tuple[str, ...]) -> tuple[str, ...]:
    """What gives the old version all calls again. Who stops a deployment wants no half of it to stay."""
    on_alarm = ("DEPLOYMENT_STOP_ON_ALARM",) if alarms else ()
    return ("DEPLOYMENT_FAILURE", *on_alarm, "DEPLOYMENT_STOP_ON_REQUEST")


def _list(items: Iterable[str]) -> Hcl | None:
    """Expressions as a list of them; None for no expressions."""
    found = [Ref(item) for item in items]
    return to_hcl(found) if found else None


def _notes(*, has_hooks: bool) -> Iterator[str]:
    yield (
        "an apply publishes a version and leaves the alias where it is: hand the output deployment_request "
        "on from the root module, and after an apply start a deployment, as shown below, by a role that may "
        "do what AWSCodeDeployDeployerAccess allows"
    )
    if has_hooks:
        yield (
            "let the role of each hook's function call codedeploy:PutLifecycleEventHookExecutionStatus on "
            "deployment_group_arn: a hook says by it within an hour whether the deployment may go on"
        )


def _commands(spec: Spec) -> Iterator[Command]:
    """How a version is released."""
    name = f"{function_name(spec)}-deployment"
    yield Command(
        "Release the version published last, if it is not released; the output is the root module's",
        'request="$(terraform output -raw deployment_request)"\n'
        'test -z "$request" || aws deploy create-deployment --cli-input-json "$request"',
    )
    yield Command(
        "The latest deployments",
        f"aws deploy list-deployments --application-name {name} --deployment-group-name {name} --max-items 5",
    )
    yield Command("How one of them went", "aws deploy get-deployment --deployment-id DEPLOYMENT_ID")
    yield Command(
        "Stop it, and give the old version all calls again",
        "aws deploy stop-deployment --deployment-id DEPLOYMENT_ID --auto-rollback-enabled",
    )
