"""What an amount is worth to one person: a concave curve of whole numbers.

The curve is that of constant relative inequality aversion α (Atkinson 1970): its slope at an amount
x is ((M + s) / (x + s))^α, where M is the fair share and s a tenth of it, so that somebody who gets
nothing counts much, yet not without end. It is tabulated once, in steps of a quarter per cent of
x + s and in whole numbers, and from then on the table *is* the curve: what is computed with it is
exact, here as in the independent check.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import FULL

__all__ = ["Curve", "aversion"]

Integers = NDArray[np.int64]
Reals = NDArray[np.float64]

UNIT = 4096
"""Slope at the fair share."""
STEEPEST = 1 << 26
"""Greatest slope: nobody counts more than so many `UNIT` as somebody with the fair share."""
STEP = Decimal(401) / 400
"""Ratio of one knot to the one before, both counted from the foot of the curve."""
FOOT = 10
"""The fair share is so many times as long as the shift s."""
DIGITS = 50


def aversion(fairness: float) -> Decimal:
    """Return α: f / (1 − f), at most 8, which is as good as looking at the worst-off alone.

    Examples
    --------
    >>> aversion(0.5), aversion(0.75), aversion(1)
    (Decimal('1'), Decimal('3'), Decimal('8'))
    """
    f = Decimal(str(fairness))
    return min(f / (1 - f), Decimal(8)) if f < 1 else Decimal(8)


@dataclass(frozen=True, kw_only=True)
class Curve:
    """A concave function of the amount per round, piecewise linear between whole numbers.

    Parameters
    ----------
    knots
        (pieces + 1,): amounts in half-units, from 0 to the most there can be, ascending.
    slopes
        (pieces,): worth of one half-unit more, never rising.
    """

    knots: Integers
    slopes: Integers

    @classmethod
    def of(cls, fairness: float, share: int) -> Curve:
        """Return the curve for a fairness above 0 and a fair share (half-units a round)."""
        with localcontext(prec=DIGITS):
            knots, slopes = _table(aversion(fairness), max(1, share))
        kept = np.diff(knots) > 0
        return cls(knots=np.append(knots[:-1][kept], knots[-1]), slopes=slopes[kept])

    @property
    def heights(self) -> Integers:
        """(pieces + 1,): worth at each knot."""
        return np.concatenate([[0], np.cumsum(np.diff(self.knots) * self.slopes)])

    def worth(self, amounts: Integers, rounds: Integers) -> Integers:
        """Return ``rounds · Φ(amounts / rounds)`` of each person, exactly.

        Parameters
        ----------
        amounts
            (people,): in half-units, over all rounds.
        rounds
            (people,): at least 1.
        """
        at = np.searchsorted(self.knots, amounts // rounds, side="right") - 1
        at = np.minimum(at, len(self.slopes) - 1)
        above = amounts - rounds * self.knots[at]
        result: Integers = rounds * self.heights[at] + self.slopes[at] * above
        return result

    def conjugate(self, slopes: Integers) -> Integers:
        """Return the greatest Φ(x) − slope · x over all x, exactly, for each slope (Fenchel)."""
        at = np.searchsorted(-self.slopes, -slopes, side="left")
        result: Integers = self.heights[at] - slopes * self.knots[at]
        return result

    def slope(self, amounts: Reals) -> Reals:
        """Return the slope at each amount per round, smoothed between pieces."""
        middles = (self.knots[:-1] + self.knots[1:]) / 2
        return np.interp(amounts, middles, self.slopes.astype(np.float64))

    def equal(self, worth: int, rounds: int, *, up: bool = False) -> int:
        """Return the total affinity that is worth as much when everybody gets the same.

        This is Atkinson's equally distributed equivalent; it never exceeds the total itself.

        Parameters
        ----------
        worth
            Sum of `worth` over all people.
        rounds
            Sum of their rounds, at least 1.
        up
            Round up, for a bound.

        Returns
        -------
        total
            In half-units.
        """
        heights = self.heights
        at = int(np.searchsorted(heights, worth // rounds, side="right")) - 1
        at = min(at, len(self.slopes) - 1)
        slope = int(self.slopes[at])
        doubled = rounds * int(self.knots[at]) * slope + worth - rounds * int(heights[at])
        return -(-doubled // (2 * slope)) if up else doubled // (2 * slope)


def _table(alpha: Decimal, share: int) -> tuple[Integers, Integers]:
    """Return knots and slopes; some pieces may be empty."""
    step = STEP**-alpha
    power = -int(Decimal(FOOT + 1).ln() / STEP.ln())  # of the first knot above 0
    knots, slopes = [0], list[int]()
    while knots[-1] < 2 * FULL:
        slopes.append(min(STEEPEST, max(1, round(UNIT * step ** (power - 1)))))
        knots.append(int(share * ((FOOT + 1) * STEP**power - 1) / FOOT))  # exact at the share
        power += 1
    return np.array(knots, dtype=np.int64), np.array(slopes, dtype=np.int64)
