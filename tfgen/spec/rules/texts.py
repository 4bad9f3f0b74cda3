"""Rules about the function's description and tags: what is in them, everybody reads who sees the function."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tfgen.diagnostics import DataPath, Diagnostic, Node
from tfgen.expressions import Template
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules

# What some part of every credential's form has.
_MARK = re.compile(r"[^\s]{16}|PRIVATE KEY|://|=")
_HINT = "remove it: `secrets` or `parameters` name where the function reads what nobody else may"


def _credentials(spec: Spec) -> Iterator[Diagnostic]:
    places: list[tuple[str, DataPath, object]] = [("`description`", ("description",), spec.description)]
    if not isinstance(spec.tags, Template):
        places += [(f"the tag `{name}`", ("tags", name), value) for name, value in spec.tags.items()]
    for what, where, value in places:
        if not isinstance(value, str | Template) or not _MARK.search(str(value)):
            continue
        # Here, since few texts are like that, and forms take their time to be compiled.
        from tfgen.spec.rules.environment import credential_in

        if held := credential_in(value):
            yield Diagnostic("TFG401", f"{what} holds {held}", _HINT, Node(where))


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {_credentials: ("description", "tags")}
