"""Specs from paths, with what is to be said about them, for the commands that read specs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tfgen.cli.output import count, os_error, progress, stop
from tfgen.codes import Severity
from tfgen.diagnostics import Diagnostic, Findings, Span, SpecError
from tfgen.project import find
from tfgen.project.fleet import Member, between
from tfgen.run import OUTPUT, Interrupted, Options, Outcome, Task, run
from tfgen.write import Plan, discard, sweep

if TYPE_CHECKING:
    from tfgen.fleet_page import Drawn

_PAYS_FROM = 100  # specs; starting a process takes as long as rendering some dozens


class Reading(NamedTuple):
    """All specs of a run: what was found in those with mistakes and in the others, and what is to be written.

    `problems` say which files could not be read, or rendered by a template of the user's, and why; `shown`
    are differences or texts, `drawn` is what a picture needs of each module, where these were asked for.
    `unsound` says what is wrong with modules that tfgen itself has made.
    """

    paths: tuple[str, ...]
    wrong: list[Findings]
    notes: list[Findings]
    problems: tuple[str, ...] = ()
    plans: tuple[Plan, ...] = ()
    shown: tuple[str, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    unsound: tuple[str, ...] = ()

    def refused(self, *, strict: bool) -> list[Findings]:
        """What keeps the specs from being rendered; with `strict`, warnings do as well."""
        warned = [note for note in self.notes if strict and note.only(Severity.WARNING).diagnostics]
        return [*self.wrong, *warned]


def read(paths: list[Path], options: Options, jobs: int = 1) -> Reading:
    """Load and check every spec, and go as far with each as the options say.

    With 0 `jobs` there are as many processes as cores, where there are specs enough for that to pay.
    """
    jobs = jobs or (os.cpu_count() or 1 if len(paths) >= _PAYS_FROM else 1)
    shown: list[str] = []
    wrong: list[Findings] = []
    notes: list[Findings] = []
    problems: dict[str, None] = {}  # each once: many specs may have one project, or template
    plans: list[Plan] = []
    drawn: list[Drawn] = []
    unsound: list[str] = []
    members: list[Member] = []
    told: set[tuple[str, Span, str, str]] = set()
    try:
        for outcome in progress(run(paths, options, jobs), len(paths), "Reading"):
            found = list(_untold(outcome, told))
            (notes if outcome.is_valid else wrong).extend(found)
            for problem in (outcome.unreadable and os_error(outcome.unreadable), outcome.unrendered):
                if problem:
                    problems[problem] = None
            if outcome.member is not None:
                members.append(outcome.member)
            if outcome.plan is not None:
                plans.append(outcome.plan)
            if outcome.drawn is not None:
                drawn.append(outcome.drawn)
            if outcome.unsound:
                unsound.append(outcome.unsound)
            if outcome.shown:
                shown.append(outcome.shown)
    except Interrupted:
        discard(plans)
        sweep_all(paths, options, of_killed=True)
        stop("one of the processes was ended from outside, for lack of memory perhaps: try `-j 1`")
    except BaseException:
        discard(plans)
        sweep_all(paths, options)  # of the one that it was at, or of several
        raise
    for findings in between(members):
        is_wrong = findings.only(Severity.ERROR).diagnostics
        (wrong if is_wrong else notes).append(findings)
    names = tuple(path.as_posix() for path in paths)
    return Reading(
        names, wrong, notes, tuple(problems), tuple(plans), tuple(shown), tuple(drawn), tuple(unsound)
    )


def sweep_all(paths: list[Path], options: Options, *, of_killed: bool = False) -> None:
    """Remove what processes made ready that were ended before they could tell of it."""
    for output in outputs(paths, options):
        sweep(output, of_killed=of_killed)


def outputs(paths: Iterable[Path], options: Options) -> set[Path]:
    """The folders that a run over specs writes into; none where it only looks."""
    found = set()
    for path in paths if options.task is Task.STAGE else ():
        with suppress(SpecError, OSError):
            project = find(path)
            found.add(options.output or (project.output if project else Path(OUTPUT)))
    return found


def _untold(outcome: Outcome, told: set[tuple[str, Span, str, str]]) -> Iterator[Findings]:
    """The findings that no other spec had: a mistake in the project's file is told once."""

    def is_new(findings: Findings, found: Diagnostic) -> bool:
        key = (findings.document.path, findings.document.span(found.location), found.code, found.summary)
        is_told = key in told
        told.add(key)
        return not is_told

    for findings in outcome.findings:
        if findings.document.path == outcome.path:
            yield findings
        elif left := tuple(found for found in findings.diagnostics if is_new(findings, found)):
            yield Findings(findings.document, left)


def day(as_of: datetime | None) -> date:
    """The day that specs are looked at."""
    return as_of.date() if as_of else date.today()


def summary(found: Iterable[Findings], specs: int) -> str:
    """How much was found, and in how many of the specs."""
    found = list(found)
    total = sum(len(findings.diagnostics) for findings in found)
    wrong = len({findings.document.path for findings in found})
    return f"{count(total, 'finding')} in {wrong} of {count(specs, 'spec')}"
