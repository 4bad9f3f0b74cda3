"""Document → Spec: the models, the bounds table behind them, and the rules between keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from itertools import islice
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from tfgen import ignores
from tfgen.codes import Severity
from tfgen.diagnostics import MOST_FINDINGS, DataPath, Diagnostic, Node, Span, SpecError, told
from tfgen.schema.walk import bounds_of
from tfgen.spec import lifecycle
from tfgen.spec.advice import advise
from tfgen.spec.checks import check
from tfgen.spec.errors import diagnostics, model_at
from tfgen.spec.models import Spec
from tfgen.spec.standards import NONE, Standards
from tfgen.spec.trigger_checks import LOOKED_AT, check_each, check_entries
from tfgen.triggers import KINDS, Trigger, kind

if TYPE_CHECKING:
    from tfgen.source import Document

__all__ = ["Spec", "Standards", "judge", "read_spec"]


def read_spec(document: Document) -> Spec:
    """The spec that a document holds. Raises SpecError, as `judge` does."""
    return judge(document)[0]


def judge(
    document: Document, as_of: date | None = None, standards: Standards = NONE
) -> tuple[Spec, tuple[Diagnostic, ...]]:
    """Hold a document to the models and to the rules between keys: its spec, and what is to be said about it.

    A spec without `name` gets its file's name without the ending. `as_of` is the day that the lifecycle of
    runtimes is looked at; without one, it is not. `standards` are what it is held to beside. Raises SpecError
    with all mistakes, those that the document was read with among them, and the warnings. Advice
    (`Severity.INFO`) is given on specs without mistakes alone.
    """
    data = {"name": _name(document)} | document.data
    read_with = _findings(document)
    try:
        spec = Spec.model_validate(data)
    except ValidationError as error:
        wrong = diagnostics(error, document)
        found = [*read_with, *_untold(wrong, data, document, read_with)]
        found += _check_the_rest(data, wrong, as_of)
        found = ignores.apply(document, found, complete=False)
        raise SpecError(document, told(_without_advice(standards.sift(found)))) from None
    found = [*read_with, *check(spec), *lifecycle.check(spec, as_of), *advise(spec)]
    found += [one for rule in standards.rules for one in rule(spec)]
    found = told(standards.sift(ignores.apply(document, found, complete=True)))
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        raise SpecError(document, _without_advice(found))
    return spec, tuple(found)


def _without_advice(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    return [one for one in found if one.severity is not Severity.INFO]


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
    if path[:1] != ("triggers",):
        return False
    for length in range(2, len(path) - 1):
        model = model_at(path[:length], document.data)
        bounds = bounds_of(model).get(str(path[length])) if model else None
        if bounds is not None:
            # The data is what stands below; for a list of data, what stands below its items.
            return "json" in bounds.type and len(path) > length + (2 if bounds.type == "list(json)" else 1)
    return False


def _untold(
    wrong: Sequence[Diagnostic], data: dict[str, Any], document: Document, read_with: Sequence[Diagnostic]
) -> Iterator[Diagnostic]:
    """The mistakes that are not what the document's own findings say of their places already."""
    spans = [(found.code, found.location) for found in read_with if isinstance(found.location, Span)]
    # What a tag, an alias or other letters are about may well have another type than it should have.
    starts = {span[:2] for code, span in spans if code != "TFG013"}
    ends = {span[2:] for code, span in spans if code == "TFG013"}
    for diagnostic in wrong:
        where = diagnostic.location
        if document.span(where)[:2] in starts:
            continue
        if _value_at(data, where) is None:
            assert isinstance(where, Node)
            if not ends.isdisjoint(document.span(Node(where.path, key))[2:] for key in (False, True)):
                continue
        yield diagnostic


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


def _check_the_rest(
    data: dict[str, Any], wrong: Sequence[Diagnostic], as_of: date | None
) -> list[Diagnostic]:
    """Findings of the rules that look at none of the wrong keys, so that one run shows those as well."""
    if len(wrong) > MOST_FINDINGS:
        return []
    keys = {location.path[0] for d in wrong if isinstance(location := d.location, Node) and location.path}
    right = {key: value for key, value in data.items() if key not in keys}
    try:
        spec = Spec.model_validate(right)
    except ValidationError:  # a key that is missing at the top, say
        return []
    found = check(spec, unknown=frozenset(map(str, keys)))
    if not keys & lifecycle.LOOKED_AT:
        found.extend(lifecycle.check(spec, as_of))
    if "triggers" in keys and isinstance(data["triggers"], list):
        triggers = list(_right_triggers(data["triggers"]))
        found.extend(islice(check_entries(triggers, spec), MOST_FINDINGS + 1))
        if not keys & LOOKED_AT:
            found.extend(islice(check_each(triggers, spec), MOST_FINDINGS + 1))
    return found


def _right_triggers(entries: list[Any]) -> Iterator[tuple[int, Trigger]]:
    """Those triggers, with their indexes, each key of which is right."""
    for index, entry in enumerate(entries):
        name = entry.get("type") if isinstance(entry, dict) else None
        if isinstance(name, str) and name in KINDS:
            with suppress(ValidationError):
                yield index, kind(name).model_validate(entry)
