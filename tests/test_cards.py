"""Cards from the files of a plan: what is read, what is said, what gives way."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from card_files import OFFER, TEXTS, WHY, entry, plan_files, question, trio, with_partner

from events.demo import DEMO_PRINTED, DEMO_SETTINGS, demo_people
from events.exporter import export
from events.importer import Options, read_people
from events.pipeline import introduce_attendees
from web.cards import (
    LABELS,
    LAYOUTS,
    CardsError,
    CardSheet,
    Order,
    UnknownChoice,
    UnreadablePlan,
    render_html,
    sheet_from_files,
    style_hash,
)
from web.cards.face import Face, faces_of
from web.cards.labels import Labels
from web.cards.layout import Layout, layout_of
from web.cards.measure import text_width
from web.cards.rows import Part

THREE = {"a": "Amara Okonkwo", "b": "Ben Zimmer", "c": "Chiara Lombardi"}


@pytest.fixture(scope="module")
def demo() -> CardSheet:
    options = Options(printed=frozenset(DEMO_PRINTED))
    people = read_people(demo_people(), name="demo.csv", options=options).people
    return sheet_from_files(export(introduce_attendees(people, DEMO_SETTINGS)))


def faces(files: dict[str, bytes], layout: str = "a6x4") -> dict[str, Face]:
    sheet = sheet_from_files(files)
    found = faces_of(sheet.cards, layout_of(layout), sheet.short_id)
    return {face.card.id: face for face in found}


def parts(face: Face) -> list[Part]:
    return [row.part for row in face.rows]


def plain(text: str) -> str:
    """Return a text without its bidi isolates."""
    return re.sub("[\u2068\u2069]", "", text)


def headings(html: str) -> list[tuple[int, str]]:
    """Return level and text of every heading, in document order."""
    found = re.findall(r"<h([1-6])>(.*?)</h\1>", html, re.DOTALL)
    return [(int(level), " ".join(re.sub("<[^>]+>", " ", text).split())) for level, text in found]


# --- reading ------------------------------------------------------------------------------------


def test_a_card_says_when_where_who_why_and_what_to_ask() -> None:
    sheet = sheet_from_files(with_partner("Amara Okonkwo"))
    (card,) = (card for card in sheet.cards if card.id == "2-07-B")
    (ask,) = card.asks
    assert (card.round, card.time, card.table, card.reader.name) == (2, "10:40", 7, "Ben Zimmer")
    assert (ask.partner.name, card.why, card.offer) == ("Amara Okonkwo", WHY, OFFER)
    assert {"open": ask.open, "follow": ask.follow, "deeper": ask.deeper} == TEXTS


def test_without_a_start_cards_show_no_time() -> None:
    files = plan_files([entry("1-01-A", "a", "b")], THREE, start="")
    assert faces(files)["1-01-A"].place == "Round 1"


def test_in_a_trio_everyone_is_started_with_once() -> None:
    cards = sheet_from_files(plan_files(trio(7, *THREE), THREE)).cards
    starts = {card.reader.id: card.asks[0].partner.id for card in cards}
    assert starts == {"a": "b", "b": "c", "c": "a"}


def test_a_trio_card_offers_to_whom_it_fits() -> None:
    entries = [entry("1-01-A", "a", "b", offer=None), entry("1-01-A", "a", "c")]
    (card,) = sheet_from_files(plan_files(entries, THREE)).cards
    assert card.offer_to is not None
    assert (card.asks[0].partner.id, card.offer_to.id, card.offer) == ("b", "c", OFFER)


def test_a_sit_out_card_names_the_next_meeting() -> None:
    entries = [entry("1-P01", "a", None), entry("3-02-A", "a", "b"), entry("2-04-A", "a", "c")]
    face = faces(plan_files(entries, THREE))["1-P01"]
    said = {plain(row.label): plain(row.text) for row in face.rows}
    assert said["Next"] == "10:40, table 4, with Chiara."
    assert said["Why"] == "The numbers are odd this round, so you have a pause."


def test_a_sit_out_with_others_does_not_blame_an_odd_number() -> None:
    entries = [entry("1-P01", "a", None), entry("1-P02", "b", None)]
    face = faces(plan_files(entries, THREE))["1-P01"]
    assert "odd" not in face.rows[0].text
    assert face.rows[-1].text == "This was your last round. Stay, and go on with someone you met."


def test_names_that_spreadsheets_would_run_are_read_back() -> None:
    files = plan_files([entry("1-01-A", "a", "b")], {"a": "=Ada+1", "b": "'-Bob"})
    (card,) = sheet_from_files(files).cards
    assert (card.reader.name, card.asks[0].partner.name) == ("=Ada+1", "'-Bob")


@pytest.mark.parametrize("name", ["introductions.json", "people.csv", "plan.json"])
def test_a_missing_file_is_named_with_the_remedy(name: str) -> None:
    files = with_partner("Amara Okonkwo")
    del files[name]
    with pytest.raises(UnreadablePlan, match=rf"^{name} is missing.*Run `seedbed match` again"):
        sheet_from_files(files)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("plan.json", b"{", "plan.json is broken at line 1, column 2"),
        ("plan.json", b"[]", "plan.json does not describe a plan"),
        ("plan.json", b'{"plan_id": "4f1c"}', "plan.json has no settings"),
        ("plan.json", b'{"plan_id": "4f1c", "settings": {"rounds": 0}}', "rounds is 0"),
        ("introductions.json", b"{}", "introductions.json must hold a list"),
        ("introductions.json", b'[{"card": "1-01-A"}]', "introductions.json has an entry"),
        ("people.csv", b"id,name\na,Ada\n", "people.csv has no column family_name, given_name"),
        ("people.csv", b"\xff\xfe", "people.csv is not UTF-8 text"),
        ("people.csv", b"id,name,given_name,family_name\na,,,\n", "people.csv has a row"),
        ("people.csv", b"id,name,given_name,family_name\nz,Zoe,,\n", "'b', who is not in people"),
    ],
)
def test_a_broken_file_is_named_with_the_remedy(name: str, content: bytes, says: str) -> None:
    files = with_partner("Amara Okonkwo") | {name: content}
    with pytest.raises(UnreadablePlan, match=re.escape(says)) as caught:
        sheet_from_files(files)
    assert "Run `seedbed match` again" in str(caught.value)


def test_a_card_without_an_opener_is_refused() -> None:
    files = plan_files([entry("1-01-A", "a", "b", questions=[])], THREE)
    with pytest.raises(UnreadablePlan, match="Card 1-01-A has no opening question"):
        sheet_from_files(files)


# --- order --------------------------------------------------------------------------------------


def test_orders() -> None:
    entries = [
        entry("1-02-A", "a", "b"),
        entry("1-02-B", "b", "a"),
        entry("1-P01", "c", None),
        entry("2-01-A", "b", "c"),
        entry("2-01-B", "c", "b"),
    ]
    sheet = sheet_from_files(plan_files(entries, THREE))
    ids = {order: [card.id for card in sheet.sorted_by(order)] for order in Order}
    assert ids == {
        Order.NAME: ["1-P01", "2-01-B", "1-02-A", "1-02-B", "2-01-A"],
        Order.ROUND: ["1-02-A", "1-02-B", "1-P01", "2-01-B", "2-01-A"],
        Order.TABLE: ["2-01-B", "2-01-A", "1-02-A", "1-02-B", "1-P01"],
    }


@pytest.mark.parametrize(
    ("layout", "order", "says"),
    [
        ("a7", "name", "There is no layout 'a7'. Known layouts: a6x4, letterx4"),
        ("a6x4", "age", "There is no order 'age'. Known orders: name, round, table."),
    ],
)
def test_an_unknown_choice_is_refused(layout: str, order: str, says: str) -> None:
    sheet = sheet_from_files(with_partner("Amara Okonkwo"))
    with pytest.raises(UnknownChoice, match=re.escape(says)):
        render_html(sheet, layout, order)


def test_an_unknown_language_is_refused() -> None:
    questions = [question("open", "Quid?") | {"language": "la"}]
    files = plan_files([entry("1-01-A", "a", "b", questions=questions)], THREE)
    with pytest.raises(UnknownChoice, match="Cards cannot be printed in 'la'"):
        render_html(sheet_from_files(files))


# --- what gives way -----------------------------------------------------------------------------


def test_an_ordinary_card_loses_nothing() -> None:
    for layout in ("a6x4", "letterx4"):
        face = faces(with_partner("Amara Okonkwo"), layout)["2-07-B"]
        assert parts(face) == [Part.WHY, Part.ASK, Part.FOLLOW, Part.DEEPER, Part.OFFER]


def test_without_an_offer_the_card_says_what_to_listen_for() -> None:
    face = faces(with_partner("Amara Okonkwo", offer=None))["2-07-B"]
    assert face.rows[-1].text == LABELS[0].no_offer


def test_the_one_who_knows_both_is_named() -> None:
    files = plan_files([entry("1-01-A", "a", "b", introducer="c")], THREE)
    said = [plain(row.text) for row in faces(files)["1-01-A"].rows]
    assert said[1] == "Chiara knows you both: ask Chiara to introduce you."


@pytest.mark.parametrize(
    ("words", "left"),
    [
        (12, [Part.WHY, Part.ASK, Part.FOLLOW, Part.DEEPER, Part.OFFER]),
        (33, [Part.WHY, Part.ASK, Part.FOLLOW, Part.OFFER]),
        (42, [Part.WHY, Part.ASK, Part.OFFER]),
        (50, [Part.WHY, Part.ASK]),
    ],
)
def test_content_gives_way_in_order(words: int, left: list[Part]) -> None:
    why = " ".join(["word"] * (words - 1)) + " end."
    face = faces(with_partner("Ada Li", headline=why))["2-07-B"]
    assert parts(face) == left
    assert face.body >= 12


def test_on_a_small_card_why_stays_longer_than_who_knows_both() -> None:
    people = {"a": "Amara Okonkwo", "b": "Ben Zimmer", "c": "Chiara Lombardi"}
    why = f"{WHY} The street was the same, and so was the bakery."
    files = plan_files([entry("2-07-A", "a", "b", introducer="c", headline=why)], people)
    face = faces_of(sheet_from_files(files).cards, layout_of("a7x8"), "4f1c")[0]
    assert [row.part for row in face.rows] == [Part.WHY, Part.ASK]


@pytest.mark.parametrize("layout", ["a7x8", "avery74541"])
def test_a_small_card_says_why_and_what_to_ask_and_mostly_what_to_offer(
    demo: CardSheet, layout: str
) -> None:
    shown = Counter(
        row.part for face in faces_of(demo.cards, layout_of(layout), "4f1c") for row in face.rows
    )
    assert (shown[Part.WHY], shown[Part.ASK]) == (288, 288)
    assert shown[Part.OFFER] >= 275


@pytest.mark.parametrize(
    ("layout", "least"), [("avery5371", 0.95), ("avery5390", 0.9), ("avery5395", 0.95)]
)
def test_a_badge_says_why_on_nearly_every_card(demo: CardSheet, layout: str, least: float) -> None:
    shown = Counter(
        row.part for face in faces_of(demo.cards, layout_of(layout), "4f1c") for row in face.rows
    )
    assert shown[Part.ASK] == 288
    assert shown[Part.WHY] >= least * 288


def test_where_the_first_reason_has_no_room_the_next_one_stands() -> None:
    long = "You both " + "keep very old bees and " * 5 + "more."
    reasons = [long, "You both keep bees.", "You both live in Graz."]
    files = with_partner("Ada Li", headline=long, reasons=reasons)
    badge, large = (faces(files, layout)["2-07-B"].rows[0] for layout in ("avery5371", "a6x4"))
    assert (badge.part, badge.text, large.text) == (Part.WHY, reasons[1], long)


@pytest.mark.parametrize("layout", [layout.id for layout in LAYOUTS if layout.type.compact])
def test_small_cards_have_no_boxes_to_tick_but_pauses_may_have_lines(layout: str) -> None:
    entries = [entry("1-P01", "a", None), entry("2-01-A", "a", "b")]
    page = render_html(sheet_from_files(plan_files(entries, THREE)), layout)
    assert '<input type="checkbox"' not in page
    assert page.count('<input type="text"') == layout_of(layout).type.spacing.seed_lines


def test_an_offer_too_long_for_a_small_card_gives_way_to_a_short_sentence() -> None:
    offer = (
        "If writing for newcomers comes up, you could look over one page or two of it with them."
    )
    files = with_partner("Ada Li", offer=offer)
    large, small = (faces(files, layout)["2-07-B"].rows[-1] for layout in ("a6x4", "a7x8"))
    assert (large.text, small.text) == (offer, LABELS[0].short_no_offer)


def test_a_card_without_an_offer_says_so_in_fewer_words_where_it_is_small() -> None:
    files = with_partner("Ada Li", offer=None)
    large, small = (faces(files, layout)["2-07-B"].rows[-1] for layout in ("a6x4", "a7x8"))
    assert (large.text, small.text) == (LABELS[0].no_offer, LABELS[0].short_no_offer)


def test_the_second_half_of_the_reason_gives_way_last() -> None:
    why = "You both keep bees. " + "And more. " * 40
    face = faces(with_partner("Ada Li", headline=why))["2-07-B"]
    assert [(row.part, row.text) for row in face.rows] == [
        (Part.WHY, "You both keep bees."),
        (Part.ASK, TEXTS["open"]),
    ]


def test_no_card_has_more_than_75_words() -> None:
    long = [question(stage, "Which " + "word " * 16 + "end?") for stage in TEXTS]
    for face in faces(with_partner("Amara Okonkwo", questions=long)).values():
        said = " ".join(f"{row.label} {row.lead} {row.text}" for row in face.rows)
        assert len(f"{said} {' '.join(face.labels.turns)}".split()) <= 75


def test_all_cards_of_a_reader_are_set_alike() -> None:
    long = "Of 96 people here, only you two have drawn tide tables, harbour maps and town plans."
    entries = [
        entry("1-01-A", "a", "b", headline="Bees."),
        entry("2-01-A", "a", "c", headline=long),
    ]
    found = faces(plan_files(entries, THREE))
    alone = faces(plan_files(entries[:1], THREE))
    assert found["1-01-A"].body == found["2-01-A"].body < alone["1-01-A"].body


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Amara Okonkwo", [("Amara Okonkwo", 28, "")]),
        ("Bartholomew Ashe", [("Bartholomew Ashe", 26, "")]),
        ("Maximiliana von Hohenstein", [("Maximiliana von Hohenstein", 24, "")]),
        (f"Ada {'Hohenstein-' * 8}Li", [("Ada", 28, f"Ada {'Hohenstein-' * 8}Li")]),
    ],
)
def test_a_name_shrinks_then_wraps_then_gives_the_stage_to_the_given_name(
    name: str, shown: list[tuple[str, int, str]]
) -> None:
    face = faces(with_partner(name))["2-07-B"]
    assert [(one.text, one.size, one.below) for one in face.names] == shown


@pytest.mark.parametrize(
    ("name", "text", "turned"),
    [
        ("محمد علي", "محمد علي", False),
        ("محمد عبد الرحمن بن عبد العزيز", "محمد عبد الرحمن بن عبد العزيز", True),
        ("שירה בן-דוד (Shira Ben-David)", "שירה בן-דוד (Shira\xa0Ben-David)", True),
        ("Ada (שירה) Hohenstein-Lim Achterberg", "Ada (שירה) Hohenstein-Lim Achterberg", False),
    ],
)
def test_lines_from_right_to_left_stand_on_the_right(name: str, text: str, turned: bool) -> None:
    (shown,) = faces(with_partner(name))["2-07-B"].names
    assert (shown.text, shown.turned) == (text, turned)
    page = render_html(sheet_from_files(with_partner(name)))
    assert (f'dir="rtl"><bdi>{text}' in page) == turned


def test_whom_a_question_is_for_outlasts_large_names() -> None:
    people = {"a": "Wolfeschlegel" * 5, "b": "Maximiliana Freifrau von " * 2 + "Lim", "c": "Bo"}
    face = faces(plan_files(trio(7, *people), people))["2-07-C"]
    asks = [row for row in face.rows if row.part is Part.ASK]
    assert [bool(row.lead) for row in asks] == [True, True]
    assert face.names[0].size == 12


def test_a_name_that_no_card_can_hold_is_refused() -> None:
    sheet = sheet_from_files(with_partner("W" * 900))
    with pytest.raises(CardsError, match=r"Card 2-07-A has no room .*\(900 characters\).*a6x4"):
        render_html(sheet)


@pytest.mark.parametrize("labels", LABELS, ids=lambda labels: labels.language)
@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_every_language_has_room_for_its_labels(layout: Layout, labels: Labels) -> None:
    body, room = layout.type.body[-1], layout.text_width
    if not layout.type.compact:
        beside = (labels.ask, labels.follow, labels.deeper, labels.offer, labels.where, labels.next)
        assert max(map(text_width, beside)) * body <= layout.type.spacing.label
        ticks = (labels.met, labels.carry_on, labels.was_offered)
        boxes_and_gaps, to_write = 3 * 1.15 + 2, 60 * 72 / 25.4
        assert (sum(map(text_width, ticks)) + boxes_and_gaps) * body <= room
        assert (text_width(labels.offered) + 1.7) * body + to_write <= room


# --- geometry -----------------------------------------------------------------------------------


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_cards_gaps_and_margins_add_up_to_the_sheet(layout: Layout) -> None:
    chosen = layout_of(layout.id)
    last_x, last_y = chosen.corners[-1]
    right = chosen.paper.width - last_x - chosen.width
    bottom = chosen.paper.height - last_y - chosen.height
    assert (right, bottom) == pytest.approx((chosen.first_x, chosen.first_y), abs=0.1)
    assert chosen.pitch_x >= chosen.width - 0.01
    assert chosen.pitch_y >= chosen.height - 0.01


def test_the_exact_corners() -> None:
    assert layout_of("a6x4").corners == ((0, 0.5), (105, 0.5), (0, 148.5), (105, 148.5))
    quarter = [round(length, 3) for corner in layout_of("letterx4").corners for length in corner]
    assert quarter == [0, 0, 107.95, 0, 0, 139.7, 107.95, 139.7]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_marks_stay_off_the_text_and_the_edge(layout: Layout) -> None:
    chosen = layout_of(layout.id)
    for x1, y1, x2, y2 in chosen.marks:
        assert min(x1, x2, y1, y2) >= 6.35
        assert max(x1, x2) <= chosen.paper.width - 6.35
        assert max(y1, y2) <= chosen.paper.height - 6.35
        for x, y in chosen.corners:
            inside_x = (
                x + chosen.pad_x < max(x1, x2) and min(x1, x2) < x + chosen.width - chosen.pad_x
            )
            inside_y = (
                y + chosen.pad_y < max(y1, y2) and min(y1, y2) < y + chosen.height - chosen.pad_y
            )
            assert not (inside_x and inside_y)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_no_drawn_line_has_more_than_hundredths(layout: Layout) -> None:
    html = render_html(sheet_from_files(with_partner("Amara Okonkwo")), layout.id)
    drawings = re.findall("<svg.*?</svg>", html, re.DOTALL)
    assert re.findall(r"\d+\.\d{3,}", "".join(drawings)) == []


def test_every_layout_is_documented() -> None:
    reference = (Path(__file__).parent.parent / "docs" / "reference.md").read_text("utf-8")
    assert [one.id for one in LAYOUTS if f"| `{one.id}` |" not in reference] == []


def test_a_small_card_says_less_in_no_smaller_type() -> None:
    for layout in LAYOUTS:
        face = faces(with_partner("Ada Li"), layout.id)["2-07-B"]
        assert face.body >= 12
        assert Part.ASK in parts(face)
        assert not layout.type.never & set(parts(face))


# --- the page -----------------------------------------------------------------------------------


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
