"""Draws the pictures of the documentation from the demo event: cards in a browser, sheets as PDF.

Run by hand after the cards or the demo change: ``python docs/make_pictures.py``.
"""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from events.demo import DEMO_PRINTED, DEMO_SETTINGS, DEMO_TITLE, demo_people
from events.exporter import export
from events.importer import Options, read_people
from events.pipeline import introduce_attendees
from web.cards import CardSheet, PrintJob, render_html, sheet_from_files
from web.cards.sheet import Card

DOCS = Path(__file__).parent
EDGE = 24
"""Pixels of desk around the card."""

SHEETS_SHOWN = ("a6x4", "schedule")
"""Layouts whose first sheet stands in ``cards.md``, as the PDF sets it."""

ON_A_DESK = """
.ruler, .marks, .card:not(.drawn) { display: none }
body, html { background: #e9e7e2 }
.card.drawn { left: 10mm; top: 10mm; background: #fff; box-shadow: 0 1px 8px rgb(0 0 0 / 25%) }
"""


def main() -> None:
    """Draw every picture."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Drawing needs a browser: install the package chromium.")
    sheet = demo_sheet()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(device_scale_factor=2)
        draw_card(page, sheet, DOCS / "card.png")
        browser.close()
    for layout in SHEETS_SHOWN:
        (DOCS / f"sheet-{layout}.png").write_bytes(PrintJob(layout=layout).preview(sheet))


def demo_sheet() -> CardSheet:
    """Plan the demo event and return its cards."""
    options = Options(printed=frozenset(DEMO_PRINTED))
    people = read_people(demo_people(), name="demo.csv", options=options).people
    settings = replace(DEMO_SETTINGS, title=DEMO_TITLE)
    return sheet_from_files(export(introduce_attendees(people, settings)))


def draw_card(page: Page, sheet: CardSheet, target: Path) -> None:
    """Draw the first card that shows everything a card can, as its reader's sheet prints it."""
    card = next(card for card in sheet.cards if is_typical(card))
    own = tuple(other for other in sheet.cards if other.reader == card.reader)
    page.emulate_media(media="print")
    page.set_content(render_html(replace(sheet, cards=own)))
    page.locator(f"#card-{card.id}").evaluate("card => card.classList.add('drawn')")
    page.add_style_tag(content=ON_A_DESK)
    box = page.locator(".drawn").bounding_box()
    assert box is not None
    clip = {"x": box["x"] - EDGE, "y": box["y"] - EDGE}
    size = {"width": box["width"] + 2 * EDGE, "height": box["height"] + 2 * EDGE}
    page.screenshot(path=target, clip={**clip, **size}, full_page=True)


def is_typical(card: Card) -> bool:
    """Whether a card of two has a reason with numbers, all questions and an offer."""
    return bool(
        len(card.asks) == 1
        and card.offer
        and card.asks[0].deeper
        and card.why
        and any(letter.isdigit() for letter in card.why)
    )


if __name__ == "__main__":
    main()
