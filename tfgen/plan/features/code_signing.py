"""Whose code the function takes: a code signing configuration, which the function refers to."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.hcl import Ref
from tfgen.plan.model import FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.access import CodeSigning
from tfgen.spec.models import Spec
from tfgen.spec.secrets import has_extension
from tfgen.triggers.base import Output
from tfgen.triggers.checks import Check, checks


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
        notes=tuple(_notes(spec)),
        checks=tuple(_checks(signing, module)),
    )


def _checks(signing: CodeSigning, module: Surroundings) -> Iterator[Check]:
    address = "aws_lambda_code_signing_config.this"
    yield from checks(module, address, signing, "description")
    publishers, policies = (f"one({address}.{block})" for block in ("allowed_publishers", "policies"))
    yield from checks(module, publishers, signing, "signing_profile_version_arns")
    yield from checks(module, policies, signing, "untrusted_artifact_on_deployment")


def _notes(spec: Spec) -> Iterator[str]:
    yield "have AWS Signer sign the deployment package by one of the profiles before it is deployed"
    if spec.layers or spec.lambda_insights or has_extension(spec.secrets) or has_extension(spec.parameters):
        yield (
            "see that each of its layers is signed as well, and that the profile of whoever signed it is "
            "among the profiles: Lambda checks layers as it checks the package"
        )
