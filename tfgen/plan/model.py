"""The ModulePlan: everything that a module's templates say, decided. Passive; made by `plan.plan()`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

from tfgen.constraints import Validation
from tfgen.hcl import Hcl, Interpolation, Ref, Value
from tfgen.schema.bounds import Bounds
from tfgen.spec.features import FEATURES
from tfgen.spec.sections import Terraform
from tfgen.triggers.base import Condition, Output, Statement, TriggerPlan
from tfgen.triggers.checks import Check


class InputVariable(NamedTuple):
    """A `variable` block. `default` is None where the caller must give a value.

    `needed_unless` names the interface's variables that the caller may give in its stead. `bounds` are what
    its values are held to, None for an object.
    """

    name: str
    type: Hcl
    description: str
    default: Hcl | None = None
    not_nullable: bool = False
    sensitive: bool = False
    validations: tuple[Validation, ...] = ()
    needed_unless: str = ""
    bounds: Bounds | None = None


class ResolvedLocal(NamedTuple):
    """A local made of the caller's `variable` and the spec's `value`: the one before, or over, the other.

    With a `guard`, the spec's value holds only under that condition.
    """

    name: Hcl
    variable: Ref
    value: Value
    guard: Hcl | None = None


class Locals(NamedTuple):
    """What `main.tf` resolves before the function uses it. Empty, it is false."""

    guarded: tuple[ResolvedLocal, ...] = ()
    overrides: tuple[ResolvedLocal, ...] = ()
    merges: tuple[ResolvedLocal, ...] = ()
    function_arn: Interpolation | None = None
    log_group_arn: Interpolation | None = None

    def __bool__(self) -> bool:
        return any(self)


class DataSource(NamedTuple):
    """A data source that takes no arguments, labelled `current`."""

    type: str


class LogGroupPlan(NamedTuple):
    """The function's log group. `named` and `arn` refer to it. Options that are not set are None."""

    create: bool
    name: Value
    named: Value
    arn: Ref
    retention_in_days: Ref
    kms_key_id: Hcl | None
    log_group_class: Hcl | None
    skip_destroy: Hcl | None


class FunctionPlan(NamedTuple):
    """The arguments of `aws_lambda_function`.

    `interface` has the interface's variables by name, as the function takes them. `extras` has the arguments
    and blocks that only specs can give: argument name to HCL, block name to its arguments, None where this
    spec has none.
    """

    interface: Mapping[str, Hcl]
    extras: Mapping[str, Hcl | Mapping[str, Hcl | None] | None]
    role: Ref
    publish: Hcl
    environment_variables: Ref
    environment_is_given: bool
    concurrency_is_scaled: bool

    def __getattr__(self, name: str) -> Hcl | Mapping[str, Hcl | None] | None:
        """`function.timeout` and `function.snap_start`, as templates write them."""
        if name in self.interface:
            return self.interface[name]
        if name in self.extras:
            return self.extras[name]
        raise AttributeError(name)


class AliasPlan(NamedTuple):
    """The function's alias. Arguments that are not given are None.

    If it `is_deployed`, CodeDeploy decides which versions it stands for.
    """

    name: Hcl
    description: Hcl | None
    function_version: Hcl | None
    weights: Hcl | None
    is_deployed: bool


class StatementPlan(NamedTuple):
    """A `statement` block of the execution role's policy. Arguments that are not given are None."""

    comment: str
    sid: Hcl | None
    effect: Hcl | None
    actions: Hcl | None
    not_actions: Hcl | None
    resources: Hcl | None
    not_resources: Hcl | None
    conditions: tuple[Condition, ...] = ()


class ServiceActions(NamedTuple):
    """The actions that one service's resources need."""

    name: Hcl
    actions: Sequence[str]


class RolePlan(NamedTuple):
    """The module's own execution role. `full_name` is None where the spec names the role.

    `account_id` refers to the account of whoever calls the module.
    """

    name: Hcl
    full_name: Interpolation | None
    description: Value
    path: Hcl | None
    permissions_boundary: Hcl | None
    policy_arns: Hcl | None
    logs: Sequence[str]
    vpc: Sequence[str]
    xray: Sequence[str]
    kms: Sequence[str]
    efs: Sequence[str]
    account_id: Ref
    event_sources: tuple[ServiceActions, ...]
    destinations: tuple[ServiceActions, ...]
    statements: tuple[StatementPlan, ...]


class LongName(NamedTuple):
    """A name in AWS that may be longer than its service takes, and is then cut to two `ends` and a hash."""

    key: Hcl
    full: Interpolation | Hcl
    longest: int
    ends: int


class Target(NamedTuple):
    """What the function reaches, or who calls it, for the picture: what that is, and what goes on between."""

    label: str
    what: str


class Command(NamedTuple):
    """A command of the README's runbook, which a shell takes as it is, and what it shows."""

    comment: str
    text: str


class Table(NamedTuple):
    """A table of the README's runbook."""

    title: str
    text: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class FeaturePlan(NamedTuple):
    """What one section of a spec adds to the module.

    Its resources come from the template `features/KEY.tf.j2`, whose names are the `arguments`; None where it
    has no resources. `layers` are ARNs of layers that the function gets beside its own, `environment` has
    variables that it gets. `targets` are what it reaches, `callers` who calls it. `notes` say what the module
    cannot do by itself, `checks` what its own tests assert; `examples` are what these give input variables
    whose places do not tell it, or that a caller need not give.
    """

    key: str
    arguments: Mapping[str, Any] | None = None
    statements: tuple[Statement, ...] = ()
    outputs: tuple[Output, ...] = ()
    inputs: tuple[InputVariable, ...] = ()
    layers: tuple[Hcl, ...] = ()
    environment: Mapping[str, Value] = MappingProxyType({})
    targets: tuple[Target, ...] = ()
    callers: tuple[Target, ...] = ()
    notes: tuple[str, ...] = ()
    commands: tuple[Command, ...] = ()
    tables: tuple[Table, ...] = ()
    checks: tuple[Check, ...] = ()
    examples: Mapping[str, Value] = MappingProxyType({})

    @property
    def file(self) -> str:
        """The file of the module that its resources stand in, if it has any."""
        return FEATURES[self.key] if self.arguments is not None else "main.tf"


#: What a box of a picture is to the function.
Kind = Literal["function", "source", "caller", "destination", "resource", "log_group"]


class Node(NamedTuple):
    """A box of a picture. Its id is an identifier of ours, its label any text.

    `thing` is what it is in the account, in words that are alike in the pictures of all modules that mean it;
    empty where only this module has it, or nobody knows. `module` names the module of a function.
    """

    id: str
    label: str
    kind: Kind
    thing: str = ""
    module: str = ""


class Edge(NamedTuple):
    """An arrow of a picture, between two nodes' ids."""

    source: str
    label: str
    target: str


class Picture(NamedTuple):
    """What flows through a function, or through several."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


class InputRow(NamedTuple):
    """A row of the README's table of inputs: a default, or else why there is none."""

    name: str
    type: str
    default: str
    needed: str
    description: str


class StatementRow(NamedTuple):
    """A row of the README's table of permissions."""

    reason: str
    what: str


class RoleNeed(NamedTuple):
    """What a role of the caller's must be allowed for a trigger or a section."""

    reason: str
    what: str
    actions: str
    resources: str


class LeftToDo(NamedTuple):
    """What somebody must do outside of the module before a trigger or a section works."""

    label: str
    source: str
    note: str


class ReadmePlan(NamedTuple):
    """What the module's README says. The two names are safe on a command line; the log group's is None where
    its logs cannot be read there."""

    description: str
    picture: Picture
    usage: str
    inputs: tuple[InputRow, ...]
    statements: tuple[StatementRow, ...]
    function_name: str
    log_group_name: str | None
    left_to_do: tuple[LeftToDo, ...]
    role_needs: tuple[RoleNeed, ...]
    commands: tuple[Command, ...]
    tables: tuple[Table, ...]


class CheckGroup(NamedTuple):
    """Checks of one thing, with what that is."""

    comment: str
    checks: tuple[Check, ...]


class Trial(NamedTuple):
    """Inputs that a module's tests try, and what must come of them: the `checks`; with none, that all of the
    inputs are refused."""

    name: Hcl
    inputs: tuple[tuple[Hcl, Value], ...]
    checks: tuple[Check, ...] = ()


class TestsPlan(NamedTuple):
    """What the module's own tests say: what they give it, what it must be as the spec says, and then with
    values of a caller's, right and wrong ones."""

    inputs: tuple[tuple[Hcl, Value], ...]
    groups: tuple[CheckGroup, ...]
    trials: tuple[Trial, ...]


class ModulePlan(NamedTuple):
    """One module.

    `skips` are comments that stand in each resource of a type, or of a data source's as `data.TYPE`.
    """

    name: str
    header: str
    versions: Terraform
    tags: Ref
    data_sources: tuple[DataSource, ...]
    locals: Locals
    log_group: LogGroupPlan
    function: FunctionPlan
    alias: AliasPlan | None
    role: RolePlan | None
    triggers: tuple[TriggerPlan, ...]
    features: tuple[FeaturePlan, ...]
    names: tuple[LongName, ...]
    variables: tuple[InputVariable, ...]
    outputs: tuple[Output, ...]
    readme: ReadmePlan
    tests: TestsPlan
    skips: Mapping[str, tuple[Hcl, ...]]
