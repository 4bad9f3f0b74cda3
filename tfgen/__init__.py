"""tfgen: a short YAML spec of an AWS Lambda function becomes a plain, reviewable Terraform module.

import tfgen

loaded = tfgen.load("specs/orders.yaml")
files = tfgen.render(loaded)
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

__version__ = "0.1.0"

__all__ = ["Finding", "LoadedSpec", "Severity", "Spec", "SpecError", "TemplateProblem", "load", "render"]

if TYPE_CHECKING:
    from tfgen.api import Finding, LoadedSpec, Severity, Spec, SpecError, TemplateProblem, load, render
else:

    class _Package(ModuleType):
        """The package, which imports what programs use of it only when they do: the command does not."""

        def __getattr__(self, name: str) -> object:
            if name not in __all__:
                raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
            return getattr(import_module("tfgen.api"), name)

        def __dir__(self) -> list[str]:
            return sorted({*super().__dir__(), *__all__})

        @property
        def render(self) -> object:
            """The function. Whatever imports the room of this name would put that in its place."""
            return import_module("tfgen.api").render

        @render.setter
        def render(self, room: ModuleType) -> None:
            pass

    sys.modules[__name__].__class__ = _Package
