"""SARIF 2.1.0, which GitHub's code scanning and other services keep findings in from run to run.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html is the
standard, and https://docs.github.com/en/code-security/reference/code-scanning/sarif-files what GitHub reads.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from tfgen import __version__
from tfgen.codes import CODES, Rule, Severity, group
from tfgen.diagnostics import Diagnostic, Findings, Node, Span
from tfgen.fixes import edit_of
from tfgen.report.explain import as_markdown, as_text
from tfgen.report.explanations import explanation
from tfgen.report.places import Repository, in_order, sentence

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# GitHub's words for the severity of a rule that is not about security.
_PROBLEMS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "recommendation"}
# GitHub's scores for one that is: high from 7.0 on, medium from 4.0 on, low below.
_SECURITY = {Severity.ERROR: "8.0", Severity.WARNING: "5.0", Severity.INFO: "2.0"}
_LONGEST = 1024  # characters of a description that GitHub takes


def text(found: Sequence[Findings], paths: Sequence[str]) -> str:
    """The log of one run, in ASCII: right on any terminal, whatever a spec holds.

    All rules are in it, so that logs of two runs differ in their results alone.
    """
    repository = Repository()
    driver = {
        "name": "tfgen",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": [_rule(code, rule) for code, rule in CODES.items()],
    }
    root = {"description": {"text": "The top folder of the repository, or the folder that tfgen ran in."}}
    run = {
        "tool": {"driver": driver},
        "originalUriBaseIds": {_ROOT: root},
        "columnKind": "unicodeCodePoints",
        "results": [result for findings in found for result in _results(findings, repository)],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str, rule: Rule) -> dict[str, object]:
    said = explanation(code)
    page = next((source.url for source in said.sources if source.url), None)
    score = {"security-severity": _SECURITY[rule.severity]} if group(code) == "security" else {}
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in re.findall(r"[A-Za-z0-9]+", rule.summary)),
        "shortDescription": {"text": sentence(rule.summary)},
        "fullDescription": {"text": said.paragraphs[0][:_LONGEST]},
        "help": {"text": as_text(code), "markdown": as_markdown(code)},
        **({"helpUri": page} if page else {}),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [group(code)],
            "precision": "high",
            "problem.severity": _PROBLEMS[rule.severity],
            **score,
        },
    }


def _results(findings: Findings, repository: Repository) -> list[dict[str, object]]:
    index = {code: number for number, code in enumerate(CODES)}
    artifact = _artifact(findings.document.path, repository)
    lines = findings.document.lines()
    seen: Counter[str] = Counter()
    results = []
    for span, diagnostic in in_order(findings):
        fingerprint = _fingerprint(lines, span, diagnostic)
        seen[fingerprint] += 1
        place = {"artifactLocation": artifact, "region": _region(span)}
        result: dict[str, object] = {
            "ruleId": diagnostic.code,
            "ruleIndex": index[diagnostic.code],
            "level": _LEVELS[diagnostic.severity],
            "message": {"text": f"{sentence(diagnostic.summary)} {sentence(diagnostic.hint)}"},
            "locations": [{"physicalLocation": place}],
            "partialFingerprints": {"primaryLocationLineHash": f"{fingerprint}:{seen[fingerprint]}"},
        }
        if edit := edit_of(findings.document, lines, diagnostic):
            replacement = {"deletedRegion": _region(edit.span), "insertedContent": {"text": edit.text}}
            change = {"artifactLocation": artifact, "replacements": [replacement]}
            description = {"text": sentence(diagnostic.hint)}
            result["fixes"] = [{"description": description, "artifactChanges": [change]}]
        results.append(result)
    return results


def _artifact(path: str, repository: Repository) -> dict[str, object]:
    """Where a file is: as seen from the repository, if it is in there."""
    relative = repository.relative(path)
    if relative is None:
        return {"uri": f"file://{quote(Path(path).resolve().as_posix())}"}
    return {"uri": quote(relative), "uriBaseId": _ROOT}


def _region(span: Span) -> dict[str, object]:
    """A range, which SARIF counts as tfgen does: from 1, the end exclusive."""
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _fingerprint(lines: Sequence[str], span: Span, diagnostic: Diagnostic) -> str:
    """What stays the same while a finding's lines move, and lists that it stands in grow: keys and text."""
    location = diagnostic.location
    keys = [part for part in location.path if isinstance(part, str)] if isinstance(location, Node) else []
    line = lines[span.line - 1] if span.line <= len(lines) else ""
    marked = line[span.column - 1 : span.end_column - 1 if span.line == span.end_line else None]
    said = json.dumps([diagnostic.code, keys, marked if keys else line.strip()])
    return sha256(said.encode()).hexdigest()[:16]
