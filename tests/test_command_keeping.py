"""The commands about what the app keeps: events, erase, drop, backup, restore."""

import pytest
from click.testing import CliRunner

from events.model import Attendee
from events.store import Store
from web.cli import seedbed


@pytest.fixture
def database(tmp_path):
    with Store.open(tmp_path / "seedbed.db") as store:
        event = store.add_event("Evening", date="2016-05-08")
        store.add_attendee(event.id, Attendee(id="ana", name="Ana Quillfeather"))
    return tmp_path / "seedbed.db"


def run(*arguments, code=0):
    answer = CliRunner().invoke(seedbed, list(map(str, arguments)))
    assert answer.exit_code == code, answer.output
    return answer.output


def titles(database):
    with Store.open(database) as store:
        return [event.title for event in store.events()]


def test_events_are_listed_with_day_and_people(database):
    said = run("events", "--database", database)
    assert "Evening" in said and "2016-05-08" in said and "1 person" in said


def test_erasing_first_says_what_would_go(database):
    said = run("erase", "--database", database, "--event", "Evening")
    assert "1 person" in said and "--for-good" in said
    assert titles(database) == ["Evening"]


def test_erasing_for_good_leaves_nothing_in_the_file(database):
    assert b"Quillfeather" in database.read_bytes()
    said = run("erase", "--database", database, "--event", "Evening", "--for-good")
    assert "1 person" in said and titles(database) == []
    assert b"Quillfeather" not in database.read_bytes()


def test_a_backup_comes_back_and_says_where_the_rest_is(database, tmp_path):
    run("backup", tmp_path / "copy.db", "--database", database)
    assert (tmp_path / "copy.db").stat().st_mode & 0o077 == 0
    run("erase", "--database", database, "--event", "Evening", "--for-good")
    said = run("restore", tmp_path / "copy.db", "--database", database)
    assert titles(database) == ["Evening"]
    assert "before-restore" in said


def test_a_backup_comes_back_on_a_new_computer(database, tmp_path):
    run("backup", tmp_path / "copy.db", "--database", database)
    said = run("restore", tmp_path / "copy.db", "--database", tmp_path / "new" / "app.db")
    assert titles(tmp_path / "new" / "app.db") == ["Evening"]
    assert "before" not in said
    assert (tmp_path / "new" / "app.db").stat().st_mode & 0o077 == 0


def test_a_backup_never_goes_over_another_file(database, tmp_path):
    (tmp_path / "copy.db").write_text("mine")
    assert "there already" in run("backup", tmp_path / "copy.db", "--database", database, code=2)
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_what_is_no_backup_is_refused_and_changes_nothing(database, tmp_path):
    (tmp_path / "list.csv").write_text("name\nAna\n")
    assert "not a whole backup" in run(
        "restore", tmp_path / "list.csv", "--database", database, code=2
    )
    assert titles(database) == ["Evening"]


@pytest.fixture
def drop(database):
    with Store.open(database) as store:
        event = store.events()[0].id
        store.add_upload(event, "list.csv", b"Name,Phone,Hobby\nAna,911-xyzzy,chess\nBen,,go\n")
    return lambda *options, code=0: run(
        *("drop", "--database", database, "--event", "Evening", *options), code=code
    )


def test_columns_are_listed_with_what_they_are_read_as(drop):
    assert drop().splitlines() == [
        "Name (no answers; list.csv): Ana",
        "Phone (no answers; list.csv): 911-xyzzy",
        "Hobby (hobby; list.csv): chess",
    ]


def test_dropping_first_says_what_would_go(drop, database):
    assert "--for-good" in drop("--column", "Phone")
    assert b"911-xyzzy" in database.read_bytes()


def test_columns_dropped_for_good_are_not_in_the_file(drop, database):
    said = drop("--column", "Phone", "--column", "Hobby", "--answers", "--for-good")
    assert "columns: Phone, Hobby, in list.csv" in said
    assert b"911-xyzzy" not in database.read_bytes()
    assert "Phone" not in drop()


def test_a_column_that_is_not_there_is_named_with_those_that_are(drop):
    said = drop("--column", "Shoe size", code=2)
    assert "Shoe size" in said and "Phone" in said


@pytest.mark.parametrize(("day", "due"), [("2016-06-01", True), ("9000-01-01", False)])
def test_a_delete_date_is_set_and_listed(database, day, due):
    assert day in run("erase", "--database", database, "--event", "Evening", "--on", day)
    listed = run("events", "--database", database)
    assert f"to be erased on {day}" in listed and ("has come" in listed) == due
    assert titles(database) == ["Evening"]
    assert "never" in run("erase", "--database", database, "--event", "Evening", "--on", "never")
    assert "to be erased" not in run("events", "--database", database)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--on", "soon"), "2027-03-01"),
        (("--on", "2016-05-07"), "before the event"),
        (("--on", "2016-06-01", "--for-good"), "Leave one of them out"),
    ],
)
def test_a_delete_date_that_cannot_be_is_refused(database, options, said):
    assert said in run("erase", "--database", database, "--event", "Evening", *options, code=2)
    assert titles(database) == ["Evening"]
    assert "to be erased" not in run("events", "--database", database)
