"""Which three people share a table in a round with an odd number present."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from .problem import Problem, Trio, scatter
from .relaxation import Integers, Relaxation

__all__ = ["choose_trios"]

NEAR_PAIRS = 12
"""Pairs per person, nearest to their price, among which triangles are looked for first."""


def choose_trios(
    problem: Problem, weight: Integers, relaxation: Relaxation, rounds: Sequence[int]
) -> tuple[Trio, ...]:
    """Return at most one trio for each of the given rounds.

    A trio counts its three pairs half each, so it costs half of what each pair's weight differs
    from its price: a pair above its price could have had a table of its own, a pair below it takes
    the place of a better one. The cheapest triangles are taken, in different people while that is
    possible.

    Parameters
    ----------
    weight
        (pairs,): what is maximized.
    relaxation
        Of the whole problem; its prices are used.
    rounds
        From 0; rounds that cannot have a trio are left out of the answer.
    """
    cost = np.abs(relaxation.prices.reduced(problem.a, problem.b, weight))
    near = np.argsort(cost, kind="stable")[: NEAR_PAIRS * problem.people]
    chosen = _pick(problem, _triangles(problem, cost, near), rounds)
    if len(chosen) < len(rounds) and len(near) < len(cost):
        chosen = _pick(problem, _triangles(problem, cost, np.arange(len(cost))), rounds)
    return chosen


def _triangles(
    problem: Problem, cost: Integers, pairs: Integers
) -> list[tuple[int, int, int, int, int]]:
    """Return (cost, tie-break, i, j, k) for every triangle i < j < k of these pairs, sorted."""
    above: dict[int, dict[int, int]] = defaultdict(dict)
    for a, b, c in zip(
        problem.a[pairs].tolist(), problem.b[pairs].tolist(), cost[pairs].tolist(), strict=True
    ):
        above[a][b] = c
    found = list(_closed(above))
    n = problem.people
    keys = np.array([(i * n + j) * n + k for _, i, j, k in found], dtype=np.int64)
    ties = scatter(keys, problem.seed).tolist()
    return sorted((c, tie, i, j, k) for (c, i, j, k), tie in zip(found, ties, strict=True))


def _closed(above: dict[int, dict[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    for i in sorted(above):
        mine = above[i]
        for j in sorted(mine):
            theirs = above.get(j, {})
            for k in mine.keys() & theirs.keys():
                yield mine[j] + mine[k] + theirs[k], i, j, k


def _pick(
    problem: Problem, triangles: list[tuple[int, int, int, int, int]], rounds: Sequence[int]
) -> tuple[Trio, ...]:
    """Take triangles from the cheapest on, at first only of people who are in no trio yet."""
    times: Counter[int] = Counter()
    met: set[tuple[int, int]] = set()
    open_rounds, chosen = list(rounds), list[Trio]()
    for often in range(len(rounds)):
        for _, _, *three in triangles:
            if not open_rounds:
                return tuple(chosen)
            trio = _placed(problem, (three[0], three[1], three[2]), open_rounds)
            if (
                trio is None
                or met.intersection(trio.pairs)
                or any(times[i] > often or times[i] >= problem.most[i] for i in three)
            ):
                continue
            chosen.append(trio)
            open_rounds.remove(trio.round)
            met.update(trio.pairs)
            times.update(three)
    return tuple(chosen)


def _placed(problem: Problem, three: tuple[int, int, int], rounds: Sequence[int]) -> Trio | None:
    """Return the trio in the first of the rounds in which all three may meet."""
    a, b = np.array([three[0], three[0], three[1]]), np.array([three[1], three[2], three[2]])
    free = set(np.flatnonzero(problem.allowed(a, b).all(axis=0)).tolist())
    for number in rounds:
        if number in free:
            return Trio(round=int(number), members=three)
    return None
