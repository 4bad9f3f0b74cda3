"""Rules about tags, which the function, its role and its log group have, and most of what else is made.

What the strictest of their services takes is what a tag may be: iam.CreateRole and logs.CreateLogGroup hold
both the key and the value to [\\p{L}\\p{Z}\\p{N}_.:/=+\\-@], and Lambda's developer guide, "Using tags on
Lambda functions", names the same characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import category, normalize

from tfgen.diagnostics import Diagnostic, Node
from tfgen.expressions import Template
from tfgen.schema.places import Text
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules

_PLAIN = re.compile("[A-Za-z0-9 _.:/=+@-]*")
_SIGNS = "_.:/=+-@"
_HINT = "a tag may have letters, digits and spaces of any language, and _ . : / = + - @"


def _names(spec: Spec) -> Iterator[Diagnostic]:
    for name in spec.tags:
        if name.lower().startswith("aws:"):
            summary = f"the tag `{name}` starts with `aws:`, which AWS keeps for itself"
            yield Diagnostic("TFG203", summary, "choose another name", Node(("tags", name), key=True))


def _characters(spec: Spec) -> Iterator[Diagnostic]:
    for name, value in spec.tags.items():
        if wrong := _refused(name):
            summary = f"the name of a tag has {wrong}, which AWS does not take"
            yield Diagnostic("TFG329", summary, _HINT, Node(("tags", name), key=True))
        if wrong := _refused(value):
            summary = f"the tag's value has {wrong}, which AWS does not take"
            yield Diagnostic("TFG329", summary, _HINT, Node(("tags", name)))


def _refused(text: Text) -> str:
    """The first character that may not be in a tag, as messages show it; of expressions nothing is known."""
    parts = text.parts if isinstance(text, Template) else (text,)
    for part in parts:
        if isinstance(part, str) and not _PLAIN.fullmatch(part):
            for character in normalize("NFC", part):  # as it must be written
                if character not in _SIGNS and category(character)[0] not in "LNZ":
                    shown = character.isprintable() and not character.isspace()
                    return f"`{character}`" if shown else f"the character U+{ord(character):04X}"
    return ""


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {_names: ("tags",), _characters: ("tags",)}
