"""Renders a project on file systems in memory that have ever more room, until one is enough, and prints what
became of each run. Called where mounting is allowed and nobody else sees it: in a mount namespace.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.command import tfgen  # noqa: E402
from tests.faults.project import copy, leftovers  # noqa: E402
from tests.writing import tree  # noqa: E402

_SIZE = 4 << 20
_STEP = 3  # blocks


def main(project: Path, arguments: list[str]) -> None:
    with tempfile.TemporaryDirectory() as there:
        done = copy(project, Path(there) / "done")
        assert tfgen(done, *arguments).returncode == 0
        disk = Path(there) / "disk"
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", disk], check=True)
        try:
            for blocks in range(0, 1000, _STEP):
                said = once(copy(project, disk / "here"), tree(done / "modules"), blocks, arguments)
                print(json.dumps(said), flush=True)
                if said["code"] == 0:
                    break
        finally:
            subprocess.run(["umount", "--lazy", disk], check=True)


def once(project: Path, wanted: object, blocks: int, arguments: list[str]) -> dict[str, object]:
    """Render with so many blocks free, and again with room enough."""
    before, ballast = tree(project / "modules"), project.parent / "ballast"
    room = os.statvfs(project)
    with ballast.open("wb") as file:
        file.write(bytes(max(room.f_bavail - blocks, 0) * room.f_frsize))
    done = tfgen(project, *arguments)
    found = {
        "code": done.returncode,
        "said": done.stderr,
        "is_as_before": tree(project / "modules") == before,
        "leftovers": leftovers(project),
    }
    ballast.unlink()
    again = tfgen(project, *arguments)
    return found | {"is_healed": again.returncode == 0 and tree(project / "modules") == wanted}


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
