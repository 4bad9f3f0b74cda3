"""Completion in shells: installed as a user does it, and asked for with the Tab key in the real shell."""

from __future__ import annotations

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

_TIMEOUT = 30  # seconds
_PROMPT = "ready> "
_TAB, _CLEAR = "\t", "\x15"


def shell(name: str, home: Path) -> dict[str, str]:
    """The environment of a shell whose user has this home, and tfgen on the PATH."""
    if shutil.which(name) is None:
        pytest.skip(f"{name} is missing, so completion in it is not tested")
    kept = {key: os.environ[key] for key in ("LANG", "LC_ALL") if key in os.environ}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return kept | {"HOME": str(home), "ZDOTDIR": str(home), "PATH": path, "TERM": "dumb", "SHELL": name}


def install(name: str, home: Path) -> None:
    """Install completion from within a shell, which tfgen sees that it runs in."""
    # With a command after it, or the shell would make way for tfgen.
    command = [name, "-c", "tfgen --install-completion; exit $?"]
    done = subprocess.run(command, env=shell(name, home), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert f"{name} completion installed in {home}" in done.stdout
    with (home / f".{name}rc").open("a") as settings:
        settings.write(f"\nPS1='{_PROMPT}'\n")


def typed(name: str, home: Path, keys: str, awaited: str) -> str:
    """What stands on the terminal of an interactive shell after these keys, when the awaited text does."""
    main, secondary = pty.openpty()
    process = subprocess.Popen(
        [name, "-i"],
        env=shell(name, home),
        cwd=home,
        stdin=secondary,
        stdout=secondary,
        stderr=secondary,
        start_new_session=True,
    )
    os.close(secondary)
    shown = ""

    def wait(text: str) -> None:
        nonlocal shown
        end = time.monotonic() + _TIMEOUT
        while text not in shown and time.monotonic() < end:
            if select.select([main], [], [], 0.1)[0]:
                shown += os.read(main, 65536).decode(errors="replace")

    try:
        wait(_PROMPT)
        os.write(main, keys.encode())
        wait(awaited)
    finally:
        process.kill()
        process.wait()
        os.close(main)
    return shown


@pytest.mark.parametrize("name", ["bash", "zsh"])
def test_tab_completes_commands_options_and_their_values(name: str, tmp_path: Path) -> None:
    install(name, tmp_path)
    # zsh loads what was installed at the first Tab of a session, and completes from the second one on.
    keys = f"tfgen {_TAB}{_CLEAR}tfgen ru{_TAB}--output-for{_TAB}js{_TAB}\n"
    awaited = '"format_version": 1'  # of the JSON that `tfgen rules --output-format json` prints
    assert awaited in typed(name, tmp_path, keys, awaited)


@pytest.mark.parametrize("name", ["bash", "zsh"])
def test_two_tabs_show_what_there_is(name: str, tmp_path: Path) -> None:
    install(name, tmp_path)
    awaited = "--output-format"
    keys = f"tfgen {_TAB}{_CLEAR}tfgen validate --{_TAB}{_TAB}"
    shown = typed(name, tmp_path, keys, awaited)
    assert awaited in shown
    assert "Traceback" not in shown


def test_all_commands_and_options_are_offered(tmp_path: Path) -> None:
    """As the scripts in the shells ask for them."""

    def offered(words: str) -> set[str]:
        asked = {"_TFGEN_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        done = subprocess.run(
            ["tfgen"], env=shell("bash", tmp_path) | asked, capture_output=True, text=True, check=True
        )
        return set(done.stdout.split())

    from tfgen.cli import COMMANDS

    assert offered("tfgen ") == set(COMMANDS)
    assert offered("tfgen re") == {"render"}
    assert {"--check", "--changed", "--base", "--jobs"} <= offered("tfgen render --")
    assert offered("tfgen validate --output-format j") == {"json", "junit"}
    assert offered("tfgen show --output-format ") == {"yaml", "json"}
