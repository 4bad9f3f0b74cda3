"""Every rule: its explanation, its examples, and its cases in tests/rules, each of which is run.

In a bad example or case, `# TFG201` at the end of a line says what is found there. A case is a file, or a
folder whose files are read together. In a case without any such comment, the code is among what is found.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tfgen.cli import app
from tfgen.codes import CODES, Severity, group
from tfgen.report.explanations import Explanation, parse

PROJECT = "tfgen.yaml"  # what a project says, which is no spec
CASES = Path(__file__).parent / "rules"
EXPLANATIONS = Path(__file__).parents[1] / "tfgen" / "explanations"
_MARK = re.compile(r"# (TFG\d{3}(?:, TFG\d{3})*)$")
_PARAGRAPHS, _LONGEST = 3, 700  # of an explanation, and characters of one

Specs = Mapping[str, bytes]
Places = set[tuple[str, int, str]]  # file, line, code
Found = Callable[[str, Specs], Places]


def explanation(code: str) -> Explanation:
    return parse((EXPLANATIONS / f"{code}.md").read_text(encoding="utf-8"))


def cases(begin: str) -> list[tuple[str, Path]]:
    return [(path.parent.name, path) for path in sorted(CASES.glob(f"*/{begin}*"))]


def specs_of(case: Path) -> Specs:
    paths = [case] if case.is_file() else sorted(path for path in case.rglob("*") if path.is_file())
    top = case if case.is_dir() else case.parent
    return {path.relative_to(top).as_posix(): path.read_bytes() for path in paths}


def marked(specs: Specs) -> Places:
    """What the comments in some specs say is found."""
    return {
        (name, number, code)
        for name, raw in specs.items()
        for number, line in enumerate(raw.decode("utf-8", "replace").splitlines(), 1)
        if (match := _MARK.search(line))
        for code in match[1].split(", ")
    }


def shown(case: tuple[str, Path]) -> str:
    return f"{case[0]}-{case[1].stem}"


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Found:
    """What `tfgen validate` finds: errors and warnings, and what the code itself says if that is advice."""

    def look(code: str, specs: Specs) -> Places:
        for name, raw in specs.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(raw)
        monkeypatch.chdir(tmp_path)
        capsys.readouterr()
        paths = [name for name in specs if name != PROJECT]
        app(["validate", *paths, "--output-format", "json"], standalone_mode=False)
        return {
            (one["path"], one["start"]["line"], one["code"])
            for one in json.loads(capsys.readouterr().out)["findings"]
            if one["severity"] != "info" or one["code"] == code
        }

    return look


def hold_bad(code: str, specs: Specs, found: Found) -> None:
    places, expected = found(code, specs), marked(specs)
    assert code in {code for _, _, code in places}
    assert not expected or places == expected


def hold_good(code: str, specs: Specs, found: Found) -> None:
    assert not marked(specs)
    assert found(code, specs) == set()


@pytest.mark.parametrize("code", CODES)
def test_a_rule_is_explained_in_the_form_of_all(code: str) -> None:
    said = explanation(code)
    assert len(said.paragraphs) <= _PARAGRAPHS
    for paragraph in said.paragraphs:
        assert len(paragraph) <= _LONGEST
        assert paragraph.endswith((".", "!", ":", ")"))
        assert "](" not in paragraph, "what is linked is a source"
        assert paragraph.count("`") % 2 == 0
    text = (EXPLANATIONS / f"{code}.md").read_text(encoding="utf-8")
    assert all(line == line.rstrip() for line in text.splitlines())


@pytest.mark.parametrize("code", CODES)
def test_the_bad_example_of_a_rule_is_bad_where_it_says(code: str, found: Found) -> None:
    bad = explanation(code).bad
    if bad.language == "yaml":
        specs = {"example.yaml": bad.text.encode()}
        assert code in {code for _, _, code in marked(specs)}
        hold_bad(code, specs, found)


@pytest.mark.parametrize("code", CODES)
def test_the_good_example_of_a_rule_is_good(code: str, found: Found) -> None:
    good = explanation(code).good
    if good.language == "yaml":
        hold_good(code, {"example.yaml": good.text.encode()}, found)


@pytest.mark.parametrize("case", cases("bad"), ids=shown)
def test_a_bad_case_of_a_rule_is_found(case: tuple[str, Path], found: Found) -> None:
    hold_bad(case[0], specs_of(case[1]), found)


@pytest.mark.parametrize("case", cases("good"), ids=shown)
def test_a_good_case_of_a_rule_is_not_found(case: tuple[str, Path], found: Found) -> None:
    hold_good(case[0], specs_of(case[1]), found)


def test_every_rule_has_good_and_bad_cases_and_nothing_else_is_there() -> None:
    assert {path.stem for path in EXPLANATIONS.iterdir()} == set(CODES)
    # What is found in modules, tests/terraform/test_verify_command.py has modules for.
    assert {path.name for path in CASES.iterdir()} == {code for code in CODES if group(code) != "modules"}
    for folder in CASES.iterdir():
        names = [path.name for path in folder.iterdir()]
        assert all(re.match(r"(good|bad)(_|\.yaml$|$)", name) for name in names), names
        assert {name[:3] for name in names} == {"bad", "goo"}, folder.name


def test_the_severity_of_a_rule_says_whether_it_can_be_ignored() -> None:
    for code, rule in CODES.items():
        if rule.severity is not Severity.ERROR and code not in {"TFG014", "TFG015", "TFG016", "TFG904"}:
            assert rule.ignorable, code
