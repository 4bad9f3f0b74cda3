"""`make bench-peers`: measures tfgen beside its peers, keeps the figures, and draws them.

With `--redraw`, the page and the picture are made anew of the figures that were kept last.
"""

from __future__ import annotations

import argparse

from tests.benchmarks.peers.contestants import PEERS
from tests.benchmarks.peers.page import PAGE, page
from tests.benchmarks.peers.picture import PICTURE, picture
from tests.benchmarks.peers.results import load, save
from tests.benchmarks.peers.rounds import measured


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="how often each has a turn (default: 9)")
    parser.add_argument("--minutes", type=float, default=8, help="no round begins after these (default: 8)")
    parser.add_argument(
        "--only",
        choices=[peer.key for peer in PEERS],
        nargs="+",
        default=[],
        help="show these, and keep nothing",
    )
    parser.add_argument("--redraw", action="store_true", help="measure nothing")
    asked = parser.parse_args()
    results = load() if asked.redraw else measured(asked.rounds, asked.minutes, asked.only)
    if asked.only:
        print(page(results, ""))
        return
    save(results)
    PAGE.write_text(page(results, PAGE.read_text()))
    PICTURE.write_text(picture(results))


if __name__ == "__main__":
    main()
