"""`tfgen` called with arguments, in a process of its own: what it prints, and its exit code.

It is forked from a process that has imported tfgen already; `started` is the command as a shell starts it.
"""

from __future__ import annotations

import atexit
import json
import os
import pty
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

_WAITING = Path(__file__).with_name("waiting_tfgen.py")
#: How the names begin of what Python reads when it starts.
_OF_PYTHON = ("PYTHON", "LC_", "LANG")


def tfgen(cwd: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run tfgen with its output in pipes."""
    return as_text(run(cwd, arguments, environment))


def run(
    cwd: Path, arguments: Sequence[str], environment: Mapping[str, str], *, first: str = ""
) -> subprocess.CompletedProcess[bytes]:
    """The same, whose output is bytes. `first` is Python that its process runs before."""
    if any(name.startswith(_OF_PYTHON) for name in environment):
        return started(cwd, arguments, environment)
    (out, to_out), (err, to_err) = os.pipe(), os.pipe()
    with os.fdopen(out, "rb") as stdout, os.fdopen(err, "rb") as stderr, ThreadPoolExecutor(1) as other:
        _send(cwd, arguments, {**_inherited(), **environment}, to_out, to_err, first)
        errors = other.submit(stderr.read)
        printed, said = stdout.read(), errors.result()
    return subprocess.CompletedProcess(list(arguments), _exit_code(), printed, said)


def started(
    cwd: Path, arguments: Sequence[str], environment: Mapping[str, str]
) -> subprocess.CompletedProcess[bytes]:
    """The same, in a Python that starts for it."""
    line = [str(Path(sys.executable).with_name("tfgen")), *arguments]
    return subprocess.run(
        line, cwd=cwd, env={**_inherited(), **environment}, capture_output=True, check=False
    )


def as_text(done: subprocess.CompletedProcess[bytes]) -> subprocess.CompletedProcess[str]:
    """What a command printed, as text."""
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def on_a_terminal(cwd: Path, *arguments: str, **environment: str) -> str:
    """What tfgen writes to a terminal of 80 columns."""
    main, secondary = pty.openpty()
    inherited = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "CI"}}
    of_terminal = {"TERM": "xterm-256color", "COLUMNS": "80"}
    _send(cwd, arguments, inherited | of_terminal | environment, secondary, secondary)
    written = b""
    try:
        while chunk := os.read(main, 65536):
            written += chunk
    except OSError:  # Linux's way to say that the other side is closed
        pass
    os.close(main)
    _exit_code()
    return written.decode().replace("\r\n", "\n")


def _inherited() -> dict[str, str]:
    """What a command gets of the environment of the tests."""
    return {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "COLUMNS"}}


def _send(
    cwd: Path,
    arguments: Sequence[str],
    environment: Mapping[str, str],
    out: int,
    err: int,
    first: str = "",
) -> None:
    """Have a command run, which the two streams are given to."""
    command = {"cwd": str(cwd), "arguments": arguments, "environment": environment, "first": first}
    line = json.dumps(command).encode() + b"\n"
    nothing = os.open(os.devnull, os.O_RDONLY)
    try:
        sent = socket.send_fds(_waiting(), [line], [nothing, out, err])
        _waiting().sendall(line[sent:])
    finally:
        for stream in {nothing, out, err}:
            os.close(stream)


def _exit_code() -> int:
    """That of the command that was sent, once it has ended."""
    answer = b""
    while not answer.endswith(b"\n"):
        data = _waiting().recv(16)
        assert data, f"{_WAITING.name} has ended"
        answer += data
    return int(answer)


@cache
def _waiting() -> socket.socket:
    """The process that has imported tfgen, started once; it ends when this one does, however that may be."""
    ours, theirs = socket.socketpair()
    with theirs:
        number = theirs.fileno()
        process = subprocess.Popen([sys.executable, str(_WAITING), str(number)], pass_fds=[number])

    @atexit.register
    def end() -> None:
        ours.close()
        process.wait()

    return ours
