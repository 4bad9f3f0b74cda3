"""What `${…}` means in a spec: which expressions there are, and the input variables that they declare."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import any_texts, escaped, examples, hostile_texts, modules, read, reported
from tfgen.diagnostics import SpecError
from tfgen.expressions import ALLOWED, ATTRIBUTES, ExpressionError, Reference, Template, parse
from tfgen.interface import INTERFACE

VAR_X = Reference("var", "x")
REGION = Reference("aws", "region")
texts = hostile_texts | any_texts

# Splitting a text ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("", ""),
        ("plain", "plain"),
        ("$ and { and }", "$ and { and }"),
        ("%{ if x }", "%{ if x }"),
        ("$${var.x}", "${var.x}"),
        ("$${", "${"),
        ("$$${x}", "$${x}"),
        ("$$", "$$"),
        ("${var.x}", Template((VAR_X,))),
        ("${ var.x }", Template((VAR_X,))),
        ("a${var.x}", Template(("a", VAR_X))),
        ("${var.x}b", Template((VAR_X, "b"))),
        ("a-${var.x}-${aws.region}", Template(("a-", VAR_X, "-", REGION))),
        ("${var.x}${aws.region}", Template((VAR_X, REGION))),
        ("$${a}${var.x}$${b}", Template(("${a}", VAR_X, "${b}"))),
        ("${var.x}}", Template((VAR_X, "}"))),
        ("${var.with-dash_1}", Template((Reference("var", "with-dash_1"),))),
        *((f"${{{name}}}", Template((Reference(*name.split(".")),))) for name in ATTRIBUTES),
    ],
)
def test_a_text_is_split_at_its_expressions(text: str, parsed: str | Template) -> None:
    assert parse(text) == parsed


def test_the_whole_value_is_told_from_a_part_of_it() -> None:
    whole, part, doubled = parse("${var.x}"), parse(" ${var.x}"), parse("${var.x}${aws.region}")
    assert isinstance(whole, Template)
    assert isinstance(part, Template)
    assert isinstance(doubled, Template)
    assert whole.whole == VAR_X
    assert part.whole is None
    assert doubled.whole is None
    assert doubled.references == (VAR_X, REGION)


@examples(300)
@given(texts)
def test_escaped_text_comes_back(text: str) -> None:
    assert parse(escaped(text)) == text


references = st.sampled_from([VAR_X, REGION, Reference("var", "table_name"), Reference("function", "arn")])


@examples(300)
@given(st.lists(texts | references))
def test_the_parts_of_a_template_make_its_text(parts: list[str | Reference]) -> None:
    # A `$` right before an expression would make it literal.
    written = [escaped(part).rstrip("$") if isinstance(part, str) else part for part in parts]
    text = "".join(map(str, written))
    parsed = parse(text)
    if isinstance(parsed, str):
        assert escaped(parsed) == text
        return
    assert "".join(escaped(part) if isinstance(part, str) else str(part) for part in parsed.parts) == text
    assert parsed.references == tuple(part for part in parts if isinstance(part, Reference))
    assert all(parsed.parts)


BAD = (
    "",
    " ",
    "var",
    "var.",
    "var.1x",
    "var.x.y",
    "var.x[0]",
    "VAR.x",
    "vars.x",
    "local.x",
    "data.aws_region.current.name",
    "each.key",
    "path.module",
    "aws",
    "aws.account",
    "aws.id",
    "function",
    "function.version",
    "env.HOME",
    'file("x")',
    "upper(var.x)",
    "1 + 1",
    '"x"',
    "~ var.x ~",
    "var.x\u200b",
    "vär.x",
)


@pytest.mark.parametrize("inner", BAD)
def test_anything_else_is_no_expression(inner: str) -> None:
    with pytest.raises(ExpressionError, match=re.escape(f"`${{{inner.strip()}}}`")):
        parse(f"a ${{{inner}}} b")


@pytest.mark.parametrize("text", ["${", "a ${var.x", "$${a} ${", "${var.x}${"])
def test_an_expression_is_closed(text: str) -> None:
    with pytest.raises(ExpressionError, match="never closed"):
        parse(text)


@pytest.mark.parametrize("inner", [name for name in BAD if '"' not in name])
@pytest.mark.parametrize(
    ("place", "line", "column"),
    [
        ('description: "HERE"', 1, 14),
        ('timeout: "HERE"', 1, 10),
        ('publish: "HERE"', 1, 10),
        ('layers: ["HERE"]', 1, 10),
        ('layers: "HERE"', 1, 9),
        ('environment:\n  variables:\n    A_1: "a HERE"', 3, 10),
        ('policy_statements:\n  - actions: ["HERE"]\n    resources: ["*"]', 2, 15),
    ],
)
def test_an_unknown_expression_is_shown_with_what_may_stand_there(
    place: str, line: int, column: int, inner: str
) -> None:
    text = place.replace("HERE", f"${{{inner}}}")
    assert reported(text) == [("TFG104", line, column)]
    with pytest.raises(SpecError) as caught:
        read(text)
    (diagnostic,) = caught.value.diagnostics
    assert all(f"`{name}`" in diagnostic.hint for name in ALLOWED)
    assert "`$${`" in diagnostic.hint


@pytest.mark.parametrize(
    "place",
    ["name: x${var.x}", "log_group: {create: '${var.x}'}", "terraform: {required_version: '${var.x}'}"],
)
def test_what_decides_the_module_takes_no_expression(place: str) -> None:
    ((code, line, _),) = reported(place)
    assert (code, line) == ("TFG104", 1)


@pytest.mark.parametrize(
    ("place", "code"),
    [
        ("timeout: 1${var.x}", "TFG103"),
        ("timeout: ${aws.region}", "TFG103"),
        ("publish: ${function.name}", "TFG103"),
        ("layers: ${var.x}${var.y}", "TFG103"),
    ],
)
def test_text_does_not_fit_where_no_text_stands(place: str, code: str) -> None:
    ((found, line, column),) = reported(place)
    assert (found, line) == (code, 1)
    assert column == place.index(": ") + 3


# Input variables -------------------------------------------------------------------------------------


def variable(text: str, name: str) -> str:
    """The `variable` block that a spec's module has for `name`."""
    (block,) = re.findall(rf'^variable "{name}" \{{\n(.*?)^}}$', modules(text)["variables.tf"], re.M | re.S)
    return str(block)


def argument(block: str, name: str) -> str | None:
    found = re.search(rf"^  {name} += (.*)$", block, re.M)
    return found and found[1]


@pytest.mark.parametrize(
    ("place", "kind", "condition"),
    [
        ("description: ${var.x}", "string", "length(var.x) <= 256"),
        ("description: about ${var.x}", "string", None),
        ("ephemeral_storage: {size: '${var.x}'}", "number", "var.x >= 512 && var.x <= 10240"),
        ("publish: ${var.x}", "bool", None),
        ("log_group: {skip_destroy: '${var.x}'}", "bool", None),
        (
            "replace_security_groups_on_destroy: true\nreplacement_security_group_ids: ${var.x}",
            "list(string)",
            "length(var.x) <= 5 && alltrue([for item in var.x : length(item) >= 1])",
        ),
        (
            "role_name: ${var.x}",
            "string",
            'length(var.x) <= 64 && can(regex("^[a-zA-Z0-9_+=,.@-]+$", var.x))',
        ),
        ("log_group: {log_group_class: '${var.x}'}", "string", 'contains(["STANDARD", "INFREQUENT_ACCESS"'),
        ("policy_arns: ${var.x}", "list(string)", "length(var.x) <= 20 && alltrue("),
        (
            "policy_statements: [{actions: '${var.x}', resources: ['*']}]",
            "list(string)",
            "length(var.x) >= 1",
        ),
    ],
)
def test_a_variables_type_and_bounds_are_those_of_its_place(
    place: str, kind: str, condition: str | None
) -> None:
    block = variable(place, "x")
    assert argument(block, "type") == kind
    assert argument(block, "nullable") == "false"
    assert argument(block, "default") is None, "it would not be required"
    found = argument(block, "  condition")
    assert (found or "").startswith(condition) if condition else found is None


@pytest.mark.parametrize(
    ("place", "kind", "condition"),
    [
        ("timeout: ${var.x}", "number", "var.x == null ? true : var.x >= 1 && var.x <= 900"),
        ("runtime: python3.13\nhandler: ${var.x}", "string", "var.x == null ? true : length(var.x) <= 128"),
        ("layers: ${var.x}", "list(string)", "var.x == null ? true : length(var.x) <= 5"),
        ("layers: ['${var.x}']", "string", "var.x == null ? true : length(var.x) <= 140"),
        (
            "vpc_config: {subnet_ids: '${var.x}', security_group_ids: []}",
            "list(string)",
            "var.x == null ? true",
        ),
        ("tags: {A: '${var.x}'}", "string", "var.x == null ? true : length(var.x) <= 256"),
    ],
)
def test_a_variable_behind_the_interface_may_be_left_out(place: str, kind: str, condition: str) -> None:
    """The caller can give the interface's own variable instead, as callers of the reference module do."""
    block = variable(place, "x")
    assert argument(block, "type") == kind
    assert argument(block, "default") == "null"
    assert argument(block, "nullable") is None
    assert str(argument(block, "  condition")).startswith(condition)
    assert re.findall(r"condition += (var\.x != null \|\| .*)", block), "and one of the two is needed"


@pytest.mark.parametrize("name", [name for name, variable in INTERFACE.items() if variable.scalar])
def test_a_key_that_names_itself_makes_its_variable_required(name: str) -> None:
    image = "package_type: Image\n" if name == "image_uri" else ""
    code = (
        "s3_bucket: ${var.s3_bucket}\ns3_key: ${var.s3_key}\n"
        if name in {"s3_key", "s3_object_version"}
        else ""
    )
    code = "s3_key: a.zip\n" if name == "s3_bucket" else code
    code = {"runtime": "handler: app.handler\n", "handler": "runtime: python3.13\n"}.get(name, code)
    line = "" if name == "s3_key" else f"{name}: ${{var.{name}}}\n"
    block = variable(image + code + line, name)
    assert argument(block, "default") is None
    assert argument(block, "nullable") == "false"


def test_a_description_says_more_about_a_variable() -> None:
    spec = """\
description: ${var.about}
variables:
  about: {description: What it is for, default: 50 %, sensitive: true, type: string}
"""
    block = variable(spec, "about")
    assert argument(block, "description") == '"What it is for"'
    assert argument(block, "default") == '"50 %"'
    assert argument(block, "sensitive") == "true"
    assert argument(block, "nullable") == "false"


def test_without_a_description_it_says_where_its_value_goes() -> None:
    block = variable("description: ${var.x}\nrole_name: ${var.x}", "x")
    assert argument(block, "description") == '"Used in description, role_name"'


def test_a_variable_for_two_places_is_held_to_both() -> None:
    block = variable("description: ${var.x}\nrole_name: ${var.x}", "x")
    assert len(re.findall("validation {", block)) == 2


# What is wrong with them -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("timeout: ${var.x}", "role_name: ${var.x}"),
        ("publish: ${var.x}", "timeout: ${var.x}"),
        ("layers: ${var.x}", "description: ${var.x}"),
        ("memory_size: ${var.x}", "policy_arns: ${var.x}"),
    ],
)
def test_a_variable_of_two_types_is_shown_at_both_lines(one: str, other: str) -> None:
    expected = [("TFG105", line, place.index(": ") + 3) for line, place in enumerate((one, other), 1)]
    assert reported(f"{one}\n{other}\n") == expected
    assert reported(f"{other}\n{one}\n") == [
        ("TFG105", line, place.index(": ") + 3) for line, place in enumerate((other, one), 1)
    ]


def test_a_type_that_a_place_contradicts_is_shown_at_both_lines() -> None:
    spec = "timeout: ${var.x}\nvariables:\n  x:\n    type: string\n"
    assert reported(spec) == [("TFG105", 1, 10), ("TFG105", 4, 11)]


def test_a_number_may_also_stand_inside_a_text() -> None:
    assert reported("timeout: ${var.x}\ndescription: stops after ${var.x} s\n") == []
    assert argument(variable("timeout: ${var.x}\ndescription: after ${var.x} s\n", "x"), "type") == "number"


def test_a_list_cannot_stand_inside_a_text() -> None:
    assert reported("layers: ${var.x}\ndescription: uses ${var.x}\n") == [("TFG105", 2, 14)]
    spec = "description: uses ${var.x}\nvariables:\n  x: {type: list(string)}\n"
    assert reported(spec) == [("TFG105", 1, 14)]


def test_a_variable_that_nothing_uses_is_reported() -> None:
    spec = "description: ${var.used}\nvariables:\n  used: {}\n  unused: {description: x}\n"
    assert reported(spec) == [("TFG106", 4, 3)]


@pytest.mark.parametrize(
    "name", ["source", "version", "count", "for_each", "providers", "lifecycle", "depends_on"]
)
def test_a_name_that_terraform_keeps_is_reported(name: str) -> None:
    assert reported(f"description: ${{var.{name}}}") == [("TFG107", 1, 14)]
    assert reported(f"description: a\nvariables:\n  {name}: {{}}\n") == [("TFG107", 3, 3)]


@pytest.mark.parametrize("name", [*INTERFACE, "create_execution_role"])
def test_a_name_that_the_interface_has_cannot_be_described_anew(name: str) -> None:
    assert reported(f"description: a\nvariables:\n  {name}: {{description: b}}\n") == [("TFG107", 3, 3)]


@pytest.mark.parametrize(
    ("spec", "line", "column"),
    [
        ("function_name: a-${function.name}", 1, 16),
        ("function_name: ${function.arn}", 1, 16),
        ("function_name: a${var.function_name}", 1, 16),
        ("role_name: ${function.role_arn}", 1, 12),
        ("tags: {Role: '${function.role_arn}'}", 1, 14),
        ("description: ${var.handler}", 1, 14),
        ("description: ${var.tags}", 1, 14),
        ("description: ${var.vpc_config}", 1, 14),
        ("runtime: python3.13\nhandler: a.${var.x}\ns3_bucket: '${var.handler}'\ns3_key: a", 3, 12),
    ],
)
def test_an_expression_without_a_value_is_reported(spec: str, line: int, column: int) -> None:
    assert reported(spec) == [("TFG108", line, column)]


@pytest.mark.parametrize(
    "spec",
    [
        "description: runs as ${var.function_name}",
        "description: stops after ${var.timeout} s",
        "filename: ${var.filename}\ndescription: is in ${var.filename}",
        "environment: {variables: {ME: '${function.arn}', ROLE: '${function.role_arn}'}}",
        "tags: {Name: '${function.name}', Region: '${aws.region}'}",
    ],
)
def test_the_interfaces_own_variables_can_stand_in_expressions(spec: str) -> None:
    assert reported(spec) == []


@pytest.mark.parametrize(
    ("place", "default"),
    [
        ("timeout: ${var.x}", "'a'"),
        ("timeout: ${var.x}", "true"),
        ("description: ${var.x}", "1"),
        ("publish: ${var.x}", "1"),
        ("layers: ${var.x}", "a"),
        ("description: a ${var.x}", "[a]"),
    ],
)
def test_a_default_has_the_type_of_its_place(place: str, default: str) -> None:
    assert [code for code, _, _ in reported(f"{place}\nvariables: {{x: {{default: {default}}}}}\n")] == [
        "TFG103"
    ]


@pytest.mark.parametrize(
    ("place", "default", "code"),
    [
        ("timeout: ${var.x}", "901", "TFG201"),
        ("runtime: python3.13\nhandler: ${var.x}", "a b", "TFG203"),
        ("handler: app.handler\nruntime: ${var.x}", "python1", "TFG204"),
        ("role_name: ${var.x}", "''", "TFG202"),
        ("layers: ${var.x}", "[a]", "TFG203"),
    ],
)
def test_a_default_is_inside_the_bounds_of_its_place(place: str, default: str, code: str) -> None:
    """Terraform holds defaults to the `validation` as well, so the module could not be planned."""
    assert [found for found, _, _ in reported(f"{place}\nvariables: {{x: {{default: {default}}}}}\n")] == [
        code
    ]


def test_a_default_holds_no_expression() -> None:
    spec = "description: ${var.x}\nvariables:\n  x: {default: '${var.y}'}\n"
    assert reported(spec) == [("TFG104", 3, 16)]


def test_a_default_writes_a_literal_sign_as_all_values_do() -> None:
    spec = "description: ${var.x}\nvariables:\n  x: {default: '$${y}'}\n"
    assert argument(variable(spec, "x"), "default") == '"$${y}"'
