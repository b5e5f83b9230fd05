"""Fair plans: the welfare of everybody instead of the plain total, with a bound on all plans.

Frank and Wolfe's method (1956) over the relaxation: what one more half-unit is worth to each person
is turned into weights of pairs, and the flow that bounds totals answers with the best amounts for
these weights. The best mix of all answers so far gives the next weights (fully corrective, Holloway
1974), until mix and bound all but meet.

The bound does not rest on that. For *any* whole slopes g ≥ 0 and every plan, Fenchel's inequality
says Φ(x) ≤ Φ*(g) + g · x for each person; the sum of g · x over everybody is the total of the plan
for the weights w(ab)(g(a) + g(b)), and totals are bounded by prices. The search only tells which
slopes make the bound small.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.plan.bound.relaxation import Integers, Relaxation, relax, unlisted_above
from matcher.plan.draft import Draft
from matcher.plan.plan import StoppedBy
from matcher.plan.problem import Problem
from matcher.plan.run import Solution
from matcher.plan.solve import draft_for
from matcher.plan.watch import Stopped, Watch
from matcher.rules.rule import Mask

from .exchange import exchange
from .welfare import Welfare, without_unlisted

__all__ = ["FairSolution", "make_fair"]

Reals = NDArray[np.float64]

CLOSE = 5_000
"""The search ends when mix and bound differ by less than one part in so many."""
MOST_ANSWERS = 24
"""Flows at most; four to ten are usual."""
TRADES, HALVINGS = 60, 12
"""Steps towards the best mix of answers, and the precision of each."""
LARGEST_BOUND = 1 << 61
"""Weights are scaled down, rounding up, where the bound of the flow could exceed this."""


@dataclass(frozen=True, kw_only=True)
class FairSolution:
    """A schedule with its welfare, and a bound on that of all with sit-outs as few and even.

    Parameters
    ----------
    solution
        The schedule; its bound is still that of the total.
    welfare, bound
        Totals in half-units that would be worth as much if shared equally.
    """

    solution: Solution
    welfare: int
    bound: int


@dataclass(frozen=True, kw_only=True)
class _Answer:
    """What the relaxation says to some slopes: weights, amounts, and a bound on the worth."""

    weight: Integers
    relaxation: Relaxation
    amounts: Reals
    bound: int


def make_fair(solution: Solution, fairness: float, settled: Integers, watch: Watch) -> FairSolution:
    """Return a schedule of greater welfare, its sit-outs as few and even as before.

    Parameters
    ----------
    solution
        For the plain total.
    fairness
        From 0, where the welfare is the plain total, to 1.
    settled
        (people,): what each gets from meetings settled beforehand, in half-units.
    """
    draft, beside = solution.draft, int(settled.sum()) // 2  # each meeting gives to both
    if fairness == 0:
        return FairSolution(
            solution=solution, welfare=draft.value + beside, bound=solution.bound + beside
        )
    rounds = draft.problem.whole.copy()
    for meeting in draft.problem.fixed:
        rounds[list(meeting.members)] += 1
    welfare = Welfare.of(fairness, solution.bound + beside, rounds, settled)
    run = _Run(solution, welfare, watch)
    by = solution.stopped_by
    if by not in (StoppedBy.TIME, StoppedBy.CANCEL) and len(draft.pairs):
        try:
            watch.run(lambda: _improve(run))
            by = StoppedBy.EFFORT
        except Stopped as stopped:
            by = stopped.by
    return run.solution(solution, by)


class _Run:
    """The best draft so far, its welfare, and the least bound with the answer that proved it."""

    def __init__(self, solution: Solution, welfare: Welfare, watch: Watch) -> None:
        self.limits, self.welfare, self.watch = solution.limits, welfare, watch
        first = solution.draft
        self._best = first, welfare.worth(welfare.amounts(first))  # one value: read while changing
        self.answer: _Answer | None = None

    @property
    def best(self) -> Draft:
        """The draft of greatest welfare so far."""
        return self._best[0]

    @property
    def worth(self) -> int:
        """Its welfare as a sum of worths."""
        return self._best[1]

    def offer(self, draft: Draft) -> None:
        """Keep the draft if its welfare is greater and all earlier aims are reached as well."""
        worth = self.welfare.worth(self.welfare.amounts(draft))
        if draft.rank[:-1] == self.best.rank[:-1] and worth > self.worth:
            self._best = draft, worth

    def bounded(self, answer: _Answer) -> None:
        """Keep the answer if its bound is the least."""
        if self.answer is None or answer.bound < self.answer.bound:
            self.answer = answer

    def is_close(self, worth: int) -> bool:
        """Return whether a worth is next to the bound, as equally shared totals."""
        assert self.answer is not None
        bound = self.welfare.total(self.answer.bound, up=True)
        return (bound - self.welfare.total(worth)) * CLOSE <= bound

    def solution(self, before: Solution, by: StoppedBy) -> FairSolution:
        """Return what is known now."""
        answer, (best, worth) = self.answer, self._best
        reached, most = self.welfare.total(worth), before.bound + self.welfare.settled_total
        if answer is not None:
            bound = self.welfare.total(answer.bound, up=True)
            most = reached if worth == answer.bound else min(most, bound)
        proved = before.is_even and reached == most
        return FairSolution(
            solution=replace(before, draft=best, stopped_by=StoppedBy.PROOF if proved else by),
            welfare=reached,
            bound=most,
        )


def _improve(run: _Run) -> None:
    """Take the stages one after the other."""
    run.watch.report("Weighing what everybody gets", 0.92)
    _search(run)
    assert run.answer is not None
    run.watch.report("Sharing good meetings out", 0.95)
    problem, answer = run.best.problem, run.answer
    fair = draft_for(problem, answer.weight, answer.relaxation, run.watch)
    run.offer(replace(fair, weight=problem.weight))
    for draft in exchange(run.best, run.welfare, answer.weight, run.watch):
        run.offer(draft)
        if run.is_close(run.worth):
            break


def _search(run: _Run) -> None:
    """Look for the slopes of least bound."""
    points = run.welfare.amounts(run.best)[None, :].astype(np.float64)
    shares = np.ones(1)
    among: Mask | None = None
    for _ in range(MOST_ANSWERS):
        run.watch.again()
        mixed = shares @ points
        answer = _answer(run, run.welfare.slopes(mixed), among)
        run.bounded(answer)
        if run.is_close(int(run.welfare.average(mixed))):
            return
        among = np.zeros(len(answer.weight), dtype=np.bool_)
        among[answer.relaxation.pairs] = True
        points = np.vstack([points, answer.amounts])
        shares = _best_mix(run.welfare, points, np.append(0.9 * shares, 0.1))


def _answer(run: _Run, slopes: Integers, among: Mask | None) -> _Answer:
    """Return the best amounts for these slopes, and the bound that they prove."""
    problem, welfare = run.best.problem, run.welfare
    weight = problem.weight * (slopes[problem.a] + slopes[problem.b])
    most = 4 * int(weight.max(initial=1)) * int(problem.most.sum())
    scale = max(1, most // LARGEST_BOUND)
    scaled = -(-weight // scale)
    relaxation = relax(without_unlisted(problem), scaled, run.limits, run.watch, among)
    assert relaxation is not None  # the best draft keeps these limits
    bound = relaxation.bound
    if problem.others is not None:
        own = -(-2 * problem.others * slopes // scale)
        prices = relaxation.prices
        bound += unlisted_above(prices.person - own, -2 * prices.seat)
    most_each = welfare.present * welfare.curve.conjugate(slopes) + slopes * welfare.settled
    return _Answer(
        weight=scaled,
        relaxation=relaxation,
        amounts=_amounts(problem, welfare, relaxation),
        bound=bound * scale + sum(most_each.tolist()),
    )


def _amounts(problem: Problem, welfare: Welfare, relaxation: Relaxation) -> Reals:
    """Return (people,): what each gets when people meet by halves."""
    pairs = np.concatenate([relaxation.pairs, np.flatnonzero(problem.pinned)])
    halves = np.concatenate([relaxation.halves, np.full(int(problem.pinned.sum()), 2)])
    mine = welfare.settled.astype(np.float64)
    for side in (problem.a, problem.b):
        np.add.at(mine, side[pairs], halves * problem.weight[pairs])
    return mine


def _best_mix(welfare: Welfare, points: Reals, start: Reals) -> Reals:
    """Return the shares of the points, which sum to 1, whose mix has about the greatest welfare.

    Again and again, some of the point that adds least is traded for the one that adds most
    (pairwise steps: Lacoste-Julien, Jaggi 2015).
    """
    shares, mixed = start.copy(), start @ points
    for _ in range(TRADES):
        adds = points @ welfare.slope(mixed)
        best = int(np.argmax(adds))
        worst = int(np.argmin(np.where(shares > 0, adds, np.inf)))
        way = points[best] - points[worst]
        length = _length(welfare, mixed, way, float(shares[worst]))
        if length <= 0:
            break
        shares[best] += length
        shares[worst] -= length
        mixed = mixed + length * way
    return shares


def _length(welfare: Welfare, start: Reals, way: Reals, most: float) -> float:
    """Return how far to go along the way, by halving the interval in which welfare is greatest."""
    if welfare.slope(start + most * way) @ way >= 0:
        return most
    low, high = 0.0, most
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if welfare.slope(start + middle * way) @ way > 0:
            low = middle
        else:
            high = middle
    return low
