"""The text of a `.tf` file → its tokens: what is code, what is text, what is a comment."""

from __future__ import annotations

import re
from typing import NamedTuple

# https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md, "Lexical Elements" and "Template Expressions"
_LITERAL = (
    r'[^"\\$%\n]++'
    r'|\\[nrt"\\]|\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8}'
    r"|\$\$\{|%%\{"  # a literal `${` or `%{`
    r"|[$%](?!\{)"
)
_CODE = re.compile(
    r"(?P<space>[ \t\r]+)"
    r"|(?P<nl>\n)"
    r"|(?P<id>[^\W\d][\w-]*)"
    rf'|(?P<str>"(?:{_LITERAL})*")'
    r'|(?P<quote>")'
    r"|(?P<num>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<comment>\#[^\n]*|//[^\n]*|/\*.*?\*/)"
    r"|(?P<heredoc><<-?[^\W\d])"
    r"|(?P<op>==|!=|<=|>=|=>|&&|\|\||\.\.\.|::|/(?!\*)|[\]\[(){}=<>+\-*%!?:,.])"
    r"|(?P<strip>~(?=\}))",
    re.DOTALL,
)
_TEXT = re.compile(rf'(?P<chunk>(?:{_LITERAL})+)|(?P<start>[$%]\{{~?)|(?P<end>")')

_KEYWORDS = frozenset({"for", "for_each", "if", "in", "else", "endif", "endfor", "null", "true", "false"})


class NotRead(Exception):  # noqa: N818 - what happened, not an error of ours
    """A text is not what Terraform reads: where that shows, and what is wrong."""

    def __init__(self, position: int, what: str) -> None:
        super().__init__(position, what)
        self.position = position
        self.what = what


class Tokens(NamedTuple):
    """The tokens of a text, side by side: of what kind each is, what it says and where it starts.

    A sign is its own kind. A quoted text without interpolations is one `str`; another one is `quote`, then
    `chunk`, `${` or `%{` with code up to `end`, and at last `quote` again. The last token is an `eof`.
    """

    kinds: list[str]
    texts: list[str]
    positions: list[int]


def tokens(text: str) -> Tokens:
    """All tokens but white space and comments. Raises NotRead where something is none."""
    kinds: list[str] = []
    texts: list[str] = []
    positions: list[int] = []
    opened: list[str] = []  # what `}` closes: a brace, or code within a text
    at = 0
    is_code = True
    while at < len(text):
        match = (_CODE if is_code else _TEXT).match(text, at)
        if match is None:
            raise NotRead(at, _stray(text, at, is_code))
        kind, said = match.lastgroup or "", match[0]
        if kind == "op":
            kind = said
            if said == "{":
                opened.append("{")
            elif said == "}" and opened and opened.pop() != "{":
                kind, is_code = "end", False
        elif kind == "quote":
            is_code = False
        elif kind == "end":
            kind, is_code = "quote", True
        elif kind == "start":
            kind, is_code = said[:2], True
            opened.append(kind)
        elif kind == "strip":
            if not opened or opened[-1] == "{":
                raise NotRead(at, "`~` means nothing here")
        elif kind == "heredoc":
            raise NotRead(
                at, "a heredoc, whose lines would be indented anew: write a quoted text or jsonencode(…)"
            )
        if kind not in {"space", "comment", "strip"}:
            kinds.append(kind)
            texts.append(said)
            positions.append(at)
        at = match.end()
    if not is_code:
        raise NotRead(len(text), "the quoted text is not closed")
    kinds.append("eof")
    texts.append("")
    positions.append(len(text))
    return Tokens(kinds, texts, positions)


def _stray(text: str, at: int, is_code: bool) -> str:
    """What is wrong where nothing matches."""
    sign = text[at]
    if not is_code:
        if sign == "\n":
            return "the quoted text is not closed on its line"
        return rf"`{text[at : at + 2]}` is no escape: there are \n, \r, \t, \", \\, \uNNNN and \UNNNNNNNN"
    if sign == "'":
        return "Terraform quotes with `\"`, not with `'`"
    if text.startswith("/*", at):
        return "the comment is not closed"
    return f"`{sign}` means nothing here" if sign.isprintable() else f"U+{ord(sign):04X} means nothing here"


def shape(text: str, found: Tokens) -> str:
    """The text with all names, texts and numbers alike: what blocks have in common that are built alike."""
    parts: list[str] = []
    end = 0
    for kind, said, position in zip(*found, strict=True):
        if kind == "nl":
            if parts and parts[-1] != "\n":
                parts.append("\n")
        else:
            if position > end and parts and parts[-1] != "\n":
                parts.append(" ")
            if kind == "id":
                parts.append(said if said in _KEYWORDS else "x")
            elif kind == "str":
                parts.append('"x"' if len(said) > 2 else '""')  # more than the quotes
            elif kind == "num":
                parts.append("1")
            else:
                parts.append("x" if kind == "chunk" else said)
        end = position + len(said)
    return "".join(parts)
