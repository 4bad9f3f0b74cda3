"""What a code means at length: the text, the examples and the sources of `explanations/CODE.md`.

The files are read when somebody asks for them, and are held to their form by a test.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Example(NamedTuple):
    """A spec that shows a rule: YAML, or `text` for what no YAML file can show."""

    language: str
    text: str


class Source(NamedTuple):
    """Where a fact comes from; a rule that is tfgen's own has no page."""

    title: str
    url: str | None


class Explanation(NamedTuple):
    """What a code means: paragraphs in Markdown, what is wrong and what is right, where that is said."""

    paragraphs: tuple[str, ...]
    bad: Example
    good: Example
    sources: tuple[Source, ...]


_EXAMPLE = r"```(yaml|text)\n((?:(?!```).*\n)+)```\n"
_SOURCE = r"Source: (?:\[([^\]\n]+)\]\((https://[^)\s]+)\)|([^\[\n].*))\n"
_FORM = re.compile(
    rf"((?:(?!```).+\n)+(?:\n(?:(?!Bad:$|```).+\n)+)*)\nBad:\n\n{_EXAMPLE}\nGood:\n\n{_EXAMPLE}\n((?:{_SOURCE})+)",
    re.MULTILINE,
)


@cache
def explanation(code: str) -> Explanation:
    """What one of the codes means. Raises ValueError if its file does not have the form."""
    file = files("tfgen").joinpath("explanations", f"{code}.md")
    try:
        return parse(file.read_text("utf-8"))
    except ValueError as error:
        raise ValueError(f"{file.name}: {error}") from None


def parse(markdown: str) -> Explanation:
    """The parts of an explanation. Raises ValueError if it does not have the form."""
    match = _FORM.fullmatch(markdown)
    if match is None:
        raise ValueError("not of the form: text, Bad, Good, Source")
    said, bad_language, bad, good_language, good, sources = match.groups()[:6]
    return Explanation(
        tuple(" ".join(paragraph.split()) for paragraph in said.split("\n\n")),
        Example(bad_language, bad),
        Example(good_language, good),
        tuple(Source(title or own, url or None) for title, url, own in re.findall(_SOURCE, sources)),
    )
