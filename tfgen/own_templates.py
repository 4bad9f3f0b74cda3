"""tfgen's own templates: where they are, and how they are loaded already compiled.

A wheel holds them as Python modules, which its build makes; a checkout keeps what was compiled beside them.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    FileSystemLoader,
    ModuleLoader,
    StrictUndefined,
    compiler,
)
from jinja2.bccache import Bucket, bc_version

_PACKAGE = Path(__file__).parent
#: What is read otherwise by templates that were compiled otherwise.
SYNTAX: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "keep_trailing_newline": True}
#: The folder of compiled templates in the package, and the file there that says for which Jinja they are.
COMPILED, MADE_FOR = "compiled_templates", "made_for"


def environment() -> Environment:
    """An environment for tfgen's own templates, whose `finalize` and filters are yet to be set.

    Nothing is escaped: `finalize` lets nothing into a hole that is not safe, and escaping what is safe took a
    quarter of the time of rendering.
    """
    return Environment(  # noqa: S701
        loader=_loader(),
        undefined=StrictUndefined,
        bytecode_cache=_Beside(),
        auto_reload=False,
        **SYNTAX,
    )


def templates_folder() -> Path:
    """Where the templates are: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "templates"
    return inside if inside.is_dir() else _PACKAGE.parent / "templates"


def compile_into(folder: Path, filters: Iterable[str]) -> None:
    """Write all templates of modules and pages into a folder as Python modules, for environments that have a
    `finalize` and these filters."""
    known = Environment(loader=FileSystemLoader(templates_folder()), finalize=str, **SYNTAX)  # noqa: S701
    known.filters.update(dict.fromkeys(filters, str))
    known.compile_templates(
        folder, zip=None, filter_func=lambda name: name.endswith(".j2") and not name.startswith("new/")
    )
    (folder / MADE_FOR).write_text(str(bc_version))


def _loader() -> BaseLoader:
    compiled = _PACKAGE / COMPILED
    with suppress(OSError):
        if (compiled / MADE_FOR).read_text() == str(bc_version):
            return ModuleLoader(compiled)
    return FileSystemLoader(templates_folder())


class _Beside(BytecodeCache):
    """Compiled templates in a `__pycache__` beside them, as Python keeps its own: compiling is most of
    what rendering one spec would take. Where that folder cannot be written, nothing is kept.
    """

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill the bucket from its file. Jinja itself drops what another template or version left there."""
        with suppress(OSError), self._file(bucket).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled. A file is put into place whole, for others may be reading it."""
        target = self._file(bucket)
        unfinished = target.with_name(f"{target.name}.{os.getpid()}")
        with suppress(OSError):
            target.parent.mkdir(exist_ok=True)
            for outdated in target.parent.glob(f"{bucket.key}.*"):
                outdated.unlink()
            unfinished.write_bytes(bucket.bytecode_to_string())
            unfinished.replace(target)

    def _file(self, bucket: Bucket) -> Path:
        return templates_folder() / "__pycache__" / f"{bucket.key}.{_compiler()}"


@cache
def _compiler() -> str:
    """What compiled code depends on beside its template, which Jinja looks at itself: Python's version,
    Jinja's compiler, and the environment above."""
    compiled_by = max(Path(module).stat().st_mtime_ns for module in (compiler.__file__, __file__))
    return f"{sys.implementation.cache_tag}.{compiled_by:x}"
