"""Document → Spec: the models, the bounds table behind them, and the rules between keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from tfgen.diagnostics import DataPath, Diagnostic, Node, Severity, SpecError
from tfgen.schema.walk import bounds_of
from tfgen.spec.checks import check
from tfgen.spec.errors import diagnostics
from tfgen.spec.models import Spec
from tfgen.spec.trigger_checks import LOOKED_AT, check_entry
from tfgen.triggers import KINDS, kind

if TYPE_CHECKING:
    from tfgen.source import Document

__all__ = ["Spec", "collisions", "read_spec"]


def read_spec(document: Document) -> Spec:
    """Hold a document to the models and to the rules between keys.

    A spec without `name` gets its file's name without the ending. Raises SpecError with all mistakes,
    those that the document was read with among them.
    """
    data = {"name": _name(document)} | document.data
    read_with = _findings(document)
    try:
        spec = Spec.model_validate(data)
    except ValidationError as error:
        wrong = diagnostics(error, document)
        # What has no value at all is among the document's own findings.
        found = [diagnostic for diagnostic in wrong if _value_at(data, diagnostic.location) is not None]
        raise SpecError(document, [*read_with, *found, *_check_the_rest(data, wrong)]) from None
    found = check(spec)
    if read_with or any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise SpecError(document, [*read_with, *found])
    return spec


def _findings(document: Document) -> list[Diagnostic]:
    """The document's own, but for nulls written out where data becomes JSON, in which null is a value."""
    if all(found.code != "TFG013" for found in document.findings):
        return list(document.findings)
    allowed = {
        span if key is None else key
        for path, (key, span) in document.spans.items()
        if span[:2] != span[2:] and _becomes_json(document, path)
    }
    return [found for found in document.findings if found.code != "TFG013" or found.location not in allowed]


def _becomes_json(document: Document, path: DataPath) -> bool:
    """Whether a place is within a trigger's key whose data becomes JSON."""
    if len(path) < 4 or path[0] != "triggers":
        return False
    entry = _value_at(document.data, Node(path[:2]))
    name = entry.get("type") if isinstance(entry, dict) else None
    if not isinstance(name, str) or name not in KINDS:
        return False
    bounds = bounds_of(kind(name)).get(str(path[2]))
    return bounds is not None and "json" in bounds.type


def collisions(documents: Iterable[Document]) -> list[SpecError]:
    """What is wrong with specs that would write one folder, at each of them.

    Names are compared as the most forgetful file systems do: without case.
    """
    owners: dict[str, list[Document]] = {}
    for document in documents:
        owners.setdefault(str(_name(document)).casefold(), []).append(document)
    errors = []
    for shared in owners.values():
        for document in shared if len(shared) > 1 else ():
            others = ", ".join(other.path for other in shared if other is not document)
            summary = f"the module `{_name(document)}` is that of {others} as well"
            found = Diagnostic("TFG307", summary, "give each spec another `name:`", Node(("name",)))
            errors.append(SpecError(document, [found]))
    return errors


def _name(document: Document) -> object:
    """What a spec calls its module, right or wrong."""
    return document.data.get("name", PurePath(document.path).stem)


def _value_at(data: Any, location: object) -> Any:
    assert isinstance(location, Node)
    for part in location.path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return location  # the place is not in the data, so nothing is empty there
    return data


def _check_the_rest(data: dict[str, Any], wrong: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Findings of the rules that look at none of the wrong keys, so that one run shows those as well."""
    keys = {location.path[0] for d in wrong if isinstance(location := d.location, Node) and location.path}
    right = {key: value for key, value in data.items() if key not in keys}
    try:
        spec = Spec.model_validate(right)
    except ValidationError:  # a key that is missing at the top, say
        return []
    found = check(spec, unknown=frozenset(map(str, keys)))
    if "triggers" in keys and isinstance(data["triggers"], list) and not keys.intersection(LOOKED_AT):
        found.extend(_check_entries(data["triggers"], spec))
    return found


def _check_entries(entries: list[Any], spec: Spec) -> Iterator[Diagnostic]:
    """What is wrong between the keys of those triggers each key of which is right."""
    for index, entry in enumerate(entries):
        name = entry.get("type") if isinstance(entry, dict) else None
        if isinstance(name, str) and name in KINDS:
            with suppress(ValidationError):
                yield from check_entry(index, kind(name).model_validate(entry), spec)
