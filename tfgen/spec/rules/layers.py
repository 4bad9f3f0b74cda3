"""Rules about layers that the module makes."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.diagnostics import Diagnostic, Node
from tfgen.spec.layers import Layer
from tfgen.spec.models import Spec
from tfgen.spec.rules import Rules


def _layers(spec: Spec) -> Iterator[tuple[int, Layer]]:
    entries = spec.layers if isinstance(spec.layers, tuple) else ()
    return ((index, entry) for index, entry in enumerate(entries) if isinstance(entry, Layer))


def _at(code: str, summary: str, hint: str, *path: str | int, key: bool = True) -> Diagnostic:
    return Diagnostic(code, summary, hint, Node(("layers", *path), key=key))


def _names(spec: Spec) -> Iterator[Diagnostic]:
    labels: dict[str, int] = {}
    names: dict[object, int] = {}
    for index, layer in _layers(spec):
        if layer.layer_name is None and layer.name is None:
            hint = "add `layer_name`, its name in AWS, or `name`, and it is called FUNCTION_NAME-NAME"
            yield _at("TFG310", f"`layers[{index}]` has no name", hint, index, key=False)
            continue
        key = "name" if layer.name else "layer_name"
        if not layer.label:
            hint = "add `name`, which its resource is labelled by"
            yield _at("TFG309", f"`{key}` is an expression and needs `name` beside it", hint, index, key)
            continue
        first = names.setdefault(layer.layer_name, index) if layer.layer_name else index
        if first != index:
            summary = f"layer {index + 1} has the name of layer {first + 1}"
            hint = "a function can have one version of a layer: give it another name, or merge the two"
            yield _at("TFG206", summary, hint, index, "layer_name", key=False)
        elif (first := labels.setdefault(layer.label, index)) != index:
            summary = f"layer {index + 1} is labelled `{layer.label}`, as layer {first + 1} is"
            yield _at("TFG206", summary, "give it another `name`", index, key, key=False)


def _versions(spec: Spec) -> Iterator[Diagnostic]:
    """Lambda refuses a function with two versions of one layer, and with one of them twice."""
    first: dict[str, int] = {}
    for index, entry in enumerate(spec.layers if isinstance(spec.layers, tuple) else ()):
        layer = entry.rpartition(":")[0] if isinstance(entry, str) else None
        if layer is not None and first.setdefault(layer, index) != index:
            summary = f"layer {index + 1} is layer {first[layer] + 1} again"
            yield _at("TFG206", summary, "a function can have one version of a layer", index, key=False)


def _sources(spec: Spec) -> Iterator[Diagnostic]:
    for index, layer in _layers(spec):
        given = layer.model_fields_set
        if "filename" in given and "s3_bucket" in given:
            summary = "`s3_bucket` is a second source of the layer's content, beside `filename`"
            yield _at("TFG310", summary, "keep one of them", index, "s3_bucket")
        elif not given & {"filename", "s3_bucket", "s3_key"}:
            hint = "add `filename`, or `s3_bucket` and `s3_key`"
            yield _at("TFG310", f"`layers[{index}]` has no content", hint, index, key=False)
        elif "s3_bucket" in given and "s3_key" not in given:
            yield _at("TFG309", "`s3_bucket` needs `s3_key`", "add `s3_key`", index, "s3_bucket")
        for key in ("s3_key", "s3_object_version"):
            if key in given and "s3_bucket" not in given:
                hint = "remove it: the content is in `filename`" if "filename" in given else "add `s3_bucket`"
                yield _at("TFG309", f"`{key}` needs `s3_bucket`", hint, index, key)


def _compatible(spec: Spec) -> Iterator[Diagnostic]:
    """What a layer says that it is for. AWS only lists layers by it, so this is a warning."""
    architectures = spec.architectures if isinstance(spec.architectures, tuple) else ()
    for index, layer in _layers(spec):
        for key, used, what in (
            ("compatible_runtimes", (spec.runtime,), "runtime"),
            ("compatible_architectures", architectures, "architecture"),
        ):
            said = getattr(layer, key)
            if not isinstance(said, tuple) or not all(isinstance(one, str) for one in said):
                continue
            for one in used:
                if isinstance(one, str) and one not in said:
                    summary = f"the layer is not for the function's {what} `{one}`"
                    hint = f"add `{one}` if it is, or take another layer: libraries are often built for one"
                    yield _at("TFG341", summary, hint, index, key, key=False)


#: Each rule with the top-level keys that it looks at.
RULES: Rules = {
    _names: ("layers",),
    _versions: ("layers",),
    _sources: ("layers",),
    _compatible: ("layers", "runtime", "architectures"),
}
