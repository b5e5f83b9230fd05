"""Who is erased is nowhere: not in the tables, not in the file, not in its log."""

from dataclasses import replace

import pytest
from reading import workbook
from web_site import Site, text_of

from events import runs
from events.erase import erase_person, footprint
from events.importer import read_people
from events.model import Attendee
from events.reimport import import_people
from events.rules import Sentence
from events.sentences import say, sentences, take_out, taken_out
from events.series import decide, decided
from events.store import Store
from events.worker import work
from matcher.canon import Decision

LIST = b"First name,Last name,Town\nXantippe,Quirk,Porto\nBen,Ode,Rio\nCleo,Vane,Rio\n"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "seedbed.db"


@pytest.fixture
def store(path):
    with Store.open(path) as opened:
        yield opened


@pytest.fixture
def event(path, store):
    """Three people of a file, one who speaks of the first, and a plan for all four."""
    event = store.add_event("Evening")
    import_people(store, store.add_upload(event.id, "list.csv", LIST), read_people(LIST).people)
    store.add_attendee(
        event.id, Attendee(id="dan", name="Dan", not_with=("Xantippe Quirk", "Ben Ode"))
    )
    rules = '# Xantippe Quirk asked\n[[pin]]\npeople = ["Cleo Vane", "xantippe QUIRK"]\n'
    event = store.save_event(replace(event, rules=rules))
    run = runs.start(store, event.id)
    work(path, run.id, lambda *_, **__: {"people.csv": b"Xantippe Quirk"})
    return event


def number_of(store, event, name):
    return next(e.number for e in store.attendees(event.id) if e.attendee.name == name)


def test_where_somebody_stands_is_told_before(store, event):
    found = footprint(store, event.id, number_of(store, event, "Xantippe Quirk"))
    assert [upload.name for upload in found.uploads] == ["list.csv"]
    assert [run.number for run in found.plans] == [1]
    assert [entry.attendee.name for entry in found.mentions] == ["Dan"]


def test_a_name_that_nobody_wrote_stands_nowhere(store, event):
    # "Od" stands within another name, which is somebody else.
    added = store.add_attendee(event.id, Attendee(id="1", name="Od"))
    found = footprint(store, event.id, added.number)
    assert (found.uploads, found.plans, found.mentions) == ((), (), ())


def test_nothing_of_them_is_left_in_the_file(path, store, event):
    receipt = erase_person(store, event.id, number_of(store, event, "Xantippe Quirk"))
    assert (receipt.uploads, receipt.plans, receipt.mentions) == (1, 1, 1)
    for part in path.parent.glob("seedbed.db*"):
        assert b"Xantippe" not in part.read_bytes(), part.name


def test_everybody_else_stays(store, event):
    erase_person(store, event.id, number_of(store, event, "Xantippe Quirk"))
    people = {entry.attendee.name: entry.attendee for entry in store.attendees(event.id)}
    assert sorted(people) == ["Ben Ode", "Cleo Vane", "Dan"]
    assert people["Dan"].not_with == ("Ben Ode",)
    assert people["Ben Ode"].answer("city") == ("Rio",)


def test_a_person_is_erased_through_the_browser_with_a_receipt(path, store, event):
    site = Site(path)
    at = f"/events/{event.id}/people/{number_of(store, event, 'Xantippe Quirk')}"
    asked = text_of(site.get(f"{at}/erase"))
    assert "1 plan with all its cards" in asked
    assert "1 uploaded file with a row about them (list.csv)" in asked
    receipt = site.post(f"{at}/erase", f"{at}/erase")
    assert "1 plan, 1 uploaded file, 1 mention by others" in text_of(receipt.text)
    assert "Xantippe" not in receipt.text
    assert site.get(at, 404)


def test_a_decision_about_words_that_name_them_goes_and_others_stay(store, event):
    for words in ("Quirk (Xantippe) Ltd", "Quirk Ltd"):
        decision = Decision("organization", words.casefold(), "quirk", same=True)
        decide(store, event.id, decision, (words, "Quirk"))
    erase_person(store, event.id, number_of(store, event, "Xantippe Quirk"))
    assert [kept.texts[0] for kept in decided(store, event.id)] == ["Quirk Ltd"]


def test_sentences_that_name_them_go_and_others_stay(store, event):
    people = {each.attendee.name: each.attendee.id for each in store.attendees(event.id)}
    them, cleo = people["Xantippe Quirk"], people["Cleo Vane"]
    say(store, event.id, Sentence(kind="apart", blanks={"one": them, "other": cleo}))
    say(store, event.id, Sentence(kind="most", blanks={"person": them, "count": "1"}))
    say(store, event.id, Sentence(kind="most", blanks={"person": cleo, "count": "1"}))
    take_out(store, event.id, 2)
    number = number_of(store, event, "Xantippe Quirk")
    assert [each.number for each in footprint(store, event.id, number).rules] == [1, 2]
    erase_person(store, event.id, number)
    assert [each.people for each in sentences(store, event.id)] == [(cleo,)]
    assert taken_out(store, event.id) == ()


def test_a_rule_that_named_them_names_nobody(store, event):
    erase_person(store, event.id, number_of(store, event, "Xantippe Quirk"))
    assert store.event(event.id).rules == '\n[[pin]]\npeople = ["Cleo Vane", ""]\n'


def test_a_file_goes_that_names_them_in_a_sheet_or_row_that_was_not_read(store, event):
    book = workbook(
        Guests=[["Name"], ["Cleo Vane"]], Notes=[["call Xantippe Quirk"]], hidden="Notes"
    )
    above = b"by Xantippe Quirk\n\nName,Town,Company\nCleo Vane,Rio,Acme\n"
    for name, content in (("book.xlsx", book), ("above.csv", above), ("other.csv", above[18:])):
        store.add_upload(event.id, name, content)
    found = footprint(store, event.id, number_of(store, event, "Xantippe Quirk"))
    assert [upload.name for upload in found.uploads] == ["above.csv", "book.xlsx", "list.csv"]
