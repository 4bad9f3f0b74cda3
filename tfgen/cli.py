"""The command line: arguments, output and exit codes. The only room that prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from tfgen import __version__
from tfgen.diagnostics import Findings, Severity, SpecError
from tfgen.inputs import InputError, spec_paths
from tfgen.write import ModuleChange, RenderedModule, WriteRefused, write

if TYPE_CHECKING:
    from rich.console import Console

    from tfgen.source import Document
    from tfgen.spec import Spec

T = TypeVar("T")

FINDINGS, USAGE = 1, 2
_SHOW_PROGRESS_FROM = 20  # specs; fewer are done before a bar could be read

app = typer.Typer(
    name="tfgen",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)

Paths = Annotated[
    list[str],
    typer.Argument(
        help="Spec files, folders (searched for .yaml and .yml) or quoted globs.",
        metavar="PATHS",
        show_default=False,
    ),
]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tfgen {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Turn short YAML specs of AWS Lambda functions into plain Terraform modules.

    A spec names a function and what it needs:

        function_name: order-events
        runtime: python3.12
        handler: app.handler
        filename: build/order-events.zip
        environment: {variables: {LOG_LEVEL: INFO}}

    Saved as specs/order_events.yaml, this makes the module modules/order_events:

        tfgen render specs/order_events.yaml

    Exit codes: 0 fine, 1 mistakes in specs, 2 usage, configuration or I/O, 70 a bug of tfgen.
    """


@app.command()
def render(
    paths: Paths,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder that gets one folder a module.", metavar="DIR")
    ] = Path("modules"),
    force: Annotated[
        bool,
        typer.Option("--force", help="Replace files edited by hand or not written by tfgen."),
    ] = False,
) -> None:
    """Write the Terraform module of each spec.

    Nothing is written if any spec has a mistake, or if a file in the way was edited by hand or does not
    come from tfgen. Only files whose text changes are replaced.

        tfgen render specs/orders.yaml
        tfgen render specs -o infra/modules
    """
    found = _paths(paths)
    specs, errors, notes = _read(found)
    if errors:
        _fail(errors, len(found), "Nothing was written.")
    warnings = [note.only(Severity.WARNING) for note in notes]
    _show([note for note in warnings if note.diagnostics])
    try:
        changes = write(output, _rendered(specs), force=force)
    except WriteRefused as refused:
        for refusal in refused.refusals:
            _complain(f"{refusal.path} {refusal.reason}: {refusal.hint}")
        _stop("Nothing was written.")
    except OSError as error:
        _stop(_os_error(error))
    for change in changes:
        typer.echo(_summary(change, output))


@app.command()
def validate(paths: Paths) -> None:
    """Look for mistakes in specs, and write nothing.

    Each mistake is shown with its line, a stable code and what to do about it.

        tfgen validate specs
    """
    found = _paths(paths)
    _, errors, notes = _read(found)
    if errors:
        _fail(errors, len(found), "")
    _show(notes)
    _status(_verdict(len(found), notes))


@app.command()
def explain(
    topic: Annotated[
        str,
        typer.Argument(help="`permissions`, or a code such as TFG301.", metavar="TOPIC", show_default=False),
    ],
) -> None:
    """Say what there is to know about a code, or about the permissions by intent.

    tfgen explain TFG301
    tfgen explain permissions
    """
    from tfgen.report.explain import PERMISSIONS
    from tfgen.report.explain import explain as explained

    said = explained(topic)
    if said is None:
        _stop(f"there is no such topic: give `{PERMISSIONS}`, or a code such as TFG301")
    console = _console(sys.stdout)
    console.print(said, width=None if console.is_terminal else 80)


def _paths(arguments: list[str]) -> list[Path]:
    try:
        return spec_paths(arguments)
    except InputError as error:
        _stop(error.args[0])


def _read(paths: list[Path]) -> tuple[list[tuple[Document, Spec]], list[Findings], list[Findings]]:
    """Load and check every spec: those that are valid, what is wrong with the others, and what else there is
    to say about the valid ones."""
    from tfgen.source import load
    from tfgen.spec import collisions, judge

    documents: list[Document] = []
    specs: list[tuple[Document, Spec]] = []
    errors: list[Findings] = []
    notes: list[Findings] = []
    unreadable: list[str] = []
    for path in _progress(paths, "Reading"):
        try:
            document = load(path)
            documents.append(document)
            spec, said = judge(document)
            specs.append((document, spec))
            if said:
                notes.append(Findings(document, said))
        except SpecError as error:
            errors.append(error.findings)
        except OSError as error:
            unreadable.append(_os_error(error))
    errors.extend(error.findings for error in collisions(documents))
    if unreadable:
        _show(errors)
        _stop("\n".join(unreadable))
    return specs, errors, notes


def _rendered(specs: list[tuple[Document, Spec]]) -> Iterator[RenderedModule]:
    from tfgen.plan import plan
    from tfgen.render import render as render_plan

    for document, spec in _progress(specs, "Rendering"):
        module = plan(spec, document.path)
        yield RenderedModule(module.name, render_plan(module))


def _progress(items: list[T], doing: str) -> Iterable[T]:
    """The items, with a bar on a terminal if there are many."""
    if len(items) < _SHOW_PROGRESS_FROM or not sys.stderr.isatty():
        return items
    from rich.progress import track

    return track(items, description=doing, console=_console(sys.stderr), transient=True)


def _summary(change: ModuleChange, output: Path) -> str:
    files = [*change.written, *(f"{name} removed" for name in change.removed)]
    detail = f" ({', '.join(files)})" if change.status == "changed" and files else ""
    return f"{change.status:<9} {(output / change.name).as_posix()}{detail}"


def _verdict(specs: int, notes: list[Findings]) -> str:
    """What came out for specs without mistakes."""
    if not notes:
        return f"{_count(specs, 'spec')} without findings"
    found = sum(len(note.diagnostics) for note in notes)
    return f"{_count(found, 'finding')} in {len(notes)} of {_count(specs, 'spec')}, none of them a mistake"


def _fail(errors: list[Findings], specs: int, then: str) -> NoReturn:
    _show(errors)
    findings = sum(len(error.diagnostics) for error in errors)
    wrong = len({error.document.path for error in errors})
    _status(f"{_count(findings, 'finding')} in {wrong} of {_count(specs, 'spec')}. {then}".rstrip())
    raise typer.Exit(FINDINGS)


def _show(found: list[Findings]) -> None:
    if not found:
        return
    from tfgen.report.full import full

    console = _console(sys.stdout)
    for number, findings in enumerate(found):
        text = full(findings, console.width if console.is_terminal else 80)
        # Past the width of a terminal a line is better folded there than cut into two by us.
        console.print(text, soft_wrap=True, end="")
        if number < len(found) - 1:
            console.print()


def _console(stream: object) -> Console:
    from rich.console import Console

    return Console(file=stream, highlight=False, emoji=False, markup=False)  # type: ignore[arg-type]


def _status(text: str) -> None:
    typer.echo(text, err=True)


def _complain(text: str) -> None:
    _status(f"tfgen: {text}")


def _stop(message: str) -> NoReturn:
    for line in message.splitlines():
        _complain(line)
    raise typer.Exit(USAGE)


def _os_error(error: OSError) -> str:
    where = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes)) else error.filename
    reason = error.strerror or str(error)
    return f"{where}: {reason}" if where else reason


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
