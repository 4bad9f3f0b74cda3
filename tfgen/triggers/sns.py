"""SNS: the messages of a topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Data, Place, Text
from tfgen.triggers import queues
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, at, doubts, text
from tfgen.triggers.checks import Check, checks
from tfgen.triggers.queues import DeadLetterConfig, dead_letter_checks, dead_letters

# sns.CreateTopic's documented names. A FIFO topic (NAME.fifo) delivers to SQS queues alone, which is why the
# missing "." keeps it out.
TOPIC_ARN = b.text(
    1,
    None,
    b.ARN + "sns" + b.PLACE + r"[a-zA-Z0-9_-]{1,256}$",
    "the ARN of a standard SNS topic; a FIFO topic's messages come by way of an SQS queue",
)
# SNS's developer guide, "Filter policy constraints", for these and the next two.
FILTER_POLICY = b.pattern(262144, "SNS")
FILTER_POLICY_SCOPE = b.choice("MessageAttributes", "MessageBody")
_KEYS = 5
_COMBINATIONS = 150


class Sns(Trigger):
    """An SNS topic whose messages invoke the function."""

    type: Literal["sns"] = Field(description="Kind of the trigger")
    topic_arn: Annotated[Text, Place(TOPIC_ARN)] = Field(description="ARN of the topic")
    filter_policy: Annotated[Data | None, Place(FILTER_POLICY)] = Field(
        None, description="Filter policy as YAML: which messages reach the function"
    )
    filter_policy_scope: Annotated[Text | None, Place(FILTER_POLICY_SCOPE)] = Field(
        None, description="What the policy is about: MessageAttributes (the default) or MessageBody"
    )
    dead_letter_config: DeadLetterConfig | None = Field(
        None, description="Where messages go that could not be delivered"
    )

    @property
    def source(self) -> object | None:
        return self.topic_arn

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        if self.filter_policy is not None:
            yield from self._policy(self.filter_policy)
        elif self.filter_policy_scope is not None:
            key = "filter_policy_scope"
            yield at("TFG318", f"`{key}` needs a filter policy", "add `filter_policy`", key, key=True)
        yield from queues.findings(self.dead_letter_config)

    def _policy(self, policy: Mapping[str, Any]) -> Iterator[Diagnostic]:
        if len(policy) > _KEYS:
            hint = f"a filter policy may have {_KEYS}; nest some of them, or let the function decide"
            yield at("TFG205", f"`filter_policy` has {len(policy)} keys", hint, "filter_policy")
        if self.filter_policy_scope in {None, "MessageAttributes"}:
            for key, value in policy.items():
                if isinstance(value, Mapping):
                    hint = "add `filter_policy_scope: MessageBody`, or write a list of values"
                    yield at("TFG103", "attributes of a message are not nested", hint, "filter_policy", key)
        yield from doubts(policy, "SNS", "filter_policy")
        combinations = prod(_counts(policy))
        if combinations > _COMBINATIONS:
            summary = f"`filter_policy` combines its values in {combinations} ways"
            hint = f"the counts of values in its lists, multiplied, may give {_COMBINATIONS}"
            yield at("TFG205", summary, hint, "filter_policy")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        topic = to_hcl(module.value(self.topic_arn))
        dead = dead_letters(self.dead_letter_config, module, self.label, "sns.amazonaws.com", topic)
        policy = self.filter_policy
        arguments = {
            **self.arguments(module, "topic_arn", "filter_policy_scope"),
            "filter_policy": None if policy is None else module.json(policy),
            "function_arn": module.function_arn(self.qualifier),
        }
        permission = self.permission(
            module,
            "SNS may invoke the function for this topic alone.",
            "sns.amazonaws.com",
            source_arn=topic,
        )
        return TriggerPlan(
            self.type,
            self.label,
            f"SNS topic {text(self.topic_arn)}",
            {"subscription": arguments, "dead_letters": dead},
            permissions=(permission,),
            outputs=queues.dead_letter_outputs(dead),
            notes=queues.dead_letter_notes(dead),
            failures=queues.dead_letter_name(self.dead_letter_config, self.label),
            checks=(
                *self._checks(module),
                *dead_letter_checks(self.dead_letter_config, module, dead),
            ),
        )

    def _checks(self, module: Module) -> Iterator[Check]:
        address = f"aws_sns_topic_subscription.{self.label}"
        yield from checks(module, address, self, "topic_arn", "filter_policy_scope")
        if self.filter_policy is not None:
            yield Check(Hcl(f"{address}.filter_policy"), module.json(self.filter_policy))
        dead = self.dead_letter_config
        if dead is not None and dead.arn is not None:
            target = Hcl(f"jsondecode({address}.redrive_policy).deadLetterTargetArn")
            yield Check(target, module.value(dead.arn))


def _counts(policy: Mapping[str, Any]) -> Iterator[int]:
    """How many values each list has. `$or` holds policies, of which one counts at a time."""
    for key, value in policy.items():
        if isinstance(value, Mapping):
            yield from _counts(value)
        elif isinstance(value, tuple) and key != "$or":
            yield max(len(value), 1)
