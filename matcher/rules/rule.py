"""What a rule is: a restriction, written once and read twice.

`Rule.restrict` binds a rule to the people and rounds of one event. The planner reads the result to
narrow the problem before solving (`matcher.plan.narrow`); `violations` reads the same result over
a finished plan. A rule says nothing of solvers and never looks at a plan itself, so that its two
readings cannot drift apart.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self, TypeAlias

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Classes",
    "FrozenMeeting",
    "Indices",
    "Mask",
    "Pin",
    "Restriction",
    "Row",
    "Rule",
    "sorted_pairs",
]

Indices: TypeAlias = NDArray[np.integer[Any]]
Mask: TypeAlias = NDArray[np.bool_]
Row: TypeAlias = tuple[str, tuple[str, ...], int | None, str]
"""One line of `rules.csv`: kind, ids, round (from 1; None for all), value."""


@dataclass(frozen=True)
class Pin:
    """Two people ``a < b`` who must meet, in that round, or in any if it is None."""

    a: int
    b: int
    round: int | None = None


@dataclass(frozen=True)
class FrozenMeeting:
    """A meeting of a round that is printed or past: two or three people, ascending.

    The table is a number from 1, as it is printed.
    """

    round: int
    table: int
    members: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Classes:
    """Who never meets because of the class each is of, such as a cohort or a choice of tables.

    Parameters
    ----------
    of
        (people,): class of each person, from 0.
    apart
        (classes, classes): whether people of the two never meet; symmetric.
    """

    of: Indices
    apart: Mask

    @classmethod
    def by_set(
        cls,
        sets: Sequence[frozenset[Any] | None],
        apart: Callable[[frozenset[Any], frozenset[Any]], bool],
    ) -> Self:
        """Return one class for everybody who has the same set.

        Parameters
        ----------
        sets
            (people,): the set of each; None for people whom nothing keeps apart.
        apart
            Symmetric.
        """
        kinds = sorted({each for each in sets if each is not None}, key=sorted)
        place = {each: i for i, each in enumerate(kinds)}
        of = np.array([len(kinds) if s is None else place[s] for s in sets], dtype=np.int64)
        table = np.zeros((len(kinds) + 1, len(kinds) + 1), dtype=np.bool_)
        for a, one in enumerate(kinds):
            table[a, :-1] = [apart(one, other) for other in kinds]
        return cls(of, table)

    def forbids(self, a: Indices, b: Indices) -> Mask:
        """Return which of the pairs never meet."""
        found: Mask = self.apart[self.of[a], self.of[b]]
        return found


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """What one rule asks of a plan.

    People are indices into the ids it was bound to, rounds count from 0. None, or nothing in a
    tuple or set: it asks nothing of that way. Most ways only forbid. The exceptions are pins and
    frozen rounds, which alone can make a plan impossible, and `fewest`, which is no promise.

    Parameters
    ----------
    pair
        ``pair(a, b)``: which of the pairs of indices ``a < b`` never meet.
    classes
        Where `pair` depends on nothing else; so partners are found without looking at everybody.
    shares
        Whether two such people may still share a partner in a trio, who meets both of them.
    pair_in_round
        ``pair_in_round(a, b, round)``: which of the pairs do not meet in that round.
    present
        (people, rounds): whether the person may meet anybody in that round.
    most
        (people,): most meetings of the person.
    tables
        (rounds,): most meetings in that round.
    seats
        (people,): numbers from 1 of the tables at which the person may sit, None for any.
        A pair that has no table in common stands in `pair` too.
    pins
        Pairs that must meet.
    frozen, frozen_rounds
        In these rounds exactly these meetings take place.
    fewest
        (people,): meetings that the person should get. As many as possible are given; who gets
        fewer is named in a notice.
    """

    pair: Callable[[Indices, Indices], Mask] | None = None
    classes: Classes | None = None
    shares: bool = False
    pair_in_round: Callable[[Indices, Indices, Indices], Mask] | None = None
    present: Mask | None = None
    most: Indices | None = None
    tables: Indices | None = None
    seats: tuple[frozenset[int] | None, ...] | None = None
    pins: tuple[Pin, ...] = ()
    frozen: tuple[FrozenMeeting, ...] = ()
    frozen_rounds: frozenset[int] = frozenset()
    fewest: Indices | None = None


class Rule(ABC):
    """One hard rule: never bent."""

    kind: ClassVar[str]
    """Its name in `RULES.toml` and `rules.csv`."""
    says: ClassVar[str]
    """What it forbids, ending the sentence "Ana and Ben …"."""

    @abstractmethod
    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Return what the rule forbids among these people (sorted ids) in this many rounds.

        Ids that the rule names and the event does not have are no concern of the plan.
        """

    @abstractmethod
    def rows(self) -> Iterable[Row]:
        """Return the rule as lines of `rules.csv`, sorted, for the independent checker."""


def sorted_pairs(pairs: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Return the pairs with each one's ids in order.

    Examples
    --------
    >>> sorted(sorted_pairs([("ben", "ana"), ("ana", "ben")]))
    [('ana', 'ben')]
    """
    return frozenset((min(pair), max(pair)) for pair in pairs)
