"""The bounds table and the models, said in Terraform: variable types and `validation` blocks.

Conditions hold for null where null means "not set", and are unknown, not false, for what a caller
only knows at apply.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel

from tfgen.hcl import Hcl, to_hcl
from tfgen.runtimes import accepted
from tfgen.schema.bounds import RUNTIME, Bounds
from tfgen.schema.walk import bounds_of, interface_fields
from tfgen.schema.words import describe


class Validation(NamedTuple):
    """A `validation` block: its condition, and what it says when that is false."""

    condition: Hcl
    message: str


@cache
def object_type(model: type[BaseModel], defaults: tuple[tuple[str, str], ...] = (), extra: str = "") -> Hcl:
    """A model as an exact object type. `defaults` are HCL texts of optional attributes' defaults."""
    places = bounds_of(model)
    known = dict(defaults)
    lines = [extra] if extra else []
    for name, field in interface_fields(model).items():
        kind = str(places[name].type) if name in places else str(_section_type(field.annotation))
        if not field.is_required():
            kind = f"optional({kind}, {known[name]})" if name in known else f"optional({kind})"
        lines.append(f" {name} = {kind}\n")
    return Hcl("object({\n" + "".join(lines) + " })")


def _section_type(annotation: Any) -> Hcl:
    model, many = section_of(annotation)
    return Hcl(f"list({object_type(model)})") if many else object_type(model)


def section_of(annotation: Any) -> tuple[type[BaseModel], bool]:
    """The model in a field's annotation, and whether the field holds several of them."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    parts = [part for part in get_args(annotation) if part not in (type(None), ...)]
    model, many = section_of(parts[0])
    return model, many or Ellipsis in get_args(annotation)


def for_provider(bounds: Bounds, constraint: str) -> Bounds:
    """The bounds, with those runtimes alone that some AWS provider version within a constraint accepts."""
    if bounds.items is not None:
        return replace(bounds, items=for_provider(bounds.items, constraint))
    return replace(bounds, choices=accepted(constraint)) if bounds.choices == RUNTIME.choices else bounds


def validations(name: str, bounds: Bounds, *, nullable: bool) -> tuple[Validation, ...]:
    """What holds an input variable to its place's bounds; nothing where there are none."""
    condition = _condition(bounds, f"var.{name}")
    if condition is None:
        return ()
    if nullable:
        condition = f"var.{name} == null ? true : {condition}"
    return (Validation(Hcl(condition), f"{name} must be {describe(bounds)}."),)


@cache
def object_validations(name: str, model: type[BaseModel], *, nullable: bool) -> tuple[Validation, ...]:
    """What holds the attributes of an object variable to their bounds, one block an attribute."""
    address = f"var.{name}"
    return tuple(_attributes(address, name, model, f"{address} == null" if nullable else None))


def _attributes(address: str, name: str, model: type[BaseModel], absent: str | None) -> Iterator[Validation]:
    """`absent` is the test for the object at `address` being null, None if it never is."""
    places = bounds_of(model)
    for attribute, field in interface_fields(model).items():
        here, said = f"{address}.{attribute}", f"{name}.{attribute}"
        if attribute in places:
            condition = _attribute(here, places[attribute], field.is_required(), absent)
            if condition is not None:
                yield Validation(Hcl(condition), f"{said} must be {describe(places[attribute])}.")
            continue
        section, many = section_of(field.annotation)
        missing = f"try({here}, null) == null"  # it, or an object around it
        if not many:
            yield from _attributes(here, said, section, missing)
            continue
        for item in _attributes("item", said, section, None):
            condition = f"alltrue([for item in {missing} ? [] : {here} : {item.condition}])"
            yield Validation(Hcl(condition), item.message)


def _attribute(here: str, bounds: Bounds, required: bool, absent: str | None) -> str | None:
    if required:
        condition = _condition(bounds, here)
        return condition if absent is None or condition is None else f"{absent} ? true : {condition}"
    if bounds.items is None:
        # A splat makes a list of none or one of it, so that the bounds name the value, not its long address.
        condition = _condition(bounds, "value")
        return condition and f"alltrue([for value in try({here}, null)[*] : {condition}])"
    condition = _condition(bounds, here)
    return condition and f"try({here}, null) == null ? true : {condition}"


def _condition(bounds: Bounds, ref: str) -> str | None:
    """An HCL condition on `ref`, which is not null, or None where any value will do."""
    parts: list[str] = []
    if bounds.choices:
        return f"contains({to_hcl(bounds.choices)}, {ref})"
    if bounds.type == "number":
        if bounds.minimum is not None:
            parts.append(f"{ref} >= {bounds.minimum}")
        if bounds.maximum is not None:
            parts.append(f"{ref} <= {bounds.maximum}")
        if not bounds.fraction:
            parts.append(f"floor({ref}) == {ref}")
        if bounds.also is not None:
            return f"({ref} == {bounds.also} || {' && '.join(parts)})"
    elif bounds.type != "bool":
        parts.extend(_length(bounds, ref))
    if bounds.pattern is not None:
        parts.append(f"can(regex({to_hcl(bounds.pattern)}, {ref}))")
    if bounds.keys is not None and (condition := _condition(bounds.keys, "key")):
        parts.append(f"alltrue([for key in keys({ref}) : {condition}])")
    if bounds.items is not None and (condition := _condition(bounds.items, "item")):
        parts.append(f"alltrue([for item in {ref} : {condition}])")
    return " && ".join(parts) or None


def _length(bounds: Bounds, ref: str) -> Iterator[str]:
    low, high = bounds.minimum or 0, bounds.maximum
    if low == 1 and bounds.pattern is not None and not re.search(bounds.pattern, ""):
        low = 0  # the pattern asks for at least one character already
    if low and low == high:
        yield f"length({ref}) == {low}"
        return
    if low:
        yield f"length({ref}) >= {low}"
    if high is not None:
        yield f"length({ref}) <= {high}"
