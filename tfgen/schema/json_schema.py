"""The bounds table and the models as JSON Schema, for editors.

A key's schema is what specs are held to, and what an editor shows of it: its description with the limits in
words, its default and examples.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, cast

from pydantic import BaseModel
from pydantic.json_schema import CoreRef, GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from tfgen.schema.bounds import Bounds
from tfgen.schema.walk import bounds_of
from tfgen.schema.words import ANY_TEXT, describe

_HEAD = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": "urn:tfgen:spec",
    "title": "tfgen spec",
    "description": "One AWS Lambda function, of which `tfgen render` makes a Terraform module.",
}
_PROJECT_HEAD = {
    "$schema": _HEAD["$schema"],
    "$id": "urn:tfgen:project",
    "title": "tfgen project",
    "description": "What a team says once for all of its specs.",
}

#: Values of models' keys as specs write them.
Examples = Mapping[type[BaseModel], Mapping[str, Sequence[Any]]]

# What may stand in a literal's stead. yaml-language-server cannot tell alternatives of the same title from
# each other, and heads what it shows of their key with its title twice. An empty one is as good as none.
_UNTITLED = {"title": ""}
_EXPRESSION = {**_UNTITLED, "pattern": r"\$\{"}
_VARIABLE = {**_UNTITLED, "type": "string", "pattern": r"^\$\{ *var\.[a-zA-Z_][a-zA-Z0-9_-]* *\}$"}
_SHARED = {"expression": _EXPRESSION, "variable": _VARIABLE}
_FEW = 8  # more values than this an editor had better list than a sentence


# Bounds ----------------------------------------------------------------------------------------------


def json_schema(bounds: Bounds, section: dict[str, Any] | None = None) -> dict[str, Any]:
    """The bounds as JSON Schema, expressions included. `section` may stand for an item as well."""
    if bounds.type == "json":
        return {"type": "object"} if bounds.mapping else {}
    if bounds.type == "map(string)":
        return _map_schema(bounds)
    schema = _list_schema(bounds, section) if "list" in bounds.type else _scalar_schema(bounds)
    if bounds.single:
        assert bounds.items is not None
        return {"anyOf": [json_schema(bounds.items), schema]}
    if not bounds.static:
        return _or_expression(bounds, schema)
    if bounds.type == "string" and not (bounds.choices or bounds.pattern):
        schema["not"] = _EXPRESSION
    return schema


def _or_expression(bounds: Bounds, schema: dict[str, Any]) -> dict[str, Any]:
    """The schema of a literal, or an expression in its stead."""
    if bounds.type == "list(json)" or schema == {"type": "string"}:
        return schema
    if bounds.type == "string":
        # The type of the values themselves has an editor quote those that are like numbers.
        literal = schema if bounds.choices else {key: schema[key] for key in schema if key != "type"}
        return {"type": "string", "anyOf": [literal, _EXPRESSION]}
    if bounds.choices:
        return {"anyOf": [schema, _VARIABLE]}
    # A pattern is about texts alone: one schema for both says what is wrong better than two would.
    message = f"Must be {describe(bounds, 'the schema')}, or ${{var.NAME}}"
    schema |= {
        "type": [schema["type"], "string"],
        "pattern": _VARIABLE["pattern"],
        "patternErrorMessage": message,
    }
    return {"anyOf": [schema, {**_UNTITLED, "const": bounds.also}]} if bounds.also is not None else schema


def _map_schema(bounds: Bounds) -> dict[str, Any]:
    assert bounds.keys is not None
    assert bounds.items is not None
    mapping = {
        "type": "object",
        "propertyNames": json_schema(bounds.keys.as_static),
        "additionalProperties": json_schema(bounds.items),
    }
    return mapping | ({"maxProperties": bounds.maximum} if bounds.maximum is not None else {})


def _list_schema(bounds: Bounds, section: dict[str, Any] | None) -> dict[str, Any]:
    assert bounds.items is not None
    item = json_schema(bounds.items)
    schema: dict[str, Any] = {"type": "array", "items": {"anyOf": [item, section]} if section else item}
    if bounds.minimum:
        schema["minItems"] = bounds.minimum
    if bounds.maximum is not None:
        schema["maxItems"] = bounds.maximum
    return schema


def _scalar_schema(bounds: Bounds) -> dict[str, Any]:
    if bounds.choices:
        kind = "string" if bounds.type == "string" else "integer"
        return {"type": kind, "enum": list(bounds.choices)}
    if bounds.type == "bool":
        return {"type": "boolean"}
    names = {"string": ("string", "minLength", "maxLength"), "number": ("integer", "minimum", "maximum")}
    kind, low, high = names[bounds.type]
    schema: dict[str, Any] = {"type": "number" if bounds.fraction else kind}
    if bounds.minimum is not None and not (kind == "string" and bounds.minimum == 0):
        schema[low] = bounds.minimum
    if bounds.maximum is not None:
        schema[high] = bounds.maximum
    if bounds.pattern is not None:
        schema |= {"pattern": bounds.pattern, "patternErrorMessage": f"Must be {bounds.form}"}
    return schema


# Models ----------------------------------------------------------------------------------------------


def document(model: type[BaseModel], examples: Examples | None = None) -> dict[str, Any]:
    """The JSON Schema of what `model` is the whole of, whose editors show these examples."""

    class Schema(_Schema):
        def examples(self, model: type[BaseModel], key: str) -> Sequence[Any]:
            return (examples or {}).get(model, {}).get(key, ())

    made = model.model_json_schema(schema_generator=Schema)
    definitions = {**_tidy(made.pop("$defs")), **_SHARED}
    whole: dict[str, Any] = _HEAD | _tidy(made) | _HEAD  # the head first, whatever the models say
    return {**whole, "$defs": dict(sorted(definitions.items()))}


def project_document(model: type[BaseModel], spec: dict[str, Any]) -> dict[str, Any]:
    """The JSON Schema of a project file, whose `defaults` are parts of specs; `spec` is that of these."""
    made = model.model_json_schema(schema_generator=_Schema)
    of_specs = {key: value for key, value in spec.items() if key not in {*_HEAD, "$defs", "required"}}
    definitions = {**spec["$defs"], **_tidy(made.pop("$defs")), "spec": of_specs}
    whole: dict[str, Any] = _PROJECT_HEAD | _tidy(made) | _PROJECT_HEAD
    for part in (whole, *definitions.values()):
        defaults = part.get("properties", {}).get("defaults")
        if defaults is not None:
            for key in ("type", "additionalProperties"):
                del defaults[key]
            defaults["$ref"] = "#/$defs/spec"
    return {**whole, "$defs": dict(sorted(definitions.items()))}


def text(schema: dict[str, Any]) -> str:
    """A JSON Schema as a file has it."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


class _Schema(GenerateJsonSchema):
    """Makes the JSON Schemas of models, with what an editor shows of their keys."""

    def examples(self, model: type[BaseModel], key: str) -> Sequence[Any]:
        """Values of a key as specs write them."""
        return ()

    def normalize_name(self, name: str) -> str:
        """What a definition is called: its class or, where there are several, their files as well."""
        return name.removeprefix("tfgen.")

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """The schema of one model; overrides Pydantic's."""
        made = super().model_schema(schema)
        model = cast("type[BaseModel]", schema["cls"])
        made["title"] = _words(model.__name__)
        bounds = bounds_of(model)
        for key, place in made.get("properties", {}).items():
            _without_null(place)
            place["title"] = key
            if "const" in place:  # what tells one kind from the others
                made["title"] = place["const"]
                place["description"] = made["description"]
                continue
            place["description"] = _described(place, bounds.get(key))
            if found := list(self.examples(model, key)):
                place["examples"] = found
        # A definition for each, also where Pydantic would write the model out; called as it calls the others.
        reference = CoreRef(f"{model.__module__}.{model.__qualname__}:{id(model)}")
        name, referring = self.get_cache_defs_ref_schema(reference)
        self.definitions[name] = made
        return referring


def _without_null(place: dict[str, Any]) -> None:
    """Take null out of a key's schema, for a spec leaves the key out instead."""
    choices = [choice for choice in place.pop("anyOf", ()) if choice != {"type": "null"}]
    if len(choices) == 1:
        place.update(choices[0])
    elif choices:
        place["anyOf"] = choices


def _default(place: dict[str, Any]) -> str:
    """A key's default as a spec would write it; what is empty or a section of its own is taken out."""
    default = place.pop("default", None)
    if default is None or isinstance(default, dict) or default == []:
        return ""
    place["default"] = default
    if default == "":
        return ""
    return f" Default: {default if isinstance(default, str) else json.dumps(default).replace(chr(34), '')}."


def _described(place: dict[str, Any], bounds: Bounds | None) -> str:
    """What an editor says of a key: what it is, its limits and its default."""
    said = f"{place['description']}."
    if bounds is not None and bounds.type != "bool" and not _is_listed(bounds, said):
        limits = describe(bounds, "the schema")
        said += "" if limits == ANY_TEXT else f" {limits[0].upper()}{limits[1:]}."
    return said + _default(place)


def _is_listed(bounds: Bounds, said: str) -> bool:
    """Whether its values need no words: they are said already, or many."""
    choices = [str(choice) for choice in bounds.choices]
    return len(choices) > _FEW or (bool(choices) and all(choice in said for choice in choices))


def _words(name: str) -> str:
    """A class's name as words."""
    return re.sub("(?<=[a-z])(?=[A-Z])", " ", name).lower()


def _tidy(value: Any) -> Any:
    """A schema with references to what is shared, and without alternatives among alternatives."""
    if isinstance(value, list):
        return [_tidy(item) for item in value]
    if not isinstance(value, dict):
        return value
    for name, shared in _SHARED.items():
        if value == shared:
            return {"$ref": f"#/$defs/{name}"}
    if "anyOf" in value:
        value = {**value, "anyOf": list(chain.from_iterable(map(_alternatives, value["anyOf"])))}
    return {key: _tidy(item) for key, item in value.items()}


def _alternatives(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """A schema's alternatives, each with its type, where that is all that it has; else the schema itself."""
    if "anyOf" not in schema or schema.keys() - {"anyOf", "type"}:
        return [schema]
    of_all = {key: schema[key] for key in schema if key == "type"}
    return [{**of_all, **alternative} for alternative in schema["anyOf"]]
