"""Every box of every card inside its card and none over another, in any script and layout."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from card_files import TEXTS, question, with_partner
from card_page import LONGEST, everybody, everybody_in_trios, print_page, show
from playwright.sync_api import Browser, Page

from web.cards import LABELS, LAYOUTS
from web.cards.labels import Labels
from web.cards.layout import layout_of

FONTS = ("Noto Sans", "Narrowed DejaVu")
"""The widest of those that the style sheet lists."""

# Every card's safe area, and the boxes of whatever it shows, in millimetres.
BOXES = """(pad) => {
  const mm = 96 / 25.4, faults = [];
  const shown = ".place, .table, .name, .full, .run-in, .row:not(.run-in) > *, .turns span, " +
    "label, input, footer span";
  for (const card of document.querySelectorAll(".card")) {
    const edge = card.getBoundingClientRect();
    const safe = {left: edge.left + pad[0] * mm, right: edge.right - pad[0] * mm,
                  top: edge.top + pad[1] * mm, bottom: edge.bottom - pad[1] * mm};
    const boxes = [...card.querySelectorAll(shown)].filter(e => !e.matches("label input"));
    const texts = box => {
      const range = document.createRange(); range.selectNodeContents(box);
      return [...range.getClientRects()];
    };
    for (const [n, box] of boxes.entries()) {
      const at = box.getBoundingClientRect();
      const across = [at, ...texts(box)];
      if (Math.min(...across.map(r => r.left)) < safe.left - 0.3 ||
          Math.max(...across.map(r => r.right)) > safe.right + 0.3 ||
          at.top < safe.top - 0.3 || at.bottom > safe.bottom + 0.3)
        faults.push(`${card.id}: ${box.className || box.tagName} leaves the safe area: ` +
          box.textContent);
      for (const other of boxes.slice(n + 1)) {
        const by = other.getBoundingClientRect();
        if (Math.min(at.right, by.right) - Math.max(at.left, by.left) > 0.5 &&
            Math.min(at.bottom, by.bottom) - Math.max(at.top, by.top) > 0.5)
          faults.push(`${card.id}: ${box.textContent} | ${other.textContent} overlap`);
      }
    }
  }
  return faults;
}"""


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with print_page(browser) as page:
        yield page


layouts = pytest.mark.parametrize("layout", [layout.id for layout in LAYOUTS])


def faults(page: Page, layout: str) -> list[str]:
    chosen = layout_of(layout)
    found = []
    for font in FONTS:
        page.evaluate("font => { document.documentElement.style.fontFamily = font }", font)
        found += page.evaluate(BOXES, [chosen.pad_x, chosen.pad_y])
    return found


@layouts
@pytest.mark.parametrize("words", [{}, LONGEST], ids=["ordinary", "longest"])
def test_no_name_overflows(page: Page, layout: str, words: dict[str, Any]) -> None:
    show(page, everybody(layout, **words), layout)
    assert faults(page, layout) == []


@layouts
def test_no_trio_overflows(page: Page, layout: str) -> None:
    show(page, everybody_in_trios(layout), layout)
    assert faults(page, layout) == []


@pytest.mark.parametrize("labels", LABELS[1:], ids=lambda labels: labels.language)
def test_no_language_overflows(page: Page, labels: Labels) -> None:
    questions = [
        question(stage, text) | {"language": labels.language} for stage, text in TEXTS.items()
    ]
    show(page, everybody("letterx4", questions=questions, offer=None), "letterx4")
    assert faults(page, "letterx4") == []


def test_the_overflow_check_sees_a_box_out_of_place(page: Page) -> None:
    show(page, with_partner("Amara Okonkwo"), "a6x4")
    page.add_style_tag(content=".name { white-space: nowrap; letter-spacing: 20mm }")
    assert any("leaves the safe area" in fault for fault in faults(page, "a6x4"))
    page.add_style_tag(content=".row { margin-bottom: -20pt !important }")
    assert any("overlap" in fault for fault in faults(page, "a6x4"))
