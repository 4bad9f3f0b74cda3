"""What tests of all rooms share: the modules of all specs, and the real Terraform."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.rendering import SPECS, render_specs

_NEEDED = (
    "Terraform >= 1.9 and the AWS provider are needed: install terraform and let `terraform init` reach "
    "a registry or mirror"
)
_SMALLEST_ROOT = """
terraform {
  required_version = ">= 1.9.0"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}
"""
# What a person sets so that Terraform finds its providers; everything else that steers it is left out.
_KEPT = ("TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR")
_SET = {
    "CHECKPOINT_DISABLE": "1",
    "TF_IN_AUTOMATION": "1",
    "TF_INPUT": "0",
    "AWS_EC2_METADATA_DISABLED": "true",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
}


@dataclass(frozen=True, slots=True)
class Terraform:
    """The `terraform` on PATH, in an environment that knows nothing of the person's AWS accounts."""

    environment: Mapping[str, str]
    providers: Path | None = None

    @classmethod
    def found(cls) -> Terraform:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name in _KEPT or not name.startswith(("AWS_", "TF_"))
        }
        return cls({**inherited, **_SET})

    def at(self, endpoint: str) -> Terraform:
        """The same Terraform, whose AWS provider talks to the server at `endpoint`."""
        return replace(self, environment={**self.environment, "AWS_ENDPOINT_URL": endpoint})

    def run(self, folder: Path, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a folder, whatever its exit code."""
        line = ["terraform", command, "-no-color", *arguments]
        # S603: the arguments are those of the tests.
        return subprocess.run(  # noqa: S603
            line, cwd=folder, env=self.environment, text=True, capture_output=True, check=False
        )

    def succeed(self, folder: Path, command: str, *arguments: str) -> str:
        """Run a command that must succeed, and give what it prints."""
        done = self.run(folder, command, *arguments)
        assert done.returncode == 0, f"terraform {command}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def init(self, folder: Path) -> None:
        """Install the modules of a root, and the provider that the session's first init found."""
        self.succeed(folder, "init", f"-plugin-dir={self.providers}")

    def read(self, folder: Path, command: str, *arguments: str) -> dict[str, Any]:
        """What a command says with `-json`, whatever its exit code."""
        done = self.run(folder, command, "-json", *arguments)
        assert done.stdout, done.stderr
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


@pytest.fixture(scope="session")
def terraform() -> Iterator[Terraform]:
    """Terraform with the AWS provider. Where they cannot be had, tests that need them are skipped, or fail
    where TFGEN_REQUIRE_TERRAFORM=1 asks for them."""
    # Not pytest's own folder: that is kept after the session, and the provider is several hundred megabytes.
    with tempfile.TemporaryDirectory(prefix="tfgen-terraform-") as folder:
        terraform = Terraform.found()
        reason = _missing(terraform, Path(folder))
        if reason and os.environ.get("TFGEN_REQUIRE_TERRAFORM") == "1":
            pytest.fail(f"{_NEEDED}\n{reason}", pytrace=False)
        if reason:
            pytest.skip(_NEEDED)
        yield replace(terraform, providers=Path(folder, ".terraform", "providers"))


def _missing(terraform: Terraform, folder: Path) -> str:
    """Why Terraform cannot be used, or nothing."""
    if shutil.which("terraform") is None:
        return "There is no terraform on PATH."
    (folder / "main.tf").write_text(_SMALLEST_ROOT)
    for command in ("version", "init"):
        done = terraform.run(folder, command)
        if done.returncode:
            return f"terraform {command}: {done.stderr or done.stdout}"
    return ""


@pytest.fixture(scope="session")
def modules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the modules of all specs, to read and to copy but not to change."""
    folder = tmp_path_factory.mktemp("rendered") / "modules"
    render_specs(folder, sorted(SPECS.glob("*.yaml")))
    return folder
