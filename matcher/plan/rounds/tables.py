"""Table numbers: 1, 2, … in each round, so that one of every two people can stay seated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment

from matcher.plan.zones import Seats

__all__ = ["number_tables"]


def number_tables(rounds: Sequence[Sequence[tuple[tuple[int, ...], Seats]]]) -> list[list[int]]:
    """Return the table of each meeting, from 1, round by round.

    Parameters
    ----------
    rounds
        Members of each meeting, and the tables it may have, in each round.

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
    tables: list[list[int]] = []
    seat: dict[int, int] = {}
    for meetings in rounds:
        chosen = _bound(meetings, seat)
        chosen |= _stay([members for members, _ in meetings], seat, chosen)
        taken = set(chosen.values())
        free = (number for number in range(1, len(meetings) + 1) if number not in taken)
        numbers = [chosen[i] if i in chosen else next(free) for i in range(len(meetings))]
        tables.append(numbers)
        seat = {
            member: number
            for (members, _), number in zip(meetings, numbers, strict=True)
            for member in members
        }
    return tables


def _bound(
    meetings: Sequence[tuple[tuple[int, ...], Seats]], seat: Mapping[int, int]
) -> dict[int, int]:
    """Return a table for each meeting that is bound to some, by position; few people walk.

    An assignment of least cost (Kuhn 1955): 1 for a table at which none of the members sits.
    """
    bound = [i for i, (_, tables) in enumerate(meetings) if tables is not None]
    if not bound:
        return {}
    allowed = [meetings[i][1] or frozenset() for i in bound]
    numbers = sorted(frozenset().union(*allowed))
    cost = np.full((len(bound), len(numbers)), np.inf)
    for row, (i, tables) in enumerate(zip(bound, allowed, strict=True)):
        mine = {seat.get(member) for member in meetings[i][0]}
        for column, table in enumerate(numbers):
            if table in tables:
                cost[row, column] = table not in mine
    rows, columns = linear_sum_assignment(cost)
    if len(rows) < len(bound):
        raise ValueError("more meetings are bound to tables than there are tables")
    return {bound[row]: numbers[column] for row, column in zip(rows, columns, strict=True)}


def _stay(
    meetings: Sequence[tuple[int, ...]], seat: Mapping[int, int], given: Mapping[int, int]
) -> dict[int, int]:
    """Return tables kept from the round before, by position of the meeting.

    Parameters
    ----------
    given
        Meetings that have a table already.
    """
    wanted = [
        [t for member in members if (t := seat.get(member, 0)) and t <= len(meetings)]
        for members in meetings
    ]
    rivals: dict[int, list[int]] = {}
    for i, numbers in enumerate(wanted):
        for number in numbers:
            rivals.setdefault(number, []).append(i)
    chosen = dict(given)
    taken = set(given.values())
    order = sorted(range(len(meetings)), key=lambda i: (len(wanted[i]), i))
    for start in order:
        meeting: int | None = start
        while meeting is not None and meeting not in chosen:
            table = next((t for t in wanted[meeting] if t not in taken), None)
            if table is None:
                break
            chosen[meeting] = table
            taken.add(table)
            meeting = next((i for i in rivals[table] if i not in chosen), None)
    return chosen
