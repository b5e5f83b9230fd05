"""What all sources say together, by id, and the rules that it makes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from events.model import Notice
from matcher.relations import Relations
from matcher.rules import (
    AlreadyMet,
    Availability,
    Cohorts,
    Exclusions,
    FixedTables,
    FrozenRounds,
    Minimum,
    Pins,
    Quota,
    Row,
    Rule,
    Tables,
    sorted_pairs,
)

__all__ = ["Found", "RulesFound"]

Pair = tuple[str, str]
_INFLUENCES = ("wish", "welcome", "rivals", "urgency")
"""Keys of RULES.toml that make no rule."""
Sources = Mapping[Row, Sequence[str]]
"""Where rules come from: by line of `rules.csv`, whose ids, round or value may be left out."""


@dataclass(frozen=True, kw_only=True)
class RulesFound:
    """What the people and files of one event ask of its plan.

    Parameters
    ----------
    rules
        Rule objects over ids.
    wishes
        Sorted pairs of ids of whom one wishes to meet the other.
    ties
        Sorted pair of ids who know each other, as both say or the organizer knows, to the day they
        last met (``YYYY-MM-DD``), "" where nobody says.
    meeting_rivals, newcomers, hosts
        Ids of people who agreed to meet competitors, who are new here, who welcome those.
    urgency
        Id of a person and a folded need of theirs, "" for all others, to how much it counts.
    settings
        Fields of `matcher.settings.Settings` that RULES.toml decides.
    notices
        What could not be used, and what to know of the rest.
    sources
        Where each rule stands.
    """

    rules: tuple[Rule, ...] = ()
    wishes: frozenset[Pair] = frozenset()
    ties: Mapping[Pair, str] = field(default_factory=dict)
    meeting_rivals: frozenset[str] = frozenset()
    newcomers: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    urgency: Mapping[tuple[str, str], float] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
    sources: Sources = field(default_factory=dict)

    def source(self, row: Row) -> str:
        """Return where a line of `rules.csv` comes from, "" if it was not read from anywhere."""
        kind, ids, at, value = row
        keys: Sequence[Row] = (
            row,
            (kind, ids, at, ""),
            (kind, ids, None, ""),
            (kind, (), None, value),
            (kind, (), None, ""),
        )
        return "; ".join(next(filter(None, map(self.sources.get, keys)), ()))

    @property
    def influences(self) -> list[Row]:
        """What forbids nothing and counts in affinities, as lines of `rules.csv` would say it."""
        return sorted(row for row in self.sources if row[0] in _INFLUENCES)

    @property
    def relations(self) -> Relations:
        """What is known of people two by two."""
        earlier = (rule.pairs for rule in self.rules if isinstance(rule, AlreadyMet))
        met = frozenset(pair for pairs in earlier for pair in pairs)
        return Relations(met=met, wishes=self.wishes, ties=self.ties)


@dataclass(kw_only=True)
class Found:
    """A collection that readers add to; people by id, rounds and tables from 1.

    Parameters
    ----------
    welcome
        Folded names of the cohorts of newcomers and of hosts; None while nothing is said of them.
    said
        Pairs of whom the first says of the second that they know or have met them.
    ties, meeting_rivals, urgency
        As in `RulesFound`.
    present
        Id to the rounds in which the person is there.
    cohorts
        Id to the folded names of the person's cohorts.
    features
        Folded name of tables ("quiet") to their numbers.
    may_meet
        Pairs of cohorts; None while nothing is said of them.
    trios
        Whether two of cohorts that do not meet may share a partner in a trio.
    kept
        Round, table and sorted ids of every meeting of a frozen round.
    """

    apart: set[Pair] = field(default_factory=set)
    met: set[Pair] = field(default_factory=set)
    said: set[Pair] = field(default_factory=set)
    ties: dict[Pair, str] = field(default_factory=dict)
    wishes: set[Pair] = field(default_factory=set)
    meeting_rivals: set[str] = field(default_factory=set)
    welcome: Pair | None = None
    urgency: dict[tuple[str, str], float] = field(default_factory=dict)
    pins: set[tuple[str, str, int | None]] = field(default_factory=set)
    present: dict[str, frozenset[int]] = field(default_factory=dict)
    most: dict[str, int] = field(default_factory=dict)
    fewest: dict[str, int] = field(default_factory=dict)
    seats: dict[str, frozenset[int]] = field(default_factory=dict)
    cohorts: dict[str, frozenset[str]] = field(default_factory=dict)
    may_meet: set[Pair] | None = None
    trios: bool = False
    tables: tuple[int, ...] = ()
    features: dict[str, frozenset[int]] = field(default_factory=dict)
    frozen: frozenset[int] = frozenset()
    kept: list[tuple[int, int, tuple[str, ...]]] = field(default_factory=list)
    settings: dict[str, bool | int] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)
    sources: dict[Row, list[str]] = field(default_factory=dict)

    def note(
        self,
        source: str,
        kind: str,
        ids: Sequence[str] = (),
        at: int | None = None,
        value: str = "",
        *,
        alone: bool = False,
    ) -> None:
        """Add where a rule stands; `alone` if what was said of it before counts no more."""
        listed = self.sources.setdefault((kind, tuple(sorted(ids)), at, value), [])
        if alone:
            listed.clear()
        if source not in listed:
            listed.append(source)

    def tie(self, one: str, other: str, day: str = "", *, source: str) -> None:
        """Add that two people know each other, and met on that day at the latest."""
        pair = min(one, other), max(one, other)
        self.met.add(pair)
        self.note(source, AlreadyMet.kind, pair)
        self.ties[pair] = max(day, self.ties.get(pair, ""))

    def welcoming(self) -> tuple[frozenset[str], frozenset[str]]:
        """Return the ids of newcomers and of hosts."""
        newcomers, hosts = (
            frozenset(person for person, names in self.cohorts.items() if cohort in names)
            for cohort in self.welcome or ("", "")
        )
        return newcomers, hosts

    def rules(self, rounds: int) -> tuple[Rule, ...]:
        """Return the rules of an event of so many rounds; those without content left out."""
        every = frozenset(range(1, rounds + 1))
        absent = {person: every - there for person, there in self.present.items()}
        made: Sequence[tuple[object, Rule]] = (
            (self.apart, Exclusions(sorted_pairs(self.apart))),
            (self.met, AlreadyMet(sorted_pairs(self.met))),
            (
                self.may_meet,
                Cohorts(dict(self.cohorts), sorted_pairs(self.may_meet or ()), self.trios),
            ),
            (any(absent.values()), Availability({who: r for who, r in absent.items() if r})),
            (self.most, Quota(dict(self.most))),
            (self.fewest, Minimum(dict(self.fewest))),
            (self.tables, Tables(self.tables or (0,))),
            (self.seats, FixedTables(dict(self.seats))),
            (self.pins, Pins(frozenset(self.pins))),
            (self.frozen, FrozenRounds(self.frozen, tuple(sorted(self.kept)))),
        )
        return tuple(rule for content, rule in made if content)
