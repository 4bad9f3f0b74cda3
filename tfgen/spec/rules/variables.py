"""Rules about the defaults of input variables: what stands there is in the spec and in the module's text."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import DataPath, Diagnostic, Node
from tfgen.expressions import Template
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules

_HINT = "remove the default: the caller passes the value, or `secrets` names where the function reads it"


def _credentials(spec: Spec) -> Iterator[Diagnostic]:
    for name, described in spec.variables.items():
        where: DataPath = ("variables", name, "default")
        default = described.default
        if isinstance(default, str):
            yield from _of_text(spec, name, default, where)
        elif isinstance(default, list):
            for index, text in enumerate(default):
                yield from _of_text(spec, name, text, (*where, index))


def _of_text(spec: Spec, name: str, text: str, where: DataPath) -> Iterator[Diagnostic]:
    # Here, since few variables have such defaults, and forms take their time to be compiled.
    from tfgen.spec.rules.environment import could_be_credential, credential_in, is_named_credential

    named = next((one for one in (name, *_given_to(spec, name)) if is_named_credential(one, text)), None)
    if what := credential_in(text):
        yield Diagnostic("TFG401", f"the default of `{name}` holds {what}", _HINT, Node(where))
    elif named is not None:
        whose = "its name" if named == name else f"`{named}`, which it is for,"
        summary = f"the default of `{name}` is what {whose} says is a credential"
        yield Diagnostic("TFG403", summary, _HINT, Node(where))
    elif spec.variables[name].sensitive and could_be_credential(text):
        summary = f"`{name}` is sensitive, and its default is there for all to read"
        yield Diagnostic("TFG403", summary, _HINT, Node(where))


def _given_to(spec: Spec, name: str) -> Iterator[str]:
    """The environment variables whose whole value is an input variable."""
    for key, value in spec.environment.variables.items():
        if isinstance(value, Template) and value.whole == ("var", name):
            yield key


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {_credentials: ("variables",)}
