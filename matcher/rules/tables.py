"""How many tables there are, where that differs from round to round."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from matcher.errors import ProfileError

from .rule import Restriction, Row, Rule

__all__ = ["Tables"]


@dataclass(frozen=True)
class Tables(Rule):
    """Most meetings in each round.

    Parameters
    ----------
    most
        One entry a round; the last one holds for all rounds after it.
    """

    kind: ClassVar[str] = "tables"
    says: ClassVar[str] = "find no free table"

    most: tuple[int, ...]

    def __post_init__(self) -> None:
        """Refuse what is no number of tables."""
        if not self.most or min(self.most) < 0:
            raise ProfileError(f"tables is {self.most}; it needs numbers, none of them below 0.")

    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Limit the meetings in each round."""
        last = len(self.most) - 1
        return Restriction(
            tables=np.array([self.most[min(r, last)] for r in range(rounds)], dtype=np.int64)
        )

    def rows(self) -> Iterable[Row]:
        """One line a round, or one for all if they are alike."""
        if len(set(self.most)) == 1:
            return [(self.kind, (), None, str(self.most[0]))]
        return [(self.kind, (), r, str(most)) for r, most in enumerate(self.most, start=1)]
