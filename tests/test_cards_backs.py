"""Backs of cards: behind their fronts when the sheet is turned over; large print on Letter."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest
from card_files import with_partner
from card_page import LONGEST, everybody, print_page
from ink import PPI, ink_outside, printable
from playwright.sync_api import Browser
from test_cards_overflow import BOXES

from web.cards import LAYOUTS, Imposition, PrintJob, UnknownChoice
from web.cards import sheet_from_files as read
from web.cards.layout import layout_of
from web.cards.pdf import typeset
from web.cards.stock import EDGE

BACKS = Imposition(backs=True)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_every_name_stands_inside_its_back(layout) -> None:
    sheet = printable(everybody(layout.id))
    pages = typeset(sheet, layout.id, imposition=BACKS, format="png", ppi=PPI)[1:]
    assert [spot for png in pages for spot in ink_outside(png, layout)] == []
    assert len(pages) == 2 * -(-len(sheet.cards) // layout.per_sheet)


def test_a_back_lies_behind_its_card() -> None:
    sheet = read(with_partner("Amara Okonkwo"))
    start = Imposition(backs=True, start=4)
    pages = typeset(sheet, "a6x4", imposition=start, format="png", ppi=PPI)[1:]
    grid = layout_of("a6x4")
    fourth = Imposition(start=4)
    front, back = pages[0], pages[1]
    lower_right = only(grid, 3)
    lower_left = only(grid, 2)
    assert typeset(sheet, "a6x4", imposition=fourth, format="png", ppi=PPI)[1] == front
    assert ink_outside(back, lower_left) == []
    assert ink_outside(back, lower_right) != []


def only(grid, spot):
    """Return a grid with one of its pieces."""
    x, y = grid.corners[spot]
    return replace(grid, columns=1, rows=1, first_x=x, first_y=y)


def test_backs_are_tagged_pages_of_a_pdf() -> None:
    made = PrintJob(imposition=BACKS).pdf(read(with_partner("Amara Okonkwo")))
    with pikepdf.open(io.BytesIO(made)) as whole:
        assert len(whole.pages) == 3


@pytest.mark.parametrize("layout", ["host", "tent"])
def test_only_cards_have_backs(layout) -> None:
    with pytest.raises(UnknownChoice, match="Only cards have backs"):
        PrintJob(layout=layout, imposition=BACKS)


def test_large_print_comes_on_letter_too() -> None:
    grid = layout_of("a5-large", "letter")
    assert (grid.paper.width, grid.paper.height) == pytest.approx((279.4, 215.9))
    assert (grid.width, grid.height) == pytest.approx((139.7, 215.9))
    assert min(grid.pad_x + grid.first_x, grid.pad_y + grid.first_y) >= EDGE
    assert layout_of("a6x4", "letter") == layout_of("a6x4")


def test_large_print_on_letter_overflows_nowhere(browser: Browser) -> None:
    grid = layout_of("a5-large", "letter")
    for files in (everybody("a5-large"), everybody("a5-large", **LONGEST)):
        pages = typeset(
            printable(files), "a5-large", paper="letter", measured=True, format="png", ppi=PPI
        )[1:]
        assert [spot for png in pages for spot in ink_outside(png, grid)] == []
    with print_page(browser) as page:
        page.set_content(PrintJob(layout="a5-large", paper="letter").html(read(files)))
        assert page.evaluate(BOXES, [grid.pad_x, grid.pad_y]) == []
