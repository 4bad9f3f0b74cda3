"""The command line as a user meets it: the real process, its output, its files and its exit codes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import as_text, on_a_terminal, run, started, tfgen
from tfgen.intents import INTENTS

ROOT = Path(__file__).parent.parent
SPEC = "function_name: orders\nruntime: python3.12\nhandler: app.handler\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "orders.yaml").write_text(SPEC)
    return tmp_path


def files_of(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_a_newcomer_renders_a_spec_into_a_module(project: Path) -> None:
    done = as_text(started(project, ["render", "specs/orders.yaml"], {}))
    assert (done.returncode, done.stdout, done.stderr) == (0, "created   modules/orders\n", "")
    assert files_of(project / "modules" / "orders") == {
        ".tfgen.json", "README.md", "iam.tf", "main.tf", "outputs.tf", "tests", "variables.tf", "versions.tf",
    }  # fmt: skip


def test_a_second_render_changes_nothing_and_a_changed_spec_only_what_it_touches(project: Path) -> None:
    tfgen(project, "render", "specs")
    before = {path: path.stat().st_mtime_ns for path in (project / "modules" / "orders").iterdir()}
    assert tfgen(project, "render", "specs").stdout == "unchanged modules/orders\n"
    assert {path: path.stat().st_mtime_ns for path in (project / "modules" / "orders").iterdir()} == before
    (project / "specs" / "orders.yaml").write_text(SPEC + "timeout: 60\n")
    done = tfgen(project, "render", "specs")
    assert done.stdout == "changed   modules/orders (README.md, tests/module.tftest.hcl, variables.tf)\n"


def test_files_folders_and_globs_name_specs_each_once(project: Path) -> None:
    (project / "specs" / "deep").mkdir()
    (project / "specs" / "deep" / "bills.yml").write_text(SPEC.replace("orders", "bills"))
    (project / "specs" / ".hidden.yaml").write_text("not: a spec")
    (project / "specs" / "notes.txt").write_text("not a spec")
    done = tfgen(
        project, "render", "specs", "specs/*.yaml", "specs/**/*.yml", "specs/orders.yaml", "-o", "out"
    )
    assert done.stdout == "created   out/bills\ncreated   out/orders\n"


def test_every_mistake_in_every_file_is_shown_and_nothing_is_written(project: Path) -> None:
    (project / "specs" / "a.yaml").write_text("timeout: 901\nmemory: 1\n")
    (project / "specs" / "b.yaml").write_text("runtime: [")
    done = tfgen(project, "render", "specs")
    assert done.returncode == 1
    found = re.findall(r"^(\S+): error\[(\w+)\]", done.stdout, re.MULTILINE)
    assert found == [
        ("specs/a.yaml:1:10", "TFG201"),
        ("specs/a.yaml:2:1", "TFG101"),
        ("specs/b.yaml:1:11", "TFG003"),
    ]
    assert done.stderr == "3 findings in 2 of 3 specs. Nothing was written.\n"
    assert not (project / "modules").exists()


def test_validate_writes_nothing_and_says_so_when_all_is_well(project: Path) -> None:
    reasons = "".join(f"  CKV_AWS_{number}: not here\n" for number in (50, 115, 158, 272, 338))
    (project / "specs" / "orders.yaml").write_text(f"{SPEC}architectures: [arm64]\ncheckov_skip:\n{reasons}")
    done = tfgen(project, "validate", "specs")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "1 spec without findings\n")
    assert files_of(project) == {"specs"}


def test_warnings_and_advice_are_shown_and_keep_no_spec_from_being_rendered(project: Path) -> None:
    (project / "specs" / "orders.yaml").write_text(
        f"{SPEC}environment: {{variables: {{DB_PASSWORD: hunter2-long}}}}\n"
    )
    done = tfgen(project, "validate", "specs")
    assert done.returncode == 0
    found = re.findall(r"^\S+: (\w+)\[(\w+)\]", done.stdout, re.MULTILINE)
    assert ("warning", "TFG403") in found
    assert {severity for severity, _ in found} == {"warning", "info"}
    assert done.stderr == f"{len(found)} findings in 1 of 1 spec, none of them a mistake\n"
    done = tfgen(project, "render", "specs")
    assert done.returncode == 0
    # Advice is for `validate`: a render says what may be wrong.
    assert re.findall(r"^\S+: (\w+)\[(\w+)\]", done.stdout, re.MULTILINE) == [("warning", "TFG403")]
    assert done.stdout.endswith("created   modules/orders\n")


def test_warnings_stand_beside_mistakes_and_advice_does_not(project: Path) -> None:
    text = f"{SPEC}timeout: 901\nenvironment: {{variables: {{DB_PASSWORD: hunter2-long}}}}\n"
    (project / "specs" / "orders.yaml").write_text(text)
    done = tfgen(project, "validate", "specs")
    assert done.returncode == 1
    found = re.findall(r"^\S+: (\w+)\[(\w+)\]", done.stdout, re.MULTILINE)
    assert found == [("error", "TFG201"), ("warning", "TFG403")]


def test_explain_says_what_each_permission_allows(project: Path) -> None:
    done = tfgen(project, "explain", "permissions")
    assert (done.returncode, done.stderr) == (0, "")
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout
    words = " ".join(done.stdout.split())
    for services in INTENTS.values():
        for service, intent in services.items():
            actions = ", ".join(intent.actions)
            assert f"{service} {intent.allows} {actions} on " in words
    assert "dynamodb:Scan on ARN, ARN/index/*" in words
    shown = on_a_terminal(project, "explain", "permissions")
    assert "\x1b[" in shown
    assert max(len(re.sub("\x1b\\[[0-9;]*m", "", line)) for line in shown.splitlines()) <= 80


@pytest.mark.parametrize("topic", ["permission", "TFG999", "", "[bold]", "\x1b[31m"])
def test_explain_says_what_there_is_where_it_knows_nothing(project: Path, topic: str) -> None:
    done = tfgen(project, "explain", topic)
    assert (done.returncode, done.stdout) == (2, "")
    assert "give `permissions`, or a code such as TFG301" in done.stderr
    assert "\x1b" not in done.stderr


def test_two_specs_of_one_module_are_told_apart_by_nobody(project: Path) -> None:
    (project / "specs" / "more.yaml").write_text("name: Orders\n" + SPEC)
    done = tfgen(project, "render", "specs")
    assert done.returncode == 1
    assert "TFG307" in done.stdout
    assert not (project / "modules").exists()


@pytest.mark.parametrize("name", ["../orders", "/tmp/orders", "a/b", ".", "", "-x", ".hidden", "a\\b"])
def test_a_name_that_leads_out_of_the_output_folder_is_refused(project: Path, name: str) -> None:
    (project / "specs" / "orders.yaml").write_text(f"name: '{name}'\n" + SPEC)
    done = tfgen(project, "render", "specs", "-o", "out/modules")
    assert done.returncode == 1
    assert "specs/orders.yaml:1:7: error[TFG20" in done.stdout
    assert files_of(project) == {"specs"}


def test_a_linked_module_folder_is_refused(project: Path) -> None:
    (project / "modules").mkdir()
    (project / "elsewhere").mkdir()
    (project / "modules" / "orders").symlink_to(project / "elsewhere")
    done = tfgen(project, "render", "specs", "--force")
    assert done.returncode == 2
    assert "modules/orders is a symbolic link" in done.stderr
    assert files_of(project / "elsewhere") == set()


def test_a_file_edited_by_hand_is_refused_by_name_until_forced(project: Path) -> None:
    tfgen(project, "render", "specs")
    main = project / "modules" / "orders" / "main.tf"
    main.write_text("# mine\n")
    (project / "specs" / "orders.yaml").write_text(SPEC + "description: changed\n")
    done = tfgen(project, "render", "specs")
    assert done.returncode == 2
    assert "modules/orders/main.tf was edited since tfgen wrote it" in done.stderr
    assert main.read_text() == "# mine\n"
    assert "changed" not in (project / "modules" / "orders" / "README.md").read_text()
    assert tfgen(project, "render", "specs", "--force").returncode == 0
    assert "changed" in main.read_text()


def test_a_file_that_tfgen_did_not_write_is_refused_by_name(project: Path) -> None:
    (project / "modules" / "orders").mkdir(parents=True)
    (project / "modules" / "orders" / "outputs.tf").write_text("# mine\n")
    done = tfgen(project, "render", "specs")
    assert done.returncode == 2
    assert "modules/orders/outputs.tf was not written by tfgen" in done.stderr
    assert files_of(project / "modules" / "orders") == {"outputs.tf"}


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("render", "nowhere.yaml"), "nowhere.yaml: no such file or folder"),
        (("render", "nothing/*.yaml"), "nothing/*.yaml: no file matches this pattern"),
        (("validate", "empty"), "empty: the folder holds no .yaml or .yml file"),
        (("validate", ""), "an empty path names no spec"),
        (("render",), "name the specs, as in `tfgen render specs`: there is no tfgen.yaml here or above"),
        (("render", "specs", "--outptu", "x"), "No such option"),
        (("rendr", "specs"), "No such command"),
        (("render", "specs", "-o", "specs/orders.yaml"), "specs/orders.yaml"),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_exits_with_2(
    project: Path, arguments: tuple[str, ...], says: str
) -> None:
    (project / "empty").mkdir()
    done = tfgen(project, *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_spec_that_is_a_folder_or_a_broken_link_is_an_input_problem(project: Path) -> None:
    (project / "specs" / "gone.yaml").symlink_to(project / "nowhere")
    done = tfgen(project, "validate", "specs")
    assert done.returncode == 2
    assert done.stderr == "tfgen: specs/gone.yaml: No such file or directory\n"


def test_version_and_help_teach_the_command(project: Path) -> None:
    assert re.fullmatch(r"tfgen \d+\.\d+\.\d+\n", tfgen(project, "--version").stdout)
    shown = tfgen(project, "--help", COLUMNS="80", NO_COLOR="1").stdout
    for word in ("render", "validate", "function_name: order-events", "Exit codes"):
        assert word in shown
    assert max(len(line) for line in shown.splitlines()) <= 80
    without_arguments = tfgen(project)
    assert without_arguments.returncode == 2
    assert "validate" in without_arguments.stdout + without_arguments.stderr


def test_a_terminal_gets_colour_and_a_pipe_gets_none(project: Path) -> None:
    (project / "specs" / "orders.yaml").write_text("timeout: 901\n")
    coloured = on_a_terminal(project, "validate", "specs")
    assert "\x1b[1;31merror[TFG201]" in coloured
    plain = tfgen(project, "validate", "specs").stdout
    assert "\x1b" not in plain
    assert "\x1b[1;31m" not in on_a_terminal(project, "validate", "specs", NO_COLOR="1")
    without_colour = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert without_colour.startswith(plain)


def test_progress_is_for_terminals(project: Path) -> None:
    for number in range(40):
        (project / "specs" / f"f{number}.yaml").write_text(SPEC.replace("orders", f"f{number}"))
    assert "Reading" in on_a_terminal(project, "render", "specs", "-o", "on_a_terminal")
    assert tfgen(project, "render", "specs", "-o", "in_a_pipe").stderr == "41 created\n"


def test_a_reader_that_goes_away_is_no_traceback(project: Path) -> None:
    for number in range(300):
        (project / "specs" / f"f{number}.yaml").write_text(SPEC.replace("orders", f"f{number}"))
    done = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m tfgen render specs | head -1"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout == "created   modules/f0\n"
    assert "Traceback" not in done.stderr


def test_a_bug_says_so_and_exits_with_70(project: Path) -> None:
    script = (
        "import sys, tfgen.plan\ntfgen.plan.plan = lambda *_: 1 / 0\nsys.argv[1:] = ['render', 'specs']\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script + "from tfgen.__main__ import main\nmain()"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 70
    assert "This is a bug in tfgen" in done.stderr
    assert "ZeroDivisionError" in done.stderr


@pytest.mark.parametrize(
    ("code", "arguments"),
    [
        (0, ["--help"]),
        (0, ["render", "specs/orders.yaml", "--stdout"]),
        (1, ["validate", "specs", "--output-format", "json"]),
        (2, ["render", "nowhere"]),
        (2, ["validate", "--no-such-option"]),
    ],
)
def test_the_fork_that_other_tests_are_about_does_what_the_command_does(
    project: Path, code: int, arguments: list[str]
) -> None:
    (project / "specs" / "bills.yaml").write_text("timeout: 901\ndescription: größe 😀\n", encoding="utf-8")
    forked, command = (how(project, arguments, {"GITHUB_ACTIONS": "true"}) for how in (run, started))
    assert forked.returncode == code
    assert (forked.returncode, forked.stdout, forked.stderr) == (
        command.returncode,
        command.stdout,
        command.stderr,
    )


def contents(folder: Path) -> dict[Path, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}


def test_the_bytes_do_not_depend_on_the_run(project: Path) -> None:
    """Neither on Python's hash seed, nor on the language, nor on where tfgen is called from."""
    shutil.copytree(ROOT / "specs", project / "examples")
    tfgen(project, "render", "examples", "-o", "one", PYTHONHASHSEED="1", LC_ALL="C", TZ="UTC")
    tfgen(project / "examples", "render", ".", "-o", "../two", PYTHONHASHSEED="2", PYTHONUTF8="0")
    one = contents(project / "one")
    two = contents(project / "two")
    assert one == two
    assert len(one) > 50
