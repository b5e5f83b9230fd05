"""After a change of plan: only what changes is printed, and what to take back is listed."""

from __future__ import annotations

from pathlib import Path

import pytest
from card_files import entry, plan_files, question
from click.testing import CliRunner

from web.cards import CardSheet, PrintJob, UnknownChoice, changed_since
from web.cards import sheet_from_files as read
from web.cards.layout import LAYOUTS
from web.cards.pdf import typeset
from web.cli import seedbed

PEOPLE = {"a": "Ana Alm", "b": "Ben Berg", "c": "Cleo Cox", "d": "Dai Dunn"}
FIRST = [("1-01", "a", "b"), ("1-02", "c", "d"), ("2-01", "a", "c"), ("2-02", "b", "d")]
SECOND = [*FIRST[:2], ("2-01", "a", "d"), ("2-02", "b", "c")]


def plan(pairs: list[tuple[str, str, str]], **changes: object) -> dict[str, bytes]:
    entries = [
        entry(f"{card}-{letter}", reader, partner, **changes)
        for card, *pair in pairs
        for letter, reader, partner in zip("AB", pair, pair[::-1], strict=True)
    ]
    return plan_files(entries, PEOPLE)


def since(before: dict[str, bytes], after: dict[str, bytes]) -> CardSheet:
    return changed_since(read(after), read(before))


def test_cards_that_stay_right_are_not_printed_again() -> None:
    sheet = since(plan(FIRST), plan(SECOND))
    assert [card.id for card in sheet.new_cards] == ["2-01-A", "2-02-A", "2-02-B", "2-01-B"]
    assert all(card.replaces for card in sheet.new_cards)


def test_a_reason_in_other_words_makes_no_card_wrong() -> None:
    assert since(plan(FIRST), plan(FIRST, headline="You both know Trieste.")).new_cards == ()


def test_other_questions_make_another_card() -> None:
    other = [question("open", "Which corner of Trieste is quiet?")]
    assert len(since(plan(FIRST), plan(FIRST, questions=other)).new_cards) == len(FIRST) * 2


def test_who_held_no_card_for_a_round_gets_one_that_replaces_none() -> None:
    sheet = since(plan(FIRST[:3]), plan(FIRST))
    assert [(card.reader.id, card.replaces) for card in sheet.new_cards] == [
        ("b", False),
        ("d", False),
    ]


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_a_card_says_which_one_it_replaces_and_nothing_overflows(layout) -> None:
    sheet = since(plan(FIRST), plan(SECOND))
    assert "Replaces your card of round 2" in PrintJob(layout=layout.id).html(sheet)
    assert typeset(sheet, layout.id, measured=True, format="pdf")
    assert "Replaces" not in PrintJob(layout=layout.id).html(read(plan(SECOND)))


def test_the_list_says_what_to_take_back_and_what_to_give() -> None:
    html = PrintJob(layout="exchange").html(since(plan(FIRST), plan(SECOND[:3])))
    text = html.replace("\u2068", "").replace("\u2069", "").replace("<bdi>", "")
    assert "2-01-A · Table 1 · Cleo Cox" in text
    assert "2-01-A · Table 1 · Dai Dunn" in text
    assert "Ben Berg" in text
    assert "Round 1" not in text


def test_schedules_are_printed_whole_for_those_whose_round_changes() -> None:
    html = PrintJob(layout="schedule").html(
        since(plan(FIRST), plan([*FIRST[:3], ("2-03", "b", "d")]))
    )
    assert html.count("Round 1") == html.count("Table 3") == 2


def test_a_list_without_an_earlier_plan_asks_for_one() -> None:
    assert "Choose the plan whose cards are out" in PrintJob(layout="exchange").html(
        read(plan(FIRST))
    )
    same = since(plan(FIRST), plan(FIRST))
    assert "All cards stay as they are." in PrintJob(layout="exchange").html(same)


def test_plans_of_different_events_are_not_compared() -> None:
    other = plan_files([entry("1-01-A", "x", "y"), entry("1-01-B", "y", "x")], {"x": "X", "y": "Y"})
    with pytest.raises(UnknownChoice, match="different events"):
        since(other, plan(FIRST))


def test_the_command_prints_what_changes(tmp_path: Path) -> None:
    for folder, files in (("old", plan(FIRST)), ("new", plan(SECOND))):
        (tmp_path / folder).mkdir()
        for name, content in files.items():
            (tmp_path / folder / name).write_bytes(content)
    target = tmp_path / "cards.html"
    asked = ["cards", str(tmp_path / "new"), "--since", str(tmp_path / "old"), "--out", str(target)]
    assert CliRunner().invoke(seedbed, asked).exit_code == 0
    assert target.read_text("utf-8").count("<article") == 4
