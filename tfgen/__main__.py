"""The entry point: what has to be set before anything is imported, and how a bug of tfgen ends."""

from __future__ import annotations

import gc
import os
import signal
import sys
from io import TextIOWrapper
from typing import NoReturn


def main() -> None:
    """Run the command line. Exit codes: 0 fine, 1 findings, 2 usage or I/O, 70 a bug of tfgen."""
    # Pydantic would look through all installed packages for plugins, which could also change what is valid.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a spec may hold what the terminal cannot show
    gc.set_threshold(100_000)  # imports and models make many objects and hardly any cyclic garbage
    signal.signal(signal.SIGTERM, _end)
    try:
        from tfgen.cli import app

        app()
    except SystemExit as done:
        _leave(done.code if isinstance(done.code, int) else 0)
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:  # of the output itself: a full disk behind it, say
        sys.stderr.write(f"tfgen: {error.strerror or error}\n")
        _leave(2)
    except Exception:
        _report_bug()
        sys.exit(70)


def _end(*_: object) -> NoReturn:
    """End as after a Ctrl-C, with what was made ready removed; 143 is how shells tell of it."""
    sys.exit(143)


def _leave(code: int) -> NoReturn:
    """End the process without taking the interpreter down, which takes longer than rendering a spec."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # whoever read the output has gone, as `head` does
        code = code or 1
    os._exit(code)


def _report_bug() -> None:
    import traceback

    from tfgen import __version__

    traceback.print_exc()
    sys.stderr.write(
        f"\nThis is a bug in tfgen {__version__}, not in your specs. Please report it with the lines above"
        "\nand, if you can, the spec that it happened with.\n"
    )


if __name__ == "__main__":
    main()
