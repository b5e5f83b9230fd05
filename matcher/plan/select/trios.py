"""Which three people share a table in a round with an odd number present.

Three who may all meet, or where a rule allows for it one partner shared by two who may not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from matcher.plan.bound.relaxation import Integers, Relaxation
from matcher.plan.problem import Problem, Trio, scatter

__all__ = ["choose_trios", "seat_triples", "triangles"]

NEAR_PAIRS, NEAR_PAIRS_SHARED = 12, 3
"""Pairs per person, nearest to their price, among which triangles, and two pairs of one partner,
are looked for first."""

Triangle = tuple[int, int, int, int, int]
"""Cost, tie-break, and three people in order."""


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
    if not rounds:
        return ()
    cost = np.abs(relaxation.prices.reduced(problem.a, problem.b, weight))
    order = np.argsort(cost, kind="stable")
    chosen: tuple[Trio, ...] = ()
    for each in (NEAR_PAIRS_SHARED if problem.shares else NEAR_PAIRS, problem.people):
        near = order[: each * problem.people]
        chosen = _pick(problem, triangles(problem, relaxation, cost, near), rounds)
        if len(chosen) == len(rounds) or len(near) == len(cost):
            break
    return chosen


def triangles(
    problem: Problem,
    relaxation: Relaxation,
    cost: Integers,
    pairs: Integers,
    most: int | None = None,
) -> list[Triangle]:
    """Return all trios whose meetings are among these pairs, the cheapest first.

    Parameters
    ----------
    relaxation
        Its prices are used for those who share a partner.
    cost
        (pairs,): of each of the problem's pairs; a trio costs the sum of its own.
    pairs
        Indices of pairs. Pins have a table of their own and are left out.
    most
        Cost above which a trio is left out; None for no limit.
    """
    pairs = pairs[~problem.pinned[pairs]]
    found = _triangles(problem, cost, pairs)
    if problem.shares:
        found += _with_shared_partners(problem, relaxation, cost, pairs, most)
    n = problem.people
    keys = np.array([(i * n + j) * n + k for _, i, j, k in found], dtype=np.int64)
    ties = scatter(keys, problem.seed).tolist()
    return sorted(
        (c, tie, i, j, k)
        for (c, i, j, k), tie in zip(found, ties, strict=True)
        if most is None or c <= most
    )


def _triangles(
    problem: Problem, cost: Integers, pairs: Integers
) -> list[tuple[int, int, int, int]]:
    """Return (cost, i, j, k) for every triangle i < j < k of these pairs."""
    above: dict[int, dict[int, int]] = defaultdict(dict)
    for a, b, c in zip(
        problem.a[pairs].tolist(), problem.b[pairs].tolist(), cost[pairs].tolist(), strict=True
    ):
        above[a][b] = c
    return list(_closed(above))


def _with_shared_partners(
    problem: Problem, relaxation: Relaxation, cost: Integers, pairs: Integers, most: int | None
) -> list[tuple[int, int, int, int]]:
    """Return (cost, i, j, k) for every two of these pairs whose two others may share a partner.

    The two have half a seat each in which nobody is met; what these cost is counted too.
    """
    person = np.concatenate([problem.a[pairs], problem.b[pairs]]).astype(np.int64)
    other = np.concatenate([problem.b[pairs], problem.a[pairs]]).astype(np.int64)
    own = np.concatenate([cost[pairs], cost[pairs]])
    order = np.lexsort((other, person))
    first = np.searchsorted(person[order], np.arange(problem.people + 1))
    found: list[tuple[int, int, int, int]] = []
    for partner, (start, end) in enumerate(pairwise(first.tolist())):
        one, two = (order[start:end][side] for side in np.triu_indices(end - start, 1))
        a, b = other[one], other[two]
        none = np.zeros_like(a)
        seats = relaxation.shared - relaxation.prices.reduced(a, b, none)
        total = own[one] + own[two] + seats
        fits = problem.share(a, b)
        if most is not None:
            fits &= total <= most
        chosen = zip(total[fits].tolist(), a[fits].tolist(), b[fits].tolist(), strict=True)
        found += [(c, *_in_order(partner, i, j)) for c, i, j in chosen]
    return found


def _in_order(one: int, other: int, third: int) -> tuple[int, int, int]:
    i, j, k = sorted((one, other, third))
    return i, j, k


def _closed(above: dict[int, dict[int, int]]) -> Iterator[tuple[int, int, int, int]]:
    for i in sorted(above):
        mine = above[i]
        for j in sorted(mine):
            theirs = above.get(j, {})
            for k in mine.keys() & theirs.keys():
                yield mine[j] + mine[k] + theirs[k], i, j, k


def _pick(problem: Problem, triangles: list[Triangle], rounds: Sequence[int]) -> tuple[Trio, ...]:
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
    possible = _open_rounds(problem, three, rounds)
    return Trio(round=possible[0], members=three) if possible else None


def _open_rounds(problem: Problem, three: tuple[int, int, int], rounds: Sequence[int]) -> list[int]:
    """Return those of the rounds in which all three may meet, in order."""
    i, j, k = three
    free = np.asarray(problem.allowed(np.array([i, i, j]), np.array([j, k, k])).all(axis=0))
    free &= (problem.room[list(problem.zones.of(three))] > 0).all(axis=0)
    return [number for number in rounds if free.item(number)]


def seat_triples(
    problem: Problem, triples: Sequence[tuple[int, int, int]], rounds: Sequence[int]
) -> tuple[Trio, ...]:
    """Return a trio for each triple that finds one of the rounds, one a round.

    Triples are matched with rounds by augmenting paths (Kuhn 1955), so as many as possible do.
    """
    possible = [_open_rounds(problem, triple, rounds) for triple in triples]
    holder: dict[int, int] = {}

    def find(triple: int, seen: set[int]) -> bool:
        for number in possible[triple]:
            if number not in seen:
                seen.add(number)
                if number not in holder or find(holder[number], seen):
                    holder[number] = triple
                    return True
        return False

    for triple in range(len(triples)):
        find(triple, set())
    return tuple(Trio(round=r, members=triples[holder[r]]) for r in sorted(holder))
