"""Where peers live, `build/peers/<environment>`, each by itself, and what their runs see of ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.peers.packages import NODE, PACKAGES
from tests.benchmarks.peers.peer import Line
from tests.benchmarks.timing import ROOT

FOLDER = ROOT / "build" / "peers"
_NODE = FOLDER / "node"
_PIP = ("-m", "pip", "--disable-pip-version-check")


class Missing(Exception):  # noqa: N818 - that a peer is missing is no error of ours
    """A peer that cannot be had here; says why."""


class Environment(NamedTuple):
    """An environment's executables, and the versions of what it was made for, by package."""

    bin: Path
    versions: Mapping[str, str]


def installed(name: str) -> Environment:
    """An environment with a peer's packages, made now if it is not there or is of another range."""
    if name.startswith("cdktn"):
        _install_node()
    packages = PACKAGES[name]
    folder = FOLDER / name
    stamp = folder / ".installed"
    if not stamp.exists() or stamp.read_text() != "\n".join(packages):
        shutil.rmtree(folder, ignore_errors=True)
        venv.create(folder, with_pip=True)
        _pip(folder, "install", *packages)
        stamp.write_text("\n".join(packages))
    return _environment(folder, packages)


def tfgen() -> Environment:
    """tfgen as others get it: the wheel of this tree, in an environment without what only tests need."""
    folder = FOLDER / "tfgen"
    if not (folder / "bin" / "python").exists():
        venv.create(folder, with_pip=True)
    with tempfile.TemporaryDirectory() as wheels:
        options = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", wheels]
        subprocess.run([sys.executable, *_PIP, "wheel", *options, ROOT], check=True)
        (wheel,) = Path(wheels).glob("*.whl")
        _pip(folder, "install", str(wheel))
        _pip(folder, "install", "--force-reinstall", "--no-deps", str(wheel))
    return _environment(folder, ("tfgen",))


def variables() -> dict[str, str]:
    """The environment variables of all runs. Ours would decide what is cached, and where peers keep it."""
    home = FOLDER / "home"
    home.mkdir(parents=True, exist_ok=True)
    path = os.pathsep.join((str(_NODE / "node_modules" / ".bin"), os.environ["PATH"]))
    kept = {name: os.environ[name] for name in ("TFGEN_AS_OF", "TMPDIR") if name in os.environ}
    region = {"AWS_DEFAULT_REGION": "eu-central-1"}
    return {"PATH": path, "HOME": str(home), "LANG": "C.UTF-8", "PYTHONHASHSEED": "0", **region, **kept}


def node() -> str:
    """The version of Node that is used, or nothing."""
    try:
        done = subprocess.run(
            ["node", "--version"], env=variables(), capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return done.stdout.strip().removeprefix("v")


def _pip(folder: Path, *arguments: str) -> None:
    line: Line = [folder / "bin" / "python", *_PIP, *arguments, "-qq"]
    if subprocess.run(line, check=False).returncode != 0:
        raise Missing("its packages could not be installed")


def _environment(folder: Path, packages: tuple[str, ...]) -> Environment:
    line: Line = [folder / "bin" / "python", *_PIP, "list", "--format", "json"]
    listed = json.loads(subprocess.run(line, check=True, capture_output=True).stdout)
    there = {package["name"]: package["version"] for package in listed}
    names = [re.split("[<>=~!]", package)[0] for package in packages]
    return Environment(folder / "bin", {name: there[name] for name in names})


def _install_node() -> None:
    stamp = _NODE / ".installed"
    if stamp.exists() and stamp.read_text() == NODE:
        return
    if shutil.which("npm") is None:
        raise Missing("it needs Node and npm")
    _NODE.mkdir(parents=True, exist_ok=True)
    line = ["npm", "install", "--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    if subprocess.run([*line, "--prefix", _NODE, NODE], check=False).returncode != 0:
        raise Missing("Node could not be installed")
    stamp.write_text(NODE)
