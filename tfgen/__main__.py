"""The entry point: what has to be set before anything is imported, how a run is ended from outside, and how a
bug of tfgen ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from types import FrameType
from typing import NoReturn

_INTERRUPTED = 128  # and the number of the signal, as shells tell of it
_NOBODY_READS = 141  # which is how shells tell of SIGPIPE
_CLEANING = 2.0  # seconds


def main() -> None:
    """Run the command line. Exit codes: 0 fine, 1 findings, 2 usage or I/O, 70 a bug of tfgen; 130, 143 and
    141 where it was ended by Ctrl-C, from outside, or because nobody reads what it says."""
    try:
        _leave(_code())
    except KeyboardInterrupt:
        _leave(_INTERRUPTED + signal.SIGINT)


def _code() -> int:
    """The exit code of a run."""
    try:
        _set_up()
        from tfgen.cli import app

        app()
    except SystemExit as done:
        if isinstance(done.__context__, BrokenPipeError):  # as Typer has it, with a code that means findings
            return _NOBODY_READS
        return done.code if isinstance(done.code, int) else 0
    except OSError as error:  # of the output itself, mostly: a full disk behind it, say
        _complain(f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error))
        os._exit(2)  # without another attempt to write what is left
    except Exception:
        _report_bug()
        return 70
    return 0


def _set_up() -> None:
    # Pydantic would look through all installed packages for plugins, which could also change what is valid.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name) is None:  # closed; the next file that is opened would get its number
            setattr(sys, name, Path(os.devnull).open("r" if name == "stdin" else "w"))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a spec may hold what the terminal cannot show
    gc.set_threshold(100_000)  # imports and models make many objects and hardly any cyclic garbage
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) != signal.SIG_IGN:  # as `nohup` has it
            signal.signal(number, _Ended())
    try:
        Path.cwd()
    except FileNotFoundError:
        _complain("the current folder was deleted: change to one that is there")
        sys.exit(2)


class _Ended:
    """Ends the run at a signal, with what was made ready removed.

    Who presses Ctrl-C twice shall not end that as well; who does it later again does not want to wait.
    """

    first = 0.0

    def __call__(self, number: int, _: FrameType | None) -> None:
        now = time.monotonic()
        if not _Ended.first:
            _Ended.first = now
            raise KeyboardInterrupt if number == signal.SIGINT else SystemExit(_INTERRUPTED + number)
        if now - _Ended.first > _CLEANING:
            os._exit(_INTERRUPTED + number)


def _leave(code: int) -> NoReturn:
    """End the process without taking the interpreter down, which takes longer than rendering a spec."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BrokenPipeError:  # whoever read the output has gone, as `head` does
        code = code or _NOBODY_READS
    except OSError as error:
        code = code or 2
        _complain(error.strerror or str(error))
    os._exit(code)


def _complain(text: str) -> None:
    with suppress(OSError):  # nobody reads that either
        sys.stderr.write(f"tfgen: {text}\n")
        sys.stderr.flush()


def _report_bug() -> None:
    import traceback

    from tfgen.bug import plea

    with suppress(OSError):
        traceback.print_exc()
        sys.stderr.write(f"\n{plea()}\n")


if __name__ == "__main__":
    main()
