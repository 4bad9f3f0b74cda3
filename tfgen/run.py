"""Paths → what was found and what is to be done, for one spec or ten thousand, in one process or several.

Each spec goes its whole way by itself, and of what it was only that is kept which the end of the run needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from tfgen.codes import Severity
from tfgen.diagnostics import Findings, SpecError
from tfgen.project import Project, by_file, find
from tfgen.project.find import near
from tfgen.project.fleet import Member, member
from tfgen.project.policy import standards
from tfgen.source import Document, load
from tfgen.spec import Spec, judge
from tfgen.spec.standards import NONE
from tfgen.write import Plan, RenderedModule, check_names, compare, difference, stage

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from tfgen.fleet_page import Drawn

#: The folder of modules where nothing else is said.
OUTPUT = "modules"
_CHUNK = 64  # specs that a process is handed at once


class Task(Enum):
    """How far each spec goes: to be judged, drawn, its module compared with what is there, and made ready
    beside it; or to differences and texts that are shown."""

    JUDGE = "judge"
    DRAW = "draw"
    COMPARE = "compare"
    STAGE = "stage"
    DIFFER = "differ"
    PRINT = "print"


class Options(NamedTuple):
    """What holds for all specs of a run. `output` goes before what a project says; `draws` asks for what the
    fleet's page needs as well. `templates` is the folder of templates that go before tfgen's own, and before
    the project's. `verifies` asks for a look at what tfgen itself makes."""

    task: Task
    as_of: date | None = None
    output: Path | None = None
    force: bool = False
    draws: bool = False
    templates: Path | None = None
    verifies: bool = False


class Outcome(NamedTuple):
    """What came of one spec. `is_valid` is about the spec, not about what is in the way of its module;
    `shown` are differences or texts, where these were asked for; `unrendered` says what is wrong with a
    template of the user's, and `unsound` with what tfgen itself has made."""

    path: str
    findings: tuple[Findings, ...] = ()
    is_valid: bool = False
    member: Member | None = None
    plan: Plan | None = None
    shown: str = ""
    drawn: Drawn | None = None
    unreadable: OSError | None = None
    unrendered: str = ""
    unsound: str = ""

    def only(self, severity: Severity) -> tuple[Findings, ...]:
        """Its findings that matter so much."""
        found = (findings.only(severity) for findings in self.findings)
        return tuple(findings for findings in found if findings.diagnostics)


def run(paths: Sequence[Path], options: Options, jobs: int = 1) -> Iterator[Outcome]:
    """What comes of each spec, in the order of the paths. With `jobs` above 1, in as many processes."""
    if jobs < 2 or len(paths) < 2:
        yield from (one(path, options) for path in paths)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    size = min(max(len(paths) // (jobs * 4), 1), _CHUNK)
    chunks = [paths[start : start + size] for start in range(0, len(paths), size)]
    pool = ProcessPoolExecutor(jobs, initializer=_let_the_first_process_decide)
    try:
        for outcomes in pool.map(_several, chunks, [options] * len(chunks)):
            yield from outcomes
    except BrokenProcessPool:
        raise Interrupted from None
    finally:
        pool.shutdown(cancel_futures=True)


class Interrupted(Exception):  # noqa: N818 - as KeyboardInterrupt is none
    """One of the processes was ended from outside."""


def _let_the_first_process_decide() -> None:
    """A Ctrl-C reaches all processes of a terminal. The first one ends the others, and so does its death."""
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if first := parent_process():
        Thread(target=_end_after, args=(first,), daemon=True).start()


def _end_after(first: BaseProcess) -> None:
    first.join()
    os._exit(1)


def _seen_from(folder: Path, outcome: Outcome, project: Project | None) -> str:
    """The spec's path from its module's folder, where there is a project, which may lose it some day."""
    if project is None:
        return ""
    try:
        return Path(os.path.relpath(outcome.path, folder)).as_posix()
    except ValueError:  # on another drive of Windows
        return ""


def _several(paths: Iterable[Path], options: Options) -> list[Outcome]:
    return [_portable(one(path, options)) for path in paths]


def _portable(outcome: Outcome) -> Outcome:
    """The outcome for another process, which takes no read-only view of a mapping."""
    found = tuple(
        findings._replace(document=findings.document._replace(spans=dict(findings.document.spans)))
        if isinstance(findings.document, Document)
        else findings
        for findings in outcome.findings
    )
    return outcome._replace(findings=found)


def one(path: Path, options: Options) -> Outcome:
    """What comes of one spec."""
    shown = path.as_posix()
    try:
        project = find(path)
        document = load(path)
        if project is not None:
            document = project.effective(document, path)
    except SpecError as error:
        return Outcome(shown, (error.findings,))
    except OSError as error:
        return Outcome(shown, unreadable=error)
    output = options.output or (project.output if project else Path(OUTPUT))
    try:
        spec, said = judge(document, options.as_of, standards(project.policy) if project else NONE)
    except SpecError as error:
        known = member(document, None, project, output)
        return Outcome(shown, tuple(by_file(error.findings)), member=known)
    if options.task is not Task.JUDGE:  # advice is for who looks for it, and each document takes memory
        said = tuple(one for one in said if one.severity is not Severity.INFO)
    found = tuple(by_file(Findings(document, said))) if said else ()
    known = member(document, spec, project, output)
    outcome = Outcome(shown, found, is_valid=True, member=known)
    if options.task is Task.JUDGE:
        return outcome
    return _rendered(outcome, document, spec, project, output, options)


def _rendered(
    outcome: Outcome,
    document: Document,
    spec: Spec,
    project: Project | None,
    output: Path,
    options: Options,
) -> Outcome:
    """The outcome with what becomes of the module."""
    from tfgen.overlay import TemplateProblem
    from tfgen.plan import plan  # here, for who only looks for mistakes has no use for them
    from tfgen.render import Unsound, render

    module = plan(spec, document.path)
    if options.draws or options.task is Task.DRAW:
        from tfgen.fleet_page import drawn

        outcome = outcome._replace(drawn=drawn(spec, module))
    if options.task is Task.DRAW:
        return outcome
    overlay = options.templates or (near(project.templates) if project and project.templates else None)
    try:
        texts = render(module, overlay, verified=options.verifies)
    except TemplateProblem as problem:
        return outcome._replace(unrendered=str(problem))
    except Unsound as fault:
        head = f"{outcome.path}: tfgen makes a module of it that is not right"
        return outcome._replace(unsound=f"{head}\n{fault}")
    spec_path = _seen_from(output / module.name, outcome, project)
    rendered = RenderedModule(module.name, texts, spec_path)
    check_names([rendered])
    if options.task is Task.PRINT:
        folder = (output / module.name).as_posix()
        parts = (f"# {folder}/{name}\n{text}" for name, text in texts.items())
        return outcome._replace(shown="\n".join(parts))
    found = compare(output, rendered, force=options.force)
    shown = ""
    if options.task is Task.STAGE:
        stage(found)
    elif options.task is Task.DIFFER:
        shown = difference(found)
    found.forget()
    return outcome._replace(plan=found, shown=shown)
