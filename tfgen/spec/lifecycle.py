"""Rules about the lifecycle of runtimes: what AWS and the provider take on a given day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from tfgen.diagnostics import Diagnostic
from tfgen.spec.models import Spec


def check(spec: Spec, as_of: date) -> Iterator[Diagnostic]:
    """What is to be said of a function's runtime on a day."""
    yield from ()
