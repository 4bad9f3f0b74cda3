"""What can be wrong with a spec: one `Diagnostic` a mistake, one `SpecError` a file, and the stable codes.

Every room reports through these types; none of them prints. A diagnostic says *where* as a path into
the data (or, for text that never became data, as a span); `Document.span` turns it into a line and a
column once, when it is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import NamedTuple, Protocol

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


class Severity(Enum):
    """How much a finding matters: an error keeps a spec from being rendered."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Diagnostic(NamedTuple):
    """One mistake: its stable code, what is wrong in one line, what to do, and where."""

    code: str
    summary: str
    hint: str
    location: Span | Node
    severity: Severity = Severity.ERROR


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


#: Every code with its one-line meaning. Codes never change their meaning and are never used again.
#: 0xx syntax, 1xx schema, 2xx limits, 3xx cross-field, 4xx security, 5xx advice.
CODES: Mapping[str, str] = {
    "TFG001": "the file is not UTF-8 text",
    "TFG002": "the text holds a character that no spec may hold",
    "TFG003": "the text is not YAML",
    "TFG004": "a mapping has one key twice",
    "TFG005": "YAML tags are not used in specs",
    "TFG006": "YAML anchors and aliases are not used in specs",
    "TFG007": "a file holds one YAML document",
    "TFG008": "the file is too large",
    "TFG009": "the data is nested too deeply",
    "TFG010": "a mapping key is not plain text",
    "TFG011": "the file is empty or its top level is not a mapping",
    "TFG012": "text is not in Unicode normal form C, so Terraform would change it",
    "TFG013": "a key has no value",
    "TFG101": "unknown key",
    "TFG102": "a required key is missing",
    "TFG103": "wrong type",
    "TFG104": "an expression that tfgen does not know",
    "TFG105": "one input variable is used with two types",
    "TFG106": "an input variable is described but not used",
    "TFG107": "an input variable's name is taken",
    "TFG108": "an expression has no value at this place",
    "TFG201": "a number is outside its limits",
    "TFG202": "a text is too short or too long",
    "TFG203": "a text does not have the form that AWS asks for",
    "TFG204": "a value is not among the allowed ones",
    "TFG205": "a list or mapping has too few or too many entries",
    "TFG206": "a list holds one entry twice",
    "TFG207": "a pattern is one that AWS would refuse",
    "TFG301": "arguments of Zip and Image functions are mixed",
    "TFG302": "the function's code has more than one source, or half of one",
    "TFG303": "the module has no role of its own that this could apply to",
    "TFG304": "a file system needs a VPC",
    "TFG305": "this needs a published version",
    "TFG306": "an IAM statement is incomplete or contradicts itself",
    "TFG307": "two specs write one module",
    "TFG308": "options of a log group that the module does not make",
    "TFG309": "an argument needs another one",
    "TFG310": "two arguments exclude each other, or neither of them is given",
    "TFG311": "two triggers have one name, or names too alike",
    "TFG312": "a batch of messages is larger than its queue or window allows",
    "TFG313": "a queue shows a message again while the function works on it",
    "TFG314": "notifications of one S3 bucket contradict each other",
    "TFG315": "a schedule expression is one that AWS would refuse",
    "TFG316": "an argument belongs to another kind of trigger",
    "TFG317": "a route is one that API Gateway would refuse",
    "TFG318": "a trigger needs an argument that is not given",
    "TFG319": "a trigger would make the function invoke itself",
    "TFG320": "the function's timeout is longer than a trigger waits",
    "TFG321": "two triggers have one source",
    "TFG322": "an alarm that CloudWatch would refuse, or that could tell nothing",
    "TFG323": "a permission's service or verb is not known",
    "TFG401": "a value looks like a credential",
    "TFG402": "a function URL that anybody may call",
    "TFG403": "the function has one subnet alone",
    "TFG501": "advice: how long logs are kept",
    "TFG502": "advice: the key that logs are encrypted with",
    "TFG503": "advice: the key that environment variables are encrypted with",
    "TFG504": "advice: where events go that the function fails on",
    "TFG505": "advice: how much concurrency the function has",
    "TFG506": "advice: tracing",
    "TFG507": "advice: signed code",
}
