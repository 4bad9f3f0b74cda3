"""Fuzz tfgen: each target for a while, in a process of its own; what is found is kept in build/fuzz.

`python -m tests.fuzz SECONDS [TARGET…]` runs targets, `… again TARGET FILE` tries once more what was found.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

# tests.fuzz.targets is imported late: tfgen must be imported under atheris's eyes.
ROOT = Path(__file__).parents[2]
_FOUND = ROOT / "build" / "fuzz"
_LONGEST = 4096  # bytes of an input
_SLOWEST = 10  # seconds for one input, of a machine that may be busy
_MOST_MEMORY = 2048  # MiB, with what atheris takes for itself


def main(seconds: str, *names: str) -> int:
    """Run targets one after another; 1 if any found something."""
    from tests.fuzz.targets import TARGETS

    failed = []
    for name in names or TARGETS:
        kept, seeds = _FOUND / name, _FOUND / "seeds" / name
        for folder in (kept, seeds):
            folder.mkdir(parents=True, exist_ok=True)
        for number, seed in enumerate(TARGETS[name][1]()):
            (seeds / str(number)).write_bytes(seed)
        limits = {"max_total_time": seconds, "timeout": _SLOWEST, "rss_limit_mb": _MOST_MEMORY}
        limits |= {"artifact_prefix": f"{kept}/", "max_len": _LONGEST}
        options = [f"-{option}={value}" for option, value in limits.items()]
        line = [sys.executable, "-m", "tests.fuzz", "one", name, *options, str(seeds)]
        done = subprocess.run(line, cwd=ROOT, stderr=subprocess.PIPE, text=True, check=False)
        runs = re.findall(r"Done (\d+) runs|#(\d+)", done.stderr)
        print(f"{name:<12} {max((int(a or b) for a, b in runs), default=0):>9} inputs", flush=True)
        if done.returncode:
            failed.append(name)
            print("\n".join(done.stderr.splitlines()[-60:]))
    if failed:
        print(
            f"Found something: {', '.join(failed)}. `python -m tests.fuzz again TARGET FILE` tries a file of"
        )
        print(f"{_FOUND.relative_to(ROOT)} once more.")
    return bool(failed)


def one(name: str, *options: str) -> None:
    """Run one target until it finds something, or its time is over."""
    import atheris  # here, for `again` does without

    with atheris.instrument_imports(include=["tfgen"]):
        from tests.fuzz.targets import TARGETS
    atheris.Setup([sys.argv[0], *options], TARGETS[name][0])
    atheris.Fuzz()


if __name__ == "__main__":
    if sys.argv[1] == "one":
        one(*sys.argv[2:])
    elif sys.argv[1] == "again":
        from tests.fuzz.targets import TARGETS

        TARGETS[sys.argv[2]][0](Path(sys.argv[3]).read_bytes())
    else:
        sys.exit(main(*sys.argv[1:]))
