"""Where each value of a spec belongs in its module, and which are not there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.places_of_sections import SECTIONS
from tests.reading_back import (
    INTERFACE,
    MERGED,
    Asked,
    Finder,
    Found,
    Module,
    named_arns,
    names_in,
    names_used,
    of_callers,
    read_expression,
    unguarded,
    written,
)
from tests.strategies import Data, Expression
from tfgen.iam_actions import SIDS
from tfgen.triggers.base import sid_of


def misplaced(module: Module, data: Data) -> list[str]:
    """The places of a spec whose value is not where it belongs in the module, as dotted paths."""
    asked = Asked(data, module)
    wrong: list[str] = []
    for key, value in data.items():
        for path, expected, found in PLACES.get(key, _argument)(module, asked, key, value):
            wrong.extend(_differences(path, expected, found))
    return wrong


def _differences(path: str, expected: Any, found: Any) -> Iterator[str]:
    """Where the two differ. `expected` may leave out keys of `found` that are null there."""
    if isinstance(expected, dict) and isinstance(found, dict):
        for key in expected.keys() | {key for key, value in found.items() if value is not None}:
            yield from _differences(f"{path}.{key}", expected.get(key), found.get(key))
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from _differences(f"{path}[{index}]", one, other)
    elif expected != found or type(expected) is not type(found):
        yield path


def _interface(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """The variable's default, or the local that the spec's expressions are resolved in."""
    variable = module.variable(key)
    if value == f"${{var.{key}}}":
        yield f"{key} is needed", (False, False), ("default" in variable, variable.get("nullable"))
    elif asked.is_resolved(key):
        found = written(module.locals.get(key), f"var.{key} != null ? var.{key} : ")
        yield f"{key} can be left out", None, variable.get("default", "needed")
        yield key, asked.value(value), unguarded(found)
    else:
        yield key, asked.value(value), variable.get("default", "needed")
        if key in module.locals:
            yield f"{key} is used", Expression(f"var.{key}"), unguarded(module.locals[key])
    resource = module.log_group if key == "log_retention_in_days" else module.function
    argument = {"execution_role_arn": "role", "log_retention_in_days": "retention_in_days"}.get(key, key)
    if argument in resource and key != "source_code_hash":
        yield f"{key} is used", Expression(asked.address(key)), resource[argument]
    else:
        yield f"{key} is used", True, asked.address(key) in names_used(module)


def _merged(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """The entries that the caller's go over."""
    entries = value.get("variables", {}) if key == "environment" else value
    if not entries:
        yield key, False, key in module.locals
        return
    found = written(module.locals.get(key), "merge(", f", {MERGED[key]})")
    if isinstance(found, dict):
        found = {name: _unless_null(entry) for name, entry in found.items() if name not in named_arns(asked)}
    yield key, asked.value(entries), found
    used = module.function.get("tags")
    if key == "environment":
        used = module.function.get("environment", [{}])[0].get("variables")
    yield f"{key} is used", Expression(f"local.{key}"), used


def _unless_null(entry: Any) -> Any:
    """A text around variables that may be null is null with them; here is what it is otherwise."""
    if isinstance(entry, Expression) and " ? null : " in entry.text:
        conditions, _, otherwise = entry.text.strip("()").partition(" ? null : ")
        assert re.fullmatch(r"var\.[\w-]+ == null( \|\| var\.[\w-]+ == null)*", conditions), conditions
        return read_expression(otherwise)
    return entry


def _argument(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """An argument or block of the function itself."""
    found = module.function.get(key)
    yield key, asked.value(value), found[0] if isinstance(value, dict) and found else found


def _name(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """The folder's name; the command line's tests look at that."""
    yield from ()


def _layers(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """The list, and the layers in it that the module makes."""
    if not isinstance(value, list) or all(isinstance(entry, str) for entry in value):
        yield from _interface(module, asked, key, value)
        return
    expected = []
    for index, entry in enumerate(value):
        if isinstance(entry, str):
            expected.append(asked.value(entry))
            continue
        label = entry.get("name") or re.sub("[^a-z0-9]+", "_", entry.get("layer_name", "").lower())
        expected.append(Expression(f"aws_lambda_layer_version.{label}.arn"))
        made = module.block(f"resource.aws_lambda_layer_version.{label}")
        arguments = {name: found for name, found in made.items() if name != "lifecycle"}
        named = (Expression(asked.address("function_name")), f"-{label.replace('_', '-')}")
        file = asked.value(entry.get("filename", ""))
        path = file.text if isinstance(file, Expression) else f'"{file}"'
        hashed = f"try(filebase64sha256({path}), null)"
        defaults = {"layer_name": named, "source_code_hash": Expression(hashed)}
        given = {name: asked.value(argument) for name, argument in entry.items() if name != "name"}
        if "filename" not in entry:
            defaults.pop("source_code_hash")
        yield f"{key}[{index}]", {**defaults, **given}, arguments
    found = written(module.locals.get(key), f"var.{key} != null ? var.{key} : ")
    yield key, expected, unguarded(found)


def _alias(module: Module, asked: Asked, key: str, value: Any) -> Found:
    found = module.block("resource.aws_lambda_alias.this")
    for argument in ("name", "description", "function_version"):
        default = Expression("aws_lambda_function.this.version") if argument == "function_version" else None
        yield f"{key}.{argument}", asked.value(value.get(argument, default)), found.get(argument)
    routing = value.get("routing")
    weights = found.get("routing_config", [{}])[0].get("additional_version_weights", {})
    expected = {routing.get("function_version"): routing.get("weight")} if routing else {}
    written = [
        [Expression(name.strip("${}()")) if "." in name else name, share] for name, share in weights.items()
    ]
    yield f"{key}.routing", asked.value([[*entry] for entry in expected.items()]), written


def _provisioned_concurrency(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """The interface's object, and what may change the number in it."""
    yield from _interface(module, asked, key, of_callers(key, value))
    autoscaling = value.get("autoscaling", {})
    scaled = bool(autoscaling or value.get("schedules"))
    target = module.block("resource.aws_appautoscaling_target.this")
    as_given = Expression(f"{asked.address(key)}.provisioned_concurrent_executions") if scaled else None
    for limit in ("min_capacity", "max_capacity"):
        yield f"{key}.{limit}", asked.value(autoscaling.get(limit, as_given)), target.get(limit)
    policy = module.block("resource.aws_appautoscaling_policy.this")
    (tracking,) = policy.get("target_tracking_scaling_policy_configuration", [{}])
    for argument in ("target_value", "scale_in_cooldown", "scale_out_cooldown"):
        yield f"{key}.{argument}", asked.value(autoscaling.get(argument)), tracking.get(argument)
    kind = "resource.aws_appautoscaling_scheduled_action."
    actions = {
        address.removeprefix(kind): block for address, block in module.blocks if address.startswith(kind)
    }
    schedules = {schedule["name"]: schedule for schedule in value.get("schedules", ()) if "name" in schedule}
    yield f"{key}.schedules", list(schedules), list(actions)
    for name, schedule in schedules.items():
        action = actions.get(name, {})
        (limits,) = action.get("scalable_target_action", [{}])
        found = {**action, **limits}
        for argument in ("schedule", "timezone", "start_time", "end_time", "min_capacity", "max_capacity"):
            yield f"{key}.{name}.{argument}", asked.value(schedule.get(argument)), found.get(argument)


def _triggers(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """Each kind has resources of its own; test_triggers.py looks at what every value does to them."""
    yield from ()


def _publish(module: Module, asked: Asked, key: str, value: Any) -> Found:
    provisioned = Expression(f"{asked.address('provisioned_concurrency_config')} != null")
    expected = asked.value(value)
    if isinstance(expected, Expression):
        expected = Expression(f"{expected.text} || {provisioned.text}")
    yield key, expected or provisioned, module.function["publish"]


def _logging(module: Module, asked: Asked, key: str, value: Any) -> Found:
    (block,) = module.function[key]
    yield key, asked.value({**value, "log_group": None}), {**block, "log_group": None}
    default = ("/aws/lambda/", Expression(asked.address("function_name")))
    expected = asked.value(value["log_group"]) if "log_group" in value else default
    made = "resource.aws_cloudwatch_log_group.this" in dict(module.blocks)
    yield f"{key}.log_group", expected, module.log_group["name"] if made else block.get("log_group", default)


def _log_group(module: Module, asked: Asked, key: str, value: Any) -> Found:
    made = "resource.aws_cloudwatch_log_group.this" in dict(module.blocks)
    yield f"{key}.create", value.get("create", True), made
    for option in ("kms_key_id", "log_group_class", "skip_destroy"):
        yield f"{key}.{option}", asked.value(value.get(option)), module.log_group.get(option)


def _role(module: Module, asked: Asked, key: str, value: Any) -> Found:
    argument = {"role_name": "name", "role_path": "path"}.get(key, key)
    yield key, asked.value(value), module.block("resource.aws_iam_role.this").get(argument)


def _policy_arns(module: Module, asked: Asked, key: str, value: Any) -> Found:
    if not value:
        return
    found = module.locals["policy_arns"]
    if isinstance(value, list):
        yield key, asked.value(value), list(found.values())
    else:
        yield key, {asked.value(value)}, {Expression(name) for name in names_in(found)}


def _signed(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """Not for an image, which a caller may choose."""
    yield key, asked.value(value), unguarded(module.function.get(key))


def _policy_statements(module: Module, asked: Asked, key: str, value: Any) -> Found:
    document = module.block("data.aws_iam_policy_document.execution_role")
    ends = tuple(sid_of(trigger.get("name", trigger["type"])) for trigger in asked.data.get("triggers", ()))
    statements = document.get("statement", [])
    # Those of the module's own, and of its triggers.
    told = [s for s in statements if s.get("sid") not in SIDS and not str(s.get("sid")).endswith(ends)]
    given = [{**statement, "condition": statement.get("condition") or None} for statement in value]
    yield key, asked.value(given), told


def _variables(module: Module, asked: Asked, key: str, value: Any) -> Found:
    for name, described in value.items():
        found = module.variable(name)
        for argument, said in described.items():
            shown = found.get(argument, False if argument == "sensitive" else None)
            expected = Expression(said) if argument == "type" else said
            yield f"{key}.{name}.{argument}", expected, shown


def _terraform(module: Module, asked: Asked, key: str, value: Any) -> Found:
    block = module.block("terraform")
    provider = block["required_providers"][0]["aws"]
    yield f"{key}.required_version", value.get("required_version", ">= 1.9.0"), block["required_version"]
    yield f"{key}.aws_provider_version", value.get("aws_provider_version", "~> 5.80"), provider["version"]


PLACES: dict[str, Finder] = {
    **SECTIONS,
    **dict.fromkeys(INTERFACE, _interface),
    **dict.fromkeys(MERGED, _merged),
    **dict.fromkeys(("role_name", "role_path", "permissions_boundary"), _role),
    "name": _name,
    "layers": _layers,
    "code_signing_config_arn": _signed,
    "publish": _publish,
    "provisioned_concurrency_config": _provisioned_concurrency,
    "triggers": _triggers,
    "alias": _alias,
    "logging_config": _logging,
    "log_group": _log_group,
    "policy_arns": _policy_arns,
    "policy_statements": _policy_statements,
    "variables": _variables,
    "terraform": _terraform,
}
