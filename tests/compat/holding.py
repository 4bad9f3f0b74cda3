"""Modules → what a Terraform says of them: of their layout, of each as callers have it, of their tests."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pygohcl

if TYPE_CHECKING:
    from tests.conftest import Terraform


@dataclass(frozen=True, slots=True)
class Said:
    """What a Terraform of a version says, a line each: errors, and warnings such as those of deprecations.

    `modules` is how many it has looked at, `tests` how many runs of their tests have passed.
    """

    version: str
    provider: str
    modules: int
    tests: int
    errors: Sequence[str]
    warnings: Sequence[str]


def root_calling(modules: Path) -> dict[str, Any]:
    """A root that calls each module of a folder beside it, `modules`, with all inputs and with the least.

    Where a caller is silent, a variable's default is held to its conditions: a root's own never is.
    """
    calls: dict[str, dict[str, str]] = {}
    for module in sorted(modules.iterdir()):
        inputs = pygohcl.loads((module / "variables.tf").read_text())["variable"]
        needed = [name for name, block in inputs.items() if "default" not in block]
        for name, given in ((module.name, inputs), (f"{module.name}_least", needed)):
            # A root's variable has no value at validate, so it can stand for whatever a caller computes.
            calls[name] = dict.fromkeys(given, "${var.anything}") | {"source": f"./modules/{module.name}"}
    return {"variable": {"anything": {"type": "any"}}, "module": calls}


def hold(terraform: Terraform, modules: Path, tested: Sequence[str] = ()) -> Said:
    """What a Terraform says of the modules in a folder, and of the tests that some of them bring."""
    with tempfile.TemporaryDirectory(prefix="tfgen-compat-") as folder:
        root = Path(folder)
        shutil.copytree(modules, root / "modules")
        (root / "main.tf.json").write_text(json.dumps(root_calling(modules)))
        version = terraform.succeed(root, "version").split()[1]
        errors, warnings = list(_badly_laid_out(terraform, root)), list[str]()
        installed = terraform.run(root, "init")
        (provider,) = re.findall(r"hashicorp/aws (v\d+\.\d+\.\d+)", installed.stdout)[:1] or ["missing"]
        if installed.returncode:
            errors.append(_in_a_line(installed.stdout + installed.stderr))
            return Said(version, provider, 0, 0, errors, warnings)
        for diagnostic in terraform.read(root, "validate")["diagnostics"]:
            found = errors if diagnostic["severity"] == "error" else warnings
            found.extend({_told(diagnostic)}.difference(found))  # of the two calls of a module, once
        passed = 0
        for name in tested:
            module = root / "modules" / name
            terraform.succeed(module, "init")
            done = terraform.run(module, "test")
            if done.returncode:
                errors.append(f"{name}: {_in_a_line(done.stdout + done.stderr)}")
            passed += sum(map(int, re.findall(r"(\d+) passed", done.stdout)))
    return Said(version, provider, len(list(modules.iterdir())), passed, errors, warnings)


def _badly_laid_out(terraform: Terraform, root: Path) -> Iterator[str]:
    done = terraform.run(root / "modules", "fmt", "-check", "-recursive")
    for line in (done.stdout + done.stderr).splitlines():
        yield f"modules/{line}: `terraform fmt` would change it"


def _told(diagnostic: dict[str, Any]) -> str:
    """A diagnostic as a line: where it is, what it is, what it is about."""
    place = diagnostic.get("range") or {"filename": ""}  # a refused default has its place in the detail
    where = f"{place['filename']}:{place['start']['line']}: " if place["filename"] else ""
    detail = _in_a_line(diagnostic.get("detail", ""))
    return f"{where}{diagnostic['severity']}: {diagnostic['summary']}. {detail}".rstrip()


def _in_a_line(text: str) -> str:
    return " ".join(re.sub(r"[│╷╵]", " ", text).split())
