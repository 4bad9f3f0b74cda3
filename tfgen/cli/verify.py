"""`tfgen verify`: modules on disk → what tfgen and Terraform find wrong with them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from tfgen.cli import options as o
from tfgen.cli.output import (
    FINDINGS,
    NO_TOOL,
    complain,
    console,
    count,
    os_error,
    report_bug,
    show,
    status,
    step_summary,
    stop,
)
from tfgen.codes import Severity
from tfgen.diagnostics import Findings, SpecError
from tfgen.project import find
from tfgen.report import Form
from tfgen.run import OUTPUT
from tfgen.terraform.check import Checked, check
from tfgen.terraform.findings import judge
from tfgen.terraform.modules import Module, NotAModule, faults, module_folders, read_module
from tfgen.terraform.origins import spec_of


def verify(
    folders: Annotated[
        list[Path] | None,
        typer.Argument(
            help="Modules that tfgen wrote, or folders of such; the project's, or `modules`, if not given.",
            metavar="DIR",
            show_default=False,
        ),
    ] = None,
    specs: Annotated[
        list[str] | None,
        typer.Option(
            "--specs",
            help="Where specs are that modules do not name: a file, a folder or a glob. May be given again.",
            metavar="PATH",
            show_default=False,
        ),
    ] = None,
    strict: o.Strict = False,
    output_format: o.OutputFormat = Form.FULL,
    output_file: o.OutputFile = None,
    color: o.ColorMode = o.Color.AUTO,
) -> None:
    """Look at modules as Terraform does, and say which key of a spec a mistake comes from.

    tfgen looks at the files first: that each is HCL, that what they refer to is declared, once, and used.
    Then the terraform on PATH looks at them: fmt -check, init -backend=false and validate, in a temporary
    folder that calls all modules. Nothing is written in the modules' folders, and no account is needed.

        tfgen verify
        tfgen verify modules/orders
        tfgen verify infra/modules --specs infra/specs
    """
    modules = _modules(folders or [_folder_of_the_project()])
    if unsound := [_fault(module, specs or ()) for module in modules if faults(module)]:
        report_bug(unsound, end="Terraform was not asked.")
    try:
        with _waiting("Terraform looks at the modules", color):
            checked = check(modules)
        found, fine = judge(modules, checked, specs or ())
    except OSError as error:
        stop(os_error(error))
    paths = [*(module.folder.as_posix() for module in fine), *(each.document.path for each in found)]
    show(found, paths, output_format, output_file, color)
    total = _total(found, modules, checked)
    status(total)
    step_summary(total, found)
    if checked.failure:
        complain(checked.failure)
        raise typer.Exit(NO_TOOL)
    severities = {one.severity for findings in found for one in findings.diagnostics}
    if Severity.ERROR in severities or (strict and severities):
        raise typer.Exit(FINDINGS)


def _folder_of_the_project() -> Path:
    try:
        project = find(Path.cwd())
    except SpecError as error:
        show([error.findings], [error.document.path])
        stop(f"{error.document.path} has mistakes")
    except OSError as error:
        stop(os_error(error))
    return project.output if project else Path(OUTPUT)


def _modules(folders: Sequence[Path]) -> list[Module]:
    """The modules in some folders, each once."""
    found: dict[Path, Module] = {}
    wrong = []
    for folder in folders:
        try:
            for path in module_folders(folder):
                found.setdefault(path.resolve(), read_module(path))
        except NotAModule as error:
            wrong.append(str(error))
        except OSError as error:
            wrong.append(os_error(error))
    if wrong:
        stop("\n".join(wrong))
    return list(found.values())


def _fault(module: Module, specs: Sequence[str]) -> str:
    """What is wrong with a module that tfgen wrote, and that nobody has changed since."""
    lines = [f"  {module.path(each.file)}:{each.line}: {each.what}" for each in faults(module)]
    of = spec_of(module, specs) or module.folder.as_posix()
    return "\n".join((f"{of}: tfgen made a module of it that is not right", *lines))


def _waiting(text: str, color: o.Color) -> AbstractContextManager[object]:
    """Say on a terminal what takes a while, for as long as it does."""
    return console(sys.stderr, color).status(text) if sys.stderr.isatty() else nullcontext()


def _total(found: Sequence[Findings], modules: Sequence[Module], checked: Checked) -> str:
    """What came out, in a line."""
    number = sum(len(findings.diagnostics) for findings in found)
    by = f", by {', '.join(checked.versions)}" if checked.versions else ""
    but = ", but Terraform did not look at all of it" if checked.failure else ""
    said = count(number, "finding") if number else "nothing found"
    return f"{said} in {count(len(modules), 'module')}{by}{but}"
