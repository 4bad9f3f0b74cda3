"""`tfgen validate`: what is wrong with specs, and what else there is to say about them."""

from __future__ import annotations

from typing import Annotated

import typer

from tfgen.cli import options as o
from tfgen.cli.output import FINDINGS, count, show, status, step_summary, stop
from tfgen.cli.reading import Reading, day, read, summary
from tfgen.cli.selection import selected
from tfgen.report import Form
from tfgen.run import Options, Task


def validate(
    paths: o.OptionalPaths = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Write what is certain into the files; show what is left.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what --fix would change, and write nothing.")
    ] = False,
    changed: o.Changed = False,
    base: o.Base = None,
    shard: o.Shard = None,
    jobs: o.Jobs = 0,
    watch: o.Watch = False,
    strict: o.Strict = False,
    as_of: o.AsOf = None,
    output_format: o.OutputFormat = Form.FULL,
    output_file: o.OutputFile = None,
    color: o.ColorMode = o.Color.AUTO,
) -> None:
    """Look for mistakes in specs, and write nothing but what --fix is asked for.

    Each mistake is shown with its line, a stable code and what to do about it; without PATHS, those in the
    specs of the project.

        tfgen validate specs
        tfgen validate --diff specs
        tfgen validate --fix specs
    """
    if diff and output_format is not Form.FULL and output_file is None:
        stop("--diff shows differences on stdout: say with --output-file where the findings go")
    today = day(as_of)

    def once() -> None:
        found = selected(paths, changed=changed, base=base, shard=shard)
        would_change, problems = False, []
        if diff:
            from tfgen.cli.fix import show_differences

            would_change = show_differences(found, today, color)
        elif fix:
            from tfgen.cli.fix import write_fixes

            problems = write_fixes(found, today)
        reading = read(found, Options(Task.JUDGE, today), jobs)
        said = [*reading.wrong, *reading.notes]
        if not diff or output_file is not None:
            show(said, reading.paths, output_format, output_file, color)
        if problems or reading.problems:
            stop("\n".join([*problems, *reading.problems]))
        refused = reading.refused(strict=strict)
        total = f"{summary(said, len(found))}." if refused else _verdict(reading)
        status(total)
        step_summary(total, said)
        if refused or would_change:
            raise typer.Exit(FINDINGS)

    if watch:
        from tfgen.cli import watch as watching  # here, for few runs watch

        watching.watch(lambda: watching.about(paths), once)
    once()


def _verdict(reading: Reading) -> str:
    """What came out for specs without mistakes."""
    specs = len(reading.paths)
    if not reading.notes:
        return f"{count(specs, 'spec')} without findings"
    return f"{summary(reading.notes, specs)}, none of them a mistake"
