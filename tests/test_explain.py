"""`tfgen explain` and `tfgen rules`: what somebody is told who asks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import on_a_terminal, tfgen
from tfgen.codes import CODES, group
from tfgen.report.explanations import explanation, parse

PLAIN = re.compile("\x1b\\[[0-9;]*m")


def words(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("code", ["TFG012", "TFG201", "TFG313", "TFG403", "TFG501"])
def test_a_code_is_explained_from_its_meaning_to_its_sources(tmp_path: Path, code: str) -> None:
    done = tfgen(tmp_path, "explain", code.lower())
    assert (done.returncode, done.stderr) == (0, "")
    said, rule = explanation(code), CODES[code]
    title, about = done.stdout.splitlines()[:2]
    assert title == f"{code}: {rule.summary}"
    ignored = f"`# tfgen: ignore[{code}] reason` ignores it" if rule.ignorable else "cannot be ignored"
    assert about == f"{rule.severity.value}, {group(code)}; {ignored}"
    shown = words(done.stdout)
    for part in said.paragraphs:
        assert words(part) in shown
    for title, example in (("Bad", said.bad), ("Good", said.good)):
        indented = "".join(f"    {line}\n" if line else "\n" for line in example.text.splitlines())
        assert f"\n{title}:\n\n{indented}" in done.stdout
    for source in said.sources:
        assert f"Source: {source.title}" in shown
        assert source.url is None or f"\n  {source.url}\n" in done.stdout


def test_explanations_fit_eighty_columns_in_pipes_and_on_wide_terminals(tmp_path: Path) -> None:
    for code in ("TFG201", "TFG403"):
        said = explanation(code)
        whole = {f"    {line}" for line in (said.bad.text + said.good.text).splitlines()}
        whole |= {f"  {source.url}" for source in said.sources}
        in_a_pipe = tfgen(tmp_path, "explain", code).stdout
        on_wide = on_a_terminal(tmp_path, "explain", code, COLUMNS="200")
        assert PLAIN.sub("", on_wide) == in_a_pipe
        assert "\x1b[" in on_wide
        assert max(len(line) for line in in_a_pipe.splitlines() if line not in whole) <= 80
        narrow = on_a_terminal(tmp_path, "explain", code, COLUMNS="40", NO_COLOR="1")
        lines = [line for line in narrow.splitlines() if line not in whole]
        assert max(len(line) for line in lines) <= 40


@pytest.mark.parametrize(
    ("arguments", "environment", "coloured"),
    [
        ((), {}, False),
        (("--color", "always"), {}, True),
        ((), {"FORCE_COLOR": "1"}, True),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False),
    ],
)
@pytest.mark.parametrize("command", [("explain", "TFG201"), ("rules",)])
def test_what_is_explained_is_coloured_as_findings_are(
    tmp_path: Path,
    command: tuple[str, ...],
    arguments: tuple[str, ...],
    environment: dict[str, str],
    coloured: bool,
) -> None:
    assert ("\x1b[" in tfgen(tmp_path, *command, *arguments, **environment).stdout) == coloured


@pytest.mark.parametrize(
    ("topic", "near"), [("TFG20", "TFG201"), ("201", "TFG201"), ("tgf403", "TFG403"), ("TFG_601", "TFG601")]
)
def test_a_code_that_is_none_gets_the_nearest(tmp_path: Path, topic: str, near: str) -> None:
    done = tfgen(tmp_path, "explain", topic)
    assert (done.returncode, done.stdout) == (2, "")
    assert near in done.stderr.partition("the nearest are ")[2]


def test_all_rules_are_listed_in_eighty_columns(tmp_path: Path) -> None:
    done = tfgen(tmp_path, "rules")
    assert (done.returncode, done.stderr) == (0, "")
    header, *rows = done.stdout.splitlines()
    assert header.split() == ["Code", "Severity", "Group", "Summary"]
    assert max(map(len, rows)) <= 80
    assert all(row == row.rstrip() for row in rows)
    for code, rule in CODES.items():
        assert f"{code} {rule.severity.value} {group(code)} {rule.summary}" in words(done.stdout)
    assert re.findall(r"^TFG\d+", done.stdout, re.MULTILINE) == list(CODES)
    wide = PLAIN.sub("", on_a_terminal(tmp_path, "rules", COLUMNS="160"))
    assert len(wide.splitlines()) == len(CODES) + 1


def test_rules_for_programs_say_all_there_is_to_say(tmp_path: Path) -> None:
    listed = json.loads(tfgen(tmp_path, "rules", "--output-format", "json", "--color", "always").stdout)
    assert listed["format_version"] == 1
    assert [rule["code"] for rule in listed["rules"]] == list(CODES)
    for rule in listed["rules"]:
        code, said = rule["code"], explanation(rule["code"])
        assert rule == {
            "code": code,
            "group": group(code),
            "severity": CODES[code].severity.value,
            "ignorable": CODES[code].ignorable,
            "summary": CODES[code].summary,
            "explanation": "\n\n".join(said.paragraphs),
            "bad": said.bad.text,
            "good": said.good.text,
            "sources": [{"title": source.title, "url": source.url} for source in said.sources],
        }


def test_explanations_are_read_when_somebody_asks(tmp_path: Path) -> None:
    (tmp_path / "orders.yaml").write_text("timeout: 901\n")
    script = (
        "import sys, tfgen.cli\n"
        "tfgen.cli.app(['validate', 'orders.yaml'], standalone_mode=False)\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert "tfgen.report.full" in loaded
    assert not {name for name in loaded if name.startswith("tfgen.report.expla")}


FORM = "Why.\n\nBad:\n\n```yaml\na: 1\n```\n\nGood:\n\n```yaml\na: 2\n```\n\nSource: [A](https://a.example)\n"


@pytest.mark.parametrize(
    "wrong",
    [
        "# Title\n\n" + FORM.replace("Bad:", "Wrong:"),
        FORM.replace("Good:\n\n```yaml\na: 2\n```\n\n", ""),
        FORM.replace("Source: [A](https://a.example)\n", ""),
        FORM.replace("```yaml\na: 1", "```\na: 1"),
        FORM.replace("https", "http"),
        FORM.replace("a: 1\n", ""),
        FORM.replace("Why.\n\n", ""),
        FORM + "\n",
        FORM + "More.\n",
    ],
)
def test_an_explanation_of_another_form_is_refused(wrong: str) -> None:
    parse(FORM)
    with pytest.raises(ValueError, match="not of the form"):
        parse(wrong)
