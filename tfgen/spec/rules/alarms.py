"""Rules about alarms."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from tfgen.diagnostics import Diagnostic
from tfgen.spec.models import Spec

#: Each rule with the top-level keys that it looks at.
RULES: Mapping[Callable[[Spec], Iterator[Diagnostic]], tuple[str, ...]] = {}
