"""Who could introduce two people to each other: the graph of those who know each other.

Only ties that both ends confirmed, or the organizer entered, come in here; how people know each
other does not. Nobody introduces anybody whom they are never to be paired with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

import networkx as nx

from matcher.introduction import Introduction

__all__ = ["MOST", "Acquaintances", "with_introducers"]

MOST = 3
"""Introductions that one person is asked for at an event, at most."""

_HOP = 1_000_000  # outweighs the age of all ties of one chain together


class Acquaintances:
    """Who knows whom.

    Parameters
    ----------
    ties
        Sorted pair of ids to the day they last met as ``YYYY-MM-DD``; "" where nobody says.
    apart
        Sorted pairs of ids never to be paired: no chain leads past both of them.

    Examples
    --------
    >>> known = Acquaintances({("ana", "ben"): "", ("ben", "cyd"): "2026-05-01"})
    >>> known.chain("ana", "cyd")
    ('ana', 'ben', 'cyd')
    """

    def __init__(
        self, ties: Mapping[tuple[str, str], str], apart: Collection[tuple[str, str]] = ()
    ) -> None:
        self._apart = frozenset(apart)
        self._graph: nx.Graph[Any] = nx.Graph()
        days = sorted(set(ties.values()), reverse=True)
        age = {day: number for number, day in enumerate(days)}
        for pair, day in sorted(ties.items()):
            if pair not in self._apart:
                self._graph.add_edge(*pair, age=age[day])

    def between(self, a: str, b: str) -> list[str]:
        """Return everybody who knows both, the most recently met first, ties by id.

        A tie is as old as the older one of the two.
        """
        if a not in self._graph or b not in self._graph:
            return []
        edges = self._graph.edges
        found = [
            (max(edges[a, who]["age"], edges[who, b]["age"]), who)
            for who in nx.common_neighbors(self._graph, a, b)
        ]
        return [who for _, who in sorted(found)]

    def chain(self, a: str, b: str) -> tuple[str, ...] | None:
        """Return the shortest chain of acquaintances from one to the other, None without one.

        Of chains of one length the most recent counts, then the ids decide. Those whom either of
        the two is never to be paired with stand in none.

        Notes
        -----
        Dijkstra (1959), through networkx: a hop, and a little for the age of its tie.
        """
        out = {who for pair in self._apart if {a, b} & {*pair} for who in pair} - {a, b}
        graph = nx.restricted_view(self._graph, sorted(out & set(self._graph)), [])
        if a not in graph or b not in graph:
            return None
        try:
            found = nx.dijkstra_path(graph, a, b, lambda _a, _b, edge: _HOP + edge["age"])
        except nx.NetworkXNoPath:
            return None
        return tuple(found)

    def know(self, a: str, b: str) -> bool:
        """Return whether two people know each other themselves."""
        return bool(self._graph.has_edge(a, b))


def with_introducers(
    introductions: Collection[Introduction],
    known: Acquaintances,
    met: Collection[tuple[str, str]] = (),
) -> tuple[Introduction, ...]:
    """Return the introductions with somebody who knows both people of a table of two.

    Whoever was asked least often so far is chosen, the most recent acquaintance among these; up to
    `MOST` introductions each. Both cards of a pair name the same person, who is there in that
    round and so can introduce the two while everybody changes tables.

    Parameters
    ----------
    introductions
        Of one plan, in any order; the order is kept.
    met
        Further pairs of ids who know each other, if only one of them says so.
    """
    there: dict[int, set[str]] = {}
    for entry in introductions:
        there.setdefault(entry.round, set()).add(entry.reader)
    acquainted = {frozenset(pair) for pair in met}
    asked: dict[str, int] = {}
    chosen: dict[tuple[int, frozenset[str]], str] = {}
    for number, a, b in sorted(_tables_of_two(introductions)):
        if frozenset((a, b)) in acquainted or known.know(a, b):
            continue
        free = [who for who in known.between(a, b) if asked.get(who, 0) < MOST]
        free = [who for who in free if who in there[number]]
        if free:
            who = min(free, key=lambda who: asked.get(who, 0))
            asked[who] = asked.get(who, 0) + 1
            chosen[number, frozenset((a, b))] = who
    return tuple(
        replace(entry, introducer=chosen.get((entry.round, frozenset((entry.reader, partner)))))
        for entry in introductions
        for partner in (entry.partner or "",)
    )


def _tables_of_two(introductions: Collection[Introduction]) -> Iterator[tuple[int, str, str]]:
    """Yield round and sorted ids of every pair that has a table of its own."""
    cards: dict[tuple[int, int | None], list[str]] = {}
    for entry in introductions:
        if entry.partner is not None and entry.table is not None:
            cards.setdefault((entry.round, entry.table), []).append(entry.reader)
    for (number, _), readers in cards.items():
        if len(readers) == 2:
            a, b = sorted(readers)
            yield number, a, b
