"""How a run went, as Markdown for the page of a GitHub Actions run."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tfgen.codes import CODES
from tfgen.diagnostics import Findings

_MOST = 100  # rows; a page takes a megabyte, and nobody reads more


def text(total: str, found: Sequence[Findings], lines: Sequence[str]) -> str:
    """A heading, what there is to say in a line, and a table of findings by code or a list of modules."""
    said = [f"### tfgen\n\n{total}\n"]
    codes = Counter(one.code for findings in found for one in findings.diagnostics)
    if codes:
        said.append("\n| Code | Findings | |\n| --- | --- | --- |\n")
        said += [f"| {code} | {number} | {CODES[code].summary} |\n" for code, number in sorted(codes.items())]
    if lines:
        # Fenced, for a path is no Markdown; none of the lines begins with one, and so could end the fence.
        more = [f"… and {len(lines) - _MOST} more\n"] if len(lines) > _MOST else []
        said += ["\n```text\n", *(f"{line}\n" for line in lines[:_MOST]), *more, "```\n"]
    return "".join(said)
