"""What `verify` refuses, beside what HashiCorp's own parser refuses: texts that were broken by chance."""

from __future__ import annotations

import random
import re

import pygohcl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_verify import golden
from tfgen.verify import verify
from tfgen.verify.blocks import read
from tfgen.verify.tokens import NotRead, tokens

RICH = r"""
locals {
  a = "%{ for x in var.y ~}${x}%{ if x == "b" } c %{ else ~} d %{ endif }%{ endfor }"
  b = { for k, v in { a = 1, b = 2 } : upper(k) => v... if v > 1 }
  c = [for x in [1, -2.5e3, !true] : x]
  d = provider::aws::arn_parse("x", [1, 2]...)
  e = a.b.0.c[0]["x${1 + (2 * 3)}"].*.d[*].e
  f = "$${x} %%{ y } \u00e4 \U0001F600 \" \\ $ % $$ %"
  g = { "a" : 1, (b) = 2, "c${d}" = 3
    e = 4 }
  h = a ? b : c ? d : e
}

resource "aws_x" y {
  count = 2 /* c */
  a = !b || -c >= d % 3 && e != f
  one { a = 1 }
  dynamic "z" {
    for_each = [1,
      2]
    iterator = it
    content { v = it.value }
  }
  t = "a${ [
    1, 2 ][0] }b"
}

locals {
  m = <<EOT
a ${x} "b" $${c} %{ if y }
 \n %%{ d }
%{ endif }
EOT
  n = [<<-A
    ${<<B
b
B
    }
    A
  , 2]
}
"""
_PIECES = re.compile(r'\s+|[\w-]+|"[^"\n]*"|.')
_INSERTED = (
    *(
        '"',
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        ",",
        "=",
        "${",
        "%{",
        "$",
        "\n",
        ".",
        "?",
        ":",
        "!",
        "-",
        "*",
        "/",
        "%",
    ),
    *(
        "for",
        "if",
        "in",
        "x",
        "1",
        "0.5",
        "true",
        "==",
        "=>",
        "...",
        "~",
        "\\",
        "//",
        "#",
        "/*",
        "$${",
        "::",
        ";",
        "&&",
    ),
)


def is_hcl(text: str) -> bool | None:
    """What HashiCorp's parser says. None where it reads the text, but pygohcl makes no data of it."""
    try:
        pygohcl.loads(text, keep_interpolations=True)
    except pygohcl.HCLParseError:
        return False
    except pygohcl.HCLInternalError:
        return None
    return True


def is_ours(text: str) -> bool | None:
    """What our parser says. None where it is stricter on purpose."""
    try:
        found = read(tokens(text))
    except NotRead as error:
        return None if "outside of all blocks" in error.what else False
    names = [place.address for place in found.declared if place.address.startswith("local.")]
    return len(names) == len(set(names)) and not any("given twice" in what for _, what in found.wrong)


def broken(text: str, chance: random.Random) -> str:
    """The text with something left out, doubled, swapped or put in."""
    pieces = _PIECES.findall(text)
    for _ in range(chance.choice((1, 1, 2))):
        at, other = chance.randrange(len(pieces)), chance.randrange(len(pieces))
        change = chance.randrange(4)
        if change == 0:
            pieces[at] = ""
        elif change == 1:
            pieces[at] *= 2
        elif change == 2:
            pieces[at], pieces[other] = pieces[other], pieces[at]
        else:
            pieces.insert(at, chance.choice(_INSERTED))
    return "".join(pieces)


@pytest.mark.parametrize("name", ["rich", "everything", "operations", "api_gateway", "iam", "versions"])
def test_what_is_broken_by_chance_is_refused_where_hashicorp_refuses_it(name: str) -> None:
    chance = random.Random(name)
    files = golden("order_events" if name == "iam" else name) if name != "rich" else {"main.tf": RICH}
    parts = [
        part + "\n}\n"
        for file, text in files.items()
        if file.endswith(".tf")
        for part in text.split("\n}\n")[:-1]
    ]
    refused = 0
    for _ in range(1500):
        text = broken(chance.choice(parts), chance)
        theirs, ours = is_hcl(text), is_ours(text)
        assert theirs is None or ours is None or theirs == ours, text
        refused += theirs is False
    assert refused > 300


@settings(max_examples=300, deadline=None)
@given(st.text(st.sampled_from('{}()[]"$%~\\\n\t ab.,:?=#/*<>!-1&|\x00é😀'), max_size=60))
def test_no_text_is_more_than_it_can_bear(text: str) -> None:
    for problem in verify({"main.tf": text}):
        assert 1 <= problem.line <= text.count("\n") + 1
