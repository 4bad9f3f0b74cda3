"""The table of intents, held to what IAM knows and to the spec's keys."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import yaml

from tests.strategies import modules, reported
from tfgen.intents import INTENTS, METRICS, SERVICES, Intent
from tfgen.spec.permissions import Permission

ENTRIES = [(verb, service) for verb, services in INTENTS.items() for service in services]
every_intent = pytest.mark.parametrize(("verb", "service"), ENTRIES)

SPEC = {"function_name": "orders", "runtime": "python3.13", "handler": "app.handler", "filename": "app.zip"}
_WORDS = {
    "REGION": "eu-central-1",
    "ACCOUNT": "123456789012",
    "API": "a1b2c3",
    "ID": "a1b2c3",
    "NAME": "orders",
}


def arn_of(service: str) -> str:
    """An ARN that is like a service's example."""
    example = re.sub("[A-Z]{2,}", lambda word: _WORDS.get(word[0], word[0]), SERVICES[service].example)
    return f"arn:aws:{example}"


ARNS = {service: arn_of(service) for service in SERVICES}


@cache
def iam() -> dict[str, Any]:
    """Services, actions and the resources that each action knows: AWS's own reference, as cfn-lint has it."""
    folder = files("cfnlint.data.AdditionalSpecs")
    policies: dict[str, Any] = json.loads((folder / "Policies.json").read_text(encoding="utf-8"))
    return policies


def actions_of(intent: Intent) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for action in intent.actions:
        service, _, name = action.partition(":")
        yield service, name, iam()[service]["Actions"][name.lower()]


# The table -------------------------------------------------------------------------------------------


def test_a_permission_has_a_key_for_each_verb_and_a_choice_for_each_service() -> None:
    assert list(Permission.model_fields) == [*INTENTS, "service"]
    services = {service for _, service in ENTRIES}
    assert services == {*SERVICES, METRICS}


@every_intent
def test_what_a_verb_allows_is_said_in_words(verb: str, service: str) -> None:
    allows = INTENTS[verb][service].allows
    assert re.fullmatch(r"[a-z][^.]{8,90}", allows)


@every_intent
def test_every_action_is_one_that_iam_knows(verb: str, service: str) -> None:
    intent = INTENTS[verb][service]
    assert list(intent.actions) == sorted(set(intent.actions))
    for prefix, name, _ in actions_of(intent):  # which fails for an action that there is not
        assert re.fullmatch("[a-zA-Z]+", name)
        assert prefix == {"iam": "sts"}.get(service, service)


@every_intent
def test_every_action_is_allowed_on_resources_that_it_knows(verb: str, service: str) -> None:
    """And `*` only where there are none that could be named."""
    intent = INTENTS[verb][service]
    if intent.condition:
        assert intent.on == ()
        assert service == METRICS  # whose one resource is no metric
        return
    assert intent.on
    resources = [f"{ARNS[service]}{end}" for end in intent.on]
    for prefix, name, action in actions_of(intent):
        known = [kind.lower() for kind in action["Resources"]]
        formats = [form for kind in known for form in iam()[prefix]["Resources"][kind]["ARNFormats"]]
        patterns = [
            re.sub(r"\\?\$\\?\{[^}]*\\?\}", "[^:]*", re.escape(form)).replace(r"\.\*", ".*")
            for form in formats
        ]
        assert any(re.fullmatch(pattern, arn) for pattern in patterns for arn in resources), name


@pytest.mark.parametrize("service", SERVICES)
def test_an_example_is_an_arn_of_its_service(service: str) -> None:
    assert SERVICES[service].has(ARNS[service])
    assert [name for name, other in SERVICES.items() if other.has(ARNS[service])] == [service]
    for wrong in (f"{ARNS[service]} ", ARNS[service].replace("arn:aws", "arn"), "*"):
        assert not SERVICES[service].has(wrong)


# The spec --------------------------------------------------------------------------------------------


def spec(*permissions: dict[str, Any]) -> str:
    return yaml.safe_dump({**SPEC, "permissions": list(permissions)})


@every_intent
def test_a_service_is_told_by_its_arn_or_by_name(verb: str, service: str) -> None:
    about = "Shop/Orders" if service == METRICS else ARNS[service]
    by_arn = modules(spec({verb: about}))["iam.tf"]
    assert modules(spec({verb: about, "service": service}))["iam.tf"] == by_arn
    assert modules(spec({verb: [about]}))["iam.tf"] == by_arn
    for action in INTENTS[verb][service].actions:
        assert f'"{action}"' in by_arn


@every_intent
def test_an_expression_alone_needs_the_service_unless_there_is_but_one(verb: str, service: str) -> None:
    alone = spec({verb: "${var.about}"})
    if len(INTENTS[verb]) == 1:
        assert reported(alone) == []
    else:
        assert [code for code, _, _ in reported(alone)] == ["TFG323"]
    files = modules(spec({verb: "${var.about}", "service": service}))
    assert 'variable "about" {\n  type        = string\n' in files["variables.tf"]


@pytest.mark.parametrize("verb", INTENTS)
def test_a_verb_is_refused_for_the_services_that_it_is_not_for(verb: str) -> None:
    for service in {*SERVICES, METRICS} - INTENTS[verb].keys():
        text = spec({verb: "Shop/Orders" if verb == "put_metrics" else "${var.about}", "service": service})
        assert [code for code, _, _ in reported(text)] == ["TFG323"], service


def test_statements_of_one_kind_are_told_apart() -> None:
    table = ARNS["dynamodb"]
    text = modules(spec({"read": table}, {"read": f"{table}s"}, {"read": ARNS["s3"]}))["iam.tf"]
    sids = re.findall(r'sid += "(\w+ForPermissions)"', text)
    assert sids == ["ReadDynamodbForPermissions", "ReadDynamodbNo2ForPermissions", "ReadS3ForPermissions"]
    comments = " ".join(re.findall(r"^ *# (.*)", text, re.MULTILINE))
    assert f"permissions: read items of the table and of its indexes ({table})." in comments
    assert "permissions: list the bucket's objects and get them." in comments
