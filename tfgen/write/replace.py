"""Files replaced and removed, each in one step, so that whoever reads one sees the old or the new text."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from pathlib import Path

from tfgen.write.compare import OPEN_FLAGS, Plan
from tfgen.write.modules import MANIFEST, TEMPORARY_SUFFIX, ModuleChange, folders_of


def stage(plan: Plan) -> None:
    """Write the new files of a module under names that nobody reads, so that what cannot be written is known
    before anything is replaced, and no text is kept in memory. Does nothing where something is in the way."""
    if plan.refusals:
        return
    folder = plan.output / plan.name
    for left in folder.glob(f".*{TEMPORARY_SUFFIX}"):  # of a killed run, also where this one does not write
        left.unlink(missing_ok=True)
    if plan.is_current:
        return
    plan.made += _make_folders(folder)
    plan.staged = True
    for name, data in plan.changes.items():
        if data is not None:
            _write_temporary(_temporary(folder, name), data, plan.modes.get(name))
    plan.forget()


def discard(plans: Sequence[Plan]) -> None:
    """Remove what was staged, and the folders that were made for it."""
    for plan in plans:
        for name in plan.changes if plan.staged else ():
            with contextlib.suppress(OSError):
                _temporary(plan.output / plan.name, name).unlink()
    made = {folder for plan in plans for folder in plan.made}
    for folder in sorted(made, key=lambda folder: len(folder.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


def apply(plan: Plan) -> ModuleChange:
    """Put what was staged into place."""
    if plan.is_current:
        return ModuleChange(plan.name, "unchanged", (), ())
    folder, modes, left = plan.output / plan.name, plan.modes, plan.left
    final = plan.manifest_with({})
    claim = plan.manifest_with(left | plan.previous)
    if claim != plan.manifest:
        replace_file(folder, MANIFEST, claim, modes.get(MANIFEST))
    for name, data in plan.changes.items():
        if data is None:
            (folder / name).unlink()
        else:
            _put(folder, name)
    for parent in sorted({parent for name in left for parent in folders_of(name)}, reverse=True):
        with contextlib.suppress(OSError):  # not empty, or gone already
            (folder / parent).rmdir()
    if claim != final:
        replace_file(folder, MANIFEST, final, modes.get(MANIFEST))
    return plan.change


def _make_folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; those that were not there, the uppermost first."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(exist_ok=True)
    return missing[::-1]


def replace_file(folder: Path, name: str, data: bytes, mode: int | None) -> None:
    """Replace a file in one step: a reader, or a kill, sees the whole old or the whole new text."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_temporary(_temporary(folder, name), data, mode)
    _put(folder, name)


def _put(folder: Path, name: str) -> None:
    """Put a file that was written under its temporary name into place."""
    temporary, target = _temporary(folder, name), folder / name
    try:
        if "/" in name:
            target.parent.mkdir(parents=True, exist_ok=True)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _write_temporary(temporary: Path, data: bytes, mode: int | None) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | OPEN_FLAGS
    permissions = 0o666 if mode is None else mode
    try:
        opened = os.open(temporary, flags, permissions)
    except FileExistsError:  # of another spec that gives the same module, which the run will end with
        temporary.unlink(missing_ok=True)
        opened = os.open(temporary, flags, permissions)
    file = os.fdopen(opened, "wb")
    try:
        with file:
            if mode is not None:  # the umask may have taken bits; set before there is a text to read
                temporary.chmod(mode)
            # No fsync: it costs more than all the rest, and what a power cut spoils can be rendered again.
            file.write(data)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _temporary(folder: Path, name: str) -> Path:
    """The name that a file is written under, in the module's own folder: those below it may not be there."""
    return folder / f".{name.replace('%', '%25').replace('/', '%2F')}{TEMPORARY_SUFFIX}"


def remove(plan: Plan) -> None:
    """Remove a module's files, its manifest last, and its folder if nothing is left in it."""
    folder = plan.output / plan.name
    for name in plan.changes:
        with contextlib.suppress(FileNotFoundError):
            (folder / name).unlink()
    for parent in sorted({parent for name in plan.left for parent in folders_of(name)}, reverse=True):
        with contextlib.suppress(OSError):
            (folder / parent).rmdir()
    with contextlib.suppress(FileNotFoundError):
        (folder / MANIFEST).unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()


def sweep(output: Path) -> None:
    """Remove what a run that was ended left under temporary names, and folders that hold nothing else."""
    for left in output.glob(f"*/.*{TEMPORARY_SUFFIX}"):
        with contextlib.suppress(OSError):
            left.unlink()
        with contextlib.suppress(OSError):
            left.parent.rmdir()
