"""Results → `docs/performance.svg`: for each contestant a point at the median, a line between quartiles."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from html import escape

from tests.benchmarks.peers.contestants import TFGEN
from tests.benchmarks.peers.page import in_order, times
from tests.benchmarks.peers.peer import Peer
from tests.benchmarks.peers.results import Results
from tests.benchmarks.timing import ROOT, spread

PICTURE = ROOT / "docs" / "performance.svg"

_WIDTH, _LEFT, _RIGHT = 860, 330, 60  # pixels; the names stand left of the plot, the figures right of it
_ROW, _HEAD = 26, 58
_TICKS = [digit * 10.0**power for power in range(-4, 5) for digit in (1, 2, 5)]
_PANELS = {
    "alone": "One function, from the start of the process to its end",
    "further": "Each further function in the same process",
}

# Viewers don't say whether the page around a picture is dark, so it brings its own ground.
_STYLE = """
  svg { color-scheme: light dark }
  .ground { fill: #ffffff; stroke: #d0d7de }
  text { font: 13px system-ui, sans-serif; fill: #1f2328 }
  .title { font-weight: 600 }
  .faint { font-size: 11px; fill: #59636e }
  .grid { stroke: #d8dee4 }
  .one { stroke: #0969da; stroke-width: 1.5 }
  .spread { stroke: #59636e; stroke-width: 3; stroke-linecap: round }
  .point { fill: #59636e }
  .tfgen { fill: #0969da; stroke: none }
  text.tfgen { font-weight: 600 }
  @media (prefers-color-scheme: dark) {
    .ground { fill: #0d1117; stroke: #3d444d }
    text { fill: #f0f6fc }
    .faint { fill: #9198a1 }
    .grid { stroke: #2a313c }
    .one { stroke: #4493f8 }
    .spread { stroke: #9198a1 }
    .point { fill: #9198a1 }
    .tfgen { fill: #4493f8 }
  }
"""


def picture(results: Results) -> str:
    """The picture's text."""
    parts: list[str] = []
    top = 10
    for which, title in _PANELS.items():
        rows = [(peer, getattr(one, which)) for peer, one in in_order(results) if getattr(one, which)]
        parts += _panel(title, rows, top)
        top += _HEAD + _ROW * len(rows) + 30
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" width="{_WIDTH}" '
            f'height="{top}" role="img">',
            "<title>Times beside tfgen's</title>",
            f"<style>{_STYLE}</style>",
            f'<rect class="ground" x="0.5" y="0.5" width="{_WIDTH - 1}" height="{top - 1}" rx="6"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _panel(title: str, rows: Sequence[tuple[Peer, Sequence[float]]], top: int) -> Iterator[str]:
    """One scale, logarithmic, with tfgen at 1; left of it is faster."""
    spreads = [spread(ratios) for _, ratios in rows]
    ticks = _ticks(min(one.low for one in spreads), max(one.high for one in spreads))
    x = _scale(ticks[0], ticks[-1])
    first = top + _HEAD
    bottom = first + _ROW * len(rows)
    yield _text("title", 16, top + 18, title)
    yield _text("faint", 16, top + 36, "as a multiple of tfgen's time; median and quartiles")
    for tick in ticks:
        kind = "one" if tick == 1 else "grid"
        yield f'<line class="{kind}" x1="{x(tick)}" x2="{x(tick)}" y1="{first - 6}" y2="{bottom}"/>'
        yield _text("faint", x(tick), first - 12, f"{tick:g}", anchor="middle")
    for number, ((peer, _), (low, median, high)) in enumerate(zip(rows, spreads, strict=True)):
        y = first + _ROW * number + _ROW // 2
        own = "tfgen" if peer is TFGEN else "peer"
        yield _text(own, _LEFT - 24, y + 4, peer.title, anchor="end")
        yield f'<line class="spread" x1="{x(low)}" x2="{x(high)}" y1="{y}" y2="{y}"/>'
        yield f'<circle class="point {own}" cx="{x(median)}" cy="{y}" r="5"/>'
        yield _text(own, _WIDTH - 16, y + 4, times(median), anchor="end")


def _text(kind: str, x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _ticks(low: float, high: float) -> list[float]:
    """The marks of a scale that holds both, and 1."""
    below = max(tick for tick in _TICKS if tick <= min(low, 1))
    above = min(tick for tick in _TICKS if tick >= max(high, 1))
    return [round(tick, 6) for tick in _TICKS if below <= tick <= above]


def _scale(low: float, high: float) -> Callable[[float], float]:
    width = _WIDTH - _LEFT - _RIGHT - 10

    def x(ratio: float) -> float:
        return round(_LEFT + width * math.log(ratio / low) / math.log(high / low), 1)

    return x
