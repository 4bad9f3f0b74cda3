"""`tfgen list`: which specs there are, for people and for a matrix of CI jobs."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.command import on_a_terminal, tfgen


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "specs" / "batch").mkdir(parents=True)
    (tmp_path / "tfgen.yaml").write_text("output: infra/modules\ndefaults: {runtime: python3.13}\n")
    (tmp_path / "specs" / "orders.yaml").write_text("function_name: take-orders\n")
    (tmp_path / "specs" / "batch" / "bills.yaml").write_text(
        "name: billing\nfunction_name: ${var.name}\nruntime: java21\n"
    )
    return tmp_path


def matrix(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    """The jobs of a matrix."""
    done = tfgen(folder, "list", "--output-format", "json", *arguments)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["format_version"] == 1
    assert document["matrix"].keys() == {"include"}
    jobs: list[dict[str, Any]] = document["matrix"]["include"]
    return jobs


def names(folder: Path, *arguments: str) -> list[str]:
    return [job["name"] for job in matrix(folder, *arguments)]


def test_people_get_a_table_of_the_projects_specs(project: Path) -> None:
    done = tfgen(project, "list")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "Name     Spec                    Module                 Function     Runtime\n"
        "billing  specs/batch/bills.yaml  infra/modules/billing  ${var.name}  java21\n"
        "orders   specs/orders.yaml       infra/modules/orders   take-orders  python3.13\n"
    )


def test_a_job_matrix_has_a_job_for_each_spec(project: Path) -> None:
    assert matrix(project) == [
        {
            "name": "billing",
            "spec": "specs/batch/bills.yaml",
            "module": "infra/modules/billing",
            "function_name": "${var.name}",
            "runtime": "java21",
        },
        {
            "name": "orders",
            "spec": "specs/orders.yaml",
            "module": "infra/modules/orders",
            "function_name": "take-orders",
            "runtime": "python3.13",
        },
    ]


def test_a_job_matrix_is_one_line_of_ascii_and_its_values_are_texts(project: Path) -> None:
    (project / "specs" / "größe.yaml").write_text("description: says neither function nor runtime\n")
    (project / "tfgen.yaml").unlink()
    done = tfgen(project, "list", "specs", "--output-format", "json")
    assert done.stdout.isascii()
    assert done.stdout.count("\n") == 1
    (job,) = (job for job in matrix(project, "specs") if job["name"] == "größe")
    assert (job["spec"], job["module"]) == ("specs/größe.yaml", "modules/größe")
    assert (job["function_name"], job["runtime"]) == ("", "")


def test_only_a_part_or_what_changed_is_listed(project: Path) -> None:
    assert names(project, "--shard", "1/2") == ["billing"]
    assert names(project, "specs/orders.yaml") == ["orders"]
    (project / ".git").rmdir()
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    for line in (["init", "-q"], ["add", "."], [*identity, "commit", "-qm", "all"]):
        subprocess.run(["git", *line], cwd=project, check=True)
    assert names(project, "--changed") == []
    assert tfgen(project, "list", "--changed").stdout == ""
    (project / "specs" / "orders.yaml").write_text("function_name: orders\n")
    assert names(project, "--changed", "--base", "HEAD") == ["orders"]
    (project / "tfgen.yaml").write_text("{}\n")
    assert names(project, "--changed") == ["billing", "orders"]


def test_a_spec_that_cannot_be_read_has_a_job_too_which_will_say_so(project: Path) -> None:
    (project / "specs" / "orders.yaml").write_text("timeout: [\n")
    done = tfgen(project, "list", "--output-format", "json")
    assert done.returncode == 0
    assert re.fullmatch(r"specs/orders\.yaml:\d+:\d+: error\[TFG003\].*\n", done.stderr)
    assert [job["name"] for job in json.loads(done.stdout)["matrix"]["include"]] == ["billing", "orders"]


def test_mistakes_of_the_project_file_and_of_the_call_end_it(project: Path) -> None:
    (project / "tfgen.yaml").write_text("outputs: x\n")
    done = tfgen(project, "list", "specs")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("tfgen.yaml:1:1: error[TFG101]")
    (project / "tfgen.yaml").unlink()
    done = tfgen(project, "list")
    assert (done.returncode, done.stdout) == (2, "")
    assert "there is no tfgen.yaml" in done.stderr


def test_a_terminal_shows_long_names_whole_within_its_width(project: Path) -> None:
    long = "a_function_with_a_name_of_many_words_that_goes_on_and_on"
    (project / "specs" / f"{long}.yaml").write_text(f"function_name: {long}\n")
    shown = on_a_terminal(project, "list", NO_COLOR="1")
    lines = shown.splitlines()
    assert max(map(len, lines)) <= 80
    column = "".join(line[: lines[0].index("Spec")].strip() for line in lines)
    assert long in column
    assert "\x1b[1mName" in on_a_terminal(project, "list")
