"""The interface that every rendered module has: which input variables, and what each one means.

Names, defaults and bounds stand in `spec/models.py`; here is which of them are interface, in the
reference document's order, and which may be null.
"""

from __future__ import annotations

from typing import NamedTuple

from tfgen.expressions import Template


class InterfaceVariable(NamedTuple):
    """An input variable of every module.

    `nullable`: null means "not set", which the reference module's own default is. `scalar`: its value
    can stand in an expression. `merged`: the caller's entries go over the spec's.
    """

    name: str
    nullable: bool = True
    scalar: bool = True
    merged: bool = False


_VARIABLES = (
    InterfaceVariable("function_name", nullable=False),
    InterfaceVariable("runtime"),
    InterfaceVariable("handler"),
    InterfaceVariable("filename"),
    InterfaceVariable("s3_bucket"),
    InterfaceVariable("s3_key"),
    InterfaceVariable("s3_object_version"),
    InterfaceVariable("image_uri"),
    InterfaceVariable("source_code_hash"),
    InterfaceVariable("timeout", nullable=False),
    InterfaceVariable("memory_size", nullable=False),
    InterfaceVariable("package_type", nullable=False),
    InterfaceVariable("architectures", nullable=False, scalar=False),
    InterfaceVariable("layers", nullable=False, scalar=False),
    InterfaceVariable("environment", nullable=False, scalar=False, merged=True),
    InterfaceVariable("kms_key_arn"),
    InterfaceVariable("execution_role_arn"),
    InterfaceVariable("vpc_config", scalar=False),
    InterfaceVariable("reserved_concurrent_executions"),
    InterfaceVariable("provisioned_concurrency_config", scalar=False),
    InterfaceVariable("dead_letter_config", scalar=False),
    InterfaceVariable("tracing_config", scalar=False),
    InterfaceVariable("log_retention_in_days", nullable=False),
    InterfaceVariable("image_config", scalar=False),
    InterfaceVariable("event_source_mapping", scalar=False),
    InterfaceVariable("tags", nullable=False, scalar=False, merged=True),
)
INTERFACE = {variable.name: variable for variable in _VARIABLES}

#: The outputs of every module, in the reference document's order, then the role's and the log group's.
OUTPUTS = (
    "function_name",
    "function_arn",
    "arn",
    "invoke_arn",
    "qualified_arn",
    "version",
    "last_modified",
    "source_code_hash",
    "source_code_size",
    "runtime",
    "handler",
    "timeout",
    "memory_size",
    "role_arn",
    "role_name",
    "log_group_name",
    "log_group_arn",
)

#: Names that a module's input variable cannot have: the meta-arguments of a module block, and
#: `create_execution_role`, which modules with a role of their own have beside the interface.
RESERVED_NAMES = frozenset(
    {
        "source",
        "version",
        "providers",
        "count",
        "for_each",
        "lifecycle",
        "depends_on",
        "locals",
        "create_execution_role",
    }
)


def resolves_to_itself(name: str, value: object) -> bool:
    """Whether the spec says `x: ${var.x}`, which makes the interface's variable x required."""
    whole = value.whole if isinstance(value, Template) else None
    return whole is not None and whole == ("var", name)
