"""A schedule while it is being worked on, and which of two is the better."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.rules.rule import Mask

from .problem import Problem, Trio

__all__ = ["Draft"]

Integers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Pairs and trios with their rounds, in terms of one problem.

    Parameters
    ----------
    problem
        Whose pairs and people the indices point into.
    weight
        (pairs,): what is maximized.
    pairs, rounds
        (meetings,): indices of pairs, ascending, and their rounds from 0.
    trios
        At most one a round, in the order of rounds.
    """

    problem: Problem
    weight: Integers
    pairs: Integers
    rounds: Integers
    trios: tuple[Trio, ...] = ()

    @property
    def busy(self) -> Mask:
        """(people, rounds): who has a meeting when."""
        busy: Mask = np.zeros((self.problem.people, self.problem.rounds), dtype=np.bool_)
        busy[self.problem.a[self.pairs], self.rounds] = True
        busy[self.problem.b[self.pairs], self.rounds] = True
        for trio in self.trios:
            busy[list(trio.members), trio.round] = True
        return busy

    @property
    def met(self) -> Mask:
        """(pairs,): which of the problem's pairs meet, be it in a trio."""
        met: Mask = np.zeros(len(self.problem.a), dtype=np.bool_)
        met[self.pairs] = True
        met[self.in_trios] = True
        return met

    @property
    def in_trios(self) -> Integers:
        """Indices of the pairs that meet in trios."""
        ends = np.array([pair for trio in self.trios for pair in trio.pairs], dtype=np.int64)
        return self.problem.find(*ends.reshape(-1, 2).T)

    @property
    def tables(self) -> Integers:
        """(rounds,): meetings in each round."""
        trios = [trio.round for trio in self.trios]
        every = np.concatenate([self.rounds, np.array(trios, dtype=np.int64)])
        return np.bincount(every, minlength=self.problem.rounds)

    @property
    def meetings(self) -> Integers:
        """(people,): meetings of each person."""
        result: Integers = self.busy.sum(axis=1)
        return result

    @property
    def value(self) -> int:
        """Total weight in half-units."""
        return 2 * int(self.weight[self.pairs].sum()) + int(self.weight[self.in_trios].sum())

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """The order of aims as numbers, greater is better.

        Fewest sit-outs, the fewest for whoever has most, the most even, then the total weight.
        """
        sit_outs = self.problem.most - self.meetings
        return (
            -int(sit_outs.sum()),
            -int(sit_outs.max()),
            -int((sit_outs**2).sum()),
            self.value,
        )

    def only(self, kept: Mask) -> Draft:
        """Return the draft with only these of its pairs, and all its trios."""
        return replace(self, pairs=self.pairs[kept], rounds=self.rounds[kept])

    def plus(self, pairs: Integers, rounds: Integers) -> Draft:
        """Return the draft with further pairs in their rounds."""
        return replace(
            self,
            pairs=np.concatenate([self.pairs, pairs]),
            rounds=np.concatenate([self.rounds, rounds]),
        ).in_order()

    def in_order(self) -> Draft:
        """Return the draft with its pairs ascending."""
        order = np.argsort(self.pairs, kind="stable")
        return replace(self, pairs=self.pairs[order], rounds=self.rounds[order])
