"""Layers that the module makes."""

from __future__ import annotations

from tfgen.plan.model import FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.models import Spec


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The layers that the spec describes, if any."""
    return None
