"""The options that several commands have."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from tfgen.report import Form


class Color(StrEnum):
    """When output is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


Paths = Annotated[
    list[str],
    typer.Argument(
        help="Spec files, folders (searched for .yaml and .yml) or quoted globs.",
        metavar="PATHS",
        show_default=False,
    ),
]
OutputFormat = Annotated[
    Form, typer.Option("--output-format", help="How findings are shown.", metavar="FORM", show_choices=True)
]
OutputFile = Annotated[
    Path | None,
    typer.Option(
        "--output-file", help="Write the findings there, not to the terminal.", metavar="FILE", dir_okay=False
    ),
]
ColorMode = Annotated[
    Color, typer.Option("--color", help="When to colour; NO_COLOR and FORCE_COLOR count too.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Let warnings count as mistakes.")]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of",
        help="The day to look at the lifecycle of runtimes on; today if not given.",
        formats=["%Y-%m-%d"],
        metavar="DATE",
        envvar="TFGEN_AS_OF",
        show_default=False,
    ),
]
