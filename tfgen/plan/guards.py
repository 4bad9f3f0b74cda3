"""When a value of the spec gives way to what a caller chose instead: another source of the code, another
package type. Without this, a caller who deploys a local package from a module whose spec names a bucket
would have both."""

from __future__ import annotations

from tfgen.hcl import Hcl, Ref
from tfgen.interface import resolves_to_itself
from tfgen.spec.models import Spec

#: Each source of the function's code with the arguments that belong to it; the first one tells it.
_SOURCES = (("filename",), ("s3_bucket", "s3_key", "s3_object_version"), ("image_uri",))
#: Arguments that only one package type has.
_PACKAGE_TYPES = {"runtime": "Zip", "handler": "Zip", "layers": "Zip", "image_config": "Image"}


def guard(spec: Spec, name: str, package_type: Ref) -> Hcl | None:
    """The condition under which the spec's value of an interface variable holds, None if it always does."""
    if name not in spec.model_fields_set or resolves_to_itself(name, getattr(spec, name)):
        return None
    if name in _PACKAGE_TYPES:
        return Hcl(f'{package_type} == "{_PACKAGE_TYPES[name]}"')
    others = other_sources(name)
    return Hcl(" && ".join(f"var.{other} == null" for other in others)) if others else None


def other_sources(name: str) -> tuple[str, ...]:
    """The variables that give code from elsewhere than `name` does; none if `name` gives no code."""
    if not any(name in source for source in _SOURCES):
        return ()
    return tuple(source[0] for source in _SOURCES if name not in source)


def gives_code(spec: Spec) -> bool:
    """Whether the spec says where the function's code is."""
    return any(source[0] in spec.model_fields_set for source in _SOURCES)
