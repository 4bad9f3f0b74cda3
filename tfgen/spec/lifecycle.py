"""Rules about what a day changes: what AWS and the provider take of runtimes, and schedules that are over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tfgen import runtimes
from tfgen.diagnostics import DataPath, Diagnostic, Fix, Node
from tfgen.expressions import Template
from tfgen.spec.layers import Layer
from tfgen.spec.models import Spec

if TYPE_CHECKING:
    from tfgen.runtimes import Runtime

#: The top-level keys that these rules look at.
LOOKED_AT = frozenset({"layers", "package_type", "runtime", "terraform", "variables"})
# Where a schedule says its last day, or the years of a cron expression: a list of years and ranges.
_LAST = (
    r"(?:at\()?(?P<day>[0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9:]{8}[Z)]?"
    r"|cron\((?:\S+\s+){5}(?P<years>[0-9]{4}(?:[,-][0-9]{4})*)\)"
)
#: How long before the end of support AWS begins to tell of it: "at least 180 days before deprecation".
_NOTICE = timedelta(days=180)


def check(spec: Spec, as_of: date | None) -> Iterator[Diagnostic]:
    """What is to be said of a spec on a day, or without one, of the runtimes that the provider takes alone.

    An image brings a runtime of its own.
    """
    if as_of is not None:
        yield from _schedules(spec, as_of)
    if spec.package_type == "Image":
        return
    of_function = dict(_runtimes(spec, spec.runtime, ("runtime",)))
    of_layers = {
        path: runtime
        for index, layer in enumerate(spec.layers if isinstance(spec.layers, tuple) else ())
        if isinstance(layer, Layer)
        for path, runtime in _runtimes(
            spec, layer.compatible_runtimes, ("layers", index, "compatible_runtimes")
        )
    }
    for path, runtime in (of_function | of_layers).items():
        yield from _provider(runtime, spec, path)
    if as_of is None:
        return
    for path, runtime in of_function.items():
        yield from _support(runtime, spec, path, as_of)


def _schedules(spec: Spec, as_of: date) -> Iterator[Diagnostic]:
    """Schedules whose last moment has passed, in all time zones: they never invoke the function again."""
    passed = (as_of - timedelta(days=1)).isoformat()
    for index, trigger in enumerate(spec.triggers):
        if trigger.type != "schedule":
            continue
        for key in ("schedule_expression", "end_date"):
            value = getattr(trigger, key)
            last = re.fullmatch(_LAST, value) if isinstance(value, str) else None
            # Of a cron expression, the year alone.
            until = last and (last["day"] or max(last["years"].replace("-", ",").split(",")))
            if until and until < passed[: len(until)]:
                what = f"the schedule's last moment is `{value}`, which has passed"
                hint = "write a later one, or remove the trigger"
                yield Diagnostic("TFG606", what, hint, Node(("triggers", index, key)))


def _runtimes(spec: Spec, value: object, path: DataPath) -> Iterator[tuple[DataPath, Runtime]]:
    """The runtimes that a value names, with their places; for an input variable, those of its default."""
    if isinstance(value, Template):
        reference = value.whole
        described = spec.variables.get(reference.name) if reference and reference.root == "var" else None
        if reference is None or described is None:
            return
        value, path = described.default, ("variables", reference.name, "default")
    items = [(path, value)] if isinstance(value, str) else []
    if isinstance(value, list | tuple):
        items = [((*path, index), item) for index, item in enumerate(value)]
    for where, item in items:
        if item in runtimes.names():
            yield where, runtimes.runtime(item)


def _provider(runtime: Runtime, spec: Spec, path: DataPath) -> Iterator[Diagnostic]:
    constraint = spec.terraform.aws_provider_version
    if runtime.provider is None or runtime.is_accepted(constraint):
        return
    summary = f"no AWS provider version that `{constraint}` allows accepts `{runtime.name}`"
    hint = f"the first that does is {_dotted(runtime)}: {_widen(runtime)}"
    yield Diagnostic("TFG605", summary, hint, Node(path))


def _support(runtime: Runtime, spec: Spec, path: DataPath, as_of: date) -> Iterator[Diagnostic]:
    """The strongest of what there is to say."""
    name, ends = f"`{runtime.name}`", f"from {runtime.update_block} on it updates none"
    blocked = f"from {runtime.create_block} on AWS makes no new functions with it, {ends}"
    if as_of >= runtime.update_block:
        code = "TFG604"
        summary = (
            f"AWS has made no new functions with {name} since {runtime.create_block}, "
            f"and has updated none since {runtime.update_block}"
        )
    elif as_of >= runtime.create_block:
        code, summary = (
            "TFG603",
            f"AWS has made no new functions with {name} since {runtime.create_block}; {ends}",
        )
    elif as_of >= runtime.deprecated:
        code, summary = "TFG601", f"{name} has been deprecated since {runtime.deprecated}; {blocked}"
    elif as_of >= runtime.deprecated - _NOTICE:
        code, summary = "TFG602", f"support for {name} ends on {runtime.deprecated}; {blocked}"
    else:
        return
    newest = _newest(runtime, spec, as_of)
    # What is still supported may stay, so that no program should change it by itself.
    fix = Fix(newest.name) if newest and code != "TFG602" else None
    yield Diagnostic(code, summary, _advice(runtime, newest, spec, as_of), Node(path), fix)


def _newest(runtime: Runtime, spec: Spec, as_of: date) -> Runtime | None:
    """The newest runtime of the family that AWS supports and the module's provider accepts."""
    newer = [
        other
        for other in map(runtimes.runtime, runtimes.names())
        if other.family == runtime.family
        and other.version > runtime.version
        and as_of < other.deprecated
        and other.is_accepted(spec.terraform.aws_provider_version)
    ]
    return max(newer, key=lambda other: other.version, default=None)


def _advice(runtime: Runtime, newest: Runtime | None, spec: Spec, as_of: date) -> str:
    hints = [f"change it to `{newest.name}`"] if newest else []
    successor = runtimes.runtime(runtime.successor) if runtime.successor else None
    if successor and successor != newest and as_of < successor.deprecated:
        if not successor.is_accepted(spec.terraform.aws_provider_version):
            lead, and_ = ("for", "") if newest else ("change it to", "and ")
            hints.append(f"{lead} `{successor.name}`, {and_}{_widen(successor)}")
        elif successor.family != runtime.family:
            hints.append(f"move to `{successor.name}`, which needs another package")
    return "; ".join(hints) or "no runtime that follows it is known"


def _dotted(runtime: Runtime) -> str:
    return ".".join(map(str, runtime.provider or ()))


def _widen(runtime: Runtime) -> str:
    """What to write so that the module's provider accepts a runtime."""
    major_and_minor = _dotted(runtime).rpartition(".")[0]
    return f'write `aws_provider_version: "~> {major_and_minor}"` below `terraform`'
