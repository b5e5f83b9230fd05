"""Guests without a name: counted from whatever tells of them, added only when asked for."""

import pytest
from imported_list import ImportedList
from reading import names, read, said, set_aside

from events.erase import erase_person
from events.importer.names import without_guests
from events.store import Store

LIST = "Name,Email,Guests\nAna Souza,a@example.org,2\nBen,b@example.org,\n"
GUESTS = ["Guest of Ana Souza", "Guest of Ana Souza (2)"]


@pytest.fixture
def listed():
    with Store.open(":memory:") as store:
        yield ImportedList(store)


def named(text: str):
    return read(text, guests="Guest of")


def test_guests_are_counted_until_somebody_asks_for_them():
    found = read(LIST)
    assert names(found) == ["Ana Souza", "Ben"]
    assert found.counts == "2 rows read: 2 people; 2 unnamed guests not added"


def test_guests_follow_whoever_brings_them():
    found = named(LIST)
    assert names(found) == ["Ana Souza", *GUESTS, "Ben"]
    assert found.counts == "2 rows read: 2 people; 2 unnamed guests added"


def test_those_who_come_together_have_met():
    host, first, second, _ = named(LIST).people
    assert first.already_met == (host.id,)
    assert second.already_met == (host.id, first.id)


def test_guests_keep_their_ids_in_any_order_of_rows():
    head, *rows = LIST.splitlines()
    turned = named("\n".join([head, *rows[::-1]]))
    assert {p.id: p.name for p in turned.people} == {p.id: p.name for p in named(LIST).people}


@pytest.mark.parametrize(
    ("name", "guests"),
    [
        ("Ana +1", 1),
        ("Ana (+ 2)", 2),
        ("Ana & guest", 1),
        ("Ana und Begleitung", 1),
        ("Ana y acompañante", 1),
    ],
)
def test_guests_behind_a_name(name, guests):
    found = named(f"Name,Role\n{name},CTO\nBen,CEO\n")
    assert names(found) == ["Ana", *["Guest of Ana", "Guest of Ana (2)"][:guests], "Ben"]
    assert found.people[0].typed_name == name


@pytest.mark.parametrize("name", ["Ana & Ben", "Christopher Guest", "Li Y Gast", "+1", "Ana 2"])
def test_names_that_bring_nobody(name):
    assert without_guests(name) == (name, 0)


def test_guests_behind_a_surname():
    found = read("First name,Last name\nAna,Souza +1\nBen,Ode\n")
    assert (found.people[0].family_name, found.unnamed) == ("Souza", 1)


def test_a_ticket_without_a_name_is_a_guest_of_whoever_has_its_address():
    found = named("Ticket,Name,Email\nVIP,Ana,a@example.org\nVIP,,a@example.org\nVIP,,x@x.org\n")
    assert names(found) == ["Ana", "Guest of Ana"]
    assert set_aside(found) == [(3, "no name"), (4, "no name")]


def test_an_answer_without_a_name_is_no_guest():
    assert read("Name,Email\nAna,a@example.org\n,a@example.org\n").unnamed == 0


def test_a_row_that_says_guest_is_one_without_tickets_too():
    people = "Ben,b@example.org\nCleo,c@example.org\nDan,d@example.org\n"
    assert read(f"Name,Email\n{people}Ana,a@example.org\n+1,a@example.org\n").unnamed == 1


def test_a_second_ticket_in_one_name_is_a_guest_and_a_second_answer_is_not():
    rows = "Ana,a@example.org,1\nAna,a@example.org,2\nBen,b@example.org,3\n"
    tickets = read("Name,Email,Ticket number,Ticket type\n" + rows.replace("\n", ",VIP\n"))
    assert "has 2 tickets and so brings 1 unnamed guest, not counted as people." in said(tickets, 3)
    assert read("Name,Email,Ticket number\n" + rows).unnamed == 0


def test_all_that_tells_of_guests_may_mean_the_same_ones():
    assert read("Name,Guests,Quantity\nAna +1,1,2\nBen,,1\n").unnamed == 1


def test_a_name_typed_over_a_guest_stays_when_the_list_comes_again(listed):
    listed.take(*named(LIST).people)
    guest = next(p for p in listed.people() if p.name == GUESTS[0])
    listed.edit(guest.id, name="Cleo Vane")
    changes = listed.take(*named(LIST).people)
    assert (changes.added, changes.changed, changes.gone) == ((), (), ())
    assert {p.name for p in listed.people()} == {"Ana Souza", "Cleo Vane", GUESTS[1], "Ben"}


def test_erasing_the_host_takes_their_name_out_of_their_guests(listed):
    host, *guests = named(LIST).people
    listed.take(host, *guests)
    erase_person(listed.store, listed.event.id, listed.entry(host.id).number)
    assert {p.name for p in listed.people()} == {"Guest of …", "Guest of … (2)", "Ben"}


def test_a_companion_by_name_is_counted_and_named():
    found = read("Name,Plus one\nAna Ruiz,Pablo Ruiz\nBen Okri,not yet\n")
    assert found.unnamed == 1
    assert any("the notes say: 'Pablo Ruiz'" in problem for problem in said(found, 2))
