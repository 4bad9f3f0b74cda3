"""The rules between triggers: their names, and what each kind says about its own entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tfgen.diagnostics import Diagnostic, Node
from tfgen.interface import OUTPUTS
from tfgen.spec.models import Spec
from tfgen.triggers.base import SUFFIXES, Trigger, sid_of

#: Labels of what every module has.
_OWN_LABELS = ("assume_role", "current", "execution_role", "this")
#: The top-level keys that the rules look at beside the triggers, as `tfgen.triggers.base.Function` says.
LOOKED_AT = ("function_name", "logging_config", "timeout", "vpc_config")


def check_triggers(spec: Spec) -> Iterator[Diagnostic]:
    """All findings about a spec's triggers."""
    together: dict[object, list[tuple[int, Trigger]]] = {}
    for index, trigger in enumerate(spec.triggers):
        yield from check_entry(index, trigger, spec)
        together.setdefault(trigger.owner(index), []).append((index, trigger))
    for entries in together.values():
        yield from type(entries[0][1]).findings_between(entries)
    yield from _names(spec, together.values())


def check_entry(index: int, trigger: Trigger, spec: Spec) -> Iterator[Diagnostic]:
    """What is wrong between the keys of one entry, whatever the others are."""
    for found in trigger.findings(spec):
        assert isinstance(found.location, Node)
        yield found._replace(location=Node(("triggers", index, *found.location.path), found.location.key))


def _names(spec: Spec, owners: Iterable[Sequence[tuple[int, Trigger]]]) -> Iterator[Diagnostic]:
    """Names label resources and are parts of sids and outputs, so that none may be like another."""
    taken: dict[str, tuple[int, Trigger]] = {}
    for entries in owners:
        index, named = next(((i, entry) for i, entry in entries if entry.name), entries[0])
        for other, entry in entries:
            if entry.name and entry.name != named.name:
                summary = f"`{entry.name}` is a second name for triggers that share their resources"
                yield _at(summary, f"the first one is `{named.name}`; say it once", other)
        yield from _reserved(named, index)
        for first, other_trigger in taken.values():
            yield from _alike(named, index, other_trigger, first)
        taken[named.label] = (index, named)
    ends = tuple(sid_of(label) for label in taken)
    for position, statement in enumerate(spec.policy_statements):
        if isinstance(statement.sid, str) and statement.sid.endswith(ends):
            summary = f"the sid `{statement.sid}` could be that of a trigger's statement"
            where = Node(("policy_statements", position, "sid"))
            yield Diagnostic("TFG306", summary, "choose one with another end", where)


def _reserved(trigger: Trigger, index: int) -> Iterator[Diagnostic]:
    label = trigger.label
    clash = next((name for name in OUTPUTS if name.startswith(f"{label}_")), None)
    if label in _OWN_LABELS:
        hint = "resources of the module's own are; choose another"
        yield _at(f"a trigger cannot be called `{label}`", hint, index)
    elif clash:
        summary = f"a trigger called `{label}` could have the output `{clash}`, which every module has"
        yield _at(summary, "choose another name", index)
    elif label.endswith(SUFFIXES):
        summary = f"the name `{label}` ends as the labels of triggers' further resources do"
        yield _at(summary, "choose another name", index)


def _alike(one: Trigger, index: int, other: Trigger, first: int) -> Iterator[Diagnostic]:
    hint = "give it a `name` of its own"
    if one.label == other.label:
        yield _at(f"trigger {index + 1} is called `{one.label}`, as trigger {first + 1} is", hint, index)
    elif sid_of(one.label) == sid_of(other.label):
        yield _at(f"`{one.label}` is too much like `{other.label}`, of trigger {first + 1}", hint, index)
    elif one.labels_parts and one.type == other.type:
        short, long = sorted((one.label, other.label), key=len)
        if long.startswith(f"{short}_"):
            summary = f"`{one.label}` is too much like `{other.label}`, of trigger {first + 1}"
            yield _at(summary, f"choose another: `{short}` labels the parts of its paths {short}_…", index)


def _at(summary: str, hint: str, index: int) -> Diagnostic:
    return Diagnostic("TFG311", summary, hint, Node(("triggers", index, "name")))
