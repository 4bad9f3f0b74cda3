"""`tfgen show`: what a spec says with its project's defaults under it, and where each value comes from."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from tfgen.cli import options as o
from tfgen.cli.output import FINDINGS, columns, console, os_error, stop
from tfgen.cli.selection import selected
from tfgen.diagnostics import DataPath, Diagnostic, Findings, Located, Node, SpecError
from tfgen.project import by_file, find
from tfgen.project.effective import origin
from tfgen.report import Form as Report
from tfgen.report import text as report
from tfgen.report.places import visible
from tfgen.source import Document, load
from tfgen.yaml_text import Line, lines

#: Counts changes that a program could stumble over.
FORMAT_VERSION = 1
_LEAST = 24  # cells that values have before their comments, however narrow the terminal
_GAP = "  "
#: A null that is written out: `validate` says what there is to say about it, and `null` is what stands there.
_NULL = "TFG013"


class Form(StrEnum):
    """How a spec is shown."""

    YAML = "yaml"
    JSON = "json"


def show(
    spec: Annotated[str, typer.Argument(help="The spec's file.", metavar="SPEC", show_default=False)],
    output_format: Annotated[Form, typer.Option("--output-format", help="How it is shown.")] = Form.YAML,
    color: o.ColorMode = o.Color.AUTO,
) -> None:
    """Show the effective spec: the project's defaults with the spec over them, and where each value is from.

    What is shown is a spec again. It is not judged, as `tfgen validate` does: so it also shows what a
    mistake comes from.

        tfgen show specs/orders.yaml
        tfgen show specs/orders.yaml --output-format json
    """
    paths = selected([spec])
    if len(paths) != 1:
        stop(f"{spec}: name one spec")
    document = _in_order(_effective(paths[0]))
    if output_format is Form.JSON:
        typer.echo(_as_json(document))
    else:
        _print(document, color)
    # Mistakes in its text: what was shown may not be what was meant.
    found = [one for one in document.findings if one.code != _NULL]
    if found:
        _tell(document, found)


def _effective(path: Path) -> Document:
    try:
        project = find(path)
        document = load(path)
    except SpecError as error:
        _tell(error.document, error.diagnostics)
    except OSError as error:
        stop(os_error(error))
    return project.effective(document, path) if project else document


def _in_order(document: Document) -> Document:
    """The document with the spec's own keys first: the project's text follows the spec's."""
    keys = sorted(document.data, key=lambda key: document.span(Node((key,), key=True)))
    return document._replace(data={key: document.data[key] for key in keys})


def _tell(document: Located, found: Sequence[Diagnostic]) -> NoReturn:
    """Say on stderr what is wrong with a file's text, and end."""
    apart = list(by_file(Findings(document, tuple(found))))
    typer.echo(report(Report.CONCISE, apart, [document.path]), err=True, nl=False)
    raise typer.Exit(FINDINGS)


def _as_json(document: Document) -> str:
    rows = []
    for line in lines(document.data):
        if line.path is not None:
            file, number = origin(document, line.path)
            rows.append(
                {"path": line.path, "value": _at(document.data, line.path), "file": file, "line": number}
            )
    return json.dumps({"format_version": FORMAT_VERSION, "spec": document.path, "values": rows}, indent=2)


def _at(data: Any, path: DataPath) -> Any:
    for part in path:
        data = data[part]
    return data


def _print(document: Document, color: o.Color) -> None:
    stdout = console(sys.stdout, color)
    written = list(lines(document.data))
    comments = [_comment(document, line) for line in written]
    column = _column(written, comments, columns(stdout))
    is_plain = not stdout.is_terminal
    text = []
    for line, comment in zip(written, comments, strict=True):
        gap = " " * max(column - _cells(str(line)), 0) + _GAP if comment else ""
        if is_plain:
            text += [f"{line}{gap}{comment}", *line.following]
            continue
        from rich.text import Text

        styled = Text(str(line))
        styled.stylize("cyan", len(line.start), len(line.start) + len(line.key))
        stdout.print(styled.append(gap).append(comment, "dim"), soft_wrap=True)
        for following in line.following:
            stdout.print(Text(following), soft_wrap=True)
    if is_plain:
        typer.echo("".join(f"{line}\n" for line in text).encode(), nl=False)  # the same in all encodings


def _comment(document: Document, line: Line) -> str:
    """Where a line's value is from."""
    if line.path is None:
        return ""
    file, number = origin(document, line.path)
    return f"# {visible(file)}:{number}"


def _column(written: Sequence[Line], comments: Sequence[str], width: int) -> int:
    """Where comments start: right of all lines but for those beside which a comment would not fit."""
    longest = max(map(_cells, comments), default=0)
    room = max(width - longest - len(_GAP), _LEAST)
    taken = (_cells(str(line)) for line, comment in zip(written, comments, strict=True) if comment)
    return max((cells for cells in taken if cells <= room), default=0)


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)
