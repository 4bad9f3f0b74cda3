"""tfgen as others get it: built into a wheel, installed into an empty environment, used elsewhere."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def run(*arguments: str | Path, cwd: Path) -> str:
    done = subprocess.run(arguments, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "--quiet")
    run(*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_package_and_its_templates_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    package = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tfgen").glob("**/*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    templates = {
        f"tfgen/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "templates").glob("**/*.j2")
    }
    compiled = {name for name in names if name.startswith("tfgen/compiled_templates/")}
    assert {name for name in names if ".dist-info/" not in name} == package | templates | compiled
    # Each but those of `tfgen new`, and what they were compiled for.
    assert len(compiled) == len([name for name in templates if "/new/" not in name]) + 1
    assert {"tfgen/py.typed", "tfgen/spec.schema.json", "tfgen/templates/main.tf.j2"} <= names


@pytest.mark.thorough
def test_an_installed_tfgen_renders_far_from_its_sources(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "env")
    bin_folder = tmp_path / "env" / "bin"
    pip = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", bin_folder / "python")
    run(*pip, "install", "--quiet", "--no-compile", wheel, cwd=tmp_path)
    spec = tmp_path / "orders.yaml"
    spec.write_text("function_name: orders\nruntime: python3.12\nhandler: app.handler\n")
    assert run(bin_folder / "tfgen", "render", "orders.yaml", cwd=tmp_path) == "created   modules/orders\n"
    assert 'default     = "orders"' in (tmp_path / "modules" / "orders" / "variables.tf").read_text()
    assert json.loads(run(bin_folder / "tfgen", "schema", cwd=tmp_path))["title"] == "tfgen spec"
    # No run has to compile a template.
    assert not [*(tmp_path / "env").rglob("templates/__pycache__")]
    assert run(bin_folder / "tfgen", "render", "orders.yaml", cwd=tmp_path) == "unchanged modules/orders\n"
