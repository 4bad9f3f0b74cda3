"""CloudWatch Logs: the events of a log group that match a pattern."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Interpolation, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, arn, at, text

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
        own = f"{_OWN}{text(function.function_name)}"
        if function.logging_config is not None and function.logging_config.log_group is not None:
            own = text(function.logging_config.log_group)
        named = {own, "/aws/lambda/${function.name}", "/aws/lambda/${var.function_name}"}
        if text(self.log_group_name) in named:
            hint = "each call would write to the log group and so bring on the next; subscribe to another"
            yield at("TFG319", "the function would be invoked by its own logs", hint, "log_group_name")

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
            {"subscription": arguments, "own_log_groups": self._own_log_groups(module)},
            permissions=(permission,),
        )

    def _own_log_groups(self, module: Module) -> Hcl | None:
        """The function's own log groups, where the caller's values could make one that of the trigger."""
        if isinstance(self.log_group_name, str) and not self.log_group_name.startswith(_OWN):
            return None
        # A new function says its log group at once only where it is not Lambda's own.
        default = to_hcl(Interpolation((_OWN, module.address("function_name"))))
        return Hcl(f'[{default}, try(aws_lambda_function.this.logging_config[0].log_group, "")]')
