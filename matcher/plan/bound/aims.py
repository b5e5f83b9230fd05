"""The order of aims, and sit-outs as few and as even as can be.

1. Pins: pairs that must meet do (`settle` says if they cannot).
2. Sit-outs: as few as possible, then as few as possible below anybody's minimum, then as few as
   possible for whoever has most, then as even as possible.
3. The total affinity.

`Draft.rank` is this order as numbers.

What the aims before the last allow becomes limits on meetings (`Limits`) under which the last is
pursued and bounded.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.plan.problem import Problem

from .limits import Limits

__all__ = [
    "even_limits",
    "is_most_even",
    "odd_rounds",
    "reached_limits",
    "seats_at_tables",
    "seats_in_rounds",
    "shared_trios",
    "trio_rounds",
    "unevenness",
]

Integers = NDArray[np.int64]


def odd_rounds(problem: Problem) -> Integers:
    """Return the rounds, from 0, that may have a trio: an odd number present, and room for it."""
    head_count = problem.present.sum(axis=0)
    room = (problem.tables > 0) & (2 * problem.tables + 1 <= head_count)
    return np.flatnonzero((head_count % 2 == 1) & (head_count >= 3) & room & problem.trios)


def shared_trios(problem: Problem) -> int:
    """Return the most trios there can be in which two share a partner without meeting."""
    return len(odd_rounds(problem)) if problem.shares else 0


def trio_rounds(problem: Problem) -> Integers:
    """Return the rounds, from 0, that shall have a trio.

    A trio saves a sit-out but spends three pairs on three seats; when pairs are scarce it costs
    more seats elsewhere than it saves. So: as many as leave the most seats, the first odd rounds.
    """
    return odd_rounds(problem)[: int(np.argmax(_seats_with_trios(problem)))]


def seats_in_rounds(problem: Problem) -> int:
    """Return the most seats that all rounds together can have."""
    return int(_seats_with_trios(problem).max())


def _seats_with_trios(problem: Problem) -> Integers:
    """Return the most seats with no trio, with one, and so on; -1 where there cannot be so many.

    Pairs, tables and people each set a limit; seats in pairs come two by two.
    """
    count = np.arange(len(odd_rounds(problem)) + 1)
    people = int((problem.whole - _forced(problem)).sum())
    pairs = np.minimum(
        problem.permitted_pairs - (2 if problem.shares else 3) * count,
        int(problem.tables.sum()) - count,
    )
    pairs = np.minimum(pairs, (people - 3 * count) // 2)
    result: Integers = np.where(pairs >= 0, 3 * count + 2 * pairs, -1)
    return result


def even_limits(problem: Problem) -> Limits:
    """Return the limits of a plan whose sit-outs are as few and even as one could wish.

    Sit-outs that nobody can help (too few permitted partners) come first, the rest is levelled.
    """
    whole, forced = problem.whole, _forced(problem)
    wanted = np.maximum(problem.fewest, problem.pin_meetings)
    seats = seats_in_rounds(problem)
    ceiling = np.maximum(forced, whole - wanted)
    floor, ceiling = _level(forced, ceiling, int(whole.sum()) - seats)
    return Limits(low=whole - ceiling, high=whole - floor, least=seats, most=seats)


def _forced(problem: Problem) -> Integers:
    """Return (people,): sit-outs that nobody can help.

    Permitted partners can be too few, and tables that people are bound to; those are shared evenly.
    """
    forced: Integers = problem.whole - np.minimum(problem.most, problem.partners)
    for _, bound, seats in seats_at_tables(problem):
        whole = problem.whole[bound]
        if int((whole - forced[bound]).sum()) > seats:
            forced[bound], _ = _level(forced[bound], whole, int(whole.sum()) - seats)
    return forced


def seats_at_tables(problem: Problem) -> Iterator[tuple[frozenset[int], list[int], int]]:
    """Yield sets of tables, the people who sit nowhere else, and how many seats they can take."""
    zones = problem.zones
    for zone, tables in enumerate(zones.sets, start=1):
        bound = [i for i, mine in enumerate(zones.seats) if mine is not None and mine <= tables]
        there = problem.present[bound].sum(axis=0)
        yield tables, bound, int(np.minimum(2 * problem.room[zone], there).sum())


def _level(forced: Integers, most: Integers, sit_outs: int) -> tuple[Integers, Integers]:
    """Return fewest and most sit-outs of each person when they are shared evenly.

    Parameters
    ----------
    forced, most
        (people,): sit-outs that a person has anyway, and those that they may have.
    """

    def at(level: int) -> Integers:
        result: Integers = np.maximum(forced, np.minimum(level, most))
        return result

    level = 0
    while at(level + 1).sum() <= sit_outs and level < most.max():
        level += 1
    return at(level), at(level + 1) if at(level).sum() < sit_outs else at(level)


def is_most_even(problem: Problem, limits: Limits, meetings: Integers) -> bool:
    """Return whether no plan within the limits has fewer or more even sit-outs than one has.

    Parameters
    ----------
    meetings
        (people,): meetings of each person in that one, which keeps the limits.
    """
    below, least = (
        int(np.maximum(0, problem.fewest - each).sum()) for each in (meetings, limits.high)
    )
    fewest = below <= least and int(meetings.sum()) == limits.most
    return fewest and not unevenness(problem, limits, meetings)


def unevenness(problem: Problem, limits: Limits, meetings: Integers) -> int:
    """Return by how much the squares of sit-outs may be too high; 0 if they are the least."""
    sit_outs = problem.whole - meetings
    fewest, most = problem.whole - limits.high, problem.whole - limits.low
    even, higher = _level(fewest, most, int(sit_outs.sum()))
    steps = (higher**2 - even**2)[higher > even]  # all alike
    left = int(sit_outs.sum() - even.sum())
    least = max(limits.squares, int((even**2).sum()) + int(steps[:left].sum()))
    return max(0, int((sit_outs**2).sum()) - least)


def reached_limits(problem: Problem, meetings: Integers) -> Limits:
    """Return limits that admit every plan that is as good as a given one before the last aim.

    Parameters
    ----------
    meetings
        (people,): meetings of each person in the given plan.
    """
    worst = int((problem.whole - meetings).max())
    low = np.maximum(problem.whole - worst, problem.pin_meetings)
    if np.all(meetings >= problem.fewest):
        low = np.maximum(low, problem.fewest)
    return Limits(
        low=np.maximum(0, low),
        high=problem.most,
        least=int(meetings.sum()),
        most=max(seats_in_rounds(problem), int(meetings.sum())),
    )
