"""Whose code the function takes: a code signing configuration, which the function refers to."""

from __future__ import annotations

from tfgen.hcl import Ref
from tfgen.plan.model import FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.models import Spec
from tfgen.triggers.base import Output


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The configuration, if the spec describes one."""
    signing = spec.code_signing
    if signing is None:
        return None
    arn = Ref("aws_lambda_code_signing_config.this.arn")
    return FeaturePlan(
        "code_signing",
        {name: module.hcl(value) for name, value in signing},
        outputs=(Output("code_signing_config_arn", "ARN of the code signing configuration", arn),),
        notes=("have AWS Signer sign the deployment package by one of the profiles before it is deployed",),
    )
