"""Spec → what its sections add to the module: a file for each section, whose `plan()` decides it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from keyword import iskeyword

from tfgen.plan.model import FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.features import FEATURES
from tfgen.spec.models import Spec


def plan_features(spec: Spec, module: Surroundings) -> Iterator[FeaturePlan]:
    """The plan of each section that the spec has and that adds something, in the module's order."""
    for key in FEATURES:
        if key in spec.model_fields_set:
            # Imported where a spec has it: start-up is most of what a user waits for.
            planner = import_module(f"{__name__}.{key}{'_' if iskeyword(key) else ''}")
            planned: FeaturePlan | None = planner.plan(spec, module)
            if planned is not None:
                yield planned
