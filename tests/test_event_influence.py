"""What organizers say that weighs in affinities: old ties, rivals, newcomers, urgency."""

from dataclasses import replace

import pytest

from events.errors import UnusableOption
from events.model import Answer, Attendee
from events.pipeline import affinity_model, introduce_attendees, introduce_table
from events.profiles import to_profiles
from events.rules import read_rules, unusable
from matcher.fields import Visibility
from matcher.settings import Settings


def person(who, *, cohort=(), **answers):
    told = tuple(
        Answer(field=field, texts=tuple(text.split("; ")), visibility=Visibility.PRINT)
        for field, text in answers.items()
    )
    return Attendee(id=who, name=who.title(), cohort=cohort, answers=told)


EVENT = [
    person("ana", cohort=("Newcomer",), role="Baker", industry="bread", organization="Acme"),
    person("ben", cohort=("host; mentor",), role="Baker", industry="bread", organization="Beta"),
    person("cy", need="bread; a first pilot", organization="Gamma"),
    person("dee", offer="bread; a first pilot", organization="Delta"),
]
WELCOME = '[welcome]\nnewcomers = "newcomer"\nhosts = "Host"\n'


def found(toml="", **more):
    return read_rules(EVENT, Settings(rounds=2), toml=toml, **more)


def refused(toml):
    with pytest.raises(UnusableOption) as error:
        found(toml)
    return str(error.value)


def affinity(one, other, toml=""):
    pair = affinity_model(EVENT, toml=toml).explain([(one, other)])[one, other]
    return pair.affinity, pair.gate


def dormant(**given):
    return found(**given).relations.dormant


def test_ties_three_years_older_than_the_newest_are_dormant():
    history = "a,b,date\nana,ben,2022-06-01\nana,cy,2022-06-02\nana,dee,2025-06-01\nben,cy,\n"
    assert dormant(histories=[history]) == {("ana", "ben")}
    later = "a,b,date\nben,ana,2024-01-01\n"
    assert dormant(histories=[history, later]) == frozenset()
    assert dormant(histories=["a,b\nana,ben\n"]) == dormant() == frozenset()


def test_a_plan_that_lets_people_meet_again_weighs_when_they_met():
    history = "a,b,date\nana,ben,{}-06-01\ncy,dee,2025-06-01\n"
    gates = []
    for year in (2021, 2024):
        asked = found("history = false\n", histories=[history.format(year)])
        settings = Settings(rounds=3)
        made = introduce_attendees(EVENT, settings, rules=asked)
        gates.append([made.explained[pair].gate for pair in (("ana", "ben"), ("cy", "dee"))])
    assert gates == [[480_000, 600_000], [360_000, 600_000]]  # ana and ben are rivals too


def test_rivals_who_are_both_named_are_not_held_back():
    gates = [affinity("ana", "ben", toml)[1] for toml in ("", 'rivals = ["Ana", "ben"]\n')]
    assert gates == [600_000, 1_000_000]
    assert affinity("ana", "ben", 'rivals = ["Ana"]\n')[1] == 600_000


def test_the_column_says_who_agreed_to_meet_competitors():
    ana, ben, *others = EVENT
    open_ = replace(ana, rivals=("Yes",)), replace(ben, rivals=("ja",)), *others
    shut = replace(ana, rivals=("no",)), replace(ben, rivals=("ja",)), *others
    unclear = replace(ana, rivals=("perhaps",), source_row=4), *EVENT[1:]
    assert [read_rules(each, Settings(rounds=2)).meeting_rivals for each in (open_, shut)] == [
        {"ana", "ben"},
        {"ben"},
    ]
    (notice,) = read_rules(unclear, Settings(rounds=2)).notices
    assert str(notice).startswith("Row 4, rivals: 'perhaps' is neither yes nor no.")


@pytest.mark.parametrize(
    ("cell", "urgencies"),
    [
        (("0.5",), [0.5, 0.5]),
        (("a first pilot: 25 %", "medium"), [0.6, 0.25]),
        (("A first  pilot: 0,3; niedrig",), [0.3, 0.3]),
        (("high",), [1.0, 1.0]),
    ],
)
def test_the_column_says_how_urgent_needs_are(cell, urgencies):
    people = [replace(each, urgency=cell) if each.id == "cy" else each for each in EVENT]
    profiles = to_profiles(people, read_rules(people, Settings(rounds=2)))
    assert [trait.urgency for trait in profiles[2].of("need")] == urgencies


@pytest.mark.parametrize("cell", ["0", "2", "soon", "a first pilot:", "0.5 or so", ";"])
def test_no_urgency_is_refused_in_words(cell):
    assert unusable("urgency", cell).startswith("says no urgency.")


def test_a_need_of_nobody_is_a_notice():
    people = [replace(each, urgency=("a boat: 0.5",)) for each in EVENT if each.id == "cy"]
    found = read_rules(people, Settings(rounds=2))
    assert found.urgency == {}
    assert "'a boat', which is no need of theirs" in str(found.notices[0])


def test_what_rules_say_of_urgency_stands_before_the_cell():
    people = [replace(each, urgency=("low",)) for each in EVENT if each.id == "cy"]
    toml = '[[urgency]]\nperson = "Cy"\nurgency = 0.9\n'
    assert read_rules(people, Settings(rounds=2), toml=toml).urgency == {("cy", ""): 0.9}


def test_newcomers_and_hosts_are_cohorts():
    assert (found(WELCOME).newcomers, found(WELCOME).hosts) == ({"ana"}, {"ben"})
    assert found().newcomers == frozenset()
    assert affinity("ana", "ben", WELCOME)[0] > affinity("ana", "ben")[0]
    members = '[cohorts]\nallowed = [["new", "new"]]\nmembers = { new = ["Cy"] }\n'
    assert found(WELCOME.replace('newcomer"', 'new"') + members).newcomers == {"cy"}


def test_urgency_is_of_one_need_or_of_all_others_of_a_person():
    toml = """[[urgency]]
person = "Cy"
need = "A first  pilot"
urgency = 0.25
[[urgency]]
person = "Cy"
urgency = 0.5
"""
    profiles = to_profiles(EVENT, found(toml))
    assert [trait.urgency for trait in profiles[2].of("need")] == [0.5, 0.25]
    assert {t.urgency for p in (*profiles[:2], profiles[3]) for t in p.traits} == {1.0}
    assert affinity("cy", "dee", toml)[0] < affinity("cy", "dee")[0]


def test_who_is_not_named_keeps_the_profile_they_had():
    assert to_profiles(EVENT, found(WELCOME))[2:] == to_profiles(EVENT, found())[2:]


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('rivals = "Ana"', "Line 1: write rivals = "),
        ('rivals = ["Zoe"]', "Line 1: 'Zoe' is nobody at this event."),
        ('[welcome]\nhosts = "host"', "Line 1: write [welcome]"),
        (WELCOME.replace('newcomer"', 'guest"'), "Line 2: nobody is in a cohort 'guest'"),
        ('[[urgency]]\nperson = "Cy"\nurgency = 0', "Line 1: urgency needs person"),
        ('[[urgency]]\nperson = "Cy"\nurgency = true', "Line 1: urgency needs person"),
        ('[[urgency]]\nperson = "Cy"', "Line 1: urgency needs person"),
        (
            '[[urgency]]\nperson = "Cy"\nurgency = 1\nneed = "tea"',
            "Line 4: Cy (cy) has no need 'tea'.",
        ),
    ],
)
def test_mistakes_are_named_with_their_line(toml, says):
    assert refused(toml).startswith(says)


def test_given_affinities_cannot_be_influenced_and_say_so():
    given = affinity_model(EVENT).table()
    toml = f'rivals = ["Ana"]\n{WELCOME}[[urgency]]\nperson = "Cy"\nurgency = 0.5\n'
    made = introduce_table(given, Settings(rounds=1), rules=found(toml))
    assert made.notices[0].startswith("welcome, rivals, urgency: nothing changes, as affinities")
    assert not any("nothing changes" in each for each in introduce_table(given, Settings()).notices)
