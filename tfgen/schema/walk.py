"""Spec → the places it fills: every value with its path and bounds, and every expression among them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from tfgen.diagnostics import DataPath
from tfgen.expressions import Reference, Template
from tfgen.schema.bounds import Bounds
from tfgen.schema.places import Place
from tfgen.schema.section import Section


class Use(NamedTuple):
    """One reference in a spec: where it stands, what that place takes, and whether it is the whole value."""

    path: DataPath
    bounds: Bounds
    reference: Reference
    whole: bool


def uses(section: BaseModel) -> list[Use]:
    """All references of a spec, or of a section of it, in the order of its models."""
    return [
        Use(path, bounds, reference, value.whole is not None)
        for path, bounds, value in templates(section, ())
        for reference in value.references
    ]


def by_variable(references: Iterable[Use]) -> dict[str, list[Use]]:
    """The uses of each input variable, in their order."""
    found: dict[str, list[Use]] = {}
    for use in references:
        if use.reference.root == "var":
            found.setdefault(use.reference.name, []).append(use)
    return found


def templates(section: BaseModel, path: DataPath) -> Iterator[tuple[DataPath, Bounds, Template]]:
    """Every text with an expression in it below `section`, which stands at `path`."""
    places = bounds_of(type(section))
    given = section.model_fields_set
    for name in type(section).model_fields:  # not the set itself, whose order changes from run to run
        if name not in given:
            continue
        value = getattr(section, name)
        if name in places:
            yield from _in_value(value, (*path, name), places[name])
        else:
            yield from _in_sections(value, (*path, name))


def _in_sections(value: Any, path: DataPath) -> Iterator[tuple[DataPath, Bounds, Template]]:
    if isinstance(value, BaseModel):
        yield from templates(value, path)
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _in_sections(item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _in_sections(item, (*path, key))


def _in_value(value: Any, path: DataPath, bounds: Bounds) -> Iterator[tuple[DataPath, Bounds, Template]]:
    if isinstance(value, Template):
        of_item = bounds.items if bounds.type == "json" or bounds.single else None
        yield path, of_item or bounds, value
    elif isinstance(value, BaseModel):  # in a list that may hold sections beside texts
        yield from templates(value, path)
    elif isinstance(value, tuple | Mapping):
        assert bounds.items is not None
        # What stands within JSON may be nested, and its texts have no bounds of their own.
        inner = bounds if bounds.type == "json" else bounds.items
        entries = value.items() if isinstance(value, Mapping) else enumerate(value)
        for key, item in entries:
            yield from _in_value(item, (*path, key), inner)


def interface_fields(model: type[BaseModel]) -> Mapping[str, FieldInfo]:
    """The fields of a model but for those that specs alone may give."""
    alone = model.of_specs_alone if issubclass(model, Section) else frozenset()
    return {name: field for name, field in model.model_fields.items() if name not in alone}


@cache
def bounds_of(model: type[BaseModel]) -> Mapping[str, Bounds]:
    """The bounds of a model's fields that hold values, not sections."""
    return {
        name: place.bounds
        for name, field in model.model_fields.items()
        for place in field.metadata
        if isinstance(place, Place)
    }
