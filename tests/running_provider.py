"""The AWS provider, started once for many runs of Terraform, each of which is told where it listens.

A provider keeps the settings of whoever configured it last, has its server's address from its own environment
and looks for files in its own folder. So there is one for each server, nobody shares one who plans or applies
at the same time, and roots that name files relative to themselves have none of these.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

#: Ends the provider when its input ends: when that is closed, or pytest is killed.
_UNTIL_LEFT = '"$0" -debug & cat; kill -INT $!; wait'
_LISTENS = re.compile(r"TF_REATTACH_PROVIDERS='(.*)'")


class RunningProviders:
    """The providers of a session, by the server that they talk to."""

    def __init__(self, installed: Path, folder: Path) -> None:
        self._installed = installed
        self._folder = folder  # for their sockets
        self._started: dict[str, tuple[subprocess.Popen[str], str]] = {}

    def attach(self, environment: Mapping[str, str]) -> dict[str, str]:
        """What a Terraform in this environment must be told as well."""
        server = environment.get("AWS_ENDPOINT_URL", "")
        if server not in self._started:
            self._started[server] = self._start(environment)
        return {"TF_REATTACH_PROVIDERS": self._started[server][1]}

    def _start(self, environment: Mapping[str, str]) -> tuple[subprocess.Popen[str], str]:
        (program,) = self._installed.glob("registry.terraform.io/hashicorp/aws/*/*/terraform-provider-aws*")
        process = subprocess.Popen(
            ["sh", "-c", _UNTIL_LEFT, program],
            env={**environment, "TMPDIR": str(self._folder), "TF_LOG": "off"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdout is not None
        for line in process.stdout:
            if listens := _LISTENS.search(line):
                return process, listens[1]
        raise AssertionError(f"{program} does not start")

    def end(self) -> None:
        """End them, and wait until they have gone."""
        for process, _ in self._started.values():
            process.communicate()
