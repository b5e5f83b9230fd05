"""Shared facts: S = 1 − ∏ (1 − a·r) over the values two people have in common.

A value counts by its kind (a) and by its rarity in the room (r); several add up and saturate.
Research behind it: a rare, shown common fact moves people (Sun & Taylor 2020), a common one hardly.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.sparse import csr_array, triu

from matcher.affinity.table import Component, Contribution
from matcher.graph import ProfileGraph

__all__ = ["shared", "shared_evidence"]


def shared(graph: ProfileGraph, most_holders: int | None = None) -> csr_array:
    """Return S for every pair that shares something: n × n, upper triangle, 0 to 1.

    Notes
    -----
    One sparse product; time and memory grow with Σ holders² over the traits, which
    `most_holders` caps.
    """
    links = graph.biadjacency(most_holders)
    strengths = csr_array(triu(links @ links.T, k=1))
    return csr_array(
        (-np.expm1(-strengths.data), strengths.indices, strengths.indptr), shape=strengths.shape
    )


def shared_evidence(graph: ProfileGraph, a: str, b: str) -> Iterator[tuple[float, Contribution]]:
    """Yield each shared fact of a pair with its part of S, in proportion to −ln(1 − a·r)."""
    facts = [(graph.strength(fact[0]), *fact) for fact in graph.shared(a, b)]
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
                holders=graph.holders(node),
                printed_holders=graph.printed_holders(node),
                answered=graph.answered[node.kind],
                how="same words" if mine.text == theirs.text else "same value",
                visibility=mine.visibility.stricter(theirs.visibility),
            ),
        )
