"""The full report, as people see it: frames, marks, wrapped lines, and colour where it belongs."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.command import on_a_terminal, tfgen
from tests.reports import ERROR, FORMS, shown, write

# For people: the full form ------------------------------------------------------------------------------


def cells(text: str) -> int:
    """How many columns of a terminal a text takes, by Unicode's own properties."""
    wide = sum(unicodedata.east_asian_width(char) in "WF" for char in text)
    return len(text) + wide - sum(unicodedata.combining(char) > 0 for char in text)


def marked(report: str, number: int) -> str:
    """What of a source line its marks stand below."""
    lines = report.splitlines()
    row = next(index for index, line in enumerate(lines) if line.startswith(f"{number} | "))
    start = cells(lines[row + 1].partition("^")[0])
    end = cells(lines[row + 1])
    at = 0
    found = ""
    for char in lines[row]:
        if start <= at < end or (found and not cells(char) and at <= end):
            found += char
        at += cells(char)
    return found


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("timeout: 901", "901"),
        ("timeout: 901\r", "901"),
        ("runtime: 日本語", "日本語"),
        ("tags: {日本: [1], team: a}", "[1]"),
        ("tags: {e: é, i: [x]}", "[x]"),
        ("tags: {👍: a, ❤️: [x]}", "[x]"),
        ('tags: {a: "b\tc", d: [x]}', "[x]"),
        ("timeout: {日本: e\u0301}", "{日本: e\u0301}"),
        ("runtime: 'py\u202ethon'", "'py\ufffdthon'"),
    ],
)
def test_marks_stand_below_what_they_mark(tmp_path: Path, line: str, text: str) -> None:
    write(tmp_path, orders=f"{line}\n")
    assert marked(shown(tmp_path, "full"), 1) == text


@pytest.mark.parametrize("before", [0, 30, 200, 5000])
@pytest.mark.parametrize("filler", ["x", "日"])
@pytest.mark.parametrize("after", [0, 300])
def test_a_long_line_is_cut_around_what_is_wrong(
    tmp_path: Path, before: int, after: int, filler: str
) -> None:
    text = f"tags: {{a: '{filler * before}', team: [wrong], z: '{filler * after}'}}"
    write(tmp_path, orders=text)
    frames = shown(tmp_path, "full").split("\n\n")
    (frame,) = (frame for frame in frames if marked(frame, 1) == "[wrong]")
    source = next(line for line in frame.splitlines() if line.startswith("1 | "))
    is_long = cells(text) > 76
    assert source.count("…") == is_long * ((before > 20) + (after > 0))
    assert not is_long or 76 <= cells(source) <= 80


def test_a_value_longer_than_the_terminal_is_marked_up_to_the_edge(tmp_path: Path) -> None:
    write(tmp_path, orders=f"runtime: {'日本' * 150}\n")
    lines = shown(tmp_path, "full").splitlines()
    row = next(number for number, line in enumerate(lines) if line.startswith("1 | runtime: 日本"))
    source, marks = lines[row : row + 2]
    assert source.endswith("…")
    assert marks.startswith("  |          ^^^^")
    assert 78 <= cells(marks) <= 80
    assert cells(marks) == cells(source)


def test_a_finding_of_several_lines_has_a_bracket_from_its_beginning_to_its_end(tmp_path: Path) -> None:
    text = (
        "triggers:\n"
        "  - type: alexa\n"
        "    name: skill\n"
        "  - type: iot\n"
        "    name: topic\n"
        "    enabled: true\n"
        "  - type: lex\n"
        "    name: bot\n"
        "    # the bot's alias is made elsewhere\n"
        "    qualifier: live\n"
        "layers:\n"
        + "".join(f"- arn:aws:lambda:eu-central-1:123456789012:layer:lib{number}:1\n" for number in range(6))
    )
    write(tmp_path, orders=text)
    frames = shown(tmp_path, "full").split("\n\n")
    assert frames == [
        "orders.yaml:2:5: error[TFG102]: `skill_id` is missing in `triggers[0]`\n"
        "  |\n"
        "2 |     - type: alexa\n"
        "  |  _____^\n"
        "3 | |     name: skill\n"
        "  | |_______________^\n"
        "  = add `skill_id`",
        "orders.yaml:4:5: error[TFG102]: `sql` is missing in `triggers[1]`\n"
        "  |\n"
        "4 |     - type: iot\n"
        "  |  _____^\n"
        "5 | |     name: topic\n"
        "6 | |     enabled: true\n"
        "  | |_________________^\n"
        "  = add `sql`",
        "orders.yaml:7:5: error[TFG102]: `bot_alias_arn` is missing in `triggers[2]`\n"
        "   |\n"
        " 7 |     - type: lex\n"
        "   |  _____^\n"
        "...  |\n"
        "10 | |     qualifier: live\n"
        "   | |___________________^\n"
        "   = add `bot_alias_arn`",
        "orders.yaml:12:1: error[TFG205]: `layers` has 6 entries\n"
        "   |\n"
        "12 | / - arn:aws:lambda:eu-central-1:123456789012:layer:lib0:1\n"
        "...  |\n"
        "17 | | - arn:aws:lambda:eu-central-1:123456789012:layer:lib5:1\n"
        "   | |_______________________________________________________^\n"
        "   = it may have 0 to 5 entries\n",
    ]


def test_a_place_without_text_has_no_frame(tmp_path: Path) -> None:
    write(tmp_path, orders="\n\n")
    assert shown(tmp_path, "full") == (
        "orders.yaml:1:1: error[TFG011]: the file holds no data\n"
        "  = write the spec as lines of `key: value`\n"
    )


@pytest.mark.parametrize("columns", [20, 40, 80, 120])
def test_nothing_stands_out_of_a_terminal_but_words_that_cannot_be_broken(
    tmp_path: Path, columns: int
) -> None:
    text = (
        "description: >\n" + "  日本語 and more\n" * 40 + "architectures: [arm65, x86-64]\n"
        "dead_letter_config: {target_arn: 'arn:aws:s3:::a-bucket-that-is-not-a-queue'}\n"
        f"environment: {{variables: {{AWS_REGION: '{'日本' * 60}', A-B: x}}}}\n"
    )
    write(tmp_path, orders=text)
    written = on_a_terminal(tmp_path, "validate", ".", COLUMNS=str(columns), NO_COLOR="1")
    for line in written.splitlines()[:-1]:
        words = line.strip(" =").split(" ")
        assert cells(line) <= columns or len(words) == 1 or words[0].startswith("orders.yaml:"), line
    wrapped = " ".join(written.split())
    assert "`dead_letter_config.target_arn` is `arn:aws:s3:::a-bucket-that-is-not-a-queue`, which" in wrapped


def test_a_summary_goes_on_below_its_place(tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 14)
    folder.mkdir()
    write(folder, orders="replacement_security_group_ids: [sg-1]\n")
    assert shown(tmp_path, "full").splitlines()[:3] == [
        f"{folder.name}/orders.yaml:1:1: error[TFG309]:",
        "  `replacement_security_group_ids` needs `replace_security_groups_on_destroy`",
        "  |",
    ]


# Colour -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "environment", "in_a_pipe", "on_terminal"),
    [
        ((), {}, False, True),
        ((), {"NO_COLOR": "1"}, False, False),
        ((), {"NO_COLOR": ""}, False, True),
        ((), {"FORCE_COLOR": "1"}, True, True),
        ((), {"FORCE_COLOR": ""}, False, None),
        ((), {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
        ((), {"TERM": "dumb"}, False, False),
        (("--color", "auto"), {}, False, True),
        (("--color", "always"), {}, True, True),
        (("--color", "always"), {"NO_COLOR": "1"}, True, True),
        (("--color", "always"), {"TERM": "dumb"}, True, True),
        (("--color", "never"), {}, False, False),
        (("--color", "never"), {"FORCE_COLOR": "1"}, False, False),
    ],
)
def test_colour_is_for_terminals_unless_somebody_says_otherwise(
    tmp_path: Path,
    arguments: tuple[str, ...],
    environment: dict[str, str],
    in_a_pipe: bool,
    on_terminal: bool | None,
) -> None:
    write(tmp_path, orders=ERROR)
    command = ("validate", ".", *arguments)
    assert ("\x1b[" in tfgen(tmp_path, *command, **environment).stdout) == in_a_pipe
    if on_terminal is not None:
        assert ("\x1b[" in on_a_terminal(tmp_path, *command, **environment)) == on_terminal


@pytest.mark.parametrize("form", [form for form in FORMS if form != "full"])
def test_what_programs_read_is_never_coloured(tmp_path: Path, form: str) -> None:
    write(tmp_path, orders=ERROR)
    coloured = tfgen(
        tmp_path, "validate", ".", "--output-format", form, "--color", "always", FORCE_COLOR="1"
    ).stdout
    assert coloured == shown(tmp_path, form)
    assert "\x1b" not in coloured
