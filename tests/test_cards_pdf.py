"""The PDF: exact sheets, nothing outside a card's safe area, every sign real."""

from __future__ import annotations

import math
import re
import struct
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from card_files import entry, plan_files, question, trio, with_partner
from card_page import LONGEST, everybody, everybody_in_trios
from click.testing import CliRunner
from ink import PPI, ink_outside, pixels, printable

from web.cards import LABELS, LAYOUTS, CardsError, PrintJob, pdf, sheet_from_files
from web.cards.labels import Labels
from web.cards.layout import layout_of
from web.cards.pdf import render_pdf, typeset
from web.cards.signs import left_out
from web.cli import seedbed

ADDRESS = "https://harbour.example.org/evening"
THREE = {"a": "Amara Okonkwo", "b": "Ben Zimmer", "c": "Chiara Lombardi"}
layouts = pytest.mark.parametrize("layout", [layout.id for layout in LAYOUTS])


def drawn(files: dict[str, bytes], layout: str) -> list[bytes]:
    """Return the pages as pictures, each card measured."""
    pages = typeset(printable(files), layout, measured=True, format="png", ppi=PPI)
    assert isinstance(pages, list)
    return pages


def stray_ink(files: dict[str, bytes], layout: str) -> list[tuple[int, int]]:
    sheets = drawn(files, layout)[1:]
    return [spot for png in sheets for spot in ink_outside(png, layout_of(layout))]


@layouts
@pytest.mark.parametrize("words", [{}, LONGEST], ids=["ordinary", "longest"])
def test_no_name_overflows(layout: str, words: dict[str, str]) -> None:
    assert stray_ink(everybody(layout, **words), layout) == []


@pytest.mark.parametrize("layout", ["a6x4", "letterx4", "a5-large"])
def test_no_trio_overflows(layout: str) -> None:
    assert stray_ink(everybody_in_trios(layout), layout) == []


@layouts
def test_an_ordinary_trio_fits_everywhere(layout: str) -> None:
    assert stray_ink(plan_files(trio(7, *THREE), THREE), layout) == []


@layouts
def test_no_language_overflows(layout: str) -> None:
    entries = [
        entry(f"1-{n:02}-{letter}", *pair, questions=[in_(labels)], offer=None)
        for n, labels in enumerate(LABELS[1:], 1)
        for letter, pair in (("A", ("a", "b")), ("B", ("b", "a")))
    ]
    assert stray_ink(plan_files(entries, THREE), layout) == []


def in_(labels: Labels) -> dict[str, str]:
    return question("open", "What is that?") | {"language": labels.language}


def test_the_ink_test_sees_ink() -> None:
    (sheet,) = drawn(with_partner("Ada Li"), "a6x4")[1:]
    elsewhere = replace(layout_of("a6x4"), first_x=60.0)
    assert ink_outside(sheet, layout_of("a6x4")) == []
    assert ink_outside(sheet, elsewhere) != []


@layouts
def test_a_ruler_page_and_full_sheets_of_the_right_paper(layout: str) -> None:
    chosen = layout_of(layout)
    files = everybody(layout)
    pages = drawn(files, layout)
    assert len(pages) == 1 + math.ceil(len(printable(files).cards) / chosen.per_sheet)
    sides = {struct.unpack(">II", png[16:24]) for png in pages}
    paper = chosen.paper
    assert sides == {tuple(round(side / 25.4 * PPI) for side in (paper.width, paper.height))}


def test_the_file_is_tagged_and_the_same_every_time() -> None:
    sheet = sheet_from_files(with_partner("Amara Okonkwo"))
    made = render_pdf(sheet)
    assert made == render_pdf(sheet)
    assert b"pdfuaid:part" in made
    assert b"CreationDate" not in made


def test_people_cannot_write_source() -> None:
    for evil in ('#panic("x")', '"); #panic()', "\\u{41} $x$ *b* @a <a> `c`", "= Title"):
        assert render_pdf(sheet_from_files(with_partner(evil, headline=evil)))


@layouts
def test_a_card_is_printed_in_black_and_one_readable_grey(layout: str) -> None:
    cards = PrintJob(layout=layout, address="" if layout_of(layout).type.compact else ADDRESS)
    size, rows = pixels(cards.preview(sheet_from_files(with_partner("Ada Li"))))
    signs = {row[at : at + 3] for row in rows for at in range(0, len(row), size)}
    assert all(len(set(sign)) == 1 for sign in signs)  # no colour
    assert min(signs)[0] <= 2


def test_the_grey_of_labels_is_readable_on_white() -> None:
    source = (files("web.cards") / "templates/base.typ").read_text()
    (grey,) = re.findall(r'rgb\("#(..)\1\1"\)', source)
    luminance = ((int(grey, 16) / 255 + 0.055) / 1.055) ** 2.4  # WCAG 2.2, relative luminance
    assert 1.05 / (luminance + 0.05) >= 4.5


NEW_EMOJI = "\U0001fae9"  # younger than the fonts


def test_a_letter_that_no_font_has_is_refused_with_everybody_whose_name_it_is() -> None:
    people = {"a": "ᏣᎳᎩ Ada", "b": "ꦗꦮ", "c": "Ben Zimmer"}
    files = plan_files(trio(7, *people), people)
    with pytest.raises(CardsError, match=r"letters of “ᏣᎳᎩ Ada”, “ꦗꦮ”\. .*print the page"):
        render_pdf(sheet_from_files(files))


def test_decoration_that_no_font_has_is_left_out_and_told() -> None:
    sheet = sheet_from_files(with_partner(f"Zoë Meier {NEW_EMOJI}"))
    plain = sheet_from_files(with_partner("Zoë Meier"))
    assert PrintJob().preview(sheet) == PrintJob().preview(plain)
    assert render_pdf(sheet)
    assert PrintJob(layout="schedule").pdf(sheet)
    (said,) = PrintJob().notices(sheet)
    assert said.startswith(f"The PDF leaves out {NEW_EMOJI} of “Zoë Meier {NEW_EMOJI}”, because")
    assert PrintJob().notices(plain) == ()


@pytest.mark.parametrize(
    "sign", ["Aéж\u0301", "あ中한𠮷", "שم", "ไทย क्ष", "🫠👩🏽\u200d🚀🇨🇭", "★✿"]
)
def test_the_fonts_have_the_signs_of_the_scripts_we_promise(sign: str) -> None:
    assert left_out([f"Ada {sign}"]) == ()
    assert render_pdf(sheet_from_files(with_partner(f"Ada {sign}")))


def test_the_fonts_carry_their_licence() -> None:
    fonts = Path(pdf.__file__).parent / "fonts"
    assert "SIL OPEN FONT LICENSE" in (fonts / "OFL.txt").read_text("utf-8")
    assert (fonts / "NotoSans.ttf").exists()


def test_the_command_line_writes_a_pdf(tmp_path: Path) -> None:
    for name, content in with_partner("Amara Okonkwo").items():
        (tmp_path / name).write_bytes(content)
    target = tmp_path / "cards.pdf"
    done = CliRunner().invoke(seedbed, ["cards", str(tmp_path), "--out", str(target)])
    assert (done.exit_code, done.output) == (0, f"{target}\n")
    assert target.read_bytes().startswith(b"%PDF-1.7")


def test_a_file_name_that_says_neither_page_nor_pdf_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(seedbed, ["cards", str(tmp_path), "--out", str(tmp_path / "cards")])
    assert (done.exit_code, [*tmp_path.iterdir()]) == (2, [])
    assert "cards says neither. Let it end in .html or .pdf." in done.output
