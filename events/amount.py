"""Amounts of affinity as files show them."""

from __future__ import annotations

__all__ = ["Amount"]


class Amount:
    """Affinity in half-units, written as a number with exactly 7 places.

    Half-units are what the planner counts in: 2,000,000 are one full affinity, shown as 1.

    Examples
    --------
    >>> str(Amount(2_000_000)), str(Amount(1)), str(Amount(-1))
    ('1.0000000', '0.0000005', '-0.0000005')
    """

    # Not a dataclass: JSON encoders would write one as an object.
    __slots__ = ("_half_units",)

    def __init__(self, half_units: int) -> None:
        self._half_units = half_units

    def __str__(self) -> str:
        """Return the decimal number, never in scientific notation."""
        whole, part = divmod(abs(self._half_units) * 5, 10_000_000)
        return f"{'-' if self._half_units < 0 else ''}{whole}.{part:07d}"

    def __float__(self) -> float:
        """Return the nearest float; this also tells the csv module that it is a number."""
        return self._half_units / 2_000_000
