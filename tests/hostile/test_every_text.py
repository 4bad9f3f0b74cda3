"""No text of any key of a spec becomes code in any file of a module, and each reaches AWS as it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import pygohcl
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.hostile.every_text import CODE, Tried, open_fields, places, tried
from tests.strategies import as_json, hostile_texts, examples, reported
from tfgen.hcl import comment
from tfgen.verify.tokens import tokens

#: Where rules take nothing of the kind, whatever the pattern does.
CLOSED: Mapping[str, str] = {
    "Deployment.alarms": "the names of the spec's alarms",
    "Filter.pattern": "JSON; test_hostile_text.py has texts within it",
    **{
        f"{model}.{key}": "a schedule expression"
        for model, key in (
            ("RotationRules", "schedule_expression"),
            ("ScalingSchedule", "schedule"),
            ("Schedule", "schedule_expression"),
            ("Versions", "schedule_expression"),
        )
    },
    **{
        f"{model}LambdaAuthorizer.authorizer_uri": "an invoke ARN, of a function's whole ARN"
        for model in ("", "Http", "WebSocket")
    },
}
every_key = pytest.mark.parametrize("key", [key for key in places() if key not in CLOSED])


def of(key: str) -> Tried:
    found = tried(key)
    assert found is not None, "rules take no such text: say why in CLOSED"
    return found


def test_every_key_that_takes_such_a_text_is_looked_at() -> None:
    assert set(open_fields()) == set(places())


@pytest.mark.parametrize("key", CLOSED)
def test_a_key_that_takes_no_such_text_by_its_rules_says_so(key: str) -> None:
    assert tried(key) is None
    assert all(reported(as_json(place.with_text(f"{place.value}{CODE[0]}"))) for place in places()[key])


# Terraform -------------------------------------------------------------------------------------------


def kinds(hcl: str) -> list[str]:
    """What HCL is made of, without what its texts and names say, and without its lines."""
    found = ["text" if kind in {"str", "chunk"} else kind for kind in tokens(hcl).kinds if kind != "nl"]
    pairs = list(zip(found, [*found[1:], ""], strict=True))
    # A list on several lines has a comma behind its last entry, and a key in quotes is one as well.
    return ["id" if pair == ("text", "=") else pair[0] for pair in pairs if pair != (",", "]")]


def texts(hcl: str) -> list[str]:
    """The texts in HCL, as HashiCorp's parser reads each."""
    read = zip(*tokens(hcl)[:2], strict=True)
    found = [said if kind == "str" else f'"{said}"' for kind, said in read if kind in {"str", "chunk"}]
    return list(pygohcl.loads(f"x = [{', '.join(found)}]\n")["x"])


@every_key
def test_a_text_adds_nothing_to_terraform(key: str) -> None:
    found = of(key)
    assert found.hostile.keys() == found.harmless.keys()
    for name in (name for name in found.hostile if name.endswith((".tf", ".hcl"))):
        assert kinds(found.hostile[name]) == kinds(found.harmless[name]), name
        assert pygohcl.loads(found.hostile[name]), name


@every_key
def test_a_text_reaches_terraform_as_it_is(key: str) -> None:
    found = of(key)
    files = [hcl for name, hcl in found.hostile.items() if name.endswith(".tf")]
    if key == "Spec.checkov_skip":
        assert any(comment(found.added).removeprefix("# ") in hcl for hcl in files)
        return
    said = [text for hcl in files for text in texts(hcl)]
    # Terraform joins a query's lines.
    parts = found.added.split("\n") if key == "InsightsQuery.query_string" else [found.added]
    assert all(any(part in text for text in said) for part in parts)


# Pages -----------------------------------------------------------------------------------------------

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def structure(page: str) -> list[str]:
    """What a page is made of, as GitHub reads it: tags, links and code, without what its texts say."""
    return list(_structure(_MARKDOWN.parse(page)))


def _structure(read: Sequence[Token]) -> Iterator[str]:
    for token in read:
        if token.children is not None:
            yield from _structure(token.children)
        elif token.type == "fence" and token.info == "mermaid":
            yield from (re.sub('"[^"]*"', '""', line) for line in token.content.splitlines())
        elif token.type == "fence":
            yield f"fence {token.info}"
        elif token.type not in {"text", "text_special"}:
            yield f"{token.type} {token.attrs}"


@every_key
def test_a_text_adds_nothing_to_a_page(key: str) -> None:
    found = of(key)
    assert structure(found.hostile["README.md"]) == structure(found.harmless["README.md"])
