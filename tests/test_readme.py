"""What the README shows is what tfgen does."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from typer.core import TyperGroup
from typer.main import get_command

from tfgen.cli import COMMANDS, app
from tfgen.project.model import ProjectFile
from tfgen.spec.models import Spec
from tfgen.triggers import KINDS

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text()


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("session", blocks("console"))
def test_a_command_prints_what_the_readme_says(session: str, tmp_path: Path) -> None:
    command, _, shown = session.removeprefix("$ ").partition("\n")
    for folder in ("specs", "tests"):
        (tmp_path / folder).symlink_to(ROOT / folder)
    arguments = [sys.executable, "-m", *shlex.split(command)]
    done = subprocess.run(arguments, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout == shown


def is_project(shown: object) -> bool:
    return isinstance(shown, dict) and shown.keys() <= ProjectFile.model_fields.keys()


@pytest.mark.parametrize(("number", "example"), list(enumerate(["order_events", "sqs", "alarms"])))
def test_a_spec_that_is_shown_is_part_of_an_example(number: int, example: str) -> None:
    read = [yaml.safe_load(block) for block in blocks("yaml")]
    shown = [data for data in read if data and not is_project(data)][number]
    whole = yaml.safe_load((ROOT / "specs" / f"{example}.yaml").read_text())

    def is_part(part: object, whole: object) -> bool:
        if isinstance(part, dict):
            return isinstance(whole, dict) and all(
                key in whole and is_part(value, whole[key]) for key, value in part.items()
            )
        if isinstance(part, list):
            assert isinstance(whole, list)
            return all(any(is_part(item, one) for one in whole) for item in part)
        return part == whole

    assert is_part(shown, whole)


def test_a_project_file_that_is_shown_is_one() -> None:
    shown = [data for block in blocks("yaml") if is_project(data := yaml.safe_load(block))]
    assert shown
    for data in shown:
        ProjectFile.model_validate(data)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_that_is_named_is_there(page: Path) -> None:
    # In code spans and in blocks of commands; in running text the name is no command.
    named = [
        span.partition("\\|")[0] for span in re.findall(r"`(?:\$ )?tfgen ([a-z][^`\n]*)`", page.read_text())
    ]
    for block in re.findall(r"^```(?:bash|console|sh|yaml)\n(.*?)^```$", page.read_text(), re.M | re.S):
        named += re.findall(r"(?:^|[$/:] ?)tfgen ([a-z][^#|;&>\n\\]*)", block, re.MULTILINE)
    for line in named:
        words = shlex.split(line.replace("'", "").replace('"', ""))
        assert words[0] in COMMANDS, line
        group = get_command(app)
        assert isinstance(group, TyperGroup)
        command = group.get_command(None, words[0])  # type: ignore[arg-type]  # which needs no context
        if isinstance(command, TyperGroup) and len(words) > 1 and words[1] in command.commands:
            command = command.commands[words[1]]
        assert command is not None
        known = {name for parameter in command.params for name in parameter.opts} | {"--help"}
        for word in words[1:]:
            if word.startswith("-"):
                assert word.partition("=")[0].rstrip(".,:)]") in known, line


def test_the_terraform_shown_is_part_of_the_module() -> None:
    rendered, call, mapping = blocks("hcl")
    assert rendered in (ROOT / "tests" / "golden" / "order_events" / "iam.tf").read_text()
    assert mapping in (ROOT / "tests" / "golden" / "sqs" / "triggers.tf").read_text()
    usage = (ROOT / "tests" / "golden" / "order_events" / "README.md").read_text()
    assert set(re.findall(r"^  (\w+) +=", call, re.MULTILINE)) == set(
        re.findall(r"^  (\w+) +=", usage.split("```hcl")[1].split("```")[0], re.MULTILINE)
    )


def test_every_key_of_the_spec_is_listed() -> None:
    listed = set(re.findall(r"`(\w+)`", README.split("## The spec")[1].split("**Literals")[0]))
    assert set(Spec.model_fields) <= listed


def test_every_target_of_make_that_is_named_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    named = set(re.findall(r"\bmake ([a-z]+)\b", README + (ROOT / "CONTRIBUTING.md").read_text()))
    assert {"render", "test"} <= named <= targets


def test_the_kinds_of_triggers_are_counted() -> None:
    assert f"[{len(KINDS)} kinds](docs/triggers.md)" in README
