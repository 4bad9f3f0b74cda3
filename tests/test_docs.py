"""The page about triggers, which is made of the models: every kind with all of its keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from tfgen.constraints import describe, section_of
from tfgen.schema.bounds import Bounds
from tfgen.schema.walk import bounds_of
from tfgen.triggers import KINDS, kind
from tfgen.triggers.base import Trigger

PAGE = Path(__file__).parents[1] / "docs" / "triggers.md"
_INTRODUCTION = """# Triggers

`triggers` in a spec is a list; `type` picks the kind, and a `name` labels its resources. Without one the
type does, so that the second trigger of a type needs a name. What is invoked is the spec's `alias`, if it has
one, else the function; every kind also takes a `qualifier`, another version or alias. The permission is made
there.

A kind's resources stand in the module's `triggers.tf`, the permissions that it takes in the function's policy
and in the module's own role. Where the spec gives `execution_role_arn`, the module's README says what that
role needs.

[everything.yaml](../specs/everything.yaml) has all kinds at once, and each kind has an example of its own.
"""
_MANY = 24
_WANTED = {"string": "text", "json": "any YAML", "list(json)": "list of mappings", "bool": "true or false"}


def page() -> str:
    return "\n".join([_INTRODUCTION, *(_kind(name) for name in KINDS)])


def _kind(name: str) -> str:
    model = kind(name)
    said = (model.__doc__ or "").strip()
    lines = [f"## {name}", "", f"{said} Example: [{name}.yaml](../specs/{name}.yaml).", ""]
    lines += ["| Key | Value | |", "| --- | --- | --- |", *_rows(model, "")]
    return "\n".join(lines) + "\n"


def _rows(model: type[BaseModel], before: str) -> Iterator[str]:
    places = bounds_of(model)
    for key, field in model.model_fields.items():
        if key in Trigger.model_fields and not before:
            continue
        needed = " **Needed.**" if field.is_required() else ""
        if key in places:
            yield f"| `{before}{key}` | {_value(places[key])} | {_escaped(field.description)}.{needed} |"
            continue
        section, many = section_of(field.annotation)
        short = getattr(section, "short", None)  # what may stand in the mapping's stead
        kind_of = f"list of {short}s or mappings" if short else "list of mappings" if many else "mapping"
        yield f"| `{before}{key}` | {kind_of} | {_escaped(field.description)}.{needed} |"
        yield from _rows(section, f"{before}{key}{'[]' if many else ''}.")


def _value(bounds: Bounds) -> str:
    if bounds.type == "json" and bounds.mapping:
        return "mapping"
    if "json" in bounds.type or bounds.type == "bool":
        return _WANTED[bounds.type]
    listed = bounds.items if bounds.type == "list(string)" and bounds.items else bounds
    if len(listed.choices) > _MANY:  # in a message they would not be listed
        return _escaped("one or more of " + ", ".join(map(str, listed.choices)))
    return _escaped(describe(bounds).removeprefix("a text, "))


def _escaped(text: Any) -> str:
    return str(text).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("$", "\\$")


def test_the_page_about_triggers_says_what_the_models_say(request: pytest.FixtureRequest) -> None:
    if request.config.getoption("--update-golden"):
        PAGE.write_text(page())
    assert PAGE.read_text() == page()
