"""Templates of one's own on the command line: listed, copied, rendered with, and the page about them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.command import on_a_terminal, tfgen
from tests.test_own_templates import NAMES, OWN, after, own, planned
from tfgen.overlay.purposes import PURPOSES, purposes
from tfgen.render import render

SQS = """\
function_name: orders
runtime: python3.13
handler: app.handler
filename: build/orders.zip
tags: {Team: shop}
triggers:
  - {type: sqs, queue_arn: "${var.queue_arn}"}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "orders.yaml").write_text(SQS)
    return tmp_path


def test_a_day_with_a_template_of_ones_own(project: Path) -> None:
    done = tfgen(project, "templates", "eject", "triggers/sqs.tf.j2", "-o", "infra/templates")
    assert done.stdout == "created   infra/templates/triggers/sqs.tf.j2\n"
    assert done.stderr == "Render with them: tfgen render --templates infra/templates\n"
    assert tfgen(project, "render", "specs").returncode == 0
    kept = (project / "modules" / "orders" / "triggers.tf").read_text()
    done = tfgen(project, "render", "specs", "--templates", "infra/templates")
    assert (done.returncode, done.stdout) == (0, "unchanged modules/orders\n")
    (project / "tfgen.yaml").write_text("templates: infra/templates\n")
    template = project / "infra" / "templates" / "triggers" / "sqs.tf.j2"
    template.write_text(template.read_text() + "\n# Ask the shop before changing this.\n")
    done = tfgen(project, "render", "--check")
    assert (done.returncode, done.stdout.splitlines()[0]) == (3, "stale     modules/orders (triggers.tf)")
    assert "changed   modules/orders (triggers.tf)\n" in tfgen(project, "render").stdout
    now = (project / "modules" / "orders" / "triggers.tf").read_text()
    assert now == kept + "\n# Ask the shop before changing this.\n"


def test_what_the_command_says_goes_before_what_the_project_says(project: Path) -> None:
    (project / "tfgen.yaml").write_text("templates: theirs\n")
    for name in ("theirs", "mine"):
        (project / name).mkdir()
        (project / name / "README.md.j2").write_text(f"# {name}\n")
    tfgen(project, "render", "--templates", "mine")
    assert (project / "modules" / "orders" / "README.md").read_text() == "# mine\n"
    (project / "specs" / "deep").mkdir()
    assert tfgen(project / "specs" / "deep", "render").returncode == 0
    assert (project / "modules" / "orders" / "README.md").read_text() == "# theirs\n"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_mistake_in_a_template_writes_nothing_and_is_told_once(project: Path, jobs: str) -> None:
    (project / "specs" / "others.yaml").write_text(SQS.replace("orders", "others"))
    overlay = own(project, after("main.tf.j2", "{{ nothing }}"))
    done = tfgen(
        project, "render", "specs", "-j", jobs, "--templates", overlay.relative_to(project).as_posix()
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines() == [
        "tfgen: own/main.tf.j2:2: `nothing` is not there",
        "tfgen: names come from the plan: see `docs/templates.md` and `tfgen/plan/model.py`",
    ]
    assert not (project / "modules").exists()


@pytest.mark.parametrize(
    "looks",
    [[], ["--check"], ["--diff"], ["--dry-run"], ["--stdout"], ["--force"], ["--output-format", "json"]],
)
def test_a_module_that_is_not_right_is_never_written_or_shown(project: Path, looks: list[str]) -> None:
    own(project, after("triggers/sqs.tf.j2", 'output "x" {\n  value = aws_sqs_queue.orders.arn\n}'))
    done = tfgen(project, "render", "specs", "--templates", "own", *looks)
    assert done.returncode == 2
    assert "aws_sqs_queue" not in done.stdout
    assert "tfgen:     by own/triggers/sqs.tf.j2\n" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "modules").exists()


def test_a_folder_that_is_not_there_is_told(project: Path) -> None:
    (project / "tfgen.yaml").write_text("templates: infra/templates\n")
    done = tfgen(project, "render")
    assert (done.returncode, done.stderr) == (
        2,
        "tfgen: infra/templates: there is no such folder of templates\n",
    )


def test_the_list_says_what_each_template_is_for(tmp_path: Path) -> None:
    listed = tfgen(tmp_path, "templates", "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    lines = listed.stdout.splitlines()
    assert {line.split()[0] for line in lines if not line.startswith(" ")} == set(NAMES)
    assert max(map(len, lines)) <= 80
    assert "main.tf.j2                        The function, its log group and its alias" in lines
    assert max(map(len, on_a_terminal(tmp_path, "templates", "list", NO_COLOR="1").splitlines())) <= 80


def test_every_template_has_a_purpose_and_no_other_has() -> None:
    said = purposes(NAMES)
    assert set(said) == set(NAMES) >= set(PURPOSES)
    assert all(said.values())


def test_the_list_marks_templates_of_ones_own(project: Path) -> None:
    (project / "tfgen.yaml").write_text("templates: infra\n")
    assert tfgen(project, "templates", "eject", "main.tf.j2", "iam.tf").stdout == (
        "created   infra/main.tf.j2\ncreated   infra/iam.tf.j2\n"
    )
    main = project / "infra" / "main.tf.j2"
    first, rest = main.read_text().split("\n", 1)
    main.write_text(
        re.sub(r"sha256:\w+", f"sha256:{'0' * 16}", first) + "\n" + rest + '{% include "_our.j2" %}\n'
    )
    (project / "infra" / "_our.j2").write_text("# Ours.\n")
    lines = tfgen(project, "templates", "list").stdout.splitlines()
    at = lines.index("  infra/main.tf.j2 goes before it")
    assert lines[at - 1].startswith("main.tf.j2 ")
    assert re.fullmatch(r"  but is made of that of tfgen \S+, which has changed since", lines[at + 1])
    at = lines.index("  infra/iam.tf.j2 goes before it")
    assert not lines[at + 1].startswith("  but")
    assert lines[-1] == "infra/_our.j2 is included by others of your own"


def test_the_list_is_there_where_the_folder_is_not_right(project: Path) -> None:
    own(project, {"mian.tf.j2": ""})
    listed = tfgen(project, "templates", "list", "--templates", "own")
    assert listed.returncode == 2
    assert "main.tf.j2  " in listed.stdout
    assert "did you mean main.tf.j2?" in listed.stderr


def test_eject_copies_what_tfgen_has_below_a_line_that_says_where_from(tmp_path: Path) -> None:
    assert tfgen(tmp_path, "templates", "eject", "README.md", "_permissions.tf.j2").returncode == 0
    for name in ("README.md.j2", "_permissions.tf.j2"):
        first, _, rest = (tmp_path / "templates" / name).read_text().partition("\n")
        assert re.fullmatch(r"\{# tfgen \S+, sha256:[0-9a-f]{16} #\}", first)
        assert rest == (OWN / name).read_text()


def test_eject_never_replaces_a_file_and_then_copies_nothing(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "main.tf.j2").write_text("mine\n")
    done = tfgen(tmp_path, "templates", "eject", "iam.tf.j2", "main.tf.j2")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "tfgen: templates/main.tf.j2 is there already, and stays as it is\n"
    assert [path.name for path in (tmp_path / "templates").iterdir()] == ["main.tf.j2"]
    assert (tmp_path / "templates" / "main.tf.j2").read_text() == "mine\n"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("sqs", "did you mean triggers/sqs.tf.j2?"),
        ("trigger/sqs.tf.j2", "did you mean triggers/sqs.tf.j2?"),
        ("variable.tf.j2", "did you mean variables.tf.j2?"),
        ("../../etc/passwd", "`tfgen templates list` has all names"),
        ("new/go/main.go.j2", ""),
        ("", "`tfgen templates list` has all names"),
    ],
)
def test_eject_names_the_nearest_template(tmp_path: Path, name: str, expected: str) -> None:
    done = tfgen(tmp_path, "templates", "eject", name)
    assert done.returncode == 2
    assert done.stderr.startswith(f"tfgen: tfgen has no template {name}: ")
    assert expected in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_eject_says_how_a_project_comes_to_use_the_copy(project: Path) -> None:
    (project / "tfgen.yaml").write_text("specs: [specs]\n")
    done = tfgen(project / "specs", "templates", "eject", "main.tf.j2")
    assert done.stdout == "created   ../templates/main.tf.j2\n"
    assert done.stderr == "Render with them: say `templates: templates` in ../tfgen.yaml\n"
    (project / "tfgen.yaml").write_text("templates: templates\n")
    assert tfgen(project, "templates", "eject", "iam.tf.j2").stderr == ""


# The page --------------------------------------------------------------------------------------------

PAGE = (Path(__file__).parents[1] / "docs" / "templates.md").read_text()


def test_what_the_page_shows_is_what_tfgen_does(project: Path) -> None:
    shown = 0
    for language, text in re.findall(r"^```(\w+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL):
        if language == "console":
            for session in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
                command, _, expected = session.partition("\n")
                done = tfgen(project, *command.split()[1:])
                assert done.stdout + done.stderr == expected, done.stderr
                shown += 1
            continue
        named = re.match(r"(?:\{# |# )(\S+)", text)
        assert named, f"an example in {language} begins with its file's name"
        (project / named[1]).parent.mkdir(exist_ok=True)
        (project / named[1]).write_text(text)
    assert shown >= 4
    (project / "templates" / "outputs.tf.j2").unlink()
    main = (OWN / "main.tf.j2").read_text()
    without = re.sub(r'  dynamic "tracing_config" \{\n.*?\n  \}\n', "", main, flags=re.DOTALL)
    iam = (OWN / "iam.tf.j2").read_text().replace("{{ function.tracing_config }}[*]", "[]")
    own(project, {"main.tf.j2": without, "iam.tf.j2": iam})
    shutil.copy(project / "templates" / "_variable.tf.j2", project / "own")
    done = tfgen(project, "render", "--templates", "own")
    assert (done.returncode, done.stderr) == (0, "")
    assert "tracing_config" not in (project / "modules" / "orders" / "variables.tf").read_text()


def test_the_page_names_what_templates_are_given(tmp_path: Path) -> None:
    row = next(line for line in PAGE.splitlines() if line.startswith("| `main.tf.j2`"))
    for name in re.findall(r"`([a-z_]+)`", row.split("|")[2]):
        text = f"{{% if {name} is defined %}}# {name}{{% endif %}}"
        assert (
            f"# {name}\n"
            in render(planned("operations"), own(tmp_path, after("main.tf.j2", text)))["main.tf"]
        )
