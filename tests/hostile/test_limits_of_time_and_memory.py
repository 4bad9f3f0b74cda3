"""No file that is as large as may be takes tfgen more than a second or 200 MB: it is reported, or rendered.

Seconds are those of the processor, and the limit is five times what was measured at most: a busy machine
takes longer, and what takes the square of a file's length, which is what is looked for, takes far longer.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.command import as_text, run
from tests.hostile.files import COUNTS, FULL, ODD, OF_TRIGGERS, OF_YAML, TEXTS, File
from tests.reports import FORMS
from tfgen.diagnostics import MOST_FINDINGS
from tfgen.source import MAX_BYTES

_SECONDS = 5
# Of resident memory, what the file adds to Python and the libraries, which have some 50.
_MEBIBYTES = 150
# Run in the process of the command: the limit, and at the end, which tfgen comes to by os._exit, the measure.
_LIMITED = f"""
import os, resource
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # in KiB, on Linux
before, end = peak(), os._exit
def measured(code):
    with open("measured", "w") as file:
        file.write(str((peak() - before) // 1024))
    end(code)
os._exit = measured
used = resource.getrusage(resource.RUSAGE_SELF)
seconds = int(used.ru_utime + used.ru_stime) + 1 + {_SECONDS}
resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
"""


def limited(folder: Path, text: str | bytes, *arguments: str) -> CompletedProcess[str]:
    """What tfgen makes of a file, within the limits."""
    (folder / "hostile.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    done = as_text(run(folder, [*arguments, "hostile.yaml"], {}, first=_LIMITED))
    assert done.returncode >= 0, f"ended by signal {-done.returncode}, after {_SECONDS} seconds perhaps"
    assert "Traceback" not in done.stderr, done.stderr
    assert int((folder / "measured").read_text()) <= _MEBIBYTES
    return done


def reported(folder: Path, text: str | bytes) -> None:
    """Hold tfgen to a report of a file that people can read."""
    done = limited(folder, text, "render")
    assert done.returncode in {0, 1}, done.stderr
    assert len(done.stdout) <= 1_000 * (MOST_FINDINGS + 1)
    assert max(map(len, done.stdout.splitlines()), default=0) <= 1_000


def of(files: Mapping[str, File]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("name", files)


@of(FULL)
def test_a_file_full_of_one_thing_is_reported(name: str, tmp_path: Path) -> None:
    text = FULL[name].text
    assert MAX_BYTES - 100 < len(text.encode()) <= MAX_BYTES
    reported(tmp_path, text)


@of(TEXTS)
def test_a_text_as_long_as_can_be_is_reported_or_rendered(name: str, tmp_path: Path) -> None:
    reported(tmp_path, TEXTS[name].text)


@of(COUNTS)
def test_as_many_as_can_be_of_one_thing_are_reported_or_rendered(name: str, tmp_path: Path) -> None:
    reported(tmp_path, COUNTS[name].text)


@of(OF_TRIGGERS)
def test_so_are_triggers(name: str, tmp_path: Path) -> None:
    reported(tmp_path, OF_TRIGGERS[name].text)


@of(OF_YAML)
def test_so_is_what_no_spec_may_hold(name: str, tmp_path: Path) -> None:
    reported(tmp_path, OF_YAML[name].text)


@pytest.mark.parametrize("name", ODD)
def test_so_is_what_is_deep_or_far_out(name: str, tmp_path: Path) -> None:
    reported(tmp_path, ODD[name])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", ["unknown keys", "numbers for texts", "keys below many lines"])
def test_a_long_report_has_any_form(name: str, form: str, tmp_path: Path) -> None:
    done = limited(tmp_path, COUNTS[name].text, "validate", "--output-format", form)
    assert done.returncode == 1
    assert "TFG017" in done.stdout


@pytest.mark.parametrize("option", ["--diff", "--fix"])
def test_many_mistakes_are_put_right_some_hundred_at_a_time(option: str, tmp_path: Path) -> None:
    done = limited(tmp_path, COUNTS["some numbers for texts"].text, "validate", option)
    assert done.returncode == 1


def test_of_many_mistakes_those_that_are_told_are_500(tmp_path: Path) -> None:
    done = limited(tmp_path, COUNTS["unknown keys"].text, "validate", "--output-format", "json")
    findings = json.loads(done.stdout)["findings"]
    codes = [finding["code"] for finding in findings]
    assert codes == ["TFG101"] * MOST_FINDINGS + ["TFG017"]
    assert findings[-1]["start"] == findings[-2]["start"]


def test_a_file_in_another_encoding_is_reported(tmp_path: Path) -> None:
    for encoding in ("utf-16", "utf-16-be", "utf-32", "latin-1"):
        done = limited(tmp_path, "a: caf\xe9\n".encode(encoding) * 20_000, "validate")
        assert done.returncode == 1
