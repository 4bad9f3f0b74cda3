"""A spec's texts as they stand in the README: as their author wrote them, and on a command line."""

from __future__ import annotations

import re

from tfgen.spec.models import Spec


def text(value: object) -> str:
    """A spec's text as its author wrote it."""
    return "" if value is None else str(value)


def shell(value: object, otherwise: str) -> str:
    """A name for a command line: only one that is known, and whose characters a shell leaves alone."""
    known = isinstance(value, str) and re.fullmatch(r"[a-zA-Z0-9._/-]+", value)
    return str(value) if known else otherwise


def function_name(spec: Spec) -> str:
    """The function's name for a command line."""
    return shell(spec.function_name, "FUNCTION_NAME")


def invoked(spec: Spec) -> str:
    """What it is invoked by, as options of a command: the function, and its alias if there is one."""
    qualifier = f" --qualifier {shell(spec.alias.name, 'ALIAS')}" if spec.alias else ""
    return f"--function-name {function_name(spec)}{qualifier}"


def has_only_delivery(spec: Spec) -> bool:
    """Whether CloudWatch only hands the logs on, and answers no question about them. CloudWatch Logs user
    guide, "Log classes"."""
    return spec.log_group.log_group_class == "DELIVERY"


def log_group(spec: Spec) -> str:
    """Its log group's name for a command line."""
    named = spec.logging_config.log_group if spec.logging_config else None
    if named is not None:
        return shell(named, "LOG_GROUP_NAME")
    return f"/aws/lambda/{function_name(spec)}"
