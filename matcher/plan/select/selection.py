"""From halves to whole pairs: who meets, before anybody says when.

The flow leaves some pairs at one half; they form paths and cycles. Taking every other pair of one
loses nothing, but on a cycle of odd length somebody ends up one meeting short. Two such people are
brought together by an alternating path, which adds a pair, drops the next, and so on, at the least
loss in reduced weight; usually that is close to nothing. One search from all of them at once finds
a path for many: it ends where the neighbourhoods of two people touch.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from matcher.plan.bound.relaxation import Integers, Relaxation
from matcher.plan.problem import Problem
from matcher.rules.rule import Indices, Mask

__all__ = ["select"]

MOST_SEARCHES, PAIRS_TO_SEARCH = 30, 3_000_000
"""Searches in a row that may find no path, each without the pairs that the one before used twice:
at most so many, and no more than look at so many pairs together."""
JOINTS = 4
"""Places where the neighbourhoods of the same two people touch that are tried, cheapest first."""


def select(problem: Problem, weight: Integers, relaxation: Relaxation) -> Integers:
    """Return pairs that respect the limits on meetings and lose little against the relaxation.

    Parameters
    ----------
    problem, weight
        What the relaxation was solved for.
    relaxation
        Its limits are kept, the lower ones as far as alternating paths reach.

    Returns
    -------
    indices
        Indices into the problem's pairs, ascending.
    """
    search = _Alternation(problem, weight, relaxation)
    search.fill()
    return np.union1d(relaxation.pairs[search.taken], np.flatnonzero(problem.pinned))


def _rounded(a: Indices, b: Indices, halves: Integers, people: int) -> Mask:
    """Return whole pairs and every other one along the paths and cycles of half pairs."""
    taken: Mask = halves == 2
    trails = _Trails(a, b, np.flatnonzero(halves == 1))
    for start in trails.starts(people):
        for place, pair in enumerate(trails.walk(start)):
            taken[pair] = place % 2 == 1
    return taken


class _Trails:
    """Takes the half pairs apart into trails that use each of them once."""

    def __init__(self, a: Indices, b: Indices, pairs: Integers) -> None:
        self.ends = {pair: (int(a[pair]), int(b[pair])) for pair in pairs.tolist()}
        self.at: dict[int, list[int]] = defaultdict(list)
        for pair in reversed(self.ends):
            for end in self.ends[pair]:
                self.at[end].append(pair)

    def starts(self, people: int) -> list[int]:
        """Return where trails begin: ends of paths first, so that no path is cut in two."""
        held = sorted(self.at)
        odd = [v for v in held if len(self.at[v]) % 2]
        return odd + [v for v in held for _ in range((len(self.at[v]) + 1) // 2)]

    def walk(self, vertex: int) -> list[int]:
        """Return the pairs of one trail from here, removing them."""
        trail: list[int] = []
        while True:
            while self.at[vertex] and self.at[vertex][-1] not in self.ends:
                self.at[vertex].pop()
            if not self.at[vertex]:
                return trail
            pair = self.at[vertex].pop()
            one, other = self.ends.pop(pair)
            trail.append(pair)
            vertex = other if vertex == one else one


class _Alternation:
    """A selection that is filled up along alternating paths of least loss (Dijkstra 1959).

    A state of the search is a person together with whether they just gained a meeting: state v has
    lost one and must gain one, state n + v has gained one and must lose one. Whoever has room
    starts as if they had lost one, and a path is two such searches that meet in one pair.
    """

    def __init__(self, problem: Problem, weight: Integers, relaxation: Relaxation) -> None:
        pairs, self.people = relaxation.pairs, problem.people
        self.a, self.b = (side[pairs].astype(np.int64) for side in (problem.a, problem.b))
        self.limits = relaxation.limits
        self.taken = _rounded(self.a, self.b, relaxation.halves, self.people)
        ends = np.concatenate([self.a[self.taken], self.b[self.taken]])
        self.meetings = np.bincount(ends, minlength=self.people) + problem.pin_meetings
        self.reduced = relaxation.prices.reduced(problem.a[pairs], problem.b[pairs], weight[pairs])
        self.keys = self.a * self.people + self.b
        self.left_out = np.zeros(len(pairs), dtype=np.bool_)

    def fill(self) -> None:
        """Give meetings to people with room until enough seats are taken."""
        failures, most = 0, min(MOST_SEARCHES, PAIRS_TO_SEARCH // max(1, len(self.a)) + 1)
        while int(self.meetings.sum()) + 1 < self.limits.least and failures < most:
            paths, twice = self._search()
            for path in paths:
                self._flip(path)
            if paths:
                failures, self.left_out[:] = 0, False
            elif twice:
                failures, self.left_out[list(twice)] = failures + 1, True
            else:
                return

    def _flip(self, path: list[int]) -> None:
        for place, pair in enumerate(path):
            self.taken[pair] = place % 2 == 0
            self.meetings[[self.a[pair], self.b[pair]]] += 1 if place % 2 == 0 else -1

    def _search(self) -> tuple[list[list[int]], set[int]]:
        """Return paths that share nothing, and the pairs that would-be paths used twice."""
        cost = np.maximum(0, np.where(self.taken, self.reduced, -self.reduced))
        distance, before, source = self._distances(cost)
        paths: list[list[int]] = []
        twice: set[int] = set()
        used: set[int] = set()
        ended: set[int] = set()
        missing = self.limits.least - int(self.meetings.sum())
        for joint in self._joints(cost, distance, source):
            ends = {int(source[state]) for state in self._meet(joint)}
            if 2 * len(paths) + 1 >= missing:
                break
            if ends & ended:
                continue
            path = self._path(joint, before)
            if len(set(path)) < len(path):
                twice.update(pair for pair in path if path.count(pair) > 1)
            elif used.isdisjoint(path):
                paths.append(path)
                used.update(path)
                ended |= ends
        return paths, twice

    def _distances(
        self, cost: Integers
    ) -> tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]]:
        """Return of each state: distance from the nearest start, state before it, that start.

        Every step costs one more than its loss, which prefers short paths and keeps the graph
        free of zeros; the sums are whole numbers far below what a float can hold exactly.
        """
        n, open_ = self.people, ~self.left_out
        a, b, taken = self.a[open_], self.b[open_], self.taken[open_]
        out, into = np.where(taken, n, 0), np.where(taken, 0, n)
        tail, head = np.concatenate([a + out, b + out]), np.concatenate([b + into, a + into])
        step = np.concatenate([cost[open_], cost[open_]]) + 1.0
        graph = csr_array((step, (tail, head)), shape=(2 * n, 2 * n))
        starts = np.flatnonzero(self.meetings < self.limits.high)
        found: tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]] = dijkstra(
            graph, indices=starts, return_predecessors=True, min_only=True
        )
        return found

    def _joints(
        self, cost: Integers, distance: NDArray[np.float64], source: NDArray[np.int32]
    ) -> Iterator[int]:
        """Yield pairs in which two searches meet: those that help whoever lacks most, cheap ones.

        Of the same two starts only the cheapest few are looked at.
        """
        one, other = self._meet_all()
        total = distance[one] + cost + distance[other]
        good = np.isfinite(total) & (source[one] != source[other]) & ~self.left_out
        pairs = np.flatnonzero(good)
        first, last = source[one[pairs]].astype(np.int64), source[other[pairs]].astype(np.int64)
        short = self.meetings < self.limits.low
        helped = short[first].astype(np.int64) + short[last]
        key = np.minimum(first, last) * self.people + np.maximum(first, last)
        order = np.lexsort((pairs, total[pairs], key))
        fresh = np.concatenate([[True], key[order][1:] != key[order][:-1]])[: len(order)]
        at = np.arange(len(order))
        place = at - np.maximum.accumulate(np.where(fresh, at, 0)) if len(order) else at
        order = order[place < JOINTS]
        order = order[np.lexsort((pairs[order], total[pairs[order]], -helped[order]))]
        yield from pairs[order].tolist()

    def _meet_all(self) -> tuple[Integers, Integers]:
        """Return for each pair the states of its two people between which it would be a joint."""
        state = np.where(self.taken, self.people, 0)
        return self.a + state, self.b + state

    def _meet(self, pair: int) -> tuple[int, int]:
        state = self.people if self.taken[pair] else 0
        return int(self.a[pair]) + state, int(self.b[pair]) + state

    def _path(self, joint: int, before: NDArray[np.int32]) -> list[int]:
        """Return the pairs of the path through this joint, from one start to the other."""
        one, other = (self._trace(state, before) for state in self._meet(joint))
        return [*one[::-1], joint, *other]

    def _trace(self, state: int, before: NDArray[np.int32]) -> list[int]:
        """Return the pairs from this state back to where its search started."""
        steps: list[int] = []
        while (earlier := int(before[state])) >= 0:
            steps.append(self._pair_at(earlier % self.people, state % self.people))
            state = earlier
        return steps

    def _pair_at(self, i: int, j: int) -> int:
        """Return which of the pairs these two are; the pairs are sorted by (a, b)."""
        key = min(i, j) * self.people + max(i, j)
        return int(np.searchsorted(self.keys, key))
