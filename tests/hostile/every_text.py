"""Each key of a spec that takes some text: an example that has it, and a text for it that looks like code."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel

from tests.strategies import FRAGMENTS, Data, as_json, escaped, nfc, reported
from tests.walking import sections_in, used_variables
from tfgen.diagnostics import SpecError
from tfgen.fleet_page import drawn, fleet_page
from tfgen.plan import plan
from tfgen.plan.examples import example
from tfgen.render import render
from tfgen.schema.bounds import TEXT, Bounds
from tfgen.schema.later import annotation_of, model_in
from tfgen.schema.walk import bounds_of
from tfgen.source import Document, load, parse
from tfgen.spec import Spec, read_spec
from tfgen.triggers import KINDS, kind

_EXPRESSION = re.compile(r"\$\{[^}]*\}")
_KNOWN = {
    "${aws.partition}": "aws",
    "${aws.region}": "eu-central-1",
    "${aws.account_id}": "123456789012",
}
_LONGEST = 250  # characters of a text here
PATH = "specs/example.yaml"
_IMAGE: Data = {"function_name": "f", "package_type": "Image", "image_uri": "registry.example/app:1"}
_PLACE = "eu-central-1:123456789012"
#: What stands at places whose examples have nothing but expressions, where any text that fits would not do.
_VALUES = {
    **dict.fromkeys(("Alarm.alarm_actions", "Alarm.ok_actions"), f"arn:aws:sns:{_PLACE}:alerts"),
    "Permission.write": f"arn:aws:dynamodb:{_PLACE}:table/orders",
    "Permission.delete": "arn:aws:s3:::orders",
    **dict.fromkeys(("Permission.send", "Permission.consume"), f"arn:aws:sqs:{_PLACE}:orders"),
    "Permission.publish": f"arn:aws:sns:{_PLACE}:orders",
    "Permission.invoke": f"arn:aws:lambda:{_PLACE}:function:orders",
}
_SPECS = Path(__file__).parents[2] / "specs"
#: What would be code in HCL, Markdown, HTML, Mermaid or a shell: as much of it as fits, in this order.
CODE = (
    *(
        '"',
        "${var.tags}",
        "%{ if true }",
        "${file(1)}",
        "\n}\n",
        "\\",
        "#",
        "/*",
        "*/",
        "<<EOT\nx\nEOT\n",
        "$${x}",
    ),
    *(
        "<b>",
        "<!--",
        "-->",
        "[x](y)",
        "![x](y)",
        "|",
        "`",
        "```\n",
        "\n\n# x\n",
        "\n- x\n",
        "&lt;",
        "https://x.y",
        "~~",
    ),
    *("\u202e", "\u2028", "\r", "\x1b[31m", "'", "$(x)", ";", "${", "}", "//", "=", "é", "\U0001f600"),
    *(fragment for fragment in FRAGMENTS if fragment != "\0"),
)


class Place(NamedTuple):
    """One place: the example, the path to it, what may stand there, the model's field, and a text that fits,
    which is the path's last key, stands in a list of its own, or is the value."""

    example: str
    path: tuple[str | int, ...]
    bounds: Bounds
    field: str
    value: str
    is_key: bool = False
    is_listed: bool = False
    is_shown: bool = True

    def with_text(self, text: str) -> Data:
        """The example with another text there."""
        data = copy.deepcopy(specs()[self.example])
        if self.path[0] != "variables":
            data = used_variables(data)
        *outer, last = self.path
        holder: Any = data
        for key in outer:
            holder = holder[key]
        if not self.is_key:
            holder[last] = [text] if self.is_listed else text
            return data
        entries = [(text if name == last else name, item) for name, item in holder.items()]
        holder.clear()
        holder.update(entries)
        return data


@cache
def specs() -> Mapping[str, Data]:
    """The data of the examples, those that show one thing first, and of a function from an image."""
    paths = sorted(_SPECS.glob("*.yaml"), key=lambda path: path.stem in {"everything", "operations"})
    return {path.stem: dict(load(path).data) for path in paths} | {"an image": _IMAGE}


@cache
def places() -> Mapping[str, list[Place]]:
    """The places of each key that takes some text, in the examples that it can be in."""
    found: dict[str, list[Place]] = {}
    for name, data in specs().items():
        for place in _of_model(name, Spec, data, ()):
            if is_open(place.bounds):
                found.setdefault(f"{place.field}{' (key)' if place.is_key else ''}", []).append(place)
    return {key: sorted(found[key], key=lambda place: not place.is_shown) for key in sorted(found)}


def _of_model(
    example: str, model: type[BaseModel], data: Any, path: tuple[str | int, ...]
) -> Iterator[Place]:
    """The places of a model: those that the data shows first, then those that it could have."""
    if not isinstance(data, dict):
        return
    here = bounds_of(model)
    for key in (*data, *(name for name in here if name not in data)):
        if key == "triggers" and model is Spec:
            for index, entry in enumerate(data[key]):
                yield from _of_model(example, kind(entry["type"]), entry, (key, index))
            continue
        if key in here:
            yield from _of_value(example, f"{model.__name__}.{key}", here[key], data.get(key), (*path, key))
        if key in data and key in model.model_fields and model_in(annotation_of(model.model_fields[key])):
            for below, item, where in sections_in(model, key, data[key]):
                yield from _of_model(example, below, item, (*path, key, *where))


def _of_value(
    example: str, field: str, bounds: Bounds, value: Any, path: tuple[str | int, ...]
) -> Iterator[Place]:
    if "json" in bounds.type:
        yield from _of_data(example, field, value, path)
    elif bounds.keys is not None and bounds.items is not None:
        for name, item in (value or {}).items():
            yield Place(example, (*path, name), bounds.keys, field, name, is_key=True)
            yield from _of_value(example, field, bounds.items, item, (*path, name))
    elif bounds.items is not None:
        for index, item in enumerate(value if isinstance(value, list) else ()):
            yield from _of_value(example, field, bounds.items, item, (*path, index))
        if bounds.items.type == "string" and not isinstance(value, list):
            literal = _VALUES.get(field) or _literal(bounds.items)
            yield Place(
                example, path, bounds.items, field, literal, is_listed=True, is_shown=value is not None
            )
    elif bounds.type == "string":
        is_literal = isinstance(value, str) and not re.fullmatch(r"\$\{[^}]*\}", value)
        literal = value if is_literal else _VALUES.get(field) or _literal(bounds)
        yield Place(example, path, bounds, field, literal, is_shown=value is not None)


def _of_data(example: str, field: str, value: Any, path: tuple[str | int, ...]) -> Iterator[Place]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        if isinstance(key, str):
            yield Place(example, (*path, key), TEXT, field, key, is_key=True)
        yield from _of_data(example, field, item, (*path, key))
    if isinstance(value, str):
        yield Place(example, path, TEXT, field, value)


@cache
def _literal(bounds: Bounds) -> str:
    """A text that a place takes."""
    value = example(bounds)
    assert isinstance(value, str)
    return value


@cache
def is_open(bounds: Bounds) -> bool:
    """Whether a text may stand there that is more than letters, digits and the marks of names."""
    if bounds.type != "string" or bounds.choices:
        return False
    if bounds.regex is None:
        return True
    value = _literal(bounds)
    signs = ('"', "\\", "${", "%{", "\n", "#", "{", "<b", "[", "|", "`")
    changed = (value[:at] + sign + value[at:] for at in range(len(value) + 1) for sign in signs)
    return any(bounds.regex.match(text) for text in changed)


class Tried(NamedTuple):
    """A text at a place of an example: what is added to what was there, the spec and all files with that, and
    the files with as many letters in its place."""

    added: str
    data: Data
    hostile: Mapping[str, str]
    harmless: Mapping[str, str]


@cache
def tried(key: str) -> Tried | None:
    """What comes of the first place of a key that takes letters, and something like code in their stead; None
    where rules take nothing of the kind."""
    for place in places()[key]:
        for before, after in _around(place):
            if reported(as_json(place.with_text(f"{before}xx{after}"))):
                break
            for is_held in (False, True):
                added = _added(place, before, after, is_held=is_held)
                data = place.with_text(before + escaped(added) + after)
                hostile = files(as_document(data)) if added else {}
                harmless = files(as_document(place.with_text(before + _harmless(added) + after)))
                if hostile and harmless:
                    return Tried(added, data, hostile, harmless)
    return None


def as_document(data: Data) -> Document:
    return parse(PATH, as_json(data).encode())


def files(document: Document, path: str = PATH) -> dict[str, str]:
    """All files that come of a spec, the page of its project included; none where it has a mistake."""
    try:
        spec = read_spec(document)
    except SpecError:
        return {}
    module = plan(spec, path)
    return render(module) | {"FLEET.md": fleet_page([drawn(spec, module)])}


def _harmless(text: str) -> str:
    """As many letters, on as many lines."""
    return re.sub("[^\n]", "x", text)


def _around(place: Place) -> Iterator[tuple[str, str]]:
    """What may stand before and after what is added: not within an expression."""
    value = place.value
    for at in dict.fromkeys((len(value), max(len(value) - 1, 0), 0)):
        if value[:at].count("${") == value[:at].count("}"):
            yield value[:at], value[at:]


def _added(place: Place, before: str, after: str, *, is_held: bool) -> str:
    """As much that looks like code as fits there and, if it is held to them, as no rule is against."""
    added = ""
    known = [_EXPRESSION.sub(lambda found: _KNOWN.get(found[0], "x"), text) for text in (before, after)]
    for fragment in CODE:
        more = nfc(added + fragment)
        text = known[0] + more + known[1]
        plain = known[0] + _harmless(more) + known[1]
        if not (_fits(place.bounds, text) and _fits(place.bounds, plain)):
            continue
        if not is_held or not reported(as_json(place.with_text(before + escaped(more) + after))):
            added = more
    return added


def _fits(bounds: Bounds, text: str) -> bool:
    longest = min(bounds.maximum or _LONGEST, _LONGEST)
    fits = (bounds.minimum or 0) <= len(text) <= longest and nfc(text) == text
    return fits and (bounds.regex is None or bool(bounds.regex.match(text)))


def open_fields() -> Iterator[str]:
    """Each field of any model of a spec that takes some text that looks like code."""
    seen: set[type[BaseModel]] = set()
    models: list[type[BaseModel]] = [Spec, *map(kind, KINDS)]
    while models:
        model = models.pop()
        if model in seen:
            continue
        seen.add(model)
        for name, bounds in bounds_of(model).items():
            if "json" in bounds.type or is_open(bounds) or (bounds.items and is_open(bounds.items)):
                yield f"{model.__name__}.{name}"
            if "json" in bounds.type or (bounds.keys and is_open(bounds.keys)):
                yield f"{model.__name__}.{name} (key)"
        for name, field in model.model_fields.items():
            if name != "triggers" and (section := model_in(annotation_of(field))):
                models.append(section)
