"""A rendered module read back, and what a spec asks of it: what the tests of all its values share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import hcl2

from tests.strategies import Data, Expression, meaning

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

MERGED = {"environment": "var.environment.variables", "tags": "var.tags"}


class Module:
    """A rendered module as python-hcl2 reads it."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self.files = files
        self.blocks: list[tuple[str, Data]] = []
        for text in files.values():
            for block in blocks_of(text):
                self.blocks.extend(read_block(block))

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


#: In a file that has the layout of `terraform fmt`, a block ends with the first brace at the start of a line.
_BLOCK = re.compile(r"^\w[^\n]*\{(?:\n.*?^)?\}\n", re.DOTALL | re.MULTILINE)


def blocks_of(text: str) -> list[str]:
    """The blocks of a file, beside which it has nothing but comments."""
    beside = _BLOCK.sub("", text).splitlines()
    assert all(line.startswith("#") for line in beside if line), beside
    return _BLOCK.findall(text)


@cache
def read_block(text: str) -> list[tuple[str, Data]]:
    """A block with its address. Modules have most of their blocks in common, and python-hcl2 is slow."""
    return [_addressed(kind, block) for kind, found in meaning(hcl2.loads(text)).items() for block in found]


@cache
def read_expression(text: str) -> Any:
    """What an expression says."""
    return meaning(hcl2.loads(f"x = {text}\n")["x"])


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
    return read_expression(inner)


_GUARD = re.compile(
    r"\(?((?:var|local)\.\w+ (?:==|!=) (?:null|\"\w+\")(?: && )?)+"
    r" \? (?P<value>(?!var\.\w+ : \().*) : null\)?",
    re.DOTALL,
)


def unguarded(found: Any) -> Any:
    """A value without the condition under which it gives way to what else the caller chooses."""
    guarded = _GUARD.fullmatch(found.text) if isinstance(found, Expression) else None
    return read_expression(guarded["value"]) if guarded else found


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


def named_arns(asked: Asked) -> dict[str, str]:
    """What `secrets` and `parameters` add to the environment, name to ARN."""
    found = {}
    for key, arn in (("secrets", "secret_arn"), ("parameters", "parameter_arn")):
        for name, entry in asked.data.get(key, {}).items():
            if name != "extension":
                text = entry if isinstance(entry, str) else entry.get(arn, "")
                found[f"{name}_{arn.upper()}"] = text
    return found


@cache
def names_used(module: Module) -> set[str]:
    """Every variable and local that resources, data sources and outputs of the module name."""
    rest = [
        block for address, block in module.blocks if address.split(".")[0] in {"resource", "data", "output"}
    ]
    return names_in(rest)


def names_in(value: Any) -> set[str]:
    if isinstance(value, Expression):
        return set(re.findall(r"\b(?:var|local)\.[\w-]+", value.text))
    if isinstance(value, dict):
        keys = [Expression(key) for key in value if "(" in key]  # an expression in brackets
        return names_in([*keys, *value.values()])
    if isinstance(value, (list, tuple)):
        return {name for item in value for name in names_in(item)}
    return set()


def labels_of(module: Module, kind: str) -> list[str]:
    """The labels of a type's resources, in the module's order."""
    start = f"resource.{kind}."
    return [address.removeprefix(start) for address, _ in module.blocks if address.startswith(start)]


#: Places of a spec: the path, the value that is expected, and the one that is found.
Found = Iterator[tuple[str, Any, Any]]
Finder = Callable[[Module, Asked, str, Any], Found]
