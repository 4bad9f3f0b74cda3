"""The rules between triggers: their names, and what each kind says about its own entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tfgen.diagnostics import Diagnostic, Node
from tfgen.interface import OUTPUTS
from tfgen.spec.features import FEATURES
from tfgen.spec.models import Spec
from tfgen.triggers.base import SUFFIXES, Trigger, sid_of

#: Labels of what every module has.
_OWN_LABELS = ("alias", "assume_role", "current", "execution_role", "this")
#: Sections that have further resources of kinds that triggers have, labelled and named by the section's key
#: and what they are for.
_WITH_PARTS = ("deployment", "function_url", "subscription_filters", "versions")


#: The top-level keys that rules about one trigger look at, as `tfgen.triggers.base.Function` says.
LOOKED_AT = frozenset({"execution_role_arn", "function_name", "logging_config", "timeout"})


def check_triggers(spec: Spec) -> Iterator[Diagnostic]:
    """What each trigger says about itself, in its function."""
    return check_each(list(enumerate(spec.triggers)), spec)


def check_between(spec: Spec) -> Iterator[Diagnostic]:
    """What is wrong between triggers."""
    return check_entries(list(enumerate(spec.triggers)), spec)


def check_each(triggers: Sequence[tuple[int, Trigger]], spec: Spec) -> Iterator[Diagnostic]:
    """What each trigger says about itself, where `spec` need not have them itself."""
    for index, trigger in triggers:
        for found in trigger.findings(spec):
            assert isinstance(found.location, Node)
            path = ("triggers", index, *found.location.path)
            yield found._replace(location=Node(path, found.location.key))
        yield from _role_keys(trigger, index, spec)
        yield from _timeout(trigger, index, spec)


def check_entries(given: Sequence[tuple[int, Trigger]], spec: Spec) -> Iterator[Diagnostic]:
    """What is wrong between triggers, each with its index, where `spec` need not have them itself."""
    together: dict[object, list[tuple[int, Trigger]]] = {}
    alias = spec.alias.name if spec.alias else None
    triggers = [(index, trigger.by_alias(alias)) for index, trigger in given]
    for index, trigger in triggers:
        together.setdefault(trigger.owner(index), []).append((index, trigger))
    for entries in together.values():
        yield from type(entries[0][1]).findings_between(entries)
    yield from _sources(triggers)
    yield from _names(spec, together.values())


def _role_keys(trigger: Trigger, index: int, spec: Spec) -> Iterator[Diagnostic]:
    """Keys that only add to what the role is allowed, where the role is not the module's."""
    if spec.execution_role_arn is None:
        return
    for key in trigger.role_keys:
        if key in trigger.model_fields_set:
            summary = f"`{key}` is about a role of the module's own, but `execution_role_arn` gives another"
            hint = "remove it, and allow that role to use the key"
            yield Diagnostic("TFG303", summary, hint, Node(("triggers", index, key), key=True))


def _timeout(trigger: Trigger, index: int, spec: Spec) -> Iterator[Diagnostic]:
    """A function that may work on while whoever asked has got an error."""
    waits, again, timeout = trigger.waits, trigger.repeats_after, spec.timeout
    if again is not None and isinstance(timeout, int) and timeout > again:
        summary = (
            f"the timeout is {timeout} seconds, and `triggers[{index}]` may send a batch again after {again}"
        )
        hint = f"set `timeout` to {again} or less, or messages come again while they are worked on"
        yield Diagnostic("TFG320", summary, hint, Node(("timeout",)))
    # No timeout is shorter than a second.
    if waits is None or not isinstance(timeout, int) or timeout <= max(waits, 1):
        return
    summary = f"the timeout is {timeout} seconds, and `triggers[{index}]` waits {waits:g} for the answer"
    hint = f"set `timeout` to {max(int(waits), 1)} or less, and let what takes longer come by a queue"
    is_given = "timeout" in spec.model_fields_set
    path = ("timeout",) if is_given else ("triggers", index, "timeout_milliseconds")
    yield Diagnostic("TFG320", summary, hint, Node(path))


def _sources(triggers: Sequence[tuple[int, Trigger]]) -> Iterator[Diagnostic]:
    """Triggers that AWS would take for one: a source can have one function once."""
    taken: dict[object, int] = {}
    for index, trigger in triggers:
        if trigger.source is None:
            continue
        first = taken.setdefault((trigger.type, trigger.qualifier, trigger.source), index)
        if first != index:
            summary = f"trigger {index + 1} has the source of trigger {first + 1}"
            hint = "AWS has one of its kind for one source: merge the two"
            yield Diagnostic("TFG321", summary, hint, Node(("triggers", index)))


def _names(spec: Spec, owners: Iterable[Sequence[tuple[int, Trigger]]]) -> Iterator[Diagnostic]:
    """Names label resources and are parts of sids and outputs, so that none may be like another."""
    taken: dict[str, dict[str, tuple[int, Trigger]]] = {}  # by what sids make of labels, then by label
    for entries in owners:
        index, named = next(((i, entry) for i, entry in entries if entry.name), entries[0])
        for other, entry in entries:
            if entry.name and entry.name != named.name:
                summary = f"`{entry.name}` is a second name for triggers that share their resources"
                yield _at(summary, f"the first one is `{named.name}`; say it once", other)
        yield from _reserved(named, index, spec)
        alike = taken.setdefault(sid_of(named.label), {})
        for first, other_trigger in alike.values():
            yield _alike(named, index, other_trigger, first)
        alike[named.label] = (index, named)
    sections = [key for key in FEATURES if key in spec.model_fields_set]
    ends = (*taken, *map(sid_of, sections))
    for position, statement in enumerate(spec.policy_statements):
        if isinstance(statement.sid, str) and statement.sid.endswith(ends):
            summary = f"the sid `{statement.sid}` could be that of a trigger's or section's statement"
            where = Node(("policy_statements", position, "sid"))
            yield Diagnostic("TFG306", summary, "choose one with another end", where)


def _reserved(trigger: Trigger, index: int, spec: Spec) -> Iterator[Diagnostic]:
    label = trigger.label
    given = [key for key in FEATURES if key in spec.model_fields_set]
    part_of = next((key for key in _WITH_PARTS if key in given and label.startswith(f"{key}_")), None)
    clash = next((name for name in OUTPUTS if name.startswith(f"{label}_")), None)
    if label in _OWN_LABELS:
        hint = "resources of the module's own are; choose another"
        yield _at(f"a trigger cannot be called `{label}`", hint, index)
    elif label in given:
        yield _at(
            f"a trigger cannot be called `{label}`", "the section of that name is; choose another", index
        )
    elif part_of:
        summary = f"the name `{label}` starts as those of the resources of `{part_of}` do"
        yield _at(summary, "choose another name", index)
    elif clash:
        summary = f"a trigger called `{label}` could have the output `{clash}`, which every module has"
        yield _at(summary, "choose another name", index)
    elif label.endswith(SUFFIXES):
        summary = f"the name `{label}` ends as the labels of triggers' further resources do"
        yield _at(summary, "choose another name", index)


def _alike(one: Trigger, index: int, other: Trigger, first: int) -> Diagnostic:
    hint = "give it a `name` of its own"
    if one.label == other.label:
        return _at(f"trigger {index + 1} is called `{one.label}`, as trigger {first + 1} is", hint, index)
    return _at(f"`{one.label}` is too much like `{other.label}`, of trigger {first + 1}", hint, index)


def _at(summary: str, hint: str, index: int) -> Diagnostic:
    return Diagnostic("TFG311", summary, hint, Node(("triggers", index, "name")))
