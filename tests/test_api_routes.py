"""Routes of APIs: which ones API Gateway takes, what they are called, and where their calls come from."""

from __future__ import annotations

import re

import pygohcl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from tests.strategies import Data, as_json, examples, modules, read, reported
from tfgen.diagnostics import Diagnostic, Node, SpecError
from tfgen.hcl import Ref
from tfgen.triggers.http_api import HttpApi
from tfgen.triggers.rest_resources import resources
from tfgen.triggers.routes import Key, Route, findings, key, names, sources

LONGEST_STATEMENT_ID = 100


def routes(*texts: str) -> list[Route]:
    return [Route(route=text) for text in texts]


def api(kind: str, *texts: str, **keys: object) -> Data:
    return {"name": "orders", "triggers": [{"type": kind, "name": "shop", "routes": list(texts), **keys}]}


def mistake(data: Data) -> Diagnostic:
    """The only one that a spec has."""
    with pytest.raises(SpecError) as error:
        read(as_json(data))
    (found,) = error.value.diagnostics
    return found


# Which routes there may be ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "route",
    ["GET /", "ANY /{proxy+}", "POST /v1.2/a-b_c:d", "PUT /a/{id}/b/{key}/{rest+}"],
)
def test_a_route_that_api_gateway_takes_has_no_findings(route: str) -> None:
    assert list(findings(routes(route), rest=True)) == list(findings(routes(route), rest=False)) == []


def test_the_default_route_is_for_http_apis() -> None:
    assert list(findings(routes("$default"), rest=False)) == []
    assert [found.code for found in findings(routes("$default"), rest=True)] == ["TFG317"]


def test_a_rest_api_has_one_path_variable_at_each_place() -> None:
    beside = routes("GET /a/{id}", "PUT /a/{key}", "GET /a/{key}/b", "GET /a/{id}/c", "GET /b/{key}")

    assert [found.location for found in findings(beside, rest=True)] == [
        Node(("routes", 1)),
        Node(("routes", 2)),
    ]
    assert list(findings(beside, rest=False)) == []


def test_an_http_api_has_one_route_for_each_request() -> None:
    (found,) = findings(routes("GET /a/{id}", "PUT /a/{key}", "GET /a/{key}"), rest=False)

    assert found.location == Node(("routes", 2))


def test_an_http_api_may_have_a_greedy_variable_beside_another() -> None:
    assert list(findings(routes("GET /a/{id}", "GET /a/{rest+}"), rest=False)) == []


@pytest.mark.parametrize(
    "route", ["GET /$${x}", "GET /" + "a/" * 200, "GET /\u200b", "\u200b /", " /", "$\u200b"]
)
@pytest.mark.parametrize("kind", ["api_gateway", "http_api", "websocket"])
def test_a_report_about_a_route_is_short_and_can_be_read(kind: str, route: str) -> None:
    found = mistake(api(kind, route))

    assert found.code == "TFG317"
    assert max(len(found.summary), len(found.hint)) < 200
    assert (found.summary + found.hint).isprintable()


def test_a_dollar_and_braces_are_characters_that_a_path_cannot_have() -> None:
    found = mistake(api("http_api", "GET /$${x}"))

    assert found.summary == "`${x}` in `GET /${x}` has characters that a path cannot have"


def test_a_route_is_a_text_or_a_mapping() -> None:
    data = api("http_api", "GET /a")
    data["triggers"][0]["routes"].append({"route": "GET /b", "authorization_type": "AWS_IAM"})

    assert reported(as_json(data)) == []


def test_the_json_schema_takes_texts_and_mappings() -> None:
    schema = TypeAdapter(HttpApi).json_schema()
    text, mapping = schema["properties"]["routes"]["items"]["anyOf"]

    assert text["type"] == "string"
    assert "HttpRoute" in str(mapping)


# What they are called --------------------------------------------------------------------------------


def test_a_name_is_made_of_letters_and_digits() -> None:
    assert names(["GET /orders/{id}", "$default"], 64) == {
        "GET /orders/{id}": "GET-orders-id",
        "$default": "default",
    }


def test_names_that_would_be_alike_have_a_hash_whatever_their_order() -> None:
    forth = names(["/a-b", "/a_b", "/c"], 64)
    back = names(["/c", "/a_b", "/a-b"], 64)

    assert forth == back
    assert forth["/c"] == "c"
    assert len(set(forth.values())) == len(forth)
    assert all(name.startswith("a-b-") for path, name in forth.items() if path != "/c")


def test_a_route_without_letters_has_a_name_too() -> None:
    assert names(["$_"], 64)["$_"].isalnum()


def test_a_statement_id_is_never_too_long() -> None:
    label = "x" * 32
    (source,) = sources([Ref("x.arn")], ["live"], [Key("OPTIONS", "/a" * 200)])

    assert len(f"trigger-{label}--{source.key}") == LONGEST_STATEMENT_ID


def test_the_address_of_a_route_does_not_depend_on_its_place() -> None:
    texts = ["GET /a-b", "GET /a_b", "ANY /{proxy+}"]
    there, back = (
        pygohcl.loads(modules(as_json(api("api_gateway", *order)))["triggers.tf"], keep_interpolations=True)
        for order in (texts, texts[::-1])
    )

    assert there == back


# The resources of REST APIs --------------------------------------------------------------------------


def labels(*texts: str) -> list[str]:
    keys = [key(route) for route in routes(*texts)]
    return [str(made.label) for made in resources("shop", keys, Ref("x.root")).made]


def test_a_resource_is_labelled_by_the_parts_of_its_path() -> None:
    assert labels("GET /", "GET /order-lines/{id}/v2", "PUT /order-lines/{id}") == [
        "shop__order_lines",
        "shop__order_lines__variable",
        "shop__order_lines__variable__v2",
    ]


def test_what_a_label_would_leave_out_is_a_hash_in_it() -> None:
    paths = ("/a/b", "/a-b", "/a_b", "/a.b", "/A-b", "/a--b", "/-", "/variable", "/{variable}")

    found = labels(*(f"GET {path}" for path in paths))

    assert len(set(found)) == len(paths) + 1
    assert {"shop__a", "shop__a__b", "shop__a_b", "shop__variable"} < set(found)
    assert all(re.fullmatch("shop(__[a-z0-9]+(_[a-z0-9]+)*)+", label) for label in found)


@examples(50)
@given(st.lists(st.sampled_from(["a", "a-b", "a_b", "A", "b.c", "{id}", "variable"]), min_size=1, max_size=4))
def test_a_resource_has_its_label_whatever_other_routes_there_are(parts: list[str]) -> None:
    path = "/".join(parts)
    alone = labels(f"GET /{path}")

    assert set(alone) <= set(labels("GET /a_b", f"GET /{path}", "GET /A/a-b/c", "GET /a/variable"))


def test_two_rest_apis_may_have_names_of_which_one_begins_with_the_other() -> None:
    data = api("api_gateway", "GET /admin/users", cors={"allow_origin": "*"})
    for name in ("shop_admin", "shop_cors"):
        data["triggers"].append({"type": "api_gateway", "name": name, "routes": ["GET /users"]})

    module = modules(as_json(data))["triggers.tf"]

    addresses = re.findall('^resource "([a-z0-9_]+)" "([a-z0-9_]+)"', module, re.MULTILINE)
    assert ("aws_api_gateway_resource", "shop__admin__users") in addresses
    assert len(set(addresses)) == len(addresses)


def test_a_path_variable_with_another_name_changes_what_is_there() -> None:
    """API Gateway has one of them at a place, so that a second could not be made before the first is gone."""
    there, renamed = (
        pygohcl.loads(
            modules(as_json(api("api_gateway", f"GET /a/{{{name}}}", cors={"allow_origin": "*"})))[
                "triggers.tf"
            ],
            keep_interpolations=True,
        )
        for name in ("id", "key+")
    )

    locals_there, locals_renamed = (found.pop("locals") for found in (there, renamed))
    assert locals_there != locals_renamed, "the deployment would be as it was"
    assert all(locals_there[name] == locals_renamed[name] for name in ("shop_routes", "shop_cors"))
    parts = [
        found["resource"]["aws_api_gateway_resource"].pop("shop__a__variable") for found in (there, renamed)
    ]
    assert [part.pop("path_part") for part in parts] == ["{id}", "{key+}"]
    assert parts[0] == parts[1]
    permissions = [found["resource"].pop("aws_lambda_permission") for found in (there, renamed)]
    assert permissions[0].keys() == permissions[1].keys()
    assert there == renamed


# Where calls come from -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "path", "arn"),
    [
        ("GET", "/", "GET/"),
        ("ANY", "/{proxy+}", "*/*"),
        ("PUT", "/orders/{id}/lines", "PUT/orders/*/lines"),
        ("$default", "", "$default"),
        ("$connect", "", "$connect"),
    ],
)
def test_a_calls_arn_has_stars_for_what_it_leaves_open(method: str, path: str, arn: str) -> None:
    (source,) = sources([Ref("x.arn")], ["live"], [Key(method, path)])

    assert source.arn == f'"${{x.arn}}/live/{arn}"'


@pytest.mark.parametrize(("count", "statements"), [(40, 40), (41, 1)])
def test_many_routes_are_one_statement(count: int, statements: int) -> None:
    found = sources([Ref("x.arn")], ["live"], [Key("GET", f"/r{number}") for number in range(count)])

    assert len(found) == statements
    assert (found[0].arn == '"${x.arn}/live/*"') == (statements == 1)


def test_the_permission_says_why_it_is_one_for_all() -> None:
    module = modules(as_json(api("http_api", *(f"GET /r{number}" for number in range(41)))))

    assert "more than the 20 KB" in module["triggers.tf"].replace("\n#", "")
