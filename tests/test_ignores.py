"""What a comment `# tfgen: ignore[CODE] reason` does to the findings of a spec, and what is said of one that
does nothing."""

from __future__ import annotations

from datetime import date
from textwrap import dedent

import pytest

from tfgen.codes import CODES, Severity
from tfgen.diagnostics import Diagnostic, SpecError
from tfgen.source import Document, parse
from tfgen.spec import judge

NAME = "function_name: orders\n"


def judged(spec: str) -> tuple[Document, tuple[Diagnostic, ...]]:
    """A spec and all that is said about it."""
    document = parse("orders.yaml", dedent(spec).encode())
    try:
        return document, judge(document, date(2026, 11, 26))[1]
    except SpecError as error:
        return document, error.diagnostics


def found(spec: str) -> list[tuple[int, str]]:
    """Lines and codes of mistakes and warnings, and of TFG501: short specs get much more advice."""
    document, said = judged(spec)
    told = [one for one in said if one.severity is not Severity.INFO or one.code == "TFG501"]
    return sorted((document.span(one.location).line, one.code) for one in told)


def summaries(spec: str, code: str) -> list[str]:
    """What is said under a code."""
    return [one.summary for one in judged(spec)[1] if one.code == code]


def test_a_comment_at_the_end_of_a_line_lets_its_finding_go() -> None:
    assert found(NAME + "log_retention_in_days: 0") == [(2, "TFG501")]
    assert found(NAME + "log_retention_in_days: 0  # tfgen: ignore[TFG501] the law asks for it") == []


def test_a_comment_in_the_line_above_does_as_well() -> None:
    assert found(NAME + "# tfgen: ignore[TFG501] the law asks for it\nlog_retention_in_days: 0") == []


@pytest.mark.parametrize("between", ["\n", "\n\n", "  # more about that\n", "\n# and\n\n# more\n"])
def test_empty_lines_and_comments_may_stand_between(between: str) -> None:
    assert found(NAME + f"# tfgen: ignore[TFG501] by law\n{between}log_retention_in_days: 0") == []


def test_comments_in_lines_upon_each_other_are_all_about_the_line_below() -> None:
    spec = """\
        function_name: orders
        vpc_config:
          # tfgen: ignore[TFG703] the database has one zone
          # tfgen: ignore[TFG505] few calls
          subnet_ids: [subnet-1]
          security_group_ids: [sg-1]
        """
    assert found(spec) == [(4, "TFG015")]


def test_one_comment_may_name_several_codes() -> None:
    text = "# tfgen: ignore[TFG505, TFG702,TFG413] a job that runs once a month\n" + NAME
    assert not {"TFG505", "TFG702", "TFG413", "TFG015"} & {one.code for one in judged(text)[1]}


def test_a_code_that_is_not_named_stays() -> None:
    spec = (
        NAME + "vpc_config: {subnet_ids: [subnet-1], security_group_ids: [sg-1]}  # tfgen: ignore[TFG505] few"
    )
    assert found(spec) == [(2, "TFG015"), (2, "TFG703")]


def test_another_line_stays() -> None:
    spec = NAME + "# tfgen: ignore[TFG501] by law\ndescription: Orders\nlog_retention_in_days: 0"
    assert found(spec) == [(2, "TFG015"), (4, "TFG501")]


def test_an_error_that_may_be_ignored_no_longer_keeps_the_spec_from_being_rendered() -> None:
    spec = """\
        function_name: orders
        environment:
          variables:
            SAMPLE: AKIAQWERTYUIOPASDFGH
        """
    with pytest.raises(SpecError):
        judge(parse("orders.yaml", dedent(spec).encode()))
    said = spec.rstrip() + "  # tfgen: ignore[TFG401] revoked long ago, for a test of our scanner\n"
    spec_, findings = judge(parse("orders.yaml", dedent(said).encode()))
    assert spec_.function_name == "orders"
    assert "TFG401" not in {one.code for one in findings}


@pytest.mark.parametrize("top", ["", "\n", "# Orders\n\n", "---\n", "# Orders\n---\n\n"])
def test_what_is_about_the_whole_file_is_let_go_above_its_first_line(top: str) -> None:
    spec = f"{top}# tfgen: ignore[TFG505] few calls\ndescription: Orders\n"
    assert "TFG505" in {one.code for one in judged(spec.replace("tfgen", "note"))[1]}
    assert not {"TFG505", "TFG015"} & {one.code for one in judged(spec)[1]}


@pytest.mark.parametrize("comment", ["# tfgen: ignore[TFG505] few", "\n# tfgen: ignore[TFG505] few\n"])
def test_a_document_mark_says_nothing_that_a_comment_could_be_about(comment: str) -> None:
    assert found(f"--- {comment}\n{NAME}") == []
    assert found(f"{comment}\n---\n{NAME}") == []


@pytest.mark.parametrize(
    "text",
    [
        "# tfgen: ignore[TFG703] no",
        "x # tfgen: ignore[TFG999]",
        "x#tfgen: ignore",
    ],
)
@pytest.mark.parametrize(
    "spec",
    [
        "{name}description: '{text}'\n",
        '{name}description: "{text}"\n',
        '{name}description: "first\n  {text}"\n',
        '{name}tags: {{"{text}": a}}\n',
        "{name}description: |\n  {text}\n",
        "{name}description: >-\n\n  first\n  {text}\n\n",
        "{name}environment:\n  variables:\n    TEXT: |2+\n      first\n      {text}\n\n",
    ],
)
def test_what_stands_in_a_text_is_no_comment(spec: str, text: str) -> None:
    assert {code for _, code in found(spec.format(name=NAME, text=text))} <= {"TFG329"}


def test_a_number_sign_within_a_word_begins_no_comment() -> None:
    assert found(NAME + "description: a#tfgen:ignore[TFG999]") == []


def test_a_comment_behind_a_text_that_looks_like_one_counts() -> None:
    spec = "{description: 'x # tfgen: ignore[A]', log_retention_in_days: 0} # tfgen: ignore[TFG501] by law"
    assert found(spec) == []


@pytest.mark.parametrize("sign", ["|", ">-", "|2"])
def test_a_comment_may_follow_the_sign_of_a_block_scalar(sign: str) -> None:
    spec = f"""\
        function_name: orders
        environment:
          variables:
            KEY: {sign}  # tfgen: ignore[TFG401] not a key of ours
              AKIAQWERTYUIOPASDFGH # tfgen: ignore[TFG402]
        """
    assert found(spec) == []


def test_a_comment_below_a_block_scalar_is_one() -> None:
    spec = """\
        function_name: orders
        environment:
          variables:
            TEXT: |
              # tfgen: ignore[TFG501] a line of the text

            # tfgen: ignore[TFG401] not a key of ours
            KEY: AKIAQWERTYUIOPASDFGH
        # tfgen: ignore[TFG501] by law
        log_retention_in_days: 0
        """
    assert found(spec) == []


def test_comments_stand_within_flow_mappings_and_lists() -> None:
    spec = """\
        function_name: orders
        vpc_config: {
          # tfgen: ignore[TFG703] the database has one zone
          subnet_ids: [
            subnet-1  # tfgen: ignore[TFG505] not here
          ],
          security_group_ids: [sg-1]
        }
        environment: {variables: {  # tfgen: ignore[TFG412] public
          # tfgen: ignore[TFG401] not a key of ours
          KEY: AKIAQWERTYUIOPASDFGH,
        }}
        layers: [
          # tfgen: ignore[TFG206] nothing is here
        ]
        """
    assert found(spec) == [(5, "TFG015"), (14, "TFG016")]


def test_lines_may_end_as_on_windows() -> None:
    spec = (
        NAME + "# tfgen: ignore[TFG501] by law\nlog_retention_in_days: 0\n\n"
        "vpc_config:\n  subnet_ids: [subnet-1]  # tfgen: ignore[TFG703] one zone \n"
        "  security_group_ids: [sg-1]\n"
    )
    assert found(spec.replace("\n", "\r\n")) == []


@pytest.mark.parametrize("end", ["", "\n", "\n\n# the end\n", "\n...\n"])
def test_a_comment_at_the_end_of_the_file_is_about_nothing(end: str) -> None:
    spec = NAME + "# tfgen: ignore[TFG501] by law" + end
    assert [line for line, _ in found(spec)] == [2]
    assert summaries(spec, "TFG015") == ["`TFG501` is not found below this line"]


@pytest.mark.parametrize(
    "comment",
    [
        "# tfgen: ignore[TFG501]",
        "#tfgen:ignore[TFG501] ",
        "# tfgen: ignore[TFG501] .",
        "# tfgen: ignore[TFG501]: -",
        "# tfgen: ignore[TFG501]  # noqa",
    ],
)
def test_a_comment_without_a_reason_has_no_effect(comment: str) -> None:
    spec = NAME + f"log_retention_in_days: 0  {comment}"
    assert found(spec) == [(2, "TFG014"), (2, "TFG501")]
    assert summaries(spec, "TFG014") == ["`ignore` gives no reason, and so has no effect"]


@pytest.mark.parametrize(
    ("comment", "summary"),
    [
        ("ignore[TFG999] so", "`TFG999` is no code"),
        ("ignore[tfg501] so", "`tfg501` is no code"),
        ("ignore[CKV_AWS_338] so", "`CKV_AWS_338` is no code"),
        ("ignore[] so", "`ignore` names no code"),
        ("ignore", "`ignore` names no code"),
        ("ignore TFG501 so", "`ignore` names no code"),
        ("ignore[TFG501 so", "`ignore` names no code"),
        ("ignore [TFG501] so", "between `ignore` and `[` is a space, so that it has no effect"),
        ("ignored[TFG501] so", "tfgen knows no such comment"),
        ("disable[TFG501] so", "tfgen knows no such comment"),
        ("", "tfgen knows no such comment"),
    ],
)
def test_a_comment_that_says_nothing_to_tfgen_is_told(comment: str, summary: str) -> None:
    spec = NAME + f"log_retention_in_days: 0  # tfgen: {comment}"
    assert found(spec) == [(2, "TFG014"), (2, "TFG501")]
    assert summaries(spec, "TFG014") == [summary]


@pytest.mark.parametrize("comment", ["TFGEN: ignore[TFG501] so", "Tfgen:Ignore[TFG501] so", "TfGen: ignore"])
def test_a_comment_in_capitals_is_told(comment: str) -> None:
    spec = NAME + f"log_retention_in_days: 0  # {comment}"
    assert found(spec) == [(2, "TFG014"), (2, "TFG501")]
    assert summaries(spec, "TFG014") == [f"`{comment.partition(':')[0]}:` has capitals, and so has no effect"]


def test_a_code_in_small_letters_is_asked_about() -> None:
    _, said = judged(NAME + "log_retention_in_days: 0  # tfgen: ignore[tfg501] so")
    assert [one.hint for one in said if one.code == "TFG014"] == ["did you mean `TFG501`?"]


def test_a_comma_without_a_code_beside_it_is_told() -> None:
    spec = NAME + "log_retention_in_days: 0  # tfgen: ignore[TFG501,] by law"
    assert found(spec) == [(2, "TFG014")]
    assert summaries(spec, "TFG014") == ["`ignore` has a comma without a code beside it"]


def test_two_comments_on_one_line_both_count() -> None:
    two = "# tfgen: ignore[TFG501] by law  # tfgen: ignore[TFG502] measured"
    assert found(NAME + f"log_retention_in_days: 0  {two}") == [(2, "TFG015")]
    assert summaries(NAME + f"log_retention_in_days: 0  {two}", "TFG015") == ["`TFG502` is not found here"]


def test_a_comment_that_only_speaks_of_tfgen_is_left_alone() -> None:
    assert found("# Tfgen: a maker of modules\n" + NAME) == []
    assert found("# Made for tfgen: see the README\n# tfgen makes a module of this\n" + NAME) == []


def test_a_code_beside_one_that_there_is_not_counts_all_the_same() -> None:
    assert found(NAME + "log_retention_in_days: 0  # tfgen: ignore[TFG501, TFG999] by law") == [(2, "TFG014")]


@pytest.mark.parametrize("code", [code for code, rule in CODES.items() if not rule.ignorable])
def test_what_nothing_could_be_rendered_with_cannot_be_ignored(code: str) -> None:
    spec = f"# tfgen: ignore[{code}] it is late\n" + NAME
    assert found(spec) == [(1, "TFG016")]
    assert summaries(spec, "TFG016") == [f"`{code}` cannot be ignored: {CODES[code].summary}"]


def test_an_error_stays_under_a_comment_that_cannot_let_it_go() -> None:
    assert found(NAME + "timeout: 901  # tfgen: ignore[TFG201] it is slow") == [(2, "TFG016"), (2, "TFG201")]


@pytest.mark.parametrize(
    "code", [code for code, rule in CODES.items() if rule.ignorable and not rule.between]
)
def test_a_comment_without_effect_is_told(code: str) -> None:
    spec = NAME + f"# tfgen: ignore[{code}] it was once\npackage_type: Zip"
    assert found(spec) == [(2, "TFG015")]
    assert summaries(spec, "TFG015") == [f"`{code}` is not found here"]


def test_of_several_codes_those_without_effect_are_told_one_by_one() -> None:
    spec = NAME + "log_retention_in_days: 0  # tfgen: ignore[TFG501, TFG703, TFG344, TFG703] by law"
    assert summaries(spec, "TFG015") == ["`TFG703` is not found here", "`TFG344` is not found here"]


@pytest.mark.parametrize(
    "mistake",
    [
        "timeout: 901",
        "tiemout: 3",
        "memory_size: big",
        "handler:",
        "timeout: 3\ntimeout: 4",
        "description: !text a",
        "name: '1'",
    ],
)
def test_with_mistakes_that_keep_rules_from_being_asked_no_comment_is_without_effect(mistake: str) -> None:
    spec = NAME + "# tfgen: ignore[TFG320] by law\ndescription: Orders\n" + mistake + "\n"
    codes = {code for _, code in found(spec)}
    assert codes
    assert codes.isdisjoint({"TFG014", "TFG015", "TFG016"})


def test_a_null_that_may_stand_hides_no_comment_without_effect() -> None:
    spec = (
        NAME
        + "triggers: [{type: eventbridge, event_pattern: {source: [a, null]}}]  # tfgen: ignore[TFG501] no"
    )
    assert found(spec) == [(2, "TFG015")]


def test_comments_count_beside_mistakes() -> None:
    spec = NAME + "timeout: 901\nvpc_config:\n  # tfgen: ignore[TFG703] one zone\n  subnet_ids: [subnet-1]\n"
    assert found(spec + "  security_group_ids: [sg-1]\n") == [(2, "TFG201")]


def test_advice_that_errors_keep_back_is_not_without_effect() -> None:
    spec = (
        NAME + "image_uri: a\npackage_type: Image\nhandler: a.b\n"
        "log_retention_in_days: 0  # tfgen: ignore[TFG501] by law"
    )
    assert found(spec) == [(4, "TFG301")]


def test_a_finding_about_a_comment_marks_the_comment() -> None:
    document, said = judged(NAME + "timeout: 3  # tfgen: ignore[TFG501] by law  \n")
    (one,) = (one for one in said if one.code == "TFG015")
    assert document.span(one.location) == (2, 13, 2, 43)
