"""How many partners rules leave everybody, without writing out all pairs of a large event."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import Affinities
from matcher.rules import Restriction

__all__ = [
    "PAIRS_AT_ONCE",
    "MayMeet",
    "Permitted",
    "count_permitted",
    "distances",
    "may_meet",
    "present_in",
]

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]
MayMeet = Callable[[Integers, Integers], Mask]
"""Called with two arrays of indices, each ``a < b``; says which pairs may meet in some round."""

EVERY_PAIR_UP_TO = 1_000
"""People up to whom every pair is looked at."""
ENOUGH_BEYOND_ROUNDS = 4
"""Partners beyond the number of rounds from which a person of a large event has enough: with so
many for everybody, there are pairs for all meetings, trios included."""
PAIRS_AT_ONCE = 2_000_000
"""Pairs that are looked at in one go, for the sake of memory."""


@dataclass(frozen=True, kw_only=True)
class Permitted:
    """Partners and pairs that no rule forbids, and who are there together at least once.

    Parameters
    ----------
    partners
        (people,): permitted partners; in large events, where they are enough, only so many as
        were looked for.
    pairs
        Permitted pairs; None where only known to be enough for all meetings.
    """

    partners: Integers
    pairs: int | None


def count_permitted(
    bound: Sequence[Restriction], affinities: Affinities | None, present: Mask
) -> Permitted:
    """Count permitted partners.

    Parameters
    ----------
    bound
        The rules' restrictions.
    affinities
        None, or the only permitted pairs where it has no `others`.
    present
        (people, rounds): who is there in the rounds to be planned.
    """
    people = len(present)
    met = {pair for each in bound for meeting in each.frozen for pair in _pairs(meeting.members)}
    looking = _Looking(bound, present, np.array(sorted(a * people + b for a, b in met), np.int64))
    if affinities is not None and affinities.others is None:
        return looking.among(affinities.a, affinities.b)
    if people <= EVERY_PAIR_UP_TO:
        return looking.among(*np.triu_indices(people, 1))
    return looking.for_enough()


def may_meet(bound: Sequence[Restriction], present: Mask) -> MayMeet:
    """Return the test whether no rule keeps two people apart, and both are there in some round.

    Parameters
    ----------
    bound
        The rules' restrictions.
    present
        (people, rounds): who is there.
    """
    forbids = [each.pair for each in bound if each.pair is not None]
    absences = not present.all()

    def test(a: Integers, b: Integers) -> Mask:
        result = np.ones(len(a), dtype=np.bool_)
        for forbidden in forbids:
            result &= ~forbidden(a, b)
        if absences:
            result &= (present[a] & present[b]).any(axis=1)
        return result

    return test


def present_in(bound: Sequence[Restriction], people: int, rounds: int) -> Mask:
    """Return (people, rounds): who is there by the rules' restrictions."""
    present = np.ones((people, rounds), dtype=np.bool_)
    for each in bound:
        if each.present is not None:
            present &= each.present
    return present


def distances(people: int) -> Iterator[Integers]:
    """Yield ever longer runs of distances in a list of people, together every one but 0 once.

    They are spread over the whole list by a stride that shares no factor with its length, so that
    cohorts that stand together do no harm.

    Examples
    --------
    >>> [run.tolist() for run in distances(7)]
    [[4, 1, 5, 2, 6, 3]]
    """
    stride = next((s for s in range(int(people * 0.618), people) if np.gcd(s, people) == 1), 1)
    looked = 0
    while looked < people - 1:
        run = np.arange(looked, min(looked + max(32, looked), people - 1)) + 1
        yield run * stride % people
        looked += len(run)


def _pairs(members: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(a, b) for at, a in enumerate(members) for b in members[at + 1 :]]


class _Looking:
    """Looks at pairs of one event."""

    def __init__(self, bound: Sequence[Restriction], present: Mask, met: Integers) -> None:
        self.present, self.met, self.people = present, met, len(present)
        self.may_meet = may_meet(bound, present)

    def permitted(self, a: Integers, b: Integers) -> Mask:
        """Return which of the pairs ``a < b`` may meet in some round."""
        result: Mask = ~np.isin(a * self.people + b, self.met) & self.may_meet(a, b)
        return result

    def among(self, a: NDArray[np.signedinteger], b: NDArray[np.signedinteger]) -> Permitted:
        """Count exactly, among the pairs ``a < b``."""
        partners, pairs = np.zeros(self.people, dtype=np.int64), 0
        for start in range(0, len(a), PAIRS_AT_ONCE):
            here = slice(start, start + PAIRS_AT_ONCE)
            one, other = a[here].astype(np.int64), b[here].astype(np.int64)
            kept = self.permitted(one, other)
            partners += np.bincount(one[kept], minlength=self.people)
            partners += np.bincount(other[kept], minlength=self.people)
            pairs += int(kept.sum())
        return Permitted(partners=partners, pairs=pairs)

    def for_enough(self) -> Permitted:
        """Count until everybody has enough; exactly for those who never do."""
        people, enough = self.people, self.present.shape[1] + ENOUGH_BEYOND_ROUNDS
        partners, looked = np.zeros(people, dtype=np.int64), 0
        short = np.arange(people)
        for run in distances(people):
            for some in np.array_split(short, 1 + len(short) * len(run) // PAIRS_AT_ONCE):
                mine = np.repeat(some, len(run))
                theirs = (mine + np.tile(run, len(some))) % people
                kept = self.permitted(np.minimum(mine, theirs), np.maximum(mine, theirs))
                partners[some] += kept.reshape(len(some), len(run)).sum(axis=1)
            looked += len(run)
            short = short[partners[short] < enough]
            if not len(short):
                break
        every = looked >= people - 1 and len(short) == people
        return Permitted(
            partners=partners, pairs=int(partners.sum()) // 2 if every else self._pairs(partners)
        )

    def _pairs(self, partners: Integers) -> int | None:
        """Return None when the partners found are enough for all meetings, else the exact count."""
        wanted = self.present.shape[1] * (self.people + 3) // 2
        if int(partners.sum()) // 2 >= wanted:
            return None
        a, b = np.triu_indices(self.people, 1)
        return self.among(a, b).pairs
