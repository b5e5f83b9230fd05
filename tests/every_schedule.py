"""The best of all schedules of one or two rounds, by looking at every one: for up to eleven people
in two rounds, twelve in one. Written apart from `planning.best_rank`, as sets of bits in arrays.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from planning import Rank

from matcher.affinity.table import Affinities
from matcher.settings import Odd, Settings

Seating = tuple[int, int, int]
"""Pairs that meet and people who do not, as bits, and the total in half-units."""


def best_of_all(affinities: Affinities, settings: Settings) -> Rank:
    """Return the rank of the best schedule with one or two rounds, everybody present."""
    seatings = np.array(sorted(set(_seatings(affinities, settings))), dtype=np.int64)
    pairs, idle, total = seatings.T
    if settings.rounds == 1:
        key = _key(np.bitwise_count(idle).astype(np.int64), np.zeros_like(idle), total)
        return _rank(int(key.max()))
    assert settings.rounds == 2
    best = max(
        int(_two_rounds(idle[at:], idle[at], total[at:] + total[at], pairs[at:] & pairs[at]).max())
        for at in range(len(pairs))
    )
    return _rank(best)


def _two_rounds(idle: np.ndarray, other: np.int64, total: np.ndarray, again: np.ndarray):
    sit_outs = np.bitwise_count(idle).astype(np.int64) + int(np.bitwise_count(other))
    twice = np.bitwise_count(idle & other).astype(np.int64)
    return np.where(again == 0, _key(sit_outs, twice, total), np.iinfo(np.int64).min)


def _key(sit_outs: np.ndarray, twice: np.ndarray, total: np.ndarray) -> np.ndarray:
    """Return one number a schedule, in the order of the aims."""
    most = np.minimum(sit_outs, 1) + np.minimum(twice, 1)
    squares = sit_outs + 2 * twice
    return ((-sit_outs * 4 - most) * 64 - squares) * 2**26 + total


def _rank(key: int) -> Rank:
    rest, total = divmod(key, 2**26)
    rest, squares = divmod(-rest, 64)
    return -(rest // 4), -(rest % 4), -squares, total


def _seatings(affinities: Affinities, settings: Settings) -> Iterator[Seating]:
    n = len(affinities.ids)
    a, b = (side.astype(np.int32) for side in np.triu_indices(n, 1))
    values = affinities.of(a, b).tolist()
    worth = dict(zip(zip(a, b, strict=True), values, strict=True))
    # In a single round nobody meets twice; the 66 pairs of twelve people do not fit a word.
    bit = {pair: 1 << at if settings.rounds > 1 else 0 for at, pair in enumerate(worth)}
    permitted = {pair for pair, value in worth.items() if value >= 0}
    sizes = (1, 2) if settings.odd is Odd.TRIO and n % 2 else (1,)
    tables = n if settings.tables is None else settings.tables

    def seat(free: tuple[int, ...], room: int, sizes: tuple[int, ...]) -> Iterator[Seating]:
        if not free:
            yield 0, 0, 0
            return
        first, rest = free[0], free[1:]
        for pairs, idle, total in seat(rest, room, sizes):
            yield pairs, idle | 1 << first, total
        for size in sizes if room else ():
            for others in combinations(rest, size):
                met = list(combinations((first, *others), 2))
                if permitted.issuperset(met):
                    new = sum(bit[pair] for pair in met)
                    gain = sum(worth[pair] for pair in met) * (2 if size == 1 else 1)
                    left = tuple(person for person in rest if person not in others)
                    for pairs, idle, total in seat(left, room - 1, sizes if size == 1 else (1,)):
                        yield pairs | new, idle, total + gain

    yield from seat(tuple(range(n)), tables, sizes)
