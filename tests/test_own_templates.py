"""Templates of one's own: what they change, what is told of their mistakes, and what they cannot reach."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.command import tfgen
from tests.rendering import SPECS
from tfgen.fleet_page import FleetRow
from tfgen.overlay import TemplateProblem
from tfgen.overlay.folder import own_names
from tfgen.own_templates import templates_folder
from tfgen.plan import plan
from tfgen.plan.model import ModulePlan
from tfgen.render import markdown, render
from tfgen.source import load
from tfgen.spec import read_spec

OWN = templates_folder()
NAMES = own_names(OWN)


@cache
def planned(spec: str) -> ModulePlan:
    document = load(SPECS / f"{spec}.yaml")
    return plan(read_spec(document), document.path)


def own(folder: Path, templates: Mapping[str, str]) -> Path:
    """A folder of templates."""
    for name, text in templates.items():
        path = folder / "own" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "own"


def problem(folder: Path, templates: Mapping[str, str], spec: str = "operations") -> str:
    """What is told of templates that cannot be used, with `own` for their folder."""
    overlay = own(folder, templates)
    with pytest.raises(TemplateProblem) as raised:
        render(planned(spec), overlay)
    return str(raised.value).replace(overlay.as_posix(), "own")


def after(name: str, text: str) -> dict[str, str]:
    """A template that is tfgen's own with more text after it, which starts on the second line."""
    return {name: f'{{% include "tfgen/{name}" %}}\n{text}\n'}


# What they change ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def all_ejected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ejected")
    assert tfgen(folder, "templates", "eject", *NAMES).returncode == 0
    return folder / "templates"


@pytest.mark.parametrize("spec", sorted(SPECS.glob("*.yaml")), ids=lambda path: path.stem)
def test_ejected_templates_render_what_tfgens_own_do(all_ejected: Path, spec: Path) -> None:
    assert render(planned(spec.stem), all_ejected) == render(planned(spec.stem))


def test_the_ejected_page_of_a_project_is_tfgens_own(all_ejected: Path) -> None:
    rows = [
        FleetRow("orders", "", "python3.13", "2029-10-31", ("a", "b"), "3"),
        FleetRow("b", "b", "", "", (), ""),
    ]
    given = {"count": "2 functions", "rows": rows, "is_partial": True, "is_missing": False, "most": "500"}
    picture = planned("sqs").readme.picture
    page = markdown("FLEET.md", None, picture=picture, **given)
    assert "| [orders](orders/README.md) |" in page
    assert markdown("FLEET.md", all_ejected, picture=picture, **given) == page


def test_one_template_goes_before_its_namesake_and_the_others_stay(tmp_path: Path) -> None:
    queue = (OWN / "triggers" / "sqs.tf.j2").read_text().replace("jsonencode({", "jsonencode({\n# Ours.", 1)
    overlay = own(tmp_path, {"triggers/sqs.tf.j2": queue})
    before, now = render(planned("sqs")), render(planned("sqs"), overlay)
    assert {name for name in now if now[name] != before[name]} == {"triggers.tf"}
    assert now["triggers.tf"].replace("    # Ours.\n", "", 1) != before["triggers.tf"]
    assert "    # Ours.\n" in now["triggers.tf"]
    assert render(planned("s3"), overlay) == render(planned("s3"))


def test_a_template_adds_to_tfgens_own_by_including_it(tmp_path: Path) -> None:
    more = 'resource "aws_ssm_parameter" "arn" {\nname = "/functions/arn"\ntype = "String"\n'
    more += "value = aws_lambda_function.this.arn\ntags = {{ tags }}\n}"
    overlay = own(tmp_path, after("main.tf.j2", more))
    before, now = render(planned("lambda")), render(planned("lambda"), overlay)
    assert now["main.tf"].startswith(before["main.tf"])
    assert now["main.tf"].removeprefix(before["main.tf"]) == (
        'resource "aws_ssm_parameter" "arn" {\n  name  = "/functions/arn"\n  type  = "String"\n'
        "  value = aws_lambda_function.this.arn\n  tags  = var.tags\n}\n"
    )


def test_a_part_that_others_include_is_replaced_in_all_of_them(tmp_path: Path) -> None:
    permissions = (OWN / "_permissions.tf.j2").read_text().replace("action =", "# Ours.\naction =", 1)
    overlay = own(tmp_path, {"_permissions.tf.j2": permissions})
    triggers = render(planned("everything"), overlay)["triggers.tf"]
    assert triggers.count("  # Ours.\n") == triggers.count('resource "aws_lambda_permission"') > 5


def test_parts_and_macros_of_ones_own_are_included(tmp_path: Path) -> None:
    macros = '{% macro named(key, name) %}output "{{ key }}" {\nvalue = {{ name|hcl }}\n}{% endmacro %}\n'
    text = '{% import "parts/_macros.j2" as our %}\n{% include "parts/_head.tf.j2" %}\n'
    text += "{% for name in names %}\n{{ our.named(name.key, name.full) }}\n\n{% endfor %}"
    templates = after("main.tf.j2", text)
    templates |= {
        "parts/_macros.j2": macros,
        "parts/_head.tf.j2": "# The names of {{ function.function_name }}\n",
    }
    rendered = render(planned("operations"), own(tmp_path, templates))["main.tf"]
    assert "# The names of var.function_name\n" in rendered
    assert len(re.findall(r'^output "', rendered, re.MULTILINE)) == len(planned("operations").names) > 0


def test_pages_are_overlaid_too(tmp_path: Path) -> None:
    templates = {
        "README.md.j2": "# {{ name|md }}\n\nAsk {{ 'a|b'|code }}.\n",
        "FLEET.md.j2": "# All {{ count|md }}\n",
    }
    overlay = own(tmp_path, templates)
    assert render(planned("lambda"), overlay)["README.md"] == "# lambda\n\nAsk `a\\|b`.\n"
    assert markdown("FLEET.md", overlay, count="3 functions") == "# All 3 functions\n"
    with pytest.raises(TemplateProblem, match=r"FLEET\.md\.j2:1: `count` is not there"):
        markdown("FLEET.md", overlay)


def test_a_changed_template_is_read_again(tmp_path: Path) -> None:
    overlay = own(tmp_path, {"README.md.j2": "# One\n"})
    assert render(planned("lambda"), overlay)["README.md"] == "# One\n"
    own(tmp_path, {"README.md.j2": "# Another\n"})
    assert render(planned("lambda"), overlay)["README.md"] == "# Another\n"


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Our templates come here.\n")
    assert render(planned("lambda"), tmp_path) == render(planned("lambda"))


def test_nothing_of_ones_own_comes_to_stand_in_tfgens_folder(tmp_path: Path) -> None:
    def kept() -> set[tuple[str, int]]:
        return {(path.as_posix(), path.stat().st_mtime_ns) for path in OWN.rglob("*") if path.is_file()}

    overlay = own(tmp_path, after("main.tf.j2", "# Ours.") | after("README.md.j2", "Ours."))
    render(planned("lambda"))
    before = kept()
    render(planned("lambda"), overlay)
    assert kept() == before
    assert {path.name for path in overlay.iterdir()} == {"main.tf.j2", "README.md.j2"}


# What is told of mistakes ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{ tiemout }}", "2: `tiemout` is not there"),
        ("\n\n{{ function.tiemout }}", "4: there is no `tiemout` in a FunctionPlan; did you mean `timeout`?"),
        ("{{ names[0].ky }}", "2: there is no `ky` in a LongName; did you mean `key`?"),
        ("{% for a in nothing %}{% endfor %}", "2: `nothing` is not there"),
        ("{% if nothing %}{% endif %}", "2: `nothing` is not there"),
        ("{{ 'text' }}", "2: a template writes 'text', which has not been made Hcl"),
        ("{{ function }}", "2: a template writes a FunctionPlan, which has not been made Hcl"),
        ("{{ header ~ 'x' }}", "2: a template writes a Markup, which has not been made Hcl"),
        ("{{ header + 'x' }}", "2: 'x' is joined to HCL and has not been made Hcl"),
        ("{{ ('a & ' ~ tags)|hcl }}", "2: 'a &amp; var.tags' has been joined of a text and of Hcl"),
        ("{% macro m(x) %}{{ x }}{% endmacro %}{{ m('x') }}", "2: a template writes 'x', which has"),
        ("{% autoescape false %}{{ 'x' }}{% endautoescape %}", "2: a template writes 'x', which has"),
        ("{{ tags|upper }}", "2: No filter named 'upper'.\nfilters are `hcl` and `comment`"),
        ("{% if %}", "2: Expected an expression"),
        ("{% for a in names %}", "2: Unexpected end of template."),
        ("{{ 1 / 0 }}", "2: ZeroDivisionError: division by zero"),
        ('{% include "_nothing.tf.j2" %}', "2: there is no template `_nothing.tf.j2` in own or among"),
        ('{% include "main.tf.j2" %}', "2: includes itself without end; tfgen's own is `tfgen/main.tf.j2`"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "2: includes or calls itself without end"),
    ],
)
def test_a_template_that_fails_is_told_with_its_line(tmp_path: Path, text: str, expected: str) -> None:
    assert problem(tmp_path, after("main.tf.j2", text)).startswith(f"own/main.tf.j2:{expected}")


def test_a_mistake_is_told_in_the_template_that_it_is_in(tmp_path: Path) -> None:
    templates = after("main.tf.j2", '{% include "_part.tf.j2" %}') | {"_part.tf.j2": "\n{{ nothing }}\n"}
    assert problem(tmp_path, templates).startswith("own/_part.tf.j2:2: `nothing` is not there")
    templates["_part.tf.j2"] = "\n{% end %}\n"
    assert problem(tmp_path, templates).startswith("own/_part.tf.j2:2: Encountered unknown tag 'end'.")


def test_templates_that_include_one_another_are_told(tmp_path: Path) -> None:
    templates = {"_permissions.tf.j2": '\n{% include "triggers/sns.tf.j2" %}\n'}
    expected = "own/_permissions.tf.j2:2: includes itself without end; by way of triggers/sns.tf.j2"
    assert problem(tmp_path, templates) == expected


def test_a_mistake_in_a_template_that_a_module_does_not_need_is_told_as_well(tmp_path: Path) -> None:
    said = problem(tmp_path, {"triggers/sqs.tf.j2": "{% if %}"}, spec="lambda")
    assert said.startswith("own/triggers/sqs.tf.j2:1: Expected an expression")


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("main.tf.j2", 'output "x" {\n  value = var.foo\n}', "`var.foo` is not declared"),
        ("main.tf.j2", 'locals {\n  x = "{{ "a"|hcl }}"\n}', "`a` stands where a new line should be"),
        (
            "main.tf.j2",
            'resource "aws_lambda_function" "this" {\n}',
            "is declared a second time, after main.tf:",
        ),
        ("iam.tf.j2", "locals {\n  x = <<EOT\n  EOT\n}", "a heredoc, whose lines would be indented anew"),
        ("features/alarms.tf.j2", "locals {\n  x = 1\n}", "`local.x` is declared, and nothing uses it"),
        ("features/layers.tf.j2", 'output "x" {\n  value = local.y\n}', "`local.y` is not declared"),
        ("_variable.tf.j2", "x = {{ variable.type }}", "`x` is given outside of all blocks"),
    ],
)
def test_a_module_that_terraform_would_not_take_is_told_with_its_template(
    tmp_path: Path, name: str, text: str, expected: str
) -> None:
    first, told, line, by, *_ = problem(tmp_path, after(name, text)).split("\n")
    assert first == "operations: this module is not right with the templates in own"
    assert re.match(r"  \w+\.tf:\d+: ", told)
    assert expected in told
    assert re.fullmatch(r" {4}(value|x|resource) .*", line)
    assert by == f"    by own/{name}"


def test_a_part_is_told_where_it_was_included(tmp_path: Path) -> None:
    permissions = (
        (OWN / "_permissions.tf.j2").read_text().replace("aws_lambda_function.this", "aws_lambda_function.it")
    )
    said = problem(tmp_path, {"_permissions.tf.j2": permissions}, spec="sns")
    assert "`aws_lambda_function.it` is not declared; `aws_lambda_function.this` is" in said
    assert "    by own/_permissions.tf.j2" in said


def test_an_input_that_does_nothing_any_more_is_told(tmp_path: Path) -> None:
    main = re.sub(r"  memory_size = .*\n", "", (OWN / "main.tf.j2").read_text())
    said = problem(tmp_path, {"main.tf.j2": main}, spec="lambda")
    assert "`var.memory_size` is declared, and nothing uses it" in said
    variable = '{% if variable.name != "memory_size" %}\n{% include "tfgen/_variable.tf.j2" %}\n{% endif %}\n'
    overlay = own(tmp_path, {"_variable.tf.j2": variable})
    assert 'variable "memory_size"' not in render(planned("lambda"), overlay)["variables.tf"]


def test_many_problems_of_one_module_are_counted(tmp_path: Path) -> None:
    text = "\n".join(f'output "x{number}" {{\n  value = var.x\n}}' for number in range(15))
    assert problem(tmp_path, after("main.tf.j2", text)).endswith("  and 5 more")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("trigger/sqs.tf.j2", "did you mean triggers/sqs.tf.j2?"),
        ("sqs.tf.j2", "did you mean triggers/sqs.tf.j2?"),
        ("mian.tf.j2", "did you mean main.tf.j2?"),
        ("zzz.j2", "`tfgen templates list` has all names"),
        ("new/go/main.go.j2", "`tfgen templates list` has all names"),
    ],
)
def test_a_template_that_would_do_nothing_is_refused(tmp_path: Path, name: str, expected: str) -> None:
    said = problem(tmp_path, {name: "# Nobody's.\n"})
    assert said.startswith(f"own/{name}: tfgen has no template of that name, and none here includes it\n")
    assert expected in said


def test_what_a_comment_includes_is_not_included(tmp_path: Path) -> None:
    overlay = own(tmp_path, after("main.tf.j2", '{# {% include "main.tf.j2" %} #}'))
    assert render(planned("lambda"), overlay) == render(planned("lambda"))


def test_what_may_be_included_by_a_computed_name_is_not_refused(tmp_path: Path) -> None:
    templates = after("main.tf.j2", '{% include "_" ~ "our" ~ ".j2" %}\n{% include here %}') | {
        "_our.j2": "# Ours."
    }
    templates["main.tf.j2"] = '{% set here = "_our.j2" %}\n' + templates["main.tf.j2"]
    assert render(planned("lambda"), own(tmp_path, templates))["main.tf"].count("# Ours.") == 2


# What they cannot reach ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "{{ function.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ versions['__class__'] }}",
        "{{ namespace.__init__.__globals__ }}",
        "{{ range.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ self._TemplateReference__context }}",
        "{% macro m() %}{% endmacro %}{{ m.__init__ }}",
        "{% if function.__class__ %}{% endif %}",
        "{% for x in function.__class__ %}{% endfor %}",
        "{{ '{0.__class__}'.format(function)|hcl }}",
        "{{ '{0.__class__}'.format_map({})|hcl }}",
        "{{ versions.parse_file('/etc/passwd') }}",
        "{{ versions.parse_raw('x', proto='pickle', allow_pickle=true) }}",
        "{% set read = versions.parse_file %}{{ read('/etc/passwd') }}",
        "{{ versions.model_construct() }}",
        "{{ function._replace(role=tags) }}",
        "{{ tags.translate({118: 'x'}) }}",
        "{{ tags.replace('v', 'x') }}",
        "{{ tags.join(['x']) }}",
        "{{ [].append(1) }}",
        "{% set x = {} %}{{ x.update({1: 2}) }}",
        "{{ lipsum() }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ function|attr('__class__') }}",
        "{{ names|map(attribute='__class__') }}",
        "{% import 'os' as os %}",
        "{% from 'os' import system %}",
        "{% do function %}",
        "{% set function.role = tags %}",
        "{% for x in range(10000000000) %}{% endfor %}",
        "{% include '../secret.j2' %}",
        "{% include 'parts/../../secret.j2' %}",
        "{% include '../../../../../../../../etc/passwd' %}",
        "{% include '/etc/passwd' %}",
        "{% include '//etc/passwd' %}",
        "{% include 'tfgen/../../../../etc/passwd' %}",
        "{% include 'tfgen//etc/passwd' %}",
        "{% include ['/etc/passwd', '../secret.j2'] %}",
        "{% extends '/etc/passwd' %}",
        "{% import '/etc/passwd' as x %}",
        "{% include 'new/go/go.mod.j2' %}",
        "{% include '__pycache__/x' %}",
        "{% include 'README' %}",
    ],
)
def test_a_hostile_template_is_stopped(tmp_path: Path, text: str) -> None:
    (tmp_path / "secret.j2").write_text("# secret\n")
    own(tmp_path, {"README": "# no template\n"})
    said = problem(tmp_path, after("main.tf.j2", text))
    assert re.match(r"own/main\.tf\.j2:[12]: ", said)
    assert "root:" not in said


@pytest.mark.parametrize("name", ["main.tf.j2", "_part.tf.j2", "triggers/sqs.tf.j2"])
def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.j2").write_text("# secret\n")
    overlay = own(tmp_path, after("iam.tf.j2", "# Ours."))
    (overlay / name).parent.mkdir(exist_ok=True)
    (overlay / name).symlink_to(tmp_path / "secret.j2")
    assert problem(tmp_path, {}) == f"own/{name}: is a link that leads out of own"


def test_a_link_to_a_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    overlay = own(tmp_path, after("iam.tf.j2", "# Ours."))
    (overlay / "triggers").symlink_to(tmp_path / "elsewhere")
    assert problem(tmp_path, {}).startswith("own/triggers: is a link; tfgen does not follow links to folders")


def test_links_within_the_folder_and_to_it_are_followed(tmp_path: Path) -> None:
    overlay = own(tmp_path, after("README.md.j2", "Ours."))
    (overlay / "FLEET.md.j2").symlink_to(overlay / "README.md.j2")
    (tmp_path / "link").symlink_to(overlay)
    assert render(planned("lambda"), tmp_path / "link")["README.md"].endswith("Ours.\n")


def test_what_is_no_readable_text_is_refused(tmp_path: Path) -> None:
    overlay = own(tmp_path, {})
    overlay.mkdir()
    os.mkfifo(overlay / "main.tf.j2")  # which would be waited for
    assert problem(tmp_path, {}) == "own/main.tf.j2: is no file"
    (overlay / "main.tf.j2").unlink()
    (overlay / "main.tf.j2").write_bytes(b"# \xff")
    assert problem(tmp_path, {}) == "own/main.tf.j2: is not UTF-8, at byte 2"
    (overlay / "main.tf.j2").write_bytes(b"#" * 1_000_001)
    assert "has 1,000,001 bytes" in problem(tmp_path, {})
    shutil.rmtree(overlay)
    assert problem(tmp_path, {}) == "own: there is no such folder of templates"


def test_hidden_files_are_an_editors(tmp_path: Path) -> None:
    overlay = own(tmp_path, {".#main.tf.j2": "{% if %}", ".git/main.tf.j2": "{% if %}"})
    assert render(planned("lambda"), overlay) == render(planned("lambda"))


def test_no_template_changes_what_the_next_one_gets(tmp_path: Path) -> None:
    """Plans are kept and shared between modules."""
    text = "{% set ns = namespace(n=0) %}{% for a in names %}{% set ns.n = ns.n + 1 %}{% endfor %}"
    text += "# {{ ns.n|hcl }}"
    overlay = own(tmp_path, after("main.tf.j2", text))
    first = render(planned("operations"), overlay)
    assert first["main.tf"].endswith(f"# {len(planned('operations').names)}\n")
    assert render(planned("operations"), overlay) == first
