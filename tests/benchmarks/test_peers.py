"""The page about tfgen's speed says what was measured, and only what went well is measured."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from jinja2 import Environment as Jinja

import tfgen
from tests.benchmarks.peers.contestants import PEERS, TFGEN
from tests.benchmarks.peers.environments import Environment
from tests.benchmarks.peers.page import PAGE, page
from tests.benchmarks.peers.peer import Call, Form, Line, Peer, nothing, source
from tests.benchmarks.peers.picture import PICTURE, picture
from tests.benchmarks.peers.recipes.holes import VALUES, template
from tests.benchmarks.peers.results import RESULTS, Results, load
from tests.benchmarks.peers.rounds import Contestant
from tests.benchmarks.timing import ROOT


def with_ratios(key: str, ratio: float) -> Results:
    """The figures that were kept, but for those of one peer."""
    kept = load()
    changed = kept.measured[key]._replace(alone=(ratio,) * 3, further=(ratio,) * 3)
    return kept._replace(measured={**kept.measured, key: changed})


def test_the_page_and_its_picture_show_the_figures_that_were_kept() -> None:
    results = load()
    shown = PAGE.read_text()
    assert page(results, shown) == shown, "write it anew: python -m tests.benchmarks.peers --redraw"
    assert picture(results) == PICTURE.read_text()


def test_a_figure_that_changes_is_seen_in_both() -> None:
    changed = with_ratios("copier", 4321)
    assert "| copier | 4321 (4321 to 4321) | 4321 (4321 to 4321) | 3 |" in page(changed, PAGE.read_text())
    assert picture(changed).count(">4321</text>") == 2


@pytest.mark.parametrize(
    ("ratio", "said"),
    [(3.0, "ahead of copier"), (0.3, "**not** ahead of copier"), (1.0, "as fast as copier")],
)
def test_where_tfgen_is_not_ahead_the_page_says_so(ratio: float, said: str) -> None:
    kept = load()
    only = {key: kept.measured[key] for key in ("tfgen", "imports", "copier")}
    only["copier"] = with_ratios("copier", ratio).measured["copier"]
    assert f"For one function, tfgen is {said}." in page(kept._replace(measured=only), "")


def test_every_peer_is_shown_or_said_to_be_missing() -> None:
    results, shown = load(), PAGE.read_text()
    assert {*results.measured, *results.missing} == {peer.key for peer in PEERS}
    assert all(peer.title in shown for peer in PEERS)
    without = results._replace(
        measured={key: one for key, one in results.measured.items() if key != "sam"},
        missing={"sam": "its packages could not be installed"},
    )
    assert "SAM translator was not measured: its packages could not be installed." in page(without, shown)
    assert "SAM translator" not in picture(without)


def test_no_machine_or_folder_is_named() -> None:
    for text in (RESULTS.read_text(), PAGE.read_text(), PICTURE.read_text()):
        assert str(ROOT) not in text
        assert socket.gethostname() not in text


def test_the_picture_is_drawn_with_nothing_from_elsewhere() -> None:
    tags = {element.tag.rpartition("}")[2] for element in ElementTree.fromstring(PICTURE.read_text()).iter()}
    assert tags == {"svg", "title", "style", "rect", "line", "circle", "text"}
    assert "url(" not in PICTURE.read_text()


def test_the_template_of_others_gives_tfgens_files(tmp_path: Path) -> None:
    spec = tmp_path / "invoices0.yaml"
    spec.write_text(source("tfgen.yaml", "invoices0"))
    files = tfgen.render(tfgen.load(spec))
    for name, text in files.items():
        target = tmp_path / "modules" / "invoices0" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    template(tmp_path / "modules", tmp_path / "template")
    jinja = Jinja(keep_trailing_newline=True, autoescape=False)
    for name, text in files.items():
        holed = (tmp_path / "template" / name).read_text()
        assert jinja.from_string(holed).render(VALUES) == text
        other = jinja.from_string(holed).render({**VALUES, "name": "refunds"})
        assert "invoices0" not in other
    assert "{{ name }}-orders" in (tmp_path / "template" / "triggers.tf").read_text()


def contestant(folder: Path, program: Callable[[Call], Line]) -> Contestant:
    peer = Peer("fake", "fake", Form.HCL, "nothing", nothing, program, further=0)
    return Contestant(peer, Environment(Path(sys.executable).parent, {}), folder)


_THREE = 'resource "a" "invoices0" {}\n' * 3
_WRITE = (
    "import sys; from pathlib import Path; o = Path(sys.argv[1]); o.mkdir(); (o / 'main.tf').write_text({!r})"
)


def test_a_run_is_measured_that_wrote_what_it_should(tmp_path: Path) -> None:
    one = contestant(tmp_path, lambda call: [sys.executable, "-c", _WRITE.format(_THREE), call.output])
    wrote = one.written()
    assert (wrote.files, wrote.resources) == (1, 3)
    assert one.alone() > 0


@pytest.mark.parametrize(
    ("program", "problem"),
    [
        ("raise SystemExit('no template')", "exits with 1\nno template"),
        ("pass", "fake wrote nothing about invoices0"),
        (_WRITE.format("# invoices0\n"), "fake wrote 0 resources for 1 functions"),
    ],
)
def test_a_run_that_failed_or_wrote_too_little_is_no_measurement(
    program: str, problem: str, tmp_path: Path
) -> None:
    one = contestant(tmp_path, lambda call: [sys.executable, "-c", program, call.output])
    with pytest.raises((RuntimeError, AssertionError)) as caught:
        one.written()
    assert problem in str(caught.value)


def test_what_looks_like_tfgens_files_must_be_them(tmp_path: Path) -> None:
    one = contestant(tmp_path, lambda call: [sys.executable, "-c", _WRITE.format(_THREE), call.output])
    one = one._replace(peer=one.peer._replace(is_tfgens=True), folder=tmp_path / "fake")
    modules = tmp_path / "modules 1"
    modules.mkdir()
    (modules / "main.tf").write_text(_THREE + "# and more\n")
    with pytest.raises(AssertionError, match="fake wrote other files than tfgen"):
        one.written()


def test_tfgen_takes_part_itself() -> None:
    assert PEERS[0] is TFGEN  # every ratio is to who is first
