"""The profile graph: attendees on one side, the traits they hold on the other.

A shared trait is a path of length two between two attendees; how much it is worth depends on how
few hold it. Candidate pairs come from here, so that nobody has to compare everybody.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

from matcher.fields import FIELDS, Purpose, Visibility, field
from matcher.profile import Profile, Trait

__all__ = ["ProfileGraph", "TraitNode", "rarity"]

_SHARED = tuple(entry.name for entry in FIELDS if entry.purpose is Purpose.SHARED)


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


@dataclass(frozen=True)
class TraitNode:
    """A trait as a node of the graph: its kind and canonical value."""

    kind: str
    value: str


class ProfileGraph:
    """Attendees and what they hold, as a bipartite graph.

    Attributes
    ----------
    ids
        Attendee ids, sorted.
    graph
        `networkx.Graph`; nodes are ids (``bipartite=0``) and `TraitNode`s (``bipartite=1``);
        every edge carries its `Trait` as ``trait``.
    answered
        Attendees who answered each kind.
    """

    def __init__(self, profiles: Sequence[Profile]) -> None:
        ordered = sorted(profiles, key=lambda profile: profile.id)
        self.ids = tuple(profile.id for profile in ordered)
        self.graph: nx.Graph[Any] = nx.Graph()
        self.graph.add_nodes_from(self.ids, bipartite=0)
        self.answered: Counter[str] = Counter()
        self._printed: Counter[TraitNode] = Counter()
        for profile in ordered:
            self.answered.update({trait.kind for trait in profile.traits})
            for node, trait in _held(profile).items():
                self.graph.add_node(node, bipartite=1)
                self.graph.add_edge(profile.id, node, trait=trait)
                self._printed[node] += trait.visibility is Visibility.PRINT
        self._strengths = {
            node: self._weigh(node) for node in self.graph if isinstance(node, TraitNode)
        }

    def holders(self, node: TraitNode) -> int:
        """Return how many attendees hold a trait."""
        return int(self.graph.degree(node))

    def printed_holders(self, node: TraitNode) -> int:
        """Return how many of its holders let it be printed."""
        return self._printed[node]

    def strength(self, node: TraitNode) -> float:
        """Return −ln(1 − a·r): what sharing this trait adds before saturation."""
        return self._strengths[node]

    def _weigh(self, node: TraitNode) -> float:
        weight = field(node.kind).weight / 1_000_000
        return -math.log1p(-weight * rarity(self.holders(node), self.answered[node.kind]))

    def shared(self, a: str, b: str) -> list[tuple[TraitNode, Trait, Trait]]:
        """Return the traits two attendees have in common, with both people's words, sorted."""
        common = nx.common_neighbors(self.graph, a, b)
        return [
            (node, self.graph.edges[a, node]["trait"], self.graph.edges[b, node]["trait"])
            for node in sorted(common, key=lambda node: (node.kind, node.value))
        ]

    def biadjacency(self) -> csr_array:
        """Return attendees × traits, each entry the square root of the trait's strength.

        The product of the result with its transpose sums the strengths that two people share.
        Only traits that two or more people hold, and that weigh anything, have a column.
        """
        nodes = [
            node
            for node, strength in self._strengths.items()
            if strength > 0 and self.holders(node) >= 2
        ]
        nodes.sort(key=lambda node: (node.kind, node.value))
        row = {person: at for at, person in enumerate(self.ids)}
        rows = np.array([row[person] for node in nodes for person in self.graph[node]], np.int64)
        holders = np.array([self.holders(node) for node in nodes], np.int64)
        roots = np.sqrt(np.array([self.strength(node) for node in nodes]))
        return csr_array(
            (np.repeat(roots, holders), (rows, np.repeat(np.arange(len(nodes)), holders))),
            shape=(len(self.ids), len(nodes)),
        )


def _held(profile: Profile) -> dict[TraitNode, Trait]:
    """Return what an attendee can share; of several equal answers, the first."""
    held: dict[TraitNode, Trait] = {}
    for trait in profile.traits:
        if trait.kind in _SHARED:
            held.setdefault(TraitNode(trait.kind, trait.value), trait)
    return held
