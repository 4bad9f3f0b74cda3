"""The design, held: who imports whom, what templates may say, and that nothing stays behind unused."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tfgen.codes import CODES
from tfgen.interface import INTERFACE, OUTPUTS
from tfgen.plan import plan
from tfgen.spec import rules
from tfgen.spec.models import Spec
from tfgen.triggers import ASYNCHRONOUS, KINDS

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tfgen"
TEMPLATES = sorted((ROOT / "templates").glob("**/*.j2"))

#: Each room and the rooms that it may import. What is not listed imports nothing of tfgen.
ROOMS: dict[str, set[str]] = {
    "codes": set(),
    "diagnostics": {"codes"},
    "yaml_problems": {"diagnostics"},
    "source": {"diagnostics", "yaml_problems"},
    "ignores": {"codes", "diagnostics", "source"},
    "fixes": {"diagnostics", "source", "yaml_problems"},
    "expressions": set(),
    "interface": {"expressions"},
    "runtimes": set(),
    "schema": {"diagnostics", "expressions", "runtimes"},
    "layout": set(),
    "hcl": {"layout"},
    "markdown": set(),
    "checkov": set(),
    "iam_actions": set(),
    "intents": set(),
    "triggers": {"diagnostics", "expressions", "schema", "hcl", "iam_actions"},
    "spec": {
        *(
            "codes",
            "diagnostics",
            "source",
            "ignores",
            "expressions",
            "interface",
            "iam_actions",
            "schema",
            "triggers",
            "checkov",
        ),
        *("intents", "runtimes"),
    },
    "constraints": {"schema", "spec", "hcl", "runtimes"},
    "plan": {
        *("diagnostics", "spec", "expressions", "interface", "hcl", "constraints", "iam_actions", "schema"),
        *("triggers", "checkov", "intents"),
    },
    "graph": {"plan", "markdown"},
    "own_templates": set(),
    "overlay": {"triggers"},
    "verify": set(),
    "bug": set(),
    "render": {
        *("plan", "hcl", "layout", "markdown", "triggers", "graph", "overlay", "own_templates", "verify"),
    },
    "fleet_page": {"plan", "spec", "triggers", "runtimes", "graph", "render"},
    "write": set(),
    "write_page": {"write"},
    "project": {"codes", "diagnostics", "ignores", "schema", "source", "spec"},
    "run": {
        *("codes", "diagnostics", "source", "spec", "project", "plan", "render", "fleet_page", "overlay"),
        "write",
    },
    "terraform": {
        *("diagnostics", "hcl", "inputs", "source", "project", "spec", "triggers", "plan", "render"),
        *("overlay", "verify", "write"),
    },
    "scaffold": {"project", "runtimes", "schema", "spec", "triggers", "own_templates"},
    "inputs": set(),
    "yaml_text": set(),
    "report": {"codes", "diagnostics", "fixes", "intents"},
    "api": {"codes", "diagnostics", "source", "project", "spec", "plan", "overlay", "render", "run"},
    "cli": {
        *("codes", "diagnostics", "source", "fixes", "schema", "spec", "triggers", "runtimes", "plan"),
        *("render", "project", "run", "graph", "fleet_page", "write", "write_page", "scaffold", "verify"),
        *("inputs", "yaml_text", "report", "overlay", "own_templates", "bug", "terraform"),
    },
    "__main__": {"bug", "cli"},
}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    """The rooms of tfgen that a file imports, those it needs for its types alone included."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names.add(node.module or "")
    return {name.split(".")[1] for name in names if name.startswith("tfgen.")}


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.glob("**/*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_a_room_imports_only_what_comes_before_it(path: Path) -> None:
    if path == PACKAGE / "__init__.py":
        assert imported(path) == {"api"}  # for type checkers; tests/test_api.py holds that it imports none
        return
    here = room(path)
    assert here in ROOMS, f"{here} is a new room: say in this test what it may import"
    assert imported(path) - {here} <= ROOMS[here]


def test_only_the_command_line_prints() -> None:
    for path in PACKAGE.glob("**/*.py"):
        if room(path) in {"cli", "__main__"}:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            called = node.func if isinstance(node, ast.Call) else None
            assert not (isinstance(called, ast.Name) and called.id in {"print", "input"}), path


def test_heavy_libraries_are_imported_only_where_they_are_used() -> None:
    for path in PACKAGE.glob("**/*.py"):
        tree = ast.parse(path.read_text())
        top = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
        names = [
            node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name for node in top
        ]
        heavy = [name for name in names if name.split(".")[0] in {"rich", "hcl2", "difflib"}]
        assert not heavy or room(path) == "report", f"{path} imports {heavy} at start-up"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_a_template_decides_nothing(path: Path) -> None:
    text = path.read_text()
    for tag in re.findall(r"\{%-?\s*(.*?)\s*-?%\}", text):
        word = tag.split()[0]
        assert word in {"for", "endfor", "if", "else", "endif", "include"}, f"{path.name}: {tag}"
        if word == "include":
            assert re.fullmatch(r'include "[a-z0-9_.]+\.j2"', tag), f"{path.name}: `{tag}` chooses"
        if word == "if":
            assert re.fullmatch(r"if [a-z_.]+", tag), f"{path.name}: `{tag}` is more than asking whether"
        if word == "for":
            assert re.fullmatch(r"for [a-z_, ]+ in [a-z_.]+", tag), f"{path.name}: `{tag}` computes"
    for hole in re.findall(r"\{\{-?\s*(.*?)\s*-?\}\}", text):
        assert re.fullmatch(r"[a-z0-9_.]+(\|[a-z]+)?", hole), f"{path.name}: `{hole}` computes"
    assert "<<" not in text, f"{path.name} has a heredoc"


def test_rules_are_asked_where_a_spec_has_what_they_are_about() -> None:
    assert {path.stem for path in (PACKAGE / "spec" / "rules").glob("[a-z]*.py")} == set(rules.FILES)
    for file, sections in rules.FILES.items():
        table: rules.Rules = import_module(f"tfgen.spec.rules.{file}").RULES
        looked_at = {key for keys in table.values() for key in keys}
        assert set(sections) <= looked_at <= Spec.model_fields.keys(), file
        for rule, keys in table.items():
            assert set(keys) & set(sections), f"{file}.{rule.__name__} would never be asked"


def test_a_spec_is_read_without_what_it_does_not_have(tmp_path: Path) -> None:
    """Start-up is most of what a user waits for."""
    spec = tmp_path / "orders.yaml"
    spec.write_text("execution_role_arn: ${var.execution_role_arn}\n")
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from tfgen.source import load\nfrom tfgen.spec import read_spec\n"
        f"read_spec(load(Path({str(spec)!r})))\nprint(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    loaded = {name for name in run.stdout.split() if name.startswith("tfgen.")}
    assert not {name for name in loaded if name.startswith("tfgen.spec.rules.")}
    assert not {name for name in loaded if name.removeprefix("tfgen.triggers.") in KINDS}
    assert not loaded & {"tfgen.checkov", "tfgen.schema.json_schema", "tfgen.spec.default_alarms"}
    assert not loaded & {"tfgen.schema.certain", "tfgen.fixes"}


def test_every_code_is_raised_somewhere_and_documented() -> None:
    raised = {
        code
        for path in PACKAGE.glob("**/*.py")
        if path.name != "codes.py"
        for code in re.findall(r'"(TFG\d{3})"', path.read_text())
    }
    assert raised == set(CODES)


def test_the_interface_names_fields_of_the_spec_in_their_order() -> None:
    fields = list(Spec.model_fields)
    assert [name for name in fields if name in INTERFACE] == list(INTERFACE)


def test_every_module_has_the_interfaces_outputs_first() -> None:
    spec = Spec.model_validate({"name": "orders"})
    assert tuple(output.name for output in plan(spec, "orders.yaml").outputs) == OUTPUTS


def test_the_kinds_that_invoke_asynchronously_are_kinds() -> None:
    assert KINDS.keys() >= ASYNCHRONOUS


def test_every_key_of_the_spec_is_described() -> None:
    for name, field in Spec.model_fields.items():
        assert field.description, f"{name} has no description"
