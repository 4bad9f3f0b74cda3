"""Releases: the alias that callers know the function by."""

from typing import Annotated

from pydantic import Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Number, Place, Text
from tfgen.schema.section import Section


class Routing(Section):
    """A second version that a share of the calls goes to."""

    function_version: Annotated[Text, Place(b.FUNCTION_VERSION)] = Field(description="Number of that version")
    weight: Annotated[Number, Place(b.WEIGHT)] = Field(description="Its share of the calls, 0 to 1")


class Alias(Section):
    """A name for a published version of the function. What invokes the function does so by it."""

    name: Annotated[Text, Place(b.ALIAS_NAME)] = Field(description="Name of the alias")
    description: Annotated[Text | None, Place(b.DESCRIPTION)] = Field(None, description="What it is for")
    function_version: Annotated[Text | None, Place(b.FUNCTION_VERSION)] = Field(
        None, description="Number of the version that it stands for; the one just published if not given"
    )
    routing: Routing | None = Field(None, description="A second version, for a share of the calls")
