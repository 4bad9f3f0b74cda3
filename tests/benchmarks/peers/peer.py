"""What a peer is: a way from the description of a function to its infrastructure, and how it is called."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import NamedTuple

SOURCES = Path(__file__).parent / "sources"

#: What every source calls the function. The functions of a run are called `invoices0`, `invoices1`, ….
NAME = "invoices"

Line = list[str | Path]


class Form(Enum):
    """What a peer writes."""

    HCL = "Terraform"
    TERRAFORM_JSON = "Terraform, as JSON"
    CLOUDFORMATION = "CloudFormation"
    NOTHING = "nothing"


class Call(NamedTuple):
    """One run: the peer's executables, what it reads, where it writes, and for how many functions."""

    bin: Path
    sources: Path
    output: Path
    functions: int


class Peer(NamedTuple):
    """A contestant.

    `program` makes any number of functions in one process; `tool` is the command that people call for one,
    where that is another. `prepare` is given an empty folder for sources, tfgen's modules of the same
    functions, and their number. `further` is how many more functions show what one more takes; 0 where there
    is no such thing. `is_tfgens` says that its files must be tfgen's, byte for byte; `is_floor`, that it is
    no tool but what any would take; `is_slow`, that it takes part in every third round alone.
    """

    key: str
    title: str
    form: Form
    checks: str
    prepare: Callable[[Path, Path, int], None]
    program: Callable[[Call], Line]
    further: int
    tool: Callable[[Call], Line] | None = None
    environment: str = ""
    is_tfgens: bool = False
    is_floor: bool = False
    is_slow: bool = False


def names(count: int) -> list[str]:
    """What the functions are called."""
    return [f"{NAME}{number}" for number in range(count)]


def source(file: str, name: str) -> str:
    """One of the sources, about the function of that name."""
    return (SOURCES / file).read_text().replace(NAME, name)


def nothing(sources: Path, modules: Path, count: int) -> None:
    """Prepare nothing."""
