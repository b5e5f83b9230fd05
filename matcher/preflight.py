"""What follows from people, rules and settings before anything is planned, by counting alone.

Instant also for ten thousand people; nothing here solves anything or promises that a plan exists.
Every figure is a limit that no plan can pass; what a plan then reaches stands in its own notices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import Affinities
from matcher.permitted import count_permitted
from matcher.rules import Cohorts, Restriction, Rule
from matcher.settings import Odd, Settings
from matcher.sides import Surplus, surplus_of_cohorts, surplus_of_sides

__all__ = ["Finding", "Preflight", "Severity", "preflight"]

Integers = NDArray[np.int64]
_NAMED = 8


class Severity(StrEnum):
    """How a finding is meant."""

    GOOD = "good"
    NOTE = "note"
    BAD = "bad"


@dataclass(frozen=True)
class Finding:
    """One sentence about a plan to come.

    Parameters
    ----------
    code
        What it is about, for programs.
    text
        The sentence, with the remedy where there is one.
    ids
        Everybody concerned, where it is about some people; the sentence may name fewer.
    """

    code: str
    text: str
    severity: Severity = Severity.NOTE
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Preflight:
    """What is known before solving.

    Parameters
    ----------
    possible
        Different meetings that rules permit; None where only known to be more than enough.
    wanted
        Pairs that would meet if everybody had a meeting whenever they are there.
    sit_outs
        Sit-outs that no plan can avoid.
    findings
        In the order in which they are shown.
    """

    people: int
    rounds: int
    possible: int | None
    wanted: int
    sit_outs: int
    findings: tuple[Finding, ...]

    @property
    def troubles(self) -> tuple[Finding, ...]:
        """What an organizer will want to change."""
        return tuple(each for each in self.findings if each.severity is Severity.BAD)


def preflight(
    ids: Sequence[str],
    settings: Settings,
    *,
    rules: Sequence[Rule] = (),
    affinities: Affinities | None = None,
    names: Mapping[str, str] = MappingProxyType({}),
) -> Preflight:
    """Say what these people, rules and settings mean for any plan.

    Parameters
    ----------
    ids
        Everybody, sorted.
    affinities
        When given, pairs that it does not permit are no possible meetings.
    names
        How sentences call people; ids stand for those it does not have.

    Notes
    -----
    Time grows with the listed pairs, or with people × rounds where all pairs are permitted; people
    whose partners are hard to find are compared with everybody.

    Examples
    --------
    >>> found = preflight(["a", "b", "c", "d"], Settings(rounds=3, start="18:00"))
    >>> [finding.text for finding in found.findings]
    ['Everybody meets 3 people, one in each round.', 'From 18:00 to 18:34, at 2 tables.']
    """
    if len(ids) < 2:
        missing = "two people" if not ids else "one more person"
        alone = Finding("alone", f"An introduction takes two: add {missing} first.", Severity.BAD)
        return Preflight(
            people=len(ids),
            rounds=settings.rounds,
            possible=0,
            wanted=0,
            sit_outs=len(ids) * settings.rounds,
            findings=(alone,),
        )
    return _Count(ids, settings, rules, affinities, names).preflight()


class _Count:
    """All counts of one event, and the sentences made of them."""

    def __init__(
        self,
        ids: Sequence[str],
        settings: Settings,
        rules: Sequence[Rule],
        affinities: Affinities | None,
        names: Mapping[str, str],
    ) -> None:
        self.ids, self.settings, self.names = tuple(ids), settings, names
        bound = [rule.restrict(self.ids, settings.rounds) for rule in rules]
        self.frozen = sorted(set().union(*(each.frozen_rounds for each in bound)))
        self.settled = sum(len(each.frozen) for each in bound)
        self.present = np.ones((len(ids), settings.rounds), dtype=np.bool_)
        for each in bound:
            self.present &= True if each.present is None else each.present
        self.absent = np.flatnonzero(~self.present.all(axis=1))
        self.present[:, self.frozen] = False
        self.here: Integers = self.present.sum(axis=0)
        self.tables = _tables(settings, bound)
        quota = np.full(len(ids), settings.rounds, dtype=np.int64)
        for each in bound:
            quota = quota if each.most is None else np.minimum(quota, each.most)
        self.most: Integers = np.minimum(self.present.sum(axis=1), quota)
        self.shares = self._odd is Odd.TRIO and any(each.shares for each in bound)
        self.permitted = count_permitted(bound, affinities, self.present)
        self.surplus = self._surplus(rules, affinities)
        self.seats = np.array(
            [self._seated(number) for number in range(settings.rounds)], dtype=np.int64
        )

    def preflight(self) -> Preflight:
        """Return the counts with their sentences."""
        return Preflight(
            people=len(self.ids),
            rounds=self.settings.rounds,
            possible=self.permitted.pairs,
            wanted=self._wanted(),
            sit_outs=self._forced(),
            findings=(*self._findings(), *self._frame()),
        )

    def _findings(self) -> Iterator[Finding]:
        troubles = (
            *self._too_few_pairs(),
            *self._too_few_partners(),
            *self._out_of_balance(),
        )
        rounds = tuple(self._rounds())
        good = all(each.severity is not Severity.BAD for each in (*troubles, *rounds))
        if good and not self._forced():
            yield self._everybody()
        yield from troubles
        yield from rounds
        yield from self._settled()

    def _everybody(self) -> Finding:
        counts = set(self.most.tolist())
        if len(counts) == 1:
            meets = _some(counts.pop(), "person", "people")
            return Finding(
                "meetings", f"Everybody meets {meets}, one in each round.", Severity.GOOD
            )
        text = "Everybody can have a meeting in each round they are there, up to their quota."
        return Finding("meetings", text, Severity.GOOD)

    def _too_few_pairs(self) -> Iterator[Finding]:
        possible, wanted, people = self.permitted.pairs, self._wanted(), len(self.ids)
        if possible is None or wanted <= possible:
            return
        each = max(1, wanted // max(1, int(np.count_nonzero(self.here))))
        every = people * (people - 1) // 2
        has = "make" if possible == every else f"of {every:,} pairs may form only"
        pairs = f"{possible:,} different {'pair' if possible == 1 else 'pairs'}"
        text = (
            f"{people:,} people {has} {pairs}, and {_some(self.settings.rounds, 'round')} would "
            f"need {wanted:,}. Nobody meets twice, so some will have breaks"
        )
        without = possible // each
        if without < self.settings.rounds:  # else absences or tables make one round need more
            text += f"; {_some(without, 'round is', 'rounds are')} possible without"
        yield Finding("pairs", f"{text}.", Severity.BAD)

    def _too_few_partners(self) -> Iterator[Finding]:
        short = np.flatnonzero(self.permitted.partners < self.most)
        if not len(short) or len(short) == len(self.ids):
            return  # everybody: said by the number of pairs
        for count in np.unique(self.permitted.partners[short]).tolist():
            who = short[self.permitted.partners[short] == count]
            yield Finding(
                "partners",
                f"Only {_some(count, 'permitted partner')} for {self._called(who)}: fewer than "
                "rounds. Lift a rule for them, or let them leave early.",
                Severity.BAD,
                tuple(self.ids[i] for i in who),
            )

    def _out_of_balance(self) -> Iterator[Finding]:
        worst = max(self.surplus, key=lambda each: each.left, default=None)
        if worst is None or not worst.left:
            return
        odd = bool((self.here % 2 == 1).any()) and self._odd is Odd.TRIO and not self.shares
        share = (
            " One partner can have two of them in a trio: [cohorts] trios = true." if odd else ""
        )
        yield Finding(
            "balance",
            f"{worst.many} can only meet {worst.few}: {worst.left:,} of them have a break in a "
            f"round. Let further cohorts meet, or balance the numbers.{share}",
            Severity.BAD,
        )

    def _surplus(self, rules: Sequence[Rule], affinities: Affinities | None) -> tuple[Surplus, ...]:
        """Return, for each round, who is too many for those they may meet."""
        cohorts = next((rule for rule in rules if isinstance(rule, Cohorts)), None)
        if cohorts is not None:
            found = [surplus_of_cohorts(cohorts, self.ids, here) for here in self.present.T]
            taken_up = (self.here % 2) * self.shares  # by a trio
            return tuple(
                replace(each, left=max(0, each.left - more))
                for each, more in zip(found, taken_up.tolist(), strict=True)
            )
        if affinities is not None and affinities.others is None:
            return surplus_of_sides(affinities.a, affinities.b, self.present)
        return ()

    def _seated(self, number: int) -> int:
        """Return how many people can have a partner in a round."""
        seats = self._seats(int(self.here[number]), int(self.tables[number]))
        return min(seats, int(self.here[number]) - self._left(number))

    def _seats(self, here: int, tables: int) -> int:
        """Return the seats of so many people at so many tables: an odd number may have a trio."""
        pairs = min(here // 2, tables)
        if here % 2 == 0 or not pairs or self._odd is Odd.SIT_OUT:
            return 2 * pairs
        third = self._odd is Odd.TRIO or pairs == here // 2
        return 2 * pairs + third

    def _left(self, number: int) -> int:
        """Return how many people in a round are too many for those they may meet."""
        return self.surplus[number].left if self.surplus else 0

    @property
    def _odd(self) -> Odd:
        return self.settings.odd

    def _wanted(self) -> int:
        """Return the pairs that meet when every seat is taken: three in a trio, or at least two."""
        trio = self.seats % 2 if self._odd is Odd.TRIO else 0
        return int((self.seats // 2 + (1 if self.shares else 2) * trio).sum())

    def _forced(self) -> int:
        """Return the sit-outs that no plan can avoid."""
        by_person = int(np.minimum(self.most, self.permitted.partners).sum())
        seats = min(int(self.seats.sum()), by_person)
        if self.permitted.pairs is not None:
            host = self.seats % 2 if self._odd is Odd.HOST else np.zeros(1, dtype=np.int64)
            seats = min(seats, 2 * self.permitted.pairs + int(host.sum()))
        return max(0, int(self.most.sum()) - seats)

    def _rounds(self) -> Iterator[Finding]:
        """Yield what holds for rounds of each head-count and number of tables."""
        alike: dict[tuple[int, int], list[int]] = {}
        for number in range(self.settings.rounds):
            if number not in self.frozen:
                at = (int(self.here[number]), int(self.tables[number]))
                alike.setdefault(at, []).append(number + 1)
        for (here, tables), rounds in alike.items():
            every = len(rounds) + len(self.frozen) == self.settings.rounds
            some = f"round{'s' if len(rounds) > 1 else ''} {', '.join(map(str, rounds))}"
            when = "each round" if every else some
            yield from self._round(here, tables, when)
        left = int((self.here - self.seats).sum())
        if left and len(alike) == 1 and not self.surplus and len(self.absent) == 0:
            yield _breaks(len(self.ids), left)

    def _round(self, here: int, tables: int, when: str) -> Iterator[Finding]:
        if tables < here // 2:
            seats = self._seats(here, tables)
            yield Finding(
                "tables",
                f"{_some(tables, 'table seats', 'tables seat')} {seats:,} of {here:,} people "
                f"at a time: {here - seats:,} have a break in {when}. "
                f"{here // 2:,} tables would seat everybody.",
                Severity.BAD,
            )
        elif here % 2:
            what = _ODD[self._odd] if here > 2 else _ODD[Odd.SIT_OUT]
            yield Finding("odd", f"{here:,} is an odd number: {what} in {when}.")

    def _settled(self) -> Iterator[Finding]:
        if len(self.absent):
            people = _some(len(self.absent), "person misses", "people miss")
            who = tuple(self.ids[i] for i in self.absent)
            yield Finding("absences", f"{people} some rounds and are planned around.", ids=who)
        if self.frozen:
            rounds = ", ".join(str(number + 1) for number in self.frozen)
            meetings = _some(self.settled, "meeting stays", "meetings stay")
            yield Finding("frozen", f"Round {rounds} frozen: {meetings} as printed.")

    def _called(self, people: Integers) -> str:
        """Return names as far as they fit a sentence, and how many more there are."""
        called = [self.names.get(self.ids[i], self.ids[i]) for i in people.tolist()]
        more = len(called) - _NAMED
        return ", ".join(called[:_NAMED]) + (f" and {more:,} more" if more > 0 else "")

    def _frame(self) -> Iterator[Finding]:
        settings = self.settings
        host = (self.here % 2 > 0) & (self._odd is Odd.HOST)
        needed = np.minimum(self.here // 2 + host, np.maximum(self.tables, host))
        tables = _some(int(needed.max(initial=0)), "table")
        if settings.start:
            end = replace(settings, gap=0, start=settings.clock_time(settings.rounds)).clock_time(2)
            yield Finding("frame", f"From {settings.start} to {end}, at {tables}.")
        else:
            minutes = settings.rounds * settings.minutes + (settings.rounds - 1) * settings.gap
            yield Finding("frame", f"It takes {_some(minutes, 'minute')}, at {tables}.")


_ODD = {
    Odd.TRIO: "one table seats three",
    Odd.SIT_OUT: "one person has a break",
    Odd.HOST: "a host meets the one who is left",
}


def _tables(settings: Settings, bound: Sequence[Restriction]) -> Integers:
    """Return the most meetings in each round that settings and rules have room for."""
    unlimited = np.iinfo(np.int32).max
    tables = np.full(settings.rounds, unlimited if settings.tables is None else settings.tables)
    for each in bound:
        tables = tables if each.tables is None else np.minimum(tables, each.tables)
    return tables.astype(np.int64)


def _breaks(people: int, breaks: int) -> Finding:
    least, rest = divmod(breaks, people)
    if not least:
        have = f"{rest:,} of {people:,} people have one break, the others none."
        return Finding("breaks", have)
    most = f" or {least + 1}" if rest else ""
    word = "breaks" if breaks > people else "break"
    return Finding("breaks", f"Over the event everybody has {least}{most} {word}.")


def _some(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
