"""From halves to whole pairs: who meets, before anybody says when.

The flow leaves some pairs at one half; they form paths and cycles. Taking every other pair of one
loses nothing, but on a cycle of odd length somebody ends up one meeting short. Two such people are
brought together by an alternating path, which adds a pair, drops the next, and so on, at the least
loss in reduced weight; usually that is close to nothing.
"""

from __future__ import annotations

import heapq
from collections import defaultdict

import numpy as np

from matcher.rules.rule import Indices, Mask

from .problem import Problem
from .relaxation import Integers, Relaxation

__all__ = ["select"]

MOST_SEARCHES = 30
"""Searches for one path, each without the pairs that the one before used twice."""


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

    A state of the search is a person together with whether they just gained a meeting. People who
    lost one must gain one; people who gained one are the end if they have room, or else lose one.
    """

    def __init__(self, problem: Problem, weight: Integers, relaxation: Relaxation) -> None:
        pairs, n = relaxation.pairs, problem.people
        a, b = problem.a[pairs], problem.b[pairs]
        self.limits, self.prices = relaxation.limits, relaxation.prices.person
        self.taken = _rounded(a, b, relaxation.halves, n)
        ends = np.concatenate([a[self.taken], b[self.taken]])
        self.meetings = np.bincount(ends, minlength=n) + problem.pin_meetings
        self.ends = list(zip(a.tolist(), b.tolist(), strict=True))
        self.reduced = relaxation.prices.reduced(a, b, weight[pairs]).tolist()
        self.at: list[list[int]] = [[] for _ in range(n)]
        for pair, (i, j) in enumerate(self.ends):
            self.at[i].append(pair)
            self.at[j].append(pair)

    def fill(self) -> None:
        """Give meetings to people with room until enough seats are taken."""
        stuck: set[int] = set()
        while int(self.meetings.sum()) + 1 < self.limits.least:
            room = np.flatnonzero(self.meetings < self.limits.high)
            start = next((v for v in self._by_need(room) if v not in stuck), None)
            if start is None:
                return
            path = self._path(start)
            if path is None:
                stuck.add(start)
            else:
                self._flip(path)

    def _by_need(self, room: Integers) -> list[int]:
        short = (self.meetings < self.limits.low)[room]
        order: list[int] = room[np.lexsort((room, -self.prices[room], ~short))].tolist()
        return order

    def _flip(self, path: list[int]) -> None:
        for place, pair in enumerate(path):
            self.taken[pair] = place % 2 == 0
            self.meetings[list(self.ends[pair])] += 1 if place % 2 == 0 else -1

    def _path(self, start: int) -> list[int] | None:
        """Return the pairs of a good path from `start` to somebody else with room.

        The best walk may use a pair twice, both ways round an odd cycle, and is then no path. That
        pair is left out and the search begins again (a blossom algorithm would do without).
        """
        left_out: set[int] = set()
        for _ in range(MOST_SEARCHES):
            walk = self._walk(start, left_out)
            if walk is None:
                return None
            twice = {pair for pair in walk if walk.count(pair) > 1}
            if not twice:
                return walk
            left_out |= twice
        return None

    def _walk(self, start: int, left_out: set[int]) -> list[int] | None:
        """Return the pairs of the alternating walk of least loss to anybody else with room."""
        came: dict[tuple[int, bool], tuple[tuple[int, bool], int]] = {}
        queue = [(0, start, False, start, False, -1)]
        while queue:
            cost, v, gained, before, before_gained, pair = heapq.heappop(queue)
            if (v, gained) in came:
                continue
            came[v, gained] = (before, before_gained), pair
            if gained and v != start and self.meetings[v] < self.limits.high[v]:
                return self._trace(came, v)
            for step in self.at[v]:
                if self.taken[step] == gained and step not in left_out:
                    i, j = self.ends[step]
                    loss = self.reduced[step] if gained else -self.reduced[step]
                    to = j if i == v else i
                    if (to, not gained) not in came:
                        entry = (cost + max(0, loss), to, not gained, v, gained, step)
                        heapq.heappush(queue, entry)
        return None

    @staticmethod
    def _trace(came: dict[tuple[int, bool], tuple[tuple[int, bool], int]], v: int) -> list[int]:
        """Return the pairs from the start to here."""
        walk, state = [], (v, True)
        while came[state][1] >= 0:
            state, pair = came[state]
            walk.append(pair)
        return walk[::-1]
