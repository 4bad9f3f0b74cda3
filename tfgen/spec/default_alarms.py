"""Spec → its alarms: the default set, what each one of it follows from, and those of the spec's own."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from tfgen.expressions import Template
from tfgen.spec.alarms import DEFAULT, Alarm
from tfgen.spec.models import Spec
from tfgen.triggers import Trigger, is_asynchronous
from tfgen.triggers.base import service_of

_STREAMS = frozenset({"documentdb", "dynamodb", "kinesis"})


class Standard(NamedTuple):
    """An alarm of the default set: its metric, and what it says to whoever is on call.

    `threshold` is what it is in alarm from, in `unit`, or `percentage` that of what `of` names; without both,
    the spec has to say it.
    """

    name: str
    metric_name: str
    means: str
    first: str
    unit: str
    threshold: int | None = None
    percentage: int | None = None
    of: str = ""
    statistic: str = "Sum"
    namespace: str = "AWS/Lambda"
    evaluation_periods: int = 1


_LATE = 15 * 60  # seconds that messages and records may wait


def _set(*alarms: Standard) -> Mapping[str, Standard]:
    return {alarm.name: alarm for alarm in alarms}


STANDARD = _set(
    Standard(
        "errors",
        "Errors",
        "Calls of the function fail",
        "read the errors in the logs, and see what changed: the code, its input, or what it calls",
        "errors",
        threshold=1,
    ),
    Standard(
        "error_rate",
        "Errors",
        "A large share of the calls fails",
        "see when it began; if that was with a release, go back to the version before it",
        "% of the calls",
        threshold=5,
        evaluation_periods=2,
    ),
    Standard(
        "throttles",
        "Throttles",
        "Calls are turned away, since too many run at once",
        "see what calls so often; then raise the reservation, or the account's quota",
        "throttled calls",
        threshold=1,
    ),
    Standard(
        "duration",
        "Duration",
        "Calls take nearly as long as they may before they are cut off",
        "see in the slowest calls' logs what they wait for; then raise the timeout, or the memory",
        "milliseconds",
        percentage=80,
        of="the function's timeout",
        statistic="Maximum",
    ),
    Standard(
        "concurrent_executions",
        "ConcurrentExecutions",
        "Nearly as many calls run at once as are reserved for the function; beyond that they are turned away",
        "see whether calls became more, or slower; then raise the reservation",
        "calls at once",
        percentage=80,
        of="the function's reservation",
        statistic="Maximum",
    ),
    Standard(
        "provisioned_concurrency_spillover",
        "ProvisionedConcurrencySpilloverInvocations",
        "All environments that are kept ready are busy, and further calls wait for a cold start",
        "see whether calls became more, or slower; then provide more of them",
        "calls",
        threshold=1,
    ),
    Standard(
        "iterator_age",
        "IteratorAge",
        "The function is behind its stream; what is older than the stream keeps is lost",
        "look for errors that hold a batch up; then read with more parallelism, or in larger batches",
        "milliseconds",
        threshold=_LATE * 1000,
        statistic="Maximum",
    ),
    Standard(
        "offset_lag",
        "OffsetLag",
        "The function is behind its topic",
        "look for errors that hold a batch up; then read larger batches, or add partitions to the topic",
        "records",
        statistic="Maximum",
    ),
    Standard(
        "queue_age",
        "ApproximateAgeOfOldestMessage",
        "Messages wait long in the function's queue",
        "look for errors and throttles; then let more calls run at once, or take larger batches",
        "seconds",
        threshold=_LATE,
        statistic="Maximum",
        namespace="AWS/SQS",
    ),
    Standard(
        "dead_letters",
        "ApproximateNumberOfMessagesVisible",
        "The dead letter queue holds what failed for good, in the function or on the way to it",
        "read a message there, and the errors of its time or else the throttles and the permission; when "
        "that is mended, send the messages back",
        "messages",
        threshold=1,
        statistic="Maximum",
        namespace="AWS/SQS",
    ),
    Standard(
        "async_events_dropped",
        "AsyncEventsDropped",
        "Asynchronous events are dropped, too old or failed too often",
        "look for errors and throttles; what was dropped is where failures are sent to, if anywhere",
        "events",
        threshold=1,
    ),
    Standard(
        "async_event_age",
        "AsyncEventAge",
        "Asynchronous events wait long before the function gets them; in the end they are dropped",
        "look for throttles and errors, which both make events come again later",
        "milliseconds",
        percentage=25,
        of="the time that asynchronous events are kept",
        statistic="Maximum",
    ),
    Standard(
        "destination_failures",
        "DestinationDeliveryFailures",
        "Results or failures do not reach their destination, and are lost",
        "see that the destination is there, and that role, policies and keys let the function send to it",
        "events",
        threshold=1,
    ),
    Standard(
        "dead_letter_errors",
        "DeadLetterErrors",
        "Events that failed do not reach the dead letter target, and are lost",
        "see that the target is there, and that role, policies and keys let the function send to it",
        "events",
        threshold=1,
    ),
    Standard(
        "http_5xx",
        "5xx",
        "Requests are answered with a server error",
        "read the errors in the logs; without any, see the response's form, the timeout and the permission",
        "5xx answers",
        threshold=1,
    ),
    Standard(
        "url_5xx",
        "Url5xxCount",
        "Requests to the function's URL are answered with a server error",
        "read the errors in the logs; without any, see the response's form and the timeout",
        "5xx answers",
        threshold=1,
    ),
    Standard(
        "invocations",
        "Invocations",
        "The function is called more often than there is a budget for",
        "see what calls it, and whether it is called in a circle; a reservation limits the cost",
        "calls",
    ),
)


class Source(NamedTuple):
    """What an alarm looks at beside the function: a trigger's queue or API, or with None the function's own
    queue. Where `certain` is false, only the caller knows whether it is of the right kind."""

    trigger: Trigger | None
    certain: bool = True


class Made(NamedTuple):
    """An alarm that a spec makes; `standard` is None for one of the spec's own."""

    name: str
    standard: Standard | None
    settings: Alarm
    source: Source | None = None


def made(spec: Spec) -> tuple[Made, ...]:
    """The alarms of a spec, those of the default set before its own."""
    found: list[Made] = []
    asked = spec.alarms
    for kind in STANDARD.values():
        for name, source in sources(spec, kind.name).items():
            said = asked.get(name, asked.get(kind.name))
            if said is None:
                certain = source is None or source.certain
                said = asked.get(DEFAULT) is True and certain and follows(spec, kind.name)
            if said is not False:
                found.append(Made(name, kind, Alarm() if said is True else said, source))
    names = {alarm.name for alarm in found}
    own = [name for name in asked if name not in names and not is_standard(spec, name)]
    found += [Made(name, None, said) for name in own if isinstance(said := asked[name], Alarm)]
    return tuple(found)


def uncertain(spec: Spec) -> dict[str, str]:
    """The alarms that the default set leaves out, since only the caller knows whether there is a queue: their
    names, and the key whose ARN it is."""
    keys = {
        "dead_letters": "dead_letter_config.target_arn",
        "queue_age": "event_source_mapping.event_source_arn",
    }
    return {
        name: key
        for kind, key in keys.items()
        for name, source in sources(spec, kind).items()
        if source is not None and not source.certain and name not in spec.alarms and kind not in spec.alarms
    }


def alarm_names(spec: Spec) -> tuple[str, ...]:
    """The names of the alarms that a spec makes, which are also their resources' labels, in their order."""
    return tuple(alarm.name for alarm in made(spec))


def is_standard(spec: Spec, name: str) -> bool:
    """Whether a name is one of the default set, or of a source's alarm in it."""
    return name == DEFAULT or name in STANDARD or any(name in sources(spec, kind) for kind in _SOURCES)


def sources(spec: Spec, kind: str) -> dict[str, Source | None]:
    """The alarms that there may be of a kind: their names, and what each one looks at.

    With several sources, each one's alarm has the trigger's label behind it.
    """
    if kind not in _SOURCES:
        return {kind: None}
    found = list(_SOURCES[kind](spec))
    if len(found) == 1:
        return {kind: found[0]}
    return {f"{kind}_{source.trigger.label}" if source.trigger else kind: source for source in found}


def _queues(spec: Spec) -> Iterator[Source]:
    mapping = spec.event_source_mapping
    # Only streams are read from a position.
    if mapping is not None and mapping.starting_position is None:
        service = service_of(mapping.event_source_arn)
        if service in {"sqs", None} or "-" in service:  # an expression, or a part of one
            yield Source(None, service == "sqs")
    yield from (Source(trigger) for trigger in spec.triggers if trigger.type == "sqs")


def _dead_letters(spec: Spec) -> Iterator[Source]:
    if spec.dead_letter_config:
        service = service_of(spec.dead_letter_config.target_arn)
        if service != "sns":
            yield Source(None, service == "sqs")
    for trigger in spec.triggers:
        if getattr(trigger, "create", None) or getattr(trigger, "dead_letter_config", None):
            yield Source(trigger)


def _apis(spec: Spec) -> Iterator[Source]:
    for trigger in spec.triggers:
        # An API that is there may have other functions' routes, and its errors be theirs.
        existing = getattr(trigger, "api_id", None) or getattr(trigger, "rest_api_id", None)
        if trigger.type in {"alb", "api_gateway", "http_api"} and not existing:
            yield Source(trigger)


_SOURCES: Mapping[str, Callable[[Spec], Iterator[Source]]] = {
    "queue_age": _queues,
    "dead_letters": _dead_letters,
    "http_5xx": _apis,
}


def follows(spec: Spec, kind: str) -> bool:
    """Whether an alarm of the default set follows from the function, if nothing is said about it."""
    return kind not in _NAMED_ONLY and (kind not in _FOLLOWS or _FOLLOWS[kind](spec))


_NAMED_ONLY = frozenset(kind.name for kind in STANDARD.values() if kind.threshold is kind.percentage is None)


def is_reserved(spec: Spec) -> bool:
    """Whether the spec reserves concurrency; -1 and 0 are no reservation to come near to."""
    reserved = spec.reserved_concurrent_executions
    return isinstance(reserved, Template) or (reserved is not None and reserved > 0)


def _is_stream(spec: Spec) -> bool:
    mapping = spec.event_source_mapping
    if mapping is not None:
        service = service_of(mapping.event_source_arn)
        # Only streams are read from a position.
        if service in {"dynamodb", "kinesis"} or mapping.starting_position is not None:
            return True
    return any(trigger.type in _STREAMS for trigger in spec.triggers)


def _is_asynchronous(spec: Spec) -> bool:
    return spec.asynchronous is not None or any(map(is_asynchronous, spec.triggers))


def _has_destination(spec: Spec) -> bool:
    mapping = spec.event_source_mapping
    places = [spec.asynchronous, mapping and mapping.destination_config, *spec.triggers]
    return any(
        getattr(place, key, None) is not None for place in places for key in ("on_success", "on_failure")
    )


_FOLLOWS: Mapping[str, Callable[[Spec], bool]] = {
    # Of one, each call takes up all.
    "concurrent_executions": lambda spec: is_reserved(spec) and spec.reserved_concurrent_executions != 1,
    "provisioned_concurrency_spillover": lambda spec: spec.provisioned_concurrency_config is not None,
    "iterator_age": _is_stream,
    "async_events_dropped": _is_asynchronous,
    "async_event_age": _is_asynchronous,
    "destination_failures": _has_destination,
    "dead_letter_errors": lambda spec: spec.dead_letter_config is not None,
    "url_5xx": lambda spec: spec.function_url is not None,
}
