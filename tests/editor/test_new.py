"""A new spec in an editor: the schema that its first line names is found."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.editor.conftest import SERVER
from tests.editor.language_server import CURSOR, LanguageServer

pytestmark = pytest.mark.editor


def test_an_editor_checks_and_completes_a_new_spec(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "tfgen", "new", "orders", "--trigger", "sqs", "--output", "."]
    subprocess.run(line, cwd=tmp_path, check=True, stdin=subprocess.DEVNULL)
    text = (tmp_path / "orders.yaml").read_text()
    with LanguageServer(SERVER, tmp_path) as server:
        assert server.problems(text) == []
        (problem,) = server.problems(text.replace("timeout: 30", "timeout: 901"))
        assert "900" in problem.message
        assert "reserved_concurrent_executions" in server.complete(f"{text}\nreserved{CURSOR}\n")
