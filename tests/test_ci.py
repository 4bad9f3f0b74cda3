"""CI: the page about it, whose files and commands must work, and the GitHub action, run step by step."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import typer
import yaml

from tests.command import tfgen
from tfgen.cli import app

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "ci.md").read_text()
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
BIN = Path(sys.executable).parent
SPEC = "function_name: orders\nruntime: python3.13\nhandler: app.handler\n"


class Block(NamedTuple):
    """A file of the page: the heading that it stands under, its text, and what that holds."""

    heading: str
    text: str
    data: Any


def blocks() -> Iterator[Block]:
    for section in re.split(r"^##+ ", PAGE, flags=re.MULTILINE)[1:]:
        heading = section.partition("\n")[0]
        for text in re.findall(r"```yaml\n(.*?)```", section, re.DOTALL):
            yield Block(heading, text, yaml.safe_load(text))


BLOCKS = list(blocks())
#: What each file of the page is, by the schemas of check-jsonschema.
SCHEMAS = {
    "GitHub Actions": "vendor.github-workflows",
    "Code scanning": "vendor.github-workflows",
    "A job for each function": "vendor.github-workflows",
    "GitLab CI": "vendor.gitlab-ci",
}


def checked(*command: str | Path) -> None:
    done = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def has_schema(file: Path, schema: str) -> None:
    checked("check_jsonschema", "--builtin-schema", schema, file)


@pytest.mark.parametrize(
    "block", [b for b in BLOCKS if b.heading in SCHEMAS], ids=lambda block: block.heading
)
def test_a_ci_file_of_the_page_is_one(block: Block, tmp_path: Path) -> None:
    (tmp_path / "file.yml").write_text(block.text)
    has_schema(tmp_path / "file.yml", SCHEMAS[block.heading])


def test_the_page_has_a_file_for_each_of_the_services() -> None:
    assert {block.heading for block in BLOCKS} == {*SCHEMAS, "pre-commit", "Atlantis"}


def test_the_pre_commit_files_are_some(tmp_path: Path) -> None:
    checked("pre_commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")
    (block,) = (block for block in BLOCKS if block.heading == "pre-commit")
    (tmp_path / "config.yaml").write_text(block.text)
    checked("pre_commit", "validate-config", tmp_path / "config.yaml")
    hooks = {hook["id"] for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())}
    assert {hook["id"] for repository in block.data["repos"] for hook in repository["hooks"]} == hooks
    assert hooks == set(re.findall(r"^\| `(tfgen-[a-z-]+)`", PAGE, re.MULTILINE))


def test_the_action_is_one_and_the_page_names_its_inputs() -> None:
    has_schema(ROOT / "action.yml", "vendor.github-actions")
    assert ACTION["runs"]["using"] == "composite"
    section = PAGE.partition("## GitHub Actions")[2].partition("###")[0]
    assert re.findall(r"^\| `([a-z-]+)`", section, re.MULTILINE) == list(ACTION["inputs"])


def commands(text: str) -> Iterator[list[str]]:
    """The tfgen commands in a text, as lists of words."""
    for line in re.findall(r"(?:^\s*|`|\$\(|run: |- |entry: )tfgen ((?:\w|-)[^`)\n]*)", text, re.MULTILINE):
        yield shlex.split(line.replace("${{ matrix.shard }}", "1/4"))


def test_every_command_exists_with_its_options() -> None:
    group = typer.main.get_group(app)
    context = group.make_context("tfgen", [], resilient_parsing=True)
    hooks = (ROOT / ".pre-commit-hooks.yaml").read_text()
    found = [*commands(PAGE), *commands(hooks)]
    assert len(found) > 12
    for name, *arguments in found:
        command = group.get_command(context, name)
        assert command is not None, name
        command.make_context(name, arguments)


def test_exit_codes_are_as_the_page_says(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "tfgen.yaml").write_text("{}\n")
    spec = tmp_path / "specs" / "orders.yaml"
    spec.write_text(SPEC)
    assert tfgen(tmp_path, "render", "--check").returncode == 3
    assert tfgen(tmp_path, "render").returncode == 0
    assert tfgen(tmp_path, "render", "--check").returncode == 0
    (tmp_path / "modules" / "orders" / "main.tf").write_text("")
    assert tfgen(tmp_path, "render", "--check").returncode == 3
    spec.write_text(f"{SPEC}timeout: 901\n")
    assert tfgen(tmp_path, "render", "--check").returncode == 1
    assert tfgen(tmp_path, "validate").returncode == 1


# What runs the steps of the page and of the action, as far as GitHub's runner is needed for that.


def resolved(text: str, context: Mapping[str, str]) -> str:
    """A text with its `${{ … }}` in place."""
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: context[match[1]], text)


class Ran(NamedTuple):
    """What became of a step."""

    code: int
    stdout: str
    stderr: str
    outputs: dict[str, str]


def run_step(step: Mapping[str, Any], folder: Path, context: Mapping[str, str], **environment: str) -> Ran:
    """Run a step's script as GitHub's runner does with `shell: bash`."""
    output = folder / ".output"
    output.write_text("")
    env = {name: resolved(value, context) for name, value in step.get("env", {}).items()}
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", resolved(step["run"], context)],
        cwd=folder / resolved(step.get("working-directory", "."), context),
        env=os.environ | {"GITHUB_OUTPUT": str(output)} | env | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    pairs = (line.partition("=") for line in output.read_text().splitlines())
    return Ran(done.returncode, done.stdout, done.stderr, {name: value for name, _, value in pairs})


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a project and its modules, all committed."""
    folder = tmp_path / "repository"
    (folder / "specs").mkdir(parents=True)
    (folder / "tfgen.yaml").write_text("{}\n")
    for name in ("orders", "bills"):
        (folder / "specs" / f"{name}.yaml").write_text(SPEC.replace("orders", name))
    assert tfgen(folder, "render").returncode == 0
    for command in ("init -q -b main", "add .", "-c user.name=a -c user.email=a@example.com commit -qm all"):
        subprocess.run(["git", *command.split()], cwd=folder, check=True)
    return folder


def check_step() -> Mapping[str, Any]:
    step: Mapping[str, Any] = ACTION["runs"]["steps"][-1]
    return step


def check(folder: Path, **inputs: str) -> Ran:
    """Run the action's last step with these inputs and the defaults of others."""
    defaults = {f"inputs.{name}": said["default"] for name, said in ACTION["inputs"].items()}
    given = {f"inputs.{name.replace('_', '-')}": value for name, value in inputs.items()}
    context = defaults | given | {"steps.install.outputs.tfgen": str(BIN / "tfgen")}
    return run_step(check_step(), folder, context)


def test_the_action_is_content_with_modules_that_are_as_their_specs_ask(repository: Path) -> None:
    done = check(repository)
    assert done.code == 0, done.stdout + done.stderr
    assert "2 modules checked, all as the specs ask" in done.stderr


def test_the_action_annotates_mistakes_and_fails(repository: Path) -> None:
    (repository / "specs" / "orders.yaml").write_text(f"{SPEC}timeout: 901\n")
    done = check(repository)
    assert done.code == 1
    assert re.search(r"^::error file=specs/orders\.yaml,line=4,", done.stdout, re.MULTILINE)


def test_the_action_fails_where_a_module_was_not_rendered(repository: Path) -> None:
    (repository / "specs" / "orders.yaml").write_text(f"{SPEC}timeout: 9\n")
    done = check(repository)
    assert (done.code, "stale     modules/orders" in done.stdout) == (3, True)


def test_the_action_takes_its_inputs(repository: Path) -> None:
    (repository / "specs" / "orders.yaml").write_text("timeout: [\n")
    odd = repository / "specs" / "it's $(touch hacked).yaml"
    odd.write_text("function_name: odd\nname: odd\n")
    assert tfgen(repository, "render", str(odd)).returncode == 0
    done = check(repository, paths=f"specs/bills.yaml\n\nspecs/{odd.name}\n")
    assert done.code == 0, done.stdout + done.stderr
    assert not (repository / "hacked").exists()
    assert check(repository.parent, working_directory="repository", paths="specs/bills.yaml").code == 0
    (repository / "specs" / "bills.yaml").write_text(
        SPEC.replace("orders", "bills") + "environment: {variables: {DB_PASSWORD: hunter2-long}}\n"
    )
    assert tfgen(repository, "render", "specs/bills.yaml").returncode == 0
    assert check(repository, paths="specs/bills.yaml").code == 0
    assert check(repository, paths="specs/bills.yaml", strict="true").code == 1


@pytest.mark.thorough
def test_the_action_installs_the_tfgen_beside_it_whatever_lies_in_the_repository(repository: Path) -> None:
    """Without the index: what tfgen needs comes from this environment."""
    for name in ("venv.py", "pip.py", "tfgen.py", "yaml.py"):
        (repository / name).write_text("raise SystemExit('this is of the repository')\n")
    _, install, _ = ACTION["runs"]["steps"]
    context = {
        "steps.python.outputs.python-path": sys.executable,
        "github.action_path": str(ROOT),
        "runner.temp": str(repository.parent),
    }
    packages = next(path for path in map(Path, sys.path) if path.name == "site-packages")
    offline = {
        "PYTHONPATH": str(packages),
        "PIP_NO_DEPS": "1",
        "PIP_NO_BUILD_ISOLATION": "0",  # pip reads this as the option that switches isolation off
        "PIP_NO_INDEX": "1",
        "PIP_IGNORE_INSTALLED": "1",
    }
    done = run_step(install, repository, context, **offline)
    assert done.code == 0, done.stdout + done.stderr
    installed = Path(done.outputs["tfgen"])
    assert installed.is_relative_to(repository.parent / "tfgen")
    version = subprocess.run(
        [installed, "--version"], cwd=repository, env=os.environ | {"PYTHONPATH": str(packages)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert version.stdout.startswith("tfgen "), version.stderr


def step_of(job: Mapping[str, Any], word: str) -> Mapping[str, Any]:
    steps: list[Mapping[str, Any]] = [step for step in job["steps"] if word in step.get("run", "")]
    (step,) = steps
    return step


def test_the_matrix_of_the_page_has_a_job_for_each_spec_that_a_pull_request_changes(repository: Path) -> None:
    (block,) = (block for block in BLOCKS if "fromJSON" in block.text)
    jobs = block.data["jobs"]
    # What a clone has of the branch that the pull request is for.
    subprocess.run(["git", "update-ref", "refs/remotes/origin/main", "HEAD"], cwd=repository, check=True)
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"

    def matrix() -> list[dict[str, str]]:
        step = step_of(jobs["list"], "tfgen list")
        done = run_step(step, repository, {}, PATH=path, GITHUB_BASE_REF="main")
        assert done.code == 0, done.stderr
        assert f"steps.{step['id']}.outputs.specs" in jobs["list"]["outputs"]["specs"]
        read: list[dict[str, str]] = json.loads(done.outputs["specs"])["matrix"]["include"]
        return read

    assert "fromJSON(needs.list.outputs.specs).matrix" in jobs["module"]["strategy"]["matrix"]
    assert matrix() == []
    (repository / "specs" / "orders.yaml").write_text(f"{SPEC}timeout: 9\n")
    (job,) = matrix()
    used = set(re.findall(r"matrix\.(\w+)", str(jobs["module"]))) - {"include"}
    assert used < job.keys()
    assert (repository / job["module"] / "main.tf").is_file()
    (example,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert json.loads(example)["matrix"]["include"][0].keys() == job.keys()


def test_a_failed_list_fails_its_step(repository: Path) -> None:
    (block,) = (block for block in BLOCKS if "fromJSON" in block.text)
    step = step_of(block.data["jobs"]["list"], "tfgen list")
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    assert run_step(step, repository, {}, PATH=path, GITHUB_BASE_REF="gone").code != 0


def test_the_gitlab_job_leaves_a_report_of_tests(repository: Path) -> None:
    (block,) = (block for block in BLOCKS if block.heading == "GitLab CI")
    job = block.data["tfgen"]
    script = "\n".join(line for line in job["script"] if line.startswith("tfgen "))
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    assert run_step({"run": script}, repository, {}, PATH=path).code == 0
    (repository / "specs" / "orders.yaml").write_text(f"{SPEC}timeout: 901\n")
    assert run_step({"run": script}, repository, {}, PATH=path).code == 1
    assert "TFG201" in (repository / job["artifacts"]["reports"]["junit"]).read_text()


def test_the_atlantis_hook_runs(repository: Path) -> None:
    (block,) = (block for block in BLOCKS if block.heading == "Atlantis")
    (hook,) = block.data["repos"][0]["pre_workflow_hooks"]
    assert hook.keys() == {"run", "description", "commands"}
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    assert run_step(hook, repository, {}, PATH=path).code == 0
