"""A spec and its project's defaults → one document: the effective spec, in which each value keeps its place.

Mappings merge under the spec's; lists and single values are replaced. A null that the spec writes out takes
a default away. The text of the project file follows that of the spec, so that a place in either is a span
of one text; `by_file` tells them apart again when findings are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from tfgen.diagnostics import DataPath, Diagnostic, Findings, Located, Node, Span
from tfgen.source import Document, Other

_Spans = dict[DataPath, tuple[Span | None, Span]]


class Layer(NamedTuple):
    """A mapping of defaults: where it stands in the project's file."""

    path: DataPath
    data: Mapping[str, Any]


def effective(spec: Document, project: Document, layers: Sequence[Layer]) -> Document:
    """The spec over the layers of its project's file, of which later ones go over those before."""
    if not layers:
        return spec
    first_line = len(spec.lines()) + 1
    merged = _Merged({}, {}, set())
    for layer in layers:
        merged.over(merged.data, layer.data, _Place(project, layer.path, first_line - 1), ())
    merged.over(merged.data, spec.data, _Place(spec, (), 0), ())
    return spec._replace(
        text=f"{spec.text}\n{project.text}",
        data=merged.data,
        spans=merged.spans,
        findings=tuple(found for found in spec.findings if found.location not in merged.taken_away),
        other=Other(project.path, first_line),
    )


class _Place(NamedTuple):
    """A node of a file: the file, the path to the node, and how far down its lines come to stand."""

    document: Document
    path: DataPath
    shift: int

    def below(self, key: str | int) -> _Place:
        return self._replace(path=(*self.path, key))

    @property
    def spans(self) -> tuple[Span | None, Span]:
        key, value = self.document.spans[self.path]
        return None if key is None else _shifted(key, self.shift), _shifted(value, self.shift)


class _Merged(NamedTuple):
    """What came of the layers so far. `taken_away` are the places of nulls that took a default away."""

    data: dict[str, Any]
    spans: _Spans
    taken_away: set[Span | Node]

    def over(self, base: dict[str, Any], layer: Mapping[str, Any], place: _Place, path: DataPath) -> None:
        """Lay a mapping, which stands at `place`, over the one at `path`."""
        for key, value in layer.items():
            here, there = (*path, key), place.below(key)
            under = base.get(key)
            if value is None and key in base and _is_written(there):
                self.remove(base.pop(key), here)
                self.taken_away.add(there.spans[0] or there.spans[1])
                continue
            if isinstance(value, dict) and isinstance(under, dict):
                self.spans[here] = there.spans
                self.over(under, value, there, here)
                continue
            if key in base:
                self.remove(under, here)
            base[key] = self.copy(value, there, here)

    def copy(self, value: Any, place: _Place, path: DataPath) -> Any:
        """A value with its spans, all of it new: layers are shared by many specs."""
        self.spans[path] = place.spans
        if isinstance(value, dict):
            return {key: self.copy(item, place.below(key), (*path, key)) for key, item in value.items()}
        if isinstance(value, list):
            return [self.copy(item, place.below(index), (*path, index)) for index, item in enumerate(value)]
        return value

    def remove(self, value: Any, path: DataPath) -> None:
        """Forget the spans of a value."""
        self.spans.pop(path, None)
        items = (
            value.items() if isinstance(value, dict) else enumerate(value if isinstance(value, list) else ())
        )
        for key, item in items:
            self.remove(item, (*path, key))


def _is_written(place: _Place) -> bool:
    """Whether a null is a word of the text, not only a value that is missing."""
    value = place.spans[1]
    return value[:2] != value[2:]


def _shifted(span: Span, lines: int) -> Span:
    return Span(span.line + lines, span.column, span.end_line + lines, span.end_column)


class _Part(NamedTuple):
    """The other file's part of a document's text, as a text of its own."""

    path: str
    document: Document
    before: int

    def span(self, location: Span | Node) -> Span:
        return _shifted(self.document.span(location), -self.before)

    def lines(self) -> Sequence[str]:
        return self.document.lines()[self.before :]


def by_file(findings: Findings) -> Iterator[Findings]:
    """The findings of a document, apart by the files that they are in."""
    document = findings.document
    if not isinstance(document, Document) or document.other is None:
        yield findings
        return
    before = document.other.first_line - 1
    part = _Part(document.other.path, document, before)
    own: list[Diagnostic] = []
    others: list[Diagnostic] = []
    for found in findings.diagnostics:
        (own if document.span(found.location).line <= before else others).append(found)
    parts: tuple[tuple[Located, list[Diagnostic]], ...] = ((document, own), (part, others))
    yield from (Findings(where, tuple(found)) for where, found in parts if found)


def origin(document: Document, path: DataPath) -> tuple[str, int]:
    """The file and the line that the value at `path` comes from."""
    line = document.span(Node(path)).line
    if document.other is None or line < document.other.first_line:
        return document.path, line
    return document.other.path, line - document.other.first_line + 1
