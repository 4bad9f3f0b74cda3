"""Pydantic's errors → Diagnostics, in tfgen's words and with the nearest name that would have been right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from tfgen.diagnostics import MOST_FINDINGS, DataPath, Diagnostic, Fix, Node, dotted
from tfgen.schema.later import annotation_of, is_named, model_in
from tfgen.schema.places import Place, literal, nearest, show
from tfgen.schema.walk import bounds_of
from tfgen.spec.models import Spec
from tfgen.triggers import KINDS, Trigger
from tfgen.triggers import kind as kind_of

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from tfgen.schema.bounds import Bounds
    from tfgen.source import Document


#: What people write who know the provider's argument, or another section's key, to what it is in a trigger.
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "arn": ("topic_arn", "queue_arn", "stream_arn", "cluster_arn", "broker_arn", "secret_arn"),
    "cron": ("schedule_expression",),
    "destination_config": ("on_failure",),
    "distribution_id": ("distribution_arn",),
    "enabled": ("state",),
    "event_source_arn": ("queue_arn", "stream_arn", "cluster_arn", "broker_arn"),
    "filter_criteria": ("filters",),
    "is_enabled": ("state", "enabled"),
    "lambda_config": ("events",),
    "log_group": ("log_group_name",),
    "pattern": ("event_pattern", "filter_pattern"),
    "rate": ("schedule_expression",),
    "redrive_policy": ("dead_letter_config",),
    "schedule": ("schedule_expression",),
    "schedule_expression_timezone": ("timezone",),
    "secret_id": ("secret_arn",),
    "service": ("principal",),
    "state": ("enabled",),
    "target_arn": ("arn",),
    "time_zone": ("timezone",),
    "user_pool_id": ("user_pool_arn",),
}

#: Those of them that say the very same, if what they say is what the key takes that is meant.
_SAME = frozenset(
    (
        *("arn", "event_source_arn", "is_enabled", "log_group", "pattern", "schedule"),
        *("schedule_expression_timezone", "target_arn", "time_zone"),
    )
)

#: Keys of the function by other names: the provider's, SAM's and those that people say.
_FUNCTION_SYNONYMS: Mapping[str, str] = {
    "memory": "memory_size",
    "reserved_concurrency": "reserved_concurrent_executions",
    "retention_in_days": "log_retention_in_days",
    "role": "execution_role_arn",
    "role_arn": "execution_role_arn",
}


def diagnostics(
    error: ValidationError, document: Document, model: type[BaseModel] = Spec
) -> list[Diagnostic]:
    """The errors of a validation by `model`, all or more than are told, in the order of the file."""
    lines = document.lines()
    errors = error.errors(include_url=False)
    # Pydantic counts only the items that are right, so a list with wrong ones may look too short.
    lists = {details["loc"][:cut] for details in errors for cut in range(len(details["loc"]))}
    found: dict[Diagnostic, None] = {}  # a union gives an error for each of its types; once is enough
    for details in errors:
        if not (details["type"] == "too_short" and details["loc"] in lists):
            found[_diagnostic(details, document, lines, model)] = None
        if len(found) > MOST_FINDINGS:
            break
    return sorted(found, key=lambda diagnostic: document.span(diagnostic.location))


def _diagnostic(
    details: ErrorDetails, document: Document, lines: Sequence[str], top: type[BaseModel]
) -> Diagnostic:
    loc: DataPath = details["loc"]
    kind = details["type"]
    if kind == "extra_forbidden":
        return _unknown_key(loc, document.data, top)
    if kind == "missing":
        parent = dotted(loc[:-1]) or ("the spec" if top is Spec else "the file")
        if loc[0] == "triggers" and loc[2:] == ("type",):
            hint = f"add `type`, one of {', '.join(KINDS)}"
            return Diagnostic("TFG102", f"`type` is missing in `{parent}`", hint, Node(loc[:-1], key=True))
        return Diagnostic(
            "TFG102", f"`{loc[-1]}` is missing in `{parent}`", f"add `{loc[-1]}`", Node(loc[:-1], key=True)
        )
    if kind.startswith("TFG"):
        return _broken_bound(details, loc, document, lines)
    return _wrong_shape(details, loc, document.data, top)


def _broken_bound(
    details: ErrorDetails, loc: DataPath, document: Document, lines: Sequence[str]
) -> Diagnostic:
    context = details["ctx"]
    if loc[-1] == "[key]" and loc not in document.spans:
        # The name is said already.
        said = context["what"].replace(f"is {show(loc[-2])}, which does not", "does not")
        what = f"the name `{loc[-2]}` in `{dotted(loc[:-2])}` {said}"
        where = Node(loc[:-1], key=True)
        return Diagnostic(details["type"], what, context["hint"], where, context.get("fix"))
    if loc == ("name",) and "name" not in document.data:
        hint = f"{context['hint']}; it comes from the file's name, unless the spec has `name:`"
        return Diagnostic(details["type"], f"`name` {context['what']}", hint, Node(loc))
    hint, fix = context["hint"], context.get("fix")
    if quoted := context.get("quoted"):
        # As it stands in the file: 3.10 is the number 3.1, and quoting that would be another text.
        span = document.span(Node(loc))
        text = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        hint, fix = _quoted(quoted, text, hint)
    return Diagnostic(details["type"], f"`{dotted(loc)}` {context['what']}", hint, Node(loc), fix)


def _quoted(bounds: Bounds, text: str, quote_it: str) -> tuple[str, Fix | None]:
    """What to do about a number, true or false where a text should be, and that text if it is certain."""
    try:
        literal(bounds, text)
    except PydanticCustomError as error:
        context: Any = error.context
        return context["hint"], context.get("fix")
    # Who writes True may mean Python's word or YAML's.
    is_certain = text in {"true", "false"} or not text.isalpha()
    return f'{quote_it}: "{text}"', Fix(text) if is_certain else None


def _unknown_key(loc: DataPath, data: Mapping[str, Any], top: type[BaseModel]) -> Diagnostic:
    from tfgen.schema.certain import word  # here, since a spec without mistakes needs none of this

    model = model_at(loc[:-1], data, top)
    allowed = list(model.model_fields) if model else []
    meant = next((name for name in _SYNONYMS.get(str(loc[-1]), ()) if name in allowed), None)
    if model and meant and loc[0] == "triggers":
        summary = f"`{loc[-1]}` is not a key in `{dotted(loc[:-1])}`"
        fix = _renamed(meant, loc, data, model) if loc[-1] in _SAME else None
        return Diagnostic("TFG101", summary, f"it is `{meant}` here", Node(loc, key=True), fix)
    if model and issubclass(model, Trigger):
        others = [name for name in KINDS if loc[-1] in kind_of(name).model_fields]
        if others:
            named = data["triggers"][loc[1]]["type"]
            summary = f"`{loc[-1]}` is not for triggers of type {named}"
            return Diagnostic("TFG316", summary, f"it is for {', '.join(others)}", Node(loc, key=True))
    synonym = _FUNCTION_SYNONYMS.get(str(loc[-1])) if model is Spec else None
    certain = synonym or word(str(loc[-1]), allowed)
    near = certain or nearest(str(loc[-1]), allowed)
    where = f" in `{dotted(loc[:-1])}`" if len(loc) > 1 else ""
    if near:
        hint = f"did you mean `{near}`?"
    elif len(allowed) <= 24:
        hint = f"allowed: {', '.join(allowed)}"
    else:
        hint = "remove it, or look it up in the README's list of keys"
    fix = _renamed(certain, loc, data, model, is_word=not synonym) if certain and model else None
    return Diagnostic("TFG101", f"{show(loc[-1])} is not a key{where}", hint, Node(loc, key=True), fix)


def _renamed(
    name: str, loc: DataPath, data: Any, model: type[BaseModel], *, is_word: bool = False
) -> Fix | None:
    """Another name for a key, if its mapping has none like it and the key takes the value.

    Of a word that is only misspelt, a value of the right kind is enough.
    """
    for part in loc[:-1]:
        data = data[part]
    if name in data:
        return None
    value = data[loc[-1]]
    takes = _takes_kind(model, name, value) if is_word else _takes(bounds_of(model)[name], value)
    return Fix(name) if takes else None


def _takes_kind(model: type[BaseModel], name: str, value: object) -> bool:
    """Whether a key takes a value of that kind: a mapping, a list, a text or a number; or one that is
    certain to be put right."""
    try:
        model.model_validate({name: value})
    except ValidationError as error:
        for details in error.errors():
            # Below a mapping or list, other keys are wrong than this one.
            here = details["loc"][:1] == (name,) and (
                len(details["loc"]) == 1 or not isinstance(value, dict | list)
            )
            context = details.get("ctx", {})
            is_kind = details["type"].startswith("TFG") and details["type"] != "TFG103"
            if here and not (is_kind or context.get("fix") or context.get("quoted")):
                return False
    return True


def _takes(bounds: Bounds, value: object) -> bool:
    """Whether a value may stand at a place, or could if what is certain about it were put right."""
    from pydantic import TypeAdapter

    try:
        TypeAdapter(Annotated[Any, Place(bounds)]).validate_python(value)
    except ValidationError as error:
        return all(details.get("ctx", {}).get("fix") for details in error.errors())
    return True


def _wrong_shape(
    details: ErrorDetails, loc: DataPath, data: Mapping[str, Any], top: type[BaseModel]
) -> Diagnostic:
    kind = details["type"]
    is_default = len(loc) > 3 and loc[0] == "variables" and loc[2] == "default"
    if kind in {"too_short", "too_long"}:
        context: Any = details["ctx"]
        limits = {"too_short": ("at least", "min_length"), "too_long": ("at most", "max_length")}
        word, bound = limits[kind]
        what = f"has {context['actual_length']} entries"
        return Diagnostic(
            "TFG205", f"`{dotted(loc)}` {what}", f"it may have {word} {context[bound]}", Node(loc)
        )
    if loc[:1] == ("triggers",) and len(loc) < 3 and kind.startswith(("model", "tuple", "list")):
        what = "a list" if len(loc) == 1 else "a mapping"
        hint = "write `- type: KIND` and the kind's keys, for example `- {type: sqs, queue_arn: ARN}`"
        return Diagnostic("TFG103", f"`{dotted(loc)}` must be {what}", hint, Node(loc))
    if not is_default and kind.startswith(("model", "dict")):
        model = model_at(loc, data, top)
        keys = f" with the keys {', '.join(list(model.model_fields)[:6])}" if model else ""
        return Diagnostic("TFG103", f"`{dotted(loc)}` must be a mapping", f"write a mapping{keys}", Node(loc))
    if not is_default and kind.startswith(("tuple", "list")):
        return Diagnostic("TFG103", f"`{dotted(loc)}` must be a list", "write a list: `- …`", Node(loc))
    # Left over: VariableDescription.default, a plain union, whose locations go on with a type's name.
    known = loc[:3]
    return Diagnostic(
        "TFG103",
        f"`{dotted(known)}` must be a string, a number, true, false or a list of strings",
        "write one of these",
        Node(known),
    )


def model_at(path: DataPath, data: Mapping[str, Any], top: type[BaseModel] = Spec) -> type[BaseModel] | None:
    """The model of the mapping at `path` below that of the whole, if there is one."""
    annotation: Any = top
    if path[:1] == ("triggers",) and len(path) > 1:
        # Which model reads a trigger is for its `type` to say; without a known one there is none.
        entry = data["triggers"][path[1]]
        named = entry.get("type") if isinstance(entry, dict) else None
        if not isinstance(named, str) or named not in KINDS:
            return None
        annotation, path = kind_of(named), path[2:]
    for part in path:
        model = model_in(annotation)
        if model is None:
            return None
        if is_named(annotation):
            annotation = model  # the part is a free name, even where it is like a key of the model
            continue
        if isinstance(part, int) or part not in model.model_fields:
            continue  # an index into a tuple of models, or a free name within a union
        annotation = annotation_of(model.model_fields[part])
    return model_in(annotation)
