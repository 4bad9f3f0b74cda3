"""`make bench`: how long tfgen takes to start and to render, as ratios to a floor taken in the same run.

The floor of start-up is an interpreter that imports the same libraries. Absolute times are printed for
orientation; they hold for one machine and one moment.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path

from tests.benchmarks.examples import varied
from tests.benchmarks.timing import ROOT, run, spread

FLOOR = "import typer, pydantic, jinja2, yaml"
RUNS = 15
SPECS = 1_000


def timed(run: Callable[[], object]) -> float:
    """Seconds of wall time."""
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def start_up() -> None:
    """Cold starts, taken in turns so that both see the same noise."""
    tfgen = Path(sys.executable).with_name("tfgen")
    with tempfile.TemporaryDirectory() as folder:
        render: list[str | Path] = [tfgen, "render", ROOT / "specs" / "lambda.yaml", "-o", folder]
        floor: list[str | Path] = [sys.executable, "-c", FLOOR]
        run(render)
        pairs = [(run(render).seconds, run(floor).seconds) for _ in range(RUNS)]
    low, median, high = spread([ours / theirs for ours, theirs in pairs])
    print(
        f"cold `tfgen render specs/lambda.yaml` / `python -c '{FLOOR}'`: "
        f"{median:.2f} (of {RUNS} pairs, half from {low:.2f} to {high:.2f}; "
        f"{statistics.median(ours for ours, _ in pairs) * 1000:.0f} ms / "
        f"{statistics.median(theirs for _, theirs in pairs) * 1000:.0f} ms); goal 1.30"
    )


def throughput() -> None:
    """Distinct specs from their bytes to files on disk, in one process on one core."""
    from tfgen.plan import plan
    from tfgen.render import render
    from tfgen.source import load
    from tfgen.spec import read_spec
    from tfgen.write import RenderedModule, write

    def one(path: Path, output: Path) -> None:
        document = load(path)
        module = plan(read_spec(document), document.path)
        write(output, [RenderedModule(module.name, render(module))])

    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, text in enumerate(varied(SPECS)):
            path = Path(folder, "specs", f"spec-{number}.yaml")
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
            paths.append(path)
        output = Path(folder, "modules")

        def every() -> None:
            for path in paths:
                one(path, output)

        one(paths[0], output)
        fresh = timed(every)
        again = timed(every)
        loading = timed(lambda: [load(path) for path in paths])
        print(
            f"{SPECS:,} distinct specs: {fresh / SPECS * 1000:.2f} ms a spec written anew (goal 3), "
            f"{again / SPECS * 1000:.2f} with nothing changed; "
            f"{fresh / loading:.1f} and {again / loading:.1f} times loading their YAML alone"
        )
        tracemalloc.start()
        marks = []
        for start in range(0, SPECS, SPECS // 4):
            for path in paths[start : start + SPECS // 4]:
                one(path, output)
            marks.append(tracemalloc.get_traced_memory()[0] / 2**20)
        tracemalloc.stop()
        print(
            f"memory held after each quarter of them: {', '.join(f'{mark:.1f}' for mark in marks)} MiB more"
        )


def rules() -> None:
    """All rules on the specs of about 60 lines, beside loading them and holding them to the models."""
    from datetime import date

    from tfgen.source import load
    from tfgen.spec import Spec, lifecycle
    from tfgen.spec.advice import advise
    from tfgen.spec.checks import check

    found = []
    for path in sorted((ROOT / "specs").glob("*.yaml")):
        if 50 <= len(path.read_text().splitlines()) <= 70:
            data = {"name": path.stem, **load(path).data}
            spec, today = Spec.model_validate(data), date.today()

            def asked(spec: Spec = spec, today: date = today) -> None:
                [*check(spec), *lifecycle.check(spec, today), *advise(spec)]

            def read(path: Path = path, data: dict[str, object] = data) -> None:
                load(path)
                Spec.model_validate(data)

            asked()
            read()
            pairs = [(timed(asked), timed(read)) for _ in range(RUNS)]
            found.append((min(rules for rules, _ in pairs), min(reading for _, reading in pairs)))
    slowest, mean = max(rules for rules, _ in found), statistics.mean(rules for rules, _ in found)
    share = statistics.mean(rules / reading for rules, reading in found)
    print(
        f"all rules on {len(found)} specs of 50 to 70 lines: {mean * 1000:.2f} ms a spec, "
        f"{slowest * 1000:.2f} at most (goal 1), {share:.2f} of loading and holding to the models"
    )


if __name__ == "__main__":
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    start_up()
    rules()
    throughput()
