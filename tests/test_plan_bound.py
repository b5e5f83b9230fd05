"""The relaxation: duality, pricing of pairs left out, whole selections near the bound."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planning import crowd

from matcher.plan import narrow as narrowing
from matcher.plan.bound.aims import even_limits, reached_limits
from matcher.plan.bound.flow import Prices, double_cover_flow, least_sit_outs
from matcher.plan.bound.limits import Limits
from matcher.plan.bound.relaxation import relax
from matcher.plan.narrow import narrow
from matcher.plan.rounds.first import easy_bound, first_draft, near_pairs
from matcher.plan.select.selection import select
from matcher.settings import Settings


def problem(affinities, **choice):
    return narrow(affinities, Settings(**choice), [])


def between(people, low, high, least, most):
    return Limits(low=np.full(people, low), high=np.full(people, high), least=least, most=most)


@settings(max_examples=80, deadline=None)
@given(
    st.integers(2, 14), st.integers(0, 99), st.integers(0, 2), st.integers(1, 4), st.floats(0, 1)
)
def test_flow_and_prices_agree_to_the_last_unit(people, seed, low, room, share):
    event = (
        problem(crowd(people, seed, share=0.9), rounds=5) if people > 3 else problem(crowd(people))
    )
    high = low + room
    least = int(people * low + share * people * room)
    limits = between(people, low, high, least, people * high)
    flow = double_cover_flow(event.a, event.b, event.weight, limits)
    if flow is not None:
        above = np.maximum(0, flow.prices.reduced(event.a, event.b, event.weight)).sum()
        assert flow.prices.of_limits(limits) + above == (flow.halves * event.weight).sum()


@given(st.lists(st.integers(-(10**6), 10**6), min_size=6, max_size=6), st.integers(-(10**6), 10**6))
def test_any_prices_prove_a_bound(person, seat):
    event = problem(crowd(6, 1), rounds=3)
    limits = even_limits(event)
    best = relax(event, event.weight, limits)
    prices = replace(best.prices, person=np.array(person), seat=seat)
    above = np.maximum(0, prices.reduced(event.a, event.b, event.weight)).sum()
    assert prices.of_limits(limits) + above >= best.bound


@given(
    st.lists(st.integers(-99, 99), min_size=6, max_size=6),
    st.integers(-99, 99),
    st.integers(0, 3),
    st.integers(0, 6),
)
def test_prices_suit_limits_where_no_common_shift_makes_them_cheaper(person, seat, low, spare):
    event = problem(crowd(6, 1), rounds=3)
    prices = Prices(person=np.array(person), seat=seat)
    limits = between(6, low, 3, 18 - spare, 18)
    suited = prices.suited(limits)
    reduced = [each.reduced(event.a, event.b, event.weight).tolist() for each in (prices, suited)]
    assert reduced[0] == reduced[1]
    shifts = range(-200, 201)
    assert suited.of_limits(limits) == min(
        replace(prices, person=prices.person + by, seat=seat - by).of_limits(limits)
        for by in shifts
    )


def test_the_same_prices_prove_a_bound_under_other_limits():
    event = problem(crowd(20, 1), rounds=4)
    even = relax(event, event.weight, between(20, 4, 4, 80, 80))
    other = between(20, 2, 4, 74, 80)
    best = relax(event, event.weight, other)
    assert best.bound <= even.under(other).bound <= best.bound * 1.02


@pytest.mark.parametrize("levels", [1, 5, 1_000_001])
def test_pricing_finds_the_bound_of_all_pairs(levels):
    event = problem(crowd(60, 2, levels=levels), rounds=4)
    limits = even_limits(event)
    relaxed = relax(event, event.weight, limits)
    every = double_cover_flow(event.a, event.b, event.weight, limits)
    assert relaxed.bound == (every.halves * event.weight).sum()
    assert len(relaxed.pairs) < len(event.a)


def test_pairs_that_are_all_alike_are_priced_without_writing_them_out(monkeypatch):
    affinities = replace(crowd(40, 3, share=0.1), others=400_000)
    full = problem(affinities, rounds=4)
    monkeypatch.setattr(narrowing, "EVERY_PAIR_UP_TO", 10)
    short = problem(affinities, rounds=4)
    assert len(short.a) < len(full.a)
    bounds = [relax(event, event.weight, even_limits(event)).bound for event in (full, short)]
    assert bounds[0] <= bounds[1] <= bounds[0] * 1.01


def test_limits_that_cannot_be_met_have_no_relaxation():
    event = problem(crowd(4), rounds=3)
    assert relax(event, event.weight, between(4, 4, 4, 16, 16)) is None


def test_forced_sit_outs_fall_on_those_who_cannot_help_it():
    a, b = np.array([0, 0, 0]), np.array([1, 2, 3])
    limits = least_sit_outs(a, b, np.array([2, 2, 2, 2]), 8, np.zeros(4), np.zeros(4))
    assert (limits.least, limits.most) == (4, 4)
    assert limits.low.tolist() == [2, 0, 0, 0]
    assert limits.high.tolist() == [2, 1, 1, 1]


@pytest.mark.parametrize("levels", [1, 1_000_001])
@pytest.mark.parametrize("people", [10, 30, 80])
def test_a_selection_keeps_the_limits_and_loses_little(people, levels):
    event = problem(crowd(people, 4, levels=levels), rounds=4)
    relaxed = relax(event, event.weight, even_limits(event))
    chosen = select(event, event.weight, relaxed)
    ends = np.concatenate([event.a[chosen], event.b[chosen]])
    assert relaxed.limits.hold(np.bincount(ends, minlength=people))
    assert 2 * event.weight[chosen].sum() >= 0.99 * relaxed.bound


@pytest.mark.parametrize("people", [5, 12, 41])
def test_the_first_plan_and_the_easy_bound_enclose_the_relaxation(people):
    event = problem(crowd(people, 5), rounds=3)
    first = first_draft(event, event.weight, near_pairs(event, event.weight))
    relaxed = relax(event, event.weight, reached_limits(event, first.meetings))
    assert (
        first.value
        <= relaxed.bound
        <= easy_bound(event, event.weight, near_pairs(event, event.weight))
    )
