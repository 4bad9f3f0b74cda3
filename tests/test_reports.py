"""What was found, in every form: streams, exit codes, files and paths, with the real process."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.command import tfgen
from tests.reports import ADVICE, ERROR, FORMS, QUIET, WARNING, as_json, github, junit, sarif, shown, write

NAMES = [
    "a b.yaml",
    "a:b,c.yaml",
    "100%41.yaml",
    "日本-é.yaml",
    "a\nb\r.yaml",
    "\x1b[31m\x01.yaml",
    "<&'\">.yaml",
]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The top folder of a repository."""
    (tmp_path / ".git").mkdir()
    return tmp_path


# Every form ---------------------------------------------------------------------------------------------


def test_findings_go_to_stdout_and_the_rest_to_stderr(project: Path) -> None:
    write(project, a=QUIET, b=QUIET + WARNING, c=ERROR)
    for form in FORMS:
        done = tfgen(project, "validate", ".", "--output-format", form)
        assert done.returncode == 1
        assert "TFG201" in done.stdout
        assert done.stderr == "2 findings in 2 of 3 specs.\n"


@pytest.mark.parametrize(
    ("text", "arguments", "exits"),
    [
        (QUIET, (), 0),
        (QUIET, ("--strict",), 0),
        (ADVICE, (), 0),
        (ADVICE, ("--strict",), 0),
        (QUIET + WARNING, (), 0),
        (QUIET + WARNING, ("--strict",), 1),
        (ERROR, (), 1),
        (ERROR, ("--strict",), 1),
    ],
)
def test_errors_fail_a_run_and_with_strict_warnings_do(
    project: Path, text: str, arguments: tuple[str, ...], exits: int
) -> None:
    write(project, orders=text)
    for form in FORMS:
        done = tfgen(project, "validate", ".", "--output-format", form, *arguments)
        assert done.returncode == exits, form
    done = tfgen(project, "render", ".", *arguments)
    assert done.returncode == exits
    assert (project / "modules").exists() == (exits == 0)


def test_a_render_for_a_program_leaves_stdout_to_the_findings(project: Path) -> None:
    write(project, orders=QUIET + WARNING)
    done = tfgen(project, "render", "orders.yaml", "--output-format", "json")
    assert [finding["code"] for finding in json.loads(done.stdout)["findings"]] == ["TFG403"]
    assert "created   modules/orders\n" in done.stderr


@pytest.mark.parametrize("form", FORMS)
def test_a_spec_that_cannot_be_read_is_no_finding(project: Path, form: str) -> None:
    write(project, orders=ERROR)
    (project / "gone.yaml").symlink_to("nowhere")
    done = tfgen(project, "validate", ".", "--output-format", form)
    assert done.returncode == 2
    assert done.stderr == "tfgen: gone.yaml: No such file or directory\n"
    assert "TFG201" in done.stdout


@pytest.mark.parametrize("form", FORMS)
def test_findings_stand_in_the_order_of_files_and_lines(project: Path, form: str) -> None:
    write(project, a=QUIET + WARNING, b="memory_size: 1\n" + ERROR, c=QUIET + WARNING)
    said = shown(project, form)
    places = [said.index(f"{at}.yaml", said.rindex('"rules"') if form == "sarif" else 0) for at in "abc"]
    assert places == sorted(places)
    if form == "json":
        found = [(finding["path"], finding["start"]["line"]) for finding in json.loads(said)["findings"]]
        assert found == [("a.yaml", 3), ("b.yaml", 1), ("b.yaml", 2), ("c.yaml", 3)]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_specs_give_the_same_bytes(project: Path, form: str) -> None:
    write(project, a=QUIET + WARNING, b=ERROR, c="function_name: [\n")
    command = ("validate", ".", "--output-format", form)
    one = tfgen(project, *command, PYTHONHASHSEED="1", TZ="UTC", LC_ALL="C")
    two = tfgen(project, *command, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C.UTF-8")
    assert one.stdout == two.stdout
    assert str(project) not in one.stdout


@pytest.mark.parametrize("form", FORMS)
def test_a_terminal_that_knows_no_unicode_breaks_no_form(project: Path, form: str) -> None:
    write(project, orders="runtime: 日本\n")
    done = tfgen(project, "validate", ".", "--output-format", form, PYTHONIOENCODING="ascii")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    if form in {"json", "sarif", "junit"}:
        assert done.stdout == shown(project, form)


def test_a_reader_that_goes_away_is_no_traceback(project: Path) -> None:
    write(project, orders=ERROR)
    command = f"{sys.executable} -m tfgen validate . --output-format sarif | head -1"
    done = subprocess.run(["bash", "-c", command], cwd=project, capture_output=True, text=True, check=False)
    assert done.stdout == "{\n"
    assert "Traceback" not in done.stderr


# --output-file ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", [QUIET, ERROR])
def test_a_file_gets_what_a_pipe_gets(project: Path, form: str, text: str) -> None:
    write(project, orders=text)
    command = ("validate", ".", "--output-format", form, "--output-file", "out/report", "--color", "always")
    done = tfgen(project, *command, FORCE_COLOR="1")
    assert done.stdout == ""
    assert (project / "out" / "report").read_bytes().decode() == shown(project, form)
    assert [path.name for path in (project / "out").iterdir()] == ["report"]


def test_a_file_is_replaced_whole(project: Path) -> None:
    """Whoever has the old report open reads on in the old report."""
    write(project, orders=ERROR)
    report = project / "report.json"
    report.write_text("the old report")
    report.chmod(0o640)
    with report.open() as old:
        tfgen(project, "validate", ".", "--output-format", "json", "--output-file", "report.json")
        assert old.read() == "the old report"
    assert json.loads(report.read_text())["summary"]["errors"] == 1
    assert report.stat().st_mode & 0o777 == 0o640


def test_a_link_to_a_report_stays_a_link(project: Path) -> None:
    write(project, orders=ERROR)
    (project / "link.json").symlink_to("report.json")
    tfgen(project, "validate", ".", "--output-format", "json", "--output-file", "link.json")
    assert (project / "link.json").is_symlink()
    assert json.loads((project / "report.json").read_text())


def test_a_device_stays_a_device(project: Path) -> None:
    write(project, orders=ERROR)
    done = tfgen(project, "validate", ".", "--output-format", "concise", "--output-file", "/dev/stdout")
    assert done.stdout == "orders.yaml:1:10: error[TFG201] `timeout` is 901\n"
    os.mkfifo(project / "pipe")
    with subprocess.Popen(["cat", "pipe"], cwd=project, stdout=subprocess.PIPE, text=True) as reader:
        tfgen(project, "validate", ".", "--output-format", "concise", "--output-file", "pipe")
        assert reader.communicate()[0] == done.stdout
    assert (project / "pipe").is_fifo()


@pytest.mark.parametrize("file", ["orders.yaml/report", ".", "/proc/report"])
def test_a_file_that_cannot_be_written_is_named(project: Path, file: str) -> None:
    write(project, orders=QUIET)
    done = tfgen(project, "validate", "orders.yaml", "--output-file", file)
    assert (done.returncode, done.stdout) == (2, "")
    assert file in done.stderr
    assert "Traceback" not in done.stderr


# Paths --------------------------------------------------------------------------------------------------


def replaced(text: str, pattern: str) -> str:
    return re.sub(pattern, "\ufffd", text)


@pytest.mark.parametrize("name", NAMES)
def test_a_path_comes_out_right_in_every_form(project: Path, name: str) -> None:
    (project / name).write_text(ERROR)
    (finding,) = as_json(project)["findings"][1:]
    assert finding["path"] == name
    told = re.sub(r"[\x00-\x1f]", "\ufffd", name)  # for a job's log goes to a terminal
    assert [properties["file"] for _, properties, _ in github(project)] == [told, told]
    for result in sarif(project)["results"]:
        (location,) = result["locations"]
        artifact = location["physicalLocation"]["artifactLocation"]
        assert unquote(artifact["uri"]) == name
        assert re.fullmatch(r"[\w.~%/-]+", artifact["uri"], re.ASCII)
        assert artifact["uriBaseId"] == "%SRCROOT%"
    (suite,) = junit(project)
    assert suite.name == replaced(name, "[\x01\x1b]")
    one_line = replaced(name, "[\x01\x1b\r\n]")
    assert f"{one_line}:1:10: error[TFG201] `timeout` is 901" in shown(project, "concise").splitlines()
    assert f"{one_line}:1:10: error[TFG201]: `timeout` is 901" in shown(project, "full").splitlines()


def test_services_are_told_paths_from_the_repositorys_top(project: Path) -> None:
    (project / "infra" / "specs").mkdir(parents=True)
    write(project / "infra" / "specs", orders=ERROR)
    (project / "infra" / "linked.yaml").symlink_to("specs/orders.yaml")
    path = "infra/specs/orders.yaml"
    for folder, argument in (
        (project, "infra/specs"),
        (project / "infra", "specs"),
        (project / "infra", "linked.yaml"),
        (project / "infra" / "specs", "../specs/orders.yaml"),
        (project, str(project / path)),
    ):
        assert [properties["file"] for _, properties, _ in github(folder, argument)] == [path]
        (result,) = sarif(folder, argument)["results"]
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact == {"uri": path, "uriBaseId": "%SRCROOT%"}


def test_a_spec_outside_the_repository_has_its_whole_path(project: Path) -> None:
    (project / "here" / ".git").mkdir(parents=True)
    write(project, orders=ERROR)
    outside = str(project / "orders.yaml")
    (result,) = sarif(project / "here", "../orders.yaml")["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": f"file://{outside}"}
    assert [properties["file"] for _, properties, _ in github(project / "here", outside)] == [outside]
