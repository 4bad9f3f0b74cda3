"""What a trigger or a section of a spec may ask of the module that it is planned for."""

from __future__ import annotations

from typing import Any

from tfgen.hcl import Hcl, Interpolation, Ref, Value, parts_of, to_hcl
from tfgen.plan.model import LongName
from tfgen.plan.references import References
from tfgen.schema.bounds import FUNCTION_NAME, ROLE_NAME
from tfgen.schema.places import Text
from tfgen.spec.models import Spec

_FUNCTION = "aws_lambda_function.this"
_LOG_GROUP = "aws_cloudwatch_log_group.this"
_HASH = 8
_LONGEST_REGION = 14  # ap-southeast-2, us-gov-west-1, and one more for what is to come


class Surroundings:
    """A `tfgen.triggers.base.Module`. Remembers the names that may have to be cut.

    `alias` is the name of the alias that the module makes. `log_group_name` refers to the log group where the
    module makes it, so that it is there first, and so does `log_group_arn`.
    """

    def __init__(self, spec: Spec, references: References) -> None:
        self.has_role = spec.execution_role_arn is None
        self.has_url = spec.function_url is not None
        self.names: dict[str, LongName] = {}
        self._references = references
        self.alias = None if spec.alias is None else spec.alias.name
        named = spec.logging_config and spec.logging_config.log_group
        default = Interpolation(("/aws/lambda/", self.address("function_name")))
        self.log_group = default if named is None else self.value(named)
        is_made = spec.log_group.create
        self.log_group_name = Ref(f"{_LOG_GROUP}.name") if is_made else to_hcl(self.log_group)
        self.log_group_arn = Ref(f"{_LOG_GROUP}.arn" if is_made else "local.log_group_arn")
        self.permissions_boundary = self.hcl(spec.permissions_boundary)

    def value(self, value: Any) -> Value:
        """A spec's value with its expressions resolved."""
        return self._references.value(value)

    def hcl(self, value: Any) -> Hcl | None:
        """The same as an HCL expression; None stays None."""
        return self._references.hcl(value)

    def json(self, value: Any) -> Hcl:
        """A spec's data as JSON that Terraform writes."""
        return Hcl(f"jsonencode({to_hcl(self._references.value(value))})")

    def address(self, name: str) -> Ref:
        """Where an interface variable's value is found."""
        return self._references.address(name)

    def aws(self, name: str) -> Ref:
        """`account_id`, `partition` or `region` of the caller."""
        return self._references.aws(name)

    def is_own_alias(self, qualifier: Text | None) -> bool:
        """Whether a qualifier is the alias that the module makes."""
        return qualifier is not None and qualifier == self.alias

    def qualifier(self, qualifier: Text | None) -> Hcl | None:
        """The version or alias that a permission stands on; None for the function itself."""
        return Ref("aws_lambda_alias.this.name") if self.is_own_alias(qualifier) else self.hcl(qualifier)

    def function_arn(self, qualifier: Text | None) -> Hcl:
        """The ARN to invoke: the function's, or that of its version or alias."""
        if self.is_own_alias(qualifier):
            return Ref("aws_lambda_alias.this.arn")
        arn = Ref(f"{_FUNCTION}.arn")
        return arn if qualifier is None else to_hcl(self._qualified(arn, qualifier))

    def invoke_arn(self, qualifier: Text | None, *, written_out: bool = False) -> Hcl:
        """What API Gateway calls to invoke it; `written_out`, without a reference to the function."""
        if self.is_own_alias(qualifier) and not written_out:
            return Ref("aws_lambda_alias.this.invoke_arn")
        if qualifier is None and not written_out:
            return Ref(f"{_FUNCTION}.invoke_arn")
        self._references.uses_function_arn |= written_out
        arn = Ref("local.function_arn" if written_out else f"{_FUNCTION}.arn")
        called = (arn,) if qualifier is None else self._qualified(arn, qualifier)
        parts = ("arn:", self.aws("partition"), ":apigateway:", self.aws("region"))
        path = ":lambda:path/2015-03-31/functions/"
        return to_hcl(Interpolation((*parts, path, *called, "/invocations")))

    def _qualified(self, arn: Ref, qualifier: Text) -> Interpolation:
        return Interpolation((arn, ":", *parts_of(self._references.value(qualifier))))

    def role_name(self, key: str) -> Value:
        """The name of a role. Roles are the account's, so the region is in it."""
        assert ROLE_NAME.maximum is not None
        return self.name(key, ROLE_NAME.maximum, regional=True)

    def name(self, key: str, longest: int, *, regional: bool = False, hyphens: bool = False) -> Value:
        """A name in AWS made of the function's name and `key`, cut where it could be too long.

        `regional`: with the region in it. `hyphens`: with hyphens for underscores and none in front.
        """
        region = ("-", self.aws("region")) if regional else ()
        end = f"-{key.replace('_', '-')}"
        full: Interpolation | Ref = Interpolation((self.address("function_name"), end, *region))
        if hyphens:
            full = Ref(f'trim(replace({to_hcl(full)}, "_", "-"), "-")')
        assert FUNCTION_NAME.maximum is not None
        if FUNCTION_NAME.maximum + len(end) + (1 + _LONGEST_REGION if regional else 0) <= longest:
            return full
        self.names[key] = LongName(Hcl(key), full, longest, (longest - _HASH - 2) // 2)
        return Ref(f"local.names.{key}")
