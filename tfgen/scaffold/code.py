"""The code of a new function: a handler for the events of its triggers, its test, and such events."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tfgen.own_templates import templates_folder
from tfgen.runtimes import Runtime
from tfgen.scaffold import imports
from tfgen.scaffold.imports import Uses
from tfgen.scaffold.kinds import ANSWERS, BATCHES, KINDS, NO_TRIGGER, RECORDS, Kind, event_text, identifiers
from tfgen.scaffold.languages import Language, language
from tfgen.scaffold.wish import Ground, Wish

_PARTS = {*(kind.part for kind in KINDS.values())}


def code(wish: Wish, ground: Ground) -> dict[str, str]:
    """The files of a function, path to text, from its folder."""
    assert wish.runtime is not None
    spoken = language(wish.runtime)
    context = _context(wish, ground, wish.runtime, spoken)
    files = {
        path: _environment().get_template(f"{spoken.folder}/{template}").render(context)
        for path, template in {**spoken.files, "Makefile": "Makefile.j2"}.items()
    }
    return files | {f"events/{kind}.json": event_text(kind) for kind in wish.triggers or (NO_TRIGGER,)}


@cache
def _environment() -> Environment:
    # What is rendered is code, of which nothing is to be escaped: all that comes in are names.
    return Environment(  # noqa: S701
        loader=FileSystemLoader(templates_folder() / "new"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _context(wish: Wish, ground: Ground, runtime: Runtime, spoken: Language) -> dict[str, Any]:
    """All that the templates ask for."""
    kinds = {name: KINDS[name] for name in wish.triggers} or {NO_TRIGGER: Kind("event")}
    parts = list(dict.fromkeys(kind.part for kind in kinds.values()))
    is_sourced = any(kind.sources for kind in kinds.values())
    uses = Uses(frozenset(parts), len(parts) > 1, is_sourced)
    tests = [_test(name, kind.part, spoken) for name, kind in kinds.items()]
    is_arm64 = ground.architecture(runtime) == "arm64"
    return {
        "name": wish.name,
        "function_name": wish.function_name,
        "package_name": wish.function_name.strip("-").lower() or "function",
        "version": ".".join(map(str, runtime.version)),
        "machine": "aarch64" if is_arm64 else "x86_64",
        "go_machine": "arm64" if is_arm64 else "amd64",
        "dotnet_machine": "arm64" if is_arm64 else "x64",
        "has": SimpleNamespace(**{part: part in parts for part in _PARTS}),
        "uses": uses,
        "go_imports": imports.of_go(uses),
        "is_at_in_go": uses.at
        or not ANSWERS.keys().isdisjoint(parts),  # for its test, which is of the package
        "java_imports": imports.of_java(uses),
        "batches": [_batch(part, spoken) for part in parts if part in BATCHES],
        "records": [_records(part, spoken) for part in parts if part in RECORDS],
        "routes": _routes(kinds, spoken) if uses.is_several else [],
        "only": spoken.name_of("on", parts[0]),
        "tests": tests,
        "tests_have": SimpleNamespace(
            **{key: any(test[key] for test in tests) for key in tests[0] if key.startswith("is_")}
        ),
    }


def _routes(kinds: Mapping[str, Kind], spoken: Language) -> list[dict[str, str]]:
    """How an event finds the part that is for it, the surest signs first."""
    tests: dict[str, str] = {}
    for part in dict.fromkeys(kind.part for kind in kinds.values() if kind.sources):
        sources = [source for kind in kinds.values() if kind.part == part for source in kind.sources]
        tests[part] = spoken.is_one_of("source", sources)
    fields = {kind.part: kind.field for kind in kinds.values() if kind.field}
    for part in sorted(fields, key=lambda part: -len(fields[part])):
        tests[part] = spoken.is_there(spoken.event, fields[part])
    return [{"test": test, "function": spoken.name_of("on", part)} for part, test in tests.items()]


def _batch(part: str, spoken: Language) -> dict[str, object]:
    batch = BATCHES[part]
    item = spoken.place("record", batch.item)
    return {
        "function": spoken.name_of("on", part),
        "what": batch.what,
        "id": spoken.place("record", batch.id),
        "item": f"{spoken.name_of('text')}({item})" if batch.encoded else item,
        "is_ordered": batch.ordered,
    }


def _records(part: str, spoken: Language) -> dict[str, str]:
    records = RECORDS[part]
    return {
        "function": spoken.name_of("on", part),
        "what": records.what,
        "all": spoken.place(spoken.event, (records.at,)),
        "item": spoken.place("record", records.item),
    }


def _test(kind: str, part: str, spoken: Language) -> dict[str, object]:
    """What is tested of one kind: what comes of its event, and for a batch what is said if all fails."""
    place, value = ANSWERS.get(part, ((), ""))
    is_batch, is_answer = part in BATCHES, part in ANSWERS
    is_same, is_refused = part == "cognito", part == "secretsmanager"
    return {
        "kind": kind,
        "name": spoken.name_of_test(kind),
        "failing_name": spoken.name_of_test(kind, "that_fails"),
        "failed": spoken.texts(identifiers(kind)) if is_batch else "",
        "place": spoken.place("answer", place),
        "value": json.dumps(value),
        "type": "string" if isinstance(value, str) else "int",
        "is_batch": is_batch,
        "is_answer": is_answer,
        "is_same": is_same,
        "is_refused": is_refused,
        "is_nothing": not (is_batch or is_answer or is_same or is_refused),
        "is_done": not is_refused,
        "is_compared": is_batch or is_same,
        "is_equal": is_batch or is_answer or is_same,
    }
