"""The tokens of a `.tftest.hcl` file → what it refers to in the module that it tests.

https://developer.hashicorp.com/terraform/language/tests says which blocks there are.
"""

from __future__ import annotations

from collections.abc import Mapping

from tfgen.verify.blocks import Blocks, Read
from tfgen.verify.expressions import NAMES, Place
from tfgen.verify.tokens import Tokens

_BLOCKS = {
    "run": (("name",), "run."),
    **dict.fromkeys(("mock_provider", "provider"), (("name",), "")),
    **dict.fromkeys(("variables", "override_resource", "override_data", "override_module", "test"), ((), "")),
}
# Arguments whose values are words: of a run, of its plan, and of what is overridden.
_WORDS = {"command", "mode", "providers", "override_during"}


def read_tests(found: Tokens) -> Read:
    """What a file's tokens say: the runs are declared, and what they give and ask for is referred to. Raises
    NotRead where Terraform could not go on."""
    return _TestBlocks(found).read()


class _TestBlocks(Blocks):
    """A test file's blocks, and the expressions in them."""

    counts: Mapping[str, int] = {**NAMES, "output": 1, "check": 1, "run": 1}
    kinds_of_blocks = _BLOCKS

    def top(self) -> None:
        """A block of the file itself."""
        first = len(self.referred)
        self._is_of_another_module = False
        super().top()
        if self._is_of_another_module:
            del self.referred[first:]

    def argument(self, path: tuple[str, ...], name: str, position: int) -> None:
        """An argument; one of `variables` is an input variable's value."""
        if path[-1] == "variables":
            self.referred.append(Place(f"var.{name}", position))
        before = self.is_of_words
        self.is_of_words = before or name in _WORDS or path[0] == "provider"
        super().argument(path, name, position)
        self.is_of_words = before

    def block(self, path: tuple[str, ...], kind: str) -> None:
        """A block within another one; `module` says that a run is of another module."""
        if path == ("run",) and kind == "module":
            self._is_of_another_module = True
        super().block(path, kind)
