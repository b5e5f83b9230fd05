"""The QR code: readable by a telephone, room of its own, nothing that leads nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from card_files import with_partner
from card_page import LONGEST, everybody, everybody_in_trios, print_page
from click.testing import CliRunner
from ink import PPI, ink_outside, printable
from playwright.sync_api import Browser
from test_cards_overflow import BOXES

from web.cards import LAYOUTS, PrintJob, UnknownChoice
from web.cards import sheet_from_files as read
from web.cards.code import CODE_QUIET, CODE_SIDE, Code
from web.cards.layout import layout_of
from web.cards.pdf import typeset
from web.cards.sheet import CardSheet
from web.cards.stock import POINT
from web.cli import seedbed

ADDRESS = "https://harbour.example.org/evening"
LARGE = [layout.id for layout in LAYOUTS if not layout.type.compact]
large = pytest.mark.parametrize("layout", LARGE)

# How near to a code anything else that is printed on its card stands, in pixels.
NEAREST = """() => Math.min(...[...document.querySelectorAll(".code")].flatMap(code => {
  const at = code.getBoundingClientRect();
  const others = code.closest(".card").querySelectorAll("p, label, input, footer");
  const ink = other => {
    const box = other.getBoundingClientRect();
    return other.type === "text" ? {...box.toJSON(), top: box.bottom - 1} : box;
  };
  return [...others].map(ink).map(by =>
    Math.max(at.left - by.right, by.top - at.bottom, at.top - by.bottom));
}))"""


def coded(sheet: CardSheet) -> CardSheet:
    return PrintJob(address=ADDRESS).on(sheet)


@pytest.mark.parametrize("address", ["https://a.bc", ADDRESS, "https://a.bc/" + "x" * 71])
def test_a_code_is_large_enough_with_its_quiet_zone(address: str) -> None:
    code = Code(address)
    module = CODE_SIDE * POINT / code.modules
    assert pytest.approx(20) == CODE_SIDE * POINT
    assert module >= 0.5
    assert 4 * module - 1e-9 <= CODE_QUIET * POINT


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("harbour.example.org", "Begin it with https://"),
        ("ftp://harbour.example.org", "Begin it with https://"),
        ("javascript:alert(1)", "Begin it with https://"),
        ("https://", "Begin it with https://"),
        ("http://localhost:5117/x", "attendees cannot reach"),
        ("http://127.0.0.1/x", "attendees cannot reach"),
        ("http://[::1]/x", "attendees cannot reach"),
        ("https://a.bc/ x", "has signs"),
        ("https://häfen.example", "has signs"),
        ("https://a.bc/" + "x" * 72, "at most 84"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(address: str, said: str) -> None:
    with pytest.raises(UnknownChoice, match=said):
        PrintJob(address=address)


@large
@pytest.mark.parametrize("words", [{}, LONGEST], ids=["ordinary", "longest"])
def test_nothing_overflows_beside_a_code_on_paper(layout: str, words: dict[str, Any]) -> None:
    sheet = coded(printable(everybody(layout, **words)))
    sheets = typeset(sheet, layout, measured=True, format="png", ppi=PPI)[1:]
    assert [spot for png in sheets for spot in ink_outside(png, layout_of(layout))] == []


@large
def test_nothing_overflows_beside_a_code_on_a_page(layout: str, browser: Browser) -> None:
    chosen = layout_of(layout)
    with print_page(browser) as page:
        for files in (everybody(layout), everybody(layout, **LONGEST), everybody_in_trios(layout)):
            page.set_content(PrintJob(layout=layout, address=ADDRESS).html(read(files)))
            assert page.evaluate(BOXES, [chosen.pad_x, chosen.pad_y]) == []
            assert page.evaluate(NEAREST) * 25.4 / 96 >= CODE_QUIET * POINT - 0.1


@large
def test_there_is_room_to_write_below_a_code(layout: str, browser: Browser) -> None:
    with print_page(browser) as page:
        page.set_content(
            PrintJob(layout=layout, address=ADDRESS).html(read(with_partner("Ada Li")))
        )
        line = page.locator(".ticks input[type=text]").first.bounding_box()
    assert line is not None
    assert (line["width"] * 25.4 / 96 >= 60, line["height"] * 25.4 / 96 >= 7.95) == (True, True)


@large
def test_the_address_stands_beside_the_code_in_words(layout: str) -> None:
    html = PrintJob(layout=layout, address=ADDRESS).html(read(with_partner("Ada Li")))
    assert html.count(f">{ADDRESS}</a>") == html.count('href="#code"') == 2
    assert ADDRESS not in PrintJob(layout=layout).html(read(with_partner("Ada Li")))


def test_a_card_too_small_for_a_code_says_so() -> None:
    with pytest.raises(UnknownChoice, match="no room for a QR code"):
        PrintJob(layout="avery5371", address=ADDRESS).pdf(read(with_partner("Ada Li")))


def test_a_page_with_codes_has_no_barrier(browser: Browser) -> None:
    with browser.new_page() as page:
        page.set_content(PrintJob(address=ADDRESS).html(read(with_partner("Ada Li"))))
        assert Axe().run(page).response["violations"] == []


def test_the_command_prints_a_code(tmp_path: Path) -> None:
    for name, content in with_partner("Amara Okonkwo").items():
        (tmp_path / name).write_bytes(content)
    asked = ["cards", str(tmp_path), "--out", str(tmp_path / "cards.pdf"), "--qr"]
    assert CliRunner().invoke(seedbed, [*asked, ADDRESS]).exit_code == 0
    refused = CliRunner().invoke(seedbed, [*asked, "http://localhost/"])
    assert (refused.exit_code, "cannot reach" in refused.output) == (2, True)
