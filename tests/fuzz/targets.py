"""What is fuzzed: each target takes bytes, and raises where tfgen does what it must never do."""

from __future__ import annotations

import copy
import json
import re
import tempfile
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pygohcl
import yaml

from tfgen.diagnostics import Diagnostic, SpecError
from tfgen.expressions import ExpressionError, Template, parse
from tfgen.fixes import fixed
from tfgen.hcl import to_hcl
from tfgen.layout import fmt
from tfgen.markdown import code, fenced, md, mermaid
from tfgen.plan import plan
from tfgen.project import NAME, find
from tfgen.project.find import forget
from tfgen.project.policy import standards
from tfgen.render import render
from tfgen.source import Document, load
from tfgen.source import parse as read
from tfgen.spec import judge
from tfgen.triggers.schedule_expressions import mistake
from tfgen.verify import verify
from tfgen.yaml_text import lines

ROOT = Path(__file__).parents[2]
_SPEC = "specs/fuzzed.yaml"


def loading(raw: bytes) -> None:
    """A file of any bytes is a document, or a report whose places are in the file."""
    try:
        document = read(_SPEC, raw)
    except SpecError as error:
        for diagnostic in error.diagnostics:
            error.document.span(diagnostic.location)
        return
    assert isinstance(document.data, dict)


def specs(raw: bytes) -> None:
    """A spec of any bytes is a module that holds together, or a report."""
    try:
        document = read(_SPEC, raw)
    except SpecError:
        return
    try:
        spec, _ = judge(document)
    except SpecError as error:
        for diagnostic in error.diagnostics:
            error.document.span(diagnostic.location)
        return
    files = render(plan(spec, _SPEC))
    assert not (problems := verify(files)), problems


def values(raw: bytes) -> None:
    """An example with any text in place of one of its values is a module, or a report.

    The first two bytes say which example and value, the others are the text."""
    if len(raw) < _CHOICE:
        return
    examples = _examples()
    data = copy.deepcopy(examples[raw[0] % len(examples)])
    places = list(_places(data))
    around, key = places[raw[1] % len(places)]
    around[key] = raw[_CHOICE:].decode(errors="ignore")
    specs(json.dumps(data).encode())


_CHOICE = 2


@cache
def _examples() -> list[Any]:
    return [load(path).data for path in sorted((ROOT / "specs").glob("*.yaml"))]


def _places(node: Any) -> Iterator[tuple[Any, Any]]:
    """Each place of a value that is no mapping and no list: what it is in, and its key there."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, dict | list):
            yield from _places(value)
        else:
            yield node, key


def fixing(raw: bytes) -> None:
    """What is written into a file can be read again."""
    try:
        document = read(_SPEC, raw)
    except SpecError:
        return
    done = fixed(document, _findings)
    read(_SPEC, done.document.text.encode())
    if done.findings:
        assert done.document.text != document.text


def _findings(document: Document) -> Sequence[Diagnostic]:
    try:
        _, found = judge(document)
    except SpecError as error:
        return error.diagnostics
    return found


def expressions(raw: bytes) -> None:
    """A text is a template of references, or refused with the reason."""
    text = raw.decode(errors="surrogateescape")
    try:
        parsed = parse(text)
    except ExpressionError as error:
        if not str(error):
            raise
        return
    assert isinstance(parsed, str | Template)


def quoting(raw: bytes) -> None:
    """HashiCorp's parser reads any text back as it was, and nothing but it.

    Texts are in normal form C, which loading asks for; Go has another one beyond U+FFFF."""
    text = unicodedata.normalize("NFC", raw.decode(errors="ignore"))
    if max(text, default="") > "\uffff":
        return
    assert pygohcl.loads(f"a = {to_hcl(text)}\n") == {"a": text}


def formatting(raw: bytes) -> None:
    """Laying out what is laid out changes nothing."""
    text = raw.decode(errors="ignore")
    once = fmt(text)
    assert fmt(once) == once


def schedules(raw: bytes) -> None:
    """Any text is a schedule expression, or a mistake that says why not."""
    found = mistake(raw.decode(errors="ignore"))
    assert found is None or str(found.what)


_PATTERNS = """\
function_name: f
triggers:
- type: eventbridge
  event_pattern: %s
event_source_mapping:
  event_source_arn: arn:aws:sqs:eu-central-1:123456789012:q
  filter_criteria: {filter: [{pattern: %s}]}
"""


def patterns(raw: bytes) -> None:
    """Any pattern, as YAML and as JSON in a text, is one that AWS would take, or a report."""
    text = raw.decode(errors="ignore").replace("\n", " ")
    specs((_PATTERNS % (text, json.dumps(text))).encode())


def projects(raw: bytes) -> None:
    """A project file of any bytes has defaults for a spec, or is a report."""
    file = _folder() / NAME
    file.write_bytes(raw)
    forget()
    spec = _folder() / "specs" / "lambda.yaml"
    try:
        project = find(spec)
        assert project is not None
        document = project.effective(load(ROOT / "specs" / "lambda.yaml"), spec)
        judge(document, standards=standards(project.policy))
    except SpecError as error:
        for diagnostic in error.diagnostics:
            error.document.span(diagnostic.location)


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="tfgen-fuzz-"))


def rewriting(raw: bytes) -> None:
    """What tfgen writes of some data, it reads as that data; so does a reader of YAML 1.1."""
    try:
        data = read(_SPEC, raw).data
    except SpecError:
        return
    text = "\n".join(part for line in lines(data) for part in (str(line), *line.following)) + "\n"
    assert repr(read(_SPEC, text.encode()).data) == repr(data)
    assert repr(yaml.safe_load(text)) == repr(data)


def pages(raw: bytes) -> None:
    """Any text stays one line of Markdown, without HTML, and one label of a picture."""
    text = raw.decode(errors="ignore")
    for made in (md(text), code(text), mermaid(text)):
        assert len(made.splitlines()) <= 1, made
    assert "<" not in md(text)
    assert not {'"', "<", ">", "`", ";"} & set(re.sub("#[0-9]+;", "", mermaid(text)))
    assert "```" not in fenced(text)


def _all_specs() -> Iterator[bytes]:
    for folder in ("specs", "tests/invalid", "tests/rules", "tests/bad_inputs"):
        yield from (path.read_bytes() for path in sorted((ROOT / folder).rglob("*.yaml")))


def _texts() -> Iterator[bytes]:
    yield from (
        b"",
        b"${var.a}",
        b"$${",
        b"%{ if x }",
        b'"\\n',
        "\u202e\ufeffé😀".encode(),
        b"${aws.region}-${",
        b"$",
    )


def _values() -> Iterator[bytes]:
    yield from (bytes([example, 3 * example % 256]) + text for example in range(55) for text in _texts())


def _some_patterns() -> Iterator[bytes]:
    yield from (
        b'{"a": [{"prefix": "x"}], "$or": [{"b": [1]}, {"c": [null]}]}',
        b"[[[[",
        b'{"a": [{"numeric": [">", 1]}]}',
    )


def _some_projects() -> Iterator[bytes]:
    yield b"defaults: {timeout: 3}\noverrides: [{paths: ['**/*.yaml'], defaults: {tags: {A: b}}}]\n"
    yield b"policy: {required_tags: [A], codes: {ignore: [TFG5], error: [TFG601]}}\n"
    yield b"specs: [specs]\noutput: modules\nterraform: {required_version: '>= 1.10'}\n"


def _modules() -> Iterator[bytes]:
    for pattern in ("*.tf", "*.hcl"):
        yield from (path.read_bytes() for path in sorted((ROOT / "tests" / "golden").rglob(pattern))[::7])


def _schedules() -> Iterator[bytes]:
    yield from (b"rate(5 minutes)", b"cron(0 8 ? * MON-FRI *)", b"at(2030-01-31T08:00:00)", b"*/5 * * * *")


#: Each target, and what it begins with.
TARGETS: dict[str, tuple[Callable[[bytes], None], Callable[[], Iterator[bytes]]]] = {
    "loading": (loading, _all_specs),
    "specs": (specs, _all_specs),
    "values": (values, _values),
    "fixing": (fixing, _all_specs),
    "expressions": (expressions, _texts),
    "quoting": (quoting, _texts),
    "formatting": (formatting, _modules),
    "schedules": (schedules, _schedules),
    "patterns": (patterns, _some_patterns),
    "projects": (projects, _some_projects),
    "rewriting": (rewriting, _all_specs),
    "pages": (pages, _texts),
}
