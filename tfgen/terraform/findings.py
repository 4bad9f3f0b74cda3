"""What is said of modules → findings, at the spec's key where one is certain, else in the module's file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from tfgen.diagnostics import Diagnostic, Findings, Located, Node, Span, SpecError
from tfgen.hcl import fmt
from tfgen.overlay import TemplateProblem
from tfgen.project import by_file
from tfgen.project.find import near
from tfgen.terraform.check import Checked, Said
from tfgen.terraform.modules import Module, problems
from tfgen.terraform.origins import Origins, spec_of
from tfgen.verify import Problem

_EDITED = "tfgen wrote this file, and it was edited since: undo the edit, or put it into the spec"
_THEIRS = "tfgen did not write this file"
_BESIDE = "tfgen wrote this file so; another one of the module was edited, added or removed"
_REPORT = "tfgen wrote this file so: please report it, with the spec"
_NO_SPEC = "tfgen does not find the module's spec: say with --specs where it is"

_Found = tuple[Located, Diagnostic]


class _File(NamedTuple):
    """A file of a module, as far as findings need it."""

    path: str
    text: str

    def span(self, location: Span | Node) -> Span:
        """Where in the text a location is."""
        return location if isinstance(location, Span) else Span(1, 1, 1, 1)

    def lines(self) -> Sequence[str]:
        """The text's lines."""
        return self.text.split("\n")

    def line(self, number: int) -> Span:
        """A whole line."""
        text = self.lines()[number - 1] if number <= len(self.lines()) else ""
        return Span(number, len(text) - len(text.lstrip()) + 1, number, len(text) + 1)


class Judged(NamedTuple):
    """What there is to say about modules, and those that there is nothing to say about."""

    found: list[Findings]
    fine: list[Module]


def judge(modules: Sequence[Module], checked: Checked, specs: Sequence[str]) -> Judged:
    """What tfgen and Terraform find in modules. Their specs are looked for among `specs`, if there are any.
    Raises OSError."""
    found: dict[str, Findings] = {}
    fine = []
    elsewhere = list(checked.said)
    for module in modules:
        told = _Module(module, specs)
        of_module = [(one, name) for one in checked.said if (name := told.name_of(one.path))]
        elsewhere = [one for one in elsewhere if not told.name_of(one.path)]
        layout = [told.layout(name) for path in checked.unformatted if (name := told.name_of(path))]
        said = [*_own(told, of_module), *(told.terraform(one, name) for one, name in of_module), *layout]
        _add(found, said)
        fine += [] if said else [module]
    _add(found, map(_of_another, elsewhere))
    parts = [part for each in found.values() for part in by_file(each)]
    return Judged(sorted(parts, key=lambda part: part.document.path), fine)


def _add(found: dict[str, Findings], said: Iterable[_Found]) -> None:
    for document, diagnostic in said:
        before = found.setdefault(document.path, Findings(document, ()))
        found[document.path] = before._replace(diagnostics=(*before.diagnostics, diagnostic))


def _own(told: _Module, of_module: Sequence[tuple[Said, str]]) -> Iterator[_Found]:
    """What tfgen finds and Terraform does not, which says more."""
    wrong = {(name, one.span.line) for one, name in of_module if not one.is_warning}
    for problem in problems(told.module):
        if not any((problem.file, problem.line + off) in wrong for off in (-1, 0, 1)):
            yield told.own(problem)


def _of_another(said: Said) -> _Found:
    """What is wrong with a module that people's files call."""
    text = said.path.read_text(encoding="utf-8", errors="replace")
    hint = said.detail or _THEIRS
    return _File(near(said.path).as_posix(), text), Diagnostic(_code(said), said.summary, hint, said.span)


def _code(said: Said) -> str:
    return "TFG904" if said.is_warning else "TFG903"


class _Module:
    """A module, and its spec if that is asked for and found."""

    def __init__(self, module: Module, specs: Sequence[str]) -> None:
        self.module = module
        self._specs = specs
        self._folder = module.folder.resolve()

    def name_of(self, path: Path) -> str | None:
        """The name of one of its files, by its path; None for other files."""
        name = path.relative_to(self._folder).as_posix() if path.is_relative_to(self._folder) else ""
        return name if name in self.module.texts else None

    def own(self, problem: Problem) -> _Found:
        """What tfgen finds."""
        file = self._file(problem.file)
        hint = _EDITED if problem.file in self.module.edited else _BESIDE
        return file, Diagnostic("TFG901", problem.what, hint, file.line(problem.line))

    def layout(self, name: str) -> _Found:
        """That a file is not laid out as by `terraform fmt`."""
        file = self._file(name)
        pairs = zip(file.lines(), fmt(file.text).split("\n"), strict=False)
        line = next((number for number, (is_so, shall_be) in enumerate(pairs, 1) if is_so != shall_be), 1)
        hint = f"run `terraform fmt {file.path}`; {self._note(name) or _REPORT}"
        return file, Diagnostic(
            "TFG902", "`terraform fmt` would lay this file out anew", hint, file.line(line)
        )

    def terraform(self, said: Said, name: str) -> _Found:
        """What Terraform says of a line, if need be with what that comes from."""
        file = self._file(name)
        origins = self._origins if name in self.module.untouched else None
        place = origins.place(file.text, said.span.line) if origins else None
        if origins and place:
            summary = f"{file.path}:{said.span.line}: {said.summary}"
            return origins.document, Diagnostic(
                _code(said), summary, said.detail or "Terraform says no more", place
            )
        made = f"tfgen made the module of {origins.document.path}" if origins else _NO_SPEC
        hint = f"{said.detail} {self._note(name) or made}".lstrip()
        return file, Diagnostic(_code(said), said.summary, hint, said.span)

    def _note(self, name: str) -> str:
        """What there is to say about a file that is not as tfgen wrote it."""
        if name in self.module.untouched:
            return ""
        return _EDITED if name in self.module.edited else _THEIRS

    def _file(self, name: str) -> _File:
        return _File(self.module.path(name), self.module.texts[name])

    @cached_property
    def _origins(self) -> Origins | None:
        path = spec_of(self.module, self._specs)
        with suppress(SpecError, TemplateProblem, OSError):
            return Origins(path) if path else None
        return None  # a spec with mistakes has no module
