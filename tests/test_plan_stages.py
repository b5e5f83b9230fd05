"""Rounds, trios, tables, repair and proof, each alone."""

from types import SimpleNamespace

import numpy as np
import pytest
from ortools.sat.python import cp_model
from planning import crowd, table

from benchmarks.planner.instances import sparse
from matcher.plan.bound.aims import even_limits, odd_rounds, trio_rounds
from matcher.plan.bound.relaxation import relax
from matcher.plan.cpsat import SolverRun
from matcher.plan.draft import Draft
from matcher.plan.narrow import narrow
from matcher.plan.rounds.colouring import UNPLACED, assign_rounds
from matcher.plan.rounds.exact import reschedule
from matcher.plan.rounds.first import fill_up, first_draft, near_pairs
from matcher.plan.rounds.local import improve_around
from matcher.plan.rounds.tables import number_tables
from matcher.plan.rounds.timetable import best_timetable
from matcher.plan.select.integral import Selection, SelectionModel, best_selection
from matcher.plan.select.selection import select
from matcher.plan.select.trios import choose_trios, seat_triples
from matcher.plan.watch import Watch
from matcher.settings import Settings

NONE = np.zeros(0, dtype=np.int64)


def problem(affinities, **choice):
    return narrow(affinities, Settings(**choice), [])


def relaxed(event):
    return relax(event, event.weight, even_limits(event))


@pytest.mark.parametrize("people", [6, 12, 30, 60])
def test_a_complete_graph_is_coloured_with_one_round_less_than_people(people):
    event = problem(crowd(people), rounds=people - 1)
    rounds = assign_rounds(event, np.arange(len(event.a)), kicks=5 * len(event.a))
    assert UNPLACED not in rounds
    for person in range(people):
        own = [r for r, a, b in zip(rounds, event.a, event.b, strict=True) if person in (a, b)]
        assert sorted(own) == list(range(people - 1))


def test_tables_limit_every_round():
    event = problem(crowd(12), rounds=6, tables=3)
    relaxation = relaxed(event)
    pairs = select(event, event.weight, relaxation)
    rounds = assign_rounds(event, pairs, kicks=100)
    assert np.bincount(rounds).tolist() == [3] * 6


def test_a_pair_too_many_stays_unplaced():
    event = problem(crowd(4), rounds=2)
    rounds = assign_rounds(event, np.arange(6), kicks=50)
    assert rounds.count(UNPLACED) == 2


def test_trios_take_different_people_while_that_is_possible():
    event = problem(crowd(21, 1), rounds=4)
    trios = choose_trios(event, event.weight, relaxed(event), trio_rounds(event).tolist())
    assert [trio.round for trio in trios] == [0, 1, 2, 3]
    assert len({person for trio in trios for person in trio.members}) == 12


def test_few_pairs_leave_no_room_for_trios():
    assert trio_rounds(problem(crowd(5), rounds=4)).tolist() == [0]
    assert trio_rounds(problem(crowd(5), rounds=5)).tolist() == []
    assert odd_rounds(problem(crowd(5), rounds=5)).tolist() == [0, 1, 2, 3, 4]


def test_triples_find_one_round_each():
    event = problem(crowd(9), rounds=2)
    trios = seat_triples(event, [(0, 1, 2), (3, 4, 5), (6, 7, 8)], [0, 1])
    assert [trio.round for trio in trios] == [0, 1]
    assert {trio.members for trio in trios} < {(0, 1, 2), (3, 4, 5), (6, 7, 8)}


def test_those_left_over_are_brought_together_so_that_all_lose_least():
    pairs = {f"{t}{i} {t}{j}": 900_000 for t in "abcd" for i, j in ("12", "13", "23")}
    links = {"a1 b1": 300_000, "b2 c2": 310_000, "c1 d1": 300_000, "a2 d2": 0}
    event = problem(table(pairs | links), rounds=1)
    chosen = select(event, event.weight, relaxed(event))
    assert event.weight[chosen].sum() == 4 * 900_000 + 2 * 300_000


def test_whoever_is_left_out_of_a_large_event_is_whom_it_costs_least():
    event = problem(sparse(3_000, 2).affinities, rounds=6)
    relaxation = relaxed(event)
    chosen = select(event, event.weight, relaxation)
    assert 2 * int(event.weight[chosen].sum()) > 0.9999 * relaxation.bound
    assert 2 * len(chosen) == relaxation.limits.least


def test_a_selection_is_improved_until_its_bound_is_met():
    event = problem(crowd(12, 3), rounds=9)
    relaxation = relaxed(event)
    start = Selection(pairs=select(event, event.weight, relaxation), triples=())
    best, bound = best_selection(event, event.weight, relaxation, start, 0, 1.0, Watch())
    assert start.value(event, event.weight) <= best.value(event, event.weight) == bound
    assert relaxation.limits.hold(best.meetings(event))


def test_a_solver_that_found_nothing_proves_nothing():
    event = problem(crowd(12, 3), rounds=9)
    relaxation = relaxed(event)
    model = SelectionModel(
        event, event.weight, relaxation, Selection(pairs=NONE, triples=()), 0, 1_000
    )
    run = SolverRun(solver=cp_model.CpSolver(), status=cp_model.UNKNOWN)
    assert model.limit(run) == relaxation.bound


def test_seats_left_empty_are_filled():
    event = problem(crowd(8, 1), rounds=3)
    empty = Draft(problem=event, weight=event.weight, pairs=NONE, rounds=NONE)
    full = fill_up(empty, np.arange(len(event.a)))
    assert full.meetings.sum() > 16
    assert fill_up(full, np.arange(len(event.a))) is not None
    assert (full.busy.sum(axis=1) == full.meetings).all()


@pytest.mark.parametrize("people", [6, 7])
def test_planning_everybody_anew_reaches_the_best_plan(people):
    event = problem(crowd(people, 2), rounds=3)
    answer = reschedule(
        first_draft(event, event.weight, near_pairs(event, event.weight)),
        np.arange(people),
        odd_rounds(event),
        20.0,
        Watch(),
    )
    assert answer.proved
    assert (event.most - answer.draft.meetings).sum() == 0


def test_planning_nobody_anew_changes_nothing():
    event = problem(crowd(8, 2), rounds=3)
    draft = first_draft(event, event.weight, near_pairs(event, event.weight))
    assert reschedule(draft, NONE, NONE, 1.0, Watch()).draft.rank == draft.rank


def test_a_selection_that_fits_into_no_rounds_is_replaced_by_the_best_that_does():
    event = problem(crowd(7, 2), rounds=3)
    relaxation = relaxed(event)
    start = reschedule(
        first_draft(event, event.weight, near_pairs(event, event.weight)),
        np.arange(7),
        odd_rounds(event),
        20.0,
        Watch(),
    )
    best, bound = best_timetable(start.draft, relaxation, relaxation.bound, 6_000, 20.0, Watch())
    assert best.value == bound == start.draft.value


def test_a_bound_that_the_solver_hands_out_a_hair_too_low_is_still_the_bound():
    solver = SimpleNamespace(best_objective_bound=13575981.999999998)
    assert SolverRun(solver=solver, status=None).bound == 13575982


def test_tables_are_numbered_from_one_and_kept():
    rounds = [[(0, 1), (2, 3), (4, 5)], [(0, 2), (1, 4), (3, 5)], [(0, 5)]]
    arrays = [np.array([(*members, -1) for members in each]) for each in rounds]
    numbers = [each.tolist() for each in number_tables([(each, {}) for each in arrays], 6)]
    assert [sorted(each) for each in numbers] == [[1, 2, 3], [1, 2, 3], [1]]
    assert numbers[0] == [1, 2, 3]
    seat = dict(zip([0, 1, 2, 3, 4, 5], [1, 1, 2, 2, 3, 3], strict=True))
    assert all(n in (seat[a], seat[b]) for (a, b), n in zip(rounds[1], numbers[1], strict=True))


def test_a_neighbourhood_gives_a_pair_without_a_round_its_place():
    event = problem(crowd(12, 5), rounds=3)
    relaxation = relaxed(event)
    draft = first_draft(event, event.weight, near_pairs(event, event.weight))
    lost = np.setdiff1d(select(event, event.weight, relaxation), draft.pairs)
    better = improve_around(draft, relaxation.prices, int(lost[0]), 12, 5.0, Watch())
    assert better.value > draft.value
    assert better.meetings.tolist() == draft.meetings.tolist()
