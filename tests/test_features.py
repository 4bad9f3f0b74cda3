"""The sections that operate a function, walked: each is whole, each of its keys does something, and no text
of one becomes code. What their resources are in AWS is for tests/terraform to show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pygohcl
import pytest
from hypothesis import event, given
from hypothesis import strategies as st
from pydantic import BaseModel

from tests.strategies import Data, as_json, escaped, examples, hostile_texts, reported
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
from tfgen.schema.later import annotation_of, model_in
from tfgen.schema.walk import bounds_of
from tfgen.source import load
from tfgen.spec import Spec
from tfgen.spec.features import FEATURES

ROOT = Path(__file__).parent.parent
every_section = pytest.mark.parametrize("key", FEATURES)


@cache
def specs() -> dict[str, Data]:
    """The data of every example, by its name."""
    return {path.stem: dict(load(path).data) for path in sorted((ROOT / "specs").glob("*.yaml"))}


def shown_in(key: str) -> dict[str, Data]:
    """The examples that have a section."""
    return {name: data for name, data in specs().items() if key in data}


def leaves_of(key: str, data: Data) -> Iterator[Leaf]:
    """The values within a section of a spec."""
    if key not in bounds_of(Spec):
        for section, item, below in sections_in(Spec, key, data[key]):
            yield from leaves(section, item, (key, *below))


# The table -------------------------------------------------------------------------------------------


def test_every_section_is_a_key_of_the_spec_and_has_its_files() -> None:
    assert FEATURES.keys() <= Spec.model_fields.keys()
    plans = {path.stem.rstrip("_") for path in (ROOT / "tfgen" / "plan" / "features").glob("[a-z]*.py")}
    templates = {path.name.removesuffix(".tf.j2") for path in (ROOT / "templates" / "features").iterdir()}
    assert plans >= FEATURES.keys() >= templates


@every_section
def test_a_section_is_shown_by_an_example_alone_and_beside_all_others(key: str) -> None:
    assert shown_in(key).keys() - {"operations"}, "no example shows it"
    assert key in specs()["operations"] or key == "ecr_repository"  # images have no layers


@every_section
def test_a_section_describes_its_keys_and_itself(key: str) -> None:
    section = model_in(annotation_of(Spec.model_fields[key]))
    for model in models(section) if section else ():
        assert model.__doc__
        for name, field in model.model_fields.items():
            assert field.description, f"{model.__name__}.{name} has no description"


@every_section
def test_the_examples_show_every_key(key: str) -> None:
    """What no example shows, neither goldens nor Terraform have seen."""
    section = model_in(annotation_of(Spec.model_fields[key]))
    if section is None:
        return
    shown: set[tuple[type[BaseModel], str]] = set()

    def collect(model: type[BaseModel], data: Any) -> None:
        if not isinstance(data, dict):
            return  # a section that is written as one value
        for name, value in data.items():
            shown.add((model, name))
            if name in model.model_fields and name not in bounds_of(model):
                for below, item, _ in sections_in(model, name, value):
                    collect(below, item)

    for data in shown_in(key).values():
        for model, item, _ in sections_in(Spec, key, data[key]):
            collect(model, item)
    wanted = {(model, name) for model in models(section) for name in model.model_fields}
    assert {f"{model.__name__}.{name}" for model, name in wanted - shown} == set()


# Every value -----------------------------------------------------------------------------------------


@every_section
def test_every_value_does_something(key: str) -> None:
    """The first other value that is allowed, if any is, gives another module."""
    for data in shown_in(key).values():
        spec = used_variables(data)
        module = module_of(spec)
        assert module is not None
        for leaf in leaves_of(key, data):
            others = [value for value in other(leaf) if value != leaf.value]
            changed = (with_value(spec, leaf.path, value) for value in others)
            found = next((files for data in changed if (files := module_of(data)) is not None), None)
            # What must be one of a few, or decides what resources there are, may be all that fits.
            decides = leaf.bounds.choices or leaf.bounds.static or isinstance(leaf.value, bool)
            assert found is not None or decides, leaf.path
            assert found != module, f"{leaf.path} does nothing"


@every_section
def test_an_expression_may_stand_for_any_value_that_decides_no_resources(key: str) -> None:
    for data in shown_in(key).values():
        spec = used_variables(data)
        for leaf in leaves_of(key, data):
            if leaf.bounds.static:
                continue
            changed = with_value(spec, leaf.path, "${var.of_the_caller}")
            files = module_of(changed)
            # A place may say that it takes none, or that it is what tells a permission's service.
            refused = {code for code, _, _ in reported(as_json(changed))}
            assert files is not None or refused in ({"TFG104"}, {"TFG323"}), (leaf.path, refused)
            used = [text for name, text in (files or {}).items() if name not in {"variables.tf", "README.md"}]
            assert files is None or any("var.of_the_caller" in text for text in used), leaf.path


@every_section
@pytest.mark.parametrize("with_role", [True, False], ids=["a role of its own", "a role of the caller's"])
def test_every_input_of_the_module_is_used(key: str, with_role: bool) -> None:
    for data in shown_in(key).values():
        changed = used_variables(data)
        if not with_role:
            if any(role_key in data for role_key in ("permissions", "policy_statements", "policy_arns")):
                continue  # which are about the module's own role
            changed["execution_role_arn"] = "arn:aws:iam::123456789012:role/caller"
        files = module_of(changed)
        if files is None and not with_role:
            assert {code for code, _, _ in reported(as_json(changed))} == {"TFG303"}
            continue
        assert files is not None
        used = "".join(text for name, text in files.items() if name not in {"variables.tf", "README.md"})
        declared = pygohcl.loads(files["variables.tf"], keep_interpolations=True)["variable"]
        unused = {variable for variable in declared if not re.search(rf"\bvar\.{variable}\b", used)}
        # The interface's own are there whether or not this module has a use for them.
        assert unused - INTERFACE.keys() == set()


# Text ------------------------------------------------------------------------------------------------


@every_section
@examples(5, shrink=False)
@given(texts=st.lists(hostile_texts.filter(lambda text: 0 < len(text) <= 60), min_size=8, max_size=8))
def test_no_text_of_a_section_becomes_code(key: str, texts: list[str]) -> None:
    for data in shown_in(key).values():
        spec = used_variables(data)
        free = [leaf for leaf in leaves_of(key, data) if is_free(leaf.bounds) and isinstance(leaf.value, str)]
        hostile, harmless = spec, spec
        for index, leaf in enumerate(free):
            hostile = with_value(hostile, leaf.path, escaped(texts[index % len(texts)]))
            harmless = with_value(harmless, leaf.path, "text")
        files, expected = module_of(hostile), module_of(harmless)
        if files is None or expected is None:
            event("a rule looks at the text")
            continue
        for file, text in files.items():
            if file != "README.md":
                parsed = pygohcl.loads(text, keep_interpolations=True)
                assert shape(parsed) == shape(pygohcl.loads(expected[file], keep_interpolations=True)), file
