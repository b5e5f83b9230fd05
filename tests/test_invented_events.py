"""What the words on cards must reach at events of every kind."""

from collections import Counter

import pytest
from build_plans import random_plan
from invented_events import EVENTS, people_of

from matcher.affinity import AffinityModel
from matcher.explain import Written, write_introductions
from matcher.questions.lint import word_count
from matcher.questions.template import visible
from matcher.settings import Settings


def written(event: str, size: int = 40) -> Written:
    people = people_of(event, size)
    planned = random_plan(size, 6, seed=1)
    pairs = [pair for meeting in planned.meetings for pair in meeting.pairs]
    return write_introductions(planned, people, AffinityModel(people).explain(pairs), Settings())


@pytest.mark.parametrize("event", EVENTS)
def test_openers_name_something_of_the_partner(event):
    openers = [entry.questions[0].text for entry in written(event).introductions]
    assert sum("\u2068" in text for text in openers) >= 0.95 * len(openers)


@pytest.mark.parametrize("event", EVENTS)
def test_nothing_is_asked_or_heard_twice(event):
    found = Counter(
        (person, side, ask.stage, visible(ask.text))
        for entry in written(event).introductions
        for ask in entry.questions
        for side, person in (("asks", entry.reader), ("hears", entry.partner))
    )
    assert max(found.values()) == 1


@pytest.mark.parametrize("event", EVENTS)
def test_four_areas_come_up_for_nearly_everybody(event):
    asked: dict[str, set[str]] = {}
    for entry in written(event).introductions:
        asked.setdefault(entry.reader, set()).add(entry.questions[0].area)
    varied = sum(len(areas) >= 4 for areas in asked.values())
    assert varied >= 0.95 * len(asked)


@pytest.mark.parametrize("event", EVENTS)
def test_headline_questions_and_offer_are_at_most_75_words(event):
    for entry in written(event).introductions:
        words = [entry.headline, entry.offer, *(ask.text for ask in entry.questions)]
        assert sum(word_count(text) for text in words if text) <= 75


@pytest.mark.parametrize("event", EVENTS)
def test_no_offer_is_a_pitch(event):
    offers = " ".join(entry.offer or "" for entry in written(event).introductions)
    assert "demo" not in offers
    assert "platform" not in offers


def test_a_hundred_people_hear_more_than_200_different_questions():
    entries = written("neighbourhood party", size=100).introductions
    assert len({visible(ask.text) for entry in entries for ask in entry.questions}) > 200
