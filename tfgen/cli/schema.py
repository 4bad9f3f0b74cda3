"""`tfgen schema`: what editors need to know about specs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tfgen.cli.output import write_file

#: The JSON Schemas of specs and of project files, which a test holds to the models.
SCHEMA = Path(__file__).parents[1] / "spec.schema.json"
PROJECT = SCHEMA.with_name("project.schema.json")


def schema(
    project: Annotated[
        bool, typer.Option("--project", help="The schema of the project file, tfgen.yaml.")
    ] = False,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Write it there.", metavar="FILE", dir_okay=False),
    ] = None,
) -> None:
    """Print the JSON Schema of specs, with which an editor completes, explains and checks them.

    An editor that has yaml-language-server takes it from the first line of a spec:

        # yaml-language-server: $schema=spec.schema.json

    tfgen schema -o specs/spec.schema.json
    """
    kept = PROJECT if project else SCHEMA
    if output is None:
        typer.echo(kept.read_bytes(), nl=False)  # the same bytes, whatever the terminal's encoding
    else:
        write_file(output, kept.read_text(encoding="utf-8"))
