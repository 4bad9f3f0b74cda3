"""Rules about what Lambda takes as environment variables: how much of it, and under which names."""

from __future__ import annotations

import json
from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.expressions import Template
from tfgen.schema.places import Text
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules
from tfgen.spec.secrets import ENDS, entries

# Lambda's developer guide, "Lambda quotas": 4 KB, for all of them together.
_MOST = 4096
#: Those that Lambda sets itself: the developer guide, "Working with Lambda environment variables", on
#: reserved ones. It names _HANDLER and _X_AMZN_TRACE_ID as well, but a name begins with a letter. TZ, LANG,
#: PATH, AWS_XRAY_CONTEXT_MISSING and others are free, and so is AWS_LAMBDA_EXEC_WRAPPER.
RESERVED = frozenset(
    (
        "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION",
        "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
        "AWS_LAMBDA_MAX_CONCURRENCY", "AWS_LAMBDA_METADATA_API", "AWS_LAMBDA_METADATA_TOKEN",
        "AWS_LAMBDA_RUNTIME_API", "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN",
        "LAMBDA_RUNTIME_DIR", "LAMBDA_TASK_ROOT",
    )
)  # fmt: skip


def _names(spec: Spec) -> Iterator[Diagnostic]:
    for name in spec.environment.variables:
        if name in RESERVED:
            summary = f"`{name}` is set by Lambda itself, and by nobody else"
            where = Node(("environment", "variables", name), key=True)
            yield Diagnostic("TFG327", summary, "remove it, or choose another name", where)


def _size(spec: Spec) -> Iterator[Diagnostic]:
    """Of an expression nothing is known, so that it counts for nothing."""
    values: dict[str, Text] = dict(spec.environment.variables)
    for section, end in ENDS.items():
        for name, entry in entries(getattr(spec, section)).items():
            values[name + end] = getattr(entry, f"{section.removesuffix('s')}_arn")
    known = {name: _known(value) for name, value in values.items()}
    # As Lambda measures it: where it refuses variables, it says so with this text, "String measured: {…}".
    size = len(json.dumps(known, ensure_ascii=False, separators=(",", ":")).encode())
    if size <= _MOST:
        return
    least = "at least " if any(isinstance(value, Template) for value in values.values()) else ""
    summary = f"the environment variables have {least}{size} bytes as JSON, and Lambda takes {_MOST}"
    hint = "keep what is large in a parameter of `parameters`, in a bucket or in the package"
    key = next(key for key in ("environment", *ENDS) if key in spec.model_fields_set)
    path = (key, "variables") if key == "environment" else (key,)
    yield Diagnostic("TFG326", summary, hint, Node(path, key=True))


def _known(value: Text) -> str:
    if isinstance(value, Template):
        return "".join(part for part in value.parts if isinstance(part, str))
    return value


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {_names: ("environment",), _size: ("environment", *ENDS)}
