"""A section: a mapping of a spec, whose keys are all known."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict


class Section(BaseModel):
    """A mapping of a spec. Keys that it does not name are mistakes."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        defer_build=True,
    )

    #: Keys that a spec alone may give, where the section is an object variable of the interface.
    of_specs_alone: ClassVar[frozenset[str]] = frozenset()
