"""The second reading of every rule: what a finished plan breaks.

Plans edited by hand come here too. Besides the rules given, two promises always hold: nobody is in
two places at once, and no two people meet twice in an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np

from .rule import Indices, Mask, Pin, Restriction, Rule

__all__ = ["Seating", "Violation", "violations"]

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


class Seating(Protocol):
    """What a violation is looked for in: `matcher.plan.Meeting`, or anything shaped like it."""

    @property
    def round(self) -> int:
        """Number of the round, from 1."""

    @property
    def table(self) -> int:
        """Number of the table, from 1."""

    @property
    def members(self) -> tuple[str, ...]:
        """Ids of those at the table, sorted."""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every two of them, sorted."""


@dataclass(frozen=True, kw_only=True)
class Violation:
    """One rule broken in a plan.

    Parameters
    ----------
    kind
        Kind of the rule; ``place`` and ``rematch`` for the two promises that always hold.
    ids
        Those concerned, sorted; empty when it is about a whole round.
    round
        Numbered from 1; None when it is about all rounds.
    text
        The violation as a sentence.
    """

    kind: str
    ids: tuple[str, ...]
    round: int | None
    text: str


def violations(
    plan_meetings: Iterable[Seating],
    rules: Sequence[Rule],
    *,
    ids: Sequence[str] = (),
    rounds: int = 0,
    names: Mapping[str, str] = _NO_NAMES,
) -> list[Violation]:
    """Return everything these meetings break, sorted by round, ids and kind.

    Parameters
    ----------
    plan_meetings
        Meetings of one plan, in any order.
    rules
        The rules it was to respect.
    ids, rounds
        Everybody at the event and its number of rounds, so that a pin of people or in a round
        without any meeting is missed too; those in the meetings are known anyway.
    names
        How sentences call people; ids stand for those it does not have.

    Notes
    -----
    Linear in meetings and rules. Meetings below a minimum are no violation; notices name them.
    """
    meetings = list(plan_meetings)
    ids = sorted({*ids, *(member for meeting in meetings for member in meeting.members)})
    rounds = max([rounds, *(meeting.round for meeting in meetings)])
    held = _Held(meetings, ids, names)
    found = [*_double_bookings(held), *_rematches(held)]
    for rule in rules:
        found += _Reading(rule, rule.restrict(ids, rounds), held).broken()
    return sorted(found, key=lambda each: (each.round or 0, each.ids, each.kind))


class _Held:
    """The meetings of a plan as arrays, for all rules together.

    Attributes
    ----------
    a, b, round, at
        (pairs,): two people who meet, their round from 0, and which meeting it is.
    seat, seat_round
        (seats,): somebody in a meeting, and its round from 0.
    """

    def __init__(
        self, meetings: Sequence[Seating], ids: Sequence[str], names: Mapping[str, str]
    ) -> None:
        self.meetings, self.ids, self.names = meetings, ids, names
        index = {person: i for i, person in enumerate(ids)}
        flat = [
            (index[a], index[b], m.round - 1, at)
            for at, m in enumerate(meetings)
            for a, b in m.pairs
        ]
        self.a, self.b, self.round, self.at = np.array(flat, dtype=np.int64).reshape(-1, 4).T
        seats = [(index[p], m.round - 1) for m in meetings for p in m.members]
        self.seat, self.seat_round = np.array(seats, dtype=np.int64).reshape(-1, 2).T

    def who(self, *ids: str) -> str:
        """Return people as sentences call them: ``Ana, Ben and Cleo``."""
        *first, last = (self.names.get(person, person) for person in ids)
        return f"{', '.join(first)} and {last}" if first else last


def _double_bookings(held: _Held) -> Iterator[Violation]:
    seats = np.stack([held.seat_round, held.seat])
    (rounds, people), counts = np.unique(seats, axis=1, return_counts=True)
    for i in np.flatnonzero(counts > 1):
        person, number = held.ids[people[i]], int(rounds[i]) + 1
        text = f"{held.who(person)} is in {counts[i]} meetings in round {number}."
        yield Violation(kind="place", ids=(person,), round=number, text=text)


def _rematches(held: _Held) -> Iterator[Violation]:
    (a, b), counts = np.unique(np.stack([held.a, held.b]), axis=1, return_counts=True)
    for i in np.flatnonzero(counts > 1):
        pair = held.ids[a[i]], held.ids[b[i]]
        text = f"{held.who(*pair)} meet {counts[i]} times."
        yield Violation(kind="rematch", ids=pair, round=None, text=text)


class _Reading:
    """One rule's restriction, read over meetings: one method for each way."""

    def __init__(self, rule: Rule, bound: Restriction, held: _Held) -> None:
        self.rule, self.bound, self.held = rule, bound, held
        self.meetings, self.ids, self.who = held.meetings, held.ids, held.who

    def broken(self) -> Iterator[Violation]:
        """Yield what is broken, way by way."""
        yield from self._pairs()
        yield from self._absences()
        yield from self._quotas()
        yield from self._tables()
        yield from self._seats()
        yield from self._pins()
        yield from self._frozen()

    def _pairs(self) -> Iterator[Violation]:
        if self.bound.pair is not None:
            apart = self.bound.pair(self.held.a, self.held.b)
            if self.bound.shares:
                apart &= ~self._share_a_partner(apart)
            for i in np.flatnonzero(apart):
                yield self._of_pair(i, f"{self.rule.says}.")
        if self.bound.pair_in_round is not None:
            for i in np.flatnonzero(
                self.bound.pair_in_round(self.held.a, self.held.b, self.held.round)
            ):
                yield self._of_pair(i, f"{self.rule.says} in round {self.held.round[i] + 1}.")

    def _share_a_partner(self, apart: Mask) -> Mask:
        """Return which pairs are the only ones of their trio that the rule keeps apart."""
        size = np.bincount(self.held.at, minlength=len(self.meetings))
        count = np.bincount(self.held.at[apart], minlength=len(self.meetings))
        result: Mask = ((size == 3) & (count == 1))[self.held.at]
        return result

    def _of_pair(self, i: np.intp, says: str) -> Violation:
        a, b = self.ids[self.held.a[i]], self.ids[self.held.b[i]]
        return self._violation((a, b), int(self.held.round[i]) + 1, f"{self.who(a, b)} {says}")

    def _absences(self) -> Iterator[Violation]:
        if self.bound.present is not None:
            for i in np.flatnonzero(~self.bound.present[self.held.seat, self.held.seat_round]):
                person, number = self.ids[self.held.seat[i]], int(self.held.seat_round[i]) + 1
                text = f"{self.who(person)} is absent in round {number}."
                yield self._violation((person,), number, text)

    def _quotas(self) -> Iterator[Violation]:
        if self.bound.most is not None:
            counts = np.bincount(self.held.seat, minlength=len(self.ids))
            for i in np.flatnonzero(counts > self.bound.most):
                person, most = self.ids[int(i)], self.bound.most[i]
                text = f"{self.who(person)} has {counts[i]} meetings; at most {most} are allowed."
                yield self._violation((person,), None, text)

    def _tables(self) -> Iterator[Violation]:
        if self.bound.tables is not None:
            counts = self._meetings_a_round(len(self.bound.tables))
            for i in np.flatnonzero(counts > self.bound.tables):
                text = f"Round {i + 1} has {counts[i]} meetings for {self.bound.tables[i]} tables."
                yield self._violation((), int(i) + 1, text)

    def _seats(self) -> Iterator[Violation]:
        if self.bound.seats is not None:
            allowed = dict(zip(self.ids, self.bound.seats, strict=True))
            for meeting in self.meetings:
                for person in meeting.members:
                    tables = allowed[person]
                    if tables is not None and meeting.table not in tables:
                        listed = " or ".join(map(str, sorted(tables)))
                        who = self.who(person)
                        text = f"{who} is at table {meeting.table}, not at {listed}."
                        yield self._violation((person,), meeting.round, text)

    def _pins(self) -> Iterator[Violation]:
        if not self.bound.pins:
            return
        pairs = list(
            zip(self.held.a.tolist(), self.held.b.tolist(), self.held.round.tolist(), strict=True)
        )
        met = {Pin(*pair) for pair in pairs} | {Pin(a, b) for a, b, _ in pairs}
        for pin in self.bound.pins:
            if pin not in met:
                a, b = self.ids[pin.a], self.ids[pin.b]
                number = None if pin.round is None else pin.round + 1
                when = "" if number is None else f" in round {number}"
                who = self.who(a, b)
                yield self._violation((a, b), number, f"{who} do not meet{when} (pin).")

    def _frozen(self) -> Iterator[Violation]:
        if not self.bound.frozen_rounds:
            return
        given = {
            (m.round, m.table, tuple(self.ids[i] for i in m.members)) for m in self.bound.frozen
        }
        held = {
            (m.round - 1, m.table, m.members)
            for m in self.meetings
            if m.round - 1 in self.bound.frozen_rounds
        }
        for says, changed in (("do not meet", given - held), ("meet", held - given)):
            for number, table, members in sorted(changed):
                where = f"at table {table} in round {number + 1}, which is frozen"
                text = f"{self.who(*members)} {says} {where}."
                yield self._violation(members, number + 1, text)

    def _meetings_a_round(self, rounds: int) -> Indices:
        return np.bincount([m.round - 1 for m in self.meetings], minlength=rounds)

    def _violation(self, ids: tuple[str, ...], number: int | None, text: str) -> Violation:
        return Violation(kind=self.rule.kind, ids=ids, round=number, text=text)
