"""`tfgen explain` and `tfgen rules`: what tfgen knows."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from tfgen.cli.options import Color, ColorMode
from tfgen.cli.output import columns, console, stop

_READABLE = 80  # cells of a line of text, however wide the terminal


class RulesForm(StrEnum):
    """How the rules are listed."""

    TEXT = "text"
    JSON = "json"


def explain(
    topic: Annotated[
        str,
        typer.Argument(help="`permissions`, or a code such as TFG301.", metavar="TOPIC", show_default=False),
    ],
    color: ColorMode = Color.AUTO,
) -> None:
    """Say what there is to know about a code, or about the permissions by intent.

    tfgen explain TFG301
    tfgen explain permissions
    """
    from tfgen.report.explain import PERMISSIONS, nearest
    from tfgen.report.explain import explain as explained

    stdout = console(sys.stdout, color)
    width = columns(stdout)
    said = explained(topic, min(width, _READABLE))
    if said is None:
        meant = [name for name in nearest(topic) if name != PERMISSIONS]
        near = f"; the nearest are {', '.join(meant)}" if meant else ""
        stop(f"there is no such topic: give `{PERMISSIONS}`, or a code such as TFG301{near}")
    # A table is laid out to a width; text has its lines already, and an address in it stays whole.
    stdout.print(said, width=width, soft_wrap=topic != PERMISSIONS, end="")


def rules(
    output_format: Annotated[
        RulesForm, typer.Option("--output-format", help="How the rules are listed.", show_choices=True)
    ] = RulesForm.TEXT,
    color: ColorMode = Color.AUTO,
) -> None:
    """List the rules that specs are held to: code, severity, group and meaning.

    tfgen rules
    tfgen rules --output-format json
    """
    from tfgen.report import explain as about

    if output_format is RulesForm.JSON:
        sys.stdout.write(about.rules_as_json())
        return
    stdout = console(sys.stdout, color)
    stdout.print(about.rules(columns(stdout)), soft_wrap=True, end="")
