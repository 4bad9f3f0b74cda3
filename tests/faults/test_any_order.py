"""Kills and errors of the system in whatever order with renders and edits: no text of a user is ever lost.

These are simulated within the process, which is quick; tests/faults/test_killed.py has real ones.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.writing import MANIFEST, NEW, OLD, manifest, refused, render, sha256, tree, tree_of_a_first_render
from tfgen.write import WriteRefused


class KilledError(BaseException):
    """The process is gone: nothing catches this, and nothing that it does afterwards happens."""


@contextmanager
def killed_at(call: int) -> Iterator[list[str]]:
    """Let every call that changes the disk fail from the given one on; yields the calls made, for counting.

    A kill between the opening of a file and the end of its text leaves half a text.
    """
    calls: list[str] = []

    def dying(name: str) -> Callable[..., Any]:
        real: Callable[..., Any] = getattr(os, name)

        def die_or_do(*arguments: Any, **options: Any) -> Any:
            if name == "open" and not arguments[1] & os.O_CREAT:
                return real(*arguments, **options)
            calls.append(name)
            if len(calls) < call:
                return real(*arguments, **options)
            if name == "open" and len(calls) == call:
                with os.fdopen(real(*arguments, **options), "wb") as file:
                    file.write(b"half a te")
            raise KilledError

        return die_or_do

    with pytest.MonkeyPatch.context() as patch:
        for name in ("open", "replace", "unlink", "mkdir", "rmdir", "chmod"):
            patch.setattr(os, name, dying(name))
        yield calls


def render_and_die(output: Path, files: Mapping[str, str], call: int, *, force: bool = False) -> bool:
    """Whether the render was killed at the given call; False where it had ended before."""
    with killed_at(call):
        try:
            render(output, files, force=force)
        except KilledError:
            return True
    return False


def test_after_a_kill_the_next_run_may_have_another_spec_and_may_be_killed_too(tmp_path: Path) -> None:
    third = {"main.tf": "# third\n", "gone.tf": "# back\n"}
    wanted = tree_of_a_first_render(third)
    for first in range(1, 25, 2):
        for second in range(1, 25, 4):
            output = tmp_path / f"{first}-{second}"
            render(output, OLD)
            render_and_die(output, NEW, first)
            render_and_die(output, third, second)
            render(output, third)
            assert tree(output / "orders") == wanted


def test_while_a_module_changes_its_manifest_knows_the_old_and_the_new_hashes(
    output: Path, orders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = []
    real = os.replace

    def replace(source: Path, target: Path) -> None:
        real(source, target)
        seen.append(manifest(orders))

    monkeypatch.setattr(os, "replace", replace)
    render(output, NEW)

    files = {name: sha256(text) for name, text in NEW.items()}
    previous = {name: sha256(OLD[name]) for name in ("gone.tf", "main.tf", "tests/gone.hcl")}
    claim = {"format_version": 1, "files": files, "previous": previous}
    assert seen == [claim] * 4 + [{"format_version": 1, "files": files}]


def test_an_edit_after_a_kill_is_still_the_users(output: Path, orders: Path) -> None:
    with killed_at(1000) as calls:
        render(output / "counted", OLD)
        calls.clear()
        render(output / "counted", NEW)
    assert render_and_die(output, NEW, len(calls))  # the last step, the final manifest, is missing
    (orders / "main.tf").write_text("edited")

    assert refused(output, NEW) == ("orders/main.tf", "was edited since tfgen wrote it")


@pytest.mark.parametrize("call", ["open", "replace"])
def test_an_error_of_the_system_goes_to_the_caller_and_the_next_run_finishes(
    output: Path, orders: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    real: Callable[..., Any] = getattr(os, call)
    full = OSError(errno.ENOSPC, "No space left on device")

    def fail(path: Path, *arguments: Any, **options: Any) -> Any:
        if Path(path).name == ".outputs.tf.tfgen-tmp":
            raise full
        return real(path, *arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, fail)
        with pytest.raises(OSError, match="No space left") as caught:
            render(output, NEW)
    assert caught.value is full
    assert not list(orders.rglob("*.tfgen-tmp"))

    render(output, NEW)
    assert tree(orders) == tree_of_a_first_render(NEW)


def test_a_file_that_cannot_be_read_is_an_error_of_the_system_and_nothing_is_written(
    output: Path, orders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(orders)
    real = os.open

    def deny(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).name == "variables.tf":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return real(path, flags, mode)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", deny)
        with pytest.raises(PermissionError):
            render(output, NEW)
    assert tree(orders) == before


def test_a_folder_in_the_place_of_a_temporary_file_is_an_error_of_the_system(
    output: Path, orders: Path
) -> None:
    (orders / ".main.tf.tfgen-tmp").mkdir()

    with pytest.raises(OSError, match="tfgen-tmp"):
        render(output, NEW)

    (orders / ".main.tf.tfgen-tmp").rmdir()
    render(output, NEW)
    assert tree(orders) == tree_of_a_first_render(NEW)


# Whatever happens in whatever order

NAMES = ["main.tf", "iam.tf", "tests/a.hcl", "tests/deep/b.hcl"]
FILES = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(["# one\n", "# two\n", "# three\n"]))
STEPS = st.one_of(
    st.tuples(st.just("render"), FILES),
    st.tuples(st.just("kill"), FILES, st.integers(1, 30)),
    st.tuples(st.just("write"), st.sampled_from([*NAMES, "notes.md", "tests/notes.md", MANIFEST])),
    st.tuples(st.just("delete"), st.sampled_from([*NAMES, "notes.md", "tests/notes.md", MANIFEST])),
)


@settings(max_examples=100, deadline=None)
@given(steps=st.lists(STEPS, min_size=2, max_size=12))
def test_without_force_no_text_of_a_user_is_ever_lost(steps: list[tuple[Any, ...]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        output, mine = Path(folder), dict[str, bytes]()
        for number, (step, *arguments) in enumerate(steps):
            if step == "render":
                render_or_be_refused(output, arguments[0])
            elif step == "kill":
                with killed_at(arguments[1]):
                    suppress_and_render(output, arguments[0])
            else:
                do_as_the_user(output, mine, step, arguments[0], f"text {number} of the user".encode())
            for name, text in mine.items():
                assert (output / "orders" / name).read_bytes() == text


def render_or_be_refused(output: Path, files: Mapping[str, str]) -> None:
    before = tree(output)
    try:
        render(output, files)
    except WriteRefused:
        assert tree(output) == before
    else:
        for name, text in files.items():
            assert (output / "orders" / name).read_bytes() == text.encode()


def suppress_and_render(output: Path, files: Mapping[str, str]) -> None:
    try:
        render(output, files)
    except (WriteRefused, KilledError):
        return


def do_as_the_user(output: Path, mine: dict[str, bytes], step: str, name: str, text: bytes) -> None:
    path = output / "orders" / name
    if step == "write":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text)
        mine[name] = text
    else:
        path.unlink(missing_ok=True)
        mine.pop(name, None)
