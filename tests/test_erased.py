"""Somebody who was erased is not brought back by a list, unless somebody says so."""

import pytest
from imported_list import ImportedList

from events.erase import erase_person
from events.erased import erased_from
from events.importer import read_people
from events.importer.result import Options
from events.model import Attendee
from events.reimport import compare
from events.store import Store

ANA = Attendee(id="ana", name="Ana Ruiz", email="ana@example.org", typed_name="Ana Ruiz")
BEN = Attendee(id="ben", name="Ben Ode", typed_name="Ben Ode")


@pytest.fixture
def listed():
    with Store.open(":memory:") as store:
        listed = ImportedList(store)
        listed.take(ANA, BEN)
        yield listed


def erase(listed, id):
    erase_person(listed.store, listed.event.id, listed.entry(id).number)


def names(listed):
    return [person.name for person in listed.people()]


def test_a_list_does_not_bring_back_who_was_erased(listed):
    erase(listed, "ana")
    changes = listed.take(ANA, BEN)
    assert (changes.erased, changes.added, names(listed)) == ((ANA,), (), ["Ben Ode"])


def test_who_shall_come_back_does_and_is_erased_no_more(listed):
    erase(listed, "ana")
    assert listed.take(ANA, BEN, brought_back=["ana"]).added == (ANA,)
    assert ANA not in erased_from(listed.store, listed.event.id)
    assert len(listed.take(ANA, BEN).unchanged) == 2


@pytest.mark.parametrize(
    ("id", "email", "name", "known"),
    [
        ("ana", "", "ana  RUIZ", True),
        ("x1", "Ana@Example.org", "Ana Ruiz", True),
        ("x1", "", "Ana Ruiz", False),
        ("ana", "", "Cleo Vane", False),
        ("x1", "ana@example.org", "Cleo Vane", False),
    ],
    ids=["id and name", "address and name", "name alone", "id alone", "address alone"],
)
def test_by_what_somebody_erased_is_known(listed, id, email, name, known):
    erase(listed, "ana")
    found = erased_from(listed.store, listed.event.id)
    assert (Attendee(id=id, name=name, email=email) in found) is known


def test_marks_hold_nothing_of_the_person_and_differ_between_events(listed):
    erase(listed, "ana")
    other = ImportedList(listed.store)
    other.take(ANA)
    erase(other, "ana")
    rows = list(listed.store.rows("select * from erased"))
    assert {len(row["mark"]) for row in rows} == {8}
    assert len({row["mark"] for row in rows}) == len(rows) == 4
    assert {name for row in rows for name in row} == {"event_id", "key", "mark"}


def test_an_erased_event_forgets_whom_it_erased(listed):
    erase(listed, "ana")
    listed.store.delete_event(listed.event.id)
    assert list(listed.store.rows("select * from erased")) == []


def test_guests_of_somebody_erased_stay_away_too(listed):
    text = b"Name,Guests\nAna,1\nBen,\n"
    people = read_people(text, options=Options(guests="Guest of")).people
    listed.take(*people)
    erase(listed, people[0].id)
    erase(listed, people[1].id)
    changes = listed.take(*people)
    assert [person.name for person in changes.erased] == ["Ana", "Guest of Ana"]
    assert changes.added == ()


def test_nobody_is_erased_where_nobody_was(listed):
    assert compare((), [ANA, BEN]).added == (ANA, BEN)
