"""Pairings that the organizer fixed: these two meet, in one round or in any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from matcher.errors import ProfileError

from .rule import Pin, Restriction, Row, Rule

__all__ = ["Pins"]


@dataclass(frozen=True)
class Pins(Rule):
    """Pairs that must meet.

    Parameters
    ----------
    pairs
        Two ids in order, and the round from 1 or None for any.
    """

    kind: ClassVar[str] = "pin"
    says: ClassVar[str] = "must meet (pin)"

    pairs: frozenset[tuple[str, str, int | None]]

    def __post_init__(self) -> None:
        """Refuse a pair that could never be found again, and a round that no event has."""
        for a, b, number in self.pairs:
            if a >= b:
                raise ProfileError(f"{self.kind}: ({a!r}, {b!r}) is not a sorted pair of two ids.")
            if number is not None and number < 1:
                raise ProfileError(f"The pin of {a!r} and {b!r} is in round {number}, not from 1.")

    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Ask for the pairs.

        Raises
        ------
        ProfileError
            If a pin stands in a round that the event does not have.
        """
        index = {person: i for i, person in enumerate(ids)}
        for a, b, number in sorted(self.pairs, key=_order):
            if number is not None and number > rounds:
                raise ProfileError(
                    f"The pin of {a!r} and {b!r} is in round {number}, and the last round is "
                    f"{rounds}. Give it another round, or plan more rounds."
                )
        return Restriction(
            pins=tuple(
                Pin(index[a], index[b], None if number is None else number - 1)
                for a, b, number in sorted(self.pairs, key=_order)
                if a in index and b in index
            )
        )

    def rows(self) -> Iterable[Row]:
        """One line a pin."""
        return [(self.kind, (a, b), number, "") for a, b, number in sorted(self.pairs, key=_order)]


def _order(pin: tuple[str, str, int | None]) -> tuple[str, str, int]:
    a, b, number = pin
    return a, b, number or 0
