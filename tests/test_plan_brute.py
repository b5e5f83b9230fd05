"""Small events against all their schedules, and what holds wherever the best is proved."""

from dataclasses import replace

import pytest
from every_schedule import best_of_all, best_of_each
from planning import best_rank, crowd, planned, rank

from matcher.errors import NoPlan
from matcher.plan import Status
from matcher.rules import Exclusions
from matcher.settings import Odd, Settings

SIZES = [(people, odd) for people in range(2, 13) for odd in Odd
         if odd is Odd.TRIO or (odd is Odd.SIT_OUT and people % 2)]  # fmt: skip


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("people", "odd"), SIZES)
def test_no_schedule_of_a_small_event_is_better(people, odd, seed):
    affinities = crowd(people, seed, share=(1.0, 0.6)[seed])
    if not len(affinities.a):
        return
    numbers = (1, 2, 3) if people <= 8 else (1, 2)
    best = best_of_each(affinities, Settings(odd=odd), numbers)
    for rounds in numbers:
        plan = planned(affinities, rounds=rounds, odd=odd)
        assert rank(plan) == best[rounds]
        assert plan.status is Status.OPTIMAL


@pytest.mark.parametrize(("people", "tables"), [(6, 2), (7, 2), (8, 3), (10, 4)])
def test_no_schedule_at_few_tables_is_better(people, tables):
    affinities, choice = crowd(people, 5), Settings(rounds=2, tables=tables, fairness=0)
    assert rank(planned(affinities, **vars(choice))) == best_of_all(affinities, choice)


@pytest.mark.parametrize(("people", "rounds", "odd"), [(2, 2, "trio"), (5, 2, "trio"),
    (5, 1, "sit-out"), (6, 2, "trio")])  # fmt: skip
def test_both_references_agree(people, rounds, odd):
    affinities, choice = (
        crowd(people, 9, share=0.8),
        Settings(rounds=rounds, odd=Odd(odd), fairness=0),
    )
    assert best_of_all(affinities, choice) == best_rank(affinities, [], choice)


def test_nobody_can_be_introduced_alone():
    with pytest.raises(NoPlan):
        planned(crowd(1))


@pytest.mark.parametrize("people", [6, 8, 11, 16])
def test_doubling_all_affinities_doubles_what_is_proved(people):
    single = crowd(people, 6, levels=500_001)
    plans = [
        planned(each, rounds=2, fairness=0)
        for each in (single, replace(single, value=2 * single.value))
    ]
    assert {plan.status for plan in plans} == {Status.OPTIMAL}
    assert plans[1].total == 2 * plans[0].total


@pytest.mark.parametrize("people", [6, 8, 11])
def test_no_forbidden_pair_improves_what_is_proved(people):
    affinities = crowd(people, 7)
    free = planned(affinities, rounds=2, fairness=0)
    assert free.status is Status.OPTIMAL
    for meeting in free.meetings:
        bound = planned(affinities, [Exclusions(frozenset(meeting.pairs))], rounds=2, fairness=0)
        assert bound.status is not Status.OPTIMAL or rank(bound) <= rank(free)


@pytest.mark.parametrize("people", [6, 9, 12, 20])
def test_no_further_round_worsens_what_is_proved(people):
    plans = [
        planned(crowd(people, 8, share=0.8), rounds=rounds, fairness=0) for rounds in (1, 2, 3)
    ]
    proved = [plan.total for plan in plans if plan.status is Status.OPTIMAL]
    assert len(proved) >= 2
    assert proved == sorted(proved)


@pytest.mark.parametrize("tables", [None, 3])
@pytest.mark.parametrize("people", [7, 11, 21])
def test_sit_outs_differ_by_one_at_most(people, tables):
    plan = planned(crowd(people, 3), rounds=5, odd=Odd.SIT_OUT, tables=tables)
    counts = [sum(who == person for _, who in plan.sit_outs) for person in plan.ids]
    assert max(counts) - min(counts) <= 1
