"""What stops a run of tfgen, from within its process: at one of its file operations, or for lack of a right.

Python tells of each operation before it is done. A stop before each one shows every state that the disk can
be in, but for a file that is written in part: a limit on the size of files ends it in the midst of one.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path

#: What changes the disk, by the names of Python's audit events.
CHANGES = {"open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CAPABILITIES = 0x20080522  # their layout
_WRITE_ANYWHERE, _READ_ANYWHERE = 1, 2


def at(
    number: int,
    below: str,
    log: str,
    do: Callable[[], object],
    *,
    every: bool = False,
    again: bool = False,
    of_others: bool = False,
) -> None:
    """Do something before the operation with a number, from 1 on, that changes a file below a folder.

    The log gets a line for each such operation, of the process that the run begins with; with `of_others`, of
    those that it starts. With `every`, all that Python tells of counts. With `again`, it is done at the ones
    after it too.
    """
    told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    first, count, is_doing = os.getpid(), 0, False

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal count, is_doing
        is_other = os.getpid() != first
        if is_doing or is_other != of_others or not (every or _is_change(event, arguments, below)):
            return
        count += 1
        os.write(told, f"{event} {arguments[0] if arguments else ''}\n".encode(errors="replace"))
        if count == number or (again and count > number > 0):
            is_doing = True
            try:
                do()
            finally:
                is_doing = False

    sys.addaudithook(hear)


def _is_change(event: str, arguments: tuple[object, ...], below: str) -> bool:
    if event not in CHANGES or not isinstance(arguments[0], str | os.PathLike):
        return False
    if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & _WRITING):
        return False
    path = os.path.abspath(arguments[0])  # noqa: PTH100 - links stay
    return path == below or path.startswith(below + os.sep)


def kill() -> None:
    """End this process, as `kill -9` does."""
    os.kill(os.getpid(), signal.SIGKILL)


def interrupt() -> None:
    """What Ctrl-C does."""
    os.kill(os.getpid(), signal.SIGINT)


def terminate() -> None:
    """What `kill` does, and a CI server that ends a job."""
    os.kill(os.getpid(), signal.SIGTERM)


def hang_up() -> None:
    """What a terminal does that is closed."""
    os.kill(os.getpid(), signal.SIGHUP)


def edit(path: str) -> Callable[[], object]:
    """What a person does who saves a file, or makes one."""
    return lambda: Path(path).write_text("# mine\n")


def delete(path: str) -> Callable[[], object]:
    """What a person does who deletes a file."""
    return lambda: Path(path).unlink(missing_ok=True)


def delete_folder(path: str) -> Callable[[], object]:
    """What a person does who deletes a folder."""
    return lambda: shutil.rmtree(path, ignore_errors=True)


def touch(path: str) -> Callable[[], object]:
    """What gives a file another time and the same text, as a checkout can."""

    def do() -> None:
        text = Path(path).read_bytes()
        Path(path).unlink()
        Path(path).write_bytes(text)

    return do


def lead_away(path: str, target: str) -> Callable[[], object]:
    """What a person does who puts a folder elsewhere, and a link in its place."""

    def do() -> None:
        if not Path(path).is_symlink():
            Path(path).rename(target)
            Path(path).symlink_to(target)

    return do


def no_file_above(size: int, *, killed: bool) -> None:
    """Let no file grow beyond a size: to write on is an error, or kills the process in the midst of it."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL if killed else signal.SIG_IGN)


def as_anybody() -> None:
    """Hold this process to the permissions of files, which those of root are not held to."""
    if os.geteuid() != 0:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, data = struct.pack("Ii", _CAPABILITIES, 0), ctypes.create_string_buffer(24)
    assert libc.capget(header, data) == 0
    sets = struct.unpack("6I", data.raw)
    kept = ~(1 << _WRITE_ANYWHERE | 1 << _READ_ANYWHERE) & 0xFFFFFFFF
    assert libc.capset(header, struct.pack("6I", *(each & kept for each in sets[:3]), *sets[3:])) == 0
