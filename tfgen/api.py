"""tfgen for Python programs: a spec's file → what it says, and the text of its module.

Nothing here prints, writes or ends the program. `tfgen.load` and `tfgen.render` are these functions.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from tfgen import diagnostics
from tfgen.codes import Severity
from tfgen.diagnostics import Findings
from tfgen.overlay import TemplateProblem
from tfgen.project import Project, by_file, find
from tfgen.project.effective import origin
from tfgen.project.find import forget
from tfgen.project.policy import standards
from tfgen.source import Document
from tfgen.source import load as read
from tfgen.spec import Spec, judge
from tfgen.spec.standards import NONE

__all__ = ["Finding", "LoadedSpec", "Severity", "Spec", "SpecError", "TemplateProblem", "load", "render"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is to be said about a spec or its project file.

    Lines and columns count from 1, columns in characters; the end is exclusive.
    """

    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    #: The stable code: `tfgen explain` says all about it.
    code: str
    severity: Severity
    #: What is wrong.
    summary: str
    #: What to do about it.
    hint: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.severity.value}[{self.code}] {self.summary}"


class SpecError(Exception):
    """A spec, or the project file above it, has mistakes."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        #: All that was found, the warnings among it, in the order of the text.
        self.findings: tuple[Finding, ...] = tuple(findings)


@dataclass(frozen=True, slots=True)
class LoadedSpec:
    """A spec without mistakes, with its project's defaults under it."""

    #: The spec's file.
    path: Path
    #: What the module is called.
    name: str
    #: The folder that `tfgen render` writes the module to.
    module: Path
    #: What the spec says, with the defaults of keys that are not given. What holds an expression such as
    #: `${var.name}` is no `str` but a template of it.
    spec: Spec
    #: The effective spec as plain data, before anything was made of it. Do not change it.
    data: Mapping[str, Any]
    #: Warnings and advice.
    findings: tuple[Finding, ...]
    _document: Document = field(repr=False, compare=False)
    _templates: Path | None = field(default=None, repr=False, compare=False)

    def origin(self, *path: str | int) -> tuple[str, int]:
        """The file and the line that a value comes from, as in `origin("environment", "variables", "TABLE")`.

        Where nothing stands at that path, those of the nearest value around it.
        """
        return origin(self._document, path)


def load(path: str | os.PathLike[str], *, as_of: date | None = None) -> LoadedSpec:
    """Read a spec and hold it to all rules, and to the project file `tfgen.yaml` above it where there is one.

    `as_of` is the day that the lifecycle of runtimes is looked at; if not given, that of TFGEN_AS_OF, as for
    the command, or today. What concerns several specs, such as two functions of one name, is not looked at.

    Raises SpecError with all mistakes, and OSError where a file cannot be read.
    """
    file = Path(path)
    forget()  # a program may run for long, and a project file change meanwhile
    try:
        project = find(file)
        document = read(file)
        if project is not None:
            document = project.effective(document, file)
        held_to = standards(project.policy) if project else NONE
        spec, said = judge(document, as_of or _day(), held_to)
    except diagnostics.SpecError as error:
        raise SpecError(_findings(error.findings)) from None
    assert spec.name is not None
    found = _findings(Findings(document, said))
    module = _output(project) / spec.name
    templates = project.templates if project else None
    return LoadedSpec(file, spec.name, module, spec, document.data, found, document, templates)


def render(spec: LoadedSpec | str | os.PathLike[str]) -> dict[str, str]:
    """The files of a spec's module, name to text, as `tfgen render` would write them.

    The project's own templates go before tfgen's. Raises TemplateProblem where one of them is wrong or makes
    a module that Terraform would not take; for a path, also what `load` raises.
    """
    from tfgen.plan import plan  # here, for who only looks at specs has no use for them
    from tfgen.render import render as rendered

    loaded = spec if isinstance(spec, LoadedSpec) else load(spec)
    return rendered(plan(loaded.spec, loaded.path.as_posix()), loaded._templates)


def _day() -> date:
    said = os.environ.get("TFGEN_AS_OF")
    return date.fromisoformat(said) if said else date.today()


def _output(project: Project | None) -> Path:
    from tfgen.run import OUTPUT

    return project.output if project else Path(OUTPUT)


def _findings(findings: Findings) -> tuple[Finding, ...]:
    return tuple(
        _finding(apart, found)
        for apart in by_file(findings)
        for found in sorted(apart.diagnostics, key=lambda found: apart.document.span(found.location))
    )


def _finding(findings: Findings, found: diagnostics.Diagnostic) -> Finding:
    document = findings.document
    span = document.span(found.location)
    return Finding(document.path, *span, found.code, found.severity, found.summary, found.hint)
