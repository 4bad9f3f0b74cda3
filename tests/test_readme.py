"""What the README shows is what tfgen does."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tfgen.spec.models import Spec
from tfgen.triggers import KINDS

ROOT = Path(__file__).parent.parent
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


@pytest.mark.parametrize(("number", "example"), list(enumerate(["order_events", "sqs", "alarms"])))
def test_a_spec_that_is_shown_is_part_of_an_example(number: int, example: str) -> None:
    shown = yaml.safe_load(blocks("yaml")[number])
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
