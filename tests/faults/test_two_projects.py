"""Two projects that write into one folder: neither takes the other's files, and each is told of the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import tfgen
from tests.faults.project import write
from tests.writing import tree

_LEFT = "modules/README.md is left as it is: modules/{} is another project's, so no project has all modules\n"


@pytest.fixture
def projects(tmp_path: Path) -> tuple[Path, Path]:
    """One whose modules are its own, and one beside it that writes into the same folder."""
    write(
        tmp_path,
        {
            "one/tfgen.yaml": "policy: {}\n",
            "one/specs/orders.yaml": "function_name: orders\n",
            "two/tfgen.yaml": "output: ../one/modules\n",
            "two/specs/search.yaml": "function_name: search\n",
        },
    )
    return tmp_path / "one", tmp_path / "two"


def test_the_page_about_all_modules_is_not_written_in_turns(projects: tuple[Path, Path]) -> None:
    one, two = projects
    assert tfgen(one, "render").stdout == "created   modules/orders\ncreated   modules/README.md\n"
    page = (one / "modules" / "README.md").read_bytes()
    done = tfgen(two, "render")
    assert done.stdout == "created   ../one/modules/search\n"
    assert done.stderr == _LEFT.format("orders").replace("modules/", "../one/modules/")
    for arguments in ([], ["--check"], ["--diff"], ["--dry-run"], ["--prune"], ["--force"]):
        done = tfgen(one, "render", *arguments)
        assert done.returncode == 0
        assert _LEFT.format("search") in done.stderr
        assert "README.md" not in done.stdout
    assert (one / "modules" / "README.md").read_bytes() == page


def test_the_page_comes_back_when_the_other_project_has_gone(projects: tuple[Path, Path]) -> None:
    one, two = projects
    tfgen(one, "render")
    tfgen(two, "render")
    (two / "specs" / "search.yaml").unlink()
    assert "removed   ../one/modules/search" in tfgen(two, "render", "--prune").stdout
    assert "unchanged modules/README.md" in tfgen(one, "render").stdout


def test_a_difference_shows_the_files_of_a_module_that_is_removed(projects: tuple[Path, Path]) -> None:
    one, _ = projects
    tfgen(one, "render")
    (one / "specs" / "orders.yaml").rename(one / "specs" / "bills.yaml")
    before = tree(one)
    done = tfgen(one, "render", "--diff", "--prune")
    assert done.returncode == 0
    for name in ("main.tf", "README.md", "versions.tf"):
        text = (one / "modules" / "orders" / name).read_text()
        removed = f"--- modules/orders/{name}\n+++ /dev/null\n@@ -1,{text.count(chr(10))} +0,0 @@\n"
        assert removed + "".join(f"-{line}\n" for line in text.splitlines()) in done.stdout
    assert "+++ modules/bills/main.tf\n" in done.stdout
    assert tree(one) == before
    assert "--- modules/orders" not in tfgen(one, "render", "--diff").stdout
