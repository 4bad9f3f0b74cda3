"""The pages that are made of what tfgen knows: every key of triggers and sections, and every rule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel

from tfgen.codes import CODES, GROUPS
from tfgen.project.model import ProjectFile
from tfgen.report.explain import as_markdown
from tfgen.report.places import sentence
from tfgen.schema.bounds import Bounds
from tfgen.schema.later import annotation_of, model_in
from tfgen.schema.walk import bounds_of
from tfgen.schema.words import describe
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


_PROJECT = """# The project file

`tfgen.yaml` says once what holds for all specs of a team. It is looked for from a spec's folder upward, at
most to the root of its repository, and its paths start from the folder that it is in. Without a path on the
command line, `tfgen render` and `tfgen validate` are about the project's specs.

```yaml
# yaml-language-server: $schema=project.schema.json
specs: [specs]
output: modules
defaults:
  runtime: python3.13
  architectures: [arm64]
  environment: {variables: {LOG_LEVEL: INFO}}
  tags: {Team: shop}
overrides:
  - paths: ["specs/batch/**"]
    defaults: {timeout: 900, memory_size: 1024}
policy:
  required_tags: [Team, Service]
  runtimes: [python3.13, nodejs22.x]
  minimum_log_retention_in_days: 30
  codes: {ignore: [TFG505], error: [TFG403]}
```

## How a spec and its defaults become one

A spec goes over the `overrides` that its path fits, later ones over earlier, and these over `defaults`.
Mappings merge, key by key; lists and single values are replaced. With the file above, this spec

```yaml
function_name: orders
runtime: nodejs22.x
environment: {variables: {TABLE: orders}}
tags: {Service: orders}
```

is held to the rules, and rendered, as if it said

```yaml
function_name: orders
runtime: nodejs22.x
architectures: [arm64]
environment: {variables: {LOG_LEVEL: INFO, TABLE: orders}}
tags: {Team: shop, Service: orders}
```

A null that is written out takes a default away: `vpc_config: null`, or `tags: {Team: null}`. `tfgen show
SPEC` prints the effective spec, each value with the file and the line that it comes from. What is wrong
with a default is told in `tfgen.yaml`, once for all specs.

## Policy

`policy` is what a team asks of its specs beside what AWS takes; a spec that does not keep it is not
rendered. `codes` says what becomes of findings, by codes or the beginnings of some, so that `TFG5` is all
that is about cost: of warnings and advice, `select` names those that are told and `ignore` those that are
not; those in `error` keep a spec from being rendered.

## Across specs

A run over several specs finds two modules of one name, two functions or roles of one name, two modules that
own one bucket's notifications, a log group with more than two subscription filters, two functions that
consume one queue and, where `account_concurrency` is given, more reserved concurrency than the account has.
Only what specs say themselves is compared: what an expression stands for may differ from one caller to the
next.

## Keys

`tfgen schema --project -o project.schema.json` writes a schema for editors.

"""


def project() -> str:
    return "\n".join([_PROJECT + "| Key | Value | |", "| --- | --- | --- |", *_rows(ProjectFile, "")]) + "\n"


def function() -> str:
    keys = [key for key in Spec.model_fields if key not in {*FEATURES, "alias", "triggers"}]
    sections = [key for key in keys if model_in(annotation_of(Spec.model_fields[key]))]
    head = ["| Key | Value | |", "| --- | --- | --- |"]
    lines = [_FUNCTION, *head, *_rows(Spec, "", [key for key in keys if key not in sections])]
    for key in sections:
        said = _escaped(Spec.model_fields[key].description)
        lines += ["", f"## {key}", "", f"{said}.", "", *head, *_rows(Spec, "", [key])]
    return "\n".join(lines) + "\n"


_RULES = """# Rules

What specs are held to. Errors keep a spec from being rendered; warnings do with `--strict`; infos are advice,
which `tfgen validate` gives where there are no errors. `tfgen explain CODE` says the same on a terminal, and
`tfgen rules` lists the codes. A code never changes its meaning and is never used again.

Where a rule can be ignored, a comment at the end of the line, or in a line above it, says why:

```yaml
log_retention_in_days: 0  # tfgen: ignore[TFG501] the law asks for it
```
"""


def rules() -> str:
    return "\n".join([_RULES, *(_group(digit) for digit in GROUPS)])


def _group(digit: str) -> str:
    codes = [code for code in CODES if code[3] == digit]
    lines = [
        f"## {GROUPS[digit].capitalize()}",
        "",
        "| Code | Severity | What it says |",
        "| --- | --- | --- |",
    ]
    for code in codes:
        rule = CODES[code]
        lines += [f"| [{code}](#{code.lower()}) | {rule.severity.value} | {rule.summary} |"]
    for code in codes:
        lines += ["", f"### {code}", "", sentence(CODES[code].summary), "", as_markdown(code).rstrip()]
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
            value = (
                _value(bounds) if bounds else "mapping" if get_origin(field.annotation) is dict else "text"
            )
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


_PAGES = {
    "function": function,
    "project": project,
    "triggers": triggers,
    "sections": sections,
    "rules": rules,
}


@pytest.mark.parametrize("name", _PAGES)
def test_a_page_says_what_the_models_say(name: str, request: pytest.FixtureRequest) -> None:
    said = {
        "function": function,
        "project": project,
        "triggers": triggers,
        "sections": sections,
        "rules": rules,
    }[name]()
    page = PAGES / f"{name}.md"
    if request.config.getoption("--update-golden"):
        page.write_text(said)
    assert page.read_text() == said
