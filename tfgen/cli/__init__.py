"""The command line: arguments, output and exit codes. The only room that prints.

Each command is a file; `options.py` says what they share, `output.py` how they speak.
"""

from __future__ import annotations

from typing import Annotated

import typer

from tfgen import __version__
from tfgen.cli.explain import explain, rules, schema
from tfgen.cli.render import render
from tfgen.cli.validate import validate

app = typer.Typer(
    name="tfgen",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tfgen {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn short YAML specs of AWS Lambda functions into plain Terraform modules.

    A spec names a function and what it needs:

        function_name: order-events
        runtime: python3.12
        handler: app.handler
        filename: build/order-events.zip
        environment: {variables: {LOG_LEVEL: INFO}}

    Saved as specs/order_events.yaml, this makes the module modules/order_events:

        tfgen render specs/order_events.yaml

    Exit codes: 0 fine, 1 mistakes in specs, 2 usage, configuration or I/O, 70 a bug of tfgen.
    """


for command in (render, validate, explain, rules, schema):
    app.command()(command)
