"""Advice on a spec that is right: what its author may not have thought of. It blocks nothing."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic
from tfgen.spec.models import Spec


def advise(spec: Spec) -> Iterator[Diagnostic]:
    """All advice on a spec."""
    yield from ()
