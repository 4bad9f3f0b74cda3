"""An emulated AWS, for the tests that apply modules or read what only a server knows."""

from __future__ import annotations

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a server that answers as AWS does."""
    with pytest.MonkeyPatch.context() as environment:
        forget_accounts(environment)
        with subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("emulated_aws.py"))],
            stdin=subprocess.PIPE,  # once that is closed, by us or because we were killed, the program ends
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            assert address, "moto did not start"
            yield address


@pytest.fixture(scope="module")
def emulated_aws(server: str) -> str:
    """The address of that server, which is empty when a file's tests begin."""
    reset = urllib.request.Request(f"{server}/moto-api/reset", method="POST")
    with urllib.request.urlopen(reset) as answer:
        assert answer.status == 200
    return server


def forget_accounts(environment: pytest.MonkeyPatch) -> None:
    """Hide the person's AWS accounts, and any proxy, from the server and from boto3."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        environment.delenv(name)
    environment.setenv("AWS_CONFIG_FILE", os.devnull)
    environment.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    environment.setenv("NO_PROXY", "127.0.0.1")
