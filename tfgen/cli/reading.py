"""Specs from paths, with what is to be said about them, for the commands that read specs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tfgen.cli.output import count, os_error, progress, stop
from tfgen.codes import Severity
from tfgen.diagnostics import Findings, SpecError
from tfgen.inputs import InputError, spec_paths

if TYPE_CHECKING:
    from tfgen.source import Document
    from tfgen.spec import Spec


class Reading(NamedTuple):
    """All specs of a run: the valid ones, and what was found in the others and in these.

    `unreadable` says which files could not be read, and why.
    """

    paths: tuple[str, ...]
    specs: list[tuple[Document, Spec]]
    wrong: list[Findings]
    notes: list[Findings]
    unreadable: tuple[str, ...] = ()

    def refused(self, *, strict: bool) -> list[Findings]:
        """What keeps the specs from being rendered; with `strict`, warnings do as well."""
        warned = [note for note in self.notes if strict and note.only(Severity.WARNING).diagnostics]
        return [*self.wrong, *warned]


def found_paths(arguments: list[str]) -> list[Path]:
    """The spec files that a user names."""
    try:
        return spec_paths(arguments)
    except InputError as error:
        stop(error.args[0])


def read(paths: list[Path], as_of: date | None) -> Reading:
    """Load and check every spec."""
    from tfgen.source import load
    from tfgen.spec import collisions, judge

    documents: list[Document] = []
    specs: list[tuple[Document, Spec]] = []
    wrong: list[Findings] = []
    notes: list[Findings] = []
    unreadable: list[str] = []
    for path in progress(paths, "Reading"):
        try:
            document = load(path)
            documents.append(document)
            spec, said = judge(document, as_of)
            specs.append((document, spec))
            if said:
                notes.append(Findings(document, said))
        except SpecError as error:
            wrong.append(error.findings)
        except OSError as error:
            unreadable.append(os_error(error))
    wrong.extend(error.findings for error in collisions(documents))
    shown = tuple(path.as_posix() for path in paths)
    return Reading(shown, specs, wrong, notes, tuple(unreadable))


def summary(found: Sequence[Findings], specs: int) -> str:
    """How much was found, and in how many of the specs."""
    total = sum(len(findings.diagnostics) for findings in found)
    wrong = len({findings.document.path for findings in found})
    return f"{count(total, 'finding')} in {wrong} of {count(specs, 'spec')}"
