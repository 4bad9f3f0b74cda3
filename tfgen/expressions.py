"""Expressions in a spec's strings: `${var.NAME}`, `${aws.region}`, … and the literal text around them.

Text goes in; out comes a plain `str` when it holds no expression, else a `Template`. What an
expression *becomes* in a module is decided in the plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

#: What may stand in `${…}` beside `var.NAME`. All of them are texts.
ATTRIBUTES = (
    "aws.account_id",
    "aws.region",
    "aws.partition",
    "function.arn",
    "function.name",
    "function.role_arn",
)
ALLOWED = ("var.NAME", *ATTRIBUTES)
#: How many references one text may hold, and how many input variables all of a spec may name: tfgen's own
#: limits, far beyond what anybody reads.
MOST_REFERENCES, MOST_VARIABLES = 100, 500

_TOKEN = re.compile(r"\$\$\{|\$\{([^}]*)\}|\$\{")
_VARIABLE = re.compile(r"var\.([a-zA-Z_][a-zA-Z0-9_-]*)\Z")


class Reference(NamedTuple):
    """What one `${…}` names: the root `var`, `aws` or `function`, and what follows the dot."""

    root: str
    name: str

    def __str__(self) -> str:
        return f"${{{self.root}.{self.name}}}"


@dataclass(frozen=True, slots=True)
class Template:
    """A text with at least one expression in it, as literal parts and references in order."""

    parts: tuple[str | Reference, ...]

    def __str__(self) -> str:
        return "".join(
            part.replace("${", "$${") if isinstance(part, str) else str(part) for part in self.parts
        )

    @property
    def whole(self) -> Reference | None:
        """The reference that is the whole value, if it is one."""
        first = self.parts[0]
        return first if len(self.parts) == 1 and isinstance(first, Reference) else None

    @property
    def outline(self) -> str:
        """What is known of the text: its literal parts, with a hyphen for each reference."""
        return "".join(part if isinstance(part, str) else "-" for part in self.parts)

    @property
    def references(self) -> tuple[Reference, ...]:
        """All references, in order."""
        return tuple(part for part in self.parts if isinstance(part, Reference))


class ExpressionError(ValueError):
    """A `${…}` that is not an expression. `args[0]` says what is wrong."""


def parse(text: str) -> str | Template:
    """Split `text` at its expressions; `$${` stands for a literal `${`. Raises ExpressionError."""
    if "${" not in text:
        return text
    parts: list[str | Reference] = []
    literal = ""
    end = 0
    for token in _TOKEN.finditer(text):
        literal += text[end : token.start()]
        end = token.end()
        if token[0] == "$${":
            literal += "${"
            continue
        if token[1] is None:
            raise ExpressionError("`${` is never closed with `}`")
        if literal:
            parts.append(literal)
            literal = ""
        parts.append(_reference(token[1]))
    literal += text[end:]
    if not parts:
        return literal
    return Template((*parts, literal) if literal else tuple(parts))


def _reference(inner: str) -> Reference:
    inner = inner.strip()
    if variable := _VARIABLE.match(inner):
        return Reference("var", variable[1])
    if inner in ATTRIBUTES:
        root, _, name = inner.partition(".")
        return Reference(root, name)
    raise ExpressionError(f"`${{{inner}}}` is not an expression that tfgen knows")
