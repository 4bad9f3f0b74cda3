"""Reports of the real process, read as CI servers and code scanning read them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from junitparser import JUnitXml, TestSuite

from tests.command import tfgen
from tfgen.report import Form

FORMS = [form.value for form in Form]
#: A spec that nothing is found in, and lines that give it a finding.
QUIET = (
    "description: takes orders\n"
    "checkov_skip: {CKV_AWS_50: no, CKV_AWS_115: no, CKV_AWS_158: no, CKV_AWS_272: no, CKV_AWS_338: no}\n"
)
ERROR = "timeout: 901\n"
WARNING = "environment: {variables: {DB_PASSWORD: hunter2-long}}\nkms_key_arn: ${var.key_arn}\n"
#: A spec that is given advice alone.
ADVICE = "description: takes orders\n"


def write(folder: Path, **specs: str) -> None:
    for name, text in specs.items():
        (folder / f"{name}.yaml").write_text(text, newline="")


def shown(folder: Path, form: str, *paths: str) -> str:
    done = tfgen(folder, "validate", "--output-format", form, *(paths or (".",)))
    assert "Traceback" not in done.stderr
    return done.stdout


def as_json(folder: Path, *paths: str) -> Any:
    return json.loads(shown(folder, "json", *paths))


def sarif(folder: Path, *paths: str) -> Any:
    (run,) = json.loads(shown(folder, "sarif", *paths))["runs"]
    return run


def junit(folder: Path, *paths: str) -> list[TestSuite]:
    return list(JUnitXml.fromstring(shown(folder, "junit", *paths).encode()))


def github(folder: Path, *paths: str) -> list[tuple[str, dict[str, str], str]]:
    """Commands as the runner reads them: https://github.com/actions/runner, ActionCommand.cs."""

    def read(value: str) -> str:
        for escaped, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
            value = value.replace(escaped, char)
        return value

    commands = []
    for line in shown(folder, "github", *paths).splitlines():
        match = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
        assert match, line
        pairs = (pair.partition("=") for pair in match[2].split(","))
        commands.append((match[1], {name: read(value) for name, _, value in pairs}, read(match[3])))
    return commands
