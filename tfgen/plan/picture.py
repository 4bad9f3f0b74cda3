"""Spec → the picture of what flows through its function, and what the boxes of it are in the account."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tfgen.plan.model import Edge, FeaturePlan, Kind, Node, Picture
from tfgen.plan.words import log_group, text
from tfgen.spec.models import Spec
from tfgen.triggers.base import TriggerPlan

_AWS = re.compile(r"\$\{aws\.[a-z_]+\}")
_OWN = "arn:${aws.partition}:sqs:${aws.region}:${aws.account_id}:"
# What an account has by the words of a trigger alone; of the others, only an ARN tells which one is meant.
_BY_WORDS = {"api_gateway", "cloudwatch_logs", "eventbridge", "http_api", "s3"}
# Whose targets are sent something; the others' are read, written or run.
_SENDING = {"async", "subscription_filters"}


def picture(spec: Spec, triggers: Sequence[TriggerPlan], features: Sequence[FeaturePlan]) -> Picture:
    """What invokes the function, what it reaches, and where what failed goes."""
    nodes = [_function(spec)]
    edges: list[Edge] = []

    def add(node: Node, what: str, *, to: str = "", since: str = "") -> None:
        nodes.append(node)
        edges.append(Edge(node.id, what, to) if to else Edge(since or "n_function", what, node.id))

    for trigger in triggers:
        add(_source(trigger, spec), trigger.verb, to="n_function")
        if trigger.failures:
            add(_failures(trigger, spec), "what failed", since=f"t_{trigger.label}")
    if mapping := spec.event_source_mapping:
        add(_node("n_source", mapping.event_source_arn, "source"), "invokes", to="n_function")
        on_failure = mapping.destination_config and mapping.destination_config.on_failure
        if on_failure:
            add(_node("n_on_failure", on_failure.destination_arn, "destination"), "failed records")
    if spec.dead_letter_config:
        add(_node("n_dead_letters", spec.dead_letter_config.target_arn, "destination"), "dead letters")
    if spec.file_system_config:
        add(_node("n_file_system", spec.file_system_config.local_mount_path, "resource"), "files")
    for feature in features:
        for number, caller in enumerate(feature.callers):
            add(_node(f"c_{feature.key}_{number}", caller.label, "caller"), caller.what, to="n_function")
        for number, target in enumerate(feature.targets):
            kind: Kind = "destination" if feature.key in _SENDING else "resource"
            add(_node(f"s_{feature.key}_{number}", target.label, kind), target.what)
    add(_logs(spec), "logs")
    return Picture(tuple(nodes), tuple(edges))


def _node(node_id: str, said: object, kind: Kind) -> Node:
    return Node(node_id, text(said), kind, _by_arn(text(said)))


def _function(spec: Spec) -> Node:
    name = spec.function_name
    thing = f"Lambda function {name}" if isinstance(name, str) else ""
    return Node("n_function", text(name) or spec.name or "", "function", thing, spec.name or "")


def _logs(spec: Spec) -> Node:
    name = spec.logging_config and spec.logging_config.log_group
    if name is None and isinstance(spec.function_name, str):
        name = f"/aws/lambda/{spec.function_name}"
    return Node("n_logs", log_group(spec), "log_group", f"Log group {name}" if isinstance(name, str) else "")


def _source(trigger: TriggerPlan, spec: Spec) -> Node:
    words = trigger.source
    thing = _by_arn(words)
    if trigger.type == "sqs" and trigger.arguments["queue"] is not None:
        thing = _made(trigger, trigger.label, spec)
    elif not thing and trigger.type in _BY_WORDS and _is_known(words):
        # An API that the module makes goes by the trigger's label, which others may have too.
        thing = "" if words.endswith(f" API {trigger.label}") else words
    return Node(f"t_{trigger.label}", words, "caller" if trigger.type == "permission" else "source", thing)


def _failures(trigger: TriggerPlan, spec: Spec) -> Node:
    own = f"{trigger.label}_dead_letters"
    is_made = trigger.failures == f"SQS queue {own}"
    thing = _made(trigger, own, spec) if is_made else _by_arn(trigger.failures)
    return Node(f"f_{trigger.label}", trigger.failures, "destination", thing)


def _made(trigger: TriggerPlan, key: str, spec: Spec) -> str:
    """What a queue that the module makes is for others; nothing where its name is not known, or is cut."""
    from tfgen.triggers.queues import (
        FIFO,
        QUEUE_NAME,
    )  # here, since most functions have no queue of their own

    if not isinstance(spec.function_name, str):
        return ""
    queue = trigger.arguments.get("queue")
    name = f"{spec.function_name}-{key.replace('_', '-')}{FIFO if queue and queue['fifo_queue'] else ''}"
    return f"{_OWN}{name}" if len(name) <= QUEUE_NAME else ""


def _by_arn(words: str) -> str:
    """What an ARN stands for that words end with. Services whose names say enough are told by these, since
    a trigger may give the name where another section gives the ARN."""
    arn = words.rpartition(" ")[2]
    parts = arn.split(":", 5)
    if parts[0] != "arn" or len(parts) < 6 or not _is_known(arn):
        return ""
    service, region, account, resource = parts[2:]
    kind, _, name = re.sub("[:/]", "/", resource, count=1).partition("/")
    is_own = (region, account) == ("${aws.region}", "${aws.account_id}")
    if service == "s3" and not account:
        return f"S3 bucket {kind}"
    if service == "lambda" and kind == "function":
        return f"Lambda function {name.partition(':')[0]}"
    if service == "events" and kind == "event-bus" and is_own:
        return f"EventBridge {'default bus' if name == 'default' else name}"
    if service == "logs" and kind == "log-group" and is_own:
        return f"Log group {name.partition(':')[0]}"
    if service == "dynamodb" and kind == "table":  # also that of its stream, or of an index
        return f"{':'.join(parts[:5])}:table/{name.partition('/')[0]}"
    return arn


def _is_known(words: str) -> bool:
    """Whether words mean the same in each module of one account and region: what callers give may differ."""
    return "${" not in _AWS.sub("", words)
