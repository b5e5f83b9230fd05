"""Shared facts: S = 1 − ∏ (1 − a·r) over the values two people have in common.

A value counts by its kind (a) and by its rarity in the room (r); several add up and saturate.
Research behind it: a rare, shown common fact moves people (Sun & Taylor 2020), a common one hardly.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import Component, Contribution
from matcher.graph import ProfileGraph

__all__ = ["Shared"]

_CHUNK = 200_000


class Shared:
    """What any two people have in common.

    Parameters
    ----------
    most_holders
        Values with more holders propose no pairs (they still count where others do); None lets
        every value propose.
    """

    def __init__(self, graph: ProfileGraph, most_holders: int | None = None) -> None:
        self._graph = graph
        self._links = graph.biadjacency()
        self._proposing = self._links if most_holders is None else graph.biadjacency(most_holders)

    def proposed(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the pairs ``a < b`` that share a value, as index arrays.

        Notes
        -----
        One sparse product: time and memory grow with the sum of holders² over the values.
        """
        a, b = (self._proposing @ self._proposing.T).tocoo().coords
        upper = a < b
        return a[upper].astype(np.int64), b[upper].astype(np.int64)

    def of(self, a: NDArray[np.int32], b: NDArray[np.int32]) -> NDArray[np.float64]:
        """Return S of each pair of indices, 0 to 1."""
        strengths = np.zeros(len(a))
        for start in range(0, len(a), _CHUNK):
            here = slice(start, start + _CHUNK)
            both = self._links[a[here]].multiply(self._links[b[here]])
            strengths[here] = np.asarray(both.sum(axis=1)).ravel()
        return -np.expm1(-strengths)

    def evidence(self, a: str, b: str) -> Iterator[tuple[float, Contribution]]:
        """Yield each shared fact of a pair with its part of S, in proportion to −ln(1 − a·r)."""
        facts = [(self._graph.strength(fact[0]), *fact) for fact in self._graph.shared(a, b)]
        together = sum(strength for strength, *_ in facts)
        if not together:
            return
        whole = -float(np.expm1(-together))
        for strength, node, mine, theirs in facts:
            yield (
                whole * strength / together,
                Contribution(
                    component=Component.SHARED,
                    points=0,
                    kind=node.kind,
                    value=node.value,
                    texts=(mine.text, theirs.text),
                    holders=self._graph.holders(node),
                    printed_holders=self._graph.printed_holders(node),
                    answered=self._graph.answered[node.kind],
                    how="same words" if mine.text == theirs.text else "same value",
                    visibility=mine.visibility.stricter(theirs.visibility),
                ),
            )
