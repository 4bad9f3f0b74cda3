"""Every key of every section and kind of trigger, in an example that has it: a value that is just outside its
limits is the one finding, at its place, and one that is just inside is none. test_bounds.py is about the
function's own keys.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given

from tests.drawn import LIMITS, RULES_BESIDE, drawn_specs
from tests.limits import Held, held, inside, judged, outside, sections
from tests.strategies import Data, examples
from tests.walking import used_variables, with_value, without
from tfgen.source import load
from tfgen.spec import Spec
from tfgen.spec.features import FEATURES
from tfgen.triggers import kind

SPECS = Path(__file__).parent.parent / "specs"


@cache
def specs() -> Mapping[str, Data]:
    """The data of the examples that show one thing, by their names."""
    paths = [path for path in sorted(SPECS.glob("*.yaml")) if path.stem not in {"everything", "operations"}]
    return {path.stem: used_variables(dict(load(path).data)) for path in paths}


class Case(NamedTuple):
    """A value of an example."""

    example: str
    held: Held

    def with_value(self, value: object) -> Data:
        return with_value(specs()[self.example], self.held.path, value)


def cases() -> Iterator[tuple[str, Case]]:
    for example, data in specs().items():
        found = [(key, one) for key in FEATURES if key in data for one in held(Spec, {key: data[key]}, ())]
        for index, entry in enumerate(data.get("triggers", ())):
            path = ("triggers", index)
            found += [(entry["type"], one) for one in held(kind(entry["type"]), entry, path)]
        for whole, one in found:
            yield f"{whole}: {one.model.__name__}.{one.key}", Case(example, one)


#: Every key once, in the first example that has it.
CASES = dict(reversed(list(cases())))
every_key = pytest.mark.parametrize("name", sorted(CASES))


@every_key
def test_what_is_just_outside_its_limits_is_the_one_finding(name: str) -> None:
    case = CASES[name]
    known = {one.code for one in judged(specs()[case.example]).findings}
    for value, code, where in outside(case.held.bounds, case.held.value):
        found = judged(case.with_value(value))
        assert [place for place in found.places if place[0] not in known] == [
            found.place(code, (*case.held.path, *where))
        ], value


@every_key
def test_what_is_just_inside_its_limits_is_inside(name: str) -> None:
    """Rules between keys may have something to say, for the rest of the example stays as it is."""
    case = CASES[name]
    codes = LIMITS - RULES_BESIDE.get(name.partition(": ")[2], set())
    for value in inside(case.held.bounds, case.held.value):
        assert not codes & judged(case.with_value(value)).codes_at(case.held.path), value


@pytest.mark.parametrize("example", specs())
def test_a_key_too_many_or_too_few_in_a_section_is_the_one_finding(example: str) -> None:
    data = specs()[example]
    known = {one.code for one in judged(data).findings}
    for model, path in sections(data):
        found = judged(with_value(data, (*path, "no_such_key"), 1))
        places = [place for place in found.places if place[0] not in known]
        assert places == [found.place("TFG101", (*path, "no_such_key", "[key]"))]
        for key, field in model.model_fields.items():
            if field.is_required():
                less = judged(without(data, (*path, key)))
                # Of a trigger without its type nobody knows where JSON is, which null is a value in.
                assert {place[0] for place in less.places} - known - {"TFG013"} == {"TFG102"}, (path, key)


@examples(60, shrink=False)
@given(drawn_specs())
def test_a_spec_drawn_from_inside_all_limits_has_no_errors(data: Data) -> None:
    assert judged(data).places == []
