"""A module's own tests, without Terraform: what the spec says is asserted, and inputs are right ones.

That they pass with Terraform, and fail where the module is another, is for tests/terraform to show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from tests.strategies import Data
from tests.test_features import leaves_of, shown_in
from tests.test_triggers import all_leaves, example
from tests.walking import Leaf, models, module_of, other, used_variables, with_value
from tfgen.plan.examples import example as example_of
from tfgen.plan.examples import takes, texts_of, wrong
from tfgen.render import TESTS
from tfgen.schema.bounds import Bounds
from tfgen.schema.walk import bounds_of
from tfgen.spec.features import FEATURES
from tfgen.spec.models import Spec
from tfgen.triggers import KINDS, kinds

# Why nothing is asserted of a value.
UNKNOWN = "the module's own resources alone say it, and these are known after an apply"
BESIDE = "it stands in one text beside what is known after an apply"
README = "it is for somebody else to do, which the README alone says"
ELSEWHERE = "a condition, a policy or a text of IAM's, which a plan does not tell apart"

#: Keys that no assertion is about, for each kind of trigger and each section.
OF_KINDS: dict[str, dict[str, str]] = {
    "cognito": {"events": README},
    "s3": {"events": README},  # of a bucket whose notification somebody else has
    "sqs": {"create.dead_letter_queue.max_receive_count": BESIDE},
}
OF_SECTIONS: dict[str, dict[str, str]] = {
    "ecr_repository": {"image_tag": BESIDE},
}


def asserted(module: dict[str, str]) -> str:
    """What a module's tests say of it, without what they give it."""
    found = re.search(r'^run "is_what_the_spec_says" \{.*?^\}', module[TESTS], re.DOTALL | re.MULTILINE)
    assert found is not None
    return found[0]


def not_asserted(spec: Data, found: Iterator[Leaf] | list[Leaf]) -> set[str]:
    """The keys, with those around them, of which the tests say the same whatever their value is."""
    spec = used_variables(spec)
    module = module_of(spec)
    assert module is not None
    keys = set()
    for leaf in found:
        others = (with_value(spec, leaf.path, value) for value in other(leaf) if value != leaf.value)
        changed = next((files for data in others if (files := module_of(data)) is not None), None)
        if changed is not None and asserted(changed) == asserted(module):
            keys.add(".".join(str(part) for part in leaf.path if isinstance(part, str)))
    return keys


@pytest.mark.parametrize("name", KINDS)
def test_what_a_trigger_says_is_asserted(name: str) -> None:
    keys = {key.removeprefix("triggers.") for key in not_asserted(example(name), all_leaves(name))}
    assert keys == set(OF_KINDS.get(name, {}))


@pytest.mark.parametrize("key", FEATURES)
def test_what_a_section_says_is_asserted(key: str) -> None:
    keys = {
        one.removeprefix(f"{key}.")
        for data in shown_in(key).values()
        for one in not_asserted(data, leaves_of(key, data))
    }
    assert keys == set(OF_SECTIONS.get(key, {}))


def all_bounds() -> list[Bounds]:
    roots: list[type[BaseModel]] = [Spec, *kinds()]
    found = {bounds: None for root in roots for model in models(root) for bounds in bounds_of(model).values()}
    return [*found, *(bounds.items for bounds in found if bounds.items)]


def test_every_place_has_an_example_that_it_takes_and_none_that_it_refuses() -> None:
    seen = 0
    for bounds in all_bounds():
        if bounds.type != "string" or bounds.static:
            continue
        seen += 1
        if not bounds.choices:
            assert takes(bounds, example_of(bounds)), bounds
            assert any(takes(bounds, text) for text in texts_of(bounds)), bounds
            refused = wrong(bounds)
            assert refused is None or not takes(bounds, refused), bounds
    assert seen > 150
