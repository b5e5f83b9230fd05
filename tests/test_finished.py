"""A finished plan is shown as its files tell it."""

import json

import pytest
from planning import CONFLICT
from web_site import solve

from events.errors import UnreadableFile
from events.exporter import export_conflict
from events.finished import READ_FROM, read_finished
from events.model import Answer, Attendee
from matcher.fields import Visibility
from matcher.questions.template import visible
from matcher.settings import Odd, Settings

NAMES = ("=Ana", "Ben;Ode", '"Cleo"', "Dana\u2028D", "Eli")


def people(*names):
    answers = (Answer(field="hobby", texts=("chess",), visibility=Visibility.PRINT),)
    return [
        Attendee(id=f"id {name}", name=name, answers=answers if name in names[:2] else ())
        for name in names
    ]


def read(*names, **settings):
    return read_finished(solve(people(*names), Settings(**settings)))


def test_everybody_every_table_and_every_reason_is_there():
    plan = read(*NAMES[:4], rounds=3)
    assert [person.name for person in plan.people] == sorted(NAMES[:4], key=str.casefold)
    assert [person.position for person in plan.people] == [1, 2, 3, 4]
    assert {person.meetings for person in plan.people} == {3}
    assert [len(plan.in_round(number)) for number in (1, 2, 3, 4)] == [2, 2, 2, 0]
    assert all(len(plan.introductions[person.id]) == 3 for person in plan.people)
    # The third person, and nothing where nothing may be shown.
    assert sorted({visible(table.reason) for table in plan.tables}) == [
        "",
        "=Ana and Ben;Ode both spend free time on chess.",
    ]
    assert sum(table.affinity for table in plan.tables) == pytest.approx(plan.certificate.total)


def test_a_plan_is_told_by_four_files_and_who_is_who_worked_out_once():
    files = solve(people(*NAMES), Settings(rounds=2))
    plan = read_finished({name: files[name] for name in READ_FROM})
    assert plan.by_id is plan.by_id
    assert plan.tables == read_finished(files).tables
    assert dict(plan.introductions) == dict(read_finished(files).introductions)


def test_the_certificate_says_what_the_file_says():
    certificate = read(*NAMES[:4], rounds=3).certificate
    assert (certificate.status, certificate.people, certificate.meetings) == ("optimal", 4, 6)
    assert certificate.total == certificate.bound > 0
    assert certificate.bound_covers == "all permitted pairs"


def test_trios_and_breaks_are_told_apart():
    trio = read(*NAMES, rounds=1, odd=Odd.TRIO)
    assert sorted(len(table.people) for table in trio.in_round(1)) == [2, 3]
    assert trio.on_break(1) == ()
    pause = read(*NAMES, rounds=2, odd=Odd.SIT_OUT)
    assert len(pause.on_break(1)) == 1
    assert pause.on_break(1)[0].sit_outs == (1,)


def test_whoever_gets_least_comes_first():
    plan = read(*NAMES, rounds=2)
    totals = [person.total for person in plan.least_first]
    assert totals == sorted(totals)


def test_a_plan_that_cannot_be_has_only_its_conflict():
    plan = read_finished(export_conflict(CONFLICT, Settings(rounds=2), 3))
    assert plan.people == plan.tables == ()
    assert plan.certificate.conflict == ("Ana and Ben must meet.", "Ben is absent.")
    assert plan.certificate.irreducible


def test_the_file_of_a_conflict_names_kinds_people_and_rounds():
    files = export_conflict(CONFLICT, Settings(rounds=2), 3)
    answer = json.loads(files.pop("plan.json"))
    assert files == {}
    assert answer["status"] == "infeasible"
    assert answer["conflict"][0] == {
        "kind": "pin", "ids": ["ana", "ben"], "round": 1, "text": "Ana and Ben must meet."
    }  # fmt: skip


def test_a_row_that_is_too_short_is_refused():
    files = solve(people(*NAMES), Settings(rounds=1))
    cut = files["pairings.csv"].rstrip().rpartition(b",")[0]
    with pytest.raises(UnreadableFile, match="do not fit together"):
        read_finished({**files, "pairings.csv": cut})


@pytest.mark.parametrize("broken", [b"[{}]", b"[{", b"{}"])
def test_introductions_of_nobody_are_refused(broken):
    files = solve(people(*NAMES), Settings(rounds=1))
    with pytest.raises(UnreadableFile, match="do not fit together"):
        read_finished({**files, "introductions.json": broken})


def test_an_introduction_that_cannot_be_read_is_refused_when_it_is_asked_for():
    files = solve(people(*NAMES), Settings(rounds=1))
    plan = read_finished({**files, "introductions.json": b'[{"reader": "ana", "card": 7}]'})
    assert list(plan.introductions) == ["ana"] and len(plan.introductions) == 1
    with pytest.raises(UnreadableFile, match="do not fit together"):
        plan.introductions["ana"]


@pytest.mark.parametrize("name", ["plan.json", "people.csv"])
def test_files_that_do_not_fit_together_are_refused(name):
    files = solve(people(*NAMES), Settings(rounds=1))
    del files[name]
    with pytest.raises(UnreadableFile, match="do not fit together"):
        read_finished(files)
