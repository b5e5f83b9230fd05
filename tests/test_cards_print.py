"""The print page in a real browser: exact geometry, readable type, a twin for every reader."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from card_files import OFFER, with_partner
from card_page import LONGEST, everybody, print_page, show
from chromium import DESK
from playwright.sync_api import Browser, Page

from web.cards import LAYOUTS, render_html, sheet_from_files, style_hash
from web.cards.layout import layout_of


@pytest.fixture(scope="module")
def shared(browser: Browser) -> Iterator[Page]:
    with print_page(browser) as page:
        yield page


@pytest.fixture
def page(shared: Page) -> Page:
    """Return the one page as paper, whatever the test before made of it."""
    shared.emulate_media(media="print")
    shared.set_viewport_size(DESK)
    return shared


layouts = pytest.mark.parametrize("layout", [layout.id for layout in LAYOUTS])


@layouts
def test_cards_stand_exactly_where_the_layout_says(page: Page, layout: str) -> None:
    show(page, everybody(layout), layout)
    chosen = layout_of(layout)
    drawn = page.evaluate(
        """() => [...document.querySelector(".sheet").querySelectorAll(".card")].map(card => {
          const at = card.getBoundingClientRect();
          const sheet = card.parentElement.getBoundingClientRect();
          return [at.left - sheet.left, at.top - sheet.top, at.width, at.height]
            .map(px => px * 25.4 / 96);
        })"""
    )
    wanted = [[x, y, chosen.width, chosen.height] for x, y in chosen.corners]
    assert drawn == [pytest.approx(lengths, abs=0.05) for lengths in wanted]


@layouts
def test_a_job_is_a_ruler_page_and_full_sheets(page: Page, layout: str) -> None:
    files = everybody(layout)
    show(page, files, layout)
    pdf = page.pdf(prefer_css_page_size=True)
    cards = len(sheet_from_files(files).cards)
    sheets = math.ceil(cards / layout_of(layout).per_sheet)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1 + sheets


@layouts
def test_the_ruler_is_true(page: Page, layout: str) -> None:
    show(page, with_partner("Amara Okonkwo"), layout)
    widths = page.eval_on_selector_all(
        ".bar", "bars => bars.map(bar => bar.getBoundingClientRect().width * 25.4 / 96)"
    )
    assert widths == pytest.approx([100, 101.6], abs=0.05)


def test_there_is_room_to_write(page: Page) -> None:
    show(page, with_partner("Amara Okonkwo"), "a6x4")
    line = page.locator(".ticks input[type=text]").first.bounding_box()
    assert line is not None
    assert line["width"] * 25.4 / 96 >= 60
    assert line["height"] * 25.4 / 96 >= 7.95


def test_nothing_that_must_be_read_is_below_12_points(page: Page) -> None:
    show(page, everybody("a6x4"), "a6x4")
    sizes = page.eval_on_selector_all(
        ".card :is(span, h4, p, label)",
        """all => [...new Set(all.filter(e => !e.closest("footer"))
          .map(e => parseFloat(getComputedStyle(e).fontSize) * 0.75))]""",
    )
    assert min(sizes) >= 12


def test_a_narrow_screen_never_scrolls_sideways(page: Page) -> None:
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 800})
    show(page, everybody("a6x4", **LONGEST), "a6x4")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = page.eval_on_selector_all(
        "body *", "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 16


def test_no_accessibility_violation(page: Page) -> None:
    page.emulate_media(media="screen")
    show(page, everybody("a6x4", offer=OFFER), "a6x4")
    assert Axe().run(page).response["violations"] == []


def test_the_style_works_under_a_strict_policy(browser: Browser) -> None:
    with print_page(browser) as page:
        assert complaints_under_a_strict_policy(page) == []


def complaints_under_a_strict_policy(page: Page) -> list[str]:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    html = render_html(sheet_from_files(with_partner("Amara Okonkwo")), "a6x4")
    policy = f"default-src 'none'; style-src {style_hash('a6x4')}"
    headers = {"content-security-policy": policy, "content-type": "text/html; charset=utf-8"}
    page.route("**/*", lambda route: route.fulfill(body=html, headers=headers))
    page.goto("http://cards.test/")
    assert page.locator(".card").first.evaluate("e => getComputedStyle(e).position") == "absolute"
    return refused
