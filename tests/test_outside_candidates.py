"""People who meet outside the candidates of a large event are worth the same in every file."""

import numpy as np
import pytest

from benchmarks.people import attendee_csv
from events.exporter import export
from events.importer import read_people
from events.pipeline import affinity_model, introduce_attendees
from matcher.affinity import AffinityModel, candidates, model, shared
from matcher.check import check
from matcher.plan import narrow
from matcher.settings import Settings


@pytest.fixture
def outcome(monkeypatch, request):
    """Plan an event of 60 as a large one with two candidates each: many meet outside them."""
    monkeypatch.setattr(model, "EXACT_UP_TO", 10)
    monkeypatch.setattr(narrow, "EVERY_PAIR_UP_TO", 10)
    monkeypatch.setattr(candidates, "KEPT", 2)
    monkeypatch.setattr(shared, "RARE", 0)
    people = read_people(attendee_csv(60, 3)).people
    return introduce_attendees(people, Settings(rounds=6, fairness=request.param))


@pytest.mark.parametrize("outcome", [0.0, 0.5], indirect=True)
def test_meetings_are_worth_what_the_scores_say(outcome):
    outside = _outside(outcome)
    assert sum(value > 40_000 for value in outside) >= 10  # worth more than the base, twice
    told = [outcome.explained[meeting.members].affinity for meeting in outcome.plan.meetings]
    assert [meeting.value for meeting in outcome.plan.meetings] == [2 * value for value in told]
    files = {name: content.decode() for name, content in export(outcome).items()}
    assert check(files) == ()


def _outside(outcome):
    """Return what the meetings of people are worth who are not each other's candidates."""
    table = AffinityModel(outcome.profiles).table()
    at = {person: index for index, person in enumerate(table.ids)}
    pairs = set(zip(table.a.tolist(), table.b.tolist(), strict=True))
    return [
        meeting.value
        for meeting in outcome.plan.meetings
        if tuple(at[member] for member in meeting.members) not in pairs
    ]


def test_a_table_of_candidates_knows_what_the_others_are_worth(monkeypatch):
    people = read_people(attendee_csv(30, 3)).people
    monkeypatch.setattr(model, "EXACT_UP_TO", 10)
    monkeypatch.setattr(candidates, "KEPT", 2)
    few = affinity_model(people).table()
    monkeypatch.undo()
    every = affinity_model(people).table()
    a, b = (side.astype(np.int32) for side in np.triu_indices(30, 1))
    assert len(few.a) < len(every.a)
    assert few.of(a, b).tolist() == every.of(a, b).tolist()
