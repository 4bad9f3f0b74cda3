"""The project file `tfgen.yaml`: what a team says once for all of its specs."""

from __future__ import annotations

from tfgen.project.effective import by_file, effective
from tfgen.project.find import NAME, Project, find

__all__ = ["NAME", "Project", "by_file", "effective", "find"]
