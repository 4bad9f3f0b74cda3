"""Values at the limits of a spec's places: just inside, and just outside with the code that must be found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from pydantic import BaseModel

from tests.conftest import AS_OF
from tests.strategies import Data, as_json
from tests.walking import sections_in
from tfgen.codes import Severity
from tfgen.diagnostics import DataPath, Diagnostic, Node, SpecError
from tfgen.schema.bounds import Bounds
from tfgen.schema.later import annotation_of, model_in
from tfgen.schema.walk import bounds_of
from tfgen.source import Document, parse
from tfgen.spec import Spec, judge
from tfgen.triggers import kind

_KEY = "[key]"  # ends the path of a mistake that is in a mapping's key
_SEVERAL = 5000  # characters, where a text has no limit


class Held(NamedTuple):
    """A value of a spec at a place: the model and the key that it is of, its path, its bounds."""

    model: type[BaseModel]
    key: str
    path: DataPath
    bounds: Bounds
    value: Any


def held(model: type[BaseModel], data: Any, path: DataPath) -> Iterator[Held]:
    """The values at the places of a section of a spec, as wholes."""
    if not isinstance(data, dict):
        return  # what is written as one value
    places = bounds_of(model)
    for key, value in data.items():
        if key in places:
            yield Held(model, key, (*path, key), places[key], value)
        section = model_in(annotation_of(model.model_fields[key])) if key in model.model_fields else None
        if key in places and section is not None:  # a list of texts or sections
            for index, item in enumerate(value if isinstance(value, list) else ()):
                yield from held(section, item, (*path, key, index))
        elif key not in places and key in model.model_fields:
            for below, item, where in sections_in(model, key, value):
                yield from held(below, item, (*path, key, *where))


class Judged(NamedTuple):
    """A spec's text as it is read, and all that is found in it but for advice."""

    document: Document
    findings: tuple[Diagnostic, ...]

    @property
    def places(self) -> list[tuple[str, int, int]]:
        """What is found: code, line and column."""
        return sorted((one.code, *self.document.span(one.location)[:2]) for one in self.findings)

    def codes_at(self, path: DataPath) -> set[str]:
        """The codes of what is found at a path or below it."""
        nodes = [(one.code, one.location) for one in self.findings if isinstance(one.location, Node)]
        return {code for code, node in nodes if node.path[: len(path)] == path}

    def place(self, code: str, path: DataPath) -> tuple[str, int, int]:
        """What a code would be at a path, which may end with a mark for the key itself."""
        node = Node(path[:-1], key=True) if path[-1:] == (_KEY,) else Node(path)
        return (code, *self.document.span(node)[:2])


def judged(data: Data) -> Judged:
    """What is found in a spec on the day of all tests."""
    document = parse("specs/example.yaml", as_json(data).encode())
    try:
        _, found = judge(document, date.fromisoformat(AS_OF))
    except SpecError as error:
        found = error.diagnostics
    return Judged(document, tuple(one for one in found if one.severity is not Severity.INFO))


def outside(bounds: Bounds, value: Any) -> Iterator[tuple[Any, str, DataPath]]:
    """Values like `value` that are just outside: (value, the code that tells it, where in it)."""
    yield from ((wrong, "TFG103", ()) for wrong in _wrong_types(bounds))
    yield from _OUTSIDE["json" if "json" in bounds.type else bounds.type](bounds, value)


def _wrong_types(bounds: Bounds) -> Iterator[Any]:
    kinds = {
        "string": "seven",
        "number": 7,
        "bool": True,
        "list(string)": ["seven"],
        "map(string)": {"a": "b"},
    }
    right: set[str] = {bounds.type}
    if bounds.type == "json":
        right = {"map(string)"} if bounds.mapping else set(kinds)
    if bounds.single and bounds.items:
        right |= {bounds.items.type}
    if bounds.type == "list(json)":
        right = {"list(string)"}
    yield from (wrong for kind, wrong in kinds.items() if kind not in right)


def _texts_outside(bounds: Bounds, value: Any) -> Iterator[tuple[Any, str, DataPath]]:
    if bounds.choices:
        yield "no such", "TFG204", ()
        return
    if bounds.minimum:
        yield "x" * (bounds.minimum - 1), "TFG202", ()
    if bounds.maximum is not None:
        yield "x" * (bounds.maximum + 1), "TFG202", ()
    if bounds.regex is not None:
        others = [" " * max(bounds.minimum or 1, 1)]
        if isinstance(value, str) and "${" not in value and len(value) != bounds.maximum:
            others.append(f"{value}\n")
        yield from ((other, "TFG203", ()) for other in others if not bounds.regex.match(other))


def _numbers_outside(bounds: Bounds, value: Any) -> Iterator[tuple[Any, str, DataPath]]:
    if bounds.choices:
        yield 4, "TFG204", ()
        return
    step = max(0.01, abs(bounds.maximum or 0) / 1000) if bounds.fraction else 1
    if bounds.minimum is not None:
        yield (bounds.minimum if bounds.also is None else bounds.also) - step, "TFG201", ()
    if bounds.maximum is not None:
        yield bounds.maximum + step, "TFG201", ()
    if not bounds.fraction:
        yield 1.5, "TFG201", ()


def _lists_outside(bounds: Bounds, value: Any) -> Iterator[tuple[Any, str, DataPath]]:
    assert bounds.items is not None
    items = value if isinstance(value, list) and value else [_sample(bounds.items)]
    if bounds.minimum:
        yield items[:1] * (bounds.minimum - 1), "TFG205", ()
    if bounds.maximum is not None:
        yield items[:1] * (bounds.maximum + 1), "TFG205", ()
    for wrong, code, where in outside(bounds.items, items[0]):
        if not isinstance(wrong, dict) or bounds.items.type != "string":
            yield [wrong], code, (0, *where)


def _maps_outside(bounds: Bounds, value: Any) -> Iterator[tuple[Any, str, DataPath]]:
    assert bounds.items is not None
    assert bounds.keys is not None
    entries = value if isinstance(value, dict) and value else {_sample(bounds.keys): _sample(bounds.items)}
    name, item = next(iter(entries.items()))
    if bounds.minimum:
        yield {}, "TFG205", ()
    if bounds.maximum is not None:
        yield {f"{name}{number}": item for number in range(bounds.maximum + 1)}, "TFG205", ()
    for key, code, where in outside(bounds.keys, name):
        if isinstance(key, str) and not where:
            yield {key: item}, code, (key, _KEY)
    for wrong, code, where in outside(bounds.items, item):
        yield {name: wrong}, code, (name, *where)


def _data_outside(bounds: Bounds, value: Any) -> Iterator[tuple[Any, str, DataPath]]:
    if bounds.type == "list(json)":
        yield from _lists_outside(bounds, value)
    elif bounds.maximum is not None:
        yield {"source": ["x" * bounds.maximum]}, "TFG202", ()


_OUTSIDE: Mapping[str, Any] = {
    "string": _texts_outside,
    "number": _numbers_outside,
    "bool": lambda bounds, value: (),
    "list(string)": _lists_outside,
    "map(string)": _maps_outside,
    "json": _data_outside,
}


def inside(bounds: Bounds, value: Any) -> Iterator[Any]:
    """Values like `value` that are at a limit, and inside it."""
    if bounds.choices or bounds.type == "bool":
        yield from bounds.choices or (True, False)
    elif bounds.type == "number":
        limits = (bounds.minimum, bounds.maximum, bounds.also)
        yield from (limit for limit in limits if limit is not None)
    elif bounds.type == "string":
        if bounds.regex is None and (bounds.minimum or 0) > 0:
            yield "x" * (bounds.minimum or 0)
        longest = grown(bounds, value, bounds.maximum or _SEVERAL)
        if longest is not None:
            yield longest
    elif bounds.type == "list(string)" and bounds.items is not None:
        items = value if isinstance(value, list) and value else [_sample(bounds.items)]
        for item in inside(bounds.items, items[0]):
            yield [item, *items[1:]]
        yield from (
            many for count in (bounds.minimum, bounds.maximum) if (many := _many(bounds, items, count))
        )
    elif bounds.type == "map(string)" and bounds.items is not None and isinstance(value, dict) and value:
        name, first = next(iter(value.items()))
        yield from ({**value, name: item} for item in inside(bounds.items, first))
    elif bounds.type == "json" and bounds.maximum is not None and not bounds.matching:
        yield {"a": "x" * (bounds.maximum - len('{"a":""}'))}


def _many(bounds: Bounds, items: list[Any], count: int | None) -> list[str] | None:
    """So many different items, where they can be made of the first one."""
    assert bounds.items is not None
    if not count or bounds.items.choices or not isinstance(items[0], str) or count > 100:
        return None
    first, longest = items[0], bounds.items.maximum or _SEVERAL
    made = [grown(bounds.items, first, len(first) + number) for number in range(count)]
    fitting = [one for one in made if one is not None and len(one) <= longest]
    return fitting if len(fitting) == count else None


def grown(bounds: Bounds, value: Any, length: int) -> str | None:
    """A text of that length that has the form of `value`, by writing one of its characters many times."""
    if bounds.regex is None:
        return "x" * length
    if not isinstance(value, str) or "${" in value or length < len(value):
        return None
    for index in range(len(value), 0, -1):
        found = value[:index] + value[index - 1] * (length - len(value)) + value[index:]
        if value[index - 1].isalnum() and bounds.regex.match(found):
            return found
    return None


def _sample(bounds: Bounds) -> Any:
    return bounds.choices[0] if bounds.choices else "x" * (bounds.minimum or 1)


def sections(data: Data) -> Iterator[tuple[type[BaseModel], DataPath]]:
    """The sections of a spec that are mappings of known keys: the model of each, and its path."""
    for key, value in data.items():
        if key == "triggers":
            for index, entry in enumerate(value):
                yield from _sections(kind(entry["type"]), entry, (key, index))
        elif key not in bounds_of(Spec) or key == "layers":
            yield from _below(Spec, key, value, ())


def _sections(
    model: type[BaseModel], data: Any, path: DataPath
) -> Iterator[tuple[type[BaseModel], DataPath]]:
    if isinstance(data, dict):
        yield model, path
        for key, value in data.items():
            if key not in bounds_of(model):
                yield from _below(model, key, value, path)


def _below(
    model: type[BaseModel], key: str, value: Any, path: DataPath
) -> Iterator[tuple[type[BaseModel], DataPath]]:
    for below, item, where in sections_in(model, key, value):
        yield from _sections(below, item, (*path, key, *where))
