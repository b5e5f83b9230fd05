"""Who sits where: a table of one's own, a quiet or a step-free one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from matcher.errors import ProfileError

from .rule import Classes, Restriction, Row, Rule

__all__ = ["FixedTables"]


@dataclass(frozen=True)
class FixedTables(Rule):
    """Tables at which attendees sit in every round.

    Parameters
    ----------
    at
        Id to the numbers, from 1, of the tables that suit the person; everybody else sits anywhere.
    """

    kind: ClassVar[str] = "table"
    says: ClassVar[str] = "have no table in common"

    at: Mapping[str, frozenset[int]]

    def __post_init__(self) -> None:
        """Refuse a person without a table, and a table that no event has."""
        for person, tables in self.at.items():
            if not tables or min(tables) < 1:
                raise ProfileError(f"{person!r} needs a table, and tables count from 1.")

    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Limit the person's tables, and forbid pairs that have none in common."""
        seats = tuple(self.at.get(person) for person in ids)
        classes = Classes.by_set(seats, frozenset.isdisjoint)
        return Restriction(pair=classes.forbids, classes=classes, seats=seats)

    def rows(self) -> Iterable[Row]:
        """One line a person."""
        return [
            (self.kind, (person,), None, "; ".join(map(str, sorted(tables))))
            for person, tables in sorted(self.at.items())
        ]
