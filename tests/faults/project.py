"""A project whose modules an earlier run wrote, then changed in all ways; and runs of tfgen in it that are
stopped."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.command import run, tfgen
from tests.writing import Tree, tree

ROOT = Path(__file__).parents[2]
_FUNCTION = "function_name: {}\nruntime: python3.13\nhandler: app.handler\n"
_BEFORE = {
    "tfgen.yaml": "defaults: {timeout: 30}\n",
    "specs/orders.yaml": _FUNCTION.format("orders")
    + "triggers: [{type: sqs, queue_arn: 'arn:aws:sqs:eu-west-1:111122223333:orders'}]\n",
    "specs/mail.yaml": _FUNCTION.format("mail"),
}
_AFTER = {
    "specs/orders.yaml": _FUNCTION.format("orders") + "memory_size: 512\nalarms: {errors: {threshold: 1}}\n",
    "specs/search.yaml": _FUNCTION.format("search"),
}
#: What a person keeps beside tfgen's files.
OWN = {
    "modules/notes.md": "mine\n",
    "modules/by_hand/main.tf": "# mine\n",
    "modules/mail/notes.md": "mine\n",
    "modules/orders/backend.tf": "# mine\n",
    "modules/orders/tests/mine.tftest.hcl": "# mine\n",
}


class Changed(NamedTuple):
    """A project: its modules as an earlier run wrote them, and as its specs ask now."""

    folder: Path
    before: Tree
    after: Tree


def write(folder: Path, files: Mapping[str, str]) -> None:
    """Write texts below a folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


def new_project(folder: Path) -> Path:
    """A project that was never rendered."""
    write(folder, _BEFORE | _AFTER)
    (folder / "specs" / "mail.yaml").unlink()
    return folder


def changed_project(folder: Path, *arguments: str, edits: dict[str, str] | None = None) -> Changed:
    """A project that was rendered, and whose specs changed then. `arguments` are those of the run that is to
    come. With a person's `edits` of files that tfgen wrote, it has one module alone."""
    made = _changed_project(arguments, tuple((edits or {}).items()))
    return made._replace(folder=copy(made.folder, folder / "here"))


@cache
def _changed_project(arguments: tuple[str, ...], edits: tuple[tuple[str, str], ...]) -> Changed:
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder)
    write(folder / "here", _BEFORE)
    if edits:
        (folder / "here" / "specs" / "mail.yaml").unlink()
    assert tfgen(folder / "here", "render").returncode == 0
    write(folder / "here", _AFTER | OWN | dict(edits))
    (folder / "here" / "specs" / ("search.yaml" if edits else "mail.yaml")).unlink()
    done = tfgen(copy(folder / "here", folder / "done"), *arguments)
    assert done.returncode == 0, done.stderr
    return Changed(folder / "here", tree(folder / "here" / "modules"), tree(folder / "done" / "modules"))


def copy(project: Path, to: Path) -> Path:
    """A copy of a project, to be spoilt."""
    shutil.rmtree(to, ignore_errors=True)
    return shutil.copytree(project, to, symlinks=True)


def with_stops(code: str) -> str:
    """Python that uses tests/faults/stops.py, for the process of a run."""
    return f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom tests.faults import stops\n{code}\n"


def stopped(
    project: Path, number: int, how: str, *arguments: str, options: str = ""
) -> subprocess.CompletedProcess[str]:
    """A run that something happens to before its operation with a number: a function of stops.py.

    The exit code is negative where a signal ended it.
    """
    modules, log = str(project / "modules"), str(project.parent / "operations")
    Path(log).unlink(missing_ok=True)
    first = with_stops(f"stops.at({number}, {modules!r}, {log!r}, stops.{how}{options and f', {options}'})")
    done = run(project, arguments, {}, first=first)
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def operations(project: Path, *arguments: str, options: str = "") -> list[str]:
    """All operations of a run that nothing happens to, as `stopped` counts them."""
    done = stopped(project, 0, "kill", *arguments, options=options)
    assert done.returncode == 0, done.stderr
    return (project.parent / "operations").read_text(errors="replace").splitlines()


def leftovers(project: Path) -> list[str]:
    """What a run has under names that only it knows."""
    return [
        path.name
        for path in (project / "modules").rglob("*")
        if ".tfgen-tmp" in path.name or path.name == ".tfgen.lock"
    ]
