"""The command that brings a list into an event, and takes it back."""

from dataclasses import replace

import pytest
from click.testing import CliRunner

from events.erase import erase_person
from events.records import options_from_json
from events.store import Store
from web.cli import seedbed


@pytest.fixture
def database(tmp_path):
    with Store.open(tmp_path / "seedbed.db") as store:
        store.add_event("Evening")
    return tmp_path / "seedbed.db"


@pytest.fixture
def run(database, tmp_path):
    def command(text, *options, code=0):
        arguments = ["import", "--database", database, "--event", "Evening", *options]
        if text:
            (tmp_path / "guests.csv").write_text(text, encoding="utf-8")
            arguments.insert(1, tmp_path / "guests.csv")
        answer = CliRunner().invoke(seedbed, list(map(str, arguments)))
        assert answer.exit_code == code, answer.output
        return answer.output.splitlines()

    return command


def names(database):
    with Store.open(database) as store:
        event = store.events()[0].id
        return [e.attendee.name for e in store.attendees(event) if not e.archived]


FIRST = "name,email,city\nAna,a@x.org,Graz\nBen,b@x.org,Linz\n"
SECOND = "name,email,city\nAna,a@x.org,Wien\nCyd,c@x.org,Linz\n"


def test_new_changed_and_gone_people_are_named(run, database):
    assert run(FIRST)[-1] == "2 new, 0 changed, 0 unchanged, 0 no longer in the file."
    said = run(SECOND)
    assert any(line.endswith("City: 'Graz' → 'Wien'") for line in said)
    assert said[-1] == "1 new, 1 changed, 0 unchanged, 1 no longer in the file."
    assert run(SECOND)[-1] == "0 new, 0 changed, 2 unchanged, 1 no longer in the file."
    assert names(database) == ["Ana", "Ben", "Cyd"]


def test_looking_changes_nothing(run, database):
    assert run(FIRST, "--look")[-1] == "Nothing was changed (--look)."
    assert names(database) == []


def test_an_import_is_taken_back(run, database):
    run(FIRST)
    run(SECOND, "--archive-gone")
    assert names(database) == ["Ana", "Cyd"]
    assert run("", "--undo")[-1].endswith("is taken back: 1 removed, 2 as before, 0 kept.")
    assert names(database) == ["Ana", "Ben"]


@pytest.mark.parametrize(
    ("text", "options", "says"),
    [
        ("", (), "Name a list of people"),
        (FIRST, ("--undo",), "Name a list of people"),
        (FIRST, ("--event", "Morning"), "There are: 'Evening'"),
        ("", ("--undo",), "no import to take back"),
    ],
)
def test_what_cannot_be_done_is_said(text, options, says, run, database):
    assert says in "".join(run(text, *options, code=2))
    assert names(database) == []


KNOWN = "id,name,organization,email\nT1,Ana,Acme,a@x.org\nT2,Ben,Acme,b@x.org\n"
AGAIN = "id,name,organization\nT8,Ana,Acme\nT9,Ben,\n"


def test_who_is_who_is_asked_before_anything_is_imported(run, database):
    run(KNOWN)
    said = run(AGAIN, code=2)
    assert any(
        line.startswith("Row 2: 'Ana' may be somebody in the list: Ana (T1") for line in said
    )
    assert said[-1].startswith("Nothing was imported. Answer with --same ROW=ID")
    assert names(database) == ["Ana", "Ben"]
    assert run(AGAIN, "--look")[-2].endswith("0 no longer in the file, 2 in doubt.")


def test_options_say_who_is_who(run, database):
    run(KNOWN)
    run(AGAIN, "--same-organization", "--same", "3=new")
    assert names(database) == ["Ana", "Ben", "Ben"]
    assert run(AGAIN)[-1] == "0 new, 0 changed, 2 unchanged, 1 no longer in the file."


@pytest.mark.parametrize("answer", ["4=T1", "2=T2", "2"])
def test_an_option_that_answers_nothing_is_refused(answer, run, database):
    run(KNOWN)
    assert "--same" in run(AGAIN, "--same", answer, code=2)[-1]
    assert names(database) == ["Ana", "Ben"]


@pytest.fixture
def edited(run, database):
    """An event whose two people were moved by hand since they were imported from a list."""
    run("id,name,city\nana,Ana,Graz\nben,Ben,Graz\n")
    with Store.open(database) as store:
        event = store.events()[0].id
        for entry in store.attendees(event):
            moved = replace(entry.attendee.answers[0], texts=("Rome",))
            person = replace(entry.attendee, answers=(moved,))
            store.save_attendee(event, replace(entry, attendee=person))
    return "id,name,city\nana,Ana,Wien\nben,Ben,Wien\n"


def towns(database):
    with Store.open(database) as store:
        people = store.attendees(store.events()[0].id)
        return {e.attendee.id: e.attendee.answer("city")[0] for e in people}


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ((), {"ana": "Rome", "ben": "Rome"}),
        (("--overrule", "ana=city"), {"ana": "Wien", "ben": "Rome"}),
        (("--overrule", "city"), {"ana": "Wien", "ben": "Wien"}),
        (("--overrule", "ben=all"), {"ana": "Rome", "ben": "Wien"}),
    ],
)
def test_the_file_wins_over_edits_where_it_shall(run, database, edited, options, left):
    run(edited, *options)
    assert towns(database) == left


def test_what_was_kept_says_how_to_overrule_it(run, edited):
    said = run(edited, "--look")
    assert any("(kept: edited by hand; --overrule ana=city takes" in line for line in said)


@pytest.mark.parametrize("wrong", ["cyd=city", "need"])
def test_overruling_nothing_is_refused_with_what_there_is(run, database, edited, wrong):
    said = " ".join(run(edited, "--overrule", wrong, code=2))
    assert "no such edit differs. There is: ana=city, ben=city." in said
    assert towns(database) == {"ana": "Rome", "ben": "Rome"}


def test_who_was_erased_is_named_and_can_be_brought_back(run, database):
    run("id,name,city\nana,Ana,Graz\nben,Ben,Graz\n")
    with Store.open(database) as store:
        event = store.events()[0].id
        erase_person(store, event, store.attendees(event)[0].number)
    said = run("id,name,city\nana,Ana,Graz\nben,Ben,Graz\n")
    assert "erased before, not added (--bring-back ana adds them): Ana" in said
    assert names(database) == ["Ben"]
    run("id,name,city\nana,Ana,Graz\nben,Ben,Graz\n", "--bring-back", "ana")
    assert names(database) == ["Ana", "Ben"]


THINGS = "Name,Thing,Town\nAna,chess,Porto\n"
LATER = "town,THING,Name\nPorto,go,Ben\n"


def kept(database):
    """Return how the newest file is to be read."""
    with Store.open(database) as store:
        return options_from_json(store.uploads(store.events()[0].id)[0].options)


def hobbies(database):
    with Store.open(database) as store:
        return [one.answer("hobby") for one in store.coming(store.events()[0].id)]


def test_the_next_file_with_the_same_columns_is_read_as_was_said_of_the_first(run, database):
    run(THINGS, "--map", "hobby=Thing", "--guests", "Guest of")
    assert run(LATER)[0] == "Read like “guests.csv”, which had the same columns."
    assert hobbies(database) == [("chess",), ("go",)]
    assert kept(database).mapping == {"hobby": ("Thing",)}
    assert kept(database).guests == "Guest of"


def test_what_is_said_of_a_file_wins_over_what_is_remembered(run, database):
    run(THINGS, "--map", "hobby=Thing", "--map", "ignore=Town")
    run(LATER, "--map", "skills=THING", "--split", "THING=none")
    assert hobbies(database) == [("chess",), ()]
    assert kept(database).mapping == {"ignore": ("Town",), "skill": ("THING",)}


def test_a_file_can_be_read_as_if_none_had_come_before(run, database):
    run(THINGS, "--map", "hobby=Thing")
    assert not any("Read like" in line for line in run(LATER, "--anew"))
    assert hobbies(database) == [("chess",), ()]


def test_looking_remembers_nothing(run, database):
    run(THINGS, "--map", "hobby=Thing", "--look")
    run(LATER)
    assert hobbies(database) == [()]


def test_which_column_holds_the_names_is_remembered_too(run, database):
    badges = "Badge,Town\n{},Porto\n"
    assert "--map name=HEADER" in "".join(run(badges.format("Ana"), code=2))
    run(badges.format("Ana"), "--map", "name=Badge")
    run(badges.format("Ben"))
    assert names(database) == ["Ana", "Ben"]
