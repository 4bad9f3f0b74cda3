"""`tfgen templates`: tfgen's templates, and copies of them to change."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from tfgen.cli.options import Color, ColorMode, Templates
from tfgen.cli.output import columns, console, os_error, show, status, stop
from tfgen.diagnostics import SpecError
from tfgen.project import NAME, Project, find
from tfgen.project.find import near

if TYPE_CHECKING:
    from rich.text import Text

    from tfgen.overlay.folder import Folder

#: The folder of templates where nothing else is said.
FOLDER = "templates"
_COLUMN = 34  # cells of most names
_ENDINGS = ("", ".j2", ".tf.j2", ".md.j2")

templates = typer.Typer(
    help="List tfgen's templates, and copy them to change what modules look like.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


@templates.command("list")
def list_templates(folder: Templates = None, color: ColorMode = Color.AUTO) -> None:
    """List the templates, what each is for, and those of one's own that go before them.

    tfgen templates list
    tfgen templates list --templates infra/templates
    """
    from tfgen.overlay.folder import own_names
    from tfgen.overlay.purposes import purposes
    from tfgen.own_templates import templates_folder

    overlay, problem = _overlay(folder)
    stdout = console(sys.stdout, color)
    listed = purposes(own_names(templates_folder()))
    for name, purpose in listed.items():
        stdout.print(_listed(name, purpose, columns(stdout)), soft_wrap=True)
        if overlay is not None and name in overlay.texts:
            stdout.print(_of_ones_own(name, overlay), soft_wrap=True)
    parts = sorted(overlay.path(name) for name in overlay.texts.keys() - listed.keys()) if overlay else ()
    for path in parts:
        stdout.print(f"{path} is included by others of your own", style="green", soft_wrap=True)
    if problem:
        stop(problem)


@templates.command()
def eject(
    names: Annotated[
        list[str],
        typer.Argument(
            help="Templates, as `tfgen templates list` names them.", metavar="NAME...", show_default=False
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Folder to copy to; the project's folder of templates, or `templates`.",
            metavar="DIR",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Copy templates of tfgen's to a folder of your own, to change them there. Never over an existing file.

    tfgen templates eject triggers/sqs.tf.j2
    tfgen templates eject main.tf.j2 iam.tf.j2 -o infra/templates
    """
    from tfgen.cli.new_files import TakenError, create
    from tfgen.overlay.ejected import ejected
    from tfgen.overlay.folder import own_names
    from tfgen.own_templates import templates_folder

    own = templates_folder()
    wanted = dict.fromkeys(_name(name, own_names(own)) for name in names)
    project = _project()
    folder = output or _folder(project)
    try:
        create({folder / name: ejected((own / name).read_text(encoding="utf-8")) for name in wanted})
    except TakenError as taken:
        stop("\n".join(f"{path} is there already, and stays as it is" for path in taken.paths))
    except OSError as error:
        stop(os_error(error))
    for name in wanted:
        typer.echo(f"created   {(folder / name).as_posix()}")
    _tell_what_is_left(folder, project)


def _project() -> Project | None:
    try:
        return find(Path.cwd())
    except SpecError as error:
        show([error.findings], [error.document.path])
        stop(f"{error.document.path} has mistakes")
    except OSError as error:
        stop(os_error(error))


def _folder(project: Project | None) -> Path:
    """Where templates of one's own are, or will be."""
    if project is None:
        return Path(FOLDER)
    return near(project.templates or project.folder / FOLDER)


def _overlay(wanted: Path | None) -> tuple[Folder | None, str]:
    """The templates that go before tfgen's own, if there are any, and what is wrong with them."""
    from tfgen.overlay import TemplateProblem
    from tfgen.overlay.folder import folder
    from tfgen.own_templates import templates_folder

    if wanted is None:
        project = _project()
        if project is None or project.templates is None:
            return None, ""
        wanted = near(project.templates)
    try:
        return folder(wanted, templates_folder()), ""
    except TemplateProblem as problem:
        return None, str(problem)
    except OSError as error:
        return None, os_error(error)


def _name(said: str, names: frozenset[str]) -> str:
    """The template that a user means."""
    found = next((f"{said}{ending}" for ending in _ENDINGS if f"{said}{ending}" in names), None)
    if found is None:
        from tfgen.overlay.folder import nearest

        meant = nearest(said, names)
        hint = f"did you mean {meant[0]}?" if meant else "`tfgen templates list` has all names"
        stop(f"tfgen has no template {said}: {hint}")
    return found


def _listed(name: str, purpose: str, width: int) -> Text:
    from rich.text import Text

    from tfgen.report.full import wrapped

    start = f"{name:<{_COLUMN - 2}}  "
    lines = f"\n{'':{_COLUMN}}".join(wrapped(purpose, width, len(start), _COLUMN))
    return Text.assemble((start, "bold"), lines)


def _of_ones_own(name: str, overlay: Folder) -> Text:
    from rich.text import Text

    from tfgen.overlay.ejected import outdated

    text = Text(f"  {overlay.path(name)} goes before it", "green")
    version = outdated(overlay.texts[name], (overlay.own / name).read_text(encoding="utf-8"))
    if version:
        text.append(f"\n  but is made of that of tfgen {version}, which has changed since", "yellow")
    return text


def _tell_what_is_left(folder: Path, project: Project | None) -> None:
    """Say how modules come to be rendered with the folder's templates, if they are not yet."""
    if project is None:
        status(f"Render with them: tfgen render --templates {folder.as_posix()}")
    elif project.templates is None or project.templates.resolve() != folder.resolve():
        path = Path(os.path.relpath(folder, project.folder)).as_posix()
        status(f"Render with them: say `templates: {path}` in {near(project.folder / NAME).as_posix()}")
