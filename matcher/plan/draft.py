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
        inside = self.problem.inside([trio.members for trio in self.trios]).ravel()
        return inside[inside >= 0]

    @property
    def worth_of_trios(self) -> Integers:
        """What each trio is worth in half-units: its pairs count half."""
        inside = self.problem.inside([trio.members for trio in self.trios])
        result: Integers = np.where(inside < 0, 0, self.weight[inside]).sum(axis=1)
        return result

    @property
    def members(self) -> list[tuple[tuple[int, ...], int]]:
        """People and round of each pair, then of each trio."""
        a, b = self.problem.a[self.pairs].tolist(), self.problem.b[self.pairs].tolist()
        pairs = zip(zip(a, b, strict=True), self.rounds.tolist(), strict=True)
        return [*pairs, *((trio.members, trio.round) for trio in self.trios)]

    @property
    def room(self) -> Integers:
        """(zones, rounds): meetings that would still find a table, by zone."""
        room = self.problem.room.copy()
        trios = [trio.round for trio in self.trios]
        every = np.concatenate([self.rounds, np.array(trios, dtype=np.int64)])
        room[0] -= np.bincount(every, minlength=self.problem.rounds)
        for members, number in self.members if self.problem.zones.seats else ():
            room[list(self.problem.zones.of(members)[1:]), number] -= 1
        return room

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
    def rank(self) -> tuple[int, ...]:
        """The order of aims as numbers, greater is better.

        Most pins; fewest sit-outs, the fewest below anybody's minimum, the fewest for whoever has
        most, the most even; then the total weight.
        """
        problem, meetings = self.problem, self.meetings
        sit_outs = problem.whole - meetings
        return (
            int(problem.pinned[self.pairs].sum()),
            -int(sit_outs.sum()),
            -int(np.maximum(0, problem.fewest - meetings).sum()),
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
