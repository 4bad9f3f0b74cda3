"""What is said where tfgen itself is at fault. Imports nothing, for anything may be what fails."""

from __future__ import annotations

from tfgen import __version__

#: The exit code; EX_SOFTWARE of sysexits.h.
EXIT_CODE = 70


def plea() -> str:
    """What follows the lines that say what happened."""
    return (
        f"This is a bug in tfgen {__version__}, not in your specs. Please report it with the lines above, "
        "what\n`tfgen --version` prints and, if you can, the spec that it happened with."
    )
