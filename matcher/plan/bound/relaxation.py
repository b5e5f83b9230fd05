"""The bound over all permitted pairs, from a flow over the few pairs that matter.

Most pairs are worth less than what the two people can get elsewhere. So the flow runs on each
person's best pairs; its prices then tell which of the pairs left out are worth more than they
cost, those join, and the flow runs again (column generation). Whatever is still above its price
in the end is added to the bound, which therefore covers every permitted pair, come what may.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.plan.problem import Problem, scatter
from matcher.plan.watch import UNWATCHED, Watch
from matcher.rules.rule import Mask

from .aims import shared_trios
from .flow import Flow, Prices, double_cover_flow
from .limits import Limits

__all__ = ["Crowd", "Relaxation", "best_pairs", "dearest_unlisted", "relax", "unlisted_above"]

Integers = NDArray[np.int64]

MOST_PASSES = 12
"""Flows before what is left above its price is left to the bound; three is usual."""
LARGE, ENOUGH = 50_000, 200_000
"""In a flow over more pairs than that, less than one part in so many is left to the bound."""


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """Pairs that cannot all meet.

    Parameters
    ----------
    pairs
        Indices of the problem's pairs, ascending.
    room
        Most of them that any plan has, counting a trio with any of them once.
    """

    pairs: tuple[int, ...]
    room: int


@dataclass(frozen=True, kw_only=True)
class Relaxation:
    """Best plan if people could meet by halves, and what it proves.

    Parameters
    ----------
    pairs
        Which of the problem's pairs the flow ran on, ascending; pins are not among them.
    halves
        (pairs,): twice the share of each of these, 0, 1 or 2.
    prices
        Prices of people and seats; see `Prices`.
    bound
        Upper bound on the total of every plan within `limits`, in half-units.
    limits
        The limits it holds under.
    weight
        (pairs,): what each of the problem's pairs counted, less its tolls (see `tolled`).
    crowds
        Pairs that no plan has all of, found so far; no selection may overfill them. The bound
        counts their room as far as their tolls say.
    shared
        Most that two who share a partner in a trio are above their prices, in half-units; not
        below 0. The half of a seat that each lacks is priced, though nobody meets anybody in it.
    """

    pairs: Integers
    halves: Integers
    prices: Prices
    bound: int
    limits: Limits
    weight: Integers
    crowds: tuple[Crowd, ...] = ()
    shared: int = 0

    def reduced(self, problem: Problem) -> Integers:
        """Return what each of the problem's pairs is worth above tolls and price, in half-units."""
        return self.prices.reduced(problem.a, problem.b, self.weight)

    def under(self, limits: Limits) -> Relaxation:
        """Return what the same prices prove under other limits; the halves stay as they are.

        A flow under these limits could prove less, at the cost of a flow.
        """
        prices = self.prices.suited(limits)
        less = self.prices.of_limits(self.limits) - prices.of_limits(limits)
        return replace(self, prices=prices, limits=limits, bound=self.bound - less)


def relax(
    problem: Problem,
    weight: Integers,
    limits: Limits,
    watch: Watch = UNWATCHED,
    among: Mask | None = None,
) -> Relaxation | None:
    """Return the relaxation of all rounds; None when the limits cannot be met.

    Parameters
    ----------
    problem
        Its pairs and people.
    weight
        (pairs,): what is to be maximized; `problem.weight` for the total affinity.
    limits
        Meetings of each person, seats in all.
    watch
        May stop the flow; its exception passes through.
    among
        (pairs,): pairs to begin with; None for each person's best ones.

    Notes
    -----
    A pin is in every plan, whole: the flow is over what is left beside the pins.
    """
    pinned, limits = (
        problem.pinned,
        replace(limits, low=np.maximum(limits.low, problem.pin_meetings)),
    )
    if np.any(limits.high < problem.pin_meetings):
        return None
    rest = limits.less(problem.pin_meetings)
    if among is None:
        among = best_pairs(problem, weight, problem.rounds + problem.rounds // 2 + 6)
    best = among.copy()
    if 2 * int(best.sum()) > len(best):  # leaving a few pairs out would not pay for a second flow
        best[:] = True
    flow, shared = None, shared_trios(problem)
    for _ in range(MOST_PASSES):
        chosen = np.flatnonzero(best & ~pinned)
        a, b = problem.a[chosen], problem.b[chosen]
        flow = double_cover_flow(a, b, weight[chosen], rest, watch, shared)
        if flow is None:
            if best.all():
                return None
            best = best_pairs(problem, weight, 2 * int(np.bincount(problem.a[best]).max()))
            continue
        reduced = flow.prices.reduced(problem.a, problem.b, weight)
        missing = (reduced > 0) & ~best & ~pinned
        above = int(reduced[missing].sum())
        if not above or (len(chosen) > LARGE and above * ENOUGH < flow.prices.of_limits(rest)):
            break
        best |= missing
    assert flow is not None
    return _relaxation(problem, weight, limits, chosen, flow)


def best_pairs(problem: Problem, weight: Integers, count: int) -> NDArray[np.bool_]:
    """Return which pairs are among the `count` heaviest of either of the two.

    Pairs of equal weight are taken in a scattered order: in the order of their indices, everybody
    would be left with the same few partners.
    """
    rank = np.argsort(np.lexsort((scatter(problem.keys, problem.seed), -weight)))
    m = len(problem.a)
    person = np.concatenate([problem.a, problem.b]).astype(np.int64)
    order = np.argsort(person * m + np.concatenate([rank, rank]))
    first = np.concatenate([[0], np.cumsum(problem.partners)])
    place = np.arange(2 * m) - first[person[order]]
    chosen = np.zeros(m, dtype=np.bool_)
    chosen[order[place < count] % m] = True
    return chosen


def _relaxation(
    problem: Problem, weight: Integers, limits: Limits, chosen: Integers, flow: Flow
) -> Relaxation:
    reduced = flow.prices.reduced(problem.a, problem.b, weight)
    above = np.where(problem.pinned, reduced, np.maximum(0, reduced))
    bound = flow.prices.of_limits(limits) + int(above.sum())
    if problem.others is not None:
        bound += unlisted_above(flow.prices.person, 2 * problem.others - 2 * flow.prices.seat)
    trios = shared_trios(problem)
    shared = max(0, flow.prices.of_two_cheapest) if trios else 0
    bound += trios * shared // 2
    return Relaxation(
        pairs=chosen,
        halves=flow.halves,
        prices=flow.prices,
        bound=bound,
        limits=limits,
        weight=weight,
        shared=shared,
    )


def dearest_unlisted(problem: Problem, prices: Prices) -> float:
    """Return the most that a pair not written out can be above its price; -inf without any."""
    if problem.others is None:
        return -math.inf
    return 2 * problem.others + prices.of_two_cheapest


def unlisted_above(prices: Integers, level: int) -> int:
    """Return an upper limit of what pairs not written out are worth above their prices.

    They all have the same affinity, so sorting the people by price is enough. Pairs that are
    written out or forbidden are counted too, which only makes the bound a little greater.

    Parameters
    ----------
    prices
        (people,): of one meeting.
    level
        Worth of such a pair less two seats.
    """
    person = np.sort(prices)
    total = np.concatenate([[0], np.cumsum(person)])
    cheaper = np.searchsorted(person, level - person, side="left")
    worth = cheaper * (level - person) - total[cheaper]
    with_oneself = np.maximum(0, level - 2 * person)
    return int(worth.sum() - with_oneself.sum()) // 2
