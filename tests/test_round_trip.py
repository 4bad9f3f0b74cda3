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
from tfgen.iam_actions import SIDS
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
        value = self.data.get(key)
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
        found = {name: _unless_null(entry) for name, entry in found.items()}
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
        return meaning(hcl2.loads(f"x = {otherwise}\n")["x"])
    return entry


def _argument(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """An argument or block of the function itself."""
    found = module.function.get(key)
    yield key, asked.value(value), found[0] if isinstance(value, dict) and found else found


def _name(module: Module, asked: Asked, key: str, value: Any) -> Found:
    """The folder's name; the command line's tests look at that."""
    yield from ()


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
    "publish": _publish,
    "triggers": _triggers,
    "alias": _alias,
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
    assert {output for output in outputs if not output.startswith(others)} == OUTPUTS
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
