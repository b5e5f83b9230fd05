"""The second reading of every rule: what a finished plan breaks.

Plans edited by hand come here too. Besides the rules given, two promises always hold: nobody is in
two places at once, and no two people meet twice in an event.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from .rule import Mask, Pin, Restriction, Rule
from .seated import Integers, Seated, Seating

__all__ = ["Violation", "broken", "violations"]

_NO_NAMES: Mapping[str, str] = MappingProxyType({})


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
    seated = Seated.of(meetings, {person: at for at, person in enumerate(ids)})
    bound = [rule.restrict(ids, rounds) for rule in rules]
    return broken(seated, rules, bound, ids=ids, names=names)


def broken(
    seated: Seated,
    rules: Sequence[Rule],
    bound: Sequence[Restriction],
    *,
    ids: Sequence[str],
    names: Mapping[str, str] = _NO_NAMES,
) -> list[Violation]:
    """Return what `violations` does, of meetings that are arrays already.

    Parameters
    ----------
    bound
        What each rule asks of these people and rounds.
    ids
        Everybody at the event, sorted: what the indices of `seated` mean.
    """
    found = [*_double_bookings(seated, ids, names), *_rematches(seated, ids, names)]
    for rule, asked in zip(rules, bound, strict=True):
        found += _Reading(rule, asked, seated, ids, names).broken()
    return sorted(found, key=lambda each: (each.round or 0, each.ids, each.kind))


def _double_bookings(
    seated: Seated, ids: Sequence[str], names: Mapping[str, str]
) -> Iterator[Violation]:
    person, meeting = seated.seats
    for key, count in _repeated(seated.round[meeting] * len(ids) + person):
        number, who = divmod(key, len(ids))
        text = f"{names.get(ids[who], ids[who])} is in {count} meetings in round {number + 1}."
        yield Violation(kind="place", ids=(ids[who],), round=number + 1, text=text)


def _rematches(seated: Seated, ids: Sequence[str], names: Mapping[str, str]) -> Iterator[Violation]:
    a, b, _ = seated.pairs
    for key, count in _repeated(a * len(ids) + b):
        pair = ids[key // len(ids)], ids[key % len(ids)]
        one, other = (names.get(person, person) for person in pair)
        text = f"{one} and {other} meet {count} times."
        yield Violation(kind="rematch", ids=pair, round=None, text=text)


def _repeated(keys: Integers) -> list[tuple[int, int]]:
    """Return the keys that stand there more than once, sorted, and how often."""
    keys = np.sort(keys)
    start = np.flatnonzero(np.diff(keys, prepend=-1))
    count = np.diff(start, append=len(keys))
    again = count > 1
    return list(zip(keys[start[again]].tolist(), count[again].tolist(), strict=True))


class _Reading:
    """One rule's restriction, read over meetings: one method for each way."""

    def __init__(
        self,
        rule: Rule,
        bound: Restriction,
        seated: Seated,
        ids: Sequence[str],
        names: Mapping[str, str],
    ) -> None:
        self.rule, self.bound, self.seated, self.ids = rule, bound, seated, ids
        self.names = names
        self.a, self.b, self.at = seated.pairs
        self.round = seated.round[self.at]
        self.seat, self.seat_at = seated.seats

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
            apart = self.bound.pair(self.a, self.b)
            if self.bound.shares:
                apart &= ~self._share_a_partner(apart)
            for i in np.flatnonzero(apart):
                yield self._of_pair(i, f"{self.rule.says}.")
        if self.bound.pair_in_round is not None:
            for i in np.flatnonzero(self.bound.pair_in_round(self.a, self.b, self.round)):
                yield self._of_pair(i, f"{self.rule.says} in round {self.round[i] + 1}.")

    def _share_a_partner(self, apart: Mask) -> Mask:
        """Return which pairs are the only ones of their trio that the rule keeps apart."""
        size = np.bincount(self.at, minlength=len(self.seated.round))
        count = np.bincount(self.at[apart], minlength=len(self.seated.round))
        result: Mask = ((size == 3) & (count == 1))[self.at]
        return result

    def _of_pair(self, i: np.intp, says: str) -> Violation:
        a, b = self.ids[self.a[i]], self.ids[self.b[i]]
        return self._violation((a, b), int(self.round[i]) + 1, f"{self._who(a, b)} {says}")

    def _absences(self) -> Iterator[Violation]:
        if self.bound.present is not None:
            when = self.seated.round[self.seat_at]
            for i in np.flatnonzero(~self.bound.present[self.seat, when]):
                person, number = self.ids[self.seat[i]], int(when[i]) + 1
                text = f"{self._who(person)} is absent in round {number}."
                yield self._violation((person,), number, text)

    def _quotas(self) -> Iterator[Violation]:
        if self.bound.most is not None:
            counts = np.bincount(self.seat, minlength=len(self.ids))
            for i in np.flatnonzero(counts > self.bound.most):
                person, most = self.ids[int(i)], self.bound.most[i]
                text = f"{self._who(person)} has {counts[i]} meetings; at most {most} are allowed."
                yield self._violation((person,), None, text)

    def _tables(self) -> Iterator[Violation]:
        if self.bound.tables is not None:
            counts = np.bincount(self.seated.round, minlength=len(self.bound.tables))
            for i in np.flatnonzero(counts > self.bound.tables):
                text = f"Round {i + 1} has {counts[i]} meetings for {self.bound.tables[i]} tables."
                yield self._violation((), int(i) + 1, text)

    def _seats(self) -> Iterator[Violation]:
        seats = self.bound.seats or ()
        is_bound = np.array([tables is not None for tables in seats], dtype=np.bool_)
        for i in np.flatnonzero(is_bound[self.seat]) if is_bound.any() else ():
            person, at = int(self.seat[i]), int(self.seat_at[i])
            allowed, table = seats[person] or frozenset(), int(self.seated.table[at])
            if table not in allowed:
                listed = " or ".join(map(str, sorted(allowed)))
                text = f"{self._who(self.ids[person])} is at table {table}, not at {listed}."
                number = int(self.seated.round[at]) + 1
                yield self._violation((self.ids[person],), number, text)

    def _pins(self) -> Iterator[Violation]:
        if not self.bound.pins:
            return
        pairs = list(zip(self.a.tolist(), self.b.tolist(), self.round.tolist(), strict=True))
        met = {Pin(*pair) for pair in pairs} | {Pin(a, b) for a, b, _ in pairs}
        for pin in self.bound.pins:
            if pin not in met:
                a, b = self.ids[pin.a], self.ids[pin.b]
                number = None if pin.round is None else pin.round + 1
                when = "" if number is None else f" in round {number}"
                who = self._who(a, b)
                yield self._violation((a, b), number, f"{who} do not meet{when} (pin).")

    def _frozen(self) -> Iterator[Violation]:
        if not self.bound.frozen_rounds:
            return
        given = {
            (m.round, m.table, tuple(self.ids[i] for i in m.members)) for m in self.bound.frozen
        }
        there = np.flatnonzero(np.isin(self.seated.round, list(self.bound.frozen_rounds)))
        held = {
            (number, table, tuple(self.ids[i] for i in members if i >= 0))
            for number, table, members in zip(
                self.seated.round[there].tolist(),
                self.seated.table[there].tolist(),
                self.seated.members[there].tolist(),
                strict=True,
            )
        }
        for says, changed in (("do not meet", given - held), ("meet", held - given)):
            for number, table, members in sorted(changed):
                where = f"at table {table} in round {number + 1}, which is frozen"
                text = f"{self._who(*members)} {says} {where}."
                yield self._violation(members, number + 1, text)

    def _who(self, *ids: str) -> str:
        *first, last = (self.names.get(person, person) for person in ids)
        return f"{', '.join(first)} and {last}" if first else last

    def _violation(self, ids: tuple[str, ...], number: int | None, text: str) -> Violation:
        return Violation(kind=self.rule.kind, ids=ids, round=number, text=text)
