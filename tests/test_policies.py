"""The actions that need all resources: the table against the Service Authorization Reference."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tfgen.spec.rules.policies import WITHOUT_RESOURCES

cfnlint = pytest.importorskip("cfnlint")
REFERENCE: dict[str, Any] = json.loads(
    Path(cfnlint.__file__).with_name("data").joinpath("AdditionalSpecs", "Policies.json").read_bytes()
)
#: Those in the table that IAM knows resources for, which few functions name.
NARROWER = {
    "ce": {"get*"},
    "cloudwatch": {"getmetricdata", "listmetrics", "putmetricdata"},
    "comprehend": {"detect*"},
    "ec2": {
        *("assignprivateipaddresses", "createnetworkinterface", "deletenetworkinterface", "describe*"),
        "unassignprivateipaddresses",
    },
    "polly": {"synthesizespeech"},
    "rekognition": {"detectmoderationlabels"},
    "translate": {"translatedocument", "translatetext"},
}


@pytest.mark.parametrize("service", WITHOUT_RESOURCES)
def test_actions_that_need_all_resources_know_no_others(service: str) -> None:
    actions = REFERENCE[service]["Actions"]
    for name in WITHOUT_RESOURCES[service].split():
        meant = [known for known in actions if known == name or known.startswith(name.removesuffix("*"))]
        if not name.endswith("*"):
            meant = [known for known in meant if known == name]
        assert meant, f"{service} has no action {name}"
        narrower = [known for known in meant if actions[known].get("Resources")]
        assert not narrower or name in NARROWER.get(service, ()), f"{service}: {narrower}"
