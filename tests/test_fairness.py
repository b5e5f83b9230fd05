"""Fairness: what a plan gives up in total, and who gains; bounds hold, files can be checked."""

from __future__ import annotations

import subprocess
import sys
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import _matchings, _no_rematch, crowd, planned, rank, table

from events.exporter import export
from matcher.check import check
from matcher.errors import NoPlan, ProfileError
from matcher.introduce import introduce_scored
from matcher.plan import make_plan
from matcher.plan.fair.curve import Curve, aversion
from matcher.plan.fair.welfare import Welfare
from matcher.profile import Profile
from matcher.rules import Availability, Pins, Quota, Rule, violations
from matcher.settings import Odd, Settings


def amounts(plan):
    """Return what each gets, in half-units, from the plan's meetings and nothing else."""
    mine = dict.fromkeys(plan.ids, 0)
    for each in plan.meetings:
        assert len(each.members) == 2
        for member in each.members:
            mine[member] += each.value
    return np.array(list(mine.values()))


def unequal(people, seed, **choice):
    """Return affinities in which some people are worth much to all, and some little."""
    affinities = crowd(people, seed, **choice)
    worth = np.random.default_rng(seed).integers(30, 100, people)
    value = affinities.value * worth[affinities.a] * worth[affinities.b] // 20_000
    return type(affinities)(ids=affinities.ids, a=affinities.a, b=affinities.b, value=value)


FAIR = [0.2, 0.5, 0.8, 1]


def test_the_curve_falls_off_from_the_fair_share():
    curve = Curve.of(0.5, 600_000)
    assert curve.knots[0] == 0
    assert 600_000 in curve.knots
    assert curve.knots[-1] >= 2_000_000
    assert np.all(np.diff(curve.slopes) <= 0)
    assert abs(curve.slope(np.array([600_000.0]))[0] / 4096 - 1) < 0.01
    twice = 0.1 * 600_000 + 2 * (1.1 * 600_000) - 0.2 * 600_000  # twice as far from the foot
    assert abs(curve.slope(np.array([twice]))[0] / 2048 - 1) < 0.05


@pytest.mark.parametrize("fairness", FAIR)
def test_what_is_shared_equally_is_worth_itself(fairness):
    curve, rounds = Curve.of(fairness, 300_000), np.full(7, 6)
    worth = int(curve.worth(np.full(7, 6 * 123_457), rounds).sum())
    assert curve.equal(worth, 42) == curve.equal(worth, 42, up=True) == 7 * 3 * 123_457


@pytest.mark.parametrize("fairness", FAIR)
def test_no_slope_is_below_its_conjugate(fairness):
    curve = Curve.of(fairness, 250_000)
    slopes = np.array([0, 1, 17, 4096, 5000, 1 << 20, 1 << 27])
    one = np.ones(1, dtype=np.int64)
    for amount in (0, 1, 24_999, 250_000, 251_111, 1_999_999):
        worth = curve.worth(one * amount, one)[0]
        assert np.all(worth <= curve.conjugate(slopes) + slopes * amount)


def test_aversion_grows_to_eight_and_no_further():
    assert [float(aversion(f)) for f in (0, 0.5, 0.8, 0.95, 1)] == [0, 1, 4, 8, 8]


@pytest.mark.parametrize("wrong", [-0.1, 1.01, float("nan")])
def test_fairness_is_a_number_from_0_to_1(wrong):
    with pytest.raises(ProfileError, match="a number from 0 to 1"):
        Settings(fairness=wrong)


@pytest.mark.parametrize("people", [12, 15])
def test_without_fairness_welfare_is_the_total(people):
    plan = planned(unequal(people, 1), rounds=4, fairness=0)
    assert (plan.welfare, plan.welfare_bound) == (plan.total, plan.bound)


@pytest.mark.parametrize("fairness", FAIR)
@pytest.mark.parametrize("seed", range(3))
def test_a_fair_plan_has_at_least_the_welfare_of_the_greatest_total(seed, fairness):
    affinities = unequal(16, seed)
    plain, fair = (planned(affinities, rounds=4, fairness=f) for f in (0, fairness))
    rounds = np.full(16, 4)
    of = Welfare.of(fairness, fair.bound, rounds, np.zeros(16, dtype=np.int64))
    assert fair.welfare == of.total(of.worth(amounts(fair)))
    assert fair.welfare >= of.total(of.worth(amounts(plain)))
    assert fair.welfare <= fair.total <= plain.bound
    assert fair.welfare <= fair.welfare_bound <= fair.bound


def test_the_worst_off_gain():
    affinities = unequal(40, 3)
    plain, fair = (amounts(planned(affinities, rounds=6, fairness=f)) for f in (0, 0.8))
    assert fair.min() > plain.min()
    assert 0.9 * plain.sum() < fair.sum() < plain.sum()


@pytest.mark.parametrize("fairness", FAIR)
@pytest.mark.parametrize("seed", range(4))
def test_no_tiny_plan_exceeds_the_bound_and_the_best_is_nearly_found(seed, fairness):
    affinities, choice = unequal(6, seed), Settings(rounds=2, fairness=fairness)
    plan = planned(affinities, **vars(choice))
    of = Welfare.of(fairness, plan.bound, np.full(6, 2), np.zeros(6, dtype=np.int64))
    best = max(of.total(of.worth(each)) for each in _every(affinities, choice))
    assert plan.welfare <= best <= plan.welfare_bound
    assert plan.welfare >= 0.97 * best


def _every(affinities, choice):
    """Yield what everybody gets, for every schedule without sit-outs."""
    index = {person: at for at, person in enumerate(affinities.ids)}
    rounds = [each for each in _matchings(affinities.ids, choice) if 2 * len(each) == len(index)]
    for schedule in combinations_with_replacement(rounds, choice.rounds):
        if _no_rematch(schedule):
            mine = np.zeros(len(index), dtype=np.int64)
            pairs = [pair for meetings in schedule for each in meetings for pair in each.pairs]
            for pair, value in zip(pairs, affinities.of_ids(pairs), strict=True):
                mine[[index[person] for person in pair]] += 2 * value
            yield mine


@st.composite
def events(draw):
    people = draw(st.integers(2, 11))
    affinities = unequal(people, draw(st.integers(0, 99)), share=draw(st.sampled_from([1, 0.7])))
    ids = affinities.ids
    some = st.sampled_from(ids)
    absent = draw(st.dictionaries(some, st.frozensets(st.integers(1, 4)), max_size=3))
    rules: tuple[Rule, ...] = (
        Availability(absent),
        Quota(draw(st.dictionaries(some, st.integers(0, 4), max_size=2))),
    )
    choice = Settings(
        rounds=draw(st.integers(1, 4)),
        odd=draw(st.sampled_from(list(Odd))),
        fairness=draw(st.sampled_from([0, *FAIR])),
        tables=draw(st.sampled_from([None, 2])),
    )
    return affinities, rules, choice


@settings(max_examples=25, deadline=None)
@given(events())
def test_the_checker_recomputes_the_welfare_of_any_small_event(event):
    affinities, rules, choice = event
    try:
        files = _files(affinities, rules, choice)
    except NoPlan:
        return
    assert check(files) == ()


def test_meetings_settled_beforehand_count():
    affinities = unequal(8, 2)
    rules = (Pins(frozenset({(affinities.ids[0], affinities.ids[1], 1)})),)
    assert check(_files(affinities, rules, Settings(rounds=3, fairness=0.7))) == ()


def _files(affinities, rules, choice):
    people = [Profile(id=person, name=person) for person in affinities.ids]
    outcome = introduce_scored(people, affinities, choice, rules=rules)
    return {name: content.decode() for name, content in export(outcome).items()}


@pytest.mark.parametrize("seed", range(3))
def test_sit_outs_stay_as_few_and_even_as_without(seed):
    affinities = unequal(9, seed)
    plain, fair = (planned(affinities, rounds=3, odd=Odd.SIT_OUT, fairness=f) for f in (0, 0.6))
    assert rank(fair)[:-1] == rank(plain)[:-1]


def test_two_who_get_the_same_are_proved_fair():
    plan = planned(table({"ana ben": 500_000}), rounds=1, fairness=0.9)
    assert (plan.welfare, plan.status) == (plan.bound, "optimal")


def test_a_fair_plan_is_the_same_in_another_process():
    code = (
        "import sys; sys.path.insert(0, 'tests')\n"
        "from test_fairness import unequal, planned\n"
        "print(planned(unequal(30, 5), rounds=5, fairness=0.6))"
    )
    run = [sys.executable, "-c", code]
    one, two = (subprocess.run(run, capture_output=True, check=True).stdout for _ in range(2))
    assert one == two
    assert b"Plan(" in one


def test_doubled_affinities_give_the_same_fair_plan():
    affinities = unequal(12, 4)
    double = type(affinities)(
        ids=affinities.ids, a=affinities.a, b=affinities.b, value=2 * affinities.value
    )
    one, two = (planned(each, rounds=3, fairness=0.5) for each in (affinities, double))
    assert abs(2 * one.welfare - two.welfare) <= two.welfare // 1000


def test_stopped_while_sharing_out_it_is_a_valid_plan():
    def go_on(progress):
        return "Sharing" not in progress.stage

    affinities = unequal(30, 6)
    plan = make_plan(affinities, Settings(rounds=4, fairness=0.5), on_progress=go_on)
    assert (plan.stopped_by, plan.repeatable) == ("cancel", False)
    assert plan.welfare <= plan.welfare_bound <= plan.bound
    assert violations(plan.meetings, ()) == []
