"""The command line: arguments, output and exit codes. The only room that prints.

Each command is a file, imported when it is called; `options.py` says what they share, `output.py` how they
speak.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from tfgen import __version__

#: The commands, in the order of the help, each with its file and the function or app in it.
COMMANDS: Mapping[str, tuple[str, str]] = {
    "new": ("new", "new"),
    "render": ("render", "render"),
    "validate": ("validate", "validate"),
    "verify": ("verify", "verify"),
    "list": ("listing", "list_specs"),
    "show": ("show", "show"),
    "graph": ("graph", "graph"),
    "templates": ("templates", "templates"),
    "explain": ("explain", "explain"),
    "rules": ("explain", "rules"),
    "schema": ("schema", "schema"),
}
_SETTINGS = {"help_option_names": ["-h", "--help"]}


class _Commands(TyperGroup):
    """Knows the commands by name: start-up is most of what a user waits for, and each takes its share."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Their names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """One of them, imported now. Where none has the name, all are, for one like it to be found."""
        if cmd_name not in COMMANDS:
            self.commands.update({name: self.get_command(ctx, name) for name in COMMANDS})
            return None
        if cmd_name not in self.commands:
            file, name = COMMANDS[cmd_name]
            called = getattr(import_module(f"{__name__}.{file}"), name)
            if not isinstance(called, typer.Typer):
                alone = typer.Typer(
                    add_completion=False, context_settings=_SETTINGS, rich_markup_mode="markdown"
                )
                alone.command(cmd_name)(called)
                called = alone
            self.commands[cmd_name] = get_command(called)
            self.commands[cmd_name].name = cmd_name
        return self.commands[cmd_name]


app = typer.Typer(
    name="tfgen",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings=_SETTINGS,
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

    Exit codes: 0 fine, 1 mistakes in specs or modules, 2 usage, configuration or I/O, 3 modules that are not
    as their specs ask (render --check), 4 no Terraform, or a failure of it (verify), 70 a bug of tfgen.
    """
