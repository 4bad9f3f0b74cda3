"""What `verify` finds in a module's files, held to HashiCorp's own parser and to modules that are right."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tfgen.verify import Problem, verify

GOLDEN = Path(__file__).parent / "golden"
MODULES = sorted(folder.name for folder in GOLDEN.iterdir())


@cache
def golden(name: str) -> dict[str, str]:
    return {file.name: file.read_text() for file in (GOLDEN / name).iterdir()}


def said(text: str) -> list[str]:
    """What is wrong with a module of one file, each with its line."""
    return [f"{problem.line}: {problem.what}" for problem in verify({"main.tf": text})]


@pytest.mark.parametrize("name", MODULES)
def test_every_golden_module_is_right(name: str) -> None:
    assert verify(golden(name)) == []


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
    assert verify({"README.md": "{{{", ".tfgen.json": "}"}) == []
