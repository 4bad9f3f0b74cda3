"""Advice on a spec that is right: what its author may not have thought of. It blocks nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tfgen.diagnostics import Diagnostic, Node
from tfgen.spec.models import Spec
from tfgen.triggers import is_asynchronous

_YEAR = 365
#: MiB at which a function has the equivalent of one vCPU: Lambda's developer guide, "Configure Lambda
#: function memory".
_VCPU = 1769
#: Runtimes whose code runs in one thread at a time, unless it starts processes or workers.
_ONE_THREAD = ("nodejs", "python", "ruby")
_EVERY = re.compile(r"rate\(([0-9]+) minutes?\)")
_X86 = re.compile("x86|amd64", re.IGNORECASE)


class _Advice(NamedTuple):
    """One piece of advice.

    `check` is the check of checkov's that asks for the same, if one does: whoever is let off it has thought
    of it. `found` says what there is to say about a spec, None where there is nothing, and `key` where, or
    `instead` where the key is not given.
    """

    code: str
    check: str | None
    key: str
    found: Callable[[Spec], str | None]
    hint: str
    instead: str = "function_name"


def advise(spec: Spec) -> Iterator[Diagnostic]:
    """All advice on a spec, but for what `checkov_skip` has a reason for."""
    for advice in _ADVICE:
        found = None if advice.check in spec.checkov_skip else advice.found(spec)
        if found is not None:
            where = next(
                (key for key in (advice.key, advice.instead) if key in spec.model_fields_set), "name"
            )
            why = f"under `checkov_skip: {{{advice.check}: REASON}}`"
            if advice.check is None:
                why = f"in a comment `# tfgen: ignore[{advice.code}] REASON`"
            hint = f"{advice.hint}; or say why not, {why}"
            yield Diagnostic(advice.code, found, hint, Node((where,), key=True))


def _is_chosen(spec: Spec) -> bool:
    """Whether the spec says how long logs are kept; those of the class DELIVERY are for two days."""
    return spec.log_group.create and spec.log_group.log_group_class != "DELIVERY"


def _for_ever(spec: Spec) -> str | None:
    if not _is_chosen(spec) or spec.log_retention_in_days != 0:
        return None
    return "the logs are kept for ever, and paid for"


def _retention(spec: Spec) -> str | None:
    days = spec.log_retention_in_days
    if not _is_chosen(spec) or not isinstance(days, int) or not 0 < days < _YEAR:
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


def _memory(spec: Spec) -> str | None:
    """More than two vCPUs of which code in one thread uses one; memory alone may be what it needs."""
    size, runtime = spec.memory_size, spec.runtime
    if not isinstance(size, int) or size <= 2 * _VCPU or not isinstance(runtime, str):
        return None
    if not runtime.startswith(_ONE_THREAD):
        return None
    return f"{size} MiB bring {size / _VCPU:.1f} vCPUs, and {runtime} runs code in one thread, on one of them"


def _timeout(spec: Spec) -> str | None:
    timeout = spec.timeout
    if not isinstance(timeout, int):
        return None
    for trigger in spec.triggers:  # how long others wait for an answer, TFG320 is about
        every = _EVERY.fullmatch(str(getattr(trigger, "schedule_expression", "")))
        if every and timeout > 60 * int(every[1]):
            return f"with a timeout of {timeout} seconds, calls of {every[0]} may overlap"
    return None


def _architecture(spec: Spec) -> str | None:
    if spec.package_type != "Zip" or spec.architectures != ("x86_64",) or not isinstance(spec.runtime, str):
        return None
    if not isinstance(spec.layers, tuple) or any(_X86.search(str(layer)) for layer in spec.layers):
        return None
    from tfgen.spec.rules.runtimes import is_for_arm64  # here, for a spec without a runtime

    if not is_for_arm64(spec.runtime):
        return None
    return f"{spec.runtime} runs on arm64 as well, where a second costs a fifth less"


def _provisioned(spec: Spec) -> str | None:
    provisioned = spec.provisioned_concurrency_config
    if provisioned is None or provisioned.is_scaled:
        return None
    return "environments are kept ready and paid for day and night, whether there is load or not"


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
    _Advice("TFG502", None, "memory_size", _memory, f"{_VCPU} MiB are a whole vCPU"),
    _Advice("TFG503", None, "timeout", _timeout, "set a shorter `timeout`"),
    _Advice(
        "TFG504",
        None,
        "architectures",
        _architecture,
        "write `architectures: [arm64]`, if the package and its layers have no x86 binaries",
        "runtime",
    ),
    _Advice(
        "TFG506",
        None,
        "provisioned_concurrency_config",
        _provisioned,
        "add `autoscaling`, or `schedules` for the hours that need it",
    ),
)
