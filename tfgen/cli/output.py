"""How commands speak: findings on stdout or in a file, everything else on stderr."""

from __future__ import annotations

import os
import stat
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

FINDINGS, USAGE, DRIFT, NO_TOOL = 1, 2, 3, 4
_SHOW_PROGRESS_FROM = 20  # specs; fewer are done before a bar could be read
_WIDTH = 80  # of what is not shown on a terminal
_MOST_FAULTS = 3  # that are told; the cause is likely one
# Nearly all CI servers set CI. These have a variable of their own: GitHub Actions, Azure Pipelines, Jenkins,
# TeamCity, AWS CodeBuild.
_OF_CI = ("GITHUB_ACTIONS", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID")
_NOT = {"", "0", "false"}
_DIFFERENCE = {"@": "cyan", "-": "red", "+": "green"}


def show(
    found: Sequence[Findings],
    paths: Sequence[str],
    form: Form = Form.FULL,
    file: Path | None = None,
    color: Color = Color.AUTO,
) -> None:
    """Show what was found in some of the specs at `paths`, which are all that were looked at."""
    if file is not None and any(os.path.realpath(file) == os.path.realpath(path) for path in paths):
        stop(f"{file} is one of the specs: name another file with --output-file")
    found = _by_path(found, paths)
    if form is Form.FULL:
        _full(found, file, color)
        return
    from tfgen.report import text  # here, for people see the full form

    said = text(form, found, paths)
    if file is None:
        sys.stdout.write(said)
    else:
        write_file(file, said)


def _by_path(found: Sequence[Findings], paths: Sequence[str]) -> list[Findings]:
    """The findings in the order of the paths, all that there is to say about a file at once."""
    order = {path: number for number, path in enumerate(paths)}
    whole: dict[int, Findings] = {}
    for findings in sorted(found, key=lambda findings: order.get(findings.document.path, len(order))):
        said = whole.get(id(findings.document))
        before = said.diagnostics if said else ()
        whole[id(findings.document)] = findings._replace(diagnostics=(*before, *findings.diagnostics))
    return list(whole.values())


def _full(found: Sequence[Findings], file: Path | None, color: Color) -> None:
    if not found and file is None:
        return
    from tfgen.report.full import full

    stdout = console(sys.stdout, color)
    parts = [full(findings, columns(stdout) if file is None else _WIDTH) for findings in found]
    if file is not None:
        write_file(file, "\n".join(part.plain for part in parts))
        return
    for number, part in enumerate(parts):
        # Past the width of a terminal a line is better folded there than cut into two by us.
        stdout.print(part, soft_wrap=True, end="")
        if number < len(parts) - 1:
            stdout.print()


def write_file(file: Path, text: str) -> None:
    """Write a file in one step: whoever reads it sees all of the old text or all of the new one."""
    try:
        if file.exists() and not file.is_file():
            _put(file, text)  # a device or a pipe, which no file may take the place of
            return
        target = file.resolve()
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            _put(temporary, text)
            if target.exists():
                temporary.chmod(stat.S_IMODE(target.stat().st_mode))
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        stop(f"{file}: {error.strerror}")


def _put(file: Path, text: str) -> None:
    # What is no text is escaped, as on stdout.
    file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")


def console(stream: object, color: Color = Color.AUTO) -> Console:
    """A console that shows text as it is, in colour on a terminal, unless the user says otherwise.

    `--color` says it first, then NO_COLOR (https://no-color.org) and FORCE_COLOR (https://force-color.org).
    """
    from rich.console import Console

    plain = color is Color.NEVER or (color is Color.AUTO and bool(os.environ.get("NO_COLOR")))
    return Console(
        file=stream,  # type: ignore[arg-type]
        highlight=False,
        emoji=False,
        markup=False,
        force_terminal=True if color is Color.ALWAYS else None,
        no_color=plain,
        # Without a colour system there is neither bold nor dim text.
        color_system=None if plain else "standard" if color is Color.ALWAYS else "auto",
    )


def columns(shown: Console) -> int:
    """How wide what a console shows may be, in cells."""
    return shown.width if shown.is_terminal else _WIDTH


def progress(items: Iterable[T], total: int, doing: str) -> Iterable[T]:
    """The items, with a bar on a terminal if there are many."""
    if total < _SHOW_PROGRESS_FROM or not sys.stderr.isatty():
        return items
    from rich.progress import track

    return track(items, doing, total, console=console(sys.stderr), transient=True)


def show_difference(difference: str, color: Color) -> None:
    """Show a difference in the unified format, in colour on a terminal."""
    stdout = console(sys.stdout, color)
    if not stdout.is_terminal:
        typer.echo(difference, nl=False)
        return
    from rich.text import Text

    from tfgen.report.places import visible

    for line in map(visible, difference.removesuffix("\n").split("\n")):
        head = line.startswith(("--- ", "+++ "))
        stdout.print(Text(line, "bold" if head else _DIFFERENCE.get(line[:1], "")), soft_wrap=True)


def step_summary(total: str, found: Sequence[Findings] = (), lines: Sequence[str] = ()) -> None:
    """Say how it went where GitHub Actions shows it on the page of a run, if that is where we are."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    from tfgen.report.step_summary import text

    try:
        with Path(file).open("a", encoding="utf-8", newline="\n") as summary:
            summary.write(text(total, found, lines))
    except OSError as error:
        complain(os_error(error))


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


def report_bug(faults: Sequence[str], *, end: str = "Nothing was written.") -> NoReturn:
    """Say what tfgen itself has done wrong, and end."""
    from tfgen.bug import EXIT_CODE, plea  # here, for hardly any run needs it

    for fault in faults[:_MOST_FAULTS]:
        status(fault)
    if len(faults) > _MOST_FAULTS:
        status(f"and {len(faults) - _MOST_FAULTS} more like that")
    status(f"\n{plea()}\n{end}")
    step_summary(f"A bug in tfgen. {end}", lines=faults)
    raise typer.Exit(EXIT_CODE)


def is_in_ci() -> bool:
    """Whether this is a job of a CI server, as far as its environment says."""
    return os.environ.get("CI", "").lower() not in _NOT or any(os.environ.get(name) for name in _OF_CI)


def os_error(error: OSError) -> str:
    """What is wrong with a file, in the system's words."""
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror or str(error)
