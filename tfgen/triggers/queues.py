"""SQS queues that a module makes, or sends what failed to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, NamedTuple

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Interpolation, Ref, Value, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Number, Place, Text
from tfgen.schema.section import Section
from tfgen.triggers.base import Module, Output, at, sid_of, text
from tfgen.triggers.checks import Check, checks, statement_checks

# sqs.CreateQueue's documented attribute limits; the API model has none.
MESSAGE_RETENTION = b.number(60, 1209600, "seconds")
LONGEST_RETENTION = 1209600
QUEUE_NAME = 80
FIFO = ".fifo"


def queue_name(module: Module, key: str, *, fifo: bool) -> Value:
    """The name of a queue that the module makes."""
    if not fifo:
        return module.name(key, QUEUE_NAME)
    name = module.name(key, QUEUE_NAME - len(FIFO))
    return Interpolation((*parts_of(name), FIFO))


class DeadLetterConfig(Section):
    """Where events go that could not be delivered: your queue, or one that the module makes."""

    arn: Annotated[Text | None, Place(b.STANDARD_QUEUE_ARN)] = Field(None, description="ARN of the SQS queue")
    create: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        False, description="Whether the module makes the queue"
    )
    message_retention_seconds: Annotated[Number | None, Place(MESSAGE_RETENTION)] = Field(
        None, description="How long the queue that the module makes keeps events; 14 days if not given"
    )
    kms_master_key_id: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the queue that the module makes"
    )


class DeadLetters(NamedTuple):
    """A trigger's dead letter queue. `queue` has the arguments of one that the module makes.

    `principal` and `source_arn` say who may send to it, by the queue's own policy; None where the sender
    has a role for it.
    """

    label: Hcl
    sid: Hcl
    arn: Hcl
    queue: dict[str, Hcl | None] | None = None
    principal: Hcl | None = None
    source_arn: Hcl | None = None


def findings(config: DeadLetterConfig | None) -> list[Diagnostic]:
    """What is wrong between the keys of a `dead_letter_config`."""
    if config is None:
        return []
    given = config.model_fields_set
    if config.create == ("arn" in given):
        what = "both" if config.create else "neither"
        summary = f"`dead_letter_config` has {what} `arn` {'and' if config.create else 'nor'} `create: true`"
        return [at("TFG310", summary, "give it one of them", "dead_letter_config", key=True)]
    return [
        at("TFG310", f"`{key}` is about a queue that this module does not make", "remove it, or `arn`",
           "dead_letter_config", key, key=True)
        for key in ("message_retention_seconds", "kms_master_key_id")
        if key in given and not config.create
    ]  # fmt: skip


def dead_letters(
    config: DeadLetterConfig | None, module: Module, label: str, principal: str = "", source_arn: str = ""
) -> DeadLetters | None:
    """The dead letter queue of the trigger with that label.

    `principal` and `source_arn`: a service that sends in its own name, and what of it; empty where the
    sender has a role.
    """
    if config is None:
        return None
    own = f"{label}_dead_letters"
    sid = to_hcl(f"SendDeadLetters{sid_of(label)}")
    sender = (Hcl(f'"{principal}"'), Ref(source_arn)) if principal else (None, None)
    if not config.create:
        return DeadLetters(Hcl(own), sid, to_hcl(module.value(config.arn)), None, *sender)
    queue = {
        "name": to_hcl(queue_name(module, own, fifo=False)),
        "message_retention_seconds": module.hcl(config.message_retention_seconds or LONGEST_RETENTION),
        "kms_master_key_id": module.hcl(config.kms_master_key_id),
    }
    return DeadLetters(Hcl(own), sid, Ref(f"aws_sqs_queue.{own}.arn"), queue, *sender)


def dead_letter_name(config: DeadLetterConfig | None, label: str) -> str:
    """The dead letter queue in words, for the picture; empty where there is none."""
    if config is None:
        return ""
    return f"SQS queue {label}_dead_letters" if config.create else f"SQS queue {text(config.arn)}"


def dead_letter_outputs(queue: DeadLetters | None) -> tuple[Output, ...]:
    """The queue's ARN where the module makes it, else the policy that its owner must give it."""
    if queue is None:
        return ()
    if queue.queue is not None:
        return (Output(f"{queue.label}_arn", "ARN of the dead letter queue", queue.arn),)
    if queue.principal is None:
        return ()
    policy = Ref(f"data.aws_iam_policy_document.{queue.label}.json")
    return (
        Output(f"{queue.label}_policy", "What the dead letter queue's policy must hold, as JSON", policy),
    )


def dead_letter_notes(queue: DeadLetters | None) -> tuple[str, ...]:
    """What is left to do for a queue that somebody else makes, or for the key of the module's own."""
    if queue is None or queue.principal is None:
        return ()
    if queue.queue is not None:
        if queue.queue["kms_master_key_id"] is None:
            return ()
        service = queue.principal.strip('"')
        return (
            f"let {service} use the dead letter queue's key (kms:Decrypt, kms:GenerateDataKey) in the key's "
            "policy, without which events that fail are lost",
        )
    return (
        f"put the output {queue.label}_policy into the dead letter queue's policy, "
        "without which events that fail are lost",
    )


def dead_letter_checks(
    config: DeadLetterConfig | None, module: Module, queue: DeadLetters | None
) -> Iterator[Check]:
    """That a trigger's dead letter queue, if the module makes it, and its policy are as the trigger says."""
    if queue is None:
        return
    if queue.queue is not None:
        address = f"aws_sqs_queue.{queue.label}"
        yield from checks(module, address, config, "message_retention_seconds", "kms_master_key_id")
    if queue.principal is not None:
        sender = ("ArnEquals", "aws:SourceArn", [queue.source_arn])
        listed = {"actions": iam_actions.DESTINATIONS["sqs"], "resources": [queue.arn]}
        yield from statement_checks(queue.label, queue.sid, [sender], **listed)
