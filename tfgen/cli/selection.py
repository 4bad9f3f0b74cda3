"""Which specs a run is about: those named or the project's, those changed since a commit, a part of all."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path

from tfgen.cli.output import os_error, show, stop
from tfgen.diagnostics import SpecError
from tfgen.inputs import InputError, is_without_specs, spec_paths
from tfgen.project import NAME, find

_SHARD = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)")


def selected(
    arguments: Sequence[str] | None,
    *,
    changed: bool = False,
    base: str | None = None,
    shard: str | None = None,
    templates: Path | None = None,
) -> list[Path]:
    """The spec files that a user means."""
    if base is not None and not changed:
        stop("--base says what --changed compares with: add --changed")
    if base == "":
        stop("--base is empty: name a commit, such as origin/main")
    paths = _named(arguments)
    if changed:
        paths = _changed(paths, base or "HEAD", templates)
    return paths if shard is None else _part(paths, shard)


def _named(arguments: Sequence[str] | None) -> list[Path]:
    # A project may have no spec left, and still modules to prune.
    try:
        meant = arguments or [path for path in _of_the_project() if not is_without_specs(path)]
        # A folder of specs may be the project's own.
        return [path for path in spec_paths(meant) if path.name != NAME]
    except InputError as error:
        stop(error.args[0])
    except OSError as error:
        stop(os_error(error))


def _of_the_project() -> Sequence[str]:
    try:
        project = find(Path.cwd())
    except SpecError as error:
        show([error.findings], [error.document.path])
        stop(f"{error.document.path} has mistakes")
    except OSError as error:
        stop(os_error(error))
    if project is None:
        stop(f"name the specs, as in `tfgen render specs`: there is no {NAME} here or above")
    return project.specs


def _part(paths: list[Path], wanted: str) -> list[Path]:
    """One of several parts of the specs, given as `I/N`."""
    match = _SHARD.fullmatch(wanted)
    number, of = (int(match[1]), int(match[2])) if match else (1, 0)
    if number > of:
        stop(f"--shard {wanted}: write I/N, such as 1/4 to 4/4")
    return paths[number - 1 :: of]


def _changed(paths: list[Path], base: str, templates: Path | None) -> list[Path]:
    """The specs whose own text, project file or templates changed since a commit, or are not in it."""
    by_root: dict[Path, frozenset[Path]] = {}
    roots: dict[Path, Path] = {}
    found = []
    for path in paths:
        folder = path.absolute().parent
        if folder not in roots:
            roots[folder] = Path(_git(folder, "rev-parse", "--show-toplevel").removesuffix("\n"))
        root = roots[folder]
        if root not in by_root:
            commit = _git(root, "rev-parse", "--verify", "--end-of-options", f"{base}^{{commit}}").strip()
            names = _git(root, "diff", "--name-only", "-z", commit, "--").split("\0")
            names += _git(root, "ls-files", "--others", "--exclude-standard", "-z").split("\0")
            by_root[root] = frozenset((root / name).resolve() for name in names if name)
        if _is_changed(path, by_root[root], templates):
            found.append(path)
    return found


def _is_changed(path: Path, files: frozenset[Path], own: Path | None) -> bool:
    whole = path.resolve()
    if whole in files:
        return True
    # One that is gone was the project's file of what is below it.
    if any(file.name == NAME and whole.is_relative_to(file.parent) for file in files):
        return True
    try:
        project = find(path)
    except (SpecError, OSError):
        return True  # which is told of where the spec is read
    folder = own or (project.templates if project else None)
    templates = folder and folder.resolve()
    is_of_project = project is not None and (project.folder / NAME).resolve() in files
    return is_of_project or (templates is not None and any(file.is_relative_to(templates) for file in files))


def _git(folder: Path, *arguments: str) -> str:
    import subprocess  # here, for few runs ask git

    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell
    except FileNotFoundError:
        stop("--changed asks git, which is not there")
    if done.returncode:
        said = os.fsdecode(done.stderr).strip().splitlines()
        stop(f"--changed: {said[-1] if said else f'git ended with {done.returncode}'}")
    return os.fsdecode(done.stdout)  # names of files need not be text
