"""The pages about triggers and sections, which are made of the models: every key of all of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from tfgen.constraints import describe
from tfgen.schema.bounds import Bounds
from tfgen.schema.later import annotation_of, model_in
from tfgen.schema.walk import bounds_of
from tfgen.spec import Spec
from tfgen.spec.features import FEATURES
from tfgen.triggers import KINDS, kind
from tfgen.triggers.base import Trigger

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs"
_TRIGGERS = """# Triggers

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


_SECTIONS = """# Sections that operate a function

Each is a key of the spec, and absent from the module where the spec is silent. What stands in `main.tf` is
the function's own; releases are in `releases.tf`, logs, alarms and the dashboard in `monitoring.tf`. What a
section asks of the execution role is in the module's own, or where the spec gives `execution_role_arn`, in
the module's README.

[operations.yaml](../specs/operations.yaml) has them all at once.
"""


_FUNCTION = """# Keys of the function itself

What a spec says of the function, its code, its role and its logs. Those that are the reference module's input
variables are the defaults of these in the module; where a key has no value, the reference module's default
holds. What adds resources of its own is on the [page of sections](sections.md), what invokes the function on
the [page of triggers](triggers.md).
"""


def function() -> str:
    keys = [key for key in Spec.model_fields if key not in {*FEATURES, "alias", "triggers"}]
    sections = [key for key in keys if model_in(annotation_of(Spec.model_fields[key]))]
    head = ["| Key | Value | |", "| --- | --- | --- |"]
    lines = [_FUNCTION, *head, *_rows(Spec, "", [key for key in keys if key not in sections])]
    for key in sections:
        said = _escaped(Spec.model_fields[key].description)
        lines += ["", f"## {key}", "", f"{said}.", "", *head, *_rows(Spec, "", [key])]
    return "\n".join(lines) + "\n"


def triggers() -> str:
    return "\n".join([_TRIGGERS, *(_kind(name) for name in KINDS)])


def sections() -> str:
    return "\n".join([_SECTIONS, *(_section(key) for key in ("alias", *FEATURES))])


def _section(key: str) -> str:
    examples = [
        path.stem
        for path in sorted((ROOT / "specs").glob("*.yaml"))
        if path.stem != "operations" and re.search(f"^{key}:", path.read_text(), re.MULTILINE)
    ]
    field = Spec.model_fields[key]
    links = ", ".join(f"[{name}.yaml](../specs/{name}.yaml)" for name in examples)
    lines = [f"## {key}", "", f"{_escaped(field.description)}. Examples: {links}.", ""]
    lines += ["| Key | Value | |", "| --- | --- | --- |", *_rows(Spec, "", [key])]
    return "\n".join(lines) + "\n"


def _kind(name: str) -> str:
    model = kind(name)
    said = (model.__doc__ or "").strip()
    lines = [f"## {name}", "", f"{said} Example: [{name}.yaml](../specs/{name}.yaml).", ""]
    lines += ["| Key | Value | |", "| --- | --- | --- |", *_rows(model, "")]
    return "\n".join(lines) + "\n"


def _rows(model: type[BaseModel], before: str, keys: Collection[str] = ()) -> Iterator[str]:
    """A row for each key of a model, or for those of its `keys` alone."""
    places = bounds_of(model)
    for key, field in model.model_fields.items():
        if (keys and key not in keys) or (issubclass(model, Trigger) and key in Trigger.model_fields):
            continue
        needed = " **Needed.**" if field.is_required() else ""
        section = model_in(annotation_of(field))
        if key in places or section is None:
            bounds = places.get(key)
            value = _value(bounds) if bounds else "text"
            yield f"| `{before}{key}` | {value} | {_escaped(field.description)}.{needed} |"
        if section is None:
            continue
        listed, named = _holds(annotation_of(field))
        short = getattr(section, "short", None)  # what may stand in the mapping's stead
        kind_of = "mapping of names to mappings" if named else "list of mappings" if listed else "mapping"
        kind_of = f"list of {short}s or mappings" if short else kind_of
        if key not in places:
            yield f"| `{before}{key}` | {kind_of} | {_escaped(field.description)}.{needed} |"
        yield from _rows(section, f"{before}{key}{'[]' if listed else '.NAME' if named else ''}.")


def _holds(annotation: Any) -> tuple[bool, bool]:
    """Whether a field's annotation is a list of sections, or a mapping of names to them."""
    parts = [annotation, *get_args(annotation)]
    origins = {get_origin(part) for part in parts}
    return tuple in origins, bool(origins & {dict, Mapping})


def _value(bounds: Bounds) -> str:
    if bounds.type == "json" and bounds.mapping:
        return "mapping"
    if "json" in bounds.type or bounds.type == "bool":
        return _WANTED[bounds.type]
    listed = bounds.items if bounds.type == "list(string)" and bounds.items else bounds
    if bounds.single and bounds.items:
        return _escaped(f"{describe(bounds.items).removeprefix('a text, ')}, or a list of such")
    if len(listed.choices) > _MANY:  # in a message they would not be listed
        number = "one or more of " if listed is not bounds else "one of "
        return _escaped(number + ", ".join(map(str, listed.choices)))
    return _escaped(describe(bounds).removeprefix("a text, "))


def _escaped(text: Any) -> str:
    return str(text).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("$", "\\$")


@pytest.mark.parametrize("name", ["function", "triggers", "sections"])
def test_a_page_says_what_the_models_say(name: str, request: pytest.FixtureRequest) -> None:
    said = {"function": function, "triggers": triggers, "sections": sections}[name]()
    page = PAGES / f"{name}.md"
    if request.config.getoption("--update-golden"):
        page.write_text(said)
    assert page.read_text() == said
