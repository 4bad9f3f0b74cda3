"""`tfgen validate --fix` and `--diff` as a user meets them: the real process and its files."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import on_a_terminal, tfgen

SPEC = "function_name: orders\nruntime: python3.13\nhandler: app.handler\n"
WRONG = f"# orders\n{SPEC}timeot: 5m  # minutes\n"
RIGHT = f"# orders\n{SPEC}timeout: 300  # minutes\n"
DIFFERENCE = """\
--- specs/orders.yaml
+++ specs/orders.yaml
@@ -2,4 +2,4 @@
 function_name: orders
 runtime: python3.13
 handler: app.handler
-timeot: 5m  # minutes
+timeout: 300  # minutes
"""


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "specs" / "orders.yaml"
    path.parent.mkdir()
    path.write_text(WRONG)
    return path


def project(spec: Path) -> Path:
    return spec.parent.parent


def test_fix_writes_what_is_certain_and_says_how_much(spec: Path) -> None:
    done = tfgen(project(spec), "validate", "--fix", "specs")
    assert done.returncode == 0
    assert "error" not in done.stdout
    assert done.stderr.startswith("2 findings fixed in 1 file\n")
    assert spec.read_text() == RIGHT
    again = tfgen(project(spec), "validate", "--fix", "specs")
    assert (again.returncode, again.stdout) == (0, done.stdout)
    assert again.stderr.startswith("nothing fixed\n")
    assert [path.name for path in spec.parent.iterdir()] == ["orders.yaml"]


def test_what_is_left_is_reported_where_it_then_stands(spec: Path) -> None:
    spec.write_text('{"timeot": "5m", "memory_size": 1, "nothing": 2}')
    (spec.parent / "bills.yaml").write_text("Timeout: 901\n")
    (spec.parent / "broken.yaml").write_text("timeot: [")
    done = tfgen(project(spec), "validate", "--fix", "specs", "--output-format", "concise")
    assert done.returncode == 1
    errors = [line.split(" ")[0] for line in done.stdout.splitlines() if " error[" in line]
    assert errors == [
        "specs/bills.yaml:1:10:",
        "specs/broken.yaml:1:10:",
        "specs/orders.yaml:1:33:",
        "specs/orders.yaml:1:36:",
    ]
    assert done.stderr.startswith("3 findings fixed in 2 files\n")
    assert spec.read_text() == '{"timeout": 300, "memory_size": 1, "nothing": 2}'
    assert (spec.parent / "broken.yaml").read_text() == "timeot: ["


def test_programs_get_their_report_on_stdout(spec: Path) -> None:
    spec.write_text(WRONG + "memory_size: 1\n")
    done = tfgen(project(spec), "validate", "--fix", "specs", "--output-format", "json")
    assert done.returncode == 1
    assert "TFG201" in json.dumps(json.loads(done.stdout))
    assert spec.read_text() == RIGHT + "memory_size: 1\n"


def test_diff_shows_what_would_change_and_writes_nothing(spec: Path) -> None:
    for options in (("--diff",), ("--diff", "--fix")):
        done = tfgen(project(spec), "validate", *options, "specs")
        assert (done.returncode, done.stdout) == (1, DIFFERENCE)
        assert done.stderr.startswith("2 findings would be fixed in 1 file\n")
        assert spec.read_text() == WRONG


def test_a_difference_can_be_applied(spec: Path) -> None:
    spec.write_bytes(
        b"\xef\xbb\xbf" + WRONG.replace("\n", "\r\n").encode() + "größe_: 1\r\npublish: yes".encode()
    )
    (spec.parent / "bills.yaml").write_text(WRONG)
    difference = subprocess.run(
        [sys.executable, "-m", "tfgen", "validate", "--diff", "specs"],
        cwd=project(spec),
        capture_output=True,
        check=False,
    ).stdout
    assert b"\\ No newline at end of file\n" in difference
    copy = project(spec) / "copy"
    shutil.copytree(spec.parent, copy / "specs")
    apply = ["git", "apply", "-p0", "--whitespace=nowarn", "-"]
    subprocess.run(apply, cwd=copy, input=difference, check=True)
    assert tfgen(project(spec), "validate", "--fix", "specs").returncode == 1
    for name in ("orders.yaml", "bills.yaml"):
        assert (copy / "specs" / name).read_bytes() == (spec.parent / name).read_bytes()
    assert spec.read_bytes().startswith(b"\xef\xbb\xbf# orders\r\n")
    assert spec.read_bytes().endswith(b"\r\npublish: true")


def test_diff_tells_with_its_exit_code_whether_a_spec_is_as_it_should_be(spec: Path) -> None:
    for text, code in ((RIGHT, 0), (SPEC + "timeout: 901\n", 1), (SPEC + "publish: yes\n", 1)):
        spec.write_text(text)
        assert tfgen(project(spec), "validate", "--diff", "specs").returncode == code
    spec.write_text(RIGHT)
    done = tfgen(project(spec), "validate", "--diff", "specs")
    assert done.stdout == ""
    assert done.stderr.startswith("nothing would be fixed\n")


def test_a_difference_is_coloured_on_a_terminal(spec: Path) -> None:
    shown = on_a_terminal(project(spec), "validate", "--diff", "specs")
    assert "\x1b[31m-timeot: 5m  # minutes\x1b[0m\n\x1b[32m+timeout: 300  # minutes\x1b[0m\n" in shown
    assert "\x1b[36m@@ -2,4 +2,4 @@" in shown
    assert "\x1b[3" not in on_a_terminal(project(spec), "validate", "--diff", "specs", NO_COLOR="1")


def test_findings_beside_a_difference_need_a_file(spec: Path) -> None:
    refused = tfgen(project(spec), "validate", "--diff", "specs", "--output-format", "json")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--output-file" in refused.stderr
    into = ("--output-format", "json", "--output-file", "findings.json")
    done = tfgen(project(spec), "validate", "--diff", "specs", *into)
    assert (done.returncode, done.stdout) == (1, DIFFERENCE)
    assert "TFG101" in (project(spec) / "findings.json").read_text()


def test_a_link_stays_and_the_file_behind_it_is_fixed(spec: Path) -> None:
    link = project(spec) / "link.yaml"
    link.symlink_to(spec)
    assert tfgen(project(spec), "validate", "--fix", "link.yaml").returncode == 0
    assert link.is_symlink()
    assert spec.read_text() == RIGHT


@pytest.mark.parametrize("mode", [0o600, 0o664, 0o755])
def test_a_fixed_file_keeps_its_mode(spec: Path, mode: int) -> None:
    spec.chmod(mode)
    assert tfgen(project(spec), "validate", "--fix", "specs").returncode == 0
    assert stat.S_IMODE(spec.stat().st_mode) == mode


def test_a_read_only_file_is_left_alone_and_the_others_are_fixed(spec: Path) -> None:
    other = spec.parent / "bills.yaml"
    other.write_text(WRONG)
    spec.chmod(0o444)
    done = tfgen(project(spec), "validate", "--fix", "specs")
    assert done.returncode == 2
    assert "tfgen: specs/orders.yaml: the file is read-only, so nothing was fixed there\n" in done.stderr
    assert done.stderr.startswith("2 findings fixed in 1 file\n")
    assert "specs/orders.yaml:5:1: error[TFG101]" in done.stdout
    assert (spec.read_text(), other.read_text()) == (WRONG, RIGHT)


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may write in any folder")
def test_a_file_in_a_read_only_folder_is_left_alone(spec: Path) -> None:
    spec.parent.chmod(0o555)
    done = tfgen(project(spec), "validate", "--fix", "specs")
    spec.parent.chmod(0o755)
    assert done.returncode == 2
    assert "tfgen: specs/orders.yaml: Permission denied, so nothing was fixed there\n" in done.stderr
    assert spec.read_text() == WRONG


def test_what_a_person_saves_in_the_meantime_is_not_overwritten(spec: Path) -> None:
    script = (
        "import sys, pathlib, tfgen.cli.fix as fix\n"
        "right = fix.fixed\n"
        "def slowly(document, look):\n"
        "    found = right(document, look)\n"
        "    pathlib.Path(document.path).write_text('function_name: mine\\n')\n"
        "    return found\n"
        "fix.fixed = slowly\n"
        "sys.argv[1:] = ['validate', '--fix', 'specs']\n"
        "from tfgen.__main__ import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project(spec), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "the file has changed in between, so nothing was fixed there" in done.stderr
    assert spec.read_text() == "function_name: mine\n"
    assert [path.name for path in spec.parent.iterdir()] == ["orders.yaml"]


def test_a_full_disk_loses_nothing(spec: Path) -> None:
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))\n"
        "sys.dont_write_bytecode = True\n"
        "sys.argv[1:] = ['validate', '--fix', 'specs']\n"
        "from tfgen.__main__ import main\nmain()"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=project(spec), capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "specs/orders.yaml: File too large, so nothing was fixed there" in done.stderr
    assert spec.read_text() == WRONG
    assert [path.name for path in spec.parent.iterdir()] == ["orders.yaml"]


def test_a_deprecated_runtime_becomes_its_successor_on_the_day_that_is_asked_for(spec: Path) -> None:
    spec.write_text(SPEC.replace("python3.13", "nodejs18.x"))
    tfgen(project(spec), "validate", "--fix", "specs", "--as-of", "2025-01-01")
    assert "runtime: nodejs18.x\n" in spec.read_text()
    tfgen(project(spec), "validate", "--fix", "specs", "--as-of", "2026-11-26")
    assert "runtime: nodejs22.x\n" in spec.read_text()
