"""Document → Spec: the models, the bounds table behind them, and the rules between keys."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from pydantic import ValidationError

from tfgen.diagnostics import Severity, SpecError
from tfgen.spec.checks import check
from tfgen.spec.errors import diagnostics
from tfgen.spec.models import Spec

if TYPE_CHECKING:
    from tfgen.source import Document

__all__ = ["Spec", "read_spec"]


def read_spec(document: Document) -> Spec:
    """Hold a document to the models, then to the rules between keys.

    A spec without `name` gets its file's name without the ending. Raises SpecError with all mistakes.
    """
    data = document.data
    if "name" not in data:
        data = {"name": PurePath(document.path).stem} | data
    try:
        spec = Spec.model_validate(data)
    except ValidationError as error:
        raise SpecError(document, diagnostics(error, document)) from None
    found = check(spec)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise SpecError(document, found)
    return spec
