"""The limits of every key: what a spec, the module's own `validation` blocks and the JSON Schema let through
is the same."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
import yaml
from hypothesis import given
from pydantic import BaseModel

from tests.strategies import Data, as_json, as_yaml, examples, reported, specs, terraform, values
from tfgen.constraints import validations
from tfgen.interface import INTERFACE
from tfgen.schema import bounds as table
from tfgen.schema.bounds import Bounds
from tfgen.schema.json_schema import document
from tfgen.schema.later import annotation_of, model_in
from tfgen.schema.walk import bounds_of
from tfgen.source import load
from tfgen.spec import Spec
from tfgen.spec.features import FEATURES
from tfgen.spec.sections import ProvisionedConcurrencyConfig
from tfgen.triggers import kinds

Path_ = tuple[str | int, ...]
EXAMPLES = Path(__file__).parent.parent / "specs"


def with_parts(bounds: Bounds) -> Iterator[Bounds]:
    """An entry of the table, and what it says of its items and keys."""
    yield bounds
    for part in (bounds.items, bounds.keys):
        if part is not None:
            yield from with_parts(part)


ALL = {name: entry for name, entry in vars(table).items() if isinstance(entry, Bounds)}
# What becomes JSON has no condition in Terraform and no limits but its length; test_triggers.py looks at it.
TABLE = {name: entry for name, entry in ALL.items() if "json" not in entry.type}
PATTERNS = sorted({part.pattern for entry in TABLE.values() for part in with_parts(entry) if part.pattern})

# Texts of any length for each pattern: what they start with, what fills them, what they end with.
_SHAPES = {
    "MODULE_NAME": ("a", "-", ""),
    "VERSION_CONSTRAINT": (">= 1", "0", ""),
    "CHECKOV_SKIP": ("CKV_AWS_", "3", ""),
    "FUNCTION_NAME": ("f", "_", ""),
    "HANDLER": ("h", ".", ""),
    "S3_BUCKET": ("b", ".", "b"),
    "IMAGE_URI": ("i", "/", ""),
    "LAYERS": ("arn:aws:lambda:eu-central-1:123456789012:layer:", "l", ":1"),
    "ENVIRONMENT_VARIABLES": ("AB", "_", ""),
    "KMS_KEY_ARN": ("arn:aws:kms:eu-central-1:123456789012:key/", "a", ""),
    "EXECUTION_ROLE_ARN": ("arn:aws:iam::123456789012:role/", "r", ""),
    "DEAD_LETTER_TARGET_ARN": ("arn:aws:sqs:eu-central-1:123456789012:", "q", ""),
    "LOG_GROUP": ("/", "a", ""),
    "SUBNET_IDS": ("subnet-", "1", ""),
    "SECURITY_GROUP_IDS": ("sg-", "1", ""),
    "CONDITION_TEST": ("StringEquals", "", ""),
    "CONDITION_VARIABLE": ("aws:", "k", ""),
    "FILE_SYSTEM_ARN": (
        "arn:aws:elasticfilesystem:eu-",
        "a",
        "-1:123456789012:access-point/fsap-0123456789abcdef0",
    ),
    "LOCAL_MOUNT_PATH": ("/mnt/", "m", ""),
    "CODE_SIGNING_CONFIG_ARN": (
        "arn:aws:lambda:eu-",
        "a",
        "-1:123456789012:code-signing-config:csc-0123456789abcdef0",
    ),
    "EVENT_SOURCE_ARN": ("arn:aws:sqs:eu-central-1:123456789012:", "q", ""),
    "STARTING_POSITION_TIMESTAMP": ("2026-01-31T08:00:00.", "0", "Z"),
    "ON_FAILURE_ARN": ("arn:aws:sns:eu-central-1:123456789012:", "t", ""),
    "ALIAS_NAME": ("a", "-", ""),
    "FUNCTION_VERSION": ("1", "2", ""),
    "TRIGGER_NAME": ("t", "r", ""),
    "TIMEZONE": ("Europe/", "B", ""),
    "MOMENT": ("2030-01-31T08:00:00Z", "", ""),
    "QUEUE_ARN": ("arn:aws:sqs:eu-central-1:123456789012:", "q", ""),
    "SECRET_ARN": ("arn:aws:secretsmanager:eu-central-1:123456789012:secret:", "s", "-AbCdEf"),
    "STANDARD_QUEUE_ARN": ("arn:aws:sqs:eu-central-1:123456789012:", "q", ""),
    "ROLE_NAME": ("r", "-", ""),
    "ROLE_PATH": ("/", "a", "/"),
    "POLICY_ARN": ("arn:aws:iam::aws:policy/", "p", ""),
    "SID": ("S", "1", ""),
    "ACTIONS": ("s3:", "G", ""),
    "RESOURCES": ("arn:aws:s3:::", "a", ""),
}
SHAPES = {
    part.pattern: shape
    for name, shape in _SHAPES.items()
    for part in with_parts(TABLE[name])
    if part.pattern is not None
}


def text(bounds: Bounds, length: int | None = None) -> str | None:
    """A text of the right form that is `length` characters long, or as short as may be."""
    if bounds.choices:
        return str(bounds.choices[0])
    start, filler, end = SHAPES[bounds.pattern] if bounds.pattern else ("", "x", "")
    if length is None:
        shortest = len(start + filler + end) if bounds.pattern else 1
        length = max(shortest, bounds.minimum or 0)
    fillers = length - len(start) - len(end)
    return start + filler * fillers + end if fillers >= 0 else None


def sample(bounds: Bounds) -> Any:
    """Some value that `bounds` allows."""
    if bounds.choices:
        return bounds.choices[0]
    if bounds.type == "bool":
        return True
    if bounds.type == "number":
        return bounds.minimum or 0
    if bounds.keys is not None and bounds.items is not None:
        return {sample(bounds.keys): sample(bounds.items)}
    return text(bounds) if bounds.items is None else [sample(bounds.items)]


def several(bounds: Bounds, count: int) -> list[str]:
    """Different texts that `bounds` allows, or the same where it has no others."""
    if bounds.choices:
        return [str(bounds.choices[0])] * count
    start, filler, end = SHAPES[bounds.pattern] if bounds.pattern else ("", "x", "")
    return [f"{start}{filler}{number}{end}" for number in range(count)]


def inside(bounds: Bounds) -> Iterator[Any]:
    """Values at the limits of `bounds`, still inside."""
    yield sample(bounds)
    if bounds.choices or bounds.type == "bool":
        yield from bounds.choices or [False]
    elif bounds.type == "number":
        limits = (bounds.minimum, bounds.maximum, bounds.also)
        yield from (limit for limit in limits if limit is not None)
    elif bounds.keys is not None and bounds.items is not None:
        yield {}
        yield {
            f"{sample(bounds.keys)}{number}": sample(bounds.items) for number in range(bounds.maximum or 60)
        }
        yield from ({key: sample(bounds.items)} for key in inside(bounds.keys))
        yield from ({sample(bounds.keys): item} for item in inside(bounds.items))
    elif bounds.items is not None:
        yield from (
            several(bounds.items, count) for count in (bounds.minimum, bounds.maximum) if count is not None
        )
        yield from ([item] for item in inside(bounds.items))
    else:
        lengths = (bounds.minimum or 0, 5000 if bounds.maximum is None else bounds.maximum)
        yield from (found for length in lengths if (found := text(bounds, length)) is not None)


def outside(bounds: Bounds) -> Iterator[tuple[Any, str, Path_]]:
    """Values just outside: (value, the code that reports it, where in it the mistake is)."""
    low, high = bounds.minimum, bounds.maximum
    yield from ((wrong, "TFG103", ()) for wrong in wrong_types(bounds))
    if bounds.choices:
        yield ("no such" if isinstance(bounds.choices[0], str) else 4), "TFG204", ()
    elif bounds.type == "number":
        limits = [low - 1] if low is not None else []
        limits += [high + 1] if high is not None else []
        limits += [bounds.also - 1] if bounds.also is not None else []
        yield from ((number, "TFG201", ()) for number in (*limits, 1.5))
    elif bounds.keys is not None and bounds.items is not None:
        if high is not None:
            yield {f"K{number}": sample(bounds.items) for number in range(high + 1)}, "TFG205", ()
        for key, code, _ in outside(bounds.keys):
            if isinstance(key, str):
                yield {key: sample(bounds.items)}, code, (key, "key")
        for item, code, where in outside(bounds.items):
            yield {sample(bounds.keys): item}, code, (sample(bounds.keys), *where)
    elif bounds.items is not None:
        counts = [low - 1] if low else []
        counts += [high + 1] if high is not None else []
        yield from ((several(bounds.items, count), "TFG205", ()) for count in counts)
        if high != 0:
            yield from (([item], code, (0, *where)) for item, code, where in outside(bounds.items))
    elif bounds.type == "string":
        if low:
            yield "x" * (low - 1), "TFG202", ()
        if high is not None:
            yield text(bounds, high + 1), "TFG202", ()
        if bounds.pattern:
            yield " " * (low or 1), "TFG203", ()
            yield f"{text(bounds)}\n", "TFG203", ()


def wrong_types(bounds: Bounds) -> Iterator[Any]:
    number, flag, words, items, entries = 7, True, "seven", ["seven"], {"seven": "7"}
    right: Mapping[str, Any] = {
        "string": words,
        "number": number,
        "bool": flag,
        "list(string)": items,
        "map(string)": entries,
    }
    for kind, value in right.items():
        if kind != bounds.type:
            yield value


# The table -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_means_the_same_to_python_terraform_and_javascript(pattern: str) -> None:
    assert re.compile(pattern)
    assert pattern.startswith("^")
    assert pattern.endswith("$")
    assert not re.search(r"\(\?", pattern), "look-around and other extensions"
    assert not re.search(r"\\(?![tnrfv])[a-zA-Z0-9]", pattern), "classes that differ, and backreferences"
    assert not re.search(r"[*+?}][+?]", re.sub(r"\[.*?\]", "x", pattern)), "possessive and lazy repetition"
    assert not re.search(r"\[\^?\[|\[:|&&|--|~~", pattern), "classes within classes"
    assert pattern.isascii()


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_has_a_form_in_words(pattern: str) -> None:
    assert pattern in SHAPES, "and an example here"
    assert all(part.form for entry in TABLE.values() for part in with_parts(entry) if part.pattern == pattern)


@pytest.mark.parametrize("name", TABLE)
def test_an_entrys_limits_leave_room(name: str) -> None:
    for part in with_parts(TABLE[name]):
        assert part.minimum is None or part.maximum is None or part.minimum <= part.maximum
        assert (part.type in {"list(string)", "map(string)"}) == (part.items is not None)
        assert (part.type == "map(string)") == (part.keys is not None)
        assert len(set(part.choices)) == len(part.choices)


def test_every_entry_is_used_by_a_key() -> None:
    models: list[type[BaseModel]] = [Spec, *kinds()]
    used = [bounds for model in models for _, bounds in fields(model)]
    parts = [part for bounds in used for part in with_parts(bounds)]
    assert [name for name, entry in ALL.items() if entry not in parts] == []


# The spec --------------------------------------------------------------------------------------------


def fields(model: type[BaseModel], path: Path_ = ()) -> Iterator[tuple[Path_, Bounds]]:
    """Every key that holds a value, as a path from the top of the spec, with its bounds."""
    places = bounds_of(model)
    for name, field in model.model_fields.items():
        if name in places:
            yield (*path, name), places[name]
        elif name != "triggers" and (section := model_in(annotation_of(field))):
            many = many_of(annotation_of(field))
            yield from fields(
                section, (*path, name, 0) if many is list else (*path, name, "x") if many else (*path, name)
            )


def many_of(annotation: Any) -> Any:
    """What holds the sections of a field, if there may be several: list or dict."""
    origins = {get_origin(part) for part in (annotation, *get_args(annotation))}
    return list if tuple in origins else dict if origins & {dict, Mapping} else None


#: Every key but those of sections that operate a function, which test_features.py and tests/invalid show.
FIELDS = {
    ".".join(map(str, path)): (path, bounds)
    for path, bounds in fields(Spec)
    if path[0] not in FEATURES or path[0] in INTERFACE
    if len(path) == 1 or path[1] not in ProvisionedConcurrencyConfig.of_specs_alone
}
every_field = pytest.mark.parametrize("name", FIELDS)

_VPC = {"vpc_config": {"subnet_ids": ["subnet-1", "subnet-2"], "security_group_ids": ["sg-1"]}}
# What a key needs beside it.
_BESIDE: Mapping[str, Data] = {
    "runtime": {"handler": "app.handler"},
    "handler": {"runtime": "provided.al2023"},
    "image_uri": {"package_type": "Image"},
    "image_config": {"package_type": "Image", "image_uri": "registry/app:1"},
    "s3_bucket": {"s3_key": "app.zip"},
    "s3_key": {"s3_bucket": "bucket"},
    "s3_object_version": {"s3_bucket": "bucket", "s3_key": "app.zip"},
    "file_system_config": _VPC,
    "replacement_security_group_ids": {"replace_security_groups_on_destroy": True},
    "policy_statements": {},
    "variables": {"description": "about ${var.x}"},
}
_STREAM = {
    "event_source_arn": "arn:aws:kinesis:eu-central-1:123456789012:stream/s",
    "starting_position": "LATEST",
}
# The same within `event_source_mapping`, whose sample is a queue.
_MAPPED: Mapping[str, Data] = {
    "batch_size": {"maximum_batching_window_in_seconds": 1},
    "starting_position_timestamp": {**_STREAM, "starting_position": "AT_TIMESTAMP"},
    **dict.fromkeys(
        (
            *("bisect_batch_on_function_error", "destination_config", "maximum_record_age_in_seconds"),
            *("maximum_retry_attempts", "parallelization_factor", "starting_position"),
            "tumbling_window_in_seconds",
        ),
        _STREAM,
    ),
}
_STATEMENT = {"actions": ["s3:GetObject"], "resources": ["*"]}


def spec(path: Path_, value: Any) -> Data:
    """A spec with `value` at `path`, and only what that needs beside it."""
    data = dict(_BESIDE.get(str(path[0]), {}))
    data.update(_around(Spec, path, value))
    if data.get("package_type") == "Image":
        data.setdefault("image_uri", "registry/app:1")
    if data.get("vpc_config") and [] in data["vpc_config"].values():
        data["vpc_config"] |= {"subnet_ids": [], "security_group_ids": []}  # both, or none
    if path[0] == "event_source_mapping" and path[1] in _MAPPED:
        own: Data = {str(path[1]): data["event_source_mapping"][path[1]]}
        at_a_time = {"starting_position_timestamp": "2026-01-31T08:00:00Z"} if value == "AT_TIMESTAMP" else {}
        data["event_source_mapping"] |= {**_MAPPED[str(path[1])], **at_a_time, **own}
    for statement in data.get("policy_statements", ()):
        for one, other in (("actions", "not_actions"), ("resources", "not_resources")):
            if other not in statement:
                statement.setdefault(one, _STATEMENT[one])
    return data


def _around(model: type[BaseModel] | None, path: Path_, value: Any) -> Data:
    assert model is not None
    name, *rest = path
    places = bounds_of(model)
    section = {
        key: sample(places[key]) if key in places else _around(model_in(annotation_of(field)), (), None)
        for key, field in model.model_fields.items()
        if field.is_required() and key != name
    }
    if not rest:
        return {**section, str(name): value}
    annotation = annotation_of(model.model_fields[str(name)])
    inner, many = model_in(annotation), many_of(annotation)
    if many is None:
        return {**section, str(name): _around(inner, tuple(rest), value)}
    below = _around(inner, tuple(rest[1:]), value)
    return {**section, str(name): [below] if many is list else {str(rest[0]): below}}


def place(text: str, path: Path_) -> tuple[int, int]:
    """Line and column of the value at `path`, or with "key" at its end of the key that leads to it."""
    node: Any = yaml.compose(text)
    at_key, path = path[-1:] == ("key",), path[: -1 if path[-1:] == ("key",) else None]
    key = node
    for part in path:
        if isinstance(node, yaml.MappingNode):
            key, node = next((key, value) for key, value in node.value if key.value == part)
        else:
            node = node.value[part]
    mark = (key if at_key else node).start_mark
    return mark.line + 1, mark.column + 1


# What other rules say of values that are inside a key's own limits.
_OTHER_RULES: Mapping[str, set[str]] = {
    "runtime": {"TFG604", "TFG605"},  # some are too old for AWS, or too new for the provider
    "environment.variables": {"TFG010", "TFG326"},  # a longer key than a file may have; more than 4 KB
    "event_source_mapping.filter_criteria.filter.0.pattern": {"TFG207"},  # no JSON
}


@every_field
def test_what_is_just_inside_its_limits_passes(name: str) -> None:
    path, bounds = FIELDS[name]
    for value in inside(bounds):
        if name == "variables.x.type" and value == "list(string)":
            continue  # a list cannot stand in a text
        found = reported(as_yaml(spec(path, value)))
        assert [one for one in found if one[0] not in _OTHER_RULES.get(name, ())] == [], value


@every_field
def test_what_is_just_outside_gets_one_report_at_its_place(name: str) -> None:
    path, bounds = FIELDS[name]
    for value, code, where in outside(bounds):
        if name == "layers" and value == [{"seven": "7"}]:
            continue  # read as a layer that the module makes
        text = as_yaml(spec(path, value))
        assert reported(text) == [(code, *place(text, (*path, *where)))], text


# Terraform -------------------------------------------------------------------------------------------


def conditions() -> Iterator[tuple[str, str, Bounds]]:
    """Each entry's condition, about `value`."""
    for name, bounds in TABLE.items():
        for validation in validations("x", bounds, nullable=False):
            yield name, str(validation.condition).replace("var.x", "value"), bounds


def verdicts(folder: Path, samples: Mapping[str, list[Any]]) -> dict[str, list[bool]]:
    """What the conditions of rendered modules say about values, as Terraform computes them."""
    lines = [
        f'{name} = [for value in jsondecode(file("{name}.json")) : {condition}]'
        for name, condition, _ in conditions()
    ]
    (folder / "main.tf").write_text("locals {\n" + "\n".join(lines) + "\n}\n")
    for name, found in samples.items():
        (folder / f"{name}.json").write_text(json.dumps(found))
    asked = ", ".join(f"{name} = local.{name}" for name, _, _ in conditions())
    printed = terraform(folder, "console", text=f"base64encode(jsonencode({{ {asked} }}))\n")
    answer: dict[str, list[bool]] = json.loads(base64.b64decode(printed.strip().strip('"')))
    return answer


@pytest.mark.terraform
def test_terraform_lets_through_what_a_spec_may_hold_and_nothing_else(tmp_path: Path) -> None:
    right = {name: list(inside(bounds)) for name, _, bounds in conditions()}
    wrong = {
        name: [value for value, code, _ in outside(bounds) if code != "TFG103"]
        for name, _, bounds in conditions()
    }
    said = verdicts(tmp_path, {name: right[name] + wrong[name] for name in right})
    for name, answers in said.items():
        expected = [True] * len(right[name]) + [False] * len(wrong[name])
        differing = [
            value
            for value, answer, wanted in zip(right[name] + wrong[name], answers, expected, strict=True)
            if answer != wanted
        ]
        assert differing == [], name


@pytest.mark.terraform
def test_terraform_lets_through_every_text_that_a_spec_may_hold(tmp_path: Path) -> None:
    """Terraform counts what a reader sees as one character, so its counts are never above a spec's."""
    samples = {name: generated(bounds) for name, _, bounds in conditions()}
    for name, answers in verdicts(tmp_path, samples).items():
        assert [value for value, fine in zip(samples[name], answers, strict=True) if not fine] == [], name


def generated(bounds: Bounds) -> list[Any]:
    """Values that `bounds` allows, with `$${` read as a spec reads it."""
    found: list[Any] = []

    @examples(15)
    @given(values(bounds))
    def collect(value: Any) -> None:
        found.append(value)

    collect()
    read: list[Any] = json.loads(json.dumps(found).replace("$${", "${"))
    return read


# The JSON Schema -------------------------------------------------------------------------------------

SCHEMA = document(Spec)
_TYPES: Mapping[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}


def fits(schema: Any, value: Any) -> bool:
    """Whether JSON Schema 2020-12 takes `value`; for the keywords that tfgen uses, and no others."""
    if isinstance(schema, bool):
        return schema
    return all(_KEYWORDS[keyword](argument, value, schema) for keyword, argument in schema.items())


def _is(kind: str | list[str], value: Any) -> bool:
    if isinstance(kind, list):
        return any(_is(one, value) for one in kind)
    return isinstance(value, _TYPES[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _properties(properties: Any, value: Any, _: Any) -> bool:
    return not isinstance(value, dict) or all(
        fits(properties[key], value[key]) for key in properties.keys() & value
    )


def _more(schema: Any, value: Any, whole: Any) -> bool:
    return not isinstance(value, dict) or all(
        fits(schema, item) for key, item in value.items() if key not in whole.get("properties", {})
    )


def _pattern(pattern: str, value: Any, _: Any) -> bool:
    """JavaScript's `$` is the end of the text alone."""
    return not isinstance(value, str) or bool(re.search(re.sub(r"\$\Z", r"\\Z", pattern), value))


def _limit(kind: Any, measure: Any, sign: int) -> Any:
    return lambda limit, value, _: (
        not isinstance(value, kind) or isinstance(value, bool) or measure(value) * sign <= limit * sign
    )


_KEYWORDS: Mapping[str, Any] = {
    **dict.fromkeys(
        ("$schema", "$id", "$defs", "title", "description", "default", "examples", "patternErrorMessage"),
        lambda *_: True,
    ),
    "$ref": lambda ref, value, _: fits(SCHEMA["$defs"][ref.removeprefix("#/$defs/")], value),
    "type": lambda kind, value, _: _is(kind, value),
    "enum": lambda allowed, value, _: any(value == one and type(value) is type(one) for one in allowed),
    "const": lambda allowed, value, _: value == allowed,
    "not": lambda schema, value, _: not fits(schema, value),
    "oneOf": lambda schemas, value, _: sum(fits(schema, value) for schema in schemas) == 1,
    "anyOf": lambda schemas, value, _: any(fits(schema, value) for schema in schemas),
    "properties": _properties,
    "additionalProperties": _more,
    "propertyNames": lambda schema, value, _: (
        not isinstance(value, dict) or all(fits(schema, key) for key in value)
    ),
    "required": lambda names, value, _: not isinstance(value, dict) or set(names) <= value.keys(),
    "items": lambda schema, value, _: (
        not isinstance(value, list) or all(fits(schema, item) for item in value)
    ),
    "pattern": _pattern,
    "minItems": _limit(list, len, -1),
    "maxItems": _limit(list, len, 1),
    "minProperties": _limit(dict, len, -1),
    "maxProperties": _limit(dict, len, 1),
    "minLength": _limit(str, len, -1),
    "maxLength": _limit(str, len, 1),
    "minimum": _limit((int, float), float, -1),
    "maximum": _limit((int, float), float, 1),
}


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_schema_takes_every_example(path: Path) -> None:
    assert fits(SCHEMA, load(path).data)


@every_field
def test_the_schema_agrees_at_every_limit(name: str) -> None:
    path, bounds = FIELDS[name]
    for value in inside(bounds):
        assert fits(SCHEMA, spec(path, value)), value
    for value, _, _ in outside(bounds):
        assert not fits(SCHEMA, spec(path, value)), value


@every_field
def test_the_schema_takes_an_expression_where_a_spec_does(name: str) -> None:
    path, _ = FIELDS[name]
    data = spec(path, "${var.y}")
    refused = {"TFG103", "TFG104", "TFG204"} & {code for code, _, _ in reported(as_json(data))}
    assert fits(SCHEMA, data) is not bool(refused)


@examples(40)
@given(specs())
def test_the_schema_takes_any_valid_spec(data: Data) -> None:
    assert fits(SCHEMA, data)


@pytest.mark.parametrize(
    "data",
    [
        {"timeuot": 3},
        {"vpc_config": {"subnet_ids": []}},
        {"environment": {"LOG_LEVEL": "INFO"}},
        {"policy_statements": {"actions": ["a:b"]}},
        {"event_source_mapping": {}},
        {"event_source_mapping": {"event_source_arn": "${var.x}", "filter_criteria": {"filter": []}}},
        {"terraform": {"required_version": "latest"}},
        {"variables": {"x": {"type": "map"}}},
        {"variables": {"x": {"default": {"a": "b"}}}},
        {"layers": ["${var.a}"] * 6},
        {"layers": [{"arn": "${var.a}"}]},
        {"alarms": "all"},
        {"alarms": {"errors": []}},
        {"alarms": {"errors": {"treshold": 1}}},
        {"secrets": {"PASSWORD": 1}},
        {"parameters": {"extension": "yes", "ADDRESS": "${var.a}"}},
        {"permissions": [{"read": 1}]},
        {"permissions": {"read": "${var.a}"}},
        {"insights_queries": "all"},
        {"subscription_filters": [{}]},
        {"metric_filters": [{"name": "refused"}]},
        {"async": {"maximum_retry_attempts": 3}},
        {"function_url": {"authorization_type": "IAM"}},
        {"deployment": {"deployment_config_name": "Canary"}},
        {"versions": {"keep": 0}},
        {"checkov_skip": {"CKV_AWS_50": ""}},
    ],
)
def test_the_schema_refuses_what_a_spec_refuses(data: Data) -> None:
    assert reported(as_json(data))
    assert not fits(SCHEMA, data)
