"""Rules about secrets and parameters."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.schema.bounds import LAYERS
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules
from tfgen.spec.secrets import ENDS, EXTENSION, Parameters, Secrets, entries, has_extension


def _sections(spec: Spec) -> Iterator[tuple[str, Secrets | Parameters]]:
    return ((key, getattr(spec, key)) for key in ENDS if key in spec.model_fields_set)


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = True) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(path, key=key))


def _empty(spec: Spec) -> Iterator[Diagnostic]:
    for key, section in _sections(spec):
        if not entries(section):
            yield _at("TFG205", f"`{key}` names nothing", "add `NAME: ARN`, or remove it", key)


def _environment(spec: Spec) -> Iterator[Diagnostic]:
    for key, section in _sections(spec):
        for name in entries(section):
            variable = f"{name}{ENDS[key]}"
            if variable in spec.environment.variables:
                summary = f"the environment variable `{variable}` is that of `{key}.{name}`"
                hint = "remove it here, or choose another name there"
                yield _at("TFG310", summary, hint, "environment", "variables", variable)


def _keys(spec: Spec) -> Iterator[Diagnostic]:
    """Keys only add to what the role is allowed."""
    if spec.execution_role_arn is None:
        return
    for section, named in _sections(spec):
        for name, entry in entries(named).items():
            if entry.kms_key_arn is not None:
                summary = (
                    "`kms_key_arn` is about the module's own role, but `execution_role_arn` gives another"
                )
                hint = "remove it, and allow that role to use the key"
                yield _at("TFG303", summary, hint, section, name, "kms_key_arn")


def _extension(spec: Spec) -> Iterator[Diagnostic]:
    asking = [key for key, section in _sections(spec) if has_extension(section)]
    for key in asking:
        if spec.package_type == "Image":
            hint = "remove it, and copy the extension into the image"
            yield _at(
                "TFG301",
                "the extension is a layer, which an Image function has none of",
                hint,
                key,
                EXTENSION,
            )
    if asking and spec.package_type == "Zip" and isinstance(spec.layers, tuple):
        others = len(spec.layers) + (1 if spec.lambda_insights else 0)
        if others >= (LAYERS.maximum or 0):
            summary = f"the extension adds a layer to {others}, and a function has {LAYERS.maximum} at most"
            yield _at("TFG205", summary, "merge two of the layers, or remove it", asking[0], EXTENSION)


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _empty: tuple(ENDS),
    _environment: (*ENDS, "environment"),
    _keys: (*ENDS, "execution_role_arn"),
    _extension: (*ENDS, "package_type", "layers", "lambda_insights"),
}
