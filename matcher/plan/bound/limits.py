"""How many seats are to be taken: what the first aim leaves to the second."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Limits"]

Integers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Seats to be taken by each person, and by all together.

    A person takes one seat per meeting, so two per pairing and three per trio are taken.

    Parameters
    ----------
    low, high
        (people,): fewest and most meetings of each person.
    least, most
        Fewest and most seats taken over all rounds and people.
    squares
        A sum of squared sit-outs that no plan within the limits can have less of.
    """

    low: Integers
    high: Integers
    least: int
    most: int
    squares: int = 0

    def less(self, meetings: Integers) -> Limits:
        """Return the limits that remain once each person has so many meetings."""
        taken = int(meetings.sum())
        return Limits(
            low=np.maximum(0, self.low - meetings),
            high=self.high - meetings,
            least=max(0, self.least - taken),
            most=self.most - taken,
        )

    def plus(self, meetings: Integers) -> Limits:
        """Return the limits with so many meetings more for each person."""
        taken = int(meetings.sum())
        return Limits(
            low=self.low + meetings,
            high=self.high + meetings,
            least=self.least + taken,
            most=self.most + taken,
            squares=self.squares,
        )

    def hold(self, meetings: Integers) -> bool:
        """Return whether these numbers of meetings of each person keep all limits."""
        return bool(
            np.all(self.low <= meetings)
            and np.all(meetings <= self.high)
            and self.least <= meetings.sum() <= self.most
        )
