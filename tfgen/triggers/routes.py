"""Routes of APIs: `GET /orders/{id}` and its like, what API Gateway would refuse of them, and what they are
called in labels and in ARNs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Annotated, Any, ClassVar, NamedTuple

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Interpolation, Ref, to_hcl
from tfgen.schema.bounds import Bounds
from tfgen.schema.places import Place, fail, literal, nearest, plain, show
from tfgen.schema.section import Section
from tfgen.triggers.base import Module, Permission, Source, Trigger, at

ROUTE = Bounds(minimum=1, maximum=1024, unit="characters", static=True)

METHODS = ("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
DEFAULT = "$default"
# "Amazon API Gateway important notes": what path segments may contain.
_PART = re.compile(r"[a-zA-Z0-9._,:-]+\Z")
_VARIABLE = re.compile(r"\{([a-zA-Z0-9._:-]+)(\+?)\}\Z")
_BRACES = re.compile(r"[a-zA-Z0-9._,:+-]*[{}][a-zA-Z0-9._,:{}+-]*\Z")  # what was meant for a variable
# The three routes that API Gateway chooses itself, and names for what the selection expression gives.
WEBSOCKET_ROUTES = ("$connect", "$disconnect", DEFAULT)
_WEBSOCKET_NAME = re.compile(r"[a-zA-Z0-9._:/-]{1,128}\Z")

# A function's policy has at most 20 KB, a statement up to half of one, and other triggers have theirs.
_MOST_STATEMENTS = 40
_LONGEST_KEY = 58  # a statement id has 100 characters, of which "trigger-LABEL--" may take 42
_HASH = 6


class Route(Section):
    """A route that says more than its text."""

    #: What may be written in its place, where there is no more to say.
    short: ClassVar[str] = "text"

    route: Annotated[str, Place(ROUTE)] = Field(description="The route itself, such as GET /orders/{id}")


class RoutePlace:
    """Makes a field hold one route: a text, or a mapping where there is more to say."""

    def __get_pydantic_core_schema__(
        self, source: type[Route], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        def read(value: object, model: core_schema.ValidatorFunctionWrapHandler) -> object:
            if isinstance(value, str):
                literal(ROUTE, plain(value))
                return model({"route": value})
            if not isinstance(value, dict):
                fail("TFG103", "must be a string or a mapping", "write the route: `- GET /orders`")
            return model(value)

        return core_schema.no_info_wrap_validator_function(read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        from tfgen.schema.json_schema import json_schema  # here, for a run that reads specs has no use for it

        return {"anyOf": [json_schema(ROUTE), handler(schema)]}


class Key(NamedTuple):
    """A route's text, taken apart. `$default` is all method."""

    method: str
    path: str

    @property
    def parts(self) -> tuple[str, ...]:
        """What stands between the slashes."""
        return tuple(part for part in self.path.split("/") if part)

    @property
    def place(self) -> str:
        """The path without the names of its variables: `/orders/{}`."""
        return re.sub(r"\{[^}]*\}", "{}", self.path)

    @property
    def resource(self) -> str:
        """What stands behind the stage in the ARN of a call: `GET/orders/*`."""
        method = "*" if self.method == "ANY" else self.method
        if not self.path:
            return method
        return f"{method}/{'/'.join('*' if part[0] == '{' else part for part in self.parts)}"


def key(route: Route) -> Key:
    """A route's method and path."""
    method, _, path = route.route.partition(" ")
    return Key(method, path)


# Mistakes --------------------------------------------------------------------------------------------


def findings(routes: Sequence[Route], *, rest: bool) -> Iterator[Diagnostic]:
    """What API Gateway would refuse of a REST or HTTP API's routes, each by itself and beside the others."""
    first: dict[object, str] = {}
    for index, route in enumerate(routes):
        found = _mistake(route.route, rest=rest) or _conflict(route, first, rest=rest)
        if found:
            yield at("TFG317", *found, *_where(route, index), meant=_meant(route.route, rest=rest))


def websocket_findings(routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """The same for the routes of a WebSocket API."""
    seen: set[str] = set()
    for index, route in enumerate(routes):
        name = route.route
        known = ", ".join(WEBSOCKET_ROUTES)
        found = None
        if name.startswith("$"):
            if name not in WEBSOCKET_ROUTES:
                found = (f"{show(name)} is none of API Gateway's own routes", f"these are {known}")
        elif not _WEBSOCKET_NAME.match(name):
            hint = f"it is one of {known}, or the text that the route selection expression finds in a message"
            found = (f"{show(name)} is not a route of a WebSocket API", hint)
        if found is None and name in seen:
            found = (f"{show(name)} is there twice", "keep one of them")
        seen.add(name)
        if found:
            yield at("TFG317", *found, *_where(route, index))


def _where(route: Route, index: int) -> tuple[str | int, ...]:
    """Where a route's text stands; the loader makes a mapping of one that is nothing else."""
    return ("routes", index) if route.model_fields_set == {"route"} else ("routes", index, "route")


def _mistake(route: str, *, rest: bool) -> tuple[str, str] | None:
    """What is wrong with one route, and what to do."""
    if route == DEFAULT:
        hint = "write `ANY /` and `ANY /{proxy+}`, which together are all there is"
        return ("`$default` is not for REST APIs", hint) if rest else None
    whole = show(route)
    method, _, path = route.partition(" ")
    if not method or " " not in route:
        hint = "write METHOD /path, such as `GET /orders`; ANY is for all methods"
        return f"{whole} is not a method and a path", hint
    if method not in METHODS:
        near = nearest(method, METHODS)
        hint = (f"did you mean `{near}`? " if near else "") + f"allowed: {', '.join(METHODS)}"
        return f"{show(method)} in {whole} is not a method", hint
    if not path.startswith("/"):
        return f"the path in {whole} does not start with /", _write(method, f"/{path.strip().lstrip('/')}")
    if path == "/":
        return None
    if path.endswith("/"):
        return f"the path in {whole} ends with /", _write(method, path.rstrip("/") or "/")
    if "//" in path:
        return f"a part of the path in {whole} is empty", _write(method, re.sub("/+", "/", path))
    return _mistaken_part(whole, path[1:].split("/"))


def _meant(route: str, *, rest: bool) -> str | None:
    """The route with the method that was certainly meant, if nothing else is wrong with it."""
    from tfgen.schema.certain import word  # here, since a spec without mistakes needs none of this

    method, _, path = route.partition(" ")
    certain = None if method in METHODS else word(method, METHODS)
    right = f"{certain} {path}"
    return None if certain is None or "${" in path or _mistake(right, rest=rest) else right


def _write(method: str, path: str) -> str:
    return f"write {show(f'{method} {path}')}"


def _mistaken_part(whole: str, parts: Sequence[str]) -> tuple[str, str] | None:
    """The same for the parts of its path; `whole` is the route as a message has it."""
    names: set[str] = set()
    for number, part in enumerate(parts, 1):
        variable = _VARIABLE.match(part)
        if variable is None:
            if part.startswith(":") and part != ":":
                return f"{show(part)} in {whole} is not a path variable", f"write {show(f'{{{part[1:]}}}')}"
            if _PART.match(part):
                continue
            if _BRACES.match(part):
                hint = "a path variable is the whole of a part, `{name}` or, as the last one, `{name+}`"
                return f"{show(part)} in {whole} is not a path variable", hint
            hint = "a part has letters, digits and . _ , : -"
            if "*" in part:
                hint += "; `{proxy+}` stands for all that is below"
            return f"{show(part)} in {whole} has characters that a path cannot have", hint
        name, greedy = variable.groups()
        if greedy and number < len(parts):
            hint = "it takes all that is below; write `{name}` for one part"
            return f"{show(part)} is not the last part of {whole}", hint
        if name in names:
            return f"{whole} has the path variable {show(name)} twice", "give each a name of its own"
        names.add(name)
    return None


def _conflict(route: Route, first: dict[object, str], *, rest: bool) -> tuple[str, str] | None:
    """What is wrong with a route beside those before it, which `first` remembers."""
    if route.route in first:
        return f"{show(route.route)} is there twice", "keep one of them"
    first[route.route] = route.route
    method, path = key(route)
    if rest:
        return _sibling(route, first)
    # `/{id}` and `/{name}` match the same requests.
    shape = (method, re.sub(r"\{[^}+]*", "{", path))
    if shape in first:
        hint = "give the path variables the same names, and keep one of them"
        return f"{show(route.route)} matches the same requests as {show(first[shape])}", hint
    first[shape] = route.route
    return None


def _sibling(route: Route, first: dict[object, str]) -> tuple[str, str] | None:
    """A second path variable at one place of a REST API's paths, which has one at most."""
    parts = key(route).parts
    for number, part in enumerate(parts):
        if not part.startswith("{"):
            continue
        above = ("below", *parts[:number])
        if first.setdefault(above, part) != part:
            hint = (
                f"{show(first[above])} is there already, and a REST API has one path variable at each place"
            )
            below = show("/" + "/".join(parts[:number]))
            return f"{show(part)} in {show(route.route)} is a second path variable below {below}", hint
    return None


# Names -----------------------------------------------------------------------------------------------


def names(texts: Iterable[str], longest: int) -> dict[str, str]:
    """Short names for texts, of their letters and digits; a hash is in those that would be alike."""
    plain_names = {text: "-".join(re.findall("[a-zA-Z0-9]+", text)) for text in texts}
    alike = list(plain_names.values())
    return {
        text: name
        if name and len(name) <= longest and alike.count(name) == 1
        else "-".join(filter(None, (name[: longest - _HASH - 1], hash_of(text))))
        for text, name in plain_names.items()
    }


def hash_of(text: str) -> str:
    """What tells a text from others whose names are alike."""
    return sha256(text.encode()).hexdigest()[:_HASH]


def sources(
    execution_arn: Sequence[str | Ref], stage: Sequence[str | Ref], keys: Sequence[Key]
) -> list[Source]:
    """The ARNs that the routes' calls come from, each with a key for `for_each`.

    Where there are too many for a function's policy it is one for the whole stage.
    """
    if len(keys) > _MOST_STATEMENTS:
        return [Source("all", to_hcl(Interpolation((*execution_arn, "/", *stage, "/*"))))]
    called = names((f"{method} {path}".strip() for method, path in keys), _LONGEST_KEY)
    return [
        Source(name, to_hcl(Interpolation((*execution_arn, "/", *stage, f"/{route.resource}"))))
        for name, route in zip(called.values(), keys, strict=True)
    ]


# Arguments -------------------------------------------------------------------------------------------


class Own(NamedTuple):
    """An argument that routes differ in, and one route's value."""

    name: Hcl
    value: Hcl


def common(
    routes: Sequence[Mapping[str, Hcl | None]],
) -> tuple[dict[str, Hcl | None], list[tuple[Own, ...]]]:
    """The arguments of resources that are one for each route, and what each route says of its own.

    An argument that is the same for all is a value, any other one is looked up in `each.value`.
    None: not given.
    """
    same: dict[str, Hcl | None] = {}
    differing: list[str] = []
    for name in routes[0]:
        values = [route[name] for route in routes]
        if all(value == values[0] for value in values):
            same[name] = values[0]
            continue
        some_lack_it = None in values
        same[name] = Hcl(f'lookup(each.value, "{name}", null)' if some_lack_it else f"each.value.{name}")
        differing.append(name)
    own = [
        tuple(Own(Hcl(name), value) for name in differing if (value := route[name]) is not None)
        for route in routes
    ]
    return same, own


_V2_ARGUMENTS = (
    "authorization_type",
    "authorizer_id",
    "authorization_scopes",
    "route_response_selection_expression",
)


class RoutePlan(NamedTuple):
    """A route of a v2 API, and the arguments that it has to itself."""

    key: str
    own: tuple[Own, ...]


def v2_routes(routes: Sequence[Route], arguments: Sequence[Mapping[str, Hcl | None]]) -> dict[str, Any]:
    """The routes of an HTTP or WebSocket API, as their template takes them."""
    same, own = common(arguments)
    plans = [RoutePlan(route.route, its_own) for route, its_own in zip(routes, own, strict=True)]
    return {
        "routes": plans,
        "route_keys": to_hcl([route.route for route in routes]),
        "route_arguments": dict.fromkeys(_V2_ARGUMENTS) | same,
        "differing": any(own),
    }


# Permission ------------------------------------------------------------------------------------------


def permission(
    trigger: Trigger,
    module: Module,
    execution_arn: Sequence[str | Ref],
    stage: Sequence[str | Ref],
    keys: Sequence[Key],
) -> Permission:
    """API Gateway's permission for an API's routes at a stage."""
    called = sources(execution_arn, stage, keys)
    comment = "API Gateway may invoke the function for these routes of this API alone."
    if len(called) < len(keys):
        comment = (
            "API Gateway may invoke the function for this stage of this API: a statement for each of its "
            f"{len(keys)} routes would be more than the 20 KB that a function's policy may have."
        )
    return trigger.permission(module, comment, "apigateway.amazonaws.com", sources=called)
