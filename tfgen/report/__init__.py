"""Diagnostics → text for people or programs. Gives text; the CLI prints it.

A form is a file with one function: what was found, and the paths of all that was looked at → text.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tfgen.diagnostics import Findings


class Form(StrEnum):
    """How findings are shown."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"
    JUNIT = "junit"


def text(form: Form, found: Sequence[Findings], paths: Sequence[str]) -> str:
    """The findings in one of the forms but the full one, which has colours and is `full.py`'s.

    `paths` are those of all specs that were looked at, those without findings included.
    """
    shown: str = import_module(f"tfgen.report.as_{form.value}").text(found, paths)
    return shown
