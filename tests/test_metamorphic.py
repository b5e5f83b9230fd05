"""What a change of the answers must change in a plan, and what it must not."""

import itertools
from dataclasses import replace
from random import Random

import pytest

from events.demo import DEMO_PRINTED, demo_people
from events.importer import Options, read_people
from events.model import Answer
from events.pipeline import affinity_model, introduce_attendees
from matcher.affinity import BASE, FULL
from matcher.fields import FIELDS, Visibility
from matcher.settings import Settings

SETTINGS = Settings(rounds=3)


@pytest.fixture(scope="module")
def people():
    options = Options(printed=frozenset(DEMO_PRINTED))
    return read_people(demo_people(), name="people.csv", options=options).people


def planned(people, settings=SETTINGS):
    return introduce_attendees(people, settings)


def pairs(outcome):
    return {pair for meeting in outcome.plan.meetings for pair in meeting.pairs}


def scores(people):
    table = affinity_model(people).table()
    found = list(itertools.combinations(table.ids, 2))
    return dict(zip(found, table.of_ids(found), strict=True))


def told(people, change):
    """Return people with each answer changed by `change(field, texts)`; () drops it."""
    return [
        replace(
            person,
            answers=tuple(
                replace(answer, texts=texts)
                for answer in person.answers
                if (texts := tuple(change(answer.field, answer.texts)))
            ),
        )
        for person in people
    ]


def test_needs_replaced_by_noise_change_the_plan(people):
    noise = Random(0)

    def drawn(field, texts):
        return (
            ["".join(noise.choices("bdfgklmn", k=9)) for _ in texts] if field == "need" else texts
        )

    before, after = planned(people), planned(told(people, drawn))
    assert pairs(before) != pairs(after)
    assert before.plan.total > after.plan.total


def test_an_offer_that_meets_a_need_changes_some_plan(people):
    wish = "a violin made of driftwood"

    def only(field, texts):
        return texts if field in ("city", "interest") else ()

    ana, *others = told(people, only)
    need, offer = (
        Answer(field=field, texts=(wish,), visibility=Visibility.MATCH)
        for field in ("need", "offer")
    )
    asking = [replace(ana, answers=(*ana.answers, need)), *others]
    before = pairs(planned(asking))
    giver = next(each for each in others if tuple(sorted((ana.id, each.id))) not in before)
    helpful = [
        replace(each, answers=(*each.answers, offer)) if each == giver else each for each in asking
    ]
    wanted = tuple(sorted((ana.id, giver.id)))
    assert scores(helpful)[wanted] > scores(asking)[wanted]
    assert wanted in pairs(planned(helpful))


def test_order_of_people_changes_nothing(people):
    one, other = planned(people), planned(people[::-1])
    assert one.plan.meetings == other.plan.meetings
    assert one.introductions == other.introductions
    assert one.measures == other.measures


def test_a_pair_that_is_forbidden_changes_no_affinity(people):
    (a, b), *_ = sorted(pairs(planned(people)))
    apart = [replace(each, not_with=(b,)) if each.id == a else each for each in people]
    assert scores(apart) == scores(people)
    assert (a, b) not in pairs(planned(apart))


def test_a_value_everybody_holds_changes_no_rank(people):
    def ranked(found):
        return sorted(found, key=lambda pair: (-found[pair], pair))

    everybody = [replace(each, answers=_with_language(each)) for each in people]
    without = told(everybody, lambda field, texts: () if field == "language" else texts)
    assert ranked(scores(everybody)) == ranked(scores(without))


def _with_language(person):
    (first, *_) = person.answers
    kept = tuple(answer for answer in person.answers if answer.field != "language")
    return (*kept, replace(first, field="language", texts=("Klingon",)))


def test_half_the_columns_empty_still_makes_a_plan_with_reasons(people):
    fields = sorted({answer.field for person in people for answer in person.answers})
    kept = set(fields[::2])
    outcome = planned(told(people, lambda field, texts: texts if field in kept else ()))
    assert len(outcome.plan.meetings) == 72
    assert any(said.reasons for said in outcome.introductions)


@pytest.mark.parametrize("column", ["name", *(f.name for f in FIELDS if f.purpose.is_trait)])
def test_one_column_is_enough(people, column):
    some = told(people[:12], lambda field, texts: texts if field == column else ())
    outcome = planned(some)
    assert len(outcome.plan.meetings) == 18
    assert all(said.headline for said in outcome.introductions)


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("ищу советы по пчеловодству", "советы по пчеловодству"),
        ("寻找陶艺老师", "陶艺老师"),
        ("دروس في العزف على العود", "دروس في العزف على العود"),
        ("ein Cello 大提琴 für Anfänger", "Cello 大提琴"),
    ],
)
def test_needs_find_offers_in_any_script(need, offer):
    file = f"Name,Looking for,Could offer\nAna,{need},\nBen,,{offer}\nCleo,,sourdough\n"
    ana, ben, cleo = read_people(file.encode(), name="people.csv").people
    found = scores([ana, ben, cleo])
    met = {pair for pair, score in found.items() if score > round(BASE * FULL)}
    assert met == {tuple(sorted((ana.id, ben.id)))}
