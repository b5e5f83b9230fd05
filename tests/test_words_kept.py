"""After a change of plan: cards that are handed out keep their questions, and none comes twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from build_plans import plan, random_plan
from build_profiles import profile
from hypothesis import given, settings
from hypothesis import strategies as st
from test_choose import rendered
from writing import crowd, nothing_in_common

from events.exporter import export
from events.model import Answer, Attendee
from events.pipeline import introduce_attendees
from events.rules import read_rules
from events.words import with_printed
from matcher.explain import Written, write_introductions
from matcher.fields import Visibility
from matcher.plan import Plan
from matcher.profile import Profile
from matcher.questions.language import SHIPPED_STYLE
from matcher.settings import Settings
from web.cards import changed_since, sheet_from_files

FIRST = plan(["p000 p001", "p002 p003"], ["p000 p002", "p001 p003"])
SECOND = plan(["p000 p001", "p002 p003"], ["p000 p003", "p001 p002"])


def write(people: list[Profile], planned: Plan, before: Written | None = None) -> Written:
    style = replace(SHIPPED_STYLE, printed=before.introductions if before else ())
    return write_introductions(planned, people, nothing_in_common(planned), Settings(), style)


def questions(written: Written) -> dict[tuple[int, str, str | None], tuple[str, ...]]:
    return {
        (entry.round, entry.reader, entry.partner): tuple(ask.text for ask in entry.questions)
        for entry in written.introductions
    }


def test_those_who_meet_as_before_keep_their_questions() -> None:
    people = crowd(4, hobby="chess", city="Graz")
    before = write(people, FIRST)
    now = questions(write(people, SECOND, before))
    for meeting, said in questions(before).items():
        if meeting[0] == 1:
            assert now[meeting] == said


def test_the_same_plan_says_the_same_again() -> None:
    people = crowd(7, hobby="chess", city="Graz")
    planned = random_plan(7, 3, seed=5)
    before = write(people, planned)
    assert questions(write(people, planned, before)) == questions(before)


def test_a_question_about_what_may_not_be_printed_any_more_is_not_kept() -> None:
    before = write(crowd(4, hobby="chess"), FIRST)
    assert any("chess" in text for said in questions(before).values() for text in said)
    now = write(crowd(4, city="Graz"), FIRST, before)
    assert not any("chess" in text for said in questions(now).values() for text in said)


@settings(max_examples=30, deadline=None)
@given(st.integers(4, 12), st.integers(1, 5), st.integers(0, 99))
def test_nothing_is_asked_or_heard_twice_over_both_plans(size: int, rounds: int, seed: int) -> None:
    people = [profile(f"p{at:03d}", hobby="chess; tea", city="Graz") for at in range(size)]
    held = random_plan(size, rounds, seed)
    other = random_plan(size, rounds + 1, seed + 100)
    first = min(rounds, 2)
    meetings = [
        *(meeting for meeting in held.meetings if meeting.round <= first),
        *(meeting for meeting in other.meetings if meeting.round > first),
    ]
    mixed = replace(other, meetings=tuple(meetings))
    asked, heard = rendered(write(people, mixed, write(people, held)))
    assert max([*asked.values(), *heard.values()]) == 1


@pytest.fixture
def guests() -> list[Attendee]:
    def hobby(*texts: str) -> tuple[Answer, ...]:
        return (Answer(field="hobby", texts=texts, visibility=Visibility.PRINT),)

    return [
        Attendee(id=f"p{n}", name=f"Person {n}", answers=hobby(f"game {n % 3}", f"craft {n % 4}"))
        for n in range(10)
    ]


def test_when_somebody_goes_only_cards_of_later_rounds_are_printed_again(
    guests: list[Attendee],
) -> None:
    settings_ = Settings(rounds=4)
    out = export(introduce_attendees(guests, settings_))
    left = [*guests[:3], replace(guests[3], available=("1-2",)), *guests[4:]]
    toml, since = "[frozen]\nrounds = [1, 2]\n", out["pairings.csv"].decode()
    rules = read_rules(left, settings_, toml=toml, since=since)
    style = with_printed(SHIPPED_STYLE, out)
    again = export(introduce_attendees(left, settings_, rules=rules, style=style))
    sheet = changed_since(sheet_from_files(again), sheet_from_files(out))
    assert sheet.changes
    assert {change.round for change in sheet.changes} <= {3, 4}
    per_reader = Counter((card.reader.id, ask.open) for card in sheet.cards for ask in card.asks)
    assert max(per_reader.values()) == 1
