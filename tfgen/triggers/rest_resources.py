"""REST APIs: resources for the parts of paths, answers to browsers, and what a deployment is a copy of."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from tfgen.hcl import Hcl, Interpolation, Ref, parts_of, to_hcl
from tfgen.triggers import routes
from tfgen.triggers.base import Module
from tfgen.triggers.checks import Check
from tfgen.triggers.rest_sections import RestCors
from tfgen.triggers.routes import Key, Own, hash_of

_HEADERS = ("Authorization", "Content-Type", "X-Amz-Date", "X-Amz-Security-Token", "X-Api-Key")

_METHODS = "Access-Control-Allow-Methods"  # which differ from path to path

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_VARIABLE = "variable"  # what a path variable is called in labels


class RoutePlan(NamedTuple):
    """A route's line in the map that its method and integration are made from; its key is its place."""

    key: str
    resource_id: Hcl
    http_method: Hcl
    own: tuple[Own, ...]


class Preflight(NamedTuple):
    """A path's line in the map that its OPTIONS method is made from."""

    place: str
    resource_id: Hcl
    methods: Hcl


class Resource(NamedTuple):
    """A part of a path."""

    label: Hcl
    parent_id: Hcl
    path_part: Hcl


class Resources(NamedTuple):
    """The parts of all paths, parents first, their ids by place, and the path variables among them."""

    made: list[Resource]
    ids: dict[str, Hcl]
    variables: list[str]


def resources(label: str, keys: Sequence[Key], root: Hcl) -> Resources:
    """The resources of a trigger's routes; `root` is the id of the API's own.

    They are labelled by their places. API Gateway has one path variable at each, and Terraform removes what a
    deployment was made of only after the next one, so that one with another label could never be made.
    """
    parts: dict[str, str] = {}
    for key in keys:
        place = ""
        for part in key.parts:
            place += "/{}" if part.startswith("{") else f"/{part}"
            parts[place] = part
    ids = {"/": root}
    made = []
    for place in sorted(parts):
        labelled = "__".join((label, *map(_word, place[1:].split("/"))))
        above = place.rpartition("/")[0] or "/"
        ids[place] = Ref(f"aws_api_gateway_resource.{labelled}.id")
        made.append(Resource(Hcl(labelled), ids[above], to_hcl(parts[place])))
    return Resources(made, ids, [parts[place] for place in sorted(parts) if place.endswith("{}")])


def _word(part: str) -> str:
    """A part of a place in a label, whatever the others are. A hash stands for what it leaves out."""
    if part == "{}":
        return _VARIABLE
    if _PLAIN.match(part) and part != _VARIABLE:
        return part.replace("-", "_")
    return "_".join((*re.findall("[a-z0-9]+", part.lower()), hash_of(part)))


def preflights(cors: RestCors, module: Module, keys: Sequence[Key], ids: dict[str, Hcl]) -> dict[str, Any]:
    """The OPTIONS methods of all paths, and the headers that they answer with."""
    allowed: dict[str, list[str]] = {}
    for key in keys:
        every = [method for method in routes.METHODS if method not in {"ANY", "OPTIONS"}]
        allowed.setdefault(key.place, []).extend(every if key.method == "ANY" else [key.method])
    headers = {
        "Access-Control-Allow-Headers": listed(
            list(_HEADERS) if cors.allow_headers is None else module.value(cors.allow_headers)
        ),
        _METHODS: Ref("each.value.methods"),
        "Access-Control-Allow-Origin": quoted(module.value(cors.allow_origin)),
    }
    if cors.allow_credentials is True:
        headers["Access-Control-Allow-Credentials"] = to_hcl("'true'")
    elif cors.allow_credentials:
        headers["Access-Control-Allow-Credentials"] = quoted(module.value(cors.allow_credentials))
    if cors.max_age is not None:
        headers["Access-Control-Max-Age"] = quoted(module.value(cors.max_age))
    ordered = [Own(Hcl(name), headers[name]) for name in sorted(headers)]
    return {
        "paths": [
            Preflight(place, ids[place], listed(sorted({*methods, "OPTIONS"})))
            for place, methods in allowed.items()
        ],
        "headers": ordered,
        "allow_origin": headers["Access-Control-Allow-Origin"],
    }


def preflight_checks(label: str, cors: dict[str, Any], *, of_own_api: bool) -> Iterator[Check]:
    """That paths answer browsers with these headers, as `preflights` gives them, and so does an API itself
    that the module makes."""
    answers, headers = f"aws_api_gateway_integration_response.{label}__cors", "response_parameters"
    for name, value in cors["headers"]:
        header = f'{headers}["method.response.header.{name}"]'
        if name != _METHODS:
            yield Check(Hcl(f"values({answers})[*].{header}"), [value], in_any_order=True, name=name)
            continue
        found = f"{{ for path, answer in {answers} : path => answer.{header} }}"
        yield Check(Hcl(found), {path.place: path.methods for path in cors["paths"]}, name=name)
    if of_own_api:
        header = f'{headers}["gatewayresponse.header.Access-Control-Allow-Origin"]'
        own = Hcl(f"values(aws_api_gateway_gateway_response.{label})[*].{header}")
        name = "Access-Control-Allow-Origin of the API itself"
        yield Check(own, [cors["allow_origin"]], in_any_order=True, name=name)


def redeployment(label: str, arguments: dict[str, Any]) -> list[Own]:
    """What the deployment is a copy of, as far as this module says it: the entries of the hashed map.

    Attributes one by one, for a whole resource in the hash would differ in the second plan.
    """
    api = arguments["api"] or {}
    cors = arguments["cors"]
    in_the_routes = {str(own.name) for route in arguments["routes"] for own in route.own}
    found: dict[str, Hcl | None] = {
        **{name: value for name, value in api.items() if name not in {"name", "description"}},
        "routes": Ref(f"local.{label}_routes"),
        "path_variables": arguments["path_variables"],
        **{name: value for name, value in arguments["method"].items() if name not in in_the_routes},
        "uri": arguments["uri"],
        "timeout_milliseconds": arguments["timeout_milliseconds"],
    }
    for authorizer in arguments["authorizers"]:
        found[str(authorizer.label).removeprefix(f"{label}_")] = to_hcl(authorizer.behaviour)
    if cors:
        found["cors"] = Ref(f"local.{label}_cors")
        found["cors_headers"] = to_hcl(
            [header.value for header in cors["headers"] if header.name != _METHODS]
        )
    return [Own(Hcl(name), value) for name, value in found.items() if value is not None]


def quoted(value: Any) -> Hcl:
    """A header's value as a mapping expression has it: in single quotes."""
    return to_hcl(
        Interpolation(("'", *parts_of(value if isinstance(value, str | tuple) else str(value)), "'"))
    )


def listed(value: Any) -> Hcl:
    """A list as a header's value, with commas."""
    if isinstance(value, list) and all(type(item) is str for item in value):
        return quoted(",".join(value))
    return Hcl(f'format("\'%s\'", join(",", {to_hcl(value)}))')
