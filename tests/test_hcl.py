"""What a value becomes in HCL: literals that every parser reads back, and the layout of `terraform fmt`."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import Any

import hcl2
import pygohcl
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateError, UndefinedError
from markupsafe import Markup

from tests.strategies import (
    FRAGMENTS,
    Expression,
    any_texts,
    examples,
    hostile_texts,
    meaning,
    modules,
    nfc,
    terraform,
)
from tfgen.hcl import Hcl, Interpolation, Ref, comment, fmt, to_hcl
from tfgen.render import _hcl_environment

SPECS = sorted((Path(__file__).parents[1] / "specs").glob("*.yaml"))
texts = hostile_texts | any_texts

# Quoting ---------------------------------------------------------------------------------------------


def by_terraforms_parser(value: object) -> Any:
    """The value as HashiCorp's own parser reads its literal."""
    return pygohcl.loads(f"x = {to_hcl(value)}\n")["x"]


def by_python_hcl2(value: object) -> Any:
    """The value as python-hcl2 reads its literal."""
    return meaning(hcl2.loads(f"x = {to_hcl(value)}\n")["x"])


@pytest.mark.parametrize(
    ("text", "literal"),
    [
        ("", '""'),
        ("plain text", '"plain text"'),
        ('say "hi"', r'"say \"hi\""'),
        ("C:\\new", r'"C:\\new"'),
        ("one\ntwo\r\n\tthree", r'"one\ntwo\r\n\tthree"'),
        ("100 %", '"100 %"'),
        ("$5 and 5$", '"$5 and 5$"'),
        ("${var.x}", '"$${var.x}"'),
        ("%{ if true }", '"%%{ if true }"'),
        ("${", r'"\u0024{"'),
        ("%{", r'"\u0025{"'),
        ("$${x}", r'"$\u0024{x}"'),
        ("%%{x}", r'"%\u0025{x}"'),
        ('${"}', r'"\u0024{\"}"'),
        ("a${b${c}}", r'"a\u0024{b$${c}}"'),
        (r"\u0024{x}", r'"\\u0024{x}"'),
        ("é, Ω and 日本", '"é, Ω and 日本"'),
        ("😀", '"😀"'),
        ("👩\u200d👧", r'"👩\u200d👧"'),
        ("right\u200fto\u202eleft", r'"right\u200fto\u202eleft"'),
        ("line\u2028paragraph\u2029next\x85", r'"line\u2028paragraph\u2029next\u0085"'),
        ("\ufeffmark", r'"\ufeffmark"'),
        ("\x1b[31m\x7f", r'"\u001b[31m\u007f"'),
        ("\U0010fffd", r'"\U0010fffd"'),
        ("<<EOT\nx\nEOT\n", r'"<<EOT\nx\nEOT\n"'),
        ("a # b // c /* d */", '"a # b // c /* d */"'),
    ],
)
def test_a_text_becomes_a_literal(text: str, literal: str) -> None:
    assert to_hcl(text) == literal
    assert by_terraforms_parser(text) == text
    assert by_python_hcl2(text) == text


@pytest.mark.parametrize(
    ("value", "literal"),
    [
        (None, "null"),
        (True, "true"),
        (False, "false"),
        (0, "0"),
        (-1, "-1"),
        (1.5, "1.5"),
        (12345678901234567890, "12345678901234567890"),
        ([], "[]"),
        ((), "[]"),
        ({}, "{}"),
        (["a", 1, True, None], '["a", 1, true, null]'),
        (Ref("var.timeout"), "var.timeout"),
        (Interpolation(("arn:", Ref("var.partition"), ":sqs")), '"arn:${var.partition}:sqs"'),
        ([Ref("var.a"), "var.a"], '[var.a, "var.a"]'),
    ],
)
def test_a_value_becomes_an_expression(value: object, literal: str) -> None:
    assert to_hcl(value) == literal


@pytest.mark.parametrize("value", [object(), b"bytes", {1, 2}, 1j])
def test_what_has_no_hcl_form_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="has no HCL form"):
        to_hcl(value)


@pytest.mark.parametrize("before", ["$", "%", "\\", "${x", "%%"])
@pytest.mark.parametrize("text", FRAGMENTS)
def test_fragments_side_by_side_stay_what_they_are(before: str, text: str) -> None:
    whole = nfc(before + text)
    assert by_terraforms_parser(whole) == whole
    assert by_python_hcl2(whole) == whole


@examples(400)
@given(texts)
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    assert by_terraforms_parser(text) == text
    assert by_python_hcl2(text) == text


@examples(100)
@given(texts)
def test_no_text_leaves_its_line_or_its_quotes(text: str) -> None:
    literal = to_hcl(text)
    assert {unicodedata.category(character) for character in literal}.isdisjoint({"Cc", "Cs", "Zl", "Zp"})
    assert set(pygohcl.loads(f"x = {literal}\ny = 1\n")) == {"x", "y"}


trees: st.SearchStrategy[Any] = st.recursive(
    texts | st.booleans() | st.none() | st.integers(-(2**63), 2**63),
    lambda inner: st.lists(inner, max_size=14) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=12,
)


@examples(150)
@given(st.dictionaries(texts, trees, max_size=4))
def test_texts_are_read_back_from_keys_lists_and_maps(value: dict[str, Any]) -> None:
    assert by_terraforms_parser(value) == value
    assert by_python_hcl2(value) == value


@pytest.mark.parametrize(
    "key", ["for", "if", "in", "null", "true", "false", "else", "endfor", "1a", "-a", "a b", "", "é", "a.b"]
)
def test_a_key_that_is_no_plain_name_is_quoted(key: str) -> None:
    assert to_hcl({key: 1}).splitlines()[1].startswith('"')
    assert by_terraforms_parser({key: 1}) == {key: 1}
    assert by_python_hcl2({key: 1}) == {key: 1}


@examples(200)
@given(
    st.lists(
        texts | st.sampled_from([Ref("var.a"), Ref("local.b"), Ref("data.c.d.e")]), min_size=2, max_size=6
    )
)
@example(["$", Ref("var.a")])
@example(["$$", Ref("var.a"), "{"])
@example(["%", Ref("var.a"), "%", "{"])
@example([Ref("var.a"), Ref("local.b"), "${var.c}"])
def test_texts_around_references_stay_literal(parts: list[str | Ref]) -> None:
    assume(len([part for part in parts if part]) > 1)
    source = f"x = {to_hcl(Interpolation(parts))}\n"
    text = "".join(f"${{{part}}}" if isinstance(part, Ref) else part for part in parts)
    assert pygohcl.loads(source, keep_interpolations=True)["x"] == nfc(text)
    found = meaning(hcl2.loads(source)["x"])
    references = (
        [part.text for part in found if isinstance(part, Expression)] if isinstance(found, tuple) else []
    )
    assert references == [str(part) for part in parts if isinstance(part, Ref)]


def test_a_long_list_is_broken_up() -> None:
    assert to_hcl(["a" * 60, "b" * 60]) == f'[\n"{"a" * 60}",\n"{"b" * 60}",\n]'


def test_a_long_list_of_short_items_fills_its_lines() -> None:
    lines = to_hcl(list(range(1000, 1100))).splitlines()
    assert max(map(len, lines)) <= 96
    assert len(lines) < 10


# Comments --------------------------------------------------------------------------------------------


@examples(200)
@given(texts)
@example("x\ny = 2")
@example("x\ry = 2")
@example("x\u2028y = 2")
@example("x\x85y = 2")
@example("*/ y = 2 /*")
def test_no_text_gets_out_of_a_comment(text: str) -> None:
    written = str(comment(text))
    source = f"{written}\nx = 1\n"
    assert all(line.startswith("# ") for line in written.splitlines())
    assert pygohcl.loads(source) == {"x": 1}
    assert set(hcl2.loads(source)) - {"__comments__"} == {"x"}


def test_a_comment_of_several_lines_is_several_comments() -> None:
    assert comment("why\nbecause") == "# why\n# because"


# What a template may write ---------------------------------------------------------------------------


def write(template: str, **names: object) -> str:
    environment: Environment = _hcl_environment()
    return environment.from_string(template).render(names)


def test_a_hole_takes_references_and_what_a_filter_made() -> None:
    written = write("x = {{ a }}\ny = {{ b|hcl }}\n{{ c|comment }}", a=Ref("var.a"), b='"${', c="why")
    assert written == 'x = var.a\ny = "\\"\\u0024{"\n# why'


@pytest.mark.parametrize("value", ["text", "", 1, 1.5, True, None, ["a"], {"a": 1}])
def test_a_hole_without_a_filter_is_an_error(value: object) -> None:
    with pytest.raises(TypeError, match="has not been made Hcl"):
        write("x = {{ value }}", value=value)


@pytest.mark.parametrize(
    "hole", ["value if true else none", "value[:2]", "'%s' % value", "value.upper()", "[value]"]
)
def test_a_template_cannot_make_text_up(hole: str) -> None:
    with pytest.raises(TypeError):
        write("x = {{ " + hole + " }}", value="text")


@pytest.mark.parametrize(
    "hole",
    [
        "ref + value",
        "value + ref",
        "ref % value",
        "ref.join([value])",
        "ref.format(value)",
        "ref * 2 + value",
    ],
)
def test_a_text_cannot_be_joined_to_what_is_hcl(hole: str) -> None:
    with pytest.raises(TypeError):
        write("x = {{ " + hole + " }}", ref=Ref("%s{}"), value="${file(1)}")


def test_an_unknown_name_is_an_error() -> None:
    with pytest.raises((UndefinedError, TypeError)):
        write("x = {{ no_such }}")
    with pytest.raises(UndefinedError, match="'no_such' is undefined"):
        write("x = {{ no_such.name|hcl }}")
    with pytest.raises(UndefinedError):
        write("{% if no_such %}x = 1{% endif %}")


@pytest.mark.parametrize(
    "filter_name", ["safe", "e", "escape", "default", "join", "replace", "string", "tojson"]
)
def test_no_filter_passes_text_through(filter_name: str) -> None:
    with pytest.raises(TemplateError, match=f"No filter named '{filter_name}'"):
        write("x = {{ value|" + filter_name + " }}", value="text")


def test_html_escapes_are_not_hcl() -> None:
    assert write("{{ value|hcl }}", value="<a href='x'>&amp;") == "\"<a href='x'>&amp;\""
    assert not isinstance(Markup("x"), Hcl)


# Layout ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "laid_out"),
    [
        ("x = 1\nlong_name = 2\n", "x         = 1\nlong_name = 2\n"),
        ("x = 1\n\nlong_name = 2\n", "x = 1\n\nlong_name = 2\n"),
        ("x = 1\n# why\nlong_name = 2\n", "x = 1\n# why\nlong_name = 2\n"),
        ("x = [\n1,\n]\nlong_name = 2\n", "x = [\n  1,\n]\nlong_name = 2\n"),
        ('b "l" {\nx = 1\nc {\ny = 2\n }\n}\n', 'b "l" {\n  x = 1\n  c {\n    y = 2\n  }\n}\n'),
        (
            "b {\nx = f({\na = 1\nbb = 2\n }, var.y)\n}\n",
            "b {\n  x = f({\n    a  = 1\n    bb = 2\n  }, var.y)\n}\n",
        ),
        ("b {\nx = a == b\nyy = a >= b\n}\n", "b {\n  x  = a == b\n  yy = a >= b\n}\n"),
        ('b {\nx = "= {"\nyy = 1 # = {\n}\n', 'b {\n  x  = "= {"\n  yy = 1 # = {\n}\n'),
    ],
)
def test_fmt_lays_text_out(text: str, laid_out: str) -> None:
    assert fmt(text) == laid_out


names = st.from_regex(r"[a-z_]{1,12}", fullmatch=True)
expressions: st.SearchStrategy[str] = st.one_of(
    trees.map(lambda value: str(to_hcl(value))),
    st.dictionaries(names | texts, trees, max_size=4).map(lambda value: f"merge({to_hcl(value)}, var.tags)"),
    trees.map(lambda value: f"var.x != null ? var.x : {to_hcl(value)}"),
    texts.map(lambda text: str(to_hcl(Interpolation((text, Ref("var.a"), text, Ref("local.b")))))),
    st.lists(texts, max_size=9).map(lambda value: f"contains({to_hcl(value)}, var.x)"),
    st.sampled_from(
        (
            'alltrue([for item in var.x : item == null ? true : length(item) >= 1 && item != "}"])',
            "{ for name, value in var.x : name => value }",
            "object({\n a = optional(object({\n b = list(string)\n }))\n long_name = number\n })",
            "one(aws_iam_role.this[*].arn)",
            'reverse(split("/", aws_lambda_function.this.role))[0]',
            "[\naws_iam_role.this,\naws_iam_role_policy.this,\n]",
        )
    ),
)


@st.composite
def bodies(draw: st.DrawFn, depth: int = 0) -> str:
    """The lines inside a block as templates write them: indented somehow, and with nothing aligned."""
    lines = []
    for number in range(draw(st.integers(0, 6))):
        name = f"{draw(names)}_{number}"
        kind = draw(st.integers(0, 9))
        if kind < 6:
            lines.append(f"{name} = {draw(expressions)}")
        elif kind == 6:
            lines.append("")
        elif kind == 7:
            lines.append(str(comment(draw(texts))))
        elif depth < 3:
            lines.append(f'{name} "{draw(names)}" {{\n{draw(bodies(depth + 1))} }}')
    indentation = draw(st.sampled_from((" ", "  ", "     ")))
    return "".join(f"{indentation}{line}".rstrip(" ") + "\n" for line in "\n".join(lines).splitlines())


blocks = bodies().map(lambda body: f'block "label" {{\n{body}}}\n\n')


@examples(100)
@given(blocks)
def test_fmt_changes_nothing_the_second_time(block: str) -> None:
    assert fmt(fmt(block)) == fmt(block)


@examples(100)
@given(blocks)
def test_fmt_changes_no_value(block: str) -> None:
    assert pygohcl.loads(fmt(block)) == pygohcl.loads(block)


def by_terraform_fmt(texts: list[str], folder: Path) -> list[str]:
    """The texts as `terraform fmt` lays them out, in one call."""
    divider = "# ---- divider ----\n"
    return terraform(folder, "fmt", "-", text=divider.join(texts)).split(divider)


@pytest.mark.terraform
def test_fmt_gives_the_bytes_of_terraform_fmt(tmp_path: Path) -> None:
    samples: list[str] = []

    @examples(300)
    @given(blocks)
    def collect(block: str) -> None:
        samples.append(block)

    collect()
    for block, expected in zip(samples, by_terraform_fmt(samples, tmp_path), strict=True):
        assert fmt(block) == expected


@pytest.mark.terraform
def test_terraform_fmt_changes_no_rendered_module(tmp_path: Path) -> None:
    files = [
        (f"{spec.stem}/{name}", text)
        for spec in SPECS
        for name, text in modules(spec.read_text(), str(spec)).items()
    ]
    for (name, text), laid_out in zip(
        files, by_terraform_fmt([text for _, text in files], tmp_path), strict=True
    ):
        assert text == laid_out, name
