"""Findings → the text of a spec in which what is certain is put right, and all else is as it was.

In go a document and what was found in it; out comes the document whose text has other keys and values at the
places of those findings. The text is read again before it is believed: its data must be what was meant.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from tfgen.diagnostics import DataPath, Diagnostic, Fix, Located, Node, Span, SpecError
from tfgen.source import Document, parse
from tfgen.yaml_problems import LINE_BREAK

#: How often a text is put right and looked at again: below a misspelt key, more may be wrong.
ROUNDS = 10
# How many fixes are tried one by one where all together would not be read as meant: each reads the text anew.
_TRIES = 20

_QUOTES = ('"', "'")
# How block scalars begin, and anchors, aliases and tags, which specs have no use for.
_NOT_PLAIN = ("|", ">", "&", "*", "!")


class Edit(NamedTuple):
    """What is to stand in place of a range of a text, which is within one line."""

    span: Span
    text: str


class Fixed(NamedTuple):
    """A document that was put right, and how many findings are gone by that."""

    document: Document
    findings: int


class _Change(NamedTuple):
    """A fix, the key or value that it is for, and what that makes of the text."""

    node: Node
    fix: Fix
    edit: Edit


def edit_of(document: Located, lines: Sequence[str], diagnostic: Diagnostic) -> Edit | None:
    """What writes a finding's fix into the document's lines; None where it has none that could be written."""
    if diagnostic.fix is None or not isinstance(document, Document):
        return None
    change = _change(document, lines, diagnostic)
    return change.edit if change else None


def fixed(document: Document, look: Callable[[Document], Sequence[Diagnostic]]) -> Fixed:
    """The document with all that is certain put right. `look` gives what there is to find in one."""
    so_far = Fixed(document, 0)
    for _ in range(ROUNDS):
        better = _better(so_far.document, look(so_far.document))
        if better is None:
            break
        so_far = Fixed(better.document, so_far.findings + better.findings)
    return so_far


def _better(document: Document, diagnostics: Sequence[Diagnostic]) -> Fixed | None:
    """The document with the fixes of these findings, or with the first that can be written by itself."""
    lines = document.lines()
    found = [change for each in diagnostics if each.fix and (change := _change(document, lines, each))]
    changes = _apart(Counter(found))
    for some in (list(changes), *([change] for change in islice(changes, _TRIES))):
        if some and (read := _applied(document, some)):
            return Fixed(read, sum(changes[change] for change in some))
    return None


def _change(document: Document, lines: Sequence[str], diagnostic: Diagnostic) -> _Change | None:
    fix, node = diagnostic.fix, diagnostic.location
    if fix is None or not isinstance(node, Node) or not node.path or node.path not in document.spans:
        return None
    key_span, value_span = document.spans[node.path]
    span = key_span if node.key else value_span
    *parents, last = node.path
    holder = document.data
    for part in parents:
        holder = holder[part]
    is_taken = fix.text in holder if node.key else isinstance(holder[last], dict | list)
    if span is None or span.line != span.end_line or is_taken:
        return None
    text = _written(fix, lines[span.line - 1][span.column - 1 : span.end_column - 1])
    return None if text is None else _Change(node, fix, Edit(span, text))


def _written(fix: Fix, instead_of: str) -> str | None:
    """A fix as it is to stand in the text: in the quotes of what it replaces, if it needs or may have any."""
    if not instead_of or instead_of.startswith(_NOT_PLAIN) or not fix.text.isprintable():
        return None
    if fix.literal:
        return fix.text
    if instead_of.startswith("'"):
        return "'" + fix.text.replace("'", "''") + "'"
    if instead_of.startswith('"') or not _is_plain(fix.text):
        return json.dumps(fix.text, ensure_ascii=False)
    return fix.text


def _is_plain(text: str) -> bool:
    """Whether a text is that same text without quotes, as key and as value, in block and in flow style."""
    try:
        read = parse("", f"{text}: {text}\n'': [{text}, {{{text}: {text}}}]\n".encode())
    except SpecError:
        return False
    return bool(read.data == {text: text, "": [text, {text: text}]})


def _apart(changes: Mapping[_Change, int]) -> dict[_Change, int]:
    """The changes but for those of which two are for one place, or would make one key of two."""
    places = Counter(change.node for change in changes)
    keys = Counter((change.node.path[:-1], change.fix.text) for change in changes if change.node.key)
    return {
        change: count
        for change, count in changes.items()
        if places[change.node] == 1 and keys[change.node.path[:-1], change.fix.text] <= 1
    }


def _applied(document: Document, changes: Sequence[_Change]) -> Document | None:
    """The document with these changes, or None if its text would not say what they mean."""
    text = document.text
    starts = [0, *(match.end() for match in LINE_BREAK.finditer(text))]
    rest = len(text)
    parts = []
    for span, new in sorted((change.edit for change in changes), reverse=True):
        line = starts[span.line - 1] - 1
        parts += [text[line + span.end_column : rest], new]
        rest = line + span.column
    parts.append(text[:rest])
    try:
        read = parse(document.path, "".join(reversed(parts)).encode())
    except SpecError:
        return None
    meant = _meant(document.data, (), {change.node: change.fix for change in changes})
    # As text, for to Python 1, 1.0 and true are equal, and so are mappings whose keys have another order.
    return read if repr(read.data) == repr(meant) else None


def _meant(value: Any, path: DataPath, fixes: Mapping[Node, Fix]) -> Any:
    """The data that a text shall have."""
    if fix := fixes.get(Node(path)):
        return json.loads(fix.text) if fix.literal else fix.text
    if isinstance(value, list):
        return [_meant(item, (*path, index), fixes) for index, item in enumerate(value)]
    if not isinstance(value, dict):
        return value
    renamed = {key: fix.text for key in value if (fix := fixes.get(Node((*path, key), key=True)))}
    return {renamed.get(key, key): _meant(item, (*path, key), fixes) for key, item in value.items()}
