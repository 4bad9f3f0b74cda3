"""tfgen's module of one function → a template that gives the same files again, with holes for what differs
from one function to another: what a team that copies its modules would make of a good one.
"""

from __future__ import annotations

from pathlib import Path

from tests.benchmarks.peers.peer import names

(_FIRST,) = names(1)

#: What stands in the holes, by name; a function's name is given to the peer.
VALUES = {
    "name": _FIRST,
    "description": "Turns orders into bills",
    "runtime": "python3.12",
    "handler": "app.handler",
    "bucket": "deployments-of-the-shop",
}


def template(modules: Path, folder: Path, prefix: str = "", ending: str = "") -> None:
    """Write it into a folder, whose own name is a hole of the peer's."""
    module = modules / _FIRST
    for file in sorted(module.rglob("*")):
        if not file.is_file() or file.name.startswith("."):
            continue
        text = file.read_text()
        assert not any(mark in text for mark in ("{{", "{%", "{#")), f"{file.name} needs a `raw`"
        for name, value in VALUES.items():
            text = text.replace(value, f"{{{{ {prefix}{name} }}}}")
        target = folder / f"{file.relative_to(module)}{ending}"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
