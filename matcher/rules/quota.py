"""At most so many meetings for a person: a busy speaker takes three."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from matcher.errors import ProfileError

from .rule import Restriction, Row, Rule

__all__ = ["Quota"]


@dataclass(frozen=True)
class Quota(Rule):
    """Most meetings of attendees; a trio is one meeting.

    Parameters
    ----------
    most
        Id to the greatest number of meetings; everybody else may meet in every round.
    """

    kind: ClassVar[str] = "quota"
    says: ClassVar[str] = "have all their meetings"

    most: Mapping[str, int]

    def __post_init__(self) -> None:
        """Refuse a negative number."""
        for person, most in self.most.items():
            if most < 0:
                raise ProfileError(f"{person!r} has a quota of {most}; it must be 0 or more.")

    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Limit the person's meetings."""
        return Restriction(
            most=np.array([self.most.get(person, rounds) for person in ids], dtype=np.int64)
        )

    def rows(self) -> Iterable[Row]:
        """One line a person."""
        return [
            (self.kind, (person,), None, str(most)) for person, most in sorted(self.most.items())
        ]
