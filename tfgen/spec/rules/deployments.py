"""Rules about deployments."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.schema.places import nearest, show
from tfgen.spec.default_alarms import alarm_names
from tfgen.spec.deployments import LONGEST, STOPPING
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules


def _alias(spec: Spec) -> Iterator[Diagnostic]:
    if spec.deployment is None:
        return
    if spec.alias is None:
        hint = "add `alias: {name: live}`: CodeDeploy moves an alias from one version to the next"
        yield _at("TFG309", "`deployment` needs `alias`", hint)
        return
    for key in ("function_version", "routing"):
        if getattr(spec.alias, key) is not None:
            summary = f"`alias.{key}` says what CodeDeploy decides"
            hint = "remove it, or `deployment`: which versions the alias stands for, only one of them can say"
            yield Diagnostic("TFG310", summary, hint, Node(("alias", key), key=True))


def _configuration(spec: Spec) -> Iterator[Diagnostic]:
    deployment = spec.deployment
    if deployment is None:
        return
    routing = deployment.traffic_routing_config
    if deployment.deployment_config_name is None and routing is None:
        hint = "add `deployment_config_name: Canary10Percent5Minutes`, or a `traffic_routing_config`"
        yield _at("TFG310", "`deployment` does not say how traffic moves", hint)
    elif deployment.deployment_config_name is not None and routing is not None:
        summary = "`traffic_routing_config` says how traffic moves, as `deployment_config_name` does"
        yield _at("TFG310", summary, "keep one of them", "traffic_routing_config")
    if routing is None or routing.type != "TimeBasedLinear":
        return
    if isinstance(routing.interval, int) and isinstance(routing.percentage, int):
        steps = -(-100 // routing.percentage) - 1
        if routing.interval * steps > LONGEST:
            summary = f"the last share would come {routing.interval * steps} minutes after the first"
            hint = f"CodeDeploy waits {LONGEST} minutes at most: shorten `interval` or raise `percentage`"
            yield _at("TFG201", summary, hint, "traffic_routing_config", "interval", key=False)


def _alarms(spec: Spec) -> Iterator[Diagnostic]:
    named = spec.deployment.alarms if spec.deployment else None
    known = alarm_names(spec)
    if spec.deployment and not named and not set(known).intersection(STOPPING):
        stopping = " and ".join(STOPPING)
        hint = f"add `alarms: default`, whose {stopping} stop it, or name others in `deployment.alarms`"
        yield _at("TFG706", "no alarm stops a deployment that goes wrong", hint)
    if not named:
        return
    if not known:
        hint = "add `alarms`, or remove this"
        yield _at("TFG309", "`deployment.alarms` needs `alarms`", hint, "alarms")
        return
    for index, name in enumerate(named):
        if name in named[:index]:
            yield _at("TFG206", f"{show(name)} is given twice", "remove it", "alarms", index, key=False)
        elif name not in known:
            near = nearest(name, known)
            hint = (f"did you mean `{near}`? " if near else "") + f"there are: {', '.join(known)}"
            yield _at("TFG204", f"{show(name)} is not one of the `alarms`", hint, "alarms", index, key=False)


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = True) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(("deployment", *path), key=key))


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _alias: ("deployment", "alias"),
    _configuration: ("deployment",),
    # The default set of alarms follows from these.
    _alarms: (
        "deployment",
        "alarms",
        "async",
        "dead_letter_config",
        "event_source_mapping",
        "function_url",
        "provisioned_concurrency_config",
        "reserved_concurrent_executions",
        "triggers",
    ),
}
