"""ModulePlan → texts. Owns the Jinja environments and which template gives which file.

Templates hold literal HCL with holes, and a hole takes nothing but `Hcl`: what is not a reference or
has not been through the `hcl` or `comment` filter is an error, so no text of a spec can become code.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    Undefined,
    compiler,
)
from jinja2.bccache import Bucket
from markupsafe import Markup

from tfgen.hcl import Hcl, comment, fmt, to_hcl
from tfgen.markdown import Md, code, fenced, md, mermaid
from tfgen.plan.model import InputVariable, ModulePlan
from tfgen.triggers.base import TriggerPlan

_BLANK_LINES = re.compile(r"\n{3,}")
_BLANK_AFTER_START = re.compile(r"([{\[(]\n)\n+")
_BLANK_BEFORE_END = re.compile(r"\n\n(\s*[}\])])")

# No text of a spec starts a line: they are within quotes, which close on the line they open on, or comments.
_BLOCK = re.compile(r'^(resource|data) "([a-z0-9_]+)" "[^"\n]*" \{$', re.MULTILINE)


def render(plan: ModulePlan) -> dict[str, str]:
    """The module's files, name to text. A file with nothing to hold is left out."""
    context = {
        "header": comment(plan.header),
        "tags": plan.tags,
        "versions": plan.versions,
        "data_sources": plan.data_sources,
        "locals": plan.locals,
        "log_group": plan.log_group,
        "function": plan.function,
        "alias": plan.alias,
        "role": plan.role,
        "variable_blocks": [_variable_block(variable) for variable in plan.variables],
        "outputs": plan.outputs,
        "names": plan.names,
        "features": _feature_blocks(plan, "main.tf"),
        "trigger_blocks": [_trigger_block(trigger, plan) for trigger in plan.triggers],
    }
    names = ["versions.tf", "main.tf", *(["iam.tf"] if plan.role else [])]
    names += [*(["triggers.tf"] if plan.triggers else []), "variables.tf", "outputs.tf"]
    files = {name: _tidy(_template(_hcl_environment, name).render(context)) for name in names}
    for name in sorted({feature.file for feature in plan.features} - {"main.tf"}):
        blocks = _feature_blocks(plan, name)
        text = _template(_hcl_environment, "_blocks.tf").render(header=context["header"], blocks=blocks)
        files[name] = _tidy(text)
    if plan.skips:
        files = {name: _with_skips(text, plan) for name, text in files.items()}
    files["README.md"] = _template(_markdown_environment, "README.md").render(
        header=plan.header,
        name=plan.name,
        outputs=plan.outputs,
        readme=plan.readme,
    )
    return files


def _with_skips(text: str, plan: ModulePlan) -> str:
    """The text with the plan's comments at the start of each block that they are for."""

    def commented(block: re.Match[str]) -> str:
        kind = f"data.{block[2]}" if block[1] == "data" else block[2]
        return "\n  ".join((block[0], *plan.skips.get(kind, ())))

    return _BLOCK.sub(commented, text)


def _tidy(text: str) -> str:
    """Lay out rendered text. Loops and conditions in templates leave blank lines behind; one is enough."""
    text = _BLANK_LINES.sub("\n\n", text)
    text = _BLANK_AFTER_START.sub(r"\1", text)
    text = _BLANK_BEFORE_END.sub(r"\n\1", text)
    return fmt(text.strip("\n") + "\n")


def _trigger_block(trigger: TriggerPlan, plan: ModulePlan) -> Hcl:
    """The resources of one trigger, by its kind's template, whose names are the plan's arguments."""
    template = _template(_hcl_environment, f"triggers/{trigger.type}.tf")
    text = template.render(
        trigger.arguments,
        label=Hcl(trigger.label),
        permissions=trigger.permissions,
        role=plan.role,
        tags=plan.tags,
    )
    return Hcl(text)


def _feature_blocks(plan: ModulePlan, file: str) -> list[Hcl]:
    """The resources of the sections that stand in a file, each by its own template."""
    return [
        Hcl(
            _template(_hcl_environment, f"features/{feature.key}.tf").render(
                feature.arguments, role=plan.role, tags=plan.tags
            )
        )
        for feature in plan.features
        if feature.arguments is not None and feature.file == file
    ]


@lru_cache(maxsize=1024)
def _variable_block(variable: InputVariable) -> Hcl:
    """One `variable` block. Most of them are the same in every module."""
    return Hcl(_template(_hcl_environment, "_variable.tf").render(variable=variable))


@cache
def _template(environment: Callable[[], Environment], name: str) -> Template:
    return environment().get_template(f"{name}.j2")


@cache
def _hcl_environment() -> Environment:
    environment = _environment(Hcl)
    environment.filters = {"hcl": to_hcl, "comment": comment}
    return environment


@cache
def _markdown_environment() -> Environment:
    environment = _environment(Md)
    environment.filters = {"md": md, "code": code, "fenced": fenced, "mermaid": mermaid}
    return environment


def _environment(safe: type[Markup]) -> Environment:
    def only_safe(value: object) -> object:
        if isinstance(value, safe):
            return value
        if isinstance(value, Undefined):
            str(value)  # raises Jinja's own error, which names what is missing
        raise TypeError(f"a template writes {value!r}, which has not been made {safe.__name__}")

    return Environment(
        loader=FileSystemLoader(templates_folder()),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=only_safe,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=_CompiledTemplates(),
    )


class _CompiledTemplates(BytecodeCache):
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


def templates_folder() -> Path:
    """Where the templates are: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
