"""`tfgen render`: specs → modules on disk, or a look at what would become of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NamedTuple

import typer

from tfgen.cli import options as o
from tfgen.cli.output import (
    DRIFT,
    FINDINGS,
    USAGE,
    complain,
    count,
    is_in_ci,
    os_error,
    report_bug,
    show,
    show_difference,
    status,
    step_summary,
    stop,
)
from tfgen.cli.reading import Reading, day, outputs, read, summary
from tfgen.cli.selection import selected
from tfgen.codes import Severity
from tfgen.project import find
from tfgen.report import Form
from tfgen.run import OUTPUT, Options, Task
from tfgen.write import (
    Busy,
    ModuleChange,
    Plan,
    Refusal,
    WriteRefused,
    apply,
    difference,
    discard,
    locked,
    others,
    remove,
)
from tfgen.write_page import PAGE, Page, compare_page, write_page


def render(
    paths: o.OptionalPaths = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Folder that gets one folder a module; `modules`, or what the project says.",
            metavar="DIR",
            show_default=False,
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Write nothing; exit 3 where modules are not as their specs ask.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what would change, and write nothing.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would be done, and write nothing.")
    ] = False,
    stdout: Annotated[bool, typer.Option("--stdout", help="Print the modules, and write nothing.")] = False,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove modules that no spec of the project gives any more.")
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace files edited by hand or not written by tfgen."),
    ] = False,
    changed: o.Changed = False,
    base: o.Base = None,
    shard: o.Shard = None,
    jobs: o.Jobs = 0,
    templates: o.Templates = None,
    verify: Annotated[
        bool | None,
        typer.Option(
            "--verify/--no-verify",
            help="Look at each module as Terraform would, for bugs of tfgen; if not given, in CI alone.",
            show_default=False,
        ),
    ] = None,
    watch: o.Watch = False,
    strict: o.Strict = False,
    as_of: o.AsOf = None,
    output_format: o.OutputFormat = Form.FULL,
    output_file: o.OutputFile = None,
    color: o.ColorMode = o.Color.AUTO,
) -> None:
    """Write the Terraform module of each spec; without PATHS, of each spec of the project.

    Nothing is written if any spec has a mistake, or if a file in the way was edited by hand or does not
    come from tfgen. Only files whose text changes are replaced.

        tfgen render specs/orders.yaml
        tfgen render specs -o infra/modules
        tfgen render --check --diff
        tfgen render --changed --base origin/main
    """
    whole = not paths and not changed and shard is None
    if prune and not whole:
        stop("--prune looks at all specs of a project: leave PATHS, --changed and --shard out")
    looks = check or diff or dry_run
    if stdout and (looks or prune):
        stop("--stdout only prints modules: leave --check, --diff, --dry-run and --prune out")
    task = Task.PRINT if stdout else Task.DIFFER if diff else Task.COMPARE if looks else Task.STAGE
    verifies = is_in_ci() if verify is None else verify
    options = Options(task, day(as_of), output, force, whole and not stdout, templates, verifies)
    # Differences, and findings for programs, have stdout for themselves.
    aside = diff or (output_format not in {Form.FULL, Form.CONCISE} and output_file is None)

    def once() -> None:
        found = selected(paths, changed=changed, base=base, shard=shard, templates=templates)
        folders = outputs(found, options)
        if whole and task is Task.STAGE:
            folders.add(_folder_of_modules(options))
        try:
            with locked(folders, _say_what_is_waited_for):
                rendered(found)
        except Busy as busy:
            still = f"another run of tfgen is still at work in {busy.folder}: wait for it, or end it"
            stop(f"{still}\nNothing was written.")
        except OSError as error:
            if error.filename is None:  # of what is said, not of what is read or made ready
                raise
            stop(f"{os_error(error)}\nNothing was written.")

    def rendered(found: list[Path]) -> None:
        reading = read(found, options, jobs)
        try:
            _tell(reading, strict=strict, form=output_format, file=output_file, color=color)
            for shown in reading.shown:
                show_difference(shown, color) if diff else typer.echo(shown, nl=False)
            if stdout:
                return
            due = _due(reading, options) if whole else Due(reading.plans)
            if diff:
                _differ(due, color, prune=prune)
            if check:
                _check(due)
            else:
                due = due if prune else due._replace(orphans=())
                _refuse(due.refusals)
                _done(due, write=not looks, aside=aside)
        except BaseException:
            discard(reading.plans)
            raise

    if watch:
        from tfgen.cli import watch as watching  # here, for few runs watch

        watching.watch(lambda: watching.about(paths, templates), once)
    once()


class Due(NamedTuple):
    """What is to be done: modules as specs ask, those that no spec gives any more, pages about them all."""

    plans: Sequence[Plan]
    orphans: Sequence[Plan] = ()
    pages: Sequence[Page] = ()

    @property
    def refusals(self) -> Iterator[Refusal]:
        """What of it tfgen does not touch."""
        yield from (refusal for plan in (*self.plans, *self.orphans) for refusal in plan.refusals)
        yield from (page.refusal for page in self.pages if page.refusal)


def _say_what_is_waited_for(folder: Path) -> None:
    status(f"tfgen: another run of tfgen is at work in {folder}: waiting for it")


def _folder_of_modules(options: Options) -> Path:
    """The folder of the project's modules, or of those that are named."""
    project = find(Path.cwd())
    return options.output or (project.output if project else Path(OUTPUT))


def _differ(due: Due, color: o.Color, *, prune: bool) -> None:
    """Show what would change beside the modules of the specs, whose differences are shown already."""
    for plan in due.orphans if prune else ():
        show_difference(difference(plan), color)
    for page in due.pages:
        show_difference(page.difference, color)


def _due(reading: Reading, options: Options) -> Due:
    """What is to be done where all of the project's modules are known."""
    from tfgen.fleet_page import fleet_page
    from tfgen.overlay import TemplateProblem

    project, force = find(Path.cwd()), options.force
    overlay = options.templates or (project.templates if project else None)
    by_folder: dict[Path, list[int]] = {_folder_of_modules(options): []}
    for index, plan in enumerate(reading.plans):
        by_folder.setdefault(plan.output, []).append(index)
    left: list[Plan] = []
    pages = []
    for folder, indexes in by_folder.items():
        names = (reading.plans[index].name for index in indexes)
        found = others(folder, names, map(Path, reading.paths), force=force)
        left += found.orphans
        if found.foreign:  # whose run would write the page anew, and so on
            page, foreign = (folder / PAGE).as_posix(), found.foreign[0].as_posix()
            status(f"{page} is left as it is: {foreign} is another project's, so no project has all modules")
        elif indexes:
            try:
                text = fleet_page([reading.drawn[index] for index in indexes], overlay)
            except TemplateProblem as problem:
                stop(str(problem))
            pages.append(compare_page(folder, text, force=force))
    return Due(reading.plans, left, pages)


def _tell(reading: Reading, *, strict: bool, form: Form, file: Path | None, color: o.Color) -> None:
    """Show what was found, and end where that keeps anything from being written."""
    refused = reading.refused(strict=strict)
    warnings = [warned for note in reading.notes if (warned := note.only(Severity.WARNING)).diagnostics]
    # Advice is for `validate`: a render says what may be wrong.
    said = [*reading.wrong, *warnings] if refused else warnings
    show(said, reading.paths, form, file, color)
    if reading.unsound:
        report_bug(reading.unsound)
    if reading.problems:
        stop("\n".join(reading.problems))
    if refused:
        total = f"{summary(said, len(reading.paths))}. Nothing was written."
        status(total)
        step_summary(total, said)
        raise typer.Exit(FINDINGS)


def _check(due: Due) -> None:
    """Say which modules are not as their specs ask, and end with an exit code of its own if there are any."""
    drift: list[tuple[str, str]] = []
    for plan in due.plans:
        drift += [("edited", f"{refusal.path.as_posix()} {refusal.reason}") for refusal in plan.refusals]
        change, refused = plan.change, {refusal.path for refusal in plan.refusals}
        written, removed = (
            tuple(name for name in names if plan.output / plan.name / name not in refused)
            for names in (change.written, change.removed)
        )
        if change.status == "created":
            drift.append(("missing", _folder(plan)))
        elif change.status == "changed" and (written or removed or not refused):
            change = change._replace(written=written, removed=removed)
            drift.append(("stale", f"{_folder(plan)}{_files(change)}"))
    words = {"created": "missing", "changed": "stale"}
    for page in due.pages:
        if page.refusal:
            drift.append(("edited", f"{page.path.as_posix()} {page.refusal.reason}"))
        elif page.status in words:
            drift.append((words[page.status], page.path.as_posix()))
    drift += [("orphaned", _folder(plan)) for plan in due.orphans]
    lines = [f"{kind:<9} {what}" for kind, what in drift]
    for line in lines:
        typer.echo(line)
    total = f"{count(len(due.plans), 'module')} checked, "
    total += f"{len(drift)} not as the specs ask: {_advice(dict(drift))}" if drift else "all as the specs ask"
    status(total)
    step_summary(total, lines=lines)
    if drift:
        raise typer.Exit(DRIFT)


def _advice(kinds: Collection[str]) -> str:
    """The command that makes modules as their specs ask."""
    options = [option for kind, option in (("edited", " --force"), ("orphaned", " --prune")) if kind in kinds]
    return f"run `tfgen render{''.join(options)}`"


def _refuse(refusals: Iterable[Refusal]) -> None:
    """End where something is not tfgen's to touch."""
    found = list(refusals)
    for refusal in found:
        complain(f"{refusal.path} {refusal.reason}: {refusal.hint}")
    if found:
        step_summary("Nothing was written.", lines=[f"{one.path.as_posix()} {one.reason}" for one in found])
        stop("Nothing was written.")


def _done(due: Due, *, write: bool, aside: bool) -> None:
    """Do what is to be done, unless it is only to be told, and tell it."""
    lines: list[str] = []
    late: list[Refusal] = []
    error: OSError | None = None
    try:
        for line in _each(due, late, write=write):
            lines.append(line)  # noqa: PERF402 - those before an error are told
    except OSError as failed:
        error = failed
    for line in lines:
        typer.echo(line, err=aside)
    for page in due.pages:
        if page.status == "kept":
            status(f"{page.path.as_posix()} is not tfgen's, and is left as it is")
    done = [line for line in lines if not line.startswith("unchanged")]
    total = _total(lines)
    if len(due.plans) > 1 and (lines or not error):
        status(total)
    step_summary(total, lines=done)
    for refusal in late:
        complain(f"{refusal.path} {refusal.reason}: {refusal.hint}")
    if error:
        stop(f"{os_error(error)}\nNot all is written. Run tfgen again when that is mended.")
    if late:
        raise typer.Exit(USAGE)


def _each(due: Due, late: list[Refusal], *, write: bool) -> Iterator[str]:
    """What was done, a line each. What somebody changed since it was compared is left as it is."""
    for plan in due.plans:
        with _left_where_late(late, plan):
            change = apply(plan) if write else plan.change
            yield f"{change.status:<9} {_folder(plan)}{_files(change)}"
    for plan in due.orphans:
        with _left_where_late(late, plan):
            if write:
                remove(plan)
            yield f"removed   {_folder(plan)}"
    for page in due.pages:
        with _left_where_late(late):
            if write:
                write_page(page)
            if page.status != "kept":
                yield f"{page.status:<9} {page.path.as_posix()}"


@contextmanager
def _left_where_late(late: list[Refusal], *plans: Plan) -> Iterator[None]:
    try:
        yield
    except WriteRefused as refused:
        late += refused.refusals
        discard(plans)


def _total(lines: Sequence[str]) -> str:
    """How many lines there are of each kind: "2 changed, 38 created"."""
    kinds = Counter(line.split()[0] for line in lines)
    return ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "no module"


def _folder(plan: Plan) -> str:
    return (plan.output / plan.name).as_posix()


def _files(change: ModuleChange) -> str:
    files = [*change.written, *(f"{name} removed" for name in change.removed)]
    return f" ({', '.join(files)})" if change.status == "changed" and files else ""
