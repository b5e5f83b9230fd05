"""A file that comes again updates the list and never doubles it."""

import pytest
from imported_list import ImportedList

from events.model import Answer, Attendee
from events.reimport import compare
from events.store import Store
from matcher.fields import Visibility


def person(id, name=None, **more):
    return Attendee(id=id, name=name or id.title(), **more)


def school(*texts, visibility=Visibility.PRINT):
    return (Answer(field="school", texts=texts, visibility=visibility),)


@pytest.fixture
def list_():
    with Store.open(":memory:") as store:
        yield ImportedList(store)


def told(changes):
    return [(f.label, f.old, f.new, f.kept) for c in changes.changed for f in c.fields]


def test_new_people_are_added_with_where_they_came_from(list_):
    changes = list_.take(person("ana"), person("ben"))
    assert [a.id for a in changes.added] == ["ana", "ben"]
    assert {entry.upload for entry in list_.all()} == {1}


def test_the_same_file_twice_changes_nothing(list_):
    people = (person("ana", answers=school("Lisbon")), person("ben"))
    list_.take(*people)
    before = list_.all()
    changes = list_.take(*people)
    assert (changes.added, changes.changed, changes.gone) == ((), (), ())
    assert list_.all() == before


def test_who_is_as_before_in_the_file_is_what_a_look_at_every_field_finds(list_):
    people = (person("ana", email="a@x.org", answers=school("Lisbon")), person("ben"))
    list_.take(*people)
    list_.edit("ana", email="new@x.org", answers=())
    list_.edit("ben", answers=school("Porto"), already_met=("Ana",))
    closely = compare(list_.all(), people, overruled={(0, "nobody")})
    assert compare(list_.all(), people) == closely
    assert [change.fields for change in closely.unchanged] == [(), ()]


def test_a_changed_answer_is_shown_and_taken(list_):
    list_.take(person("ana", answers=school("Lisbon")))
    changes = list_.take(person("ana", answers=school("Porto")))
    assert told(changes) == [("School", "Lisbon", "Porto", False)]
    assert list_.people() == [person("ana", answers=school("Porto"))]


def test_a_hand_edit_wins_over_the_file_field_by_field(list_):
    list_.take(person("ana", email="old@x.org", answers=school("Lisbon")))
    list_.edit("ana", answers=school("Coimbra"))
    changes = list_.take(person("ana", email="new@x.org", answers=school("Porto")))
    assert told(changes) == [
        ("E-mail", "old@x.org", "new@x.org", False),
        ("School", "Coimbra", "Porto", True),
    ]
    assert list_.people() == [person("ana", email="new@x.org", answers=school("Coimbra"))]


def test_an_answer_taken_out_of_the_file_is_taken_out_of_the_list(list_):
    list_.take(person("ana", answers=school("Lisbon")))
    list_.take(person("ana"))
    assert list_.people() == [person("ana")]


def test_an_answer_removed_by_hand_does_not_come_back(list_):
    list_.take(person("ana", answers=school("Lisbon")))
    list_.edit("ana", answers=())
    list_.take(person("ana", answers=school("Lisbon")))
    assert list_.people() == [person("ana")]


def test_somebody_typed_into_the_form_is_completed_not_overwritten(list_):
    list_.store.add_attendee(list_.event.id, person("typed", "Ana", email="ana@x.org"))
    list_.take(person("ana", "Ana Lima", email="ANA@x.org", answers=school("Lisbon")))
    assert list_.people() == [
        person("typed", "Ana", email="ana@x.org", answers=school("Lisbon")),
    ]


def test_people_who_left_the_file_stay_until_they_are_archived(list_):
    list_.take(person("ana"), person("ben"))
    assert [e.attendee.id for e in list_.take(person("ana")).gone] == ["ben"]
    assert not list_.entry("ben").archived
    list_.take(person("ana"), archive_gone=True)
    assert list_.entry("ben").archived
    assert list_.take(person("ana")).gone == ()


def test_an_equal_number_in_another_file_is_another_person(list_):
    list_.take(person("1", "Ana", email="ana@x.org"))
    changes = list_.take(person("1", "Ben"))
    assert [a.id for a in changes.added] == ["1-2"]
    assert [p.name for p in list_.people()] == ["Ana", "Ben"]
    assert len(list_.take(person("1", "Ben")).unchanged) == 1


def test_a_change_of_who_may_see_an_answer_is_told(list_):
    list_.take(person("ana", answers=school("Lisbon")))
    changes = list_.take(person("ana", answers=school("Lisbon", visibility=Visibility.MATCH)))
    assert told(changes) == [("School", "Lisbon (print)", "Lisbon (match)", False)]


def test_in_our_own_list_a_person_stays_the_same_under_another_name_and_address(list_):
    list_.take(person("ana", email="ana@x.org"), person("ben"))
    renamed = person("ana", "Anna Sol", email="sol@x.org")
    assert told(compare(list_.all(), [renamed, person("ben")], is_own=True)) == [
        ("Name", "Ana", "Anna Sol", False),
        ("E-mail", "ana@x.org", "sol@x.org", False),
    ]
    assert len(compare(list_.all(), [renamed, person("ben")]).added) == 1


def test_our_own_list_of_another_event_changes_nobody_of_the_same_number(list_):
    list_.take(person("1", "Ana"), person("2", "Ben"), person("3", "Cyd"))
    other = [person("1", "Dee"), person("2", "Eve"), person("3", "Cyd")]
    changes = compare(list_.all(), other, is_own=True)
    assert [(one.id, one.name) for one in changes.added] == [("1-2", "Dee"), ("2-2", "Eve")]


def test_the_organizer_may_let_the_file_win_field_by_field(list_):
    list_.take(person("ana", email="old@x.org", answers=school("Lisbon")))
    list_.edit("ana", email="mine@x.org", answers=school("Coimbra"))
    newer = person("ana", email="new@x.org", answers=school("Porto"))
    list_.take(newer, overruled={(list_.entry("ana").number, "school")})
    assert list_.people() == [person("ana", email="mine@x.org", answers=school("Porto"))]
    assert list_.take(newer).changed == ()
