"""Rendered modules, read back: every value of a spec stands where it belongs, and the interface is whole."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import hcl2
import pygohcl
import pytest
import yaml
from hypothesis import given

from tests.strategies import Data, Expression, as_yaml, examples, meaning, modules, specs
from tfgen.checkov import CHECKS
from tfgen.hcl import comment
from tfgen.iam_actions import SIDS
from tfgen.intents import INTENTS
from tfgen.spec.sections import EventSourceMapping
from tfgen.triggers.base import sid_of

SPECS = {path.stem: path for path in sorted((Path(__file__).parents[1] / "specs").glob("*.yaml"))}
every_spec = pytest.mark.parametrize("name", SPECS)

# The reference document's input variables: type and default. "needed": it has none.
INTERFACE: Mapping[str, tuple[str, Any]] = {
    "function_name": ("string", "needed"),
    "runtime": ("string", None),
    "handler": ("string", None),
    "filename": ("string", None),
    "s3_bucket": ("string", None),
    "s3_key": ("string", None),
    "s3_object_version": ("string", None),
    "image_uri": ("string", None),
    "source_code_hash": ("string", None),
    "timeout": ("number", 3),
    "memory_size": ("number", 128),
    "package_type": ("string", "Zip"),
    "architectures": ("list(string)", ["x86_64"]),
    "layers": ("list(string)", []),
    "environment": ("object", {}),
    "kms_key_arn": ("string", None),
    "execution_role_arn": ("string", "needed"),
    "vpc_config": ("object", None),
    "reserved_concurrent_executions": ("number", None),
    "provisioned_concurrency_config": ("object", None),
    "dead_letter_config": ("object", None),
    "tracing_config": ("object", None),
    "log_retention_in_days": ("number", 14),
    "image_config": ("object", None),
    "event_source_mapping": ("object", None),
    "tags": ("map(string)", {}),
}
OUTPUTS = {
    *("function_name", "function_arn", "arn", "invoke_arn", "qualified_arn", "version", "last_modified"),
    *("source_code_hash", "source_code_size", "runtime", "handler", "timeout", "memory_size"),
    *("role_arn", "role_name", "log_group_name", "log_group_arn"),
}
#: Keys of the interface's objects that no caller can give.
OF_SPECS_ALONE = {"provisioned_concurrency_config": {"autoscaling", "schedules"}}
#: The thresholds of the default alarms, or their shares of a limit.
DEFAULT_ALARMS = {
    **dict.fromkeys(("errors", "throttles", "dead_letters", "dead_letter_errors"), 1),
    **dict.fromkeys(("async_events_dropped", "destination_failures", "http_5xx", "url_5xx"), 1),
    **dict.fromkeys(("duration", "concurrent_executions"), "80 %"),
    "async_event_age": "25 %",
    "provisioned_concurrency_spillover": 1,
    "error_rate": 5,
    "queue_age": 900,
    "iterator_age": 900000,
    **dict.fromkeys(("invocations", "offset_lag"), None),
}
MERGED = {"environment": "var.environment.variables", "tags": "var.tags"}

# Reading a module ------------------------------------------------------------------------------------


class Module:
    """A rendered module as python-hcl2 reads it."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.blocks: list[tuple[str, Data]] = []
        for text in files.values():
            for kind, found in meaning(hcl2.loads(text)).items():
                self.blocks.extend(_addressed(kind, block) for block in found)

    def block(self, address: str) -> Data:
        """The block at an address such as `variable.timeout` or `resource.aws_iam_role.this`."""
        (block,) = [block for found, block in self.blocks if found == address] or [{}]
        return block

    def variable(self, name: str) -> Data:
        return self.block(f"variable.{name}")

    @property
    def function(self) -> Data:
        return self.block("resource.aws_lambda_function.this")

    @property
    def log_group(self) -> Data:
        group = self.block("resource.aws_cloudwatch_log_group.this")
        return group or self.block("data.aws_cloudwatch_log_group.this")

    @property
    def locals(self) -> Data:
        return {
            name: value
            for address, block in self.blocks
            if address == "locals"
            for name, value in block.items()
        }


def _addressed(kind: str, block: Data) -> tuple[str, Data]:
    labels = {"variable": 1, "output": 1, "resource": 2, "data": 2}.get(kind, 0)
    address = kind
    for _ in range(labels):
        ((label, block),) = block.items()
        address += f".{label}"
    return address, block


def written(expression: object, before: str, after: str = "") -> Any:
    """What stands in an expression between `before` and `after`, or all of it if they are not there."""
    if not isinstance(expression, Expression):
        return expression
    text = expression.text
    if not text.startswith(before) or not text.endswith(after):
        return expression
    inner = text[len(before) : len(text) - len(after)]
    return meaning(hcl2.loads(f"x = {inner}\n")["x"])


_GUARD = re.compile(
    r"\(?((?:var|local)\.\w+ (?:==|!=) (?:null|\"\w+\")(?: && )?)+"
    r" \? (?P<value>(?!var\.\w+ : \().*) : null\)?",
    re.DOTALL,
)


def unguarded(found: Any) -> Any:
    """A value without the condition under which it gives way to what else the caller chooses."""
    guarded = _GUARD.fullmatch(found.text) if isinstance(found, Expression) else None
    return meaning(hcl2.loads(f"x = {guarded['value']}\n")["x"]) if guarded else found


# What a spec asks for --------------------------------------------------------------------------------


class Asked:
    """What the values of a spec must be in its module."""

    def __init__(self, data: Data, module: Module) -> None:
        self.data = data
        self.module = module

    def is_resolved(self, key: str) -> bool:
        """Whether the module works with a local in place of the interface's variable."""
        value = of_callers(key, self.data.get(key))
        if key in MERGED:
            return bool(
                value["variables"] if key == "environment" and value and "variables" in value else value
            )
        return has_expression(value) and value != f"${{var.{key}}}"

    def address(self, key: str) -> str:
        """Where the module keeps a variable's value; `_interface` looks whether that is right."""
        return f"local.{key}" if key in INTERFACE and key in self.module.locals else f"var.{key}"

    def value(self, value: object) -> Any:
        """A spec's value as it must be read back."""
        if isinstance(value, dict):
            return {key: self.value(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.value(item) for item in value]
        return self.text(value) if isinstance(value, str) else value

    def text(self, text: str) -> Any:
        parts: list[str | Expression] = []
        for literal, inner in re.findall(r"((?:\$\$\{|(?!\$\{).)+)|\$\{(.*?)\}", text, re.DOTALL):
            parts.append(
                literal.replace("$${", "${") if literal else Expression(self.reference(inner.strip()))
            )
        if len(parts) == 1:
            return parts[0]
        return tuple(parts) or ""

    def reference(self, inner: str) -> str:
        root, name = inner.split(".")
        return {
            "var": self.address(name),
            "aws.account_id": "data.aws_caller_identity.current.account_id",
            "aws.region": "data.aws_region.current.id",
            "aws.partition": "data.aws_partition.current.partition",
            "function.arn": "local.function_arn",
            "function.name": self.address("function_name"),
            "function.role_arn": self.address("execution_role_arn")
            if "execution_role_arn" in self.data
            else "local.role_arn",
        }[inner if root != "var" else root]


def of_callers(key: str, value: Any) -> Any:
    """A value of the interface without what no caller can give."""
    alone = OF_SPECS_ALONE.get(key)
    return {name: item for name, item in value.items() if name not in alone} if alone and value else value


def has_expression(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(has_expression, value.values()))
    if isinstance(value, list):
        return any(map(has_expression, value))
    return isinstance(value, str) and "${" in value.replace("$${", " ")


def misplaced(module: Module, data: Data) -> list[str]:
    """The places of a spec whose value is not where it belongs in the module, as dotted paths."""
    asked = Asked(data, module)
    wrong: list[str] = []
    for key, value in data.items():
        for path, expected, found in PLACES.get(key, _argument)(module, asked, key, value):
            wrong.extend(_differences(path, expected, found))
    return wrong


Found = Iterator[tuple[str, Any, Any]]


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
        yield f"{key} is used", True, asked.address(key) in _used(module)


def _merged(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """The entries that the caller's go over."""
    entries = value.get("variables", {}) if key == "environment" else value
    if not entries:
        yield key, False, key in module.locals
        return
    found = written(module.locals.get(key), "merge(", f", {MERGED[key]})")
    if isinstance(found, dict):
        found = {name: _unless_null(entry) for name, entry in found.items() if name not in _named_arns(asked)}
    yield key, asked.value(entries), found
    used = module.function.get("tags")
    if key == "environment":
        used = module.function.get("environment", [{}])[0].get("variables")
    yield f"{key} is used", Expression(f"local.{key}"), used


def _named_arns(asked: Asked) -> dict[str, str]:
    """What `secrets` and `parameters` add to the environment, name to ARN."""
    found = {}
    for key, arn in (("secrets", "secret_arn"), ("parameters", "parameter_arn")):
        for name, entry in asked.data.get(key, {}).items():
            if name != "extension":
                text = entry if isinstance(entry, str) else entry.get(arn, "")
                found[f"{name}_{arn.upper()}"] = text
    return found


def _secrets(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """Secrets or parameters: ARNs in the environment, two statements, and the extension's layer."""
    arn = {"secrets": "secret_arn", "parameters": "parameter_arn"}[key]
    named = {name: entry for name, entry in value.items() if name != "extension"}
    arns = {name: text for name, text in _named_arns(asked).items() if name.endswith(arn.upper())}
    environment = written(module.locals.get("environment"), "merge(", f", {MERGED['environment']})")
    found = {name: entry for name, entry in environment.items() if name.endswith(f"_{arn.upper()}")}
    yield key, asked.value(arns), found
    statements = {
        statement["sid"]: statement
        for statement in module.block("data.aws_iam_policy_document.execution_role").get("statement", [])
    }
    end = key.capitalize()
    yield f"{key} read", asked.value(list(arns.values())), statements[f"ReadFor{end}"]["resources"]
    keys = {entry["kms_key_arn"]: entry.get(arn) for entry in named.values() if "kms_key_arn" in entry}
    decrypt = statements.get(f"DecryptFor{end}", {"resources": [], "condition": [{"values": []}]})
    yield f"{key} keys", asked.value(list(keys)), decrypt["resources"]
    yield f"{key} encrypted", asked.value(list(keys.values())), decrypt["condition"][0]["values"]
    extension = any(asked.data.get(one, {}).get("extension") for one in ("secrets", "parameters"))
    address = "var.parameters_and_secrets_extension_arn"
    yield f"{key}.extension", extension, address in str(module.function["layers"])


def _permissions(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """A statement for each, by the table."""
    statements = module.block("data.aws_iam_policy_document.execution_role").get("statement", [])
    found = [
        {name: statement.get(name) for name in ("actions", "resources", "condition")}
        for statement in statements
        if str(statement.get("sid")).endswith("ForPermissions")
    ]
    yield key, [asked.value(_allowed(entry)) for entry in value], found


def _allowed(entry: Data) -> Data:
    """The statement of one permission; empty where it is not whole."""
    verbs = [verb for verb in entry if verb != "service"]
    if len(verbs) != 1:
        return {}
    services, given = INTENTS[verbs[0]], entry[verbs[0]]
    about = [given] if isinstance(given, str) else given
    shown = [re.sub(r"\$\{.*?\}", "-", arn).split(":")[2] for arn in about if arn.startswith("arn:")]
    told = (
        [entry["service"]] if "service" in entry else shown or (list(services) if len(services) == 1 else [])
    )
    intent = services.get(told[0]) if told else None
    if intent is None:
        return {}
    condition = {"test": "StringEquals", "variable": intent.condition, "values": about}
    return {
        "actions": list(intent.actions),
        "resources": [f"{arn}{end}" for arn in about for end in intent.on] or ["*"],
        "condition": [condition] if intent.condition else None,
    }


def _unless_null(entry: Any) -> Any:
    """A text around variables that may be null is null with them; here is what it is otherwise."""
    if isinstance(entry, Expression) and " ? null : " in entry.text:
        conditions, _, otherwise = entry.text.strip("()").partition(" ? null : ")
        assert re.fullmatch(r"var\.[\w-]+ == null( \|\| var\.[\w-]+ == null)*", conditions), conditions
        return meaning(hcl2.loads(f"x = {otherwise}\n")["x"])
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
        hashed = f"try(filebase64sha256({entry.get('filename', '').strip('${}')}), null)"
        defaults = {"layer_name": named, "source_code_hash": Expression(hashed)}
        given = {name: asked.value(argument) for name, argument in entry.items() if name != "name"}
        if "filename" not in entry:
            defaults.pop("source_code_hash")
        yield f"{key}[{index}]", {**defaults, **given}, arguments
    found = written(module.locals.get(key), f"var.{key} != null ? var.{key} : ")
    yield key, expected, unguarded(found)


def _checkov_skip(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """A comment in each resource that a check is about."""
    kinds = {address.removeprefix("resource.").rpartition(".")[0] for address, _ in module.blocks}
    met = {check for kind in kinds for check in CHECKS.get(kind, ())}
    expected = {
        f"  {comment(f'checkov:skip={check}:{asked.text(reason)}')}"
        for check, reason in value.items()
        if check in met
    }
    lines = [line for text in module.files.values() for line in text.split("\n")]
    yield key, expected, {line for line in lines if line.startswith("  # checkov:skip=")}


def _function_url(module: Module, asked: Asked, key: str, value: Any) -> Found:
    found = module.block("resource.aws_lambda_function_url.this")
    given = {"authorization_type": "AWS_IAM", **value, "cors": [value["cors"]] if "cors" in value else None}
    for argument in ("authorization_type", "cors", "invoke_mode"):
        yield f"{key}.{argument}", asked.value(given.get(argument)), found.get(argument)
    callers = module.block("resource.aws_lambda_permission.function_url")
    yield f"{key}.public", value.get("public", False), callers.get("principal") == "*"
    expected = [_caller(asked, principal) for principal in value.get("principals", ())]
    yield f"{key}.principals", expected, list(callers.get("for_each", {}).values())


def _caller(asked: Asked, principal: str) -> Any:
    """A caller as AWS keeps it: an account by its ARN, which a variable may or may not give."""
    partition = Expression("data.aws_partition.current.partition")
    if principal.isdigit():
        return ("arn:", partition, f":iam::{principal}:root")
    if not re.fullmatch(r"\$\{[^}]*\}", principal):
        return asked.value(principal)
    given = asked.value(principal).text
    return Expression(
        f'(length({given}) == 12 ? "arn:${{{partition.text}}}:iam::${{{given}}}:root" : {given})'
    )


def _code_signing(module: Module, asked: Asked, key: str, value: Any) -> Found:
    found = module.block("resource.aws_lambda_code_signing_config.this")
    yield f"{key}.description", asked.value(value.get("description")), found.get("description")
    (publishers,), (policies,) = found["allowed_publishers"], found["policies"]
    arns, policy = "signing_profile_version_arns", "untrusted_artifact_on_deployment"
    yield f"{key}.{arns}", asked.value(value.get(arns)), publishers[arns]
    yield f"{key}.{policy}", asked.value(value.get(policy, "Enforce")), policies[policy]


def _versions(module: Module, asked: Asked, key: str, value: Any) -> Found:
    machine = module.block("resource.aws_sfn_state_machine.this")
    begun = written(machine.get("definition"), "jsonencode(", ")")["States"]["Begin"]["Assign"]
    yield f"{key}.keep", asked.value(value.get("keep")), begun["keep"]
    schedule = module.block("resource.aws_scheduler_schedule.versions")
    expression, zone = (schedule.get(f"schedule_expression{end}") for end in ("", "_timezone"))
    daily = value.get("schedule_expression", "rate(1 day)")
    yield f"{key}.schedule_expression", asked.value(daily), expression
    yield f"{key}.timezone", asked.value(value.get("timezone")), zone


def _ecr_repository(module: Module, asked: Asked, key: str, value: Any) -> Found:
    found = module.block("resource.aws_ecr_repository.this")
    named = Expression(f"lower({asked.address('function_name')})")
    defaults = {"name": named, "image_tag_mutability": "IMMUTABLE", "force_delete": None}
    for argument, default in defaults.items():
        yield f"{key}.{argument}", asked.value(value.get(argument, default)), found.get(argument)
    (encryption,) = found["encryption_configuration"]
    yield f"{key}.kms_key", asked.value(value.get("kms_key")), encryption.get("kms_key")
    image = unguarded(written(module.locals.get("image_uri"), "var.image_uri != null ? var.image_uri : "))
    url = Expression("aws_ecr_repository.this.repository_url")
    expected = (url, *asked.text(f":{value['image_tag']}")) if "image_tag" in value else None
    yield f"{key}.image_tag", expected, image
    policy = module.block("resource.aws_ecr_lifecycle_policy.this")
    counts = [
        rule["selection"]["countNumber"] for rule in written(policy["policy"], "jsonencode(", ")")["rules"]
    ]
    rules = value.get("lifecycle_policy", {})
    wanted = [rules.get("untagged_days", 14), *([rules["keep_images"]] if "keep_images" in rules else [])]
    yield f"{key}.lifecycle_policy", asked.value(wanted), counts


def _deployment(module: Module, asked: Asked, key: str, value: Any) -> Found:
    group = module.block("resource.aws_codedeploy_deployment_group.this")
    config = module.block("resource.aws_codedeploy_deployment_config.this")
    preset, routing = value.get("deployment_config_name"), value.get("traffic_routing_config")
    expected = asked.value(f"CodeDeployDefault.Lambda{preset}") if preset else None
    found = group["deployment_config_name"]
    yield f"{key}.deployment_config_name", expected, None if config else found
    shares = {name: routing.get(name) for name in ("interval", "percentage")} if routing else {}
    (found,) = config.get("traffic_routing_config", [{}])
    kinds = {"TimeBasedCanary": "time_based_canary", "TimeBasedLinear": "time_based_linear"}
    block = kinds.get(routing.get("type")) if routing else None
    expected = {"type": routing.get("type"), block: [shares]} if routing else {}
    yield f"{key}.traffic_routing_config", asked.value(expected), found
    given = asked.data.get("alarms", {})
    default = [name for name in ("errors", "error_rate") if given == "default" or name in given]
    alarms = [f"aws_cloudwatch_metric_alarm.{name}.alarm_name" for name in value.get("alarms", default)]
    (watched,) = group.get("alarm_configuration", [{"alarms": []}])
    yield f"{key}.alarms", [Expression(alarm) for alarm in alarms], watched["alarms"]
    names = [f"{when}_allow_traffic_hook" for when in ("before", "after")]
    hooks = [value[name] for name in names if name in value]
    statements = module.block("data.aws_iam_policy_document.deployment")["statement"]
    allowed = [found["resources"] for found in statements if found["sid"] == "InvokeHooks"]
    yield f"{key} hooks", [asked.value(hooks)] if hooks else [], allowed


def _labels(module: Module, kind: str) -> list[str]:
    """The labels of a type's resources, in the module's order."""
    start = f"resource.{kind}."
    return [address.removeprefix(start) for address, _ in module.blocks if address.startswith(start)]


def _subscription_filters(module: Module, asked: Asked, key: str, value: Any) -> Found:
    labels = [f"subscription_filters_{entry.get('name')}" for entry in value]
    yield f"{key} names", labels, _labels(module, "aws_cloudwatch_log_subscription_filter")
    for label, entry in zip(labels, value, strict=True):
        found = module.block(f"resource.aws_cloudwatch_log_subscription_filter.{label}")
        for argument in ("destination_arn", "filter_pattern", "distribution"):
            default = "" if argument == "filter_pattern" else None
            yield f"{key}.{argument}", asked.value(entry.get(argument, default)), found.get(argument)
        role = Expression(f"aws_iam_role.{label}.arn")
        if "role_arn" in entry:
            yield f"{key}.role_arn", asked.value(entry["role_arn"]), found.get("role_arn")
            continue
        document = module.block(f"data.aws_iam_policy_document.{label}")
        (statement,) = document.get("statement", [{}])
        permission = module.block(f"resource.aws_lambda_permission.{label}")
        actions = [f"{entry.get('service')}:PutRecord"]
        of_a_stream = (role, actions, asked.value([entry.get("destination_arn")]), None)
        of_a_function = (None, None, None, asked.value(entry.get("destination_arn")))
        expected = of_a_function if entry.get("service") == "lambda" else of_a_stream
        made = (statement.get("actions"), statement.get("resources"), permission.get("function_name"))
        yield f"{key}.service", expected, (found.get("role_arn"), *made)


def _metric_filters(module: Module, asked: Asked, key: str, value: Any) -> Found:
    labels = [entry.get("name") for entry in value]
    yield f"{key} names", labels, _labels(module, "aws_cloudwatch_log_metric_filter")
    for label, entry in zip(labels, value, strict=True):
        found = module.block(f"resource.aws_cloudwatch_log_metric_filter.{label}")
        yield f"{key}.pattern", asked.value(entry.get("pattern")), found.get("pattern")
        default = {"namespace": "${function.name}", "value": "1"}
        expected = {**default, **entry.get("metric_transformation", {})}
        (metric,) = found.get("metric_transformation", [{}])
        yield f"{key}.metric_transformation", asked.value(expected), metric


def _insights_queries(module: Module, asked: Asked, key: str, value: Any) -> Found:
    said = value if isinstance(value, dict) else {"default": value == "default" or None}
    all_of_them = dict.fromkeys(("errors", "slowest", "cold_starts", "memory"), said.get("default"))
    names = [
        name for name, query in {**all_of_them, **said}.items() if query is not None and query is not False
    ]
    names = [name for name in names if name != "default"]
    yield f"{key} names", names, _labels(module, "aws_cloudwatch_query_definition")
    for name in names:
        query = said.get(name)
        text = query.get("query_string") if isinstance(query, dict) else query
        if name in said and text is not True:
            lines = [asked.value(line) for line in (text or "").rstrip("\n").split("\n")]
            found = module.block(f"resource.aws_cloudwatch_query_definition.{name}").get("query_string")
            yield f"{key}.{name}", lines if len(lines) > 1 else lines[0], written(found, 'join("\\n", ', ")")


def _alarms(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """What is said of each alarm by its name, and the rest as it is by default."""
    given = value if isinstance(value, dict) else {"default": value == "default"}
    made = {
        address.split(".")[-1]: block
        for address, block in module.blocks
        if address.startswith("resource.aws_cloudwatch_metric_alarm.")
    }
    always = {"errors", "error_rate", "throttles", "duration"} - given.keys()
    yield f"{key}.default", given.get("default", False) and always, always <= made.keys() and always
    for name, said in given.items():
        if name != "default":
            yield f"{key}.{name} is there", said is not False, name in made
    for name, found in made.items():
        kind = next((kind for kind in sorted(DEFAULT_ALARMS, reverse=True) if name.startswith(kind)), "")
        unasked = {} if given.get("default") and kind else {"is": "not asked for"}
        said = given.get(name, given.get(kind, unasked))
        if isinstance(said, dict):
            yield from _alarm(asked, f"{key}.{name}", kind, said, found)


def _alarm(asked: Asked, path: str, kind: str, said: Data, found: Data) -> Found:
    expected = {
        "period": 300,
        "evaluation_periods": 2 if kind == "error_rate" else 1,
        "comparison_operator": "GreaterThanOrEqualToThreshold",
        "treat_missing_data": "notBreaching",
        "alarm_actions": Expression("var.alarm_actions"),
        "ok_actions": Expression("var.ok_actions"),
        **{key: asked.value(entry) for key, entry in said.items()},
    }
    limit = found["threshold"]
    share = re.search(r" \* ([^*]+) / 100\)?$", limit.text) if isinstance(limit, Expression) else None
    default = DEFAULT_ALARMS.get(kind)
    if share or "percentage" in said:
        percent = expected.pop("percentage", Expression(str(default).removesuffix(" %")))
        yield f"{path}.percentage", str(getattr(percent, "text", percent)), share and share[1]
    else:
        yield f"{path}.threshold", expected.pop("threshold", default), limit
    if kind == "error_rate":
        computed, *measured = found["metric_query"]
        least = expected.pop("minimum_invocations", 10)
        parts = ("IF(invocations >= ", least, ", 100 * errors / invocations, 0)")
        whole = parts if isinstance(least, Expression) else "".join(map(str, parts))
        yield f"{path}.minimum_invocations", whole, computed["expression"]
        period = expected.pop("period")
        yield f"{path}.period", [period] * 2, [query["metric"][0]["period"] for query in measured]
    metric = {"dimensions", "metric_name", "namespace", "statistic"}
    own = {"alarm_name", "alarm_description", "tags", *metric}
    own = (own - said.keys() if kind else own - metric) | {"metric_query", "threshold"}
    yield path, expected, {key: entry for key, entry in found.items() if key not in own}
    words = re.search("at least|more than|less than|at most", str(found["alarm_description"]))
    yield f"{path}.alarm_description", "alarm_description" not in said, words is not None


def _dashboard(module: Module, asked: Asked, key: str, value: Any) -> Found:
    yield key, value, bool(module.block("resource.aws_cloudwatch_dashboard.this"))


def _lambda_insights(module: Module, asked: Asked, key: str, value: Any) -> Found:
    yield key, value, "var.lambda_insights_extension_arn" in str(module.function["layers"])


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


def _triggers(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """Each kind has resources of its own; test_triggers.py looks at what every value does to them."""
    yield from ()


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


def _async(module: Module, asked: Asked, key: str, value: Any) -> Found:
    found = module.block("resource.aws_lambda_function_event_invoke_config.this")
    for argument in ("maximum_event_age_in_seconds", "maximum_retry_attempts"):
        yield f"{key}.{argument}", asked.value(value.get(argument)), found.get(argument)
    (destinations,) = found.get("destination_config", [{}])
    for outcome in ("on_success", "on_failure"):
        (block,) = destinations.get(outcome, [{}])
        yield f"{key}.{outcome}", asked.value(value.get(outcome)), block.get("destination")


def _setting(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """A resource of the function's own, with the section's arguments."""
    kind = {"recursion_config": "function_recursion_config"}.get(key, key)
    found = dict(module.block(f"resource.aws_lambda_{kind}.this"))
    found.pop("function_name")
    yield key, asked.value(value), found


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
        yield key, {asked.value(value)}, {Expression(name) for name in _named(found)}


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


PLACES: dict[str, Callable[[Module, Asked, str, Any], Found]] = {
    **dict.fromkeys(INTERFACE, _interface),
    **dict.fromkeys(MERGED, _merged),
    **dict.fromkeys(("role_name", "role_path", "permissions_boundary"), _role),
    "name": _name,
    "layers": _layers,
    "checkov_skip": _checkov_skip,
    "publish": _publish,
    "provisioned_concurrency_config": _provisioned_concurrency,
    "async": _async,
    "recursion_config": _setting,
    "runtime_management_config": _setting,
    "triggers": _triggers,
    "alarms": _alarms,
    "dashboard": _dashboard,
    "alias": _alias,
    "deployment": _deployment,
    "versions": _versions,
    "ecr_repository": _ecr_repository,
    "function_url": _function_url,
    "code_signing": _code_signing,
    "subscription_filters": _subscription_filters,
    "metric_filters": _metric_filters,
    "insights_queries": _insights_queries,
    "lambda_insights": _lambda_insights,
    **dict.fromkeys(("secrets", "parameters"), _secrets),
    "permissions": _permissions,
    "logging_config": _logging,
    "log_group": _log_group,
    "policy_arns": _policy_arns,
    "policy_statements": _policy_statements,
    "variables": _variables,
    "terraform": _terraform,
}


@cache
def of(name: str) -> Module:
    return Module(modules(SPECS[name].read_text(), str(SPECS[name])))


def asked_for(name: str) -> Data:
    """The data of a spec, as a YAML parser that is not tfgen's reads it."""
    data: Data = yaml.safe_load(SPECS[name].read_text())
    return data


# The values ------------------------------------------------------------------------------------------


@every_spec
def test_every_value_of_the_spec_is_where_it_belongs(name: str) -> None:
    assert misplaced(of(name), asked_for(name)) == []


@examples(12, shrink=False)
@given(specs())
def test_every_value_of_any_spec_is_where_it_belongs(data: Data) -> None:
    assert misplaced(Module(modules(as_yaml(data))), data) == []


def changes(value: Any, *, drop: bool) -> Iterator[Any]:
    """`value` with one thing in it changed, or dropped, for each thing in it."""
    if isinstance(value, dict):
        for key in value:
            if drop:
                yield {name: item for name, item in value.items() if name != key}
            for changed in changes(value[key], drop=drop):
                yield {**value, key: changed}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield value[:index] + value[index + 1 :]
            for changed in changes(value[index], drop=drop):
                yield [*value[:index], changed, *value[index + 1 :]]
    elif isinstance(value, bool):
        yield not value
    else:
        yield value + 1 if isinstance(value, int) else f"{value}x"


@every_spec
def test_a_value_that_is_changed_or_dropped_is_missed(name: str) -> None:
    """The test above can fail: the module of a spec that differs in one value does not pass it."""
    for key, value in asked_for(name).items():
        if key in {"name", "triggers"}:
            continue  # what these do is for other tests to say
        for changed in changes(value, drop=key != "variables"):  # what is not described is described anyhow
            missed = misplaced(of(name), {**asked_for(name), key: changed})
            assert missed, (key, changed)


# Both parsers ----------------------------------------------------------------------------------------


@every_spec
def test_terraforms_parser_reads_every_file(name: str) -> None:
    for file, text in of(name).files.items():
        assert pygohcl.loads(text), file


@every_spec
def test_python_hcl2_writes_what_it_read(name: str) -> None:
    options = hcl2.SerializationOptions(with_comments=False)  # it does not write comments back
    for file, text in of(name).files.items():
        found = hcl2.loads(text, serialization_options=options)
        written_again = hcl2.dumps(copy.deepcopy(found))
        assert hcl2.loads(written_again, serialization_options=options) == found, file


# The module as a whole -------------------------------------------------------------------------------


def _used(module: Module) -> set[str]:
    """Every variable and local that resources, data sources and outputs of the module name."""
    rest = [
        block for address, block in module.blocks if address.split(".")[0] in {"resource", "data", "output"}
    ]
    return _named(rest)


def _named(value: Any) -> set[str]:
    if isinstance(value, Expression):
        return set(re.findall(r"\b(?:var|local)\.[\w-]+", value.text))
    if isinstance(value, dict):
        keys = [Expression(key) for key in value if "(" in key]  # an expression in brackets
        return _named([*keys, *value.values()])
    if isinstance(value, (list, tuple)):
        return {name for item in value for name in _named(item)}
    return set()


@every_spec
def test_variables_and_locals_are_declared_and_used(name: str) -> None:
    module = of(name)
    declared = {f"local.{key}" for key in module.locals}
    used = _named([block for address, block in module.blocks if not address.startswith("variable.")])
    for address, block in module.blocks:
        if address.startswith("variable."):
            itself = address.replace("variable.", "var.")
            declared.add(itself)
            used |= _named(block.get("validation", [])) - {itself}
    if asked_for(name).get("log_group", {}).get("create") is False:
        used.add("var.log_retention_in_days")  # part of the interface, but there is nothing to retain
    assert used == declared


@every_spec
def test_no_address_is_there_twice(name: str) -> None:
    addresses = [address for address, _ in of(name).blocks if address != "locals"]
    assert sorted(addresses) == sorted(set(addresses))


@every_spec
def test_every_module_has_the_reference_modules_interface(name: str) -> None:
    module = of(name)
    for variable, (kind, _) in INTERFACE.items():
        declared = module.variable(variable)
        assert declared["description"], variable
        assert declared["type"].text.startswith(kind), variable
    outputs = {
        address.removeprefix("output.") for address, _ in module.blocks if address.startswith("output.")
    }
    triggers = asked_for(name).get("triggers", ())
    labels = tuple(f"{trigger.get('name', trigger['type'])}_" for trigger in triggers)
    others = ("alias_", *labels) if "alias" in asked_for(name) else labels
    assert {
        output
        for output in outputs
        if not output.startswith(
            (
                *others,
                "deployment_",
                "code_signing_",
                "function_url",
                "layer_arns",
                "alarm_arns",
                "dashboard_name",
                "metric_filter_",
                "repository_",
                "version_cleanup_",
            )
        )
    } == OUTPUTS
    assert all(module.block(f"output.{output}")["description"] for output in OUTPUTS)


def test_without_a_spec_of_its_own_the_module_is_the_reference_module() -> None:
    module = of("lambda")
    found = {}
    for address, variable in module.blocks:
        if address.startswith("variable."):
            kind = variable["type"].text
            found[address.removeprefix("variable.")] = (
                "object" if kind.startswith("object(") else kind,
                variable.get("default", "needed"),
            )
    assert found == INTERFACE
    required = {name for name, (_, default) in INTERFACE.items() if default is not None}
    assert {name for name in INTERFACE if module.variable(name).get("nullable") is False} == required


def test_an_event_source_mapping_takes_what_the_reference_documents_callers_pass() -> None:
    kind = of("lambda").variable("event_source_mapping")["type"].text
    assert "function_name = optional(string)" in kind
    for field in EventSourceMapping.model_fields:
        assert re.search(rf"\b{field} = ", kind), field
