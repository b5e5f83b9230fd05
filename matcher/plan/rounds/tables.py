"""Table numbers: 1, 2, … in each round, so that one of every two people can stay seated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["number_tables"]

Integers = NDArray[np.int64]


def number_tables(
    rounds: Sequence[tuple[Integers, Mapping[int, frozenset[int]]]], people: int
) -> list[Integers]:
    """Return the table of each meeting, from 1, round by round.

    Parameters
    ----------
    rounds
        (meetings, 3): members of each meeting in a round, indices below `people`, -1 for no third;
        and the tables that some meetings are bound to, by position.

    Raises
    ------
    ValueError
        If the meetings of a round that are bound to tables do not all find one.

    Notes
    -----
    Meetings that are bound to tables come first (`_bound`). Of the others, link every two whose
    people sat together a round ago: the links form paths and cycles. Walking along them, each
    meeting can take the table one of its members already has. Meetings without such a table take
    the lowest free ones. Linear time, but for meetings that are bound.
    """
    tables: list[Integers] = []
    seat = np.zeros(people, dtype=np.int64)  # 0 for none
    for members, bound in rounds:
        there = members >= 0
        sat = np.where(there, seat[members], 0)
        numbers = _stay(sat, _bound(sat, bound))
        left = np.flatnonzero(numbers == 0)
        free = np.setdiff1d(np.arange(1, len(members) + 1), numbers)
        numbers[left] = free[: len(left)]
        tables.append(numbers)
        seat = np.zeros(people, dtype=np.int64)
        seat[members[there]] = np.repeat(numbers, there.sum(axis=1))
    return tables


def _bound(sat: Integers, bound: Mapping[int, frozenset[int]]) -> dict[int, int]:
    """Return a table for each meeting that is bound to some, by position; few people walk.

    Parameters
    ----------
    sat
        (meetings, 3): where each member sat a round ago, 0 for nowhere.

    Notes
    -----
    An assignment of least cost (Kuhn 1955): 1 for a table at which none of the members sits.
    """
    if not bound:
        return {}
    # Late: it takes a tenth of every start, and only rules about tables need it.
    from scipy.optimize import linear_sum_assignment

    numbers = sorted(frozenset().union(*bound.values()))
    cost = np.full((len(bound), len(numbers)), np.inf)
    for row, (i, allowed) in enumerate(bound.items()):
        mine = set(sat[i].tolist())
        for column, table in enumerate(numbers):
            if table in allowed:
                cost[row, column] = table not in mine
    rows, columns = linear_sum_assignment(cost)
    if len(rows) < len(bound):
        raise ValueError("more meetings are bound to tables than there are tables")
    at = list(bound)
    return {at[row]: numbers[column] for row, column in zip(rows, columns, strict=True)}


def _stay(sat: Integers, given: Mapping[int, int]) -> Integers:
    """Return (meetings,): tables kept from the round before, 0 where none is.

    Parameters
    ----------
    sat
        (meetings, 3): where each member sat then, 0 for nowhere.
    given
        Meetings that have a table already.
    """
    count = len(sat)
    who, place = np.nonzero((sat > 0) & (sat <= count))
    wanted = sat[who, place]
    order = np.argsort(wanted, kind="stable")
    first = np.searchsorted(who, np.arange(count + 1)).tolist()
    edge = np.searchsorted(wanted[order], np.arange(count + 2)).tolist()
    wants, rivals = wanted.tolist(), who[order].tolist()
    numbers, taken = [0] * count, [False] * (count + 1)
    for i, table in given.items():
        numbers[i] = table
        taken[min(table, count)] |= table <= count
    for start in np.argsort(np.diff(first), kind="stable").tolist():
        at = start
        while not numbers[at]:
            for table in wants[first[at] : first[at + 1]]:  # loops: generators double the time
                if not taken[table]:
                    break
            else:
                break
            numbers[at], taken[table] = table, True
            for at in rivals[edge[table] : edge[table + 1]]:
                if not numbers[at]:
                    break
    return np.array(numbers, dtype=np.int64)
