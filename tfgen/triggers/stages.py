"""Stages of APIs: what the kinds share of names, variables, throttling and access logs, and of CORS."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Interpolation, Ref, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Data, Flag, Number, Place, Text, TextMap, Texts
from tfgen.schema.section import Section
from tfgen.triggers.base import Module, Output, Trigger, at

# apigateway.CreateRestApi, apigatewayv2.CreateApi; what their models leave open is from "Amazon API Gateway
# quotas and important notes".
API_NAME = 128
API_DESCRIPTION = b.text(0, 1024)
API_ID = b.text(1, 64, r"^[a-z0-9]+$", "the id of an API, of small letters and digits")
EXECUTION_ARN = b.text(
    1,
    None,
    b.ARN + "execute-api" + b.PLACE + r"[a-z0-9]+$",
    "the execution ARN of an API, arn:aws:execute-api:REGION:ACCOUNT:API",
)
STAGE_NAME = b.text(1, 128, r"^[a-zA-Z0-9_-]+$", "letters, digits, - and _")
STAGE_VARIABLES = b.Bounds(
    type="map(string)",
    maximum=100,
    unit="entries",
    keys=b.text(1, 64, r"^[a-zA-Z0-9_]+$", "letters, digits and _"),
    items=b.text(0, 512, r"^[a-zA-Z0-9._~:/?#&=,-]*$", "letters, digits and -._~:/?#&=,"),
)
# Above 0: the provider takes 0 for a limit that is not given.
BURST_LIMIT = b.number(1, unit="requests")
RATE_LIMIT = b.Bounds(type="number", fraction=True)  # `too_low` looks at it
LOGGING_LEVEL = b.choice("OFF", "ERROR", "INFO")
LOG_FORMAT = b.data(3072, mapping=True)
ORIGIN = b.text(1, 253, r"^(\*|https?://[a-zA-Z0-9.:*-]+)$", "https://HOST or *")
HEADER = b.text(1, 256, r"^(\*|[a-zA-Z0-9!#$%&'^_`|~.+-]+)$", "the name of a header")
HEADERS = b.texts(HEADER, 1, 100)

#: The stage of a REST or WebSocket API, unless the spec names it.
DEFAULT_STAGE = "live"
_REQUEST_ID = ("$context.requestId", "$context.extendedRequestId")


class AccessLog(Section):
    """A log group of the module's own, with a line for each request."""

    retention_in_days: Annotated[Number | None, Place(b.LOG_RETENTION_IN_DAYS)] = Field(
        None, description="How long lines are kept; as long as the function's logs if not given"
    )
    kms_key_id: Annotated[Text | None, Place(b.LOG_GROUP_KMS_KEY_ID)] = Field(
        None, description="ARN of the KMS key that encrypts the log group"
    )
    format: Annotated[Data | None, Place(LOG_FORMAT)] = Field(
        None, description="What a line says, as YAML with $context variables; a useful choice if not given"
    )


def access_log(
    trigger: Trigger, module: Module, section: AccessLog | None, prefix: str, fields: Mapping[str, str]
) -> dict[str, Hcl | None] | None:
    """The log group's arguments and the lines' form, which is `fields` unless the spec says another."""
    if section is None:
        return None
    name = Interpolation((prefix, *parts_of(module.name(trigger.label, API_NAME))))
    return {
        "name": to_hcl(name),
        "retention_in_days": module.hcl(section.retention_in_days) or module.address("log_retention_in_days"),
        "kms_key_id": module.hcl(section.kms_key_id),
        "format": module.json(fields if section.format is None else section.format),
    }


def access_log_findings(section: AccessLog | None) -> Iterator[Diagnostic]:
    """A format that API Gateway refuses, for no line could be told from another."""
    if section is None or section.format is None:
        return
    try:
        written = json.dumps(section.format)
    except TypeError:  # an expression, which may hold anything
        return
    if not any(name in written for name in _REQUEST_ID):
        hint = "add `requestId: $context.requestId`"
        yield at("TFG318", "`format` has no request id", hint, "access_log", "format")


def log_notes(section: AccessLog | None) -> Iterator[str]:
    """What is left to do for an access log's group."""
    if section is not None and section.kms_key_id is not None:
        yield (
            "let CloudWatch Logs (logs.REGION.amazonaws.com) use the access log's key in that key's policy, "
            "or the log group cannot be made"
        )


def role_notes(log: AccessLog | None, settings: Section | None) -> Iterator[str]:
    """What is left to do for the logs of REST and WebSocket APIs. `settings` may have a `logging_level`."""
    if log or getattr(settings, "logging_level", None) not in (None, "OFF"):
        yield (
            "API Gateway writes these logs with the role of aws_api_gateway_account, of which a region has "
            "one: see that it is there"
        )
    yield from log_notes(log)


def stage(module: Module, name: Text | None, variables: TextMap) -> dict[str, Hcl | None] | None:
    """What the stages of all kinds say. None: somebody else makes the stage."""
    if name is None:
        return None
    return {"name": module.hcl(name), "variables": module.hcl(variables) if variables else None}


class RouteSettings(Section):
    """Throttling and metrics of all routes."""

    # Both are needed: the provider sends 0 for a limit that is left out, and 0 refuses every request
    # (terraform-provider-aws, pull request 43307).
    throttling_burst_limit: Annotated[Number, Place(BURST_LIMIT)] = Field(description="Most requests at once")
    throttling_rate_limit: Annotated[Number, Place(RATE_LIMIT)] = Field(
        description="Most requests a second, in the long run"
    )
    detailed_metrics_enabled: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether each route has metrics of its own"
    )


def route_settings(
    trigger: Trigger, module: Module, section: RouteSettings | None
) -> dict[str, Hcl | None] | None:
    """The arguments of `default_route_settings`, those that only WebSocket APIs have included."""
    if section is None:
        return None
    given = trigger.section(module, section) or {}
    return {"logging_level": None, "data_trace_enabled": None, **given}


def too_low(section: Section | None, name: str, key: str) -> Iterator[Diagnostic]:
    """A rate limit that lets nothing through. `name` is the section's key."""
    value = getattr(section, key, None)
    if isinstance(value, int | float) and value <= 0:
        yield at("TFG201", f"`{name}.{key}` is {value}", "it must be above 0", *name.split("."), key)


class Cors(Section):
    """What browsers may do from pages of other origins."""

    allow_headers: Annotated[Texts | None, Place(HEADERS)] = Field(
        None, description="Headers that a request may have"
    )
    allow_credentials: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether requests may carry cookies"
    )
    max_age: Annotated[Number | None, Place(b.number(0, 86400, "seconds"))] = Field(
        None, description="How long a browser remembers the answer"
    )


def credentials_finding(cors: Cors, origins: object, key: str) -> Iterator[Diagnostic]:
    """Credentials for every origin, which browsers and API Gateway refuse."""
    listed = origins if isinstance(origins, tuple) else (origins,)
    if cors.allow_credentials is True and "*" in listed:
        hint = "name the origins, or leave out `allow_credentials`"
        yield at("TFG310", f"`allow_credentials` does not go with `{key}: *`", hint, "cors", key)


def existing_findings(
    trigger: Trigger, keys: Sequence[str], of_the_api: Sequence[str], of_the_stage: Sequence[str]
) -> Iterator[Diagnostic]:
    """What is wrong with an API that is there.

    Half of its `keys`, and keys that are about an API or a stage which this trigger does not make. Without
    `stage_name` somebody else makes the stage.
    """
    given = trigger.model_fields_set
    has = [key for key in keys if key in given]
    missing = [key for key in keys if key not in given]
    if has and missing:
        listed, others = (" and ".join(f"`{key}`" for key in some) for some in (missing, has))
        hint = f"add {listed}; or remove {others}, and the module makes an API"
        yield at("TFG318", f"an API that is there needs {listed} as well", hint, has[0], key=True)
    if not missing:
        what, hint = "an API that the module makes", "remove it, or the keys of the API that is there"
        yield from _only_with(given, of_the_api, what, hint)
    api, arn = getattr(trigger, keys[0]), getattr(trigger, "execution_arn", None)
    if isinstance(api, str) and isinstance(arn, str) and not arn.endswith(f":{api}"):
        hint = "give both of one API: the ARN ends with the API's id"
        yield at("TFG310", f"`execution_arn` is not that of the API `{api}`", hint, "execution_arn")
    if keys[0] in given and "stage_name" not in given:
        what, hint = "a stage, which somebody else makes for this API", "add `stage_name`, or remove it"
        yield from _only_with(given, of_the_stage, what, hint)


def _only_with(given: set[str], keys: Sequence[str], what: str, hint: str) -> Iterator[Diagnostic]:
    for key in keys:
        if key in given:
            yield at("TFG310", f"`{key}` is about {what}", hint, key, key=True)


def api_outputs(label: str, what: str, api: Ref) -> Iterator[Output]:
    """What others need of an API that the module makes. `what` is its kind in words, `api` its address."""
    yield Output(f"{label}_api_id", f"Id of the {what} of {label}", Ref(f"{api}.id"))
    arn = Ref(f"{api}.execution_arn")
    yield Output(f"{label}_api_execution_arn", f"Execution ARN of the {what} of {label}", arn)
