"""Layers that the module makes. Which layers the function has, and in what order, `local.layers` says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from tfgen.hcl import Hcl, Ref, to_hcl
from tfgen.plan.model import FeaturePlan
from tfgen.plan.surroundings import Surroundings
from tfgen.spec.layers import Layer
from tfgen.spec.models import Spec
from tfgen.triggers.base import Output
from tfgen.triggers.checks import Check, checks

_LONGEST = 140  # characters of a layer's name
_ARGUMENTS = (
    *("description", "filename", "compatible_runtimes", "compatible_architectures", "license_info"),
    "skip_destroy",
)
_OBJECT = {"bucket": "s3_bucket", "key": "s3_key", "version": "s3_object_version"}


def plan(spec: Spec, module: Surroundings) -> FeaturePlan | None:
    """The layers that the spec describes, if any."""
    entries = spec.layers if isinstance(spec.layers, tuple) else ()
    layers = [entry for entry in entries if isinstance(entry, Layer)]
    if not layers:
        return None
    arns = {layer.label: Ref(f"aws_lambda_layer_version.{layer.label}.arn") for layer in layers}
    return FeaturePlan(
        "layers",
        {"layers": [_arguments(layer, module) for layer in layers]},
        outputs=(
            Output("layer_arns", "ARNs of the layer versions that the module makes, by label", to_hcl(arns)),
        ),
        checks=tuple(_checks(layers, module)),
    )


def _checks(layers: Sequence[Layer], module: Surroundings) -> Iterator[Check]:
    names = [name for name in Layer.model_fields if name != "name"]
    for layer in layers:
        yield from checks(module, f"aws_lambda_layer_version.{layer.label}", layer, *names)


def _arguments(layer: Layer, module: Surroundings) -> dict[str, Any]:
    given = {name: module.hcl(getattr(layer, name)) for name in _ARGUMENTS}
    content = {name: module.hcl(getattr(layer, key)) for name, key in _OBJECT.items()}
    name = module.name(layer.label, _LONGEST) if layer.layer_name is None else module.value(layer.layer_name)
    return {
        **given,
        "label": Hcl(layer.label),
        "layer_name": to_hcl(name),
        "content": content if layer.s3_bucket is not None else None,
        "source_code_hash": module.hcl(layer.source_code_hash) or _hash(given["filename"]),
    }


def _hash(filename: Hcl | None) -> Hcl | None:
    """The hash of a local package, which may not be there yet when a plan is only looked at."""
    return None if filename is None else Hcl(f"try(filebase64sha256({filename}), null)")
