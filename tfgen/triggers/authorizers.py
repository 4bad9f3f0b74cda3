"""Authorizers of APIs: Cognito, JWT, and a Lambda function that decides.

A Lambda authorizer that is given as `function_arn` gets its permission here, although the function is another
module's: the permission names the authorizer's id, which only this module knows, and without it every call is
answered with 500. Who wants to keep that function's policy elsewhere gives `authorizer_uri`, or a role that
API Gateway takes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Any, NamedTuple

from pydantic import Field

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Interpolation, Ref, parts_of, to_hcl
from tfgen.schema import bounds as b
from tfgen.schema.places import Flag, Number, Place, Text, Texts
from tfgen.schema.section import Section
from tfgen.triggers.base import Module, Trigger, at
from tfgen.triggers.routes import Route
from tfgen.triggers.stages import API_NAME

# apigateway.CreateAuthorizer, apigatewayv2.CreateAuthorizer
AUTHORIZER_ID = b.text(1, 64, r"^[a-z0-9]+$", "the id of an authorizer, of small letters and digits")
USER_POOL_ARNS = b.texts(
    b.text(
        1,
        None,
        b.ARN + "cognito-idp" + b.PLACE + r"userpool/[a-zA-Z0-9_-]+$",
        "the ARN of a Cognito user pool",
    ),
    1,
    1000,
)
FUNCTION_ARN = b.text(
    1,
    140,  # what the provider takes for a permission's function
    b.ARN + f"lambda:{b.FUNCTION_REGION}:[0-9]{{12}}:function:[a-zA-Z0-9_-]+$",
    "the ARN of a function, without a version or alias",
)
AUTHORIZER_URI = b.text(
    1,
    None,
    b.ARN + f"apigateway:{b.REGION}:lambda:path/2015-03-31/functions/.+/invocations$",
    "a function's invoke ARN",
)
RESULT_TTL = b.number(0, 3600, "seconds")
SCOPES = b.texts(b.text(1, 256), 1, 100)
_SOURCE = r"[a-zA-Z.][a-zA-Z]*\.[^ ,\n]+"
IDENTITY_SOURCE = b.text(1, 1024, f"^{_SOURCE}( *, *{_SOURCE})*$", "method.request.header.NAME")
IDENTITY_SOURCES = b.texts(b.text(1, 256, r"^\$?[a-zA-Z]+\..+$", "such as $request.header.Authorization"), 1)
TOKEN_PATTERN = b.text(1, 1024)
AUDIENCE = b.texts(b.text(1, 256), 1)
ISSUER = b.text(1, 2048, r"^https://[^ ]+$", "an https:// URL")

_ROLES = ("authorizer_credentials", "authorizer_credentials_arn")
_SCOPES = "authorization_scopes"


class CognitoAuthorizer(Section):
    """User pools whose tokens let a request through."""

    provider_arns: Annotated[Texts | None, Place(USER_POOL_ARNS)] = Field(
        None, description="ARNs of the user pools"
    )
    authorizer_id: Annotated[Text | None, Place(AUTHORIZER_ID)] = Field(
        None, description="Id of an authorizer that the API at `rest_api_id` has"
    )
    identity_source: Annotated[Text | None, Place(IDENTITY_SOURCE)] = Field(
        None, description="Where the token is; method.request.header.Authorization if not given"
    )
    authorizer_result_ttl_in_seconds: Annotated[Number | None, Place(RESULT_TTL)] = Field(
        None, description="How long an answer is remembered"
    )


class JwtAuthorizer(Section):
    """An issuer whose tokens let a request through."""

    issuer: Annotated[Text | None, Place(ISSUER)] = Field(None, description="URL of who issues the tokens")
    audience: Annotated[Texts | None, Place(AUDIENCE)] = Field(
        None, description="Whom the tokens are for, such as the client's id"
    )
    identity_sources: Annotated[Texts, Place(IDENTITY_SOURCES)] = Field(
        ("$request.header.Authorization",),
        description="Where the token is; $request.header.Authorization if not given",
    )
    authorizer_id: Annotated[Text | None, Place(AUTHORIZER_ID)] = Field(
        None, description="Id of an authorizer that the API at `api_id` has"
    )


class FunctionAuthorizer(Section):
    """A function that lets a request through or not."""

    function_arn: Annotated[Text | None, Place(FUNCTION_ARN)] = Field(
        None, description="ARN of the function; the module gives API Gateway the permission to invoke it"
    )
    authorizer_uri: Annotated[Text | None, Place(AUTHORIZER_URI)] = Field(
        None, description="Invoke ARN of the function, whose owner gives the permission"
    )


class LambdaAuthorizer(FunctionAuthorizer):
    """A function that lets a request of a REST API through or not."""

    type: Annotated[str, Place(b.Bounds(choices=("TOKEN", "REQUEST"), static=True))] = Field(
        "REQUEST", description="What the function gets: the REQUEST (the default), or its TOKEN alone"
    )
    authorizer_id: Annotated[Text | None, Place(AUTHORIZER_ID)] = Field(
        None, description="Id of an authorizer that the API at `rest_api_id` has"
    )
    authorizer_credentials: Annotated[Text | None, Place(b.EXECUTION_ROLE_ARN)] = Field(
        None,
        description="ARN of a role for API Gateway that may invoke the function, instead of a permission",
    )
    identity_source: Annotated[Text | None, Place(IDENTITY_SOURCE)] = Field(
        None, description="What tells callers apart; method.request.header.Authorization if not given"
    )
    identity_validation_expression: Annotated[Text | None, Place(TOKEN_PATTERN)] = Field(
        None, description="Regular expression that a TOKEN must match before the function is asked"
    )
    authorizer_result_ttl_in_seconds: Annotated[Number | None, Place(RESULT_TTL)] = Field(
        None, description="How long an answer is remembered"
    )


class HttpLambdaAuthorizer(FunctionAuthorizer):
    """A function that lets a request of an HTTP API through or not."""

    authorizer_id: Annotated[Text | None, Place(AUTHORIZER_ID)] = Field(
        None, description="Id of an authorizer that the API at `api_id` has"
    )
    authorizer_credentials_arn: Annotated[Text | None, Place(b.EXECUTION_ROLE_ARN)] = Field(
        None,
        description="ARN of a role for API Gateway that may invoke the function, instead of a permission",
    )
    identity_sources: Annotated[Texts, Place(IDENTITY_SOURCES)] = Field(
        ("$request.header.Authorization",),
        description="What tells callers apart; $request.header.Authorization if not given",
    )
    authorizer_result_ttl_in_seconds: Annotated[Number | None, Place(RESULT_TTL)] = Field(
        None, description="How long an answer is remembered"
    )
    authorizer_payload_format_version: Annotated[Text, Place(b.choice("1.0", "2.0"))] = Field(
        "2.0", description="Form of what the function gets and answers"
    )
    enable_simple_responses: Annotated[Flag | None, Place(b.FLAG)] = Field(
        None, description="Whether the function answers yes or no, and not with a policy"
    )


class WebSocketLambdaAuthorizer(FunctionAuthorizer):
    """A function that lets a connection be made or not."""

    authorizer_credentials_arn: Annotated[Text | None, Place(b.EXECUTION_ROLE_ARN)] = Field(
        None,
        description="ARN of a role for API Gateway that may invoke the function, instead of a permission",
    )
    identity_sources: Annotated[Texts, Place(IDENTITY_SOURCES)] = Field(
        ("route.request.header.Authorization",),
        description="What tells callers apart; route.request.header.Authorization if not given",
    )


AnyAuthorizer = (
    CognitoAuthorizer | JwtAuthorizer | LambdaAuthorizer | HttpLambdaAuthorizer | WebSocketLambdaAuthorizer
)


class Authorizer(NamedTuple):
    """An authorizer resource; `permission` is what its function must allow. What is not given is None."""

    label: Hcl
    name: Hcl
    type: Hcl
    permission: dict[str, Hcl] | None = None
    audience: Hcl | None = None
    authorizer_credentials: Hcl | None = None
    authorizer_credentials_arn: Hcl | None = None
    authorizer_payload_format_version: Hcl | None = None
    authorizer_result_ttl_in_seconds: Hcl | None = None
    authorizer_uri: Hcl | None = None
    enable_simple_responses: Hcl | None = None
    identity_source: Hcl | None = None
    identity_sources: Hcl | None = None
    identity_validation_expression: Hcl | None = None
    issuer: Hcl | None = None
    provider_arns: Hcl | None = None

    @property
    def behaviour(self) -> dict[str, Hcl]:
        """All that decides whom it lets through."""
        given = self._asdict()
        return {
            name: value
            for name, value in given.items()
            if name not in {"label", "name", "permission"} and value is not None
        }


class Access(NamedTuple):
    """How a kind says who may call its routes.

    `field` is the key that the trigger and its routes say a type with, `sections` are the authorizers' by the
    type that asks them, and `scoped` is the type whose tokens have scopes, if there is one.
    """

    field: str
    sections: dict[str, str]
    scoped: str = ""

    def type_of(self, trigger: Trigger, route: Route) -> str:
        """A route's authorization type, its own or the trigger's."""
        own: str | None = getattr(route, self.field, None)
        return getattr(trigger, self.field) if own is None else own


class Authorizers(NamedTuple):
    """The authorizers that a module makes, and the ids of all that its routes may name, by type."""

    made: tuple[Authorizer, ...]
    ids: dict[str, Hcl]


def authorizers(
    trigger: Trigger, module: Module, resource: str, execution_arn: Sequence[str | Ref], access: Access
) -> Authorizers:
    """The authorizers in a trigger's sections. `resource` is their type in the provider."""
    made: list[Authorizer] = []
    ids: dict[str, Hcl] = {}
    for kind, key in access.sections.items():
        section = getattr(trigger, key)
        if section is None:
            continue
        if getattr(section, "authorizer_id", None) is not None:
            ids[kind] = to_hcl(module.value(section.authorizer_id))
            continue
        label = f"{trigger.label}_{key}"
        ids[kind] = own = Ref(f"{resource}.{label}.id")
        source = (*execution_arn, "/authorizers/", own)
        made.append(_authorizer(trigger, module, label, section, source))
    return Authorizers(tuple(made), ids)


def _authorizer(
    trigger: Trigger, module: Module, label: str, section: AnyAuthorizer, source: Sequence[str | Ref]
) -> Authorizer:
    kinds: dict[type[Section], str] = {CognitoAuthorizer: "COGNITO_USER_POOLS", JwtAuthorizer: "JWT"}
    kind = kinds.get(type(section), "REQUEST")
    given: dict[str, Any] = {"type": to_hcl(kind), **(trigger.section(module, section) or {})}
    given.pop("authorizer_id", None)
    if given.pop("function_arn", None) is not None and isinstance(section, FunctionAuthorizer):
        parts = ("arn:", module.aws("partition"), ":apigateway:", module.aws("region"))
        path = ":lambda:path/2015-03-31/functions/"
        arn = parts_of(module.value(section.function_arn))
        given["authorizer_uri"] = to_hcl(Interpolation((*parts, path, *arn, "/invocations")))
        if not any(given.get(role) for role in _ROLES):
            given["permission"] = {
                "function_arn": module.hcl(section.function_arn),
                # In that function's policy, where other APIs may have statements too.
                "statement_id": to_hcl(module.name(trigger.label, API_NAME)),
                "source_arn": to_hcl(Interpolation(source)),
            }
    return Authorizer(Hcl(label), to_hcl(module.name(label, API_NAME)), **given)


def route_access(
    trigger: Trigger, route: Route, module: Module, access: Access, ids: dict[str, Hcl]
) -> dict[str, Hcl | None]:
    """The arguments of a route that say who may call it."""
    kind = access.type_of(trigger, route)
    scopes = None
    if kind == access.scoped:
        own = getattr(route, _SCOPES)
        scopes = getattr(trigger, _SCOPES) if own is None else own
    return {
        access.field: to_hcl(kind),
        "authorizer_id": ids.get(kind),
        _SCOPES: module.hcl(scopes),
    }


def findings(
    trigger: Trigger, routes: Sequence[Route], access: Access, *, existing: bool
) -> Iterator[Diagnostic]:
    """What is wrong between authorizers, scopes and the routes that ask for them.

    `existing` says whether the API is there already, and may have authorizers.
    """
    kinds = [access.type_of(trigger, route) for route in routes]
    for kind, key in access.sections.items():
        section = getattr(trigger, key)
        said = f"{access.field}: {kind}"
        if section is not None:
            if kind not in kinds:
                hint = f"add `{said}`, to the trigger for all routes or to some of them"
                yield at("TFG309", f"no route asks the `{key}`", hint, key, key=True)
            yield from _one_source(section, key, existing=existing)
        elif kind in kinds:
            hint = f"add `{key}`, or choose another `{access.field}`"
            first = ("routes", kinds.index(kind), access.field)
            where = (access.field,) if getattr(trigger, access.field) == kind else first
            yield at("TFG318", f"`{said}` needs a `{key}`", hint, *where)
    if access.scoped:
        yield from _scope_findings(trigger, routes, kinds, access)


def _scope_findings(
    trigger: Trigger, routes: Sequence[Route], kinds: Sequence[str], access: Access
) -> Iterator[Diagnostic]:
    """Scopes where no token is asked for, and those that no route takes from the trigger."""
    summary = f"`{_SCOPES}` needs `{access.field}: {access.scoped}`"
    hint = f"scopes are in a token: choose {access.scoped}, or remove them"
    asking = [route for route, kind in zip(routes, kinds, strict=True) if kind == access.scoped]
    if getattr(trigger, _SCOPES) is not None:
        if not asking:
            yield at("TFG309", summary, hint, _SCOPES, key=True)
        elif all(getattr(route, _SCOPES) is not None for route in asking):
            own = "remove it: each route that asks for a token has scopes of its own"
            yield at("TFG309", f"no route takes the trigger's `{_SCOPES}`", own, _SCOPES, key=True)
    for index, route in enumerate(routes):
        if getattr(route, _SCOPES) is not None and kinds[index] != access.scoped:
            yield at("TFG309", summary, hint, "routes", index, _SCOPES, key=True)


def _one_source(section: AnyAuthorizer, key: str, *, existing: bool) -> Iterator[Diagnostic]:
    """An authorizer is made of one thing, or is there already."""
    given = section.model_fields_set
    fields = type(section).model_fields
    ways = [
        str(name)
        for name in ("provider_arns", "issuer", "function_arn", "authorizer_uri", "authorizer_id")
        if name in fields
    ]
    chosen = [name for name in ways if name in given]
    listed = ", ".join(f"`{name}`" for name in ways)
    if not chosen:
        yield at("TFG318", f"`{key}` does not say what it asks", f"give one of {listed}", key, key=True)
    for name in chosen[1:]:
        summary = f"`{name}` does not go with `{chosen[0]}`"
        yield at("TFG310", summary, f"keep one of {listed}", key, name, key=True)
    if chosen == ["authorizer_id"]:
        if not existing:
            hint = "give what it asks: an API that the module makes has no authorizers yet"
            yield at(
                "TFG310", "`authorizer_id` is for an API that is there", hint, key, "authorizer_id", key=True
            )
        for other in fields:
            if other in given and other != "authorizer_id":
                hint = "remove it, or `authorizer_id`"
                summary = f"`{other}` is about an authorizer that the module makes"
                yield at("TFG310", summary, hint, key, other, key=True)
    if chosen == ["issuer"] and "audience" not in given:
        hint = "add it, or tokens for other clients of that issuer pass as well"
        yield at("TFG318", f"`{key}` has no `audience`", hint, key, key=True)


def notes(authorizer: FunctionAuthorizer | None) -> Iterator[str]:
    """What is left to do for an authorizer's function."""
    if authorizer is None or authorizer.authorizer_uri is None:
        return
    if not any(getattr(authorizer, name, None) for name in _ROLES):
        yield "let apigateway.amazonaws.com invoke the function at `authorizer_uri`, or every call fails"
