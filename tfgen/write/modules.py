"""What is written: modules as texts, what becomes of them, what is refused, and names that files may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from typing import Literal, NamedTuple

MANIFEST = ".tfgen.json"
TEMPORARY_SUFFIX = ".tfgen-tmp"


class RenderedModule(NamedTuple):
    """A module as text: its folder's name, and file name (`/` between folders) → text with LF line ends.

    `spec` is where it comes from, seen from its folder, if that is to be kept: it tells modules whose spec is
    gone from those of another project.
    """

    name: str
    files: Mapping[str, str]
    spec: str = ""


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


def changed_meanwhile(path: Path) -> Refusal:
    """The refusal of what somebody changed after it was compared."""
    reason = "was changed while tfgen was at work, and is left as it is"
    return Refusal(path, reason, "run tfgen again, which looks at it anew")


class WriteRefused(Exception):  # noqa: N818  (a refusal protects the user's files; it is not a failure)
    """Something in the way is not tfgen's. Carries every refusal."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(f"{refusal.path} {refusal.reason}" for refusal in refusals))
        self.refusals = tuple(refusals)


def check_names(modules: Sequence[RenderedModule]) -> None:
    """Raise `ValueError` for names that the caller should have refused."""
    _check_distinct([module.name for module in modules])
    for module in modules:
        wrong = [name for name in (module.name, *module.files) if not is_plain(name)]
        if wrong or "/" in module.name:
            raise ValueError(f"not plain names in module {module.name!r}: {wrong}")
        _check_distinct(
            [*module.files, *{folder.casefold() for n in module.files for folder in folders_of(n)}]
        )


def _check_distinct(names: Sequence[str]) -> None:
    # macOS and Windows keep `Orders` and `orders` in one place.
    if len({name.casefold() for name in names}) != len(names):
        raise ValueError(f"two modules, files or folders have one name, ignoring case: {sorted(names)}")


def is_plain(path: str) -> bool:
    """Whether the path stays below its folder on every system, and is no name that this room keeps."""
    # A colon starts a drive or a stream on Windows; NUL and lone surrogates are not printable.
    portable = path.isprintable() and "\\" not in path and ":" not in path
    kept = path.casefold() == MANIFEST or path.casefold().endswith(TEMPORARY_SUFFIX)
    return portable and not kept and {"", ".", ".."}.isdisjoint(path.split("/"))


def folders_of(name: str) -> list[str]:
    """The folders on the way to a file: `a/b/c.tf` → `a`, `a/b`."""
    return list(accumulate(name.split("/")[:-1], "{}/{}".format))
