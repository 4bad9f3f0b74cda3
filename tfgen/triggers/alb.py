"""Application Load Balancer: requests that a rule of a listener sends to the function."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, Ref, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text, Texts
from tfgen.schema.section import Section
from tfgen.triggers.base import Function, Module, Trigger, TriggerPlan, at, text
from tfgen.triggers.checks import Check, checks

LISTENER_ARN = b.text(
    1,
    None,
    b.ARN + "elasticloadbalancing" + b.PLACE + r"listener/app/[a-zA-Z0-9-]+/[a-zA-Z0-9]+/[a-zA-Z0-9]+$",
    "the ARN of a listener of an Application Load Balancer",
)
# elbv2.CreateTargetGroup, elbv2.CreateRule; what the API model does not bound, the provider does.
TARGET_GROUP_NAME = 32
PRIORITY = b.number(1, 50000)
HEALTH_PATH = b.text(1, 1024, r"^/.*$", "a path that starts with /")
INTERVAL = b.number(5, 300, "seconds")
TIMEOUT = b.number(2, 120, "seconds")
THRESHOLD = b.number(2, 10)
_CODES = "[2-4][0-9][0-9](-[2-4][0-9][0-9])?"
MATCHER = b.text(3, None, f"^{_CODES}(,{_CODES})*$", "codes from 200 to 499, such as 200,202 or 200-299")
VALUE = b.text(1, 128)
VALUES = b.texts(VALUE, 1)
# The user guide, "Condition types for listener rules".
HOSTS = b.texts(b.text(1, 128, r"^[a-zA-Z0-9_.*?-]+$", "a host such as *.example.com"), 1)
PATHS = b.texts(
    b.text(1, 128, r"""^[a-zA-Z0-9_.$/~"'@:+&*?-]+$""", "a path such as /orders/*, without a query"), 1
)
HEADER_NAME = b.text(1, 40, r"^[0-9A-Za-z_!#$%&'*+,.^`|~-]+$", "the name of an HTTP header")
METHODS = b.texts(b.text(1, 40, r"^[A-Z_-]+$", "an HTTP method in capitals, such as GET"), 1)
SOURCES = b.texts(b.text(1, 43, r"^[0-9a-fA-F:.]+/[0-9]{1,3}$", "a CIDR block such as 10.0.0.0/16"), 1)

# A target group's own defaults for functions. The provider's interval, 30, would not be above the timeout.
_INTERVAL, _TIMEOUT = 35, 30
_MOST_VALUES = 5  # ELB's quota for all conditions of a rule


class HealthCheck(Section):
    """Health checks, each of which invokes the function."""

    enabled: Annotated[Flag | None, Place(b.FLAG)] = Field(None, description="Whether there are any")
    path: Annotated[Text | None, Place(HEALTH_PATH)] = Field(None, description="Path; / if not given")
    interval: Annotated[Number, Place(INTERVAL)] = Field(_INTERVAL, description="Time between two checks")
    timeout: Annotated[Number, Place(TIMEOUT)] = Field(_TIMEOUT, description="Longest time to an answer")
    healthy_threshold: Annotated[Number | None, Place(THRESHOLD)] = Field(
        None, description="Good answers in a row that make it healthy"
    )
    unhealthy_threshold: Annotated[Number | None, Place(THRESHOLD)] = Field(
        None, description="Bad answers in a row that make it unhealthy"
    )
    matcher: Annotated[Text | None, Place(MATCHER)] = Field(None, description="Codes of good answers")


class AnyOf(Section):
    """Texts of which one must match; * and ? are wildcards."""

    values: Annotated[Texts, Place(VALUES)] = Field(description="Texts of which one must match")


class HostHeader(Section):
    """The request's host."""

    values: Annotated[Texts, Place(HOSTS)] = Field(description="Hosts of which one must match")


class PathPattern(Section):
    """The request's path."""

    values: Annotated[Texts, Place(PATHS)] = Field(description="Paths of which one must match")


class HttpHeader(AnyOf):
    """A header of the request."""

    http_header_name: Annotated[Text, Place(HEADER_NAME)] = Field(description="Name of the header")


class HttpRequestMethod(Section):
    """The request's method."""

    values: Annotated[Texts, Place(METHODS)] = Field(description="Methods of which one must match")


class QueryString(Section):
    """A part of the request's query."""

    key: Annotated[Text | None, Place(VALUE)] = Field(None, description="Name; any if not given")
    value: Annotated[Text, Place(VALUE)] = Field(description="Value")


class SourceIp(Section):
    """Where the request comes from."""

    values: Annotated[Texts, Place(SOURCES)] = Field(description="CIDR blocks of which one must match")


class Condition(Section):
    """One condition of the rule, of one of the six kinds."""

    host_header: HostHeader | None = Field(None, description="The request's host")
    http_header: HttpHeader | None = Field(None, description="A header of the request")
    http_request_method: HttpRequestMethod | None = Field(None, description="The request's method")
    path_pattern: PathPattern | None = Field(None, description="The request's path")
    query_string: tuple[QueryString, ...] = Field(
        (), description="Parts of the query of which one must match"
    )
    source_ip: SourceIp | None = Field(None, description="Where the request comes from")


_ONCE = ("host_header", "http_request_method", "path_pattern", "source_ip")


class Alb(Trigger):
    """Requests to an Application Load Balancer."""

    type: Literal["alb"] = Field(description="Kind of the trigger")
    listener_arn: Annotated[Text, Place(LISTENER_ARN)] = Field(description="ARN of the listener")
    conditions: tuple[Condition, ...] = Field(
        description="What requests reach the function; all must match", min_length=1
    )
    priority: Annotated[Number | None, Place(PRIORITY)] = Field(
        None, description="Place among the listener's rules, the lowest first; behind all others if not given"
    )
    multi_value_headers: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether headers and query parameters reach the function as lists"
    )
    health_check: HealthCheck | None = Field(None, description="Health checks; none if not given")

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        count = 0
        seen: set[str] = set()
        for index, condition in enumerate(self.conditions):
            where = ("conditions", index)
            kinds = [name for name in Condition.model_fields if getattr(condition, name)]
            if len(kinds) != 1:
                hint = f"give it one of {', '.join(Condition.model_fields)}"
                what = "is empty" if not kinds else f"is of {len(kinds)} kinds, {' and '.join(kinds)}"
                yield at("TFG310", f"condition {index + 1} {what}", hint, *where)
            for name in kinds:
                if name in seen and name in _ONCE:
                    hint = "put its values into the first one; a rule takes one of its kind"
                    yield at("TFG310", f"`{name}` is a second condition of its kind", hint, *where, name)
                seen.add(name)
            count += _count(condition)
            yield from _twice(condition, index)
            yield from _sources(condition, index)
        if count > _MOST_VALUES:
            hint = f"all conditions together may have {_MOST_VALUES}: use wildcards, or write two triggers"
            yield at("TFG205", f"`conditions` have {count} values", hint, "conditions")
        if self.health_check is not None:
            interval, timeout = self.health_check.interval, self.health_check.timeout
            if isinstance(interval, int) and isinstance(timeout, int) and timeout >= interval:
                summary = f"`timeout` is {timeout}, `interval` {interval}"
                hint = f"the timeout ({_TIMEOUT} if not given) must be less than the interval ({_INTERVAL})"
                yield at("TFG201", summary, hint, "health_check")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        group = Ref(f"aws_lb_target_group.{self.label}.arn")
        name = module.name(self.label, TARGET_GROUP_NAME, hyphens=True)
        permission = self.permission(
            module,
            "The load balancer may invoke the function for this target group alone.",
            "elasticloadbalancing.amazonaws.com",
            source_arn=group,
        )
        return TriggerPlan(
            self.type,
            self.label,
            f"Listener {text(self.listener_arn)}",
            {
                **self.arguments(module, "listener_arn", "priority", "multi_value_headers"),
                "name": to_hcl(name),
                "function_arn": module.function_arn(self.qualifier),
                "conditions": [self._condition(module, condition) for condition in self.conditions],
                "health_check": self.section(module, self.health_check),
            },
            permissions=(permission,),
            checks=tuple(self._checks(module)),
        )

    def _checks(self, module: Module) -> Iterator[Check]:
        group, rule = (f"aws_lb_{what}.{self.label}" for what in ("target_group", "listener_rule"))
        lists = {"multi_value_headers": "lambda_multi_value_headers_enabled"}
        yield from checks(module, group, self, "health_check", **lists)
        yield from checks(module, rule, self, "listener_arn", "priority")
        yield from self._condition_checks(module, f"{rule}.condition[*]")

    def _condition_checks(self, module: Module, conditions: str) -> Iterator[Check]:
        """All conditions of a kind at once: they are a set, in which there is no telling which says what."""
        for kind in Condition.model_fields:
            found = [getattr(condition, kind) for condition in self.conditions if getattr(condition, kind)]
            sections = list(chain(*found) if kind == "query_string" else found)
            for key in type(sections[0]).model_fields if sections else ():
                said = [module.value(getattr(section, key)) for section in sections]
                if any(value is not None for value in said):
                    listed = Hcl(f"flatten({to_hcl(said)})")
                    yield Check(Hcl(f"flatten({conditions}.{kind}[*].{key})"), listed, in_any_order=True)

    def _condition(self, module: Module, condition: Condition) -> dict[str, object]:
        """A condition's sections as HCL. Jinja would take `values` for the mapping's own: it is `texts`."""
        given: dict[str, object] = {
            "query_string": [self.section(module, part) for part in condition.query_string]
        }
        for name in Condition.model_fields:
            if name != "query_string":
                section = self.section(module, getattr(condition, name))
                given[name] = section and {**section, "texts": section["values"]}
        return given


def _count(condition: Condition) -> int:
    """How many values a condition has, as far as the spec says."""
    sections = [getattr(condition, name) for name in Condition.model_fields if name != "query_string"]
    lists = [section.values for section in sections if section is not None]
    return len(condition.query_string) + sum(
        1 if isinstance(values, Template) else len(values) for values in lists
    )


def _twice(condition: Condition, index: int) -> Iterator[Diagnostic]:
    """Values that a condition has twice."""
    for name in (name for name in Condition.model_fields if name != "query_string"):
        values = getattr(getattr(condition, name), "values", ())
        for position, value in enumerate(() if isinstance(values, Template) else values):
            if value in values[:position]:
                where = ("conditions", index, name, "values", position)
                yield at("TFG206", f"`{value}` is given twice", "remove it", *where)


def _sources(condition: Condition, index: int) -> Iterator[Diagnostic]:
    """Blocks of addresses that are not the first address of a block."""
    from ipaddress import ip_network  # here, for few specs need it

    if condition.source_ip is None or isinstance(condition.source_ip.values, Template):
        return
    for position, block in enumerate(condition.source_ip.values):
        if isinstance(block, Template):
            continue
        path = ("conditions", index, "source_ip", "values", position)
        try:
            whole = str(ip_network(block, strict=False))
        except ValueError:
            yield at("TFG203", f"`{block}` is no CIDR block", "write one such as 10.0.0.0/16", *path)
        else:
            if whole != block:
                hint = f"write {whole}, the block that it is in"
                yield at("TFG203", f"`{block}` is not how its CIDR block is written", hint, *path)
