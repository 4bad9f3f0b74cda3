"""API Gateway HTTP APIs: one of the module's own, or routes of one that is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Ref, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text, TextMap, Texts
from tfgen.triggers import authorizers, routes
from tfgen.triggers.api_checks import v2_checks
from tfgen.triggers.authorizers import Access, HttpLambdaAuthorizer, JwtAuthorizer, route_access
from tfgen.triggers.base import Function, Module, Output, Trigger, TriggerPlan, at, text, waited
from tfgen.triggers.routes import DEFAULT, Route, RoutePlace, permission, v2_routes
from tfgen.triggers.stages import (
    API_DESCRIPTION,
    API_ID,
    API_NAME,
    EXECUTION_ARN,
    HEADERS,
    ORIGIN,
    STAGE_VARIABLES,
    AccessLog,
    Cors,
    RouteSettings,
    access_log,
    access_log_findings,
    api_outputs,
    credentials_finding,
    existing_findings,
    log_notes,
    route_settings,
    stage,
    too_low,
)

# apigatewayv2.CreateIntegration, CreateStage
AUTHORIZATION_TYPE = b.Bounds(choices=("NONE", "AWS_IAM", "JWT", "CUSTOM"), static=True)
PAYLOAD_FORMAT_VERSION = b.choice("1.0", "2.0")
TIMEOUT = b.number(50, 30000, "milliseconds")
HTTP_STAGE_NAME = b.text(1, 128, r"^([$]default|[a-zA-Z0-9_-]+)$", "$default, or letters, digits, - and _")
CORS_METHODS = b.texts(b.choice("*", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"), 1)

# The developer guide's quota for HTTP APIs, in seconds.
_LONGEST = 30
_EXISTING = ("api_id", "execution_arn")
_OF_THE_API = ("description", "cors", "disable_execute_api_endpoint")
_OF_THE_STAGE = ("stage_variables", "access_log", "default_route_settings")
_ACCESS = Access("authorization_type", {"JWT": "jwt_authorizer", "CUSTOM": "lambda_authorizer"}, scoped="JWT")
_LOG_FIELDS = {
    "requestId": "$context.requestId",
    "ip": "$context.identity.sourceIp",
    "requestTime": "$context.requestTime",
    "httpMethod": "$context.httpMethod",
    "routeKey": "$context.routeKey",
    "path": "$context.path",
    "status": "$context.status",
    "responseLength": "$context.responseLength",
    "responseLatency": "$context.responseLatency",
    "integrationLatency": "$context.integrationLatency",
    "integrationError": "$context.integrationErrorMessage",
    "authorizerError": "$context.authorizer.error",
    "error": "$context.error.message",
}


class HttpRoute(Route):
    """A route that differs from what the trigger says for all."""

    authorization_type: Annotated[str | None, Place(AUTHORIZATION_TYPE)] = Field(
        None, description="Who may call this route"
    )
    authorization_scopes: Annotated[Texts | None, Place(authorizers.SCOPES)] = Field(
        None, description="Scopes that a token for this route must have"
    )


class HttpCors(Cors):
    """What browsers may do from pages of other origins."""

    allow_origins: Annotated[Texts, Place(b.texts(ORIGIN, 1, 100))] = Field(
        description="Those origins, or * for all"
    )
    allow_methods: Annotated[Texts | None, Place(CORS_METHODS)] = Field(
        None, description="Methods that a request may have"
    )
    expose_headers: Annotated[Texts | None, Place(HEADERS)] = Field(
        None, description="Headers of a response that a page may read"
    )


class HttpApi(Trigger):
    """Requests of an HTTP API."""

    type: Literal["http_api"] = Field(description="Kind of the trigger")
    routes: tuple[Annotated[HttpRoute, RoutePlace()], ...] = Field(
        description="Routes such as GET /orders/{id}, or $default for what no other route takes",
        min_length=1,
        max_length=300,
    )
    authorization_type: Annotated[str, Place(AUTHORIZATION_TYPE)] = Field(
        "NONE", description="Who may call the routes: NONE (all), AWS_IAM, JWT or CUSTOM"
    )
    authorization_scopes: Annotated[Texts | None, Place(authorizers.SCOPES)] = Field(
        None, description="Scopes that a token must have, with JWT"
    )
    jwt_authorizer: JwtAuthorizer | None = Field(None, description="Issuer whose tokens JWT asks for")
    lambda_authorizer: HttpLambdaAuthorizer | None = Field(None, description="Function that CUSTOM asks")
    cors: HttpCors | None = Field(None, description="What browsers may do from pages of other origins")
    payload_format_version: Annotated[Text, Place(PAYLOAD_FORMAT_VERSION)] = Field(
        "2.0", description="Form of the function's events: 2.0 (the default), or 1.0 as REST APIs have it"
    )
    timeout_milliseconds: Annotated[Number | None, Place(TIMEOUT)] = Field(
        None, description="How long API Gateway waits for the function; 30 seconds if not given"
    )

    stage_name: Annotated[Text | None, Place(HTTP_STAGE_NAME)] = Field(
        None,
        description="Name of the stage, a part of the URL; $default, which is none, for an API of its own",
    )
    stage_variables: Annotated[TextMap, Place(STAGE_VARIABLES)] = Field(
        {}, description="Variables of the stage, name to value"
    )
    access_log: AccessLog | None = Field(None, description="A line for each request, in a log group")
    default_route_settings: RouteSettings | None = Field(
        None, description="Throttling and metrics of all routes"
    )

    description: Annotated[Text | None, Place(API_DESCRIPTION)] = Field(
        None, description="What the API is for"
    )
    disable_execute_api_endpoint: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether the API can be reached by a domain name of your own only"
    )

    api_id: Annotated[Text | None, Place(API_ID)] = Field(
        None, description="Id of an API that is there; one of the module's own if not given"
    )
    execution_arn: Annotated[Text | None, Place(EXECUTION_ARN)] = Field(
        None, description="Execution ARN of that API"
    )

    @property
    def waits(self) -> float | None:
        return waited(self.timeout_milliseconds, _LONGEST)

    @property
    def _stage(self) -> Text | None:
        """The name of the stage that the module makes; None: the API has its stages."""
        return self.stage_name or (DEFAULT if self.api_id is None else None)

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        existing = self.model_fields_set.issuperset(_EXISTING)
        yield from existing_findings(self, _EXISTING, _OF_THE_API, _OF_THE_STAGE)
        yield from routes.findings(self.routes, rest=False)
        yield from authorizers.findings(self, self.routes, _ACCESS, existing=existing)
        yield from self._answers()
        if self.cors:
            yield from credentials_finding(self.cors, self.cors.allow_origins, "allow_origins")
        yield from access_log_findings(self.access_log)
        yield from too_low(self.default_route_settings, "default_route_settings", "throttling_rate_limit")

    def _answers(self) -> Iterator[Diagnostic]:
        authorizer = self.lambda_authorizer
        if authorizer and authorizer.authorizer_payload_format_version == "1.0":
            key = "enable_simple_responses"
            if getattr(authorizer, key) is True:
                hint = "leave out the version, or this"
                summary = f"`{key}` needs version 2.0 of the payload format"
                yield at("TFG309", summary, hint, "lambda_authorizer", key, key=True)

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        api = f"aws_apigatewayv2_api.{self.label}"
        execution_arn = parts_of(module.value(self.execution_arn) or Ref(f"{api}.execution_arn"))
        found = authorizers.authorizers(self, module, "aws_apigatewayv2_authorizer", execution_arn, _ACCESS)
        keys = [routes.key(route) for route in self.routes]
        access = [route_access(self, route, module, _ACCESS, found.ids) for route in self.routes]
        arguments: dict[str, Any] = {
            "api": None if self.api_id is not None else self._api(module),
            "api_id": module.hcl(self.api_id) or Ref(f"{api}.id"),
            "cors": self.section(module, self.cors),
            "uri": module.invoke_arn(self.qualifier),
            **self.arguments(module, "payload_format_version", "timeout_milliseconds"),
            "authorizers": found.made,
            **v2_routes(self.routes, access),
            "stage": stage(module, self._stage, self.stage_variables),
            "settings": route_settings(self, module, self.default_route_settings),
            # In a log group whose name starts so, for others are listed in one policy of the account, which
            # has no room for many (CloudWatch Logs, "Enable logging from AWS services").
            "access_log": access_log(
                self, module, self.access_log, "/aws/vendedlogs/apigateway/", _LOG_FIELDS
            ),
        }
        return TriggerPlan(
            self.type,
            self.label,
            f"HTTP API {text(self.api_id) or self.label}",
            arguments,
            # At all stages, where others make them.
            permissions=(
                permission(self, module, execution_arn, parts_of(module.value(self._stage) or "*"), keys),
            ),
            outputs=tuple(self._outputs()),
            notes=tuple(self._notes()),
            checks=tuple(v2_checks(self, module, found.made, self.routes, access)),
        )

    def _api(self, module: Module) -> dict[str, Hcl | None]:
        given = self.arguments(module, "description", "disable_execute_api_endpoint")
        return {**given, "name": to_hcl(module.name(self.label, API_NAME))}

    def _outputs(self) -> Iterator[Output]:
        label = self.label
        if self.api_id is None:
            yield from api_outputs(label, "HTTP API", Ref(f"aws_apigatewayv2_api.{label}"))
        if self._stage is not None:
            url = Ref(f"aws_apigatewayv2_stage.{label}.invoke_url")
            yield Output(f"{label}_invoke_url", f"URL of the stage of {label}", url)

    def _notes(self) -> Iterator[str]:
        if self._stage is None:
            yield "see that the API's stage has auto_deploy, or deploy it after each change of the routes"
        yield from log_notes(self.access_log)
        yield from authorizers.notes(self.lambda_authorizer)
