"""REST APIs: resources for the parts of paths, answers to browsers, and what a deployment is a copy of."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any, NamedTuple

from tfgen.hcl import Hcl, Interpolation, Ref, to_hcl
from tfgen.triggers import routes
from tfgen.triggers.base import Module
from tfgen.triggers.rest_sections import RestCors
from tfgen.triggers.routes import Key, Own, names, parts_of

_HEADERS = ("Authorization", "Content-Type", "X-Amz-Date", "X-Amz-Security-Token", "X-Api-Key")

_METHODS = "Access-Control-Allow-Methods"  # which differ from path to path


class RoutePlan(NamedTuple):
    """A route's line in the map that its method and integration are made from."""

    key: str
    resource_id: Hcl
    http_method: Hcl
    own: tuple[Own, ...]


class Preflight(NamedTuple):
    """A path's line in the map that its OPTIONS method is made from."""

    path: str
    resource_id: Hcl
    methods: Hcl


def resources(label: str, keys: Sequence[Key], root: Hcl) -> tuple[list[dict[str, Hcl]], dict[str, Hcl]]:
    """A resource for each part of the paths, parents first, and each path's resource id."""
    paths = sorted({path for key in keys for path in accumulate(f"/{part}" for part in key.parts)})
    labels = {path: f"{label}_{name}" for path, name in names(paths, "_").items()}
    ids = {path: Ref(f"aws_api_gateway_resource.{labels[path]}.id") for path in paths}
    found = []
    for path in paths:
        above, _, part = path.rpartition("/")
        parent = ids.get(above, root)
        found.append({"label": Hcl(labels[path]), "parent_id": parent, "path_part": to_hcl(part)})
    return found, {"/": root, **ids}


def preflights(cors: RestCors, module: Module, keys: Sequence[Key], ids: dict[str, Hcl]) -> dict[str, Any]:
    """The OPTIONS methods of all paths, and the headers that they answer with."""
    allowed: dict[str, list[str]] = {}
    for key in keys:
        every = [method for method in routes.METHODS if method not in {"ANY", "OPTIONS"}]
        allowed.setdefault(key.path, []).extend(every if key.method == "ANY" else [key.method])
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
            Preflight(path, ids[path], listed(sorted({*methods, "OPTIONS"})))
            for path, methods in allowed.items()
        ],
        "headers": ordered,
        "allow_origin": headers["Access-Control-Allow-Origin"],
    }


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
