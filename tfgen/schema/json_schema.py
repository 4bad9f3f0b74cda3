"""The bounds table as JSON Schema, for editors."""

from __future__ import annotations

from typing import Any

from tfgen.schema.bounds import Bounds


def json_schema(bounds: Bounds, section: dict[str, Any] | None = None) -> dict[str, Any]:
    """The bounds as JSON Schema 2020-12, expressions included. `section` may stand for an item as well."""
    if bounds.type == "json":
        return {"type": "object"} if bounds.mapping else {}
    if bounds.type == "map(string)":
        assert bounds.keys is not None
        assert bounds.items is not None
        mapping = {
            "type": "object",
            "propertyNames": json_schema(bounds.keys.as_static),
            "additionalProperties": json_schema(bounds.items),
        }
        return mapping | ({"maxProperties": bounds.maximum} if bounds.maximum is not None else {})
    if bounds.type in {"list(string)", "list(json)"}:
        assert bounds.items is not None
        item = json_schema(bounds.items)
        schema: dict[str, Any] = {"type": "array", "items": {"anyOf": [item, section]} if section else item}
        if bounds.minimum:
            schema["minItems"] = bounds.minimum
        if bounds.maximum is not None:
            schema["maxItems"] = bounds.maximum
        if bounds.single:
            return {"anyOf": [item, schema]}
    else:
        schema = _scalar_schema(bounds)
    if bounds.static and schema.get("type") == "string" and not bounds.pattern:
        schema["not"] = {"pattern": r"\$\{"}
    if bounds.static or schema == {"type": "string"} or bounds.type == "list(json)":
        return schema
    pattern = r"\$\{" if bounds.type == "string" else r"^\$\{ *var\.[a-zA-Z_][a-zA-Z0-9_-]* *\}$"
    return {"anyOf": [schema, {"type": "string", "pattern": pattern}]}


def _scalar_schema(bounds: Bounds) -> dict[str, Any]:
    if bounds.choices:
        return {"enum": list(bounds.choices)}
    names = {"string": ("string", "minLength", "maxLength"), "number": ("integer", "minimum", "maximum")}
    if bounds.type == "bool":
        return {"type": "boolean"}
    kind, low, high = names[bounds.type]
    kind = "number" if bounds.fraction else kind
    schema: dict[str, Any] = {"type": kind}
    if bounds.minimum is not None and not (kind == "string" and bounds.minimum == 0):
        schema[low] = bounds.minimum
    if bounds.maximum is not None:
        schema[high] = bounds.maximum
    if bounds.also is not None:
        return {"anyOf": [schema, {"const": bounds.also}]}
    if bounds.pattern is not None:
        schema["pattern"] = bounds.pattern
    return schema


def inlined(schema: dict[str, Any]) -> dict[str, Any]:
    """A JSON Schema without definitions, each in the place of what refers to it: none holds itself."""
    definitions = schema.pop("$defs", {})

    def within(value: Any) -> Any:
        if isinstance(value, list):
            return [within(item) for item in value]
        if not isinstance(value, dict):
            return value
        referred = value.get("$ref")
        if isinstance(referred, str):
            rest = {key: item for key, item in value.items() if key != "$ref"}
            return within({**definitions[referred.removeprefix("#/$defs/")], **rest})
        return {key: within(item) for key, item in value.items()}

    found: dict[str, Any] = within(schema)
    return found
