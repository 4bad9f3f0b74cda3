"""REST APIs: the sections of their spec, with the bounds of their keys."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text, Texts, show
from tfgen.schema.section import Section
from tfgen.triggers import authorizers
from tfgen.triggers.base import at
from tfgen.triggers.routes import Route
from tfgen.triggers.stages import BURST_LIMIT, LOGGING_LEVEL, ORIGIN, RATE_LIMIT, Cors, too_low

# apigateway.CreateRestApi, PutIntegration, CreateUsagePlan and "Amazon API Gateway quotas"
AUTHORIZATION = b.Bounds(choices=("NONE", "AWS_IAM", "COGNITO_USER_POOLS", "CUSTOM"), static=True)
ENDPOINT_TYPES = b.texts(b.Bounds(choices=("REGIONAL", "EDGE", "PRIVATE"), static=True), 1, 1)
VPC_ENDPOINT_IDS = b.texts(b.text(1, 64, r"^vpce-[a-z0-9]+$", "the id of a VPC endpoint"), 1, 5)
COMPRESSION_SIZE = b.number(0, 10485760, "bytes")
BINARY_MEDIA_TYPES = b.texts(
    b.text(3, 128, r"^[^/ \n]+/[^/ \n]+$", "a media type such as image/png or */*"), 1
)
# Above 29 seconds only with a quota that was raised; provider 5.100 accepts up to five minutes.
TIMEOUT = b.number(50, 300000, "milliseconds")
QUOTA = b.number(1, 2147483647, "requests")
QUOTA_OFFSET = b.number(0, 27, "requests")
# What the provider takes (aws_api_gateway_usage_plan).
_MOST_OFFSET = {"DAY": 0, "WEEK": 6, "MONTH": 27}
PERIOD = b.choice(*_MOST_OFFSET)
API_KEYS = b.Bounds(
    type="list(string)",
    minimum=1,
    maximum=50,
    unit="entries",
    static=True,
    # Part of a name that has 128 characters, 98 of which the function and the trigger may take.
    items=b.Bounds(
        minimum=1,
        maximum=30,
        unit="characters",
        pattern=r"^[a-zA-Z0-9_-]+$",
        form="letters, digits, - and _",
        static=True,
    ),
)


class RestRoute(Route):
    """A route that differs from what the trigger says for all."""

    authorization: Annotated[str | None, Place(AUTHORIZATION)] = Field(
        None, description="Who may call this route"
    )
    authorization_scopes: Annotated[Texts | None, Place(authorizers.SCOPES)] = Field(
        None, description="Scopes that a token for this route must have"
    )
    api_key_required: Annotated[bool | None, Place(b.STATIC_FLAG)] = Field(
        None, description="Whether this route asks for an API key"
    )


class EndpointConfiguration(Section):
    """Where the API can be reached."""

    types: Annotated[Texts, Place(ENDPOINT_TYPES)] = Field(
        ("REGIONAL",), description="REGIONAL (the default), EDGE or PRIVATE"
    )
    vpc_endpoint_ids: Annotated[Texts | None, Place(VPC_ENDPOINT_IDS)] = Field(
        None, description="VPC endpoints that a PRIVATE API lets in"
    )


class RestCors(Cors):
    """What browsers may do from pages of another origin."""

    allow_origin: Annotated[Text, Place(ORIGIN)] = Field(description="That origin, or * for all")


class MethodSettings(Section):
    """Throttling, metrics and logs of all methods."""

    throttling_burst_limit: Annotated[Number | None, Place(BURST_LIMIT)] = Field(
        None, description="Most requests at once"
    )
    throttling_rate_limit: Annotated[Number | None, Place(RATE_LIMIT)] = Field(
        None, description="Most requests a second, in the long run"
    )
    metrics_enabled: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether each method has metrics of its own"
    )
    logging_level: Annotated[Text | None, Place(LOGGING_LEVEL)] = Field(
        None, description="What API Gateway logs of its own work"
    )
    data_trace_enabled: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether whole requests and responses are logged"
    )


class QuotaSettings(Section):
    """How many requests a key is good for."""

    limit: Annotated[Number, Place(QUOTA)] = Field(description="Most requests in a period")
    period: Annotated[Text, Place(PERIOD)] = Field(description="DAY, WEEK or MONTH")
    offset: Annotated[Number | None, Place(QUOTA_OFFSET)] = Field(
        None,
        description="Requests that are taken off in the first period: up to 6 of a WEEK, up to 27 of a MONTH",
    )


class ThrottleSettings(Section):
    """How fast a key's requests may come."""

    burst_limit: Annotated[Number | None, Place(BURST_LIMIT)] = Field(
        None, description="Most requests at once"
    )
    rate_limit: Annotated[Number | None, Place(RATE_LIMIT)] = Field(
        None, description="Most requests a second, in the long run"
    )


class UsagePlan(Section):
    """API keys, and what they are good for."""

    api_keys: Annotated[tuple[str, ...], Place(API_KEYS)] = Field(description="Names of the keys to make")
    quota_settings: QuotaSettings | None = Field(None, description="How many requests a key is good for")
    throttle_settings: ThrottleSettings | None = Field(None, description="How fast a key's requests may come")


def usage_plan_findings(plan: UsagePlan | None) -> Iterator[Diagnostic]:
    """What is wrong between the keys of a usage plan."""
    if plan is None:
        return
    for index, name in enumerate(plan.api_keys):
        if name in plan.api_keys[:index]:
            yield at("TFG206", f"{show(name)} is given twice", "remove it", "usage_plan", "api_keys", index)
    yield from too_low(plan.throttle_settings, "usage_plan.throttle_settings", "rate_limit")
    quota = plan.quota_settings
    if quota is None or not isinstance(quota.offset, int) or not isinstance(quota.period, str):
        return
    most = _MOST_OFFSET[quota.period]
    if quota.offset > most:
        hint = (
            f"with that period it may be 0 to {most}" if most else "leave it out: a quota of a day has none"
        )
        where = ("usage_plan", "quota_settings", "offset")
        yield at("TFG201", f"`offset` is {quota.offset} with `period: {quota.period}`", hint, *where)
