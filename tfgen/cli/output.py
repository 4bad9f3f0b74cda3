"""How commands speak: findings on stdout or in a file, everything else on stderr."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from tfgen.cli.options import Color
from tfgen.report import Form

if TYPE_CHECKING:
    from rich.console import Console

    from tfgen.diagnostics import Findings

T = TypeVar("T")

FINDINGS, USAGE = 1, 2
_SHOW_PROGRESS_FROM = 20  # specs; fewer are done before a bar could be read
_WIDTH = 80  # of what is not shown on a terminal


def show(
    found: Sequence[Findings],
    paths: Sequence[str],
    form: Form = Form.FULL,
    file: Path | None = None,
    color: Color = Color.AUTO,
) -> None:
    """Show what was found in some of the specs at `paths`, which are all that were looked at."""
    if form is Form.FULL:
        _full(found, file, color)
        return
    from tfgen.report import text  # here, for people see the full form

    said = text(form, found, paths)
    if file is None:
        if said:
            typer.echo(said, nl=not said.endswith("\n"), color=color is Color.ALWAYS or None)
    else:
        _write(file, said)


def _full(found: Sequence[Findings], file: Path | None, color: Color) -> None:
    if not found and file is None:
        return
    from tfgen.report.full import full

    stdout = console(sys.stdout, color)
    width = stdout.width if stdout.is_terminal and file is None else _WIDTH
    parts = [full(findings, width) for findings in found]
    if file is not None:
        _write(file, "\n".join(part.plain for part in parts))
        return
    for number, part in enumerate(parts):
        # Past the width of a terminal a line is better folded there than cut into two by us.
        stdout.print(part, soft_wrap=True, end="")
        if number < len(parts) - 1:
            stdout.print()


def _write(file: Path, text: str) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        stop(os_error(error))


def console(stream: object, color: Color = Color.AUTO) -> Console:
    """A console that shows text as it is."""
    from rich.console import Console

    return Console(
        file=stream,  # type: ignore[arg-type]
        highlight=False,
        emoji=False,
        markup=False,
        force_terminal=True if color is Color.ALWAYS else None,
        no_color=None if color is Color.AUTO else color is Color.NEVER,
        color_system="auto" if color is not Color.ALWAYS else "standard",
    )


def progress(items: list[T], doing: str) -> Iterable[T]:
    """The items, with a bar on a terminal if there are many."""
    if len(items) < _SHOW_PROGRESS_FROM or not sys.stderr.isatty():
        return items
    from rich.progress import track

    return track(items, description=doing, console=console(sys.stderr), transient=True)


def count(number: int, what: str) -> str:
    """A number of things."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def status(text: str) -> None:
    """Say how it went."""
    typer.echo(text, err=True)


def complain(text: str) -> None:
    """Say what is wrong with the call or with files, one line at a time."""
    for line in text.splitlines():
        status(f"tfgen: {line}")


def stop(message: str) -> NoReturn:
    """Complain and end: usage, configuration or I/O."""
    complain(message)
    raise typer.Exit(USAGE)


def os_error(error: OSError) -> str:
    """What is wrong with a file, in the system's words."""
    return f"{error.filename}: {error.strerror}" if error.filename else str(error)
