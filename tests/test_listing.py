"""Finding people in a list: filters, cohorts, words and orders."""

import pytest

from events.listing import FILTERS, ORDERS, find_people
from events.model import Answer, Attendee, StoredAttendee
from matcher.fields import Visibility


def entry(number, name, *, archived=False, cohort=(), hidden=False, **answers):
    level = Visibility.MATCH if hidden else Visibility.PRINT
    said = tuple(Answer(field=n, texts=(t,), visibility=level) for n, t in answers.items())
    person = Attendee(id=f"id{number}", name=name, cohort=cohort, answers=said)
    return StoredAttendee(number=number, attendee=person, archived=archived)


EVERYBODY = (
    entry(1, "Ana Alvarez", city="Graz", organization="Zebra", need="a loan", cohort=("Mentor",)),
    entry(
        2, "Bo Åström", city="Malmö", organization="acme", offer="a loan", cohort=("mentor; new",)
    ),
    entry(3, "Cy", hidden=True, challenge="sleep", experience="exile"),
    entry(4, "Dee", archived=True, need="a boat"),
)


def names(**asked):
    return [found.attendee.name.split()[0] for found in find_people(EVERYBODY, **asked).found]


@pytest.mark.parametrize(
    ("show", "found"),
    [
        ("all", ["Ana", "Bo", "Cy"]),
        ("thin", ["Cy"]),
        ("asks", ["Bo"]),
        ("offers", ["Ana"]),
        ("archived", ["Dee"]),
    ],
)
def test_every_filter(show, found):
    assert names(show=show) == found
    assert find_people(EVERYBODY).counts[show] == len(found)


@pytest.mark.parametrize(
    ("order", "found"),
    [
        ("name", ["Ana", "Bo", "Cy"]),
        ("organization", ["Bo", "Ana", "Cy"]),
        ("least", ["Cy", "Ana", "Bo"]),
        ("newest", ["Cy", "Bo", "Ana"]),
    ],
)
def test_every_order(order, found):
    assert names(order=order) == found


def test_every_filter_and_order_is_tested():
    marks = (test_every_filter.pytestmark, test_every_order.pytestmark)
    tested = [[case[0] for case in mark.args[1]] for (mark,) in marks]
    assert tested == [list(FILTERS), list(ORDERS)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("astrom", ["Bo"]),
        ("LOAN graz", ["Ana"]),
        ("loan", ["Ana", "Bo"]),
        ("id3", ["Cy"]),
        ("graz malmo", []),
    ],
)
def test_every_word_must_stand_somewhere_whatever_its_accents(query, found):
    assert names(query=query) == found


def test_cohorts_are_counted_as_rules_read_them():
    assert find_people(EVERYBODY).cohorts == {"mentor": 2, "new": 1}
    assert names(cohort="mentor") == ["Ana", "Bo"]
    assert names(cohort="new", query="ana") == []
