"""`tfgen list`: which specs there are, and what becomes of each; for people and for a matrix of CI jobs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from tfgen.cli import options as o
from tfgen.cli.output import FINDINGS, columns, console, os_error, stop
from tfgen.cli.selection import selected
from tfgen.diagnostics import Findings, SpecError
from tfgen.project import find
from tfgen.report import Form as Report
from tfgen.report import text as report
from tfgen.report.places import visible
from tfgen.run import OUTPUT
from tfgen.source import load

#: Counts changes that a program could stumble over.
FORMAT_VERSION = 1
_GAP = 2  # cells between columns


class Form(StrEnum):
    """How specs are listed."""

    TEXT = "text"
    JSON = "json"


class Listed(NamedTuple):
    """A spec in a list. What it leaves open is an empty text: a matrix is made of texts."""

    name: str
    spec: str
    module: str
    function_name: str = ""
    runtime: str = ""


def list_specs(
    paths: o.OptionalPaths = None,
    changed: o.Changed = False,
    base: o.Base = None,
    shard: o.Shard = None,
    output_format: Annotated[Form, typer.Option("--output-format", help="How they are listed.")] = Form.TEXT,
    color: o.ColorMode = o.Color.AUTO,
) -> None:
    """List specs: the module's name, the spec, the module's folder, the function's name and the runtime.

    They are not judged. One whose text cannot be read is told on stderr and listed by its file's name, so
    that a job that is made for it shows what is wrong.

        tfgen list
        tfgen list --changed --base origin/main --output-format json
    """
    listed = tuple(map(_listed, selected(paths, changed=changed, base=base, shard=shard)))
    if output_format is Form.JSON:
        # In one line, as a job's output takes it, and within an object, as a matrix may have no other key.
        matrix = {"include": [one._asdict() for one in listed]}
        typer.echo(json.dumps({"format_version": FORMAT_VERSION, "matrix": matrix}))
    elif listed:
        _print(listed, color)


def _listed(path: Path) -> Listed:
    try:
        project = find(path)
    except SpecError as error:
        _tell(error.findings)
        raise typer.Exit(FINDINGS) from None
    except OSError as error:
        stop(os_error(error))
    data: dict[str, object] = {}
    try:
        document = load(path)
        data = (project.effective(document, path) if project else document).data
    except SpecError as error:
        _tell(error.findings)
    except OSError as error:
        stop(os_error(error))
    name = _said(data, "name") or path.stem
    module = (project.output if project else Path(OUTPUT)) / name
    return Listed(
        name, path.as_posix(), module.as_posix(), _said(data, "function_name"), _said(data, "runtime")
    )


def _said(data: dict[str, object], key: str) -> str:
    value = data.get(key)
    return value if isinstance(value, str) else ""


def _tell(found: Findings) -> None:
    typer.echo(report(Report.CONCISE, [found], [found.document.path]), err=True, nl=False)


def _print(listed: Sequence[Listed], color: o.Color) -> None:
    """A table: on a terminal as wide as that, else a line a spec, whatever its width."""
    stdout = console(sys.stdout, color)
    head = ("Name", "Spec", "Module", "Function", "Runtime")
    rows = [tuple(map(visible, one)) for one in listed]
    if not stdout.is_terminal:
        typer.echo("\n".join(_lines([head, *rows])))
        return
    from rich.table import Table

    table = Table(box=None, padding=(0, _GAP, 0, 0), pad_edge=False, header_style="bold")
    for title in head:
        table.add_column(title, overflow="fold")
    for row in rows:
        table.add_row(*row)
    stdout.print(table, width=columns(stdout))


def _lines(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Rows with their cells below each other."""
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = (f"{cell:<{width + _GAP}}" for cell, width in zip(row, widths, strict=True))
        yield "".join(cells).rstrip()
