"""From affinities, settings and rules to the problem that is left.

The rules are read here for the first time, to narrow; `matcher.rules.violations` is the second
reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matcher.affinity.table import Affinities
from matcher.errors import NoPlan
from matcher.permitted import look_further
from matcher.phrase import phrase
from matcher.rules import Restriction, Rule
from matcher.rules.rule import Indices, Mask
from matcher.settings import Settings
from matcher.sides import most_pairs

from .problem import Problem, scatter
from .zones import Zones

__all__ = ["narrow", "write_out"]

Integers = NDArray[np.int64]

EVERY_PAIR_UP_TO = 2_000
"""People up to whom every permitted pair is written out; beyond, pairs that are alike are not."""
SPARE_PARTNERS = 10
"""Permitted partners beyond the number of rounds that everybody gets, if not all are listed."""
UNLIMITED = np.iinfo(np.int64).max
"""Tables in a round when nobody counts them."""


def narrow(affinities: Affinities, settings: Settings, rules: Sequence[Rule]) -> Problem:
    """Return the problem that is left when every rule has been applied.

    Raises
    ------
    NoPlan
        With fewer than two people, or when no two people may meet.
    """
    ids, rounds = affinities.ids, settings.rounds
    if len(ids) < 2:
        raise NoPlan(
            phrase(
                "An introduction needs two people, and there are %(count)s. Add people.",
                count=len(ids),
            )
        )
    bound = tuple(rule.restrict(ids, rounds) for rule in rules)
    present = _all(np.ones((len(ids), rounds), dtype=np.bool_), bound)
    numbers = _numbers(settings, bound)
    zones = Zones.of_people([each.seats for each in bound if each.seats is not None], numbers)
    a, b, weight, others = _written_out(affinities)
    none = np.zeros(0, dtype=np.int64)
    problem = Problem(
        ids=ids,
        rounds=rounds,
        a=a,
        b=b,
        weight=weight,
        others=others,
        score=affinities.score,
        restrictions=bound,
        present=present,
        most=_least(present.sum(axis=1), [each.most for each in bound]),
        fewest=_greatest(len(ids), [each.fewest for each in bound]),
        owed=np.zeros(len(ids), dtype=np.int64),
        zones=zones,
        room=zones.room(np.minimum(present.sum(axis=0) // 2, numbers)),
        trios=settings.odd.value == "trio",
        seed=settings.seed,
        pins=none,
        pin_rounds=none,
        idle=np.zeros_like(present),
    )
    problem = problem.keep(_permitted(problem, a, b))
    problem = _of_parts(problem) if others is None else _with_spare_partners(problem)
    settled = any(each.pins or each.frozen_rounds for each in bound)
    if not len(problem.a) and not settled:
        raise NoPlan(_nobody_may_meet(affinities, rules, bound))
    return problem


def _all(mask: Mask, bound: Sequence[Restriction]) -> Mask:
    for each in bound:
        if each.present is not None:
            mask = mask & each.present
    return mask


def _least(values: Indices, limits: Sequence[Indices | None]) -> Integers:
    result = values.astype(np.int64)
    for limit in limits:
        if limit is not None:
            result = np.minimum(result, limit)
    return result


def _greatest(people: int, limits: Sequence[Indices | None]) -> Integers:
    result = np.zeros(people, dtype=np.int64)
    for limit in limits:
        if limit is not None:
            result = np.maximum(result, limit)
    return result


def _numbers(settings: Settings, bound: Sequence[Restriction]) -> Integers:
    """Return how many tables there are in each round."""
    unlimited = np.full(settings.rounds, UNLIMITED, dtype=np.int64)
    given = None if settings.tables is None else np.full(settings.rounds, settings.tables)
    return _least(unlimited, [given, *(each.tables for each in bound)])


def _written_out(
    affinities: Affinities,
) -> tuple[NDArray[np.int32], NDArray[np.int32], Integers, int | None]:
    """Return pairs and affinities, every pair of a small event, and what is left of `others`."""
    n = len(affinities.ids)
    if affinities.others is None or len(affinities.a) == n * (n - 1) // 2:
        return affinities.a, affinities.b, affinities.value, None
    if n > EVERY_PAIR_UP_TO:
        return affinities.a, affinities.b, affinities.value, affinities.others
    a, b = (side.astype(np.int32) for side in np.triu_indices(n, 1))
    return a, b, affinities.of(a, b), None


def _permitted(problem: Problem, a: NDArray[np.int32], b: NDArray[np.int32]) -> Mask:
    """Return which pairs no rule forbids, some round allows, and no fixed meeting holds.

    Whoever may have no meeting is nobody's partner; so rounds for the others are counted right.
    """
    met = np.array([pair for each in problem.fixed for pair in each.pairs], dtype=np.int64)
    result: Mask = ~np.isin(problem.key(a, b), problem.key(*met.reshape(-1, 2).T))
    result &= (problem.most[a] > 0) & (problem.most[b] > 0)
    for each in problem.restrictions:
        if each.pair is not None:
            result &= ~each.pair(a, b)
    everywhere = problem.present.all() and not problem.zones.seats
    if everywhere and not any(each.pair_in_round for each in problem.restrictions):
        return result
    return result & problem.allowed(a, b).any(axis=1)


def _of_parts(problem: Problem) -> Problem:
    """Return the problem with no more room in a round than sides and odd parts can fill."""
    if not len(problem.a):
        return problem
    room = problem.room.copy()
    room[0] = np.minimum(room[0], most_pairs(problem.a, problem.b, problem.present))
    return replace(problem, room=room)


def _with_spare_partners(problem: Problem) -> Problem:
    """Write out enough of the pairs that are all alike for everybody to find partners.

    Some are drawn; whoever is still short, for rules forbid many, is compared with ever more others
    until `SPARE_PARTNERS` beyond the rounds are found, or with everybody.
    """
    assert problem.others is not None
    n, wanted = problem.people, problem.rounds + SPARE_PARTNERS
    drawn = wanted + 2  # two people may draw each other
    first = np.flatnonzero(problem.partners < drawn)
    mine = np.repeat(first, drawn)
    at = np.tile(np.arange(drawn), len(first)) + mine * drawn
    theirs = (scatter(at, problem.seed) % np.uint64(n)).astype(np.int64)
    drawn_out = write_out(problem, mine, theirs)

    def short() -> Mask:
        return drawn_out.partners < wanted

    for mine, theirs in look_further(problem.restrictions, n, short):
        drawn_out = write_out(drawn_out, mine, theirs)
    return drawn_out


def write_out(problem: Problem, mine: Integers, theirs: Integers) -> Problem:
    """Return the problem with those of these pairs written out that are permitted and not listed.

    Parameters
    ----------
    mine, theirs
        Indices of people, in any order, also twice or of one person alone; all of these pairs
        are worth `others`, or what `score` says.
    """
    n = problem.people
    a, b = np.minimum(mine, theirs), np.maximum(mine, theirs)
    one, other = a[a < b].astype(np.int32), b[a < b].astype(np.int32)
    may = _permitted(problem, one, other)  # before sorting: most are none where rules forbid many
    key = np.unique(problem.key(one[may], other[may]))
    a, b = (key // n).astype(np.int32), (key % n).astype(np.int32)
    new = problem.find(a, b) < 0
    return _with_pairs(problem, a[new], b[new]) if new.any() else problem


def _with_pairs(problem: Problem, a: NDArray[np.int32], b: NDArray[np.int32]) -> Problem:
    order = np.argsort(np.concatenate([problem.keys, problem.key(a, b)]))
    alike = np.full(len(a), problem.others, dtype=np.int64)
    worth = problem.score(a, b) if problem.score else alike
    weight = np.concatenate([problem.weight, worth])
    return replace(
        problem,
        a=np.concatenate([problem.a, a])[order],
        b=np.concatenate([problem.b, b])[order],
        weight=weight[order],
    )


def _nobody_may_meet(
    affinities: Affinities, rules: Sequence[Rule], bound: Sequence[Restriction]
) -> str:
    """Say which rules forbid how many pairs, and what to change."""
    n = len(affinities.ids)
    if affinities.others is None and not len(affinities.a):
        return f"No pair of these {n} people is listed. List pairs, or permit all others."
    a, b, _, _ = _written_out(affinities)
    causes = [
        f"{count} of {len(a)} pairs {rule.says}"
        for rule, each in zip(rules, bound, strict=True)
        if each.pair and (count := int(each.pair(a, b).sum()))
    ]
    why = "; ".join(causes) or "nobody is present in the same round as anybody else"
    return f"No two of these {n} people may meet: {why}. Lift a rule, or add people."
