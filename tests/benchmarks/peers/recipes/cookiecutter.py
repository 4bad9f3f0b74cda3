"""cookiecutter, with a template of the files that tfgen writes."""

from __future__ import annotations

import json
from pathlib import Path

from tests.benchmarks.peers.peer import SOURCES, Call, Form, Line, Peer
from tests.benchmarks.peers.recipes.holes import VALUES, template


def _template(sources: Path, modules: Path, count: int) -> None:
    (sources / "cookiecutter.json").write_text(json.dumps(VALUES))
    template(modules, sources / "{{ cookiecutter.name }}", prefix="cookiecutter.")


def _call(call: Call) -> Line:
    options: Line = ["--no-input", "--default-config", "--output-dir", call.output]
    return [call.bin / "cookiecutter", *options, call.sources, f"name={VALUES['name']}"]


def _program(call: Call) -> Line:
    return [
        call.bin / "python",
        SOURCES / "with_cookiecutter.py",
        call.sources,
        call.output,
        str(call.functions),
    ]


PEER = Peer(
    "cookiecutter",
    "cookiecutter",
    Form.HCL,
    "nothing",
    _template,
    _program,
    further=40,
    tool=_call,
    is_tfgens=True,
)
