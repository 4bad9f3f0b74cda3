"""What tests share that walk a spec's values: which there are, others in their place, and the module then."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel

from tests.strategies import Data, as_json, read
from tfgen.diagnostics import SpecError
from tfgen.plan import plan
from tfgen.render import render
from tfgen.schema.bounds import Bounds
from tfgen.schema.later import annotation_of, is_named, model_in
from tfgen.schema.walk import bounds_of


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and those of the sections in it."""
    yield model
    places = bounds_of(model)
    for name, field in model.model_fields.items():
        section = model_in(annotation_of(field))
        if name not in places and section is not None:
            yield from models(section)


def sections_in(
    model: type[BaseModel], key: str, value: Any
) -> Iterator[tuple[type[BaseModel], Any, tuple[str | int, ...]]]:
    """The sections that a key holds, as a spec writes them: model, data, and the path below the key."""
    annotation = annotation_of(model.model_fields[key])
    section = model_in(annotation)
    if section is None:
        return
    if isinstance(value, list):
        yield from ((section, item, (index,)) for index, item in enumerate(value))
    elif is_named(annotation) and isinstance(value, dict):
        yield from ((section, item, (name,)) for name, item in value.items())
    else:
        yield section, value, ()


class Leaf(NamedTuple):
    """One value of a spec: its path from the top of the spec, and its bounds."""

    path: tuple[str | int, ...]
    bounds: Bounds
    value: Any


def leaves(model: type[BaseModel], data: Any, path: tuple[str | int, ...]) -> Iterator[Leaf]:
    """The values at the places of a model. One that is written as one value, as routes are, has none."""
    if not isinstance(data, dict):
        return
    places = bounds_of(model)
    for key, value in data.items():
        if key in places:
            yield from _leaves(places[key], value, (*path, key))
            continue
        for section, item, below in sections_in(model, key, value):
            yield from leaves(section, item, (*path, key, *below))


def _leaves(bounds: Bounds, value: Any, path: tuple[str | int, ...]) -> Iterator[Leaf]:
    inner = bounds if bounds.type == "json" else bounds.items
    if isinstance(value, list | dict) and inner is not None:
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(inner, item, (*path, key))
    else:
        yield Leaf(path, bounds, value)


def with_value(data: Data, path: tuple[str | int, ...], value: Any) -> Data:
    """The spec with another value at a path."""
    changed = copy.deepcopy(data)
    node: Any = changed
    for part in path[:-1]:
        node = node[part]
    node[path[-1]] = value
    return changed


def without(data: Data, path: tuple[str | int, ...]) -> Data:
    """The spec without what is at a path."""
    changed = copy.deepcopy(data)
    node: Any = changed
    for part in path[:-1]:
        node = node[part]
    del node[path[-1]]
    return changed


def other(leaf: Leaf) -> Iterator[Any]:
    """Values that differ from a leaf's, of which the first that its spec may hold will do."""
    value, bounds = leaf.value, leaf.bounds
    if isinstance(value, bool):
        yield not value
    elif bounds.choices:
        yield from (choice for choice in bounds.choices if choice != value)
    elif isinstance(value, int | float):
        yield from (value + 1, value - 1, value * 2, value / 2)
    elif value is None:
        yield "text"
    else:
        yield from (f"{value}x", f"x{value}", f"{value[:-1]}0", f"{value[:-1]}b", value.replace("1", "2"))
        yield from (value[:-2] + "3)", value.replace("/", "/x"), value.replace(":", ":x"), "${var.another}")


def module_of(data: Data) -> dict[str, str] | None:
    """All files of a spec's module, or None where it has a mistake."""
    try:
        spec = read(as_json(data), "specs/example.yaml")
    except SpecError:
        return None
    return render(plan(spec, "specs/example.yaml"))


def used_variables(data: Data) -> Data:
    """A spec without the descriptions of variables, which an expression that is gone would leave unused."""
    return {key: value for key, value in data.items() if key != "variables"}


def is_free(bounds: Bounds) -> bool:
    """Whether any text may stand at a place."""
    return bounds.type in {"string", "json"} and bounds.pattern is None and not bounds.choices


def shape(value: Any) -> Any:
    """What HCL is made of, without its texts."""
    if isinstance(value, dict):
        return {key: shape(item) for key, item in value.items()}
    return [shape(item) for item in value] if isinstance(value, list) else type(value)
