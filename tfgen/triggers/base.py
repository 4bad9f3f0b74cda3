"""What all kinds of triggers share: the model, what it is planned with, and what its plan is."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from textwrap import wrap
from typing import Annotated, Any, ClassVar, NamedTuple, Protocol, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic, Fix, Node
from tfgen.hcl import Hcl, Interpolation, Ref, Value
from tfgen.hcl import comment as hcl_comment
from tfgen.schema import bounds as b
from tfgen.schema.places import Data, Number, Place, Text
from tfgen.schema.section import Section
from tfgen.triggers.checks import Check

#: How the labels of a trigger's further resources end, which its name therefore may not.
SUFFIXES = ("_authorizer", "_consumer", "_dead_letters", "_function_url", "_invoker", "_rule", "_trust")
#: Lambda's developer guide, "Control which events Lambda sends to your function": AWS raises it to ten.
FILTERS_QUOTA = 5
_WIDTH = 100  # of comments


class Logging(Protocol):
    """Where a function's logs go."""

    @property
    def log_group(self) -> Text | None:
        """The log group's name, if it is not Lambda's own."""


class Function(Protocol):
    """What a trigger's rules may look at in the rest of its spec."""

    @property
    def execution_role_arn(self) -> Text | None:
        """The role that the spec gives; None where the module makes one."""

    @property
    def function_name(self) -> Text | None:
        """The function's name."""

    @property
    def logging_config(self) -> Logging | None:
        """Where its logs go."""

    @property
    def timeout(self) -> Number:
        """The function's timeout in seconds."""


class Module(Protocol):
    """What a trigger may ask of the module that it is planned for.

    `has_role` says whether the module makes the execution role, `has_url` whether it makes a URL of the
    function or its alias, `permissions_boundary` what bounds the roles that it makes. `log_group` is the name
    of the function's log group.
    """

    has_role: bool
    has_url: bool
    log_group: Value
    permissions_boundary: Hcl | None

    def value(self, value: Any) -> Value:
        """A spec's value with its expressions resolved."""

    def hcl(self, value: Any) -> Hcl | None:
        """The same as an HCL expression; None stays None, for an argument that is not given."""

    def json(self, value: Any) -> Hcl:
        """A spec's data as JSON that Terraform writes."""

    def address(self, name: str) -> Ref:
        """Where an interface variable's value is found."""

    def aws(self, name: str) -> Ref:
        """`account_id`, `partition` or `region` of the caller."""

    def is_own_alias(self, qualifier: Text | None) -> bool:
        """Whether a qualifier is the alias that the module makes."""

    def qualifier(self, qualifier: Text | None) -> Hcl | None:
        """The version or alias that a permission stands on; None for the function itself."""

    def function_arn(self, qualifier: Text | None) -> Hcl:
        """The ARN to invoke: the function's, or that of its version or alias."""

    def invoke_arn(self, qualifier: Text | None, *, written_out: bool = False) -> Hcl:
        """What API Gateway calls to invoke it; `written_out`, without a reference to the function."""

    def role_name(self, key: str) -> Value:
        """The name in AWS of a role, made of the function's name and `key`."""

    def name(self, key: str, longest: int, *, regional: bool = False, hyphens: bool = False) -> Value:
        """A name in AWS made of the function's name and `key`, an identifier.

        It is cut where it could be longer than `longest` characters. `regional`: with the region in it, for
        names that all regions share. `hyphens`: with hyphens for underscores and none in front.
        """


class Source(NamedTuple):
    """One of several sources of a permission: its key, of letters, digits, - and _, and its ARN."""

    key: str
    arn: Hcl


class Permission(NamedTuple):
    """An `aws_lambda_permission`, or with `sources` one for each of them."""

    label: Hcl
    comment: Hcl
    statement_id: Hcl
    principal: Hcl
    source_arn: Hcl | None = None
    source_account: Hcl | None = None
    qualifier: Hcl | None = None
    event_source_token: Hcl | None = None
    principal_org_id: Hcl | None = None
    function_url_auth_type: Hcl | None = None
    action: Hcl = Hcl('"lambda:InvokeFunction"')
    sources: tuple[Source, ...] = ()


class Condition(NamedTuple):
    """A `condition` block of an IAM statement."""

    test: Value
    variable: Value
    values: Value


class Statement(NamedTuple):
    """What the execution role must be allowed for a trigger.

    `what` begins its sid. `reason` says what for, in the words of the comment above it and of the README.
    """

    what: str
    reason: str
    actions: Hcl
    resources: Hcl
    conditions: tuple[Condition, ...] = ()


class Output(NamedTuple):
    """An `output` block."""

    name: str
    description: str
    value: Hcl


class TriggerPlan(NamedTuple):
    """One trigger's resources, decided.

    `arguments` are the names of its template. `source` is the source in words, for the picture, `verb` what
    it does to the function, and `failures` where what failed goes, if anywhere. `notes` say what the module
    cannot do by itself, `checks` what its own tests assert.
    """

    type: str
    label: str
    source: str
    arguments: Mapping[str, Any]
    permissions: tuple[Permission, ...] = ()
    statements: tuple[Statement, ...] = ()
    outputs: tuple[Output, ...] = ()
    notes: tuple[str, ...] = ()
    verb: str = "invokes"
    failures: str = ""
    checks: tuple[Check, ...] = ()


class Trigger(Section):
    """Something that invokes the function."""

    type: str = Field(description="Kind of the trigger")
    name: Annotated[str | None, Place(b.TRIGGER_NAME)] = Field(
        None, description="Label of its resources; the type if not given"
    )
    qualifier: Annotated[Text | None, Place(b.QUALIFIER)] = Field(
        None, description="Version or alias to invoke; the spec's `alias`, or else the function, if not given"
    )

    def by_alias(self, alias: Text | None) -> Self:
        """The same trigger, by the function's alias if there is one and nothing else is said."""
        if alias is None or self.qualifier is not None:
            return self
        return self.model_copy(update={"qualifier": alias})

    @property
    def label(self) -> str:
        """What its resources are labelled."""
        return self.name or self.type

    #: After how many seconds without an answer it may send the same again, if it does.
    repeats_after: ClassVar[int | None] = None
    #: Keys that say nothing but what the role is allowed.
    role_keys: ClassVar[tuple[str, ...]] = ()

    @property
    def source(self) -> object | None:
        """What AWS has once for a function, such as a mapping's queue; None where it may be there twice."""
        return None

    @property
    def waits(self) -> float | None:
        """How many seconds it waits for the function's answer; None where it does not, or nobody knows."""
        return None

    @property
    def shared(self) -> object | None:
        """What entries of this type have in common that share their resources; None: they never do."""
        return None

    def owner(self, index: int) -> object:
        """What tells its resources from those of other triggers; `index` is its place in the spec."""
        return (self.type, index if self.shared is None else self.shared)

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        """What is wrong between this trigger's keys, at paths that start at the trigger."""
        yield from ()

    @classmethod
    def findings_between(cls, entries: Sequence[tuple[int, Self]]) -> Iterator[Diagnostic]:
        """What is wrong between entries that share their resources, each with its index; at whole paths."""
        yield from ()

    @abstractmethod
    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        """Its resources. `entries` are the spec's entries that share them, this one first."""

    def arguments(self, module: Module, *names: str) -> dict[str, Hcl | None]:
        """Some of its keys as HCL, None for those that are not given."""
        return {name: module.hcl(getattr(self, name)) for name in names}

    def section(self, module: Module, section: Section | None) -> dict[str, Hcl | None] | None:
        """The keys of one of its sections as HCL, None if there is no section."""
        return None if section is None else {name: module.hcl(value) for name, value in section}

    def permission(
        self,
        module: Module,
        comment: str,
        principal: str,
        *,
        label: str = "",
        sources: Sequence[Source] = (),
        **arguments: Any,
    ) -> Permission:
        """The permission for a service to invoke the function, or its version or alias.

        `comment` says who may do so and for what. `sources` are one or more in place of `source_arn`.
        """
        label = label or self.label
        own = f"trigger-{label.replace('_', '-')}"
        if sources:
            arguments["source_arn"] = Ref("each.value")
        return Permission(
            Hcl(label),
            hcl_comment("\n".join(wrap(comment, _WIDTH))),
            # Two hyphens: with one, a label and a key could be together what another label is.
            Hcl(f'"{own}--${{each.key}}"' if sources else f'"{own}"'),
            Hcl(f'"{principal}"'),
            qualifier=module.qualifier(self.qualifier),
            sources=tuple(sources),
            **arguments,
        )


def at(
    code: str, summary: str, hint: str, *path: str | int, key: bool = False, meant: str | None = None
) -> Diagnostic:
    """A finding at a path that starts at the trigger, or with `key` at the key that the path ends with.

    `meant` is the text that would certainly be right there.
    """
    return Diagnostic(code, summary, hint, Node(path, key=key), None if meant is None else Fix(meant))


def waited(milliseconds: Number | None, longest: int) -> float | None:
    """How many seconds an API waits for an answer: as long as it is told to, or `longest`."""
    if milliseconds is None:
        return longest
    return milliseconds / 1000 if isinstance(milliseconds, int) else None


def too_many_filters(count: int) -> tuple[str, str]:
    """What there is to say of more filters than the quota, and what to do."""
    summary = f"{count} filters are more than the {FILTERS_QUOTA} that an account may have without asking"
    return summary, "merge some, or have AWS raise the quota and say so in a comment"


def doubts(pattern: Data, service: str, *path: str | int) -> Iterator[Diagnostic]:
    """What a service does not document of a pattern that stands at a path."""
    from tfgen.schema.patterns import doubts  # here, since most triggers have no patterns

    for loc, what, hint, _ in doubts(pattern, service):
        yield at("TFG347", what, hint, *path, *loc, key=True)


def missing_fields(
    pattern: Data, has: Callable[[str], bool], hint: str, *path: str | int
) -> Iterator[Diagnostic]:
    """Fields that a pattern, which stands at a path, asks for at its top and no event `has`."""
    for field, value in pattern.items():
        if field == "$or" and isinstance(value, tuple):
            for index, one in enumerate(value):
                yield from missing_fields(one, has, hint, *path, field, index)
        elif not has(field):
            summary = f"no event has the field `{field}`, so that none matches"
            yield at("TFG349", summary, hint, *path, field, key=True)


@cache
def sid_of(label: str) -> str:
    """How the sids of a trigger's statements end."""
    return f"For{''.join(word.capitalize() for word in label.split('_'))}"


def text(value: object) -> str:
    """A spec's value as its author wrote it."""
    return "" if value is None else str(value)


def arn(module: Module, service: str, resource: Sequence[str | Ref]) -> Interpolation:
    """An ARN in the caller's account and region; `resource` are the parts of what follows them."""
    partition, region, account_id = (module.aws(name) for name in ("partition", "region", "account_id"))
    return Interpolation(("arn:", partition, f":{service}:", region, ":", account_id, ":", *resource))


def service_of(arn: Text) -> str | None:
    """The service in an ARN, where the spec's text says it; None where only the caller knows."""
    parts = (arn if isinstance(arn, str) else arn.outline).split(":")
    return parts[2] if len(parts) > 3 and parts[0] == "arn" else None
