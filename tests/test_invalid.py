"""Every case in tests/invalid gets the report that is kept beside it: codes, places, words, all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import run

CASES = sorted(path.parent for path in (Path(__file__).parent / "invalid").glob("*/spec.yaml"))


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_mistake_gets_its_report(folder: Path, request: pytest.FixtureRequest) -> None:
    done = run(folder, ["validate", "spec.yaml"], {})
    report = folder / "report.txt"
    if request.config.getoption("--update-golden"):
        report.write_bytes(done.stdout)
    assert done.stdout.decode() == report.read_bytes().decode()
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


def test_every_case_is_complete() -> None:
    folders = [path for path in (Path(__file__).parent / "invalid").iterdir() if path.is_dir()]
    assert folders
    for folder in folders:
        assert {file.name for file in folder.iterdir()} == {"spec.yaml", "report.txt"}
