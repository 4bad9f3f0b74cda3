"""A project of several specs as its team meets it: the real command, its project file, git and CI."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.command import tfgen

PROJECT = """\
defaults:
  runtime: python3.13
  handler: app.handler
  filename: build/app.zip
  tags: {Team: shop}
overrides:
  - paths: ["specs/batch/**"]
    defaults: {timeout: 900}
policy:
  required_tags: [Team]
  codes: {ignore: [TFG4, TFG5, TFG7]}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tfgen.yaml").write_text(PROJECT)
    (tmp_path / "specs" / "batch").mkdir(parents=True)
    (tmp_path / "specs" / "orders.yaml").write_text("function_name: orders\n")
    (tmp_path / "specs" / "bills.yaml").write_text("function_name: bills\n")
    (tmp_path / "specs" / "batch" / "nightly.yaml").write_text("function_name: nightly\n")
    return tmp_path


def git(folder: Path, *arguments: str) -> None:
    names = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false")
    subprocess.run(["git", "-C", str(folder), *names, *arguments], check=True, capture_output=True)


def committed(folder: Path) -> None:
    """Commit all that there is."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "more")


# The project file -------------------------------------------------------------------------------------


def test_without_paths_the_projects_specs_are_meant_from_wherever_one_stands(project: Path) -> None:
    done = tfgen(project, "render")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.splitlines() == [
        "created   modules/nightly",
        "created   modules/bills",
        "created   modules/orders",
        "created   modules/README.md",
    ]
    again = tfgen(project / "specs" / "batch", "render")
    assert again.stdout.splitlines()[0] == "unchanged ../../modules/nightly"


def test_defaults_and_overrides_are_in_the_modules(project: Path) -> None:
    tfgen(project, "render")
    nightly, orders = (
        (project / "modules" / name / "variables.tf").read_text() for name in ("nightly", "orders")
    )
    assert re.search(r"default +?= 900", nightly)
    assert not re.search(r"default +?= 900", orders)
    assert '"python3.13"' in orders


def test_the_output_is_the_projects_unless_another_is_named(project: Path) -> None:
    (project / "tfgen.yaml").write_text(f"output: infra/lambda\n{PROJECT}")
    assert "created   infra/lambda/orders" in tfgen(project, "render").stdout
    assert "created   elsewhere/orders" in tfgen(project, "render", "-o", "elsewhere").stdout


def test_a_project_file_beyond_the_repository_is_none_of_its_specs(project: Path) -> None:
    inner = project / "inner"
    (inner / "specs").mkdir(parents=True)
    (inner / ".git").mkdir()
    (inner / "specs" / "a.yaml").write_text("function_name: a\n")
    done = tfgen(inner, "render", "specs")
    assert done.stdout == "created   modules/a\n"
    assert "python3.13" not in (inner / "modules" / "a" / "variables.tf").read_text().split("validation")[0]
    assert "there is no tfgen.yaml here or above" in tfgen(inner, "render").stderr


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("output: [a]\n", "tfgen.yaml:1:9", "TFG103"),
        ("defualts: {}\n", "tfgen.yaml:1:1", "TFG101"),
        ("policy:\n  codes: {ignore: [TFGX]}\n", "tfgen.yaml:2:20", "TFG203"),
        ("overrides:\n  - {defaults: {}}\n", "tfgen.yaml:2:5", "TFG102"),
        ("policy: {runtimes: [pyton3.13]}\n", "tfgen.yaml:1:21", "TFG204"),
        ("defaults: &x {}\n", "tfgen.yaml:1:11", "TFG006"),
        ("", "tfgen.yaml:1:1", "TFG011"),
    ],
)
def test_a_mistake_in_the_project_file_is_told_once(project: Path, text: str, line: str, code: str) -> None:
    (project / "tfgen.yaml").write_text(text)
    done = tfgen(project, "validate", "specs")
    assert done.returncode == 1
    assert re.findall(r"^(\S+): error\[(TFG\d+)\]", done.stdout, re.MULTILINE) == [(line, code)]


def test_a_wrong_default_is_told_once_for_all_specs(project: Path) -> None:
    (project / "tfgen.yaml").write_text(PROJECT.replace("timeout: 900", "timeout: 901") + "  # x\n")
    (project / "specs" / "batch" / "weekly.yaml").write_text("function_name: weekly\n")
    done = tfgen(project, "validate")
    assert re.findall(r"^(\S+): error\[(TFG\d+)\]", done.stdout, re.MULTILINE) == [
        ("tfgen.yaml:8:25", "TFG201")
    ]


def test_a_policy_is_held_and_says_what_becomes_of_findings(project: Path) -> None:
    bad = "function_name: orders\nenvironment: {variables: {DB_PASSWORD: hunter2-long}}\n"
    (project / "specs" / "orders.yaml").write_text(bad)
    assert "warning[TFG403]" not in tfgen(project, "validate").stdout  # TFG4 is ignored
    (project / "tfgen.yaml").write_text(PROJECT.replace("{ignore: [TFG4, TFG5, TFG7]}", "{error: [TFG403]}"))
    done = tfgen(project, "render")
    assert done.returncode == 1
    assert "error[TFG403]" in done.stdout
    (project / "tfgen.yaml").write_text(PROJECT.replace("{ignore: [TFG4, TFG5, TFG7]}", "{select: [TFG505]}"))
    said = tfgen(project, "validate").stdout
    assert set(re.findall(r"\[(TFG\d+)\]", said)) == {"TFG505"}


# Rendering in CI --------------------------------------------------------------------------------------


def test_a_check_lists_what_is_stale_edited_missing_and_orphaned(project: Path) -> None:
    tfgen(project, "render")
    assert tfgen(project, "render", "--check").returncode == 0
    (project / "specs" / "orders.yaml").write_text("function_name: orders\ntimeout: 60\n")
    (project / "modules" / "bills" / "main.tf").write_text("# mine\n")
    (project / "specs" / "batch" / "nightly.yaml").rename(project / "specs" / "batch" / "weekly.yaml")
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    done = tfgen(project, "render", "--check")
    assert done.returncode == 3
    assert done.stdout.splitlines() == [
        "missing   modules/weekly",
        "edited    modules/bills/main.tf was edited since tfgen wrote it",
        "stale     modules/orders (README.md, tests/module.tftest.hcl, variables.tf)",
        "stale     modules/README.md",
        "orphaned  modules/nightly",
    ]
    assert "run `tfgen render --force --prune`" in done.stderr
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_a_spec_is_its_own_projects_wherever_one_stands(project: Path) -> None:
    other = project.parent / "other"
    other.mkdir()
    (other / "alone.yaml").write_text("function_name: alone\n")
    shown = tfgen(project, "show", "../other/alone.yaml").stdout
    assert "python3.13" not in shown


def test_a_module_of_another_project_is_no_orphan(project: Path) -> None:
    other = project / "other"
    (other / "specs").mkdir(parents=True)
    (other / "tfgen.yaml").write_text("output: ../modules\n")
    (other / "specs" / "search.yaml").write_text("function_name: search\n")
    tfgen(other, "render")
    (project / "modules" / "README.md").unlink()
    done = tfgen(project, "render", "--prune")
    assert "removed" not in done.stdout
    assert (project / "modules" / "search" / "main.tf").exists()


def test_the_last_module_can_be_pruned(project: Path) -> None:
    tfgen(project, "render")
    shutil.rmtree(project / "specs")
    (project / "specs").mkdir()
    assert tfgen(project, "render", "--check").returncode == 3
    done = tfgen(project, "render", "--prune")
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["removed"] * 3


def test_what_specs_share_is_told_as_the_policy_says(project: Path) -> None:
    (project / "specs" / "again.yaml").write_text("function_name: orders\n")
    assert "warning[TFG331]" in tfgen(project, "validate").stdout
    (project / "tfgen.yaml").write_text(PROJECT.replace("TFG7]", "TFG7, TFG331]"))
    assert "TFG331" not in tfgen(project, "validate").stdout
    (project / "tfgen.yaml").write_text(PROJECT.replace("TFG7]}", "TFG7], error: [TFG331]}"))
    assert tfgen(project, "render").returncode == 1
    (project / "tfgen.yaml").write_text(PROJECT.replace("TFG7]", "TFG999]"))
    assert "`TFG999` is no code" in tfgen(project, "validate").stdout


def test_what_is_made_ready_is_removed_when_a_run_is_ended(project: Path) -> None:
    for number in range(400):
        (project / "specs" / f"f{number}.yaml").write_text(f"function_name: f{number}\n")
    for jobs, how, code in (("1", signal.SIGINT, 130), ("2", signal.SIGINT, 130), ("2", signal.SIGTERM, 143)):
        command = [sys.executable, "-m", "tfgen", "render", "-j", jobs, "-o", "out"]
        process = subprocess.Popen(command, cwd=project, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
        until = time.monotonic() + 30
        while not list(project.glob("out/*/.*.tfgen-tmp")) and time.monotonic() < until:
            time.sleep(0.01)
        process.send_signal(how)
        _, said = process.communicate(timeout=60)
        assert process.returncode == code
        assert b"Traceback" not in said
        assert not list(project.glob("out/*/.*"))


def test_a_check_of_some_specs_says_nothing_of_the_others(project: Path) -> None:
    tfgen(project, "render")
    (project / "specs" / "bills.yaml").unlink()
    assert tfgen(project, "render", "--check", "specs/orders.yaml").returncode == 0


def test_a_difference_is_one_that_patch_takes(project: Path) -> None:
    tfgen(project, "render")
    (project / "tfgen.yaml").write_text(PROJECT.replace("Team: shop", "Team: shopping"))
    done = tfgen(project, "render", "--check", "--diff")
    assert done.returncode == 3
    wanted = project / "wanted"
    shutil.copytree(project / "modules", wanted / "modules")
    patch = done.stdout[: done.stdout.index("stale     ")]
    subprocess.run(["patch", "-p0", "-s"], cwd=wanted, input=patch, text=True, check=True)
    tfgen(project, "render")
    for path in (project / "modules").rglob("*.tf"):
        assert (wanted / path.relative_to(project)).read_text() == path.read_text()


def test_a_dry_run_says_what_a_render_would_say_and_writes_nothing(project: Path) -> None:
    would = tfgen(project, "render", "--dry-run")
    assert not (project / "modules").exists()
    assert would.stdout == tfgen(project, "render").stdout
    (project / "modules" / "bills" / "main.tf").write_text("# mine\n")
    (project / "tfgen.yaml").write_text(PROJECT.replace("shop", "store"))
    would = tfgen(project, "render", "--dry-run")
    assert (would.returncode, would.stderr) == (2, tfgen(project, "render").stderr)


def test_modules_can_be_printed(project: Path) -> None:
    done = tfgen(project, "render", "--stdout", "specs/orders.yaml")
    assert done.stdout.startswith("# modules/orders/versions.tf\n")
    assert "\n# modules/orders/main.tf\n" in done.stdout
    assert not (project / "modules").exists()


def test_pruning_removes_modules_without_a_spec_and_nobody_elses_files(project: Path) -> None:
    tfgen(project, "render")
    (project / "specs" / "orders.yaml").unlink()
    (project / "specs" / "bills.yaml").unlink()
    (project / "modules" / "bills" / "notes.md").write_text("mine\n")
    (project / "modules" / "by_hand").mkdir()
    (project / "modules" / "by_hand" / "main.tf").write_text("# mine\n")
    done = tfgen(project, "render", "--prune")
    assert "removed   modules/orders" in done.stdout
    assert not (project / "modules" / "orders").exists()
    assert [path.name for path in (project / "modules" / "bills").iterdir()] == ["notes.md"]
    assert (project / "modules" / "by_hand" / "main.tf").exists()


def test_pruning_refuses_what_was_edited_and_what_it_cannot_know(project: Path) -> None:
    tfgen(project, "render")
    (project / "specs" / "orders.yaml").unlink()
    (project / "modules" / "orders" / "main.tf").write_text("# mine\n")
    done = tfgen(project, "render", "--prune")
    assert done.returncode == 2
    assert "modules/orders/main.tf was edited" in done.stderr
    assert (project / "modules" / "orders" / "variables.tf").exists()
    for arguments in (["specs"], ["--changed"], ["--shard", "1/2"]):
        assert "--prune looks at all specs" in tfgen(project, "render", "--prune", *arguments).stderr


def test_shards_are_all_specs_together_and_none_twice(project: Path) -> None:
    seen: list[str] = []
    for shard in ("1/2", "2/2"):
        seen += tfgen(project, "render", "--dry-run", "--shard", shard).stdout.splitlines()
    assert sorted(seen) == [f"created   modules/{name}" for name in ("bills", "nightly", "orders")]
    for wrong in ("0/2", "3/2", "1", "a/b", "1/0"):
        assert tfgen(project, "render", "--shard", wrong).returncode == 2


def test_only_what_changed_since_a_commit_is_rendered(project: Path) -> None:
    tfgen(project, "render")
    committed(project)
    nothing = tfgen(project, "render", "--changed", "--dry-run")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    (project / "specs" / "orders.yaml").write_text("function_name: orders\ntimeout: 60\n")
    (project / "specs" / "new.yaml").write_text("function_name: new\n")
    assert tfgen(project, "render", "--changed", "--dry-run").stdout.splitlines() == [
        "created   modules/new",
        "changed   modules/orders (README.md, tests/module.tftest.hcl, variables.tf)",
    ]
    committed(project)
    assert tfgen(project, "render", "--changed", "--dry-run").stdout == ""
    assert (
        len(tfgen(project, "render", "--changed", "--base", "HEAD~1", "--dry-run").stdout.splitlines()) == 2
    )
    (project / "tfgen.yaml").write_text(PROJECT + "# about all of them\n")
    assert len(tfgen(project, "render", "--changed", "--dry-run").stdout.splitlines()) == 4


def test_what_git_cannot_say_is_told(project: Path) -> None:
    done = tfgen(project, "render", "--changed")
    assert done.returncode == 2
    assert "not a git repository" in done.stderr
    committed(project)
    assert "--changed: " in tfgen(project, "render", "--changed", "--base", "nowhere").stderr
    assert tfgen(project, "render", "--base", "HEAD").returncode == 2


def test_several_processes_give_the_same_bytes_and_the_same_words(project: Path) -> None:
    for number in range(40):
        (project / "specs" / f"f{number}.yaml").write_text(f"function_name: f{number}\n")
    one = tfgen(project, "render", "-j", "1", "-o", "one")
    two = tfgen(project, "render", "-j", "2", "-o", "two")
    assert one.stdout.replace("one/", "") == two.stdout.replace("two/", "")
    files = {
        folder: {
            path.relative_to(project / folder): path.read_bytes() for path in (project / folder).rglob("*.*")
        }
        for folder in ("one", "two")
    }
    assert files["one"] == files["two"]
    (project / "specs" / "f7.yaml").write_text("timeuot: 3\n")
    (project / "specs" / "f8.yaml").write_text("runtime: [")
    said = [tfgen(project, "validate", "-j", jobs) for jobs in ("1", "2")]
    assert said[0].stdout == said[1].stdout
    assert "TFG101" in said[0].stdout
    assert "TFG003" in said[0].stdout
    assert said[0].returncode == said[1].returncode == 1


def test_a_summary_is_written_where_github_shows_it(project: Path) -> None:
    page = project / "summary.md"
    tfgen(project, "render", GITHUB_STEP_SUMMARY=str(page))
    (project / "specs" / "orders.yaml").write_text("function_name: orders\ntimeuot: 3\n")
    tfgen(project, "validate", GITHUB_STEP_SUMMARY=str(page))
    written = page.read_text()
    assert "created   modules/orders" in written
    assert "| TFG101 | 1 | unknown key |" in written


# A day --------------------------------------------------------------------------------------------------


def test_a_day_as_a_user(tmp_path: Path) -> None:
    """From an empty repository to a renamed function, as README's three uses."""
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "tfgen.yaml").write_text("defaults:\n  tags: {Team: shop}\n")
    for name, trigger in (("orders", "sqs"), ("mail", "sns"), ("nightly", "schedule")):
        done = tfgen(tmp_path, "new", name, "--runtime", "python3.13", "--trigger", trigger, "--no-input")
        assert done.returncode == 0, done.stdout + done.stderr
    assert tfgen(tmp_path, "render").returncode == 0
    committed(tmp_path)
    (tmp_path / "tfgen.yaml").write_text("defaults:\n  tags: {Team: store}\n")
    checked = tfgen(tmp_path, "render", "--check")
    assert checked.returncode == 3
    assert len(checked.stdout.splitlines()) == 3
    assert tfgen(tmp_path, "render").returncode == 0
    assert tfgen(tmp_path, "render", "--check").returncode == 0
    main = tmp_path / "modules" / "orders" / "main.tf"
    generated = main.read_text()
    main.write_text(generated + "# mine\n")
    (tmp_path / "specs" / "orders.yaml").write_text(
        (tmp_path / "specs" / "orders.yaml").read_text() + "publish: true\n"
    )
    refused = tfgen(tmp_path, "render")
    assert refused.returncode == 2
    assert "modules/orders/main.tf was edited since tfgen wrote it" in refused.stderr
    assert main.read_text().endswith("# mine\n")
    assert tfgen(tmp_path, "render", "--force").returncode == 0
    assert "# mine" not in main.read_text()
    (tmp_path / "specs" / "mail.yaml").rename(tmp_path / "specs" / "letters.yaml")
    assert "orphaned  modules/mail" in tfgen(tmp_path, "render", "--check").stdout
    done = tfgen(tmp_path, "render", "--prune")
    assert "removed   modules/mail" in done.stdout
    assert not (tmp_path / "modules" / "mail").exists()
    assert tfgen(tmp_path, "render", "--check").returncode == 0
