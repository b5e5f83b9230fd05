"""The best whole selection, by CP-SAT over the few pairs that can still matter.

The relaxation prices every pair. A plan falls short of the bound by at least what any one of its
pairs or trios is off its price, so a pair that is off by more than the gap is as the flow left it,
in every plan better than the one at hand (reduced-cost fixing: Dantzig, Fulkerson, Johnson 1954).
What remains is a small model without rounds, a Boolean a pair and a Boolean a trio; its optimum
bounds every plan, and its bound is kept even if it is not solved to the end.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from ortools.sat.python import cp_model

from matcher.plan.bound.flow import Prices
from matcher.plan.bound.limits import Limits
from matcher.plan.bound.relaxation import Crowd, Integers, Relaxation, dearest_unlisted
from matcher.plan.cpsat import SolverRun, run_solver
from matcher.plan.problem import Problem
from matcher.plan.watch import UNWATCHED, Watch

from .trios import triangles

__all__ = ["Selection", "SelectionModel", "best_selection", "widest_reach"]

Triple = tuple[int, int, int]

MOST_OPEN_PAIRS = 20_000
"""Pairs that a model may have; more would only slow it down."""
MOST_PAIRS_FOR_TRIOS, MOST_PAIRS_SHARED = 24, 8
"""Pairs per person that a model with trios may have: triangles grow with its third power. Fewer
where two may share a partner, as any two pairs of one person can be a trio."""
FIRST_REACHES = (5_000, 500, 20)
"""Parts of the bound within which to look, step by step, while nothing keeps the limits."""
SHARES_OF_GAP = (10, 3, 1)
"""Parts of the gap within which to look, step by step, where two may share a partner: all pairs
within the whole gap make too many trios."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Who meets, without saying when.

    Parameters
    ----------
    pairs
        Indices of pairs that meet on their own, ascending.
    triples
        People who meet in threes, sorted.
    """

    pairs: Integers
    triples: tuple[Triple, ...]

    def meetings(self, problem: Problem) -> Integers:
        """Return (people,): the meetings of each person."""
        trio = np.array(self.triples, dtype=np.int64).ravel()
        ends = np.concatenate([problem.a[self.pairs], problem.b[self.pairs], trio])
        return np.bincount(ends, minlength=problem.people)

    def keeps(self, problem: Problem, limits: Limits) -> bool:
        """Return whether the limits hold, and the tables of all rounds together suffice."""
        if not limits.hold(self.meetings(problem)):
            return False
        if not problem.zones.seats:
            return True
        zones, room = problem.zones, problem.room.sum(axis=1)
        pairs = zones.of_pairs(problem.a[self.pairs], problem.b[self.pairs])
        for own in (*pairs, *map(zones.of, self.triples)):
            room[list(own)] -= 1
        return bool(np.all(room >= 0))

    def value(self, problem: Problem, weight: Integers) -> int:
        """Return the total weight in half-units."""
        inside = problem.inside(self.triples)
        return 2 * int(weight[self.pairs].sum()) + int(weight[inside[inside >= 0]].sum())


def best_selection(
    problem: Problem,
    weight: Integers,
    relaxation: Relaxation,
    start: Selection,
    trios: int,
    effort: float,
    watch: Watch,
) -> tuple[Selection, int]:
    """Return a selection at least as good as `start`, and a bound on every one in the limits.

    Parameters
    ----------
    problem, weight, relaxation
        The relaxation of this problem for this weight.
    start
        A selection, within the relaxation's limits if possible.
    trios
        Most trios there may be.
    effort
        Limit in CP-SAT's deterministic seconds.

    Returns
    -------
    selection, bound
        The bound is in half-units, at most the relaxation's.
    """
    best, bound = start, relaxation.bound
    tried = -1
    widest = widest_reach(problem, relaxation, with_trios=trios > 0)
    for part, share in zip(FIRST_REACHES, SHARES_OF_GAP, strict=True):
        gap = relaxation.bound - best.value(problem, weight)
        if not best.keeps(problem, relaxation.limits):
            gap = relaxation.bound // part
        elif problem.shares:
            gap = gap // share
        if min(gap, widest) == tried:
            break
        tried = min(gap, widest)
        model = SelectionModel(problem, weight, relaxation, best, trios, tried, watch)
        found, limit = model.solve(effort, watch)
        if _is_better(found, best, problem, weight, relaxation):
            best = found
        value, keeps = best.value(problem, weight), best.keeps(problem, relaxation.limits)
        if model.is_complete:  # what is out of reach is worth less than the reach leaves
            bound = min(bound, max(limit, relaxation.bound - tried, value if keeps else 0))
        if keeps and relaxation.bound - value <= tried:
            break
    return best, bound


def widest_reach(problem: Problem, relaxation: Relaxation, *, with_trios: bool) -> int:
    """Return how far a model may reach without having too many pairs or triangles."""
    each = MOST_PAIRS_SHARED if problem.shares else MOST_PAIRS_FOR_TRIOS
    most = min(MOST_OPEN_PAIRS, each * problem.people if with_trios else math.inf)
    if len(problem.a) <= most:
        return relaxation.bound
    cost = np.abs(relaxation.reduced(problem))
    reach = int(np.partition(cost, int(most))[int(most)])
    return reach // 2 if with_trios else reach


def _is_better(
    found: Selection, best: Selection, problem: Problem, weight: Integers, relaxation: Relaxation
) -> bool:
    """Return whether a selection keeps the limits better, or is worth more."""
    keeps = [each.keeps(problem, relaxation.limits) for each in (found, best)]
    worth = [each.value(problem, weight) for each in (found, best)]
    return (keeps[0], worth[0]) > (keeps[1], worth[1])


class SelectionModel:
    """Pairs and triangles whose price is within reach; the rest as the flow has it.

    Parameters
    ----------
    reach
        In half-units; whatever is further off its price than this is not looked at.
    """

    def __init__(
        self,
        problem: Problem,
        weight: Integers,
        relaxation: Relaxation,
        start: Selection,
        trios: int,
        reach: int,
        watch: Watch = UNWATCHED,
    ) -> None:
        self.problem, self.weight, self.start, self.reach = problem, weight, start, reach
        self.limits, prices, self.bound = relaxation.limits, relaxation.prices, relaxation.bound
        reduced = relaxation.reduced(problem)
        above = 2 * reach if trios else reach  # in a trio a pair counts half
        self.fixed = np.flatnonzero((reduced > above) | problem.pinned)
        self.open = np.flatnonzero((reduced <= above) & (reduced >= -reach) & ~problem.pinned)
        self.triples = self._triples(relaxation, reduced) if trios else []
        self.model = cp_model.CpModel()
        count = len(self.open) + len(self.triples)
        self.variables = [self.model.new_bool_var("") for _ in range(count)]
        self.pair_variables = self.variables[: len(self.open)]
        self.triple_variables = self.variables[len(self.open) :]
        watch.again()  # between parts that take a moment each: 0.4 s in all at 10,000 people
        self.meetings = self._meetings(watch)
        self._meet_once()
        self.model.add(sum(self.triple_variables) <= trios)
        watch.again()
        self._find_tables()
        for crowd in relaxation.crowds:
            watch.again()
            self._keep_to_room(crowd)
        watch.again()
        self._maximize(relaxation)
        watch.again()
        self._hint()
        self.is_complete = dearest_unlisted(problem, prices) < -above

    def _triples(self, relaxation: Relaxation, reduced: Integers) -> list[Triple]:
        cost = np.abs(reduced)
        near = np.flatnonzero(cost <= 2 * self.reach)
        found = triangles(self.problem, relaxation, cost, near, 2 * self.reach)
        return [(i, j, k) for _, _, i, j, k in found]

    def _find_tables(self) -> None:
        """Keep to the room there is in all rounds together, zone by zone."""
        a, b = self.problem.a, self.problem.b
        zones, room = self.problem.zones, self.problem.room.sum(axis=1)
        for own in zones.of_pairs(a[self.fixed], b[self.fixed]):
            room[list(own)] -= 1
        mine: list[list[cp_model.IntVar]] = [[] for _ in room]
        own_zones = zones.of_pairs(a[self.open], b[self.open]) + list(map(zones.of, self.triples))
        for own, variable in zip(own_zones, self.variables, strict=True):
            for zone in own:
                mine[zone].append(variable)
        for variables, most in zip(mine, room.tolist(), strict=True):
            self.model.add(sum(variables) <= most)

    def _meetings(self, watch: Watch) -> list[cp_model.IntVar | int]:
        """Return the number of meetings of each person, within the limits."""
        mine = self._own_variables()
        ends = np.concatenate([self.problem.a[self.fixed], self.problem.b[self.fixed]])
        already = np.bincount(ends, minlength=self.problem.people).tolist()
        meetings: list[cp_model.IntVar | int] = []
        for person, (low, high) in enumerate(
            zip(self.limits.low.tolist(), self.limits.high.tolist(), strict=True)
        ):
            watch.again()
            count = low if low == high else self.model.new_int_var(low, high, "")
            self.model.add(sum(mine[person]) + already[person] == count)
            meetings.append(count)
        self.model.add_linear_constraint(sum(meetings), self.limits.least, self.limits.most)
        return meetings

    def _own_variables(self) -> list[list[cp_model.IntVar]]:
        mine: list[list[cp_model.IntVar]] = [[] for _ in range(self.problem.people)]
        a, b = self.problem.a[self.open].tolist(), self.problem.b[self.open].tolist()
        for i, j, variable in zip(a, b, self.pair_variables, strict=True):
            mine[i].append(variable)
            mine[j].append(variable)
        for triple, variable in zip(self.triples, self.triple_variables, strict=True):
            for person in triple:
                mine[person].append(variable)
        return mine

    def _keep_to_room(self, crowd: Crowd) -> None:
        """Have no more of a crowd than there is room for."""
        mine = np.isin(self.open, crowd.pairs).tolist()
        mine += np.isin(self.problem.inside(self.triples), crowd.pairs).any(axis=1).tolist()
        chosen = [
            variable for variable, is_mine in zip(self.variables, mine, strict=True) if is_mine
        ]
        room = crowd.room - int(np.isin(self.fixed, crowd.pairs).sum())
        self.model.add(sum(chosen) <= room)

    def _maximize(self, relaxation: Relaxation) -> None:
        """Count what pairs and people are off their prices: the total, in the smallest numbers."""
        prices = relaxation.prices
        reduced = prices.reduced(self.problem.a, self.problem.b, self.weight)
        self.constant = int(reduced[self.fixed].sum())
        worth = reduced[self.open].tolist()
        worth += self._worth_of_triples(prices).tolist()
        people = zip(self.meetings, (prices.person + prices.seat).tolist(), strict=True)
        self.model.maximize(
            cp_model.LinearExpr.weighted_sum(self.variables, worth)
            + sum(count * price for count, price in people)
        )

    def _worth_of_triples(self, prices: Prices) -> Integers:
        """Return what each is above the prices of its three seats, in half-units."""
        inside = self.problem.inside(self.triples)
        weights = np.where(inside < 0, 0, self.weight[inside]).sum(axis=1)
        members = np.array(self.triples, dtype=np.int64).reshape(-1, 3)
        result: Integers = weights - prices.person[members].sum(axis=1) - 3 * prices.seat
        return result

    def _meet_once(self) -> None:
        """Let nobody meet, or share a partner with, anybody twice."""
        meets: dict[tuple[int, int], list[cp_model.IntVar]] = defaultdict(list)
        for members, variable in zip(self.triples, self.triple_variables, strict=True):
            for pair in combinations(members, 2):
                meets[pair].append(variable)
        a, b = self.problem.a[self.open].tolist(), self.problem.b[self.open].tolist()
        for pair, variable in zip(zip(a, b, strict=True), self.pair_variables, strict=True):
            if pair in meets:
                meets[pair].append(variable)
        for _, together in sorted(meets.items()):
            self.model.add_at_most_one(together)

    def _hint(self) -> None:
        taken, triples = np.isin(self.open, self.start.pairs).tolist(), set(self.start.triples)
        taken += [triple in triples for triple in self.triples]
        for variable, value in zip(self.variables, taken, strict=True):
            self.model.add_hint(variable, value)

    def solve(self, effort: float, watch: Watch) -> tuple[Selection, int]:
        """Return the best selection found and a bound on all within reach, in half-units."""
        result = run_solver(self.model, effort, self.problem.seed, watch)
        found = self.chosen(result.values(self.variables)) if result.found else self.start
        return found, self.limit(result)

    def limit(self, result: SolverRun) -> int:
        """Return the bound that a run of the solver proved on everything within reach."""
        if result.impossible:
            return 0
        return self.constant + result.bound if result.found else self.bound

    def chosen(self, taken: list[bool]) -> Selection:
        """Return the selection that these values of `variables` mean."""
        pairs = self.open[np.array(taken[: len(self.open)], dtype=np.bool_)]
        triples = zip(self.triples, taken[len(self.open) :], strict=True)
        return Selection(
            pairs=np.sort(np.concatenate([self.fixed, pairs])),
            triples=tuple(sorted(triple for triple, is_taken in triples if is_taken)),
        )
