"""The folder of modules that most of these tests are about."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.writing import OLD, render


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "modules"


@pytest.fixture
def orders(output: Path) -> Path:
    """The folder of a module that an earlier run wrote."""
    render(output, OLD)
    return output / "orders"
