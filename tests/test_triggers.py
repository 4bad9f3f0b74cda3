"""Triggers of all kinds, walked: each is whole, each of its keys does something, and no text of one becomes
code. What a kind's resources are in AWS is for tests/terraform to show."""

from __future__ import annotations

import copy
import importlib
import re
from functools import cache
from pathlib import Path
from typing import Any

import pygohcl
import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from pydantic import BaseModel

from tests.strategies import Data, as_json, escaped, examples, hostile_texts, modules, reported
from tests.walking import (
    Leaf,
    is_free,
    leaves,
    models,
    module_of,
    other,
    sections_in,
    shape,
    used_variables,
    with_value,
)
from tfgen.interface import INTERFACE
from tfgen.schema.walk import bounds_of
from tfgen.source import load
from tfgen.spec import Spec
from tfgen.triggers import KINDS, kind
from tfgen.triggers.base import SUFFIXES, Trigger

ROOT = Path(__file__).parent.parent
every_kind = pytest.mark.parametrize("name", KINDS)


@cache
def example(name: str) -> Data:
    """The data of the spec that shows a kind."""
    return dict(load(ROOT / "specs" / f"{name}.yaml").data)


def triggers(name: str) -> list[Data]:
    """The entries of that kind in its example."""
    return [entry for entry in example(name)["triggers"] if entry["type"] == name]


# The union -------------------------------------------------------------------------------------------


def test_the_table_of_kinds_is_sorted_and_names_every_file_that_holds_one() -> None:
    assert list(KINDS) == sorted(KINDS)
    holding = {
        path.stem
        for path in (ROOT / "tfgen" / "triggers").glob("*.py")
        for found in vars(importlib.import_module(f"tfgen.triggers.{path.stem}")).values()
        if isinstance(found, type)
        and issubclass(found, Trigger)
        and found.__module__ == f"tfgen.triggers.{path.stem}"
        and "type" in found.__annotations__
        and found is not Trigger
    }
    assert holding == set(KINDS)
    templates = {path.name.removesuffix(".tf.j2") for path in (ROOT / "templates" / "triggers").iterdir()}
    assert templates == set(KINDS)


@every_kind
def test_a_kind_has_its_files_and_its_type(name: str) -> None:
    for path in (f"specs/{name}.yaml", f"tests/golden/{name}/triggers.tf"):
        assert (ROOT / path).exists(), f"{path} is missing"
    assert kind(name).model_fields["type"].annotation.__args__ == (name,)  # type: ignore[union-attr]
    assert any((ROOT / "tests" / "invalid").glob(f"trigger_{name}*/spec.yaml")), "no mistakes are shown"


@every_kind
def test_a_kind_describes_its_keys_and_itself(name: str) -> None:
    for model in models(kind(name)):
        assert model.__doc__
        for key, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{key} has no description"


def test_one_spec_has_all_kinds_at_once() -> None:
    assert {entry["type"] for entry in example("everything")["triggers"]} == set(KINDS)


# Every key -------------------------------------------------------------------------------------------


def all_leaves(name: str) -> list[Leaf]:
    return [
        leaf
        for index, entry in enumerate(example(name)["triggers"])
        if entry["type"] in KINDS
        for leaf in leaves(kind(entry["type"]), entry, ("triggers", index))
    ]


@every_kind
def test_every_value_does_something(name: str) -> None:
    """The first other value that is allowed, if any is, gives another module."""
    spec = used_variables(example(name))
    module = module_of(spec)
    assert module is not None
    for leaf in all_leaves(name):
        others = [value for value in other(leaf) if value != leaf.value]
        changed = (with_value(spec, leaf.path, value) for value in others)
        found = next((files for data in changed if (files := module_of(data)) is not None), None)
        # What must be one of a few, or decides what resources there are, may be all that fits its neighbours.
        decides = leaf.bounds.choices or leaf.bounds.static or isinstance(leaf.value, bool)
        assert found is not None or decides, leaf.path
        assert found != module, f"{leaf.path} does nothing"


@every_kind
def test_the_example_shows_every_key(name: str) -> None:
    """What no example shows, neither goldens nor Terraform have seen."""
    shown: set[tuple[type[BaseModel], str]] = set()

    def collect(model: type[BaseModel], data: Any) -> None:
        if isinstance(data, str):
            return  # a section that is written as one text
        for key, value in data.items():
            shown.add((model, key))
            if key not in bounds_of(model):
                for section, item, _ in sections_in(model, key, value):
                    collect(section, item)

    for entry in triggers(name):
        collect(kind(name), entry)
    common = {"name", "qualifier"}
    missing = {
        f"{model.__name__}.{key}"
        for model in models(kind(name))
        for key in model.model_fields
        if (model, key) not in shown and key not in common
    }
    assert missing == set()


@every_kind
def test_an_expression_may_stand_for_any_value_that_decides_no_resources(name: str) -> None:
    spec = used_variables(example(name))
    for leaf in all_leaves(name):
        if leaf.bounds.static:
            continue
        data = with_value(spec, leaf.path, "${var.of_the_caller}")
        files = module_of(data)
        if files is None:  # a place may say that it takes none, or none alone: parts of a pattern, principals
            codes = {code for code, _, _ in reported(as_json(data))}
            assert codes <= {"TFG104", "TFG207", "TFG318"}, leaf.path
            continue
        assert "var.of_the_caller" in files["triggers.tf"] + files.get("iam.tf", ""), leaf.path


@every_kind
@pytest.mark.parametrize("with_role", [True, False], ids=["a role of its own", "a role of the caller's"])
def test_every_input_of_the_module_is_used(name: str, with_role: bool) -> None:
    data = used_variables(example(name))
    if not with_role:
        data.pop("policy_statements", None)
        data["execution_role_arn"] = "arn:aws:iam::123456789012:role/caller"
        left_out = kind(name).role_keys
        data["triggers"] = [
            {key: value for key, value in entry.items() if entry["type"] != name or key not in left_out}
            for entry in data["triggers"]
        ]
    files = modules(as_json(data))
    used = "".join(text for file, text in files.items() if file != "variables.tf")
    declared = pygohcl.loads(files["variables.tf"], keep_interpolations=True)["variable"]
    unused = {variable for variable in declared if not re.search(rf"\bvar\.{variable}\b", used)}
    # The interface's own are there whether or not this module has a use for them.
    assert unused - INTERFACE.keys() == set()


@every_kind
def test_no_two_permissions_have_one_statement_id(name: str) -> None:
    text = modules(as_json(used_variables(example(name))))["triggers.tf"]
    resources = pygohcl.loads(text, keep_interpolations=True).get("resource", {})
    permissions = resources.get("aws_lambda_permission", {})
    ids = [
        block["statement_id"].replace("${each.key}", key)
        for block in permissions.values()
        for key in block.get("for_each", {"": ""})
    ]
    assert len(ids) == len(set(ids))


# Text ------------------------------------------------------------------------------------------------


@every_kind
@examples(5, shrink=False)
@given(texts=st.lists(hostile_texts.filter(lambda text: 0 < len(text) <= 60), min_size=8, max_size=8))
def test_no_text_of_a_trigger_becomes_code(name: str, texts: list[str]) -> None:
    spec = used_variables(example(name))
    free = [leaf for leaf in all_leaves(name) if is_free(leaf.bounds) and isinstance(leaf.value, str)]
    hostile, harmless = spec, spec
    for index, leaf in enumerate(free):
        hostile = with_value(hostile, leaf.path, escaped(texts[index % len(texts)]))
        harmless = with_value(harmless, leaf.path, "text")
    files, expected = module_of(hostile), module_of(harmless)
    if files is None or expected is None:
        event("a rule of its kind's looks at the text")
        return
    for file, text in files.items():
        if file == "README.md":
            continue
        parsed = pygohcl.loads(text, keep_interpolations=True)
        assert shape(parsed) == shape(pygohcl.loads(expected[file], keep_interpolations=True)), file


@every_kind
def test_a_further_resource_is_labelled_by_its_trigger(name: str) -> None:
    """So that no two triggers can have one address: see SUFFIXES."""
    spec = Spec.model_validate(example(name))
    labels = tuple(trigger.label for trigger in spec.triggers)
    module = modules(as_json(example(name)))
    for blocks in pygohcl.loads(module["triggers.tf"], keep_interpolations=True).get("resource", {}).values():
        for label in blocks:
            assert label.startswith(labels)
            assert label.split("__")[0] in labels or label.endswith(SUFFIXES), label


@every_kind
def test_a_trigger_on_an_alias_invokes_that_and_has_its_permission_there(name: str) -> None:
    data = copy.deepcopy(example(name))
    for entry in data["triggers"]:
        if entry["type"] == name:
            entry["qualifier"] = "live"
    files = modules(as_json(data))
    permissions = pygohcl.loads(files["triggers.tf"]).get("resource", {}).get("aws_lambda_permission", {})
    own = [block for block in permissions.values() if "aws_lambda_function.this" in block["function_name"]]
    assert [block.get("qualifier") for block in own] == ["live"] * len(own)
    # Nothing else refers to the function but by that alias.
    others = re.sub(
        r"function_name += aws_lambda_function\.this\.arn\n( +qualifier)", r"\1", files["triggers.tf"]
    )
    assert not re.search(r"aws_lambda_function\.this\.(arn(?!\}:live)|invoke_arn)", others)
    assert not re.search(r"local\.function_arn(?!\}:live)", others)
