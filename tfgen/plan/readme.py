"""Spec and variables → what the module's README says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tfgen.hcl import Hcl, to_hcl
from tfgen.iam_actions import DESTINATIONS
from tfgen.interface import INTERFACE
from tfgen.plan.model import (
    Edge,
    InputRow,
    InputVariable,
    LeftToDo,
    Locals,
    Node,
    Picture,
    ReadmePlan,
    RoleNeed,
    StatementRow,
)
from tfgen.spec.models import Spec
from tfgen.triggers.base import TriggerPlan

_WIDEST = 60  # longer types and defaults are not repeated in the table
_PLACEHOLDERS = {"string": '"…"', "number": "0", "bool": "true", "list(string)": '["…"]'}


def readme(
    spec: Spec, variables: tuple[InputVariable, ...], locals_: Locals, triggers: Sequence[TriggerPlan]
) -> ReadmePlan:
    """What the README holds beside the outputs, which are the module's."""
    function_name = _text(spec.function_name) or "FUNCTION_NAME"
    return ReadmePlan(
        description=_description(spec),
        picture=_picture(spec, function_name, triggers),
        usage=_usage(spec.name or "", variables),
        inputs=tuple(_inputs(variables, locals_)),
        statements=tuple(_statements(spec, triggers)),
        function_name=_shell(spec.function_name, "FUNCTION_NAME"),
        log_group_name=_log_group(spec),
        left_to_do=tuple(
            LeftToDo(trigger.label, trigger.source, note) for trigger in triggers for note in trigger.notes
        ),
        role_needs=tuple(_role_needs(triggers)),
    )


def _description(spec: Spec) -> str:
    what = "A Terraform module of one AWS Lambda function."
    return f"{_text(spec.description).rstrip('.')}. {what}" if spec.description else what


def _text(value: object) -> str:
    """A spec's text as its author wrote it."""
    return "" if value is None else str(value)


def _shell(value: object, otherwise: str) -> str:
    """A name for a command line: only one that is known, and whose characters a shell leaves alone."""
    known = isinstance(value, str) and re.fullmatch(r"[a-zA-Z0-9._/-]+", value)
    return str(value) if known else otherwise


def _log_group(spec: Spec) -> str:
    named = spec.logging_config.log_group if spec.logging_config else None
    if named is not None:
        return _shell(named, "LOG_GROUP_NAME")
    return f"/aws/lambda/{_shell(spec.function_name, 'FUNCTION_NAME')}"


def _picture(spec: Spec, function_name: str, triggers: Sequence[TriggerPlan]) -> Picture:
    nodes = [Node("n_function", function_name)]
    edges: list[Edge] = []
    for trigger in triggers:
        nodes.append(Node(f"t_{trigger.label}", trigger.source))
        edges.append(Edge(f"t_{trigger.label}", trigger.verb, "n_function"))
        if trigger.failures:
            nodes.append(Node(f"f_{trigger.label}", trigger.failures))
            edges.append(Edge(f"t_{trigger.label}", "what failed", f"f_{trigger.label}"))
    if mapping := spec.event_source_mapping:
        nodes.append(Node("n_source", _text(mapping.event_source_arn)))
        edges.append(Edge("n_source", "invokes", "n_function"))
        on_failure = mapping.destination_config and mapping.destination_config.on_failure
        if on_failure:
            nodes.append(Node("n_on_failure", _text(on_failure.destination_arn)))
            edges.append(Edge("n_function", "failed records", "n_on_failure"))
    if spec.dead_letter_config:
        nodes.append(Node("n_dead_letters", _text(spec.dead_letter_config.target_arn)))
        edges.append(Edge("n_function", "dead letters", "n_dead_letters"))
    if spec.file_system_config:
        nodes.append(Node("n_file_system", _text(spec.file_system_config.local_mount_path)))
        edges.append(Edge("n_function", "files", "n_file_system"))
    nodes.append(Node("n_logs", _log_group(spec)))
    edges.append(Edge("n_function", "logs", "n_logs"))
    return Picture(tuple(nodes), tuple(edges))


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


def _statements(spec: Spec, triggers: Sequence[TriggerPlan]) -> Iterator[StatementRow]:
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
    for trigger in triggers:
        for needed in trigger.statements:
            yield StatementRow(f"triggers, {trigger.label}", needed.reason)
    for index, statement in enumerate(spec.policy_statements):
        said = _text(statement.sid) or ", ".join(_text(action) for action in _listed(statement.actions))
        yield StatementRow(f"policy_statements[{index}]", said or "see iam.tf")


def _role_needs(triggers: Sequence[TriggerPlan]) -> Iterator[RoleNeed]:
    """What the module's triggers need of a role that is not the module's."""
    for trigger in triggers:
        for needed in trigger.statements:
            actions, resources = ", ".join(_actions(needed.actions)), _one_line(needed.resources)
            yield RoleNeed(f"triggers, {trigger.label}", needed.reason, actions, resources)


def _actions(actions: Hcl) -> list[str]:
    """The actions in an expression; where it goes by what the caller gives, those of all that could be."""
    named: list[str] = re.findall(r'"([a-z0-9-]+:[a-zA-Z*]+)"', actions)
    return named or [action for each in DESTINATIONS.values() for action in each]


def _listed(value: object) -> tuple[object, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)
