"""The JSON Schema that editors read: made of the models, kept in the package, printed by `tfgen schema`."""

from __future__ import annotations

import json
import subprocess
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from tests.command import run
from tests.walking import sections_in
from tfgen.project.model import ProjectFile
from tfgen.schema import json_schema
from tfgen.schema.later import annotation_of, model_in
from tfgen.schema.walk import bounds_of
from tfgen.source import load
from tfgen.spec import Spec
from tfgen.triggers import KINDS, Trigger, kind, kinds

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "tfgen" / "spec.schema.json"
KEPT_PROJECT = ROOT / "tfgen" / "project.schema.json"


# What the specs in specs/ show ------------------------------------------------------------------------

_EXAMPLES = 2  # of a key; more would hide the rest of what an editor shows
_LONGEST = 120  # characters of an example as JSON


def values(model: type[BaseModel], data: Any) -> Iterator[tuple[type[BaseModel], str, Any]]:
    """Every value of a section, as its spec writes it, with the model and the key that it is of."""
    if not isinstance(data, dict):
        return  # a text in a mapping's stead
    places = bounds_of(model)
    for key, value in data.items():
        if key in places:
            yield model, key, value
        if key == "triggers":
            for entry in value:
                yield from values(kind(entry["type"]), entry)
        elif key in model.model_fields:
            for section, item, _ in sections_in(model, key, value):
                yield from values(section, item)


def is_telling(model: type[BaseModel], key: str, value: Any) -> bool:
    """Whether a value is an example worth to be shown, beside the values and the default that are anyway."""
    bounds, field = bounds_of(model)[key], model.model_fields[key]
    listed = bounds.items if bounds.type == "list(string)" and bounds.items else bounds
    if bounds.type == "bool" or listed.choices or value == []:
        return False
    if bounds.type == "number" and not field.is_required() and field.default is not None:
        return False
    if isinstance(value, list) and "${" in str(value):  # yaml-language-server inserts it without its `$`
        return False
    return len(json.dumps(value)) <= _LONGEST


def is_variable(value: Any) -> bool:
    return isinstance(value, str) and value.startswith("${var.") and value.endswith("}")


def chosen(told: list[Any]) -> list[Any]:
    """A few of what is told; that it is a variable, only where nothing says more."""
    return [value for value in told if not is_variable(value)][:_EXAMPLES] or told[:1]


def examples() -> json_schema.Examples:
    """What the specs say at each key."""
    found: dict[type[BaseModel], dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for path in sorted((ROOT / "specs").glob("*.yaml")):
        for model, key, value in values(Spec, load(path).data):
            if is_telling(model, key, value) and value not in found[model][key]:
                found[model][key].append(value)
    return {model: {key: chosen(told) for key, told in keys.items()} for model, keys in found.items()}


# The schema ------------------------------------------------------------------------------------------

SCHEMA = json_schema.document(Spec, examples())
VALIDATOR = Draft202012Validator(SCHEMA)
PROJECT = json_schema.project_document(ProjectFile, SCHEMA)


def every_model(model: type[BaseModel], seen: set[type[BaseModel]]) -> set[type[BaseModel]]:
    """A model, and those of all sections in it."""
    if model not in seen:
        seen.add(model)
        for field in model.model_fields.values():
            if (section := model_in(annotation_of(field))) is not None:
                every_model(section, seen)
    return seen


TOPS: list[type[BaseModel]] = [Spec, *kinds()]
MODELS = {model for top in TOPS for model in every_model(top, set()) if model is not Trigger}


def properties(model: type[BaseModel]) -> dict[str, Any]:
    """What the schema says of a model's keys."""
    name = f"{model.__module__.removeprefix('tfgen.')}.{model.__qualname__}"
    definitions = SCHEMA["$defs"]
    whole = SCHEMA if model is Spec else definitions.get(name) or definitions[model.__qualname__]
    found: dict[str, Any] = whole["properties"]
    return found


def places() -> Iterator[dict[str, Any]]:
    """The schema of every key, also of those that no model has."""
    waiting: list[Any] = [SCHEMA]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield from part.get("properties", {}).values()
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)


def test_the_kept_schema_is_what_the_models_say(request: pytest.FixtureRequest) -> None:
    said = json_schema.text(SCHEMA)
    if request.config.getoption("--update-golden"):
        KEPT.write_text(said, encoding="utf-8")
    is_fresh = (
        KEPT.read_text(encoding="utf-8") == said
    )  # not in the assertion, which would take minutes to differ
    assert is_fresh, f"{KEPT.name} is not what the models and specs say: make golden"


def test_the_kept_schema_of_project_files_is_what_the_models_say(request: pytest.FixtureRequest) -> None:
    said = json_schema.text(PROJECT)
    if request.config.getoption("--update-golden"):
        KEPT_PROJECT.write_text(said, encoding="utf-8")
    is_fresh = KEPT_PROJECT.read_text(encoding="utf-8") == said
    assert is_fresh, f"{KEPT_PROJECT.name} is not what the models and specs say: make golden"


@pytest.mark.parametrize(
    "data",
    [
        {},
        {
            "defaults": {
                "runtime": "python3.13",
                "tags": {"Team": "shop"},
                "vpc_config": {"subnet_ids": ["subnet-1"]},
            }
        },
        {"overrides": [{"paths": ["specs/batch/**"], "defaults": {"timeout": 900}}]},
        {"policy": {"required_tags": ["Team"], "codes": {"ignore": ["TFG5"]}}, "terraform": {}},
    ],
)
def test_the_schema_of_project_files_takes_parts_of_specs(data: dict[str, Any]) -> None:
    validator = Draft202012Validator(PROJECT)
    if "vpc_config" in data.get("defaults", {}):  # of which the other half may be the spec's
        data["defaults"]["vpc_config"]["security_group_ids"] = ["sg-1"]
    assert validator.is_valid(data)


@pytest.mark.parametrize(
    "data",
    [
        {"spec": ["specs"]},
        {"defaults": {"timeuot": 3}},
        {"defaults": {"timeout": 901}},
        {"overrides": [{"paths": "specs/**", "defaults": {}}]},
        {"overrides": [{"defaults": {}}]},
        {"policy": {"codes": {"ignore": ["CKV_AWS_50"]}}},
    ],
)
def test_the_schema_of_project_files_refuses_what_they_may_not_hold(data: dict[str, Any]) -> None:
    assert not Draft202012Validator(PROJECT).is_valid(data)


def test_the_schema_is_one_of_its_dialect() -> None:
    Draft202012Validator.check_schema(PROJECT)
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"].startswith("urn:")  # no host could be asked for it
    Draft202012Validator.check_schema(SCHEMA)


def test_every_key_of_every_section_is_in_the_schema_and_no_other_is_taken() -> None:
    for model in MODELS:
        assert set(properties(model)) == set(model.model_fields), model
    closed = [SCHEMA, *SCHEMA["$defs"].values()]
    assert all(part["additionalProperties"] is False for part in closed if part.get("type") == "object")


def test_every_key_says_what_it_is() -> None:
    assert [place for place in places() if not place.get("description", "").endswith(".")] == []


def test_a_key_says_its_unit_its_limits_and_its_default() -> None:
    keys = SCHEMA["properties"]
    assert keys["timeout"]["description"] == (
        "Function timeout in seconds. A whole number, 1 to 900 seconds. Default: 3."
    )
    assert keys["function_name"]["description"] == (
        "Name of the Lambda function. Letters, digits, - and _, 1 to 64 characters."
    )
    for model in MODELS:
        for key, bounds in bounds_of(model).items():
            if bounds.maximum is not None and not bounds.single:
                assert bounds.range in properties(model)[key]["description"], f"{model.__name__}.{key}"


def test_a_key_has_the_default_that_a_spec_would_write() -> None:
    keys = SCHEMA["properties"]
    assert keys["timeout"]["default"] == 3
    assert keys["architectures"]["default"] == ["x86_64"]
    assert "default" not in keys["log_group"], "a section's keys have theirs"
    for model in MODELS:
        for key, field in model.model_fields.items():
            if isinstance(field.default, str | int | float):
                assert properties(model)[key]["default"] == field.default, f"{model.__name__}.{key}"
    assert [place for place in places() if place.get("default", 0) in (None, [], {})] == []


def test_examples_and_defaults_are_what_their_key_takes() -> None:
    shown = 0
    for place in places():
        said = [*place.get("examples", ()), *([place["default"]] if "default" in place else [])]
        for value in said:
            assert VALIDATOR.evolve(schema=place).is_valid(value), (place["title"], value)
        shown += len(said)
    assert shown > 300
    assert SCHEMA["properties"]["handler"]["examples"] == ["app.handler", "index.handler"]


def test_each_kind_of_trigger_is_told_by_its_type() -> None:
    branches = [
        SCHEMA["$defs"][branch["$ref"].removeprefix("#/$defs/")]
        for branch in SCHEMA["properties"]["triggers"]["items"]["oneOf"]
    ]
    assert {branch["properties"]["type"]["const"] for branch in branches} == set(KINDS)
    assert all("type" in branch["required"] for branch in branches)


# The command -----------------------------------------------------------------------------------------


def schema_command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return run(folder, ["schema", *arguments], {})


def test_the_command_prints_the_kept_schema(tmp_path: Path) -> None:
    done = schema_command(tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, KEPT.read_bytes(), b"")


def test_the_command_writes_it_into_a_new_folder(tmp_path: Path) -> None:
    done = schema_command(tmp_path, "-o", "specs/editor/spec.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert (tmp_path / "specs" / "editor" / "spec.json").read_bytes() == KEPT.read_bytes()


def test_a_place_that_cannot_be_written_is_a_mistake_of_the_call(tmp_path: Path) -> None:
    (tmp_path / "specs").write_text("")
    done = schema_command(tmp_path, "-o", "specs/spec.json")
    assert done.returncode == 2
    assert done.stderr.startswith(b"tfgen: specs/spec.json: ")
