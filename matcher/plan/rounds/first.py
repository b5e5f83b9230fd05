"""A valid plan at once: heaviest pair first, into the first round that is free.

It is what a run returns when it is stopped early, and what every later step must beat. Its bound
needs no solver: nobody can get more than their best partners.
"""

from __future__ import annotations

import numpy as np

from matcher.plan.bound.relaxation import Integers, best_pairs
from matcher.plan.draft import Draft
from matcher.plan.problem import Problem, scatter
from matcher.rules.rule import Mask

__all__ = ["easy_bound", "fill_up", "first_draft", "near_pairs"]


def near_pairs(problem: Problem, weight: Integers) -> Integers:
    """Return indices of everybody's heaviest pairs: more than they can have, few among all."""
    return np.flatnonzero(best_pairs(problem, weight, problem.rounds + problem.rounds // 2 + 6))


def first_draft(problem: Problem, weight: Integers, near: Integers) -> Draft:
    """Return a schedule of the near pairs that keeps every rule and pin; perhaps not a good one."""
    a, b = np.divmod(problem.pins, problem.people)
    pinned = Draft(
        problem=problem, weight=weight, pairs=problem.find(a, b), rounds=problem.pin_rounds
    )
    return fill_up(pinned, near)


def fill_up(draft: Draft, among: Integers) -> Draft:
    """Return the draft with every further pair that fits, heaviest first."""
    problem = draft.problem
    free = problem.present & ~draft.busy
    spare = problem.most - draft.meetings
    a, b = problem.a[among], problem.b[among]
    fits = (spare[a] > 0) & (spare[b] > 0) & ~draft.met[among]
    fits[fits] = (problem.allowed(a[fits], b[fits]) & free[a[fits]] & free[b[fits]]).any(axis=1)
    among = among[fits]
    order = np.lexsort((scatter(problem.keys[among], problem.seed), -draft.weight[among]))
    return _placed(draft, among[order], free, spare)


def _placed(draft: Draft, pairs: Integers, free: Mask, spare: Integers) -> Draft:
    problem = draft.problem
    new: list[tuple[int, int]] = []
    ends = zip(problem.a[pairs].tolist(), problem.b[pairs].tolist(), strict=True)
    allowed = problem.allowed(problem.a[pairs], problem.b[pairs]).tolist()
    zones = problem.zones.of_pairs(problem.a[pairs], problem.b[pairs])
    free, spare, room = free.tolist(), spare.tolist(), draft.room.tolist()  # one cell at a time
    for pair, (i, j), may, own in zip(pairs.tolist(), ends, allowed, zones, strict=True):
        if spare[i] <= 0 or spare[j] <= 0:
            continue
        rows = [room[zone] for zone in own]
        both = zip(free[i], free[j], may, rows[0], strict=True)
        possible = [r for r, (one, other, ok, n) in enumerate(both) if one and other and ok and n]
        if len(rows) > 1:
            possible = [r for r in possible if all(row[r] for row in rows)]
        if not possible:
            continue
        number = max(possible, key=rows[0].__getitem__)
        for row in rows:
            row[number] -= 1
        free[i][number] = free[j][number] = False
        spare[i] -= 1
        spare[j] -= 1
        new.append((pair, number))
    added = np.array(new, dtype=np.int64).reshape(-1, 2)
    return draft.plus(added[:, 0], added[:, 1])


def easy_bound(problem: Problem, weight: Integers, near: Integers) -> int:
    """Return an upper bound on the total in half-units, without any solver.

    Nobody's meetings are worth more than as many of their heaviest pairs; in a trio, a person's
    share is the mean of two pairs.
    """
    n = problem.people
    person = np.concatenate([problem.a[near], problem.b[near]])
    weights = np.concatenate([weight[near], weight[near]])
    if problem.others is not None:
        every = np.repeat(np.arange(n), problem.rounds)
        person = np.concatenate([person, every])
        weights = np.concatenate([weights, np.full(len(every), problem.others)])
    order = np.lexsort((-weights, person))
    first = np.searchsorted(person[order], np.arange(n))
    place = np.arange(len(order)) - first[person[order]]
    return int(weights[order][place < problem.most[person[order]]].sum())
