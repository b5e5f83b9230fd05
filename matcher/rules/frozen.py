"""Rounds that are printed or past: they stay as they are, tables included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from matcher.errors import ProfileError

from .rule import FrozenMeeting, Restriction, Row, Rule

__all__ = ["FrozenRounds"]

Seat = tuple[int, int, tuple[str, ...]]


@dataclass(frozen=True)
class FrozenRounds(Rule):
    """Rounds whose meetings are given.

    Parameters
    ----------
    rounds
        Numbers from 1 of the frozen rounds.
    meetings
        Round, table (both from 1) and the two or three ids, sorted, of every meeting in them.
    """

    kind: ClassVar[str] = "frozen"
    says: ClassVar[str] = "are not at this table in the frozen round"

    rounds: frozenset[int]
    meetings: tuple[Seat, ...]

    def __post_init__(self) -> None:
        """Refuse meetings that no plan could hold."""
        if any(number < 1 for number in self.rounds):
            raise ProfileError(f"Round {min(self.rounds)} is frozen; rounds count from 1.")
        for number, table, ids in self.meetings:
            if number not in self.rounds:
                raise ProfileError(f"A frozen meeting is in round {number}, which is not frozen.")
            if table < 1 or not 2 <= len(ids) <= 3 or list(ids) != sorted(set(ids)):
                raise ProfileError(f"A frozen meeting of {ids} at table {table} cannot be held.")

    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Keep the meetings of people who are still there; who lost a partner sits out.

        Raises
        ------
        ProfileError
            If a frozen round is one that the event does not have.
        """
        if any(number > rounds for number in self.rounds):
            raise ProfileError(
                f"Round {max(self.rounds)} is frozen, and the last round is {rounds}. "
                "Plan at least as many rounds as are frozen."
            )
        index = {person: i for i, person in enumerate(ids)}
        return Restriction(
            frozen=tuple(
                FrozenMeeting(number - 1, table, tuple(index[person] for person in members))
                for number, table, members in sorted(self.meetings)
                if all(person in index for person in members)
            ),
            frozen_rounds=frozenset(number - 1 for number in self.rounds),
        )

    def rows(self) -> Iterable[Row]:
        """One line a frozen round, and one a meeting in it with its table."""
        return [
            *((self.kind, (), number, "") for number in sorted(self.rounds)),
            *(
                (self.kind, members, number, str(table))
                for number, table, members in sorted(self.meetings)
            ),
        ]
