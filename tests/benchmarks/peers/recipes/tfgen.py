"""tfgen itself, from its wheel, and a folder with a spec for each function."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.peers.peer import Call, Form, Line, Peer, names, source


def specs(sources: Path, modules: Path, count: int) -> None:
    """A spec for each function."""
    for name in names(count):
        (sources / f"{name}.yaml").write_text(source("tfgen.yaml", name))


def _render(call: Call) -> Line:
    # The others work in one process; tfgen would share that many specs among the processor's cores. Warnings
    # take time, so there must be none.
    options = ["--jobs", "1", "--strict"]
    return [call.bin / "tfgen", "render", call.sources, "--output", call.output, *options]


PEER = Peer(
    "tfgen",
    "tfgen",
    Form.HCL,
    "every key and value, and rules between them",
    specs,
    _render,
    further=200,
    is_tfgens=True,
)
