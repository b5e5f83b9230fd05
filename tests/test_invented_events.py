"""What the words on cards must reach at events of every kind."""

from collections import Counter
from dataclasses import replace
from functools import cache

import pytest
from build_plans import random_plan
from build_profiles import profile
from invented_events import EVENTS, people_of
from test_explain import NEVER
from writing import said

from events.demo import DEMO_PRINTED, DEMO_SETTINGS, demo_people
from events.importer import Options, read_people
from events.pipeline import introduce_attendees
from matcher.affinity import AffinityModel
from matcher.explain import Written, write_introductions
from matcher.fields import FIELDS
from matcher.profile import Profile
from matcher.questions.lint import word_count
from matcher.questions.template import visible
from matcher.settings import Settings

KINDS_OF_EVENT = ("demo", *EVENTS)


@cache
def written(event: str, size: int = 40) -> Written:
    if event == "demo":
        options = Options(printed=frozenset(DEMO_PRINTED))
        people = read_people(demo_people(), name="people.csv", options=options).people
        outcome = introduce_attendees(people, DEMO_SETTINGS)
        return Written(introductions=outcome.introductions, pair_reasons={}, notices=())
    return tell(people_of(event, size))


def tell(people: list[Profile]) -> Written:
    people = [replace(person, id=f"p{at:03d}") for at, person in enumerate(people)]
    planned = random_plan(len(people), 6, seed=1)
    pairs = [pair for meeting in planned.meetings for pair in meeting.pairs]
    return write_introductions(planned, people, AffinityModel(people).explain(pairs), Settings())


@pytest.mark.parametrize("event", KINDS_OF_EVENT)
def test_openers_name_something_of_the_partner(event):
    openers = [entry.questions[0].text for entry in written(event).introductions]
    assert sum("\u2068" in text for text in openers) >= 0.95 * len(openers)


@pytest.mark.parametrize("event", KINDS_OF_EVENT)
def test_nothing_is_asked_or_heard_twice(event):
    found = Counter(
        (person, side, ask.stage, visible(ask.text))
        for entry in written(event).introductions
        for ask in entry.questions
        for side, person in (("asks", entry.reader), ("hears", entry.partner))
    )
    assert max(found.values()) == 1


@pytest.mark.parametrize("event", KINDS_OF_EVENT)
def test_four_areas_come_up_for_nearly_everybody(event):
    asked: dict[str, set[str]] = {}
    for entry in written(event).introductions:
        asked.setdefault(entry.reader, set()).add(entry.questions[0].area)
    varied = sum(len(areas) >= 4 for areas in asked.values())
    assert varied >= 0.95 * len(asked)


@pytest.mark.parametrize("event", KINDS_OF_EVENT)
def test_headline_questions_and_offer_are_at_most_75_words(event):
    for entry in written(event).introductions:
        words = [entry.headline, entry.offer, *(ask.text for ask in entry.questions)]
        assert sum(word_count(text) for text in words if text) <= 75


@pytest.mark.parametrize("event", KINDS_OF_EVENT)
def test_no_offer_is_a_pitch(event):
    offers = " ".join(entry.offer or "" for entry in written(event).introductions)
    assert "demo" not in offers
    assert "platform" not in offers


@pytest.mark.parametrize("event", EVENTS)
def test_nothing_that_is_never_printed_leaks_among_sixty_people(event):
    kinds = [field.name for field in FIELDS if field.purpose.is_trait]
    people = people_of(event, 60)
    planted = [
        profile(f"q{at}", **dict.fromkeys(kinds, f"the {item} circle"))
        for at, item in enumerate(NEVER)
    ]
    texts = [said(entry) for entry in tell([*people[len(planted) :], *planted]).introductions]
    assert len(texts) == 60 * 6
    assert [item for item in NEVER if any(f"the {item} circle" in text for text in texts)] == []


@pytest.mark.parametrize("event", EVENTS)
def test_whoever_gave_a_name_only_is_asked_about_the_event_and_named(event):
    told = tell([*people_of(event, 19), replace(profile("q"), name="Thea Thin")])
    heard = [entry for entry in told.introductions if entry.partner == "p019"]
    assert {entry.questions[0].area for entry in heard} == {"event"}
    assert all(len(entry.questions) == 3 and entry.headline for entry in heard)
    assert any("Thea Thin" in notice for notice in told.notices)


@pytest.mark.parametrize("event", EVENTS)
def test_a_hundred_people_hear_more_than_200_different_questions(event):
    entries = written(event, size=100).introductions
    assert len({visible(ask.text) for entry in entries for ask in entry.questions}) > 200
