"""Rules about permissions by intent."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.intents import INTENTS, SERVICES
from tfgen.schema.places import Text, show
from tfgen.spec.models import Spec
from tfgen.spec.permissions import Permission
from tfgen.spec.rules import Rules


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = True) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(("permissions", *path), key=key))


def _permissions(spec: Spec) -> Iterator[Diagnostic]:
    taken: set[tuple[str, Text]] = set()
    for index, permission in enumerate(spec.permissions):
        if len(permission.verbs) != 1:
            yield from _verbs(permission, index)
            continue
        (verb,) = permission.verbs
        if found := list(_services(permission, index, verb)):
            yield from found
            continue
        yield from _forms(permission, index, verb)
        for number, about in enumerate(permission.about(verb)):
            if (verb, about) in taken:
                where = _place(permission, verb, number)
                yield _at(
                    "TFG206", f"`{verb}: {about}` is given twice", "remove it", index, *where, key=False
                )
            taken.add((verb, about))


def _place(permission: Permission, verb: str, number: int) -> tuple[str | int, ...]:
    """Where what a verb is about stands, by its number."""
    return (verb, number) if isinstance(getattr(permission, verb), tuple) else (verb,)


def _verbs(permission: Permission, index: int) -> Iterator[Diagnostic]:
    where = f"`permissions[{index}]`"
    if not permission.verbs:
        summary = f"{where} says no verb"
        yield _at("TFG310", summary, f"add one: {', '.join(INTENTS)}", index, key=False)
        return
    for verb in permission.verbs[1:]:
        summary = f"{where} has both `{permission.verbs[0]}` and `{verb}`"
        yield _at("TFG310", summary, "write an entry for each", index, verb)


def _services(permission: Permission, index: int, verb: str) -> Iterator[Diagnostic]:
    allowed = list(INTENTS[verb])
    service = permission.service_of(verb)
    if service is None:
        summary = f"`{verb}` is for several services, and the ARN does not show which it is of"
        yield _at("TFG323", summary, f"add `service`, one of {', '.join(allowed)}", index, verb)
        return
    for number, shown in permission.shown(verb):
        if shown != service:
            other = "`service` is" if permission.service else "the first ARN is of"
            hint = f"write an entry for each service, or correct {'it' if permission.service else 'the ARN'}"
            where = _place(permission, verb, number)
            yield _at(
                "TFG323", f"the ARN is of {shown}, but {other} {service}", hint, index, *where, key=False
            )
    if service in allowed:
        return
    first = next((number for number, _ in permission.shown(verb)), 0)
    place = ("service",) if permission.service else _place(permission, verb, first)
    verbs = [other for other, services in INTENTS.items() if service in services]
    if verbs:
        hint = f"for {service} there is {_listed(verbs)}"
        yield _at("TFG323", f"`{verb}` is not for {service}", hint, index, *place, key=False)
    else:
        hint = f"name its actions in `policy_statements`; `{verb}` is for {_listed(allowed)}"
        yield _at("TFG323", f"there are no permissions of {service}", hint, index, *place, key=False)


def _listed(names: list[str]) -> str:
    return ", ".join(names[:-1]) + (f" and {names[-1]}" if len(names) > 1 else names[-1])


def _forms(permission: Permission, index: int, verb: str) -> Iterator[Diagnostic]:
    """ARNs that the spec's text shows to be none of what the service's verbs are about."""
    service = SERVICES.get(permission.service_of(verb) or "")
    for number, arn in enumerate(permission.about(verb)):
        if service and isinstance(arn, str) and not service.has(arn):
            summary = f"{show(arn)} is not the ARN of {service.thing}"
            hint = f"it must look like arn:aws:{service.example}"
            yield _at("TFG203", summary, hint, index, *_place(permission, verb, number), key=False)
        elif service is None and isinstance(arn, str) and arn.startswith("AWS/"):
            summary = f"`{arn}` starts with `AWS/`, which AWS keeps for itself"
            where = _place(permission, verb, number)
            yield _at("TFG203", summary, "choose another namespace", index, *where, key=False)


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _permissions: ("permissions",),
}
