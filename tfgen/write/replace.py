"""Files replaced and removed, each in one step, so that whoever reads one sees the old or the new text."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from tfgen.write.compare import OPEN_FLAGS, Plan, check_file, check_unchanged
from tfgen.write.modules import MANIFEST, TEMPORARY_SUFFIX, ModuleChange, folders_of

# The manifest that goes into place first, before it is made ready under its temporary name.
_CLAIM = f"{MANIFEST}.claim"


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
    plan.staged = True
    try:
        make_folders(folder, plan.made)
        for name, data in _texts(plan):
            _write_temporary(folder, name, data, _permissions(plan, name))
    except BaseException:
        discard([plan])
        raise
    plan.forget()


def _texts(plan: Plan) -> Iterator[tuple[str, bytes]]:
    """All that is written for a module: its new files, and its manifests."""
    for name, data in plan.changes.items():
        if data is not None:
            yield name, data
    claim, final = plan.manifests
    if claim not in {plan.manifest, final}:
        yield _CLAIM, claim
    if final != plan.manifest or claim != final:
        yield MANIFEST, final


def _permissions(plan: Plan, name: str) -> int | None:
    found = plan.found.get(MANIFEST if name == _CLAIM else name)
    return found.permissions if found else None


def discard(plans: Sequence[Plan]) -> None:
    """Remove what was staged, and the folders that were made for it."""
    try:
        _discard(plans)
    except BaseException:  # a run that is interrupted just here has to do it all the same
        _discard(plans)
        raise


def _discard(plans: Sequence[Plan]) -> None:
    for plan in plans:
        for name in (*plan.changes, _CLAIM, MANIFEST) if plan.staged else ():
            with contextlib.suppress(OSError):
                _temporary(plan.output / plan.name, name).unlink()
    made = {folder for plan in plans for folder in plan.made}
    for folder in sorted(made, key=lambda folder: len(folder.parts), reverse=True):
        with contextlib.suppress(OSError):
            folder.rmdir()


def apply(plan: Plan) -> ModuleChange:
    """Put what was staged into place. Each text lies on the disk already.

    Raises `WriteRefused` where somebody changed a file since it was compared. What is done until then is
    finished by the next run, as after a kill.
    """
    if plan.is_current:
        return ModuleChange(plan.name, "unchanged", (), ())
    folder, (claim, final) = plan.output / plan.name, plan.manifests
    check_unchanged(plan)
    if claim != plan.manifest:
        _put(folder, MANIFEST if claim == final else _CLAIM, MANIFEST)
    for name, data in plan.changes.items():
        if data is None:
            check_file(plan, name)
            (folder / name).unlink(missing_ok=True)
        else:
            _put(folder, name, name, partial(check_file, plan, name))
    _remove_folders(plan)
    if claim != final:
        _put(folder, MANIFEST, MANIFEST)
    return plan.change


def _remove_folders(plan: Plan) -> None:
    """Remove the folders that held only what the module has no more."""
    for parent in sorted({parent for name in plan.left for parent in folders_of(name)}, reverse=True):
        with contextlib.suppress(OSError):  # not empty, or gone already
            (plan.output / plan.name / parent).rmdir()


def make_folders(folder: Path, made: list[Path]) -> None:
    """Make a folder and those above it. Those that were not there come into the list, the uppermost first."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        made.append(each)  # first, for a run may be interrupted at any moment
        each.mkdir(exist_ok=True)


def replace_file(path: Path, data: bytes, mode: int | None, check: Callable[[], object]) -> None:
    """Replace a file in one step: a reader, or a kill, sees the whole old or the whole new text.

    `check` is called at the last moment, and keeps the file as it is by what it raises.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_temporary(path.parent, path.name, data, mode)
    _put(path.parent, path.name, path.name, check)


def _put(folder: Path, name: str, target: str, check: Callable[[], object] = lambda: None) -> None:
    """Put what was written under the temporary name of one file into the place of that or another."""
    temporary, path = _temporary(folder, name), folder / target
    try:
        if "/" in target:
            path.parent.mkdir(parents=True, exist_ok=True)
        check()
        temporary.replace(path)
    except BaseException as error:
        _give_up(temporary, path, error)
        raise


def _write_temporary(folder: Path, name: str, data: bytes, mode: int | None) -> None:
    temporary = _temporary(folder, name)
    try:
        file = os.fdopen(_open_new(temporary, 0o666 if mode is None else mode), "wb")
        with file:
            if mode is not None:  # the umask may have taken bits; set before there is a text to read
                temporary.chmod(mode)
            # No fsync: it costs more than all the rest, and what a power cut spoils can be rendered again.
            file.write(data)
    except BaseException as error:
        _give_up(temporary, folder / (MANIFEST if name == _CLAIM else name), error)
        raise


def _give_up(temporary: Path, path: Path, error: BaseException) -> None:
    """Leave no temporary file behind, and let an error of the system name the file that the user knows."""
    with contextlib.suppress(OSError):
        temporary.unlink()
    if isinstance(error, OSError):
        error.filename = str(path)


def _open_new(path: Path, mode: int) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | OPEN_FLAGS
    try:
        return os.open(path, flags, mode)
    except FileExistsError:  # of another spec that gives the same module, which the run will end with
        path.unlink(missing_ok=True)
        return os.open(path, flags, mode)


def _temporary(folder: Path, name: str) -> Path:
    """The name that a file is written under, in the module's own folder: those below it may not be there."""
    return folder / f".{name.replace('%', '%25').replace('/', '%2F')}{TEMPORARY_SUFFIX}"


def remove(plan: Plan) -> None:
    """Remove a module's files, its manifest last, and its folder if nothing is left in it.

    Raises `WriteRefused` where somebody changed a file since it was compared.
    """
    folder = plan.output / plan.name
    check_unchanged(plan)
    for name in plan.changes:
        check_file(plan, name)
        (folder / name).unlink(missing_ok=True)
    _remove_folders(plan)
    (folder / MANIFEST).unlink()
    with contextlib.suppress(OSError):
        folder.rmdir()


def sweep(output: Path, *, of_killed: bool = False) -> None:
    """Remove what a run that was ended left under temporary names, and folders that hold nothing else.

    After a run that was killed, all empty folders below the output go: it could remove none of its own.
    """
    for folder in (output, *_folders(output)):
        left = list(folder.glob(f".*{TEMPORARY_SUFFIX}"))
        for path in left:
            with contextlib.suppress(OSError):
                path.unlink()
        if folder != output and (left or of_killed):
            with contextlib.suppress(OSError):
                folder.rmdir()


def _folders(output: Path) -> list[Path]:
    """The folders below the output, without those that links lead to."""
    with contextlib.suppress(OSError), os.scandir(output) as entries:
        return [output / entry.name for entry in entries if entry.is_dir(follow_symlinks=False)]
    return []
