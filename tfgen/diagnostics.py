"""What can be wrong with a spec: one `Diagnostic` a mistake, and one `SpecError` a file.

Every room reports through these types; none of them prints. A diagnostic says *where* as a path into
the data (or, for text that never became data, as a span); `Document.span` turns it into a line and a
column once, when it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Protocol

from tfgen.codes import CODES, Severity

#: How many findings of one document are told. Who has more has not written a spec, and each costs time and
#: memory: all of those in a file of 10,000 mistakes would be seconds and a quarter of a gigabyte.
MOST_FINDINGS = 500

# Characters of a summary or hint that are told as they are, and that are told at most.
_LONG, _LONGEST = 200, 1_000
_LONG_WORD = re.compile(r"(\S{60})\S{40,}(\S{20})")

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


def told(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What is told of findings: as many as people read, and of what they quote as much."""
    shown = [_short(one) for one in found[:MOST_FINDINGS]]
    if len(found) > MOST_FINDINGS:
        summary = f"there are more findings than {MOST_FINDINGS:,}, and no more are told"
        hint = "mend these first, or look whether this is the file that is meant"
        shown.append(Diagnostic("TFG017", summary, hint, shown[-1].location))
    return shown


def _short(one: Diagnostic) -> Diagnostic:
    """A finding that quotes no key or value of endless length."""
    if len(one.summary) <= _LONG and len(one.hint) <= _LONG:
        return one
    summary, hint = (_LONG_WORD.sub(r"\1…\2", text)[:_LONGEST] for text in (one.summary, one.hint))
    return one._replace(summary=summary, hint=hint)


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
