"""Routes of APIs: `GET /orders/{id}` and its like, what API Gateway would refuse of them, and what they are
called in labels and in ARNs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Annotated, Any, NamedTuple

from pydantic import Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import core_schema

from tfgen.diagnostics import Diagnostic
from tfgen.hcl import Hcl, Interpolation, Ref, to_hcl
from tfgen.schema.bounds import Bounds
from tfgen.schema.places import Place, fail, json_schema, literal, nearest, plain
from tfgen.schema.section import Section
from tfgen.triggers.base import Source, at

ROUTE = Bounds(minimum=1, maximum=1024, unit="characters", static=True)

METHODS = ("ANY", "DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT")
DEFAULT = "$default"
# "Amazon API Gateway important notes": what path segments may contain.
_PART = re.compile(r"[a-zA-Z0-9._,:-]+\Z")
_VARIABLE = re.compile(r"\{([a-zA-Z0-9._:-]+)(\+?)\}\Z")
# The three routes that API Gateway chooses itself, and names for what the selection expression gives.
WEBSOCKET_ROUTES = ("$connect", "$disconnect", DEFAULT)
_WEBSOCKET_NAME = re.compile(r"[a-zA-Z0-9._:/-]{1,128}\Z")

# A function's policy has at most 20 KB, a statement up to half of one, and other triggers have theirs.
_MOST_STATEMENTS = 40
_LONGEST_KEY = 59  # a statement id has 100 characters, of which "trigger-LABEL-" may take 41
_HASH = 6


class Route(Section):
    """A route that says more than its text."""

    route: Annotated[str, Place(ROUTE)] = Field(description="The route itself, such as GET /orders/{id}")


class RoutePlace:
    """Makes a field hold one route: a text, or a mapping where there is more to say."""

    def __get_pydantic_core_schema__(
        self, source: type[Route], handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        def read(value: object, model: core_schema.ValidatorFunctionWrapHandler) -> object:
            if isinstance(value, str):
                text = plain(value)
                literal(ROUTE, text)
                return model({"route": text})
            if not isinstance(value, dict):
                fail("TFG103", "must be a string or a mapping", "write the route: `- GET /orders`")
            return model(value)

        return core_schema.no_info_wrap_validator_function(read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
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
            yield at("TFG317", *found, *_where(route, index))


def websocket_findings(routes: Sequence[Route]) -> Iterator[Diagnostic]:
    """The same for the routes of a WebSocket API."""
    seen: set[str] = set()
    for index, route in enumerate(routes):
        name = route.route
        known = ", ".join(WEBSOCKET_ROUTES)
        found = None
        if name.startswith("$"):
            if name not in WEBSOCKET_ROUTES:
                found = (f"`{name}` is none of API Gateway's own routes", f"these are {known}")
        elif not _WEBSOCKET_NAME.match(name):
            hint = f"it is one of {known}, or the text that the route selection expression finds in a message"
            found = (f"`{name}` is not a route of a WebSocket API", hint)
        if found is None and name in seen:
            found = (f"`{name}` is there twice", "keep one of them")
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
    method, space, path = route.partition(" ")
    if not space:
        hint = "write METHOD /path, such as `GET /orders`; ANY is for all methods"
        return f"`{route}` is not a method and a path", hint
    if method not in METHODS:
        near = nearest(method, METHODS)
        hint = (f"did you mean `{near}`? " if near else "") + f"allowed: {', '.join(METHODS)}"
        return f"`{method}` in `{route}` is not a method", hint
    if not path.startswith("/"):
        return f"the path in `{route}` does not start with /", f"write `{method} /{path.strip().lstrip('/')}`"
    if path == "/":
        return None
    if path.endswith("/"):
        return f"the path in `{route}` ends with /", f"write `{method} {path.rstrip('/') or '/'}`"
    if "//" in path:
        return f"a part of the path in `{route}` is empty", f"write `{method} {re.sub('/+', '/', path)}`"
    return _mistaken_part(route, path[1:].split("/"))


def _mistaken_part(route: str, parts: Sequence[str]) -> tuple[str, str] | None:
    names: set[str] = set()
    for number, part in enumerate(parts, 1):
        variable = _VARIABLE.match(part)
        if variable is None:
            if "{" in part or "}" in part:
                hint = "a path variable is the whole of a part, `{name}` or, as the last one, `{name+}`"
                return f"`{part}` in `{route}` is not a path variable", hint
            if part.startswith(":"):
                return f"`{part}` in `{route}` is not a path variable", f"write `{{{part[1:]}}}`"
            if not _PART.match(part):
                hint = "a part has letters, digits and . _ , : -"
                if "*" in part:
                    hint += "; `{proxy+}` stands for all that is below"
                return f"`{part}` in `{route}` has characters that a path cannot have", hint
            continue
        name, greedy = variable.groups()
        if greedy and number < len(parts):
            hint = "it takes all that is below; write `{name}` for one part"
            return f"`{part}` is not the last part of `{route}`", hint
        if name in names:
            return f"`{route}` has the path variable `{name}` twice", "give each a name of its own"
        names.add(name)
    return None


def _conflict(route: Route, first: dict[object, str], *, rest: bool) -> tuple[str, str] | None:
    """What is wrong with a route beside those before it, which `first` remembers."""
    if route.route in first:
        return f"`{route.route}` is there twice", "keep one of them"
    first[route.route] = route.route
    method, path = key(route)
    if rest:
        return _sibling(route, first)
    # `/{id}` and `/{name}` match the same requests.
    shape = (method, re.sub(r"\{[^}+]*", "{", path))
    if shape in first:
        hint = "give the path variables the same names, and keep one of them"
        return f"`{route.route}` matches the same requests as `{first[shape]}`", hint
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
            where = "/" + "/".join(parts[:number])
            hint = f"`{first[above]}` is there already, and a REST API has one path variable at each place"
            return f"`{part}` in `{route.route}` is a second path variable below `{where}`", hint
    return None


# Names -----------------------------------------------------------------------------------------------


def names(texts: Iterable[str], joiner: str, *, longest: int = 1024) -> dict[str, str]:
    """Short names for texts, of their letters and digits; a hash is in those that would be alike."""
    plain_names = {text: joiner.join(re.findall("[a-zA-Z0-9]+", text)) for text in texts}
    if joiner == "_":
        plain_names = {text: name.lower() for text, name in plain_names.items()}
    alike = list(plain_names.values())
    return {
        text: name
        if name and len(name) <= longest and alike.count(name) == 1
        else joiner.join(
            filter(None, (name[: longest - _HASH - 1], sha256(text.encode()).hexdigest()[:_HASH]))
        )
        for text, name in plain_names.items()
    }


def sources(
    execution_arn: Sequence[str | Ref], stage: Sequence[str | Ref], keys: Sequence[Key]
) -> list[Source]:
    """The ARNs that the routes' calls come from, each with a key for `for_each`.

    Where there are too many for a function's policy it is one for the whole stage.
    """
    if len(keys) > _MOST_STATEMENTS:
        return [Source("all", to_hcl(Interpolation((*execution_arn, "/", *stage, "/*"))))]
    called = names((f"{method} {path}".strip() for method, path in keys), "-", longest=_LONGEST_KEY)
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


def parts_of(value: Any) -> tuple[str | Ref, ...]:
    """A text or reference as parts of an interpolation."""
    return value if isinstance(value, Interpolation) else (value,)


# Words -----------------------------------------------------------------------------------------------

LOGS_NOTE = (
    "API Gateway writes these logs with the role of aws_api_gateway_account, of which a region has one: "
    "see that it is there"
)


def permission_comment(api: str, called: Sequence[Source], keys: Sequence[Key]) -> str:
    """What the permission allows, in words."""
    if len(called) == len(keys):
        return f"API Gateway may invoke the function for these routes of this {api} alone."
    return (
        f"API Gateway may invoke the function for this stage of this {api}: a statement for each of its "
        f"{len(keys)} routes would be more than the 20 KB that a function's policy may have."
    )
