"""A command → the time and memory that it took, and what a series of ratios says."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]


class Took(NamedTuple):
    """Seconds of wall time, and the most memory that the process had, in MiB; its children's is not in it."""

    seconds: float
    memory: float


class Spread(NamedTuple):
    """The median of ratios, and the quartiles, between which half of them lie."""

    low: float
    median: float
    high: float


def run(
    line: Sequence[str | Path],
    folder: Path = ROOT,
    environment: Mapping[str, str] | None = None,
) -> Took:
    """Run a command in a folder and wait for it. One that fails is no measurement: its output is shown."""
    with tempfile.TemporaryFile() as output:
        start = time.perf_counter()
        process = subprocess.Popen(line, cwd=folder, env=environment, stdout=output, stderr=output)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            output.seek(0)
            said = output.read().decode(errors="replace")
            raise RuntimeError(f"{' '.join(map(str, line))} exits with {process.returncode}\n{said}")
    return Took(seconds, usage.ru_maxrss / 1024)


def spread(ratios: Sequence[float]) -> Spread:
    """What ratios of several rounds say; of one round it is that one alone."""
    if len(ratios) == 1:
        return Spread(ratios[0], ratios[0], ratios[0])
    return Spread(*statistics.quantiles(ratios, n=4, method="inclusive"))
