"""A folder → what a peer wrote there: how much, and how many resources are in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.peers.peer import Form


class Written(NamedTuple):
    """Files of text, which packages of code are not, and the resources that are declared in them."""

    files: int
    lines: int
    bytes: int
    resources: int


def texts(folder: Path) -> dict[str, str]:
    """The files by their paths; what tools keep for themselves, and packages of code, are left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".zip" and not path.name.startswith(".")
    }


def written(folder: Path, form: Form) -> Written:
    """What is there."""
    found = texts(folder)
    return Written(
        len(found),
        sum(len(text.splitlines()) for text in found.values()),
        sum(len(text.encode()) for text in found.values()),
        sum(_resources(found, form)),
    )


def _resources(found: dict[str, str], form: Form) -> Iterator[int]:
    for path, text in found.items():
        match form:
            case Form.HCL if path.endswith(".tf"):
                yield len(re.findall('^resource "', text, re.MULTILINE))
            case Form.TERRAFORM_JSON if path.endswith(".tf.json"):
                yield sum(map(len, json.loads(text)["resource"].values()))
            case Form.CLOUDFORMATION:
                yield len(json.loads(text)["Resources"])
