"""`--watch`: a command that runs again whenever what it reads has changed.

Files are looked at several times a second, which works on all file systems and needs no library.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

import typer

from tfgen.cli.output import complain, count, os_error, status
from tfgen.diagnostics import SpecError
from tfgen.inputs import InputError, spec_paths
from tfgen.project import NAME, Project, find
from tfgen.project.find import forget

INTERRUPTED = 130  # as shells have it: 128 and the number of the signal
_PAUSE = 0.3  # seconds
_BUSY = 10  # looking at files takes at most such a part of the time
_SETTLED = 0.05  # seconds; an editor may write a file in several steps
_PATIENCE = 40  # looks; something may never stop to write
_FEW = 3  # paths that a line names

_Seen = dict[Path, tuple[int, int, int]]


def watch(paths_of: Callable[[], Sequence[Path]], once: Callable[[], object]) -> NoReturn:
    """Run once, and again whenever one of the paths has changed, until the user interrupts it.

    `paths_of` is asked each time, so that a new file counts as a change too; see `about`. `once` may end as
    a command does, by `typer.Exit`, or complain of files that are gone: it runs again all the same.
    """
    try:
        while True:
            forget()
            seen = _look(paths_of, {})
            _run(once)
            status(f"watching {count(len(seen), 'file')}; Ctrl-C ends it")
            status(f"\n{_said(seen, _changed(paths_of, seen))}")
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None


def about(arguments: Sequence[str] | None, *folders: Path | None) -> list[Path]:
    """What a run over specs reads: their files, the project files that are or could be above them, and the
    templates in the project's folder and in others. What is not there or has mistakes is left out.
    """
    specs = _specs(arguments)
    above = {folder.absolute() for folder in (Path.cwd(), *(path.parent for path in specs))}
    projects = {file for folder in above for file in _project_files(folder)}
    templates = {folder for folder in folders if folder is not None}
    for folder in above:
        project = _project(folder)
        if project is not None and project.templates is not None:
            templates.add(project.templates)
    return [
        *specs,
        *sorted(projects),
        *sorted(file for folder in templates for file in folder.glob("**/*.j2")),
    ]


def _specs(arguments: Sequence[str] | None) -> list[Path]:
    if not arguments:
        project = _project(Path.cwd())
        arguments = project.specs if project else ()
    found: list[Path] = []
    for argument in arguments:
        with suppress(InputError):
            found += (path for path in spec_paths([argument]) if path.name != NAME)
    return found


def _project(folder: Path) -> Project | None:
    with suppress(SpecError, OSError):
        return find(folder)
    return None


def _project_files(folder: Path) -> Iterator[Path]:
    for parent in (folder, *folder.parents):
        yield parent / NAME
        if (parent / ".git").exists():
            break


def _run(once: Callable[[], object]) -> None:
    try:
        once()
    except typer.Exit:
        pass
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(os_error(error))
    sys.stdout.flush()


def _look(paths_of: Callable[[], Sequence[Path]], before: _Seen) -> _Seen:
    """The files that are there; those of before where that cannot be told."""
    try:
        paths = paths_of()
    except (typer.Exit, SpecError, OSError):
        paths = list(before)
    seen: _Seen = {}
    for path in paths:
        with suppress(OSError):
            stat = path.stat()
            seen[path] = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
    return seen


def _changed(paths_of: Callable[[], Sequence[Path]], before: _Seen) -> _Seen:
    """Wait for a change, and for the end of it."""
    now = before
    while now == before:
        start = time.monotonic()
        now = _look(paths_of, before)
        if now == before:
            time.sleep(max(_PAUSE, (time.monotonic() - start) * _BUSY))
            continue
        for _ in range(_PATIENCE):
            time.sleep(_SETTLED)
            earlier, now = now, _look(paths_of, now)
            if earlier == now:
                break
    return now


def _said(before: _Seen, now: _Seen) -> str:
    """What changed, in a line."""
    kinds = {
        "changed": [path for path in now if path in before and now[path] != before[path]],
        "new": [path for path in now if path not in before],
        "gone": [path for path in before if path not in now],
    }
    return "; ".join(f"{kind}: {_listed(paths)}" for kind, paths in kinds.items() if paths)


def _listed(paths: Sequence[Path]) -> str:
    more = f" and {len(paths) - _FEW} more" if len(paths) > _FEW else ""
    return ", ".join(_near(path) for path in paths[:_FEW]) + more


def _near(path: Path) -> str:
    with suppress(ValueError):
        path = path.relative_to(Path.cwd())
    return path.as_posix()
