"""Plans under random rules of every kind: what is promised holds, and the second opinion agrees."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import crowd, planned, rank

from events.exporter import export
from matcher.check import check
from matcher.errors import NoPlan
from matcher.introduce import introduce_scored
from matcher.plan import Infeasible, Status, StoppedBy
from matcher.plan.pins.settle import find_conflict
from matcher.profile import Profile
from matcher.rules import (
    RULES,
    AlreadyMet,
    Availability,
    Cohorts,
    Exclusions,
    FixedTables,
    FrozenRounds,
    Minimum,
    Pins,
    Quota,
    SameOrganization,
    Tables,
    violations,
)
from matcher.settings import Odd, Settings


@st.composite
def events(draw):
    """Draw affinities, a rule of each kind, and settings of a small event."""
    affinities = crowd(draw(st.integers(3, 11)), draw(st.integers(0, 99)), levels=1_000_001)
    affinities = replace(affinities, others=draw(st.sampled_from([None, 0, 1000])))
    ids, rounds = affinities.ids, draw(st.integers(1, 5))
    person, number = st.sampled_from(ids), st.integers(1, rounds)
    pair = st.sampled_from(list(combinations(ids, 2)))

    def some(value, most):
        return draw(st.dictionaries(person, value, max_size=most))

    def pairs(most):
        return frozenset(draw(st.lists(pair, max_size=most)))

    sides = dict(zip(ids, draw(st.permutations("abc" * 4)), strict=False))
    together = st.sampled_from([(a, b) for a in "abc" for b in "abc" if a <= b])
    wanted = draw(st.lists(st.tuples(pair, st.none() | number), max_size=3))
    rules = [
        Exclusions(pairs(3)),
        AlreadyMet(pairs(3)),
        SameOrganization(some(st.frozensets(st.sampled_from("xyz"), min_size=1), 4)),
        Cohorts(
            {who: frozenset({side}) for who, side in sides.items() if draw(st.booleans())},
            frozenset(draw(st.lists(together, min_size=3))),
            draw(st.booleans()),
        ),
        Availability(some(st.frozensets(number), 4)),
        Quota(some(st.integers(0, 4), 3)),
        Minimum(some(st.integers(0, 4), 3)),
        FixedTables(some(st.frozensets(st.integers(1, 3), min_size=1), 3)),
        Tables(tuple(draw(st.lists(st.integers(1, 6), min_size=1, max_size=3)))),
        Pins(frozenset((*both, at) for both, at in wanted)),
        draw(frozen_rounds(ids, rounds)),
    ]
    choice = Settings(rounds=rounds, odd=draw(st.sampled_from(list(Odd))))
    return affinities, [rule for rule in rules if draw(st.booleans())], choice


@st.composite
def frozen_rounds(draw, ids, rounds):
    """Draw at most one frozen round with a meeting or two."""
    numbers = draw(st.lists(st.integers(1, rounds), max_size=1))
    order = draw(st.permutations(ids))
    meetings = tuple(
        (number, table, tuple(sorted(order[2 * table - 2 : 2 * table])))
        for number in numbers
        for table in range(1, draw(st.integers(1, len(ids) // 2)) + 1)
    )
    return FrozenRounds(frozenset(numbers), meetings)


@settings(max_examples=60, deadline=None)
@given(events())
def test_any_rules_give_a_plan_that_both_checks_accept_or_a_conflict(event):
    affinities, rules, choice = event
    people = [Profile(id=person, name=person) for person in affinities.ids]
    try:
        outcome = introduce_scored(people, affinities, choice, rules=rules)
    except Infeasible:
        assert any(isinstance(rule, Pins | FrozenRounds) for rule in rules)
        return
    except NoPlan:
        return
    plan = outcome.plan
    assert find_conflict(plan.ids, choice, rules) is None
    assert violations(plan.meetings, rules, ids=plan.ids, rounds=plan.rounds) == []
    files = {name: data.decode() for name, data in export(outcome).items()}
    assert check(files) == ()
    assert plan.total <= plan.bound
    assert (plan.status is Status.OPTIMAL) == (plan.stopped_by is StoppedBy.PROOF)
    assert plan.total == plan.bound or plan.status is Status.FEASIBLE


def test_who_may_have_no_meeting_takes_no_room_of_the_others_in_a_proof():
    first, _, third, *_ = crowd(10, seed=5).ids
    sides = Cohorts({first: frozenset("a"), third: frozenset("c")}, frozenset({("a", "a")}), False)
    plan = planned(crowd(10, seed=5), [sides, Quota({first: 0})], rounds=3, odd=Odd.TRIO)
    assert plan.status is Status.OPTIMAL
    assert not any(first in pair for each in plan.meetings for pair in each.pairs)


@given(events())
def test_the_random_rules_are_of_every_kind_there_is(event):
    assert {type(rule) for rule in event[1]} <= set(RULES)


@settings(max_examples=15, deadline=None)
@given(events(), st.integers(0, 99))
def test_forbidding_a_pair_that_meets_never_improves_a_proved_plan(event, which):
    affinities, rules, choice = event
    other = Pins, FrozenRounds, Minimum, Quota  # aims that `rank` does not know
    rules = [rule for rule in rules if not isinstance(rule, other)]
    try:
        free = planned(affinities, rules, **vars(choice))
        if not free.meetings:
            return
        pair = free.meetings[which % len(free.meetings)].pairs[0]
        bound = planned(affinities, [*rules, Exclusions(frozenset({pair}))], **vars(choice))
    except NoPlan:
        return
    if free.status is bound.status is Status.OPTIMAL:
        assert rank(bound) <= rank(free)


@pytest.mark.parametrize("people", [8, 9, 10, 12, 16])
def test_nobody_is_stuck_in_half_as_many_rounds_as_people_less_the_forbidden_partners(people):
    ids = crowd(people).ids
    chain = Exclusions(frozenset(pairwise(ids)))  # two forbidden partners each, at most
    assert planned(crowd(people, 1), [chain], rounds=people // 2 - 2).sit_outs == ()


@pytest.mark.parametrize("people", range(2, 61, 2))
def test_round_robins_of_any_even_size_are_complete(people):
    plan = planned(crowd(people, people), rounds=people - 1)
    assert len(plan.meetings) == people * (people - 1) // 2
    assert plan.sit_outs == ()
    assert plan.status is Status.OPTIMAL
