"""The PDF: exact sheets, nothing outside a card's safe area, every sign real."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from card_files import entry, plan_files, question, trio, with_partner
from card_page import LONGEST, everybody, everybody_in_trios
from click.testing import CliRunner

from web.cards import LABELS, LAYOUTS, CardsError, CardSheet, pdf, sheet_from_files
from web.cards.labels import Labels
from web.cards.layout import Layout, layout_of
from web.cards.pdf import render_pdf, typeset
from web.cards.sheet import Card
from web.cli import seedbed

PPI = 12
THREE = {"a": "Amara Okonkwo", "b": "Ben Zimmer", "c": "Chiara Lombardi"}
layouts = pytest.mark.parametrize("layout", [layout.id for layout in LAYOUTS])


def printable(files: dict[str, bytes]) -> CardSheet:
    """Return the cards on which no name needs the large fonts."""
    sheet = sheet_from_files(files)
    kept = tuple(card for card in sheet.cards if not any(map(is_han, names(card))))
    return replace(sheet, cards=kept)


def names(card: Card) -> Iterator[str]:
    yield card.reader.name
    yield from (ask.partner.name for ask in card.asks)
    yield from card.next_stop.names if card.next_stop else ()


def is_han(name: str) -> bool:
    """Whether a name needs the fonts of the extra `cjk`, Hangul included."""
    return any(0x2E80 <= ord(letter) < 0xFF70 or ord(letter) >= 0x20000 for letter in name)


def pixels(png: bytes) -> tuple[int, list[bytes]]:
    """Return bytes a pixel and the rows of an 8-bit PNG (RFC 2083)."""
    width, _, _, colour = struct.unpack(">IIBB", png[16:26])
    size = {2: 3, 6: 4}[colour]
    data, at = b"", 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        if png[at + 4 : at + 8] == b"IDAT":
            data += png[at + 8 : at + 8 + length]
        at += length + 12
    return size, list(unfiltered(zlib.decompress(data), width * size, size))


def unfiltered(raw: bytes, stride: int, size: int) -> Iterator[bytes]:
    above = bytes(stride)
    for start in range(0, len(raw), stride + 1):
        kind, line = raw[start], bytearray(raw[start + 1 : start + 1 + stride])
        if kind == 2:
            line = bytearray((rest + up) & 255 for rest, up in zip(line, above, strict=True))
        elif kind:
            add_predicted(line, above, kind, size)
        above = bytes(line)
        yield above


def add_predicted(line: bytearray, above: bytes, kind: int, size: int) -> None:
    """Undo filter 1, 3 or 4, each of which looks at the pixel before."""
    for at, up in enumerate(above):
        left = line[at - size] if at >= size else 0
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + up) // 2
        else:
            guess = paeth(left, up, above[at - size] if at >= size else 0)
        line[at] = (line[at] + guess) & 255


def paeth(left: int, up: int, corner: int) -> int:
    if left == corner:
        return up
    if up == corner:
        return left
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def ink_outside(png: bytes, layout: Layout) -> list[tuple[int, int]]:
    """Return the pixels (x, y) with ink that are in no card's safe area and no cut mark."""
    size, rows = pixels(png)
    inked = [
        (at // size, y)
        for y, row in enumerate(rows)
        for at in range(0, len(row), size)
        if row[at] < 200
    ]
    allowed = [*safe_areas(layout), *marks(layout)]
    return [spot for spot in inked if not any(inside(spot, box) for box in allowed)]


def safe_areas(layout: Layout) -> list[tuple[float, float, float, float]]:
    right, bottom = layout.width - layout.pad_x, layout.height - layout.pad_y
    return [(x + layout.pad_x, y + layout.pad_y, x + right, y + bottom) for x, y in layout.corners]


def marks(layout: Layout) -> list[tuple[float, float, float, float]]:
    return [(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)) for x1, y1, x2, y2 in layout.marks]


def inside(spot: tuple[int, int], box: tuple[float, float, float, float]) -> bool:
    """Whether a pixel touches a box of millimetres, half a millimetre of ink spread allowed."""
    x, y = ((place + 0.5) * 25.4 / PPI for place in spot)
    slack = 25.4 / PPI
    return box[0] - slack <= x <= box[2] + slack and box[1] - slack <= y <= box[3] + slack


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


def test_a_sign_that_no_font_has_is_refused_in_words() -> None:
    sheet = sheet_from_files(with_partner("Ada \U000e0100\ue000"))
    with pytest.raises(CardsError, match=r"No font here has a sign for '.*print cards\.html"):
        render_pdf(sheet)


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
