"""Terraform, run in a folder of ours: its arguments → its output. Nothing of it is left running."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

_MISSING = (
    "there is no `terraform` on PATH: install version 1.9 or newer, "
    "see https://developer.hashicorp.com/terraform/install"
)
# Arguments, folders and values that a person set for runs of their own.
_THEIRS = ("TF_CLI_ARGS", "TF_VAR_", "TF_DATA_DIR", "TF_WORKSPACE", "TF_LOG")
_OURS = {
    "TF_IN_AUTOMATION": "1",
    "TF_INPUT": "0",
    "CHECKPOINT_DISABLE": "1",
    # A cache is used although there is no lock file yet, which nobody keeps.
    "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE": "1",
}
_PATHS = ("TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR")
_GRACE = 1.0  # seconds to end in; whoever pressed Ctrl-C waits


class TerraformFailed(Exception):  # noqa: N818 - it may not even be there
    """Terraform is missing, or could not do its work: why, and what to do, in lines."""


class Done(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    stdout: str
    stderr: str


class Terraform:
    """The `terraform` on PATH. Raises TerraformFailed if there is none."""

    def __init__(self) -> None:
        found = shutil.which("terraform")
        if found is None:
            raise TerraformFailed(_MISSING)
        self._program = found
        self._environment = _environment(os.environ)

    def run(self, folder: Path, command: str, *arguments: str) -> Done:
        """Run a command in a folder, whatever its exit code."""
        return self._ended([self._program, f"-chdir={folder}", command, *arguments])

    def _ended(self, line: Sequence[str]) -> Done:
        process: subprocess.Popen[str] | None = None
        try:
            with _signals_held_back():  # until it is known what is to be ended
                process = subprocess.Popen(  # noqa: S603 - no shell
                    line,
                    env=self._environment,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                    errors="replace",
                    # So that its providers end with it, and a Ctrl-C comes to it by way of us.
                    start_new_session=True,
                )
            stdout, stderr = process.communicate()
        except BaseException:
            if process is not None:
                _end(process)
            raise
        return Done(process.returncode, stdout, stderr)


def _environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """What a person set so that Terraform finds its providers, without what would change how we call it."""
    kept = {name: value for name, value in inherited.items() if not name.startswith(_THEIRS)}
    # From the folder that the person is in.
    paths = {name: str(Path(kept[name]).absolute()) for name in _PATHS if kept.get(name)}
    return {**kept, **paths, **_OURS}


@contextmanager
def _signals_held_back() -> Iterator[None]:
    """Signals that end the run come once this is done. None is blocked in the process itself, for what it
    starts would inherit that."""
    came: list[int] = []
    before = {}
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and callable(handler := signal.getsignal(number)):
            before[number] = handler
            signal.signal(number, lambda number, _: came.append(number))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    for number in came:
        signal.raise_signal(number)


def _end(process: subprocess.Popen[str]) -> None:
    """End a process and all that it started: first as a person would."""
    if os.name != "posix":
        process.kill()
        process.wait()
        return
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    with suppress(subprocess.TimeoutExpired):
        process.wait(_GRACE)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
