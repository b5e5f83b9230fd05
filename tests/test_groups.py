"""People of a plan in groups: everybody in one, nobody in two, every meeting counted once."""

from events.groups import (
    Group,
    Shared,
    by_answer,
    by_community,
    comparable,
    meetings_between,
    shared_with,
)
from events.model import Answer, Attendee
from matcher.canon import Equals
from matcher.fields import Visibility

NONE = Equals()


def person(name, seen=Visibility.MATCH, **answers):
    given = tuple(
        Answer(field=field, texts=tuple(texts.split("; ")), visibility=seen)
        for field, texts in answers.items()
    )
    return Attendee(id=name, name=name.title(), answers=given)


PEOPLE = [
    person("ana", hobby="chess", city="Porto"),
    person("ben", hobby="Chess; pottery"),
    person("cleo", hobby="pottery; chess"),
    person("dan", hobby="pottery"),
    person("eve", hobby="pottery", city="Oslo"),
    person("fay", need="a flat"),
]


def test_groups_by_an_answer_take_the_commonest_and_leave_nobody_out():
    groups = by_answer(PEOPLE, NONE, "hobby")
    assert [(group.number, group.people) for group in groups] == [
        (1, ("ben", "cleo", "dan", "eve")),
        (0, ("ana", "fay")),
    ]
    assert [group.common for group in groups] == [("pottery",), ()]


def test_further_answers_share_the_group_of_all_others():
    people = [person(f"p{at}", hobby=f"hobby {at // 2}") for at in range(6)]
    groups = by_answer(people, NONE, "hobby", most=2)
    assert [group.people for group in groups] == [("p0", "p1"), ("p2", "p3"), ("p4", "p5")]
    assert groups[-1].number == 0


def test_an_answer_that_the_organizer_keeps_groups_nobody():
    people = [person(name, Visibility.ORGANIZER, hobby="chess") for name in ("ana", "ben")]
    assert by_answer(people, NONE, "hobby") == (Group(number=0, common=(), people=("ana", "ben")),)


def test_fields_are_offered_that_several_answered_needs_are_not():
    assert comparable(PEOPLE) == ("hobby", "city")
    assert comparable([person("ana", hobby="chess")]) == ()
    assert comparable([person(name, need="a flat") for name in ("ana", "ben")]) == ()


def test_communities_hold_everybody_once():
    groups, ties = by_community(PEOPLE, NONE)
    everybody = sorted(name for group in groups for name in group.people)
    assert everybody == ["ana", "ben", "cleo", "dan", "eve", "fay"] == sorted(ties)
    assert groups[-1].number == 0 and "fay" in groups[-1].people


def test_meetings_are_counted_by_the_groups_of_both():
    groups = by_answer(PEOPLE, NONE, "hobby")
    pairs = [("ben", "cleo"), ("ana", "ben"), ("dan", "fay"), ("ana", "fay")]
    assert meetings_between(groups, pairs) == {(1, 1): 1, (0, 1): 2, (0, 0): 1}


def test_what_a_person_shares_is_told_once_with_all_who_share_it():
    ana = person("ana", hobby="Chess; pottery", city="Porto", need="a flat")
    others = [
        person("ben", hobby="chess", need="a flat"),
        person("cleo", hobby="chess; kites", city="Oslo"),
    ]
    assert shared_with(ana, others, NONE) == (
        Shared(kind="hobby", text="Chess", others=("ben", "cleo")),
        Shared(kind="need", text="a flat", others=("ben",)),
    )
    assert shared_with(ana, [person("dan")], NONE) == ()
