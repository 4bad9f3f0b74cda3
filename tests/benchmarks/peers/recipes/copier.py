"""copier, with a template of the files that tfgen writes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.benchmarks.peers.peer import SOURCES, Call, Form, Line, Peer
from tests.benchmarks.peers.recipes.holes import VALUES, template


def _template(sources: Path, modules: Path, count: int) -> None:
    questions = {name: {"type": "str", "default": value} for name, value in VALUES.items()}
    (sources / "copier.yml").write_text(json.dumps(questions))
    template(modules, sources / "{{ name }}", ending=".jinja")


def _call(call: Call) -> Line:
    given: Line = ["--defaults", "--quiet", "--data", f"name={VALUES['name']}"]
    return [call.bin / "copier", "copy", *given, call.sources, call.output]


def _program(call: Call) -> Line:
    return [call.bin / "python", SOURCES / "with_copier.py", call.sources, call.output, str(call.functions)]


PEER = Peer(
    "copier",
    "copier",
    Form.HCL,
    "the types of answers",
    _template,
    _program,
    further=30,
    tool=_call,
    is_tfgens=True,
)
