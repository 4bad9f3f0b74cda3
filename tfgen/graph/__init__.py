"""Pictures of one function or of a fleet: joined into one, and written as Mermaid, DOT or JSON. Gives text.

A form is a file with one function: a picture → text.
"""

from __future__ import annotations

from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfgen.plan.model import Picture


class Form(StrEnum):
    """How a picture is written."""

    MERMAID = "mermaid"
    DOT = "dot"
    JSON = "json"


def text(form: Form, picture: Picture) -> str:
    """A picture in one of the forms."""
    written: str = import_module(f"tfgen.graph.as_{form.value}").text(picture)
    return written
