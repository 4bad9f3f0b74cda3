"""API Gateway WebSocket APIs: one of the module's own, and the permission to answer its connections."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Interpolation, Ref, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text, TextMap
from tfgen.triggers import authorizers, routes
from tfgen.triggers.api_checks import v2_checks
from tfgen.triggers.authorizers import Access, Authorizers, WebSocketLambdaAuthorizer
from tfgen.triggers.base import (
    Function,
    Module,
    Output,
    Statement,
    Trigger,
    TriggerPlan,
    at,
    sid_of,
    waited,
)
from tfgen.triggers.checks import Check, statement_checks
from tfgen.triggers.routes import Key, Route, RoutePlace, permission, v2_routes
from tfgen.triggers.stages import (
    API_DESCRIPTION,
    API_NAME,
    DEFAULT_STAGE,
    LOGGING_LEVEL,
    STAGE_NAME,
    STAGE_VARIABLES,
    AccessLog,
    RouteSettings,
    access_log,
    access_log_findings,
    api_outputs,
    role_notes,
    route_settings,
    stage,
    too_low,
)

# apigatewayv2.CreateApi, CreateRoute; "Control access to WebSocket APIs with IAM authorization"
CONNECT_AUTHORIZATION = b.Bounds(choices=("NONE", "AWS_IAM", "CUSTOM"), static=True)
SELECTION_EXPRESSION = b.text(1, 128, r"^[$].+$", "a selection expression such as $request.body.action")
RESPONSE_EXPRESSION = b.Bounds(choices=("$default",), static=True)
TIMEOUT = b.number(50, 29000, "milliseconds")
# The developer guide's quota for WebSocket APIs, in seconds.
_LONGEST = 29
# What execute-api:ManageConnections is for: to send to a connection, to look at it and to end it.
_CONNECTION_METHODS = ("DELETE", "GET", "POST")

_MANAGE = "ManageConnections"
_MANAGE_ACTION = "execute-api:ManageConnections"
_CONNECT = "$connect"
_ACCESS = Access("authorization_type", {"CUSTOM": "lambda_authorizer"})
_LOG_FIELDS = {
    "requestId": "$context.requestId",
    "ip": "$context.identity.sourceIp",
    "requestTime": "$context.requestTime",
    "connectionId": "$context.connectionId",
    "eventType": "$context.eventType",
    "routeKey": "$context.routeKey",
    "status": "$context.status",
    "integrationLatency": "$context.integrationLatency",
    "integrationError": "$context.integrationErrorMessage",
    "authorizerError": "$context.authorizer.error",
    "error": "$context.error.message",
}


class WebSocketRoute(Route):
    """A route whose calls are answered."""

    route: Annotated[str, Place(routes.ROUTE)] = Field(description="The route's key, such as sendMessage")
    route_response_selection_expression: Annotated[str | None, Place(RESPONSE_EXPRESSION)] = Field(
        None, description="$default: what the function returns is sent to the caller"
    )


class WebSocketSettings(RouteSettings):
    """Throttling, metrics and logs of all routes."""

    logging_level: Annotated[Text | None, Place(LOGGING_LEVEL)] = Field(
        None, description="What API Gateway logs of its own work"
    )
    data_trace_enabled: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether whole messages are logged"
    )


class WebSocket(Trigger):
    """Connections and messages of a WebSocket API."""

    type: Literal["websocket"] = Field(description="Kind of the trigger")
    routes: tuple[Annotated[WebSocketRoute, RoutePlace()], ...] = Field(
        description="Route keys: $connect, $disconnect, $default, and names of messages",
        min_length=1,
        max_length=300,
    )
    route_selection_expression: Annotated[Text, Place(SELECTION_EXPRESSION)] = Field(
        "$request.body.action", description="Where a message says its route"
    )
    authorization_type: Annotated[str, Place(CONNECT_AUTHORIZATION)] = Field(
        "NONE", description="Who may connect: NONE (all), AWS_IAM or CUSTOM"
    )
    lambda_authorizer: WebSocketLambdaAuthorizer | None = Field(None, description="Function that CUSTOM asks")
    timeout_milliseconds: Annotated[Number | None, Place(TIMEOUT)] = Field(
        None, description="How long API Gateway waits for the function; 29 seconds if not given"
    )
    manage_connections: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        True, description="Whether the function may send to the connections, look at them and end them"
    )

    stage_name: Annotated[Text, Place(STAGE_NAME)] = Field(
        DEFAULT_STAGE, description=f"Name of the stage, a part of the URL; {DEFAULT_STAGE} if not given"
    )
    stage_variables: Annotated[TextMap, Place(STAGE_VARIABLES)] = Field(
        {}, description="Variables of the stage, name to value"
    )
    access_log: AccessLog | None = Field(
        None, description="A line for each connection and message, in a log group"
    )
    default_route_settings: WebSocketSettings | None = Field(
        None, description="Throttling, metrics and logs of all routes"
    )

    description: Annotated[Text | None, Place(API_DESCRIPTION)] = Field(
        None, description="What the API is for"
    )
    disable_execute_api_endpoint: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether the API can be reached by a domain name of your own only"
    )

    @property
    def waits(self) -> float | None:
        return waited(self.timeout_milliseconds, _LONGEST)

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        yield from routes.websocket_findings(self.routes)
        connect = [route for route in self.routes if route.route == _CONNECT]
        if self.authorization_type != "NONE" and not connect:
            hint = "add `$connect` to the routes: it is the one that is asked who comes"
            yield at("TFG309", "`authorization_type` needs a route `$connect`", hint, "authorization_type")
        yield from authorizers.findings(self, connect, _ACCESS, existing=False)
        for index, route in enumerate(self.routes):
            key = "route_response_selection_expression"
            if route.route == "$disconnect" and key in route.model_fields_set:
                hint = "remove it: the connection is gone"
                yield at("TFG310", "`$disconnect` cannot be answered", hint, "routes", index, key, key=True)
        yield from access_log_findings(self.access_log)
        yield from too_low(self.default_route_settings, "default_route_settings", "throttling_rate_limit")

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        api = Ref(f"aws_apigatewayv2_api.{self.label}")
        execution_arn = (Ref(f"{api}.execution_arn"),)
        made = parts_of(module.value(self.stage_name))
        keys = [Key(route.route, "") for route in self.routes]
        found = authorizers.authorizers(self, module, "aws_apigatewayv2_authorizer", execution_arn, _ACCESS)
        return TriggerPlan(
            self.type,
            self.label,
            f"WebSocket API {self.label}",
            self._arguments(module, Ref(f"{api}.id"), found),
            permissions=(permission(self, module, execution_arn, made, keys),),
            statements=tuple(self._statements(execution_arn, made)),
            outputs=tuple(self._outputs(api)),
            notes=tuple(self._notes()),
            checks=tuple(self._checks(module, found)),
        )

    def _checks(self, module: Module, found: Authorizers) -> Iterator[Check]:
        own = [self._route(route, found.ids) for route in self.routes]
        yield from v2_checks(self, module, found.made, self.routes, own)
        if self._answered:
            answers = Hcl(f"keys(aws_apigatewayv2_route_response.{self.label})")
            yield Check(answers, self._answered, in_any_order=True)
        if self.manage_connections and module.has_role:
            sid = f"{_MANAGE}{sid_of(self.label)}"
            yield from statement_checks("execution_role", sid, actions=[_MANAGE_ACTION])

    @property
    def _answered(self) -> list[str]:
        """The routes whose callers get what the function returns."""
        return [route.route for route in self.routes if route.route_response_selection_expression]

    def _arguments(self, module: Module, api_id: Ref, found: Authorizers) -> dict[str, Any]:
        said = ("description", "route_selection_expression", "disable_execute_api_endpoint")
        return {
            "api": {
                "name": to_hcl(module.name(self.label, API_NAME)),
                **self.arguments(module, *said),
            },
            "api_id": api_id,
            "uri": module.invoke_arn(self.qualifier),
            **self.arguments(module, "timeout_milliseconds"),
            "authorizers": found.made,
            **v2_routes(self.routes, [self._route(route, found.ids) for route in self.routes]),
            "answered": to_hcl(self._answered) if self._answered else None,
            "stage": stage(module, self.stage_name, self.stage_variables),
            "settings": route_settings(self, module, self.default_route_settings),
            "access_log": access_log(self, module, self.access_log, "/aws/apigateway/", _LOG_FIELDS),
        }

    def _route(self, route: WebSocketRoute, authorizer_ids: dict[str, Hcl]) -> dict[str, Hcl | None]:
        """The arguments of a route. Only the first message, `$connect`, is asked who sends it."""
        kind = self.authorization_type if route.route == _CONNECT else "NONE"
        expression = route.route_response_selection_expression
        return {
            "authorization_type": to_hcl(kind),
            "authorizer_id": authorizer_ids.get(kind),
            "route_response_selection_expression": to_hcl(expression) if expression else None,
        }

    def _statements(
        self, execution_arn: Sequence[str | Ref], stage: Sequence[str | Ref]
    ) -> Iterator[Statement]:
        if not self.manage_connections:
            return
        arns = [
            Interpolation((*execution_arn, "/", *stage, f"/{method}/@connections/*"))
            for method in _CONNECTION_METHODS
        ]
        yield Statement(
            _MANAGE,
            "send to the API's connections, look at them and end them",
            to_hcl([_MANAGE_ACTION]),
            to_hcl(arns),
        )

    def _outputs(self, api: Ref) -> Iterator[Output]:
        label = self.label
        yield from api_outputs(label, "WebSocket API", api)
        url = f"aws_apigatewayv2_stage.{label}.invoke_url"
        yield Output(f"{label}_invoke_url", f"URL that clients of {label} connect to", Ref(url))
        # Not for the function's own environment variables: the API needs the function first. Its events say
        # the same, in requestContext.domainName and requestContext.stage.
        yield Output(
            f"{label}_callback_endpoint",
            f"URL by which others send to the connections of {label}",
            Hcl(f'replace({url}, "wss://", "https://")'),
        )

    def _notes(self) -> Iterator[str]:
        yield from role_notes(self.access_log, self.default_route_settings)
        yield from authorizers.notes(self.lambda_authorizer)
