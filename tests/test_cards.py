"""Cards from the files of a plan: what is read, what is refused, in which order."""

from __future__ import annotations

import re

import pytest
from card_files import (
    OFFER,
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

from web.cards import (
    Order,
    UnknownChoice,
    UnreadablePlan,
    render_html,
    sheet_from_files,
)


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
    assert said["Why"] == "The numbers are odd this round, so you have a break."


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
