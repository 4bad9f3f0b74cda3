"""What a user's folder holds after `write`: their own files as they were, tfgen's as the spec says."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.writing import MANIFEST, NEW, OLD, refused, render, sha256, tree, tree_of_a_first_render
from tfgen.write import ModuleChange, RenderedModule, WriteRefused, write


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "modules"


@pytest.fixture
def orders(output: Path) -> Path:
    """The folder of a module that an earlier run wrote."""
    render(output, OLD)
    return output / "orders"


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
