"""The tokens of an expression → what it refers to.

The grammar is HCL's (https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md). Of Terraform's language
it knows what tells a reference from a word, and which names a `for` makes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from tfgen.verify.tokens import NotRead, Tokens

#: How many names follow the first one of a reference; in others it is a resource's type, and one follows.
NAMES = {
    "var": 1,
    "local": 1,
    "module": 1,
    "path": 1,
    "terraform": 1,
    "each": 1,
    "count": 1,
    "data": 2,
    "ephemeral": 2,
    "action": 2,
    "resource": 2,
    "self": 0,
}
_OF_TERRAFORM = {"path", "terraform", "self"}
# What has an address that nothing in a module refers to.
_OF_NO_USE = {"output", "check"}
_CONSTANTS = {"true", "false", "null"}
#: Operators of two sides: the higher, the closer they bind.
_RANKS = {
    "||": 1,
    "&&": 2,
    "==": 3,
    "!=": 3,
    "<": 4,
    ">": 4,
    "<=": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "/": 6,
    "%": 6,
}
_LITERALS = frozenset({"str", "num"})
# What ends a value, whether or not new lines mean something.
_AFTER = frozenset({",", "]", ")", "}", "end", "eof"})
_ENDS = {"nl": "the line ends", "eof": "the file ends"}


class Place(NamedTuple):
    """Something that is declared or referred to, by its address, and where. `inside` is the address of the
    variable, local or block that it stands in."""

    address: str
    position: int
    inside: str = ""


class Expressions:
    """Where in the tokens we are, and what was found so far."""

    counts: Mapping[str, int] = NAMES

    def __init__(self, found: Tokens) -> None:
        self.kinds, self.texts, self.positions = found
        self.index = 0
        self.skips_lines = False  # whether new lines mean nothing here
        self.is_of_words = False  # whether names are words here, not references
        self.names: list[str] = []  # that `for` and `dynamic` made
        self.inside = ""
        self.heredocs: list[int] = []
        self.declared: list[Place] = []
        self.referred: list[Place] = []
        self.wrong: list[tuple[int, str]] = []

    # Going on ----------------------------------------------------------------------------------------

    @property
    def position(self) -> int:
        """Where in the text the next token starts."""
        return self.positions[self.index]

    def peek(self) -> str:
        """The kind of the next token."""
        if self.skips_lines:
            while self.kinds[self.index] == "nl":
                self.index += 1
        return self.kinds[self.index]

    def take(self) -> str:
        """Go past a token, and say what it says."""
        self.index += 1
        return self.texts[self.index - 1]

    def expect(self, kind: str, what: str) -> str:
        """Go past a token of a kind; what should stand there is named where it does not."""
        if self.peek() != kind:
            raise self.unexpected(what)
        return self.take()

    def _is_word(self, word: str) -> bool:
        return self.peek() == "id" and self.texts[self.index] == word

    def unexpected(self, what: str) -> NotRead:
        """That the next token is not what should stand there."""
        kind = self.peek()
        said = _ENDS.get(kind) or f"`{self.texts[self.index]}` stands"
        return NotRead(self.position, f"{said} where {what} should be")

    @contextmanager
    def _lines(self, *, skipped: bool) -> Iterator[None]:
        """Whether new lines mean nothing within."""
        before, self.skips_lines = self.skips_lines, skipped
        yield
        self.skips_lines = before

    @contextmanager
    def named(self, *names: str) -> Iterator[None]:
        """Names that stand for something within, and that nothing else declares."""
        self.names.extend(names)
        yield
        del self.names[len(self.names) - len(names) :]

    def say(self, position: int, what: str) -> None:
        """Note something that is wrong, but keeps nobody from reading on."""
        self.wrong.append((position, what))

    # Expressions -------------------------------------------------------------------------------------

    def expression(self) -> None:
        """Go past a value."""
        if self.kinds[self.index] in _LITERALS:  # which most values are, and no more
            after = self.kinds[self.index + 1]
            if after in _AFTER or (after == "nl" and not self.skips_lines):
                self.index += 1
                return
        self._operation(1)
        if self.peek() == "?":
            self.take()
            self.expression()
            self.expect(":", "`:` and what holds otherwise")
            self.expression()

    def _operation(self, rank: int) -> None:
        while self.peek() in {"-", "!"}:
            self.take()
        self._term()
        while (found := _RANKS.get(self.peek(), 0)) >= rank:
            self.take()
            self._operation(found + 1)

    def _term(self) -> None:
        kind = self.peek()
        if kind == "id":
            self._name()
            return
        if kind in {"str", "num"}:
            self.take()
        elif kind == "quote":
            if self.texts[self.index] != '"':
                self.heredocs.append(self.position)
            self.take()
            self._template(())
        elif kind == "(":
            self.take()
            with self._lines(skipped=True):
                self.expression()
                self.expect(")", "`)`")
        elif kind == "[":
            self._tuple()
        elif kind == "{":
            self._object()
        else:
            raise self.unexpected("a value")
        self._parts()

    def _name(self) -> None:
        """A reference, a call, or a word such as `true`."""
        position, first = self.position, self.take()
        if self.peek() in {"(", "::"}:
            while self.peek() == "::":
                self.take()
                self.expect("id", "a function's name")
            self._call()
            self._parts()
            return
        names: list[str] = []
        while self.peek() == "." and self.kinds[self.index + 1] == "id":
            self.take()
            names.append(self.take())
        self._parts()
        if not self.is_of_words and first not in self.names and first not in _CONSTANTS:
            self._refer(position, first, names)

    def _refer(self, position: int, first: str, names: list[str]) -> None:
        """Note a reference: its first name and those that follow it."""
        count = self.counts.get(first, 1)
        if len(names) < count:
            why = "alone is no value" if first in self.counts else "is no value: is it a text without quotes?"
            self.say(position, f"`{first}` {why}")
            return
        if first in _OF_NO_USE - self.counts.keys():
            self.say(position, f"`{first}.{names[0]}` is nothing that a module can refer to")
            return
        if first in _OF_TERRAFORM:
            return
        if first == "resource":
            first, names, count = names[0], names[1:], 1
        self.referred.append(Place(".".join((first, *names[:count])), position, self.inside))

    def _parts(self) -> None:
        """What of a value is taken: `.name`, `.0`, `.*`, `[0]`, `[*]`."""
        while (kind := self.peek()) in {".", "["}:
            self.take()
            if kind == ".":
                if self.peek() not in {"id", "num", "*"} or "." in self.texts[self.index]:
                    raise self.unexpected("a name")
                self.take()
                continue
            if self.kinds[self.index] == "*":
                self.take()
                self.expect("]", "`]`")
                continue
            with self._lines(skipped=True):
                self.expression()
                self.expect("]", "`]`")

    def _call(self) -> None:
        self.expect("(", "`(`")
        with self._lines(skipped=True):
            while self.peek() != ")":
                self.expression()
                if self.peek() == "...":
                    self.take()
                    break
                if self.peek() != ")":
                    self.expect(",", "`,` or `)`")
            self.expect(")", "`)`")

    def _tuple(self) -> None:
        self.take()
        with self._lines(skipped=True):
            if self._is_word("for"):
                self._for("]")
            else:
                while self.peek() != "]":
                    self.expression()
                    if self.peek() != "]":
                        self.expect(",", "`,` or `]`")
            self.expect("]", "`]`")

    def _object(self) -> None:
        self.take()
        with self._lines(skipped=True):
            if self._is_word("for"):
                self._for("}")
                self.expect("}", "`}`")
                return
        with self._lines(skipped=False):
            while True:
                while self.peek() == "nl":
                    self.take()
                if self.peek() == "}":
                    break
                self._key()
                if self.peek() not in {"=", ":"}:
                    raise self.unexpected("`=` and a value")
                self.take()
                self.expression()
                if self.peek() == ",":
                    self.take()
                elif self.peek() not in {"nl", "}"}:
                    raise self.unexpected("`,` or a new line")
            self.take()

    def _key(self) -> None:
        after = self.kinds[self.index + 1] if self.peek() == "id" else ""
        if after in {"=", ":"}:
            self.take()
            return
        if after in {".", "["}:
            self.say(self.position, "a key that is a reference stands in parentheses")
        self.expression()

    def _for(self, end: str) -> None:
        """A `for` over a collection, up to what closes it."""
        names = self._names_of_for()
        self.expression()
        self.expect(":", "`:` and what becomes of each")
        with self.named(*names):
            self.expression()
            if end == "}":
                self.expect("=>", "`=>` and a value")
                self.expression()
                if self.peek() == "...":
                    self.take()
            if self._is_word("if"):
                self.take()
                self.expression()

    def _names_of_for(self) -> list[str]:
        """The names between `for` and `in`."""
        self.take()
        names = [self.expect("id", "a name")]
        if self.peek() == ",":
            self.take()
            names.append(self.expect("id", "a name"))
        if not self._is_word("in"):
            raise self.unexpected("`in`")
        self.take()
        return names

    def _template(self, ends: tuple[str, ...]) -> str:
        """The inside of a quoted text, up to its end or to one of the given directives, which is returned."""
        while (kind := self.kinds[self.index]) != "quote":
            self.take()
            if kind == "chunk":
                continue
            with self._lines(skipped=True):
                if kind == "${":
                    self.expression()
                    self.expect("end", "`}`")
                    continue
                word = self._directive()
            if word in ends:
                return word
            if word:
                raise self.unexpected(f"an end of the text: `{word}` ends nothing")
        if ends:
            raise self.unexpected(f"%{{ {ends[-1]} }}")
        return self.take()

    def _directive(self) -> str:
        """A `%{ if }` or `%{ for }` with all that it holds, or the word of another one."""
        if self._is_word("for"):
            names = self._names_of_for()
            self.expression()
            self.expect("end", "`}`")
            with self.named(*names):
                self._template(("endfor",))
            return ""
        word = self.expect("id", "if, for, else, endif or endfor")
        if word == "if":
            self.expression()
        self.expect("end", "`}`")
        if word == "if":
            if self._template(("else", "endif")) == "else":
                self._template(("endif",))
            return ""
        return word
