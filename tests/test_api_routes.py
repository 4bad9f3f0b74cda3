"""Routes of APIs: which ones API Gateway takes, what they are called, and where their calls come from."""

from __future__ import annotations

import pygohcl
import pytest
from pydantic import TypeAdapter

from tests.strategies import Data, as_json, modules, reported
from tfgen.diagnostics import Node
from tfgen.hcl import Ref
from tfgen.triggers.http_api import HttpApi
from tfgen.triggers.routes import Key, Route, findings, names, sources

LONGEST_STATEMENT_ID = 100


def routes(*texts: str) -> list[Route]:
    return [Route(route=text) for text in texts]


def api(kind: str, *texts: str, **keys: object) -> Data:
    return {"name": "orders", "triggers": [{"type": kind, "name": "shop", "routes": list(texts), **keys}]}


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
    assert names(["/orders/{id}", "/Status"], "_") == {"/orders/{id}": "orders_id", "/Status": "status"}


def test_names_that_would_be_alike_have_a_hash_whatever_their_order() -> None:
    forth = names(["/a-b", "/a_b", "/c"], "_")
    back = names(["/c", "/a_b", "/a-b"], "_")

    assert forth == back
    assert forth["/c"] == "c"
    assert len(set(forth.values())) == len(forth)
    assert all(name.startswith("a_b_") for path, name in forth.items() if path != "/c")


def test_a_path_without_letters_has_a_name_too() -> None:
    assert names(["/-"], "_")["/-"].isalnum()


def test_a_statement_id_is_never_too_long() -> None:
    label = "x" * 32
    key = Key("OPTIONS", "/a" * 200)
    (source,) = sources([Ref("x.arn")], ["live"], [key])

    assert len(f"trigger-{label}-{source.key}") <= LONGEST_STATEMENT_ID


def test_the_address_of_a_route_does_not_depend_on_its_place() -> None:
    texts = ["GET /a-b", "GET /a_b", "ANY /{proxy+}"]
    there, back = (
        pygohcl.loads(modules(as_json(api("api_gateway", *order)))["triggers.tf"], keep_interpolations=True)
        for order in (texts, texts[::-1])
    )

    assert there == back


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
