"""Texts → disk: which files below the output folder are tfgen's, which differ, and how they are replaced.

In go rendered modules; out come files and, for each module, what changed. All modules are compared with the
disk before the first byte is written, and what is not tfgen's to touch is refused by name. The manifest
`.tfgen.json` in a module's folder says what is tfgen's: file name → SHA-256.

A kill at any moment leaves a module that the next run finishes: first the manifest claims the new hashes
and, under `previous`, those of files about to change or go; then the files are replaced and removed, each
in one step; last the manifest is written again, without `previous`. All texts, manifests included, are on
the disk under temporary names before the first file is replaced, so a full disk is known by then.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tfgen.write.compare import Others, Plan, compare, difference, others, unified
from tfgen.write.lock import Busy, locked
from tfgen.write.modules import (
    ModuleChange,
    Refusal,
    RenderedModule,
    WriteRefused,
    changed_meanwhile,
    check_names,
)
from tfgen.write.replace import apply, discard, remove, replace_file, stage, sweep

__all__ = [
    "Busy",
    "ModuleChange",
    "Others",
    "Plan",
    "Refusal",
    "RenderedModule",
    "WriteRefused",
    "apply",
    "changed_meanwhile",
    "check_names",
    "compare",
    "difference",
    "discard",
    "locked",
    "others",
    "remove",
    "replace_file",
    "stage",
    "sweep",
    "unified",
    "write",
]


def write(output: Path, modules: Iterable[RenderedModule], *, force: bool = False) -> list[ModuleChange]:
    """Make the folders below `output` hold these modules, beside whatever else the user keeps there.

    Returns one change a module, in the order given. `force` also overwrites or removes what a person edited
    and overwrites what tfgen did not write; it never follows a symbolic link below `output`. Where others may
    write there at the same time, the caller holds the lock (`locked`).

    Raises `WriteRefused` before anything is replaced, and `ValueError` for names that the caller should have
    refused. An `OSError` is the system's own; what was done until then is finished by the next call.
    """
    check_names(modules := list(modules))
    plans: list[Plan] = []
    try:
        for module in modules:
            plans.append(compare(output, module, force=force))
            stage(plans[-1])
        _check_refusals(plans)
        return [apply(plan) for plan in plans]
    except BaseException:
        discard(plans)
        raise


def _check_refusals(plans: Iterable[Plan]) -> None:
    """Raise `WriteRefused` if something is in the way of one of them."""
    if refusals := [refusal for plan in plans for refusal in plan.refusals]:
        raise WriteRefused(refusals)
