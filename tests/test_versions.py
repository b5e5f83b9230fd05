"""Plans beside each other: whose cards change, and which one is in use."""

import pytest
from test_finished import people
from web_site import solve

from events import runs, versions
from events.finished import read_finished
from events.store import Store
from events.worker import work
from matcher.settings import Settings


def plan(*names, **settings):
    return read_finished(solve(people(*names), Settings(**settings)))


def test_a_plan_changes_nothing_beside_itself():
    same = versions.compare_plans(plan("Ana", "Ben"), plan("Ana", "Ben"))
    assert same == versions.PlanChange(people=(), cards=0, same=2)


def test_a_further_round_is_a_further_card_for_everybody():
    change = versions.compare_plans(
        plan("Ana", "Ben", "Cleo", "Dan", rounds=1), plan("Ana", "Ben", "Cleo", "Dan", rounds=2)
    )
    assert [person.name for person in change.people] == ["Ana", "Ben", "Cleo", "Dan"]
    assert {card.before for person in change.people for card in person.cards if card.round > 1} == {
        None
    }


def test_somebody_who_left_has_no_cards_any_more():
    change = versions.compare_plans(plan("Ana", "Ben", "Cleo", "Dan", rounds=1), plan("Ana", "Ben"))
    gone = {person.name: person.cards[0].after for person in change.people}
    assert (gone["Cleo"], gone["Dan"]) == (None, None)


@pytest.fixture
def made(tmp_path):
    """A store with three finished plans."""
    path = tmp_path / "seedbed.db"
    with Store.open(path) as store:
        event = store.add_event("Evening")
        for person in people("Ana", "Ben"):
            store.add_attendee(event.id, person)
        for _ in range(3):
            work(path, runs.start(store, event.id).id, solve)
        yield store, event.id, [runs.find(store, event.id, n) for n in (1, 2, 3)]


def test_the_plan_in_use_can_be_replaced_and_taken_back_step_by_step(made):
    store, event_id, (first, second, _) = made
    assert versions.in_use(store, event_id) is None
    for run in (first, second, second):
        versions.use(store, run)
    assert versions.in_use(store, event_id) == 2
    versions.take_back(store, event_id)
    assert versions.in_use(store, event_id) == 1
    versions.take_back(store, event_id)
    versions.take_back(store, event_id)
    assert versions.in_use(store, event_id) is None


def test_uses_go_with_their_event(made):
    store, event_id, (first, *_) = made
    versions.use(store, first)
    store.delete_event(event_id)
    assert store.events() == ()
