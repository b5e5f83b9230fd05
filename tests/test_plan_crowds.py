"""Crowds and their tolls: a tighter bound that no plan of any kind exceeds."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from planning import best_rank, crowd, planned

from matcher.affinity.table import Affinities
from matcher.plan import Status, make_plan, stages
from matcher.plan.bound.aims import even_limits
from matcher.plan.bound.crowds import blossoms, odd_groups
from matcher.plan.bound.relaxation import Crowd, relax
from matcher.plan.bound.tighten import relieved, tightened, tolled, whole_selection
from matcher.plan.narrow import narrow
from matcher.plan.rounds.colouring import UNPLACED, assign_rounds
from matcher.plan.select.integral import Selection
from matcher.plan.watch import Watch
from matcher.rules import Availability
from matcher.settings import Settings

NONE = Selection(pairs=np.zeros(0, dtype=np.int64), triples=())


def problem(affinities, rules=(), **choice):
    return narrow(affinities, Settings(**choice), rules)


def relaxed(event):
    return relax(event, event.weight, even_limits(event))


def cliques(number, size=7):
    """People in groups who suit each other best, so that everybody wants to stay inside."""
    people = number * size
    random = np.random.default_rng(number)
    a, b = np.triu_indices(people, 1)
    value = random.integers(0, 300_000, len(a)) + np.where(a // size == b // size, 600_000, 0)
    return Affinities(
        ids=tuple(f"p{i:04}" for i in range(people)),
        a=a.astype(np.int32),
        b=b.astype(np.int32),
        value=value.astype(np.int64),
    )


def inside(event, group):
    pairs = [i for i, (a, b) in enumerate(zip(event.a, event.b, strict=True)) if {a, b} <= group]
    return np.array(pairs)


def test_seven_people_hold_no_more_than_three_pairs_a_round():
    event = problem(crowd(12), rounds=6)
    pairs = inside(event, set(range(7)))
    assert Crowd(pairs=tuple(pairs), room=18) in odd_groups(event, pairs, np.ones(21))
    few = pairs[:18]
    assert not any(set(found.pairs) == set(pairs) for found in odd_groups(event, few, np.ones(18)))


def test_a_selection_is_relieved_of_crowds_and_nobody_loses_a_meeting():
    event = problem(cliques(4), rounds=6)
    relaxation, cliques_alone = relaxed(event), np.flatnonzero(event.a // 7 == event.b // 7)
    start = Selection(pairs=cliques_alone, triples=())
    everybody = np.ones(28, dtype=np.bool_)
    found = relieved(event, event.weight, relaxation, start, everybody)
    assert not odd_groups(event, found.pairs, np.ones(len(found.pairs)))
    assert found.meetings(event).tolist() == [6] * 28
    assert UNPLACED not in assign_rounds(event, found.pairs, 100)


def test_only_people_around_a_crowd_get_other_pairs():
    event = problem(cliques(4), rounds=6)
    start = Selection(pairs=np.flatnonzero(event.a // 7 == event.b // 7), triples=())
    some = np.arange(28) < 14
    found = relieved(event, event.weight, relaxed(event), start, some)
    assert set(start.pairs) - set(found.pairs)
    assert all(some[event.a[i]] and some[event.b[i]] for i in set(start.pairs) ^ set(found.pairs))
    nobody = np.zeros(28, dtype=np.bool_)
    assert relieved(event, event.weight, relaxed(event), start, nobody) is start


def test_a_large_event_finds_rounds_for_its_crowds(monkeypatch):
    event = cliques(8)
    bound = planned(event, rounds=6).bound
    monkeypatch.setattr(stages, "MOST_PEOPLE_TO_TIGHTEN", 50)
    seen = []
    watch = lambda each: seen.append(each.stage) or True  # noqa: E731
    plan = make_plan(event, Settings(rounds=6), on_progress=watch)
    assert "Choosing others around crowds" in seen
    assert plan.total > 0.995 * bound


def test_absences_leave_a_group_less_room():
    away = Availability({f"p{i:04}": frozenset({1, 2}) for i in range(2)})
    event = problem(crowd(8), [away], rounds=4)
    pairs = inside(event, {0, 1, 2})
    assert Crowd(pairs=tuple(pairs), room=2) in odd_groups(event, pairs, np.ones(3))


def test_a_triangle_of_halves_is_a_blossom_too_full():
    event = problem(crowd(6), rounds=1)
    pairs, halves = inside(event, {0, 1, 2}), np.full(3, 0.5)
    assert blossoms(event, even_limits(event), pairs, halves) == [Crowd(pairs=tuple(pairs), room=1)]


@pytest.mark.parametrize("number", [2, 4])
def test_planted_groups_are_found_and_the_plan_is_proved(number):
    plan = planned(cliques(number), rounds=6)
    event = problem(cliques(number), rounds=6)
    assert plan.status is Status.OPTIMAL
    assert plan.bound < relaxed(event).bound


def test_whole_pairs_overfill_no_known_crowd():
    event = problem(cliques(4), rounds=6)
    tight = tightened(event, event.weight, relaxed(event), NONE, Watch())
    chosen = whole_selection(event, event.weight, tight)
    assert tight.limits.hold(chosen.meetings(event))
    assert len(tight.crowds) >= 4
    assert all(np.isin(chosen.pairs, each.pairs).sum() <= each.room for each in tight.crowds)


def test_where_nothing_is_too_full_nothing_changes():
    event = problem(crowd(8, 1), rounds=7)
    relaxation = relaxed(event)
    assert tightened(event, event.weight, relaxation, NONE, Watch()) is relaxation


@pytest.mark.parametrize(("people", "rounds"), [(4, 2), (5, 1), (5, 2), (6, 1), (6, 2), (7, 1)])
def test_any_tolls_of_any_groups_prove_a_bound(people, rounds):
    affinities, random = crowd(people, people), np.random.default_rng(rounds)
    event = problem(affinities, rounds=rounds)
    every = np.arange(len(event.a))
    groups = odd_groups(event, every, np.ones(len(every)))
    loose = replace(relaxed(event), bound=10**12)  # so that the tolls count, however bad
    sit_outs, *_, best = best_rank(affinities, [], Settings(rounds=rounds))
    assert groups
    for most in [0, 1, 10**4, 10**5, 10**6] * 5:
        tolls = random.integers(0, most + 1, len(groups)) * random.integers(0, 2, len(groups))
        bound = tolled(event, event.weight, loose, groups, tolls, Watch()).bound
        assert (sit_outs, best) <= (0, bound)


def test_every_selection_of_small_groups_keeps_to_blossoms():
    event = problem(crowd(5, 2), rounds=2)
    pairs = np.arange(len(event.a))
    found = blossoms(event, even_limits(event), pairs, np.full(len(pairs), 0.5))
    for chosen in combinations(pairs.tolist(), 5):
        ends = np.concatenate([event.a[list(chosen)], event.b[list(chosen)]])
        if (np.bincount(ends, minlength=5) <= 2).all():
            assert all(len(set(chosen) & set(each.pairs)) <= each.room for each in found)
