"""Whole specs with sections and triggers, drawn from inside all limits: pieces of the examples, each with
some of its values drawn anew, put together in one function."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import strategies as st

from tests.limits import judged
from tests.strategies import Data, values
from tests.walking import Leaf, leaves, sections_in, used_variables, with_value
from tfgen.schema.walk import bounds_of
from tfgen.source import load
from tfgen.spec import Spec
from tfgen.spec.features import FEATURES
from tfgen.triggers import kind

SPECS = Path(__file__).parent.parent / "specs"
#: What a value outside of its own limits is told with.
LIMITS = frozenset({"TFG103", "TFG201", "TFG202", "TFG203", "TFG204", "TFG205"})
#: Rules that look at more than one value's limits, and tell with such a code: by the model and key.
RULES_BESIDE: Mapping[str, set[str]] = {
    "Kafka.bootstrap_servers": {"TFG203"},  # the port's number
    "Deployment.alarms": {"TFG204"},  # there must be such an alarm
    "MetricTransformation.value": {"TFG203"},  # a number, or a field
    "SourceIp.values": {"TFG203"},  # a block in its shortest form
    "TrafficRoutingConfig.interval": {"TFG201"},  # all shifts together
}
#: What all sections and triggers can stand in. Callers wait for no more than five seconds.
FUNCTION: Data = {
    "function_name": "orders",
    "runtime": "python3.13",
    "handler": "app.handler",
    "s3_bucket": "deployments",
    "s3_key": "orders.zip",
    "timeout": 5,
    "alias": {"name": "live"},
}
# Pieces that more than FUNCTION is needed for: images, and an alias of their own.
_LEFT_OUT = frozenset({"alias", "ecr_repository"})
_plain = st.text(st.sampled_from("abcxyzABC123 _-./"), max_size=40).map(str.strip)


class Piece(NamedTuple):
    """A section, under its key, or a trigger."""

    key: str
    value: Any

    def in_function(self) -> Data:
        return {**copy.deepcopy(FUNCTION), self.key: self.value}

    def leaves(self) -> list[Leaf]:
        """Its values, with paths from the top of the spec."""
        if self.key == "triggers":
            (entry,) = self.value
            return list(leaves(kind(entry["type"]), entry, ("triggers", 0)))
        if self.key in bounds_of(Spec):
            return []
        found = sections_in(Spec, self.key, self.value)
        return [leaf for model, item, below in found for leaf in leaves(model, item, (self.key, *below))]


@cache
def pieces() -> tuple[Piece, ...]:
    """The sections and triggers of the examples that stand by themselves in the function."""
    found = []
    for path in sorted(SPECS.glob("*.yaml")):
        data = used_variables(dict(load(path).data))
        found += [Piece(key, data[key]) for key in FEATURES if key in data and key not in _LEFT_OUT]
        found += [Piece("triggers", [entry]) for entry in data.get("triggers", ())]
    return tuple(piece for piece in found if judged(piece.in_function()).places == [])


@st.composite
def _varied(draw: st.DrawFn, piece: Piece) -> Piece:
    """A piece with some values drawn anew, where the rules between keys have nothing against it."""
    data = piece.in_function()
    for leaf in piece.leaves():
        if "json" in leaf.bounds.type or draw(st.integers(0, 2)) > 0:
            continue
        changed = with_value(data, leaf.path, draw(values(leaf.bounds, _plain)))
        if judged(changed).places == []:
            data = changed
    return Piece(piece.key, data[piece.key])


def _apart(value: Any, number: int) -> Any:
    """A piece whose input variables are its own: another one's of the same name may be of another type."""
    return json.loads(re.sub(r"(?<!\$)\$\{var\.", f"${{var.of_{number}_", json.dumps(value)))


@st.composite
def drawn_specs(draw: st.DrawFn) -> Data:
    """A valid spec with up to four triggers and any of the sections."""
    data = copy.deepcopy(FUNCTION)
    data["memory_size"] = draw(st.integers(128, 10240))
    data["log_retention_in_days"] = draw(st.sampled_from((0, 1, 14, 3653)))
    triggers = [piece for piece in pieces() if piece.key == "triggers"]
    for number, piece in enumerate(draw(st.lists(st.sampled_from(triggers), max_size=4, unique_by=_source))):
        entry = _apart(draw(_varied(piece)).value[0], number)
        data.setdefault("triggers", []).append({**entry, "name": f"t{number}"})
    for number, key in enumerate(sorted({piece.key for piece in pieces()} - {"triggers"}), 10):
        choices = [piece for piece in pieces() if piece.key == key]
        if draw(st.booleans()):
            data[key] = _apart(draw(_varied(draw(st.sampled_from(choices)))).value, number)
    return data


def _source(piece: Piece) -> str:
    return str(piece.value[0]["type"])
