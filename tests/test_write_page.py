"""What becomes of `modules/README.md`: tfgen's page is kept up to date, and somebody's own is left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfgen.write_page import Page, compare_page, write_page

OLD = "# Functions\n\nold\n"
NEW = "# Functions\n\nnew\n"
OWN = "# Our functions\n"


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "modules"


@pytest.fixture
def page(output: Path) -> Path:
    """A page that an earlier run wrote."""
    write(output, OLD)
    return output / "README.md"


def write(output: Path, text: str, *, force: bool = False) -> Page:
    page = compare_page(output, text, force=force)
    assert page.refusal is None
    write_page(page)
    return page


def fresh(tmp_path: Path, text: str) -> bytes:
    """The page as a first run writes it."""
    write(tmp_path / "fresh", text)
    return (tmp_path / "fresh" / "README.md").read_bytes()


def test_a_first_render_makes_the_page_whose_first_line_says_who_made_it(output: Path) -> None:
    assert write(output, NEW).status == "created"
    first, _, rest = (output / "README.md").read_text().partition("\n\n")
    assert first.startswith("<!-- Made by tfgen from all specs of the project. Change these and render again")
    assert rest == NEW


def test_a_page_that_is_current_is_not_touched(output: Path, page: Path) -> None:
    before = page.stat()
    assert write(output, OLD).status == "unchanged"
    assert page.stat() == before


def test_a_page_that_is_out_of_date_is_replaced_and_keeps_its_permissions(
    output: Path, page: Path, tmp_path: Path
) -> None:
    page.chmod(0o640)
    assert compare_page(output, NEW).status == "changed"
    assert page.read_bytes() == fresh(tmp_path, OLD)  # a look writes nothing
    write(output, NEW)
    assert page.read_bytes() == fresh(tmp_path, NEW)
    assert page.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in output.iterdir()] == ["README.md"]


@pytest.mark.parametrize("text", [OWN, "", "<!-- Made by tfgen from orders.yaml. -->\n", "\xff\n"])
def test_somebodys_own_page_is_left_alone_unless_forced(output: Path, text: str) -> None:
    output.mkdir()
    page = output / "README.md"
    page.write_text(text, encoding="latin-1")
    assert write(output, NEW).status == "kept"
    assert page.read_text(encoding="latin-1") == text
    assert write(output, NEW, force=True).status == "changed"
    assert page.read_text().endswith(NEW)


@pytest.mark.parametrize("change", ["appended", "removed", "within"])
def test_a_page_that_was_edited_is_refused_unless_forced(
    output: Path, page: Path, change: str, tmp_path: Path
) -> None:
    text = page.read_text()
    edited = {"appended": f"{text}more\n", "removed": text[:-4], "within": text.replace("\n\n", "\n \n", 1)}
    page.write_text(edited[change])
    found = compare_page(output, NEW)
    assert found.refusal is not None
    assert found.refusal.path == page
    assert "was edited" in found.refusal.reason
    write_page(found)
    assert page.read_text() == edited[change]
    write(output, NEW, force=True)
    assert page.read_bytes() == fresh(tmp_path, NEW)


def test_an_edit_that_is_what_tfgen_would_write_is_fine(output: Path, page: Path, tmp_path: Path) -> None:
    page.write_bytes(fresh(tmp_path, NEW))
    assert write(output, NEW).status == "unchanged"


def test_between_the_marks_of_a_merge_the_page_is_made_anew(output: Path, page: Path, tmp_path: Path) -> None:
    ours, theirs = page.read_text(), fresh(tmp_path, "# Functions\n\nof another branch\n").decode()
    page.write_text(f"<<<<<<< HEAD\n{ours}=======\n{theirs}>>>>>>> feature\n")
    assert write(output, NEW).status == "changed"
    assert page.read_bytes() == fresh(tmp_path, NEW)


def test_a_merge_of_somebodys_own_page_is_left_alone(output: Path, page: Path) -> None:
    merged = f"<<<<<<< HEAD\n{OWN}=======\n{page.read_text()}>>>>>>> feature\n"
    page.write_text(merged)
    assert write(output, NEW).status == "kept"
    assert page.read_text() == merged


def test_line_ends_of_windows_are_no_edit(output: Path, page: Path, tmp_path: Path) -> None:
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert compare_page(output, OLD).status == "unchanged"
    write(output, NEW)
    assert page.read_bytes() == fresh(tmp_path, NEW)


def test_a_link_is_somebodys_own_and_is_not_followed(output: Path, tmp_path: Path) -> None:
    output.mkdir()
    (tmp_path / "docs.md").write_text(OWN)
    (output / "README.md").symlink_to(tmp_path / "docs.md")
    assert write(output, NEW).status == "kept"
    write(output, NEW, force=True)
    assert not (output / "README.md").is_symlink()
    assert (tmp_path / "docs.md").read_text() == OWN


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_in_its_place_stays(output: Path, force: bool) -> None:
    (output / "README.md").mkdir(parents=True)
    assert write(output, NEW, force=force).status == "kept"


def test_what_a_killed_run_left_is_no_obstacle(output: Path, page: Path, tmp_path: Path) -> None:
    (output / ".README.md.tfgen-tmp").write_text("half a pa")
    write(output, NEW)
    assert page.read_bytes() == fresh(tmp_path, NEW)
    assert [path.name for path in output.iterdir()] == ["README.md"]


def test_the_difference_is_shown_in_the_unified_format(output: Path, page: Path) -> None:
    shown = compare_page(output, NEW).difference
    assert shown.startswith(f"--- {page}\n+++ {page}\n@@ ")
    assert "\n-old\n+new\n" in shown
    assert compare_page(output, OLD).difference == ""
    page.unlink()
    assert compare_page(output, NEW).difference.startswith(
        f"--- /dev/null\n+++ {page}\n@@ -0,0 +1,5 @@\n+<!--"
    )
    page.write_text(OWN)
    assert compare_page(output, NEW).difference == ""
