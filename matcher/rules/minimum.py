"""Meetings that a person should get at least: a sponsor was promised three."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from matcher.errors import ProfileError

from .rule import Restriction, Row, Rule

__all__ = ["Minimum"]


@dataclass(frozen=True)
class Minimum(Rule):
    """Fewest meetings of attendees; a trio is one meeting.

    It makes no plan impossible: as few meetings as possible are missing, and notices name who gets
    fewer.

    Parameters
    ----------
    fewest
        Id to the number of meetings.
    """

    kind: ClassVar[str] = "minimum"
    says: ClassVar[str] = "get fewer meetings than asked for"

    fewest: Mapping[str, int]

    def __post_init__(self) -> None:
        """Refuse a negative number."""
        for person, fewest in self.fewest.items():
            if fewest < 0:
                raise ProfileError(f"{person!r} has a minimum of {fewest}; it must be 0 or more.")

    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Ask for the person's meetings."""
        return Restriction(
            fewest=np.array([self.fewest.get(person, 0) for person in ids], dtype=np.int64)
        )

    def rows(self) -> Iterable[Row]:
        """One line a person."""
        return [
            (self.kind, (who,), None, str(fewest)) for who, fewest in sorted(self.fewest.items())
        ]
