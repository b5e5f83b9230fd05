"""Whom a file means is asked where it cannot be certain; nobody is lost or doubled meanwhile."""

import pytest
from imported_list import ImportedList

from events.errors import UnusableOption
from events.model import Answer, Attendee
from events.reimport import compare
from events.store import Store
from matcher.fields import Visibility


def person(id, name="Ana Lima", works_at="Acme", email=""):
    works = Answer(field="organization", texts=(works_at,), visibility=Visibility.PRINT)
    return Attendee(id=id, name=name, email=email, answers=(works,) if works_at else ())


class List(ImportedList):
    def asked(self, *people, **options):
        doubts = compare(self.all(), people, **options).doubts
        return [
            (d.person.id, [c.stored.attendee.id for c in d.choices], d.is_likely) for d in doubts
        ]

    def number(self, id):
        return self.entry(id).number


@pytest.fixture
def list_():
    with Store.open(":memory:") as store:
        yield List(store)


@pytest.mark.parametrize("email", ["", "new@x.org"])
def test_name_and_organization_are_to_be_confirmed(email, list_):
    list_.take(person("T1", email="ana@x.org"))
    assert list_.asked(person("T9", "ana  LIMA", "ACME", email)) == [("T9", ["T1"], True)]


@pytest.mark.parametrize(
    ("works_at", "asked"), [("Acme", [True]), ("", [False]), ("Other", [])], ids=str
)
def test_another_organization_is_another_person(works_at, asked, list_):
    list_.take(person("T1"))
    assert [likely for _, _, likely in list_.asked(person("T9", works_at=works_at))] == asked


def test_two_candidates_are_asked_for(list_):
    list_.take(person("T1", email="a@x.org"), person("T2", email="b@x.org"))
    assert list_.asked(person("T9")) == [("T9", ["T1", "T2"], False)]


def test_two_people_of_a_file_who_fit_one_are_asked_for(list_):
    list_.take(person("T1"))
    assert [likely for *_, likely in list_.asked(person("T8"), person("T9"))] == [False, False]


def test_an_address_that_two_share_tells_nobody_apart(list_):
    list_.take(person("a", "Ana", email="x@x.org"), person("b", "Ben", email="x@x.org"))
    assert list_.asked(person("c", "Cleo", email="x@x.org")) == [("c", ["a", "b"], False)]


def test_nothing_is_imported_before_it_is_said_who_is_who(list_):
    list_.take(person("T1", email="ana@x.org"))
    before = list_.all()
    with pytest.raises(UnusableOption, match=r"T1, ana@x\.org, Acme.*Say who it is"):
        list_.take(person("T9"), person("T3", "Cyd"))
    assert list_.all() == before


def test_nobody_in_doubt_is_gone(list_):
    list_.take(person("T1", email="ana@x.org"), person("T2", "Ben"))
    changes = compare(list_.all(), [person("T9")])
    assert [entry.attendee.id for entry in changes.gone] == ["T2"]
    assert changes.added == ()


def test_the_same_person_keeps_id_and_address_and_is_not_asked_for_again(list_):
    list_.take(person("T1", email="ana@x.org"))
    list_.take(person("T9"), answers={"T9": list_.number("T1")})
    assert list_.people() == [person("T1", email="ana@x.org")]
    assert len(list_.take(person("T9")).unchanged) == 1


def test_a_changed_address_is_taken(list_):
    list_.take(person("T1", email="old@x.org"))
    list_.take(person("T9", email="new@x.org"), answers={"T9": list_.number("T1")})
    assert list_.people() == [person("T1", email="new@x.org")]


def test_somebody_new_is_added_and_not_asked_for_again(list_):
    list_.take(person("T1", email="ana@x.org"))
    list_.take(person("T9"), answers={"T9": None})
    assert [one.id for one in list_.people()] == ["T1", "T9"]
    assert list_.asked(person("T9")) == []
    assert list_.asked(person("T1", email="ana@x.org"), person("T9")) == []


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"T7": None}, "'T7' is nobody"),
        ({"T9": 99}, "'T9' is nobody"),
        ({"T8": 1, "T9": 1}, "cannot both be"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused(answers, says, list_):
    list_.take(person("T1"))
    with pytest.raises(UnusableOption, match=says):
        list_.take(person("T8"), person("T9"), answers=answers)
