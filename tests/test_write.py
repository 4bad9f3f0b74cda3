"""What a user's folder holds after `write`: their own files as they were, tfgen's as the spec says."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tfgen.write import ModuleChange, Refusal, RenderedModule, WriteRefused, write

MANIFEST = ".tfgen.json"
OLD = {"gone.tf": "# gone\n", "main.tf": "# old\n", "tests/gone.hcl": "# gone\n", "variables.tf": "# same\n"}
NEW = {
    "main.tf": "# new\n",
    "new/deep/run.hcl": "# new\n",
    "outputs.tf": "# new\n",
    "variables.tf": "# same\n",
}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "modules"


@pytest.fixture
def orders(output: Path) -> Path:
    """The folder of a module that an earlier run wrote."""
    render(output, OLD)
    return output / "orders"


def render(output: Path, files: Mapping[str, str], *, force: bool = False) -> ModuleChange:
    (change,) = write(output, [RenderedModule("orders", files)], force=force)
    return change


def refusals(output: Path, files: Mapping[str, str], *, force: bool = False) -> list[Refusal]:
    """The refusals of a render, which must have left everything as it was."""
    before = tree(output)
    with pytest.raises(WriteRefused) as caught:
        render(output, files, force=force)
    assert tree(output) == before
    return list(caught.value.refusals)


def refused(output: Path, files: Mapping[str, str], *, force: bool = False) -> tuple[str, str]:
    """The one refusal of a render: its path below the output folder, and its reason."""
    (refusal,) = refusals(output, files, force=force)
    assert refusal.hint
    return refusal.path.relative_to(output).as_posix(), refusal.reason


def tree(folder: Path) -> dict[str, bytes | str | None]:
    """All that lies below a folder: the bytes of files, the targets of links, None for other folders."""

    def content(path: Path) -> bytes | str | None:
        if path.is_symlink():
            return str(path.readlink())
        return path.read_bytes() if path.is_file() else None

    return {path.relative_to(folder).as_posix(): content(path) for path in sorted(folder.rglob("*"))}


def tree_of_a_first_render(files: Mapping[str, str]) -> dict[str, bytes | str | None]:
    with tempfile.TemporaryDirectory() as fresh:
        render(Path(fresh), files)
        return tree(Path(fresh) / "orders")


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def manifest(folder: Path) -> Any:
    return json.loads((folder / MANIFEST).read_bytes())


# What is written


def test_a_first_render_creates_the_folders_the_files_and_the_manifest(output: Path) -> None:
    change = write(output / "deep", [RenderedModule("orders", NEW)])

    assert change == [ModuleChange("orders", "created", tuple(sorted(NEW)), ())]
    for name, text in NEW.items():
        assert (output / "deep" / "orders" / name).read_bytes() == text.encode()


def test_the_manifest_lists_each_file_with_its_hash_and_nothing_that_differs_between_machines(
    output: Path,
) -> None:
    render(output, {"variables.tf": "ü\n", "main.tf": ""})

    assert (output / "orders" / MANIFEST).read_text() == (
        '{\n  "files": {\n'
        f'    "main.tf": "{sha256("")}",\n'
        f'    "variables.tf": "{sha256("ü" + chr(10))}"\n'
        '  },\n  "format_version": 1\n}\n'
    )


def test_text_reaches_the_disk_as_utf_8_with_its_line_ends_as_they_are(output: Path) -> None:
    render(output, {"README.md": "Grüße 🚀\nsecond line\n"})

    assert (output / "orders" / "README.md").read_bytes() == "Grüße 🚀\nsecond line\n".encode()


def test_a_second_render_of_the_same_spec_touches_nothing(output: Path, orders: Path) -> None:
    everything = [output, orders, *orders.rglob("*")]
    for path in everything:
        os.utime(path, (1, 1))

    assert render(output, OLD) == ModuleChange("orders", "unchanged", (), ())
    assert {path.stat().st_mtime for path in everything} == {1}


def test_a_render_that_changes_nothing_opens_each_file_once(
    output: Path, orders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    real = os.open

    def watched(path: str, flags: int, mode: int = 0o777) -> int:
        opened.append(Path(path).relative_to(orders).as_posix())
        return real(path, flags, mode)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", watched)
        render(output, OLD)
    assert sorted(opened) == sorted([*OLD, MANIFEST])


def test_a_changed_spec_replaces_what_differs_and_removes_what_it_no_longer_gives(
    output: Path, orders: Path
) -> None:
    os.utime(orders / "variables.tf", (1, 1))

    change = render(output, NEW)

    assert change == ModuleChange(
        "orders", "changed", ("main.tf", "new/deep/run.hcl", "outputs.tf"), ("gone.tf", "tests/gone.hcl")
    )
    assert tree(orders) == tree_of_a_first_render(NEW)
    assert (orders / "variables.tf").stat().st_mtime == 1


def test_changes_come_in_the_order_of_the_modules(output: Path) -> None:
    write(output, [RenderedModule("b", OLD)])

    changes = write(output, [RenderedModule(name, OLD) for name in ("c", "b", "a")])

    assert [(change.name, change.status) for change in changes] == [
        ("c", "created"),
        ("b", "unchanged"),
        ("a", "created"),
    ]


def test_no_modules_leave_no_trace(output: Path) -> None:
    assert write(output, []) == []
    assert not output.exists()


def test_a_folder_that_held_only_removed_files_goes_and_one_with_a_users_file_stays(
    output: Path,
) -> None:
    render(output, {"a/b/c.tf": "1", "d/e.tf": "2"})
    notes = output / "orders" / "d" / "notes.md"
    notes.write_text("mine")

    render(output, {})

    assert set(tree(output / "orders")) == {MANIFEST, "d", "d/notes.md"}


def test_a_file_that_the_user_deleted_is_written_again(output: Path, orders: Path) -> None:
    (orders / "main.tf").unlink()

    assert render(output, OLD) == ModuleChange("orders", "changed", ("main.tf",), ())
    assert tree(orders) == tree_of_a_first_render(OLD)


def test_a_module_of_which_only_the_manifest_is_left_is_changed_not_created(
    output: Path, orders: Path
) -> None:
    for name in OLD:
        (orders / name).unlink()

    assert render(output, OLD) == ModuleChange("orders", "changed", tuple(OLD), ())


def test_a_deleted_file_that_the_spec_no_longer_gives_is_forgotten_with_its_folder(
    output: Path, orders: Path
) -> None:
    (orders / "tests" / "gone.hcl").unlink()

    assert render(output, NEW).removed == ("gone.tf",)
    assert tree(orders) == tree_of_a_first_render(NEW)


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path, output: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    output.symlink_to("elsewhere")

    assert render(output, OLD).status == "created"
    assert render(output, OLD).status == "unchanged"
    assert (tmp_path / "elsewhere" / "orders" / "main.tf").read_text() == "# old\n"


def test_new_files_follow_the_umask(output: Path) -> None:
    before = os.umask(0o027)
    try:
        render(output, OLD)
    finally:
        os.umask(before)

    for name in ("main.tf", MANIFEST):
        assert stat.S_IMODE((output / "orders" / name).stat().st_mode) == 0o640


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o664, 0o755])
def test_replaced_files_keep_their_permission_bits(output: Path, orders: Path, mode: int) -> None:
    for name in ("main.tf", MANIFEST):
        (orders / name).chmod(mode)

    render(output, NEW)

    for name in ("main.tf", MANIFEST):
        assert stat.S_IMODE((orders / name).stat().st_mode) == mode
    assert (orders / "main.tf").read_text() == "# new\n"


# Whose file it is


def test_files_that_the_user_keeps_beside_are_neither_touched_nor_mentioned(
    output: Path, orders: Path
) -> None:
    (orders / "backend.tf").write_text("mine")
    (orders / "tests" / "mine.hcl").write_text("mine")
    (orders / "link").symlink_to("nowhere")

    change = render(output, NEW)

    assert change.removed == ("gone.tf", "tests/gone.hcl")
    mine = {"backend.tf": b"mine", "tests": None, "tests/mine.hcl": b"mine", "link": "nowhere"}
    assert tree(orders) == tree_of_a_first_render(NEW) | mine


@pytest.mark.parametrize("name", ["main.tf", "gone.tf", "tests/gone.hcl"])
def test_an_edited_file_is_refused_by_name_whether_it_would_be_replaced_or_removed(
    output: Path, orders: Path, name: str
) -> None:
    (orders / name).write_text("edited")

    assert refused(output, NEW) == (f"orders/{name}", "was edited since tfgen wrote it")


def test_an_edit_is_refused_even_where_the_spec_did_not_change(output: Path, orders: Path) -> None:
    (orders / "main.tf").write_text("edited")

    assert refused(output, OLD) == ("orders/main.tf", "was edited since tfgen wrote it")


def test_a_file_that_tfgen_did_not_write_is_refused_by_name(output: Path, orders: Path) -> None:
    (orders / "outputs.tf").write_text("mine")

    assert refused(output, NEW) == ("orders/outputs.tf", "was not written by tfgen")


def test_a_folder_without_a_manifest_is_all_the_users(output: Path, orders: Path) -> None:
    (orders / MANIFEST).unlink()

    assert refused(output, NEW) == ("orders/main.tf", "was not written by tfgen")


def test_identical_files_are_adopted_and_are_tfgens_from_then_on(output: Path) -> None:
    folder = output / "orders"
    folder.mkdir(parents=True)
    (folder / "main.tf").write_text("# old\n")
    os.utime(folder / "main.tf", (1, 1))

    assert render(output, {"main.tf": "# old\n"}) == ModuleChange("orders", "changed", (), ())
    assert (folder / "main.tf").stat().st_mtime == 1
    assert render(output, {"main.tf": "# new\n"}).written == ("main.tf",)


def test_an_edit_that_gives_what_the_spec_now_gives_is_fine(output: Path, orders: Path) -> None:
    (orders / "main.tf").write_text(NEW["main.tf"])

    assert "main.tf" not in render(output, NEW).written
    assert tree(orders) == tree_of_a_first_render(NEW)


def test_all_refusals_of_all_modules_come_at_once_and_nothing_is_written(output: Path) -> None:
    write(output, [RenderedModule("a", OLD), RenderedModule("b", OLD)])
    (output / "a" / "main.tf").write_text("edited")
    (output / "b" / "gone.tf").write_text("edited")
    (output / "b" / "outputs.tf").write_text("mine")
    before = tree(output)

    with pytest.raises(WriteRefused, match=r"a/main\.tf was edited since tfgen wrote it; ") as caught:
        write(output, [RenderedModule(name, NEW) for name in ("new", "a", "b")])

    found = [refusal.path.relative_to(output).as_posix() for refusal in caught.value.refusals]
    assert found == ["a/main.tf", "b/gone.tf", "b/outputs.tf"]
    assert tree(output) == before


def test_force_overwrites_and_removes_edited_files_and_overwrites_foreign_ones(
    output: Path, orders: Path
) -> None:
    for name in ("main.tf", "gone.tf", "outputs.tf", "notes.md"):
        (orders / name).write_text("mine")

    change = render(output, NEW, force=True)

    assert change.written == ("main.tf", "new/deep/run.hcl", "outputs.tf")
    assert change.removed == ("gone.tf", "tests/gone.hcl")
    assert tree(orders) == tree_of_a_first_render(NEW) | {"notes.md": b"mine"}


# Things in the way


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("name", ["main.tf", MANIFEST])
def test_a_folder_where_a_file_should_be_is_refused(output: Path, name: str, force: bool) -> None:
    (output / "orders" / name).mkdir(parents=True)

    assert refused(output, OLD, force=force) == (
        f"orders/{name}",
        "is a folder or a device where a file should be",
    )


@pytest.mark.parametrize("force", [False, True])
def test_a_pipe_where_a_file_should_be_is_refused_and_not_waited_for(output: Path, force: bool) -> None:
    (output / "orders").mkdir(parents=True)
    os.mkfifo(output / "orders" / "main.tf")

    path, reason = refused(output, OLD, force=force)

    assert (path, "device" in reason) == ("orders/main.tf", True)


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("path", ["orders", "orders/new", "orders/new/deep"])
def test_a_file_where_a_folder_should_be_is_refused(output: Path, path: str, force: bool) -> None:
    (output / path).parent.mkdir(parents=True)
    (output / path).write_text("mine")

    assert refused(output, {"new/deep/run.hcl": "1"}, force=force) == (
        path,
        "is a file where a folder should be",
    )


@pytest.mark.parametrize("force", [False, True])
def test_an_output_folder_that_is_a_file_is_refused(output: Path, force: bool) -> None:
    output.write_text("mine")

    with pytest.raises(WriteRefused) as caught:
        render(output, OLD, force=force)

    assert [refusal.path for refusal in caught.value.refusals] == [output]
    assert output.read_text() == "mine"


def test_where_the_user_put_a_folder_or_a_file_over_removed_files_nothing_is_left_to_remove(
    output: Path, orders: Path
) -> None:
    (orders / "gone.tf").unlink()
    (orders / "gone.tf").mkdir()
    (orders / "tests" / "gone.hcl").unlink()
    (orders / "tests").rmdir()
    (orders / "tests").write_text("mine")

    assert render(output, NEW).removed == ()
    assert tree(orders) == tree_of_a_first_render(NEW) | {"gone.tf": None, "tests": b"mine"}


# Symbolic links


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize("path", ["orders", "orders/new", "orders/new/deep"])
def test_a_folder_that_is_a_link_is_never_followed(
    tmp_path: Path, output: Path, path: str, force: bool
) -> None:
    (tmp_path / "elsewhere").mkdir()
    (output / path).parent.mkdir(parents=True)
    (output / path).symlink_to(tmp_path / "elsewhere")

    found, reason = refused(output, {"new/deep/run.hcl": "1"}, force=force)

    assert (found, "symbolic link" in reason) == (path, True)
    assert tree(tmp_path / "elsewhere") == {}


@pytest.mark.parametrize("force", [False, True])
def test_nothing_is_removed_through_a_link(tmp_path: Path, output: Path, orders: Path, force: bool) -> None:
    (orders / "tests").rename(tmp_path / "elsewhere")
    (orders / "tests").symlink_to(tmp_path / "elsewhere")

    path, reason = refused(output, NEW, force=force)

    assert (path, "symbolic link" in reason) == ("orders/tests", True)
    assert tree(tmp_path / "elsewhere") == {"gone.hcl": b"# gone\n"}


@pytest.mark.parametrize("name", ["main.tf", "gone.tf", "outputs.tf", MANIFEST])
@pytest.mark.parametrize("target", [b"# old\n", b"# new\n", None])
def test_a_linked_file_is_refused_and_with_force_the_link_goes_but_never_its_target(
    tmp_path: Path, output: Path, orders: Path, name: str, target: bytes | None
) -> None:
    if target is not None:
        (tmp_path / "target").write_bytes(target)
    (orders / name).unlink(missing_ok=True)
    (orders / name).symlink_to(tmp_path / "target")

    path, reason = refused(output, NEW)
    assert (path, "symbolic link" in reason) == (f"orders/{name}", True)

    render(output, NEW, force=True)
    assert not (orders / name).is_symlink()
    assert (tmp_path / "target").exists() == (target is not None)
    assert target is None or (tmp_path / "target").read_bytes() == target
    # Without the manifest, files that the spec no longer gives are not known to be tfgen's.
    left = {"gone.tf": b"# gone\n", "tests": None, "tests/gone.hcl": b"# gone\n"} if name == MANIFEST else {}
    assert tree(orders) == tree_of_a_first_render(NEW) | left


def test_a_left_over_temporary_file_that_is_a_link_is_not_written_through(
    tmp_path: Path, output: Path, orders: Path
) -> None:
    (tmp_path / "target").write_text("mine")
    (orders / ".main.tf.tfgen-tmp").symlink_to(tmp_path / "target")

    render(output, NEW)

    assert (tmp_path / "target").read_text() == "mine"
    assert tree(orders) == tree_of_a_first_render(NEW)


@pytest.mark.parametrize("name", ["main.tf", ".main.tf.tfgen-tmp"])
def test_a_link_that_appears_while_tfgen_works_is_not_followed(
    tmp_path: Path, output: Path, orders: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    (tmp_path / "target").write_text("mine")
    real = os.open

    def swap_and_open(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path) == orders / name:
            (orders / name).unlink(missing_ok=True)
            (orders / name).symlink_to(tmp_path / "target")
        return real(path, flags, mode)

    with monkeypatch.context() as patch:
        patch.setattr(os, "open", swap_and_open)
        with pytest.raises(OSError, match=r"main\.tf"):
            render(output, NEW)
    assert (tmp_path / "target").read_text() == "mine"


# Manifests that tfgen did not write


def with_files(**files: object) -> str:
    return json.dumps({"format_version": 1, "files": files})


def with_entry(name: str) -> str:
    return with_files(**{name: sha256("secret")})


BAD_MANIFESTS = {
    "empty": "",
    "a merge conflict": "<<<<<<< HEAD\n{}\n",
    "not UTF-8": b"\xff",
    "nested too deeply": "[" * 200_000,
    "a list": "[]",
    "null": "null",
    "no version": '{"files": {}}',
    "no files": '{"format_version": 1}',
    "an old version": '{"format_version": 0, "files": {}}',
    "a version in words": '{"format_version": "1", "files": {}}',
    "files in a list": '{"format_version": 1, "files": []}',
    "previous in a list": '{"format_version": 1, "files": {}, "previous": []}',
    "a number for a hash": with_files(**{"main.tf": 1}),
    "a short hash": with_files(**{"main.tf": "abc"}),
    "a hash in capitals": with_files(**{"main.tf": sha256("").upper()}),
    "a parent": with_entry("../../secret"),
    "a parent in the middle": with_entry("tests/../../../secret"),
    "an absolute path": with_entry("/secret"),
    "an empty part": with_entry("tests//secret"),
    "an empty name": with_entry(""),
    "the folder itself": with_entry("."),
    "a backslash": with_entry("..\\secret"),
    "a drive": with_entry("C:secret"),
    "a NUL": with_entry("a\0b"),
    "a lone surrogate": with_entry("\ud800"),
    "the manifest": with_entry(MANIFEST),
    "a parent in previous": json.dumps(
        {"format_version": 1, "files": {}, "previous": {"../../secret": sha256("secret")}}
    ),
}


@pytest.mark.parametrize("text", BAD_MANIFESTS.values(), ids=BAD_MANIFESTS.keys())
def test_a_manifest_that_cannot_be_believed_is_refused_and_with_force_written_anew(
    tmp_path: Path, output: Path, orders: Path, text: str | bytes
) -> None:
    (tmp_path / "secret").write_text("secret")
    (orders / MANIFEST).write_bytes(text if isinstance(text, bytes) else text.encode())

    path, reason = refused(output, OLD)
    assert path == f"orders/{MANIFEST}"
    assert "tfgen" in reason

    render(output, OLD, force=True)
    assert tree(orders) == tree_of_a_first_render(OLD)
    assert (tmp_path / "secret").read_text() == "secret"


@pytest.mark.parametrize("shape", [{"files": {}}, {"modules": []}])
def test_a_manifest_of_a_newer_tfgen_asks_for_an_update(
    output: Path, orders: Path, shape: Mapping[str, object]
) -> None:
    (orders / MANIFEST).write_text(json.dumps({"format_version": 2, **shape}))

    (refusal,) = refusals(output, NEW)

    assert (refusal.reason, refusal.hint) == ("was written by a newer tfgen", "update tfgen")


def test_a_manifest_written_with_another_layout_is_understood_and_put_in_order(
    output: Path, orders: Path
) -> None:
    (orders / MANIFEST).write_text(json.dumps(manifest(orders), indent=None))

    assert render(output, OLD) == ModuleChange("orders", "changed", (), ())
    assert tree(orders) == tree_of_a_first_render(OLD)


# Names that only a bug would give

BAD_NAMES = [
    "",
    ".",
    "..",
    "../x",
    "/x",
    "x/",
    "a//b",
    "a/./b",
    "a/../b",
    "a\\b",
    "a\0b",
    "C:x",
    "a\nb",
    "\ud800",
]


@pytest.mark.parametrize("name", [*BAD_NAMES, "a/b"])
def test_a_module_name_that_is_not_plain_is_a_bug(tmp_path: Path, output: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not plain names"):
        write(output, [RenderedModule("first", OLD), RenderedModule(name, OLD)], force=True)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize(
    "name", [*BAD_NAMES, MANIFEST, ".TFGEN.json", ".main.tf.tfgen-tmp", "a/.b.tfgen-tmp"]
)
def test_a_file_name_that_is_not_plain_or_not_free_is_a_bug(tmp_path: Path, output: Path, name: str) -> None:
    with pytest.raises(ValueError, match="not plain names"):
        render(output, {"main.tf": "1", name: "2"}, force=True)
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("names", [("orders", "orders"), ("orders", "Orders"), ("straße", "STRASSE")])
def test_two_modules_with_one_name_are_a_bug(tmp_path: Path, output: Path, names: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="one name, ignoring case"):
        write(output, [RenderedModule(name, OLD) for name in names])
    assert tree(tmp_path) == {}


@pytest.mark.parametrize("names", [("main.tf", "Main.tf"), ("tests", "tests/a"), ("Tests", "tests/a/b")])
def test_two_files_in_one_place_are_a_bug(tmp_path: Path, output: Path, names: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="one name, ignoring case"):
        render(output, dict.fromkeys(names, "1"))
    assert tree(tmp_path) == {}


# Errors of the system, and kills


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


def assert_each_file_is_old_or_new(folder: Path) -> None:
    for name in OLD.keys() | NEW.keys():
        texts = [texts[name].encode() if name in texts else None for texts in (OLD, NEW)]
        assert ((folder / name).read_bytes() if (folder / name).exists() else None) in texts


def test_after_a_kill_at_any_moment_each_file_is_whole_and_the_next_run_finishes(tmp_path: Path) -> None:
    wanted = tree_of_a_first_render(NEW) | {"notes.md": b"mine"}
    for call in range(1, 1000):
        output = tmp_path / str(call)
        render(output, OLD)
        (output / "orders" / "notes.md").write_text("mine")

        killed = render_and_die(output, NEW, call)
        assert_each_file_is_old_or_new(output / "orders")

        render(output, NEW)
        assert tree(output / "orders") == wanted
        assert render(output, NEW).status == "unchanged"
        if not killed:
            break
    assert 20 < call < 1000


def test_after_a_kill_the_next_run_may_have_another_spec_and_may_be_killed_too(tmp_path: Path) -> None:
    third = {"main.tf": "# third\n", "gone.tf": "# back\n"}
    wanted = tree_of_a_first_render(third)
    for first in range(1, 60, 2):
        for second in range(1, 60, 3):
            output = tmp_path / f"{first}-{second}"
            render(output, OLD)
            render_and_die(output, NEW, first)
            render_and_die(output, third, second)
            render(output, third)
            assert tree(output / "orders") == wanted


def test_a_first_render_that_is_killed_is_finished_by_the_next(tmp_path: Path) -> None:
    for call in range(1, 1000):
        output = tmp_path / str(call)
        killed = render_and_die(output, NEW, call)
        render(output, NEW)
        assert tree(output / "orders") == tree_of_a_first_render(NEW)
        if not killed:
            break
    assert 10 < call < 1000


def test_a_forced_render_that_is_killed_is_finished_without_force(tmp_path: Path) -> None:
    for call in range(1, 1000):
        output = tmp_path / str(call)
        render(output, OLD)
        for name in ("main.tf", "gone.tf", "outputs.tf"):
            (output / "orders" / name).write_text("mine")
        unclaimed = manifest(output / "orders")
        killed = render_and_die(output, NEW, call, force=True)
        if manifest(output / "orders") == unclaimed:
            for name in ("main.tf", "gone.tf", "outputs.tf"):
                assert (output / "orders" / name).read_text() == "mine"
        else:
            render(output, NEW)
            assert tree(output / "orders") == tree_of_a_first_render(NEW)
        if not killed:
            break
    assert 20 < call < 1000


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


@settings(max_examples=300, deadline=None)
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
