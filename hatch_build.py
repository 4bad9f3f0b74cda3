"""The build of a wheel: it holds tfgen's templates compiled, so that no first run has to do that."""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_ROOT = Path(__file__).parent
#: The filters of templates, as tfgen/render.py names them.
_FILTERS = ("hcl", "comment", "md", "code", "fenced", "flowchart")


class CompiledTemplates(BuildHookInterface[Any]):
    """Adds the compiled templates to a wheel; an editable install has none, for its templates may change."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile them into a folder that is gone when the wheel is there."""
        if version == "editable":
            return
        found = importlib.util.spec_from_file_location("own_templates", _ROOT / "tfgen" / "own_templates.py")
        assert found is not None
        assert found.loader is not None
        module = sys.modules["own_templates"] = importlib.util.module_from_spec(found)
        found.loader.exec_module(module)
        self._folder = tempfile.TemporaryDirectory()
        module.compile_into(Path(self._folder.name), _FILTERS)
        build_data["force_include"][self._folder.name] = f"tfgen/{module.COMPILED}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove that folder."""
        if version != "editable":
            self._folder.cleanup()
