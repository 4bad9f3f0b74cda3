"""Provisioned concurrency that follows the load, or a schedule."""

from __future__ import annotations

from tfgen.plan.model import FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.models import Spec


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """What scales it, if anything does."""
    return None
