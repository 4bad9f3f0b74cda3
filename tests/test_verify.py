"""What `verify` finds in a module's files, held to HashiCorp's own parser and to modules that are right."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.rendering import SPECS
from tfgen import load, render
from tfgen.render import TESTS as TESTS_FILE
from tfgen.verify import Author, Problem, needed_inputs, verify
from tfgen.verify.spots import Spot, spot

GOLDEN = Path(__file__).parent / "golden"
MODULES = sorted(folder.name for folder in GOLDEN.iterdir())


@cache
def golden(name: str) -> dict[str, str]:
    folder = GOLDEN / name
    files = (file for file in folder.rglob("*") if not file.is_dir())
    return {file.relative_to(folder).as_posix(): file.read_text() for file in files}


def said(text: str, author: Author = Author.TEMPLATES) -> list[str]:
    """What is wrong with a module of one file, each with its line."""
    return [f"{problem.line}: {problem.what}" for problem in verify({"main.tf": text}, author)]


@pytest.mark.parametrize("name", MODULES)
def test_every_golden_module_is_right(name: str) -> None:
    assert verify(golden(name)) == []
    assert verify(golden(name), Author.TEMPLATES) == []  # so that python-hcl2 reads it as well


# What is lost, renamed or given twice ----------------------------------------------------------------

BIG = ("everything", "operations", "logs", "versions", "api_gateway")
_BLOCK = re.compile(r'^(variable|resource|data) ((?:"[^"\n]+" ?)+)\{\n(?:[^}].*\n|\n)*\}\n', re.MULTILINE)


def blocks(name: str) -> list[tuple[str, re.Match[str], str]]:
    """The file, the text and the address of each variable, resource and data source of a golden module."""
    found = []
    for file, text in golden(name).items():
        for block in _BLOCK.finditer(text) if file.endswith(".tf") else ():
            labels = ".".join(re.findall(r'"([^"]+)"', block[2]))
            start = {"variable": "var.", "data": "data.", "resource": ""}[block[1]]
            found.append((file, block, start + labels))
    assert len(found) > 40
    return found


def is_referred_to(address: str, name: str, block: re.Match[str]) -> bool:
    rest = "".join(text for file, text in golden(name).items() if file.endswith(".tf"))
    rest = re.sub(r"^\s*#.*", "", rest.replace(block[0], ""), flags=re.MULTILINE)
    return bool(re.search(rf"(?<![\w.-]){re.escape(address)}(?![\w-])", rest))


@pytest.mark.parametrize("name", BIG)
def test_a_block_that_is_lost_is_missed_by_whoever_refers_to_it(name: str) -> None:
    missed = 0
    for file, block, address in blocks(name):
        if is_referred_to(address, name, block):
            files = golden(name) | {file: golden(name)[file].replace(block[0], "")}
            assert any(f"`{address}` is not declared" in problem.what for problem in verify(files)), address
            missed += 1
    assert missed > 30


@pytest.mark.parametrize("name", BIG)
def test_a_block_that_is_renamed_is_missed_by_its_old_name(name: str) -> None:
    for file, block, address in blocks(name):
        if is_referred_to(address, name, block):
            renamed = re.sub(r'" \{\n', '_2" {\n', block[0], count=1)
            files = golden(name) | {file: golden(name)[file].replace(block[0], renamed)}
            found = [problem.what for problem in verify(files)]
            assert any(what.startswith(f"`{address}` is not declared; `") for what in found), found


@pytest.mark.parametrize("name", BIG)
def test_an_address_that_two_blocks_have_is_found_in_whichever_file(name: str) -> None:
    for file, block, address in blocks(name):
        files = golden(name) | {"zz.tf": block[0]}
        line = golden(name)[file][: block.start()].count("\n") + 1
        expected = f"`{address}` is declared a second time, after {file}:{line}"
        assert Problem("zz.tf", 1, expected) in verify(files)


@pytest.mark.parametrize("name", BIG)
def test_a_variable_or_local_that_nothing_uses_any_more_is_found(name: str) -> None:
    for kind in ("variable", "locals"):
        block = (
            f'{kind} "unused" {{\n  type = string\n}}\n'
            if kind == "variable"
            else "locals {\n  unused = 1\n}\n"
        )
        start = "var" if kind == "variable" else "local"
        found = verify(golden(name) | {"zz.tf": block})
        assert [problem.what for problem in found] == [f"`{start}.unused` is declared, and nothing uses it"]


def test_what_only_its_own_block_names_is_not_used() -> None:
    validated = 'variable "a" {\n  type = string\n  validation {\n    condition = var.a != ""\n  }\n}\n'
    assert said(validated) == ["1: `var.a` is declared, and nothing uses it"]
    assert said("locals {\n  a = local.b\n  b = local.a\n}\n") == []
    assert said("locals {\n  a = [local.a]\n}\n") == ["2: `local.a` is declared, and nothing uses it"]


def test_the_retention_of_logs_needs_no_use_where_the_module_has_no_log_group() -> None:
    text = 'variable "log_retention_in_days" {\n  type = number\n}\n'
    assert said(text) == []
    group = 'resource "aws_cloudwatch_log_group" "this" {\n  name = "a"\n}\n'
    assert said(text + group) == ["1: `var.log_retention_in_days` is declared, and nothing uses it"]


UNUSED_SOURCE = 'data "aws_region" "here" {}\n'


def test_a_data_source_that_nothing_uses_is_a_mistake_of_tfgens_alone() -> None:
    """Others may want to know that it is there."""
    what = "1: `data.aws_region.here` is declared, and nothing uses it"
    assert said(UNUSED_SOURCE, Author.TFGEN) == [what]
    assert said(UNUSED_SOURCE, Author.TEMPLATES) == said(UNUSED_SOURCE, Author.PEOPLE) == []
    used = f'{UNUSED_SOURCE}output "o" {{\n  value = data.aws_region.here.id\n}}\n'
    assert said(used, Author.TFGEN) == []


@pytest.mark.parametrize("name", BIG)
@pytest.mark.parametrize("author", Author)
def test_what_is_alike_in_two_modules_is_told_with_the_lines_of_each(name: str, author: Author) -> None:
    """Blocks are read once, whatever plain values they have."""
    block = 'resource "aws_sqs_queue" "%s" {\n  name = "%s"\n  tags = var.missing\n}\n'
    for number, text in enumerate(("a", "another one"), 1):
        files = {**golden(name), "zz.tf": "\n" * number + block % ("queue", text)}
        assert [problem[:2] for problem in verify(files, author)] == [("zz.tf", number + 3)]


# What is a reference ---------------------------------------------------------------------------------

OUTPUT = 'output "o" {\n  value = %s\n}\n'


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("var.a", "var.a"),
        ("local.a.b[0]", "local.a"),
        ("data.aws_region.a.id", "data.aws_region.a"),
        ("data.aws_region.a[0].id", "data.aws_region.a"),
        ("aws_sqs_queue.a.arn", "aws_sqs_queue.a"),
        ("aws_sqs_queue.a", "aws_sqs_queue.a"),
        ("random_id.a.hex", "random_id.a"),
        ("resource.aws_sqs_queue.a.arn", "aws_sqs_queue.a"),
        ("module.a.b", "module.a"),
        ("aws_sqs_queue.a[*].arn", "aws_sqs_queue.a"),
        ("aws_sqs_queue.a.*.arn", "aws_sqs_queue.a"),
        ('"x ${var.a} y"', "var.a"),
        ('"$${var.b} ${var.a}"', "var.a"),
        ('"$${${var.a}}"', "var.a"),
        ('"${"${"${var.a}"}"}"', "var.a"),
        ('"%{ if var.a }x%{ endif }"', "var.a"),
        ('"%{ if true ~}x%{~ else ~}${var.a}%{ endif }"', "var.a"),
        ('"%{ for x in var.a }${x}%{ endfor }"', "var.a"),
        ("[for x in [1] : var.a]", "var.a"),
        ("{ for k, v in var.a : k => v... if v != null }", "var.a"),
        ("[for x in x.y : x]", "x.y"),
        ("{ (var.a) = 1 }", "var.a"),
        ('{ "${var.a}" = 1 }', "var.a"),
        ("true ? 1 : var.a", "var.a"),
        ("-var.a", "var.a"),
        ("f(1, var.a...)", "var.a"),
        ("provider::aws::arn_parse(var.a)", "var.a"),
        ("[1][var.a]", "var.a"),
        ("(\n    var.a\n  )", "var.a"),
        ("[for x in [1] : x].x.y[var.a]", "var.a"),
    ],
)
def test_a_reference_to_what_is_not_declared_is_found(value: str, address: str) -> None:
    assert [re.sub(r"^\d+: ", "", each) for each in said(OUTPUT % value)] == [f"`{address}` is not declared"]


@pytest.mark.parametrize(
    "value",
    [
        '"var.a"',
        '"$${var.a}"',
        '"%%{ if var.a }"',
        '"$$ $ % \\" \\\\ \\u00e4 \\U0001F600"',
        "1 # var.a",
        "1 // var.a",
        "1 /* ${var.a}\n var.b */",
        "{ var = 1, local = { data = 2 } }",
        "{ var : 1 }",
        "[for k, v in {} : k.a + v.b]",
        "[for each in [] : each.a]",
        '"%{ for k, v in {} }${k.a}${v.b}%{ endfor }"',
        "path.module",
        "terraform.workspace",
        "true",
        "null",
        "-1.5e-3",
    ],
)
def test_what_only_looks_like_a_reference_is_none(value: str) -> None:
    assert said(OUTPUT % value) == []


RIGHT = """\
terraform {
  required_version = ">= 1.9.0"
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.west]
    }
  }
}

variable "a" {
  type = list(object({ b = optional(string, "c") }))
}

resource "aws_s3_bucket" "a" {
  for_each = toset(var.a)
  provider = aws.west
  bucket   = each.key
  tags     = { (each.key) = each.value.b }

  dynamic "rule" {
    for_each = each.value

    content {
      id = rule.value

      dynamic "inner" {
        for_each = rule.value.inner
        iterator = it
        labels   = [it.key]

        content {
          id = "${it.value}-${rule.key}-${each.key}"
        }
      }
    }
  }

  one { line = 1 }
  none {}

  lifecycle {
    ignore_changes       = [tags["x"], bucket]
    replace_triggered_by = [aws_sqs_queue.a]

    postcondition {
      condition     = self.bucket != ""
      error_message = "No."
    }
  }

  depends_on = [module.m]
}

resource "aws_sqs_queue" "a" {
  count = 2
  name  = "q-${count.index}"
}

module "m" {
  source    = "./m"
  providers = { aws = aws.west }
}

moved {
  from = aws_sqs_queue.gone
  to   = aws_sqs_queue.a
}

removed {
  from = aws_sqs_queue.gone_as_well
}

check "c" {
  data "aws_region" "checked" {}

  assert {
    condition     = data.aws_region.checked.id != ""
    error_message = "No."
  }
}
"""


def test_what_terraform_has_beside_what_tfgen_writes_is_read() -> None:
    assert said(RIGHT) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("bucket   = each.key", "bucket = rule.key", "`rule.key` is not declared"),
        ("id = rule.value", "id = it.value", "`it.value` is not declared"),
        ("for_each = toset(var.a)", "bucket_2 = var.a", "`each.key` stands in a block without `for_each`"),
        ("count = 2", "other = 2", "`count.index` stands in a block without `count`"),
        ("[module.m]", "[module.n]", "`module.n` is not declared"),
        ("name  = ", "count = 3\n  name = ", "`count` is given twice in one block"),
        ("bucket   = each.key", "bucket = each", "`each` alone is no value"),
        ("bucket   = each.key", "bucket = word", "`word` is no value: is it a text without quotes?"),
        ("{ (each.key)", "{ each.key", "a key that is a reference stands in parentheses"),
        ('resource "aws_sqs_queue" "a"', 'resource "aws_sqs_queue"', "`resource` has 1 labels"),
        ('resource "aws_sqs_queue" "a"', 'resource "aws_sqs_queue" "a b"', "has a name that is none"),
        ('module "m"', 'modul "m"', "Terraform has no block `modul`"),
        ('check "c" {', 'check "c" {\n  x = var.b', "`var.b` is not declared; `var.a` is"),
    ],
)
def test_what_is_wrong_in_a_block_is_found(old: str, new: str, expected: str) -> None:
    assert old in RIGHT
    assert any(expected in each for each in said(RIGHT.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('locals {\n  a = "x\n}\n', "2: the quoted text is not closed on its line"),
        ('locals {\n  a = "x${1"\n}\n', "2: the quoted text is not closed on its line"),
        ("locals {\n  a = [1, 2\n}\n", "3: `}` stands where `,` or `]` should be"),
        ("locals {\n  a =\n}\n", "2: the line ends where a value should be"),
        ("locals {\n  a = 1", "2: the file ends where a new line should be"),
        ("locals {\n  a = 'x'\n}\n", "2: Terraform quotes with `\"`, not with `'`"),
        ("locals {\n  a = <<EOT\n  x\n  EOT\n}\n", "2: a heredoc, whose lines would be indented anew"),
        ('locals {\n  a = "\\x"\n}\n', "2: `\\x` is no escape"),
        ("locals {\n  a = 1 b = 2\n}\n", "2: `b` stands where a new line should be"),
        ("a = 1\n", "1: `a` is given outside of all blocks"),
        ("locals {}\n}\n", "2: `}` stands where a block should be"),
        ("locals {\n  /* a\n}\n", "2: the comment is not closed"),
        ("locals {\n  a = 1 ? 2\n}\n", "2: the line ends where `:` and what holds otherwise should be"),
        ('locals {\n  a = "%{ if true }x"\n}\n', '2: `"` stands where %{ endif } should be'),
        ("locals {\n  a = \x00\n}\n", "2: U+0000 means nothing here"),
        ("locals {\n  a = " + "(" * 5000 + "\n}\n", "2: this is nested too deeply"),
    ],
)
def test_what_is_no_hcl_is_told_with_its_line(text: str, expected: str) -> None:
    (found,) = said("# A comment.\n" * 10 + 'output "right" {\n  value = 1\n}\n' + text)
    line, _, what = expected.partition(": ")
    assert found.startswith(f"{int(line) + 13}: {what}")


def test_where_a_file_is_no_hcl_nothing_is_said_of_what_it_may_declare() -> None:
    files = {
        "main.tf": 'output "o" {\n  value = var.a\n}\n',
        "variables.tf": 'variable "a" {\n  type = (\n}\n',
    }
    assert [(problem.file, problem.line) for problem in verify(files)] == [("variables.tf", 3)]


def test_only_terraform_files_are_looked_at() -> None:
    assert verify({"README.md": "{{{", ".tfgen.json": "}", "examples/main.tf": "{"}) == []


def test_what_has_an_address_that_nobody_can_refer_to_is_no_reference() -> None:
    text = 'output "a" {\n  value = 1\n}\n\noutput "b" {\n  value = output.a\n}\n'
    assert said(text) == ["6: `output.a` is nothing that a module can refer to"]


# A module's own tests --------------------------------------------------------------------------------

MODULE = """\
variable "name" {
  type = string
}

locals {
  full = "${var.name}-jobs"
}

resource "aws_sqs_queue" "jobs" {
  name = local.full
}

output "arn" {
  value = aws_sqs_queue.jobs.arn
}
"""
TESTS = """\
# Some words.

mock_provider "aws" {
  mock_resource "aws_sqs_queue" {
    defaults = {
      arn = "arn:aws:sqs:eu-central-1:123456789012:jobs"
    }
  }
}

provider "aws" {
  alias  = "other"
  region = "eu-central-1"
}

override_resource {
  target = aws_sqs_queue.jobs
  values = { url = "u" }
}

variables {
  name = "a"
}

run "first" {
  command = plan

  plan_options {
    mode = refresh-only
  }

  assert {
    condition     = output.arn == aws_sqs_queue.jobs.arn && local.full == "${var.name}-jobs"
    error_message = "No."
  }
}

run "second" {
  providers = { aws = aws.other }

  variables {
    name = run.first.arn
  }

  expect_failures = [var.name, output.arn]
}

run "of_another_module" {
  module {
    source = "./elsewhere"
  }

  variables {
    size = 1
  }

  assert {
    condition     = output.size == 1
    error_message = "No."
  }
}
"""


def told(tests: str, author: Author = Author.TFGEN) -> list[str]:
    files = {"main.tf": MODULE, "tests/module.tftest.hcl": tests}
    return [f"{problem.file}:{problem.line}: {problem.what}" for problem in verify(files, author)]


def test_all_that_a_module_s_tests_may_say_is_read() -> None:
    for author in Author:
        assert told(TESTS, author) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("output.arn ==", "output.url ==", "33: `output.url` is not declared"),
        ("aws_sqs_queue.jobs.arn", "aws_sqs_queue.job.arn", "33: `aws_sqs_queue.job` is not declared;"),
        ("${var.name}", "${var.nam}", "33: `var.nam` is not declared; `var.name` is"),
        ("local.full", "local.short", "33: `local.short` is not declared"),
        (
            "target = aws_sqs_queue.jobs",
            "target = aws_sqs_queue.no",
            "17: `aws_sqs_queue.no` is not declared",
        ),
        ('name = "a"', 'nome = "a"', "22: `var.nome` is not declared; `var.name` is"),
        ("name = run.first", "size = run.first", "42: `var.size` is not declared"),
        ("run.first.arn", "run.zero.arn", "42: `run.zero` is not declared"),
        ("[var.name,", "[var.size,", "45: `var.size` is not declared"),
        ('run "second"', 'run "first"', "38: `run.first` is declared a second time, after"),
        ('run "second"', "run", "38: `run` has 0 labels, and takes a name"),
        ("variables {\n  name", 'resource "a" "b" {\n  name', "21: Terraform has no block `resource`"),
        ("command = plan", "command = plan\n  command = plan", "27: `command` is given twice in one block"),
        ("expect_failures = [", "expect_failures = [[", "46: `}` stands where `,` or `]` should be"),
    ],
)
def test_what_is_wrong_in_a_module_s_tests_is_found(old: str, new: str, expected: str) -> None:
    assert old in TESTS
    assert any(
        one.startswith(f"tests/module.tftest.hcl:{expected}") for one in told(TESTS.replace(old, new, 1))
    )


@pytest.mark.parametrize("name", BIG)
def test_the_tests_of_an_example_miss_what_its_module_has_lost(name: str) -> None:
    module = dict(render(load(SPECS / f"{name}.yaml")))
    assert verify(module) == []
    tested = sorted(set(re.findall(r"\b(?:var|output)\.\w+", module[TESTS_FILE])))
    assert len(tested) > 5
    for address in tested:
        kind, _, label = address.partition(".")
        block = f'{kind.replace("var", "variable")} "{label}" {{'
        lost = {file: text.replace(block, block.replace(label, "gone")) for file, text in module.items()}
        found = [problem.what for problem in verify(lost) if problem.file == TESTS_FILE]
        assert any(what.startswith(f"`{address}` is not declared") for what in found), address


def test_what_the_tests_alone_refer_to_is_not_used() -> None:
    module = f'{MODULE}\nvariable "size" {{\n  type = number\n}}\n'
    files = {"main.tf": module, "tests/a.tftest.hcl": "variables {\n  name = 1\n  size = 1\n}\n"}
    assert [problem.what for problem in verify(files)] == ["`var.size` is declared, and nothing uses it"]


def test_templates_may_take_away_what_the_tests_of_tfgen_ask_for() -> None:
    assert told(TESTS.replace("output.arn ==", "output.url =="), Author.TEMPLATES) == []


# What people write -----------------------------------------------------------------------------------

HEREDOCS = """\
locals {
  policy = <<-EOT
    {"Resource": "${var.a}", "%%{": "\\x", "}": "
}
%{ for x in ["a"] ~}
    ${<<IN
 ${x} "
IN
    }
%{ endfor ~}
    EOT

  both = [<<A
a
A
    , <<B
${local.policy}
B
  ]
}

output "o" {
  value = local.both
}
"""


def test_people_may_write_heredocs() -> None:
    assert said(HEREDOCS, Author.PEOPLE) == ["3: `var.a` is not declared"]
    for author in (Author.TFGEN, Author.TEMPLATES):
        assert said(HEREDOCS, author)[0].startswith("2: a heredoc, whose lines would be indented anew")
    unclosed = said("locals {\n  a = <<EOT\n  b\n}\n", Author.PEOPLE)
    assert unclosed == ["2: the heredoc is not closed"]


@pytest.mark.parametrize(
    "value", ['"$${a"', '"%%{a"', "größe", '"${~ true ~}"', "aws_a.größe.b"], ids=lambda value: value
)
def test_people_may_write_what_python_hcl2_does_not_read(value: str) -> None:
    declared = 'locals {\n  größe = 1\n}\n\nresource "aws_a" "größe" {}\n\n'
    text = (
        f'{declared}output "o" {{\n  value = [{value.replace("größe", "local.größe", 1)}, local.größe]\n}}\n'
    )
    assert said(text.replace("aws_a.local.", "aws_a."), Author.PEOPLE) == []


def test_the_inputs_that_a_caller_must_give_are_those_without_a_default() -> None:
    files = {"a.tf": 'variable "a" {}\n\nvariable "b" {\n  default = null\n}\n'}
    files |= {"b.tf": 'variable "c" {\n  type = object({ default = string })\n}\n'}
    assert needed_inputs(files) == ["a", "c"]
    assert needed_inputs({**files, "tests/a.tftest.hcl": "{", "d.tf": "{"}) == ["a", "c"]


# Where a line is -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            'resource "aws_s3_bucket" "a" {',
            Spot("aws_s3_bucket.a", (), ("var.a", "aws_sqs_queue.a", "module.m")),
        ),
        ("for_each = toset(var.a)", Spot("aws_s3_bucket.a", ("for_each",), ("var.a",))),
        ("tags     = {", Spot("aws_s3_bucket.a", ("tags",), ())),
        ("for_each = each.value\n", Spot("aws_s3_bucket.a", ("rule", "for_each"), ())),
        ("labels   = [it.key]", Spot("aws_s3_bucket.a", ("rule", "inner", "labels"), ())),
        ("id = rule.value\n", Spot("aws_s3_bucket.a", ("rule", "id"), ())),
        ("one {", Spot("aws_s3_bucket.a", ("one", "line"), ())),
        ("none {}", Spot("aws_s3_bucket.a", ("none",), ())),
        (
            "replace_triggered_by",
            Spot("aws_s3_bucket.a", ("lifecycle", "replace_triggered_by"), ("aws_sqs_queue.a",)),
        ),
        ('variable "a"', Spot("var.a", (), ())),
        ('module "m"', Spot("module.m", (), ())),
        ("moved {", None),
    ],
)
def test_a_line_is_in_its_innermost_block_and_argument(line: str, expected: Spot | None) -> None:
    number = RIGHT[: RIGHT.index(line)].count("\n") + 1
    assert spot(RIGHT, number) == expected


def test_a_line_of_a_text_that_is_no_hcl_is_nowhere() -> None:
    assert spot("locals {\n  a = (\n}\n", 2) is None
    assert spot("locals {\n  a = [\n    var.b\n  ]\n}\n", 3) == Spot("local.a", ("a",), ("var.b",))
