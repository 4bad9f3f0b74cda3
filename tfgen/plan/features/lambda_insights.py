"""CloudWatch Lambda Insights: the layer with its extension, and what that may do. Images have no layers."""

from __future__ import annotations

from tfgen.constraints import validations
from tfgen.hcl import Hcl, Ref, to_hcl
from tfgen.iam_actions import LAMBDA_INSIGHTS
from tfgen.plan.model import Command, FeaturePlan, InputVariable
from tfgen.plan.surroundings import Surroundings
from tfgen.plan.words import function_name
from tfgen.schema.bounds import LAYER_ARN
from tfgen.spec.features import INPUTS
from tfgen.spec.models import Spec
from tfgen.triggers.base import Statement, arn

_LOG_GROUP = "/aws/lambda-insights"
# Lambda developer guide, "Using Lambda Insights with container images".
_IMAGE = "the image has to hold the extension, which its build installs from lambda-insights-extension.rpm"
_VPC = (
    "the extension writes to CloudWatch Logs through the VPC, which needs a way there: a NAT gateway or an "
    "interface endpoint"
)


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The layer, unless it is switched off."""
    if not spec.lambda_insights:
        return None
    in_image = spec.package_type == "Image"
    (layer,) = INPUTS["lambda_insights"]
    variable = InputVariable(
        layer,
        Hcl("string"),
        "ARN of the layer version with the Lambda Insights extension, LambdaInsightsExtension or "
        "LambdaInsightsExtension-Arm64; AWS lists it by region and architecture",
        not_nullable=True,
        validations=validations(layer, LAYER_ARN, nullable=False),
        bounds=LAYER_ARN,
    )
    write = Statement(
        "WriteMetrics",
        "the extension writes its measurements to a log group that all functions share",
        to_hcl(LAMBDA_INSIGHTS),
        to_hcl([arn(module, "logs", (f"log-group:{_LOG_GROUP}:*",))]),
    )
    pattern = f'{{ $.function_name = "{function_name(spec)}" }}'
    return FeaturePlan(
        "lambda_insights",
        statements=(write,),
        inputs=() if in_image else (variable,),
        layers=() if in_image else (Ref(f"var.{layer}"),),
        notes=(*((_IMAGE,) if in_image else ()), *((_VPC,) if spec.vpc_config else ())),
        commands=(
            Command(
                "What Lambda Insights measured, call by call",
                f"aws logs tail {_LOG_GROUP} --follow --filter-pattern '{pattern}'",
            ),
        ),
    )
