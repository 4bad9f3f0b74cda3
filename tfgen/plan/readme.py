"""Spec and variables → what the module's README says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tfgen.hcl import Hcl, to_hcl
from tfgen.iam_actions import ASYNC_DESTINATIONS, DESTINATIONS
from tfgen.interface import INTERFACE
from tfgen.plan.model import (
    FeaturePlan,
    InputRow,
    InputVariable,
    LeftToDo,
    Locals,
    ReadmePlan,
    RoleNeed,
    StatementRow,
)
from tfgen.plan.picture import picture
from tfgen.plan.words import function_name, has_only_delivery, log_group, text
from tfgen.spec.models import Spec
from tfgen.triggers.base import Statement, TriggerPlan

_WIDEST = 60  # longer types and defaults are not repeated in the table
_PLACEHOLDERS = {"string": '"…"', "number": "0", "bool": "true", "list(string)": '["…"]'}


def readme(
    spec: Spec,
    variables: tuple[InputVariable, ...],
    locals_: Locals,
    triggers: Sequence[TriggerPlan],
    features: Sequence[FeaturePlan],
) -> ReadmePlan:
    """What the README holds beside the outputs, which are the module's."""
    return ReadmePlan(
        description=_description(spec),
        picture=picture(spec, triggers, features),
        usage=_usage(spec.name or "", variables),
        inputs=tuple(_inputs(variables, locals_)),
        statements=tuple(_statements(spec, triggers, features)),
        function_name=function_name(spec),
        log_group_name=None if has_only_delivery(spec) else log_group(spec),
        left_to_do=(
            *(LeftToDo(feature.key, "", note) for feature in features for note in feature.notes),
            *(
                LeftToDo(trigger.label, trigger.source, note)
                for trigger in triggers
                for note in trigger.notes
            ),
        ),
        role_needs=tuple(_role_needs(triggers, features)),
        commands=tuple(command for feature in features for command in feature.commands),
        tables=tuple(table for feature in features for table in feature.tables),
    )


def _description(spec: Spec) -> str:
    what = "A Terraform module of one AWS Lambda function."
    return f"{text(spec.description).rstrip('.')}. {what}" if spec.description else what


def _usage(name: str, variables: tuple[InputVariable, ...]) -> str:
    """A module block with every input that a caller will have to think about."""
    needed = [variable for variable in variables if variable.default is None or variable.needed_unless]
    width = max((len(variable.name) for variable in needed), default=0)
    lines = [f"  {variable.name:<{width}} = {_PLACEHOLDERS[str(variable.type)]}" for variable in needed]
    block = [f'module "{name}" {{', f'  source = "./modules/{name}"', *([""] if lines else []), *lines, "}"]
    return "\n".join(block)


def _inputs(variables: tuple[InputVariable, ...], locals_: Locals) -> Iterator[InputRow]:
    resolved = {str(local.name): to_hcl(local.value) for local in (*locals_.overrides, *locals_.merges)}
    for variable in variables:
        default = variable.default
        if variable.name in INTERFACE:
            default = resolved.get(variable.name, default)
        needed = "needed" if default is None else ""
        if variable.needed_unless:
            default, needed = None, f"needed, unless {variable.needed_unless} is given"
        elif default is not None and len(_one_line(default)) > _WIDEST:
            default, needed = None, "see main.tf"
        if variable.sensitive and default is not None:
            default, needed = None, "hidden"
        kind = _one_line(variable.type)
        yield InputRow(
            variable.name,
            kind if len(kind) <= _WIDEST else "object",
            _one_line(default) if default is not None else "",
            needed,
            variable.description,
        )


@lru_cache(maxsize=1024)
def _one_line(expression: Hcl) -> str:
    """An expression of several lines on one: entries are parted by commas, which HCL reads the same."""
    lines = [line.strip().removesuffix(",") for line in str(expression).split("\n")]
    text = lines[0]
    for line in lines[1:]:
        opened = text.endswith(("{", "["))
        closing = line.startswith(("}", "]"))
        if line.startswith("]") or (opened and not closing):
            text += line
        else:
            text += f" {line}" if closing else f", {line}"
    return re.sub(r"(?<![$%])\{(?=\S)", "{ ", text).replace("{ }", "{}") if "\n" in str(expression) else text


def _statements(
    spec: Spec, triggers: Sequence[TriggerPlan], features: Sequence[FeaturePlan]
) -> Iterator[StatementRow]:
    """What the role's policy grants, for a reader who wants no IAM."""
    if spec.execution_role_arn is not None:
        return
    yield StatementRow("always", "write the log streams of its own log group")
    for key, what in (
        ("vpc_config", "manage its network interfaces"),
        ("tracing_config", "write X-Ray traces"),
        ("dead_letter_config", "send to the dead letter target"),
        ("kms_key_arn", "decrypt its environment variables"),
        ("event_source_mapping", "read the event source, and send failed records to their destination"),
    ):
        yield StatementRow(key, what)
    if spec.file_system_config:
        yield StatementRow("file_system_config", "mount the file system through its access point")
    for reason, needed in _asked_for(triggers, features):
        yield StatementRow(reason, needed.reason)
    for index, statement in enumerate(spec.policy_statements):
        said = text(statement.sid) or ", ".join(text(action) for action in _listed(statement.actions))
        yield StatementRow(f"policy_statements[{index}]", said or "see iam.tf")


def _role_needs(triggers: Sequence[TriggerPlan], features: Sequence[FeaturePlan]) -> Iterator[RoleNeed]:
    """What the module's sections and triggers need of a role that is not the module's."""
    for reason, needed in _asked_for(triggers, features):
        actions, resources = ", ".join(_actions(needed.actions, reason)), _one_line(needed.resources)
        yield RoleNeed(reason, needed.reason, actions, resources)


def _asked_for(
    triggers: Sequence[TriggerPlan], features: Sequence[FeaturePlan]
) -> Iterator[tuple[str, Statement]]:
    """Each statement that a section or a trigger asked for, and which one that was."""
    for feature in features:
        yield from ((feature.key, statement) for statement in feature.statements)
    for trigger in triggers:
        yield from ((f"triggers, {trigger.label}", statement) for statement in trigger.statements)


def _actions(actions: Hcl, reason: str) -> list[str]:
    """The actions in an expression; where it goes by what the caller gives, those of all that could be."""
    could_be = ASYNC_DESTINATIONS if reason == "async" else DESTINATIONS
    named: list[str] = re.findall(r'"([a-z0-9-]+:[a-zA-Z*]+)"', actions)
    return named or [action for each in could_be.values() for action in each]


def _listed(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)
