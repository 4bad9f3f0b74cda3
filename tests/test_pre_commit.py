"""The hooks for pre-commit, run by pre-commit itself in a repository of a user."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
GOOD = "function_name: orders\nruntime: python3.13\nhandler: app.handler\n"
BAD = f"{GOOD.replace('orders', 'bills')}timeout: 901\n"
_IDENTITY = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *_IDENTITY, *arguments], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def hooks(tmp_path: Path) -> Path:
    """tfgen as it is in the working tree, as a repository of hooks."""
    command = [
        sys.executable,
        "-m",
        "pip",
        "download",
        "--quiet",
        "--no-deps",
        "--dest",
        str(tmp_path / "index"),
    ]
    if subprocess.run([*command, "hatchling"], capture_output=True, check=False).returncode:
        pytest.skip("pip reaches no package index, from which pre-commit installs what tfgen needs")
    listed = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")
    repository = tmp_path / "tfgen"
    for name in listed:
        if name and (ROOT / name).is_file():
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, repository / name)
    git(repository, "init", "-q")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "all")
    return repository


@pytest.fixture
def user(tmp_path: Path) -> Path:
    """A repository of a user: a spec whose module is there, one whose is not, one with a mistake which is not
    the project's, and YAML that is no spec."""
    folder = tmp_path / "user"
    for name, text in {
        "tfgen.yaml": "specs: [specs]\n",
        "specs/orders.yaml": GOOD,
        "specs/more.yaml": GOOD.replace("orders", "more"),
        "legacy/specs/bills.yaml": BAD,
        "compose.yaml": "services: {}\n",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    render = [sys.executable, "-m", "tfgen", "render", "specs/orders.yaml"]
    subprocess.run(render, cwd=folder, capture_output=True, check=True)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    return folder


@pytest.mark.thorough
def test_the_hooks_tell_a_bad_spec_from_good_ones_and_a_missing_module_from_one_that_is_there(
    hooks: Path, user: Path, tmp_path: Path
) -> None:
    """In one run, for each one installs tfgen and all that it needs."""
    command = (sys.executable, "-m", "pre_commit", "try-repo", hooks, "--all-files", "--color", "never")
    # What git sets for its own hooks, within which tests may run, would lead pre-commit astray.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        command,
        cwd=user,
        env=inherited | {"PRE_COMMIT_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr
    said = dict(
        re.findall(r"^tfgen ([a-z -]+)\.+Failed\n(.*?)(?=^tfgen |\Z)", done.stdout, re.MULTILINE | re.DOTALL)
    )
    assert said.keys() == {"validate", "render --check"}, done.stdout
    validate, check = said["validate"], said["render --check"]
    assert "exit code: 1\n" in validate
    assert re.findall(r"^(.*): error", validate, re.MULTILINE) == ["legacy/specs/bills.yaml:4:10"]
    assert "of 3 specs" in validate
    assert "exit code: 3\n" in check
    assert re.findall(r"^(\w+ +modules/\w+)$", check, re.MULTILINE) == ["missing   modules/more"]
