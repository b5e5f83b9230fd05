"""Zones of tables: where a meeting may sit, and how many meetings find a place at once.

Somebody who sits only at certain tables (a quiet corner, a fixed place) takes their partners there:
a meeting may use the tables that all its members may use. The meetings of a round find a table each
exactly if no union of such sets holds more meetings than tables (Hall 1935), and unions of sets
that do not overlap need no look of their own. The unions that remain are the zones. Everything that
places meetings counts them by zone; table numbers are chosen in the end (`tables`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from matcher.errors import NoPlan
from matcher.rules.rule import Indices, Mask

__all__ = ["Seats", "Zones"]

Integers = NDArray[np.int64]
Seats: TypeAlias = frozenset[int] | None
"""Numbers of tables; None for any."""

MOST_ZONES = 2_000
"""Zones that are still counted; people's sets of tables must not overlap in more ways than that."""


@dataclass(frozen=True)
class Zones:
    """Zone 0 is every table; the others are sets of tables that some meetings are bound to.

    Parameters
    ----------
    seats
        (people,): tables at which the person may sit; empty when everybody may sit anywhere.
    numbers
        (rounds,): tables there are, numbered from 1.
    """

    seats: tuple[Seats, ...]
    numbers: tuple[int, ...]

    @classmethod
    def of_people(cls, seats: Iterable[Sequence[Seats]], numbers: Integers) -> Zones:
        """Return the zones of people who must respect several such lists at once."""
        result: tuple[Seats, ...] = ()
        for mine in seats:
            result = tuple(map(_common, result, mine)) if result else tuple(mine)
        bound = any(each is not None for each in result)
        return cls(result if bound else (), tuple(numbers.tolist()))

    @cached_property
    def sets(self) -> tuple[frozenset[int], ...]:
        """The zones from 1 on."""
        own = {each for each in self.seats if each is not None}
        bound = own
        for _ in range(2):  # two and three people
            bound = bound | {x & y for x in bound for y in own}
        found, new = set(bound), set(bound)
        while new:
            new = {x | y for x in new for y in bound if x & y} - found
            found |= new
            if len(found) > MOST_ZONES:
                raise NoPlan(
                    f"The tables that people are bound to overlap in more than {MOST_ZONES} ways. "
                    "Give people who need the same thing the same tables."
                )
        return tuple(sorted(found, key=lambda zone: (len(zone), sorted(zone))))

    def room(self, tables: Integers) -> Integers:
        """Return (1 + zones, rounds): most meetings in each zone, at most `tables` in all."""
        zones = [
            [sum(table <= most for table in zone) for most in self.numbers] for zone in self.sets
        ]
        return np.array([tables.tolist(), *zones], dtype=np.int64)

    def tables(self, members: Iterable[int], number: int) -> Seats:
        """Return the tables that a meeting of these people may use in a round (from 0)."""
        seats = self._seats(members)
        if seats is None:
            return None
        return frozenset(table for table in seats if table <= self.numbers[number])

    def _seats(self, members: Iterable[int]) -> Seats:
        result: Seats = None
        for person in members if self.seats else ():
            result = _common(result, self.seats[person])
        return result

    def rivals(self, people: Iterable[int]) -> set[int]:
        """Return whoever is bound to a table that one of these people is bound to, and them."""
        wanted = [self.seats[i] or frozenset() for i in people] if self.seats else []
        tables = frozenset().union(*wanted)
        return {i for i, mine in enumerate(self.seats) if mine is not None and mine & tables}

    def of(self, members: Iterable[int]) -> tuple[int, ...]:
        """Return the zones to which a meeting of these people counts, 0 first."""
        return self._within(self._seats(members))

    def of_pairs(self, a: Indices, b: Indices) -> list[tuple[int, ...]]:
        """Return the zones of each pair's meeting."""
        if not self.seats:
            return [(0,)] * len(a)
        kinds, kind = self._kinds(a, b)
        return [kinds[i] for i in kind.tolist()]

    def open(self, a: Indices, b: Indices, room: Integers) -> Mask:
        """Return (pairs, rounds): whether some table could be free for the pair, given the room."""
        if not self.seats:
            return np.ones((len(a), room.shape[1]), dtype=np.bool_)
        kinds, kind = self._kinds(a, b)
        found = [(room[list(zones)] > 0).all(axis=0) for zones in kinds]
        return np.array(found, dtype=np.bool_).reshape(-1, room.shape[1])[kind]

    def _kinds(self, a: Indices, b: Indices) -> tuple[list[tuple[int, ...]], Integers]:
        """Return the different answers of `of`, and which of them each pair gets."""
        code = self._codes[a] * len(self.seats) + self._codes[b]
        _, first, kind = np.unique(code, return_index=True, return_inverse=True)
        return [self.of((int(a[i]), int(b[i]))) for i in first], kind.astype(np.int64)

    @cached_property
    def _codes(self) -> Integers:
        """(people,): the same number for people who may sit at the same tables."""
        number: dict[Seats, int] = {}
        codes = [number.setdefault(each, len(number)) for each in self.seats]
        return np.array(codes, dtype=np.int64)

    def group(
        self, meetings: Iterable[tuple[Sequence[int], int]]
    ) -> dict[tuple[int, int], list[int]]:
        """Return which of these (members, round) share each zone and round, by position."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for at, (members, number) in enumerate(meetings):
            for zone in self.of(members):
                found[zone, number].append(at)
        return found

    @cached_property
    def _known(self) -> dict[frozenset[int], tuple[int, ...]]:
        return {}

    def _within(self, allowed: Seats) -> tuple[int, ...]:
        if allowed is None:
            return (0,)
        if allowed not in self._known:
            inside = (i for i, zone in enumerate(self.sets, start=1) if allowed <= zone)
            self._known[allowed] = (0, *inside)
        return self._known[allowed]


def _common(one: Seats, other: Seats) -> Seats:
    if one is None or other is None:
        return other if one is None else one
    return one & other
