"""`make bench`, the part about many specs: the real command over a thousand and ten thousand of them.

Ratios are taken within one run; times are printed for orientation and hold for one machine and one moment.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.examples import varied
from tests.benchmarks.timing import Took, run

FEW, MANY = 1_000, 10_000
FULL_GOAL, UNCHANGED_GOAL = 2.0, 0.5  # ms a spec, on two cores


def tfgen(folder: Path, *arguments: str) -> Took:
    """Run the command and wait for it."""
    return run([Path(sys.executable).with_name("tfgen"), *arguments], folder)


def written(folder: Path, count: int) -> list[Path]:
    """The examples, varied: as many specs of a project."""
    specs = folder / "specs"
    specs.mkdir(parents=True)
    (folder / "tfgen.yaml").write_text("defaults: {tags: {Team: shop}}\npolicy: {required_tags: [Team]}\n")
    paths = []
    for number, text in enumerate(varied(count)):
        text += "description: of the shop\n" if "\ndescription:" not in text else ""
        paths.append(specs / f"s{number}.yaml")
        paths[-1].write_text(text)
    return paths


def runs(folder: Path, paths: list[Path], jobs: str) -> Iterator[tuple[str, Took]]:
    """What a team does with its project, one after the other."""
    output = f"out{jobs}"
    yield "all written", tfgen(folder, "render", "-j", jobs, "-o", output)
    yield "nothing changed", tfgen(folder, "render", "-j", jobs, "-o", output)
    yield "checked", tfgen(folder, "render", "--check", "-j", jobs, "-o", output)
    paths[0].write_text(paths[0].read_text().replace("shop", f"shop {jobs}"))
    yield "one changed", tfgen(folder, "render", "-j", jobs, "-o", output)


def main() -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "few")
        paths = written(folder, FEW)
        tfgen(folder, "render", "-o", "warm", str(paths[0]))
        one = dict(runs(folder, paths, "1"))
        two = dict(runs(folder, paths, "2"))
        print(
            f"{FEW:,} specs, ms a spec with -j 1 and -j 2 "
            f"(goals: {FULL_GOAL} all written, {UNCHANGED_GOAL} nothing changed)"
        )
        for what, took in one.items():
            other = two[what]
            print(
                f"  {what:<16} {took.seconds / FEW * 1000:6.2f} {other.seconds / FEW * 1000:6.2f}"
                f"   -j 2 is {took.seconds / other.seconds:.2f} times as fast; {took.memory:.0f} MiB"
            )
        folder = Path(temporary, "many")
        written(folder, MANY)
        many = tfgen(folder, "render", "-j", "1", "-o", "out")
        again = tfgen(folder, "render", "-j", "1", "-o", "out")
        few, few_again = one["all written"], one["nothing changed"]
        print(
            f"{MANY:,} specs take {many.seconds / few.seconds:.1f} times as long as {FEW:,} "
            f"(unchanged {again.seconds / few_again.seconds:.1f}), "
            f"with {many.memory / few.memory:.2f} times the memory ({many.memory:.0f} MiB)"
        )


if __name__ == "__main__":
    main()
