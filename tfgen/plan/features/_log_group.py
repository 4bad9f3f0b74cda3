"""The function's log group, as the sections about logs refer to it."""

from __future__ import annotations

from tfgen.hcl import Hcl, Interpolation, Ref, to_hcl
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.models import Spec

_THIS = "aws_cloudwatch_log_group.this"


def log_group_name(spec: Spec, module: Surroundings) -> Hcl:
    """Its name: the resource's, so that the group is there first, or that of a group made elsewhere."""
    return Ref(f"{_THIS}.name") if spec.log_group.create else to_hcl(module.log_group)


def log_events_arn(spec: Spec) -> Hcl:
    """The ARN of what is in it, by which CloudWatch Logs says on whose behalf it does something."""
    arn = Ref(f"{_THIS}.arn" if spec.log_group.create else "local.log_group_arn")
    return to_hcl(Interpolation((arn, ":*")))
