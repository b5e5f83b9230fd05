"""The best of all schedules of a few rounds and at most twelve people, by looking at every one.

Written apart from the planner and from `planning.best_rank`.

All seatings of one round stand in a list, the best first. A schedule takes its rounds from the list
in that order, so whatever follows can be no better than its next round over and over; where that is
no better than the best schedule known, the rest of the list is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from planning import Rank

from matcher.affinity.table import Affinities
from matcher.settings import Odd, Settings

Seating = tuple[int, int, int, int]
"""Pairs that meet, as bits of two words; sit-outs, three bits a person; the total in half-units."""


def best_of_all(affinities: Affinities, settings: Settings) -> Rank:
    """Return the rank of the best schedule, everybody present."""
    return best_of_each(affinities, settings, [settings.rounds])[settings.rounds]


def best_of_each(
    affinities: Affinities, settings: Settings, numbers: Iterable[int]
) -> dict[int, Rank]:
    """Return the rank of the best schedule of each number of rounds."""
    people = len(affinities.ids)
    seatings = np.array(sorted(set(_seatings(affinities, settings))), dtype=np.int64)
    order = np.lexsort((-seatings[:, 3], _sit_outs(seatings[:, 2], people)[0]))
    ranks = {}
    for rounds in numbers:
        search = _Search(people, *seatings[order].T)
        search.look(np.zeros(4, dtype=np.int64), 0, rounds)
        ranks[rounds] = _rank(search.best)
    return ranks


@dataclass
class _Search:
    people: int
    some: np.ndarray
    others: np.ndarray
    idle: np.ndarray
    total: np.ndarray
    best: int = np.iinfo(np.int64).min

    def look(self, before: np.ndarray, start: int, rounds: int) -> None:
        """Look at all schedules that begin like this and take further rounds from here on."""
        free = (self.some[start:] & before[0] | self.others[start:] & before[1]) == 0
        at = start + np.flatnonzero(free)
        idle, total = before[2] + self.idle[at], before[3] + self.total[at]
        if rounds == 1:
            key = _key(*_sit_outs(idle, self.people), total)
            self.best = max(self.best, int(key.max(initial=self.best)))
            return
        hope = self._hope(before, at, rounds)
        for place, number in enumerate(at.tolist()):
            if hope[place] <= self.best:
                return
            met = before[0] | self.some[number], before[1] | self.others[number]
            self.look(np.array([*met, idle[place], total[place]]), number, rounds - 1)

    def _hope(self, before: np.ndarray, at: np.ndarray, rounds: int) -> np.ndarray:
        """Return the key that no schedule exceeds whose next rounds come from these on."""
        sit_outs = _sit_outs(before[2], self.people)[0]
        sit_outs = sit_outs + rounds * _sit_outs(self.idle[at], self.people)[0]
        least, rest = sit_outs // self.people, sit_outs % self.people
        squares = self.people * least**2 + rest * (2 * least + 1)
        return _key(sit_outs, least + (rest > 0), squares, before[3] + rounds * self.total[at])


def _sit_outs(packed: np.ndarray, people: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return how many there are, the most of anybody, and the sum of squares."""
    counts = np.asarray(packed)[..., None] >> 3 * np.arange(people) & 7
    return counts.sum(-1), counts.max(-1), (counts**2).sum(-1)


def _key(
    sit_outs: np.ndarray, most: np.ndarray, squares: np.ndarray, total: np.ndarray
) -> np.ndarray:
    """Return one number a schedule, in the order of the aims."""
    return ((-sit_outs * 8 - most) * 512 - squares) * 2**27 + total


def _rank(key: int) -> Rank:
    rest, total = divmod(key, 2**27)
    rest, squares = divmod(-rest, 512)
    return -(rest // 8), -(rest % 8), -squares, total


def _seatings(affinities: Affinities, settings: Settings) -> Iterator[Seating]:
    n = len(affinities.ids)
    a, b = (side.astype(np.int32) for side in np.triu_indices(n, 1))
    values = affinities.of(a, b).tolist()
    worth = dict(zip(zip(a.tolist(), b.tolist(), strict=True), values, strict=True))
    place = {pair: divmod(at, 60) for at, pair in enumerate(worth)}
    permitted = {pair for pair, value in worth.items() if value >= 0}
    sizes = (1, 2) if settings.odd is Odd.TRIO and n % 2 else (1,)
    tables = n if settings.tables is None else settings.tables

    def seat(free: tuple[int, ...], room: int, sizes: tuple[int, ...]) -> Iterator[Seating]:
        if not free:
            yield 0, 0, 0, 0
            return
        first, rest = free[0], free[1:]
        for some, others, idle, total in seat(rest, room, sizes):
            yield some, others, idle | 1 << 3 * first, total
        for size in sizes if room else ():
            for beside in combinations(rest, size):
                met = list(combinations((first, *beside), 2))
                if permitted.issuperset(met):
                    new = [0, 0]
                    for pair in met:
                        new[place[pair][0]] |= 1 << place[pair][1]
                    gain = sum(worth[pair] for pair in met) * (2 if size == 1 else 1)
                    left = tuple(person for person in rest if person not in beside)
                    smaller = sizes if size == 1 else (1,)
                    for some, others, idle, total in seat(left, room - 1, smaller):
                        yield some | new[0], others | new[1], idle, total + gain

    yield from seat(tuple(range(n)), tables, sizes)
