"""Chalice: an app with a handler for each function, packaged for Terraform."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.benchmarks.peers.peer import SOURCES, Call, Form, Line, Peer, names

_APP = """from chalice import Chalice

app = Chalice(app_name="shop")
"""
_HANDLER = """

@app.on_sqs_message(queue_arn="arn:aws:sqs:eu-central-1:123456789012:{name}-orders", batch_size=10)
def {name}(event):
    for record in event:
        print(record.body)
"""


def _app(sources: Path, modules: Path, count: int) -> None:
    (sources / "app.py").write_text(_APP + "".join(_HANDLER.format(name=name) for name in names(count)))
    (sources / "requirements.txt").touch()
    (sources / ".chalice").mkdir()
    shutil.copy(SOURCES / "chalice.json", sources / ".chalice" / "config.json")
    shutil.copy(SOURCES / "chalice_policy.json", sources / ".chalice" / "policy.json")


def _package(call: Call) -> Line:
    form = ["--pkg-format", "terraform"]
    return [call.bin / "chalice", "--project-dir", call.sources, "package", *form, call.output]


PEER = Peer(
    "chalice",
    "Chalice",
    Form.TERRAFORM_JSON,
    "the app and its settings",
    _app,
    _package,
    further=150,
)
