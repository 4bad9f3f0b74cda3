"""`tfgen graph`: a picture of what flows through functions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tfgen.cli import options as o
from tfgen.cli.output import FINDINGS, complain, count, status, stop, write_file
from tfgen.cli.reading import day, read, summary
from tfgen.cli.selection import selected
from tfgen.graph import Form, text
from tfgen.report import Form as Report
from tfgen.report import text as report
from tfgen.run import Options, Task

if TYPE_CHECKING:
    from tfgen.fleet_page import Drawn


def graph(
    paths: o.OptionalPaths = None,
    output_format: Annotated[
        Form,
        typer.Option(
            "--output-format", help="How the picture is written.", metavar="FORM", show_choices=True
        ),
    ] = Form.MERMAID,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write it there.", metavar="FILE", dir_okay=False),
    ] = None,
    jobs: o.Jobs = 0,
    as_of: o.AsOf = None,
) -> None:
    """Draw what invokes functions, what they reach and where what failed goes.

    Of several specs one picture is made: what they mean by one name or ARN is one box, and where one of
    them sends to the function of another, the two are joined. A spec with mistakes is told on stderr and is
    left out; the exit code is 1 then.

        tfgen graph specs/orders.yaml
        tfgen graph --output-format dot | dot -Tsvg -o fleet.svg
    """
    found = selected(paths)
    reading = read(found, Options(Task.DRAW, day(as_of)), jobs)
    if reading.wrong:
        typer.echo(report(Report.CONCISE, reading.wrong, reading.paths), err=True, nl=False)
    if reading.problems:
        stop("\n".join(reading.problems))
    if reading.drawn:
        _draw(reading.drawn, output_format, output)
    if reading.wrong:
        left = len(found) - len(reading.drawn)
        status(f"{summary(reading.wrong, len(found))}; {count(left, 'spec')} left out of the picture.")
        raise typer.Exit(FINDINGS)


def _draw(modules: Sequence[Drawn], form: Form, output: Path | None) -> None:
    """Write the picture of some modules to a file, or to stdout."""
    from tfgen.fleet_page import in_order  # here, as the modules of the picture, for other commands have none
    from tfgen.graph.as_mermaid import MOST_ARROWS, is_drawn
    from tfgen.graph.join import joined

    picture = joined([one.picture for one in in_order(modules)])
    if form is Form.MERMAID and not is_drawn(picture):
        complain(
            f"Mermaid draws up to {MOST_ARROWS} arrows, fewer than there are: "
            "name some of the specs, or see --output-format dot"
        )
    written = text(form, picture)
    if output is None:
        typer.echo(written, nl=False)
    else:
        write_file(output, written)
