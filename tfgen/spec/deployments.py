"""Releases by CodeDeploy: how traffic moves from one version to the next."""

from typing import Annotated

from pydantic import Field

from tfgen.schema import bounds as b
from tfgen.schema.places import Number, Place, Text
from tfgen.schema.section import Section

# CodeDeploy's user guide, "Deployment configurations on an AWS Lambda compute platform": each is called
# CodeDeployDefault.Lambda… there, and as here in AWS SAM.
DEPLOYMENT_CONFIG_NAME = b.choice(
    "AllAtOnce",
    "Canary10Percent5Minutes",
    "Canary10Percent10Minutes",
    "Canary10Percent15Minutes",
    "Canary10Percent30Minutes",
    "Linear10PercentEvery1Minute",
    "Linear10PercentEvery2Minutes",
    "Linear10PercentEvery3Minutes",
    "Linear10PercentEvery10Minutes",
)
# codedeploy.CreateDeploymentConfig
TRAFFIC_ROUTING = b.Bounds(choices=("TimeBasedCanary", "TimeBasedLinear"), static=True)
PERCENTAGE = b.number(1, 99, "percent")  # what the CDK holds them to; the API model has no limits
#: Those of the spec's alarms that stop a deployment, if it does not say which do.
STOPPING = ("errors", "error_rate")
LONGEST = 2880  # minutes: the user guide's quota of 48 hours between the first and the last shift
INTERVAL = b.number(1, LONGEST, "minutes")
# codedeploy.CreateDeploymentGroup, AlarmsLimitExceededException
ALARMS = b.Bounds(type="list(string)", maximum=10, items=b.STATIC_TEXT, unit="entries", static=True)
HOOK = b.text(
    1,
    140,
    b.ARN + "lambda" + b.PLACE + r"function:[a-zA-Z0-9_-]+$",
    "the ARN of a function, without a version or alias",
)


class TrafficRoutingConfig(Section):
    """A deployment configuration of the function's own."""

    type: Annotated[str, Place(TRAFFIC_ROUTING)] = Field(
        description="TimeBasedCanary: a share and then the rest; TimeBasedLinear: one share after another"
    )
    percentage: Annotated[Number, Place(PERCENTAGE)] = Field(description="The share of the calls, in percent")
    interval: Annotated[Number, Place(INTERVAL)] = Field(description="Minutes from one shift to the next")


class Deployment(Section):
    """How CodeDeploy moves the alias from one version to the next. Terraform only publishes versions then."""

    deployment_config_name: Annotated[Text | None, Place(DEPLOYMENT_CONFIG_NAME)] = Field(
        None, description="One of CodeDeploy's own configurations, such as Canary10Percent5Minutes"
    )
    traffic_routing_config: TrafficRoutingConfig | None = Field(
        None, description="Another configuration than CodeDeploy's own"
    )
    alarms: Annotated[tuple[str, ...] | None, Place(ALARMS)] = Field(
        None,
        description="Which of the spec's alarms stop a deployment and roll it back; `errors` and "
        "`error_rate`, where the spec has them, if not given",
    )
    before_allow_traffic_hook: Annotated[Text | None, Place(HOOK)] = Field(
        None, description="ARN of a function that checks the new version before it gets any calls"
    )
    after_allow_traffic_hook: Annotated[Text | None, Place(HOOK)] = Field(
        None, description="ARN of a function that checks the new version once it gets all calls"
    )
