"""A browser without a window, and the real Mermaid and Graphviz: pictures → what they show."""

from __future__ import annotations

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, Self

_SCRIPTS = Path(__file__).parent / "node"
_PATIENCE = 120  # seconds; the largest picture takes a few
_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Shown(NamedTuple):
    """What a picture shows: the texts of its boxes by their ids, and its arrows between two ids."""

    boxes: dict[str, str]
    arrows: list[tuple[str, str, str]]


class Seen(NamedTuple):
    """What a reader sees: the texts of boxes and arrows in their order. `strange` counts elements that no
    picture has, such as scripts, images and links; `is_whole` says whether every box has a size."""

    boxes: list[str]
    arrows: list[str]
    strange: int
    is_whole: bool


class Browser(NamedTuple):
    """An executable, how it is called, and what its environment holds beside ours."""

    path: str
    arguments: list[str]
    environment: Mapping[str, str]

    @classmethod
    def found(cls, folder: Path) -> Self | None:
        """The browser that a package brings along, unpacked into a folder, or else one on PATH."""
        if (sys.platform, platform.machine()) == ("linux", "x86_64"):
            # Where the package takes itself to be in Lambda, it unpacks the libraries and fonts as well that
            # a machine without a desktop may not have.
            environment = {"TMPDIR": str(folder), "AWS_EXECUTION_ENV": "AWS_Lambda_nodejs20.x"}
            unpacked = cls(**_run("browser.mjs", None, environment))
            if unpacked._starts():
                return unpacked
        on_path = next(filter(None, map(shutil.which, _NAMES)), None)
        return cls(on_path, ["--no-sandbox"], {}) if on_path else None

    def _starts(self) -> bool:
        line = [self.path, "--version"]
        done = subprocess.run(line, env={**os.environ, **self.environment}, capture_output=True, check=False)
        return done.returncode == 0

    def draw(self, charts: Sequence[str], screenshot: Path | None = None) -> list[Seen]:
        """What is seen of flowcharts, one below the other."""
        given = {"charts": charts, "browser": self._asdict(), "screenshot": screenshot and str(screenshot)}
        return [Seen(**seen) for seen in _run("draw_mermaid.mjs", given, self.environment)]


def read_mermaid(charts: Sequence[str]) -> list[Shown]:
    """What Mermaid reads in flowcharts, which hold nothing but boxes and arrows."""
    found = []
    for read in _run("parse_mermaid.mjs", charts):
        assert read["other"] == 0
        arrows = [(start, _decoded(text), end) for start, text, end in read["arrows"]]
        found.append(Shown({name: _decoded(text) for name, text in read["boxes"]}, arrows))
    return found


def read_dot(graphs: Sequence[str]) -> list[Shown]:
    """What Graphviz draws of graphs."""
    found = []
    for drawn in _run("read_dot.mjs", graphs):
        arrows = [(*ends.split("->"), text) for ends, text in drawn["arrows"]]
        found.append(Shown(dict(drawn["boxes"]), [(start, text, end) for start, end, text in arrows]))
    return found


def _run(script: str, given: Any, environment: Mapping[str, str] | None = None) -> Any:
    done = subprocess.run(
        ["node", _SCRIPTS / script],
        input=json.dumps(given),
        env={**os.environ, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
        timeout=_PATIENCE,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def _decoded(text: str) -> str:
    """A text in which Mermaid has written entities its own way until it draws them."""
    return re.sub("ﬂ°°([0-9]+)¶ß", lambda entity: chr(int(entity[1])), text)
