"""Shared facts: S = 1 − ∏ (1 − a·r) over the values two people have in common.

A value counts by its kind (a) and by its rarity in the room (r); several add up and saturate. What
two shared places lie in counts once: the factor of a place is divided by that of what it lies in.
Research behind it: a rare, shown common fact moves people (Sun & Taylor 2020), a common one hardly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from matcher.affinity.answers import Ints
from matcher.affinity.ranking import best_of_each
from matcher.affinity.table import (
    FULL,
    SAME_COUNTRY,
    SAME_REGION,
    Component,
    Contribution,
    Side,
)
from matcher.canon import within
from matcher.graph import ProfileGraph
from matcher.profile import Trait

__all__ = ["RARE", "Shared"]

RARE = 50
"""Holders up to which a value proposes all its pairs, at any size."""
_CHUNK = 200_000
_MOST_STRENGTH = 10 * FULL  # a strength of 10 leaves 1 − S = 0.00005


class Shared:
    """What any two people have in common.

    Parameters
    ----------
    most_partners
        Let only the rarest values propose pairs: those with few holders, and further ones while
        that makes at most so many partners for each person on average (all of them still count).
        None lets every value propose.
    """

    component: ClassVar[Component] = Component.SHARED

    def __init__(self, graph: ProfileGraph, most_partners: int | None = None) -> None:
        self._graph = graph
        self._links = graph.biadjacency()
        self._proposing, self._rare = self._links, self._links
        if most_partners is not None:
            holders = np.bincount(self._links.indices, minlength=self._links.shape[1])
            rarest = np.argsort(holders, kind="stable")
            together = np.cumsum(holders[rarest].astype(np.int64) ** 2)
            kept = (holders[rarest] <= RARE) | (together <= most_partners * len(graph.ids))
            by_column = self._links.tocsc()
            self._proposing = by_column[:, np.sort(rarest[kept])].tocsr()
            self._rare = by_column[:, holders <= RARE].tocsr()

    def partners(self, people: range, most: int | None = None) -> tuple[Ints, Ints]:
        """Return people of a range and those they share a value with, as index arrays.

        Parameters
        ----------
        most
            Partners of each person, those with the strongest values in common first; None
            returns all.

        Notes
        -----
        One sparse product: time and memory grow with the sum of holders² over the values.
        """
        return _products(self._proposing, people, most)

    def rare_pairs(self, people: range) -> tuple[Ints, Ints]:
        """Return people of a range and all after them who share a value of few holders."""
        mine, theirs = _products(self._rare, people, None)
        return mine[mine < theirs], theirs[mine < theirs]

    def pairs(
        self, a: Side, b: Side, _found: Mapping[Component, NDArray[np.float64]]
    ) -> NDArray[np.float64]:
        """Return S of each pair of indices, 0 to 1."""
        strengths = np.zeros(len(a))
        for start in range(0, len(a), _CHUNK):
            here = slice(start, start + _CHUNK)
            both = self._links[a[here]].multiply(self._links[b[here]])
            strengths[here] = np.asarray(both.sum(axis=1)).ravel()
        return -np.expm1(-strengths)

    def evidence(self, a: int, b: int, share: float) -> Iterator[tuple[float, Contribution]]:
        """Yield each shared fact of a pair with its part of S, in proportion to −ln(1 − a·r)."""
        shared = self._graph.shared(self._graph.ids[a], self._graph.ids[b])
        facts = [(self._graph.strength(fact[0]), *fact) for fact in shared]
        together = sum(strength for strength, *_ in facts)
        if not together:
            return
        for strength, node, mine, theirs in facts:
            yield (
                share * strength / together,
                Contribution(
                    component=self.component,
                    points=0,
                    kind=node.kind,
                    value=node.value,
                    texts=(mine.text, theirs.text),
                    holders=self._graph.holders(node),
                    printed_holders=self._graph.printed_holders(node),
                    answered=self._graph.answered[node.kind],
                    how=_how(node.value, mine, theirs),
                    visibility=mine.visibility.stricter(theirs.visibility),
                ),
            )


def _how(value: str, mine: Trait, theirs: Trait) -> str:
    if {mine.value, theirs.value} != {value}:
        return SAME_REGION if within(value) else SAME_COUNTRY
    return "same words" if mine.text == theirs.text else "same value"


def _products(links: csr_array, people: range, most: int | None) -> tuple[Ints, Ints]:
    """Return rows of a range and all other rows that have a column in common, nearest first."""
    product = links[people.start : people.stop] @ links.T
    mine = np.repeat(np.arange(people.start, people.stop), np.diff(product.indptr))
    theirs = product.indices.astype(np.int64)
    if most is None:
        return mine[mine != theirs], theirs[mine != theirs]
    # In millionths: summation order must not break ties.
    worth = np.minimum(np.rint(product.data * FULL), _MOST_STRENGTH).astype(np.int64)
    return best_of_each(mine, theirs, worth, most, links.shape[0])
