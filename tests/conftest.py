"""What tests of all rooms share: the modules of all specs, and the real Terraform."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.rendering import SPECS, render_specs
from tests.running_provider import RunningProviders

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


#: The day that all tests look at the lifecycle of runtimes on, unless they say another.
AS_OF = "2026-11-26"


def pytest_configure(config: pytest.Config) -> None:
    # In the background these may be ignored, also by all that tests start and then interrupt.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    os.environ["TFGEN_AS_OF"] = AS_OF
    if os.environ.get("CI"):
        config.pluginmanager.register(_AtOnce(config))


class _AtOnce:
    """Shows each failure when it comes, not at the end alone, which a run that is stopped never reaches."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and terminal:
            terminal.ensure_newline()
            terminal.write_line(f"{report.nodeid}: {report.when}", red=True)
            terminal.write_line(report.longreprtext)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files with tests of Terraform come first: these wait a lot, and the rest goes on beside them."""
    waiting = {item.path for item in items if item.get_closest_marker("terraform")}
    items.sort(key=lambda item: item.path not in waiting)


def pytest_collection_finish() -> None:
    """What has been collected stays until the end: nobody needs to look through it for garbage."""
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-golden", action="store_true", help="write the expected files anew")


@dataclass(frozen=True, slots=True)
class Terraform:
    """A Terraform, by default that on PATH, in an environment that knows nothing of the person's accounts."""

    environment: Mapping[str, str]
    providers: Path | None = None
    running: RunningProviders | None = None
    program: tuple[str, ...] = ("terraform",)

    @classmethod
    def found(cls) -> Terraform:
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name in _KEPT or not name.startswith(("AWS_", "TF_"))
        }
        return cls({**inherited, **_SET})

    def alone(self) -> Terraform:
        """The same Terraform, which starts a provider for each command, as users' Terraform does."""
        return replace(self, running=None)

    def at(self, endpoint: str) -> Terraform:
        """The same Terraform, whose AWS provider talks to the server at `endpoint`."""
        return replace(self, environment={**self.environment, "AWS_ENDPOINT_URL": endpoint})

    def run(self, folder: Path, command: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a folder, whatever its exit code."""
        line = [*self.program, command, "-no-color", *arguments]
        environment = {**self.environment, **(self.running.attach(self.environment) if self.running else {})}
        return subprocess.run(line, cwd=folder, env=environment, text=True, capture_output=True, check=False)

    def succeed(self, folder: Path, command: str, *arguments: str) -> str:
        """Run a command that must succeed, and give what it prints."""
        done = self.run(folder, command, *arguments)
        assert done.returncode == 0, f"terraform {command}:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def init(self, folder: Path) -> None:
        """Install the modules of a root, and the provider that the session's first init found."""
        self.succeed(folder, "init", f"-plugin-dir={self.providers}")

    def read(self, folder: Path, command: str, *arguments: str) -> dict[str, Any]:
        """The document that a command prints with `-json`, whatever its exit code."""
        (document,) = self.messages(folder, command, *arguments)
        return document

    def messages(self, folder: Path, command: str, *arguments: str) -> list[dict[str, Any]]:
        """What a command says with `-json`, whatever its exit code: one document, or one message a line."""
        done = self.run(folder, command, "-json", *arguments)
        assert done.stdout, done.stderr
        decoder, rest, found = json.JSONDecoder(), done.stdout.lstrip(), []
        while rest:
            document, end = decoder.raw_decode(rest)
            found.append(document)
            rest = rest[end:].lstrip()
        return found


class Tried(NamedTuple):
    """What became of the session's first `terraform init`: how to go on, or why that is not possible."""

    terraform: Terraform
    missing: str


_TRIED = pytest.StashKey[Tried]()


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip tests that need Terraform where it cannot be had, or let them fail where TFGEN_REQUIRE_TERRAFORM=1
    asks for it, and skip thorough ones where nobody asks for them. Here and not in a fixture, where each test
    would give the reason in a line of its own."""
    if item.get_closest_marker("thorough") and not (
        os.environ.get("CI") or os.environ.get("TFGEN_THOROUGH") == "1"
    ):
        pytest.skip("takes long and is about what seldom changes: CI runs it, and so does CI=true make test")
    if item.get_closest_marker("terraform") is None:
        return
    missing = _try(item.config).missing
    if missing and os.environ.get("TFGEN_REQUIRE_TERRAFORM") == "1":
        pytest.fail(f"{_NEEDED}\n{missing}", pytrace=False)
    if missing:
        pytest.skip(_NEEDED)


@pytest.fixture(scope="session")
def terraform(pytestconfig: pytest.Config) -> Terraform:
    """Terraform with the AWS provider, for tests that are marked `terraform`."""
    tried = _try(pytestconfig)
    assert not tried.missing, "the test has no `terraform` marker"
    return tried.terraform


def _try(config: pytest.Config) -> Tried:
    """Ask Terraform for the AWS provider, once a session."""
    if _TRIED not in config.stash:
        # Not pytest's own folder: that outlives the session, and the provider is several hundred megabytes.
        folder = tempfile.TemporaryDirectory(prefix="tfgen-terraform-")
        config.add_cleanup(folder.cleanup)
        terraform = Terraform.found()
        missing = _missing(terraform, Path(folder.name))
        providers = Path(folder.name, ".terraform", "providers")
        running = RunningProviders(providers, Path(folder.name))
        config.add_cleanup(running.end)
        config.stash[_TRIED] = Tried(replace(terraform, providers=providers, running=running), missing)
    return config.stash[_TRIED]


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
