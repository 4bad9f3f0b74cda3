"""Rules about the checks that a spec lets its module off."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.schema.places import nearest
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules


def _known(spec: Spec) -> Iterator[Diagnostic]:
    """Checks that no resource of any module meets: a slip, or one of a later checkov. It does no harm."""
    if not spec.checkov_skip:
        return
    from tfgen.checkov import known  # where a spec asks for it: start-up is most of what a user waits for

    for check in spec.checkov_skip:
        if check not in known():
            near = nearest(check, known())
            meant = f"did you mean `{near}`? as" if near else "remove it: as"
            summary = f"`{check}` is no check that tfgen knows to be about a module's resources"
            where = Node(("checkov_skip", check), key=True)
            yield Diagnostic("TFG208", summary, f"{meant} it is, it does nothing", where)


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {_known: ("checkov_skip",)}
