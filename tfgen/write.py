"""Texts → disk: which files below the output folder are tfgen's, which differ, and how they are replaced.

In go rendered modules; out come files and, for each module, what changed. All modules are compared with the
disk before the first byte is written, and what is not tfgen's to touch is refused by name. The manifest
`.tfgen.json` in a module's folder says what is tfgen's: file name → SHA-256.

A kill at any moment leaves a module that the next run finishes: first the manifest claims the new hashes
and, under `previous`, those of files about to change or go; then the files are replaced and removed, each
in one step; last the manifest is written again, without `previous`.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from typing import Literal, NamedTuple

MANIFEST = ".tfgen.json"
_FORMAT_VERSION = 1
_TEMPORARY_SUFFIX = ".tfgen-tmp"
# Windows has no O_NOFOLLOW, and only Windows has O_BINARY (without it "\n" would become "\r\n").
_OPEN_FLAGS: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

_NOT_A_FOLDER = "is a file where a folder should be"
_MOVE = "move it elsewhere or delete it"
_MOVE_OR_FORCE = "move it elsewhere, or overwrite it with --force"
_KEEP_OR_FORCE = "the spec no longer gives it: move it away to keep it, or let --force remove it"
_UNDO_OR_FORCE = "undo the edit or put it into the spec, or overwrite it with --force"
_RESTORE_OR_FORCE = "restore it from version control, or overwrite it and the module's files with --force"


class RenderedModule(NamedTuple):
    """A module as text: its folder's name, and file name (`/` between folders) → text with LF line ends."""

    name: str
    files: Mapping[str, str]


class ModuleChange(NamedTuple):
    """What became of a module. The names are sorted, without the manifest; it may be all that changed."""

    name: str
    status: Literal["created", "changed", "unchanged"]
    written: tuple[str, ...]
    removed: tuple[str, ...]


class Refusal(NamedTuple):
    """A file or folder that tfgen does not touch. `reason` continues a sentence that starts with `path`."""

    path: Path
    reason: str
    hint: str


class WriteRefused(Exception):  # noqa: N818  (a refusal protects the user's files; it is not a failure)
    """Something in the way is not tfgen's. Carries every refusal; nothing was written."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(f"{refusal.path} {refusal.reason}" for refusal in refusals))
        self.refusals = tuple(refusals)


def write(output: Path, modules: Iterable[RenderedModule], *, force: bool = False) -> list[ModuleChange]:
    """Make the folders below `output` hold these modules, beside whatever else the user keeps there.

    Returns one change a module, in the order given. `force` also overwrites or removes what a person edited
    and overwrites what tfgen did not write; it never follows a symbolic link below `output`.

    Raises `WriteRefused` before anything is written, and `ValueError` for names that the caller should have
    refused. An `OSError` is the system's own; what was done until then is finished by the next call.
    """
    _check_names(modules := list(modules))
    if output.exists() and not output.is_dir():
        raise WriteRefused([Refusal(output, _NOT_A_FOLDER, _MOVE)])
    plans = [_compare(output, module, force=force) for module in modules]
    if refusals := [refusal for plan in plans for refusal in plan.refusals]:
        raise WriteRefused(refusals)
    return [_apply(plan) for plan in plans]


def _check_names(modules: Sequence[RenderedModule]) -> None:
    _check_distinct([module.name for module in modules])
    for module in modules:
        wrong = [name for name in (module.name, *module.files) if not _is_plain(name)]
        if wrong or "/" in module.name:
            raise ValueError(f"not plain names in module {module.name!r}: {wrong}")
        _check_distinct([*module.files, *{folder.casefold() for n in module.files for folder in _folders(n)}])


def _check_distinct(names: Sequence[str]) -> None:
    # macOS and Windows keep `Orders` and `orders` in one place.
    if len({name.casefold() for name in names}) != len(names):
        raise ValueError(f"two modules, files or folders have one name, ignoring case: {sorted(names)}")


def _is_plain(path: str) -> bool:
    """Whether the path stays below its folder on every system, and is no name that this room keeps."""
    # A colon starts a drive or a stream on Windows; NUL and lone surrogates are not printable.
    portable = path.isprintable() and "\\" not in path and ":" not in path
    kept = path.casefold() == MANIFEST or path.casefold().endswith(_TEMPORARY_SUFFIX)
    return portable and not kept and {"", ".", ".."}.isdisjoint(path.split("/"))


def _folders(name: str) -> list[str]:
    """The folders on the way to a file: `a/b/c.tf` → `a`, `a/b`."""
    return list(accumulate(name.split("/")[:-1], "{}/{}".format))


@dataclass(slots=True)
class _Plan:
    """A module: what of it lies on the disk, and what is to be done. Names are relative to its folder."""

    output: Path
    name: str
    hashes: dict[str, str]  # of the wanted files
    manifest: bytes | None = None  # as it lies on the disk
    owned: dict[str, set[str]] = field(default_factory=dict)  # file → hashes by which it is tfgen's
    fresh: bool = True  # nothing of the module was there
    changes: dict[str, bytes | None] = field(default_factory=dict)  # file → new text, or None: remove it
    previous: dict[str, str] = field(default_factory=dict)  # hashes of what is replaced or removed
    modes: dict[str, int] = field(default_factory=dict)  # permission bits of what is replaced
    refusals: list[Refusal] = field(default_factory=list)

    def refuse(self, path: str, reason: str, hint: str) -> None:
        self.refusals.append(Refusal(Path(path), reason, hint))


def _compare(output: Path, module: RenderedModule, *, force: bool) -> _Plan:
    wanted = {name: module.files[name].encode() for name in sorted(module.files)}
    plan = _Plan(output, module.name, {name: sha256(data).hexdigest() for name, data in wanted.items()})
    _compare_manifest(plan, force=force)
    if not plan.refusals:  # without the manifest every file would look like the user's
        for name in sorted(plan.owned.keys() | wanted.keys()):
            _compare_file(plan, name, wanted.get(name), force=force)
    return plan


def _compare_manifest(plan: _Plan, *, force: bool) -> None:
    path, mode, obstacle = _look(plan, MANIFEST)
    plan.fresh = not mode
    if obstacle:
        plan.refuse(path, obstacle, _MOVE)
    elif stat.S_ISREG(mode):
        plan.manifest = _read(path)
        plan.modes[MANIFEST] = stat.S_IMODE(mode)
        try:
            plan.owned = _parse_manifest(path, plan.manifest)
        except WriteRefused as refused:
            plan.refusals.extend(() if force else refused.refusals)
    elif mode and not force:
        plan.refuse(path, "is a symbolic link, not a manifest that tfgen wrote", _RESTORE_OR_FORCE)


def _compare_file(plan: _Plan, name: str, data: bytes | None, *, force: bool) -> None:
    """Plan what becomes of one file: it shall hold `data`, or with None be removed."""
    path, mode, obstacle = _look(plan, name)
    if obstacle:
        # Where a file of the user's took the place of one to remove, nothing of tfgen's is left.
        if data is not None or stat.S_ISLNK(mode):
            plan.refuse(path, obstacle, _MOVE)
        return
    if mode:
        plan.fresh = False
        if stat.S_ISREG(mode):
            found = _read(path)
            if found == data:
                return
            plan.previous[name] = sha256(found).hexdigest()
            plan.modes[name] = stat.S_IMODE(mode)
        if not force:
            _check_owned(plan, name, path)
    if mode or data is not None:
        plan.changes[name] = data


def _check_owned(plan: _Plan, name: str, path: str) -> None:
    if name not in plan.previous:
        plan.refuse(path, "is a symbolic link, not a file that tfgen wrote", _MOVE_OR_FORCE)
    elif name not in plan.owned:
        plan.refuse(path, "was not written by tfgen", _MOVE_OR_FORCE)
    elif plan.previous[name] not in plan.owned[name]:
        goes = name not in plan.hashes
        plan.refuse(path, "was edited since tfgen wrote it", _KEEP_OR_FORCE if goes else _UNDO_OR_FORCE)


def _look(plan: _Plan, name: str) -> tuple[str, int, str]:
    """A file's path, its `st_mode` (0: nothing there), and why not even force helps (then where that is)."""
    for folder in _folders(f"{plan.name}/{name}"):
        path = f"{plan.output}/{folder}"
        mode = _mode(path)
        if stat.S_ISLNK(mode):
            return path, mode, "is a symbolic link, which can lead out of the output folder"
        if mode and not stat.S_ISDIR(mode):
            return path, mode, _NOT_A_FOLDER
    path = f"{plan.output}/{plan.name}/{name}"
    mode = _mode(path)
    strange = mode and not stat.S_ISREG(mode) and not stat.S_ISLNK(mode)
    return path, mode, "is a folder or a device where a file should be" if strange else ""


def _mode(path: str) -> int:
    with contextlib.suppress(FileNotFoundError):
        return os.lstat(path).st_mode
    return 0


def _read(path: str) -> bytes:
    with os.fdopen(os.open(path, os.O_RDONLY | _OPEN_FLAGS), "rb", buffering=0) as file:
        return file.read()


def _manifest(files: Mapping[str, str], previous: Mapping[str, str]) -> bytes:
    content: dict[str, object] = {"format_version": _FORMAT_VERSION, "files": files}
    if previous:
        content["previous"] = previous
    return (json.dumps(content, indent=2, sort_keys=True) + "\n").encode()


def _parse_manifest(path: str, data: bytes) -> dict[str, set[str]]:
    """File name → the hashes by which it is tfgen's. Raises `WriteRefused` if they cannot be believed."""
    refusal = Refusal(Path(path), "is not a manifest that tfgen wrote", _RESTORE_OR_FORCE)
    try:
        content = json.loads(data.decode())
        version = content["format_version"]
        if version > _FORMAT_VERSION:
            refusal = Refusal(Path(path), "was written by a newer tfgen", "update tfgen")
        entries = [*content["files"].items(), *content.get("previous", {}).items()]
    except (ValueError, RecursionError, LookupError, TypeError, AttributeError):
        raise WriteRefused([refusal]) from None
    if version != _FORMAT_VERSION:
        raise WriteRefused([refusal])
    owned: dict[str, set[str]] = {}
    for name, digest in entries:
        # A manifest comes with the repository: who writes it must not choose what is deleted elsewhere.
        if not _is_plain(name) or not re.fullmatch("[0-9a-f]{64}", str(digest)):
            raise WriteRefused([refusal._replace(reason=f"lists {name!r}, which tfgen did not write")])
        owned.setdefault(name, set()).add(digest)
    return owned


def _apply(plan: _Plan) -> ModuleChange:
    final = _manifest(plan.hashes, {})
    if not plan.changes and plan.manifest == final:
        return ModuleChange(plan.name, "unchanged", (), ())
    folder, modes = plan.output / plan.name, plan.modes
    # Also what is gone already: after a kill, the next run must still know which folders to tidy.
    left = {name: min(plan.owned[name]) for name in plan.owned.keys() - plan.hashes.keys()}
    claim = _manifest(plan.hashes, left | plan.previous)
    for name in (MANIFEST, *plan.hashes, *left):
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            _temporary(folder / name).unlink()  # of a killed run, also where this one does not write
    if claim != plan.manifest:
        _replace(folder / MANIFEST, claim, modes.get(MANIFEST))
    for name, data in plan.changes.items():
        if data is None:
            (folder / name).unlink()
        else:
            _replace(folder / name, data, modes.get(name))
    for parent in sorted({parent for name in left for parent in _folders(name)}, reverse=True):
        with contextlib.suppress(OSError):  # not empty, or gone already
            (folder / parent).rmdir()
    if claim != final:
        _replace(folder / MANIFEST, final, modes.get(MANIFEST))
    written = tuple(name for name, data in plan.changes.items() if data is not None)
    removed = tuple(name for name, data in plan.changes.items() if data is None)
    return ModuleChange(plan.name, "created" if plan.fresh else "changed", written, removed)


def _replace(target: Path, data: bytes, mode: int | None) -> None:
    """Replace a file in one step: a reader, or a kill, sees the whole old or the whole new text."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = _temporary(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _OPEN_FLAGS
    file = os.fdopen(os.open(temporary, flags, 0o666 if mode is None else mode), "wb")
    try:
        with file:
            if mode is not None:  # the umask may have taken bits; set before there is a text to read
                temporary.chmod(mode)
            # No fsync: it costs more than all the rest, and what a power cut spoils can be rendered again.
            file.write(data)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _temporary(target: Path) -> Path:
    return target.with_name(f".{target.name}{_TEMPORARY_SUFFIX}")
