"""An import is taken back as if it had not been; what was edited since stays."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imported_list import ImportedList

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


class List(ImportedList):
    def undo(self):
        return undo_import(self.store, self.event.id)

    def standing(self):
        return [replace(entry, version=0) for entry in self.all()]


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
        states = [list_.standing()]
        for people, archive in imports:
            list_.take(*people, archive_gone=archive)
            if list_.standing() != states[-1]:
                states.append(list_.standing())
        for before in reversed(states[:-1]):
            list_.undo()
            assert list_.standing() == before
        assert last_import(store, list_.event.id) is None


@given(files, files)
def test_the_same_file_twice_is_one_import(first, second):
    with Store.open(":memory:") as store:
        list_ = List(store)
        list_.take(*first)
        before = list_.standing()
        list_.take(*second)
        after = list_.standing()
        list_.take(*second)
        assert list_.standing() == after
        if after != before:
            list_.undo()
            assert list_.standing() == before


def test_who_was_edited_since_stays_and_is_named(list_):
    list_.take(person("ana", "Graz"))
    list_.take(person("ana", "Linz"), person("ben"), person("cyd"))
    list_.edit("ana", name="Anna")
    list_.edit("ben", email="new@x.org")
    undone = list_.undo()
    assert (undone.removed, undone.restored, set(undone.kept)) == (1, 0, {"Anna", "Ben"})
    assert [entry.attendee.name for entry in list_.standing()] == ["Anna", "Ben"]


def test_the_file_may_be_imported_again_afterwards(list_):
    list_.take(person("ana"))
    assert list_.undo().upload.imported == ""
    assert list_.standing() == []
    upload = list_.store.uploads(list_.event.id)[0]
    import_people(list_.store, upload, [person("ana")])
    assert [entry.attendee.id for entry in list_.standing()] == ["ana"]


def test_without_an_import_there_is_nothing_to_take_back(list_):
    with pytest.raises(NotFound, match="no import to take back"):
        list_.undo()


def test_erasing_somebody_forgets_what_they_were_before(list_):
    list_.take(person("ana", "a secret school"))
    list_.take(person("ana", "Linz"))
    erase_person(list_.store, list_.event.id, list_.entry("ana").number)
    assert list(list_.store.rows("select * from import_steps")) == []
    assert last_import(list_.store, list_.event.id) is None


def test_erasing_an_event_forgets_its_imports(list_):
    list_.take(person("ana"))
    list_.store.delete_event(list_.event.id)
    assert list(list_.store.rows("select * from imports")) == []
