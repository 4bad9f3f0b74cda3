"""What a run found, as `results.json` keeps it: the one source of `docs/performance.md` and its picture.

Times are kept as ratios to tfgen's in the same round alone, for others hold on one machine at one moment.
"""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.peers.written import Written

RESULTS = Path(__file__).parent / "results.json"


class Measured(NamedTuple):
    """One contestant: the time it takes for one function, `alone`, and for a `further` one, both in each
    round as a multiple of tfgen's; the versions of its packages; what it writes for one function."""

    versions: Mapping[str, str]
    written: Written
    alone: tuple[float, ...]
    further: tuple[float, ...]


class Results(NamedTuple):
    """A run: the machine, what was measured and what could not be, with the reason, by the peers' keys."""

    machine: Mapping[str, str]
    measured: Mapping[str, Measured]
    missing: Mapping[str, str]


def save(results: Results) -> None:
    """Keep them."""
    measured = {
        key: {**one._asdict(), "written": one.written._asdict()} for key, one in results.measured.items()
    }
    text = json.dumps({**results._asdict(), "measured": measured}, indent=1)
    RESULTS.write_text(text + "\n")


def load() -> Results:
    """What was kept last."""
    kept = json.loads(RESULTS.read_text())
    measured = {
        key: Measured(one["versions"], Written(**one["written"]), tuple(one["alone"]), tuple(one["further"]))
        for key, one in kept["measured"].items()
    }
    return Results(kept["machine"], measured, kept["missing"])


def machine(node: str) -> dict[str, str]:
    """What the figures depend on beside the peers; no name of a host or a person."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        system = platform.system()
    found = {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": f"{system}, {platform.system()} {platform.release().split('-')[0]}",
        "Python": platform.python_version(),
    }
    return {**found, "Node": node} if node else found


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()
