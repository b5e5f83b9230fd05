"""Drawings of many people as plain shapes: who meets whom, and who is tied to whom. No styles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx

__all__ = [
    *("TONES", "Dot", "Line", "Matrix", "Net", "Shade"),
    *("draw_around", "draw_matrix", "draw_net", "draw_shades"),
]

TONES = 8
"""Colours; the ninth group has that of the first, told apart by its number."""
_SIDE, _EDGE = 400, 14


@dataclass(frozen=True, kw_only=True)
class Matrix:
    """Who meets whom, a row and a column for each, side by side with others of their group.

    Parameters
    ----------
    size
        Rows, and columns; one is 1 long.
    within
        Group number, from 1, to the squares of meetings inside it, as an SVG path.
    between
        The squares of all other meetings, as an SVG path.
    borders
        Where one group ends and the next begins.
    """

    size: int
    within: Mapping[int, str]
    between: str
    borders: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Dot:
    """A person, or something that people share.

    Parameters
    ----------
    group
        Number of the group, whose colour it has; 0 for none.
    mark
        What stands in it, "" for nothing.
    """

    x: float
    y: float
    group: int
    name: str
    mark: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """What ties two people."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, kw_only=True)
class Net:
    """People as dots; those with much in common lie near each other."""

    side: int
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Shade:
    """How often two groups meet: a square in a row and a column, from 0.

    Parameters
    ----------
    strength
        0 to 1: meetings over those that could be if everybody met everybody, beside the most.
    """

    row: int
    column: int
    count: int
    strength: float


def draw_shades(sizes: Sequence[int], counts: Mapping[tuple[int, int], int]) -> tuple[Shade, ...]:
    """Draw how densely groups meet, each with each.

    Parameters
    ----------
    sizes
        People in each group.
    counts
        Meetings by two places in `sizes`, the smaller first.
    """
    possible = {
        (one, other): (sizes[one] * (sizes[one] - 1)) // 2
        if one == other
        else sizes[one] * sizes[other]
        for one in range(len(sizes))
        for other in range(one, len(sizes))
    }
    density = {
        ends: counts.get(ends, 0) / could if could else 0.0 for ends, could in possible.items()
    }
    most = max(density.values(), default=0.0) or 1.0
    return tuple(
        Shade(
            row=row,
            column=column,
            count=counts.get((min(row, column), max(row, column)), 0),
            strength=round(density[min(row, column), max(row, column)] / most, 3),
        )
        for row in range(len(sizes))
        for column in range(len(sizes))
    )


def draw_matrix(
    order: Sequence[str], group_of: Mapping[str, int], pairs: Iterable[tuple[str, str]]
) -> Matrix:
    """Draw who meets whom.

    Parameters
    ----------
    order
        Everybody, group by group.
    group_of
        Id to number of the group; whoever is missing is in none.
    pairs
        Ids of two people who meet.
    """
    place = {person: at for at, person in enumerate(order)}
    within: dict[int, list[str]] = {}
    between: list[str] = []
    for one, other in sorted(pairs, key=lambda pair: (place[pair[0]], place[pair[1]])):
        group = group_of.get(one, 0)
        same = group and group == group_of.get(other, 0)
        squares = within.setdefault(group, []) if same else between
        squares += (_square(place[one], place[other]), _square(place[other], place[one]))
    return Matrix(
        size=len(order),
        within={group: "".join(squares) for group, squares in sorted(within.items())},
        between="".join(between),
        borders=tuple(
            at
            for at in range(1, len(order))
            if group_of.get(order[at - 1], 0) != group_of.get(order[at], 0)
        ),
    )


def draw_net(ties: nx.Graph[Any], group_of: Mapping[str, int], name_of: Mapping[str, str]) -> Net:
    """Draw who is tied to whom, by forces between them (Fruchterman and Reingold, 1991).

    Whoever is tied to nobody stands in rows below the others, who would drift apart otherwise.
    """
    alone = sorted(person for person, degree in ties.degree if not degree)
    tied = ties.subgraph([person for person in ties if ties.degree[person]])
    spots = nx.spring_layout(tied, k=1.6 / max(1, len(tied)) ** 0.5, iterations=80, seed=0)
    inside = _SIDE / 2 - _EDGE
    at = {
        person: (_SIDE / 2 + inside * float(x), _SIDE / 2 + inside * float(y))
        for person, (x, y) in spots.items()
    }
    columns = (_SIDE - _EDGE) // (2 * _EDGE)
    for number, person in enumerate(alone):
        row, column = divmod(number, columns)
        at[person] = (_EDGE * (2 * column + 1), _SIDE + _EDGE * (2 * row + 1))
    return Net(
        side=_SIDE + 2 * _EDGE * -(-len(alone) // columns),
        dots=tuple(
            _dot(
                spot, group_of.get(person, 0), name_of[person], str(group_of.get(person, "") or "")
            )
            for person, spot in sorted(at.items())
        ),
        lines=tuple(_line(at[one], at[other]) for one, other in tied.edges),
    )


def draw_around(
    name: str, partners: Sequence[tuple[str, str]], shared: Sequence[tuple[str, str, Sequence[int]]]
) -> Net:
    """Draw one person, whom they meet, and what they share with them in between.

    By forces, like `draw_net`, from circles around the person. They have the first colour, what is
    shared the second, partners the third.

    Parameters
    ----------
    partners
        Mark and name of each.
    shared
        Mark and name of each thing, and the places in `partners` of those who share it.
    """
    paths: nx.Graph[Any] = nx.Graph()
    things = [("shared", place) for place in range(len(shared))]
    met = [("partner", place) for place in range(len(partners))]
    centre = ("person", 0)
    paths.add_nodes_from([centre, *things, *met])
    for thing, (_, _, sharers) in zip(things, shared, strict=True):
        paths.add_edge(centre, thing)
        paths.add_edges_from((thing, met[place]) for place in sharers)
    paths.add_edges_from((centre, partner) for partner in met if not paths.degree[partner])
    start = nx.shell_layout(paths, [[centre], [*things, *met]])
    spots = nx.spring_layout(paths, k=1.6 / len(paths) ** 0.5, pos=start, iterations=80, seed=0)
    inside = _SIDE / 2 - _EDGE
    at = {
        node: (_SIDE / 2 + inside * float(x), _SIDE / 2 + inside * float(y))
        for node, (x, y) in spots.items()
    }
    return Net(
        side=_SIDE,
        dots=(
            _dot(at[centre], 1, name, ""),
            *(
                _dot(at[node], 2, said, mark)
                for node, (mark, said, _) in zip(things, shared, strict=True)
            ),
            *(
                _dot(at[node], 3, said, mark)
                for node, (mark, said) in zip(met, partners, strict=True)
            ),
        ),
        lines=tuple(_line(at[one], at[other]) for one, other in paths.edges),
    )


def _dot(at: tuple[float, float], group: int, name: str, mark: str) -> Dot:
    return Dot(x=round(at[0], 1), y=round(at[1], 1), group=group, name=name, mark=mark)


def _line(one: tuple[float, float], other: tuple[float, float]) -> Line:
    return Line(
        x1=round(one[0], 1), y1=round(one[1], 1), x2=round(other[0], 1), y2=round(other[1], 1)
    )


def _square(row: int, column: int) -> str:
    return f"M{column} {row}h1v1h-1z"
