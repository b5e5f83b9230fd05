"""The planning problem: who may meet whom, when and how often, as arrays.

Solvers see only a `Problem`, never a rule; `narrow` makes one out of the other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import Score
from matcher.rules import Restriction
from matcher.rules.rule import Indices, Mask

from .zones import Zones

__all__ = ["Fixed", "Problem", "Trio", "scatter"]

Integers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Trio:
    """Three people, indices in order, who share a table in one round (from 0)."""

    round: int
    members: tuple[int, int, int]

    @property
    def pairs(self) -> tuple[tuple[int, int], tuple[int, int], tuple[int, int]]:
        """Every two of them."""
        i, j, k = self.members
        return (i, j), (i, k), (j, k)


@dataclass(frozen=True, kw_only=True)
class Fixed:
    """A meeting that is settled before anything is planned: printed, or pinned in its round.

    Parameters
    ----------
    round
        From 0.
    members
        Two or three people, indices in order.
    table
        Its number as printed; None when it may sit anywhere.
    value
        In half-units.
    """

    round: int
    members: tuple[int, ...]
    table: int | None = None
    value: int = 0

    @property
    def pairs(self) -> tuple[tuple[int, int], ...]:
        """Every two of them."""
        return tuple(combinations(self.members, 2))


@dataclass(frozen=True, kw_only=True)
class Problem:
    """People are indices from 0 into `ids`, rounds count from 0.

    Parameters
    ----------
    a, b, weight
        (pairs,): permitted pairs ``a < b``, sorted by (a, b), with their affinity.
    others
        Affinity of further permitted pairs that are not written out; None when there are none.
    score
        What these are worth once they are written out, where that is not `others` exactly.
    restrictions
        What the rules forbid, for the pairs not written out and for pairs in a round.
    present
        (people, rounds): who can be given a meeting when.
    most
        (people,): most meetings of a person, never above the rounds present.
    fewest
        (people,): meetings a person should get at least, if that can be.
    owed
        (people,): sit-outs a person has already, in rounds that are frozen.
    zones, room
        Tables that people are bound to, and (zones, rounds) the most meetings in each; row 0 is
        the room in the whole round.
    trios
        Whether a trio may take up an odd number of people.
    pins, pin_rounds
        Keys of pairs that must meet as a pair, ascending, and rounds in which all of them can.
    fixed
        Meetings settled beforehand; nothing above counts them any more.
    idle
        (people, rounds): who sits out in a frozen round.
    """

    ids: tuple[str, ...]
    rounds: int
    a: NDArray[np.int32]
    b: NDArray[np.int32]
    weight: Integers
    others: int | None
    score: Score | None
    restrictions: tuple[Restriction, ...]
    present: Mask
    most: Integers
    fewest: Integers
    owed: Integers
    zones: Zones
    room: Integers
    trios: bool
    seed: int
    pins: Integers
    pin_rounds: Integers
    fixed: tuple[Fixed, ...] = ()
    idle: Mask

    @property
    def people(self) -> int:
        """Number of people."""
        return len(self.ids)

    @property
    def tables(self) -> Integers:
        """(rounds,): most meetings in a round."""
        result: Integers = self.room[0]
        return result

    @cached_property
    def whole(self) -> Integers:
        """(people,): meetings and sit-outs of a person, whatever the plan."""
        result: Integers = self.owed + self.most
        return result

    @cached_property
    def pinned(self) -> Mask:
        """(pairs,): which of the listed pairs must meet."""
        return np.isin(self.keys, self.pins)

    @cached_property
    def pin_meetings(self) -> Integers:
        """(people,): meetings of each person that pins demand."""
        ends = np.concatenate([self.a[self.pinned], self.b[self.pinned]])
        result: Integers = np.bincount(ends, minlength=self.people)
        return result

    @cached_property
    def keys(self) -> Integers:
        """One number per listed pair, ascending."""
        return self.key(self.a, self.b)

    def key(self, a: Indices, b: Indices) -> Integers:
        """Return the number of each pair ``a < b``."""
        result: Integers = a.astype(np.int64) * self.people + b
        return result

    def find(self, a: Indices, b: Indices) -> Integers:
        """Return where each pair ``a < b`` is listed, -1 where it is not."""
        wanted = self.key(a, b)
        if not len(self.keys):
            return np.full(len(wanted), -1, dtype=np.int64)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, at, -1)

    @cached_property
    def partners(self) -> Integers:
        """(people,): listed partners of each person."""
        n = self.people
        return np.bincount(self.a, minlength=n) + np.bincount(self.b, minlength=n)

    @cached_property
    def permitted_pairs(self) -> int:
        """Number of permitted pairs; an upper limit where pairs are not written out."""
        n = self.people
        return len(self.a) if self.others is None else n * (n - 1) // 2

    def allowed(self, a: Indices, b: Indices) -> Mask:
        """Return (pairs, rounds): whether the pair may meet in that round."""
        result: Mask = self.present[a] & self.present[b]
        tests = [each.pair_in_round for each in self.restrictions if each.pair_in_round]
        for number in range(self.rounds if tests else 0):
            when = np.full(len(a), number)
            for forbids in tests:
                result[:, number] &= ~forbids(a, b, when)
        if self.zones.seats:
            result &= self.zones.open(a, b, self.room)
        return result

    @property
    def rounds_are_alike(self) -> bool:
        """Whether any two rounds of a plan could be exchanged."""
        own = any(each.pair_in_round for each in self.restrictions)
        return bool(self.present.all()) and not own and not np.ptp(self.room, axis=1).any()

    @cached_property
    def shares(self) -> bool:
        """Whether a trio may be of one partner and two who do not meet each other."""
        return self.trios and any(each.shares for each in self.restrictions)

    def share(self, a: Indices, b: Indices) -> Mask:
        """Return whether the two of each pair ``a < b`` may share a partner without meeting.

        Only a rule that allows for it keeps them apart, and they have not done so before.
        """
        result: Mask = self.kept_apart(a, b) & ~np.isin(self.key(a, b), self._settled)
        for each in self.restrictions:
            if each.pair is not None and not each.shares:
                result &= ~each.pair(a, b)
        return result & self.shares

    def kept_apart(self, a: Indices, b: Indices) -> Mask:
        """Return whether a rule keeps two apart that lets them share a partner in a trio."""
        result: Mask = np.zeros(len(a), dtype=np.bool_)
        for each in self.restrictions:
            if each.pair is not None and each.shares:
                result |= each.pair(a, b)
        return result

    @cached_property
    def _settled(self) -> Integers:
        """Keys of all pairs at tables that are settled."""
        ends = np.array([pair for each in self.fixed for pair in each.pairs], dtype=np.int64)
        return self.key(*ends.reshape(-1, 2).T)

    def inside(self, triples: Integers | Sequence[tuple[int, int, int]]) -> Integers:
        """Return (triples, 3): indices of the listed pairs of each, -1 for two who do not meet."""
        i, j, k = np.asarray(triples, dtype=np.int64).reshape(-1, 3).T
        return np.stack([self.find(i, j), self.find(i, k), self.find(j, k)], axis=1)

    def keep(self, chosen: Mask | Indices) -> Problem:
        """Return the problem with only these of the listed pairs."""
        return replace(self, a=self.a[chosen], b=self.b[chosen], weight=self.weight[chosen])

    def after(self, meetings: Sequence[Trio | Fixed]) -> Problem:
        """Return what is left to plan once these meetings are settled.

        Their members are busy in that round and have met each other; their tables are taken.
        """
        present, most, room = self.present.copy(), self.most.copy(), self.room.copy()
        fewest = self.fewest.copy()
        for meeting in meetings:
            members = list(meeting.members)
            present[members, meeting.round] = False
            most[members] -= 1
            fewest[members] -= 1
            room[list(self.zones.of(members)), meeting.round] -= 1
        met = np.array([pair for each in meetings for pair in each.pairs], dtype=np.int64)
        gone = self.key(*met.reshape(-1, 2).T)
        open_pins = ~np.isin(self.pins, gone)
        return replace(
            self.keep(~np.isin(self.keys, gone)),
            present=present,
            most=most,
            fewest=np.maximum(0, fewest),
            room=room,
            pins=self.pins[open_pins],
            pin_rounds=self.pin_rounds[open_pins],
        )

    def freeze(self, rounds: Collection[int]) -> Problem:
        """Return the problem without these rounds: whoever is still free in them sits out."""
        at = sorted(rounds)
        idle = self.idle.copy()
        idle[:, at] |= self.present[:, at]
        present, room = self.present & ~idle, self.room.copy()
        room[:, at] = 0
        most = np.minimum(self.most, present.sum(axis=1))
        rest = replace(
            self,
            present=present,
            room=room,
            idle=idle,
            most=most,
            owed=self.owed + self.most - most,
        )
        return rest.keep(np.flatnonzero(rest.allowed(rest.a, rest.b).any(axis=1)))

    def place_pins(self) -> Problem:
        """Return what is left to plan when every pin takes the round known to be possible."""
        a, b = np.divmod(self.pins, self.people)
        ends = zip(a.tolist(), b.tolist(), self.pin_rounds.tolist(), strict=True)
        return self.after([Fixed(round=number, members=(i, j)) for i, j, number in ends])


def scatter(key: Integers, seed: int) -> NDArray[np.uint64]:
    """Return a well-mixed number for each key, to break ties without favouring low indices.

    Notes
    -----
    The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
    """
    with np.errstate(over="ignore"):
        z = key.astype(np.uint64) + np.uint64(seed % 2**64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))
