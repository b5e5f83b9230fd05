"""The print page in a real browser: every box inside its card, none over another, in any script."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from card_files import OFFER, entry, plan_files, question, trio, with_partner
from playwright.sync_api import Browser, Page, sync_playwright

from web.cards import LAYOUTS, render_html, sheet_from_files, style_hash

NAMES = {
    "one letter": "O",
    "60 wide letters": "W" * 60,
    "60 letters": "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis",
    "60 characters": "Maximiliana Theodora Freifrau von Hohenstein zu Rechtern-Lim",
    "six parts": "Ngozi Chimamanda Adaeze Obi-Okafor van den Berg",
    "hyphens and apostrophes": "Marie-Hélène O'Shaughnessy-N'Diaye d'Aubigné-Saint-Exupéry",
    "combining accents": "Ng\u0302oc\u0323 E\u0302\u0301ric Z\u030c\u0323yr\u0308",
    "Arabic": "محمد عبد الرحمن بن عبد العزيز آل سعود",
    "Hebrew with Latin": "שירה בן-דוד (Shira Ben-David)",
    "Devanagari": "श्रीमती लक्ष्मीबाई विश्वनाथन त्रिपाठी",
    "Thai": "กรุงเทพมหานครอมรรัตนโกสินทร์มหินทรายุธยา",
    "Chinese": "歐陽建國與司馬相如諸葛亮",
    "Japanese": "東久世 秀禎・さくら",
    "Korean": "남궁민수 제갈공명",
    "emoji": "Zoë 👩🏽‍🚀🇨🇭👨‍👩‍👧‍👦 Meier 👍🏿",
    "rare CJK": "𠮷野家 𩸽 龘龘",
    "markup": '<b>Ada</b> & "Bob" {{ 7 * 7 }}',
}
FONTS = ("Noto Sans", "Liberation Sans", "Narrowed DejaVu")

LONGEST = {
    "headline": (
        "Of 96 people here, only two have drawn tide tables and harbour maps for small towns. "
        "You are those two people, and both maps were printed."
    ),
    "questions": [
        question("open", "What would you show first on a walk around the harbour at Hohenstein?"),
        question("follow", "Which part of that would you keep if you could only keep one thing?"),
        question("deeper", "What would you begin if somebody else looked after ordinary things?"),
    ],
    "offer": "If finding a workshop for wooden boats comes up, you could introduce a carpenter.",
}

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
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "These tests draw pages: install the package chromium."
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_page() as page:
        page.emulate_media(media="print")
        yield page


def show(page: Page, files: dict[str, bytes], layout: str) -> None:
    page.set_content(render_html(sheet_from_files(files), layout))


def faults(page: Page, layout: str, fonts: tuple[str, ...] = FONTS) -> list[str]:
    chosen = next(one for one in LAYOUTS if one.id == layout)
    found = []
    for font in fonts:
        page.evaluate("font => { document.documentElement.style.fontFamily = font }", font)
        found += page.evaluate(BOXES, [chosen.pad_x, chosen.pad_y])
    return found


PEOPLE = dict(zip("abcdefghijklmnopqrstuvwxyz", NAMES.values(), strict=False))
"""Everyone of `NAMES` by id."""


def everybody(**changes: Any) -> dict[str, bytes]:
    """Return files in which everyone meets the next one, and has a pause before."""
    ids = sorted(PEOPLE)
    pairs = zip(ids, ids[1:] + ids[:1], strict=True)
    entries = [entry(f"2-{n:02}-A", a, b, **changes) for n, (a, b) in enumerate(pairs, 1)]
    return plan_files(
        [*entries, *(entry(f"1-P{n:02}", a, None) for n, a in enumerate(ids))], PEOPLE
    )


def everybody_in_trios() -> dict[str, bytes]:
    """Return files in which each three that follow each other meet."""
    ids = sorted(PEOPLE)
    threes = zip(ids, ids[1:], ids[2:], strict=False)
    entries = [one for table, three in enumerate(threes, 1) for one in trio(table, *three)]
    return plan_files(entries, PEOPLE)


layouts = pytest.mark.parametrize("layout", [layout.id for layout in LAYOUTS])


@layouts
@pytest.mark.parametrize("words", [{}, LONGEST], ids=["ordinary", "longest"])
def test_no_name_overflows(page: Page, layout: str, words: dict[str, Any]) -> None:
    show(page, everybody(**words), layout)
    assert faults(page, layout) == []


@layouts
def test_no_trio_overflows(page: Page, layout: str) -> None:
    show(page, everybody_in_trios(), layout)
    assert faults(page, layout) == []


def test_the_overflow_check_sees_a_box_out_of_place(page: Page) -> None:
    show(page, with_partner("Amara Okonkwo"), "a6x4")
    page.add_style_tag(content=".name { white-space: nowrap; letter-spacing: 20mm }")
    assert any("leaves the safe area" in fault for fault in faults(page, "a6x4"))
    page.add_style_tag(content=".row { margin-bottom: -20pt !important }")
    assert any("overlap" in fault for fault in faults(page, "a6x4"))


@layouts
def test_cards_stand_exactly_where_the_layout_says(page: Page, layout: str) -> None:
    show(page, everybody(), layout)
    chosen = next(one for one in LAYOUTS if one.id == layout)
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
    files = everybody()
    show(page, files, layout)
    pdf = page.pdf(prefer_css_page_size=True)
    cards = 2 * len(NAMES)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == 1 + -(-cards // 4)


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
    show(page, everybody(), "a6x4")
    sizes = page.eval_on_selector_all(
        ".card :is(span, h4, p, label)",
        """all => [...new Set(all.filter(e => !e.closest("footer"))
          .map(e => parseFloat(getComputedStyle(e).fontSize) * 0.75))]""",
    )
    assert min(sizes) >= 12


def test_a_narrow_screen_never_scrolls_sideways(page: Page) -> None:
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 320, "height": 800})
    show(page, everybody(**LONGEST), "a6x4")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    sizes = page.eval_on_selector_all(
        "body *", "all => all.map(e => parseFloat(getComputedStyle(e).fontSize))"
    )
    assert min(sizes) >= 16


def test_no_accessibility_violation(page: Page) -> None:
    page.emulate_media(media="screen")
    show(page, everybody(offer=OFFER), "a6x4")
    assert Axe().run(page).response["violations"] == []


def test_the_style_works_under_a_strict_policy(page: Page) -> None:
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    html = render_html(sheet_from_files(with_partner("Amara Okonkwo")), "a6x4")
    policy = f"default-src 'none'; style-src {style_hash('a6x4')}"
    headers = {"content-security-policy": policy, "content-type": "text/html; charset=utf-8"}
    page.route("**/*", lambda route: route.fulfill(body=html, headers=headers))
    page.goto("http://cards.test/")
    assert page.locator(".card").first.evaluate("e => getComputedStyle(e).position") == "absolute"
    assert refused == []
