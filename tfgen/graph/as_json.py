"""A picture for programs, in a JSON of tfgen's own. docs/pictures.md says what stands in it."""

from __future__ import annotations

import json

from tfgen.plan.model import Picture

#: Counts changes that a program could stumble over: a key removed or renamed, another meaning.
FORMAT_VERSION = 1


def text(picture: Picture) -> str:
    """The document, in ASCII: right on any terminal, whatever a spec holds."""
    nodes = [
        {"id": node.id, "kind": node.kind, "label": node.label, "module": node.module or None}
        for node in picture.nodes
    ]
    edges = [{"source": edge.source, "target": edge.target, "label": edge.label} for edge in picture.edges]
    return json.dumps({"format_version": FORMAT_VERSION, "nodes": nodes, "edges": edges}, indent=2) + "\n"
