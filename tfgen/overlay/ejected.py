"""A copy of one of tfgen's templates, which remembers what it is a copy of."""

from __future__ import annotations

import re
from hashlib import sha256

from tfgen import __version__

# A comment of Jinja's, of which nothing comes into a module.
_FIRST_LINE = re.compile(r"\{# tfgen (\S+), sha256:([0-9a-f]{16}) #\}\n")


def ejected(text: str) -> str:
    """The copy of a template's text."""
    return f"{{# tfgen {__version__}, sha256:{_digest(text)} #}}\n{text}"


def outdated(copy: str, text: str) -> str | None:
    """The version of tfgen that a copy is of, where the template's text is another one now."""
    first = _FIRST_LINE.match(copy)
    return first[1] if first and first[2] != _digest(text) else None


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]
