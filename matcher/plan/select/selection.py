"""From halves to whole pairs: who meets, before anybody says when.

The flow leaves some pairs at one half; they form paths and cycles. Taking every other pair of one
loses nothing, but on a cycle of odd length somebody ends up one meeting short. Two such people are
brought together by an alternating path, which adds a pair, drops the next, and so on, at the least
loss in reduced weight; usually that is close to nothing. One search from all of them at once finds
where the neighbourhoods of two people touch; whom to bring together with whom is then a matching of
its own, for which the same flow is used.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from matcher.plan.bound.flow import Flow, double_cover_flow
from matcher.plan.bound.limits import Limits
from matcher.plan.bound.relaxation import Integers, Relaxation
from matcher.plan.problem import Problem
from matcher.rules.rule import Indices, Mask

__all__ = ["select"]

MOST_SEARCHES, PAIRS_TO_SEARCH = 30, 3_000_000
"""Searches in a row that may find no path, each without the pairs that the one before used twice:
at most so many, and no more than look at so many pairs together."""
MOST_TRADES = 30
"""People who may take over the meeting of somebody to whom it is worth less."""
JOINTS, WAYS = 4, 12
"""Places where the neighbourhoods of the same two people touch, and all such places of one person,
that are looked at, cheapest first."""


def select(
    problem: Problem,
    weight: Integers,
    relaxation: Relaxation,
    go_on: Callable[[], None] = lambda: None,
) -> Integers:
    """Return pairs that respect the limits on meetings and lose little against the relaxation.

    Parameters
    ----------
    problem, weight
        What the relaxation was solved for.
    relaxation
        Its limits are kept, the lower ones as far as alternating paths reach.
    go_on
        Called now and then; raises to stop.

    Returns
    -------
    indices
        Indices into the problem's pairs, ascending.
    """
    pairs = relaxation.pairs
    search = _Alternation(
        problem.a[pairs].astype(np.int64),
        problem.b[pairs].astype(np.int64),
        weight[pairs],
        Flow(halves=relaxation.halves, prices=relaxation.prices),
        relaxation.limits.less(problem.pin_meetings),
    )
    search.fill(go_on)
    return np.union1d(pairs[search.taken], np.flatnonzero(problem.pinned))


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

    def __init__(
        self, a: Integers, b: Integers, weight: Integers, flow: Flow, limits: Limits
    ) -> None:
        self.a, self.b, self.limits, self.people = a, b, limits, len(limits.low)
        self.taken = _rounded(a, b, flow.halves, self.people)
        ends = np.concatenate([a[self.taken], b[self.taken]])
        self.meetings = np.bincount(ends, minlength=self.people)
        self.prices, self.reduced = flow.prices, flow.prices.reduced(a, b, weight)
        self.keys = a * self.people + b
        self.left_out = np.zeros(len(a), dtype=np.bool_)

    def fill(self, go_on: Callable[[], None]) -> None:
        """Give meetings to people with room until enough seats are taken, to the dearest first."""
        self._bring_together(go_on)
        price, room = self.prices.person, self.meetings < self.limits.high
        dear = np.flatnonzero(room & (price > 0))
        for person in dear[np.argsort(-price[dear], kind="stable")][:MOST_TRADES].tolist():
            go_on()
            path = self._trade(person)
            if path:
                self._flip(path)

    def _bring_together(self, go_on: Callable[[], None]) -> None:
        failures, most = 0, min(MOST_SEARCHES, PAIRS_TO_SEARCH // max(1, len(self.a)) + 1)
        while int(self.meetings.sum()) + 1 < self.limits.least and failures < most:
            go_on()
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
        starts = np.flatnonzero(self.meetings < self.limits.high)
        distance, before, source = self._distances(cost, starts)
        joints, first, last, loss = self._joints(cost, distance, source)
        found, twice = self._paths(joints, first, last, before)
        ways = np.array(list(found), dtype=np.int64)
        paths: list[list[int]] = []
        used: set[int] = set()
        ended: set[int] = set()
        missing = self.limits.least - int(self.meetings.sum())
        for way in ways[self._together(first[ways], last[ways], loss[ways])].tolist():
            path, ends = found[way], {int(first[way]), int(last[way])}
            if 2 * len(paths) + 1 < missing and ended.isdisjoint(ends) and used.isdisjoint(path):
                paths.append(path)
                used.update(path)
                ended |= ends
        return paths, twice

    def _trade(self, person: int) -> list[int]:
        """Return a path that gives a person the meeting of somebody cheaper; empty without any."""
        spare = np.flatnonzero(self.meetings > self.limits.low)
        spare = spare[self.prices.person[spare] < self.prices.person[person]]
        if not len(spare):
            return []
        cost = np.maximum(0, np.where(self.taken, self.reduced, -self.reduced))
        distance, before, _ = self._distances(cost, np.array([person]))
        loss = distance[spare] + self.prices.person[spare] - self.prices.person[person]
        steps = self._steps(before)
        for at in np.argsort(loss, kind="stable")[:WAYS].tolist():
            path = self._trace(int(spare[at]), *steps)[::-1]
            if loss[at] < 0 and len(set(path)) == len(path):
                return path
        return []

    def _paths(
        self, joints: Integers, first: Integers, last: Integers, before: NDArray[np.int32]
    ) -> tuple[dict[int, list[int]], set[int]]:
        """Return for every two starts the first path that is one, by its place among the joints.

        The second result are the pairs that the others would use twice.
        """
        steps = self._steps(before)
        found: dict[int, list[int]] = {}
        joined: set[tuple[int, int]] = set()
        twice: set[int] = set()
        ends = zip(joints.tolist(), first.tolist(), last.tolist(), strict=True)
        for way, (joint, one, other) in enumerate(ends):
            if (one, other) in joined:
                continue
            path = self._path(joint, *steps)
            if len(set(path)) == len(path):
                found[way] = path
                joined.add((one, other))
            else:
                twice.update(pair for pair in path if path.count(pair) > 1)
        return found, twice

    def _distances(
        self, cost: Integers, starts: Integers
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
        found: tuple[NDArray[np.float64], NDArray[np.int32], NDArray[np.int32]] = dijkstra(
            graph, indices=starts, return_predecessors=True, min_only=True
        )
        return found

    def _joints(
        self, cost: Integers, distance: NDArray[np.float64], source: NDArray[np.int32]
    ) -> tuple[Integers, Integers, Integers, Integers]:
        """Return pairs in which two searches meet, from which starts they come, and the loss.

        The same two starts meet in a few places; of all these, the cheapest of each start count.
        """
        one, other = self._meet_all()
        total = distance[one] + cost + distance[other]
        good = np.isfinite(total) & (source[one] != source[other]) & ~self.left_out
        pairs = np.flatnonzero(good)
        loss = total[pairs].astype(np.int64)
        ends = source[one[pairs]].astype(np.int64), source[other[pairs]].astype(np.int64)
        first, last = np.minimum(*ends), np.maximum(*ends)
        best = _cheapest(first * self.people + last, loss, JOINTS)
        near = np.zeros(len(best), dtype=np.bool_)
        for side in (first, last):
            near[_cheapest(side[best], loss[best], WAYS)] = True
        best = best[near][np.lexsort((loss[best[near]], last[best[near]], first[best[near]]))]
        return pairs[best], first[best], last[best], loss[best]

    def _steps(self, before: NDArray[np.int32]) -> tuple[list[int], list[int]]:
        """Return for each state the one before it, negative at a start, and the pair between."""
        state = np.arange(2 * self.people)
        one, other = before % self.people, state % self.people
        key = np.minimum(one, other) * self.people + np.maximum(one, other)
        return before.tolist(), np.searchsorted(self.keys, key).tolist()

    def _together(self, first: Integers, last: Integers, loss: Integers) -> Integers:
        """Return which of these ways to bring people together to go.

        As many people as possible get a meeting, those who lack one before others, and then the
        loss is least: the same task again, a hundredth of the size, whose flow leaves fewer halves.
        """
        people, ends = np.unique(np.concatenate([first, last]), return_inverse=True)
        one, other = ends.reshape(2, -1)
        short = (self.meetings < self.limits.low)[people].astype(np.int64)
        helped = short[one] + short[other]
        loss = loss - self.prices.person[first] - self.prices.person[last]
        loss -= int(loss.min(initial=0))
        worth = (len(people) + 1) * (int(loss.max(initial=0)) + 1) * (1 + helped) - loss
        missing = self.limits.least - int(self.meetings.sum())
        none = np.zeros(len(people), dtype=np.int64)
        limits = Limits(low=none, high=none + 1, least=0, most=min(missing, len(people)))
        flow = double_cover_flow(one, other, worth, limits)
        assert flow is not None  # to bring nobody together would keep the limits
        search = _Alternation(one, other, worth, flow, replace(limits, least=flow.halves.sum()))
        if search.taken.any():  # else it would be no smaller task
            search.fill(lambda: None)
            chosen = np.flatnonzero(search.taken)
        else:
            chosen = np.arange(len(loss))
        return chosen[np.lexsort((chosen, loss[chosen], -helped[chosen]))]

    def _meet_all(self) -> tuple[Integers, Integers]:
        """Return for each pair the states of its two people between which it would be a joint."""
        state = np.where(self.taken, self.people, 0)
        return self.a + state, self.b + state

    def _meet(self, pair: int) -> tuple[int, int]:
        state = self.people if self.taken[pair] else 0
        return int(self.a[pair]) + state, int(self.b[pair]) + state

    def _path(self, joint: int, before: list[int], through: list[int]) -> list[int]:
        """Return the pairs of the path through this joint, from one start to the other."""
        one, other = (self._trace(state, before, through) for state in self._meet(joint))
        return [*one[::-1], joint, *other]

    @staticmethod
    def _trace(state: int, before: list[int], through: list[int]) -> list[int]:
        """Return the pairs from this state back to where its search started."""
        steps: list[int] = []
        while before[state] >= 0:
            steps.append(through[state])
            state = before[state]
        return steps


def _cheapest(group: Integers, loss: Integers, count: int) -> Integers:
    """Return which of some are among the `count` cheapest of their group."""
    order = np.lexsort((np.arange(len(group)), loss, group))
    sorted_group = group[order]
    first = np.searchsorted(sorted_group, sorted_group)
    return np.sort(order[np.arange(len(order)) - first < count])
