"""From a draft to meetings with tables: the last step, which nobody should have to wait for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from matcher.rules import Seated

from .draft import Draft, Integers
from .problem import Fixed, Trio
from .rounds.tables import number_tables

__all__ = ["seat"]


def seat(draft: Draft) -> tuple[Seated, Integers]:
    """Return who sits where and what each meeting is worth, in half-units, by round and table.

    As many people as can be keep the table that they had a round before.
    """
    problem = draft.problem
    members, number, value = _meetings(draft)
    order = np.lexsort((*members.T[::-1], number))
    members, number, value = members[order], number[order], value[order]
    edges = np.searchsorted(number, np.arange(problem.rounds + 1)).tolist()
    fixed = {(each.round, each.members): each for each in problem.fixed}
    rounds = [
        (members[start:end], dict(_tables(draft, fixed, members[start:end], at)))
        for at, (start, end) in enumerate(pairwise(edges))
    ]
    table = np.concatenate(number_tables(rounds, problem.people))
    order = np.lexsort((table, number))
    return Seated(number[order], table[order], members[order]), value[order]


def _meetings(draft: Draft) -> tuple[Integers, Integers, Integers]:
    """Return members, round and value of all meetings, those settled beforehand among them."""
    problem, pairs = draft.problem, draft.pairs
    small = [each for each in problem.fixed if len(each.members) == 2]
    large = [each for each in problem.fixed if len(each.members) == 3]
    trios: list[Trio | Fixed] = [*draft.trios, *large]
    two = np.array([each.members for each in small], dtype=np.int64).reshape(-1, 2)
    two = np.concatenate([np.stack([problem.a[pairs], problem.b[pairs]], axis=1), two])
    three = [each.members for each in trios]
    own = replace(draft, weight=problem.weight).worth_of_trios.tolist()
    members = np.full((len(two) + len(three), 3), -1, dtype=np.int64)
    members[: len(two), :2] = two
    members[len(two) :] = np.array(three, dtype=np.int64).reshape(-1, 3)
    rounds = [each.round for each in (*small, *trios)]
    values = [*(each.value for each in small), *own, *(each.value for each in large)]
    return (
        members,
        np.concatenate([draft.rounds, np.array(rounds, dtype=np.int64)]),
        np.concatenate([2 * problem.weight[pairs], np.array(values, dtype=np.int64)]),
    )


def _tables(
    draft: Draft, fixed: dict[tuple[int, tuple[int, ...]], Fixed], members: Integers, number: int
) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield the meetings of a round that are bound to tables, by position, and these tables."""
    zones = draft.problem.zones
    if not zones.seats and not fixed:
        return
    for at, row in enumerate(members.tolist()):
        people = tuple(person for person in row if person >= 0)
        printed = fixed.get((number, people))
        if printed is not None and printed.table is not None:
            yield at, frozenset({printed.table})
        elif (seats := zones.tables(people, number)) is not None:
            yield at, seats
