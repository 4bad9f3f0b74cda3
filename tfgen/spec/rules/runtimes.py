"""Rules about what a runtime goes together with: SnapStart, the architecture, the handler's form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.runtimes import names, runtime
from tfgen.schema.places import show
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules

# The first runtime of each family that SnapStart is for. Lambda's developer guide, "Improving startup
# performance with Lambda SnapStart", "Supported features and limitations": Java 11, Python 3.12, .NET 8 and
# later; no other managed runtimes, no OS-only ones, no images; neither EFS nor more than 512 MB of /tmp.
# arm64 was excluded once and is no more.
_SNAP_START = {"java": "java11", "python": "python3.12", "dotnet": "dotnet8"}
_SNAP_START_STORAGE = 512
# The first runtime of each family that there is for arm64; go1.x has none. AWS Compute Blog, "Migrating AWS
# Lambda functions to Arm-based AWS Graviton2 processors": Node.js 12 and above, Python 3.8 and above,
# java8.al2 and 11, .NET Core 3.1 and above, Ruby 2.7, provided.al2.
_ARM64 = {
    "nodejs": "nodejs12.x",
    "python": "python3.8",
    "java": "java8.al2",
    "dotnet": "dotnetcore3.1",
    "ruby": "ruby2.7",
    "provided": "provided.al2",
}
# What the runtimes' own loaders take (aws-lambda-python-runtime-interface-client and its kin for Node.js,
# Ruby and Java, `HandlerInfo` of aws-lambda-dotnet), and what that is called in the developer guide.
_HANDLERS = {
    "python": (r".+\.[^./]+", "`FILE.FUNCTION`, such as `app.handler`"),
    "nodejs": (r"(.*/)?[^./]+\.[^/]+", "`FILE.FUNCTION`, such as `index.handler`"),
    "ruby": (r"[^.]+\.([^.]+\.)?[^.]+", "`FILE.METHOD` or `FILE.CLASS.METHOD`, such as `function.handler`"),
    "java": (r"[^:/]+(::[^:/]+)?", "`PACKAGE.CLASS::METHOD`, or `PACKAGE.CLASS` of an interface's handler"),
    "dotnet": (r"[^:]+(::[^:]+::.+)?", "`ASSEMBLY::TYPE::METHOD`, or `ASSEMBLY` of one that is executable"),
}
# What a file ends with: who names the file has forgotten the function.
_FILE = {"python": r"(.+)\.py", "nodejs": r"(.+)\.[cm]?[jt]s"}
# A script that this names starts the runtime, and may do with the handler what it likes: the AWS Lambda Web
# Adapter takes a program's path. Lambda's developer guide, "Modifying the runtime environment".
_WRAPPER = "AWS_LAMBDA_EXEC_WRAPPER"


def _known(spec: Spec) -> str | None:
    """The function's runtime, where the spec says it."""
    named = spec.runtime if spec.package_type != "Image" else None
    return named if isinstance(named, str) and named in names() else None


def _is_among(name: str, firsts: dict[str, str]) -> bool:
    """Whether a runtime is the first of its family, or a later one."""
    first = firsts.get(runtime(name).family)
    return first is not None and runtime(name).version >= runtime(first).version


def is_for_arm64(name: str) -> bool:
    """Whether there is a runtime for arm64; `name` is one that Lambda knows."""
    return _is_among(name, _ARM64)


def _snap_start(spec: Spec) -> Iterator[Diagnostic]:
    if spec.snap_start is None or spec.snap_start.apply_on != "PublishedVersions":
        return
    found: list[tuple[str, str]] = []
    name, size = _known(spec), spec.ephemeral_storage.size if spec.ephemeral_storage else None
    if spec.package_type == "Image":
        found.append(("SnapStart is not for images", "remove it"))
    elif name and not _is_among(name, _SNAP_START):
        hint = "remove it, or take a runtime that has it: Java 11, Python 3.12, .NET 8 or later"
        found.append((f"SnapStart is not for the runtime `{name}`", hint))
    if spec.file_system_config is not None:
        hint = "remove it, or `file_system_config`"
        found.append(("a function with SnapStart cannot mount a file system", hint))
    if isinstance(size, int) and size > _SNAP_START_STORAGE:
        summary = f"a function with SnapStart has no more than {_SNAP_START_STORAGE} MiB of /tmp, not {size}"
        found.append((summary, "remove it, or `ephemeral_storage`"))
    for summary, hint in found:
        yield Diagnostic("TFG324", summary, hint, Node(("snap_start",), key=True))


def _architecture(spec: Spec) -> Iterator[Diagnostic]:
    name = _known(spec)
    if name and spec.architectures == ("arm64",) and not is_for_arm64(name):
        hint = "write x86_64, or take a newer runtime"
        yield Diagnostic("TFG325", f"`{name}` is for x86_64 alone", hint, Node(("architectures", 0)))


def _handler(spec: Spec) -> Iterator[Diagnostic]:
    name, handler = _known(spec), spec.handler
    if name is None or not isinstance(handler, str) or _WRAPPER in spec.environment.variables:
        return
    family = runtime(name).family
    pattern, form = _HANDLERS.get(family, ("", ""))
    if file := re.fullmatch(_FILE.get(family, "(?!)"), handler):
        summary = f"the handler {show(handler)} names a file and no function in it"
        hint = f"write {show(f'{file[1]}.handler')}, if the function is called `handler`"
        yield Diagnostic("TFG328", summary, hint, Node(("handler",)))
        return
    if pattern and not re.fullmatch(pattern, handler):
        summary = f"`{name}` finds no function by the handler {show(handler)}"
        yield Diagnostic("TFG328", summary, f"write {form}", Node(("handler",)))


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _snap_start: ("snap_start", "runtime", "package_type", "file_system_config", "ephemeral_storage"),
    _architecture: ("architectures", "runtime", "package_type"),
    _handler: ("handler", "runtime", "package_type", "environment"),
}
