"""`--watch`: a command that runs again when something that it reads has changed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SPEC = "function_name: orders\nruntime: python3.13\nhandler: app.handler\n"
_TIMEOUT = 30  # seconds
# What a command does with `--watch`.
PROGRAM = """
import sys
import typer
from tfgen.cli.{command} import {command}
from tfgen.cli.watch import about, watch

app = typer.Typer()


@app.command()
def main(paths: list[str] = typer.Argument(None)) -> None:
    watch(lambda: about(paths), lambda: {command}(paths))


sys.argv[0] = "tfgen"
app()
"""


class Watching:
    """A command that watches, and all that it has said so far."""

    def __init__(self, folder: Path, command: str, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.format(command=command), *arguments],
            cwd=folder,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self.listener = threading.Thread(target=self._listen, daemon=True)
        self.listener.start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.append(line)

    @property
    def said(self) -> str:
        return "".join(self.lines)

    def until(self, is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + _TIMEOUT
        while not is_so():
            assert time.monotonic() < end, self.said
            time.sleep(0.02)

    def runs(self, times: int) -> str:
        """What it has said when it waits after so many runs."""
        self.until(lambda: self.said.count("watching ") == times)
        return self.said

    def interrupted(self) -> int:
        """Its exit code after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        code = self.process.wait(_TIMEOUT)
        self.listener.join(_TIMEOUT)
        return code

    def close(self) -> None:
        self.process.kill()
        self.process.wait()
        self.listener.join(_TIMEOUT)
        assert self.process.stdout is not None
        self.process.stdout.close()


Start = Callable[..., Watching]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "orders.yaml").write_text(SPEC)
    return tmp_path


@pytest.fixture
def start(folder: Path) -> Iterator[Start]:
    started: list[Watching] = []

    def starts(command: str, *arguments: str) -> Watching:
        started.append(Watching(folder, command, *arguments))
        return started[-1]

    yield starts
    for watching in started:
        watching.close()


def test_a_mistake_is_told_when_it_is_saved_and_gone_when_it_is_put_right(folder: Path, start: Start) -> None:
    watching = start("validate", "specs")
    assert "none of them a mistake\nwatching 1 file; Ctrl-C ends it\n" in watching.runs(1)
    spec = folder / "specs" / "orders.yaml"
    spec.write_text(f"{SPEC}timeout: 901\n")
    said = watching.runs(2)
    assert "\nchanged: specs/orders.yaml\n" in said
    assert "specs/orders.yaml:4:10: error[TFG201]" in said
    spec.write_text(SPEC)
    assert watching.runs(3).count("none of them a mistake") == 2


def test_modules_follow_the_spec_the_project_file_and_new_specs(folder: Path, start: Start) -> None:
    (folder / "tfgen.yaml").write_text("defaults: {timeout: 30}\n")
    watching = start("render")
    assert "created   modules/orders\n" in watching.runs(1)
    (folder / "tfgen.yaml").write_text("defaults: {timeout: 31}\n")
    assert (
        "changed: tfgen.yaml\nchanged   modules/orders (README.md, tests/module.tftest.hcl, variables.tf)\n"
        in watching.runs(2)
    )
    (folder / "specs" / "bills.yaml").write_text(SPEC.replace("orders", "bills"))
    assert "new: specs/bills.yaml\ncreated   modules/bills\n" in watching.runs(3)


def test_a_project_file_that_comes_and_goes_counts(folder: Path, start: Start) -> None:
    watching = start("validate", "specs")
    watching.runs(1)
    (folder / "tfgen.yaml").write_text("policy: {required_tags: [Team]}\n")
    assert "new: tfgen.yaml\n" in watching.runs(2)
    assert watching.said.count("TFG801") == 1
    (folder / "tfgen.yaml").write_text("policy: [\n")
    assert "tfgen.yaml:" in watching.runs(3).rpartition("changed: tfgen.yaml\n")[2]
    (folder / "tfgen.yaml").unlink()
    assert "none of them a mistake" in watching.runs(4).rpartition("gone: tfgen.yaml\n")[2]


def test_deleted_files_and_folders_are_survived(folder: Path, start: Start) -> None:
    watching = start("validate", "specs")
    watching.runs(1)
    (folder / "specs" / "orders.yaml").unlink()
    assert "gone: specs/orders.yaml\ntfgen: specs: the folder holds no .yaml" in watching.runs(2)
    (folder / "specs").rmdir()
    (folder / "specs").mkdir()
    (folder / "specs" / "orders.yaml").write_text(SPEC)
    assert "none of them a mistake" in watching.runs(3).rpartition("new: specs/orders.yaml\n")[2]


def test_a_template_of_the_project_counts(folder: Path, start: Start) -> None:
    (folder / "tfgen.yaml").write_text("templates: templates\n")
    watching = start("validate")
    watching.runs(1)
    (folder / "templates").mkdir()
    (folder / "templates" / "outputs.tf.j2").write_text("")
    assert "new: templates/outputs.tf.j2\n" in watching.runs(2)


def test_many_changes_are_one_run_and_one_line(folder: Path, start: Start) -> None:
    watching = start("validate", "specs")
    watching.runs(1)
    for number in range(9):
        (folder / "specs" / f"more_{number}.yaml").write_text(SPEC.replace("orders", f"more{number}"))
    said = watching.runs(2)
    assert "new: specs/more_0.yaml, specs/more_1.yaml, specs/more_2.yaml and 6 more\n" in said
    assert "watching 10 files" in said


def test_nothing_runs_while_nothing_changes(folder: Path, start: Start) -> None:
    watching = start("render", "specs")
    watching.runs(1)
    time.sleep(1)
    assert watching.runs(1).count("modules/orders") == 1


def test_ctrl_c_ends_it_without_a_traceback(start: Start) -> None:
    watching = start("validate", "specs")
    watching.runs(1)
    assert watching.interrupted() == 130
    assert "Traceback" not in watching.said
    assert watching.said.endswith("Ctrl-C ends it\n")
