"""The code that `tfgen new --code` writes: its own tests pass, where what runs them is there."""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tfgen import runtimes
from tfgen.scaffold.code import code
from tfgen.scaffold.kinds import BATCHES, KINDS, event_text
from tfgen.scaffold.languages import LANGUAGES
from tfgen.scaffold.wish import Ground, Wish
from tfgen.spec.rules.runtimes import _HANDLERS  # what each runtime's loader takes

RUNTIMES = {
    "python": "python3.13",
    "nodejs": "nodejs22.x",
    "java": "java17",
    "dotnet": "dotnet10",
    "ruby": "ruby3.4",
    "provided": "provided.al2023",
}
#: Sets of triggers: none, each alone, some that must be told from each other, and all.
SETS = {
    "none": (),
    **{kind: (kind,) for kind in KINDS},
    "sqs_schedule": ("sqs", "schedule"),
    "cognito_lex": ("cognito", "lex"),
    "http_api_websocket_sns": ("http_api", "websocket", "sns"),
    "all": tuple(KINDS),
}
RUFF = shutil.which("ruff", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
# What stands for libraries that no test may fetch: the little of them that the code uses.
JAVA_RUNTIME = {
    "Context": "public interface Context {}",
    "RequestHandler": "public interface RequestHandler<I, O> { O handleRequest(I input, Context context); }",
}
GO_LAMBDA = {
    "go.mod": "module github.com/aws/aws-lambda-go\n\ngo 1.18\n",
    "lambda/lambda.go": "package lambda\n\nfunc Start(handler any) {}\n",
}


def written(folder: Path, family: str, name: str) -> Path:
    """The folder of a function's code."""
    wish = Wish(name, runtimes.runtime(RUNTIMES[family]), SETS[name], code=True)
    return put(folder / name, code(wish, Ground()))


def put(folder: Path, files: Mapping[str, str]) -> Path:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


def succeed(folder: Path, *command: str, **environment: str) -> str:
    done = subprocess.run(
        command, cwd=folder, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{folder.name}: {done.stdout}{done.stderr}"
    return done.stdout


def needs(program: str) -> pytest.MarkDecorator:
    return pytest.mark.skipif(shutil.which(program) is None, reason=f"there is no {program} on PATH")


# Samples ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_sample_says_what_its_kind_is_told_by(kind: str) -> None:
    event = json.loads(event_text(kind))
    about = KINDS[kind]
    first = event.get("Records", [{}])[0]
    source = event.get("eventSource") or first.get("eventSource") or first.get("EventSource")
    assert (source in about.sources) == bool(about.sources)
    for other in KINDS.values():
        value: Any = event
        for key in other.field:
            value = value.get(key) if isinstance(value, dict) else None
        # A WebSocket's event has what HTTP's has, and more, which is looked for first.
        if other.field and value is not None:
            assert other.part == about.part or (about.part, other.part) == ("websocket", "http")


def test_what_is_encoded_in_samples_can_be_read() -> None:
    logs = json.loads(event_text("cloudwatch_logs"))["awslogs"]["data"]
    assert json.loads(gzip.decompress(base64.b64decode(logs)))["logEvents"]
    for record in json.loads(event_text("kinesis"))["Records"]:
        assert json.loads(base64.b64decode(record["kinesis"]["data"])) == {"order": 17}


# All languages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", LANGUAGES)
@pytest.mark.parametrize("name", SETS)
def test_a_function_has_a_sample_and_a_test_of_each_trigger(family: str, name: str) -> None:
    wish = Wish(name, runtimes.runtime(RUNTIMES[family]), SETS[name], code=True)
    files = code(wish, Ground())
    samples = {path for path in files if path.startswith("events/")}
    assert samples == {f"events/{kind}.json" for kind in SETS[name] or ("event",)}
    (test,) = (text for path, text in files.items() if "test" in path.casefold() and "csproj" not in path)
    for kind in SETS[name]:
        assert f'"{kind}"' in test
    assert ("batchItemFailures" in test) == any(KINDS[kind].part in BATCHES for kind in SETS[name])
    for path, text in files.items():
        assert re.search(r"[^\n]\n\Z", text), f"{path} does not end with one end of a line"
        assert not re.search(r"\n{4}| \n|\{\{|\{%", text), f"{path} has something left of its template"
    assert f"../../build/{name}" in files["Makefile"]


def test_handlers_are_of_the_form_that_their_runtimes_take() -> None:
    for family, (pattern, _) in _HANDLERS.items():
        assert re.fullmatch(pattern, LANGUAGES[family].handler)


@pytest.mark.parametrize("architecture", ["arm64", "x86_64"])
def test_programs_are_built_for_the_functions_machine(architecture: str) -> None:
    ground = Ground({"architectures": [architecture]})
    made = {
        family: code(Wish("orders", runtimes.runtime(name), (), True), ground)["Makefile"]
        for family, name in RUNTIMES.items()
    }
    is_arm = architecture == "arm64"
    assert ("GOARCH=arm64" in made["provided"]) == is_arm
    assert ("linux-arm64" in made["dotnet"]) == is_arm
    assert ("manylinux2014_aarch64" in made["python"]) == is_arm


# Python -----------------------------------------------------------------------------------------------


@pytest.fixture(params=SETS)
def python(request: pytest.FixtureRequest) -> tuple[ModuleType, Sequence[str]]:
    wish = Wish(request.param, runtimes.runtime("python3.13"), SETS[request.param], code=True)
    module = ModuleType("app")
    exec(code(wish, Ground())["app.py"], module.__dict__)
    return module, SETS[request.param]


def test_an_event_of_each_trigger_reaches_the_part_that_is_for_it(
    python: tuple[ModuleType, Sequence[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    module, kinds = python
    for kind in kinds:
        reached: list[str] = []
        part = f"on_{KINDS[kind].part}"
        monkeypatch.setattr(module, part, lambda event, part=part, reached=reached: reached.append(part))
        module.handler(json.loads(event_text(kind)), None)
        assert reached == [part]
        monkeypatch.undo()


def test_a_failed_message_is_reported_and_the_others_are_not(monkeypatch: pytest.MonkeyPatch) -> None:
    wish = Wish("orders", runtimes.runtime("python3.13"), ("sqs", "kinesis"), code=True)
    module = ModuleType("app")
    exec(code(wish, Ground())["app.py"], module.__dict__)
    event = json.loads(event_text("sqs"))

    def process(item: str) -> None:
        if item == event["Records"][1]["body"]:
            raise ValueError

    monkeypatch.setattr(module, "process", process)
    failed = {"itemIdentifier": event["Records"][1]["messageId"]}
    assert module.handler(event, None) == {"batchItemFailures": [failed]}


@pytest.mark.parametrize("name", ["none", "all", "sqs_schedule", "secretsmanager"])
def test_the_tests_in_python_pass(name: str, tmp_path: Path) -> None:
    folder = written(tmp_path, "python", name)
    said = succeed(folder, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "error")
    assert f"{len(SETS[name] or 'x') + sum(kind in BATCHES for kind in SETS[name])} passed" in said


@pytest.mark.skipif(not RUFF, reason="there is no ruff beside Python or on PATH")
def test_the_code_in_python_is_formatted(tmp_path: Path) -> None:
    assert RUFF
    for name in SETS:
        written(tmp_path, "python", name)
    succeed(tmp_path, RUFF, "check", "--isolated", "--select", "E,F,W,I,B", "--line-length", "110", ".")
    succeed(tmp_path, RUFF, "format", "--isolated", "--check", "--line-length", "110", ".")


@needs("zip")
@needs("make")
def test_the_same_code_gives_the_same_package(tmp_path: Path) -> None:
    folder = written(tmp_path / "functions", "python", "sqs")
    package, packages = tmp_path / "build" / "sqs.zip", []
    for _ in range(2):
        succeed(folder, "make", "package")
        packages.append(package.read_bytes())
        (folder / "app.py").touch()
    assert packages[0] == packages[1]
    assert "app.py" in succeed(tmp_path, "unzip", "-l", "build/sqs.zip")


# Other languages --------------------------------------------------------------------------------------


@needs("node")
def test_the_tests_in_javascript_pass(tmp_path: Path) -> None:
    for name in SETS:
        written(tmp_path, "nodejs", name)
    # Node looks for tests in folders below.
    said = succeed(tmp_path, "node", "--test")
    tests = sum(len(kinds or "x") + sum(kind in BATCHES for kind in kinds) for kinds in SETS.values())
    assert f"pass {tests}\n" in said
    assert "fail 0\n" in said


@needs("ruby")
def test_the_tests_in_ruby_pass(tmp_path: Path) -> None:
    for name in SETS:
        folder = written(tmp_path, "ruby", name)
        assert "0 failures, 0 errors, 0 skips" in succeed(folder, "ruby", "test_app.rb")


@needs("javac")
@pytest.mark.parametrize("name", ["none", "all", "sqs_schedule", "cloudwatch_logs"])
@pytest.mark.thorough
def test_the_handler_in_java_compiles_without_a_warning(name: str, tmp_path: Path) -> None:
    folder = written(tmp_path, "java", name)
    package = "com.amazonaws.services.lambda.runtime"
    put(
        folder / "src/main/java" / package.replace(".", "/"),
        {f"{name}.java": f"package {package};\n{text}\n" for name, text in JAVA_RUNTIME.items()},
    )
    sources = [path.as_posix() for path in (folder / "src/main").glob("**/*.java")]
    flags = ("--release", "11", "-Xlint:all,-options", "-Werror")
    succeed(folder, "javac", *flags, "-d", "out", *sources)


@needs("go")
def test_the_tests_in_go_pass(tmp_path: Path) -> None:
    library = put(tmp_path / "aws-lambda-go", GO_LAMBDA)
    for name in SETS:
        folder = written(tmp_path, "provided", name)
        module = (folder / "go.mod").read_text().replace("go 1.21\n", "go 1.18\n")
        (folder / "go.mod").write_text(f"{module}\nreplace github.com/aws/aws-lambda-go => {library}\n")
        assert succeed(folder, "gofmt", "-l", ".") == ""
        succeed(folder, "go", "test", "./...", GOFLAGS="-mod=mod", GOPROXY="off", GOSUMDB="off")


def test_the_code_in_csharp_can_be_parsed() -> None:
    """Building it would fetch Lambda's libraries, so that types are not looked at."""
    parsers = pytest.importorskip("tree_sitter", reason="tree-sitter and tree-sitter-c-sharp parse C#")
    csharp = pytest.importorskip("tree_sitter_c_sharp", reason="tree-sitter-c-sharp parses C#")
    parser = parsers.Parser(parsers.Language(csharp.language()))
    for name, kinds in SETS.items():
        files = code(Wish(name, runtimes.runtime("dotnet10"), kinds, code=True), Ground())
        for path, text in files.items():
            if path.endswith(".cs"):
                assert not parser.parse(text.encode()).root_node.has_error, f"{name}: {path}"
