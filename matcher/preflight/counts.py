"""The counts of one event on which every sentence about a plan to come rests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import Affinities
from matcher.permitted import count_permitted
from matcher.rules import Cohorts, Restriction, Rule
from matcher.settings import Odd, Settings
from matcher.sides import Surplus, surplus_of_cohorts, surplus_of_sides

__all__ = ["Counts"]

Integers = NDArray[np.int64]


class Counts:
    """Who is there, how many can meet, and how many cannot, in each round and altogether.

    Attributes
    ----------
    frozen, settled
        Rounds that stay as they are, from 0, and the meetings in them.
    absent
        Positions of people who miss some rounds.
    here, tables, seats
        For each round: people there, most meetings, people who can have a partner. Nobody is
        there in a frozen round.
    most
        Most meetings of each person.
    shares
        Whether the third at a table shares the partner of one who is there already.
    permitted
        Pairs, and partners of each person, that rules and affinities permit.
    surplus
        For each round, who is too many for those they may meet; empty where that is not known.
    """

    def __init__(
        self,
        ids: Sequence[str],
        settings: Settings,
        rules: Sequence[Rule],
        affinities: Affinities | None,
    ) -> None:
        self.ids, self.settings, self.odd = tuple(ids), settings, settings.odd
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
        self.shares = self.odd is Odd.TRIO and any(each.shares for each in bound)
        self.permitted = count_permitted(bound, affinities, self.present)
        self.surplus = self._surplus(rules, affinities)
        self.seats = np.array(
            [self._seated(number) for number in range(settings.rounds)], dtype=np.int64
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
        seats = self.seats_at(int(self.here[number]), int(self.tables[number]))
        return min(seats, int(self.here[number]) - self._left(number))

    def seats_at(self, here: int, tables: int) -> int:
        """Return the seats of so many people at so many tables: an odd number may have a trio."""
        pairs = min(here // 2, tables)
        if here % 2 == 0 or not pairs or self.odd is Odd.SIT_OUT:
            return 2 * pairs
        third = self.odd is Odd.TRIO or pairs == here // 2
        return 2 * pairs + third

    def _left(self, number: int) -> int:
        """Return how many people in a round are too many for those they may meet."""
        return self.surplus[number].left if self.surplus else 0

    def wanted(self) -> int:
        """Return the pairs that meet when every seat is taken: three in a trio, or at least two."""
        trio = self.seats % 2 if self.odd is Odd.TRIO else 0
        return int((self.seats // 2 + (1 if self.shares else 2) * trio).sum())

    def lacks_pairs(self) -> bool:
        """Return whether fewer pairs may meet than it takes to fill every seat."""
        return self.permitted.pairs is not None and self.wanted() > self.permitted.pairs

    def forced(self) -> int:
        """Return the sit-outs that no plan can avoid."""
        by_person = int(np.minimum(self.most, self.permitted.partners).sum())
        seats = min(int(self.seats.sum()), by_person)
        if self.permitted.pairs is not None:
            host = self.seats % 2 if self.odd is Odd.HOST else np.zeros(1, dtype=np.int64)
            seats = min(seats, 2 * self.permitted.pairs + int(host.sum()))
        return max(0, int(self.most.sum()) - seats)

    def meets(self) -> tuple[int, int]:
        """Return the fewest and the most meetings that anybody can get."""
        can = np.minimum(self.most, self.permitted.partners)
        return int(can.min()), int(can.max())

    def needed(self) -> int:
        """Return the tables in use in the fullest round."""
        host = (self.here % 2 > 0) & (self.odd is Odd.HOST)
        needed = np.minimum(self.here // 2 + host, np.maximum(self.tables, host))
        return int(needed.max(initial=0))


def _tables(settings: Settings, bound: Sequence[Restriction]) -> Integers:
    """Return the most meetings in each round that settings and rules have room for."""
    unlimited = np.iinfo(np.int32).max
    tables = np.full(settings.rounds, unlimited if settings.tables is None else settings.tables)
    for each in bound:
        tables = tables if each.tables is None else np.minimum(tables, each.tables)
    return tables.astype(np.int64)
