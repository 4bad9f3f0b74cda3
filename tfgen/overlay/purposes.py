"""What each of tfgen's templates is for, in a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

#: All but those of triggers, whose kinds say it themselves.
PURPOSES: Mapping[str, str] = {
    "main.tf.j2": "The function, its log group and its alias",
    "iam.tf.j2": "The execution role and its policies",
    "triggers.tf.j2": "The file of all triggers, in their order",
    "variables.tf.j2": "The file of all input variables",
    "outputs.tf.j2": "The outputs",
    "versions.tf.j2": "The versions of Terraform and the provider",
    "tests/module.tftest.hcl.j2": "The module's own tests",
    "README.md.j2": "The module's page",
    "FLEET.md.j2": "The page about all modules of a project",
    "_variable.tf.j2": "One input variable",
    "_blocks.tf.j2": "The files of sections, such as monitoring.tf",
    "_permissions.tf.j2": "A trigger's permissions to invoke the function",
    "_event_source_mapping.tf.j2": "The event source mapping of a queue or stream",
    "_dead_letters.tf.j2": "A queue for what a trigger failed to hand over",
    "_event_rule.tf.j2": "A rule of EventBridge and its target",
    "_apigatewayv2_authorizers.tf.j2": "Authorizers of an HTTP or WebSocket API",
    "_apigatewayv2_routes.tf.j2": "Routes of an HTTP or WebSocket API",
    "_apigatewayv2_stage.tf.j2": "The stage of an HTTP or WebSocket API",
    "_authorizer_permissions.tf.j2": "The permissions of authorizers' functions",
    "_access_log.tf.j2": "The log group of an API's requests",
    "_access_log_settings.tf.j2": "What an API's stage logs of requests",
    "features/alarms.tf.j2": "Alarms on the function's metrics",
    "features/async.tf.j2": "What becomes of asynchronous events",
    "features/code_signing.tf.j2": "Whose code the function takes",
    "features/dashboard.tf.j2": "The dashboard",
    "features/deployment.tf.j2": "CodeDeploy's releases of new versions",
    "features/ecr_repository.tf.j2": "The repository of its images",
    "features/function_url.tf.j2": "The function's URL",
    "features/insights_queries.tf.j2": "Saved queries over the logs",
    "features/layers.tf.j2": "Layers that the module makes",
    "features/metric_filters.tf.j2": "Metrics that are made of log events",
    "features/provisioned_concurrency_config.tf.j2": "Provisioned concurrency that is scaled",
    "features/recursion_config.tf.j2": "What becomes of calls in a circle",
    "features/runtime_management_config.tf.j2": "When the runtime is updated",
    "features/subscription_filters.tf.j2": "Who else gets the log events",
    "features/versions.tf.j2": "The state machine that removes old versions",
}
_TRIGGERS = "triggers/"


def purposes(names: Iterable[str]) -> dict[str, str]:
    """What templates of these names are for, in the order that a module has them."""
    order = {name: number for number, name in enumerate(PURPOSES)}
    found = {name: PURPOSES.get(name) or _of_trigger(name) for name in names}
    return dict(sorted(found.items(), key=lambda entry: (order.get(entry[0], len(order)), entry[0])))


def _of_trigger(name: str) -> str:
    from tfgen.triggers import KINDS, kind

    of = name.removeprefix(_TRIGGERS).partition(".")[0]
    return (kind(of).__doc__ or "").partition("\n")[0].removesuffix(".") if of in KINDS else ""
