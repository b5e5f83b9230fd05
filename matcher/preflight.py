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
from matcher.phrase import Phrase, phrase, phrases
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
    meets
        Fewest and most meetings that anybody can get in the rounds still to be planned.
    tables
        Tables in use in the fullest round.
    findings
        In the order in which they are shown.
    """

    people: int
    rounds: int
    possible: int | None
    wanted: int
    sit_outs: int
    meets: tuple[int, int]
    tables: int
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
        text = (
            phrase("An introduction takes two: add one more person first.")
            if ids
            else phrase("An introduction takes two: add two people first.")
        )
        alone = Finding("alone", text, Severity.BAD)
        return Preflight(
            people=len(ids),
            rounds=settings.rounds,
            possible=0,
            wanted=0,
            sit_outs=len(ids) * settings.rounds,
            meets=(0, 0),
            tables=0,
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
            meets=self._meets(),
            tables=self._needed(),
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
            text = phrases(
                "Everybody meets %(num)s person, one in each round.",
                "Everybody meets %(num)s people, one in each round.",
                counts.pop(),
            )
            return Finding("meetings", text, Severity.GOOD)
        text = phrase(
            "Everybody can have a meeting in each round they are there, up to their quota."
        )
        return Finding("meetings", text, Severity.GOOD)

    def _too_few_pairs(self) -> Iterator[Finding]:
        possible, wanted, people = self.permitted.pairs, self._wanted(), len(self.ids)
        if possible is None or wanted <= possible:
            return
        each = max(1, wanted // max(1, int(np.count_nonzero(self.here))))
        every = people * (people - 1) // 2
        count = phrases("%(num)s different pair", "%(num)s different pairs", possible)
        have = (
            phrase("%(people)s people make %(pairs)s", people=people, pairs=count)
            if possible == every
            else phrase(
                "%(people)s people of %(every)s pairs may form only %(pairs)s",
                people=people,
                every=every,
                pairs=count,
            )
        )
        text = phrases(
            "%(have)s, and %(num)s round would need %(wanted)s. Nobody meets twice, so some will "
            "have breaks%(without)s.",
            "%(have)s, and %(num)s rounds would need %(wanted)s. Nobody meets twice, so some will "
            "have breaks%(without)s.",
            self.settings.rounds,
            have=have,
            wanted=wanted,
            without=self._possible_without(possible // each),
        )
        yield Finding("pairs", text, Severity.BAD)

    def _possible_without(self, rounds: int) -> str:
        if rounds >= self.settings.rounds:
            return ""  # absences or tables make one round need more
        return phrases(
            "; %(num)s round is possible without",
            "; %(num)s rounds are possible without",
            rounds,
        )

    def _too_few_partners(self) -> Iterator[Finding]:
        short = np.flatnonzero(self.permitted.partners < self.most)
        if not len(short) or len(short) == len(self.ids):
            return  # everybody: said by the number of pairs
        for count in np.unique(self.permitted.partners[short]).tolist():
            who = short[self.permitted.partners[short] == count]
            yield Finding(
                "partners",
                phrases(
                    "Only %(num)s permitted partner for %(people)s: fewer than rounds. Lift a rule "
                    "for them, or let them leave early.",
                    "Only %(num)s permitted partners for %(people)s: fewer than rounds. Lift a "
                    "rule for them, or let them leave early.",
                    count,
                    people=self._called(who),
                ),
                Severity.BAD,
                tuple(self.ids[i] for i in who),
            )

    def _out_of_balance(self) -> Iterator[Finding]:
        worst = max(self.surplus, key=lambda each: each.left, default=None)
        if worst is None or not worst.left:
            return
        odd = bool((self.here % 2 == 1).any()) and self._odd is Odd.TRIO and not self.shares
        share = (
            phrase(" One partner can have two of them in a trio: [cohorts] trios = true.")
            if odd
            else ""
        )
        text = phrase(
            "%(many)s can only meet %(few)s: %(left)s of them have a break in a round. Let further "
            "cohorts meet, or balance the numbers.%(share)s",
            many=worst.many,
            few=worst.few,
            left=worst.left,
            share=share,
        )
        yield Finding("balance", text, Severity.BAD)

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
            when = phrase("each round")
            if not every:
                numbers = ", ".join(map(str, rounds))
                when = phrases("round %(list)s", "rounds %(list)s", len(rounds), list=numbers)
            yield from self._round(here, tables, when)
        left = int((self.here - self.seats).sum())
        if left and len(alike) == 1 and not self.surplus and len(self.absent) == 0:
            yield _breaks(len(self.ids), left)

    def _round(self, here: int, tables: int, when: Phrase) -> Iterator[Finding]:
        if tables < here // 2:
            seats = self._seats(here, tables)
            yield Finding(
                "tables",
                phrases(
                    "%(num)s table seats %(seats)s of %(here)s people at a time: %(left)s have a "
                    "break in %(when)s. %(needed)s tables would seat everybody.",
                    "%(num)s tables seat %(seats)s of %(here)s people at a time: %(left)s have a "
                    "break in %(when)s. %(needed)s tables would seat everybody.",
                    tables,
                    seats=seats,
                    here=here,
                    left=here - seats,
                    when=when,
                    needed=here // 2,
                ),
                Severity.BAD,
            )
        elif here % 2:
            what = _ODD[self._odd] if here > 2 else _ODD[Odd.SIT_OUT]
            text = phrase(
                "%(here)s is an odd number: %(what)s in %(when)s.", here=here, what=what, when=when
            )
            yield Finding("odd", text)

    def _settled(self) -> Iterator[Finding]:
        if len(self.absent):
            text = phrases(
                "%(num)s person misses some rounds and is planned around.",
                "%(num)s people miss some rounds and are planned around.",
                len(self.absent),
            )
            yield Finding("absences", text, ids=tuple(self.ids[i] for i in self.absent))
        if self.frozen:
            rounds = ", ".join(str(number + 1) for number in self.frozen)
            text = phrases(
                "Round %(rounds)s frozen: %(num)s meeting stays as printed.",
                "Round %(rounds)s frozen: %(num)s meetings stay as printed.",
                self.settled,
                rounds=rounds,
            )
            yield Finding("frozen", text)

    def _called(self, people: Integers) -> str:
        """Return names as far as they fit a sentence, and how many more there are."""
        called = [self.names.get(self.ids[i], self.ids[i]) for i in people.tolist()]
        more = len(called) - _NAMED
        names = ", ".join(called[:_NAMED])
        return phrase("%(names)s and %(more)s more", names=names, more=more) if more > 0 else names

    def _frame(self) -> Iterator[Finding]:
        settings = self.settings
        tables = phrases("%(num)s table", "%(num)s tables", self._needed())
        if settings.start:
            text = phrase(
                "From %(start)s to %(end)s, at %(tables)s.",
                start=settings.start,
                end=settings.end,
                tables=tables,
            )
        else:
            text = phrases(
                "It takes %(num)s minute, at %(tables)s.",
                "It takes %(num)s minutes, at %(tables)s.",
                settings.total_minutes,
                tables=tables,
            )
        yield Finding("frame", text)

    def _meets(self) -> tuple[int, int]:
        """Return the fewest and the most meetings that anybody can get."""
        can = np.minimum(self.most, self.permitted.partners)
        return int(can.min()), int(can.max())

    def _needed(self) -> int:
        """Return the tables in use in the fullest round."""
        host = (self.here % 2 > 0) & (self._odd is Odd.HOST)
        needed = np.minimum(self.here // 2 + host, np.maximum(self.tables, host))
        return int(needed.max(initial=0))


_ODD = {
    Odd.TRIO: phrase("one table seats three"),
    Odd.SIT_OUT: phrase("one person has a break"),
    Odd.HOST: phrase("a host meets the one who is left"),
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
        have = phrase(
            "%(rest)s of %(people)s people have one break, the others none.",
            rest=rest,
            people=people,
        )
        return Finding("breaks", have)
    if rest:
        text = phrase(
            "Over the event everybody has %(least)s or %(most)s breaks.",
            least=least,
            most=least + 1,
        )
        return Finding("breaks", text)
    text = phrases(
        "Over the event everybody has %(num)s break.",
        "Over the event everybody has %(num)s breaks.",
        least,
    )
    return Finding("breaks", text)
