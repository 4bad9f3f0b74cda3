"""Permissions by intent: a statement of the role for each, by the table of intents."""

from __future__ import annotations

import re
from collections import Counter

from tfgen.hcl import Hcl, Interpolation, Value, parts_of, to_hcl
from tfgen.intents import INTENTS, METRICS, SERVICES, Intent
from tfgen.plan.model import FeaturePlan, Target
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import text
from tfgen.schema.places import Text
from tfgen.spec.models import Spec
from tfgen.triggers.base import Condition, Statement


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """What the spec's permissions let the function do."""
    if not spec.permissions:
        return None
    entries: list[tuple[str, str, tuple[Text, ...]]] = []
    for permission in spec.permissions:
        (verb,) = permission.verbs
        service = permission.service_of(verb)
        assert service is not None  # as a rule has seen to
        entries.append((verb, service, permission.about(verb)))
    alike = Counter(entry[:2] for entry in entries)
    seen: Counter[tuple[str, str]] = Counter()
    statements = []
    for verb, service, about in entries:
        seen[verb, service] += 1
        sid = "".join(word.capitalize() for word in re.split("[_-]", f"{verb}-{service}"))
        sid += f"No{seen[verb, service]}" if seen[verb, service] > 1 else ""
        which = f" ({', '.join(map(text, about))})" if alike[verb, service] > 1 else ""
        statements.append(_statement(sid, INTENTS[verb][service], about, which, module))
    return FeaturePlan("permissions", statements=tuple(statements), targets=_targets(entries))


def _statement(
    sid: str, intent: Intent, about: tuple[Text, ...], which: str, module: Surroundings
) -> Statement:
    """One entry's statement. `which` tells it from others of its verb and service."""
    named = [module.value(one) for one in about]
    by_arn = to_hcl([_on(arn, end) for arn in named for end in intent.on])
    return Statement(
        sid,
        f"{intent.allows}{which}",
        to_hcl(intent.actions),
        to_hcl(["*"]) if intent.condition else by_arn,
        (Condition("StringEquals", intent.condition, named),) if intent.condition else (),
    )


def _on(arn: Value, end: str) -> Value:
    """An ARN with something at its end, as text as far as the spec's is."""
    if not end:
        return arn
    if isinstance(arn, str) and not isinstance(arn, Hcl):
        return f"{arn}{end}"
    return Interpolation((*parts_of(arn), end))


def _targets(entries: list[tuple[str, str, tuple[Text, ...]]]) -> tuple[Target, ...]:
    """What the function reaches, each once with all that it does there."""
    verbs: dict[str, list[str]] = {}
    for verb, service, about in entries:
        noun = "CloudWatch metrics" if service == METRICS else SERVICES[service].noun
        for one in about:
            verbs.setdefault(f"{noun} {text(one)}", []).append(verb.replace("_", " "))
    return tuple(Target(label, ", ".join(done)) for label, done in verbs.items())
