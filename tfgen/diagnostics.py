"""What can be wrong with a spec: one `Diagnostic` a mistake, and one `SpecError` a file.

Every room reports through these types; none of them prints. A diagnostic says *where* as a path into
the data (or, for text that never became data, as a span); `Document.span` turns it into a line and a
column once, when it is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tfgen.codes import CODES, Severity

#: Keys and indexes from the top of a spec to one of its nodes: `("vpc_config", "subnet_ids", 0)`.
DataPath = tuple[str | int, ...]


def dotted(path: DataPath) -> str:
    """A path as people write it: `policy_statements[0].actions`."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else str(part)
    return name


class Span(NamedTuple):
    """A range of a file's text.

    Lines and columns count from 1, columns in characters; the end is exclusive.
    """

    line: int
    column: int
    end_line: int
    end_column: int


class Node(NamedTuple):
    """A place in the data: the value at `path`, or with `key` the mapping key that leads to it."""

    path: DataPath
    key: bool = False


class Fix(NamedTuple):
    """What would certainly be right: the text for the value, or for the key, that a finding is at.

    A `literal` is not a text but a number, true or false, as YAML has it.
    """

    text: str
    literal: bool = False


class Diagnostic(NamedTuple):
    """One finding: its stable code, what is wrong in one line, what to do, where, and what would be right.

    `raised`: a project's policy makes an error of it.
    """

    code: str
    summary: str
    hint: str
    location: Span | Node
    fix: Fix | None = None
    raised: bool = False

    @property
    def severity(self) -> Severity:
        """How much it matters, which its code says unless a policy does."""
        return Severity.ERROR if self.raised else CODES[self.code].severity


class Located(Protocol):
    """A text that mistakes are in, as far as telling them needs it: `tfgen.source.Document` is one."""

    @property
    def path(self) -> str:
        """What to call it."""

    def span(self, location: Span | Node) -> Span:
        """Where in the text a location is."""

    def lines(self) -> Sequence[str]:
        """The text's lines."""


class Findings(NamedTuple):
    """What there is to say about one document."""

    document: Located
    diagnostics: tuple[Diagnostic, ...]

    def only(self, severity: Severity) -> Findings:
        """Those that matter so much."""
        return self._replace(diagnostics=tuple(d for d in self.diagnostics if d.severity is severity))


class SpecError(Exception):
    """A spec has at least one mistake. Carries all that was found, and the document it points into."""

    def __init__(self, document: Located, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(f"{document.path}: {len(diagnostics)} findings")
        self.findings = Findings(document, tuple(diagnostics))

    @property
    def document(self) -> Located:
        """The document."""
        return self.findings.document

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found in it."""
        return self.findings.diagnostics
