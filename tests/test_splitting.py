"""Two people whom an import took for one are made two, stay two, and are one again."""

from dataclasses import replace

import pytest
from click.testing import CliRunner
from web_site import Site, text_of

from events.erase import erase_person
from events.errors import Conflict, NotFound, UnusableOption
from events.importer import read_people
from events.reimport import import_people
from events.splitting import join_again, last_split, read_behind, split
from events.store import Store
from web.cli import seedbed

FILE = b"""Name,Email,Role,School
Ana Lima,a@x.org,Baker,Porto
Ben Ode,b@x.org,Pilot,
Ana Lima,a@x.org,Chef,
Ana Lima,a@x.org,,Faro
"""


class Couple:
    """An event whose only file has three rows of one name and address."""

    def __init__(self, store):
        self.store, self.event = store, store.add_event("Evening")
        self.take()

    def take(self, content=FILE):
        upload = self.store.add_upload(self.event.id, "guests.csv", content)
        return import_people(self.store, upload, read_people(content).people)

    def all(self):
        return [replace(each, version=0) for each in self.store.attendees(self.event.id)]

    def ana(self):
        named = self.store.attendees(self.event.id)
        return min((e for e in named if e.attendee.name == "Ana Lima"), key=lambda e: e.number)

    def split(self, *rows):
        return split(self.store, self.event.id, self.ana(), rows)

    def join(self, other):
        return join_again(self.store, self.event.id, self.ana().number, other.number)

    def said(self):
        return sorted(
            (e.attendee.name, *e.attendee.answer("role"), *e.attendee.answer("school"))
            for e in self.store.attendees(self.event.id)
        )


@pytest.fixture
def couple():
    with Store.open(":memory:") as store:
        yield Couple(store)


def test_the_rows_behind_somebody_are_named(couple):
    behind = read_behind(read_people(FILE, name="guests.csv"), couple.ana())
    assert list(behind.rows) == [2, 4, 5]
    assert behind.cells(4) == [("Name", "Ana Lima"), ("Email", "a@x.org"), ("Role", "Chef")]


def test_each_says_what_their_rows_say(couple):
    assert couple.said() == [("Ana Lima", "Chef", "Faro"), ("Ben Ode", "Pilot")]
    couple.split(4)
    assert couple.said() == [
        ("Ana Lima", "Baker", "Faro"),
        ("Ana Lima", "Chef"),
        ("Ben Ode", "Pilot"),
    ]


def test_what_was_typed_by_hand_stays_with_the_first(couple):
    ana = couple.ana()
    typed = replace(ana.attendee, email="new@x.org")
    couple.store.save_attendee(couple.event.id, replace(ana, attendee=typed))
    assert couple.split(2, 4).attendee.email == "a@x.org"
    assert couple.ana().attendee.email == "new@x.org"


def test_the_same_file_changes_neither(couple):
    couple.split(4)
    before = couple.all()
    changes = couple.take()
    assert (changes.added, changes.changed, changes.gone) == ((), (), ())
    assert couple.all() == before


def test_taken_back_all_is_as_before(couple):
    before = couple.all()
    couple.join(couple.split(4))
    assert couple.all() == before
    assert last_split(couple.store, couple.event.id, couple.ana().number) is None


def test_who_was_edited_since_does_not_go(couple):
    new = couple.split(4)
    couple.store.save_attendee(couple.event.id, new)
    with pytest.raises(NotFound, match="no such split"):
        couple.join(new)
    assert len(couple.all()) == 3


@pytest.mark.parametrize("rows", [(), (2, 4, 5), (3,), (2, 3), (99,)])
def test_rows_that_are_not_some_of_theirs_are_refused(couple, rows):
    before = couple.all()
    with pytest.raises(UnusableOption, match="leave at least one"):
        couple.split(*rows)
    assert couple.all() == before


def test_two_tabs_conflict(couple):
    seen = couple.ana()
    couple.store.save_attendee(couple.event.id, seen)
    with pytest.raises(Conflict):
        split(couple.store, couple.event.id, seen, [4])


def test_erasing_somebody_forgets_what_was_before(couple):
    erase_person(couple.store, couple.event.id, couple.split(4).number)
    assert list(couple.store.rows("select * from splits")) == []


def test_in_the_browser(tmp_path):
    site = Site(tmp_path / "seedbed.db")
    with site.store() as store:
        couple = Couple(store)
        at = f"/events/{couple.event.id}/people/{couple.ana().number}"
        ana = couple.ana()
    assert f'href="{at}/rows"' in site.get(at)
    assert "Row 4 of guests.csv" in text_of(site.get(f"{at}/rows"))
    refused = site.post(f"{at}/rows", f"{at}/rows", version=ana.version)
    assert "leave at least one" in text_of(site.get(refused.location))
    made = site.post(f"{at}/rows", f"{at}/rows", version=ana.version, row=["2", "5"])
    assert "This is the second person." in text_of(site.get(made.location))
    assert "was made of some of their rows." in text_of(site.get(at))
    other = made.location.rpartition("/")[2]
    back = site.post(f"{at}/join", at, other=other)
    assert "Ana Lima is one person again." in text_of(site.get(back.location))
    site.get(made.location, 404)
    again = site.post(f"{at}/join", at, other=other)
    assert "no such split" in text_of(site.get(again.location))


def test_on_the_command_line(tmp_path):
    path = tmp_path / "seedbed.db"
    with Store.open(path) as store:
        id = Couple(store).ana().attendee.id

    def run(*words):
        said = ["split", id, *words, "--event", "Evening", "--database", str(path)]
        result = CliRunner().invoke(seedbed, said)
        return result.exit_code, result.output

    assert "row 4 of guests.csv: Name: 'Ana Lima'" in run()[1]
    assert run("--row", "4") == (0, f"Ana Lima ({id}-2) is a second person.\n")
    assert run("--undo") == (0, f"Ana Lima ({id}) is one person again.\n")
    code, said = run("--undo")
    assert code != 0
    assert "No split of Ana Lima" in said
    assert run("--undo", "--row", "4")[0] != 0
    assert run("--row", "3")[0] != 0
