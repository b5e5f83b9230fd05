"""Crowds: sets of pairs that cannot all meet, which the relaxation does not see.

*Odd groups.* Among s people at most ⌊s/2⌋ pairs fit into a round, so an odd group always leaves
somebody to meet others (Edmonds 1965; for all rounds at once, the bound of fractional edge
colouring). The relaxation fills small groups of people who suit each other too full.

*Blossoms.* People who may have b meetings in all, together with f pairs that lead out of them, hold
at most ⌊(b + f)/2⌋ of the pairs inside and of these f (Edmonds 1965; Padberg, Rao 1982). These cut
off the half pairs on odd cycles.
"""

from __future__ import annotations

from collections import defaultdict
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from matcher.plan.problem import Problem

from .limits import Limits
from .relaxation import Crowd, Integers

__all__ = ["blossoms", "odd_groups"]

Floats = NDArray[np.float64]

LARGEST_GROUP = 25
"""People in an odd group that is looked at; larger ones bind hardly ever."""
TOLERANCE = 1e-4
"""Share of a meeting by which a crowd must be too full to count."""


def odd_groups(
    problem: Problem, pairs: Integers, share: Floats, around: Integers | None = None
) -> list[Crowd]:
    """Return odd groups with more meetings inside than the rounds have room for, in fixed order.

    Parameters
    ----------
    pairs, share
        Indices of pairs that meet, and how much of a meeting each is, above 0 and up to 1.
    around
        Indices of people from whom groups grow; None for everybody.

    Notes
    -----
    From each person a group grows by whoever has most meetings with it. Nothing guarantees that
    every crowded group is found (Padberg and Rao 1982 would, by one minimum cut a person).
    """
    near: list[dict[int, float]] = [{} for _ in range(problem.people)]
    ends = zip(problem.a[pairs].tolist(), problem.b[pairs].tolist(), share.tolist(), strict=True)
    for i, j, much in ends:
        near[i][j] = near[j][i] = much
    starts = range(problem.people) if around is None else around.tolist()
    found = {group for person in starts for group in _grown(problem, near, person)}
    return [_crowd_of(problem, group) for group in sorted(found)]


def _grown(problem: Problem, near: list[dict[int, float]], person: int) -> list[tuple[int, ...]]:
    """Return the crowded ones of the groups that grow from a person."""
    group, inside, found = {person}, 0.0, list[tuple[int, ...]]()
    here = problem.present[person].astype(np.int64)
    pull: dict[int, float] = defaultdict(float, near[person])
    heap = [(-much, other) for other, much in pull.items()]  # also what was true before
    heapify(heap)
    while heap and len(group) < LARGEST_GROUP:
        much, nearest = heappop(heap)
        if nearest in group or -much != pull[nearest]:
            continue
        inside -= much
        group.add(nearest)
        here += problem.present[nearest]
        if inside > int((here // 2).sum()) + TOLERANCE:
            found.append(tuple(sorted(group)))
        for other, much in near[nearest].items():
            if other not in group:
                pull[other] += much
                heappush(heap, (-pull[other], other))
    return found


def _crowd_of(problem: Problem, group: tuple[int, ...]) -> Crowd:
    """Return the pairs inside a group and the room that all rounds together have for them."""
    member = np.zeros(problem.people, dtype=np.bool_)
    member[list(group)] = True
    inside = np.flatnonzero(member[problem.a] & member[problem.b])
    return Crowd(
        pairs=tuple(inside.tolist()), room=int((problem.present[member].sum(axis=0) // 2).sum())
    )


def blossoms(problem: Problem, limits: Limits, pairs: Integers, share: Floats) -> list[Crowd]:
    """Return blossoms that are too full, around what is connected by parts of meetings.

    Parameters
    ----------
    limits
        Most meetings of each person.
    pairs, share
        Indices of pairs that meet, and how much of a meeting each is, above 0 and up to 1.

    Notes
    -----
    They bind whole pairs only: with a trio, whose pairs are halves, they are no bound.
    """
    n, a, b = problem.people, problem.a[pairs], problem.b[pairs]
    part = share < 1 - TOLERANCE
    linked = csr_array((np.ones(int(part.sum())), (a[part], b[part])), (n, n))
    count, label = connected_components(linked, directed=False)
    size = np.bincount(label, minlength=count)
    return [
        crowd
        for number in np.flatnonzero(size > 1).tolist()
        if (crowd := _blossom(problem, limits, pairs, share, label == number)) is not None
    ]


def _blossom(
    problem: Problem, limits: Limits, pairs: Integers, share: Floats, member: NDArray[np.bool_]
) -> Crowd | None:
    """Return the blossom of these people with the pairs that lead out; None if it has room."""
    ends = member[problem.a].astype(np.int64) + member[problem.b]
    out = (ends[pairs] == 1) & (share > 0.5)
    room = (int(limits.high[member].sum()) + int(out.sum())) // 2
    if share[(ends[pairs] == 2) | out].sum() <= room + TOLERANCE:
        return None
    every = np.union1d(np.flatnonzero(ends == 2), pairs[out])
    return Crowd(pairs=tuple(every.tolist()), room=room)
