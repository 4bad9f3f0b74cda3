"""CloudWatch Logs: the events of a log group that match a pattern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, Interpolation, Ref, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, arn, at, text
from tfgen.triggers.checks import checks

# logs.PutSubscriptionFilter. Its `distribution` is left out: it is for Kinesis streams.
FILTER_NAME = 512
FILTER_PATTERN = b.text(0, 1024)

_OWN = "/aws/lambda/"  # what the names of Lambda's own log groups begin with


class CloudWatchLogs(Trigger):
    """Events of a log group."""

    type: Literal["cloudwatch_logs"] = Field(description="Kind of the trigger")
    log_group_name: Annotated[Text, Place(b.LOG_GROUP)] = Field(description="Name of the log group")
    filter_pattern: Annotated[Text, Place(FILTER_PATTERN)] = Field(
        "", description="Filter pattern of CloudWatch Logs; all events if it is empty or not given"
    )

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        names = (text(function.function_name), "${function.name}", "${var.function_name}")
        named = {f"{_OWN}{name}" for name in names}
        if function.logging_config is not None and function.logging_config.log_group is not None:
            named = {text(function.logging_config.log_group)}
        if text(self.log_group_name) in named:
            hint = "each call would write to the log group and so bring on the next; subscribe to another"
            yield at("TFG319", "the function would be invoked by its own logs", hint, "log_group_name")
        if wrong := mistaken_pattern(self.filter_pattern):
            yield at("TFG203", *wrong, "filter_pattern")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        resource = ("log-group:", *parts_of(module.value(self.log_group_name)), ":*")
        arguments = {
            **self.arguments(module, "log_group_name", "filter_pattern"),
            "name": to_hcl(module.name(self.label, FILTER_NAME)),
            "function_arn": module.function_arn(self.qualifier),
        }
        permission = self.permission(
            module,
            "CloudWatch Logs may invoke the function for this log group alone.",
            "logs.amazonaws.com",
            source_arn=to_hcl(arn(module, "logs", resource)),
            source_account=module.aws("account_id"),
        )
        return TriggerPlan(
            self.type,
            self.label,
            f"Log group {text(self.log_group_name)}",
            {"subscription": arguments, "own_log_group": self._own_log_group(module)},
            permissions=(permission,),
            checks=tuple(
                checks(
                    module,
                    f"aws_cloudwatch_log_subscription_filter.{self.label}",
                    self,
                    "log_group_name",
                    "filter_pattern",
                )
            ),
        )

    def _own_log_group(self, module: Module) -> Hcl | None:
        """The function's own log group, where the caller's values could make it that of the trigger."""
        own, other = module.log_group, self.log_group_name
        if isinstance(other, Template):
            return to_hcl(own)
        # A literal is never what another literal is, for that is a finding; nor what begins otherwise.
        begins = own[0] if isinstance(own, Interpolation) else own
        may_be = isinstance(begins, Ref) or (isinstance(own, Interpolation) and other.startswith(str(begins)))
        return to_hcl(own) if may_be else None


def mistaken_pattern(pattern: Text) -> tuple[str, str] | None:
    """What is wrong with a filter pattern, and what to do; None where nothing is known to be.

    CloudWatch Logs user guide, "Filter pattern syntax": `{ … }` is about fields of JSON, which start with $,
    and `[ … ]` about those between spaces.
    """
    if not isinstance(pattern, str):
        return None
    whole = pattern.strip()
    for opening, closing in ("{}", "[]"):
        if whole.startswith(opening) and not whole.endswith(closing):
            return (
                f"the pattern starts with `{opening}` and does not end with `{closing}`",
                f"add `{closing}`",
            )
    if whole.startswith("{") and "$" not in whole:
        return "the pattern names no field", 'fields start with $: write { $.level = "ERROR" }'
    return None
