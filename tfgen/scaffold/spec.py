"""The text of a new spec: the keys that matter, each with what there is to know about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from tfgen.runtimes import Runtime
from tfgen.scaffold.kinds import trigger_text
from tfgen.scaffold.languages import language
from tfgen.scaffold.wish import Ground, Wish
from tfgen.schema import bounds as b

_RETENTION = 30  # days
_SECONDS = 30
# What waits for an answer, and how long: the quotas of API Gateway, of Cognito ("Lambda timeout" of its
# triggers), of Alexa ("about 8 seconds") and of Lex V2.
_WAITS = {"api_gateway": 29, "websocket": 29, "cognito": 5, "alexa": 8}
_MEMORY = 512  # MiB
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_./-]*")
_WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}
_TO_DO = "TODO"
_COMMENT_AT = 34  # column that comments start in, where there is room


def spec(wish: Wish, ground: Ground, schema: str) -> str:
    """A spec that is valid as it is. `schema` is where editors find the JSON Schema, from its folder."""
    blocks = [
        [f"# yaml-language-server: $schema={schema}"],
        list(_function(wish, ground)),
        list(_size(wish, ground)),
        list(_settings(wish, ground)),
        list(_triggers(wish, ground)),
        list(_operation(wish, ground)),
        list(_variables(wish)),
        list(_terraform(wish, ground)),
    ]
    first, *others = ["\n".join(block) for block in blocks if block]
    return f"{first}\n" + "\n\n".join(others) + "\n"


def package_path(wish: Wish) -> str:
    """Where the function's package is built, from the project's folder."""
    assert wish.runtime is not None
    return f"build/{wish.name}.{language(wish.runtime).package if wish.code else 'zip'}"


def _line(text: str, comment: str) -> str:
    """A line with a comment, which stand below each other where they can."""
    return f"{text:<{_COMMENT_AT}}  # {comment}"


def _scalar(text: str) -> str:
    """A text as YAML."""
    return text if _PLAIN.fullmatch(text) and text.lower() not in _WORDS else json.dumps(text)


def _function(wish: Wish, ground: Ground) -> Iterator[str]:
    yield f"function_name: {_scalar(wish.function_name)}"
    if "description" not in ground.defaults:
        yield _line(f"description: {_TO_DO}", "what it does, for who finds it in AWS")
    if wish.runtime is None:
        yield from _image(ground)
        return
    if ground.defaults.get("runtime") != wish.runtime.name:
        yield _line(f"runtime: {wish.runtime.name}", f"AWS supports it until {wish.runtime.deprecated}")
    if not _is_handler_given(wish, wish.runtime, ground):
        yield f"handler: {language(wish.runtime).handler}"
    yield from _package(wish, ground)


def _image(ground: Ground) -> Iterator[str]:
    if "package_type" not in ground.defaults:
        yield "package_type: Image"
    if "image_uri" not in ground.defaults:
        yield "image_uri: ${var.image_uri}"


def _is_handler_given(wish: Wish, runtime: Runtime, ground: Ground) -> bool:
    said = ground.defaults.get("handler")
    if said == language(runtime).handler:
        return True
    return said is not None and not wish.code and ground.defaults.get("runtime") == runtime.name


def _package(wish: Wish, ground: Ground) -> Iterator[str]:
    if "s3_bucket" in ground.defaults:
        if "s3_key" not in ground.defaults or wish.code:
            yield _line(f"s3_key: {package_path(wish).removeprefix('build/')}", "in the project's bucket")
    elif "filename" not in ground.defaults or wish.code:
        made = f"made by `make -C functions/{wish.name} package`"
        where = "the ZIP, from where Terraform runs"
        yield _line(f"filename: {package_path(wish)}", made if wish.code else where)


def _size(wish: Wish, ground: Ground) -> Iterator[str]:
    if "timeout" not in ground.defaults:
        seconds = min([_SECONDS, *(_WAITS[kind] for kind in wish.triggers if kind in _WAITS)])
        yield _line(f"timeout: {seconds}", "seconds")
    if "memory_size" not in ground.defaults:
        yield _line(f"memory_size: {_MEMORY}", "MiB; the CPU grows with it")
    is_arm64 = wish.runtime is not None and ground.architecture(wish.runtime) == "arm64"
    if "architectures" not in ground.defaults and is_arm64:
        yield _line("architectures: [arm64]", "cheaper than x86_64; binaries must be built for it")


def _settings(wish: Wish, ground: Ground) -> Iterator[str]:
    if "LOG_LEVEL" not in (ground.section("environment").get("variables") or {}):
        yield "environment:"
        yield "  variables:  # nothing secret: `secrets` is for that"
        yield "    LOG_LEVEL: INFO"
    if "log_retention_in_days" not in ground.defaults:
        least = max(_RETENTION, ground.policy.minimum_log_retention_in_days or 0)
        days = min(choice for choice in map(int, b.LOG_RETENTION_IN_DAYS.choices) if choice >= least)
        yield f"log_retention_in_days: {days}"
    boundary = ground.policy.permissions_boundary
    has_role = "execution_role_arn" not in ground.defaults
    if boundary and has_role and ground.defaults.get("permissions_boundary") != boundary:
        yield f"permissions_boundary: {boundary}"


def _triggers(wish: Wish, ground: Ground) -> Iterator[str]:
    if wish.triggers:
        yield "triggers:"
        for kind in wish.triggers:
            yield trigger_text(kind)[0].rstrip()
    elif "triggers" not in ground.defaults:
        yield "# triggers:  # what invokes it; `tfgen new --list` shows the kinds"


def _operation(wish: Wish, ground: Ground) -> Iterator[str]:
    if "alarms" not in ground.defaults:
        yield _line("alarms: default", "the usual ones; the input `alarm_actions` says who is told")
    given = ground.section("tags")
    tags = {"Service": wish.function_name} | {
        name: _TO_DO for name in ground.policy.required_tags if name != "Service"
    }
    wanted = {name: value for name, value in tags.items() if name not in given}
    if wanted:
        yield "tags:"
    for name, value in wanted.items():
        text = f"  {_scalar(name)}: {_scalar(value)}"
        yield _line(text, "the project asks for it") if value is _TO_DO else text


def _variables(wish: Wish) -> Iterator[str]:
    texts = [text for kind in wish.triggers if (text := trigger_text(kind)[1])]
    if texts:
        yield "variables:  # what the module's caller gives"
    for text in texts:
        yield text.rstrip()


def _terraform(wish: Wish, ground: Ground) -> Iterator[str]:
    runtime = wish.runtime
    if runtime is None or runtime.provider is None or runtime.is_accepted(ground.provider_constraint):
        return
    major, minor, _ = runtime.provider
    yield "terraform:"
    yield f'  aws_provider_version: "~> {major}.{minor}"  # the first that accepts {runtime.name}'
