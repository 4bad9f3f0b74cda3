"""What property tests share: strategies for hostile texts and valid specs, how a spec is written and
rendered, and how the HCL that comes of it is read back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from tfgen.constraints import section_of
from tfgen.diagnostics import SpecError
from tfgen.plan import plan
from tfgen.render import render
from tfgen.schema.bounds import Bounds
from tfgen.schema.walk import bounds_of, interface_fields
from tfgen.source import parse
from tfgen.spec import Spec, read_spec
from tfgen.spec.features import FEATURES

Data = dict[str, Any]


def examples(count: int, *, shrink: bool = True) -> settings:
    """Settings of a property: the same `count` examples each run in CI, and elsewhere a quarter of them, for
    somebody waits; 20 times as many with TFGEN_THOROUGH=1, which differ from run to run.

    Without `shrink` the first example that fails is shown, where finding a smaller one would take minutes.
    """
    thorough = os.environ.get("TFGEN_THOROUGH") == "1"
    share = 20 if thorough else 1 if os.environ.get("CI") else 0.25
    return settings(
        max_examples=max(3, int(count * share)),
        derandomize=not thorough,
        deadline=None,
        phases=[phase for phase in Phase if shrink or phase not in {Phase.shrink, Phase.explain}],
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


# Texts -----------------------------------------------------------------------------------------------

#: What has meaning to HCL, YAML, a terminal or a reader, and should have none in a value.
FRAGMENTS = (
    *('"', "\\", "'", "`", "\\n", "\\u0024{", "\\U0001f600", '\\"'),
    *("${", "}", "$", "$${", "$$${", "${var.tags}", "${aws.region}", "$${x}", "${~ x ~}"),
    *("%{", "%", "%%{", "%%%{", "%{ if true }", "%{ endif }", "%%{x}"),
    *("\n", "\r", "\r\n", "\t", "\n}\n", "\n\n", "\x01", "\x1b[31m", "\x7f", "\x85", "\u2028", "\u2029"),
    *("\ufeff", "\ufffd", "\u200f", "\u202e", "\u2066", "\u200b", "\xad", "\ufe0f", "\U000e0001"),
    *("é", "ß", "Ω", "日本", "😀", "👩\u200d👩\u200d👧", "🇩🇪", "e\u0301\u0323", "\u0301", "\U0010ffff"),
    *("<<EOT", "<<-EOT\n", "\nEOT\n", "/*", "*/", "#", "//", "{", "[", "]", "(", ")", "=", "=>", ",", ":"),
    *("null", "true", "0o17", "1e3", "~", "- ", "? ", "&a", "*a", "!x", "---", "|", ">", " "),
)


def nfc(text: str) -> str:
    """The text as Terraform would make it; a spec may hold no other."""
    return unicodedata.normalize("NFC", text)


# Beyond U+FFFF only what people type: Go's normal form C takes U+10041 for U+0041 before a combining mark.
_characters = st.characters(exclude_categories=["Cs"], exclude_characters="\0", max_codepoint=0xFFFF)
_emoji = st.characters(min_codepoint=0x1F300, max_codepoint=0x1FAFF)
#: Any text that a spec may hold.
any_texts = st.text(_characters | _emoji).map(nfc)
#: Texts of little else than what might be taken for code.
hostile_texts = st.lists(st.sampled_from(FRAGMENTS) | _characters | _emoji).map("".join).map(nfc)


def is_tag(text: str) -> bool:
    """Whether a tag may have a text: letters, digits and spaces of any language, and some signs."""
    signs = [sign for sign in text if unicodedata.category(sign)[0] not in "LNZ"]
    return set(signs) <= set("_.:/=+-@") and not text.lower().startswith("aws:")


#: Texts that tags may have; some letters are others together with a mark in normal form C.
tag_texts = (
    st.text(st.characters(categories=["L", "N", "Z"], max_codepoint=0xFFFF) | st.sampled_from("_.:/=+-@"))
    .map(nfc)
    .filter(is_tag)
)


def escaped(text: str) -> str:
    """A literal text as a spec writes it, with `$${` for `${`."""
    return text.replace("${", "$${")


# Specs -----------------------------------------------------------------------------------------------


@st.composite
def values(draw: st.DrawFn, bounds: Bounds, texts: st.SearchStrategy[str] = hostile_texts) -> Any:
    """A literal that `bounds` allows, as a spec writes it; `texts` where it may be any text."""
    if bounds.type == "bool":
        return draw(st.booleans())
    if bounds.choices:
        return draw(st.sampled_from(bounds.choices))
    if bounds.fraction:  # of one
        return draw(st.integers(1, 9)) / 10
    if bounds.type == "number":
        return draw(st.integers(bounds.minimum, 1_000_000 if bounds.maximum is None else bounds.maximum))
    low = bounds.minimum or 0
    if bounds.items is not None and bounds.keys is None:
        high = min(bounds.maximum or 4, 4)
        return draw(st.lists(values(bounds.items, texts), min_size=low, max_size=high, unique=True))
    if bounds.items is not None and bounds.keys is not None:
        keys = values(bounds.keys, texts).filter(lambda key: "${" not in key)
        return draw(st.dictionaries(keys, values(bounds.items, texts), min_size=low, max_size=5))
    if bounds.regex is not None:
        printable = st.characters(exclude_categories=["C", "Z"])
        like = st.from_regex(bounds.regex, fullmatch=True, alphabet=printable | st.just(" "))
        regex = bounds.regex
        fitting = like.map(nfc).filter(lambda text: _fits(text, bounds) and bool(regex.match(text)))
        return escaped(draw(fitting))
    return escaped(draw(texts.filter(lambda text: _fits(text, bounds))))


def _fits(text: str, bounds: Bounds) -> bool:
    return (bounds.minimum or 0) <= len(text) <= (bounds.maximum or len(text))


@st.composite
def sections(draw: st.DrawFn, model: type[BaseModel], leave_out: frozenset[str] = frozenset()) -> Data:
    """A mapping that `model` allows, without the optional keys in `leave_out` and some others."""
    data: Data = {}
    places = bounds_of(model)
    for name, field in interface_fields(model).items():  # test_features.py is about the others
        if not field.is_required() and (name in leave_out or draw(st.integers(0, 2)) == 0):
            continue
        if name in places:
            texts = tag_texts if name == "tags" else hostile_texts
            data[name] = draw(values(places[name], texts))
            continue
        section, many = section_of(field.annotation)
        data[name] = draw(st.lists(sections(section), min_size=1, max_size=3) if many else sections(section))
    return data


# test_triggers.py and test_features.py are about those.
_NO_VARIABLES = frozenset({"variables", "triggers", *FEATURES}) - {"layers", "provisioned_concurrency_config"}
_CODE = (
    {"s3_bucket": "bucket", "s3_key": "app.zip"},
    {"package_type": "Zip", "filename": "app.zip"},
    {"package_type": "Image", "image_uri": "registry.example/app:1"},
)
_CODE_KEYS = frozenset({"package_type", "image_uri", "filename", "s3_bucket", "s3_key", "s3_object_version"})
_ROLE_KEYS = ("role_name", "role_path", "permissions_boundary", "policy_arns", "policy_statements")


@st.composite
def specs(draw: st.DrawFn) -> Data:
    """A valid spec that gives any of the keys, with hostile texts wherever any text may stand."""
    data = draw(sections(Spec, _NO_VARIABLES | _CODE_KEYS))
    data |= draw(st.sampled_from(_CODE))
    image = data.get("package_type") == "Image"
    of_zip = ("runtime", "handler", "layers", "code_signing_config_arn")
    for key in of_zip if image else ("image_config",):
        data.pop(key, None)
    if "layers" in data:  # of each layer one version
        data["layers"] = list({arn.rpartition(":")[0]: arn for arn in data["layers"]}.values())
    _suit_the_runtime(data, draw(st.sampled_from(_RUNTIMES)))
    if "execution_role_arn" in data:
        for key in _ROLE_KEYS:
            data.pop(key, None)
    if [] in (vpc := data.get("vpc_config", {})).values() and any(vpc.values()):
        del data["vpc_config"]  # half of one
    if not data.get("vpc_config", {}).get("subnet_ids"):
        data.pop("file_system_config", None)
    if "provisioned_concurrency_config" in data and data.get("reserved_concurrent_executions", -1) >= 0:
        del data["reserved_concurrent_executions"]  # of which there could be too few
    if "provisioned_concurrency_config" in data:
        data.pop("snap_start", None)
    if {"alias", "provisioned_concurrency_config", "snap_start"} & data.keys():
        data.pop("publish", None)
    alias = data.get("alias", {})
    if alias.get("routing", {}).get("function_version") == alias.get("function_version"):
        alias.pop("routing", None)
    if not data.get("replace_security_groups_on_destroy"):
        data.pop("replacement_security_group_ids", None)
    if data.get("log_group", {}).get("create") is False:
        data["log_group"] = {"create": False}
        data.pop("log_retention_in_days", None)
    if data.get("log_group", {}).get("log_group_class") == "DELIVERY":
        data.pop("log_retention_in_days", None)  # which that class decides
    if data.get("logging_config", {}).get("log_format") == "Text":
        data["logging_config"].pop("application_log_level", None)
        data["logging_config"].pop("system_log_level", None)
    for key, least in (("required_version", ">= 1.9.0"), ("aws_provider_version", "~> 5.80")):
        if key in data.get("terraform", {}):  # of which most drawn ones admit nothing that works
            data["terraform"][key] = least
    for index, statement in enumerate(data.get("policy_statements", ())):
        _complete(statement, index)
    if "event_source_mapping" in data:
        _of_one_source(data["event_source_mapping"])
    return data


_OF_STREAMS = (
    *("bisect_batch_on_function_error", "destination_config", "maximum_record_age_in_seconds"),
    *("maximum_retry_attempts", "parallelization_factor", "starting_position_timestamp"),
    "tumbling_window_in_seconds",
)


def _of_one_source(mapping: Data) -> None:
    """Make an event source mapping of generated arguments one that its queue or stream has."""
    is_queue = ":sqs:" in mapping["event_source_arn"]
    for key in _OF_STREAMS if is_queue else ("scaling_config", "starting_position_timestamp"):
        mapping.pop(key, None)
    mapping.pop("starting_position", None)
    if is_queue:
        mapping["batch_size"] = mapping.get("batch_size", 1) % 10 + 1
        if mapping["event_source_arn"].endswith(".fifo"):
            mapping.pop("maximum_batching_window_in_seconds", None)
    else:
        mapping["starting_position"] = "LATEST"
        failures = mapping.get("destination_config", {}).get("on_failure", {})
        if failures.get("destination_arn", "").endswith(".fifo"):
            del mapping["destination_config"]
    for one in mapping.get("filter_criteria", {}).get("filter", ()):
        one["pattern"] = json.dumps({"eventSourceARN": [one["pattern"]]}, ensure_ascii=False)


#: Runtimes that AWS and the default provider take, each with a handler.
_RUNTIMES = (
    {"runtime": "java21", "handler": "orders.Handler::handleRequest"},
    {"runtime": "python3.13", "handler": "orders/app.handler"},
    {"runtime": "ruby3.4", "handler": "app.Orders::Handler.process"},
)


def _suit_the_runtime(data: Data, function: Data) -> None:
    """Make the runtime and what it must go together with agree."""
    if "handler" in data:
        data["runtime"] = "provided.al2023"  # which takes any
    elif "runtime" in data:
        data |= function
    if "snap_start" in data and data.get("runtime") not in {"java21", "python3.13"}:
        data["snap_start"] = {"apply_on": "None"}
    if data.get("snap_start") == {"apply_on": "PublishedVersions"}:
        data.pop("file_system_config", None)
        data.pop("ephemeral_storage", None)


# What conditions compare with that are not about texts.
_COMPARED = {
    "Numeric": "7",
    "Date": "2030-01-31T08:00:00Z",
    "Bool": "true",
    "Null": "false",
    "IpAddress": "203.0.113.0/24",
}


def _complete(statement: Data, index: int) -> None:
    """Make a statement of generated arguments one that IAM takes."""
    statement["sid"] = f"Statement{index}"
    for condition in statement.get("condition", ()):
        kinds = (value for kind, value in _COMPARED.items() if kind in condition["test"])
        if (value := next(kinds, None)) is not None:
            condition["values"] = [value]
    for one, other, default in (
        ("actions", "not_actions", ["s3:GetObject"]),
        ("resources", "not_resources", ["*"]),
    ):
        if one in statement:
            statement.pop(other, None)
        elif other not in statement:
            statement[one] = default


# Writing and rendering -------------------------------------------------------------------------------


def read(text: str, path: str = "specs/orders.yaml") -> Spec:
    """The spec in `text`."""
    return read_spec(parse(path, text.encode()))


def modules(text: str, path: str = "specs/orders.yaml") -> dict[str, str]:
    """The Terraform files of the module that `text` asks for, name to text."""
    files = render(plan(read(text, path), path))
    return {name: file for name, file in files.items() if name.endswith(".tf")}


def reported(text: str) -> list[tuple[str, int, int]]:
    """What is wrong with the spec in `text`: (code, line, column), in the order of the text."""
    try:
        read(text)
    except SpecError as error:
        spans = [error.document.span(diagnostic.location) for diagnostic in error.diagnostics]
        found = [(d.code, *span[:2]) for d, span in zip(error.diagnostics, spans, strict=True)]
        return sorted(found, key=lambda finding: finding[1:])
    return []


def as_yaml(data: Mapping[str, Any], style: str = '"') -> str:
    """A spec as block YAML, its texts written as double-quoted, single-quoted or block scalars."""

    class Dumper(yaml.SafeDumper):
        def ignore_aliases(self, data: Any) -> bool:
            return True

    def text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
        # Outside of double quotes YAML takes these for line breaks, and all line breaks for one another.
        safe = '"' if re.search("[\r\x85\u2028\u2029]", value) else style
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=safe)

    Dumper.add_representer(str, text)
    return str(yaml.dump(dict(data), Dumper=Dumper, sort_keys=False, allow_unicode=style != '"', width=80))


def as_json(data: Mapping[str, Any]) -> str:
    """A spec as JSON, which is YAML as well where no character is written as a pair of surrogates."""
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return re.sub(r"[^\n -~\xa0-\ud7ff\ue000-\ufefe\U00010000-\U0010ffff]|[\u2028\u2029]", _escape, text)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


#: A spec's data → a text that says the same, in one of the ways that people and programs write.
writers: st.SearchStrategy[Any] = st.sampled_from(
    (as_json, as_yaml, lambda data: as_yaml(data, "'"), lambda data: as_yaml(data, "|"))
)


# Reading HCL back ------------------------------------------------------------------------------------


class Expression(NamedTuple):
    """HCL that is not a literal, as python-hcl2 writes it."""

    text: str


_IN_QUOTES = re.compile(
    r'\\([nrt"\\])|\\u([0-9a-f]{4})|\\U([0-9a-f]{8})|([$%])\4\{|\$\{([^{}]*)\}|([^"\\])', re.DOTALL
)
_ABOUT_BLOCKS = {"__is_block__", "__comments__", "__inline_comments__"}
_SHORT = {"n": "\n", "r": "\r", "t": "\t"}


def meaning(found: Any) -> Any:
    """What python-hcl2's data says: a text for a quoted literal, else an Expression; for a text with
    references in it a tuple of both."""
    if isinstance(found, list):
        return [meaning(item) for item in found]
    if isinstance(found, dict):
        return {_key(key): meaning(item) for key, item in found.items() if key not in _ABOUT_BLOCKS}
    if not isinstance(found, str):
        return found
    if not found.startswith('"'):
        return Expression(found.removeprefix("${").removesuffix("}"))
    parts = _quoted(found)
    texts = [part for part in parts if isinstance(part, str)]
    return tuple(parts) if len(texts) < len(parts) else "".join(texts)


def _key(key: str) -> str:
    name = meaning(key) if key.startswith('"') else key
    assert isinstance(name, str), f"{key} is not a literal"
    return name


def _quoted(literal: str) -> list[str | Expression]:
    parts: list[str | Expression] = []
    end = 1
    for found in _IN_QUOTES.finditer(literal, 1, len(literal) - 1):
        assert found.start() == end, f"{literal} is not a literal at {end}"
        end = found.end()
        short, four, eight, sign, inner, plain = found.groups()
        if inner is not None:
            parts.append(Expression(inner))
            continue
        code = four or eight
        text = chr(int(code, 16)) if code else f"{sign}{{" if sign else _SHORT.get(short, short) or plain
        if parts and isinstance(parts[-1], str):
            parts[-1] += text
        else:
            parts.append(text)
    assert end == len(literal) - 1, f"{literal} ends too early"
    return parts


# Terraform without a provider ------------------------------------------------------------------------


def terraform(folder: Path, *arguments: str, text: str) -> str:
    """What Terraform makes of `text` in `folder`, for tests that are marked `terraform`."""
    line = ["terraform", *arguments]
    environment = {**os.environ, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1"}
    done = subprocess.run(
        line, cwd=folder, env=environment, input=text.encode(), capture_output=True, check=False
    )
    assert done.returncode == 0, f"{' '.join(arguments)}: {done.stderr.decode()}\n{text}"
    return done.stdout.decode()
