"""`tfgen validate`: what is wrong with specs, and what else there is to say about them."""

from __future__ import annotations

import typer

from tfgen.cli.options import AsOf, Color, ColorMode, OutputFile, OutputFormat, Paths, Strict
from tfgen.cli.output import FINDINGS, count, show, status, stop
from tfgen.cli.reading import Reading, found_paths, read, summary
from tfgen.report import Form


def validate(
    paths: Paths,
    strict: Strict = False,
    as_of: AsOf = None,
    output_format: OutputFormat = Form.FULL,
    output_file: OutputFile = None,
    color: ColorMode = Color.AUTO,
) -> None:
    """Look for mistakes in specs, and write nothing.

    Each mistake is shown with its line, a stable code and what to do about it.

        tfgen validate specs
    """
    found = found_paths(paths)
    reading = read(found, as_of.date() if as_of else None)
    said = [*reading.wrong, *reading.notes]
    show(said, reading.paths, output_format, output_file, color)
    if reading.unreadable:
        stop("\n".join(reading.unreadable))
    refused = reading.refused(strict=strict)
    status(f"{summary(said, len(found))}." if refused else _verdict(reading))
    if refused:
        raise typer.Exit(FINDINGS)


def _verdict(reading: Reading) -> str:
    """What came out for specs without mistakes."""
    specs = len(reading.paths)
    if not reading.notes:
        return f"{count(specs, 'spec')} without findings"
    return f"{summary(reading.notes, specs)}, none of them a mistake"
