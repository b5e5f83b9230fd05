"""A plan as it lies on the table: who sits where, and what may not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

import numpy as np

from matcher.errors import MatcherError
from matcher.phrase import Phrase, listed, phrase
from matcher.plan.plan import Meeting
from matcher.rules import Restriction, Rule, Violation, sharing, violations
from matcher.settings import Odd, Settings

__all__ = ["Board", "Impossible", "Pair"]

Pair = tuple[str, str]


class Impossible(MatcherError):  # noqa: N818 - an answer, not an error
    """A change that cannot be made to this plan; the message says why and what to do instead."""


@dataclass(frozen=True, kw_only=True)
class Board:
    """A plan, and all that decides what may be changed in it.

    Parameters
    ----------
    ids
        Everybody in the plan, sorted.
    meetings
        Who meets when and where; their values do not matter.
    rules
        The rules in force.
    names
        How sentences call people; ids stand for those it does not have.
    values
        ``values(pairs)``: the affinity of each sorted pair of ids, 0 to 1,000,000.
    """

    ids: tuple[str, ...]
    meetings: tuple[Meeting, ...]
    settings: Settings
    rules: tuple[Rule, ...]
    names: Mapping[str, str]
    values: Callable[[Sequence[Pair]], Sequence[int]]

    def name(self, person: str) -> str:
        """Return what to call somebody."""
        return self.names.get(person, person)

    @cached_property
    def _at(self) -> dict[tuple[int, str], Meeting]:
        return {(m.round, member): m for m in self.meetings for member in m.members}

    def at(self, number: int, person: str) -> Meeting | None:
        """Return the meeting of a person in a round, None for who has none."""
        return self._at.get((number, person))

    def round_of(self, one: str, other: str) -> int | None:
        """Return the round in which two people meet, None when they do not."""
        rounds = range(1, self.settings.rounds + 1)
        mine = (self.at(number, one) for number in rounds)
        return next((m.round for m in mine if m is not None and other in m.members), None)

    def absent(self, number: int) -> frozenset[str]:
        """Return who is not there in a round."""
        return frozenset(
            self.ids[i]
            for each in self._bound
            if each.present is not None
            for i in np.flatnonzero(~each.present[:, number - 1])
        )

    @cached_property
    def frozen(self) -> frozenset[int]:
        """The rounds, from 1, that are printed or past."""
        return frozenset(number + 1 for each in self._bound for number in each.frozen_rounds)

    @cached_property
    def _bound(self) -> tuple[Restriction, ...]:
        return tuple(rule.restrict(self.ids, self.settings.rounds) for rule in self.rules)

    def bound(self, rules: Sequence[Rule] = ()) -> tuple[Restriction, ...]:
        """Return what the rules in force, and these, ask of a plan."""
        more = (rule.restrict(self.ids, self.settings.rounds) for rule in rules)
        return (*self._bound, *more)

    def with_meetings(self, gone: Iterable[Meeting], new: Iterable[Meeting]) -> tuple[Meeting, ...]:
        """Return the meetings without some and with others, by round and table."""
        left = set(gone)
        kept = (meeting for meeting in self.meetings if meeting not in left)
        return tuple(sorted((*kept, *new), key=lambda m: (m.round, m.table, m.members)))

    def shares(self, meetings: Iterable[Meeting]) -> dict[Meeting, dict[Pair, int]]:
        """Return what each pair of each meeting gives to both of its people, in half-units.

        Twice its affinity; in a trio once, and nothing where the two only share a partner. The
        shares of a meeting sum to its value.
        """
        meetings = list(meetings)
        apart = sharing(meetings, self.rules, self.settings.rounds)
        pairs = sorted({pair for each in meetings for pair in each.pairs})
        value = dict(zip(pairs, self.values(pairs), strict=True)) | dict.fromkeys(apart, 0)
        return {
            each: {pair: value[pair] * (2 if len(each.members) == 2 else 1) for pair in each.pairs}
            for each in meetings
        }

    @cached_property
    def wrong(self) -> frozenset[Violation]:
        """What is wrong with the plan as it is; a change is not to blame for that."""
        return frozenset(self.broken(self.meetings))

    def broken(
        self, meetings: Sequence[Meeting], rules: Sequence[Rule] = ()
    ) -> tuple[Violation, ...]:
        """Return everything that is wrong with meetings of this plan's people, rules and tables.

        Parameters
        ----------
        rules
            Such as hold beside those in force.
        """
        held = (*self.rules, *rules)
        rounds = self.settings.rounds
        inside = [each for each in meetings if each.round <= rounds]
        found = violations(inside, held, ids=self.ids, rounds=rounds, names=self.names)
        return (*self._misplaced(meetings), *self._trios(inside), *found)

    def _misplaced(self, meetings: Sequence[Meeting]) -> Iterator[Violation]:
        """Yield rounds and tables that there are not, and tables that two meetings have."""
        rounds, tables = self.settings.rounds, self.settings.tables
        taken = Counter((each.round, each.table) for each in meetings)
        last = inf if tables is None else tables
        misplaced = (
            m for m in meetings if m.round > rounds or m.table > last or taken[m.round, m.table] > 1
        )
        for each in misplaced:
            gaps = {"who": self.who(each.members), "round": each.round, "table": each.table}
            if each.round > rounds:
                says = "%(who)s would meet in round %(round)s; the last one is %(last)s."
                text = phrase(says, last=rounds, **gaps)
            elif each.table > last:
                text = phrase(
                    "%(who)s would sit at table %(table)s in round %(round)s; there are %(last)s.",
                    last=tables,
                    **gaps,
                )
            else:
                text = phrase(
                    "%(who)s share table %(table)s in round %(round)s with others.", **gaps
                )
            yield Violation(kind="seat", ids=each.members, round=each.round, text=text)

    def _trios(self, meetings: Sequence[Meeting]) -> Iterator[Violation]:
        """Yield tables of three that nobody left over is the reason for."""
        trios = [m for m in meetings if len(m.members) == 3 and m.round not in self.frozen]
        count = Counter(meeting.round for meeting in trios)
        for each in trios:
            people = len(self.ids) - len(self.absent(each.round))
            gaps = {"who": self.who(each.members), "round": each.round}
            text: Phrase | None = None
            if self.settings.odd is not Odd.TRIO:
                text = phrase(
                    "%(who)s sit together in round %(round)s, and the settings ask for no tables "
                    "of three.",
                    **gaps,
                )
            elif people % 2 == 0:
                text = phrase(
                    "%(who)s sit together in round %(round)s, though %(count)s people are there, "
                    "an even number.",
                    count=people,
                    **gaps,
                )
            elif count[each.round] > 1:
                text = phrase(
                    "%(who)s sit together in round %(round)s, though one such table is enough for "
                    "whoever is left over.",
                    **gaps,
                )
            if text:
                yield Violation(kind="trio", ids=each.members, round=each.round, text=text)

    def who(self, ids: Sequence[str]) -> str:
        """Return people by name: ``Ana, Ben and Cleo``."""
        return listed([self.name(person) for person in ids])
