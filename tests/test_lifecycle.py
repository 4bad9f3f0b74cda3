"""The lifecycle of runtimes: what is said on which day, which providers accept them, and what is mended."""

from __future__ import annotations

import re
from datetime import date
from operator import eq, ge, gt, le, lt, ne
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import as_json, examples, modules
from tfgen import runtimes
from tfgen.diagnostics import Diagnostic, Node, SpecError, dotted
from tfgen.runtimes import Version, admits
from tfgen.source import parse
from tfgen.spec import judge

TODAY = date(2026, 11, 26)
NEWER: dict[str, Any] = {"terraform": {"aws_provider_version": ">= 6.20"}}
ABOUT_RUNTIMES = {"TFG601", "TFG602", "TFG603", "TFG604", "TFG605"}


def said(day: date = TODAY, **keys: Any) -> list[Diagnostic]:
    """What is said of the runtimes in a spec on a day, whatever else there is to say."""
    document = parse("orders.yaml", as_json({"function_name": "orders", **keys}).encode())
    try:
        _, found = judge(document, day)
    except SpecError as error:
        found = tuple(error.diagnostics)
    return [one for one in found if one.code in ABOUT_RUNTIMES]


def function(runtime: str, handler: str = "app.handler", **keys: Any) -> dict[str, Any]:
    return {"runtime": runtime, "handler": handler, **keys}


def codes(day: date, **keys: Any) -> list[str]:
    return [one.code for one in said(day, **keys)]


# Days ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2025, 3, 4), []),
        (date(2025, 3, 5), ["TFG602"]),  # 180 days before
        (date(2025, 8, 31), ["TFG602"]),
        (date(2025, 9, 1), ["TFG601"]),
        (date(2027, 1, 31), ["TFG601"]),
        (date(2027, 2, 1), ["TFG603"]),
        (date(2027, 3, 2), ["TFG603"]),
        (date(2027, 3, 3), ["TFG604"]),
        (date(2040, 1, 1), ["TFG604"]),
    ],
    ids=str,
)
def test_on_the_day_itself_what_is_announced_for_it_holds(day: date, code: list[str]) -> None:
    assert codes(day, **function("nodejs18.x")) == code


def test_a_finding_has_the_days_and_what_to_change_to_and_stands_at_the_value() -> None:
    (found,) = said(**function("nodejs18.x"))
    assert found.summary == (
        "`nodejs18.x` has been deprecated since 2025-09-01; from 2027-02-01 on AWS makes no new functions "
        "with it, from 2027-03-03 on it updates none"
    )
    assert found.hint.startswith("change it to `nodejs22.x`")
    assert found.location == Node(("runtime",))


def test_a_runtime_of_which_nothing_is_to_be_said_gets_no_finding() -> None:
    assert said(**function("python3.13")) == []


def test_an_images_runtime_is_its_own() -> None:
    assert said(package_type="Image", image_uri="registry.example/app:1", runtime="python2.7") == []


def test_an_expression_leaves_the_runtime_open() -> None:
    assert said(**function("${var.runtime}")) == []
    assert said(**function("python${var.version}")) == []


def test_the_default_of_an_input_variable_is_looked_at_where_it_stands() -> None:
    (found,) = said(**function("${var.engine}"), variables={"engine": {"default": "python2.7"}})
    assert (found.code, found.location) == ("TFG604", Node(("variables", "engine", "default")))


# Providers -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(set(runtimes.names()) - set(runtimes.accepted("~> 5.80"))))
def test_a_runtime_that_the_provider_refuses_comes_with_the_version_that_knows_it(name: str) -> None:
    (found,) = [one for one in said(**function(name)) if one.code == "TFG605"]
    first = ".".join(map(str, runtimes.runtime(name).provider or ()))
    constraint = re.findall(r'`aws_provider_version: "(.*)"`', found.hint)[0]
    assert first in found.hint
    assert said(**function(name), terraform={"aws_provider_version": constraint}) == []


def test_a_layers_runtimes_are_accepted_or_refused_one_by_one() -> None:
    compatible = ["python2.7", "python3.13", "python3.14"]
    layer = {"name": "tools", "filename": "tools.zip", "compatible_runtimes": compatible}
    (found,) = said(layers=[layer])
    assert isinstance(found.location, Node)
    assert (found.code, dotted(found.location.path)) == ("TFG605", "layers[0].compatible_runtimes[2]")
    assert said(layers=[layer], **NEWER) == []


def test_the_defaults_of_a_layers_input_variable_are_looked_at_once() -> None:
    layers = [
        {"name": name, "filename": "tools.zip", "compatible_runtimes": "${var.engines}"}
        for name in ("a", "b")
    ]
    variables = {"engines": {"default": ["python3.13", "python3.14"]}}
    (found,) = said(layers=layers, variables=variables)
    assert (found.code, found.location) == ("TFG605", Node(("variables", "engines", "default", 1)))


@pytest.mark.parametrize(
    ("constraint", "admitted"),
    [
        ("~> 5.80", False),
        ("~> 5", False),
        ("~> 6", True),
        ("~> 6.18", True),
        ("~> 6.18.0", False),
        ("~> 6.19.0", True),
        ("~> 7.0", True),
        (">= 5.80", True),
        (">= 5.80, < 6.0", False),
        (">= 5.80, < 6.19.1", True),
        ("< 6.19", False),
        ("<= 6.19", True),
        ("> 6.19", True),
        ("> 6.19.0, < 6.19.1", False),
        ("6.19", True),
        ("= 6.18.9", False),
        ("= 6.19.0, != 6.19.0", False),
        ("~> 6.19.0, != 6.19.0", True),
        ("!= 6.19.0", True),
        ("<7,>=5.80", True),
    ],
)
def test_a_constraint_admits_a_runtime_if_one_version_within_it_does(constraint: str, admitted: bool) -> None:
    assert admits(constraint, (6, 19, 0)) is admitted


_COMPARISONS = {"": eq, "=": eq, "!=": ne, ">": gt, ">=": ge, "<": lt, "<=": le}
_versions = st.tuples(*[st.integers(0, 3)] * 3)
_clauses = st.tuples(st.sampled_from([*_COMPARISONS, "~>"]), _versions, st.integers(1, 3))


def allows(clause: tuple[str, Version, int], version: Version) -> bool:
    """Whether a clause with the first numbers of a version allows another, read off Terraform's documents."""
    operator, numbers, count = clause
    bound = (*numbers[:count], 0, 0)[:3]
    if operator == "~>":
        return version >= bound and version[: max(count - 1, 1)] == bound[: max(count - 1, 1)]
    return bool(_COMPARISONS[operator](version, bound))


@examples(300)
@given(st.lists(_clauses, min_size=1, max_size=3), _versions)
def test_admission_is_what_trying_all_versions_says(
    clauses: list[tuple[str, Version, int]], least: Version
) -> None:
    text = ", ".join(
        f"{operator} {'.'.join(map(str, numbers[:count]))}" for operator, numbers, count in clauses
    )
    all_versions = ((a, b, c) for a in range(6) for b in range(6) for c in range(8))
    tried = any(
        version >= least and all(allows(clause, version) for clause in clauses) for version in all_versions
    )
    assert admits(text, least) is tried, text


# The module's own validation -------------------------------------------------------------------------


def listed(variable: str, text: str) -> list[str]:
    """The runtimes that a variable's validation lists."""
    block = modules(text)["variables.tf"].split(f'variable "{variable}" {{', 1)[1].split("\n}\n", 1)[0]
    return [name for name in re.findall(r'"([a-z]+[a-z0-9.-]*)"', block) if name in runtimes.names()]


@pytest.mark.parametrize(
    ("variable", "keys"),
    [
        ("runtime", {}),
        ("engine", function("${var.engine}")),
        (
            "engines",
            {"layers": [{"name": "a", "filename": "a.zip", "compatible_runtimes": "${var.engines}"}]},
        ),
    ],
    ids=["interface", "expression", "layer"],
)
def test_a_module_takes_the_runtimes_that_its_provider_accepts(variable: str, keys: dict[str, Any]) -> None:
    before = listed(variable, as_json({"function_name": "orders", **keys}))
    after = listed(variable, as_json({"function_name": "orders", **keys, **NEWER}))
    assert before == list(runtimes.accepted("~> 5.80"))
    assert set(after) - set(before) == {"dotnet10", "java25", "nodejs24.x", "python3.14", "ruby4.0"}
    assert set(before) <= set(after)


# Fixes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("runtime", "provider", "fixed"),
    [
        ("nodejs18.x", "~> 5.80", "nodejs22.x"),
        ("nodejs18.x", ">= 6.20", "nodejs24.x"),
        ("python3.9", "~> 5.80", "python3.13"),
        ("python3.9", "~> 6.20", "python3.14"),
        ("java8", "~> 5.80", "java21"),
        ("ruby2.7", "~> 5.80", "ruby3.4"),
        ("provided", "~> 5.80", "provided.al2023"),
        ("dotnetcore3.1", "~> 6.27", "dotnet10"),
        ("dotnetcore3.1", "~> 5.80", None),  # dotnet8 is deprecated itself, dotnet10 unknown to 5.x
        ("go1.x", "~> 5.80", None),  # needs another package
    ],
)
def test_a_fix_is_the_newest_of_the_family_that_is_supported_and_accepted(
    runtime: str, provider: str, fixed: str | None
) -> None:
    terraform = {"aws_provider_version": provider}
    (found,) = said(**function(runtime), terraform=terraform)
    assert (found.fix and found.fix.text) == fixed
    if fixed:
        assert f"`{fixed}`" in found.hint
        after = said(**function(fixed), terraform=terraform)
        assert {one.code for one in after} <= {"TFG602"}


def test_what_is_supported_still_is_not_changed_by_itself() -> None:
    (found,) = said(**function("nodejs22.x"), **NEWER)
    assert (found.code, found.fix) == ("TFG602", None)
    assert found.hint == "change it to `nodejs24.x`"


def test_a_successor_that_the_provider_refuses_is_named_with_what_it_needs() -> None:
    (found,) = said(**function("dotnet8", "Orders::Orders.Function::Handle"))
    assert (
        found.hint == 'change it to `dotnet10`, and write `aws_provider_version: "~> 6.27"` below `terraform`'
    )


def test_no_runtime_is_to_be_changed_to_itself() -> None:
    (found,) = said(**function("nodejs22.x"))
    assert (
        found.hint
        == 'change it to `nodejs24.x`, and write `aws_provider_version: "~> 6.19"` below `terraform`'
    )


def test_a_fix_is_no_runtime_that_ends_itself() -> None:
    (found,) = said(date(2027, 4, 30), **function("nodejs20.x"))
    assert (found.code, found.fix) == ("TFG604", None)


# The data --------------------------------------------------------------------------------------------


def test_the_data_are_sorted_and_make_sense() -> None:
    assert list(runtimes.names()) == sorted(runtimes.names())
    for runtime in map(runtimes.runtime, runtimes.names()):
        assert runtime.create_block <= runtime.update_block, runtime.name
        if runtime.successor:
            assert runtimes.runtime(runtime.successor).successor is None, runtime.name


def test_families_are_languages() -> None:
    families = {runtimes.runtime(name).family for name in runtimes.names()}
    assert families == {"dotnet", "go", "java", "nodejs", "provided", "python", "ruby"}
    assert runtimes.runtime("python3.9").version < runtimes.runtime("python3.10").version
    assert runtimes.runtime("java8").version < runtimes.runtime("java8.al2").version
