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
OptionalPaths = Annotated[
    list[str] | None,
    typer.Argument(
        help="Spec files, folders (searched for .yaml and .yml) or quoted globs; the project's if not given.",
        metavar="PATHS",
        show_default=False,
    ),
]
Templates = Annotated[
    Path | None,
    typer.Option(
        "--templates",
        help="Folder of templates that go before tfgen's own; else the project's.",
        metavar="DIR",
        show_default=False,
    ),
]
Watch = Annotated[
    bool, typer.Option("--watch", help="Run again whenever a spec, the project file or a template changes.")
]
Changed = Annotated[
    bool,
    typer.Option("--changed", help="Only specs that changed since --base: text, project file or templates."),
]
Base = Annotated[
    str | None,
    typer.Option("--base", help="The commit that --changed compares with; HEAD if not given.", metavar="REF"),
]
Shard = Annotated[
    str | None, typer.Option("--shard", help="One of N parts of the specs, such as 1/4.", metavar="I/N")
]
Jobs = Annotated[
    int,
    typer.Option(
        "--jobs",
        "-j",
        help="Processes to use; as many as there are cores where that pays, if not given.",
        metavar="N",
        min=0,
        show_default=False,
    ),
]
OutputFormat = Annotated[Form, typer.Option("--output-format", help="How findings are shown.")]
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
