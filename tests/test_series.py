"""Decisions about equal answers: kept for the events of a series, and for each run as they were."""

from dataclasses import replace

import pytest
from web_site import solve

from events import runs
from events.errors import Conflict, NotFound
from events.model import Answer, Attendee
from events.series import decide, decided, equals_of, series_names, take_back
from events.store import Store
from events.worker import work
from matcher.canon import Decision
from matcher.fields import Visibility

ITB = Decision("school", "itb", "bandung", same=True)


@pytest.fixture
def store():
    with Store.open(":memory:") as opened:
        yield opened


def event_of(store, series=""):
    return store.save_event(replace(store.add_event("Evening"), series=series))


def held(store, event):
    return [kept.decision for kept in decided(store, event.id)]


def test_a_decision_holds_in_all_events_of_a_series_and_in_no_other(store):
    spring, summer = event_of(store, "Harbour"), event_of(store, "Harbour")
    alone, elsewhere = event_of(store), event_of(store, "Hills")
    decide(store, spring.id, ITB, ("ITB", "Bandung"))
    assert held(store, spring) == held(store, summer) == [ITB]
    assert held(store, alone) == held(store, elsewhere) == []
    assert equals_of(store, summer.id).of("school", "itb") == "bandung"
    assert series_names(store) == ("Harbour", "Hills")


def test_a_later_decision_about_the_same_two_takes_the_place_of_the_earlier(store):
    spring, summer = event_of(store, "Harbour"), event_of(store, "Harbour")
    decide(store, spring.id, ITB, ("ITB", "Bandung"))
    apart = Decision("school", "bandung", "itb", same=False)
    decide(store, summer.id, apart, ("Bandung", "ITB"))
    assert held(store, spring) == [apart]


def test_what_is_taken_back_is_open_again_and_nobody_elses(store):
    spring, elsewhere = event_of(store), event_of(store)
    decide(store, spring.id, ITB, ("ITB", "Bandung"))
    (kept,) = decided(store, spring.id)
    take_back(store, elsewhere.id, kept.number)
    assert held(store, spring) == [ITB]
    take_back(store, spring.id, kept.number)
    take_back(store, spring.id, kept.number)  # in another tab
    assert held(store, spring) == []


def test_what_was_said_to_be_different_is_not_joined_through_a_third(store):
    event = event_of(store)
    decide(store, event.id, Decision("school", "itb", "berlin", same=False), ("ITB", "Berlin"))
    decide(store, event.id, ITB, ("ITB", "Bandung"))
    with pytest.raises(Conflict, match="“ITB” and “Berlin” the same"):
        decide(store, event.id, Decision("school", "berlin", "bandung", same=True), ("", ""))
    assert len(held(store, event)) == 2


def test_an_event_that_is_erased_leaves_its_decisions_to_its_series(store):
    spring, summer, alone = event_of(store, "Harbour"), event_of(store, "Harbour"), event_of(store)
    for event in (spring, alone):
        decide(store, event.id, ITB, ("ITB", "Bandung"))
        store.delete_event(event.id)
    assert held(store, summer) == [ITB]
    store.delete_event(summer.id)
    assert list(store.rows("select * from decisions")) == []


def test_an_event_that_is_not_there_decides_nothing(store):
    with pytest.raises(NotFound):
        decide(store, "nowhere", ITB, ("ITB", "Bandung"))


def person(name, school):
    answer = Answer(field="school", texts=(school,), visibility=Visibility.PRINT)
    return Attendee(id=name, name=name, answers=(answer,))


def test_a_run_plans_with_the_decisions_of_its_start(tmp_path):
    path = tmp_path / "seedbed.db"
    with Store.open(path) as store:
        event = store.add_event("Evening")
        for name, school in (("ana", "ITB"), ("ben", "Bandung")):
            store.add_attendee(event.id, person(name, school))
        totals = []
        for same in (False, True, True):
            decide(store, event.id, replace(ITB, same=same), ("ITB", "Bandung"))
            run = runs.start(store, event.id)
            decide(store, event.id, replace(ITB, same=not same), ("ITB", "Bandung"))
            work(path, run.id, solve)
            totals.append(runs.result_file(store, run, "pairings.csv"))
            assert (runs.equals_in(store, run).of("school", "itb") == "bandung") is same
        work(path, runs.start_again(store, runs.find(store, event.id, 2)).id, solve)
        totals.append(runs.result_file(store, runs.find(store, event.id, 4), "pairings.csv"))
    assert totals[0] != totals[1] == totals[2] == totals[3]
