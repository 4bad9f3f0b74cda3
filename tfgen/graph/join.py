"""Pictures of modules → the picture of the fleet: what several of them mean is in it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from tfgen.plan.model import Edge, Node, Picture


def joined(pictures: Sequence[Picture]) -> Picture:
    """One picture of several, in their order; that of a single one as it is.

    A source or a target that is a function of another module is that function's box. A log group is left
    out where no other module has to do with it.
    """
    if len(pictures) == 1:
        return pictures[0]
    held = Counter(thing for one in pictures for thing in {node.thing for node in one.nodes})
    held[""] = 0  # what is not known is nobody's
    boxes: dict[str, Node] = {}
    by_thing: dict[str, str] = {}
    places: list[dict[str, str]] = [{} for _ in pictures]  # a module's own ids → those of boxes
    homes: dict[str, int] = {}  # a box → the number of the module that it stands with
    for number, node in _functions_first(pictures):
        if node.kind == "log_group" and held[node.thing] < 2:
            continue
        # Two functions are two boxes, even by one name; what means that name means the first of them.
        box = None if node.kind == "function" else by_thing.get(node.thing)
        if box is None:
            box = _free(f"{node.id}__{_module(pictures[number]).replace('-', '_')}", boxes)
            boxes[box], homes[box] = node._replace(id=box), number
            if node.thing:
                by_thing.setdefault(node.thing, box)
        elif boxes[box].label.startswith("arn:"):  # whose place better words take
            boxes[box] = boxes[box]._replace(label=node.label)
        places[number][node.id] = box
    edges = dict.fromkeys(
        Edge(place[edge.source], edge.label, place[edge.target])
        for one, place in zip(pictures, places, strict=True)
        for edge in one.edges
        if edge.source in place and edge.target in place
    )
    return Picture(tuple(sorted(boxes.values(), key=lambda node: homes[node.id])), tuple(edges))


def meeting(picture: Picture) -> Picture:
    """The parts of a picture in which functions have to do with one another."""
    group = {node.id: {node.id} for node in picture.nodes}
    for edge in picture.edges:
        one, other = sorted((group[edge.source], group[edge.target]), key=len)
        if one is not other:
            other |= one
            group.update(dict.fromkeys(one, other))
    functions = Counter(id(group[node.id]) for node in picture.nodes if node.kind == "function")
    kept = {node.id for node in picture.nodes if functions[id(group[node.id])] > 1}
    return Picture(
        tuple(node for node in picture.nodes if node.id in kept),
        tuple(edge for edge in picture.edges if edge.source in kept),
    )


def _functions_first(pictures: Sequence[Picture]) -> Iterator[tuple[int, Node]]:
    """All nodes, each with its picture's number: what others mean by a function's name has to be known."""
    for is_function in (True, False):
        for number, one in enumerate(pictures):
            yield from ((number, node) for node in one.nodes if (node.kind == "function") is is_function)


def _module(picture: Picture) -> str:
    return next((node.module for node in picture.nodes if node.kind == "function"), "")


def _free(name: str, taken: dict[str, Node]) -> str:
    """The name, or if it is taken, with a number behind it."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}_{number}"
    return free
