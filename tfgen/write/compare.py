"""Modules and the disk: what of a module lies there, what is tfgen's of it, and what is to be done."""

from __future__ import annotations

import contextlib
import json
import os
import re
import stat
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import StringIO
from pathlib import Path
from typing import NamedTuple

from tfgen.write.modules import (
    MANIFEST,
    ModuleChange,
    Refusal,
    RenderedModule,
    WriteRefused,
    changed_meanwhile,
    folders_of,
    is_plain,
)

_FORMAT_VERSION = 1
# Windows has no O_NOFOLLOW, and only Windows has O_BINARY (without it "\n" would become "\r\n").
OPEN_FLAGS: int = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)

_NOT_A_FOLDER = "is a file where a folder should be"
_LEADS_NOWHERE = "is a symbolic link to nothing"
_MOVE = "move it elsewhere or delete it"
_MOVE_OR_FORCE = "move it elsewhere, or overwrite it with --force"
_KEEP_OR_FORCE = "the spec no longer gives it: move it away to keep it, or let --force remove it"
_UNDO_OR_FORCE = "undo the edit or put it into the spec, or overwrite it with --force"
_RESTORE_OR_FORCE = "restore it from version control, or overwrite it and the module's files with --force"


class Found(NamedTuple):
    """What lies in a file's place: its `st_mode`, what tells that it was changed, and the SHA-256 of its text
    (a symbolic link has none)."""

    mode: int
    state: tuple[int, ...]
    digest: str = ""

    @property
    def permissions(self) -> int | None:
        """Its permission bits; None for a link."""
        return stat.S_IMODE(self.mode) if self.digest else None


@dataclass(slots=True)
class Plan:
    """A module: what of it lies on the disk, and what is to be done. Names are relative to its folder."""

    output: Path
    name: str
    hashes: dict[str, str]  # of the wanted files
    spec: str = ""  # where it comes from, seen from its folder
    manifest: bytes | None = None  # as it lies on the disk
    owned: dict[str, set[str]] = field(default_factory=dict)  # file → hashes by which it is tfgen's
    fresh: bool = True  # nothing of the module was there
    changes: dict[str, bytes | None] = field(default_factory=dict)  # file → new text, or None: remove it
    found: dict[str, Found] = field(default_factory=dict)  # the manifest, and what is replaced or removed
    refusals: list[Refusal] = field(default_factory=list)
    made: list[Path] = field(default_factory=list)  # folders that were made for it
    staged: bool = False  # whether the new texts lie under their temporary names

    @property
    def previous(self) -> dict[str, str]:
        """Hashes of what is replaced or removed."""
        return {name: found.digest for name, found in self.found.items() if found.digest and name != MANIFEST}

    @property
    def manifests(self) -> tuple[bytes, bytes]:
        """The manifest while the module changes, which also claims what files were, and the one after."""
        before, final = self.left | self.previous, self.manifest_with({})
        return self.manifest_with(before) if before else final, final

    @property
    def left(self) -> dict[str, str]:
        """What the module has no more. Also what is gone already: after a kill, the next run must still know
        which folders to tidy."""
        return {name: min(self.owned[name]) for name in self.owned.keys() - self.hashes.keys()}

    @property
    def change(self) -> ModuleChange:
        """What becomes of the module."""
        if self.is_current:
            return ModuleChange(self.name, "unchanged", (), ())
        written = tuple(name for name, data in self.changes.items() if data is not None)
        removed = tuple(name for name, data in self.changes.items() if data is None)
        return ModuleChange(self.name, "created" if self.fresh else "changed", written, removed)

    @property
    def is_current(self) -> bool:
        """Whether nothing is to be done."""
        return not self.changes and self.manifest == self.manifest_with({})

    def manifest_with(self, previous: Mapping[str, str]) -> bytes:
        """Its manifest, which also claims what files were before."""
        return manifest_of(self.hashes, previous, self.spec)

    def forget(self) -> None:
        """Let go of the new texts, of which a run over many modules would keep too many."""
        for name, data in self.changes.items():
            self.changes[name] = None if data is None else b""

    def refuse(self, path: str, reason: str, hint: str) -> None:
        """Keep for the report that something is not tfgen's to touch."""
        self.refusals.append(Refusal(Path(path), reason, hint))


def compare(output: Path, module: RenderedModule, *, force: bool) -> Plan:
    """What lies on the disk of a module, what is to be done, and what is in the way. Writes nothing."""
    wanted = {name: module.files[name].encode() for name in sorted(module.files)}
    hashes = {name: sha256(data).hexdigest() for name, data in wanted.items()}
    plan = Plan(output, module.name, hashes, module.spec)
    if os.path.lexists(output) and not output.is_dir():
        plan.refuse(str(output), _NOT_A_FOLDER if output.exists() else _LEADS_NOWHERE, _MOVE)
        return plan
    _compare_manifest(plan, force=force)
    if not plan.refusals:  # without the manifest every file would look like the user's
        for name in sorted(plan.owned.keys() | wanted.keys()):
            _compare_file(plan, name, wanted.get(name), force=force)
    return plan


def _compare_manifest(plan: Plan, *, force: bool) -> None:
    path, found, obstacle = _look(plan, MANIFEST)
    plan.fresh = found is None
    if obstacle:
        plan.refuse(path, obstacle, _MOVE)
    elif found is None:
        return
    elif stat.S_ISREG(found.mode):
        plan.manifest = _read(path)
        plan.found[MANIFEST] = found._replace(digest=sha256(plan.manifest).hexdigest())
        try:
            plan.owned = _parse_manifest(path, plan.manifest)
        except WriteRefused as refused:
            plan.refusals.extend(() if force else refused.refusals)
    else:
        plan.found[MANIFEST] = found
        if not force:
            plan.refuse(path, "is a symbolic link, not a manifest that tfgen wrote", _RESTORE_OR_FORCE)


def _compare_file(plan: Plan, name: str, data: bytes | None, *, force: bool) -> None:
    """Plan what becomes of one file: it shall hold `data`, or with None be removed."""
    path, found, obstacle = _look(plan, name)
    if obstacle:
        # Where a file of the user's took the place of one to remove, nothing of tfgen's is left.
        if data is not None or (found and stat.S_ISLNK(found.mode)):
            plan.refuse(path, obstacle, _MOVE)
        return
    if found:
        plan.fresh = False
        if stat.S_ISREG(found.mode):
            text = _read(path)
            if text == data:
                return
            found = found._replace(digest=sha256(text).hexdigest())
        plan.found[name] = found
        if not force:
            _check_owned(plan, name, path, found.digest)
    if found or data is not None:
        plan.changes[name] = data


def _check_owned(plan: Plan, name: str, path: str, digest: str) -> None:
    if not digest:
        plan.refuse(path, "is a symbolic link, not a file that tfgen wrote", _MOVE_OR_FORCE)
    elif name not in plan.owned:
        plan.refuse(path, "was not written by tfgen", _MOVE_OR_FORCE)
    elif digest not in plan.owned[name]:
        goes = name not in plan.hashes
        plan.refuse(path, "was edited since tfgen wrote it", _KEEP_OR_FORCE if goes else _UNDO_OR_FORCE)


def check_unchanged(plan: Plan) -> None:
    """Raise `WriteRefused` where something is not as it was when the module was compared: what somebody wrote
    since then is not overwritten, not even by force."""
    names = (MANIFEST, *plan.changes)
    changed = []
    for folder in sorted({folder for name in names for folder in folders_of(f"{plan.name}/{name}")}):
        path = f"{plan.output}/{folder}"
        if obstacle := _obstacle(_found(path)):
            changed.append(Refusal(Path(path), obstacle, _MOVE))
    for name in names if not changed else ():
        try:
            check_file(plan, name)
        except WriteRefused as refused:
            changed += refused.refusals
    if changed:
        raise WriteRefused(changed)


def check_file(plan: Plan, name: str) -> None:
    """The same for one file."""
    path = f"{plan.output}/{plan.name}/{name}"
    now, before = _found(path), plan.found.get(name)
    if now is before or (now and before and now.state == before.state):
        return
    # A file that was only touched has the text that it had.
    if not (now and before and stat.S_ISREG(now.mode) and sha256(_read(path)).hexdigest() == before.digest):
        raise WriteRefused([changed_meanwhile(Path(path))])


def _obstacle(folder: Found | None) -> str:
    """Why nothing can be in a folder; not that there is none."""
    if folder and stat.S_ISLNK(folder.mode):
        return "is a symbolic link, which can lead out of the output folder"
    return _NOT_A_FOLDER if folder and not stat.S_ISDIR(folder.mode) else ""


def _look(plan: Plan, name: str) -> tuple[str, Found | None, str]:
    """A file's path, what lies there, and why not even force helps (then where that is)."""
    for folder in folders_of(f"{plan.name}/{name}"):
        path = f"{plan.output}/{folder}"
        found = _found(path)
        if obstacle := _obstacle(found):
            return path, found, obstacle
    path = f"{plan.output}/{plan.name}/{name}"
    found = _found(path)
    strange = found and not stat.S_ISREG(found.mode) and not stat.S_ISLNK(found.mode)
    return path, found, "is a folder or a device where a file should be" if strange else ""


def _found(path: str) -> Found | None:
    with contextlib.suppress(FileNotFoundError):
        at = os.lstat(path)
        return Found(at.st_mode, (at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns))
    return None


def _read(path: str) -> bytes:
    with os.fdopen(os.open(path, os.O_RDONLY | OPEN_FLAGS), "rb", buffering=0) as file:
        return file.read()


def manifest_of(files: Mapping[str, str], previous: Mapping[str, str], spec: str = "") -> bytes:
    """The manifest: the hashes of files, and under `previous` those that were theirs before."""
    content: dict[str, object] = {"format_version": _FORMAT_VERSION, "files": files}
    if previous:
        content["previous"] = previous
    if spec:
        content["spec"] = spec
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
        if not is_plain(name) or not re.fullmatch("[0-9a-f]{64}", str(digest)):
            raise WriteRefused([refusal._replace(reason=f"lists {name!r}, which tfgen did not write")])
        owned.setdefault(name, set()).add(digest)
    return owned


class Others(NamedTuple):
    """Modules below an output folder that tfgen wrote and that none of a run's specs gives: how each one that
    has no spec any more is removed, and the folders of those that are another project's."""

    orphans: Sequence[Plan]
    foreign: Sequence[Path]


def others(output: Path, names: Iterable[str], specs: Iterable[Path] = (), *, force: bool = False) -> Others:
    """The modules below `output` that are none of `names`.

    One whose spec is there, and none of `specs`, is another project's. Of the others, files of the user's
    stay where they are; what was edited since tfgen wrote it is among the refusals.
    """
    known, own = set(names), {os.path.realpath(spec) for spec in specs}
    by_case = {name.casefold(): name for name in known}
    found, foreign = [], []
    for manifest in sorted(output.glob(f"*/{MANIFEST}")):
        folder = manifest.parent
        if folder.is_symlink():  # which tfgen makes none of
            continue
        alike = by_case.get(folder.name.casefold())
        if folder.name in known or (alike and _is_same(folder, output / alike)):
            continue
        spec = _spec_of(manifest)
        if spec is not None and spec.exists() and os.path.realpath(spec) not in own:
            foreign.append(folder)
        else:
            found.append(compare(output, RenderedModule(folder.name, {}), force=force))
    return Others(found, foreign)


def _is_same(folder: Path, other: Path) -> bool:
    """Whether two names are one folder's, as `Orders` and `orders` are on some systems."""
    with contextlib.suppress(OSError):
        return folder.samefile(other)
    return False


def _spec_of(manifest: Path) -> Path | None:
    """Where the spec of a module is, if its manifest says it."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        said = json.loads(manifest.read_bytes()).get("spec")
        return manifest.parent / said if isinstance(said, str) else None
    return None


def difference(plan: Plan) -> str:
    """What is to be done in a module, in the unified format."""
    shown, previous = [], plan.previous
    for name, data in sorted(plan.changes.items()):
        path = f"{plan.output.as_posix()}/{plan.name}/{name}"
        old = _read(path).decode(errors="replace") if name in previous else None
        shown.append(unified(path, old, None if data is None else data.decode()))
    return "".join(shown)


def unified(path: str, old: str | None, new: str | None) -> str:
    """How a file's text changes, in the unified format; None where there is no file."""
    from difflib import unified_diff  # here, for few runs show it

    lines = unified_diff(
        StringIO(old).readlines(),  # at line feeds alone, where `splitlines` knows other ends of lines
        StringIO(new).readlines(),
        os.devnull if old is None else path,
        os.devnull if new is None else path,
    )
    return "".join(
        line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines
    )
