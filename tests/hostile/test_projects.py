"""A project file, whatever is in it, is read or reported; its globs take no time, whatever their stars."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile.mutations import broken_text
from tests.hostile.test_patterns import quickly
from tests.strategies import examples
from tfgen.diagnostics import Findings, SpecError
from tfgen.project import NAME, find
from tfgen.project.find import _fits, _glob, forget
from tfgen.project.policy import standards
from tfgen.source import parse
from tfgen.spec import judge

PROJECT = """\
# What holds for all.
specs: [specs, "more/**/*.yaml"]
output: modules
terraform: {required_version: ">= 1.10"}
defaults:
  runtime: python3.13
  handler: app.handler
  tags: {Team: shop}
  environment: {variables: {STAGE: "${var.stage}"}}
overrides:
  - paths: ["specs/batch/**", "specs/[a]*.yaml"]
    defaults: {timeout: 900, tags: {Kind: batch}}
policy:
  required_tags: [Team]
  runtimes: [python3.13]
  minimum_log_retention_in_days: 14
  codes: {ignore: [TFG5], error: [TFG601]}
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("project")


@examples(200, shrink=False)
@given(text=broken_text(st.just(PROJECT)))
def test_any_project_file_is_read_or_reported(text: str, folder: Path) -> None:
    (folder / NAME).write_bytes(text.encode("utf-8", "surrogatepass"))
    forget()
    document = parse("specs/batch/a.yaml", b"function_name: orders\nfilename: app.zip\n")
    spec = folder / "specs" / "batch" / "a.yaml"
    wrong: Findings | None = None
    try:
        project = find(spec)
        assert project is not None
        judge(project.effective(document, spec), standards=standards(project.policy))
    except SpecError as error:
        wrong = error.findings
    forget()
    if wrong is not None:
        lines = wrong.document.lines()
        assert all(wrong.document.span(one.location).line <= len(lines) for one in wrong.diagnostics)


@pytest.mark.parametrize(
    ("glob", "path", "fits"),
    [
        ("specs/*.yaml", "specs/a.yaml", True),
        ("specs/*.yaml", "specs/b/a.yaml", False),
        ("./specs/**", "specs/b/c/a.yaml", True),
        ("specs/**", "specs", False),
        ("**", "a", True),
        ("**/a.yaml", "a.yaml", True),
        ("**/b/**/a?.yaml", "x/b/y/b/z/ab.yaml", True),
        ("**/b/*/a.yaml", "x/b/y/b/z/a.yaml", True),
        ("*a*b*", "xxaxxbxx", True),
        ("*a*b", "ba", False),
        ("a?c", "a/c", False),
        ("[ab].(c)+", "[ab].(c)+", True),
        ("[ab].(c)+", "a.cc", False),
    ],
)
def test_a_glob_means_what_its_signs_say(glob: str, path: str, fits: bool) -> None:
    assert _fits(path, _glob(glob)) is fits


def test_many_stars_take_no_time() -> None:
    with quickly():
        assert not _fits("a/" * 1000 + "b", _glob("**/" * 200 + "c"))
        assert not _fits("a" * 10_000, _glob("*a" * 200 + "b"))
        assert not _fits("/".join(["a" * 100] * 100), _glob("/".join(["*a*a*a*b", "**"] * 50)))
