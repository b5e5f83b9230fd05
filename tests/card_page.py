"""People with every kind of name on cards, drawn in a browser as they are printed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from card_files import entry, plan_files, question, trio
from playwright.sync_api import Browser, Page

from web.cards import render_html, sheet_from_files
from web.cards.layout import layout_of

__all__ = ["LONGEST", "everybody", "everybody_in_trios", "print_page", "show"]

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


@contextmanager
def print_page(browser: Browser) -> Iterator[Page]:
    """Open a page that is drawn as on paper."""
    with browser.new_page() as page:
        page.emulate_media(media="print")
        yield page


def show(page: Page, files: dict[str, bytes], layout: str) -> None:
    """Draw the cards of a plan."""
    page.set_content(render_html(sheet_from_files(files), layout))


def people_for(layout: str, longest: int = 60) -> dict[str, str]:
    """Return everyone of `NAMES` by id; 60 times W fits no small card, which says so."""
    small = layout_of(layout).type.compact
    names = [name for name in NAMES.values() if not small or len(name) <= longest]
    fitting = [name for name in names if not small or name != "W" * 60]
    return dict(zip("abcdefghijklmnopqrstuvwxyz", fitting, strict=False))


def everybody(layout: str, **changes: Any) -> dict[str, bytes]:
    """Return files in which everyone meets the next one, and has a pause before."""
    people = people_for(layout, 48 if changes else 60)
    ids = sorted(people)
    pairs = zip(ids, ids[1:] + ids[:1], strict=True)
    entries = [entry(f"2-{n:02}-A", a, b, **changes) for n, (a, b) in enumerate(pairs, 1)]
    return plan_files(
        [*entries, *(entry(f"1-P{n:02}", a, None) for n, a in enumerate(ids))], people
    )


def everybody_in_trios(layout: str) -> dict[str, bytes]:
    """Return files in which each three that follow each other meet; on small cards short names."""
    people = people_for(layout, 16)
    ids = sorted(people)
    threes = zip(ids, ids[1:], ids[2:], strict=False)
    entries = [one for table, three in enumerate(threes, 1) for one in trio(table, *three)]
    return plan_files(entries, people)
