"""A project's policy → rules that each of its specs is held to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from tfgen.diagnostics import Diagnostic, Node
from tfgen.spec import Spec, Standards

if TYPE_CHECKING:
    from tfgen.project.model import Policy


@cache
def standards(policy: Policy) -> Standards:
    """What a policy asks of specs, and what becomes of what is found in them."""

    def bound(rule: Callable[[Spec, Policy], Iterator[Diagnostic]]) -> Callable[[Spec], Iterator[Diagnostic]]:
        return lambda spec: rule(spec, policy)

    codes = policy.codes
    rules = tuple(bound(rule) for key, rule in _RULES.items() if key in policy.model_fields_set)
    return Standards(rules, codes.select, codes.ignore, codes.error)


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = False) -> Diagnostic:
    return Diagnostic(code, summary, f"{hint}: the project's policy asks for it", Node(path, key=key))


def _required_tags(spec: Spec, policy: Policy) -> Iterator[Diagnostic]:
    for tag in policy.required_tags:
        if tag not in spec.tags:
            # Of the spec as a whole: its other tags may all be the project's.
            yield _at("TFG801", f"the tag `{tag}` is missing", f"add `{tag}` to `tags`")


def _runtimes(spec: Spec, policy: Policy) -> Iterator[Diagnostic]:
    if isinstance(spec.runtime, str) and spec.runtime not in policy.runtimes:
        hint = f"choose one of {', '.join(policy.runtimes)}"
        yield _at("TFG802", f"the runtime `{spec.runtime}` is not allowed", hint, "runtime")


def _architectures(spec: Spec, policy: Policy) -> Iterator[Diagnostic]:
    for index, one in enumerate(spec.architectures if isinstance(spec.architectures, tuple) else ()):
        if isinstance(one, str) and one not in policy.architectures:
            hint = f"set `architectures: [{policy.architectures[0]}]`"
            summary = f"the architecture `{one}` is not allowed"
            is_said = "architectures" in spec.model_fields_set
            yield _at("TFG803", summary, hint, *(("architectures", index) if is_said else ("architectures",)))


def _retention(spec: Spec, policy: Policy) -> Iterator[Diagnostic]:
    days, least = spec.log_retention_in_days, policy.minimum_log_retention_in_days
    # 0 keeps them for ever.
    if spec.log_group.create and least and isinstance(days, int) and 0 < days < least:
        summary = f"the logs are kept for {days} days, less than {least}"
        yield _at("TFG804", summary, "raise `log_retention_in_days`", "log_retention_in_days")


def _boundary(spec: Spec, policy: Policy) -> Iterator[Diagnostic]:
    """Roles that the module makes; another's role is for whoever made it."""
    wanted = policy.permissions_boundary
    if spec.execution_role_arn is None and spec.permissions_boundary != wanted:
        summary = "the execution role does not have the permissions boundary"
        hint = f"set `permissions_boundary: {wanted}`, in the project's `defaults` for all"
        yield _at("TFG805", summary, hint, "permissions_boundary")


_RULES: dict[str, Callable[[Spec, Policy], Iterator[Diagnostic]]] = {
    "required_tags": _required_tags,
    "runtimes": _runtimes,
    "architectures": _architectures,
    "minimum_log_retention_in_days": _retention,
    "permissions_boundary": _boundary,
}
