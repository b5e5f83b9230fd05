"""Communities: people whom rare traits tie to each other more than to the rest of the room.

For pictures of an event. No plan depends on them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import networkx as nx
import numpy as np

from matcher.graph import ProfileGraph, TraitNode

__all__ = ["communities", "strongest_ties", "typical"]

_TIES = 4
"""Ties of one person that are looked at. All of them would be a hairball: in a room where half
live in one town, nearly everybody shares something with everybody."""


def strongest_ties(graph: ProfileGraph) -> nx.Graph[Any]:
    """Return attendees with everybody's strongest ties by what they share.

    Returns
    -------
    Graph whose nodes are attendee ids, in order; ``weight`` is what two people share (the sum of
    `ProfileGraph.added_strength`). Of equally strong ties those to the first ids count.
    """
    held = graph.biadjacency()
    shared = (held @ held.T).tocsr()
    shared.sort_indices()
    ties: nx.Graph[Any] = nx.Graph()
    ties.add_nodes_from(graph.ids)
    for at, person in enumerate(graph.ids):
        row = slice(shared.indptr[at], shared.indptr[at + 1])
        others, weights = shared.indices[row], shared.data[row]
        mine = others != at
        others, weights = others[mine], weights[mine]
        for place in np.argsort(-weights, kind="stable")[:_TIES]:
            ties.add_edge(person, graph.ids[others[place]], weight=float(weights[place]))
    return ties


def communities(ties: nx.Graph[Any]) -> tuple[tuple[str, ...], ...]:
    """Return the communities of two people and more, the largest first; ids sorted.

    Who shares nothing with anybody is in none.

    Notes
    -----
    Modularity by the method of Blondel, Guillaume, Lambiotte and Lefebvre (2008), with a fixed
    seed: the same people give the same communities.
    """
    found = nx.community.louvain_communities(ties, weight="weight", seed=0)
    groups = [tuple(sorted(group)) for group in found if len(group) > 1]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def typical(graph: ProfileGraph, group: Sequence[str], most: int = 3) -> tuple[str, ...]:
    """Return what a group has in common, in the words of its first holder, most telling first.

    A value tells the more, the more of the group and the fewer of the others hold it.
    """
    held: dict[TraitNode, list[str]] = {}
    for person in sorted(group):
        for node in graph.graph[person]:
            held.setdefault(node, []).append(person)
    telling = {
        node: len(people) * graph.added_strength(node)
        for node, people in held.items()
        if len(people) > 1 and graph.added_strength(node) > 0
    }
    best = sorted(telling, key=lambda node: (-telling[node], node.kind, node.value))[:most]
    return tuple(graph.graph.edges[held[node][0], node]["trait"].text for node in best)
