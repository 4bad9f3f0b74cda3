"""`tfgen show`: the effective spec, as a user sees it and as a program reads it."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import yaml

from tests.command import on_a_terminal, tfgen
from tfgen.project.find import find, forget
from tfgen.source import load, parse

SPECS = Path(__file__).parents[1] / "specs"
PROJECT = """\
defaults:
  runtime: python3.13
  timeout: 30
  environment: {variables: {LOG_LEVEL: INFO, STAGE: dev}}
overrides:
  - paths: [specs/batch/**]
    defaults: {timeout: 900}
"""
SPEC = """\
function_name: orders
handler: app.handler
environment:
  variables:
    STAGE: prod
    TABLE: ${var.table_name}
tags: {}
"""
SHOWN = """\
function_name: orders         # specs/orders.yaml:1
handler: app.handler          # specs/orders.yaml:2
environment:
  variables:
    LOG_LEVEL: INFO           # tfgen.yaml:4
    STAGE: prod               # specs/orders.yaml:5
    TABLE: ${var.table_name}  # specs/orders.yaml:6
tags: {}                      # specs/orders.yaml:7
runtime: python3.13           # tfgen.yaml:2
timeout: 30                   # tfgen.yaml:3
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "specs" / "batch").mkdir(parents=True)
    (tmp_path / "tfgen.yaml").write_text(PROJECT)
    (tmp_path / "specs" / "orders.yaml").write_text(SPEC)
    (tmp_path / "specs" / "batch" / "bills.yaml").write_text("function_name: bills\n")
    return tmp_path


def test_each_value_stands_beside_the_file_and_line_that_it_came_from(project: Path) -> None:
    done = tfgen(project, "show", "specs/orders.yaml")
    assert (done.returncode, done.stdout, done.stderr) == (0, SHOWN, "")
    assert "timeout: 900          # tfgen.yaml:7\n" in tfgen(project, "show", "specs/batch/bills.yaml").stdout


def test_a_spec_without_a_project_file_is_shown_as_it_is(project: Path) -> None:
    (project / "tfgen.yaml").unlink()
    done = tfgen(project / "specs", "show", "orders.yaml")
    assert done.stdout.splitlines()[:2] == [
        "function_name: orders         # orders.yaml:1",
        "handler: app.handler          # orders.yaml:2",
    ]
    (project / "specs" / "orders.yaml").write_text("{}")
    assert tfgen(project, "show", "specs/orders.yaml").stdout == "{}  # specs/orders.yaml:1\n"


@pytest.mark.parametrize("name", ["everything", "operations", "order_events", "sns"])
def test_what_is_shown_is_the_same_spec_and_its_lines_are_those_of_the_files(
    project: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    path = Path(shutil.copy(SPECS / f"{name}.yaml", "specs"))
    forget()
    whole = find(path)
    assert whole is not None
    shown = tfgen(project, "show", path.as_posix()).stdout
    assert parse("shown.yaml", shown.encode()).data == whole.effective(load(path), path).data
    lines = {file: Path(file).read_text().splitlines() for file in (path.as_posix(), "tfgen.yaml")}
    values = re.findall(r"^ *(?:- )*(?:([\w-]+): )?(.*?) +# (\S+):(\d+)$", shown, re.MULTILINE)
    assert len(values) > 20
    for key, value, file, number in values:
        line = lines[file][int(number) - 1]
        text = value.strip("\"'")
        # A long text may go on over several lines, of which the first is told.
        assert key in line or text[:20] in line, (key, value, line)


def test_hostile_texts_are_shown_so_that_they_stay_what_they_are(project: Path) -> None:
    texts = [
        "a: b",
        "x #y",
        "no",
        "0644",
        "1e3",
        "'",
        '"',
        "\\n",
        "a\nb\n",
        "\n",
        " a",
        "\u2028",
        "\x1b[31m",
        "ü🚀",
    ]
    data = {"tags": {f"k{text}": text for text in texts}}
    (project / "specs" / "orders.yaml").write_text(yaml.safe_dump(data, default_style="'"))
    done = tfgen(project, "show", "specs/orders.yaml", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert parse("shown.yaml", done.stdout.encode()).data["tags"] == data["tags"]
    assert "\x1b" not in done.stdout


def test_programs_get_a_row_a_value(project: Path) -> None:
    shown = json.loads(tfgen(project, "show", "specs/orders.yaml", "--output-format", "json").stdout)
    assert (shown["format_version"], shown["spec"]) == (1, "specs/orders.yaml")
    assert shown["values"][2:5] == [
        {"path": ["environment", "variables", "LOG_LEVEL"], "value": "INFO", "file": "tfgen.yaml", "line": 4},
        {
            "path": ["environment", "variables", "STAGE"],
            "value": "prod",
            "file": "specs/orders.yaml",
            "line": 5,
        },
        {
            "path": ["environment", "variables", "TABLE"],
            "value": "${var.table_name}",
            "file": "specs/orders.yaml",
            "line": 6,
        },
    ]
    assert shown["values"][-1] == {"path": ["timeout"], "value": 30, "file": "tfgen.yaml", "line": 3}


def test_a_terminal_shows_it_in_colour_and_no_color_does_not(project: Path) -> None:
    shown = on_a_terminal(project, "show", "specs/orders.yaml")
    assert "    \x1b[36mSTAGE:\x1b[0m prod               \x1b[2m# specs/orders.yaml:5\x1b[0m\n" in shown
    assert re.sub(r"\x1b\[\d*m", "", shown) == SHOWN
    assert on_a_terminal(project, "show", "specs/orders.yaml", NO_COLOR="1") == SHOWN


def test_comments_stay_within_80_columns_beside_values_that_leave_room(project: Path) -> None:
    (project / "specs" / "orders.yaml").write_text(
        f"description: {'long ' * 20}text\nhandler: {'a' * 30}.b\ntags: {{名前: 注文}}\n"
    )
    long, handler, *_ = tfgen(project, "show", "specs/orders.yaml").stdout.splitlines()
    assert long.endswith("long text  # specs/orders.yaml:1")
    assert handler == f"handler: {'a' * 30}.b  # specs/orders.yaml:2"


def test_it_does_not_judge(project: Path) -> None:
    (project / "specs" / "orders.yaml").write_text("timeout: 901\nnonsense: 1\n")
    done = tfgen(project, "show", "specs/orders.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert "timeout: 901" in done.stdout


def test_mistakes_in_the_text_are_told_beside_what_could_be_read(project: Path) -> None:
    spec = project / "specs" / "orders.yaml"
    spec.write_text("timeout: 1\ntimeout: 2\n")
    done = tfgen(project, "show", "specs/orders.yaml")
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "timeout: 2           # specs/orders.yaml:2")
    assert done.stderr.startswith("specs/orders.yaml:1:1: error[TFG004]")
    spec.write_text("timeout: [\n")
    done = tfgen(project, "show", "specs/orders.yaml", "--output-format", "json")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("specs/orders.yaml:")
    (project / "tfgen.yaml").write_text("default: {}\n")
    done = tfgen(project, "show", "specs/orders.yaml")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("tfgen.yaml:1:1: error[TFG101]")


def test_one_spec_is_shown(project: Path) -> None:
    for argument, said in (
        ("specs", "name one spec"),
        ("none.yaml", "no such file"),
        ("tfgen.yaml", "name one spec"),
    ):
        done = tfgen(project, "show", argument)
        assert (done.returncode, done.stdout) == (2, "")
        assert said in done.stderr


def test_the_page_shows_what_programs_get(project: Path) -> None:
    page = (SPECS.parent / "docs" / "api.md").read_text()
    (example,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    (project / "tfgen.yaml").write_text("defaults:\n  timeout: 30\n")
    (project / "specs" / "orders.yaml").write_text("{}")
    assert tfgen(project, "show", "specs/orders.yaml", "--output-format", "json").stdout == example
