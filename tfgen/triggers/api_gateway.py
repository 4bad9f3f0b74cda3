"""API Gateway REST APIs: one of the module's own, or routes below the root of one that is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Literal, Self

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.expressions import Template
from tfgen.hcl import Hcl, Interpolation, Ref, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text, TextMap, Texts, show
from tfgen.triggers import authorizers, routes
from tfgen.triggers.api_checks import authorizer_checks, route_checks, stage_checks
from tfgen.triggers.authorizers import Access, Authorizers, CognitoAuthorizer, LambdaAuthorizer
from tfgen.triggers.base import Function, Module, Output, Trigger, TriggerPlan, at, text, waited
from tfgen.triggers.checks import Check, checks, statement_checks
from tfgen.triggers.rest_resources import RoutePlan, preflight_checks, preflights, redeployment, resources
from tfgen.triggers.rest_sections import (
    AUTHORIZATION,
    BINARY_MEDIA_TYPES,
    COMPRESSION_SIZE,
    TIMEOUT,
    EndpointConfiguration,
    MethodSettings,
    RestCors,
    RestRoute,
    UsagePlan,
    usage_plan_findings,
)
from tfgen.triggers.routes import Key, RoutePlace, common, permission
from tfgen.triggers.stages import (
    API_DESCRIPTION,
    API_ID,
    API_NAME,
    DEFAULT_STAGE,
    EXECUTION_ARN,
    STAGE_NAME,
    STAGE_VARIABLES,
    AccessLog,
    access_log,
    access_log_findings,
    api_outputs,
    credentials_finding,
    existing_findings,
    role_notes,
    stage,
    too_low,
)

# The developer guide's quota for REST APIs, in seconds, which AWS raises for regional and private ones.
_LONGEST = 29
_EXISTING = ("rest_api_id", "root_resource_id", "execution_arn")
_COMPRESSION = "minimum_compression_size"
_OF_THE_API = (
    "description",
    "endpoint_configuration",
    _COMPRESSION,
    "binary_media_types",
    "disable_execute_api_endpoint",
)
_OF_THE_STAGE = ("stage_variables", "xray_tracing_enabled", "access_log", "method_settings", "usage_plan")
_ACCESS = Access(
    "authorization",
    {"COGNITO_USER_POOLS": "cognito_authorizer", "CUSTOM": "lambda_authorizer"},
    scoped="COGNITO_USER_POOLS",
)

_LOG_FIELDS = {
    "requestId": "$context.requestId",
    "ip": "$context.identity.sourceIp",
    "requestTime": "$context.requestTime",
    "httpMethod": "$context.httpMethod",
    "resourcePath": "$context.resourcePath",
    "path": "$context.path",
    "status": "$context.status",
    "responseLength": "$context.responseLength",
    "responseLatency": "$context.responseLatency",
    "integrationLatency": "$context.integration.latency",
    "integrationError": "$context.integration.error",
    "authorizerError": "$context.authorizer.error",
    "error": "$context.error.message",
}


class ApiGateway(Trigger):
    """Requests of a REST API."""

    type: Literal["api_gateway"] = Field(description="Kind of the trigger")
    routes: tuple[Annotated[RestRoute, RoutePlace()], ...] = Field(
        description="Routes such as GET /orders/{id} or ANY /{proxy+}", min_length=1, max_length=300
    )
    authorization: Annotated[str, Place(AUTHORIZATION)] = Field(
        "NONE", description="Who may call the routes: NONE (all), AWS_IAM, COGNITO_USER_POOLS or CUSTOM"
    )
    authorization_scopes: Annotated[Texts | None, Place(authorizers.SCOPES)] = Field(
        None, description="Scopes that a token must have, with COGNITO_USER_POOLS"
    )
    api_key_required: Annotated[bool, Place(b.STATIC_FLAG)] = Field(
        False, description="Whether the routes ask for an API key"
    )
    cognito_authorizer: CognitoAuthorizer | None = Field(
        None, description="User pools whose tokens COGNITO_USER_POOLS asks for"
    )
    lambda_authorizer: LambdaAuthorizer | None = Field(None, description="Function that CUSTOM asks")
    cors: RestCors | None = Field(None, description="What browsers may do from pages of another origin")
    timeout_milliseconds: Annotated[Number | None, Place(TIMEOUT)] = Field(
        None, description="How long API Gateway waits for the function; 29 seconds if not given"
    )

    stage_name: Annotated[Text | None, Place(STAGE_NAME)] = Field(
        None,
        description=f"Name of the stage, a part of the URL; {DEFAULT_STAGE} for an API of the module's own",
    )
    stage_variables: Annotated[TextMap, Place(STAGE_VARIABLES)] = Field(
        {}, description="Variables of the stage, name to value"
    )
    xray_tracing_enabled: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether API Gateway traces requests with X-Ray"
    )
    access_log: AccessLog | None = Field(None, description="A line for each request, in a log group")
    method_settings: MethodSettings | None = Field(
        None, description="Throttling, metrics and logs of all methods"
    )
    usage_plan: UsagePlan | None = Field(None, description="API keys, and what they are good for")

    description: Annotated[Text | None, Place(API_DESCRIPTION)] = Field(
        None, description="What the API is for"
    )
    endpoint_configuration: EndpointConfiguration = Field(
        default_factory=EndpointConfiguration, description="Where the API can be reached"
    )
    minimum_compression_size: Annotated[Number | None, Place(COMPRESSION_SIZE)] = Field(
        None, description="Bytes from which on responses are compressed"
    )
    binary_media_types: Annotated[Texts | None, Place(BINARY_MEDIA_TYPES)] = Field(
        None, description="Media types that are not text"
    )
    disable_execute_api_endpoint: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether the API can be reached by a domain name of your own only"
    )

    rest_api_id: Annotated[Text | None, Place(API_ID)] = Field(
        None, description="Id of an API that is there; one of the module's own if not given"
    )
    root_resource_id: Annotated[Text | None, Place(API_ID)] = Field(
        None, description="Id of that API's root resource"
    )
    execution_arn: Annotated[Text | None, Place(EXECUTION_ARN)] = Field(
        None, description="Execution ARN of that API"
    )

    @property
    def waits(self) -> float | None:
        return waited(self.timeout_milliseconds, _LONGEST)

    @property
    def _existing(self) -> bool:
        return self.rest_api_id is not None

    @property
    def _stage(self) -> Text | None:
        """The name of the stage that the module makes; None: somebody else deploys the API."""
        return self.stage_name or (None if self._existing else DEFAULT_STAGE)

    def findings(self, function: Function) -> Iterator[Diagnostic]:
        existing = self.model_fields_set.issuperset(_EXISTING)
        yield from existing_findings(self, _EXISTING, _OF_THE_API, _OF_THE_STAGE)
        yield from routes.findings(self.routes, rest=True)
        yield from authorizers.findings(self, self.routes, _ACCESS, existing=existing)
        yield from self._access()
        yield from self._preflights()
        if not existing:
            yield from self._endpoints(self.endpoint_configuration)
        yield from access_log_findings(self.access_log)
        yield from too_low(self.method_settings, "method_settings", "throttling_rate_limit")
        yield from usage_plan_findings(self.usage_plan)

    def _access(self) -> Iterator[Diagnostic]:
        authorizer = self.lambda_authorizer
        if (
            authorizer
            and authorizer.type == "REQUEST"
            and authorizer.identity_validation_expression is not None
        ):
            key = "identity_validation_expression"
            hint = "add `type: TOKEN`, or remove it"
            yield at("TFG309", f"`{key}` is for `type: TOKEN`", hint, "lambda_authorizer", key, key=True)
        if self.usage_plan and not any(self._asks_for_key(route) for route in self.routes):
            hint = "add `api_key_required: true`, to the trigger for all routes or to some of them"
            yield at("TFG309", "no route asks for a key of the `usage_plan`", hint, "usage_plan", key=True)

    def _asks_for_key(self, route: RestRoute) -> bool:
        return self.api_key_required if route.api_key_required is None else route.api_key_required

    def _preflights(self) -> Iterator[Diagnostic]:
        if self.cors is None:
            return
        yield from credentials_finding(self.cors, self.cors.allow_origin, "allow_origin")
        for index, route in enumerate(self.routes):
            if routes.key(route).method == "OPTIONS":
                hint = "remove the route, or `cors` and let the function answer"
                yield at("TFG310", f"{show(route.route)} is what `cors` answers", hint, "routes", index)

    def _endpoints(self, endpoints: EndpointConfiguration) -> Iterator[Diagnostic]:
        path = ("endpoint_configuration", "types")
        if isinstance(endpoints.types, Template):
            hint = "write the type out: a PRIVATE API has a policy of its own"
            yield at("TFG104", "`types` takes no expression", hint, *path)
            return
        if endpoints.types == ("EDGE",) and (self.waits or 0) > _LONGEST:
            hint = "write REGIONAL: AWS raises the quota for regional and private APIs alone"
            yield at("TFG201", f"an EDGE API waits {_LONGEST} seconds at most", hint, "timeout_milliseconds")
        private = endpoints.types == ("PRIVATE",)
        if private and endpoints.vpc_endpoint_ids is None:
            hint = "add `vpc_endpoint_ids`: a PRIVATE API refuses everybody whom its policy does not let in"
            yield at("TFG318", "nobody can reach this API", hint, *path)
        if not private and endpoints.vpc_endpoint_ids is not None:
            hint = "add `types: [PRIVATE]`, or remove it"
            where = ("endpoint_configuration", "vpc_endpoint_ids")
            yield at("TFG309", "`vpc_endpoint_ids` is for PRIVATE APIs", hint, *where, key=True)

    # The plan ----------------------------------------------------------------------------------------

    def plan(self, module: Module, entries: Sequence[Self]) -> TriggerPlan:
        api = f"aws_api_gateway_rest_api.{self.label}"
        execution_arn = parts_of(module.value(self.execution_arn) or Ref(f"{api}.execution_arn"))
        keys = [routes.key(route) for route in self.routes]
        found = authorizers.authorizers(self, module, "aws_api_gateway_authorizer", execution_arn, _ACCESS)
        arguments: dict[str, Any] = {
            "api": None if self._existing else self._api(module),
            "private_to": module.hcl(self.endpoint_configuration.vpc_endpoint_ids),
            "rest_api_id": module.hcl(self.rest_api_id) or Ref(f"{api}.id"),
            "authorizers": found.made,
            **self._methods(module, keys, found.ids),
            **self._served(module),
        }
        return TriggerPlan(
            self.type,
            self.label,
            f"REST API {text(self.rest_api_id) or self.label}",
            {**arguments, "redeployment": redeployment(self.label, arguments)},
            # At all stages, where others make them.
            permissions=(
                permission(self, module, execution_arn, parts_of(module.value(self._stage) or "*"), keys),
            ),
            outputs=tuple(self._outputs()),
            notes=tuple(self._notes()),
            checks=tuple(self._checks(module, arguments, found)),
        )

    def _checks(self, module: Module, arguments: dict[str, Any], found: Authorizers) -> Iterator[Check]:
        label = self.label
        api = f"aws_api_gateway_rest_api.{label}"
        yield from checks(module, api, self, *(key for key in _OF_THE_API if key != _COMPRESSION))
        if self.minimum_compression_size is not None:  # a text in the provider
            size = Hcl(f"tonumber({api}.{_COMPRESSION})")
            yield Check(size, module.value(self.minimum_compression_size))
        if ids := self.endpoint_configuration.vpc_endpoint_ids:
            let_in = ("StringEquals", "aws:SourceVpce", module.value(ids))
            actions = ["execute-api:Invoke"]
            yield from statement_checks(label, "InvokeFromVpcEndpoints", [let_in], actions=actions)
        for part in arguments["resources"]:
            address = f"aws_api_gateway_resource.{part.label}"
            yield Check(Hcl(f"{address}.path_part"), part.path_part)
            yield Check(Hcl(f"{address}.parent_id"), part.parent_id)
        yield from authorizer_checks(self, module, "aws_api_gateway_authorizer", found.made)
        said = {
            route.key: {
                "rest_api_id": arguments["rest_api_id"],
                "http_method": route.http_method,
                **self._method(said, module, found.ids),
            }
            for route, said in zip(arguments["routes"], self.routes, strict=True)
        }
        yield from route_checks(f"aws_api_gateway_method.{label}", said)
        if self.timeout_milliseconds is not None:
            waits = Hcl(f"values(aws_api_gateway_integration.{label})[*].timeout_milliseconds")
            yield Check(waits, [module.value(self.timeout_milliseconds)], in_any_order=True)
        if self.cors:
            yield from preflight_checks(label, arguments["cors"], of_own_api=not self._existing)
        names = {"stage_name": "stage_name", "stage_variables": "variables"}
        yield from stage_checks(self, module, "aws_api_gateway_stage", "xray_tracing_enabled", **names)
        settings = f"one(aws_api_gateway_method_settings.{label}.settings)"
        yield from checks(module, settings, self.method_settings, *MethodSettings.model_fields)
        if self.usage_plan:
            limits = ("quota_settings", "throttle_settings")
            yield from checks(module, f"aws_api_gateway_usage_plan.{label}", self.usage_plan, *limits)
            keys = Hcl(f"keys(aws_api_gateway_api_key.{label})")
            yield Check(keys, list(self.usage_plan.api_keys), in_any_order=True)

    def _methods(self, module: Module, keys: Sequence[Key], authorizer_ids: dict[str, Hcl]) -> dict[str, Any]:
        """The paths, what their methods and integrations are made from, and what answers browsers."""
        root = module.hcl(self.root_resource_id) or Ref(
            f"aws_api_gateway_rest_api.{self.label}.root_resource_id"
        )
        made, ids, variables = resources(self.label, keys, root)
        method, own = common([self._method(route, module, authorizer_ids) for route in self.routes])
        return {
            "resources": made,
            "path_variables": to_hcl(variables) if variables else None,
            "routes": [
                RoutePlan(f"{key.method} {key.place}", ids[key.place], to_hcl(key.method), its_own)
                for key, its_own in zip(keys, own, strict=True)
            ],
            "differing": any(own),
            "method": method,
            # A deployment is replaced only after its successor is there, and Terraform hands that on to all
            # that it refers to. The function has a name of which there can be only one.
            "uri": module.invoke_arn(self.qualifier, written_out=True),
            "timeout_milliseconds": module.hcl(self.timeout_milliseconds),
            "cors": self.cors and preflights(self.cors, module, keys, ids),
        }

    def _method(
        self, route: RestRoute, module: Module, authorizer_ids: dict[str, Hcl]
    ) -> dict[str, Hcl | None]:
        """The arguments of a route's method that are not its place."""
        return {
            **authorizers.route_access(self, route, module, _ACCESS, authorizer_ids),
            "api_key_required": to_hcl(True) if self._asks_for_key(route) else None,
        }

    def _served(self, module: Module) -> dict[str, Any]:
        """The stage, and what hangs on it."""
        made = stage(module, self._stage, self.stage_variables)
        return {
            "stage": made and {**made, **self.arguments(module, "xray_tracing_enabled")},
            "settings": self.section(module, self.method_settings),
            "access_log": access_log(self, module, self.access_log, "/aws/apigateway/", _LOG_FIELDS),
            "usage_plan": self.usage_plan and self._usage_plan(self.usage_plan, module),
        }

    def _api(self, module: Module) -> dict[str, Hcl | None]:
        endpoints = self.endpoint_configuration
        return {
            **self.arguments(module, *(key for key in _OF_THE_API if key != "endpoint_configuration")),
            "name": to_hcl(module.name(self.label, API_NAME)),
            "types": module.hcl(endpoints.types),
            "vpc_endpoint_ids": module.hcl(endpoints.vpc_endpoint_ids),
        }

    def _usage_plan(self, plan: UsagePlan, module: Module) -> dict[str, Any]:
        name = module.name(self.label, API_NAME)
        return {
            "name": to_hcl(name),
            "api_keys": to_hcl(list(plan.api_keys)),
            "key_name": to_hcl(Interpolation((*parts_of(name), "-", Ref("each.key")))),
            "quota": self.section(module, plan.quota_settings),
            "throttle": self.section(module, plan.throttle_settings),
        }

    def _outputs(self) -> Iterator[Output]:
        label = self.label
        if not self._existing:
            yield from api_outputs(label, "REST API", Ref(f"aws_api_gateway_rest_api.{label}"))
        if self._stage is None:
            what = f"Changes with the routes of {label}: for the triggers of the API's deployment"
            yield Output(f"{label}_redeployment", what, Ref(f"local.{label}_redeployment"))
        else:
            made = f"aws_api_gateway_stage.{label}"
            yield Output(f"{label}_invoke_url", f"URL of the stage of {label}", Ref(f"{made}.invoke_url"))
            yield Output(f"{label}_stage_arn", f"ARN of the stage of {label}", Ref(f"{made}.arn"))
        if self.usage_plan:
            ids = Hcl(f"{{ for name, key in aws_api_gateway_api_key.{label} : name => key.id }}")
            yield Output(f"{label}_api_key_ids", f"Ids of the API keys of {label}, by name", ids)

    def _notes(self) -> Iterator[str]:
        if self._stage is None:
            yield (
                f"put the output {self.label}_redeployment into the triggers of the API's deployment, "
                "or its stages will not have the routes"
            )
        yield from role_notes(self.access_log, self.method_settings)
        if self.cors:
            yield (
                "send Access-Control-Allow-Origin with the function's own responses, for API Gateway "
                "answers only the browser's question before a request"
            )
        yield from authorizers.notes(self.lambda_authorizer)
