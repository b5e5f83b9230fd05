"""Where sit-outs cannot be as even as one could wish: plans and bounds for those that can be."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from planning import crowd, planned, table

from matcher.plan import Status
from matcher.plan.bound.aims import even_limits, is_most_even
from matcher.plan.bound.flow import least_sit_outs
from matcher.plan.narrow import narrow
from matcher.rules import Availability, Cohorts, Exclusions, Tables, violations
from matcher.settings import Settings

SIDES = frozenset({("a", "b"), ("b", "c")})


def rules_of(ids, seed):
    random = np.random.default_rng(seed)
    absent = {
        who: frozenset((random.permutation(5)[: random.integers(1, 3)] + 1).tolist())
        for who in ids
        if random.random() < 0.3
    }
    cohorts = {who: frozenset({"abc"[random.integers(3)]}) for who in ids}
    apart = {tuple(sorted(map(str, random.choice(ids, 2, replace=False)))) for _ in range(len(ids))}
    return [
        Availability(absent),
        Cohorts(cohorts, SIDES),
        Exclusions(frozenset(apart)),
        Tables((len(ids) // 2 - 1,)),
    ]


@pytest.mark.parametrize("seed", range(6))
def test_bounds_hold_and_plans_are_close_where_sit_outs_are_uneven(seed):
    affinities = crowd(24, seed)
    rules = rules_of(affinities.ids, seed)
    plan = planned(affinities, rules, rounds=5, fairness=0)
    assert violations(plan.meetings, rules, ids=plan.ids, rounds=5) == []
    assert plan.total <= plan.bound
    assert plan.gap < 0.05


def test_sit_outs_of_a_larger_event_are_as_even_as_a_flow_proves():
    affinities = crowd(151, 1, share=5 / 151)
    event = narrow(affinities, Settings(rounds=6), [])
    none = np.zeros(event.people, dtype=np.int64)
    proved = least_sit_outs(event.a, event.b, event.most, 6 * 151, none, none)
    count = Counter(who for _, who in planned(affinities, rounds=6).sit_outs)
    assert sum(count.values()) == 6 * 151 - proved.least
    assert sum(each**2 for each in count.values()) == proved.squares


def test_a_plan_is_best_only_if_no_other_is_proved_to_be_more_even():
    event = narrow(crowd(4), Settings(rounds=3), [])
    wide = replace(even_limits(event), low=np.full(4, 0), least=8, most=8)
    even, uneven = np.array([2, 2, 2, 2]), np.array([1, 3, 2, 2])
    assert is_most_even(event, wide, even) and not is_most_even(event, wide, uneven)
    assert is_most_even(event, replace(wide, squares=6), uneven)
    assert not is_most_even(event, replace(wide, most=10), even)
    short = replace(event, fewest=np.array([3, 0, 0, 0]))
    assert not is_most_even(short, wide, even)


def test_sit_outs_are_as_even_as_can_be_where_not_all_can_have_as_many():
    pairs = {"a c": 22, "a e": 29, "a f": 16, "b c": 72, "b f": 45, "c d": 89, "c e": 90, "c f": 29,
             "e f": 28}  # fmt: skip
    rules = [Availability({"e": frozenset({1})}), Tables((1,))]
    plan = planned(table(pairs), rules, rounds=2)
    counts = [sum(who == sitter for _, sitter in plan.sit_outs) for who in plan.ids]
    assert sorted(counts) == [0, 1, 1, 1, 1, 2]
    assert plan.status is Status.OPTIMAL


@pytest.mark.parametrize("seed", range(3))
def test_odd_small_events_that_waste_a_seat_are_proved(seed):
    assert planned(crowd(5, seed), rounds=2, fairness=0).status is Status.OPTIMAL
