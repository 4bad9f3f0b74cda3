"""Spec → the comments in a module that let its resources off checks of checkov's."""

from __future__ import annotations

from collections.abc import Mapping

from tfgen.hcl import Hcl, comment
from tfgen.spec.models import Spec


def skips(spec: Spec) -> Mapping[str, tuple[Hcl, ...]]:
    """The comments that stand in each resource of a type, by that type; `data.TYPE` for a data source."""
    if not spec.checkov_skip:
        return {}
    from tfgen.checkov import CHECKS  # where a spec asks for it: start-up is most of what a user waits for

    said = {check: comment(f"checkov:skip={check}:{reason}") for check, reason in spec.checkov_skip.items()}
    found = {kind: tuple(said[check] for check in checks if check in said) for kind, checks in CHECKS.items()}
    return {kind: comments for kind, comments in found.items() if comments}
