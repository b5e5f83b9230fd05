"""The profile graph: attendees on one side, the traits they hold on the other.

A shared trait is a path of length two between two attendees; how much it is worth depends on how
few hold it. Who holds a town holds its region and its country too; two people share the narrowest
place that both hold, and what that lies in is not counted again. Candidate pairs come from here, so
that nobody has to compare everybody.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from matcher.canon import PLACES
from matcher.fields import FIELDS, Visibility, field
from matcher.profile import Profile, Trait
from matcher.whereabouts import Whereabouts

__all__ = ["LEAST_RARITY", "ProfileGraph", "TraitNode", "rarity"]

LEAST_RARITY = 0.35
"""Rarity from which a region or a country counts for those who named places in it. To live in the
country of most people here is no common ground, and would link nearly everybody."""

_SHARED = frozenset(entry.name for entry in FIELDS if entry.is_shared)


def rarity(holders: int, answered: int) -> float:
    """Return how rare a shared value is, 0 (everybody's) to 1 (two people's).

    Parameters
    ----------
    holders
        Attendees who hold the value, at least 2.
    answered
        Attendees who answered that kind at all.

    Examples
    --------
    >>> rarity(2, 40), rarity(40, 40)
    (1.0, 0.0)
    """
    if answered <= 2:
        return 1.0
    return min(1.0, max(0.0, math.log(answered / holders) / math.log(answered / 2)))


class TraitNode(NamedTuple):  # hashed a million times for ten thousand people
    """A trait as a node of the graph: its kind and canonical value."""

    kind: str
    value: str


class ProfileGraph:
    """Attendees and what they hold, as a bipartite graph.

    Attributes
    ----------
    ids
        Attendee ids, sorted.
    answered
        Attendees who answered each kind.
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        ordered = sorted(profiles, key=lambda profile: profile.id)
        self.ids = tuple(profile.id for profile in ordered)
        self._places = Whereabouts(ordered)
        # One object a node: whoever collects garbage counts them.
        self._nodes: dict[tuple[str, str], TraitNode] = {}
        self._held = {profile.id: self._hold(profile) for profile in ordered}
        self.answered = Counter(
            kind for profile in ordered for kind in {trait.kind for trait in profile.traits}
        )
        self._holders = Counter(chain.from_iterable(self._held.values()))
        self._printed = Counter(
            node for node, trait in self._edges() if trait.visibility is Visibility.PRINT
        )
        self._around = {node for node, trait in self._edges() if node.value != trait.value}
        self._strengths = {node: self._weigh(node) for node in self._holders}

    @cached_property
    def graph(self) -> nx.Graph[Any]:
        """The graph itself, made when it is first asked for.

        Nodes are ids (``bipartite=0``) and `TraitNode`s (``bipartite=1``); every edge carries its
        `Trait` as ``trait``.
        """
        graph: nx.Graph[Any] = nx.Graph()
        graph.add_nodes_from(self.ids, bipartite=0)
        graph.add_nodes_from(self._holders, bipartite=1)
        graph.add_edges_from(
            (person, node, {"trait": trait})
            for person, held in self._held.items()
            for node, trait in held.items()
        )
        return graph

    def holders(self, node: TraitNode) -> int:
        """Return how many attendees hold a trait."""
        return self._holders[node]

    def printed_holders(self, node: TraitNode) -> int:
        """Return how many of its holders let it be printed."""
        return self._printed[node]

    def strength(self, node: TraitNode) -> float:
        """Return −ln(1 − a·r): what sharing this trait adds before saturation."""
        return self._strengths[node]

    def added_strength(self, node: TraitNode) -> float:
        """Return what sharing this trait adds to sharing all that it lies in.

        Never negative: whoever holds a place holds what it lies in, which is thus no rarer.
        """
        around = self._places.around(node.value)
        wider = self._strengths[TraitNode(node.kind, around[0])] if around else 0.0
        return self._strengths[node] - wider

    def _weigh(self, node: TraitNode) -> float:
        weight = field(node.kind).weight / 1_000_000
        rare = rarity(self.holders(node), self.answered[node.kind])
        if node in self._around and rare < LEAST_RARITY:
            return 0.0
        return -math.log1p(-weight * rare)

    def shared(self, a: str, b: str) -> list[tuple[TraitNode, Trait, Trait]]:
        """Return the traits two attendees have in common, with both people's words, sorted.

        Of places that lie in each other, the narrowest alone.
        """
        common = self.common(a, b)
        around = {
            TraitNode(node.kind, wider)
            for node in common
            for wider in self._places.around(node.value)
        }
        return [
            (node, self._held[a][node], self._held[b][node]) for node in sorted(common - around)
        ]

    def common(self, a: str, b: str) -> set[TraitNode]:
        """Return all traits that two attendees hold, those that lie in each other too."""
        return self._held[a].keys() & self._held[b].keys()

    def biadjacency(self) -> csr_array:
        """Return attendees × traits, each entry the square root of what the trait adds.

        The product of the result with its transpose sums what two people share, places that lie in
        each other once. Only traits that two or more people hold, and that add anything, have a
        column.
        """
        added = {node: self.added_strength(node) for node in self._holders}
        nodes = sorted(
            node for node, worth in added.items() if worth > 0 and self._holders[node] >= 2
        )
        column = {node: at for at, node in enumerate(nodes)}
        cells = [
            (row, column[node])
            for row, held in enumerate(self._held.values())
            for node in held
            if node in column
        ]
        rows, columns = np.array(cells, np.int64).reshape(-1, 2).T
        roots = np.sqrt(np.array([added[node] for node in nodes]))
        links = csr_array((roots[columns], (rows, columns)), shape=(len(self.ids), len(nodes)))
        links.sort_indices()
        return links

    def _hold(self, profile: Profile) -> dict[TraitNode, Trait]:
        """Return what an attendee can share; of several equal answers, the first."""
        held: dict[TraitNode, Trait] = {}
        shared = [trait for trait in profile.traits if trait.kind in _SHARED]
        for trait in shared:
            held.setdefault(self._node(trait.kind, trait.value), trait)
        for trait in shared:
            for wider in self._places.around(trait.value) if trait.kind in PLACES else ():
                held.setdefault(self._node(trait.kind, wider), trait)
        return held

    def _node(self, kind: str, value: str) -> TraitNode:
        node = self._nodes.get((kind, value))
        if node is None:
            node = self._nodes[kind, value] = TraitNode(kind, value)
        return node

    def _edges(self) -> Iterator[tuple[TraitNode, Trait]]:
        return chain.from_iterable(held.items() for held in self._held.values())
