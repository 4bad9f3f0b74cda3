"""A section: a mapping of a spec, whose keys are all known."""

from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict


def _as_the_loader_reads(schema: dict[str, Any]) -> None:
    """Take null out of a JSON Schema: a spec leaves a key out instead."""
    for place in schema.get("properties", {}).values():
        if place.get("default", ...) is None:
            del place["default"]
        choices = [choice for choice in place.get("anyOf", ()) if choice != {"type": "null"}]
        if len(choices) == 1:
            del place["anyOf"]
            place.update(choices[0])
        elif choices:
            place["anyOf"] = choices


class Section(BaseModel):
    """A mapping of a spec. Keys that it does not name are mistakes."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        defer_build=True,
        json_schema_extra=_as_the_loader_reads,
    )

    #: Keys that a spec alone may give, where the section is an object variable of the interface.
    of_specs_alone: ClassVar[frozenset[str]] = frozenset()
