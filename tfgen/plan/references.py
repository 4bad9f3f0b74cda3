"""What a spec's values become in its module: which address stands for an interface variable, what an
expression refers to, and which locals and data sources that takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from tfgen.expressions import Reference, Template
from tfgen.hcl import Hcl, Interpolation, Ref, Value, parts_of, to_hcl
from tfgen.interface import INTERFACE, resolves_to_itself
from tfgen.plan.guards import guard
from tfgen.schema.walk import interface_fields, templates
from tfgen.spec.layers import Layer
from tfgen.spec.models import Spec

_DATA_SOURCES = {
    "account_id": ("aws_caller_identity", Ref("data.aws_caller_identity.current.account_id")),
    "partition": ("aws_partition", Ref("data.aws_partition.current.partition")),
    # `.id` is the one attribute with the region's name that providers 5.x and 6.x share.
    "region": ("aws_region", Ref("data.aws_region.current.id")),
}


class References:
    """Turns a spec's values into HCL's. Remembers the data sources and locals that this took."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec
        self.data_sources: set[str] = set()
        self.uses_function_arn = False
        self.guards: Mapping[str, Hcl] = {}
        self._resolved = {name for name in INTERFACE if _is_resolved(spec, name)}
        package_type = self.address("package_type")
        self.guards = {
            name: condition
            for name in INTERFACE
            if (condition := guard(spec, name, package_type)) is not None
        }

    def address(self, name: str) -> Ref:
        """Where the module finds an interface variable's value: the variable, or the local made of it."""
        is_local = name in self._resolved or name in self.guards
        return Ref(f"local.{name}" if is_local else f"var.{name}")

    def is_resolved(self, name: str) -> bool:
        """Whether the spec's value is in a local, for it cannot be the variable's default."""
        return name in self._resolved

    def aws(self, name: str) -> Ref:
        """`account_id`, `partition` or `region` of the caller."""
        kind, ref = _DATA_SOURCES[name]
        self.data_sources.add(kind)
        return ref

    def value(self, value: Any) -> Value:
        """A spec's value with its expressions resolved. Sections become maps of all that callers may give."""
        if isinstance(value, Template):
            parts = tuple(
                self._reference(part) if isinstance(part, Reference) else part for part in value.parts
            )
            whole = parts[0]
            return whole if len(parts) == 1 and isinstance(whole, Ref) else Interpolation(parts)
        if isinstance(value, Layer):
            return Ref(f"aws_lambda_layer_version.{value.label}.arn")
        if isinstance(value, BaseModel):
            return {name: self.value(getattr(value, name)) for name in interface_fields(type(value))}
        if isinstance(value, Mapping):
            return {name: self.value(item) for name, item in value.items()}
        if isinstance(value, tuple):
            return [self.value(item) for item in value]
        return value  # type: ignore[no-any-return]

    def hcl(self, value: Any) -> Hcl | None:
        """The same as an HCL expression; None stays None, for an argument that is not given."""
        return None if value is None else to_hcl(self.value(value))

    def _reference(self, reference: Reference) -> Ref:
        root, name = reference
        if root == "var":
            return self.address(name)
        if root == "aws":
            return self.aws(name)
        if root == "ecr_repository":  # the plan's own: no spec can write it
            return Ref(f"aws_ecr_repository.this.{name}")
        if name == "name":
            return self.address("function_name")
        if name == "role_arn":
            return self.role_arn
        self.uses_function_arn = True
        return Ref("local.function_arn")

    @property
    def role_arn(self) -> Ref:
        """The execution role's ARN, whoever made the role."""
        return (
            Ref("local.role_arn")
            if self.spec.execution_role_arn is None
            else self.address("execution_role_arn")
        )

    def function_arn(self) -> Interpolation:
        """The function's ARN without a reference to the function."""
        return Interpolation((*self._arn("lambda"), "function:", self.address("function_name")))

    def log_group_arn(self, name: Value) -> Interpolation:
        """The ARN of a log group that somebody else makes, perhaps in the same apply."""
        return Interpolation((*self._arn("logs"), "log-group:", *parts_of(name)))

    def _arn(self, service: str) -> tuple[str | Ref, ...]:
        partition, region, account_id = (self.aws(name) for name in ("partition", "region", "account_id"))
        return ("arn:", partition, f":{service}:", region, ":", account_id, ":")


def _is_resolved(spec: Spec, name: str) -> bool:
    value = getattr(spec, name)
    if name == "environment":
        return bool(value.variables) or any(key in spec.model_fields_set for key in ("secrets", "parameters"))
    if INTERFACE[name].merged:
        return bool(value)
    if isinstance(value, BaseModel):
        fields = interface_fields(type(value))
        return any(path[0] in fields for path, _, _ in templates(value, ()))
    if isinstance(value, tuple):
        return any(not isinstance(item, str) for item in value)
    return isinstance(value, Template) and not resolves_to_itself(name, value)
