"""No text of any key of a spec becomes code in any file of a module, and each reaches AWS as it is."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence

import pygohcl
import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.hostile.every_text import CODE, Tried, as_document, files, open_fields, places, tried
from tests.strategies import as_json, reported
from tfgen.hcl import comment
from tfgen.project import effective
from tfgen.project.effective import Layer
from tfgen.source import parse
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


def differing(found: Tried) -> list[str]:
    """The files that the text is in."""
    return [name for name, text in found.hostile.items() if text != found.harmless[name]]


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
    for name in differing(found):
        if not name.endswith(".md"):
            assert kinds(found.hostile[name]) == kinds(found.harmless[name]), name
            assert pygohcl.loads(found.hostile[name]), name


@every_key
def test_a_text_reaches_terraform_as_it_is(key: str) -> None:
    found = of(key)
    files = [found.hostile[name] for name in differing(found) if name.endswith(".tf")]
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
            yield from () if token.type == "inline" else (token.type,)
            yield from _structure(token.children)
        elif token.type == "fence" and token.info == "mermaid":
            yield from (re.sub('"[^"]*"', '""', line) for line in token.content.splitlines())
        elif token.type == "fence" and token.info == "hcl":
            yield from kinds(token.content)
        elif token.type == "fence":
            yield from (f"{token.info} {len(shlex.split(line))}" for line in _commands(token.content))
        elif token.type not in {"text", "text_special"}:
            yield f"{token.type} {token.attrs}"


def _commands(shown: str) -> list[str]:
    """The commands of a shell, each on one line."""
    return [line for line in shown.replace("\\\n", " ").splitlines() if not line.startswith("#")]


@every_key
def test_a_text_adds_nothing_to_a_page(key: str) -> None:
    found = of(key)
    for name in differing(found):
        if name.endswith(".md"):
            assert structure(found.hostile[name]) == structure(found.harmless[name]), name


@pytest.mark.parametrize(
    "page",
    [
        "x <b>x</b>",
        "[x](y)",
        "![x](y)",
        "x\n\n- x",
        "`x`",
        "```text\nx\n```",
        "x\n# x",
        "<!-- x -->",
        "~~x~~",
    ],
)
def test_what_a_text_could_add_to_a_page_is_seen(page: str) -> None:
    assert structure(page) != structure("x")


# Other ways to say it --------------------------------------------------------------------------------


@every_key
def test_a_text_of_the_projects_defaults_does_the_same(key: str) -> None:
    found = of(key)
    project = parse("tfgen.yaml", as_json({"defaults": found.data}).encode())
    layer = Layer(("defaults",), project.data["defaults"])
    assert files(effective(as_document({}), project, [layer])) == found.hostile


@pytest.mark.parametrize("name", [*CODE, "".join(CODE)])
def test_a_files_name_adds_nothing(name: str) -> None:
    document = as_document({"name": "example", "function_name": "orders"})
    harmless, hostile = files(document), files(document, f"specs/{name}.yaml")
    for file, text in hostile.items():
        read = kinds if file.endswith((".tf", ".hcl")) else structure
        assert read(text) == read(harmless[file]), file
