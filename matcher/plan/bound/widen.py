"""Pairs that are all alike, written out where people have nobody better.

Above a certain size only pairs with something in common are listed; every other pair is permitted
too and worth the same little. Whoever finds too few partners among the listed ones is cheap to get
for anybody, and the pairs of two such people would stand above their prices unseen. A few of them
per person are written out, and the flow runs again, until nothing unlisted is worth looking at.
"""

from __future__ import annotations

import numpy as np

from matcher.plan.narrow import write_out
from matcher.plan.problem import Problem, scatter

from .flow import Prices

__all__ = ["widened"]

CHEAPEST, SCATTERED = 6, 12
"""Partners written out for each cheap person: the cheapest, and others drawn among the cheap."""


def widened(problem: Problem, prices: Prices, turn: int) -> Problem:
    """Return the problem with further pairs written out; the same one when no pair is missing.

    Parameters
    ----------
    prices
        Of a relaxation of this problem's affinities.
    turn
        How often this problem has been widened before; another turn draws other partners.
    """
    if problem.others is None:
        return problem
    order = np.argsort(prices.person, kind="stable")
    person = prices.person[order]
    level = 2 * (problem.others - prices.seat)
    reach = np.searchsorted(person, level - person, side="left")  # partners worth having
    cheap = np.flatnonzero(reach > 0)
    mine = np.repeat(cheap, CHEAPEST + SCATTERED)
    place = np.tile(np.arange(CHEAPEST + SCATTERED), len(cheap))
    most = reach[mine]
    mixed = scatter(mine * (CHEAPEST + SCATTERED) + place, problem.seed + turn)
    spread = (mixed % most.astype(np.uint64)).astype(np.int64)
    theirs = np.where(place < CHEAPEST, np.minimum(place, most - 1), spread)
    return write_out(problem, order[mine], order[theirs])
