"""A plan and its certificate, free of any solver's vocabulary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import overload

import numpy as np
from numpy.typing import NDArray

from matcher.errors import ProfileError
from matcher.rules import Seated

__all__ = ["BoundCovers", "Meeting", "Meetings", "Plan", "Progress", "Status", "StoppedBy"]

Integers = NDArray[np.int64]


class Status(StrEnum):
    """What is known of a plan."""

    OPTIMAL = "optimal"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"


class StoppedBy(StrEnum):
    """What ended the run."""

    PROOF = "proof"
    EFFORT = "effort"
    TIME = "time"
    CANCEL = "cancel"
    HAND = "hand"
    """Nothing ended it: people arranged the plan, or changed one, by hand."""


class BoundCovers(StrEnum):
    """Which pairs the proven bound speaks about."""

    ALL = "all permitted pairs"
    CANDIDATES = "k best candidates per person"


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Two attendees, or three, at one table in one round.

    Parameters
    ----------
    round, table
        Numbered from 1.
    members
        Ids, sorted; two, or three in a trio.
    value
        Affinity in half-units (0 to 3,000,000): twice the pair's affinity; for a trio the sum of
        its three pairs, each counting half.
    """

    round: int
    table: int
    members: tuple[str, ...]
    value: int

    def __post_init__(self) -> None:
        """Refuse a meeting with oneself or of four."""
        m = self.members
        if len(m) not in (2, 3) or not (m[0] < m[1] and m[-2] < m[-1]):
            raise ProfileError(f"A meeting has two or three different people: {self.members}.")

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Every two members, sorted."""
        return tuple(combinations(self.members, 2))

    def partners(self, reader: str) -> tuple[str, ...]:
        """Return the others at the table, sorted."""
        return tuple(member for member in self.members if member != reader)


class Meetings(Sequence[Meeting]):
    """Meetings by round and table, made into values when somebody first looks at one.

    A plan of ten thousand people has thirty thousand, and whoever stopped a run waits for it.

    Parameters
    ----------
    ids
        Everyone in the plan, sorted.
    seated
        Who sits where in which round, by round and table.
    values
        (meetings,): in half-units.
    """

    def __init__(self, ids: tuple[str, ...], seated: Seated, values: Integers) -> None:
        self._ids, self._seated, self._values = ids, seated, values

    @cached_property
    def _all(self) -> tuple[Meeting, ...]:
        seated, ids = self._seated, self._ids
        columns = (seated.round + 1, seated.table, seated.members, self._values)
        return tuple(
            Meeting(
                round=number,
                table=table,
                members=(ids[i], ids[j]) if k < 0 else (ids[i], ids[j], ids[k]),
                value=value,
            )
            for number, table, (i, j, k), value in zip(*(c.tolist() for c in columns), strict=True)
        )

    def __len__(self) -> int:
        return len(self._values)

    @overload
    def __getitem__(self, at: int) -> Meeting: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Meeting, ...]: ...

    def __getitem__(self, at: int | slice) -> Meeting | tuple[Meeting, ...]:
        return self._all[at]

    def __iter__(self) -> Iterator[Meeting]:
        return iter(self._all)

    def __eq__(self, other: object) -> bool:
        return self._all == (other._all if isinstance(other, Meetings) else other)

    def __hash__(self) -> int:
        return hash(self._all)

    def __repr__(self) -> str:
        return repr(self._all)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All rounds of one event, with what is proved about them.

    Parameters
    ----------
    ids
        Everyone in the plan, sorted.
    meetings
        Sorted by round, then table.
    sit_outs
        (round, id) of everyone present without a partner, sorted.
    bound
        Proven upper bound on the total, in half-units, over plans that satisfy the earlier aims.
    welfare, welfare_bound
        What the last aim maximizes and the proven most of it, in half-units: the total that would
        be worth as much if it were shared equally. With fairness 0 they are total and bound.
    repeatable
        False when the clock or a person stopped the run, or a person made the plan.
    by_hand
        What people changed in it, in sentences, oldest first.
    """

    ids: tuple[str, ...]
    rounds: int
    meetings: Sequence[Meeting]
    sit_outs: tuple[tuple[int, str], ...]
    bound: int
    welfare: int
    welfare_bound: int
    bound_covers: BoundCovers
    status: Status
    stopped_by: StoppedBy
    repeatable: bool
    notices: tuple[str, ...] = ()
    by_hand: tuple[str, ...] = ()

    @cached_property
    def total(self) -> int:
        """Total affinity in half-units."""
        return sum(meeting.value for meeting in self.meetings)

    @property
    def gap(self) -> float:
        """Relative distance of the total to the bound; 0 when the bound is 0."""
        return _distance(self.total, self.bound)

    @property
    def welfare_gap(self) -> float:
        """Relative distance of the welfare to its bound; 0 when that is 0."""
        return _distance(self.welfare, self.welfare_bound)

    @cached_property
    def of_person(self) -> dict[str, tuple[Meeting, ...]]:
        """Each id's meetings by round."""
        mine: dict[str, list[Meeting]] = {person: [] for person in self.ids}
        for meeting in self.meetings:
            for member in meeting.members:
                mine[member].append(meeting)
        return {person: tuple(meetings) for person, meetings in mine.items()}


def _distance(value: int, bound: int) -> float:
    return (bound - value) / bound if bound else 0.0


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a run is.

    Parameters
    ----------
    stage
        What is being done, in words an organizer understands.
    done
        Share of the whole run that is over, 0 to 1, never falling.
    best, bound
        Best total and proven bound so far in half-units, None before the first.
    """

    stage: str
    done: float
    best: int | None = None
    bound: int | None = None
