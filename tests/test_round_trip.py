"""Rendered modules, read back: every value of a spec stands where it belongs, and the interface is whole."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import hcl2
import pygohcl
import pytest
import yaml
from hypothesis import given

from tests.places import misplaced
from tests.reading_back import (
    INTERFACE,
    OUTPUTS,
    Module,
    blocks_of,
    names_in,
    read_block,
)
from tests.strategies import Data, as_yaml, examples, modules, specs
from tfgen.spec.sections import EventSourceMapping

SPECS = {path.stem: path for path in sorted((Path(__file__).parents[1] / "specs").glob("*.yaml"))}
every_spec = pytest.mark.parametrize("name", SPECS)


@cache
def of(name: str) -> Module:
    return Module(modules(SPECS[name].read_text(), str(SPECS[name])))


@cache
def asked_for(name: str) -> Data:
    """The data of a spec, as a YAML parser that is not tfgen's reads it."""
    data: Data = yaml.safe_load(SPECS[name].read_text())
    return data


# The values ------------------------------------------------------------------------------------------


@every_spec
def test_every_value_of_the_spec_is_where_it_belongs(name: str) -> None:
    assert misplaced(of(name), asked_for(name)) == []


@examples(12, shrink=False)
@given(specs())
def test_every_value_of_any_spec_is_where_it_belongs(data: Data) -> None:
    assert misplaced(Module(modules(as_yaml(data))), data) == []


def changes(value: Any, *, drop: bool) -> Iterator[Any]:
    """`value` with one thing in it changed, or dropped, for each thing in it."""
    if isinstance(value, dict):
        for key in value:
            if drop:
                yield {name: item for name, item in value.items() if name != key}
            for changed in changes(value[key], drop=drop):
                yield {**value, key: changed}
    elif isinstance(value, list):
        for index in range(len(value)):
            yield value[:index] + value[index + 1 :]
            for changed in changes(value[index], drop=drop):
                yield [*value[:index], changed, *value[index + 1 :]]
    elif isinstance(value, bool):
        yield not value
    else:
        yield value + 1 if isinstance(value, int) else f"{value}x"


@every_spec
def test_a_value_that_is_changed_or_dropped_is_missed(name: str) -> None:
    """The test above can fail: the module of a spec that differs in one value does not pass it."""
    for key, value in asked_for(name).items():
        if key in {"name", "triggers"}:
            continue  # what these do is for other tests to say
        for changed in changes(value, drop=key != "variables"):  # what is not described is described anyhow
            missed = misplaced(of(name), {**asked_for(name), key: changed})
            assert missed, (key, changed)


# Both parsers ----------------------------------------------------------------------------------------


@every_spec
def test_terraforms_parser_reads_every_file(name: str) -> None:
    for file, text in of(name).files.items():
        assert pygohcl.loads(text), file


@every_spec
@pytest.mark.thorough
def test_python_hcl2_writes_what_it_read(name: str) -> None:
    for text in of(name).files.values():
        for block in blocks_of(text):
            assert comes_back(block), block


@cache
def comes_back(block: str) -> bool:
    """Whether python-hcl2 writes a block as it has read it, but for comments, which it does not write."""
    options = hcl2.SerializationOptions(with_comments=False)
    found = hcl2.loads(block, serialization_options=options)
    written_again = hcl2.dumps(copy.deepcopy(found))
    return bool(hcl2.loads(written_again, serialization_options=options) == found)


@pytest.mark.parametrize("name", ["everything", "operations"])
def test_a_file_says_what_its_blocks_say(name: str) -> None:
    """The tests above look at a file block by block, so that a block of many modules is looked at once."""
    module = of(name)
    whole = [found for text in module.files.values() for found in read_block(text)]
    assert sorted(whole, key=str) == sorted(module.blocks, key=str)


# The module as a whole -------------------------------------------------------------------------------


@every_spec
def test_variables_and_locals_are_declared_and_used(name: str) -> None:
    module = of(name)
    declared = {f"local.{key}" for key in module.locals}
    used = names_in([block for address, block in module.blocks if not address.startswith("variable.")])
    for address, block in module.blocks:
        if address.startswith("variable."):
            itself = address.replace("variable.", "var.")
            declared.add(itself)
            used |= names_in(block.get("validation", [])) - {itself}
    if asked_for(name).get("log_group", {}).get("create") is False:
        used.add("var.log_retention_in_days")  # part of the interface, but there is nothing to retain
    assert used == declared


@every_spec
def test_no_address_is_there_twice(name: str) -> None:
    addresses = [address for address, _ in of(name).blocks if address != "locals"]
    assert sorted(addresses) == sorted(set(addresses))


@every_spec
def test_every_module_has_the_reference_modules_interface(name: str) -> None:
    module = of(name)
    for variable, (kind, _) in INTERFACE.items():
        declared = module.variable(variable)
        assert declared["description"], variable
        assert declared["type"].text.startswith(kind), variable
    outputs = {
        address.removeprefix("output.") for address, _ in module.blocks if address.startswith("output.")
    }
    triggers = asked_for(name).get("triggers", ())
    labels = tuple(f"{trigger.get('name', trigger['type'])}_" for trigger in triggers)
    others = ("alias_", *labels) if "alias" in asked_for(name) else labels
    assert {
        output
        for output in outputs
        if not output.startswith(
            (
                *others,
                "deployment_",
                "code_signing_",
                "function_url",
                "layer_arns",
                "alarm_arns",
                "dashboard_name",
                "metric_filter_",
                "repository_",
                "version_cleanup_",
            )
        )
    } == OUTPUTS
    assert all(module.block(f"output.{output}")["description"] for output in OUTPUTS)


def test_without_a_spec_of_its_own_the_module_is_the_reference_module() -> None:
    module = of("lambda")
    found = {}
    for address, variable in module.blocks:
        if address.startswith("variable."):
            kind = variable["type"].text
            found[address.removeprefix("variable.")] = (
                "object" if kind.startswith("object(") else kind,
                variable.get("default", "needed"),
            )
    assert found == INTERFACE
    required = {name for name, (_, default) in INTERFACE.items() if default is not None}
    assert {name for name in INTERFACE if module.variable(name).get("nullable") is False} == required


def test_an_event_source_mapping_takes_what_the_reference_documents_callers_pass() -> None:
    kind = of("lambda").variable("event_source_mapping")["type"].text
    assert "function_name = optional(string)" in kind
    for field in EventSourceMapping.model_fields:
        assert re.search(rf"\b{field} = ", kind), field
