"""What of a card is printed: what gives way to what, how names are set."""

from __future__ import annotations

from collections import Counter

import pytest
from card_files import (
    TEXTS,
    THREE,
    WHY,
    entry,
    faces,
    plain,
    plan_files,
    question,
    trio,
    with_partner,
)

from events.demo import DEMO_PRINTED, DEMO_SETTINGS, demo_people
from events.exporter import export
from events.importer import Options, read_people
from events.pipeline import introduce_attendees
from web.cards import (
    LABELS,
    LAYOUTS,
    CardsError,
    CardSheet,
    render_html,
    sheet_from_files,
)
from web.cards.face import Face, faces_of
from web.cards.labels import Labels
from web.cards.layout import Layout, layout_of
from web.cards.measure import text_width
from web.cards.rows import Part


@pytest.fixture(scope="module")
def demo() -> CardSheet:
    options = Options(printed=frozenset(DEMO_PRINTED))
    people = read_people(demo_people(), name="demo.csv", options=options).people
    return sheet_from_files(export(introduce_attendees(people, DEMO_SETTINGS)))


def parts(face: Face) -> list[Part]:
    return [row.part for row in face.rows]


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
