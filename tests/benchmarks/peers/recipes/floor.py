"""What any tool of this kind would take: to import the libraries; to parse YAML and to write files."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.benchmarks.peers.peer import SOURCES, Call, Form, Line, Peer, nothing
from tests.benchmarks.peers.recipes.tfgen import specs


def _import(call: Call) -> Line:
    return [call.bin / "python", "-c", "import typer, pydantic, jinja2, yaml"]


def _specs_and_modules(sources: Path, modules: Path, count: int) -> None:
    (sources / "specs").mkdir()
    specs(sources / "specs", modules, count)
    shutil.copytree(modules, sources / "modules")


def _parse_and_write(call: Call) -> Line:
    return [call.bin / "python", SOURCES / "parse_and_write.py", call.sources, call.output]


IMPORTS = Peer(
    "imports",
    "floor: imports of tfgen's libraries",
    Form.NOTHING,
    "nothing",
    nothing,
    _import,
    further=0,
    environment="tfgen",
    is_floor=True,
)
FILES = Peer(
    "files",
    "floor: libyaml and copied files",
    Form.HCL,
    "YAML",
    _specs_and_modules,
    _parse_and_write,
    further=200,
    environment="tfgen",
    is_tfgens=True,
    is_floor=True,
)
