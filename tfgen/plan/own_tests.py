"""Spec and the module's plan → what the module's own tests give it, and what they assert."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from pydantic import BaseModel

from tfgen import iam_actions
from tfgen.constraints import section_of
from tfgen.expressions import Reference, Template
from tfgen.hcl import Hcl, Value, to_hcl
from tfgen.interface import INTERFACE
from tfgen.plan.examples import ACCOUNT, REGION, example, wrong
from tfgen.plan.guards import gives_code
from tfgen.plan.model import CheckGroup, FeaturePlan, InputVariable, RolePlan, TestsPlan, Trial
from tfgen.plan.references import References
from tfgen.schema.bounds import EXECUTION_ROLE_ARN, Bounds
from tfgen.schema.walk import bounds_of, interface_fields
from tfgen.spec.models import Spec
from tfgen.triggers.base import TriggerPlan
from tfgen.triggers.checks import Check, checks, statement_checks

_FUNCTION = "aws_lambda_function.this"
_LOG_GROUP = "aws_cloudwatch_log_group.this"
_ROLE = "aws_iam_role.this[0]"
_MAPPING = "aws_lambda_event_source_mapping.this[0]"
_PROVISIONED = "aws_lambda_provisioned_concurrency_config.this[0]"
_STATEMENTS = "data.aws_iam_policy_document.execution_role.statement"
# Keys of a spec that the function's resource has by the same name.
_OF_FUNCTION = (
    *("function_name", "description", "runtime", "handler", "filename", "s3_bucket", "s3_key"),
    *("s3_object_version", "image_uri", "package_type", "architectures", "memory_size", "timeout"),
    *("reserved_concurrent_executions", "kms_key_arn", "environment", "vpc_config", "dead_letter_config"),
    *("tracing_config", "image_config", "ephemeral_storage", "file_system_config", "logging_config"),
    *("snap_start", "skip_destroy", "replace_security_groups_on_destroy", "replacement_security_group_ids"),
    *("code_signing_config_arn", "tags"),
)
# Those of them that a function has in any case.
_BY_DEFAULT = ("memory_size", "timeout")
# What a statement lists beside its actions.
_LISTED = ("not_actions", "resources", "not_resources")
# What a permission says, but for what it is a permission on.
_OF_PERMISSION = (
    *("action", "principal", "qualifier", "source_arn", "source_account", "principal_org_id"),
    *("event_source_token", "function_url_auth_type"),
)
_AWS = {"account_id": ACCOUNT, "partition": "aws", "region": REGION}
# What only an apply makes known: another resource's attribute but its name, and locals that stand for one.
_UNKNOWN = re.compile(
    r"(?<![\w.])(?:aws_[a-z0-9_]+\.\w+\b(?!\.(?:alarm_|function_)?name\b)|local\.role_arn\b)"
)
_VARIABLE = re.compile(r"\bvar\.(\w+)")
_CALLER = "from-the-caller"


def own_tests(
    spec: Spec,
    references: References,
    variables: Sequence[InputVariable],
    role: RolePlan | None,
    triggers: Sequence[TriggerPlan],
    features: Sequence[FeaturePlan],
) -> TestsPlan:
    """What the module's tests say. Nothing of it is about what only an apply makes known."""
    inputs = _inputs(spec, variables, features)
    groups = [
        CheckGroup("The function", tuple(_function(spec, references, features))),
        CheckGroup("The execution role", tuple(_role(spec, references, role, inputs))),
        *(CheckGroup(feature.key, feature.checks) for feature in features),
        *(
            CheckGroup(f"triggers, {trigger.label}", (*trigger.checks, *_permissions(trigger)))
            for trigger in triggers
        ),
    ]
    known = (group._replace(checks=tuple(filter(_is_known, group.checks))) for group in groups)
    return TestsPlan(
        _given(inputs),
        tuple(group for group in known if group.checks),
        (
            _with_values(spec),
            *([_with_role()] if role else []),
            *_refused(variables),
        ),
    )


def _given(inputs: Mapping[str, Value]) -> tuple[tuple[Hcl, Value], ...]:
    """Inputs by their names as HCL, which the names of variables are."""
    return tuple((Hcl(name), value) for name, value in inputs.items())


def _is_known(check: Check) -> bool:
    return _UNKNOWN.search(to_hcl(check.value)) is None


# What the module is given ------------------------------------------------------------------------------


def _inputs(
    spec: Spec, variables: Sequence[InputVariable], features: Sequence[FeaturePlan]
) -> dict[str, Value]:
    """A value for each variable that a caller must give, or has to for what it does to be seen, and for what
    takes the place of its code."""
    needed = {
        variable.name: _example(variable)
        for variable in variables
        if variable.default is None or variable.needed_unless
    }
    for feature in features:
        own = {variable.name for variable in feature.inputs}
        needed.update(
            {name: value for name, value in feature.examples.items() if name in own | needed.keys()}
        )
    is_image = spec.package_type == "Image"
    if not gives_code(spec):
        code = ("image_uri",) if is_image else ("s3_bucket", "s3_key")
        needed.update((name, example(bounds_of(Spec)[name])) for name in code)
    if not is_image:
        missing = [name for name in ("runtime", "handler") if name not in spec.model_fields_set]
        needed.update((name, example(bounds_of(Spec)[name])) for name in missing)
    return needed


def _example(variable: InputVariable) -> Value:
    bounds = variable.bounds or Bounds(type=str(variable.type))  # type: ignore[arg-type]  # of an HclType
    # So that each is found again in what it becomes.
    return example(bounds, variable.name.replace("_", "-"))


# What the module must be -------------------------------------------------------------------------------


def _function(spec: Spec, references: References, features: Sequence[FeaturePlan]) -> Iterator[Check]:
    yield from checks(references, _FUNCTION, spec, *_OF_FUNCTION)
    for name in _BY_DEFAULT:
        if name not in spec.model_fields_set:
            yield Check(Hcl(f"{_FUNCTION}.{name}"), references.value(getattr(spec, name)))
    added = [arn for feature in features for arn in feature.layers]
    if not added:
        yield from checks(references, _FUNCTION, spec, "layers")
    elif spec.package_type == "Zip":
        own = to_hcl(references.value(spec.layers or ()))
        yield Check(Hcl(f"{_FUNCTION}.layers"), Hcl(f"tolist(concat({own}, {to_hcl(added)}))"))
    if spec.log_group.create:
        yield from checks(references, _LOG_GROUP, spec, log_retention_in_days="retention_in_days")
        yield from checks(references, _LOG_GROUP, spec.log_group, "kms_key_id", "log_group_class")
    if spec.alias:
        yield from checks(references, "aws_lambda_alias.this", spec.alias, "name", "description")
    provisioned = spec.provisioned_concurrency_config
    if provisioned:
        names = ("provisioned_concurrent_executions", "qualifier")
        yield from checks(references, _PROVISIONED, provisioned, *names)
    mapping = spec.event_source_mapping
    if mapping:
        yield from checks(references, _MAPPING, mapping, *interface_fields(type(mapping)))
        filters = mapping.filter_criteria.filter if mapping.filter_criteria else ()
        if filters:
            patterns = [references.value(filter_.pattern) for filter_ in filters]
            yield Check(
                Hcl(f"one({_MAPPING}.filter_criteria).filter[*].pattern"), patterns, in_any_order=True
            )


def _role(
    spec: Spec, references: References, role: RolePlan | None, inputs: Mapping[str, Value]
) -> Iterator[Check]:
    if role is None:
        yield from checks(references, _FUNCTION, spec, execution_role_arn="role")
        return
    yield from checks(references, _ROLE, spec, "permissions_boundary", role_name="name", role_path="path")
    listed = [action for actions in _settings(spec, inputs) for action in actions]
    expressions: list[Hcl] = []
    for statement in role.statements:
        if statement.actions is None:
            continue
        literals = re.findall(r'"([^"$]+)"', statement.actions)
        if statement.actions.startswith("[") and "." not in re.sub(r'"[^"$]*"', "", statement.actions):
            listed += literals
        else:
            expressions.append(statement.actions)
    found = Hcl(f"flatten([for statement in {_STATEMENTS} : statement.actions if statement.actions != null])")
    named = to_hcl(sorted(set(listed)))
    actions = Hcl(f"concat({', '.join([named, *expressions])})") if expressions else named
    yield Check(found, actions, in_any_order=True, name="The set of actions in the role's policy")
    for statement in role.statements:
        if statement.sid is not None:
            listed_there = {name: getattr(statement, name) for name in _LISTED}
            yield from statement_checks("execution_role", statement.sid, statement.conditions, **listed_there)


def _permissions(trigger: TriggerPlan) -> Iterator[Check]:
    """That who may invoke the function for a trigger is who the trigger says, and for what."""
    for permission in trigger.permissions:
        address = f"aws_lambda_permission.{permission.label}"
        given = {name: getattr(permission, name) for name in _OF_PERMISSION}
        if permission.sources:
            del given["source_arn"]  # each has its own
            yield Check(Hcl(f"keys({address})"), [one.key for one in permission.sources], in_any_order=True)
            for source in permission.sources:
                yield Check(Hcl(f"{address}[{to_hcl(source.key)}].source_arn"), source.arn)
            for name, value in given.items():
                if value is not None:
                    yield Check(Hcl(f"values({address})[*].{name}"), [value], in_any_order=True)
        else:
            yield from (
                Check(Hcl(f"{address}.{name}"), value) for name, value in given.items() if value is not None
            )


def _settings(spec: Spec, inputs: Mapping[str, Value]) -> Iterator[Sequence[str]]:
    """The actions that settings of the function ask for."""
    yield iam_actions.LOGS
    if spec.vpc_config:
        yield iam_actions.VPC
    if spec.tracing_config:
        yield iam_actions.XRAY
    if spec.kms_key_arn is not None:
        yield iam_actions.KMS
    if spec.file_system_config:
        yield iam_actions.EFS
    destinations = iam_actions.ASYNC_DESTINATIONS if spec.asynchronous else iam_actions.DESTINATIONS
    if spec.dead_letter_config:
        yield destinations.get(_service(spec.dead_letter_config.target_arn, inputs), ())
    mapping = spec.event_source_mapping
    if mapping:
        service = _service(mapping.event_source_arn, inputs)
        yield iam_actions.EVENT_SOURCES.get(service, ())
        if service != "sqs":
            yield (f"{service}:ListStreams",)
        failed = mapping.destination_config and mapping.destination_config.on_failure
        if failed:
            yield destinations.get(_service(failed.destination_arn, inputs), ())


def _service(arn: str | Template, inputs: Mapping[str, Value]) -> str:
    """The service in an ARN, with what the tests give the module; nothing where there is none."""
    parts = (arn,) if isinstance(arn, str) else arn.parts
    said = "".join(
        str((inputs if part.root == "var" else _AWS).get(part.name, ""))
        if isinstance(part, Reference)
        else part
        for part in parts
    )
    return [*said.split(":"), "", "", ""][2]


# What a caller decides ---------------------------------------------------------------------------------


def _with_values(spec: Spec) -> Trial:
    """Values of a caller's that are none of the spec's."""
    inputs: dict[str, Value] = {
        "function_name": _CALLER,
        "memory_size": 257 if spec.memory_size == 256 else 256,
        "timeout": spec.timeout - 1 if isinstance(spec.timeout, int) and spec.timeout > 1 else 2,
        "tags": {"Caller": _CALLER},
        "environment": {"variables": {"CALLER": _CALLER}},
    }
    return Trial(
        Hcl("takes_what_the_caller_says"),
        _given(inputs),
        (
            _by_caller("function_name", _CALLER),
            _by_caller("memory_size", inputs["memory_size"]),
            _by_caller("timeout", inputs["timeout"]),
            _by_caller('tags["Caller"]', _CALLER),
            Check(Hcl(f'one({_FUNCTION}.environment).variables["CALLER"]'), _CALLER, by="caller"),
        ),
    )


def _by_caller(attribute: str, value: Value) -> Check:
    return Check(Hcl(f"{_FUNCTION}.{attribute}"), value, by="caller")


def _with_role() -> Trial:
    arn = example(EXECUTION_ROLE_ARN)
    return Trial(
        Hcl("takes_the_role_of_the_caller"),
        _given({"create_execution_role": False, "execution_role_arn": arn}),
        (
            _by_caller("role", arn),
            Check(Hcl("length(aws_iam_role.this)"), 0, name="The number of roles", by="caller"),
        ),
    )


def _refused(variables: Sequence[InputVariable]) -> Iterator[Trial]:
    """Wrong values for all variables that have a `validation`, where there is a short one.

    Terraform does not ask a variable's validation where another variable that it looks at has been refused,
    so that these two are tried apart.
    """
    apart: list[dict[str, _Tried]] = []
    for variable in variables:
        tried = _tried(variable)
        if tried.value is None:
            continue
        for others in apart:
            looked_at = {name for other in others.values() for name in other.seen}
            if variable.name not in looked_at and not tried.seen & others.keys():
                others[variable.name] = tried
                break
        else:
            apart.append({variable.name: tried})
    for number, others in enumerate(apart, 1):
        name = Hcl("refuses_what_is_wrong" + (f"_{number}" if number > 1 else ""))
        yield Trial(name, _given({name: one.value for name, one in others.items()}))


class _Tried(NamedTuple):
    """A wrong value of a variable, and which other variables its validation looks at."""

    value: Value | None = None
    seen: frozenset[str] = frozenset()


@lru_cache(maxsize=1024)
def _tried(variable: InputVariable) -> _Tried:
    if not variable.validations:
        return _Tried()
    looks = " ".join(rule.condition for rule in variable.validations)
    seen = frozenset(_VARIABLE.findall(looks)) - {variable.name}
    if variable.bounds is not None:
        return _Tried(wrong(variable.bounds), seen)
    if variable.name not in INTERFACE:
        return _Tried()
    model, _ = section_of(Spec.model_fields[variable.name].annotation)
    return _Tried(_wrong_section(model), seen)


def _wrong_section(model: type[BaseModel]) -> Value:
    """An object with one wrong attribute, and with no others than it must have."""
    places = bounds_of(model)
    fields = interface_fields(model)
    section: dict[str, Any] = {
        name: example(places[name])
        for name, field in fields.items()
        if field.is_required() and name in places
    }
    for name in sorted(fields, key=lambda name: not fields[name].is_required()):
        value = wrong(places[name]) if name in places else None
        if value is not None:
            return {**section, name: value}
    return None
