"""`tfgen explain`, `tfgen rules` and `tfgen schema`: what tfgen knows."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from tfgen.cli.output import console, stop


def explain(
    topic: Annotated[
        str,
        typer.Argument(help="`permissions`, or a code such as TFG301.", metavar="TOPIC", show_default=False),
    ],
) -> None:
    """Say what there is to know about a code, or about the permissions by intent.

    tfgen explain TFG301
    tfgen explain permissions
    """
    from tfgen.report.explain import PERMISSIONS
    from tfgen.report.explain import explain as explained

    said = explained(topic)
    if said is None:
        stop(f"there is no such topic: give `{PERMISSIONS}`, or a code such as TFG301")
    stdout = console(sys.stdout)
    stdout.print(said, width=None if stdout.is_terminal else 80)


def rules() -> None:
    """List the rules that specs are held to."""


def schema() -> None:
    """Print the JSON Schema of specs."""
