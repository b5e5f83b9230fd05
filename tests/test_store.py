"""The store: what goes in comes out, whoever comes second hears of it, nothing is lost."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from events.errors import Conflict, NotFound, StoreError
from events.model import RULE_COLUMNS, Answer, Attendee
from events.records import (
    attendees_from_json,
    attendees_to_json,
    settings_from_json,
    settings_to_json,
)
from events.store import Store
from matcher.fields import FIELDS, Visibility
from matcher.settings import Odd, Settings

TEXT = st.text(min_size=1, max_size=40)
ANSWER = st.builds(
    Answer,
    field=st.sampled_from([field.name for field in FIELDS]),
    texts=st.lists(TEXT, min_size=1, max_size=3).map(tuple),
    visibility=st.sampled_from(Visibility),
)
ATTENDEE = st.builds(
    Attendee,
    id=TEXT,
    name=TEXT,
    given_name=st.text(max_size=20),
    family_name=st.text(max_size=20),
    email=st.text(max_size=20),
    answers=st.lists(ANSWER, max_size=3).map(tuple),
    typed_name=st.text(max_size=20),
    credentials=st.text(max_size=20),
    **{column: st.lists(TEXT, max_size=2).map(tuple) for column in RULE_COLUMNS},
    source_row=st.none() | st.integers(1, 200_000),
)


def ana(**more):
    return Attendee(id="ana", name="Ana", **more)


@pytest.fixture
def store():
    with Store.open(":memory:") as opened:
        yield opened


@settings(deadline=None)
@given(person=ATTENDEE)
def test_an_attendee_of_any_text_comes_back_as_typed(person):
    with Store.open(":memory:") as store:
        event = store.add_event("Evening")
        upload = store.add_upload(event.id, "guests.csv", b"")
        added = store.add_attendee(event.id, person, upload=upload.number)
        assert added.attendee == person == added.imported
        assert store.attendees(event.id) == (added,)
        assert store.coming(event.id) == (person,)
        assert store.save_attendee(event.id, added) == replace(added, version=2)


@settings(deadline=None)
@given(people=st.lists(ATTENDEE, max_size=3).map(tuple))
def test_a_snapshot_of_any_people_comes_back(people):
    assert attendees_from_json(attendees_to_json(people)) == people


def test_settings_come_back():
    chosen = Settings(
        rounds=4, odd=Odd.HOST, tables=7, start="18:30", title="É", weights=(1, 2, 0, 3)
    )
    assert settings_from_json(settings_to_json(chosen)) == chosen


def test_settings_from_before_there_were_weights_have_the_usual_ones():
    stored = settings_to_json(Settings(rounds=4)).replace(',"weights":[30,45,15,10]', "")
    assert "weights" not in stored
    assert settings_from_json(stored) == Settings(rounds=4)


@settings(deadline=None)
@given(title=TEXT)
def test_an_event_comes_back(title):
    with Store.open(":memory:") as store:
        event = store.add_event(title, date="2027-03-01", settings=Settings(rounds=3), is_demo=True)
        assert store.event(event.id) == event
        assert store.events() == (event,)


def test_the_second_editor_gets_a_conflict_and_the_first_edit_stays(store):
    event = store.add_event("Evening")
    seen = store.add_attendee(event.id, ana())
    store.save_attendee(event.id, replace(seen, attendee=ana(email="first@x.org")))
    with pytest.raises(Conflict, match="Nothing was overwritten"):
        store.save_attendee(event.id, replace(seen, attendee=ana(email="second@x.org")))
    assert store.attendee(event.id, seen.number).attendee == ana(email="first@x.org")


def test_two_editors_of_an_event_conflict_as_well(store):
    seen = store.add_event("Evening")
    saved = store.save_event(replace(seen, title="Dinner"))
    assert (saved.title, saved.version) == ("Dinner", 2)
    with pytest.raises(Conflict):
        store.save_event(replace(seen, title="Lunch"))


def test_an_archived_attendee_stays_and_is_not_counted(store):
    event = store.add_event("Evening")
    added = store.add_attendee(event.id, ana())
    assert store.head_counts() == {event.id: 1}
    gone = store.save_attendee(event.id, replace(added, archived=True))
    assert store.head_counts() == {}
    assert store.attendees(event.id) == (gone,)
    assert store.coming(event.id) == ()


def test_an_id_is_given_once_an_event(store):
    event, other = store.add_event("One"), store.add_event("Two")
    store.add_attendee(event.id, ana())
    store.add_attendee(other.id, ana())
    with pytest.raises(Conflict, match="'ana' is in the list already"):
        store.add_attendee(event.id, ana())


def test_people_of_another_event_are_out_of_reach(store):
    event, other = store.add_event("One"), store.add_event("Two")
    added = store.add_attendee(event.id, ana())
    with pytest.raises(NotFound):
        store.attendee(other.id, added.number)
    with pytest.raises(NotFound):
        store.save_attendee(other.id, added)


def test_attendees_are_sorted_by_surname(store):
    event = store.add_event("Evening")
    for name in ("Ben Zorn", "cleo adams", "Ana Zorn"):
        given_name, family = name.split()
        store.add_attendee(
            event.id, Attendee(id=name, name=name, given_name=given_name, family_name=family)
        )
    names = [stored.attendee.name for stored in store.attendees(event.id)]
    assert names == ["cleo adams", "Ana Zorn", "Ben Zorn"]
    assert [person.name for person in store.coming(event.id)] == names


def test_an_upload_is_kept_byte_for_byte_and_forgotten_only_before_its_import(store):
    event = store.add_event("Evening")
    content = bytes(range(256))
    kept = store.add_upload(event.id, "../guests.csv", content)
    assert store.upload_content(kept) == content
    store.save_upload(replace(kept, options='{"sheet":"2"}', imported="2027-01-01T00:00:00Z"))
    store.discard_upload(event.id, kept.number)
    assert store.uploads(event.id)[0].options == '{"sheet":"2"}'
    draft = store.add_upload(event.id, "draft.csv", b"")
    store.discard_upload(event.id, draft.number)
    assert [upload.name for upload in store.uploads(event.id)] == ["../guests.csv"]


def test_deleting_an_event_erases_all_of_it_and_nothing_else(store):
    event, other = store.add_event("One"), store.add_event("Two")
    for each in (event, other):
        store.add_attendee(each.id, ana())
        store.add_upload(each.id, "a.csv", b"a")
    store.delete_event(event.id)
    assert store.events() == (other,)
    assert store.attendees(event.id) == store.uploads(event.id) == ()
    assert len(store.attendees(other.id)) == len(store.uploads(other.id)) == 1


def test_a_failed_change_leaves_nothing_behind(store):
    with pytest.raises(KeyError), store.writing():
        store.add_event("Evening")
        raise KeyError
    assert store.events() == ()


def test_everything_survives_a_restart(tmp_path):
    path = tmp_path / "seedbed.db"
    with Store.open(path) as store:
        event = store.add_event("Evening")
        added = store.add_attendee(event.id, ana())
        secret = store.secret("session")
    with Store.open(path) as store:
        assert store.events() == (event,)
        assert store.attendees(event.id) == (added,)
        assert store.secret("session") == secret
    if os.name == "posix":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_no_database_is_refused_in_words(tmp_path):
    path = tmp_path / "guests.csv"
    path.write_text("Name,Email\n" * 100)
    with pytest.raises(StoreError, match="cannot be opened as a Seedbed database"):
        Store.open(path)
    with pytest.raises(StoreError, match="cannot be opened"):
        Store.open(tmp_path / "no such folder" / "seedbed.db")


def test_the_database_of_another_program_is_left_alone(tmp_path):
    path = tmp_path / "bookmarks.db"
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("create table bookmarks (url)")
    with pytest.raises(StoreError, match="another program"):
        Store.open(path)
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("select name from sqlite_master").fetchall() == [("bookmarks",)]


def test_a_database_of_a_newer_version_is_refused(tmp_path):
    path = tmp_path / "seedbed.db"
    Store.open(path).close()
    with sqlite3.connect(path) as db:
        db.execute(
            "insert into _sqlite_migrations (migration_set, name, applied_at)"
            " values ('seedbed', 'from_the_future', '')"
        )
    db.close()
    with pytest.raises(StoreError, match="newer version"):
        Store.open(path)


WRITER = """
import sys
from events.store import Store
from dataclasses import replace
with Store.open(sys.argv[1]) as store:
    for turn in range(20):
        store.add_event(f"{sys.argv[2]}-{turn}")
"""


def test_programs_that_start_at_once_migrate_once_and_write_side_by_side(tmp_path):
    path = tmp_path / "seedbed.db"
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, path, name], stderr=subprocess.PIPE)
        for name in "abcd"
    ]
    assert [writer.communicate()[1].decode() for writer in writers] == [""] * 4
    with Store.open(path) as store:
        titles = {event.title for event in store.events()}
    assert titles == {f"{name}-{turn}" for name in "abcd" for turn in range(20)}


def test_only_the_database_knows_sqlite_utils():
    knowing = [
        path.name
        for folder in ("matcher", "events", "web")
        for path in Path(__file__).parent.parent.joinpath(folder).rglob("*.py")
        if "sqlite_utils import" in path.read_text(encoding="utf-8")
    ]
    assert knowing == ["sqlite.py"]


def test_it_is_opened_without_pandas_which_can_be_had_all_the_same():
    code = (
        "import sys, events.store; assert 'pandas' not in sys.modules; "
        "import pandas; print(pandas.DataFrame({'a': [1]}).a[0])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "1\n"


def test_people_of_an_upload_are_added_all_or_none(store):
    event = store.add_event("Meetup").id
    upload = store.add_upload(event, "people.csv", b"").number
    people = [Attendee(id="1", name="Ana"), Attendee(id="2", name="Ben")]
    with pytest.raises(Conflict, match="in the list already"):
        store.add_attendees(event, [*people, people[0]], upload=upload)
    assert store.attendees(event) == ()
    store.add_attendees(event, people, upload=upload)
    assert [(p.attendee, p.imported, p.upload) for p in store.attendees(event)] == [
        (one, one, upload) for one in people
    ]
    store.add_attendees(event, [], upload=upload)
    assert len(store.attendees(event)) == 2
