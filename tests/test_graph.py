"""`tfgen graph`: what is in the picture of one spec and of several, and how it is written."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.command import tfgen
from tests.conftest import AS_OF
from tests.strategies import as_yaml, examples, hostile_texts
from tfgen.graph import Form, text
from tfgen.graph.join import joined, meeting
from tfgen.plan import plan
from tfgen.plan.model import Edge, Node, Picture
from tfgen.run import Options, Task, run
from tfgen.source import parse
from tfgen.spec import read_spec

ROOT = Path(__file__).parent.parent
FLEET = ROOT / "tests" / "fleet" / "specs"
OWN_QUEUE = "arn:${aws.partition}:sqs:${aws.region}:${aws.account_id}:"
BASE = {"runtime": "python3.13", "handler": "app.handler", "filename": "app.zip"}
API = {"type": "http_api", "routes": ["GET /orders"]}

Arrow = tuple[str, str, str]


def picture(module: str, **keys: object) -> Picture:
    """The picture of a spec, as its module has it."""
    keys = {"function_name": module, **keys}
    document = parse(f"specs/{module}.yaml", as_yaml({**BASE, **keys}).encode())
    return plan(read_spec(document), document.path).readme.picture


def fleet() -> Picture:
    """The picture of the fleet in tests/fleet."""
    outcomes = run(sorted(FLEET.glob("*.yaml")), Options(Task.DRAW, date.fromisoformat(AS_OF)))
    return joined([outcome.drawn.picture for outcome in outcomes if outcome.drawn is not None])


def arrows(picture: Picture) -> set[Arrow]:
    """The arrows between boxes' labels."""
    labels = {node.id: node.label for node in picture.nodes}
    return {(labels[edge.source], edge.label, labels[edge.target]) for edge in picture.edges}


def labels(picture: Picture) -> list[str]:
    return sorted(node.label for node in picture.nodes)


# One picture of several ------------------------------------------------------------------------------


def test_the_picture_of_a_fleet_leads_from_function_to_function() -> None:
    jobs = f"SQS queue {OWN_QUEUE}fulfilment-jobs"
    bus = "EventBridge event bus arn:${aws.partition}:events:${aws.region}:${aws.account_id}:event-bus/shop"
    orders = "DynamoDB table arn:aws:dynamodb:eu-central-1:123456789012:table/orders"
    uncalled = "SNS topic arn:aws:sns:eu-central-1:123456789012:nobody-called"
    assert arrows(fleet()) == {
        ("HTTP API shop", "invokes", "checkout"),
        ("checkout", "send", jobs),
        ("checkout", "publish", bus),
        ("checkout", "logs", "/aws/lambda/checkout"),
        (jobs, "is read for", "fulfilment"),
        (jobs, "what failed", "SQS queue jobs_dead_letters"),
        ("S3 bucket shop-labels", "invokes", "fulfilment"),
        ("fulfilment", "write", "S3 bucket shop-labels"),
        ("fulfilment", "write", orders),
        ("fulfilment", "what was given up", "on-call"),
        ("SQS queue jobs_dead_letters", "is read for", "redrive"),
        ("redrive", "invoke", "fulfilment"),
        ("/aws/lambda/checkout", "invokes", "on-call"),
        (bus, "invokes", "on-call"),
        ("on-call", "dead letters", uncalled),
        (uncalled, "invokes", "search-index"),
        (orders, "is read for", "search-index"),
        ("SQS queue ${var.queue_arn}", "is read for", "${var.stage}-invoices"),
        ("Schedule cron(0 3 * * ? *)", "invokes", "${var.stage}-invoices"),
    }


def test_what_is_the_same_for_several_is_one_box() -> None:
    both = joined([picture("a", dead_letter_config={"target_arn": OWN_QUEUE + "x"}),
                   picture("b", triggers=[{"type": "sqs", "queue_arn": OWN_QUEUE + "x"}])])  # fmt: skip
    assert labels(both) == [f"SQS queue {OWN_QUEUE}x", "a", "b"]  # by the better words


def test_what_only_callers_know_is_a_box_for_each() -> None:
    triggers = [{"type": "sqs", "queue_arn": "${var.queue_arn}"}]
    variables = {"queue_arn": {"description": "Queue"}}
    both = joined([picture(name, triggers=triggers, variables=variables) for name in ("a", "b")])
    assert labels(both) == ["SQS queue ${var.queue_arn}"] * 2 + ["a", "b"]


def test_an_api_is_one_box_where_all_say_which_one_it_is() -> None:
    own = joined([picture(name, triggers=[API]) for name in ("a", "b")])
    assert labels(own) == ["HTTP API http_api"] * 2 + ["a", "b"]
    arn = "arn:aws:execute-api:eu-central-1:123456789012:a1b2c3d4e5"
    shared = [{**API, "api_id": "a1b2c3d4e5", "execution_arn": arn}]
    assert labels(joined([picture(name, triggers=shared) for name in ("a", "b")])) == [
        *("HTTP API a1b2c3d4e5", "a", "b")
    ]


_BUCKET = {"type": "s3", "bucket": "inbox", "events": ["s3:ObjectCreated:*"]}
_BUS = {"type": "eventbridge", "event_pattern": {"source": ["shop"]}}
_QUEUE = {"fifo_queue": True, "dead_letter_queue": {"max_receive_count": 3}}


@pytest.mark.parametrize(
    ("trigger", "permission"),
    [
        (_BUCKET, {"read": "arn:aws:s3:::inbox"}),
        (_BUS, {"publish": f"{OWN_QUEUE.replace(':sqs:', ':events:')}event-bus/default"}),
        ({"type": "sqs", "name": "in_box", "create": _QUEUE}, {"send": f"{OWN_QUEUE}a-in-box.fifo"}),
    ],
    ids=["a bucket", "the default bus", "a queue that the module makes"],
)
def test_a_name_and_the_arn_with_that_name_are_one_box(
    trigger: dict[str, object], permission: dict[str, str]
) -> None:
    both = joined([picture("a", triggers=[trigger]), picture("b", permissions=[permission])])
    (source,) = {edge.source for edge in both.edges if edge.target == "n_function__a"}
    assert source in {edge.target for edge in both.edges if edge.source == "n_function__b"}


def test_a_bus_of_another_account_is_a_box_of_its_own() -> None:
    bus = "arn:aws:events:eu-central-1:999999999999:event-bus/default"
    both = joined([picture("a", triggers=[_BUS]), picture("b", permissions=[{"publish": bus}])])
    assert labels(both) == ["EventBridge default bus", f"EventBridge event bus {bus}", "a", "b"]


def test_a_function_stays_a_box_of_its_own_even_by_the_name_of_another() -> None:
    called = [{"invoke": "arn:aws:lambda:eu-central-1:123456789012:function:orders:live"}]
    named = [picture(name, function_name="orders") for name in ("b", "c")]
    whole = joined([picture("a", permissions=called), *named])
    assert [edge for edge in whole.edges if edge.label == "invoke"] == [
        Edge("n_function__a", "invoke", "n_function__b")
    ]
    assert labels(whole) == ["/aws/lambda/orders", "a", "orders", "orders"]


def test_a_log_group_is_shown_where_another_module_has_to_do_with_it() -> None:
    watcher = [{"type": "cloudwatch_logs", "log_group_name": "/aws/lambda/a", "filter_pattern": ""}]
    assert labels(joined([picture("a"), picture("b")])) == ["a", "b"]
    assert arrows(joined([picture("a"), picture("b", triggers=watcher)])) == {
        ("a", "logs", "/aws/lambda/a"),
        ("/aws/lambda/a", "invokes", "b"),
    }
    shared = {"logging_config": {"log_group": "/shop", "log_format": "JSON"}, "log_group": {"create": False}}
    assert arrows(joined([picture("a", **shared), picture("b", **shared)])) == {
        ("a", "logs", "/shop"),
        ("b", "logs", "/shop"),
    }


def test_modules_whose_names_differ_in_a_sign_have_boxes_of_their_own() -> None:
    both = joined([picture(name, triggers=[API]) for name in ("a-b", "a_b")])
    assert len({node.id for node in both.nodes}) == len(both.nodes) == 4
    assert arrows(both) == {("HTTP API http_api", "invokes", "a-b"), ("HTTP API http_api", "invokes", "a_b")}


def test_the_picture_of_one_module_is_that_of_its_readme() -> None:
    for path in sorted((ROOT / "specs").glob("*.yaml"))[::10]:
        readme = (ROOT / "tests" / "golden" / path.stem / "README.md").read_text(encoding="utf-8")
        done = tfgen(ROOT, "graph", f"specs/{path.name}")
        assert f"```mermaid\n{done.stdout}```\n" in readme


def test_the_parts_in_which_functions_meet() -> None:
    whole = fleet()
    assert {node.label for node in whole.nodes} - {node.label for node in meeting(whole).nodes} == {
        *("SQS queue ${var.queue_arn}", "Schedule cron(0 3 * * ? *)", "${var.stage}-invoices")
    }
    assert meeting(picture("a", triggers=[API])) == Picture((), ())


# How it is written -----------------------------------------------------------------------------------

_LABEL = r"\"(?:[^\"#;]|#[0-9]+;)*\""
_MERMAID = rf"n[0-9]+(?:\(\[{_LABEL}\]\)|\[{_LABEL}\])|n[0-9]+ -->\|{_LABEL}\| n[0-9]+"
_QUOTED = r'"(?:[^"\\]|\\["\\])*"'
_DOT = rf'{_QUOTED} \[label={_QUOTED}(?:, style="rounded,bold")?\]|{_QUOTED} -> {_QUOTED} \[label={_QUOTED}\]'


@examples(60)
@given(st.lists(hostile_texts, min_size=2, max_size=4))
def test_no_text_breaks_out_of_its_label(texts: list[str]) -> None:
    """tests/editor reads and draws them with the real Mermaid and Graphviz."""
    nodes = tuple(Node(f"n{number}", label, "source") for number, label in enumerate(texts))
    drawn = Picture((nodes[0]._replace(kind="function"), *nodes[1:]), (Edge("n0", texts[0], "n1"),))
    first, *lines = text(Form.MERMAID, drawn).removesuffix("\n").split("\n")
    assert first == "flowchart LR"
    assert len(lines) == len(texts) + 1
    assert all(re.fullmatch(_MERMAID, line.strip()) for line in lines)
    *_, last = lines = text(Form.DOT, drawn).removesuffix("\n").split("\n")
    assert (lines[0], last) == ("digraph {", "}")
    assert len(lines) == len(texts) + 6
    assert all(re.fullmatch(_DOT, line.strip()) for line in lines[4:-1])
    written = json.loads(text(Form.JSON, drawn))
    assert [node["label"] for node in written["nodes"]] == texts
    assert text(Form.JSON, drawn).isascii()


def test_json_has_the_whole_picture() -> None:
    done = tfgen(ROOT, "graph", str(FLEET), "--output-format", "json")
    written, drawn = json.loads(done.stdout), fleet()
    assert written["format_version"] == 1
    assert [(edge["source"], edge["label"], edge["target"]) for edge in written["edges"]] == [*drawn.edges]
    assert [(node["id"], node["label"], node["kind"]) for node in written["nodes"]] == [
        node[:3] for node in drawn.nodes
    ]
    modules = {node["module"]: node["label"] for node in written["nodes"] if node["kind"] == "function"}
    assert modules.keys() == {path.stem for path in FLEET.glob("*.yaml")}
    assert modules["search"] == "search-index"
    assert {node["module"] for node in written["nodes"] if node["kind"] != "function"} == {None}


# The command -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(Form))
def test_the_same_specs_give_the_same_picture_however_they_are_found(form: Form) -> None:
    paths = sorted(str(path) for path in FLEET.glob("*.yaml"))
    whole, turned, parted = (
        tfgen(ROOT, "graph", *arguments, "--output-format", form)
        for arguments in ([str(FLEET)], paths[::-1], [*paths, "-j", "2"])
    )
    assert whole.stdout == turned.stdout == parted.stdout
    assert (whole.returncode, whole.stderr) == (0, "")


def test_a_spec_with_mistakes_is_told_and_left_out(tmp_path: Path) -> None:
    (tmp_path / "good.yaml").write_text(as_yaml({"function_name": "good", **BASE}))
    (tmp_path / "bad.yaml").write_text("function_name: bad\ntimeout: 901\n")
    done = tfgen(tmp_path, "graph", ".", "-o", "picture.mmd")
    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        "bad.yaml:2:10: error[TFG201] `timeout` is 901",
        "1 finding in 1 of 2 specs; 1 spec left out of the picture.",
    ]
    assert (tmp_path / "picture.mmd").read_text() == text(Form.MERMAID, picture("good"))


def test_without_a_spec_that_can_be_drawn_there_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("timeout: 901\n")
    done = tfgen(tmp_path, "graph", "bad.yaml", "-o", "picture.mmd")
    assert (done.returncode, done.stdout) == (1, "")
    assert not (tmp_path / "picture.mmd").exists()


def test_more_arrows_than_mermaid_draws_are_told(tmp_path: Path) -> None:
    triggers = [
        {"type": "schedule", "name": f"s{number}", "schedule_expression": "rate(1 day)"}
        for number in range(167)
    ]
    for name in ("one", "two", "three"):
        (tmp_path / f"{name}.yaml").write_text(as_yaml({"function_name": name, **BASE, "triggers": triggers}))
    done = tfgen(tmp_path, "graph", ".")
    assert done.returncode == 0
    assert done.stdout.count("-->") == 501
    assert "Mermaid draws up to 500 arrows" in done.stderr
    assert tfgen(tmp_path, "graph", ".", "--output-format", "dot").stderr == ""


# docs/pictures.md ------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", list(Form))
def test_the_page_about_pictures_shows_what_tfgen_writes(form: Form, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "pictures.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"(?ms)^```(\w+)\n(.*?)^```$", page))
    (tmp_path / "cleanup.yaml").write_text(blocks["yaml"])
    assert tfgen(tmp_path, "graph", "cleanup.yaml", "--output-format", form).stdout == blocks[form]
