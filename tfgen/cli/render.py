"""`tfgen render`: specs → modules on disk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tfgen.cli.options import AsOf, Color, ColorMode, OutputFile, OutputFormat, Paths, Strict
from tfgen.cli.output import FINDINGS, complain, os_error, progress, show, status, stop
from tfgen.cli.reading import found_paths, read, summary
from tfgen.codes import Severity
from tfgen.report import Form
from tfgen.write import ModuleChange, RenderedModule, WriteRefused, write

if TYPE_CHECKING:
    from tfgen.source import Document
    from tfgen.spec import Spec


def render(
    paths: Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder that gets one folder a module.", metavar="DIR")
    ] = Path("modules"),
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace files edited by hand or not written by tfgen."),
    ] = False,
    strict: Strict = False,
    as_of: AsOf = None,
    output_format: OutputFormat = Form.FULL,
    output_file: OutputFile = None,
    color: ColorMode = Color.AUTO,
) -> None:
    """Write the Terraform module of each spec.

    Nothing is written if any spec has a mistake, or if a file in the way was edited by hand or does not
    come from tfgen. Only files whose text changes are replaced.

        tfgen render specs/orders.yaml
        tfgen render specs -o infra/modules
    """
    found = found_paths(paths)
    reading = read(found, as_of.date() if as_of else None)
    refused = reading.refused(strict=strict)
    warnings = [warned for note in reading.notes if (warned := note.only(Severity.WARNING)).diagnostics]
    # Advice is for `validate`: a render says what may be wrong.
    said = [*reading.wrong, *warnings] if refused else warnings
    show(said, reading.paths, output_format, output_file, color)
    if reading.unreadable:
        stop("\n".join(reading.unreadable))
    if refused:
        status(f"{summary(said, len(found))}. Nothing was written.")
        raise typer.Exit(FINDINGS)
    try:
        changes = write(output, _rendered(reading.specs), force=force)
    except WriteRefused as refusing:
        for refusal in refusing.refusals:
            complain(f"{refusal.path} {refusal.reason}: {refusal.hint}")
        stop("Nothing was written.")
    except OSError as error:
        stop(os_error(error))
    on_stdout = output_format in {Form.FULL, Form.CONCISE} or output_file is not None
    for change in changes:
        typer.echo(_line(change, output), err=not on_stdout)


def _rendered(specs: list[tuple[Document, Spec]]) -> Iterator[RenderedModule]:
    from tfgen.plan import plan
    from tfgen.render import render as render_plan

    for document, spec in progress(specs, "Rendering"):
        module = plan(spec, document.path)
        yield RenderedModule(module.name, render_plan(module))


def _line(change: ModuleChange, output: Path) -> str:
    files = [*change.written, *(f"{name} removed" for name in change.removed)]
    detail = f" ({', '.join(files)})" if change.status == "changed" and files else ""
    return f"{change.status:<9} {(output / change.name).as_posix()}{detail}"
