"""Better partners within a round, for the welfare of everybody.

While the other rounds stand, everybody gets just one amount in a round, so what a pair would be
worth is a plain number, and the best partners for all are a matching. Sides are drawn by lot, the
two of every meeting on opposite ones; between the sides the best matching is an assignment problem
(Jonker, Volgenant 1987), whose answer can only be better than the meetings it starts from. Round
after round with new lots, this ends where no exchange within a round helps. Nobody gains or loses
a meeting, so every earlier aim stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matcher.plan.bound.relaxation import best_pairs
from matcher.plan.draft import Draft
from matcher.plan.problem import Problem, scatter
from matcher.plan.watch import Watch
from matcher.rules.rule import Mask

from .welfare import Welfare

__all__ = ["exchange"]

Integers = NDArray[np.int64]

PARTNERS = 40
"""Best partners of each person, by their weights, that are looked at."""
MOST_TURNS, STILL = 40, 6
"""Turns through all rounds at most, and those in a row without a gain to give up after."""
STARTS, SMALL = 12, 60
"""Starts for an event of so many people at most."""
GREATEST = 1 << 36
"""Gains are scaled down to this, so that sums of them are exact in floating point."""


def exchange(draft: Draft, welfare: Welfare, weight: Integers, watch: Watch) -> Iterator[Draft]:
    """Yield better and better drafts.

    Parameters
    ----------
    weight
        (pairs,): says which pairs are worth looking at.

    Notes
    -----
    A small event gets further starts, each with one round of the best draft matched by lot.
    """
    among = best_pairs(draft.problem, weight, PARTNERS)
    best, worth = draft, welfare.worth(welfare.amounts(draft))
    for start in range(STARTS if draft.problem.people <= SMALL else 1):
        board = _Board(best, welfare, among)
        if start:
            board.match(start % draft.problem.rounds, draft.problem.seed + start, by_lot=True)
        for better in _climb(board, start * MOST_TURNS, watch):
            if (reached := welfare.worth(board.amounts)) > worth:
                best, worth = better, reached
                yield better


def _climb(board: _Board, turn: int, watch: Watch) -> Iterator[Draft]:
    """Yield drafts of rising welfare, until nothing helps."""
    still, seed = 0, board.problem.seed + turn
    for number in range(MOST_TURNS):
        gained = False
        for each in range(board.problem.rounds):
            watch.again()
            gained |= board.match(each, seed + number)
        still = 0 if gained else still + 1
        if gained:
            yield board.draft
        if still == STILL:
            return


class _Board:
    """Meetings of two that may change, and what everybody gets."""

    def __init__(self, draft: Draft, welfare: Welfare, among: Mask) -> None:
        self.before, self.problem, self.welfare = draft, draft.problem, welfare
        self.pairs, self.rounds = draft.pairs.copy(), draft.rounds
        self.loose = _loose(draft.problem, draft.pairs)
        self.met, self.amounts = draft.met, welfare.amounts(draft)
        self.among = np.flatnonzero(among & _loose(draft.problem, np.arange(len(among))))
        self.allowed = draft.problem.allowed(
            draft.problem.a[self.among], draft.problem.b[self.among]
        )

    @property
    def draft(self) -> Draft:
        """The meetings as they are now."""
        return replace(self.before, pairs=self.pairs.copy()).in_order()

    def match(self, number: int, turn: int, *, by_lot: bool = False) -> bool:
        """Match the people of one round anew, if that is a gain or by lot; return whether."""
        at = np.flatnonzero((self.rounds == number) & self.loose)
        held = self.pairs[at]
        if len(held) < 2:
            return False
        problem = self.problem
        left, right = _sides(problem, held, turn)
        before, after = 2 * problem.weight[held], self.amounts.copy()
        after[left] -= before
        after[right] -= before
        pairs = np.union1d(held, self.among[self.allowed[:, number] & ~self.met[self.among]])
        row, column, pairs = _across(problem, left, right, pairs)
        gains = self._gains(after, left[row], right[column], 2 * problem.weight[pairs])
        lots = (scatter(pairs, turn) % np.uint64(GREATEST)).astype(np.int64)
        chosen = _assigned(row, column, lots if by_lot else gains, len(held))
        if not by_lot and gains[chosen].sum() <= gains[np.isin(pairs, held)].sum():
            return False
        new = pairs[chosen]
        after[left[row[chosen]]] += 2 * problem.weight[new]
        after[right[column[chosen]]] += 2 * problem.weight[new]
        self.amounts, self.pairs[at] = after, new
        self.met[held] = False
        self.met[new] = True
        return True

    def _gains(self, amounts: Integers, one: Integers, other: Integers, more: Integers) -> Integers:
        """Return what it is worth to two people when each gets so much more."""
        result = np.zeros_like(more)
        for person in (one, other):
            mine, rounds = amounts[person], self.welfare.present[person]
            curve = self.welfare.curve
            result += curve.worth(mine + more, rounds) - curve.worth(mine, rounds)
        return result


def _loose(problem: Problem, pairs: Integers) -> Mask:
    """Return which pairs may be exchanged: no pin, and nobody bound to a table."""
    loose: Mask = ~problem.pinned[pairs]
    if problem.zones.seats:
        free = np.array([each is None for each in problem.zones.seats], dtype=np.bool_)
        loose &= free[problem.a[pairs]] & free[problem.b[pairs]]
    return loose


def _sides(problem: Problem, held: Integers, turn: int) -> tuple[Integers, Integers]:
    """Return who of each meeting stands on the left, and who on the right."""
    a, b = problem.a[held].astype(np.int64), problem.b[held].astype(np.int64)
    swapped = scatter(problem.keys[held], turn) % np.uint64(2) == 1
    return np.where(swapped, b, a), np.where(swapped, a, b)


def _across(
    problem: Problem, left: Integers, right: Integers, pairs: Integers
) -> tuple[Integers, Integers, Integers]:
    """Return place on the left, place on the right, and pair, of pairs from side to side."""
    place = np.full((2, problem.people), -1, dtype=np.int64)
    place[0, left] = place[1, right] = np.arange(len(left))
    a, b = problem.a[pairs], problem.b[pairs]
    row, column = np.maximum(place[0, a], place[0, b]), np.maximum(place[1, a], place[1, b])
    across = (row >= 0) & (column >= 0)
    return row[across], column[across], pairs[across]


def _assigned(row: Integers, column: Integers, gains: Integers, size: int) -> Integers:
    """Return which of these entries make up the assignment of greatest gain."""
    most = int(gains.max(initial=0))
    scale = max(1, most // GREATEST)
    cost = (most // scale + 1 - gains // scale).astype(np.float64)
    table = csr_array((cost, (row, column)), shape=(size, size))
    rows, columns = min_weight_full_bipartite_matching(table)
    entry = csr_array((np.arange(1, len(row) + 1), (row, column)), shape=(size, size))
    result: Integers = np.asarray(entry[rows, columns]).ravel().astype(np.int64) - 1
    return result
