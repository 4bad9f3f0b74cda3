"""Advice on a spec that is right: what its author may not have thought of. It blocks nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from tfgen.diagnostics import Diagnostic, Node
from tfgen.spec.models import Spec
from tfgen.triggers import is_asynchronous

_YEAR = 365


class _Advice(NamedTuple):
    """One piece of advice.

    `check` is the check of checkov's that asks for the same: whoever is let off it has thought of it. `found`
    says what there is to say about a spec, None where there is nothing, and `key` where.
    """

    code: str
    check: str
    key: str
    found: Callable[[Spec], str | None]
    hint: str


def advise(spec: Spec) -> Iterator[Diagnostic]:
    """All advice on a spec, but for what `checkov_skip` has a reason for."""
    for advice in _ADVICE:
        found = None if advice.check in spec.checkov_skip else advice.found(spec)
        if found is not None:
            where = next(
                (key for key in (advice.key, "function_name") if key in spec.model_fields_set), "name"
            )
            hint = f"{advice.hint}; or say why not, under `checkov_skip: {{{advice.check}: REASON}}`"
            yield Diagnostic(advice.code, found, hint, Node((where,), key=True))


def _for_ever(spec: Spec) -> str | None:
    if not spec.log_group.create or spec.log_retention_in_days != 0:
        return None
    return "the logs are kept for ever, and paid for"


def _retention(spec: Spec) -> str | None:
    days = spec.log_retention_in_days
    if not spec.log_group.create or not isinstance(days, int) or not 0 < days < _YEAR:
        return None
    return f"the logs are kept for {days} day{'s' * (days != 1)}, less than a year"


def _log_key(spec: Spec) -> str | None:
    if not spec.log_group.create or spec.log_group.kms_key_id is not None:
        return None
    return "the logs are encrypted with a key of CloudWatch's, not of yours"


def _environment_key(spec: Spec) -> str | None:
    if not spec.environment.variables or spec.kms_key_arn is not None:
        return None
    return "the environment variables are encrypted with a key of Lambda's, not of yours"


def _dead_letters(spec: Spec) -> str | None:
    on_failure = getattr(spec.asynchronous, "on_failure", None)
    kinds = dict.fromkeys(trigger.type for trigger in spec.triggers if is_asynchronous(trigger))
    if not kinds or spec.dead_letter_config is not None or on_failure is not None:
        return None
    return f"events from {', '.join(kinds)} that the function fails on are lost when Lambda gives them up"


def _reserved_concurrency(spec: Spec) -> str | None:
    if spec.reserved_concurrent_executions is not None:
        return None
    return "the function can take all of the account's concurrency, and others can take it from this one"


def _tracing(spec: Spec) -> str | None:
    return None if spec.tracing_config is not None else "the function is not traced by X-Ray"


def _signing(spec: Spec) -> str | None:
    signed = spec.code_signing_config_arn is not None or spec.code_signing is not None
    if signed or spec.package_type != "Zip":
        return None
    return "the function takes code that nobody has signed"


_ADVICE = (
    _Advice("TFG501", "CKV_AWS_338", "log_retention_in_days", _for_ever, "set `log_retention_in_days: 365`"),
    _Advice("TFG704", "CKV_AWS_338", "log_retention_in_days", _retention, "set `log_retention_in_days: 365`"),
    _Advice("TFG411", "CKV_AWS_158", "log_group", _log_key, "give `log_group.kms_key_id`"),
    _Advice("TFG412", "CKV_AWS_173", "environment", _environment_key, "give `kms_key_arn`"),
    _Advice(
        "TFG701",
        "CKV_AWS_116",
        "triggers",
        _dead_letters,
        "give `async.on_failure`, or `dead_letter_config`, a queue that keeps them",
    ),
    _Advice(
        "TFG505",
        "CKV_AWS_115",
        "reserved_concurrent_executions",
        _reserved_concurrency,
        "set `reserved_concurrent_executions`",
    ),
    _Advice("TFG702", "CKV_AWS_50", "tracing_config", _tracing, "add `tracing_config: {mode: Active}`"),
    _Advice("TFG413", "CKV_AWS_272", "filename", _signing, "add `code_signing`"),
)
