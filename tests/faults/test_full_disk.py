"""A disk that is full, at whatever file that shows: nothing is replaced, and the reason is told."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.command import run, tfgen
from tests.faults.project import Changed, changed_project, copy, leftovers, new_project, with_stops
from tests.writing import tree

ALONE = ["unshare", "--mount", *(["--map-root-user"] if hasattr(os, "geteuid") and os.geteuid() else [])]
_TMPFS = Path(__file__).with_name("on_a_small_disk.py")


@pytest.fixture
def project(tmp_path: Path) -> Changed:
    return changed_project(tmp_path, "render", "--prune")


def test_files_that_may_not_grow_stop_a_render_before_anything_is_replaced(
    tmp_path: Path, project: Changed
) -> None:
    points = 0
    for size in (*range(0, 2000, 400), *range(2000, 30_000, 4000)):
        spoilt = copy(project.folder, tmp_path / "spoilt")
        limit = with_stops(f"stops.no_file_above({size}, killed=False)")
        done = run(spoilt, ["render", "--prune"], {}, first=limit)
        if done.returncode == 0:
            break
        points += 1
        said = done.stderr.decode().splitlines()
        assert done.returncode == 2
        assert said[0].startswith("tfgen: modules/")
        assert said[0].endswith(": File too large")
        assert ".tfgen-tmp" not in said[0]
        if "modules/README.md" not in said[0]:
            assert said[1:] == ["tfgen: Nothing was written."]
            assert tree(spoilt / "modules") == project.before
        assert leftovers(spoilt) == []
        assert tfgen(spoilt, "render", "--prune").returncode == 0
        assert tree(spoilt / "modules") == project.after
    assert points >= 6


def test_a_first_render_that_finds_no_room_leaves_no_folder(tmp_path: Path) -> None:
    project = new_project(tmp_path / "new")
    done = run(project, ["render"], {}, first=with_stops("stops.no_file_above(2000, killed=False)"))
    assert done.returncode == 2
    assert not (project / "modules").exists()


def on_a_small_disk(project: Path, *arguments: str) -> list[dict[str, Any]]:
    """What became of runs on file systems with ever more room: see on_a_small_disk.py."""
    line = [*ALONE, sys.executable, str(_TMPFS), str(project), *arguments]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def can_mount() -> bool:
    try:
        return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        return False


@pytest.mark.skipif(not can_mount(), reason="to mount a small disk takes `unshare` and the right to use it")
def test_on_a_full_disk_nothing_is_lost_and_the_next_run_needs_only_room(project: Changed) -> None:
    runs = on_a_small_disk(project.folder, "render", "--prune")
    full = [run for run in runs if run["code"]]
    assert len(full) >= 8
    assert len(full) < len(runs)
    for once in full:
        assert once["code"] == 2
        assert once["said"].startswith("tfgen: modules/")
        assert "No space left on device" in once["said"]
        assert once["is_as_before"] or "Nothing was written" not in once["said"]
        assert once["leftovers"] == []
    assert sum(run["is_as_before"] for run in full) >= len(full) - 1
    assert all(run["is_healed"] for run in runs)
