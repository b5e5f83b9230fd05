"""A plan beside chance: random plans, and pairs drawn at random."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import NDArray

from matcher.permitted import MayMeet, may_meet, present_in
from matcher.plan.plan import Meeting

from .findings import Findings

__all__ = ["bridging", "lift"]

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

PLANS = 200
"""Random plans that a plan is compared with."""
_MOST_MEETINGS = 500_000
_PASSES = 60


def lift(found: Findings) -> float | None:
    """Compare with random plans: the people of each round at the same tables, seated by lot.

    So rounds, absences, sit-outs and quotas are the plan's own. Seats are drawn again where two
    people may not meet, or met in an earlier round; a table for whom no lot helps is left out on
    the side of chance. Above 2,500 meetings there are fewer random plans, half a million meetings
    in all, and the mean is as sure.
    """
    if not found.plan.meetings:
        return None
    bound = [rule.restrict(found.plan.ids, found.plan.rounds) for rule in found.rules]
    present = present_in(bound, len(found.plan.ids), found.plan.rounds)
    spare = int(any(each.shares for each in bound))
    lots = _Lots(found, may_meet(bound, present), spare)
    for number in sorted({each.round for each in found.plan.meetings}):
        lots.draw([each for each in found.plan.meetings if each.round == number])
    by_chance = lots.total / lots.meetings if lots.meetings else 0.0
    return found.plan.total / len(found.plan.meetings) / by_chance if by_chance else None


class _Lots:
    """Random plans, all drawn at once, round by round.

    Parameters
    ----------
    spare
        Pairs of a trio that need not be permitted, and count nothing.

    Attributes
    ----------
    total, meetings
        Half-units of affinity, and meetings, of all plans together.
    """

    def __init__(self, found: Findings, test: MayMeet, spare: int) -> None:
        self.affinities, self.test, self.spare = found.affinities, test, spare
        self.at = {person: index for index, person in enumerate(found.affinities.ids)}
        self.random = np.random.default_rng(found.seed)
        self.plans = min(PLANS, max(1, _MOST_MEETINGS // len(found.plan.meetings)))
        self.used = np.empty(0, dtype=np.int64)
        self.total = self.meetings = 0

    def draw(self, meetings: list[Meeting]) -> None:
        """Seat the people of one round."""
        members = [self.at[member] for each in meetings for member in each.members]
        size = np.array([len(each.members) for each in meetings], dtype=np.int64)
        table = np.repeat(np.arange(len(meetings)), size)
        seats = np.tile(np.array(members, dtype=np.int64), (self.plans, 1))
        first = np.searchsorted(table, np.arange(len(meetings)))
        pairs = [
            (first[at] + i, first[at] + j)
            for at, each in enumerate(meetings)
            for i, j in combinations(range(len(each.members)), 2)
        ]
        a, b = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
        start = np.searchsorted(table[a], np.arange(len(meetings)))
        keys, values = np.empty((2, self.plans, len(a)), dtype=np.int64)
        kept = np.zeros(keys.shape, dtype=np.bool_)
        bad = np.ones((self.plans, len(meetings)), dtype=np.bool_)
        for once in range(_PASSES):
            again = self._again(bad, once)
            self._shuffle(seats, again[:, table])
            new = np.nonzero(again[:, table[a]])
            found = self._look(new[0], seats[new[0], a[new[1]]], seats[new[0], b[new[1]]])
            keys[new], values[new], kept[new] = found
            apart = np.add.reduceat(~kept, start, axis=1, dtype=np.int64)
            bad = apart > np.where(size == 3, self.spare, 0)
            if not bad.any():
                break
        good = kept & ~bad[:, table[a]]
        weight = np.where(size[table[a]] == 2, 2, 1)
        self.total += int((values * weight)[good].sum())
        self.meetings += int((~bad).sum())
        self.used = np.sort(np.concatenate([self.used, keys[good]]))

    def _again(self, bad: Mask, once: int) -> Mask:
        """Return the tables to seat anew: those in trouble, every other time with one more."""
        again = bad.copy()
        if once % 2:
            plans = np.flatnonzero(bad.any(axis=1))
            again[plans, self.random.integers(0, bad.shape[1], len(plans))] = True
        return again

    def _shuffle(self, seats: Integers, chosen: Mask) -> None:
        """Hand out the chosen seats of each plan anew, in place."""
        plan, seat = np.nonzero(chosen)
        order = np.lexsort((self.random.random(len(plan)), plan))
        seats[plan, seat] = seats[plan, seat[order]]

    def _look(
        self, plan: Integers, one: Integers, other: Integers
    ) -> tuple[Integers, Integers, Mask]:
        """Return a number for each pair of a plan, its affinity, and whether it may meet."""
        a, b = np.minimum(one, other), np.maximum(one, other)
        keys = (plan * len(self.at) + a) * len(self.at) + b
        values = self.affinities.of(a.astype(np.int32), b.astype(np.int32))
        at = np.searchsorted(self.used, keys)
        met = np.zeros(len(keys), dtype=np.bool_)
        inside = at < len(self.used)
        met[inside] = self.used[at[inside]] == keys[inside]
        return keys, values, (values >= 0) & ~met & self.test(a, b)


def bridging(found: Findings) -> Fraction | None:
    """Compare pairs that cross groups with pairs drawn from all who belong to one."""
    of = found.groups
    known = [(a, b) for a, b in found.pairs if a in of and b in of]
    every = comb(len(of), 2)
    crossing = every - _within(Counter(of.values()))
    if not known or not crossing:
        return None
    cross = sum(of[a].isdisjoint(of[b]) for a, b in known)
    return Fraction(cross, len(known)) / Fraction(crossing, every)


def _within(sets: Counter[frozenset[str]]) -> int:
    """Return how many pairs of people have a group in common."""
    holding: dict[str, list[frozenset[str]]] = {}
    for groups in sets:
        for group in groups:
            holding.setdefault(group, []).append(groups)
    mixed = {frozenset(pair) for each in holding.values() for pair in combinations(each, 2)}
    across = sum(sets[a] * sets[b] for a, b in map(tuple, mixed))
    return across + sum(comb(count, 2) for count in sets.values())
