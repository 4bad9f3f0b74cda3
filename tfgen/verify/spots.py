"""A line of a `.tf` file → the block and the argument that it is in, and what these refer to."""

from __future__ import annotations

from typing import NamedTuple

from tfgen.verify.blocks import Blocks
from tfgen.verify.tokens import NotRead, Tokens, tokens


class Spot(NamedTuple):
    """A place in a file: the address of its block, the names of the blocks within that and of the argument,
    and the addresses that are referred to there. Of a `dynamic` block its label is the name."""

    address: str
    names: tuple[str, ...]
    referred: tuple[str, ...]


def spot(text: str, line: int) -> Spot | None:
    """What a line, counted from 1, is in; None between blocks, and in a text that is not HCL."""
    try:
        reader = _Spots(tokens(text), text, line)
        reader.read()
    except NotRead:
        return None
    return reader.found


def addresses(text: str) -> list[str]:
    """What the blocks of a text declare. Raises NotRead where it is not HCL."""
    return [place.address for place in Blocks(tokens(text)).read().declared]


class _Spots(Blocks):
    """Blocks of which the innermost one on a line, or the argument there, is kept."""

    def __init__(self, found: Tokens, text: str, line: int) -> None:
        super().__init__(found)
        before = text.split("\n", line)[:line]
        self._end = sum(map(len, before)) + len(before)
        self._start = self._end - len(before[-1]) - 1
        self._names: list[str] = []
        self.found: Spot | None = None

    def top(self) -> None:
        """A block of the file itself."""
        declared, referred, position = len(self.declared), len(self.referred), self.position
        super().top()
        for place in self.declared[declared:]:
            if place.position == position:  # and is not one of the locals
                self._keep(place.address, position, referred)

    def block(self, path: tuple[str, ...], kind: str) -> None:
        """A block within the block at `path`."""
        position, referred = self.positions[self.index - 1], len(self.referred)
        label = self.texts[self.index].strip('"') if kind == "dynamic" else kind
        names = [] if path[-1] == "dynamic" and kind == "content" else [label]
        self._names += names
        super().block(path, kind)
        self._keep(self.inside, position, referred)
        del self._names[len(self._names) - len(names) :]

    def argument(self, path: tuple[str, ...], name: str, position: int) -> None:
        """The value of an argument, whose name stands at `position`."""
        referred = len(self.referred)
        self._names.append(name)
        super().argument(path, name, position)
        inside = f"local.{name}" if path == ("locals",) else self.inside
        self._keep(inside, position, referred)
        self._names.pop()

    def _keep(self, address: str, position: int, referred: int) -> None:
        """Keep a place that has been read from `position` on, if the line is in it and in none within it."""
        if self.found is None and position < self._end and self.positions[self.index - 1] >= self._start:
            places = [
                one for one in self.referred[referred:] if not one.address.startswith(("each.", "count."))
            ]
            self.found = Spot(
                address, tuple(self._names), tuple(dict.fromkeys(one.address for one in places))
            )
