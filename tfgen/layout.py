"""HCL text → the same in the layout of `terraform fmt`: indentation, spaces, columns.

The rules are those of HashiCorp's `hclwrite` (hclwrite/format.go in github.com/hashicorp/hcl), which goes
by lines: tokens are spaced, `=` and comments are aligned with those of the lines next to them, and a line is
indented by the brackets that are open. Most lines stand in many modules alike, so each is read once.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

_Token = tuple[str, str]  # its kind, and its text; a sign is a kind of its own

_QUOTED = r'[^"\\$%]++|\\.|\$\$\{|%%\{|[$%](?!\{)'  # a part of a quoted text that is no code
_CODE = re.compile(
    r"[ \t\r]*+(?:"
    r"(?P<name>[^\W\d](?:[\w-]|[^\x00-\x7f])*+)"
    rf'|(?P<text>"(?:{_QUOTED})*+")'
    r"|(?P<heredoc><<-?[\w-]+)"
    r"|(?P<sign>==|!=|<=|>=|=>|&&|\|\||\.\.\.|::|[\]\[(){}=<>+\-*%!?:,.]|/(?![/*]))"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)"
    r'|(?P<quote>")'
    r"|(?P<comment>\#.*|//.*)"
    r"|(?P<aside>/\*(?:[^*]|\*(?!/))*+\*/)"
    r"|(?P<begun>/\*)"
    r"|(?P<end>~\})"
    r"|(?P<other>[^ \t\r]))",
    re.DOTALL,
)
_TEXT = re.compile(rf'(?P<chunk>(?:{_QUOTED})++)|(?P<start>[$%]\{{~?)|(?P<quote>")|(?P<other>.)', re.DOTALL)
# Lines whose spaces are right: most of them, and quickly seen.
_READY = re.compile(
    rf'(?P<lead>[a-z_][a-z0-9_]*) +(?P<assigned>= (?:[a-z_][a-z0-9_.]*|"(?:{_QUOTED})*+"))|#.*|\}}?[\])]*'
)
_BRACKETS = {"(": 1, "[": 1, "{": 1, "start": 1, ")": -1, "]": -1, "}": -1, "end": -1}
_BLANKS = " \t\r"
# What makes one sign of several: a joiner, shades of skin, and letters that are flags in pairs.
_JOINER = "\u200d"
_SKINS = frozenset(map(chr, range(0x1F3FB, 0x1F400)))
_FLAGS = frozenset(map(chr, range(0x1F1E6, 0x1F200)))
# What a value cannot end with: behind it, a minus is a sign of the number that follows.
_NO_VALUE = frozenset(
    (
        *("", "(", "{", "[", "=", ":", ",", "?", "+", "*", "/", "%", "-"),
        *("==", "!=", ">", ">=", "<", "<=", "&&", "||", "!"),
    )
)


class _Line(NamedTuple):
    """A line but for its indentation and alignment.

    `assigned` is `=` and what follows, if that is whole. In a block's body, `head` is what a block begins
    with, and `bare` an assigned value without `"${` and `}"` around it. `change` is how many more brackets
    the line opens than it closes; `around` says which texts, and braces in them, the next line stands in.
    """

    lead: str = ""
    assigned: str = ""
    comment: str = ""
    head: str = ""
    bare: str = ""
    change: int = 0
    around: tuple[str, ...] = ()
    is_whole: bool = True


def fmt(text: str) -> str:
    """Lay text out as `terraform fmt` does, without blanks at the ends of comments.

    Two things stay as they are: what only Terraform 0.11 knew (`type = "map"`, `"${…}"` over several lines),
    and heredocs, which are taken for code: templates may have none.
    """
    return _laid_out(text)[0]


def fmt_block(text: str) -> str | None:
    """The same of a part of a text; None where something in it is not closed."""
    laid_out, is_closed = _laid_out(text)
    return laid_out if is_closed else None


def _laid_out(text: str) -> tuple[str, bool]:
    """The text laid out, and whether all is closed that is opened in it."""
    lines: list[str] = []
    run: list[tuple[str, str]] = []
    comments: dict[int, str] = {}
    opened: list[tuple[int, bool]] = []  # a level of indentation each: its line's brackets, is it a body
    around: tuple[str, ...] = ()
    rest = iter(text.split("\n"))
    for raw in rest:
        line = _scan(raw.strip(_BLANKS), around)
        if not line.is_whole:
            line = _with_its_comment(raw.lstrip(_BLANKS), rest, around)
        around = line.around
        if line.change < 0:
            _dedent(opened, -line.change)
        in_body = not opened or opened[-1][1]
        lead = (line.head if in_body else "") or line.lead
        lead = f"{'  ' * len(opened)}{lead}" if lead else ""
        if line.change > 0:
            opened.append((line.change, in_body and bool(line.head)))
        if line.comment:
            comments[len(lines) + len(run)] = line.comment
        if line.assigned:
            run.append((lead, (line.bare if in_body else "") or line.assigned))
            continue
        if run:
            lines += _aligned(run)
            run.clear()
        lines.append(lead)
    lines += _aligned(run)
    for group in _side_by_side(comments):
        said = [(lines[index], comments[index]) for index in group]
        lines[group[0] : group[-1] + 1] = _aligned(said)
    return "\n".join(lines), not opened and not around


def _with_its_comment(first: str, following: Iterator[str], around: tuple[str, ...]) -> _Line:
    """A line with those after it that its comments go on in; if one never ends, with all of them."""
    text = first
    for more in following:
        text += f"\n{more}"
        if "*/" in more and (line := _scan(text.rstrip(_BLANKS), around)).is_whole:
            return line
    return _Line(text)


def _dedent(opened: list[tuple[int, bool]], closed: int) -> None:
    """Take `closed` brackets off the levels of indentation; a level is gone when all of its are closed."""
    while closed > 0 and opened:
        level, is_body = opened.pop()
        if closed < level:
            opened.append((level - closed, is_body))
        closed -= level


def _side_by_side(numbers: Sequence[int] | dict[int, str]) -> Iterator[list[int]]:
    """Rising numbers in groups without gaps."""
    group: list[int] = []
    for number in numbers:
        if group and number != group[-1] + 1:
            yield group
            group = []
        group.append(number)
    if group:
        yield group


def _aligned(cells: Sequence[tuple[str, str]]) -> list[str]:
    """Lines of two cells each, the second ones in one column."""
    widths = [_columns(left) for left, _ in cells]
    widest = max(widths, default=0)
    return [
        f"{left}{' ' * (widest - width)} {right}" for (left, right), width in zip(cells, widths, strict=True)
    ]


def _columns(text: str) -> int:
    """How many characters a reader sees: those that only change or join others are none of their own."""
    if text.isascii():
        return len(text)
    count, before = 0, ""
    for char in text:
        is_mark = unicodedata.category(char) in {"Mn", "Me", "Mc"} or char == _JOINER or char in _SKINS
        is_joined = before == _JOINER and not char.isalpha()
        is_flag = before in _FLAGS and char in _FLAGS
        count += not (is_mark or is_joined or is_flag)
        before = "" if is_flag else char
    return count


# A line ----------------------------------------------------------------------------------------------


@lru_cache(maxsize=8192)
def _scan(text: str, around: tuple[str, ...]) -> _Line:
    """Read a line, with what its text stands in."""
    if not around and (ready := _READY.fullmatch(text)):
        if ready["lead"]:
            return _Line(ready["lead"], ready["assigned"])
        return _Line(text, change=0 if text[:1] == "#" else -len(text))
    tokens, around, is_whole = _tokens(text, around)
    if not is_whole:
        return _Line(is_whole=False)
    kinds = [kind for kind, _ in tokens]
    comment = tokens.pop()[1] if len(tokens) > 1 and kinds[-1] == "comment" else ""
    changes = [_BRACKETS.get(kind, 0) for kind in kinds]
    change = sum(changes)
    equals = kinds.index("=", 1) if "=" in kinds[1:] else 0
    if equals and not sum(changes[equals:]):
        lead, assigned = tokens[:equals], tokens[equals:]
        bare = _spaced(_unwrapped(assigned))
        return _Line(_spaced(lead), _spaced(assigned), comment, "", bare, change, around)
    return _Line(_spaced(tokens), "", comment, _head(tokens), "", change, around)


def _tokens(text: str, around: tuple[str, ...]) -> tuple[list[_Token], tuple[str, ...], bool]:
    """A line's tokens, what the next line stands in, and whether no comment goes on there."""
    tokens: list[_Token] = []
    opened = list(around)  # `"` a text, `$` code in it, `{` a brace in that code
    in_text, at = False, 0
    while match := (_TEXT if in_text else _CODE).match(text, at):
        kind = match.lastgroup or ""
        said, at = match[kind], match.end()
        if kind == "begun":
            return [], (), False
        if kind == "sign":
            kind = said
            if opened and said == "{":
                opened.append("{")
            elif opened and said == "}" and opened.pop() == "$":
                kind, in_text = "end", True
        elif kind == "end":
            in_text = bool(opened) and opened.pop() == "$"
        elif kind == "start":
            opened.append("$")
            in_text = False
        elif kind == "quote":
            in_text = not in_text
            if in_text:
                opened.append('"')
            else:
                opened.pop()
                kind = "closing"
        tokens.append((kind, said))
    return tokens, () if in_text else tuple(opened), True


def _head(tokens: Sequence[_Token]) -> str:
    """What a block begins with, its labels in quotes; empty where a line is something else."""
    brace = next((index for index, (kind, _) in enumerate(tokens) if kind == "{"), 0)
    kinds = {kind for kind, _ in tokens[:brace]}
    if not brace or tokens[0][0] != "name" or not kinds <= {"name", "text"}:
        return ""
    labels = [("text", said if kind == "text" else f'"{said}"') for kind, said in tokens[1:brace]]
    name, assigned, end = tokens[brace : brace + 2], tokens[brace + 2 : -1], tokens[-1:]
    if len(assigned) > 1 and assigned[0][0] == "=" and end[0][0] == "}":  # a block on one line
        return _spaced([tokens[0], *labels, *name, *(_unwrapped(assigned) or assigned), *end])
    return _spaced([tokens[0], *labels, *tokens[brace:]])


def _unwrapped(assigned: Sequence[_Token]) -> list[_Token]:
    """An assigned value without `"${` and `}"` around it; nothing where it does not have them."""
    kinds = [kind for kind, _ in assigned]
    while kinds[-1] == "aside":
        kinds.pop()
    value, asides = assigned[1 : len(kinds)], assigned[len(kinds) :]
    if kinds[1:3] != ["quote", "start"] or kinds[-2:] != ["end", "closing"] or assigned[2][1][0] != "$":
        return []
    depth = 0
    for kind in kinds[3:-2]:
        depth += (kind == "quote") - (kind == "closing")
        if not depth and kind in {"start", "end", "chunk"}:
            return []
    return [assigned[0], *value[2:-2], *asides]


def _spaced(tokens: Sequence[_Token]) -> str:
    """Tokens with the spaces between them."""
    parts: list[str] = []
    before = last = ""
    for kind, said in tokens:
        if parts and _has_space(before, "in" if parts[-1] == "in" and last == "name" else last, kind):
            parts.append(" ")
        parts.append(said)
        before, last = last, kind
    return "".join(parts)


@cache
def _has_space(before: str, kind: str, after: str) -> bool:
    """Whether a space stands behind a token, by its kind and those of the tokens before and after it."""
    is_in = kind == "in"  # `for x in [y]`, where no list's index follows
    kind = "name" if is_in else kind
    if after == "(" and kind == "name":
        return False
    if "." in (kind, after) or ("::" in (kind, after) and "name" in (kind, after)) or after in {",", "..."}:
        return False
    if kind == ",":
        return True
    if kind in {"chunk", "quote"} or after in {"chunk", "closing"}:
        return False
    if is_in and before == "name":
        return True
    if after == "[" and (kind in {"name", "number"} or _BRACKETS.get(kind, 0) < 0):
        return False
    if kind == "!":
        return False
    if kind == "-":
        return before not in _NO_VALUE
    if kind == "{" or after == "}":
        return (kind, after) != ("{", "}")
    if (kind, after) == ("start", "{") or (kind, after) == ("}", "end"):
        return True
    if (kind, after) == ("end", "start"):
        return False
    return _BRACKETS.get(kind, 0) <= 0 and _BRACKETS.get(after, 0) >= 0
