"""Spec → the module's input variables: the interface, then `create_execution_role` and those of
sections, then those that expressions declare."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from pydantic import BaseModel

from tfgen.constraints import (
    Validation,
    for_provider,
    object_type,
    object_validations,
    section_of,
    validations,
)
from tfgen.diagnostics import DataPath, dotted
from tfgen.hcl import Hcl, to_hcl
from tfgen.interface import INTERFACE, InterfaceVariable, resolves_to_itself
from tfgen.plan.guards import gives_code, other_sources
from tfgen.plan.model import FeaturePlan, InputVariable
from tfgen.plan.references import References
from tfgen.schema.bounds import Bounds
from tfgen.schema.walk import Use, bounds_of, by_variable, interface_fields, uses
from tfgen.spec.models import Spec

_NULL = to_hcl(None)
_EMPTY = to_hcl({})


def input_variables(
    spec: Spec, references: References, features: Sequence[FeaturePlan]
) -> tuple[InputVariable, ...]:
    """All `variable` blocks of the module, in their order."""
    interface = [_interface(variable, spec, references) for variable in INTERFACE.values()]
    own_role = [_CREATE_EXECUTION_ROLE] if spec.execution_role_arn is None else []
    added = [variable for feature in features for variable in feature.inputs]
    return (*interface, *own_role, *added, *_declared(spec))


_CREATE_EXECUTION_ROLE = InputVariable(
    "create_execution_role",
    Hcl("bool"),
    "Whether the module makes the execution role; without it, execution_role_arn is needed",
    default=to_hcl(True),
    not_nullable=True,
)


def _interface(variable: InterfaceVariable, spec: Spec, references: References) -> InputVariable:
    value = getattr(spec, variable.name)
    required = resolves_to_itself(variable.name, value) or (value is None and not variable.nullable)
    nullable = not required and (
        variable.nullable or (references.is_resolved(variable.name) and not variable.merged)
    )
    kind, bounds, rules = _shape(variable.name, nullable, spec.terraform.aws_provider_version)
    return InputVariable(
        variable.name,
        kind,
        _description(variable, spec, references),
        default=None if required else _default(variable, value, references),
        not_nullable=not nullable,
        validations=(*rules, *_cross(variable.name, spec, references, required)),
        bounds=bounds,
    )


@cache
def _shape(name: str, nullable: bool, provider: str) -> tuple[Hcl, Bounds | None, tuple[Validation, ...]]:
    """Type and bounds of an interface variable, which nothing of a spec changes but its provider."""
    places = bounds_of(Spec)
    if name in places:
        bounds = for_provider(places[name], provider)
        return Hcl(bounds.type), bounds, validations(name, bounds, nullable=nullable)
    model, _ = section_of(Spec.model_fields[name].annotation)
    return _object_type(name, model), None, object_validations(name, model, nullable=nullable)


def _object_type(name: str, model: type[BaseModel]) -> Hcl:
    if name == "environment":
        return object_type(model, (("variables", "{}"),))
    if name == "event_source_mapping":
        # The reference document's callers pass it as null; the mapping is always this function's.
        return object_type(model, extra=" function_name = optional(string)\n")
    return object_type(model)


def _default(variable: InterfaceVariable, value: Any, references: References) -> Hcl:
    if references.is_resolved(variable.name):
        return _EMPTY if variable.merged else _NULL
    if variable.name == "environment":
        return _EMPTY
    if isinstance(value, BaseModel):
        return to_hcl(dict(_given(value)))
    return to_hcl(value)


def _given(section: BaseModel) -> Iterator[tuple[str, Any]]:
    """A section's keys that the spec gives and a caller may give as well, in the model's order."""
    for name in interface_fields(type(section)):
        if name in section.model_fields_set:
            yield name, _plain(getattr(section, name))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return dict(_given(value))
    return [_plain(item) for item in value] if isinstance(value, tuple) else value


def _description(variable: InterfaceVariable, spec: Spec, references: References) -> str:
    text = Spec.model_fields[variable.name].description or ""
    if variable.merged and references.is_resolved(variable.name):
        return f"{text}, which go over the module's own"
    if variable.name == "execution_role_arn" and spec.execution_role_arn is None:
        return f"{text}, in place of the module's own"
    return text


def _cross(name: str, spec: Spec, references: References, required: bool) -> tuple[Validation, ...]:
    """Conditions that look at a second variable, where both are the caller's to choose."""
    if required or references.is_resolved(name):
        return ()
    package_type = references.address("package_type")
    if name in {"runtime", "handler"} and name in references.guards:
        condition = Hcl(f'{package_type} != "Zip" || var.{name} != null')
        return (Validation(condition, f"{name} is needed for package_type Zip."),)
    if name in {"runtime", "handler"}:
        condition = Hcl(f'({package_type} == "Zip") == (var.{name} != null)')
        message = f"{name} is needed for package_type Zip, and must not be set for Image."
        return (Validation(condition, message),)
    if name == "filename" and not gives_code(spec):
        sources = "[var.filename, var.s3_bucket, var.image_uri]"
        condition = Hcl(f"length([for source in {sources} : source if source != null]) == 1")
        message = "The code is needed from one place: filename, s3_bucket with s3_key, or image_uri."
        return (Validation(condition, message),)
    if name == "execution_role_arn" and spec.execution_role_arn is None:
        return (
            Validation(
                Hcl("var.create_execution_role || var.execution_role_arn != null"),
                "execution_role_arn is needed where create_execution_role is false.",
            ),
        )
    return ()


def _declared(spec: Spec) -> Iterator[InputVariable]:
    places = declared(spec)
    for name in sorted(places):
        yield _declared_variable(name, places[name], spec)


def declared(spec: Spec) -> dict[str, list[Use]]:
    """The input variables that a spec's expressions declare, with all their uses."""
    return {name: places for name, places in by_variable(uses(spec)).items() if name not in INTERFACE}


def is_spared(name: str, places: list[Use], spec: Spec) -> bool:
    """Whether callers can do without an input variable: it serves the interface's variables alone, and
    they can give those instead. So a module block for the reference module works with this module too."""
    described = spec.variables.get(name)
    has_default = described is not None and "default" in described.model_fields_set
    return not has_default and all(_is_of_interface(use.path) for use in places)


def _is_of_interface(path: DataPath) -> bool:
    """Whether a value at a path of the spec is one that an interface variable can take the place of."""
    name, *below = path
    if name == "layers":  # one that the module makes is there whatever layers the caller gives
        return len(below) < 2
    if name not in INTERFACE or name in bounds_of(Spec):
        return name in INTERFACE
    model, _ = section_of(Spec.model_fields[str(name)].annotation)
    return below[0] in interface_fields(model)


def _declared_variable(name: str, places: list[Use], spec: Spec) -> InputVariable:
    described = spec.variables.get(name)
    spared = is_spared(name, places, spec)
    whole = [use for use in places if use.whole]
    kind = described.type if described and described.type else whole[0].bounds.type if whole else "string"
    provider = spec.terraform.aws_provider_version
    bounds = [for_provider(use.bounds, provider) for use in whole]
    held_to = {rule: None for each in bounds for rule in validations(name, each, nullable=spared)}
    used_by = ", ".join(dict.fromkeys(dotted(use.path) for use in places))
    default = described.default if described and "default" in described.model_fields_set else None
    instead = _instead(places) if spared else {}
    return InputVariable(
        name,
        Hcl(kind),
        (described and described.description) or f"Used in {used_by}",
        default=to_hcl(default) if spared or default is not None else None,
        not_nullable=not spared,
        sensitive=bool(described and described.sensitive),
        validations=(*held_to, *([_needed(name, instead)] if spared else [])),
        needed_unless=" and ".join(instead) if spared else "",
        bounds=bounds[0] if bounds else None,
    )


def _needed(name: str, instead: Mapping[str, str]) -> Validation:
    """A spared variable is needed after all where the caller does not give what it serves."""
    if len(instead) > 1:
        alternatives = " && ".join(f"({one})" if "||" in one else one for one in instead.values())
        alternatives = f"({alternatives})"
    else:
        alternatives = "".join(instead.values())
    return Validation(
        Hcl(f"var.{name} != null || {alternatives}"),
        f"{name} is needed, unless {' and '.join(instead)} {'is' if len(instead) == 1 else 'are'} given.",
    )


def _instead(places: list[Use]) -> dict[str, str]:
    """What a caller may give in place of the uses of a spared variable: its name to the condition for it."""
    instead: dict[str, str] = {}
    for use in places:
        interface = str(use.path[0])
        if INTERFACE[interface].merged:
            entries = "var.environment.variables" if interface == "environment" else f"var.{interface}"
            instead[dotted(use.path)] = f"contains(keys({entries}), {to_hcl(str(use.path[-1]))})"
        else:
            given = (interface, *other_sources(interface))
            instead[" or ".join(given)] = " || ".join(f"var.{name} != null" for name in given)
    return instead
