"""Every example spec renders the module that is kept in tests/golden, byte for byte, and no file more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tfgen.plan import plan
from tfgen.render import render
from tfgen.source import load
from tfgen.spec import read_spec

ROOT = Path(__file__).parent.parent
SPECS = sorted((ROOT / "specs").glob("*.yaml"))
GOLDEN = ROOT / "tests" / "golden"


def rendered(path: Path) -> dict[str, str]:
    document = load(path)
    return render(plan(read_spec(document), document.path))


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_spec_renders_its_golden_module(path: Path, request: pytest.FixtureRequest) -> None:
    folder = GOLDEN / path.stem
    files = rendered(path)
    if request.config.getoption("--update-golden"):
        shutil.rmtree(folder, ignore_errors=True)
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(text.encode())
    kept = {
        file.relative_to(folder).as_posix(): file.read_bytes().decode()
        for file in folder.rglob("*")
        if not file.is_dir()
    }
    assert files == kept


def test_every_golden_module_belongs_to_a_spec() -> None:
    assert {folder.name for folder in GOLDEN.iterdir()} == {path.stem for path in SPECS}


def test_the_same_spec_renders_the_same_bytes_from_anywhere(tmp_path: Path) -> None:
    spec = tmp_path / "elsewhere" / "order_events.yaml"
    spec.parent.mkdir()
    shutil.copy(ROOT / "specs" / "order_events.yaml", spec)
    assert rendered(spec) == rendered(ROOT / "specs" / "order_events.yaml")


def test_a_file_that_would_hold_nothing_is_not_written() -> None:
    assert "iam.tf" not in rendered(ROOT / "specs" / "lambda.yaml")
    assert "iam.tf" in rendered(ROOT / "specs" / "order_events.yaml")
