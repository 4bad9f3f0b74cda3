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
    r"[ \t\r]*+(?:"
    r"(?P<id>[^\W\d][\w-]*)"
    r"|(?P<nl>\n)"
    rf'|(?P<str>"(?:{_LITERAL})*+")'
    r"|(?P<heredoc><<-?[^\W\d][\w-]*\r?\n)"
    r"|(?P<op>==|!=|<=|>=|=>|&&|\|\||\.\.\.|::|/(?![/*])|[\]\[(){}=<>+\-*%!?:,.])"
    r'|(?P<quote>")'
    r"|(?P<num>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    r"|(?P<comment>\#[^\n]*|//[^\n]*|/\*.*?\*/)"
    r"|(?P<strip>~(?=\}))"
    r"|(?P<eof>\Z))",
    re.DOTALL,
)
_TEXT = re.compile(rf'(?P<chunk>(?:{_LITERAL})+)|(?P<start>[$%]\{{~?)|(?P<close>")')
# In a heredoc a backslash and a quote are what they are.
_LINES = re.compile(r"(?P<chunk>(?:[^$%]++|\$\$\{|%%\{|[$%](?!\{))+)|(?P<start>[$%]\{~?)|(?P<close>\Z)")
# Kinds of tokens that are what they are.
_PLAIN = frozenset({"id", "str", "num", "nl", "chunk", "eof"})


class NotRead(Exception):  # noqa: N818 - what happened, not an error of ours
    """A text is not what Terraform reads: where that shows, and what is wrong."""

    def __init__(self, position: int, what: str) -> None:
        super().__init__(position, what)
        self.position = position
        self.what = what


class Tokens(NamedTuple):
    """The tokens of a text, side by side: of what kind each is, what it says and where it starts.

    A sign is its own kind. A quoted text without interpolations is one `str`; another one, or a heredoc, is
    `quote`, then `chunk`, `${` or `%{` with code up to `end`, and at last `quote` again. The last token is an
    `eof`.
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
    around: list[re.Match[str] | None] = []  # the ends of heredocs that we are in; None for a quoted text
    at = 0
    is_code = True
    kind = ""
    while kind != "eof":
        if is_code:
            match = _CODE.match(text, at)
        elif (closing := around[-1]) is None:
            match = _TEXT.match(text, at)
        else:
            match = _LINES.match(text, at, closing.start())
        if match is None:
            raise NotRead(*_stray(text, at, is_code))
        kind = match.lastgroup or ""
        said, start, at = match[kind], match.start(kind), match.end()
        if kind == "op":
            kind = said
            if said == "{":
                opened.append("{")
            elif said == "}" and opened and opened.pop() != "{":
                kind, is_code = "end", False
        elif kind in _PLAIN:
            pass
        elif kind == "comment":
            continue
        elif kind in {"quote", "heredoc"}:
            around.append(None if kind == "quote" else _closing(text, match))
            kind, is_code = "quote", False
        elif kind == "close":
            if closing := around.pop():
                said, at = closing[0], closing.end()
            kind, is_code = "quote", True
        elif kind == "start":
            kind, is_code = said[:2], True
            opened.append(kind)
        elif kind == "strip":
            if not opened or opened[-1] == "{":
                raise NotRead(start, "`~` means nothing here")
            continue
        kinds.append(kind)
        texts.append(said)
        positions.append(start)
    return Tokens(kinds, texts, positions)


def _closing(text: str, opening: re.Match[str]) -> re.Match[str]:
    """Where a heredoc ends: its marker, alone on a line."""
    marker = re.escape(opening["heredoc"].lstrip("<-").strip())
    closing = re.compile(rf"^[ \t]*{marker}(?=[ \t]*\r?$)", re.MULTILINE).search(text, opening.end())
    if closing is None:
        raise NotRead(opening.start("heredoc"), "the heredoc is not closed")
    return closing


def _stray(text: str, at: int, is_code: bool) -> tuple[int, str]:
    """Where nothing matches, and what is wrong there."""
    if not is_code:
        if text[at : at + 1] in {"", "\n"}:
            return at, "the quoted text is not closed" + (" on its line" if at < len(text) else "")
        escape = text[at : at + 2]
        return at, rf"`{escape}` is no escape: there are \n, \r, \t, \", \\, \uNNNN and \UNNNNNNNN"
    at += len(text[at:]) - len(text[at:].lstrip(" \t\r"))
    sign = text[at]
    if sign == "'":
        return at, "Terraform quotes with `\"`, not with `'`"
    if text.startswith("/*", at):
        return at, "the comment is not closed"
    return (
        at,
        f"`{sign}` means nothing here" if sign.isprintable() else f"U+{ord(sign):04X} means nothing here",
    )
