"""Columns dropped for good are in no table, not in the file, and everything else is as it was."""

from pathlib import Path

import pytest

from events import runs
from events.attendee_file import write_attendees
from events.drop_columns import drop_columns, kept_columns, what_goes
from events.errors import UnusableOption
from events.importer import read_people
from events.merging import merge
from events.model import Attendee
from events.records import options_from_json
from events.reimport import import_people
from events.series import decide, decided
from events.store import Store
from events.undo_import import forget_imports
from events.worker import work
from matcher.canon import Decision

DATA = Path(__file__).parent / "data"
LIST = (
    b"Guest list of spring\n\n"
    b"Name,Phone,Hobby,Status\n"
    b"Ana Lima,+351 911-xyzzy,beekeeping-xyzzy,going\n"
    b"Ben Ode,+351 922-xyzzy,chess,going\n"
    b"Name,Phone,Hobby,Status\n"
    b"Cleo Vane,+351 933-xyzzy,chess,declined\n"
)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "seedbed.db"


@pytest.fixture
def store(path):
    with Store.open(path) as opened:
        yield opened


def imported(store, event, content, name="list.csv"):
    upload = store.add_upload(event.id, name, content)
    import_people(store, upload, read_people(content, name=name).people)
    return upload


@pytest.fixture
def event(path, store):
    """Two people of a file, somebody typed in, and a plan of them."""
    event = store.add_event("Evening")
    imported(store, event, LIST)
    run = runs.start(store, event.id)
    work(path, run.id, lambda *_, **__: {"people.csv": b"beekeeping-xyzzy"})
    return event


def left_of(path, text):
    return [p.name for p in path.parent.glob("seedbed.db*") if text in p.read_bytes()]


def everything_in(store):
    tables = store.rows("select name from sqlite_master where type = 'table'")
    names = [row["name"] for row in tables]
    return repr([list(store.rows(f'select * from "{name}"')) for name in names])


def test_every_column_is_listed_with_what_stands_in_it(store, event):
    columns, unread = kept_columns(store, event.id)
    assert [column.header for column in columns] == ["Name", "Phone", "Hobby", "Status"]
    phone, hobby = columns[1:3]
    assert phone.samples[0] == "+351 911-xyzzy" and phone.fields == ()
    assert hobby.fields == ("hobby",) and hobby.files == ("list.csv",)
    assert unread == ()


def test_an_unused_column_goes_and_all_else_stays(path, store, event):
    before = store.attendees(event.id)
    assert left_of(path, b"911-xyzzy")
    drop = drop_columns(store, event.id, ["Phone"])
    assert (drop.people, drop.plans, drop.fields) == ((), (), ())
    assert "911-xyzzy" not in everything_in(store) and "933-xyzzy" not in everything_in(store)
    assert left_of(path, b"911-xyzzy") == left_of(path, b"933-xyzzy") == []
    assert store.attendees(event.id) == before
    assert len(runs.list_runs(store, event.id)) == 1


def test_the_file_is_read_as_before_by_the_same_row_numbers(store, event):
    whole = read_people(LIST, name="list.csv")
    drop_columns(store, event.id, ["Phone"])
    upload = store.uploads(event.id)[0]
    left = read_people(
        store.upload_content(upload), name="list.csv", options=options_from_json(upload.options)
    )
    assert (left.people, left.set_aside, left.skipped) == (
        *(whole.people, whole.set_aside, whole.skipped),
    )
    assert left.rows[4] == ("Ana Lima", "", "beekeeping-xyzzy", "going")
    assert left.input_sha256 == upload.sha256


def test_answers_stay_unless_the_organizer_says_so(store, event):
    drop_columns(store, event.id, ["Hobby"])
    assert [e.attendee.answer("hobby") for e in store.attendees(event.id)] == [
        ("beekeeping-xyzzy",),
        ("chess",),
    ]


def test_with_answers_nothing_of_them_is_left_anywhere(path, store, event):
    again = LIST.replace(b"beekeeping-xyzzy", b"beekeeping-xyzzy, go")
    imported(store, event, again, "again.csv")
    texts = ("beekeeping-xyzzy", "apiaries")
    decide(store, event.id, Decision("hobby", "beekeeping-xyzzy", "apiaries", True), texts)
    drop = drop_columns(store, event.id, ["Hobby"], answers=True)
    assert [upload.name for upload, _ in drop.files] == ["again.csv", "list.csv"]
    assert len(drop.people) == 2 and [run.number for run in drop.plans] == [1]
    assert drop.loses_undo and decided(store, event.id) == ()
    assert "beekeeping-xyzzy" not in everything_in(store)
    assert left_of(path, b"beekeeping-xyzzy") == []
    assert [e.attendee.name for e in store.attendees(event.id)] == ["Ana Lima", "Ben Ode"]


def test_addresses_and_rules_of_people_can_go_as_well(store):
    event = store.add_event("Evening")
    content = b"Name,Email,Already met\nAna,ana@example.org,Ben\nBen,ben@example.org,\n"
    imported(store, event, content)
    store.add_attendee(event.id, Attendee(id="cyd", name="Cyd", email="cyd@example.org"))
    drop_columns(store, event.id, ["Email", "Already met"], answers=True)
    kept = [entry.attendee for entry in store.attendees(event.id)]
    assert {(person.email, person.already_met) for person in kept} == {("", ())}
    assert "example.org" not in everything_in(store)


def test_other_events_keep_theirs(store, event):
    other = store.add_event("Morning")
    imported(store, other, LIST)
    before = store.attendees(other.id), store.upload_content(store.uploads(other.id)[0])
    drop_columns(store, event.id, ["Phone", "Hobby"], answers=True)
    assert (store.attendees(other.id), store.upload_content(store.uploads(other.id)[0])) == before


def test_looking_changes_nothing(store, event):
    stamp = store.stamp()
    assert what_goes(store, event.id, ["Hobby"], answers=True).plans
    assert store.stamp() == stamp


def test_that_nothing_can_be_taken_back_is_said_of_merges_too(store, event):
    forget_imports(store, event.id)
    assert not what_goes(store, event.id, ["Phone"]).loses_undo
    merge(store, event.id, *store.attendees(event.id))
    assert what_goes(store, event.id, ["Phone"]).loses_undo


def test_names_cannot_go_and_nothing_else_goes_then(store, event):
    before = everything_in(store)
    with pytest.raises(UnusableOption, match=r"names nobody"):
        drop_columns(store, event.id, ["Phone", "Name"], answers=True)
    assert everything_in(store) == before


@pytest.mark.parametrize("headers", [["Shoe size"], []])
def test_a_column_that_is_not_there_is_said(store, event, headers):
    with pytest.raises(UnusableOption):
        what_goes(store, event.id, headers)


def test_a_dropped_column_is_listed_no_more(store, event):
    drop_columns(store, event.id, ["Phone"])
    assert [c.header for c in kept_columns(store, event.id)[0]] == ["Name", "Hobby", "Status"]


def test_a_file_that_cannot_be_read_is_named(store, event):
    store.add_upload(event.id, "picture.csv", b"\x89PNG xyz")
    assert [upload.name for upload in kept_columns(store, event.id)[1]] == ["picture.csv"]


@pytest.mark.parametrize(
    "name", sorted(p.name for p in DATA.iterdir() if p.suffix in (".csv", ".tsv", ".xls"))
)
def test_any_file_loses_one_column_and_tells_whether_it_reads_otherwise(store, name):
    event = store.add_event("Evening")
    content = (DATA / name).read_bytes()
    whole = read_people(content, name=name)
    imported(store, event, content, name)
    names = {"name", "given_name", "family_name"}
    for column in [c for c in whole.columns if c.samples and c.field not in names]:
        going = what_goes(store, event.id, [column.header])
        ((upload, left),) = going.files
        read = read_people(left, name=name, options=options_from_json(upload.options))
        people = [(p.source_row, p.name) for p in read.people]
        same = people == [(p.source_row, p.name) for p in whole.people]
        assert people and going.otherwise == (() if same else (name,))
        assert same or column.field in {"status", "email", "ticket", "product_id"}
        assert read.rows.keys() == whole.rows.keys()
        assert not any(row[column.index] for row in read.rows.values() if row[column.index :])


def test_of_a_workbook_the_table_that_was_read_is_kept(store):
    event = store.add_event("Evening")
    imported(store, event, (DATA / "people.xls").read_bytes(), "people.xls")
    header = kept_columns(store, event.id)[0][-1].header
    assert drop_columns(store, event.id, [header]).workbooks == ("people.xls",)
    upload = store.uploads(event.id)[0]
    assert read_people(store.upload_content(upload), name=upload.name).kind == "csv"


def test_our_own_list_stays_our_own(store):
    event = store.add_event("Evening")
    content = write_attendees([Attendee(id="ana", name="Ana", email="ana@example.org")])
    imported(store, event, content, "attendees.csv")
    drop_columns(store, event.id, ["email"])
    left = read_people(store.upload_content(store.uploads(event.id)[0]))
    assert left.is_own and [(p.id, p.email) for p in left.people] == [("ana", "")]
