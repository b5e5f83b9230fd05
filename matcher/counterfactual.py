"""Why these, and why not those: what an organizer asks of a finished plan, answered with figures.

"Why not Ana with Ben?" has three honest answers: they do meet, a rule forbids it, or others are
worth more; the last one names the cheapest exchange that would bring the two together, and what it
costs. Everything here is for the organizer alone: affinities are never shown to attendees.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np

from matcher.errors import ProfileError
from matcher.phrase import phrase
from matcher.plan.plan import Meeting
from matcher.rules import Rule, sharing, violations

__all__ = [
    "Counterfactual",
    "Exchange",
    "Partner",
    "WhyNot",
    "WhyThese",
    "Worth",
]


@dataclass(frozen=True, kw_only=True)
class Partner:
    """Somebody whom a person meets, or could have met.

    Parameters
    ----------
    id
        The other person.
    affinity
        0 to 1,000,000.
    rank
        Place among all partners that the person might be given, from 1; equal affinities share it.
    round
        Numbered from 1; None when the two do not meet.
    """

    id: str
    affinity: int
    rank: int
    round: int | None


@dataclass(frozen=True, kw_only=True)
class WhyThese:
    """A person's partners by round, and better ones whom they do not meet, best first.

    Parameters
    ----------
    possible
        Number of partners whom neither a rule nor the affinities forbid.
    """

    person: str
    partners: tuple[Partner, ...]
    better: tuple[Partner, ...]
    possible: int


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """Two meetings of one round that become two others, one of them the wanted one.

    Parameters
    ----------
    instead
        The two meetings that would not take place, as sorted pairs.
    change
        What the total gains, in affinity points; negative for a loss.
    """

    round: int
    instead: tuple[tuple[str, str], tuple[str, str]]
    change: int


@dataclass(frozen=True, kw_only=True)
class WhyNot:
    """Why two people do not meet, or that they do.

    Parameters
    ----------
    affinity
        Of the two, 0 to 1,000,000; None when the affinities do not permit them.
    round
        In which they meet; None when they do not.
    forbidden
        What forbids it, in sentences; empty when nothing does.
    lowest
        The least that either of them gets from one of their own meetings, in the order of the
        two; None for who has no meeting of two.
    exchange
        The best single exchange that would bring them together; None when there is none.
    """

    pair: tuple[str, str]
    affinity: int | None
    round: int | None
    forbidden: tuple[str, ...]
    lowest: tuple[int | None, int | None]
    exchange: Exchange | None


class Worth(Protocol):
    """What any two people would be worth to each other: a table of pairs, or what makes it."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Everybody's id, sorted."""
        ...

    def of_ids(self, pairs: Sequence[tuple[str, str]]) -> list[int]:
        """Return the affinity of each sorted pair of ids, -1 where not permitted."""
        ...


class Counterfactual:
    """Questions about one plan.

    Parameters
    ----------
    meetings
        The plan's meetings.
    rounds
        Rounds of the event.
    affinities
        What the plan was made from; only the pairs that an answer speaks about are asked for.
    rules
        The rules it respects.
    names
        How sentences call people; ids stand for those it does not have.
    """

    def __init__(
        self,
        meetings: Sequence[Meeting],
        rounds: int,
        affinities: Worth,
        rules: Sequence[Rule],
        names: Mapping[str, str],
    ) -> None:
        self._meetings, self._rounds = meetings, rounds
        self._affinities, self._rules, self._names = affinities, tuple(rules), names
        self._at = {person: index for index, person in enumerate(affinities.ids)}
        apart = sharing(meetings, rules, rounds)
        self._round = {
            pair: each.round for each in meetings for pair in each.pairs if pair not in apart
        }
        self._partner = {
            (member, each.round): each.partners(member)[0]
            for each in meetings
            if len(each.members) == 2
            for member in each.members
        }

    def why_these(self, person: str, most: int = 6) -> WhyThese:
        """Return a person's partners, and up to `most` better ones they do not meet.

        Raises
        ------
        ProfileError
            If the person is not in the plan.
        """
        self._known(person)
        others = [other for other in self._affinities.ids if other != person]
        pairs = [_sorted(person, other) for other in others]
        values = self._affinities.of_ids(pairs)
        free = self._free(pairs)
        worth = {
            other: value
            for other, pair, value, ok in zip(others, pairs, values, free, strict=True)
            if pair in self._round or (ok and value >= 0)
        }
        found = sorted(self._ranked(person, worth), key=lambda each: (-each.affinity, each.id))
        met = sorted((each for each in found if each.round), key=lambda each: each.round or 0)
        least = min((each.affinity for each in met), default=0)
        better = [each for each in found if not each.round and each.affinity > least]
        return WhyThese(
            person=person, partners=tuple(met), better=tuple(better[:most]), possible=len(worth)
        )

    def _ranked(self, person: str, worth: Mapping[str, int]) -> Iterator[Partner]:
        falling = -np.sort(-np.array(list(worth.values()), dtype=np.int64))
        for other, value in worth.items():
            rank = 1 + int(np.searchsorted(-falling, -value, side="left"))
            met = self._round.get(_sorted(person, other))
            yield Partner(id=other, affinity=value, rank=rank, round=met)

    def why_not(self, one: str, other: str) -> WhyNot:
        """Return why two people do not meet.

        Raises
        ------
        ProfileError
            If one of them is not in the plan, or both are the same.
        """
        self._known(one)
        self._known(other)
        if one == other:
            raise ProfileError(f"{self._name(one)} is one person. Ask about two.")
        pair = _sorted(one, other)
        value = self._affinities.of_ids([pair])[0]
        return WhyNot(
            pair=pair,
            affinity=value if value >= 0 else None,
            round=self._round.get(pair),
            forbidden=() if pair in self._round else self._forbidden(pair, value),
            lowest=(self._lowest(pair[0]), self._lowest(pair[1])),
            exchange=None if pair in self._round else self._best_exchange(pair),
        )

    def _forbidden(self, pair: tuple[str, str], value: int) -> tuple[str, ...]:
        """Return what stands in the way of the pair in all rounds together, in sentences."""
        one, other = map(self._name, pair)
        if value < 0:
            return (
                phrase(
                    "%(one)s and %(other)s are not among the permitted pairs of the affinities.",
                    one=one,
                    other=other,
                ),
            )
        by_round = [
            [rule.says for rule in self._rules if self._is_broken(rule, pair, number)]
            for number in range(1, self._rounds + 1)
        ]
        if not all(by_round):
            return ()
        return tuple(
            phrase(f"%(one)s and %(other)s {says}.", one=one, other=other)
            for says in dict.fromkeys(chain.from_iterable(by_round))
        )

    def _is_broken(self, rule: Rule, pair: tuple[str, str], number: int) -> bool:
        """Return whether the rule forbids the two to meet in that round, whoever else does what."""
        meeting = Meeting(round=number, table=1, members=pair, value=0)
        ids = self._affinities.ids
        return any(
            each.ids and set(each.ids) <= set(pair) and each.round in (None, number)
            for each in violations([meeting], [rule], ids=ids, rounds=self._rounds)
            if each.kind != "table"
        )

    def _free(self, pairs: Sequence[tuple[str, str]]) -> list[bool]:
        """Return which pairs no rule forbids outright."""
        at = np.array([(self._at[a], self._at[b]) for a, b in pairs], dtype=np.int64)
        a, b = at.reshape(-1, 2).T
        free = np.ones(len(pairs), dtype=np.bool_)
        for rule in self._rules:
            bound = rule.restrict(self._affinities.ids, self._rounds)
            if bound.pair is not None:
                free &= ~bound.pair(a, b)
        return [bool(each) for each in free]

    def _best_exchange(self, pair: tuple[str, str]) -> Exchange | None:
        """Return the exchange of two meetings of one round that costs least."""
        found = sorted(self._exchanges(pair), key=lambda each: (-each.change, each.round))
        return next((each for each in found if not self._breaks(each, pair)), None)

    def _exchanges(self, pair: tuple[str, str]) -> Iterator[Exchange]:
        """Yield the exchanges that bring no two people together a second time."""
        one, other = pair
        for number in range(1, self._rounds + 1):
            mine, theirs = self._partner.get((one, number)), self._partner.get((other, number))
            if mine is None or theirs is None:
                continue
            before = (_sorted(one, mine), _sorted(other, theirs))
            after = (pair, _sorted(mine, theirs))
            values = self._affinities.of_ids([*before, *after])
            if min(values) < 0 or after[1] in self._round:
                continue
            change = values[2] + values[3] - values[0] - values[1]
            yield Exchange(round=number, instead=before, change=change)

    def _breaks(self, exchange: Exchange, pair: tuple[str, str]) -> bool:
        """Return whether the exchange breaks a rule that the plan keeps, tables apart."""
        number, before = exchange.round, exchange.instead
        left = (person for each in before for person in each if person not in pair)
        after = (pair, _sorted(*left))
        tables = [m.table for m in self._meetings if m.round == number and m.members in before]
        kept = [m for m in self._meetings if not (m.round == number and m.members in before)]
        new = [
            Meeting(round=number, table=table, members=members, value=0)
            for table, members in zip(sorted(tables), after, strict=True)
        ]
        ids = self._affinities.ids
        broken = violations([*kept, *new], self._rules, ids=ids, rounds=self._rounds)
        return any(each.kind != "table" for each in broken)

    def _lowest(self, person: str) -> int | None:
        mine = [pair for pair in self._round if person in pair]
        return min(self._affinities.of_ids(mine), default=None) if mine else None

    def _known(self, person: str) -> None:
        if person not in self._at:
            raise ProfileError(f"{person!r} is nobody in this plan. Use an id of its people.csv.")

    def _name(self, person: str) -> str:
        return self._names.get(person, person)


def _sorted(one: str, other: str) -> tuple[str, str]:
    return min(one, other), max(one, other)
