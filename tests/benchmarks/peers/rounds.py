"""Contestants → how long each takes beside tfgen, in rounds: in each of them everyone has a turn, with a run
of tfgen just before it, so that what slows the machine for a while slows both.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.benchmarks.peers import environments
from tests.benchmarks.peers.contestants import PEERS, TFGEN
from tests.benchmarks.peers.environments import Environment, Missing
from tests.benchmarks.peers.peer import Call, Form, Peer, names
from tests.benchmarks.peers.results import Measured, Results, machine
from tests.benchmarks.peers.written import Written, texts, written
from tests.benchmarks.timing import run

_RARELY = 3  # a slow peer's turn comes in every third round


class Contestant(NamedTuple):
    """A peer that is ready: installed, and with its sources below a folder."""

    peer: Peer
    environment: Environment
    folder: Path

    def alone(self) -> float:
        """Seconds for one function, by the command that people call."""
        return self._run(1, by_tool=True)

    def further(self) -> float:
        """Seconds for one more function in the same process."""
        count = self.peer.further
        return (self._run(1 + count) - self._run(1)) / count

    def written(self) -> Written:
        """What it writes for one function, before anything is measured: afterwards all caches are filled."""
        for count in sorted({1, 1 + self.peer.further}, reverse=True):
            sources = self._sources(count)
            sources.mkdir(parents=True)
            self.peer.prepare(sources, self._modules(count), count)
            self._run(count)
        self._run(1, by_tool=True)
        output = self.folder / "output"
        return written(output, self.peer.form) if output.exists() else Written(0, 0, 0, 0)

    def _sources(self, count: int) -> Path:
        return self.folder / f"for {count}"

    def _modules(self, count: int) -> Path:
        return self.folder.parent / f"modules {count}"

    def _run(self, count: int, by_tool: bool = False) -> float:
        output = self.folder / "output"
        shutil.rmtree(output, ignore_errors=True)
        call = Call(self.environment.bin, self._sources(count), output, count)
        line = self.peer.tool if by_tool and self.peer.tool else self.peer.program
        seconds = run(line(call), self.folder, environments.variables()).seconds
        self._look(output, count)
        return seconds

    def _look(self, output: Path, count: int) -> None:
        """A run that did not write what it should is no measurement."""
        if self.peer.form is Form.NOTHING:
            return
        found = texts(output)
        if self.peer.is_tfgens and self.peer is not TFGEN:
            assert found == texts(self._modules(count)), f"{self.peer.title} wrote other files than tfgen"
        everything = "\n".join(found.values())
        for name in names(count):
            assert name in everything, f"{self.peer.title} wrote nothing about {name}"
        resources = written(output, self.peer.form).resources
        assert resources >= 3 * count, f"{self.peer.title} wrote {resources} resources for {count} functions"


def measured(rounds: int, minutes: float, wanted: Iterable[str] = ()) -> Results:
    """Set up who is wanted, else everyone, and measure. No round is begun after that many minutes."""
    environments.FOLDER.mkdir(parents=True, exist_ok=True)
    tfgen = environments.tfgen()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        peers = [peer for peer in PEERS if not wanted or peer.key in {TFGEN.key, *wanted}]
        _render(tfgen, folder, {1, *(1 + peer.further for peer in peers)})
        ready, missing = _ready(peers, tfgen, folder)
        outputs = _tried(ready, missing)
        ready = [one for one in ready if one.peer.key in outputs]
        ratios: dict[str, tuple[list[float], list[float]]] = {one.peer.key: ([], []) for one in ready}
        end = time.monotonic() + 60 * minutes
        for number in range(rounds):
            if number and time.monotonic() > end:
                break
            _say(f"round {number + 1} of {rounds}")
            for one in ready:
                if one.peer.is_slow and number % _RARELY:
                    continue
                alone, further = ratios[one.peer.key]
                alone += _ratio(ready[0].alone(), one.alone())
                further += _ratio(ready[0].further(), one.further()) if one.peer.further else ()
    found = {
        one.peer.key: Measured(one.environment.versions, outputs[one.peer.key], tuple(alone), tuple(further))
        for one, (alone, further) in zip(ready, ratios.values(), strict=True)
    }
    return Results(machine(environments.node()), found, missing)


def _render(tfgen: Environment, folder: Path, counts: Iterable[int]) -> None:
    """tfgen's modules, of which templates are made, and which their files are held to."""
    for count in counts:
        sources = folder / f"specs {count}"
        sources.mkdir()
        TFGEN.prepare(sources, folder, count)
        call = Call(tfgen.bin, sources, folder / f"modules {count}", count)
        run(TFGEN.program(call), folder, environments.variables())


def _ready(
    peers: Iterable[Peer], tfgen: Environment, folder: Path
) -> tuple[list[Contestant], dict[str, str]]:
    ready, missing = [], {}
    for peer in peers:
        name = peer.environment or peer.key
        try:
            environment = tfgen if name == TFGEN.key else environments.installed(name)
        except Missing as reason:
            missing[peer.key] = str(reason)
            _say(f"{peer.title} is left out: {reason}")
        else:
            ready.append(Contestant(peer, environment, folder / peer.key))
    return ready, missing


def _tried(ready: Iterable[Contestant], missing: dict[str, str]) -> dict[str, Written]:
    """What each writes. Who fails is left out; that tfgen itself does would leave nothing to measure."""
    outputs = {}
    for one in ready:
        try:
            outputs[one.peer.key] = one.written()
        except (RuntimeError, AssertionError) as error:
            if one.peer is TFGEN:
                raise
            missing[one.peer.key] = "what it ran here failed"
            _say(f"{one.peer.title} is left out: {error}")
    return outputs


def _ratio(ours: float, theirs: float) -> Iterator[float]:
    """Theirs as a multiple of ours, unless noise was more than what was measured."""
    if ours > 0 and theirs > 0:
        yield float(f"{theirs / ours:.3g}")


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
