"""The page of cards: headings, labels, nothing from outside, the same every time."""

from __future__ import annotations

import re

from card_files import (
    THREE,
    entry,
    plain,
    plan_files,
    question,
    with_partner,
)

from web.cards import (
    Order,
    render_html,
    sheet_from_files,
    style_hash,
)


def headings(html: str) -> list[tuple[int, str]]:
    """Return level and text of every heading, in document order."""
    found = re.findall(r"<h([1-6])>(.*?)</h\1>", html, re.DOTALL)
    return [(int(level), " ".join(re.sub("<[^>]+>", " ", text).split())) for level, text in found]


def test_headings_follow_the_card() -> None:
    html = render_html(sheet_from_files(plan_files([entry("2-07-B", "b", "a")], THREE)))
    assert headings(html) == [
        (1, "Introduction cards"),
        (2, "Ben Zimmer"),
        (3, "Round 2 · 10:40 Table 7 Amara Okonkwo"),
        (4, "Why"),
        (4, "Ask"),
        (4, "Follow up"),
        (4, "Deeper"),
        (4, "Offer"),
    ]


def test_each_order_has_its_own_headings() -> None:
    sheet = sheet_from_files(with_partner("Amara Okonkwo"))
    groups = {
        order: [text for level, text in headings(render_html(sheet, order=order)) if level == 2]
        for order in Order
    }
    assert groups == {
        Order.NAME: ["Amara Okonkwo", "Ben Zimmer"],
        Order.ROUND: ["Round 2"],
        Order.TABLE: ["Table 7"],
    }


def test_the_footer_tells_card_and_plan_apart() -> None:
    html = render_html(sheet_from_files(with_partner("Amara Okonkwo")))
    footers = re.findall(r"<footer>(.*?)</footer>", html)
    assert [plain(re.sub("<[^>]+>", "", footer)) for footer in footers] == [
        "for: Amara Okonkwo card 2-07-A · plan 4f1c0de5",
        "for: Ben Zimmer card 2-07-B · plan 4f1c0de5",
    ]


def test_people_cannot_write_markup() -> None:
    evil = "<script>alert(1)</script>"
    words = {"headline": evil, "offer": evil, "questions": [question("open", evil)]}
    html = render_html(sheet_from_files(with_partner(evil, **words)))
    assert "<script" not in html
    assert html.count("&lt;script&gt;") >= 6


def test_the_page_needs_nothing_else() -> None:
    html = render_html(sheet_from_files(with_partner("Amara Okonkwo")))
    assert len(re.findall("<style>", html)) == 1
    assert not re.search(r'<(script|link|img|iframe)|style="|url\(|https?:|@import', html)


def test_every_text_field_and_box_is_labelled() -> None:
    html = render_html(sheet_from_files(plan_files([entry("1-P01", "a", None)], THREE)))
    html += render_html(sheet_from_files(with_partner("Amara Okonkwo")))

    unlabelled = re.sub("<label.*?</label>", "", html, flags=re.DOTALL)
    assert not re.search("<input(?![^>]*aria-label)", unlabelled)


def test_the_same_plan_gives_the_same_page() -> None:
    entries = [entry("2-07-B", "b", "a"), entry("1-02-A", "a", "c"), entry("1-02-B", "c", "a")]
    first = render_html(sheet_from_files(plan_files(entries, THREE)))
    again = render_html(sheet_from_files(plan_files(entries[::-1], dict(reversed(THREE.items())))))
    assert first == again


def test_the_style_hash_is_of_the_style_block() -> None:
    assert style_hash("a6x4") != style_hash("letterx4")
