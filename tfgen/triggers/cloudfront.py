"""CloudFront: a distribution in front of the function's URL. The permissions alone, since the distribution
and its origin access control are their owner's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, Self

from pydantic import Field

from tfgen.hcl import to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Place, Text
from tfgen.triggers.base import Module, Trigger, TriggerPlan, text

# cloudfront.GetDistribution; the ARN as the service's authorisation reference has it.
DISTRIBUTION_ARN = b.text(
    1,
    None,
    b.ARN + r"cloudfront::[0-9]{12}:distribution/[A-Z0-9]+$",
    "the ARN of a CloudFront distribution",
)


class CloudFront(Trigger):
    """Requests by way of a CloudFront distribution."""

    type: Literal["cloudfront"] = Field(description="Kind of the trigger")
    distribution_arn: Annotated[Text, Place(DISTRIBUTION_ARN)] = Field(
        description="ARN of the distribution whose origin is the function's URL. Lambda@Edge, where the "
        "distribution runs the function itself, is left out: such functions have no environment, no VPC and "
        "one region"
    )

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        distribution = to_hcl(module.value(self.distribution_arn))
        return TriggerPlan(
            self.type,
            self.label,
            f"CloudFront distribution {text(self.distribution_arn)}",
            {},
            permissions=(
                self.permission(
                    module,
                    "CloudFront may call the function's URL for this distribution alone.",
                    "cloudfront.amazonaws.com",
                    label=f"{self.label}_function_url",
                    action=to_hcl("lambda:InvokeFunctionUrl"),
                    source_arn=distribution,
                    function_url_auth_type=to_hcl("AWS_IAM"),
                ),
                self.permission(
                    module,
                    "A URL made since October 2025 asks for the right to invoke the function as well. That "
                    "it is for calls by the URL alone, this provider cannot say.",
                    "cloudfront.amazonaws.com",
                    source_arn=distribution,
                ),
            ),
            notes=(
                f"make {self._url(module)} the distribution's origin, with an origin access control of type "
                "lambda that always signs",
            ),
        )

    def _url(self, module: Module) -> str:
        """The origin: what the module gives out, or a URL that is made elsewhere."""
        if module.has_url and (self.qualifier is None or module.is_own_alias(self.qualifier)):
            return "the host in the output function_url_domain_name"
        alias = f" of {text(self.qualifier)}" if self.qualifier is not None else ""
        return f"the function's URL{alias}, of authorization type AWS_IAM,"
