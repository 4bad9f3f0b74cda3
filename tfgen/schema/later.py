"""Fields whose sections are declared in a file of their own, imported when a spec first has them.

Start-up is most of what a user waits for, and each model takes its share of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from pydantic import BaseModel, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Later:
    """Makes a field, or a part of one, hold what `name` in the file `module` says."""

    module: str
    name: str

    @property
    def annotation(self) -> Any:
        """What it holds. Imports the file."""
        return getattr(import_module(self.module), self.name)

    def __get_pydantic_core_schema__(
        self, source: object, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            lambda value: _adapter(self).validate_python(value)
        )

    def __get_pydantic_json_schema__(self, schema: object, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        adapter = _adapter(self)
        adapter.rebuild()  # its building was put off
        # Within another schema, for the handler passes over what a schema itself says of its JSON Schema.
        return handler(core_schema.definitions_schema(adapter.core_schema, []))


def later(module: str, name: str) -> Any:
    """The annotation of what `name` in the file `module` says."""
    return Annotated[Any, Later(module, name)]


@cache
def _adapter(later: Later) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter  # here, for most specs have none of these fields

    return TypeAdapter(later.annotation)


def annotation_of(field: FieldInfo) -> Any:
    """A field's annotation, also where that is declared elsewhere."""
    return next((each.annotation for each in field.metadata if isinstance(each, Later)), field.annotation)


def model_in(annotation: Any) -> type[BaseModel] | None:
    """The model of the sections that an annotation is about, if it is about any."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    parts = get_args(annotation)
    if get_origin(annotation) is Annotated:
        parts = tuple(part.annotation for part in parts if isinstance(part, Later)) or parts
    return next((model for part in parts if (model := model_in(part))), None)


def is_named(annotation: Any) -> bool:
    """Whether an annotation is a mapping of free names to sections."""
    return any(get_origin(part) in {dict, Mapping} for part in (annotation, *get_args(annotation)))
