"""An import is taken back as if it had not been; what was edited since stays."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from events.erase import erase_person
from events.errors import NotFound
from events.model import Answer, Attendee
from events.reimport import import_people
from events.store import Store
from events.undo_import import last_import, undo_import
from matcher.fields import Visibility


def person(id, *texts):
    said = (Answer(field="school", texts=texts, visibility=Visibility.PRINT),) if texts else ()
    return Attendee(id=id, name=id.title(), email=f"{id}@x.org", answers=said)


class List:
    """One event, imports into it, and what stands in it."""

    def __init__(self, store):
        self.store, self.event = store, store.add_event("Evening").id

    def take(self, *people, **options):
        upload = self.store.add_upload(self.event, "guests.csv", b"")
        return import_people(self.store, upload, people, **options)

    def undo(self):
        return undo_import(self.store, self.event)

    def entry(self, id):
        return next(e for e in self.store.attendees(self.event) if e.attendee.id == id)

    def edit(self, id, **more):
        entry = self.entry(id)
        changed = replace(entry, attendee=replace(entry.attendee, **more))
        self.store.save_attendee(self.event, changed)

    def all(self):
        return [replace(entry, version=0) for entry in self.store.attendees(self.event)]


@pytest.fixture
def list_():
    with Store.open(":memory:") as store:
        yield List(store)


files = st.lists(
    st.builds(person, st.sampled_from(["ana", "ben", "cyd"]), st.sampled_from("xyz")),
    unique_by=lambda one: one.id,
)


@given(st.lists(st.tuples(files, st.booleans()), max_size=4))
def test_taking_all_imports_back_leads_through_every_list_there_was(imports):
    with Store.open(":memory:") as store:
        list_ = List(store)
        states = [list_.all()]
        for people, archive in imports:
            list_.take(*people, archive_gone=archive)
            if list_.all() != states[-1]:
                states.append(list_.all())
        for before in reversed(states[:-1]):
            list_.undo()
            assert list_.all() == before
        assert last_import(store, list_.event) is None


@given(files, files)
def test_the_same_file_twice_is_one_import(first, second):
    with Store.open(":memory:") as store:
        list_ = List(store)
        list_.take(*first)
        before = list_.all()
        list_.take(*second)
        after = list_.all()
        list_.take(*second)
        assert list_.all() == after
        if after != before:
            list_.undo()
            assert list_.all() == before


def test_who_was_edited_since_stays_and_is_named(list_):
    list_.take(person("ana", "Graz"))
    list_.take(person("ana", "Linz"), person("ben"), person("cyd"))
    list_.edit("ana", name="Anna")
    list_.edit("ben", email="new@x.org")
    undone = list_.undo()
    assert (undone.removed, undone.restored, set(undone.kept)) == (1, 0, {"Anna", "Ben"})
    assert [entry.attendee.name for entry in list_.all()] == ["Anna", "Ben"]


def test_the_file_may_be_imported_again_afterwards(list_):
    list_.take(person("ana"))
    assert list_.undo().upload.imported == ""
    assert list_.all() == []
    upload = list_.store.uploads(list_.event)[0]
    import_people(list_.store, upload, [person("ana")])
    assert [entry.attendee.id for entry in list_.all()] == ["ana"]


def test_without_an_import_there_is_nothing_to_take_back(list_):
    with pytest.raises(NotFound, match="no import to take back"):
        list_.undo()


def test_erasing_somebody_forgets_what_they_were_before(list_):
    list_.take(person("ana", "a secret school"))
    list_.take(person("ana", "Linz"))
    erase_person(list_.store, list_.event, list_.entry("ana").number)
    assert list(list_.store.rows("select * from import_steps")) == []
    assert last_import(list_.store, list_.event) is None


def test_erasing_an_event_forgets_its_imports(list_):
    list_.take(person("ana"))
    list_.store.delete_event(list_.event)
    assert list(list_.store.rows("select * from imports")) == []
