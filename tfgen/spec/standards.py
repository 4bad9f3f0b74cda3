"""What specs are held to beside the rules for all: a team's own, and what becomes of findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tfgen.codes import CODES, Severity
from tfgen.diagnostics import Diagnostic
from tfgen.spec.models import Spec


class Standards(NamedTuple):
    """How a run looks at specs.

    `rules` are a team's own. `select`, `ignore` and `error` are codes, or the beginnings of some: of warnings
    and advice those selected are told, none of those ignored, and those in `error` as errors.
    """

    rules: tuple[Callable[[Spec], Iterator[Diagnostic]], ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    error: tuple[str, ...] = ()

    def sift(self, found: Iterable[Diagnostic]) -> list[Diagnostic]:
        """What is left of findings, raised to errors where that is asked for."""
        if not (self.select or self.ignore or self.error):
            return list(found)
        return [self._raised(one) for one in found if self._is_told(one)]

    def _is_told(self, found: Diagnostic) -> bool:
        rule = CODES[found.code]
        if found.code.startswith(self.ignore) and rule.ignorable:
            return False
        is_mistake = rule.severity is Severity.ERROR or found.code.startswith(self.error)
        return not self.select or is_mistake or found.code.startswith(self.select)

    def _raised(self, found: Diagnostic) -> Diagnostic:
        return found._replace(raised=True) if found.code.startswith(self.error) else found


#: Nothing but the rules for all.
NONE = Standards()
