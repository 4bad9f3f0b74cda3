"""SQS: a queue that is there, or one that the module makes with its dead letter queue."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen import iam_actions
from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Ref, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text, Texts
from tfgen.schema.section import Section
from tfgen.triggers.base import Function, Module, Output, Statement, TriggerPlan, at, text
from tfgen.triggers.checks import Check, checks
from tfgen.triggers.event_source import EventSource, decrypt, filter_notes, mapping, mapping_checks
from tfgen.triggers.queues import LONGEST_RETENTION, MESSAGE_RETENTION, queue_name

# sqs.CreateQueue's documented attribute limits; the API model has none.
DELAY = b.number(0, 900, "seconds")
MAX_MESSAGE_SIZE = b.number(1024, 262144, "bytes")  # what provider 5.100 accepts; SQS now takes 1 MiB
RECEIVE_WAIT_TIME = b.number(0, 20, "seconds")
VISIBILITY_TIMEOUT = b.number(0, 43200, "seconds")
KEY_REUSE_PERIOD = b.number(60, 86400, "seconds")
MAX_RECEIVE_COUNT = b.number(1, 1000)
DEDUPLICATION_SCOPE = b.choice("messageGroup", "queue")
FIFO_THROUGHPUT_LIMIT = b.choice("perQueue", "perMessageGroupId")

_FIFO_ONLY = ("content_based_deduplication", "deduplication_scope", "fifo_throughput_limit")
_FIFO_BATCH = 10  # Lambda's documented limits for FIFO queues: this, and no batching window
# Lambda's developer guide: six times the function's timeout, and the batching window on top.
_TIMEOUTS = 6


class ScalingConfig(Section):
    """How far the queue may scale the function."""

    maximum_concurrency: Annotated[Number, Place(b.MAXIMUM_CONCURRENCY)] = Field(
        description="Most concurrent executions for this queue"
    )


class DeadLetterQueue(Section):
    """The dead letter queue of the queue that the module makes."""

    max_receive_count: Annotated[Number, Place(MAX_RECEIVE_COUNT)] = Field(
        5, description="How often a message is tried before it goes there"
    )
    message_retention_seconds: Annotated[Number, Place(MESSAGE_RETENTION)] = Field(
        LONGEST_RETENTION, description="How long it keeps messages"
    )


class Create(Section):
    """The queue that the module makes."""

    fifo_queue: Annotated[bool, Place(b.STATIC_FLAG)] = Field(False, description="Whether it is a FIFO queue")
    content_based_deduplication: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether equal messages are one; FIFO only"
    )
    deduplication_scope: Annotated[Text | None, Place(DEDUPLICATION_SCOPE)] = Field(
        None, description="Where equal messages are one; FIFO only"
    )
    fifo_throughput_limit: Annotated[Text | None, Place(FIFO_THROUGHPUT_LIMIT)] = Field(
        None, description="What the throughput limit is for; FIFO only"
    )
    visibility_timeout_seconds: Annotated[Number | None, Place(VISIBILITY_TIMEOUT)] = Field(
        None,
        description="How long a message that is being worked on stays hidden; if not given, six times the "
        "function's timeout and the batching window",
    )
    message_retention_seconds: Annotated[Number | None, Place(MESSAGE_RETENTION)] = Field(
        None, description="How long it keeps messages"
    )
    delay_seconds: Annotated[Number | None, Place(DELAY)] = Field(
        None, description="How long a new message stays hidden"
    )
    max_message_size: Annotated[Number | None, Place(MAX_MESSAGE_SIZE)] = Field(
        None, description="Largest message in bytes"
    )
    receive_wait_time_seconds: Annotated[Number | None, Place(RECEIVE_WAIT_TIME)] = Field(
        None, description="How long a request waits for messages"
    )
    kms_master_key_id: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts it; SQS's own key if not given"
    )
    kms_data_key_reuse_period_seconds: Annotated[Number | None, Place(KEY_REUSE_PERIOD)] = Field(
        None, description="How long a data key is used again"
    )
    dead_letter_queue: DeadLetterQueue = Field(
        DeadLetterQueue(), description="Where messages go that failed too often"
    )


class Sqs(EventSource):
    """An SQS queue whose messages invoke the function."""

    type: Literal["sqs"] = Field(description="Kind of the trigger")
    queue_arn: Annotated[Text | None, Place(b.QUEUE_ARN)] = Field(None, description="ARN of the queue")
    create: Create | None = Field(None, description="A queue of the module's own, instead of `queue_arn`")
    queue_kms_key_arn: Annotated[Text | None, Place(b.KMS_KEY)] = Field(
        None, description="ARN of the KMS key that encrypts the queue at `queue_arn`, if there is one"
    )
    function_response_types: Annotated[Texts | None, Place(b.FUNCTION_RESPONSE_TYPES)] = Field(
        None, description="ReportBatchItemFailures: the function says which messages failed"
    )
    scaling_config: ScalingConfig | None = Field(None, description="Concurrency limit of the queue")

    content = ("body",)
    role_keys = ("queue_kms_key_arn",)

    @property
    def source(self) -> object | None:
        return self.queue_arn

    @property
    def fifo(self) -> bool:
        """Whether it is a FIFO queue, as far as the spec says."""
        return self.create.fifo_queue if self.create else text(self.queue_arn).endswith(".fifo")

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from super().findings(function)
        given = self.model_fields_set
        if len({"queue_arn", "create"} & given) != 1:
            has = "has both `queue_arn` and" if "create" in given else "has neither `queue_arn` nor"
            hint = "give the ARN of a queue, or `create: {}` and the module makes one"
            yield at("TFG310", f"the trigger {has} `create`", hint)
        if self.create and "queue_kms_key_arn" in given:
            hint = "move it to `create.kms_master_key_id`"
            yield at(
                "TFG310", "`queue_kms_key_arn` is about `queue_arn`", hint, "queue_kms_key_arn", key=True
            )
        yield from self._batch()
        if self.create:
            yield from self._created(self.create, function)

    def _batch(self) -> Iterator[Diagnostic]:
        size, window = self.batch_size, self.maximum_batching_window_in_seconds
        if self.fifo:
            if isinstance(size, int) and size > _FIFO_BATCH:
                hint = f"a batch has at most {_FIFO_BATCH} messages"
                yield at("TFG312", f"`batch_size` is {size} for a FIFO queue", hint, "batch_size")
            if isinstance(window, int) and window:
                key = "maximum_batching_window_in_seconds"
                yield at("TFG312", f"`{key}` is not for FIFO queues", "remove it", key, key=True)
        elif isinstance(size, int) and size > _FIFO_BATCH and window in (None, 0):
            hint = "add `maximum_batching_window_in_seconds: 1` or more"
            yield at("TFG312", f"`batch_size` is {size}, which needs a batching window", hint, "batch_size")

    def _created(self, queue: Create, function: Function) -> Iterator[Diagnostic]:
        for key in _FIFO_ONLY:
            if key in queue.model_fields_set and not queue.fifo_queue:
                hint = "add `fifo_queue: true`, or remove it"
                yield at("TFG312", f"`{key}` is for FIFO queues", hint, "create", key, key=True)
        scope = queue.deduplication_scope
        if queue.fifo_throughput_limit == "perMessageGroupId" and scope in (None, "queue"):
            summary = "`fifo_throughput_limit: perMessageGroupId` needs `deduplication_scope: messageGroup`"
            yield at("TFG312", summary, "add it", "create", "fifo_throughput_limit")
        key = "kms_data_key_reuse_period_seconds"
        if key in queue.model_fields_set and queue.kms_master_key_id is None:
            hint = "add `kms_master_key_id`, or remove it"
            yield at("TFG309", f"`{key}` needs a key of yours", hint, "create", key, key=True)
        window = self.maximum_batching_window_in_seconds or 0
        visible = queue.visibility_timeout_seconds
        if isinstance(visible, int) and isinstance(function.timeout, int) and isinstance(window, int):
            least = _TIMEOUTS * function.timeout + window
            summary = f"`visibility_timeout_seconds` is {visible}, the function's timeout {function.timeout}"
            asked = f"{least}, six times the timeout and the batching window; left out, it is computed"
            where = ("create", "visibility_timeout_seconds")
            if visible < function.timeout:
                hint = f"Lambda refuses to read such a queue: write at least {asked}"
                yield at("TFG313", summary, hint, *where)
            elif visible < least:
                hint = f"messages come again while they are tried anew: AWS asks for at least {asked}"
                yield at("TFG350", summary, hint, *where)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        label = self.label
        queue = f"aws_sqs_queue.{label}"
        arn = module.hcl(self.queue_arn) or Ref(f"{queue}.arn")
        key = self.create.kms_master_key_id if self.create else self.queue_kms_key_arn
        outputs: tuple[Output, ...] = ()
        if self.create:
            outputs = (
                Output(f"{label}_queue_arn", f"ARN of the queue of {label}", arn),
                Output(
                    f"{label}_queue_url", f"URL of the queue of {label}", Ref(f"aws_sqs_queue.{label}.url")
                ),
                Output(
                    f"{label}_dead_letters_arn",
                    f"ARN of the dead letter queue of {label}",
                    Ref(f"{queue}_dead_letters.arn"),
                ),
            )
        read = Statement(
            "Read",
            "read and delete the queue's messages",
            to_hcl(iam_actions.EVENT_SOURCES["sqs"]),
            Hcl(f"[{arn}]"),
        )
        return TriggerPlan(
            self.type,
            label,
            f"SQS queue {text(self.queue_arn) or label}",
            {
                "mapping": mapping(self, module, event_source_arn=arn),
                "queue": self.create and self._queue(self.create, module),
            },
            statements=(read, *decrypt(module, key)),
            outputs=outputs,
            notes=filter_notes(self),
            verb="is read for",
            failures=f"SQS queue {label}_dead_letters" if self.create else "",
            checks=tuple(self._checks(module)),
        )

    def _checks(self, module: Module) -> Iterator[Check]:
        yield from mapping_checks(self, module, queue_arn="event_source_arn")
        queue, address = self.create, f"aws_sqs_queue.{self.label}"
        if queue:
            names = [name for name in Create.model_fields if name != "dead_letter_queue"]
            yield from checks(module, address, queue, *names)
            dead = f"{address}_dead_letters"
            yield from checks(module, dead, queue.dead_letter_queue, "message_retention_seconds")
            yield from checks(module, dead, queue, "fifo_queue", "kms_master_key_id")

    def _queue(self, queue: Create, module: Module) -> dict[str, Hcl | None]:
        """The arguments of the queue that the module makes, and of its dead letter queue."""
        timeout = module.address("timeout")
        window = module.hcl(self.maximum_batching_window_in_seconds)
        least = Hcl(f"{_TIMEOUTS} * {timeout}" + (f" + {window}" if window else ""))
        given = {
            name: module.hcl(getattr(queue, name))
            for name in Create.model_fields
            if name not in {"dead_letter_queue", "fifo_queue", "visibility_timeout_seconds"}
        }
        dead = queue.dead_letter_queue
        return {
            **given,
            "name": to_hcl(queue_name(module, self.label, fifo=queue.fifo_queue)),
            "fifo_queue": to_hcl(True) if queue.fifo_queue else None,
            "visibility_timeout_seconds": module.hcl(queue.visibility_timeout_seconds) or least,
            # What the spec says is held to the timeout that the caller may choose.
            "timeout": module.address("timeout") if queue.visibility_timeout_seconds is not None else None,
            "dead_letters_name": to_hcl(
                queue_name(module, f"{self.label}_dead_letters", fifo=queue.fifo_queue)
            ),
            "dead_letters_retention": module.hcl(dead.message_retention_seconds),
            "max_receive_count": module.hcl(dead.max_receive_count),
        }
