"""Who comes late or leaves early: nobody is given a meeting in a round they miss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from matcher.errors import ProfileError

from .rule import Restriction, Row, Rule

__all__ = ["Availability"]


@dataclass(frozen=True)
class Availability(Rule):
    """Rounds in which attendees are absent.

    Parameters
    ----------
    absent
        Id to the rounds, from 1, that the person misses; everybody else is always there.
    """

    kind: ClassVar[str] = "availability"
    says: ClassVar[str] = "are not there at the same time"

    absent: Mapping[str, frozenset[int]]

    def __post_init__(self) -> None:
        """Refuse a round that no event has."""
        for person, rounds in self.absent.items():
            if any(number < 1 for number in rounds):
                raise ProfileError(f"{person!r} misses round {min(rounds)}; rounds count from 1.")

    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Take the person out of these rounds; rounds the event does not have do not matter."""
        present = np.ones((len(ids), rounds), dtype=np.bool_)
        for i, person in enumerate(ids):
            for number in self.absent.get(person, ()):
                if number <= rounds:
                    present[i, number - 1] = False
        return Restriction(present=present)

    def rows(self) -> Iterable[Row]:
        """One line a person and round missed."""
        return [
            (self.kind, (person,), number, "")
            for person, rounds in sorted(self.absent.items())
            for number in sorted(rounds)
        ]
