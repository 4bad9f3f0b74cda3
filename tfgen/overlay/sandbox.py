"""The environment that users' templates run in, and what becomes of their mistakes.

It is as strict as that of tfgen's own, and a template reaches nothing but what the plan gives it: it calls
nothing but its own macros, and changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import BuiltinMethodType, MethodType, TracebackType
from typing import Any

from jinja2 import (
    BaseLoader,
    Environment,
    StrictUndefined,
    TemplateAssertionError,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
)
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment, safe_range
from jinja2.utils import Namespace, missing
from markupsafe import Markup

from tfgen.overlay import TemplateProblem
from tfgen.overlay.folder import OWN, Folder, nearest

# Methods of texts and collections that only look.
_LOOKING = frozenset({"items", "keys", "values", "get", "startswith", "endswith", "cycle", "changed"})
_PARTS_OF_TEMPLATES = (Macro, BlockReference, LoopContext)
_NAMES = "names come from the plan: see `docs/templates.md` and `tfgen/plan/model.py`"


class Sandbox(ImmutableSandboxedEnvironment):
    """An environment for users' templates, whose holes take what is `safe`."""

    safe: type[Markup]

    def is_safe_callable(self, obj: object) -> bool:
        """Whether a template may call something. The models of a spec have methods that read files."""
        if isinstance(obj, (BuiltinMethodType, MethodType)):
            return obj.__name__ in _LOOKING and isinstance(obj.__self__, (str, Mapping, LoopContext))
        return isinstance(obj, _PARTS_OF_TEMPLATES) or obj in (safe_range, Namespace)

    def call(self, context: Any, obj: Any, /, *args: Any, **given: Any) -> Any:
        """Call something; what parts of templates give has been through the same holes, and is safe."""
        if not self.is_safe_callable(obj):
            raise SecurityError(f"a template may not call `{getattr(obj, '__name__', type(obj).__name__)}`")
        result = super().call(context, obj, *args, **given)
        return self.safe(result) if isinstance(obj, _PARTS_OF_TEMPLATES) else result

    def unsafe_undefined(self, obj: object, attribute: str) -> Undefined:
        """What stands for an attribute that no template may have."""
        hint = f"a template may not ask for `{attribute}` of a {type(obj).__name__}"
        return self.undefined(hint, obj=obj, name=attribute, exc=SecurityError)


def sandbox(
    folder: Folder, safe: type[Markup], filters: Mapping[str, Callable[..., Any]], **options: Any
) -> Environment:
    """The environment of a folder's templates and of those of tfgen's that include them."""
    environment = Sandbox(**options, loader=_Loader(folder), undefined=_NotThere)
    environment.safe = safe
    environment.filters = {name: _unmixed(safe, each) for name, each in filters.items()}
    environment.globals = {"range": safe_range, "namespace": Namespace}
    return environment


class _Loader(BaseLoader):
    """Knows the templates of the folder and tfgen's own, by names alone: no path leads anywhere else."""

    def __init__(self, folder: Folder) -> None:
        self.folder = folder

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source = self.folder.source(template)
        if source is None:
            raise TemplateNotFound(template)
        return *source, lambda: True


class _NotThere(StrictUndefined):
    """What a template asks for and nobody gives: an error that names what may have been meant."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        name = str(self._undefined_name)
        if self._undefined_obj is missing:
            return f"`{name}` is not there"
        near = nearest(name, _names_of(self._undefined_obj))
        meant = f"; did you mean `{near[0]}`?" if near else ""
        return f"there is no `{name}` in a {type(self._undefined_obj).__name__}{meant}"


def _names_of(value: object) -> set[str]:
    """What a template may ask of a value."""
    names = {name for name in dir(value) if not name.startswith("_")}
    for more in (value, getattr(value, "interface", None), getattr(value, "extras", None)):
        if isinstance(more, Mapping):
            names |= {name for name in more if isinstance(name, str)}
    return names


def _unmixed(safe: type[Markup], each: Callable[..., Any]) -> Callable[..., Any]:
    """The filter, but for text that Jinja has escaped as HTML since it was joined to something safe."""

    def unmixed(value: object, *args: object) -> Any:
        if isinstance(value, Markup) and not isinstance(value, safe):
            raise TypeError(f"{str(value)!r} has been joined of a text and of {safe.__name__}")
        return each(value, *args)

    return unmixed


@contextmanager
def blamed(folder: Folder) -> Iterator[None]:
    """Make a mistake in a user's template a TemplateProblem that says where. All else is a bug of tfgen."""
    try:
        yield
    except TemplateProblem:
        raise
    except Exception as error:
        place = _place(folder, error)
        if place is None:
            raise
        problem = TemplateProblem("\n".join((f"{place}: {_what(error, folder)}", *_hint(error))))
    else:
        return
    raise problem


def _place(folder: Folder, error: Exception) -> str | None:
    """The last line of a user's template on the way to an error."""
    if isinstance(error, TemplateSyntaxError):
        return folder.place(error.filename, error.lineno)
    place = None
    step: TracebackType | None = error.__traceback__
    while step is not None:
        place = folder.place(step.tb_frame.f_code.co_filename, step.tb_lineno) or place
        step = step.tb_next
    return place


def _what(error: Exception, folder: Folder) -> str:
    if isinstance(error, TemplateNotFound):
        return f"there is no template `{error.name}` in {folder.shown.as_posix()} or among tfgen's own"
    if isinstance(error, RecursionError):
        return f"includes or calls itself without end; tfgen's own templates are `{OWN}…`"
    if isinstance(error, TemplateError):
        return error.message or str(error)
    return str(error) if isinstance(error, TypeError) else f"{type(error).__name__}: {error}"


def _hint(error: Exception) -> Iterator[str]:
    if isinstance(error, SecurityError):
        yield "it only looks at what the plan gives it, and calls its own macros"
    elif isinstance(error, TemplateAssertionError):
        yield "filters are `hcl` and `comment`; in pages `md`, `code`, `fenced` and `flowchart`"
    elif isinstance(error, TemplateError) and not isinstance(error, (TemplateSyntaxError, TemplateNotFound)):
        yield _NAMES
    elif isinstance(error, TypeError):
        yield "a hole takes HCL or what a filter makes of a value: `{{ value|hcl }}`"
