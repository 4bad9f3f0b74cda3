"""`tfgen new`: the spec of a new function, and code for it."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from tfgen.cli.options import AsOf
from tfgen.cli.output import stop


def new(
    name: Annotated[
        str | None,
        typer.Argument(help="Name of the spec and its module.", metavar="NAME", show_default=False),
    ] = None,
    runtime: Annotated[
        str | None,
        typer.Option("--runtime", "-r", help="The function's runtime.", metavar="NAME", show_default=False),
    ] = None,
    trigger: Annotated[
        list[str] | None,
        typer.Option("--trigger", "-t", help="What invokes it; more than once.", metavar="KIND"),
    ] = None,
    code: Annotated[
        bool | None,
        typer.Option(
            "--code/--no-code",
            help="Write a handler, its test and sample events to functions/NAME as well.",
            show_default=False,
        ),
    ] = None,
    no_input: Annotated[bool, typer.Option("--no-input", help="Ask nothing, also on a terminal.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Folder of the spec; the project's first, or `specs`.",
            metavar="DIR",
            show_default=False,
        ),
    ] = None,
    list_: Annotated[bool, typer.Option("--list", help="List runtimes and kinds of triggers.")] = False,
    as_of: AsOf = None,
) -> None:
    """Write the spec of a new function; on a terminal, ask for what is not given.

    The spec is valid as it is. Whatever only its author can know is an input of the module. No file is
    written over: where one is in the way, none is written.

        tfgen new orders
        tfgen new orders --runtime python3.13 --trigger sqs --code --no-input
        tfgen new --list
    """
    day = as_of.date() if isinstance(as_of, datetime) else date.today()
    from tfgen.cli import scaffolding  # here, for few runs make something new

    if list_:
        scaffolding.show_choices(day)
        return
    if name is None:
        stop("give a name, as in `tfgen new orders`; `tfgen new --list` lists runtimes and triggers")
    is_asking = not no_input and sys.stdin.isatty() and sys.stdout.isatty()
    scaffolding.write(name, runtime, trigger, code, output, day, is_asking=is_asking)
