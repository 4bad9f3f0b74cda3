"""HCL as people write it by hand: every form that an expression and a body may have, with blanks, line breaks
and comments wherever those may stand. Only whether it is HCL matters, not what it means."""

from __future__ import annotations

from hypothesis import strategies as st

_blanks = st.sampled_from(("", " ", " ", "  ", "\t"))
_blank = st.sampled_from((" ", " ", "   ", " \t"))
#: Between brackets, where a line may end.
_gaps = st.sampled_from(("", "", " ", "  ", "\n", "\n\n  ", " # why\n", "\n    // so\n\t", " /* there */ "))
_names = st.sampled_from(
    (
        "a",
        "bb",
        "long_name",
        "x1",
        "with-dash",
        "größe",
        "名前",
        "in1",
        "for_each",
        "type",
        "forty",
        "e\u0301a",
    )
)
_references = st.sampled_from(
    (
        *("var.a", "local . b", "aws_x.this.arn", "each.value", "var.list [0]", "var.list[ * ].id"),
        *("var.list.*.id", 'var.map["a b"]', "data.aws_x.y[count.index] .z", "self", "module.m.out.0"),
    )
)
_chunks = st.sampled_from(
    (
        "a",
        " ",
        "=",
        "{ }",
        '\\"',
        "\\n",
        "$${x}",
        "%%{x}",
        "$ ",
        "% ",
        "# no comment",
        "//",
        "/*",
        "é",
        "😀",
        "[",
    )
)
_operators = st.sampled_from(("+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">", ">=", "&&", "||"))


@st.composite
def _texts(draw: st.DrawFn, depth: int) -> str:
    """A quoted text, with code in it."""
    parts = []
    for _ in range(draw(st.integers(0, 4))):
        kind = draw(st.integers(0, 5))
        if kind < 4 or depth > 2:
            parts.append(draw(_chunks))
        elif kind == 4:
            left, right = draw(st.sampled_from(("", "~"))), draw(st.sampled_from(("", "~")))
            inner = f"{draw(_blanks)}{draw(_values(depth + 1))}{draw(_blanks)}"
            parts.append(f"${{{left}{inner}{right}}}")
        else:
            condition = draw(_references)
            parts.append(f"%{{ if {condition}{draw(_blank)}}}{draw(_chunks)}%{{ else ~}}b%{{endif}}")
    return '"' + "".join(parts) + '"'


@st.composite
def _values(draw: st.DrawFn, depth: int = 0) -> str:
    """An expression on one line or, between brackets, on several."""
    kind = draw(st.integers(0, 4 if depth > 3 else 16))
    if kind == 0:
        return draw(st.sampled_from(("true", "null", "0", "12", "1.5", "1e3", "2.5E-4")))
    if kind in {1, 2}:
        return draw(_references)
    if kind in {3, 4}:
        return draw(_texts(depth))
    inner = _values(depth + 1)
    if kind in {5, 6}:
        return draw(_calls(depth))
    if kind in {7, 8}:
        return draw(_lists(depth))
    if kind in {9, 10}:
        return draw(_objects(depth))
    if kind == 11:
        return draw(_loops(depth))
    gap, blank = draw(_gaps), draw(_blanks)
    if kind == 12:
        return f"({gap}{draw(inner)}{draw(_gaps)})"
    if kind == 13:
        return f"{draw(st.sampled_from(('!', '-')))}{blank}{draw(_references)}"
    if kind == 14:
        whole = draw(inner), draw(inner), draw(inner)
        return f"{whole[0]}{blank}?{draw(_blanks)}{whole[1]}{blank}:{draw(_blank)}{whole[2]}"
    if kind == 15:
        first, second, third = draw(inner), draw(inner), draw(inner)
        then, otherwise = (f"{draw(_gaps)}{sign}{draw(_gaps)}" for sign in "?:")
        return f"({gap}{first}{then}{second}{otherwise}{third}{gap})"
    # Where names may hold a dash, blanks tell it from a minus.
    return f"{draw(inner)} {draw(_operators)} {draw(inner)}"


@st.composite
def _calls(draw: st.DrawFn, depth: int) -> str:
    name = draw(st.sampled_from(("f", "merge", "provider::aws::arn_parse", "json_encode")))
    arguments = draw(st.lists(_values(depth + 1), max_size=3))
    separator = f"{draw(_gaps)},{draw(_gaps)}"
    last = draw(st.sampled_from(("", "", ",", "..."))) if arguments else ""
    return f"{name}{draw(_blanks)}({draw(_gaps)}{separator.join(arguments)}{last}{draw(_gaps)})"


@st.composite
def _lists(draw: st.DrawFn, depth: int) -> str:
    items = draw(st.lists(_values(depth + 1), max_size=3))
    separator = f"{draw(_gaps)},{draw(_gaps)}"
    last = draw(st.sampled_from(("", ","))) if items else ""
    return f"[{draw(_gaps)}{separator.join(items)}{last}{draw(_gaps)}]"


@st.composite
def _objects(draw: st.DrawFn, depth: int) -> str:
    keys = st.one_of(
        _names,
        _texts(3),
        st.sampled_from(("(var.a)", "( local.b )", '"${var.a}-x"', "1")),
    )
    entries = []
    for _ in range(draw(st.integers(0, 4))):
        sign = draw(st.sampled_from(("=", "=", ":")))
        entry = f"{draw(keys)}{draw(_blanks)}{sign}{draw(_blanks)}{draw(_values(depth + 1))}"
        entries.append(entry)
    if draw(st.booleans()):
        return "{" + draw(_blanks) + f"{draw(_blanks)}, ".join(entries) + draw(_blanks) + "}"
    ends = st.sampled_from(("\n", ",\n", " # why\n", ", // so\n", "\n\n", " /* there */\n", "\n# alone\n"))
    return "{\n" + "".join(f"{draw(_blanks)}{entry}{draw(ends)}" for entry in entries) + draw(_blanks) + "}"


@st.composite
def _loops(draw: st.DrawFn, depth: int) -> str:
    gap, over = draw(_gaps), draw(_values(depth + 1))
    test = draw(st.sampled_from(("", "", " if a != null", " if[true][0]", "\nif f(a)\n")))
    if draw(st.booleans()):
        return (
            f"[{gap}for a in{draw(_blank)}{over}{draw(_blanks)}:{gap}{draw(_values(depth + 1))}{test}{gap}]"
        )
    group = draw(st.sampled_from(("", "...")))
    value = f"a{draw(_blanks)}=>{draw(_blanks)}{draw(_values(depth + 1))}{group}"
    return f"{{{gap}for a,{draw(_blanks)}b in {over} :{draw(_gaps)}{value}{test}{gap}}}"


def _is_kept(value: str) -> bool:
    """Whether a value is none that fmt() leaves as it is, as it says: code in quotes, over several lines."""
    return "\n" not in value or not (value.startswith('"${') and value.endswith('}"'))


_assigned = _values().filter(_is_kept)


@st.composite
def bodies(draw: st.DrawFn, depth: int = 0) -> str:
    """The lines of a file or of a block's body, indented somehow."""
    lines = []
    for number in range(draw(st.integers(0, 7))):
        name = f"{draw(_names)}{number}"
        kind = draw(st.integers(0, 11))
        behind = draw(st.sampled_from(("", "", "", " # why", "  // so", "\t/* there */", " #")))
        if kind < 6:
            lines.append(f"{name}{draw(_blanks)}={draw(_blanks)}{draw(_assigned)}{behind}")
        elif kind == 6:
            lines.append(draw(st.sampled_from(("", "", "# alone", "// x = 1", "/* a\n    b = 1\n */", "#"))))
        elif kind == 7:
            inner = draw(st.sampled_from(("", f"{name}{draw(_blanks)}={draw(_blanks)}{draw(_references)}")))
            lines.append(f"{name}{draw(_labels())}{{{draw(_blanks)}{inner}{draw(_blanks)}}}{behind}")
        elif depth < 3:
            inner = draw(bodies(depth + 1))
            lines.append(f"{name}{draw(_labels())}{{{behind}\n{inner}{draw(_blanks)}}}{draw(_blanks)}")
    return "".join(f"{draw(_blanks)}{line}\n" for line in lines)


@st.composite
def _labels(draw: st.DrawFn) -> str:
    labels = draw(st.lists(st.sampled_from(('"a"', '"b c"', "plain", '"${x"')), max_size=2))
    return "".join(f" {label}{draw(_blanks)}" for label in labels if label != '"${x"') + draw(_blanks)
