"""Figures of what every plan promises: near the best, for everybody, within the rules."""

from __future__ import annotations

import math
from collections import Counter
from fractions import Fraction
from statistics import mean

from matcher.rules import violations

from .findings import Findings

__all__ = [
    "forbidden",
    "inequality",
    "optimality",
    "rematches",
    "sit_out_spread",
    "tenth",
    "worst_off",
]


def optimality(found: Findings) -> Fraction | None:
    """Round down: 1 must mean that the bound is met."""
    if not found.plan.welfare_bound:
        return None
    return Fraction(found.plan.welfare * 10**6 // found.plan.welfare_bound, 10**6)


def worst_off(found: Findings) -> Fraction | None:
    """Whoever has no meeting gets nothing."""
    average = mean(found.worth)
    return found.worth[0] / average if average else None


def tenth(found: Findings) -> Fraction | None:
    """Of 48 people, what the fifth from below gets."""
    average = mean(found.worth)
    return found.worth[math.ceil(len(found.worth) / 10) - 1] / average if average else None


def inequality(found: Findings) -> Fraction | None:
    """Return the Gini coefficient."""
    n, together = len(found.worth), sum(found.worth)
    ranked = sum((2 * rank - n - 1) * worth for rank, worth in enumerate(found.worth, start=1))
    return Fraction(ranked, n * together) if together else None


def rematches(found: Findings) -> int:
    """Count pairs who meet a second time here, or who met at an earlier event."""
    before = {(min(pair), max(pair)) for pair in found.relations.met}
    again = len(found.pairs) - len(set(found.pairs))
    return again + len(before & set(found.pairs))


def forbidden(found: Findings) -> int:
    """Read every rule over the finished plan."""
    plan = found.plan
    return len(violations(plan.meetings, found.rules, ids=plan.ids, rounds=plan.rounds))


def sit_out_spread(found: Findings) -> int:
    """Compare whoever has most breaks with whoever has fewest."""
    counts = Counter(person for _, person in found.plan.sit_outs)
    each = [counts[person] for person in found.plan.ids]
    return max(each) - min(each)
