"""How many partners rules leave everybody, without writing out all pairs of a large event."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import Affinities
from matcher.rules import Classes, Restriction

__all__ = [
    "MayMeet",
    "Permitted",
    "count_permitted",
    "look_further",
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


def look_further(
    bound: Sequence[Restriction], people: int, short: Callable[[], Mask]
) -> Iterator[tuple[Integers, Integers]]:
    """Yield pairs of whoever has too few partners with ever more others, until nobody has.

    Each person is compared with everybody at most once, and not with those whom a class keeps
    away: visitors of a fair look among its few exhibitors, not among all other visitors.

    Parameters
    ----------
    bound
        The rules' restrictions.
    short
        Asked now and then: (people,): who has too few.

    Yields
    ------
    mine, theirs
        Indices of people, of the same length; a person may be paired with herself.
    """
    circles = _Circles([each.classes for each in bound if each.classes is not None], people)
    looked, more = 0, True
    while more and (here := short()).any():
        ahead, more = max(32, looked), False
        held, size = [], 0
        for mine, theirs in circles.pairs(here, looked, ahead):
            held.append((mine, theirs))
            size, more = size + len(mine), True
            if size >= PAIRS_AT_ONCE:
                yield _joined(held)
                held, size = [], 0
        if held:
            yield _joined(held)
        looked += ahead


def _joined(pairs: list[tuple[Integers, Integers]]) -> tuple[Integers, Integers]:
    mine, theirs = zip(*pairs, strict=True)
    return np.concatenate(mine), np.concatenate(theirs)


class _Circles:
    """People who are of the same classes in every respect, and so may meet the same others."""

    def __init__(self, classes: Sequence[Classes], people: int) -> None:
        self.classes, self.people = classes, people
        of = np.array([each.of for each in classes] or [np.zeros(people, dtype=np.int64)])
        self.kinds, kind = np.unique(of, axis=1, return_inverse=True)
        ends = np.cumsum(np.bincount(kind.ravel()))[:-1]
        self.members = np.split(np.argsort(kind.ravel(), kind="stable"), ends)

    def pairs(self, short: Mask, looked: int, ahead: int) -> Iterator[tuple[Integers, Integers]]:
        """Yield pairs of those who are short with their next others, few enough for the memory."""
        for at, members in enumerate(self.members):
            rank = np.flatnonzero(short[members])
            others = self._open_to(self.kinds[:, at]) if len(rank) else rank
            run = _strides(len(others), looked, ahead)
            if not len(run):
                continue
            start = _starts(members, others)
            for part in np.array_split(rank, 1 + len(rank) * len(run) // PAIRS_AT_ONCE):
                place = (np.repeat(start[part], len(run)) + np.tile(run, len(part))) % len(others)
                yield np.repeat(members[part], len(run)), others[place]

    def _open_to(self, kind: Integers) -> Integers:
        """Return, ascending, the people whom no class keeps from those of a kind."""
        result = np.ones(self.people, dtype=np.bool_)
        for each, mine in zip(self.classes, kind, strict=False):
            result &= ~each.apart[mine][each.of]
        return np.flatnonzero(result)


def _starts(members: Integers, others: Integers) -> Integers:
    """Return where each member begins in a list: at home, or evenly spread where that is not."""
    place = np.searchsorted(others, members) % len(others)
    spread = np.arange(len(members)) * len(others) // len(members)
    return np.where(others[place] == members, place, spread)


def _strides(length: int, looked: int, ahead: int) -> Integers:
    """Return the next distances in a list of that length; in the end there was each of them once.

    They are spread over the whole list by a stride that shares no factor with its length, so that
    people who stand together and may not meet do no harm.

    Examples
    --------
    >>> [_strides(7, looked, 4).tolist() for looked in (0, 4, 8)]
    [[0, 4, 1, 5], [2, 6, 3], []]
    """
    stride = next((s for s in range(int(length * 0.618), length) if np.gcd(s, length) == 1), 1)
    return np.arange(looked, max(looked, min(looked + ahead, length))) * stride % max(1, length)


def _pairs(members: tuple[int, ...]) -> list[tuple[int, int]]:
    return [(a, b) for at, a in enumerate(members) for b in members[at + 1 :]]


class _Looking:
    """Looks at pairs of one event."""

    def __init__(self, bound: Sequence[Restriction], present: Mask, met: Integers) -> None:
        self.bound, self.present, self.met, self.people = bound, present, met, len(present)
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
        enough = self.present.shape[1] + ENOUGH_BEYOND_ROUNDS
        partners = self._counted(enough)
        wanted = self.present.shape[1] * (self.people + 3) // 2
        if int(partners.sum()) // 2 >= wanted:
            return Permitted(partners=partners, pairs=None)
        every = partners if (partners < enough).all() else self._counted(self.people)
        return Permitted(partners=partners, pairs=int(every.sum()) // 2)

    def _counted(self, enough: int) -> Integers:
        """Return (people,): partners, all of whoever has fewer than enough."""
        partners = np.zeros(self.people, dtype=np.int64)

        def short() -> Mask:
            return partners < enough

        for mine, theirs in look_further(self.bound, self.people, short):
            a, b = np.minimum(mine, theirs), np.maximum(mine, theirs)
            kept = (a < b) & self.permitted(a, b)
            np.add.at(partners, mine[kept], 1)
        return partners
