"""Spec → ModulePlan. Every decision about a module is made here: which resources it has, how they are
labelled and what they refer to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath

from tfgen.expressions import Reference, Template
from tfgen.hcl import Hcl, Ref, Value, to_hcl
from tfgen.interface import INTERFACE
from tfgen.plan.features import plan_features
from tfgen.plan.model import (
    AliasPlan,
    DataSource,
    FeaturePlan,
    FunctionPlan,
    Locals,
    LogGroupPlan,
    ModulePlan,
    ResolvedLocal,
)
from tfgen.plan.own_tests import own_tests
from tfgen.plan.readme import readme
from tfgen.plan.references import References
from tfgen.plan.role import role
from tfgen.plan.skips import skips
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.triggers import plan_triggers
from tfgen.plan.variables import declared, input_variables, is_spared
from tfgen.schema.places import TextMap
from tfgen.spec.models import Spec
from tfgen.triggers.base import Output

__all__ = ["ModulePlan", "plan"]

# Arguments and blocks of aws_lambda_function that are not in the interface: there where the spec has them.
_ARGUMENTS = (
    "description",
    "code_signing_config_arn",
    "skip_destroy",
    "replace_security_groups_on_destroy",
    "replacement_security_group_ids",
)
_BLOCKS = ("ephemeral_storage", "file_system_config", "logging_config", "snap_start")
_ALIAS_OUTPUTS = (
    Output("alias_name", "Name of the function's alias", Hcl("aws_lambda_alias.this.name")),
    Output("alias_arn", "ARN of the function's alias, to invoke it by", Hcl("aws_lambda_alias.this.arn")),
    Output(
        "alias_invoke_arn",
        "ARN for invoking the alias from API Gateway",
        Hcl("aws_lambda_alias.this.invoke_arn"),
    ),
)


def plan(spec: Spec, path: str) -> ModulePlan:
    """Decide the module of a spec that was read from `path`, of which only the file's name is used."""
    spec = _with_image(spec)
    references = References(spec)
    alias = _alias(spec, references)
    surroundings = Surroundings(spec, references)
    log_group = _log_group(spec, references, surroundings)
    triggers = tuple(plan_triggers(spec, surroundings))
    features = tuple(plan_features(spec, surroundings))
    function = _function(spec, references, features)
    own_role = role(spec, references, triggers, features)
    resolved = _locals(spec, references, features)._replace(
        log_group_arn=None if log_group.create else references.log_group_arn(log_group.name)
    )
    if references.uses_function_arn:  # as all of the above may have found
        resolved = resolved._replace(function_arn=references.function_arn())
    variables = input_variables(spec, references, features)
    return ModulePlan(
        name=spec.name or "",
        header=f"Made by tfgen from {PurePath(path).name}. Change that and render again, not this file.",
        versions=spec.terraform,
        tags=references.address("tags"),
        data_sources=tuple(DataSource(kind) for kind in sorted(references.data_sources)),
        locals=resolved,
        log_group=log_group,
        function=function,
        alias=alias,
        role=own_role,
        triggers=triggers,
        features=features,
        names=tuple(surroundings.names.values()),
        variables=variables,
        outputs=(
            *_outputs(log_group),
            *(_ALIAS_OUTPUTS if spec.alias else ()),
            *(output for feature in features for output in feature.outputs),
            *(output for trigger in triggers for output in trigger.outputs),
        ),
        readme=readme(spec, variables, resolved, triggers, features),
        tests=own_tests(spec, references, variables, own_role, triggers, features),
        skips=skips(spec),
    )


def _with_image(spec: Spec) -> Spec:
    """The spec, whose image is that of its repository with the tag that is given there."""
    tag = spec.ecr_repository and spec.ecr_repository.image_tag
    if tag is None:
        return spec
    repository = Reference("ecr_repository", "repository_url")
    parts = tag.parts if isinstance(tag, Template) else (tag,)
    return spec.model_copy(update={"image_uri": Template((repository, ":", *parts))})


def _function(spec: Spec, references: References, features: Sequence[FeaturePlan]) -> FunctionPlan:
    environment = references.is_resolved("environment")
    provisioned = spec.provisioned_concurrency_config
    extras: dict[str, Hcl | dict[str, Hcl | None] | None] = {
        name: references.hcl(getattr(spec, name)) for name in _ARGUMENTS
    }
    signing = extras["code_signing_config_arn"]
    if spec.code_signing is not None:
        signing = Ref("aws_lambda_code_signing_config.this.arn")
    if signing is not None:  # which Lambda refuses where the caller chose an image
        is_zip = f'{references.address("package_type")} == "Zip"'
        extras["code_signing_config_arn"] = Hcl(f"{is_zip} ? {signing} : null")
    for block in _BLOCKS:
        section = getattr(spec, block)
        extras[block] = section and {name: references.hcl(value) for name, value in section}
    return FunctionPlan(
        interface={
            **{name: references.address(name) for name in INTERFACE},
            "layers": _layers(references, [arn for feature in features for arn in feature.layers]),
        },
        extras=extras,
        role=references.role_arn,
        publish=_publish(spec, references),
        environment_variables=(
            references.address("environment") if environment else Ref("var.environment.variables")
        ),
        environment_is_given=environment,
        concurrency_is_scaled=bool(provisioned and provisioned.is_scaled),
    )


def _layers(references: References, added: Sequence[Hcl]) -> Hcl:
    """The function's layers, and after them those that sections add; an image has none."""
    layers = references.address("layers")
    if not added:
        return layers
    is_zip = f'{references.address("package_type")} == "Zip"'
    return Hcl(f"{is_zip} ? concat({layers}, [{', '.join(added)}]) : null")


def _publish(spec: Spec, references: References) -> Hcl:
    """An alias, provisioned concurrency and SnapStart all stand on a published version."""
    if spec.publish is True or spec.has_snap_start or spec.alias is not None:
        return to_hcl(True)
    provisioned = f"{references.address('provisioned_concurrency_config')} != null"
    if spec.publish is None or spec.publish is False:
        return Hcl(provisioned)
    return Hcl(f"{to_hcl(references.value(spec.publish))} || {provisioned}")


def _alias(spec: Spec, references: References) -> AliasPlan | None:
    if spec.alias is None:
        return None

    alias, routing = spec.alias, spec.alias.routing
    return AliasPlan(
        name=to_hcl(references.value(alias.name)),
        description=references.hcl(alias.description),
        function_version=references.hcl(alias.function_version),
        weights=_weights(references.value(routing.function_version), references.hcl(routing.weight))
        if routing
        else None,
        is_deployed=spec.deployment is not None,
    )


def _weights(version: Value, weight: Hcl | None) -> Hcl:
    """A version's share of the calls, as a map. Its key is in brackets where it is an expression."""
    known = isinstance(version, str) and not isinstance(version, Hcl)
    return to_hcl({version: weight}) if known else Hcl(f"{{\n ({to_hcl(version)}) = {weight}\n }}")


def _log_group(spec: Spec, references: References, surroundings: Surroundings) -> LogGroupPlan:
    options = spec.log_group
    return LogGroupPlan(
        create=options.create,
        name=surroundings.log_group,
        named=surroundings.log_group_name,
        arn=surroundings.log_group_arn,
        retention_in_days=references.address("log_retention_in_days"),
        kms_key_id=references.hcl(options.kms_key_id),
        log_group_class=references.hcl(options.log_group_class),
        skip_destroy=references.hcl(options.skip_destroy),
    )


def _locals(spec: Spec, references: References, features: Sequence[FeaturePlan]) -> Locals:
    """The locals that resolve interface variables."""
    guarded, overrides, merges = [], [], []
    spared = {name for name, places in declared(spec).items() if is_spared(name, places, spec)}
    for name, variable in INTERFACE.items():
        value = getattr(spec, name)
        guard = references.guards.get(name)
        if not references.is_resolved(name):
            if guard is not None:
                guarded.append(ResolvedLocal(Hcl(name), Ref(f"var.{name}"), None, guard))
        elif name == "environment":
            entries = _entries(value.variables, references, spared)
            for feature in features:
                entries.update(feature.environment)
            merges.append(ResolvedLocal(Hcl(name), Ref("var.environment.variables"), entries))
        elif variable.merged:
            merges.append(ResolvedLocal(Hcl(name), Ref(f"var.{name}"), _entries(value, references, spared)))
        else:
            resolved = references.value(value)
            if name == "event_source_mapping" and isinstance(resolved, dict):
                resolved = {"function_name": None, **resolved}
            overrides.append(ResolvedLocal(Hcl(name), Ref(f"var.{name}"), resolved, guard))
    return Locals(tuple(guarded), tuple(overrides), tuple(merges))


def _entries(values: TextMap, references: References, spared: set[str]) -> dict[str, Value]:
    """A map's entries. A text around a variable that may be null is null with it: the merge replaces it."""
    entries: dict[str, Value] = {}
    for key, value in values.items():
        entries[key] = references.value(value)
        if isinstance(value, Template) and value.whole is None:
            named = {
                part.name: None for part in value.references if part.root == "var" and part.name in spared
            }
            if named:
                nulls = " || ".join(f"var.{name} == null" for name in named)
                # In brackets, since python-hcl2 cannot write a bare conditional within an object.
                entries[key] = Hcl(f"({nulls} ? null : {to_hcl(entries[key])})")
    return entries


def _outputs(log_group: LogGroupPlan) -> tuple[Output, ...]:
    """The reference document's outputs in its order, then the role's and the log group's."""
    this = "aws_lambda_function.this"
    return tuple(
        Output(name, description, Hcl(value))
        for name, description, value in (
            ("function_name", "Lambda function name", f"{this}.function_name"),
            ("function_arn", "Lambda function ARN", f"{this}.arn"),
            ("arn", "Lambda function ARN (alias for function_arn)", f"{this}.arn"),
            ("invoke_arn", "ARN for invoking the Lambda function", f"{this}.invoke_arn"),
            ("qualified_arn", "Function ARN with version or alias", f"{this}.qualified_arn"),
            ("version", "Latest published version of the function", f"{this}.version"),
            ("last_modified", "Date the function was last modified", f"{this}.last_modified"),
            (
                "source_code_hash",
                "SHA256 hash of the function's deployment package",
                f"{this}.source_code_hash",
            ),
            (
                "source_code_size",
                "Size of the function's deployment package in bytes",
                f"{this}.source_code_size",
            ),
            ("runtime", "Runtime environment for the function", f"{this}.runtime"),
            ("handler", "Function entry point", f"{this}.handler"),
            ("timeout", "Function timeout value in seconds", f"{this}.timeout"),
            ("memory_size", "Memory allocation for the function in MiB", f"{this}.memory_size"),
            ("role_arn", "ARN of the execution role", f"{this}.role"),
            ("role_name", "Name of the execution role", f'reverse(split("/", {this}.role))[0]'),
            ("log_group_name", "Name of the function's log group", str(to_hcl(log_group.named))),
            ("log_group_arn", "ARN of the function's log group", str(log_group.arn)),
        )
    )
