"""What the files of one plan say, as values. Nothing here judges or repairs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

__all__ = [
    "BOUND_COVERS",
    "UNIT",
    "Entry",
    "Export",
    "Figures",
    "Meeting",
    "Person",
    "Rule",
    "Score",
    "decimals",
]

UNIT = 10_000_000
"""Affinities are read as integers of this part of 1: files show exactly seven decimals."""

BOUND_COVERS = ("all permitted pairs", "k best candidates per person")
"""Which pairs a bound can speak about; only the first proves a plan optimal."""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One row of ``pairings.csv``; `members` and `names` as written, two or three of each."""

    row: int
    round: int
    table: int
    members: tuple[str, ...]
    names: tuple[str, ...]
    affinity: int

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every two different members, each pair sorted."""
        return tuple((a, b) for a, b in combinations(sorted(self.members), 2) if a != b)

    @property
    def seating(self) -> tuple[int, str, tuple[str, ...]]:
        """Round, table as written, and sorted members."""
        return self.round, str(self.table), tuple(sorted(self.members))


@dataclass(frozen=True, kw_only=True)
class Person:
    """One row of ``people.csv``."""

    row: int
    id: str
    name: str
    given_name: str
    family_name: str
    rounds: tuple[int, ...]
    partners: tuple[str, ...]
    sit_outs: tuple[int, ...]
    total: int


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One row of ``rules.csv``; `round` is None when it holds in all rounds."""

    row: int
    kind: str
    ids: tuple[str, ...]
    round: int | None
    value: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """One row of ``scores.csv``."""

    row: int
    pair: tuple[str, str]
    affinity: int


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of ``introductions.json``; `partner` and `table` are None for a sit-out.

    `templates` are those of all questions, `opened` the areas of opening ones.
    """

    row: int
    card: str
    round: int
    table: int | None
    reader: str
    partner: str | None
    headline: str
    introducer: str | None
    templates: tuple[str, ...]
    opened: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """What ``plan.json`` says that files can prove or disprove; amounts in UNIT.

    Parameters
    ----------
    gap, welfare_gap
        As written, a fraction of the bound.
    worst_off
        Ids of those who get least, and what they get.
    odd, tables, fairness
        From the settings: what an odd head-count becomes, most meetings in a round or None,
        0 for the plain total.
    measures
        Name to value, None where it rests on nothing; empty where none are given.
    """

    status: str
    total: int
    bound: int
    gap: Decimal
    welfare: int
    welfare_bound: int
    welfare_gap: Decimal
    bound_covers: str
    people: int
    rounds: int
    pairings: int
    sit_outs: int
    trios: int
    worst_off: tuple[frozenset[str], int]
    odd: str
    tables: int | None
    fairness: Decimal
    measures: Mapping[str, Decimal | None]


@dataclass(frozen=True, kw_only=True)
class Export:
    """Everything that the files of one plan say, in the order in which they say it."""

    figures: Figures
    meetings: tuple[Meeting, ...]
    people: tuple[Person, ...]
    rules: tuple[Rule, ...]
    scores: tuple[Score, ...]
    entries: tuple[Entry, ...] | None

    @cached_property
    def person(self) -> Mapping[str, Person]:
        """Rows of ``people.csv`` by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def score(self) -> Mapping[tuple[str, str], int]:
        """Affinity of each listed pair."""
        return {score.pair: score.affinity for score in self.scores}

    @cached_property
    def of_person(self) -> Mapping[str, tuple[Meeting, ...]]:
        """Meetings of each id that occurs in one, by round."""
        found: dict[str, list[Meeting]] = {}
        for meeting in sorted(self.meetings, key=lambda meeting: (meeting.round, meeting.row)):
            for member in sorted(set(meeting.members)):
                found.setdefault(member, []).append(meeting)
        return {member: tuple(meetings) for member, meetings in found.items()}

    @cached_property
    def met(self) -> Mapping[tuple[str, str], tuple[Meeting, ...]]:
        """Meetings of each pair that has one, in the order of the file."""
        found: dict[tuple[str, str], list[Meeting]] = {}
        for meeting in self.meetings:
            for pair in meeting.pairs:
                found.setdefault(pair, []).append(meeting)
        return {pair: tuple(meetings) for pair, meetings in found.items()}

    @cached_property
    def absences(self) -> frozenset[tuple[str, int]]:
        """Everyone who is not there in a round, as (id, round)."""
        return frozenset(
            (person, rule.round)
            for rule in self.rules
            if rule.kind == "availability" and rule.round is not None
            for person in rule.ids
        )

    @cached_property
    def cohorts(self) -> Mapping[str, frozenset[str]]:
        """Cohorts of each id that belongs to one."""
        found: dict[str, set[str]] = {}
        for rule in self.rules:
            if rule.kind == "cohort":
                for person in rule.ids:
                    found.setdefault(person, set()).add(rule.value)
        return {person: frozenset(names) for person, names in found.items()}

    @cached_property
    def cohorts_that_meet(self) -> frozenset[frozenset[str]]:
        """Two cohorts each, or one that meets among its own."""
        return frozenset(
            frozenset(rule.value.split("; ")) for rule in self.rules if rule.kind == "cohorts"
        )

    @cached_property
    def sharing(self) -> frozenset[tuple[str, str]]:
        """Pairs that may not meet and share a partner in a trio, where a rule lets them."""
        return frozenset(pair for meeting in self.meetings for pair in self.sharing_in(meeting))

    def sharing_in(self, meeting: Meeting) -> Sequence[tuple[str, str]]:
        """Return the pair that only shares a partner in this meeting; nothing where none does."""
        if len(meeting.pairs) != 3 or not self._trios_may_share:
            return ()
        apart = [pair for pair in meeting.pairs if not self.may_meet(*pair)]
        return apart if len(apart) == 1 else ()

    @cached_property
    def _trios_may_share(self) -> bool:
        return any(rule.kind == "cohort_trios" for rule in self.rules)

    def may_meet(self, one: str, other: str) -> bool:
        """Whether the cohorts of two people let them meet."""
        own, theirs = self.cohorts.get(one), self.cohorts.get(other)
        if not own or not theirs:
            return True
        return any(frozenset((a, b)) in self.cohorts_that_meet for a in own for b in theirs)

    @cached_property
    def frozen(self) -> frozenset[tuple[int, str, tuple[str, ...]]]:
        """Seating of each meeting that a frozen round holds."""
        return frozenset(
            (rule.round, rule.value, tuple(sorted(rule.ids)))
            for rule in self.rules
            if rule.kind == "frozen" and rule.round is not None
        )

    @cached_property
    def seatings(self) -> frozenset[tuple[int, str, tuple[str, ...]]]:
        """Seating of each meeting."""
        return frozenset(meeting.seating for meeting in self.meetings)

    def who(self, *ids: str) -> str:
        """Name people in a sentence: ``Ana Ruiz (p1) and Ben Ode (p2)``."""
        if not ids:
            return "nobody"
        named = [f"{self.person[i].name} ({i})" if i in self.person else f"'{i}'" for i in ids]
        return " and ".join(filter(None, (", ".join(named[:-1]), named[-1])))


def decimals(amount: int) -> str:
    """Write an amount as files do.

    Examples
    --------
    >>> decimals(14_500_000)
    '1.4500000'
    """
    sign, size = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}{size // UNIT}.{size % UNIT:07d}"
