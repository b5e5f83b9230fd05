"""The last aim when the plan shall be fair: what everybody gets, on a concave curve."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.plan.draft import Draft
from matcher.plan.problem import Problem

from .curve import Curve

__all__ = ["Welfare", "without_unlisted"]

Integers = NDArray[np.int64]
Reals = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Welfare:
    """Sums a curve over people, each counted once for every round they can have a meeting in.

    Parameters
    ----------
    curve
        Of the amount per round.
    rounds
        (people,): rounds in which a person can have a meeting; 0 for whoever never can.
    settled
        (people,): what each gets from meetings settled beforehand, in half-units.
    """

    curve: Curve
    rounds: Integers
    settled: Integers

    @classmethod
    def of(cls, fairness: float, bound: int, rounds: Integers, settled: Integers) -> Welfare:
        """Return the welfare whose fair share divides a bound on the total (half-units) equally."""
        share = 2 * bound // max(1, int(rounds.sum()))  # each meeting gives its worth to both
        return cls(curve=Curve.of(fairness, share), rounds=rounds, settled=settled)

    @property
    def present(self) -> Integers:
        """Rounds of each person, at least 1."""
        return np.maximum(1, self.rounds)

    @property
    def settled_total(self) -> int:
        """Total of the meetings settled beforehand, in half-units."""
        return int(self.settled.sum()) // 2

    def amounts(self, draft: Draft) -> Integers:
        """Return (people,): what each gets in all, in half-units."""
        problem, mine = draft.problem, self.settled.copy()
        for pairs, times in ((draft.pairs, 2), (draft.in_trios, 1)):
            np.add.at(mine, problem.a[pairs], times * problem.weight[pairs])
            np.add.at(mine, problem.b[pairs], times * problem.weight[pairs])
        return mine

    def worth(self, amounts: Integers) -> int:
        """Return the sum over everybody, exactly."""
        return sum(self.curve.worth(amounts, self.present).tolist())

    def total(self, worth: int, *, up: bool = False) -> int:
        """Return the total, in half-units, that is worth as much when shared equally."""
        return self.curve.equal(worth, max(1, int(self.rounds.sum())), up=up)

    def average(self, amounts: Reals) -> float:
        """Return the worth of amounts that need not be whole, up to rounding."""
        each = np.interp(amounts / self.present, self.curve.knots, self.curve.heights)
        return float((self.present * each).sum())

    def slope(self, amounts: Reals) -> Reals:
        """Return (people,): what one half-unit more is worth to each, about."""
        return self.curve.slope(amounts / self.present)

    def slopes(self, amounts: Reals) -> Integers:
        """Return (people,): what one half-unit more is worth to each, rounded up."""
        return np.ceil(self.slope(amounts)).astype(np.int64)


def without_unlisted(problem: Problem) -> Problem:
    """Return the problem as if the pairs that are not written out were not permitted."""
    return problem if problem.others is None else replace(problem, others=None)
