"""The provider that tests of Terraform share: it is used, and it goes with whoever started it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Terraform

pytestmark = pytest.mark.terraform

STARTED_AND_KILLED = """
import json, os, sys
from pathlib import Path
from tests.running_provider import RunningProviders

told = RunningProviders(Path(sys.argv[1]), Path(sys.argv[2])).attach(dict(os.environ))
print(told["TF_REATTACH_PROVIDERS"], flush=True)
os.kill(os.getpid(), 9)
"""


def test_terraform_installs_no_provider_and_knows_its_schema(terraform: Terraform, tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "this" {\n  colour = "red"\n}\n')
    terraform.init(tmp_path)
    assert not (tmp_path / ".terraform" / "providers").exists()
    (found,) = terraform.read(tmp_path, "validate")["diagnostics"]
    assert found["detail"] == 'An argument named "colour" is not expected here.'


def test_it_ends_when_the_process_that_started_it_is_killed(terraform: Terraform, tmp_path: Path) -> None:
    line = [sys.executable, "-c", STARTED_AND_KILLED, str(terraform.providers), str(tmp_path)]
    done = subprocess.run(line, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == -signal.SIGKILL, done.stderr
    (told,) = json.loads(done.stdout).values()
    until = time.monotonic() + 60
    while is_there(told["Pid"]) and time.monotonic() < until:
        time.sleep(0.05)
    assert not is_there(told["Pid"])
    assert not list(tmp_path.iterdir()), "its socket is left"


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
