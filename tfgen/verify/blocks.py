"""The tokens of a `.tf` file → what it declares and what it refers to: the blocks, as Terraform has them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from tfgen.verify.expressions import Expressions, Place
from tfgen.verify.tokens import NotRead, Tokens


class Read(NamedTuple):
    """What a text declares and refers to, and what is wrong with its blocks: where, and what.

    `needed` are the addresses of variables without a default; `heredocs` says where there is one.
    """

    declared: tuple[Place, ...] = ()
    referred: tuple[Place, ...] = ()
    wrong: tuple[tuple[int, str], ...] = ()
    needed: tuple[str, ...] = ()
    heredocs: tuple[int, ...] = ()


#: Each block of a file: what its labels are, and what goes before them in its address.
_BLOCKS = {
    "resource": (("type", "name"), ""),
    "data": (("type", "name"), "data."),
    "ephemeral": (("type", "name"), "ephemeral."),
    "action": (("type", "name"), "action."),
    "variable": (("name",), "var."),
    "output": (("name",), "output."),
    "module": (("name",), "module."),
    "check": (("name",), "check."),
    "provider": (("name",), ""),
    **dict.fromkeys(("locals", "terraform", "moved", "removed", "import"), ((), "")),
}
_NAME = re.compile(r"[^\W\d][\w-]*")
# Blocks whose words are versions, or addresses of what need not be there any more.
_OF_WORDS = {"terraform", "moved", "removed"}


def read(found: Tokens) -> Read:
    """What a file's tokens say. Raises NotRead where Terraform could not go on."""
    return Blocks(found).read()


class Blocks(Expressions):
    """A file's blocks, and the expressions in them."""

    kinds_of_blocks: Mapping[str, tuple[tuple[str, ...], str]] = _BLOCKS

    def __init__(self, found: Tokens) -> None:
        super().__init__(found)
        self.needed: list[str] = []

    def read(self) -> Read:
        """What the file's tokens say. Raises NotRead where Terraform could not go on."""
        try:
            self._file()
        except RecursionError:
            raise NotRead(self.position, "this is nested too deeply") from None
        return Read(
            tuple(self.declared),
            tuple(self.referred),
            tuple(self.wrong),
            tuple(self.needed),
            tuple(self.heredocs),
        )

    def _file(self) -> None:
        while True:
            while self.peek() == "nl":
                self.take()
            if self.peek() == "eof":
                return
            self.top()

    def top(self) -> None:
        """A block of the file itself."""
        position = self.position
        kind = self.expect("id", "a block")
        if self.peek() == "=":
            raise NotRead(position, f"`{kind}` is given outside of all blocks")
        labels = self.labels()
        if kind not in self.kinds_of_blocks:
            self.say(position, f"Terraform has no block `{kind}`")
        wanted, start = self.kinds_of_blocks.get(kind, ((), ""))
        if len(labels) != len(wanted):
            said = " and ".join(f"a {label}" for label in wanted) or "no label"
            self.say(position, f"`{kind}` has {len(labels)} labels, and takes {said}")
        elif not all(map(_NAME.fullmatch, labels)):
            self.say(position, f"`{kind} {' '.join(labels)}` has a name that is none")
        elif wanted and not kind.endswith("provider"):
            self.inside = start + ".".join(labels)
            self.declared.append(Place(self.inside, position))
        first = len(self.referred)
        self.is_of_words = kind in _OF_WORDS
        arguments = self.body((kind,))
        self.is_of_words = False
        if kind == "variable" and "default" not in arguments:
            self.needed.append(self.inside)
        self.inside = ""
        self._repeated(first, arguments)
        self._end_block()

    def _end_block(self) -> None:
        if self.peek() not in {"nl", "eof"}:
            raise self.unexpected("a new line")

    def _repeated(self, first: int, arguments: set[str]) -> None:
        """Look at what stands for one of several in a block, and leave it out of the references."""
        for place in self.referred[first:]:
            needed = {"each": "for_each", "count": "count"}.get(place.address.partition(".")[0])
            if needed and needed not in arguments:
                self.say(place.position, f"`{place.address}` stands in a block without `{needed}`")
        left = [one for one in self.referred[first:] if not one.address.startswith(("each.", "count."))]
        self.referred[first:] = left

    def labels(self) -> list[str]:
        """What stands between a block's kind and its brace."""
        labels: list[str] = []
        while (kind := self.peek()) in {"id", "str"}:
            said = self.take()
            labels.append(said if kind == "id" else said[1:-1])
        return labels

    def body(self, path: tuple[str, ...]) -> set[str]:
        """What is between a block's braces; `path` names the blocks around. Gives the arguments' names."""
        self.expect("{", "`{`")
        given: set[str] = set()
        is_one_line = self.peek() not in {"nl", "}"}
        while True:
            while self.peek() == "nl":
                self.take()
            if self.peek() == "}":
                break
            position = self.position
            name = self.expect("id", "an argument, a block or `}`")
            if self.peek() == "=":
                if name in given and path != ("locals",):  # of which each is an address
                    self.say(position, f"`{name}` is given twice in one block")
                given.add(name)
                self.take()
                self.argument(path, name, position)
            elif is_one_line:
                raise NotRead(position, "a block on one line holds no other block")
            else:
                self.block(path, name)
            if is_one_line:
                break
            if self.peek() != "nl":
                raise self.unexpected("a new line")
        self.expect("}", "`}`")
        return given

    def argument(self, path: tuple[str, ...], name: str, position: int) -> None:
        """The value of an argument, whose name stands at `position`."""
        before = self.inside, self.is_of_words
        if path == ("locals",):
            self.inside = f"local.{name}"
            self.declared.append(Place(self.inside, position))
        self.is_of_words = self.is_of_words or _is_of_words(path, name)
        self.expression()
        self.inside, self.is_of_words = before

    def block(self, path: tuple[str, ...], kind: str) -> None:
        """A block within the block at `path`."""
        labels = self.labels()
        if path[0] == "check" and kind == "data" and len(labels) == 2:
            self.declared.append(Place(f"data.{labels[0]}.{labels[1]}", self.position))
        if kind == "dynamic" and len(labels) == 1:
            self.dynamic(path, labels[0])
        else:
            self.body((*path, kind))
        self._end_block()

    def dynamic(self, path: tuple[str, ...], label: str) -> None:
        """A block that is there for each of several; the one that it is for has the block's name, or another
        that an argument gives."""
        depth, index = 0, self.index
        while (kind := self.kinds[index]) != "eof":
            depth += (kind in {"{", "${", "%{"}) - (kind in {"}", "end"})
            if not depth:
                break
            if depth == 1 and self.texts[index : index + 2] == ["iterator", "="]:
                label = self.texts[index + 2]
            index += 1
        with self.named(label):
            self.body((*path, "dynamic"))


def _is_of_words(path: tuple[str, ...], name: str) -> bool:
    """Whether an argument takes words that are no references: a type, a provider, names of arguments."""
    last = path[-1]
    return (
        (path == ("variable",) and name == "type")
        or (len(path) == 1 and name in {"provider", "providers"})
        or (last == "lifecycle" and name == "ignore_changes")
        or (last == "dynamic" and name == "iterator")
        or (last == "provisioner" and name in {"when", "on_failure"})
    )
