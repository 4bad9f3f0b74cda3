"""ModulePlan → texts. Owns the Jinja environments and which template gives which file.

Templates hold literal HCL with holes, and a hole takes nothing but `Hcl`: what is not a reference or
has not been through the `hcl` or `comment` filter is an error, so no text of a spec can become code.
A user's templates may go before tfgen's own; what they give is verified.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, Template, Undefined
from markupsafe import Markup

from tfgen.graph.as_mermaid import flowchart
from tfgen.hcl import Hcl, comment, to_hcl
from tfgen.layout import fmt, fmt_block
from tfgen.markdown import Md, code, fenced, md
from tfgen.overlay import TemplateProblem
from tfgen.own_templates import SYNTAX, environment, templates_folder
from tfgen.plan.model import FeaturePlan, InputVariable, ModulePlan
from tfgen.triggers.base import TriggerPlan

if TYPE_CHECKING:
    from tfgen.overlay.folder import Folder
    from tfgen.verify import Problem

#: The module's own tests, in a folder of the module.
TESTS = "tests/module.tftest.hcl"

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


class Unsound(Exception):  # noqa: N818 - a bug of tfgen's, which has its own way to the user
    """tfgen alone has made a module that Terraform would not take. The text says where, in lines."""


class Block(NamedTuple):
    """What has a template of its own within a file: the file, the template, the part of the plan that it is
    for, and its text before it is laid out."""

    file: str
    template: str
    of: TriggerPlan | FeaturePlan | InputVariable
    text: Hcl


def render(plan: ModulePlan, overlay: Path | None = None, *, verified: bool = False) -> dict[str, str]:
    """The module's files, name to text. A file with nothing to hold is left out.

    Templates in the folder `overlay` go before tfgen's own. Raises TemplateProblem where one of them is
    wrong or makes a module that Terraform would not take, and OSError where one cannot be read. If what tfgen
    makes by itself is to be `verified`, Unsound is raised where Terraform would not take that.
    """
    found = None if overlay is None else _folder(overlay)
    files = _with_templates(plan, found) if found and found.texts else _files(plan, _OWN)
    if verified and (found is None or not found.has_hcl):  # else it has been
        _check_sound(files)
    return files


def _check_sound(files: Mapping[str, str]) -> None:
    from tfgen.verify import verify

    if problems := verify(files):
        raise Unsound("\n".join(_told(problems, files)))


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
    files[TESTS] = _tidy(templates.hcl(TESTS).render(context, tests=plan.tests))
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
    """Lay out rendered text, block by block: most blocks stand in many modules alike, below a header that
    none shares."""
    header, _, body = text.partition("\n\n")
    if not header.startswith("#"):
        header, body = "", text
    parts = body.strip("\n").split("\n}\n")
    blocks = [_tidy_block(f"{part}\n}}") for part in parts[:-1]] + [_tidy_block(parts[-1])]
    if None in blocks:  # a template of the user's ends a line with a brace that ends no block
        return fmt(_without_blank_lines(text.strip("\n")) + "\n")
    return "\n".join([*([header, ""] if header else []), *map(str, blocks), ""])


@lru_cache(maxsize=2048)
def _tidy_block(text: str) -> str | None:
    return fmt_block(_without_blank_lines(text))


def _without_blank_lines(text: str) -> str:
    """Without what loops and conditions in templates leave behind: one blank line is enough."""
    text = _BLANK_LINES.sub("\n\n", text)
    text = _BLANK_AFTER_START.sub(r"\1", text)
    text = _BLANK_BEFORE_END.sub(r"\n\1", text)
    return f"\n{text.lstrip(chr(10))}" if text.startswith("\n") else text


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
    own = environment()
    own.finalize = _only(safe)
    own.filters = filters
    return own


def _only(safe: type[Markup]) -> Callable[[object], object]:
    """What holds for all templates: a hole takes only what is `safe`."""

    def only_safe(value: object) -> object:
        if isinstance(value, safe):
            return value
        if isinstance(value, Undefined):
            str(value)  # raises Jinja's own error, which names what is missing
        shown = repr(value) if len(repr(value)) < _SHOWN else f"a {type(value).__name__}"
        raise TypeError(f"a template writes {shown}, which has not been made {safe.__name__}")

    return only_safe


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

    hcl = sandbox(found, Hcl, _HCL_FILTERS, finalize=_only(Hcl), autoescape=True, **SYNTAX)
    pages = sandbox(found, Md, _MARKDOWN_FILTERS, finalize=_only(Md), autoescape=True, **SYNTAX)
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


def _with_templates(plan: ModulePlan, found: Folder) -> dict[str, str]:
    """The files of a module that a user's templates have a part in, if there is nothing wrong with them."""
    from tfgen.overlay.sandbox import blamed
    from tfgen.verify import Author, verify

    with blamed(found):
        templates = _over(found)
        files = _files(plan, templates)
    problems = verify(files, Author.TEMPLATES) if found.has_hcl else []
    if not problems:
        return files

    def templates_of(problem: Problem) -> str:
        concerned = found.concerned(_template_of(problem, files, plan, templates))
        return ", ".join(map(found.path, concerned))

    head = f"{plan.name}: this module is not right with the templates in {found.shown.as_posix()}"
    raise TemplateProblem("\n".join((head, *_told(problems, files, templates_of))))


def _told(
    problems: Sequence[Problem], files: Mapping[str, str], made_by: Callable[[Problem], str] | None = None
) -> Iterator[str]:
    """What is wrong with a module, each with its line and the templates that it may come from."""
    for problem in problems[:_MOST]:
        text = files[problem.file].split("\n")[problem.line - 1 : problem.line]
        yield f"  {problem.file}:{problem.line}: {problem.what}"
        yield from (f"    {line.strip()}" for line in text if line.strip())
        templates = made_by(problem) if made_by else ""
        if templates:
            yield f"    by {templates}"
    if len(problems) > _MOST:
        yield f"  and {len(problems) - _MOST} more"


def _template_of(problem: Problem, files: Mapping[str, str], plan: ModulePlan, templates: Templates) -> str:
    """The template whose text a problem is in."""
    for block in _blocks(plan, templates):
        if block.file != problem.file:
            continue
        text = _with_skips(_tidy(block.text), plan).strip("\n")
        before, is_there, _ = files[block.file].partition(text)
        first = before.count("\n") + 1
        if is_there and first <= problem.line <= first + text.count("\n"):
            return f"{block.template}.j2"
    own = {"versions.tf", "main.tf", "iam.tf", "triggers.tf", "variables.tf", "outputs.tf"}
    return f"{problem.file if problem.file in own else '_blocks.tf'}.j2"


def blocks(plan: ModulePlan, overlay: Path | None = None) -> Iterator[Block]:
    """The parts of a module's files that are for a part of its plan. Takes and raises what `render` does."""
    found = None if overlay is None else _folder(overlay)
    yield from _blocks(plan, _over(found) if found and found.texts else _OWN)


def _blocks(plan: ModulePlan, templates: Templates) -> Iterator[Block]:
    for trigger in plan.triggers:
        text = _trigger_block(trigger, plan, templates)
        yield Block("triggers.tf", f"triggers/{trigger.type}.tf", trigger, text)
    for feature in plan.features:
        only = plan._replace(features=(feature,))
        for text in _feature_blocks(only, feature.file, templates):
            yield Block(feature.file, f"features/{feature.key}.tf", feature, text)
    for variable in plan.variables:
        text = _variable_block(variable, templates)
        yield Block("variables.tf", "_variable.tf", variable, text)
