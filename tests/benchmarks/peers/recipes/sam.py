"""The SAM translator: a template for each function."""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.peers.peer import SOURCES, Call, Form, Line, Peer, names, source


def _templates(sources: Path, modules: Path, count: int) -> None:
    for name in names(count):
        (sources / f"{name}.yaml").write_text(source("sam.yaml", name))


def _translate(call: Call) -> Line:
    return [call.bin / "python", SOURCES / "with_sam.py", call.sources, call.output]


PEER = Peer(
    "sam",
    "SAM translator",
    Form.CLOUDFORMATION,
    "the template, by its schema",
    _templates,
    _translate,
    further=30,
)
