"""Folders → the modules that tfgen wrote there, with what became of their files since."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tfgen.verify import Author, Problem, verify
from tfgen.write import RenderedModule, compare
from tfgen.write.modules import MANIFEST

_TESTS = "tests"
_READ = (".tf", ".tftest.hcl")
# What declares things that we do not read, or says a second time what others say.
_UNREAD = (".tf.json", "override.tf")


class NotAModule(Exception):  # noqa: N818 - of a folder that was named
    """A folder holds no module that tfgen wrote. The text says so, and what to do."""


class Module(NamedTuple):
    """A module: its folder, the texts of all files that Terraform reads, which of them are `untouched` since
    tfgen wrote them, and which `edited`; the others are not tfgen's. `is_whole` says that tfgen's are all
    untouched, `is_read` that there is nothing but them and what verify reads. `spec` is the path that the
    module keeps of its spec, from its folder, if it does.
    """

    folder: Path
    texts: Mapping[str, str]
    untouched: frozenset[str]
    edited: frozenset[str]
    is_whole: bool
    is_read: bool
    spec: str = ""

    @property
    def name(self) -> str:
        """What its folder is called."""
        return _whole(self.folder).name

    def path(self, file: str) -> str:
        """What to call one of its files."""
        return (self.folder / file).as_posix()


def module_folders(folder: Path) -> list[Path]:
    """The folder itself, if it is a module, or those in it that are. Raises NotAModule and OSError."""
    if (folder / MANIFEST).exists():
        return [folder]
    if not folder.is_dir():
        raise NotAModule(f"{folder}: no such folder")
    found = sorted(path.parent for path in folder.glob(f"*/{MANIFEST}"))
    if not found:
        raise NotAModule(
            f"{folder}: neither a module that tfgen wrote nor a folder of such: no {MANIFEST} there"
        )
    return found


def read_module(folder: Path) -> Module:
    """What lies in a module's folder. Raises NotAModule and OSError."""
    whole = _whole(folder)
    found = compare(whole.parent, RenderedModule(whole.name, {}), force=False)
    if not found.owned:
        why = found.refusals[0] if found.refusals else None
        raise NotAModule(f"{why.path} {why.reason}: {why.hint}" if why else f"{folder}: lists no files")
    texts = {}
    names = sorted(path.relative_to(folder).as_posix() for path in _files(folder))
    for name in names:
        if name.endswith(_READ):
            texts[name] = (folder / name).read_text(encoding="utf-8", errors="replace")
    own = {name for name in found.owned if name.endswith(_READ)}
    untouched = frozenset(name for name in own if found.previous.get(name) in found.owned[name])
    said = json.loads(found.manifest or b"{}").get("spec")
    return Module(
        folder,
        texts,
        untouched,
        frozenset(own & texts.keys()) - untouched,
        is_whole=untouched == own,
        is_read=not any(name.endswith(_UNREAD) for name in names),
        spec=said if isinstance(said, str) else "",
    )


def _whole(folder: Path) -> Path:
    return Path(os.path.normpath(folder.absolute()))


def _files(folder: Path) -> Iterator[Path]:
    yield from folder.iterdir()
    if (folder / _TESTS).is_dir():
        yield from (folder / _TESTS).iterdir()


def faults(module: Module) -> list[Problem]:
    """What is wrong with a module's files as tfgen wrote them: a bug of tfgen."""
    if not module.is_whole:
        return []
    return verify({name: module.texts[name] for name in module.untouched}, Author.PEOPLE)


def problems(module: Module) -> Iterable[Problem]:
    """What is wrong with tfgen's files as they are now, beside all that people wrote. What is wrong with the
    files of people is Terraform's to say."""
    if not module.is_read:
        return
    theirs_first = sorted(module.texts, key=lambda name: name in module.untouched | module.edited)
    for problem in verify({name: module.texts[name] for name in theirs_first}, Author.PEOPLE):
        if problem.file in module.untouched | module.edited:
            yield problem
