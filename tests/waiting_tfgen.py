"""A process that has imported tfgen and waits: each line on its socket is a command, with the files that are
its standard streams, and a fork of the process runs it. The answer is the exit code.

Most of what a short command takes is Python's start and imports. A fork is past these, and in all else it is
the command: a process of its own, with its own folder, environment, streams and signals.
"""

from __future__ import annotations

import gc
import json
import os
import pkgutil
import shutil
import socket
import sys
import tempfile
import time
import traceback
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

ENCODING = sys.stdout.encoding


def serve(connection: socket.socket) -> None:
    """Run commands, one after another, until whoever sends them has gone."""
    received, streams = bytearray(), list[int]()
    while True:
        data, given, _, _ = socket.recv_fds(connection, 1 << 16, 3)
        if not data:
            return
        received += data
        streams += given
        if not received.endswith(b"\n"):
            continue
        process = os.fork()
        if process == 0:
            connection.close()
            run(json.loads(received), streams)
        for stream in streams:
            os.close(stream)
        _, status = os.waitpid(process, 0)
        connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
        received, streams = bytearray(), []


def run(command: dict[str, Any], streams: list[int]) -> NoReturn:
    """Become the process of a command, as Python would have started it."""
    for number, stream in enumerate(streams):
        os.dup2(stream, number)
        os.close(stream)
    sys.stdin, sys.stdout, sys.stderr = (
        text(0, "r", "strict"),
        text(1, "w", "strict"),
        text(2, "w", "backslashreplace"),
    )
    os.environ.clear()
    os.environ.update(command["environment"])
    time.tzset()
    os.chdir(command["cwd"])
    sys.argv = ["tfgen", *command["arguments"]]
    try:
        exec(command["first"], {})
        code = main()
        sys.stdout.flush()
    except BaseException:
        traceback.print_exc()
        code = 1
    os._exit(code)


def text(number: int, mode: str, errors: str) -> TextIOWrapper:
    """A standard stream."""
    lines = mode == "w" and (number == 2 or os.isatty(number))
    return TextIOWrapper(
        open(number, f"{mode}b", closefd=False),
        ENCODING,
        errors,
        line_buffering=lines,
    )


def main() -> int:
    """Run tfgen, and give its exit code."""
    from tfgen.__main__ import main

    try:
        main()
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else int(done.code is not None)
    return 0


def warm_up() -> None:
    """Do what a process does once: read templates, build models."""
    from tfgen.cli import app
    from tfgen.project.find import forget

    here, spec = Path.cwd(), Path(__file__).parents[1] / "specs" / "order_events.yaml"
    with tempfile.TemporaryDirectory() as folder, Path(os.devnull).open("w") as nowhere:
        os.chdir(folder)
        Path("tfgen.yaml").write_text("defaults: {timeout: 9}\n")
        Path("specs").mkdir()
        shutil.copy(spec, "specs")
        with redirect_stdout(nowhere), redirect_stderr(nowhere):
            app(["render"], standalone_mode=False)
        os.chdir(here)
    forget()


if __name__ == "__main__":
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"  # as the command does before it imports anything
    import tfgen

    for module in pkgutil.walk_packages(tfgen.__path__, "tfgen."):
        import_module(module.name)
    warm_up()
    gc.freeze()
    serve(socket.socket(fileno=int(sys.argv[1])))
