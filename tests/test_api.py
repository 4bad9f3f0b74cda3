"""tfgen as a library: what a program in Python gets, and what a type checker says of it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import tfgen
from tests.command import tfgen as command
from tfgen.api import Finding, LoadedSpec, Severity, SpecError, TemplateProblem, load, render

ROOT = Path(__file__).parents[1]
SPEC = "function_name: orders\nruntime: python3.13\nhandler: app.handler\n"
DAY = date(2026, 11, 26)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project, which the test stands in."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "orders.yaml").write_text(SPEC)
    (tmp_path / "tfgen.yaml").write_text("output: infra\ndefaults: {timeout: 30, tags: {Team: shop}}\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(program: str, cwd: Path) -> str:
    """What a program of a user prints."""
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_spec_is_loaded_with_its_project(project: Path) -> None:
    loaded = load("specs/orders.yaml", as_of=DAY)
    assert (loaded.path, loaded.name, loaded.module) == (
        Path("specs/orders.yaml"), "orders", Path("infra/orders"),
    )  # fmt: skip
    assert (loaded.spec.function_name, loaded.spec.timeout) == ("orders", 30)
    assert loaded.data["tags"] == {"Team": "shop"}
    assert loaded.origin("tags", "Team") == ("tfgen.yaml", 2)
    assert loaded.origin("runtime") == ("specs/orders.yaml", 2)
    assert {finding.severity for finding in loaded.findings} == {Severity.INFO}


def test_it_renders_what_the_command_writes(project: Path) -> None:
    assert command(project, "render").returncode == 0
    written = {
        path.relative_to(project / "infra" / "orders").as_posix(): path.read_text()
        for path in (project / "infra" / "orders").rglob("*")
        if path.is_file() and path.name != ".tfgen.json"
    }
    assert render("specs/orders.yaml") == written
    assert render(load(project / "specs" / "orders.yaml")).keys() == written.keys()


def test_all_examples_render_as_they_are_in_the_golden_modules() -> None:
    for golden in sorted((ROOT / "tests" / "golden").iterdir())[::8]:
        files = render(ROOT / "specs" / f"{golden.name}.yaml")
        assert files["main.tf"] == (golden / "main.tf").read_text()


def test_mistakes_are_one_exception_with_all_of_them(project: Path) -> None:
    (project / "specs" / "orders.yaml").write_text(f"{SPEC}timeout: 901\nmemory: 1\n")
    with pytest.raises(SpecError) as raised:
        load("specs/orders.yaml")
    first, second = raised.value.findings
    assert first == Finding(
        "specs/orders.yaml", 4, 10, 4, 13, "TFG201", Severity.ERROR, first.summary, first.hint
    )
    assert str(raised.value).splitlines() == [
        f"specs/orders.yaml:4:10: error[TFG201] {first.summary}",
        f"specs/orders.yaml:5:1: error[TFG101] {second.summary}",
    ]
    assert raised.value.__cause__ is None


def test_a_mistake_of_the_project_file_is_told_there(project: Path) -> None:
    (project / "tfgen.yaml").write_text("defaults:\n  timeout: 901\n")
    with pytest.raises(SpecError) as raised:
        load("specs/orders.yaml")
    assert [(found.path, found.line) for found in raised.value.findings] == [("tfgen.yaml", 2)]
    (project / "tfgen.yaml").write_text("default: {}\n")
    with pytest.raises(SpecError) as raised:
        load("specs/orders.yaml")
    assert [(found.path, found.line) for found in raised.value.findings] == [("tfgen.yaml", 1)]


def test_templates_of_the_project_go_before_tfgens(project: Path) -> None:
    (project / "tfgen.yaml").write_text("templates: own\n")
    (project / "own").mkdir()
    template = project / "own" / "versions.tf.j2"
    template.write_text((ROOT / "templates" / "versions.tf.j2").read_text() + "\n# by the shop's team\n")
    assert "# by the shop's team" in render("specs/orders.yaml")["versions.tf"]
    assert command(project, "render").returncode == 0
    assert (project / "modules/orders/versions.tf").read_text() == render("specs/orders.yaml")["versions.tf"]
    template.write_text("{{ nothing }}\n")
    loaded = load("specs/orders.yaml")
    with pytest.raises(TemplateProblem, match="nothing"):
        render(loaded)


def test_a_project_file_that_changes_counts_from_then_on(project: Path) -> None:
    assert load("specs/orders.yaml").spec.timeout == 30
    (project / "tfgen.yaml").write_text("defaults: {timeout: 31}\n")
    assert load("specs/orders.yaml").spec.timeout == 31
    (project / "tfgen.yaml").unlink()
    assert load("specs/orders.yaml").module == Path("modules/orders")


def test_the_policy_and_the_day_count(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "tfgen.yaml").write_text("policy: {required_tags: [Owner]}\n")
    with pytest.raises(SpecError, match="TFG801"):
        load("specs/orders.yaml")
    (project / "tfgen.yaml").write_text("{}\n")
    with pytest.raises(SpecError, match="TFG604"):
        load("specs/orders.yaml", as_of=date(2040, 1, 1))
    monkeypatch.setenv("TFGEN_AS_OF", "2040-01-01")
    with pytest.raises(SpecError, match="TFG604"):
        load("specs/orders.yaml")


def test_a_file_that_is_not_there_is_an_os_error(project: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load("specs/none.yaml")
    with pytest.raises(IsADirectoryError):
        render("specs")


def test_the_package_has_the_names_and_no_others(project: Path) -> None:
    assert set(tfgen.__all__) < set(dir(tfgen))
    assert (tfgen.load, tfgen.SpecError, tfgen.LoadedSpec) == (load, SpecError, LoadedSpec)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        tfgen.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_render_is_the_function_whatever_was_imported_before(project: Path) -> None:
    program = (
        "import tfgen.render, tfgen.run\nimport tfgen\nfrom tfgen.render import render as room\n"
        "from tfgen import render\n"
        "assert render is tfgen.render is not room\n"
        "print(*tfgen.render('specs/orders.yaml'))"
    )
    assert "main.tf" in run(program, project).split()


def test_importing_the_package_imports_none_of_its_rooms() -> None:
    program = (
        "import sys, tfgen\nprint(tfgen.__version__, *(name for name in sys.modules if 'tfgen.' in name))"
    )
    assert run(program, ROOT).split() == [tfgen.__version__]


def test_loading_says_and_imports_nothing_that_it_does_not_need(project: Path) -> None:
    program = "import sys, tfgen\ntfgen.load('specs/orders.yaml')\nprint(*sys.modules)"
    loaded = set(run(program, project).split())
    assert not loaded & {"tfgen.cli", "typer", "rich", "tfgen.plan", "tfgen.render"}


def test_a_type_checker_knows_what_a_program_gets(tmp_path: Path) -> None:
    pytest.importorskip("mypy", reason="mypy is needed, which `make lint` installs")
    (tmp_path / "program.py").write_text(
        "from pathlib import Path\n"
        "import tfgen\n"
        "\n"
        "def names(folder: Path) -> dict[str, str]:\n"
        "    found: dict[str, str] = {}\n"
        "    for path in folder.glob('*.yaml'):\n"
        "        try:\n"
        "            loaded = tfgen.load(path)\n"
        "        except tfgen.SpecError as error:\n"
        "            kept = [found for found in error.findings if found.severity is tfgen.Severity.ERROR]\n"
        "            print(kept[0].line + 1)\n"
        "            continue\n"
        "        file, line = loaded.origin('runtime')\n"
        "        found[loaded.name] = f'{file}:{line} {loaded.module / \"main.tf\"}'\n"
        "        reveal_type(tfgen.render(loaded))\n"
        "        reveal_type(loaded.spec.function_name)\n"
        "    return found\n"
        "\n"
        "tfgen.render(3)\n"
        "tfgen.load('a.yaml').nothing\n"
        "tfgen.nothing\n"
    )
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--config-file=", "program.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    said = [re.sub(r"^program\.py:(\d+): (\w+): ", r"\1 \2 ", line) for line in done.stdout.splitlines()]
    assert said[0] == '15 note Revealed type is "dict[str, str]"'
    assert re.fullmatch(r'16 note Revealed type is "str \| .*Template \| None"', said[1])
    assert [re.sub(r"^(\d+ error).*\[(.*)\]$", r"\1 \2", line) for line in said[2:-1]] == [
        "19 error arg-type",
        "20 error attr-defined",
        "21 error attr-defined",
    ], done.stdout


def test_the_programs_of_the_page_run(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "api.md").read_text()
    (tmp_path / "specs").mkdir()
    shutil.copy(ROOT / "specs" / "order_events.yaml", tmp_path / "specs")
    (tmp_path / "specs" / "wrong.yaml").write_text("timeout: 901\n")
    first, second, third = (
        run(program, tmp_path) for program in re.findall(r"```python\n(.*?)```", page, re.S)
    )
    assert first.startswith("order_events python3.12 modules/order_events\n")
    assert re.search(r"^main\.tf [0-9]+$", first, re.MULTILINE)
    assert second.startswith("specs/wrong.yaml 1 TFG201 error\n")
    assert third == "specs/order_events.yaml:17\n"
    fields = {*Finding.__dataclass_fields__, *LoadedSpec.__dataclass_fields__, *tfgen.__all__}
    fields = {name for name in fields if not name.startswith("_")}
    assert not {name for name in fields if not re.search(rf"`(tfgen\.)?{name}\b", page)}
