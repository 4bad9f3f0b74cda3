"""Specs → modules on the disk, the way the `tfgen render` command does it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tfgen.plan import plan
from tfgen.render import render
from tfgen.source import load
from tfgen.spec import read_spec
from tfgen.write import RenderedModule, write

SPECS = Path(__file__).parents[1] / "specs"


def render_specs(output: Path, specs: Iterable[Path]) -> None:
    """Write the modules of specs below `output`, one folder a module."""
    documents = [load(path) for path in specs]
    plans = [plan(read_spec(document), document.path) for document in documents]
    write(output, [RenderedModule(module.name, render(module)) for module in plans])
