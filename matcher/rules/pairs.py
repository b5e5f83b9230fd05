"""Rules about pairs: listed ones, or all whose sets (cohorts, tables) do not go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.errors import ProfileError

from .rule import Indices, Mask, Restriction, Row, Rule

__all__ = ["ForbiddenPairs", "forbid_by_set"]


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


def forbid_by_set(
    sets: Sequence[frozenset[Any] | None],
    apart: Callable[[frozenset[Any], frozenset[Any]], bool],
) -> Callable[[Indices, Indices], Mask]:
    """Return the test of pairs that forbids two people whose sets are apart.

    Parameters
    ----------
    sets
        (people,): the set of each; None for people whom nothing keeps apart.
    apart
        Symmetric.
    """
    kinds = sorted({each for each in sets if each is not None}, key=sorted)
    place = {each: i for i, each in enumerate(kinds)}
    kind = np.array([len(kinds) if s is None else place[s] for s in sets], dtype=np.int64)
    table = np.zeros((len(kinds) + 1, len(kinds) + 1), dtype=np.bool_)
    for a, one in enumerate(kinds):
        table[a, :-1] = [apart(one, other) for other in kinds]

    def forbids(a: Indices, b: Indices) -> Mask:
        found: Mask = table[kind[a], kind[b]]
        return found

    return forbids
