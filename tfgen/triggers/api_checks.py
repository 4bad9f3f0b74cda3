"""APIs: what the module's own tests assert of their routes, authorizers and stages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tfgen.hcl import Hcl, Value, to_hcl
from tfgen.triggers.authorizers import Authorizer
from tfgen.triggers.base import Module, Trigger
from tfgen.triggers.checks import Check, checks
from tfgen.triggers.routes import Route
from tfgen.triggers.stages import AccessLog

_SET = "authorization_scopes"  # in the provider, which a list never equals
# Keys of an authorizer's section that its resource has elsewhere, or not at all.
_ELSEWHERE = ("audience", "authorizer_id", "authorizer_uri", "function_arn", "issuer")


def route_checks(address: str, routes: Mapping[str, Mapping[str, Hcl | None]]) -> Iterator[Check]:
    """That the resources at `address`, one for each route, have the arguments of their routes."""
    for name in next(iter(routes.values())):
        said: dict[str, Value] = {
            route: Hcl(f"toset({value})") if name == _SET else value
            for route, own in routes.items()
            if (value := own[name]) is not None
        }
        if said:
            found = f"{{ for route, own in {address} : route => own.{name} if own.{name} != null }}"
            yield Check(Hcl(found), said, name=f"The {name} of {address}")


def authorizer_checks(
    trigger: Trigger, module: Module, resource: str, made: Sequence[Authorizer]
) -> Iterator[Check]:
    """That the authorizers are what the trigger's sections say. `resource` is their type in the provider."""
    for authorizer in made:
        section = getattr(trigger, authorizer.label.removeprefix(f"{trigger.label}_"))
        address = f"{resource}.{authorizer.label}"
        names = [name for name in type(section).model_fields if name not in _ELSEWHERE]
        yield from checks(module, address, section, *names)
        yield from checks(module, f"one({address}.jwt_configuration)", section, "issuer", "audience")
        if authorizer.authorizer_uri is not None:
            yield Check(Hcl(f"{address}.authorizer_uri"), authorizer.authorizer_uri)
        if authorizer.permission is not None:
            function = Hcl(f"aws_lambda_permission.{authorizer.label}.function_name")
            yield Check(function, authorizer.permission["function_arn"])


def stage_checks(
    trigger: Trigger, module: Module, resource: str, *names: str, **attributes: str
) -> Iterator[Check]:
    """That the stage has what the trigger says at these keys, see `checks`, and writes its log."""
    address = f"{resource}.{trigger.label}"
    log: AccessLog | None = getattr(trigger, "access_log", None)
    yield from checks(module, address, trigger, *names, **attributes)
    group = f"aws_cloudwatch_log_group.{trigger.label}"
    yield from checks(module, group, log, "retention_in_days", "kms_key_id")
    if log is not None and log.format is not None:
        yield Check(Hcl(f"one({address}.access_log_settings).format"), module.json(log.format))


def v2_checks(
    trigger: Trigger,
    module: Module,
    made: Sequence[Authorizer],
    routes: Sequence[Route],
    arguments: Sequence[Mapping[str, Hcl | None]],
) -> Iterator[Check]:
    """That an HTTP or WebSocket API is what its trigger says, as far as their resources are the same."""
    api, integration, route = (
        f"aws_apigatewayv2_{what}.{trigger.label}" for what in ("api", "integration", "route")
    )
    said = ("description", "route_selection_expression", "disable_execute_api_endpoint")
    yield from checks(module, api, trigger, *said, cors="cors_configuration")
    said = ("api_id", "payload_format_version", "timeout_milliseconds")
    yield from checks(module, integration, trigger, *said)
    yield from authorizer_checks(trigger, module, "aws_apigatewayv2_authorizer", made)
    keyed = {
        one.route: {"route_key": to_hcl(one.route), **own} for one, own in zip(routes, arguments, strict=True)
    }
    yield from route_checks(route, keyed)
    served = {"stage_name": "name", "stage_variables": "stage_variables"}
    yield from stage_checks(trigger, module, "aws_apigatewayv2_stage", "default_route_settings", **served)
