"""A tighter relaxation: crowds pay a toll, and any tolls prove a bound.

A toll z of a crowd is charged on every pair of it. No plan can pay more than z times the room there
is, so the relaxation of what the pairs are worth after tolls, plus what can be paid at most, bounds
every plan: for any whole numbers z ≥ 0. A linear program over the few pairs near their price says
which tolls make the bound small; it works with floating point numbers and is only believed as far
as the flow confirms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_array, vstack

from matcher.plan.problem import Problem
from matcher.plan.select.integral import Selection
from matcher.plan.watch import Watch
from matcher.rules.rule import Mask

from .aims import odd_rounds
from .crowds import blossoms, odd_groups
from .limits import Limits
from .relaxation import Crowd, Integers, Relaxation, relax

__all__ = ["relieved", "tightened", "tolled", "whole_selection"]

Floats = NDArray[np.float64]

PAIRS_PER_PERSON, LEAST_PAIRS = 6, 2_000
"""Pairs nearest to their price that the linear program looks at: for each person, and at least."""
RELIEF_PER_PERSON = 10
"""The same where only some people's pairs are chosen anew."""
MOST_TURNS = 8
"""Linear programs one after the other, each with the crowds that the one before overfilled."""
MOST_NODES = 200
"""Branches that the search for whole pairs may take; mostly it needs one."""


def tightened(
    problem: Problem, weight: Integers, relaxation: Relaxation, selection: Selection, watch: Watch
) -> Relaxation:
    """Return a relaxation that knows more crowds; the same one if none is found.

    Parameters
    ----------
    weight
        (pairs,): what the plan maximizes, before tolls.
    relaxation
        Of this problem and weight, with or without crowds.
    selection
        Pairs that may have found no rounds; what it overfills counts as well.
    """
    whole = np.ones(len(selection.pairs))
    if problem.shares:  # of two sides, mostly, where the flow chooses whole pairs
        return relaxation
    crowds = _with(relaxation.crowds, odd_groups(problem, selection.pairs, whole))
    master = _Master.of_all(problem, weight, relaxation)
    tolls = np.zeros(len(crowds), dtype=np.int64)
    for _ in range(MOST_TURNS):
        watch.again()
        solution = master.solve(crowds)
        if solution is None:
            break
        share, tolls = solution
        more = _with(crowds, master.overfilled(share))
        if more == crowds:
            break
        crowds = more
    if crowds == relaxation.crowds:
        return relaxation
    tolls = np.concatenate([tolls, np.zeros(len(crowds) - len(tolls), dtype=np.int64)])
    return tolled(problem, weight, relaxation, crowds, tolls, watch)


def _with(crowds: tuple[Crowd, ...], more: Sequence[Crowd]) -> tuple[Crowd, ...]:
    return tuple(dict.fromkeys((*crowds, *more)))


def tolled(
    problem: Problem,
    weight: Integers,
    relaxation: Relaxation,
    crowds: Sequence[Crowd],
    tolls: Integers,
    watch: Watch,
) -> Relaxation:
    """Return the relaxation with these crowds and tolls, its bound at most the one before.

    Parameters
    ----------
    weight
        (pairs,): what the plan maximizes, before tolls.
    crowds, tolls
        The toll of each crowd, not negative, in units of weight.

    Notes
    -----
    Inside an odd group a trio pays three halves and leaves two people fewer where a pair pays one,
    so a round with a trio may bring in half a toll more, though only of the groups around it.
    """
    toll = np.zeros(len(weight), dtype=np.int64)
    for crowd, each in zip(crowds, tolls.tolist(), strict=True):
        toll[list(crowd.pairs)] += each
    paid = 2 * sum(
        each * crowd.room for crowd, each in zip(crowds, tolls.tolist(), strict=True)
    ) + len(odd_rounds(problem)) * int(toll.max())
    flow = relax(problem, weight - toll, relaxation.limits, watch)
    assert flow is not None  # tolls do not change what is possible
    if flow.bound + paid > relaxation.bound:
        return replace(relaxation, crowds=tuple(crowds))
    return replace(flow, bound=flow.bound + paid, crowds=tuple(crowds))


def whole_selection(problem: Problem, weight: Integers, relaxation: Relaxation) -> Selection | None:
    """Return pairs that overfill no known crowd and lose little; None if there are none.

    Notes
    -----
    Branch and cut on the pairs near their price (HiGHS; Huangfu, Hall 2018). Its numbers are
    floating point, so it proves nothing here.
    """
    master = _Master.of_all(problem, weight, relaxation)
    pairs = master.chosen(relaxation.crowds)
    return None if pairs is None else Selection(pairs=pairs, triples=())


def relieved(
    problem: Problem, weight: Integers, relaxation: Relaxation, start: Selection, people: Mask
) -> Selection:
    """Return a selection whose odd groups among some people fit into the rounds.

    Parameters
    ----------
    start
        Stays as it is among everybody else; returned when there is nothing to relieve.
    people
        (people,): among whom pairs may change. Nobody loses a meeting.
    """
    inside = people[problem.a] & people[problem.b] & ~problem.pinned
    pairs, crowds = start.pairs, tuple[Crowd, ...]()
    mine = np.isin(np.arange(len(weight)), pairs)
    in_trios = problem.inside(start.triples)
    inside[in_trios[in_trios >= 0]] = False
    now = start.meetings(problem)
    held = now - np.bincount(
        np.concatenate([problem.a[pairs], problem.b[pairs]]), minlength=problem.people
    )
    master = _Master(
        problem,
        weight,
        open_=np.flatnonzero(inside & (mine | _near(problem, relaxation, RELIEF_PER_PERSON))),
        fixed=pairs[~inside[pairs]],
        limits=Limits(
            low=np.minimum(relaxation.limits.low, now),
            high=relaxation.limits.high,
            least=min(relaxation.limits.least, int(now.sum())),
            most=relaxation.limits.most,
        ).less(held),
        trios=0,
    )
    for _ in range(MOST_TURNS):
        more = _with(
            crowds, odd_groups(problem, pairs, np.ones(len(pairs)), np.flatnonzero(people))
        )
        if more == crowds:
            break
        crowds, found = more, master.chosen(more)
        if found is None:
            break
        pairs = found
    return start if pairs is start.pairs else replace(start, pairs=pairs)


def _near(problem: Problem, relaxation: Relaxation, each: int) -> Mask:
    """Return which pairs are nearest to their price: so many for each person, on average."""
    cost = np.abs(relaxation.reduced(problem))
    most = min(len(cost), max(LEAST_PAIRS, each * problem.people)) - 1
    near: Mask = cost <= np.partition(cost, most)[most]
    return near


class _Master:
    """The relaxation of some pairs as a linear program, to which crowds are added.

    Parameters
    ----------
    open_, fixed
        Indices of the pairs to choose from, and of those that meet in any case.
    limits
        Of all these together.
    trios
        Most that there may be; each counts half against the room of a crowd.
    """

    def __init__(
        self,
        problem: Problem,
        weight: Integers,
        *,
        open_: Integers,
        fixed: Integers,
        limits: Limits,
        trios: int,
    ) -> None:
        self.problem, self.limits, self.trios = problem, limits, trios
        self.open, self.fixed = open_, fixed
        self.gain = -2.0 * weight[self.open]
        self.rows, self.rooms = self._rows_of_limits()

    @classmethod
    def of_all(cls, problem: Problem, weight: Integers, relaxation: Relaxation) -> _Master:
        """Return the program over the pairs near their price; others stay as the flow has them."""
        near = _near(problem, relaxation, PAIRS_PER_PERSON)
        above = relaxation.reduced(problem) > 0
        return cls(
            problem,
            weight,
            open_=np.flatnonzero(near & ~problem.pinned),
            fixed=np.flatnonzero((~near & above) | problem.pinned),
            limits=relaxation.limits,
            trios=len(odd_rounds(problem)),
        )

    def _rows_of_limits(self) -> tuple[csr_array, Floats]:
        """Return rows and right-hand sides for people, both ways, and for the seats, both ways."""
        a, b, n = self.problem.a, self.problem.b, self.problem.people
        count = len(self.open)
        ends = np.concatenate([a[self.open], b[self.open]])
        own = csr_array((np.ones(2 * count), (ends, np.tile(np.arange(count), 2))), (n, count))
        seats = csr_array(np.full((1, count), 2.0))
        held = np.bincount(np.concatenate([a[self.fixed], b[self.fixed]]), minlength=n)
        limits = self.limits.less(held)
        ends = np.array([limits.most, -limits.least])
        rooms = np.concatenate([limits.high, -limits.low, ends]).astype(np.float64)
        return vstack([own, -own, seats, -seats], format="csr"), rooms

    def _with(self, crowds: Sequence[Crowd]) -> tuple[csr_array, Floats]:
        """Return the rows and right-hand sides of the limits and of some crowds."""
        inside = [np.isin(self.open, crowd.pairs).astype(np.float64) for crowd in crowds]
        rooms = [
            crowd.room + self.trios / 2 - int(np.isin(self.fixed, crowd.pairs).sum())
            for crowd in crowds
        ]
        rows = [self.rows, *(csr_array(each[None, :]) for each in inside)]
        return vstack(rows, format="csr"), np.concatenate([self.rooms, np.array(rooms)])

    def solve(self, crowds: Sequence[Crowd]) -> tuple[Floats, Integers] | None:
        """Return shares of the open pairs and a toll for each crowd; None when there are none."""
        rows, rooms = self._with(crowds)
        answer = linprog(  # type: ignore[call-overload]  # the stubs know no sparse rows
            self.gain, A_ub=rows, b_ub=rooms, bounds=(0, 1), method="highs-ds"
        )
        if answer.x is None:
            return None
        dual = -answer.ineqlin.marginals[len(self.rooms) :] / 2
        return answer.x, np.maximum(0, np.rint(dual)).astype(np.int64)

    def chosen(self, crowds: Sequence[Crowd]) -> Integers | None:
        """Return whole pairs that overfill none of the crowds, ascending; None without any."""
        rows, rooms = self._with(crowds)
        answer = milp(
            self.gain,
            constraints=LinearConstraint(rows, ub=rooms),
            integrality=np.ones(len(self.open), dtype=np.int64),
            bounds=Bounds(0, 1),
            options={"node_limit": MOST_NODES, "mip_rel_gap": 0},
        )
        if answer.x is None:
            return None
        return np.sort(np.concatenate([self.open[answer.x > 0.5], self.fixed]))

    def overfilled(self, share: Floats) -> list[Crowd]:
        """Return crowds for which these shares of the open pairs are too much."""
        some = np.flatnonzero(share > 0)
        pairs = np.concatenate([self.open[some], self.fixed])
        much = np.concatenate([share[some], np.ones(len(self.fixed))])
        found = odd_groups(self.problem, pairs, much)
        return found if self.trios else found + blossoms(self.problem, self.limits, pairs, much)
