"""Rules about invocation."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.expressions import Reference, Template
from tfgen.iam_actions import ASYNC_DESTINATIONS
from tfgen.schema.places import Text
from tfgen.spec.invocation import ON_FAILURE, ON_SUCCESS
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules

_FUNCTION = Reference("function", "arn")


def _at(code: str, summary: str, hint: str, *path: str, key: bool = True) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(path, key=key))


def _destinations(spec: Spec) -> Iterator[tuple[str, Text]]:
    section = spec.asynchronous
    for key in ("on_success", "on_failure") if section else ():
        destination: Text | None = getattr(section, key)
        if destination is not None:
            yield key, destination


def _async(spec: Spec) -> Iterator[Diagnostic]:
    if spec.asynchronous is not None and not spec.asynchronous.model_fields_set:
        hint = "add `on_failure`, or another of its keys, or remove it"
        yield _at("TFG310", "`async` is empty", hint, "async")


def _services(spec: Spec) -> Iterator[Diagnostic]:
    """What is known of destinations that are expressions; texts are held to their patterns."""
    from tfgen.triggers.event_source import destination_findings  # here, for few specs need it

    for key, destination in _destinations(spec):
        form = ON_SUCCESS.form if key == "on_success" else ON_FAILURE.form
        allowed = ASYNC_DESTINATIONS.keys() - ({"s3"} if key == "on_success" else set())
        for found in destination_findings(key, destination, allowed, form):
            yield found._replace(location=Node(("async", key)))


def _circles(spec: Spec) -> Iterator[Diagnostic]:
    read = _sources(spec)
    for key, destination in _destinations(spec):
        if str(destination) in read:
            summary = f"`{key}` goes to {read[str(destination)]}, and so to this function"
            yield _at("TFG319", summary, "name another destination", "async", key, key=False)
        elif _is_itself(destination, spec):
            summary = f"`{key}` is this function itself, which each record would invoke again"
            # One of another account or region may have its name.
            code = "TFG319" if isinstance(destination, Template) else "TFG344"
            yield _at(code, summary, "name another destination", "async", key, key=False)


def _dead_letters(spec: Spec) -> Iterator[Diagnostic]:
    """Events that the function failed on, which it would get again."""
    target = spec.dead_letter_config and str(spec.dead_letter_config.target_arn)
    where = _sources(spec).get(target) if target else None
    if where:
        summary = f"`target_arn` is {where}, and so dead letters would come back to this function"
        hint = "name another queue or topic"
        yield _at("TFG319", summary, hint, "dead_letter_config", "target_arn", key=False)


def _sources(spec: Spec) -> dict[str, str]:
    """The topics and queues whose messages all come to the function, each with its place in words."""
    found: dict[str, str] = {}
    mapping = spec.event_source_mapping
    if mapping is not None and mapping.filter_criteria is None:
        found[str(mapping.event_source_arn)] = "the queue of `event_source_mapping`"
    for index, trigger in enumerate(spec.triggers):
        # A filter could keep the records out.
        for key, filters in (("topic_arn", "filter_policy"), ("queue_arn", "filters")):
            arn = getattr(trigger, key, None) if trigger.type in {"sns", "sqs"} else None
            if arn is not None and not getattr(trigger, filters, None):
                found[str(arn)] = f"the {key.removesuffix('_arn')} of `triggers[{index}]`"
    return found


def _is_itself(destination: Text, spec: Spec) -> bool:
    if isinstance(destination, Template) and _FUNCTION in destination.references:
        return True
    known = str(destination).replace("${function.name}", str(spec.function_name)).split(":")
    return known[2:3] == ["lambda"] and known[5:6] == ["function"] and known[6:7] == [str(spec.function_name)]


def _runtime(spec: Spec) -> Iterator[Diagnostic]:
    key, section = "runtime_management_config", spec.runtime_management_config
    if section is None:
        return
    if spec.package_type == "Image":
        hint = "remove it: an image brings its runtime, and is built anew to update it"
        yield _at("TFG301", f"`{key}` belongs to package_type Zip, not Image", hint, key)
    mode, arn = section.update_runtime_on, section.runtime_version_arn
    if mode == "Manual" and arn is None:
        hint = "add the version to stay on, which the function's INIT_START log lines tell"
        yield _at("TFG309", "`update_runtime_on: Manual` needs `runtime_version_arn`", hint, key)
    elif arn is not None and mode in {"Auto", "FunctionUpdate"}:
        summary = f"`runtime_version_arn` says nothing beside `update_runtime_on: {mode}`"
        hint = "remove it, or write `update_runtime_on: Manual`"
        yield _at("TFG310", summary, hint, key, "runtime_version_arn")


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _async: ("async",),
    _services: ("async",),
    _circles: ("async", "triggers", "event_source_mapping", "function_name"),
    _dead_letters: ("dead_letter_config", "triggers", "event_source_mapping"),
    _runtime: ("runtime_management_config", "package_type"),
}
