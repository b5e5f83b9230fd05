"""Meetings as arrays: what rules are read over, be they a planner's or written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Integers", "Seated", "Seating"]

Integers = NDArray[np.int64]
_NOBODY = (-1, -1, -1)


class Seating(Protocol):
    """One meeting: `matcher.plan.Meeting`, or anything shaped like it."""

    @property
    def round(self) -> int:
        """Number of the round, from 1."""

    @property
    def table(self) -> int:
        """Number of the table, from 1."""

    @property
    def members(self) -> tuple[str, ...]:
        """Ids of the two or three at the table, sorted."""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every two of them, sorted."""


@dataclass(frozen=True, eq=False)
class Seated:
    """Who sits where in which round; people are indices, rounds count from 0, tables from 1.

    Parameters
    ----------
    round, table
        (meetings,): when and where each takes place.
    members
        (meetings, 3): its people, ascending; -1 at the end where there are but two.
    """

    round: Integers
    table: Integers
    members: Integers

    @classmethod
    def of(cls, meetings: Iterable[Seating], at: Mapping[str, int]) -> Seated:
        """Return meetings as arrays; `at` is the index of each id, in the order of ids."""
        flat = [
            (
                m.round - 1,
                m.table,
                *(at[person] for person in m.members),
                *_NOBODY[len(m.members) :],
            )
            for m in meetings
        ]
        table = np.array(flat, dtype=np.int64).reshape(-1, 5)
        return cls(table[:, 0], table[:, 1], table[:, 2:])

    @cached_property
    def seats(self) -> tuple[Integers, Integers]:
        """Everybody who sits somewhere, by meeting, and in which meeting."""
        meeting, place = np.nonzero(self.members >= 0)
        return self.members[meeting, place], meeting

    @cached_property
    def pairs(self) -> tuple[Integers, Integers, Integers]:
        """Every two who share a table, ``a < b``, and in which meeting."""
        trios = np.flatnonzero(self.members[:, 2] >= 0)
        i, j, k = self.members[trios].T
        meeting = np.concatenate([np.arange(len(self.members)), trios, trios])
        a = np.concatenate([self.members[:, 0], i, j])
        return a, np.concatenate([self.members[:, 1], k, k]), meeting
