"""Rules about listed pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.errors import ProfileError

from .rule import Indices, Mask, Restriction, Row, Rule

__all__ = ["ForbiddenPairs"]


@dataclass(frozen=True)
class ForbiddenPairs(Rule):
    """Pairs that never meet.

    Parameters
    ----------
    pairs
        Sorted pairs of ids; `sorted_pairs` makes them.
    """

    pairs: frozenset[tuple[str, str]]

    def __post_init__(self) -> None:
        """Refuse a pair that could never be found again."""
        for a, b in sorted(self.pairs):
            if a >= b:
                raise ProfileError(f"{self.kind}: ({a!r}, {b!r}) is not a sorted pair of two ids.")

    def restrict(self, ids: Sequence[str], rounds: int) -> Restriction:
        """Forbid the pairs in every round."""
        index = {person: i for i, person in enumerate(ids)}
        n = len(ids)
        known = [index[a] * n + index[b] for a, b in self.pairs if a in index and b in index]
        keys = np.sort(np.array([*known, n * n], dtype=np.int64))  # a last one that no pair has

        def forbids(a: Indices, b: Indices) -> Mask:
            wanted = a.astype(np.int64) * n + b
            found: Mask = keys[np.searchsorted(keys, wanted)] == wanted
            return found

        return Restriction(pair=forbids)

    def rows(self) -> Iterable[Row]:
        """One line a pair."""
        return [(self.kind, pair, None, "") for pair in sorted(self.pairs)]
