"""Results → the part of `docs/performance.md` that figures are in: two tables, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tests.benchmarks.peers.contestants import PEERS, TFGEN
from tests.benchmarks.peers.peer import Form, Peer
from tests.benchmarks.peers.results import Measured, Results
from tests.benchmarks.timing import ROOT, spread

PAGE = ROOT / "docs" / "performance.md"
START, END = (
    "<!-- measured: `make bench-peers` writes what follows -->\n",
    "<!-- end of what is measured -->\n",
)
_LEADS = {"alone": "For one function", "further": "For each further one"}


def page(results: Results, before: str) -> str:
    """The page with its measured part replaced; what stands around it is written by hand."""
    head, _, rest = before.partition(START)
    _, _, tail = rest.partition(END)
    return head + START + "\n" + "\n".join(_measured(results)) + "\n" + END + tail


def in_order(results: Results) -> list[tuple[Peer, Measured]]:
    """Who was measured, the fastest for one function first."""
    found = [(peer, results.measured[peer.key]) for peer in PEERS if peer.key in results.measured]
    return sorted(found, key=lambda one: spread(one[1].alone).median)


def times(ratio: float) -> str:
    """A ratio with as many digits as say something."""
    return f"{ratio:.0f}" if ratio >= 10 else f"{ratio:.2f}"


def _measured(results: Results) -> Iterator[str]:
    found = in_order(results)
    yield "| | One function | Each further one | Rounds |"
    yield "| --- | --- | --- | --- |"
    for peer, one in found:
        title = f"**{peer.title}**" if peer is TFGEN else peer.title
        yield f"| {title} | {_shown(one.alone)} | {_shown(one.further)} | {len(one.alone)} |"
    yield ""
    for which, lead in _LEADS.items():
        yield _standing(lead, [(peer, getattr(one, which)) for peer, one in found])
        yield ""
    yield "What each wrote for the one function:"
    yield ""
    yield "| | Version | Writes | Files | Lines | KB | Resources | Validates |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for peer, one in found:
        yield _row(peer, one)
    yield ""
    titles = {peer.key: peer.title for peer in PEERS}
    for key, reason in results.missing.items():
        yield f"{titles[key]} was not measured: {reason}."
        yield ""
    facts = [f"{what}: {value}" for what, value in results.machine.items()]
    yield f"The machine: {', '.join(facts)}."
    yield ""


def _shown(ratios: Sequence[float]) -> str:
    if not ratios:
        return ""
    low, median, high = map(times, spread(ratios))
    return f"{median} ({low} to {high})"


def _standing(lead: str, found: Sequence[tuple[Peer, Sequence[float]]]) -> str:
    """Whom tfgen is ahead of and whom not. Within what tfgen differs from itself by, it is neither."""
    noise = next(spread(ratios) for peer, ratios in found if peer is TFGEN)
    ahead: list[str] = []
    level: list[str] = []
    behind: list[str] = []
    for peer, ratios in found:
        if ratios and not peer.is_floor and peer is not TFGEN:
            low, _, high = spread(ratios)
            is_ahead, is_behind = low > max(1, noise.high), high < min(1, noise.low)
            (ahead if is_ahead else behind if is_behind else level).append(peer.title)
    said = [
        f"{what} {', '.join(titles)}"
        for what, titles in (("ahead of", ahead), ("as fast as", level), ("**not** ahead of", behind))
        if titles
    ]
    return f"{lead}, tfgen is {'; '.join(said)}."


def _row(peer: Peer, one: Measured) -> str:
    versions = ", ".join(
        version if len(one.versions) == 1 else f"{name} {version}" for name, version in one.versions.items()
    )
    size = one.written
    cells = [str(size.files), f"{size.lines:,}", f"{size.bytes / 1000:.1f}", str(size.resources)]
    if peer.form is Form.NOTHING:
        cells = [""] * len(cells)
    shown = [peer.title, "" if peer.is_floor else versions, peer.form.value, *cells, peer.checks]
    return f"| {' | '.join(shown)} |"
