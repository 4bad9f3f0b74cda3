"""ModulePlan → texts. Owns the Jinja environments and which template gives which file.

Templates hold literal HCL with holes, and a hole takes nothing but `Hcl`: what is not a reference or
has not been through the `hcl` or `comment` filter is an error, so no text of a spec can become code.
A user's templates may go before tfgen's own; what they give is verified.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

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

from tfgen.graph.as_mermaid import flowchart
from tfgen.hcl import Hcl, comment, fmt, to_hcl
from tfgen.markdown import Md, code, fenced, md
from tfgen.overlay import TemplateProblem
from tfgen.plan.model import InputVariable, ModulePlan
from tfgen.triggers.base import TriggerPlan

if TYPE_CHECKING:
    from tfgen.overlay.folder import Folder
    from tfgen.verify import Problem

_Filters = dict[str, Callable[..., Any]]

_SHOWN = 60  # characters of a value in an error, at most
_BLANK_LINES = re.compile(r"\n{3,}")
_BLANK_AFTER_START = re.compile(r"([{\[(]\n)\n+")
_BLANK_BEFORE_END = re.compile(r"\n\n(\s*[}\])])")

# No text of a spec starts a line: they are within quotes, which close on the line they open on, or comments.
_BLOCK = re.compile(r'^(resource|data) "([a-z0-9_]+)" "[^"\n]*" \{$', re.MULTILINE)


class Templates(NamedTuple):
    """Templates by their names without the ending: those of `.tf` files, and those of pages."""

    hcl: Callable[[str], Template]
    markdown: Callable[[str], Template]


def render(plan: ModulePlan, overlay: Path | None = None) -> dict[str, str]:
    """The module's files, name to text. A file with nothing to hold is left out.

    Templates in the folder `overlay` go before tfgen's own. Raises TemplateProblem where one of them is
    wrong or makes a module that Terraform would not take, and OSError where one cannot be read.
    """
    return _files(plan, _OWN) if overlay is None else _verified(plan, overlay)


def markdown(name: str, overlay: Path | None = None, /, **context: object) -> str:
    """A page by its template. What a hole takes has been made Markdown by a filter.

    Takes and raises what `render` does.
    """
    if overlay is None:
        return _OWN.markdown(name).render(context)
    from tfgen.overlay.sandbox import blamed  # here, for who has no templates of their own

    found = _folder(overlay)
    with blamed(found):
        return _over(found).markdown(name).render(context)


def _files(plan: ModulePlan, templates: Templates) -> dict[str, str]:
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
        "variable_blocks": [_variable_block(variable, templates) for variable in plan.variables],
        "outputs": plan.outputs,
        "names": plan.names,
        "features": _feature_blocks(plan, "main.tf", templates),
        "trigger_blocks": [_trigger_block(trigger, plan, templates) for trigger in plan.triggers],
    }
    names = ["versions.tf", "main.tf", *(["iam.tf"] if plan.role else [])]
    names += [*(["triggers.tf"] if plan.triggers else []), "variables.tf", "outputs.tf"]
    files = {name: _tidy(templates.hcl(name).render(context)) for name in names}
    for name in sorted({feature.file for feature in plan.features} - {"main.tf"}):
        blocks = _feature_blocks(plan, name, templates)
        text = templates.hcl("_blocks.tf").render(header=context["header"], blocks=blocks)
        files[name] = _tidy(text)
    if plan.skips:
        files = {name: _with_skips(text, plan) for name, text in files.items()}
    files["README.md"] = templates.markdown("README.md").render(
        header=plan.header, name=plan.name, outputs=plan.outputs, readme=plan.readme
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


def _trigger_block(trigger: TriggerPlan, plan: ModulePlan, templates: Templates) -> Hcl:
    """The resources of one trigger, by its kind's template, whose names are the plan's arguments."""
    text = templates.hcl(f"triggers/{trigger.type}.tf").render(
        trigger.arguments,
        label=Hcl(trigger.label),
        permissions=trigger.permissions,
        role=plan.role,
        tags=plan.tags,
    )
    return Hcl(text)


def _feature_blocks(plan: ModulePlan, file: str, templates: Templates) -> list[Hcl]:
    """The resources of the sections that stand in a file, each by its own template."""
    return [
        Hcl(
            templates.hcl(f"features/{feature.key}.tf").render(
                feature.arguments, role=plan.role, tags=plan.tags
            )
        )
        for feature in plan.features
        if feature.arguments is not None and feature.file == file
    ]


@lru_cache(maxsize=1024)
def _variable_block(variable: InputVariable, templates: Templates) -> Hcl:
    """One `variable` block. Most of them are the same in every module."""
    return Hcl(templates.hcl("_variable.tf").render(variable=variable))


# tfgen's own templates -------------------------------------------------------------------------------


@cache
def _template(environment: Callable[[], Environment], name: str) -> Template:
    return environment().get_template(f"{name}.j2")


_HCL_FILTERS: _Filters = {"hcl": to_hcl, "comment": comment}
_MARKDOWN_FILTERS: _Filters = {"md": md, "code": code, "fenced": fenced, "flowchart": flowchart}


@cache
def _hcl_environment() -> Environment:
    return _environment(Hcl, _HCL_FILTERS)


@cache
def _markdown_environment() -> Environment:
    return _environment(Md, _MARKDOWN_FILTERS)


#: tfgen's own templates.
_OWN = Templates(partial(_template, _hcl_environment), partial(_template, _markdown_environment))


def _environment(safe: type[Markup], filters: _Filters) -> Environment:
    environment = Environment(  # noqa: S701 - what is escaped is said for all environments
        loader=FileSystemLoader(templates_folder()),
        undefined=StrictUndefined,
        bytecode_cache=_CompiledTemplates(),
        **_strict(safe),
    )
    environment.filters = filters
    return environment


def _strict(safe: type[Markup]) -> dict[str, Any]:
    """What holds for all templates: a hole takes only what is `safe`."""

    def only_safe(value: object) -> object:
        if isinstance(value, safe):
            return value
        if isinstance(value, Undefined):
            str(value)  # raises Jinja's own error, which names what is missing
        shown = repr(value) if len(repr(value)) < _SHOWN else f"a {type(value).__name__}"
        raise TypeError(f"a template writes {shown}, which has not been made {safe.__name__}")

    return {
        "autoescape": True,
        "finalize": only_safe,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "keep_trailing_newline": True,
        "auto_reload": False,
    }


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


# Templates of one's own ------------------------------------------------------------------------------

_MOST = 10  # problems of a module that are told


def _folder(overlay: Path) -> Folder:
    from tfgen.overlay.folder import folder

    return folder(overlay, templates_folder())


@lru_cache(maxsize=4)
def _over(found: Folder) -> Templates:
    """A user's templates over tfgen's own, of which those that include none of theirs stay as they are."""
    from tfgen.overlay.folder import PAGE
    from tfgen.overlay.sandbox import sandbox

    hcl = sandbox(found, Hcl, _HCL_FILTERS, **_strict(Hcl))
    pages = sandbox(found, Md, _MARKDOWN_FILTERS, **_strict(Md))
    for name in found.texts:  # so that a mistake is told whether or not this module needs the template
        environment = pages if name.endswith(PAGE) else hcl
        if name in found.own_names:
            environment.get_template(name)
        else:
            environment.parse(found.texts[name], name, found.file(name))  # a part of one or of the other

    def chosen(environment: Environment, own: Callable[[str], Template]) -> Callable[[str], Template]:
        @cache
        def template(name: str) -> Template:
            return environment.get_template(f"{name}.j2") if found.concerned(f"{name}.j2") else own(name)

        return template

    return Templates(chosen(hcl, _OWN.hcl), chosen(pages, _OWN.markdown))


def _verified(plan: ModulePlan, overlay: Path) -> dict[str, str]:
    """The files of a module that a user's templates have a part in, if there is nothing wrong with them."""
    from tfgen.overlay.sandbox import blamed
    from tfgen.verify import verify

    found = _folder(overlay)
    if not found.texts:
        return _files(plan, _OWN)
    with blamed(found):
        templates = _over(found)
        files = _files(plan, templates)
    problems = verify(files) if found.has_hcl else []
    if problems:
        raise TemplateProblem(_told(problems, files, plan, found))
    return files


def _told(problems: list[Problem], files: Mapping[str, str], plan: ModulePlan, found: Folder) -> str:
    """What is wrong with a module, each with its line and the templates that it may come from."""
    lines = [f"{plan.name}: this module is not right with the templates in {found.shown.as_posix()}"]
    for problem in problems[:_MOST]:
        text = files[problem.file].split("\n")[problem.line - 1 : problem.line]
        lines.append(f"  {problem.file}:{problem.line}: {problem.what}")
        lines += [f"    {line.strip()}" for line in text if line.strip()]
        name = _template_of(problem, files, plan, _over(found))
        concerned = found.concerned(name)
        lines += [f"    by {', '.join(found.path(name) for name in concerned)}"] if concerned else []
    if len(problems) > _MOST:
        lines.append(f"  and {len(problems) - _MOST} more")
    return "\n".join(lines)


def _template_of(problem: Problem, files: Mapping[str, str], plan: ModulePlan, templates: Templates) -> str:
    """The template whose text a problem is in."""
    for file, name, block in _blocks(plan, templates):
        if file != problem.file:
            continue
        text = _with_skips(_tidy(block), plan).strip("\n")
        before, is_there, _ = files[file].partition(text)
        first = before.count("\n") + 1
        if is_there and first <= problem.line <= first + text.count("\n"):
            return f"{name}.j2"
    own = {"versions.tf", "main.tf", "iam.tf", "triggers.tf", "variables.tf", "outputs.tf"}
    return f"{problem.file if problem.file in own else '_blocks.tf'}.j2"


def _blocks(plan: ModulePlan, templates: Templates) -> Iterator[tuple[str, str, Hcl]]:
    """What has a template of its own within a file: the file, the template and its text."""
    for trigger in plan.triggers:
        yield "triggers.tf", f"triggers/{trigger.type}.tf", _trigger_block(trigger, plan, templates)
    for feature in plan.features:
        only = plan._replace(features=(feature,))
        for block in _feature_blocks(only, feature.file, templates):
            yield feature.file, f"features/{feature.key}.tf", block
    for variable in plan.variables:
        yield "variables.tf", "_variable.tf", _variable_block(variable, templates)
