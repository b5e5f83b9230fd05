"""Events to compare planners on. A kind is one function; the same seed makes the same event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matcher.affinity.ranking import best_of_each
from matcher.affinity.table import FULL, Affinities
from matcher.rules import Availability, Cohorts, Exclusions, Rule, Tables

__all__ = ["KINDS", "ROUNDS", "Event", "sparse"]

ROUNDS = 6
Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Event:
    """One instance: affinities and rules, and the same as arrays for methods that know no rules."""

    kind: str
    affinities: Affinities
    rules: tuple[Rule, ...] = ()

    @property
    def people(self) -> int:
        """Number of people."""
        return len(self.affinities.ids)

    @cached_property
    def permitted(self) -> tuple[Integers, Integers, Integers]:
        """Ends and affinities of the pairs that no rule forbids in all rounds."""
        table = self.affinities
        a, b = table.a.astype(np.int64), table.b.astype(np.int64)
        kept = np.ones(len(a), dtype=np.bool_)
        for bound in self._bound:
            if bound.pair is not None:
                kept &= ~bound.pair(a, b)
        return a[kept], b[kept], table.value[kept]

    @cached_property
    def present(self) -> Mask:
        """(people, rounds): who is there when."""
        present = np.ones((self.people, ROUNDS), dtype=np.bool_)
        for bound in self._bound:
            present &= True if bound.present is None else bound.present
        return present

    @cached_property
    def tables(self) -> Integers:
        """(rounds,): most meetings in each round."""
        tables = self.present.sum(axis=0) // 2
        for bound in self._bound:
            tables = tables if bound.tables is None else np.minimum(tables, bound.tables)
        return tables

    @cached_property
    def _bound(self) -> list:
        return [rule.restrict(self.affinities.ids, ROUNDS) for rule in self.rules]


def _ids(people: int) -> tuple[str, ...]:
    return tuple(f"p{i:06}" for i in range(people))


def _table(people: int, value: NDArray, kept: Mask | None = None) -> Affinities:
    """Return the upper triangle of a matrix of affinities."""
    upper = np.triu(np.ones((people, people), dtype=np.bool_), 1)
    a, b = np.nonzero(upper if kept is None else upper & kept)
    return Affinities(
        ids=_ids(people),
        a=a.astype(np.int32),
        b=b.astype(np.int32),
        value=np.clip(value[a, b], 0, FULL).astype(np.int64),
    )


def profiles(people: int, seed: int) -> Event:
    """All pairs; shared answers with a Zipf tail, rarer ones worth more: most share little."""
    random = np.random.default_rng(seed)
    values = np.stack([(random.zipf(1.4, 8) - 1) % (4 * people) for _ in range(people)])
    shared = _in_common(values, 4 * people).toarray()
    np.fill_diagonal(shared, 0)
    value = 20_000 + FULL * shared / max(1.0, shared.max())
    return Event(kind="profiles", affinities=_table(people, value))


def sparse(people: int, seed: int) -> Event:
    """Only pairs that share an answer, the best about 25 a person, and three chance meetings each.

    Six answers a person with a Zipf tail, of which those of more than a hundred people link nobody;
    the only kind that can be made for any number of people.
    """
    random = np.random.default_rng(seed)
    values = (4 * people * random.random((people, 6)) ** 3).astype(np.int64)
    shared = _in_common(values, 4 * people, most_holders=100).tocoo()
    a, b = (side.astype(np.int64) for side in shared.coords)
    off = a != b
    a, b, worth = a[off], b[off], np.rint(shared.data[off] * (FULL / 20)).astype(np.int64)
    near, far = best_of_each(a, b, worth, 18, people)
    mine = np.repeat(np.arange(people), 3)
    theirs = (mine + random.integers(1, people, len(mine))) % people
    near, far = np.concatenate([near, mine]), np.concatenate([far, theirs])
    keys = np.unique(np.minimum(near, far) * people + np.maximum(near, far))
    value = np.full(len(keys), 20_000)
    all_keys = a * people + b  # ascending: rows and columns of the product are
    at = np.minimum(np.searchsorted(all_keys, keys), len(all_keys) - 1)
    value += np.where(all_keys[at] == keys, worth[at], 0)
    return Event(
        kind="sparse profiles",
        affinities=Affinities(
            ids=_ids(people),
            a=(keys // people).astype(np.int32),
            b=(keys % people).astype(np.int32),
            value=np.minimum(value, FULL),
        ),
    )


def _in_common(values: Integers, columns: int, most_holders: int | None = None) -> csr_array:
    """Return for every two people what the values that both hold are worth, by rarity."""
    people = len(values)
    cells = np.unique(np.arange(people)[:, None] * columns + values)
    rows, held = cells // columns, cells % columns
    count = np.bincount(held, minlength=columns)
    if most_holders is not None:
        kept = count[held] <= most_holders
        rows, held = rows[kept], held[kept]
    count = np.maximum(count, 2)
    roots = np.sqrt(np.maximum(0.0, np.log(people / count)))[held]
    links = csr_array((roots, (rows, held)), shape=(people, columns))
    product = links @ links.T
    product.sort_indices()
    return product


def dense(people: int, seed: int) -> Event:
    """Independent uniform affinities of all pairs."""
    value = np.random.default_rng(seed).integers(0, FULL + 1, (people, people))
    return Event(kind="dense", affinities=_table(people, value))


def popular(people: int, seed: int) -> Event:
    """A tenth of the people are wanted by everybody."""
    random = np.random.default_rng(seed)
    wanted = np.where(np.arange(people) < people // 10, 400_000, 0)
    value = random.integers(0, 500_000, (people, people)) + wanted[:, None] + wanted[None, :]
    return Event(kind="popular", affinities=_table(people, value))


def two_sided(people: int, seed: int) -> Event:
    """Mentors and mentees, as many of each: only across."""
    value = np.random.default_rng(seed).integers(0, FULL + 1, (people, people))
    side = np.arange(people) % 2
    return Event(kind="two-sided", affinities=_table(people, value, side[:, None] != side[None, :]))


def absences(people: int, seed: int) -> Event:
    """Dense, and a fifth of the people miss one to three rounds."""
    random = np.random.default_rng(seed + 1000)
    event = dense(people, seed)
    absent = {
        person: frozenset((random.permutation(ROUNDS)[: random.integers(1, 4)] + 1).tolist())
        for person in event.affinities.ids
        if random.random() < 0.2
    }
    return replace(event, kind="absences", rules=(Availability(absent),))


def every_rule(people: int, seed: int) -> Event:
    """Absences, tables for nine tenths, three cohorts, and 2 % of the pairs excluded."""
    random = np.random.default_rng(seed + 2000)
    event = absences(people, seed)
    table = event.affinities
    names = ("host", "newcomer", "regular")
    cohorts = Cohorts(
        {who: frozenset({names[at]}) for who, at in zip(table.ids, _cohort(people), strict=True)},
        frozenset({("host", "newcomer"), ("newcomer", "regular"), ("regular", "regular")}),
    )
    out = np.flatnonzero(random.random(len(table.a)) < 0.02)
    ends = zip(table.a[out].tolist(), table.b[out].tolist(), strict=True)
    excluded = Exclusions(frozenset((table.ids[a], table.ids[b]) for a, b in ends))
    tables = Tables((max(1, people * 9 // 20),))
    return replace(event, kind="every rule", rules=(*event.rules, cohorts, excluded, tables))


def _cohort(people: int) -> list[int]:
    """Return two hosts, three newcomers and five regulars in every ten people."""
    return [(0, 1, 2, 2, 1, 2, 0, 1, 2, 2)[i % 10] for i in range(people)]


KINDS: tuple[Callable[[int, int], Event], ...] = (
    profiles,
    sparse,
    dense,
    popular,
    two_sided,
    absences,
    every_rule,
)
"""Kinds of event; a new one is one function and its name here."""
