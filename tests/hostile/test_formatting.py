"""`fmt()` beside `terraform fmt`: the same bytes, whoever wrote the HCL, as users' templates may."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from tests.hostile.foreign_hcl import bodies
from tests.strategies import examples, terraform
from tfgen.layout import fmt

_FOREIGN = Path(__file__).with_name("foreign")
UGLY = sorted((_FOREIGN / "ugly").iterdir())
#: What only Terraform 0.11 knew, which `terraform fmt` brings up to date and `fmt()` leaves.
_OUTDATED = ('variable "x" {\n  type = "map"\n}\n', 'x = "${\n  f(\n    1\n  )\n}"\n')


@pytest.mark.parametrize("ugly", UGLY, ids=lambda path: path.stem)
def test_what_others_wrote_is_laid_out(ugly: Path) -> None:
    laid_out = (_FOREIGN / "laid_out" / ugly.name).read_text(encoding="utf-8")
    assert fmt(ugly.read_text(encoding="utf-8")) == laid_out
    assert fmt(laid_out) == laid_out


@examples(60)
@given(bodies())
def test_what_is_laid_out_stays_so(text: str) -> None:
    assert fmt(fmt(text)) == fmt(text)


@pytest.mark.parametrize("text", _OUTDATED)
def test_what_is_outdated_stays_so(text: str) -> None:
    assert fmt(text) == text


@pytest.mark.parametrize(
    ("text", "laid_out"),
    [
        ("a = 1 #  \nbb = 2 # x \n", "a  = 1 #\nbb = 2 # x\n"),
        ("  /* a\n     b   \n  */  \n", "/* a\n     b   \n  */\n"),
        ("a {\nb {\nc = 1\n}\nd = 1\n}\n", "a {\n  b {\n    c = 1\n  }\n  d = 1\n}\n"),
        ("x = <<EOT\n", "x = <<EOT\n"),
        ('x = "not closed\n}\ny = 1\n', 'x = "not closed\n}\ny = 1\n'),
        ("/* not closed\n  x\n", "/* not closed\n  x\n"),
        ("}}} ]\n)\n", "} } }]\n)\n"),
        ("", ""),
    ],
)
def test_odd_texts_are_laid_out_as_far_as_they_are_read(text: str, laid_out: str) -> None:
    assert fmt(text) == laid_out


# Terraform itself ------------------------------------------------------------------------------------


def by_terraform(texts: list[str], folder: Path) -> list[str]:
    """The texts as Terraform lays them out, in one call."""
    files = [folder / f"{number:03}.tf" for number, _ in enumerate(texts)]
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    terraform(folder, "fmt", "-list=false", text="")
    return [file.read_text(encoding="utf-8") for file in files]


@pytest.mark.terraform
def test_drawn_texts_get_the_bytes_of_terraform_fmt(tmp_path: Path) -> None:
    samples: list[str] = []

    @examples(300)
    @given(bodies())
    def collect(text: str) -> None:
        samples.append(text)

    collect()
    for text, laid_out in zip(samples, by_terraform(samples, tmp_path), strict=True):
        assert fmt(text) == laid_out


@pytest.mark.terraform
def test_what_is_laid_out_here_is_what_terraform_makes_of_it(tmp_path: Path) -> None:
    made = by_terraform([path.read_text(encoding="utf-8") for path in UGLY], tmp_path)
    expected = [(_FOREIGN / "laid_out" / path.name).read_text(encoding="utf-8") for path in UGLY]
    assert made == expected
