"""Giving every edge of a bipartite multigraph one item of its own list, never twice at a vertex.

Readers are the left vertices, partners the right ones, an edge is "this reader asks this partner",
its list the questions that fit. Random choice with retries would be neither fair nor certain.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Collection, Iterable, Sequence

__all__ = ["assign", "colour_edges", "largest_degree"]

Edge = tuple[str, str]
"""Reader, partner."""


def largest_degree(edges: Sequence[Edge]) -> int:
    """Return the most edges that meet in one vertex, Δ; readers and partners are told apart."""
    degrees = Counter((side, edge[side]) for edge in edges for side in (0, 1))
    return max(degrees.values(), default=0)


def colour_edges(edges: Sequence[Edge]) -> list[int]:
    """Colour the edges with 0 … Δ − 1 so that edges with a common vertex differ.

    Notes
    -----
    König (1916): Δ colours suffice in a bipartite multigraph. Edges are coloured in order; where
    reader and partner have no free colour in common, the alternating path from the partner is
    recoloured. O(edges · (Δ + longest path)).
    """
    degree = largest_degree(edges)
    colours = [-1] * len(edges)
    used: dict[tuple[int, str], list[int | None]] = {
        (side, edge[side]): [None] * degree for edge in edges for side in (0, 1)
    }
    for at, (reader, partner) in enumerate(edges):
        mine, theirs = used[0, reader], used[1, partner]
        free_mine, free_theirs = mine.index(None), theirs.index(None)
        if theirs[free_mine] is not None:
            _flip(edges, colours, used, partner, free_mine, free_theirs)
        colours[at] = free_mine
        mine[free_mine] = theirs[free_mine] = at
    return colours


def _flip(
    edges: Sequence[Edge],
    colours: list[int],
    used: dict[tuple[int, str], list[int | None]],
    partner: str,
    taken: int,
    free: int,
) -> None:
    """Exchange two colours along the path that starts at `partner` with an edge of `taken`."""
    path: list[int] = []
    side, vertex, colour = 1, partner, taken
    at = used[side, vertex][colour]
    while at is not None:
        path.append(at)
        side, colour = 1 - side, free if colour == taken else taken
        vertex = edges[at][side]
        at = used[side, vertex][colour]
    for at in path:
        for end in (0, 1):
            used[end, edges[at][end]][colours[at]] = None
    for at in path:
        colours[at] = free if colours[at] == taken else taken
        for end in (0, 1):
            used[end, edges[at][end]][colours[at]] = at


def assign(
    edges: Sequence[Edge], lists: Sequence[Collection[str]], order: Iterable[str]
) -> list[str | None]:
    """Give each edge an item of its list so that edges with a common vertex differ.

    Parameters
    ----------
    edges
        One a question to be asked.
    lists
        One a edge: the items that fit.
    order
        Every item, in the order in which they are given away.

    Returns
    -------
    list of str or None
        One entry an edge; None is possible only where some list has fewer than Δ items.

    Notes
    -----
    Galvin (1995), "The list chromatic index of a bipartite multigraph", made constructive: with a
    proper colouring c, give each item to a stable matching of the edges that want it and have
    none, where readers prefer high c and partners low c. An edge that goes away empty lost to a
    neighbour it ranks below, of which it has at most Δ − 1. O(items · edges) in the worst case,
    in practice the sum of the list lengths.
    """
    colours = colour_edges(edges)
    given: list[str | None] = [None] * len(edges)
    wanting: dict[str, list[int]] = {}
    for at in sorted(range(len(edges)), key=lambda at: -colours[at]):
        for item in lists[at]:
            wanting.setdefault(item, []).append(at)
    for item in order:
        open_edges = [at for at in wanting.get(item, ()) if given[at] is None]
        for at in _stable_matching(edges, colours, open_edges):
            given[at] = item
    return given


def _stable_matching(
    edges: Sequence[Edge], colours: Sequence[int], wanted: Sequence[int]
) -> Iterable[int]:
    """Return the edges of the stable matching among `wanted`, which come highest colour first.

    Gale and Shapley (1962): each reader proposes along their edges, each partner keeps the lowest.
    """
    proposals: dict[str, deque[int]] = {}
    for at in wanted:
        proposals.setdefault(edges[at][0], deque()).append(at)
    kept: dict[str, int] = {}
    waiting = list(proposals)
    while waiting:
        mine = proposals[waiting.pop()]
        if not mine:
            continue
        at = mine.popleft()
        rival = kept.get(edges[at][1])
        if rival is None or colours[at] < colours[rival]:
            kept[edges[at][1]] = at
        loser = at if kept[edges[at][1]] != at else rival
        if loser is not None:
            waiting.append(edges[loser][0])
    return kept.values()
